"""How an act over many people says how far it is."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[int, int], None]
"""Is told how much of how much is done; may raise to stop, and nothing is changed."""


def no_step(_done: int, _of: int) -> None:
    """Nobody wants to know."""
