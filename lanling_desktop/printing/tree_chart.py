"""An organisation chart: a box at the head, a column for each part below it, what hangs on each.

Made for a wall or a file, on A4 or A3 across. What does not fit on one sheet goes on on the next
with marks at both ends; a column that is too long goes on beside itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lanling_desktop.printing.files import Target
from lanling_desktop.printing.fitting import in_box
from lanling_desktop.printing.fonts import refuse_missing
from lanling_desktop.printing.page import (
    A4,
    MM,
    THICK,
    THIN,
    Pen,
    PrintedPaper,
    Progress,
    Proof,
    foot,
)

if TYPE_CHECKING:
    from lanling_desktop.printing.pdfa import Document

SHEETS = {"A4": (A4[1], A4[0]), "A3": (A4[0] * 2, A4[1])}
"""Width and height of a sheet across, by its name."""

_SIDE, _FOOT = 12 * MM, 9 * MM
_HEAD = 30 * MM  # from the upper edge down to the top of the root box
_ROOT = (84 * MM, 15 * MM)
_BUS = 7 * MM  # between the root box and the columns
_COLUMN, _WIDEST, _GAP = 36 * MM, 62 * MM, 3 * MM
_TOP = 15 * MM  # the box at the head of a column
_STEP, _LINE, _AIR = 11 * MM, 5.4 * MM, 1.4 * MM
_INDENT = 4 * MM


@dataclass(frozen=True, slots=True)
class Box:
    """A part with its words, a note such as its counts, and what hangs on it."""

    title: str
    note: str = ""
    children: Sequence[Box] = field(default=())

    def texts(self) -> Iterator[str]:
        """Every text in it, for `refuse_missing`."""
        yield from (self.title, self.note)
        for each in self.children:
            yield from each.texts()


@dataclass(frozen=True, slots=True)
class TreeChart:
    """The charts of one paper: each root begins a sheet."""

    title: str
    roots: Sequence[Box]
    unit: str
    as_of: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a column: a box, or below one of those a line of words."""

    box: Box
    deep: int  # 1 a box, 2 and more a line

    @property
    def height(self) -> float:
        return (_STEP if self.deep == 1 else _LINE) + _AIR


@dataclass(frozen=True, slots=True)
class _Column:
    head: Box
    rows: Sequence[_Row]
    again: bool = False  # goes on from the column before

    @property
    def height(self) -> float:
        return _TOP + 2 * _AIR + sum(each.height for each in self.rows)


@dataclass(frozen=True, slots=True)
class _Sheet:
    root: Box
    bands: Sequence[Sequence[_Column]]  # rows of columns, one below the other
    first: bool
    last: bool


def draw_tree_chart(
    chart: TreeChart,
    out: Target | Document,
    progress: Progress | None = None,
    *,
    sheet: str = "A4",
    print_no: str = "",
    check_code: str = "",
    edition: str = "",
    demo: bool = False,
) -> PrintedPaper:
    """Print the chart on sheets of that name, as many as it takes."""
    if not chart.roots:
        raise ValueError("no chart to print")
    where = f"“{chart.title}”"
    refuse_missing((where, text) for root in chart.roots for text in root.texts())
    from lanling_desktop.printing.pdfa import begun, delivered

    width, height = SHEETS[sheet]
    document = begun(out, chart.title, chart.unit)
    before = document.pages
    sheets = [each for root in chart.roots for each in _sheets(root, width, height)]
    proof = Proof(print_no, check_code, edition)
    for number, each in enumerate(sheets, 1):
        pen = Pen(document)
        _heading(pen, chart, width, height)
        _draw(pen, each, number, (width, height), where)
        foot(pen, _SIDE, width - _SIDE, _FOOT, number, len(sheets), proof)
        if demo:
            pen.demo_mark(width - _SIDE, height - 8 * MM)
        document.add_page(pen.operators(), width, height)
        if progress:
            progress(number, len(sheets))
    delivered(document, out)
    return PrintedPaper(document.pages - before)


def _room(height: float) -> float:
    """What is left for bands on a sheet, with the bus over each."""
    return height - _HEAD - _ROOT[1] - _FOOT - 7 * MM


