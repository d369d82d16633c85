"""C.3-50, C.3-51: files that are something else, or that no spreadsheet program wrote."""

import contextlib
import os
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.exchange.archive import MAX_MEMBERS
from lanling_desktop.exchange.gate import FileKind, admit
from tests.exchange.sheets import FILES, SHEET_1, make_xlsb, rewrite, sheet_xml, simple
from tests.growth import growth

Refused = Callable[[Path], OfficeError]


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return simple(tmp_path / "plain.xlsx", [["姓名", "手机"], ["王示例", "13900000001"]])


@pytest.mark.fault(50)
@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "空的"),
        (b"%PDF-1.7\n\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "图片"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
        (b"BM\x36\0\0\0\0\0", "图片"),
        (b"MZ\x90\0\x03", "程序文件"),
        (b"SQLite format 3\0", "数据库"),
        (b"Rar!\x1a\x07\0", "RAR"),
        (b"{\\rtf1 x}", "RTF"),
        ("<html><body><table><tr><td>姓名</td></tr></table>".encode(), "网页"),
        ('\ufeff<meta charset="utf-8"><table><tr><td>姓名'.encode(), "网页"),
        ("<html><table>姓名".encode("gbk"), "网页"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart", "网页存档"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook',
            "XML 表格 2003",
        ),
        (b'<?xml version="1.0"?><a/>', "XML"),
        (
            b'<?xml version="1.0"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:'
            b'xmlns:office:1.0" xmlns:table="x" office:mimetype="application/vnd.oasis.opendocument'
            b'.spreadsheet"><meta:creator/><office:body><table:table table:name="a">',
            ".fods",
        ),
        (bytes(range(256)) * 40, "不是表格"),
    ],
)
@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".csv"])
def test_foreign_file_is_named(
    tmp_path: Path, refused: Refused, content: bytes, named: str, suffix: str
) -> None:
    path = tmp_path / f"花名册{suffix}"
    path.write_bytes(content)
    assert named in refused(path).what


def test_missing_file_is_named(tmp_path: Path, refused: Refused) -> None:
    assert "没有.xlsx" in refused(tmp_path / "没有.xlsx").what


@pytest.mark.fault(50)
@pytest.mark.parametrize(
    ("member", "named"),
    [("word/document.xml", "Word"), ("ppt/presentation.xml", "PowerPoint"), ("a.txt", "压缩包")],
)
def test_renamed_zip_is_named(tmp_path: Path, refused: Refused, member: str, named: str) -> None:
    path = tmp_path / "花名册.xlsx"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr(member, "<a/>")
    assert named in refused(path).what


@pytest.mark.fault(50)
def test_kind_is_told_by_bytes_not_by_name(tmp_path: Path, plain: Path) -> None:
    renamed = tmp_path / "花名册.et"
    renamed.write_bytes((FILES / "党员花名册.xls").read_bytes())
    assert admit(renamed).kind is FileKind.XLS
    assert admit(plain.rename(tmp_path / "a.csv")).kind is FileKind.XLSX
    assert admit(FILES / "党员花名册.ods").kind is FileKind.ODS
    assert admit(make_xlsb(tmp_path / "a.xls", [(1, 1, "姓名")])).kind is FileKind.XLSB


# Bombs --------------------------------------------------------------------------------------


@pytest.mark.fault(51)
def test_high_ratio_is_refused(tmp_path: Path, plain: Path, refused: Refused) -> None:
    bomb = rewrite(plain, tmp_path / "b.xlsx", {SHEET_1: b"<a>" + b" " * 20_000_000 + b"</a>"})
    assert bomb.stat().st_size < 100_000
    assert "压缩比" in refused(bomb).what


@pytest.mark.fault(51)
def test_large_sum_is_refused(tmp_path: Path, plain: Path, refused: Refused) -> None:
    path = rewrite(plain, tmp_path / "b.xlsx", {"xl/media/a.bin": b"x" * 1000})
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"xl/media/a.bin") - 46
    struct.pack_into("<I", data, entry + 24, 300 * 1024 * 1024)
    path.write_bytes(data)
    assert "200 MB" in refused(path).what


