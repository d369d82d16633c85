"""Which rows of a received table are its head, which are people, and which column is which field.

Sheets from the street and the county open with a title, a 单位 line and a date, group their
columns under merged heads, and close with totals, signatures and remarks. None of that is data.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lanling_desktop.core.field import Field
from lanling_desktop.exchange.refusals import refusal
from lanling_desktop.exchange.workbook import Cell, CellKind, Merge, Row, Sheet

SEARCHED_ROWS = 40  # a head further down is no head
RECORD_KEY = "_记录编号"  # the hidden column of our own sheets

SURE = 1.0
LIKELY = 0.9
ENOUGH = 0.75  # taken without asking
POSSIBLE = 0.6  # offered


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


# Words --------------------------------------------------------------------------------------

_BRACKETS = re.compile(r"[(\[{<【〔「『《][^)\]}>】〕」』》]*[)\]}>】〕」』》]")
_JOINTS = re.compile(r"[\s*#:;,.、。·・/\\|_\-—~'\"“”‘’?!]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")


def normalise(text: str) -> str:
    """Reduce a head to what tells it from others: '姓　名（必填）*' becomes '姓名'."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    without = _JOINTS.sub("", _BRACKETS.sub("", plain))
    return (without or re.sub(r"[\W_]", "", plain)).lower()


def _words_of(field: Field) -> tuple[str, ...]:
    return (normalise(field.label), *(normalise(alias) for alias in field.aliases))


def _confidence(text: str, field: Field) -> float:
    """Say how surely a head names a field."""
    words = _words_of(field)
    if not text:
        return 0.0
    if text == words[0]:
        return SURE
    if text in words[1:]:
        return LIKELY
    best = 0.0
    for word in words:
        if len(word) >= 2 and (word in text or (len(text) >= 2 and text in word)):
            shorter, longer = sorted((len(word), len(text)))
            best = max(best, 0.5 + 0.35 * shorter / longer)
        elif min(len(word), len(text)) >= 3:
            ratio = SequenceMatcher(None, word, text).ratio()
            best = max(best, 0.8 * ratio if ratio >= 0.75 else 0.0)
    return best


# Finding ------------------------------------------------------------------------------------


def find_header(sheet: Sheet, fields: Mapping[str, Field]) -> Header:
    """Find the head of a table; OfficeError where no row names two of the fields."""
    grid = _Grid(sheet)
    best: Row | None = None
    best_score = min(2, len(fields)) * POSSIBLE
    for row in grid.rows:
        score = _row_score(row, fields)
        if score > best_score:
            best, best_score = row, score
    if best is None:
        labels = "”“".join(field.label for field in list(fields.values())[:3])
        raise refusal(
            f"工作表“{sheet.name}”里找不到表头：没有一行写着“{labels}”这样的列名。",
            "请看看选的工作表对不对；或者下载本程序的模板，把内容粘贴进去再导入。",
        )
    rows = _header_rows(grid, best, fields)
    return Header(rows, tuple(_columns(grid, rows)), _title(grid, rows[0]))


def choose_sheet(sheets: Sequence[Sheet], fields: Mapping[str, Field]) -> Sheet | None:
    """Return the sheet whose head names the most fields; a visible one before a hidden one."""
    scored = [
        (max((_row_score(row, fields) for row in _Grid(sheet).rows), default=0.0), sheet)
        for sheet in sheets
        if sheet.rows
    ]
    best = max(scored, key=lambda pair: (pair[0], not pair[1].hidden), default=None)
    return best[1] if best and best[0] >= POSSIBLE else None