def _sheets(root: Box, width: float, height: float) -> Iterator[_Sheet]:
    room = _room(height)
    columns = [piece for part in root.children for piece in _pieces(part, room - _BUS - _TOP)]
    bands = list(_bands(columns, int((width - 2 * _SIDE + _GAP) // (_COLUMN + _GAP))))
    filled: list[list[Sequence[_Column]]] = [[]]
    left = room
    for band in bands:
        high = _BUS + max(each.height for each in band)
        if filled[-1] and high > left:
            filled.append([])
            left = room
        filled[-1].append(band)
        left -= high
    for number, some in enumerate(filled):
        yield _Sheet(root, some, number == 0, number == len(filled) - 1)


def _bands(columns: Sequence[_Column], most: int) -> Iterator[Sequence[_Column]]:
    """Columns in rows of about equally many: a last one with a single column looks forgotten."""
    count = -(-len(columns) // most)
    each = -(-len(columns) // count) if count else 0
    for number in range(count):
        yield columns[number * each : (number + 1) * each]


def _pieces(part: Box, room: float) -> Iterator[_Column]:
    """A part as one column, or as several where it is too long for the sheet."""
    rows: list[_Row] = []
    taken, again = 0.0, False
    for row in _rows(part):
        if rows and taken + row.height > room - 2 * _AIR:
            yield _Column(part, rows, again)
            rows, taken, again = [], 0.0, True
        rows.append(row)
        taken += row.height
    yield _Column(part, rows, again)


def _rows(part: Box, deep: int = 1) -> Iterator[_Row]:
    for each in part.children:
        yield _Row(each, deep)
        yield from _rows(each, deep + 1)


def _heading(pen: Pen, chart: TreeChart, width: float, height: float) -> None:
    title = in_box(chart.title, "title", 22, width - 2 * _SIDE - 60 * MM, 12 * MM, chart.title)
    title.draw(pen, _SIDE + 30 * MM, height - 8 * MM, width - 2 * _SIDE - 60 * MM)
    base = height - 26 * MM
    pen.text(_SIDE, base, f"单位：{chart.unit}" if chart.unit else "", size=10.5)
    pen.text(width - _SIDE, base, f"截至：{chart.as_of}", size=10.5, align="right")


def _draw(pen: Pen, sheet: _Sheet, number: int, size: tuple[float, float], where: str) -> None:
    width, height = size
    top, middle = height - _HEAD, width / 2
    root = sheet.root if sheet.first else replace(sheet.root, title=f"{sheet.root.title}（续）")
    _box(pen, root, (middle - _ROOT[0] / 2, top, *_ROOT), where, large=True)
    top -= _ROOT[1]
    buses = []
    for place, band in enumerate(sheet.bands):
        buses.append(top - _BUS / 2)
        below = place > 0 or len(sheet.bands) > 1  # reached by the line along the left edge
        _band(pen, band, buses[-1], width, where, trunk=below)
        top -= _BUS + max(each.height for each in band)
    if not buses:
        return
    pen.rule(middle, height - _HEAD - _ROOT[1], middle, buses[0], THICK)
    pen.rule(_SIDE / 2, buses[0], _SIDE / 2, buses[-1], THICK)
    if not sheet.first:
        pen.rule(_SIDE / 2, buses[0], middle, buses[0], THICK)
        pen.text(_SIDE / 2 + MM, buses[0] + 1.2 * MM, f"← 上接第 {number - 1} 页", size=8)
    if not sheet.last:
        begins = _SIDE / 2 if len(buses) > 1 else middle
        pen.rule(begins, buses[-1], width - _SIDE / 2, buses[-1], THICK)
        said = f"下转第 {number + 1} 页 →"
        pen.text(width - _SIDE / 2 - MM, buses[-1] + 1.2 * MM, said, size=8, align="right")


def _band(
    pen: Pen, band: Sequence[_Column], bus: float, width: float, where: str, *, trunk: bool
) -> None:
    """One row of columns below its line; with `trunk` the line begins at the left edge."""
    wide = min(_WIDEST, (width - 2 * _SIDE - (len(band) - 1) * _GAP) / len(band))
    left = width / 2 - (len(band) * (wide + _GAP) - _GAP) / 2
    ends = left + wide / 2, left + (len(band) - 1) * (wide + _GAP) + wide / 2
    pen.rule(_SIDE / 2 if trunk else ends[0], bus, ends[1], bus, THICK)
    for column in band:
        pen.rule(left + wide / 2, bus, left + wide / 2, bus - _BUS / 2, THICK)
        _column(pen, column, left, bus - _BUS / 2, wide, where)
        left += wide + _GAP


def _column(pen: Pen, column: _Column, left: float, top: float, width: float, where: str) -> None:
    head = column.head
    if column.again:
        head = replace(head, title=f"{head.title}（续）", note="")
    _box(pen, head, (left, top, width, _TOP), where)
    at = top - _TOP - _AIR
    spine, begins = left + _INDENT / 2, top - _TOP
    lowest = begins
    for row in column.rows:
        at -= _AIR
        if row.deep == 1:
            _box(pen, row.box, (left + _INDENT, at, width - _INDENT, _STEP), where, small=True)
            lowest = at - _STEP / 2
            pen.rule(spine, lowest, left + _INDENT, lowest, THIN)
            at -= _STEP
        else:
            indent = _INDENT * (0.7 + 0.5 * row.deep)
            _words(pen, row.box, (left + indent, at, width - indent, _LINE), where)
            at -= _LINE
    if lowest < begins:
        pen.rule(spine, begins, spine, lowest, THIN)


_Place = tuple[float, float, float, float]  # left, top, width, height


def _box(
    pen: Pen, box: Box, place: _Place, where: str, *, large: bool = False, small: bool = False
) -> None:
    left, top, width, height = place
    pen.frame(left, top - height, width, height, THIN if small else THICK)
    room = width - 2 * MM
    size = 14.0 if large else 9.0 if small else 10.5
    share = 0.58 if box.note else 0.94
    title = in_box(box.title, "song" if small else "hei", size, room, height * share, where)
    note = (
        in_box(box.note, "song", min(8.5, size - 1.5), room, height * 0.38, where)
        if box.note
        else None
    )
    slack = (height - title.height - (note.height if note else 0)) / 2
    title.draw(pen, left + MM, top - slack, room)
    if note:
        note.draw(pen, left + MM, top - slack - title.height, room)


def _words(pen: Pen, box: Box, place: _Place, where: str) -> None:
    left, top, width, height = place
    said = f"{box.title}　{box.note}" if box.note else box.title
    fitted = in_box(said, "song", 8, width - 2.5 * MM, height, where)
    middle = top - height / 2
    pen.rule(left, middle, left + 1.4 * MM, middle, THIN)
    fitted.draw(pen, left + 2.2 * MM, middle + fitted.height / 2, width - 2.5 * MM, "left")
