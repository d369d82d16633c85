"""Which rows of a received table are its head, which are people, and which column is which field.

Sheets from the street and the county open with a title, a 单位 line and a date, group their
columns under merged heads, and close with totals, signatures and remarks. None of that is data.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lanling_desktop.core.field import Field
from lanling_desktop.exchange.naming import (
    ENOUGH,
    LIKELY,
    MAX_HEAD,
    POSSIBLE,
    Names,
    normalise,
)
from lanling_desktop.exchange.refusals import refusal
from lanling_desktop.exchange.waiting import Progress, unheard
from lanling_desktop.exchange.workbook import Cell, CellKind, Merge, Row, Sheet

SEARCHED_ROWS = 40  # a head further down is no head
RECORD_KEY = "_记录编号"  # the hidden column of our own sheets

MAX_LOOSE = 300  # texts in a row; a wider one is told by its exact words
LONG = 40  # characters; what is longer is a sentence


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """The head of one column: its own words and those of the group it stands under."""

    column: int
    text: str
    group: str = ""

    @property
    def full_text(self) -> str:
        """Group and own words together, as the clerk reads them."""
        return f"{self.group}·{self.text}" if self.group and self.group != self.text else self.text


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a table: its row numbers and its columns."""

    rows: tuple[int, ...]
    columns: tuple[HeaderCell, ...]
    title: str = ""

    @property
    def first_data_row(self) -> int:
        """The row number from which the data is looked for."""
        return self.rows[-1] + 1


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A column taken for a field, and how surely (1 is the field's own name)."""

    column: int
    text: str
    field: str
    confidence: float


@dataclass(frozen=True, slots=True)
class HeaderMapping:
    """Which column feeds which field; what is left over, and who came second."""

    matches: tuple[ColumnMatch, ...]
    unknown: tuple[HeaderCell, ...]
    offers: tuple[ColumnMatch, ...] = ()
    missing: tuple[str, ...] = ()  # required fields no column feeds
    record_column: int | None = None  # the hidden record number of our own sheets

    def column_of(self, field: str) -> int | None:
        """Return the column that feeds a field."""
        return next((match.column for match in self.matches if match.field == field), None)


# Finding ------------------------------------------------------------------------------------


class Heads:
    """Looks for the head among the tables of one file; each row is scored once."""

    def __init__(self, fields: Mapping[str, Field], progress: Progress = unheard) -> None:
        self._fields = fields
        self._names = Names(fields)
        self._progress = progress
        self._best: dict[int, tuple[float, Row | None]] = {}

    def choose(self, sheets: Sequence[Sheet]) -> Sheet | None:
        """Return the sheet whose head names the most fields; a visible one before a hidden one."""
        scored = [(self._survey(sheet)[0], sheet) for sheet in sheets if sheet.rows]
        best = max(scored, key=lambda pair: (pair[0], not pair[1].hidden), default=None)
        return best[1] if best and best[0] >= POSSIBLE else None

    def find(self, sheet: Sheet) -> Header:
        """Find the head of a table; OfficeError where no row names two of the fields."""
        score, best = self._survey(sheet)
        if best is None or score <= min(2, len(self._fields)) * POSSIBLE:
            labels = "”“".join(field.label for field in list(self._fields.values())[:3])
            raise refusal(
                f"工作表“{sheet.name}”里找不到表头：没有一行写着“{labels}”这样的列名。",
                "请看看选的工作表对不对；或者下载本程序的模板，把内容粘贴进去再导入。",
            )
        grid = _Grid(sheet)
        rows = _header_rows(grid, best, self._names)
        return Header(rows, tuple(_columns(grid, rows)), _title(grid, rows[0]))

    def map(self, header: Header) -> HeaderMapping:
        """Give each field the column that names it most surely, and no column two fields.

        Only columns at least `ENOUGH` sure are taken; the others come back as offers.
        """
        return _mapped(header, self._fields, self._names)

    def _survey(self, sheet: Sheet) -> tuple[float, Row | None]:
        """The first of the rows that name most, and how much that is."""
        known = self._best.get(id(sheet))
        if known is None:
            known = 0.0, None
            for row in _Grid(sheet).rows:
                self._progress(0, 0)
                score = self._row_score(row)
                if score > known[0]:
                    known = score, row
            self._best[id(sheet)] = known
        return known

    def _row_score(self, row: Row) -> float:
        """Sum how surely the cells of a row name fields, each field once."""
        cells = _filled(row)
        texts = [cell.text for cell in cells if cell.kind is CellKind.TEXT]
        if len(texts) < 0.7 * len(cells) or len(texts) < min(2, len(self._fields)):
            return 0.0
        best: dict[str, float] = {}
        loose = len(texts) <= MAX_LOOSE
        for text in texts:
            found = self._names.meant_by(normalise(text), loose=loose) if len(text) <= LONG else {}
            if found:
                key = max(found, key=lambda key: (found[key], key))
                best[key] = max(best.get(key, 0.0), found[key])
        return sum(best.values())


def find_header(sheet: Sheet, fields: Mapping[str, Field]) -> Header:
    """Find the head of a table; OfficeError where no row names two of the fields."""
    return Heads(fields).find(sheet)


def choose_sheet(sheets: Sequence[Sheet], fields: Mapping[str, Field]) -> Sheet | None:
    """Return the sheet whose head names the most fields; a visible one before a hidden one."""
    return Heads(fields).choose(sheets)


def map_columns(header: Header, fields: Mapping[str, Field]) -> HeaderMapping:
    """Give each field the column that names it most surely, and no column two fields."""
    return Heads(fields).map(header)


class _Grid:
    """The top of a sheet, where a merged cell has its text in every cell it covers."""

    def __init__(self, sheet: Sheet) -> None:
        first = sheet.rows[0].number if sheet.rows else 1
        last = first + SEARCHED_ROWS
        self.sheet = sheet
        self.rows = [row for row in sheet.rows[:SEARCHED_ROWS] if row.number < last]
        self.merges = [merge for merge in sheet.merges if merge.first_row < last]
        self._across: dict[int, list[Merge]] = {}

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Return the merged block over a cell."""
        if row not in self._across:
            mine = (each for each in self.merges if each.first_row <= row <= each.last_row)
            self._across[row] = sorted(mine, key=lambda each: each.first_column)
        across = self._across[row]  # merged blocks do not overlap: only the nearest can reach
        at = bisect_right(across, column, key=lambda each: each.first_column) - 1
        return across[at] if at >= 0 and column <= across[at].last_column else None

    def own(self, row: int, column: int) -> str:
        """Return the text that stands in the cell itself, on one line."""
        return " ".join(self.sheet.row(row).cell(column).text[:MAX_HEAD].split())

    def text(self, row: int, column: int) -> str:
        """Return the text a clerk sees over a cell, merged or not."""
        merge = self.merge_at(row, column)
        return self.own(merge.first_row, merge.first_column) if merge else self.own(row, column)


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row if cell.text.strip()]


def _header_rows(grid: _Grid, best: Row, names: Names) -> tuple[int, ...]:
    """Take in a row of group heads above the best row and rows of finer heads below it."""
    first = last = best.number
    for merge in grid.merges:  # heads merged downwards say how high the head is
        if merge.first_row == best.number and merge.last_row <= best.number + 3:
            last = max(last, merge.last_row)
        if merge.last_row == best.number and best.number - 3 <= merge.first_row < best.number:
            first = min(first, merge.first_row)
    if last == best.number and _is_finer(grid, best, names):
        last += 1
    if first == best.number and _is_group_row(grid, best):
        first -= 1
    return tuple(range(first, last + 1))


def _is_finer(grid: _Grid, best: Row, names: Names) -> bool:
    """Whether the next row only splits groups of this one: nothing under the plain heads."""
    below = _filled(grid.sheet.row(best.number + 1))
    if not below or any(cell.kind is not CellKind.TEXT for cell in below):
        return False
    heads = {cell.column for cell in _filled(best)}
    if len(below) >= len(heads):
        return False
    for cell in below:
        is_group = cell.column in heads and cell.column + 1 not in heads
        if cell.column in heads and not is_group:
            return False
    loose = len(below) <= MAX_LOOSE
    named = any(names.meant_by(normalise(cell.text), loose=loose) for cell in below)
    return named and len(below) >= 2


_NOT_A_GROUP = re.compile(r"[:：]|\d|单位|盖章|填[表报]|制表|日期|花名册|登记表|统计表|汇总表|台账")


def _is_group_row(grid: _Grid, best: Row) -> bool:
    """Whether the row above groups this one's columns; a title or a 单位 line does not."""
    above = _filled(grid.sheet.row(best.number - 1))
    width = len(_filled(best))
    if not above or len(above) >= width:
        return False
    for cell in above:
        merge = grid.merge_at(cell.row, cell.column)
        span = merge.last_column - merge.first_column + 1 if merge else 1
        if _NOT_A_GROUP.search(cell.text) or len(cell.text) > 12 or span > max(2, 0.8 * width):
            return False
    merged = any(grid.merge_at(cell.row, cell.column) for cell in above)
    return merged or len(above) >= 2


def _columns(grid: _Grid, rows: tuple[int, ...]) -> Iterator[HeaderCell]:
    """Read the head column by column: the lowest words are the column's own."""
    cells = [cell for number in rows for cell in _filled(grid.sheet.row(number))]
    first = min(cell.column for cell in cells)
    last = max(cell.column for cell in cells)
    widest = grid.sheet.last_column
    for merge in grid.merges:
        if merge.first_row in rows and merge.first_column <= last:
            last = max(last, min(merge.last_column, widest))
    for column in range(first, last + 1):
        texts: list[str] = []
        for number in rows:
            text = grid.text(number, column) or _group_to_the_left(grid, number, rows[-1], column)
            if text and text not in texts:
                texts.append(text)
        if texts:
            yield HeaderCell(column, texts[-1], "·".join(texts[:-1]))


def _group_to_the_left(grid: _Grid, number: int, lowest: int, column: int) -> str:
    """Where nothing is merged (csv, ods), a group head stands only over its first column."""
    if number == lowest or grid.merges or not grid.own(lowest, column):
        return ""
    for left in range(column - 1, max(column - 20, 0), -1):
        text = grid.own(number, left)
        if text:
            return text if grid.own(lowest, left) else ""
    return ""


def _title(grid: _Grid, first: int) -> str:
    above = [cell.text for row in grid.rows if row.number < first for cell in _filled(row)]
    return " ".join(above[0].split()) if above else ""


# Mapping ------------------------------------------------------------------------------------

_ROW_NUMBERS = frozenset({"序号", "序", "行号", "no", "顺序号"})


def _mapped(header: Header, fields: Mapping[str, Field], names: Names) -> HeaderMapping:
    record = next((cell.column for cell in header.columns if cell.text == RECORD_KEY), None)
    cells = [cell for cell in header.columns if cell.column != record]
    found = [
        ColumnMatch(cell.column, cell.full_text, key, confidence)
        for cell in cells
        for key, confidence in _cell_meanings(cell, names, loose=len(cells) <= MAX_LOOSE)
    ]
    order = {key: place for place, key in enumerate(fields)}
    found.sort(key=lambda match: (-match.confidence, match.column, order[match.field]))
    taken: dict[int, ColumnMatch] = {}
    used: set[str] = set()
    for match in found:
        if match.confidence >= ENOUGH and match.column not in taken and match.field not in used:
            taken[match.column] = match
            used.add(match.field)
    offers: dict[int, ColumnMatch] = {}
    for match in found:
        if match.column not in taken:
            offers.setdefault(match.column, match)
    unknown = [
        cell
        for cell in cells
        if cell.column not in taken and normalise(cell.text) not in _ROW_NUMBERS
    ]
    return HeaderMapping(
        tuple(taken[column] for column in sorted(taken)),
        tuple(unknown),
        tuple(offers[column] for column in sorted(offers)),
        tuple(key for key, field in fields.items() if field.required and key not in used),
        record,
    )


def _cell_meanings(cell: HeaderCell, names: Names, *, loose: bool) -> list[tuple[str, float]]:
    """Judge a column by its own words, and by its group's and its own read as one."""
    found = dict(names.meant_by(normalise(cell.text), loose=loose))
    if cell.group:
        for key, sure in names.meant_by(normalise(cell.group + cell.text), loose=loose).items():
            if sure >= LIKELY:
                found[key] = max(found.get(key, 0.0), sure)
    return list(found.items())


def fingerprint(header: Header) -> str:
    """Return a short stable mark of a head, by which a chosen mapping is remembered.

    It depends on the words and their order, not on where the table stands.
    """
    words = "\n".join(normalise(cell.full_text) for cell in header.columns)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
