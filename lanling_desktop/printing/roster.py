"""Rosters: as many rows as a county has people, drawn in time that grows only with the rows.

Two passes. The first looks at every distinct text of a column once: what it is made of, whether it
fits, how high its row becomes; so the pages are known before the first is drawn, and what cannot
be drawn is refused before anything is. The second writes one string of operators per page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from lanling_desktop.printing.cells import ABOVE, BODY, Column, ColumnCells
from lanling_desktop.printing.chart import MonthBars
from lanling_desktop.printing.chart_pages import Room, draw_sheet, draw_under, sheets
from lanling_desktop.printing.files import Target
from lanling_desktop.printing.fonts import clean, refuse_missing, typeface
from lanling_desktop.printing.page import (
    A4,
    LEADING,
    MIDDLE,
    MM,
    THICK,
    Pen,
    PrintedPaper,
    Progress,
    Proof,
    balanced,
    fitted,
    foot,
)
from lanling_desktop.printing.paginate import Slot, paginate
from lanling_desktop.printing.text import Line, lay_out
from lanling_desktop.standards import dates

if TYPE_CHECKING:
    from lanling_desktop.printing.pdfa import Document

__all__ = ["Column", "PrintedPaper", "Roster", "draw_roster"]

_HEAD, _SIGNED = 9 * MM, 14 * MM
_TOP, _FLOOR, _FOOT = 28 * MM, 15 * MM, 9 * MM
_TITLE, _SMALL = 20.0, 9.0
_NAMED = ("姓名", "户主姓名", "户主", "名称")
_SAMPLE = 300


@dataclass(frozen=True, slots=True)
class Roster:
    """A list as it is printed. Every text is literal; each row is as wide as `columns`.

    `edition` 公示版 says that the caller has masked the rows. `totals` is a last row in 黑体.
    `empty_as` is what an empty cell shows. `strong` are the numbers, from 0, of rows that sum up
    those above them, set in 黑体. `charts` follow the table. `said` is a line above the table; rows
    that are signed in are higher than `row_mm` usually is.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    unit: str
    made_on: date
    as_of: date | None = None
    notes: str = ""
    edition: str = "归档版"
    print_no: str = ""
    check_code: str = ""
    signatures: Sequence[str] = ("填表人", "审核人", "单位负责人")
    filled_by: str = ""  # stands after the first of the signatures
    landscape: bool = True
    totals: Sequence[str] | None = None
    demo: bool = False
    empty_as: str = ""
    strong: frozenset[int] = frozenset()
    charts: Sequence[MonthBars] = ()
    said: str = ""
    row_mm: float = 8.0


def draw_roster(
    roster: Roster, out: Target | Document, progress: Progress | None = None
) -> PrintedPaper:
    """Print a roster; refuses with `OfficeError` what it cannot draw, before it draws.

    `progress` is told each page drawn, of how many; it may raise to stop, and nothing is written.
    """
    from lanling_desktop.printing.pdfa import begun, delivered

    document = begun(out, roster.title, roster.unit)
    result = _Drawing(roster, document).run(progress)
    delivered(document, out)
    return result


