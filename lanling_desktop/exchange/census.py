"""How far the cells of a received sheet reach, counted before a reader lays them out in memory.

The reader behind the gate (calamine) keeps a sheet as one dense block from its first to its last
filled cell: two cells in opposite corners would take 500 GB. It also drops error values and
formulas nobody has calculated without a word, so these are noted here on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from xml.parsers import expat

from lanling_desktop.exchange.archive import Archive
from lanling_desktop.exchange.refusals import damaged, hostile, refusal

MAX_AREA = 5_000_000  # cells laid out, all sheets together: about 160 MB
MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
MAX_MARKS = 200_000
MAX_SHEETS = 500


class Mark(Enum):
    """What a cell is when it looks filled but has no value."""

    UNCOMPUTED = "公式没有计算结果"
    ERROR = "公式出错"


Place = tuple[int, int]  # row and column, counted from 1


@dataclass(slots=True)
class Extent:
    """The block of one sheet that holds values, and the cells in it that have none to give."""

    first_row: int = 0
    last_row: int = 0
    first_column: int = 0
    last_column: int = 0
    marks: dict[Place, Mark] = field(default_factory=dict)

    def cover(self, row: int, column: int) -> None:
        """Stretch the block over one more cell."""
        if not 0 < row <= MAX_ROW or not 0 < column <= MAX_COLUMN:
            raise hostile("文件里有表格范围之外的单元格。")
        if not self.first_row:
            self.first_row = self.last_row = row
            self.first_column = self.last_column = column
            return
        self.first_row = min(self.first_row, row)
        self.last_row = max(self.last_row, row)
        self.first_column = min(self.first_column, column)
        self.last_column = max(self.last_column, column)

    def mark(self, row: int, column: int, what: Mark) -> None:
        """Note a cell that has no value to give."""
        if len(self.marks) >= MAX_MARKS:
            raise refusal(
                f"有 {MAX_MARKS} 个以上的单元格没有结果（{what.value}）。",
                "请用 WPS 或 Excel 打开它，保存一次后再导入。",
            )
        self.marks[row, column] = what

    @property
    def height(self) -> int:
        """Rows of the block."""
        return self.last_row - self.first_row + 1 if self.first_row else 0

    @property
    def area(self) -> int:
        """Cells of the block, filled or not."""
        if not self.first_row:
            return 0
        rows = self.last_row - self.first_row + 1
        return rows * (self.last_column - self.first_column + 1)


def address(row: int, column: int) -> str:
    """Name a place as the clerk sees it: (7, 3) is 'C7'."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def check_area(extents: Mapping[str, Extent]) -> None:
    """Refuse a workbook whose blocks would not fit, naming the far corner."""
    total = 0
    for name, extent in extents.items():
        total += extent.area
        if total > MAX_AREA:
            corner = address(extent.last_row, extent.last_column)
            raise refusal(
                f"工作表“{name}”的内容一直延伸到 {corner}，范围太大。",
                f"请在 WPS 里按 Ctrl+End 找到 {corner} 附近的零星内容，删掉那些行和列，"
                "保存后再导入；真有这么多行就分成几个文件。",
            )


# xlsx ---------------------------------------------------------------------------------------


def of_xlsx(archive: Archive) -> dict[str, Extent]:
    """Count every worksheet of an .xlsx or .xlsm, by name in the workbook's order."""
    extents: dict[str, Extent] = {}
    for name, part in _xlsx_sheets(archive):
        if part in archive:
            extents[name] = _xlsx_sheet(archive.blocks(part))
            check_area(extents)
    return extents


def date_1904(archive: Archive) -> bool:
    """Whether an .xlsx counts its days from 1904, as old Macs did."""
    found = re.search(rb"date1904\s*=\s*[\"'](1|true)", archive.read("xl/workbook.xml"))
    return found is not None


def relations(archive: Archive, part: str) -> dict[str, str]:
    """Return which part each relation id of a workbook points to."""
    targets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
            targets[attributes.get("Id", "")] = path

    if part not in archive:
        raise damaged("文件里缺少工作簿目录，不是完整的 Excel 文件。")
    _parse(archive.blocks(part), relation)
    return targets


def _xlsx_sheets(archive: Archive) -> list[tuple[str, str]]:
    targets = relations(archive, "xl/_rels/workbook.xml.rels")
    sheets: list[tuple[str, str]] = []

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            sheets.append((attributes.get("name", ""), targets.get(key, "")))
            if len(sheets) > MAX_SHEETS:
                raise hostile(f"文件里有 {MAX_SHEETS} 个以上的工作表。")

    _parse(archive.blocks("xl/workbook.xml"), sheet)
    if len({name for name, _ in sheets}) < len(sheets):
        raise hostile("文件里有两个同名的工作表。")
    return sheets


