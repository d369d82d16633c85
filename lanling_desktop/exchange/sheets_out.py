"""Tables that leave the office as .xlsx, made so that they come back unchanged.

Title in the first row, heads in the second, one row a record, nothing merged among the data. All
text is written as text, never as a formula; numbers that are names (identity numbers, phones)
stand in text cells. A template is the same sheet without rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.exchange.census import address
from lanling_desktop.exchange.files import whole_file
from lanling_desktop.exchange.headers import RECORD_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD_ROW = 1  # counted from 0, as XlsxWriter does
PREPARED_ROWS = 5_000  # empty rows of a template that already have formats and lists
MM_PER_CHARACTER = 1.9
MAX_ROWS = 1_048_576
_LIST_LIMIT = 255  # a longer list of choices stands in a sheet of its own
_FIRST_DAY = dt.date(1900, 3, 1)  # earlier days Excel counts wrongly: they go as text

Row = Sequence[object]


def write_table(
    path: Path,
    title: str,
    columns: Sequence[Field],
    rows: Iterable[Row],
    *,
    keys: Iterable[str] | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
    properties: Mapping[str, str] | None = None,
) -> int:
    """Write records to `path` and return how many; the file appears whole or not at all.

    `keys` runs beside `rows` and is written into the hidden last column. `choices` gives the
    words of a column by its label, where `Field.choices` only names a code table. `properties`
    (author, comments …) go into the file's properties.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with (
        whole_file(path) as place,
        TemporaryDirectory(prefix=".~", dir=path.parent, ignore_cleanup_errors=True) as aside,
    ):
        book = Workbook(str(place), {**_OPTIONS, "tmpdir": aside})
        try:
            book.set_properties({"title": title, **(properties or {})})
            writer = _Writer(book, title, columns, choices or {}, with_keys=keys is not None)
            count = writer.write(title, rows, keys)
            book.close()
        except FileCreateError as error:
            raise OSError(*getattr(error.args[0], "args", error.args)) from error
        finally:
            _let_go(book)
    return count


def watermark(actor: str, stamp: str) -> dict[str, str]:
    """Who let a sheet out and when, in the file's own properties."""
    return {"author": actor, "comments": f"导出人：{actor}　导出时间：{stamp}"}


def _let_go(book: Any) -> None:
    """Close what XlsxWriter leaves open when it is broken off, so that its folder can go."""
    for sheet in book.worksheets():
        if sheet.row_data_fh and not sheet.row_data_fh.closed:
            sheet.row_data_fh.close()


