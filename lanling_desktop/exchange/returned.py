"""The received file handed back with its faults marked: the same cells, red, and a 错误 column.

The look of an .xlsx is kept. Other kinds, and sheets too large to hold with their look, come back
as a plain .xlsx with every cell at its old address.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lanling_desktop.exchange.census import MAX_COLUMN
from lanling_desktop.exchange.files import whole_file
from lanling_desktop.exchange.gate import FileKind
from lanling_desktop.exchange.workbook import Cell, Sheet, Workbook, read

ERROR_HEAD = "错误"
MAX_KEPT_LOOK = 200_000  # cells; openpyxl takes about 50 times the file's size in memory

_RED = "FFFFC7CE"
_DARK_RED = "FF9C0006"


@dataclass(frozen=True, slots=True)
class CellError:
    """A fault of one row; of one cell where `column` is given. Both count from 1."""

    sheet: str
    row: int
    column: int | None
    message: str


def write_errors(
    source: Path, out: Path, errors: Sequence[CellError], *, header_row: int | None = None
) -> None:
    """Write `source` to `out` with its faults marked; `out` is always an .xlsx.

    `header_row` is where the head 错误 is written; without it, in the row above the first fault.
    """
    book = read(source)
    by_sheet: dict[str, list[CellError]] = {}
    for error in errors:
        by_sheet.setdefault(error.sheet, []).append(error)
    size = sum(len(row) for sheet in book.sheets for row in sheet.rows)
    with whole_file(out) as place:
        keeps_look = book.kind is FileKind.XLSX and size <= MAX_KEPT_LOOK
        if not (keeps_look and _mark_in_place(source, place, book, by_sheet, header_row)):
            _write_plain(place, book, by_sheet, header_row)


def _error_column(sheet: Sheet, header_row: int | None) -> int:
    """Return the column right of everything; that of an earlier 错误 column if there is one."""
    if header_row is not None:
        for cell in sheet.row(header_row):
            if cell.text == ERROR_HEAD:
                return cell.column
    widest = max([sheet.last_column, *(merge.last_column for merge in sheet.merges)])
    return min(widest + 1, MAX_COLUMN)


def _head_row(faults: Sequence[CellError], header_row: int | None) -> int:
    return header_row if header_row is not None else max(min(e.row for e in faults) - 1, 1)


def _messages(faults: Sequence[CellError]) -> dict[int, str]:
    """Join what is wrong with each row into one text."""
    joined: dict[int, list[str]] = {}
    for fault in faults:
        texts = joined.setdefault(fault.row, [])
        if fault.message not in texts:
            texts.append(fault.message)
    return {row: "；".join(texts)[:30_000] for row, texts in joined.items()}


# With its look ------------------------------------------------------------------------------


def _mark_in_place(
    source: Path,
    place: Path,
    book: Workbook,
    by_sheet: Mapping[str, list[CellError]],
    header_row: int | None,
) -> bool:
    """Mark a copy made by openpyxl; False where openpyxl cannot hold the file."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out: the data is all there
        try:
            with source.open("rb") as file:  # openpyxl would go by the name
                copy = openpyxl.load_workbook(file)
        except Exception:
            return False
        for sheet in book.sheets:
            faults = by_sheet.get(sheet.name)
            if faults and sheet.name in copy.sheetnames:
                _mark_sheet(copy[sheet.name], sheet, faults, header_row)
        copy.save(place)
        copy.close()
    return True


def _mark_sheet(
    target: Any, sheet: Sheet, faults: Sequence[CellError], header_row: int | None
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    red = PatternFill("solid", start_color=_RED, end_color=_RED)
    column = _error_column(sheet, header_row)
    font = Font(color=_DARK_RED)
    for row, text in {_head_row(faults, header_row): ERROR_HEAD, **_messages(faults)}.items():
        cell = target.cell(row, column)
        cell.value = text
        cell.data_type = "s"
        cell.font = font
    target.column_dimensions[get_column_letter(column)].width = 50
    for fault in faults:
        if fault.column is not None:
            cell = target.cell(fault.row, fault.column)
            cell.fill = red
            if hasattr(cell, "comment") and type(cell).__name__ != "MergedCell":
                cell.comment = Comment(fault.message[:500], "兰陵社区台账")


# Plain --------------------------------------------------------------------------------------


def _write_plain(
    place: Path,
    book: Workbook,
    by_sheet: Mapping[str, list[CellError]],
    header_row: int | None,
) -> None:
    from xlsxwriter import Workbook as Writer

    with TemporaryDirectory(prefix=".~", dir=place.parent, ignore_cleanup_errors=True) as aside:
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "constant_memory": True,
            "tmpdir": aside,
        }
        out = Writer(str(place), options)
        looks = {
            "text": out.add_format({"num_format": "@"}),
            "day": out.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": out.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "fault": out.add_format({"font_color": "#9C0006"}),
        }
        for name, look in list(looks.items()):
            reddened = {"num_format": look.num_format, "bg_color": "#FFC7CE"}
            looks[f"{name} red"] = out.add_format(reddened)
        for sheet in book.sheets:
            target = out.add_worksheet(sheet.name[:31] or None)
            _write_plain_sheet(target, sheet, by_sheet.get(sheet.name, []), header_row, looks)
        out.close()


def _write_plain_sheet(
    target: Any,
    sheet: Sheet,
    faults: Sequence[CellError],
    header_row: int | None,
    looks: Mapping[str, Any],
) -> None:
    column = _error_column(sheet, header_row)
    marked = {(fault.row, fault.column) for fault in faults}
    texts = _messages(faults)
    if faults:
        texts = {_head_row(faults, header_row): ERROR_HEAD, **texts}
        target.set_column(column - 1, column - 1, 50)
    rows = {row.number: row for row in sheet.rows}
    for number in sorted({*rows, *texts}):
        row = rows.get(number)
        cells = {cell.column: cell for cell in row} if row else {}
        for fault_row, fault_column in marked:
            if fault_row == number and fault_column is not None:
                cells.setdefault(fault_column, sheet.row(number).cell(fault_column))
        for place in sorted(cells):
            if place != column:
                _write_cell(target, cells[place], looks, red=(number, place) in marked)
        if number in texts:
            target.write_string(number - 1, column - 1, texts[number], looks["fault"])


def _write_cell(target: Any, cell: Cell, looks: Mapping[str, Any], *, red: bool) -> None:
    row, column, value = cell.row - 1, cell.column - 1, cell.value
    shade = " red" if red else ""
    if isinstance(value, bool):
        target.write_boolean(row, column, value, looks["fault red"] if red else None)
    elif isinstance(value, int | float):
        target.write_number(row, column, value, looks["fault red"] if red else None)
    elif isinstance(value, dt.date) and value.year > 1900:
        look = "moment" if isinstance(value, dt.datetime) else "day"
        target.write_datetime(row, column, value, looks[look + shade])
    elif value is not None:
        target.write_string(row, column, cell.text, looks[f"text{shade}"])
    elif red:
        target.write_blank(row, column, None, looks["text red"])