@pytest.mark.fault(51)
def test_size_that_lies_is_refused(tmp_path: Path, plain: Path, refused: Refused) -> None:
    bomb = rewrite(plain, tmp_path / "b.xlsx", {SHEET_1: b"<a>" + b" " * 50_000_000 + b"</a>"})
    data = bytearray(bomb.read_bytes())
    entry = data.rindex(SHEET_1.encode()) - 46
    struct.pack_into("<I", data, entry + 24, 5_000)
    bomb.write_bytes(data)
    assert "与实际不符" in refused(bomb).what


@pytest.mark.fault(51)
def test_overlapping_members_are_refused(tmp_path: Path, plain: Path, refused: Refused) -> None:
    data = bytearray(plain.read_bytes())
    entry = data.rindex(SHEET_1.encode()) - 46
    struct.pack_into("<I", data, entry + 20, len(data))
    path = tmp_path / "b.xlsx"
    path.write_bytes(data)
    assert "重叠" in refused(path).what


@pytest.mark.fault(51)
def test_many_members_are_refused(tmp_path: Path, refused: Refused) -> None:
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w") as out:
        for number in range(MAX_MEMBERS + 1):
            out.writestr(f"{number}.xml", b"")
    assert "部件" in refused(path).what


@pytest.mark.fault(51)
def test_nested_zip_is_refused(tmp_path: Path, plain: Path, refused: Refused) -> None:
    path = rewrite(plain, tmp_path / "b.xlsx", {"xl/media/a.zip": plain.read_bytes()})
    assert "另一个压缩包" in refused(path).what


@pytest.mark.fault(51)
@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", "xl/../../a.xml", "C:/a.xml", "..\\a"])
def test_outward_names_are_refused(
    tmp_path: Path, plain: Path, refused: Refused, name: str
) -> None:
    path = rewrite(plain, tmp_path / "b.xlsx", {name: b"<a/>"})
    assert "外部位置" in refused(path).what


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    b"<worksheet>&c;</worksheet>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet>&a;</worksheet>'


@pytest.mark.fault(51)
@pytest.mark.parametrize("part", [SHEET_1, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE])
def test_document_types_are_refused(
    tmp_path: Path, plain: Path, refused: Refused, part: str, content: bytes
) -> None:
    path = rewrite(plain, tmp_path / "b.xlsx", {part: content})
    assert "DTD" in refused(path).what


def test_document_type_across_a_block_edge_is_seen(
    tmp_path: Path, plain: Path, refused: Refused
) -> None:
    for shift in range(12):
        head = b"<a>" + b"x" * (1024 * 1024 - 3 - shift)
        path = tmp_path / "b.xlsx"
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
            new.writestr("xl/a.xml", head + b"<!DOCTYPE x>")
        assert "DTD" in refused(path).what


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0" encoding="utf-16"?><worksheet/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="cp037"?><worksheet/>',
        b"\0<worksheet/>",
    ],
)
def test_other_encodings_are_refused(
    tmp_path: Path, plain: Path, refused: Refused, content: bytes
) -> None:
    assert "编码" in refused(rewrite(plain, tmp_path / "b.xlsx", {SHEET_1: content})).what


@pytest.mark.fault(51)
def test_deep_nesting_is_refused(tmp_path: Path, plain: Path, refused: Refused) -> None:
    path = rewrite(plain, tmp_path / "b.xlsx", {SHEET_1: sheet_xml(b"<a>" * 20_000)})
    assert "嵌套" in refused(path).what


@pytest.mark.fault(51)
def test_a_million_strings_are_refused(tmp_path: Path, plain: Path, refused: Refused) -> None:
    strings = b"".join(b"<si><t>%d</t></si>" % (n * 7919) for n in range(1_000_000))
    part = b'<?xml version="1.0"?><sst xmlns="x">' + strings + b"</sst>"
    path = rewrite(plain, tmp_path / "b.xlsx", {"xl/sharedStrings.xml": part})
    assert "100 万" in refused(path).what


@pytest.mark.parametrize("count", [b"99999999999", b"-1", b"&#57;999999999", b"100000000"])
def test_claimed_string_counts_that_would_end_the_process_are_refused(
    tmp_path: Path, plain: Path, refused: Refused, count: bytes
) -> None:
    part = b'<?xml version="1.0"?><sst count="1" uniqueCount="%b"><si><t>x</t></si></sst>' % count
    path = rewrite(plain, tmp_path / "b.xlsx", {"xl/sharedStrings.xml": part})
    assert "条数" in refused(path).what


