"""Trouble of the user's world, as distinct from a bug in the program."""

from __future__ import annotations


class OfficeError(Exception):
    """Something a clerk can act on, in three Chinese sentences.

    `what` happened, whether the data is `safe`, and what to press now (`then`).
    Anything that is not an `OfficeError` is a bug and is treated as one.
    """

    def __init__(self, what: str, safe: str, then: str) -> None:
        super().__init__(what, safe, then)
        self.what = what
        self.safe = safe
        self.then = then

    def __str__(self) -> str:
        return "".join(
            s if s.endswith("。") else f"{s}。" for s in (self.what, self.safe, self.then) if s
        )