class _Drawing:
    """One roster on its way to paper."""

    def __init__(self, roster: Roster, document: Document) -> None:
        self.roster, self.document = roster, document
        across, up = A4[::-1] if roster.landscape else A4
        self.page_size = (across, up)
        self.left = (10 if roster.landscape else 28) * MM
        self.right = across - (10 if roster.landscape else 12) * MM
        self.width = self.right - self.left
        self.row = roster.row_mm * MM
        self.said = BODY * 1.8 if roster.said else 0.0
        texts = [set(map(itemgetter(j), roster.rows)) for j in range(len(roster.columns))]
        _refuse(roster, texts)
        self.columns = self._columns(texts)
        self.title = self._title()
        self.head_lines, self.head_height = self._head()
        self.notes = self._notes()
        self.header: dict[float, str] = {}

    def run(self, progress: Progress | None) -> PrintedPaper:
        pages = self._plan()
        self.under = self._under(len(pages), pages[-1])
        self.last = len(pages)
        more = sheets(len(self.roster.charts), self.under)
        total = self.last + more
        for number in range(1, total + 1):
            slots = pages[number - 1] if number <= self.last else None
            operators = self._page(number, total, slots)
            self.document.add_page(operators, *self.page_size)
            if progress:
                progress(number, total)
        shrunk = sum(column.shrunk for column in self.columns)
        wrapped = sum(len(column.tall) for column in self.columns)
        return PrintedPaper(total, shrunk, wrapped)

    # -- first pass: what stands where ------------------------------------------------------

    def _columns(self, texts: list[set[str]]) -> list[ColumnCells]:
        roster = self.roster
        scale = self.width / sum(column.width_mm for column in roster.columns)
        step = max(1, len(roster.rows) // _SAMPLE)
        sampled = roster.rows[::step]
        left, made = self.left, []
        for number, column in enumerate(roster.columns):
            width = column.width_mm * scale
            cells = ColumnCells(column, left, width, self.document, roster.empty_as)
            cells.fill(texts[number], [row[number] for row in sampled])
            made.append(cells)
            left += width
        return made

    def _title(self) -> list[Line]:
        size = fitted(self.roster.title, "title", _TITLE, self.width, least=16)
        self.title_size = size
        return balanced(self.roster.title, "title", size, self.width)

    def _head(self) -> tuple[list[list[Line]], float]:
        lines = [balanced(c.column.label, "hei", BODY, c.room) for c in self.columns]
        most = max(map(len, lines))
        return lines, max(_HEAD, most * LEADING * BODY + 2 * ABOVE)

    def _notes(self) -> list[Line]:
        if not self.roster.notes.strip():
            return []
        return lay_out(f"注：{self.roster.notes}", typeface("song"), _SMALL, self.width)

    def _plan(self) -> list[list[Slot]]:
        """Slots of every page: rows, then the totals, then the notes."""
        heights = self._heights() or [self.row]
        if self.roster.totals is not None:
            heights.append(self.row)
        if self.notes:
            heights.append(len(self.notes) * LEADING * _SMALL + 2 * ABOVE)
        return paginate(
            heights,
            first=self._table_top(1) - self.head_height - _FLOOR,
            later=self._table_top(2) - self.head_height - _FLOOR,
            last=_SIGNED if self.roster.signatures else 0.0,
            lines=self._lines,
            around=2 * ABOVE,
        )

    def _heights(self) -> list[float]:
        rows = self.roster.rows
        heights = [self.row] * len(rows)
        for number, cells in enumerate(self.columns):
            if not cells.tall:
                continue
            needed = {text: max(self.row + 1, cells.height(text)) for text in cells.tall}
            for index, row in enumerate(rows):
                height = needed.get(row[number])
                if height and height > heights[index]:
                    heights[index] = height
        return heights

    def _lines(self, index: int) -> tuple[int, float]:
        """How many lines a high row has, and how high the highest of them is."""
        if index >= len(self.roster.rows):
            return len(self.notes), LEADING * _SMALL
        row = self.roster.rows[index]
        tall = [
            (c.tall[text], c.wrap_size)
            for c, text in zip(self.columns, row, strict=True)
            if text in c.tall
        ]
        count = max((len(lines) for lines, _ in tall), default=1)
        return count, LEADING * max((size for _, size in tall), default=BODY)

    def _table_top(self, page: int) -> float:
        top = self.page_size[1] - _TOP
        if page > 1:
            return top - _SMALL - 4
        return top - len(self.title) * self.title_size * 1.3 - BODY - 10 - self.said

    # -- second pass: pages -----------------------------------------------------------------

    def _under(self, page: int, slots: list[Slot]) -> Room:
        """The room below the table's last rows and the signatures."""
        bottom = self._table_top(page) - self.head_height - sum(slot.height for slot in slots)
        signed = _SIGNED if self.roster.signatures else 0.0
        return Room(self.left, self.right, bottom - signed, _FLOOR)

    def _page(self, number: int, pages: int, slots: list[Slot] | None) -> str:
        """A sheet of the table, or behind it one of charts."""
        pen = Pen(self.document)
        roster, top = self.roster, self._table_top(number)
        if number == 1:
            self._heading(pen, top)
        else:
            self._running_head(pen)
        if roster.demo:
            pen.demo_mark(self.right, self.page_size[1] - 10 * MM)
        if slots is None:
            room = Room(self.left, self.right, top, _FLOOR)
            draw_sheet(pen, roster.charts, number - self.last - 1, room)
        else:
            self._table(pen, slots, top, last=number == self.last)
            if number == pages and roster.charts:
                draw_under(pen, roster.charts[0], self.under)
        proof = Proof(roster.print_no, roster.check_code, roster.edition)
        foot(pen, self.left, self.right, _FOOT, number, pages, proof)
        return pen.operators()

    def _table(self, pen: Pen, slots: list[Slot], top: float, *, last: bool) -> None:
        if top not in self.header:
            self.header[top] = self._header(top)
        pen.raw(self.header[top])
        bottom = self._body(pen, slots, top - self.head_height)
        if last:
            self._signatures(pen, bottom)

    def _heading(self, pen: Pen, top: float) -> None:
        roster, size = self.roster, self.title_size
        base = self.page_size[1] - _TOP - size * 0.9
        pen.lines(
            self.title, self.left, base, self.width,
            role="title", size=size, align="center", leading=1.3,
        )  # fmt: skip
        made = f"制表日期：{dates.paper(roster.made_on)}"
        as_of = f"截至：{dates.paper(roster.as_of)}　　" if roster.as_of else ""
        right = as_of + made
        unit = f"单位（盖章）：{roster.unit}"
        room = self.width - typeface("song").width(right, BODY) - 5 * MM
        base = top + 5 + self.said
        pen.text(self.left, base, unit, size=fitted(unit, "song", BODY, room, least=6))
        pen.text(self.right, base, right, align="right")
        size = fitted(roster.said, "song", BODY, self.width, least=6)
        pen.text(self.left, top + 5, roster.said, size=size)

    def _running_head(self, pen: Pen) -> None:
        base = self.page_size[1] - _TOP - _SMALL
        room = self.width * 0.6
        title = f"{self.roster.title}（续）"
        pen.text(self.left, base, title, size=fitted(title, "song", _SMALL, room, least=5))
        unit, room = self.roster.unit, self.width * 0.38
        size = fitted(unit, "song", _SMALL, room, least=5)
        pen.text(self.right, base, unit, size=size, align="right")

    def _header(self, top: float) -> str:
        pen = Pen(self.document)
        middle = top - self.head_height / 2
        for cells, lines in zip(self.columns, self.head_lines, strict=True):
            base = middle + (len(lines) - 1) / 2 * LEADING * BODY - MIDDLE * BODY
            pen.lines(
                lines, cells.left_lined, base, cells.room,
                role="hei", size=BODY, align="center", leading=LEADING,
            )  # fmt: skip
        return pen.operators()

    def _body(self, pen: Pen, slots: list[Slot], top: float) -> float:
        """The rows of a page and the lines around them; where they end."""
        rows = self.roster.rows
        count = len(rows) or 1
        flats = [cells.flat for cells in self.columns]
        edges, y = [top], top
        down = self.row / 2 + MIDDLE * BODY
        shown: list[str] = []
        add = shown.append
        for slot in slots:
            index, height, part = slot
            if index in self.roster.strong:
                self._strong_row(pen, rows[index], y - height / 2)
            elif index < len(rows) and height == self.row and part is None:
                base = f"{y - down:.2f}"
                for flat, text in zip(flats, rows[index], strict=True):
                    pair = flat[text]
                    if pair:
                        add(pair[0])
                        add(base)
                        add(pair[1])
            elif index < len(rows):
                self._tall_row(pen, slot, y)
            elif index < count + (self.roster.totals is not None):
                self._special_row(pen, index, y)
            else:
                self._draw_notes(pen, slot, y)
                y -= height
                continue
            y -= height
            edges.append(y)
        pen.raw(f"BT\n{''.join(shown)}ET" if shown else "")
        self._grid(pen, edges, empty=not rows)
        return y

    def _tall_row(self, pen: Pen, slot: Slot, top: float) -> None:
        """A row with a cell of several lines, or the part of it that stands on this page."""
        index, height, part = slot
        middle = top - height / 2
        for cells, text in zip(self.columns, self.roster.rows[index], strict=True):
            flat, lines = cells.flat[text], cells.tall.get(text)
            if lines:
                size = cells.wrap_size
                piece = lines[slice(*part)] if part else lines
                base = middle + (len(piece) - 1) / 2 * LEADING * size - MIDDLE * size
                align = "left" if len(lines) > 2 else cells.column.align
                pen.lines(
                    piece, cells.left_lined, base, cells.room,
                    size=size, align=align, leading=LEADING,
                )  # fmt: skip
            elif flat and (part is None or part[0] == 0):
                base = middle - MIDDLE * BODY
                pen.raw(f"BT {flat[0]}{base:.2f}{flat[1]}ET")

    def _special_row(self, pen: Pen, index: int, top: float) -> None:
        """The totals; or, of an empty list, the word 无."""
        totals = self.roster.totals
        if index < (len(self.roster.rows) or 1) or totals is None:
            base = top - self.row / 2 - MIDDLE * BODY
            pen.text((self.left + self.right) / 2, base, "无", align="center")
            return
        self._strong_row(pen, totals, top - self.row / 2)

    def _strong_row(self, pen: Pen, texts: Sequence[str], middle: float) -> None:
        """A row that sums up, each cell on one line."""
        base = middle - MIDDLE * BODY
        for cells, text in zip(self.columns, texts, strict=True):
            size = fitted(text, "hei", BODY, cells.room, least=5)
            x = (
                cells.left_lined
                + cells.room * {"left": 0, "center": 0.5, "right": 1}[cells.column.align]
            )
            pen.text(x, base, text, role="hei", size=size, align=cells.column.align)

    def _draw_notes(self, pen: Pen, slot: Slot, top: float) -> None:
        lines = self.notes[slice(*slot.part)] if slot.part else self.notes
        pen.lines(lines, self.left, top - ABOVE - _SMALL, self.width, size=_SMALL, leading=LEADING)

    def _grid(self, pen: Pen, edges: list[float], *, empty: bool) -> None:
        """All thin lines as one path, the outer ones as another."""
        top, bottom = edges[0] + self.head_height, edges[-1]
        path = [f"{self.left:.2f} {y:.2f} m {self.right:.2f} {y:.2f} l" for y in edges[:-1]]
        low = edges[0] if empty and self.roster.totals is None else bottom
        for cells in self.columns[1:]:
            path.append(f"{cells.left:.2f} {top:.2f} m {cells.left:.2f} {low:.2f} l")
        pen.raw(f"0.4 w {' '.join(path)} S")
        pen.frame(self.left, bottom, self.width, top - bottom, THICK)

    def _signatures(self, pen: Pen, bottom: float) -> None:
        names = self.roster.signatures
        base = bottom - 9 * MM
        for number, name in enumerate(names):
            said = f"{name}：" if number else f"{name}：{self.roster.filled_by}"
            pen.text(self.left + number * self.width / len(names), base, said)


def _refuse(roster: Roster, texts: list[set[str]]) -> None:
    """Refuse what is in no font. The rows are read for the place only when there is such a thing."""
    face = typeface("song")
    labels = list(_labelled(roster))
    chars: set[str] = set().union(*(text for _, text in labels))
    for column in texts:
        chars.update(*column)
    chars.update(*(text for chart in roster.charts for _, text in chart.texts()))
    unknown = face.learn(chars)
    unknown = face.learn(set(clean("".join(unknown))))
    if unknown:
        drawn = (text for chart in roster.charts for text in chart.texts())
        refuse_missing([*labels, *_placed(roster, unknown), *drawn])


def _labelled(roster: Roster) -> Iterator[tuple[str, str]]:
    heads = (roster.title, roster.unit, roster.edition, roster.print_no, roster.check_code)
    for text in (*heads, *(column.label for column in roster.columns)):
        yield "表头", text
    for text in (
        roster.said,
        roster.notes,
        roster.empty_as,
        roster.filled_by,
        *roster.signatures,
        *(roster.totals or ()),
    ):
        yield "表尾", text


def _placed(roster: Roster, unknown: set[str]) -> Iterator[tuple[str, str]]:
    """Every cell with a character of `unknown`, named by its row, whose row it is, and its column."""
    labels = [column.label for column in roster.columns]
    named = next((number for number, label in enumerate(labels) if label in _NAMED), None)
    for number, row in enumerate(roster.rows, start=1):
        whose = f"（{row[named]}）" if named is not None else ""
        for label, text in zip(labels, row, strict=True):
            if not unknown.isdisjoint(text):
                yield f"第 {number} 行{whose}“{label}”栏", text
