"""A received table as plain values, every cell still knowing where it stood.

Nothing is interpreted: a number stays a number even in a column of identity numbers, so that the
import can refuse it. Hidden rows are included; empty tails are not.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lanling_desktop.exchange import census
from lanling_desktop.exchange.census import Extent, Mark
from lanling_desktop.exchange.gate import FileKind, Received, admit, decode_text
from lanling_desktop.exchange.refusals import damaged, refusal
from lanling_desktop.exchange.waiting import Progress, unheard

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Value = str | int | float | bool | dt.date | None  # a date with a time of day is a datetime

MAX_TEXT_CELLS = 5_000_000
_STEP = 500  # rows read between two looks at whether to go on


address = census.address  # (7, 3) is 'C7': for everybody who reads sheets

_NO_MARKS: Mapping[int, Mark] = {}


class CellKind(Enum):
    """What a cell holds."""

    EMPTY = "空"
    TEXT = "文字"
    NUMBER = "数字"
    YES_NO = "是否"
    DATE = "日期"
    UNCOMPUTED = "公式没有计算结果"
    ERROR = "公式出错"


class Cell(NamedTuple):
    """One cell: its value, what kind of value that is, and its row and column from 1."""

    value: Value
    kind: CellKind
    row: int
    column: int

    @property
    def address(self) -> str:
        """The cell's name in the sheet, like 'C7'."""
        return address(self.row, self.column)

    @property
    def text(self) -> str:
        """What a clerk would read in it; a whole number without its '.0'."""
        if self.value is None:
            return ""
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        if isinstance(self.value, dt.date):
            return self.value.isoformat().replace("T", " ")
        return str(self.value)


class Row:
    """One row. Cells are made when asked for; `cell(column)` answers for any column."""

    __slots__ = ("_marks", "_values", "first_column", "number")

    def __init__(
        self,
        number: int,
        first_column: int,
        values: tuple[Value, ...],
        marks: Mapping[int, Mark],
    ) -> None:
        self.number = number
        self.first_column = first_column
        self._values = values
        self._marks = marks

    def __len__(self) -> int:
        return len(self._values)

    @property
    def last_column(self) -> int:
        """The last column that holds anything."""
        return self.first_column + len(self._values) - 1

    def __iter__(self) -> Iterator[Cell]:
        for column in range(self.first_column, self.first_column + len(self._values)):
            yield self.cell(column)

    def corrected(self, texts: Mapping[int, str]) -> Row:
        """The same row with other texts in some of its columns; an empty text is an empty cell."""
        first = min(self.first_column, *texts)
        last = max(self.last_column, *texts)
        values = [self.cell(column).value for column in range(first, last + 1)]
        for column, text in texts.items():
            values[column - first] = text or None
        marks = {column: mark for column, mark in self._marks.items() if column not in texts}
        return Row(self.number, first, tuple(values), marks)

    def cell(self, column: int) -> Cell:
        """Return the cell of a column (from 1); an empty one outside the row."""
        index = column - self.first_column
        value = self._values[index] if 0 <= index < len(self._values) else None
        if self._marks:
            mark = self._marks.get(column)
            if mark is not None and value is None:
                return Cell(None, CellKind(mark.value), self.number, column)
        return Cell(value, _kind(value), self.number, column)


def _kind(value: Value) -> CellKind:
    if value is None:
        return CellKind.EMPTY
    if isinstance(value, str):
        return CellKind.TEXT
    if isinstance(value, bool):
        return CellKind.YES_NO
    if isinstance(value, dt.date):
        return CellKind.DATE
    return CellKind.NUMBER


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block, rows and columns from 1, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: the rows that hold anything, in order; gaps show in their numbers."""

    name: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False

    def row(self, number: int) -> Row:
        """Return the row of that number; an empty one where nothing stands."""
        index = bisect_left(self.rows, number, key=lambda row: row.number)
        if index < len(self.rows) and self.rows[index].number == number:
            return self.rows[index]
        return Row(number, 1, (), _NO_MARKS)

    def corrected(self, texts: Mapping[tuple[int, int], str]) -> Sheet:
        """The same sheet with other texts in some cells, by row and column."""
        by_row: dict[int, dict[int, str]] = {}
        for (number, column), text in texts.items():
            by_row.setdefault(number, {})[column] = text
        rows = (
            row.corrected(by_row[row.number]) if row.number in by_row else row for row in self.rows
        )
        return replace(self, rows=tuple(rows))

    @property
    def last_column(self) -> int:
        """The last column that holds anything in any row."""
        return max((row.last_column for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A received file, read.

    `date_1904` matters only to bare serial numbers: cells with a date format are dates already.
    """

    path: Path
    kind: FileKind
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    date_1904: bool = False

    @property
    def filled(self) -> tuple[Sheet, ...]:
        """The sheets that hold anything."""
        return tuple(sheet for sheet in self.sheets if sheet.rows)


