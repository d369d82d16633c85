"""Trouble of the user's world, as distinct from a bug in the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


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


@contextmanager
def within_memory() -> Iterator[None]:
    """Work on files of any size: where the memory ends, an `OfficeError` and not a bug."""
    try:
        yield
    except MemoryError:
        raise OfficeError(
            "电脑的内存不够，没有做完",
            "没有改动任何数据",
            "请关掉别的程序再做一次，或把文件分成几份",
        ) from None