@pytest.mark.fault(51)
def test_external_link_is_refused_but_a_hyperlink_is_not(tmp_path: Path, plain: Path) -> None:
    relation = (
        b'<?xml version="1.0"?><Relationships><Relationship Id="r1" Type="http://x/%s" '
        b'Target="http://example.com/" TargetMode="External"/></Relationships>'
    )
    part = "xl/worksheets/_rels/sheet1.xml.rels"
    admit(rewrite(plain, tmp_path / "a.xlsx", {part: relation % b"hyperlink"}))
    for changes in (
        {part: relation % b"externalLink"},
        {"xl/externalLinks/externalLink1.xml": b"<a/>"},
        {"xl/connections.xml": b"<a/>"},
    ):
        with pytest.raises(OfficeError, match="外部链接"):
            admit(rewrite(plain, tmp_path / "b.xlsx", changes))


@pytest.mark.fault(51)
def test_macros_are_read_as_data_only_and_said(tmp_path: Path, plain: Path) -> None:
    received = admit(rewrite(plain, tmp_path / "b.xlsm", {"xl/vbaProject.bin": b"\xd0\xcf"}))
    assert received.kind is FileKind.XLSX
    assert "宏不会运行" in received.notes[0]


@pytest.mark.fault(51)
@pytest.mark.parametrize(
    ("part", "tag"),
    [
        (SHEET_1, b"<a"),
        ("xl/worksheets/_rels/sheet1.xml.rels", b"<TargetMode"),
    ],
)
def test_tags_without_end_are_refused_in_time(
    tmp_path: Path, plain: Path, part: str, tag: bytes
) -> None:
    def tried(path: Path) -> None:
        with contextlib.suppress(OfficeError):
            admit(path)

    few = rewrite(plain, tmp_path / "few.xlsx", {part: b"<a>" + tag * 9_000})
    many = rewrite(plain, tmp_path / "many.xlsx", {part: b"<a>" + tag * 90_000})
    assert growth(tried, few, many) < 40


# Ranges -------------------------------------------------------------------------------------


def test_a_claimed_range_costs_nothing(tmp_path: Path, plain: Path) -> None:
    part = sheet_xml(b'<row r="1"><c r="A1"><v>1</v></c></row>').replace(
        b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    received = admit(rewrite(plain, tmp_path / "b.xlsx", {SHEET_1: part}))
    assert received.extents["表"].area == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        (b'<row r="9"><c r="XFE9"><v>1</v></c></row>', "范围之外"),
        (b'<row r="9"><c r="A4294967290"><v>1</v></c></row>', "读不懂"),
        (b'<row r="4294967290"><c><v>1</v></c></row>', "范围之外"),
        (b'<row r="9"><c r="A9"><v>1</v></c>', "损坏"),
    ],
)
def test_far_cells_are_refused_by_place(
    tmp_path: Path, plain: Path, refused: Refused, cells: bytes, said: str
) -> None:
    part = sheet_xml(b'<row r="1"><c r="A1"><v>1</v></c></row>' + cells)
    assert said in refused(rewrite(plain, tmp_path / "b.xlsx", {SHEET_1: part})).what


def test_ods_repeats_are_laid_out_before_reading(tmp_path: Path, refused: Refused) -> None:
    def change(data: bytes) -> bytes:
        head, _, tail = data.partition(b"<table:table-row")
        cell = (
            b'<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
        )
        row = b'<table:table-row table:number-rows-repeated="1000">' + cell
        return head + row + b"</table:table-cell></table:table-row><table:table-row" + tail

    path = rewrite(FILES / "党员花名册.ods", tmp_path / "b.ods", {"content.xml": change})
    assert "XFD10" in refused(path).what


def _patched_xls(tmp_path: Path, mark: bytes, offset: int, layout: str, *values: int) -> Path:
    data = bytearray((FILES / "党员花名册.xls").read_bytes())
    struct.pack_into(layout, data, data.index(mark) + offset, *values)
    path = tmp_path / "b.xls"
    path.write_bytes(data)
    return path


