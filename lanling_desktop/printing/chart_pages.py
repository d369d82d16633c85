"""Charts behind a table: one in the room that is left under it, many on sheets of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lanling_desktop.printing.chart import MonthBars, draw_month_bars
from lanling_desktop.printing.page import MM, Pen

_ALONE, _LEAST = 62 * MM, 42 * MM  # the height of a chart that has a row to itself
_GAP = 6 * MM
_ACROSS, _DOWN = 3, 4


@dataclass(frozen=True, slots=True)
class Room:
    """Where charts may stand on a sheet, in points from its lower left corner."""

    left: float
    right: float
    top: float
    floor: float

    @property
    def fits_one(self) -> bool:
        """Whether there is room for a single chart."""
        return self.top - self.floor >= _LEAST + _GAP


def sheets(count: int, under: Room) -> int:
    """How many more sheets so many charts need, when `under` is left below the table."""
    if not count or (count == 1 and under.fits_one):
        return 0
    return -(-count // (_ACROSS * _DOWN))


def draw_under(pen: Pen, chart: MonthBars, room: Room) -> None:
    """One chart below the table, as wide as it."""
    draw_month_bars(pen, chart, room.left, room.top - _GAP - _ALONE, room.right - room.left, _ALONE)


def draw_sheet(pen: Pen, charts: Sequence[MonthBars], sheet: int, room: Room) -> None:
    """The charts of one sheet, `sheet` counted from 0; a single one stands at its head."""
    if len(charts) == 1:
        draw_under(pen, charts[0], room)
        return
    width = (room.right - room.left - (_ACROSS - 1) * _GAP) / _ACROSS
    height = (room.top - room.floor - _DOWN * _GAP) / _DOWN
    each = _ACROSS * _DOWN
    for place, chart in enumerate(charts[sheet * each : (sheet + 1) * each]):
        down, across = divmod(place, _ACROSS)
        left = room.left + across * (width + _GAP)
        bottom = room.top - (down + 1) * (height + _GAP)
        draw_month_bars(pen, chart, left, bottom, width, height)
