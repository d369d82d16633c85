"""One received file, whatever its bytes: it is read and planned, or refused in words."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from lanling_desktop.core.clock import fixed
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.exchange import plan
from lanling_desktop.opening import create_office
from tests.exchange.sheets import FILES, SHEET_1, make_xlsb, sheet_xml, simple

CORPUS = Path(__file__).parent / "corpus" / "importer"
REGISTERS = ("party_member", "person", "compound")
_HEADS = ["姓名", "身份证号", "出生日期", "手机", "家庭住址", "入党时间"]
_ZHANG = ["张玉兰", "34052419800101001X", "1980.1.1", "13812345678", "兰陵花园3号楼2单元501", 37073]

Door = Callable[[bytes], bytes]


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


@cache
def _office() -> Office:
    return create_office(_folder() / "甲.lanling", clock=fixed(2026, 11, 23))


@cache
def _parts(kind: str) -> Mapping[str, bytes]:
    """The members of a small sound workbook of a kind."""
    if kind == "xlsx":
        path = simple(_folder() / "a.xlsx", [_HEADS, _ZHANG])
    elif kind == "xlsb":
        cells = [(1, n, head) for n, head in enumerate(_HEADS, 1)]
        path = make_xlsb(_folder() / "a.xlsb", [*cells, (2, 1, "张玉兰"), (2, 6, 37073.0)])
    else:
        path = FILES / "党员花名册.ods"
    with zipfile.ZipFile(path) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def _instead(kind: str, part: str) -> Door:
    """A sound workbook with one part of it put in by the fuzzer."""

    def made(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, whole in _parts(kind).items():
                archive.writestr(name, data if name == part else whole)
            if part not in _parts(kind):
                archive.writestr(part, data)
        return out.getvalue()

    return made


def _cells(data: bytes) -> bytes:
    """Rows of a sheet: the fuzzer need not find the frame round them first."""
    return _instead("xlsx", SHEET_1)(sheet_xml(data))


DOORS: tuple[Door, ...] = (
    lambda data: data,
    _cells,
    _instead("xlsx", SHEET_1),
    _instead("xlsx", "xl/workbook.xml"),
    _instead("xlsx", "xl/sharedStrings.xml"),
    _instead("xlsx", "xl/styles.xml"),
    _instead("xlsx", "xl/_rels/workbook.xml.rels"),
    _instead("ods", "content.xml"),
    _instead("xlsb", "xl/workbook.bin"),
    _instead("xlsb", "xl/worksheets/sheet1.bin"),
)
"""The first byte of an input says by which door the rest comes in."""


def one(data: bytes) -> None:
    """Read and plan one input; anything but a plan or an `OfficeError` is a find."""
    if len(data) < 2:
        return
    path = _folder() / ("a.xlsx" if data[1] % 2 else "名册.csv")
    path.write_bytes(DOORS[data[0] % len(DOORS)](data[2:]))
    office = _office()
    register = REGISTERS[data[1] // 2 % len(REGISTERS)]
    try:
        planned = plan.plan(office, plan.receive(office, register, path))
    except OfficeError as refused:
        said = (refused.what, refused.safe, refused.then)
        assert all(said), said
        return
    for row in planned.rows:
        assert row.kind
        assert all(each.words for each in row.troubles)


def seeds() -> Mapping[str, bytes]:
    """One sound input for each door."""
    found = {"csv": b"\0\0" + "\n".join(",".join(map(str, r)) for r in (_HEADS, _ZHANG)).encode()}
    rows = b"".join(
        b"<row>%s</row>" % b"".join(
            b"<c t='str'><v>%s</v></c>" % str(each).encode() for each in row
        )
        for row in (_HEADS, _ZHANG)
    )  # fmt: skip
    found["cells"] = b"\x01\x01" + rows
    found["formula"] = b"\x01\x01" + rows + b"<row><c r='B9' t='e'><f>1/0</f><v>#N/A</v></c></row>"
    xlsx, xlsb, ods = (_parts(each) for each in ("xlsx", "xlsb", "ods"))
    found["sheet"] = b"\x02\x01" + xlsx[SHEET_1]
    found["book"] = b"\x03\x01" + xlsx["xl/workbook.xml"]
    found["strings"] = b"\x04\x01" + xlsx.get("xl/sharedStrings.xml", b"<sst></sst>")
    found["relations"] = b"\x06\x01" + xlsx["xl/_rels/workbook.xml.rels"]
    found["ods"] = b"\x07\x01" + ods["content.xml"]
    found["xlsb_book"] = b"\x08\x01" + xlsb["xl/workbook.bin"]
    found["xlsb_sheet"] = b"\x09\x01" + xlsb["xl/worksheets/sheet1.bin"]
    return found