def _parse(blocks: Iterator[bytes], handler: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, given: handler(name.rpartition(":")[2], given)
    _feed(parser, blocks)


def _feed(parser: expat.XMLParserType, blocks: Iterator[bytes]) -> None:
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged() from error


class _SheetCounter:
    """Follows the cells of one sheet part; called for every tag, so it does little in each."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.extent = Extent()
        self._parser = parser
        self._row = 0
        self._column = 0
        self._row_text = "0"
        self._covered_row = 0
        self._columns: dict[str, int] = {}
        self._covered_columns: set[int] = set()
        self._tags: dict[str, str] = {}
        self._type = ""
        self._formula = False
        self._text = ""
        parser.StartElementHandler = self.start

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of one opening tag."""
        tag = self._tags.get(name)
        if tag is None:
            tag = self._tags[name] = name.rpartition(":")[2]
        if tag == "c":
            if self._formula:
                self.finish_formula()
            self._type = attributes.get("t", "")
            reference = attributes.get("r")
            if reference is None:
                self._column += 1
            else:
                self._move(reference)
        elif tag in ("v", "is"):
            self._value()
        elif tag == "f":
            self._formula = True
            self._text = ""
        elif tag == "row":
            self._start_row(attributes.get("r"))

    def finish_formula(self) -> None:
        """Judge the formula just passed: without a value under it, nobody has calculated it."""
        if self._formula and not self._text.strip() and self._type not in ("str", "e"):
            self.extent.cover(self._row, self._column)
            self.extent.mark(self._row, self._column, Mark.UNCOMPUTED)
        self._formula = False
        self._parser.CharacterDataHandler = None

    def _start_row(self, number: str | None) -> None:
        if self._formula:
            self.finish_formula()
        if number is not None and not (number.isascii() and number.isdigit()):
            raise damaged("文件里有读不懂的行号。")
        self._row = self._row + 1 if number is None else int(number)
        self._row_text = str(self._row)
        self._column = 0

    def _move(self, reference: str) -> None:
        length = len(self._row_text)
        if reference.endswith(self._row_text):
            column = self._columns.get(reference[:-length])
            if column is not None:
                self._column = column
                return
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise hostile("文件里有读不懂的单元格位置。")
        letters, self._row_text = found.groups()
        self._row = int(self._row_text)
        self._column = 0
        for letter in letters.upper():
            self._column = self._column * 26 + ord(letter) - 64
        self._columns[letters] = self._column

    def _value(self) -> None:
        if self._row != self._covered_row or self._column not in self._covered_columns:
            self.extent.cover(self._row, self._column)
            self._covered_row = self._row
            self._covered_columns.add(self._column)
        if self._type == "e":
            self.extent.mark(self._row, self._column, Mark.ERROR)
        if self._formula:
            self._parser.CharacterDataHandler = self._characters

    def _characters(self, text: str) -> None:
        self._text += text


_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def _xlsx_sheet(blocks: Iterator[bytes]) -> Extent:
    parser = expat.ParserCreate()
    counter = _SheetCounter(parser)
    _feed(parser, blocks)
    counter.finish_formula()
    return counter.extent


# ods ----------------------------------------------------------------------------------------


def of_ods(archive: Archive) -> dict[str, Extent]:
    """Count every table of an OpenDocument sheet, repeats laid out."""
    extents: dict[str, Extent] = {}
    state = _Table()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            state.reset(extents.setdefault(attributes.get("table:name", ""), Extent()))
        elif tag == "table-row":
            state.next_row(_repeat(attributes, "table:number-rows-repeated"))
        elif tag in ("table-cell", "covered-table-cell"):
            filled = any(key.rpartition(":")[2] in _ODS_VALUES for key in attributes)
            state.next_cell(_repeat(attributes, "table:number-columns-repeated"), filled)
        if len(extents) > MAX_SHEETS:
            raise hostile(f"文件里有 {MAX_SHEETS} 个以上的工作表。")

    if "content.xml" not in archive:
        raise damaged()
    _parse(archive.blocks("content.xml"), start)
    check_area(extents)
    return extents


_ODS_VALUES = frozenset({"value-type", "value", "string-value", "date-value", "formula"})


@dataclass(slots=True)
class _Table:
    """Where the reading of an OpenDocument table stands."""

    extent: Extent = field(default_factory=Extent)
    row: int = 0
    rows: int = 0
    column: int = 0
    pending: int = 0
    laid: int = 0

    def reset(self, extent: Extent) -> None:
        self.extent = extent
        self.row = self.rows = self.column = 0

    def next_row(self, repeat: int) -> None:
        self.row += self.rows
        self.rows = repeat
        self.column = self.pending = 0

    def next_cell(self, repeat: int, filled: bool) -> None:
        # The reader lays out every cell of a row up to the last filled one.
        self.pending += repeat
        if filled:
            self.extent.cover(self.row + 1, self.column + 1)
            self.extent.cover(self.row + self.rows, self.column + repeat)
            self.laid += self.pending
            self.pending = 0
        self.column += repeat
        if self.laid > MAX_AREA:
            raise refusal("文件里重复的单元格太多，范围太大。")


def _repeat(attributes: Mapping[str, str], key: str) -> int:
    text = attributes.get(key, "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise hostile("文件里有读不懂的重复次数。")
    return max(int(text), 1)


def is_locked_ods(archive: Archive) -> bool:
    """Whether an OpenDocument file has a password."""
    manifest = "META-INF/manifest.xml"
    return manifest in archive and b"encryption-data" in archive.read(manifest)
