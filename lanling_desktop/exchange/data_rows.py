"""Which rows under a head are records; every row left out is named, none is dropped in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lanling_desktop.exchange.headers import Header
from lanling_desktop.exchange.naming import normalise
from lanling_desktop.exchange.workbook import Cell, CellKind, Merge, Row, Sheet

_TOTAL = re.compile(r"(合|总|小|共|累)计([:：（(\d].*)?$|本页合计|本页小计")
_FOOT = re.compile(
    r"(注|备注|附注|说明|填[表报写]说明|填[表报写]要求|填[表报]人|制表人?|审[核批]人?|复核人?|负责人"
    r"|单位负责人|经办人|填[表报]单位|填[表报制]?(表)?(日期|时间)|单位\(?盖章\)?|打印(日期|时间))"
    r"(\(.{0,8}\))?\s*([:：、.]|$)"
)
_LISTED = re.compile(r"([\d一二三四五六七八九十]+|\([\d一二三四五六七八九十]+\))[、.．)]")
_EXAMPLES = frozenset({"例", "示例", "样例", "填写示例", "例子", "举例"})
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LONG = 15  # words in one lonely cell: a sentence, not a value


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not taken for a record, and why."""

    row: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class DataRows:
    """The records' rows, and those left out."""

    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]


def data_rows(sheet: Sheet, header: Header) -> DataRows:
    """Part the rows under a head into records and what only surrounds them."""
    judge = _Judge(sheet, header)
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for row in sheet.rows:
        if row.number < header.first_data_row:
            continue
        cells = [cell for cell in row if cell.text.strip() or _is_marked(cell)]
        reason = judge.reason(row.number, cells, after_records=bool(rows))
        if not reason:
            rows.append(row)
        elif cells:
            left_out.append(LeftOut(row.number, reason, cells[0].text.strip()[:40]))
    return DataRows(tuple(rows), tuple(left_out))


def _is_marked(cell: Cell) -> bool:
    return cell.kind in (CellKind.ERROR, CellKind.UNCOMPUTED)


class _Judge:
    """Looks at the rows in turn; under the first remark, lonely cells are remarks too."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self._heads = {cell.column: normalise(cell.text) for cell in header.columns}
        self._width = len(self._heads)
        self._numbers = {
            cell.column for cell in header.columns if normalise(cell.text) in ("序号", "序", "no")
        }
        self._merges: dict[int, list[Merge]] = {}
        for merge in sheet.merges:
            if merge.first_row >= header.first_data_row:
                self._merges.setdefault(merge.first_row, []).append(merge)
        self._first = header.first_data_row
        self._in_foot = False

    def reason(self, number: int, cells: list[Cell], *, after_records: bool) -> str:
        """Say why a row is no record; nothing where it is one.

        A remark above the first record says nothing of the rows that follow it.
        """
        told = [cell for cell in cells if cell.column in self._heads]
        if all(cell.column in self._numbers and len(cell.text.strip()) < 8 for cell in cells):
            return "只有序号的空行"
        words = " ".join(cells[0].text.split()).replace("（", "(").replace("）", ")")
        few = len(cells) <= max(1, min(4, self._width // 2))
        if any(_TOTAL.match("".join(cell.text.split())) for cell in cells[:3]):
            return "合计行"
        if few and _FOOT.match(words):
            self._in_foot = after_records
            return "表下说明或签字行" if after_records else "表上说明行"
        if self._in_foot and (few or not told):
            return "表下说明或签字行"
        return self._reason_by_shape(number, cells, words)

    def _reason_by_shape(self, number: int, cells: list[Cell], words: str) -> str:
        if len(cells) == 1 and self._width >= 4 and cells[0].kind is CellKind.TEXT:
            wide = any(
                merge.first_column <= cells[0].column <= merge.last_column
                and merge.last_column - merge.first_column + 1 > self._width / 2
                for merge in self._merges.get(number, ())
            )
            if wide or len(words) > _LONG or _LISTED.match(words):
                return "整行只有一句文字"
        if self._is_repeated_head(cells):
            return "重复的表头"
        if number == self._first and self._is_column_numbers(cells):
            return "列号行"
        if normalise(cells[0].text) in _EXAMPLES:
            return "示例行"
        return ""

    def _is_repeated_head(self, cells: list[Cell]) -> bool:
        same = sum(self._heads.get(cell.column) == normalise(cell.text) for cell in cells)
        return same >= 2 and same >= 0.6 * len(cells)

    def _is_column_numbers(self, cells: list[Cell]) -> bool:
        texts = [cell.text.strip("()（） ") for cell in cells]
        if any(len(text) > 5 for text in texts):
            return False
        numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
        others = [text for text in texts if not (text.isascii() and text.isdigit())]
        if len(cells) < 3 or not numbers or any(text not in _STEMS for text in others):
            return False
        return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
