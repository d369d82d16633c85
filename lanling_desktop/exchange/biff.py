"""The same count for Excel's binary sheets: .xls (BIFF8 and older) and .xlsb (BIFF12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from lanling_desktop.exchange.archive import Archive
from lanling_desktop.exchange.census import (
    MAX_AREA,
    MAX_SHEETS,
    Extent,
    Mark,
    check_area,
    relations,
)
from lanling_desktop.exchange.compound import Compound
from lanling_desktop.exchange.refusals import damaged, hostile, refusal

_EOF = 0x000A
_DATE_1904 = 0x0022
_FILE_PASS = 0x002F
_BOUND_SHEET = 0x0085
_MUL_RK = 0x00BD
_SST = 0x00FC
_DIMENSIONS = 0x0200
_FORMULA = (0x0006, 0x0206, 0x0406)
_BOOL_ERROR = 0x0205
_VALUES = frozenset({0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E, *_FORMULA})
_PLACE = struct.Struct("<HH")


def workbook_stream(compound: Compound) -> bytes:
    """Return the stream that holds the sheets."""
    return compound.stream("Workbook" if "Workbook" in compound.names else "Book")


def of_xls(stream: bytes) -> dict[str, Extent]:
    """Count every sheet of an .xls; keyed by its number, the reader gives the names in order."""
    extents: dict[str, Extent] = {}
    left = len(stream)
    for number, start in enumerate(_sheet_starts(stream)):
        extent, walked = _xls_sheet(stream, start)
        left -= walked
        if left < 0:
            raise hostile("文件里的工作表互相重叠。")
        extents[f"第 {number + 1} 个"] = extent
        check_area(extents)
    return extents


def xls_date_1904(stream: bytes) -> bool:
    """Whether an .xls counts its days from 1904."""
    return any(kind == _DATE_1904 and body[:1] == b"\1" for kind, body in _globals(stream))


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    end = len(stream)
    while position + 4 <= end:
        kind = stream[position] | stream[position + 1] << 8
        size = stream[position + 2] | stream[position + 3] << 8
        position += 4
        if position + size > end:
            raise damaged()
        yield kind, stream[position : position + size]
        position += size
        if kind == _EOF:
            return


def _globals(stream: bytes) -> Iterator[tuple[int, bytes]]:
    return _records(stream, 0)


def _sheet_starts(stream: bytes) -> list[int]:
    starts = []
    for kind, body in _globals(stream):
        if kind == _FILE_PASS and body[:2] != b"\0\0":
            raise refusal("文件有打开密码，请先去掉密码。", "去掉密码、保存后再导入。")
        if kind == _SST and len(body) >= 8:
            _check_strings(int.from_bytes(body[4:8], "little"), len(stream))
        if kind == _BOUND_SHEET and len(body) >= 4:
            starts.append(int.from_bytes(body[:4], "little"))
    if len(starts) > MAX_SHEETS:
        raise hostile(f"文件里有 {MAX_SHEETS} 个以上的工作表。")
    if any(start >= len(stream) for start in starts):
        raise damaged()
    return starts


def _check_strings(count: int, size: int) -> None:
    if count * 3 > size:  # the shortest string takes three bytes
        raise hostile("文件里写的文字条数比文件本身还大。")


def _xls_sheet(stream: bytes, start: int) -> tuple[Extent, int]:
    extent = Extent()
    walked = 0
    for kind, body in _records(stream, start):
        walked += 4 + len(body)
        if kind in _VALUES and len(body) >= 6:
            row, column = _PLACE.unpack_from(body)
            extent.cover(row + 1, column + 1)
            _mark_error(extent, kind, body, row + 1, column + 1)
        elif kind == _MUL_RK and len(body) >= 6:
            row, column = _PLACE.unpack_from(body)
            last = int.from_bytes(body[-2:], "little")
            extent.cover(row + 1, column + 1)
            extent.cover(row + 1, last + 1)
        elif kind == _DIMENSIONS:
            _check_claim(body)
    return extent, walked


def _check_claim(body: bytes) -> None:
    """Refuse an impossible range: the reader reserves memory for it, used or not."""
    layout = struct.Struct("<IIHH" if len(body) >= 14 else "<HHHH")
    if len(body) < layout.size:
        raise damaged()
    first_row, end_row, first_column, end_column = layout.unpack_from(body)
    rows = max(end_row, 1) - first_row
    columns = max(end_column, 1) - first_column
    if rows < 1 or columns < 1:
        raise damaged()
    if rows * columns > MAX_AREA:
        raise refusal("文件记录的表格范围比正常的大得多。")


def _mark_error(extent: Extent, kind: int, body: bytes, row: int, column: int) -> None:
    if kind == _BOOL_ERROR:
        if len(body) >= 8 and body[7] == 1:
            extent.mark(row, column, Mark.ERROR)
    elif kind in _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        extent.mark(row, column, Mark.ERROR)


# xlsb ---------------------------------------------------------------------------------------

_ROW = 0
_CELL_VALUES = frozenset(range(2, 12))
_CELL_ERRORS = frozenset({0x0003, 0x000B})
_BEGIN_SHEET_DATA = 0x0091
_END_SHEET_DATA = 0x0092
_BUNDLE_SHEET = 0x009C
MAX_PART = 48 * 1024 * 1024


def of_xlsb(archive: Archive) -> dict[str, Extent]:
    """Count every sheet of an .xlsb by name, and see that the other parts are sound."""
    for name in ("xl/sharedStrings.bin", "xl/styles.bin"):
        if name in archive:
            for _ in _long_records(archive.read(name, limit=MAX_PART)):
                pass
    extents: dict[str, Extent] = {}
    targets = relations(archive, "xl/_rels/workbook.bin.rels")
    data = archive.read("xl/workbook.bin")
    for kind, start, size in _long_records(data):
        if kind != _BUNDLE_SHEET:
            continue
        name, part = _bundle_sheet(data[start : start + size])
        if name in extents or len(extents) >= MAX_SHEETS:
            raise hostile("文件里有同名的工作表，或工作表太多。")
        if targets.get(part, "") in archive:
            extents[name] = _xlsb_part(archive.read(targets[part], limit=MAX_PART))
            check_area(extents)
    return extents


def _bundle_sheet(body: bytes) -> tuple[str, str]:
    texts = []
    position = 8  # after the sheet's state and number
    for _ in range(2):
        length = int.from_bytes(body[position : position + 4], "little") * 2
        position += 4
        if position + length > len(body):
            length = 0
        texts.append(body[position : position + length].decode("utf-16-le", "replace"))
        position += length
    return texts[1], texts[0]


def _xlsb_part(data: bytes) -> Extent:
    extent = Extent()
    row = 0
    in_cells = False
    for kind, start, size in _long_records(data):
        if kind == _BEGIN_SHEET_DATA:
            in_cells = True
        elif kind == _END_SHEET_DATA:
            in_cells = False
        elif in_cells and kind == _ROW and size >= 4:
            row = int.from_bytes(data[start : start + 4], "little") + 1
        elif in_cells and kind in _CELL_VALUES and size >= 8:
            column = int.from_bytes(data[start : start + 4], "little") + 1
            extent.cover(row, column)
            if kind in _CELL_ERRORS:
                extent.mark(row, column, Mark.ERROR)
    return extent


def _long_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    position = 0
    while position < len(data):
        kind, position = _number(data, position, 2)
        size, position = _number(data, position, 4)
        if position + size > len(data):
            raise damaged()
        yield kind, position, size
        position += size


def _number(data: bytes, position: int, longest: int) -> tuple[int, int]:
    value = 0
    for index in range(longest):
        if position >= len(data):
            raise damaged()
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return value, position
