"""How long work on a file says how far it is; whoever waits may stop it by raising."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how much of how much is done; a total of 0 means that nobody knows. It may raise."""


def unheard(_done: int, _total: int) -> None:
    """For who does not wait."""
