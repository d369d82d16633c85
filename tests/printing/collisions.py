"""Whether anything on a page stands on anything else, read from the drawn page itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tests.printing.measure import Char, Page

_CELL = 4.0  # mm
_SHARED = 0.25  # of the smaller character's ink; more is one character on another


def collisions(page: Page) -> list[tuple[str, str]]:
    """Pairs of characters whose ink lies on each other."""
    cells: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in page.chars:
        for cell in _cells(char):
            cells[cell].append(char)
    found = {}
    for near in cells.values():
        for number, one in enumerate(near):
            for other in near[number + 1 :]:
                if _shared(one, other) > _SHARED:
                    found[id(one), id(other)] = (one.text, other.text)
    return list(found.values())


def outside(page: Page, width: float = 210.0, height: float = 297.0) -> list[str]:
    """Characters that leave the sheet."""
    return [
        char.text
        for char in page.chars
        if char.left < 0 or char.right > width or char.top < 297 - height or char.bottom > 297
    ]


def _cells(char: Char) -> Iterator[tuple[int, int]]:
    for x in range(int(char.left / _CELL), int(char.right / _CELL) + 1):
        for y in range(int(char.top / _CELL), int(char.bottom / _CELL) + 1):
            yield x, y


def _shared(one: Char, other: Char) -> float:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    if across <= 0 or down <= 0:
        return 0.0
    least = min((each.right - each.left) * (each.bottom - each.top) for each in (one, other))
    return across * down / least if least > 0 else 0.0