def test_xls_claims_that_would_end_the_process_are_refused(
    tmp_path: Path, refused: Refused
) -> None:
    dimensions = b"\x00\x02\x0e\x00"
    for claim in ((0, 0xFFFFFFF0, 0, 0x4000), (0, 65536, 0, 256), (9, 3, 0, 2)):
        refused(_patched_xls(tmp_path, dimensions, 4, "<IIHH", *claim))
    data = (FILES / "党员花名册.xls").read_bytes()
    strings = data.index(b"\xfc\x00", data.index(b"\x09\x08\x10\x00"))
    refused(_patched_xls(tmp_path, data[strings : strings + 12], 8, "<I", 0x7FFFFFFF))


def test_compound_chains_in_a_circle_are_refused(tmp_path: Path, refused: Refused) -> None:
    data = bytearray((FILES / "党员花名册.xls").read_bytes())
    fat = (struct.unpack_from("<I", data, 76)[0] + 1) * 512
    directory = struct.unpack_from("<I", data, 48)[0]
    struct.pack_into("<I", data, fat + directory * 4, directory)
    path = tmp_path / "b.xls"
    path.write_bytes(data)
    assert "绕成了圈" in refused(path).what


@pytest.mark.fault(50)
@pytest.mark.parametrize(
    ("stream", "named"),
    [
        ("EncryptedPackage", "文件有打开密码，请先去掉密码"),
        ("WordDocument", "Word"),
        ("PowerPoint Document", "PowerPoint"),
        ("Other", "不是 Excel"),
    ],
)
def test_old_containers_are_named(
    tmp_path: Path, refused: Refused, stream: str, named: str
) -> None:
    data = bytearray((FILES / "党员花名册.xls").read_bytes())
    place = data.index("Workbook\0".encode("utf-16-le"))
    data[place : place + 64] = stream.encode("utf-16-le").ljust(64, b"\0")
    path = tmp_path / "b.xlsx"
    path.write_bytes(data)
    assert named in refused(path).what


STEP = int(os.environ.get("LANLING_BYTE_STEP", "97"))  # 1 tries every byte


@pytest.mark.parametrize("suffix", ["", ".et"])
@pytest.mark.parametrize("name", ["党员花名册.xls", "党员花名册.xlsx", "党员花名册.ods"])
def test_every_broken_byte_is_refused_or_read(tmp_path: Path, name: str, suffix: str) -> None:
    """A received file cut or changed anywhere never raises anything but an OfficeError."""
    from lanling_desktop.exchange.workbook import read

    whole = (FILES / name).read_bytes()
    path = tmp_path / f"{name}{suffix}"
    for place in range(0, len(whole), STEP):
        for broken in (
            whole[:place],
            whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :],
        ):
            path.write_bytes(broken)
            with contextlib.suppress(OfficeError):
                read(path)


NUMBERS = (b"99999999999", b"4294967295", b"2000000000")


@pytest.mark.parametrize("name", ["党员花名册.xlsx", "党员花名册.ods", "名册.xlsb"])
def test_every_broken_part_is_refused_or_read(tmp_path: Path, name: str) -> None:
    """The same inside the archive, where nothing's check sum is wrong; numbers made huge too."""
    from lanling_desktop.exchange.workbook import read

    source = FILES / name
    if not source.exists():
        source = make_xlsb(tmp_path / name, [(1, 1, "姓名"), (2, 3, 5.0)])
    with zipfile.ZipFile(source) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    broken = [
        (part, data[:place] + change + data[place + length :])
        for part, data in parts.items()
        for place, length, change in _changes(data)
    ]
    path = tmp_path / f"b{source.suffix}"
    for part, data in broken:
        with zipfile.ZipFile(path, "w") as out:
            for each, whole in parts.items():
                out.writestr(each, data if each == part else whole)
        with contextlib.suppress(OfficeError):
            read(path)


def _changes(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    for place in range(0, len(data), STEP if len(data) < 500 else STEP * 3):
        yield place, 1, bytes([data[place] ^ 0xFF])
    for found in list(re.finditer(rb"[0-9]+", data))[:: max(STEP // 4, 1)]:
        for number in NUMBERS:
            yield found.start(), found.end() - found.start(), number
