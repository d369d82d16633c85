"""Which rows stand on which page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Slot(NamedTuple):
    """A row on a page; `part` are the lines of it that stand there when it is cut."""

    row: int
    height: float
    part: tuple[int, int] | None = None


def paginate(
    heights: Sequence[float],
    *,
    first: float,
    later: float,
    last: float,
    lines: Callable[[int], tuple[int, float]],
    around: float,
) -> list[list[Slot]]:
    """Slots of each page, of which there is at least one.

    `first` and `later` are the room on the first page and on the others; `last` is kept free below
    the last row. A row higher than a whole page is cut between its lines: `lines` says of a row how
    many it has and how high each is; `around` is above and below them together.
    """
    pages: list[list[Slot]] = [[]]
    room = first
    for index, height in enumerate(heights):
        if height > room and (pages[-1] or height <= later):
            pages.append([])
            room = later
        cut = lines(index) if height > room else (1, height)
        if cut[0] < 2:
            pages[-1].append(Slot(index, height))
            room -= height
            continue
        for slot in _cut(index, cut, room, later, around):
            if slot.height > room:
                pages.append([])
                room = later
            pages[-1].append(slot)
            room -= slot.height
    if last > room:
        _make_room(pages)
    return pages


def _cut(
    row: int, lines: tuple[int, float], room: float, later: float, around: float
) -> list[Slot]:
    (count, line), slots, start = lines, [], 0
    while start < count:
        fitting = max(1, int((room - around) / line))
        end = min(count, start + fitting)
        slots.append(Slot(row, (end - start) * line + around, (start, end)))
        start, room = end, later
    return slots


def _make_room(pages: list[list[Slot]]) -> None:
    """Take the last row over to a page of its own, with what is to stand below it."""
    page = pages[-1]
    moved = [page.pop()] if len(page) > 1 else []
    pages.append(moved)