def write_template(
    path: Path,
    title: str,
    columns: Sequence[Field],
    *,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write the empty form of a table: what an export of no records would be."""
    typed = [column for column in columns if not column.computed]
    write_table(path, title, typed, (), choices=choices)


class _Writer:
    """One sheet in the making; constant memory means strictly row after row."""

    def __init__(
        self,
        book: Any,
        title: str,
        columns: Sequence[Field],
        choices: Mapping[str, Sequence[str]],
        *,
        with_keys: bool,
    ) -> None:
        self._book = book
        self._sheet = book.add_worksheet(_sheet_name(title))
        self._columns = columns
        self._with_keys = with_keys
        self._formats = {name: book.add_format(look) for name, look in _LOOKS.items()}
        self._lists = [_words(column, choices) for column in columns]
        self._writers = [self._writer_of(column) for column in columns]

    def write(self, title: str, rows: Iterable[Row], keys: Iterable[str] | None) -> int:
        self._set_columns()
        self._sheet.write_string(0, 0, title, self._formats["title"])
        self._write_heads()
        key = iter(keys) if keys is not None else None
        count = 0
        for count, row in enumerate(rows, start=1):
            line = HEAD_ROW + count
            if line >= MAX_ROWS:
                raise _too_much("记录超过 1,048,574 条，一张 Excel 表放不下。")
            for column, value in enumerate(row):
                if value is not None and value != "":
                    self._writers[column](line, column, value)
            if key is not None:
                self._sheet.write_string(
                    line, len(self._columns), str(next(key)), self._formats["text"]
                )
        self._write_lists(HEAD_ROW + max(count, PREPARED_ROWS))
        self._sheet.freeze_panes(HEAD_ROW + 1, 0)
        return count

    def _set_columns(self) -> None:
        for index, column in enumerate(self._columns):
            width = max(column.width_mm / MM_PER_CHARACTER, 2 * len(column.label) + 2)
            self._sheet.set_column(index, index, min(width, 80), self._formats[_look(column)])
        if self._with_keys:
            index = len(self._columns)
            self._sheet.set_column(index, index, 12, self._formats["text"], {"hidden": True})
        self._sheet.set_row(0, 28)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(HEAD_ROW)

    def _write_heads(self) -> None:
        for index, column in enumerate(self._columns):
            look = "required" if column.required else "head"
            self._sheet.write_string(HEAD_ROW, index, column.label, self._formats[look])
        if self._with_keys:
            self._sheet.write_string(
                HEAD_ROW, len(self._columns), RECORD_KEY, self._formats["head"]
            )

    def _writer_of(self, column: Field) -> Callable[[int, int, object], None]:
        look = self._formats[_look(column)]
        text = self._formats["text"]
        sheet = self._sheet

        def write(row: int, index: int, value: object) -> None:
            if isinstance(value, bool):
                sheet.write_string(row, index, "是" if value else "否", text)
            elif isinstance(value, dt.date) and column.kind is Kind.DATE and _is_countable(value):
                sheet.write_datetime(row, index, value, look)
            elif column.numeric and isinstance(value, int | float | Decimal) and _fits(value):
                sheet.write_number(row, index, value, look)
            elif sheet.write_string(row, index, _as_text(value), text) != 0:
                raise _too_much(f"第 {row + 1} 行“{column.label}”的文字超过 32,767 个字。")

        return write

    def _write_lists(self, last: int) -> None:
        aside: Any = None
        lists = 0
        for index, words in enumerate(self._lists):
            if not words:
                continue
            source: object = list(words)
            if len(",".join(words)) > _LIST_LIMIT or any("," in word for word in words):
                aside = aside or self._book.add_worksheet(_CHOICES_SHEET)
                for column, word in enumerate(words):
                    aside.write_string(lists, column, word)
                lists += 1
                source = f"={_CHOICES_SHEET}!$A${lists}:${address(1, len(words))[:-1]}${lists}"
            rule = {"validate": "list", "source": source, **_LIST_ERROR}
            rule["show_error"] = self._columns[index].kind is not Kind.MANY
            self._sheet.data_validation(HEAD_ROW + 1, index, last, index, rule)


_CHOICES_SHEET = "选项"
_LIST_ERROR = {
    "error_type": "stop",
    "error_title": "请从列表里选",
    "error_message": "点单元格右边的小箭头，从列表里选一个。",
}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_PLAIN = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_HEAD = {**_PLAIN, "bold": True, "border": 1, "align": "center", "text_wrap": True}
_LOOKS: dict[str, dict[str, object]] = {
    "title": {**_PLAIN, "bold": True, "font_size": 16, "num_format": "@"},
    "head": {**_HEAD, "bg_color": "#E7ECF3", "num_format": "@"},
    "required": {**_HEAD, "bg_color": "#E7ECF3", "font_color": "#B3261E", "num_format": "@"},
    "text": {**_PLAIN, "num_format": "@"},
    "date": {**_PLAIN, "num_format": "yyyy-mm-dd", "align": "center"},
    "money": {**_PLAIN, "num_format": "#,##0.00"},
    "integer": {**_PLAIN, "num_format": "0"},
}


def _look(column: Field) -> str:
    looks = {Kind.DATE: "date", Kind.MONEY: "money", Kind.INTEGER: "integer"}
    return looks.get(column.kind, "text")


def _words(column: Field, choices: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if column.label in choices:
        return tuple(choices[column.label])
    if column.kind is Kind.YES_NO:
        return ("是", "否")
    return column.choices if isinstance(column.choices, tuple) else ()


def _is_countable(day: dt.date) -> bool:
    return (day.date() if isinstance(day, dt.datetime) else day) >= _FIRST_DAY


def _fits(value: float | Decimal) -> bool:
    """Whether Excel keeps every digit: it has fifteen."""
    return -(10**12) < value < 10**12


def _as_text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value)
    return str(value)


def _sheet_name(title: str) -> str:
    """Make a title into a sheet name: no characters Excel forbids, 31 long at most."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "", title).strip("' ")[:31].strip("' ")
    return name if name and name != _CHOICES_SHEET else "数据"


def _too_much(what: str) -> OfficeError:
    return OfficeError(what, "没有生成文件，台账数据没有变化。", "请先筛选或删短，再导出。")