class _Grid:
    """The top of a sheet, where a merged cell has its text in every cell it covers."""

    def __init__(self, sheet: Sheet) -> None:
        first = sheet.rows[0].number if sheet.rows else 1
        last = first + SEARCHED_ROWS
        self.sheet = sheet
        self.rows = [row for row in sheet.rows[:SEARCHED_ROWS] if row.number < last]
        self.merges = [merge for merge in sheet.merges if merge.first_row < last]

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Return the merged block over a cell."""
        for merge in self.merges:
            if (
                merge.first_row <= row <= merge.last_row
                and merge.first_column <= column <= merge.last_column
            ):
                return merge
        return None

    def own(self, row: int, column: int) -> str:
        """Return the text that stands in the cell itself, on one line."""
        return " ".join(self.sheet.row(row).cell(column).text.split())

    def text(self, row: int, column: int) -> str:
        """Return the text a clerk sees over a cell, merged or not."""
        merge = self.merge_at(row, column)
        return self.own(merge.first_row, merge.first_column) if merge else self.own(row, column)


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row if cell.text.strip()]


def _row_score(row: Row, fields: Mapping[str, Field]) -> float:
    """Sum how surely the cells of a row name fields, each field once."""
    cells = _filled(row)
    texts = [cell.text for cell in cells if cell.kind is CellKind.TEXT]
    if len(texts) < 0.7 * len(cells) or len(texts) < min(2, len(fields)):
        return 0.0
    best: dict[str, float] = {}
    for text in texts:
        if len(text) > 40:
            continue
        found = [(_confidence(normalise(text), field), key) for key, field in fields.items()]
        confidence, key = max(found, default=(0.0, ""))
        if confidence >= POSSIBLE:
            best[key] = max(best.get(key, 0.0), confidence)
    return sum(best.values())


def _header_rows(grid: _Grid, best: Row, fields: Mapping[str, Field]) -> tuple[int, ...]:
    """Take in a row of group heads above the best row and rows of finer heads below it."""
    first = last = best.number
    for merge in grid.merges:  # heads merged downwards say how high the head is
        if merge.first_row == best.number and merge.last_row <= best.number + 3:
            last = max(last, merge.last_row)
        if merge.last_row == best.number and best.number - 3 <= merge.first_row < best.number:
            first = min(first, merge.first_row)
    if last == best.number and _is_finer(grid, best, fields):
        last += 1
    if first == best.number and _is_group_row(grid, best):
        first -= 1
    return tuple(range(first, last + 1))


def _is_finer(grid: _Grid, best: Row, fields: Mapping[str, Field]) -> bool:
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
    named = sum(
        any(_confidence(normalise(cell.text), field) >= POSSIBLE for field in fields.values())
        for cell in below
    )
    return named > 0 and len(below) >= 2


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
    for merge in grid.merges:
        if merge.first_row in rows and merge.first_column <= last:
            last = max(last, min(merge.last_column, grid.sheet.last_column))
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


def map_columns(header: Header, fields: Mapping[str, Field]) -> HeaderMapping:
    """Give each field the column that names it most surely, and no column two fields.

    Only columns at least `ENOUGH` sure are taken; the others come back as offers.
    """
    record = next((cell.column for cell in header.columns if cell.text == RECORD_KEY), None)
    cells = [cell for cell in header.columns if cell.column != record]
    found = [
        ColumnMatch(cell.column, cell.full_text, key, confidence)
        for cell in cells
        for key, field in fields.items()
        if (confidence := _cell_confidence(cell, field)) >= POSSIBLE
    ]
    found.sort(key=lambda match: -match.confidence)
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


def _cell_confidence(cell: HeaderCell, field: Field) -> float:
    """Judge a column by its own words, and by its group's and its own read as one."""
    own = _confidence(normalise(cell.text), field)
    joined = _confidence(normalise(cell.group + cell.text), field) if cell.group else 0.0
    return max(own, joined if joined >= LIKELY else 0.0)


def fingerprint(header: Header) -> str:
    """Return a short stable mark of a head, by which a chosen mapping is remembered.

    It depends on the words and their order, not on where the table stands.
    """
    words = "\n".join(normalise(cell.full_text) for cell in header.columns)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