def read(path: Path, progress: Progress = unheard) -> Workbook:
    """Read a received file through the gate; OfficeError where it is refused or broken."""
    received = admit(path, progress)
    if received.kind is FileKind.CSV:
        sheets: tuple[Sheet, ...] = (_read_text(path, progress),)
    else:
        sheets = _read_workbook(received, progress)
    return Workbook(path, received.kind, sheets, received.notes, received.date_1904)


# Workbooks ----------------------------------------------------------------------------------


def _read_workbook(received: Received, progress: Progress) -> tuple[Sheet, ...]:
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum

    step = _counted(progress, sum(each.height for each in received.extents.values()))
    try:
        with _opened(received) as book:
            return tuple(
                _read_sheet(
                    book.get_sheet_by_index(number),
                    received.extent_of(meta.name, number),
                    step,
                    hidden=meta.visible is not SheetVisibleEnum.Visible,
                )
                for number, meta in enumerate(book.sheets_metadata)
                if meta.typ is SheetTypeEnum.WorkSheet
            )
    except PasswordError as error:
        raise refusal("文件有打开密码，请先去掉密码。", "去掉密码、保存后再导入。") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader gave up on nonsense
            raise damaged() from error
        raise


def _counted(progress: Progress, total: int) -> Callable[[], None]:
    """What is called for each row read, over all sheets."""
    count = 0

    def step() -> None:
        nonlocal count
        if count % _STEP == 0:
            progress(min(count, total), total)
        count += 1

    return step


def _opened(received: Received) -> CalamineWorkbook:
    """Open a file as what it is: the reader goes by the name where it has one."""
    from python_calamine import CalamineWorkbook

    if received.path.suffix in _SUFFIXES[received.kind]:
        return CalamineWorkbook.from_path(str(received.path))
    return CalamineWorkbook.from_filelike(io.BytesIO(received.path.read_bytes()))


_SUFFIXES: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.XLSX: (".xlsx", ".xlsm"),
    FileKind.XLS: (".xls",),
    FileKind.XLSB: (".xlsb",),
    FileKind.ODS: (".ods",),
}


def _read_sheet(
    sheet: CalamineSheet, extent: Extent, step: Callable[[], None], *, hidden: bool
) -> Sheet:
    first_column = sheet.start[1] + 1 if sheet.start else 1
    marks: dict[int, dict[int, Mark]] = {}
    for (line, column), mark in extent.marks.items():
        marks.setdefault(line, {})[column] = mark
    rows: list[Row | None] = []
    for number, raw in enumerate(sheet.iter_rows(), start=1):
        step()
        values = [_value(cell) for cell in raw]
        rows.append(_row(number, first_column, values, marks.pop(number, _NO_MARKS)))
    for beyond in sorted(marks):  # rows that hold nothing but uncalculated formulas
        rows.append(_row(beyond, first_column, [], marks[beyond]))
    merges = tuple(
        Merge(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    filled = sorted((row for row in rows if row is not None), key=lambda row: row.number)
    return Sheet(sheet.name, tuple(filled), merges, hidden)


def _row(
    number: int, first_column: int, values: list[Value], marks: Mapping[int, Mark]
) -> Row | None:
    """Cut the empty tail off; nothing is left of a row of blanks."""
    while values and _is_blank(values[-1]):
        values.pop()
    if marks:
        first = min(first_column, *marks)
        values = [None] * (first_column - first) + values
        values += [None] * (max(marks) - first - len(values) + 1)
        return Row(number, first, tuple(values), marks)
    return Row(number, first_column, tuple(values), _NO_MARKS) if values else None


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _value(raw: object) -> Value:
    """Turn the reader's value into ours: no '' for empty, no 3.0 for 3, clock times as text."""
    if isinstance(raw, str):
        return raw or None
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else raw
    if isinstance(raw, bool | int | dt.date):
        return raw
    if isinstance(raw, dt.time):
        return raw.isoformat("seconds" if raw.second else "minutes")
    return None if raw is None else str(raw)


# Text files ---------------------------------------------------------------------------------

_KEPT_AS_TEXT = re.compile('="([^"]*)"')  # how a csv tells Excel to leave a number alone


def _read_text(path: Path, progress: Progress) -> Sheet:
    text = decode_text(path.read_bytes())
    step = _counted(progress, text.count("\n") + 1)
    rows: list[Row] = []
    count = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    number = 0
    try:
        for number, fields in enumerate(reader, start=1):
            step()
            count += len(fields)
            if count > MAX_TEXT_CELLS:
                raise refusal("文本文件里的格子太多。", "请把它分成几个较小的文件再导入。")
            row = _row(number, 1, [_unquoted(field) for field in fields], _NO_MARKS)
            if row is not None:
                rows.append(row)
    except csv.Error as error:
        raise damaged(f"文本文件第 {number + 1} 行读不下去，可能少了一个引号。") from error
    return Sheet(path.stem, tuple(rows))


def _unquoted(field: str) -> str | None:
    found = _KEPT_AS_TEXT.fullmatch(field)
    return (found[1] if found else field) or None


def _delimiter(text: str) -> str:
    """Tell what separates the fields by what the first lines have most of."""
    first = text[:20_000].splitlines()[:20]
    return max(",\t;|", key=lambda mark: sum(line.count(mark) for line in first))
