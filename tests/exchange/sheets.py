"""Received tables made for the tests: invented people, identity numbers with a right check digit."""

import datetime as dt
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font

from lanling_desktop.core.field import Field, Kind

FILES = Path(__file__).parent / "files"
SOFFICE = shutil.which("soffice")
SHEET_1 = "xl/worksheets/sheet1.xml"

FIELDS: dict[str, Field] = {
    "name": Field("姓名", Kind.NAME, required=True, aliases=("党员姓名",)),
    "gender": Field("性别", Kind.CHOICE, choices=("男", "女")),
    "identity": Field(
        "身份证号",
        Kind.IDENTITY,
        required=True,
        aliases=("公民身份号码", "身份证号码"),
        width_mm=42,
    ),
    "born_on": Field("出生日期", Kind.DATE, aliases=("出生年月",)),
    "phone": Field("手机", Kind.PHONE, aliases=("联系电话", "手机号", "电话")),
    "landline": Field("固定电话", Kind.PHONE, aliases=("固话",)),
    "joined_on": Field("入党时间", Kind.DATE, aliases=("入党日期",)),
    "dues": Field("月缴党费", Kind.MONEY),
    "note": Field("备注", Kind.LONG_TEXT),
}


def identity(area: str, born: str, order: str) -> str:
    """An invented identity number whose last place is right."""
    body = area + born + order
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


PEOPLE: list[tuple[str, str, str, object, str, str, object]] = [
    ("王示例", "男", identity("371324", "19900501", "001"), "1990.5.1", "13900000001", "", dt.date(2012, 7, 1)),
    ("李样本", "女", identity("371324", "19851123", "002"), dt.date(1985, 11, 23), "13900000002", "0539-0000002", "2008年6月"),  # noqa: E501
    ("欧阳·试用", "男", identity("371324", "19710808", "013"), dt.date(1971, 8, 8), "+8613900000003", "", dt.date(1995, 7, 1)),  # noqa: E501
    ("𠮷野测", "女", identity("371324", "20001231", "024"), "20001231", "-", "", ""),
]  # fmt: skip


def make_roster(path: Path) -> None:
    """Title over all, 单位 line, two rows of heads, people, total, remark and signatures."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "党员花名册"
    sheet["A1"] = "2026年兰陵社区党员花名册"
    sheet["A1"].font = Font(bold=True, size=18)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells("A1:I1")
    sheet["A2"] = "单位（盖章）：示例街道示例社区"
    sheet.merge_cells("A2:E2")
    sheet["F2"] = "填报日期：2026年11月22日"
    sheet.merge_cells("F2:I2")
    heads = (
        "序号",
        "姓名\n（必填）",
        "性 别",
        "公民身份号码*",
        "出生日期",
        "联系方式",
        None,
        "入党时间",
        "备注",
    )
    for column, head in enumerate(heads, start=1):
        sheet.cell(3, column, head)
        if head != "联系方式" and head is not None:
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    sheet.merge_cells("F3:G3")
    sheet["F4"], sheet["G4"] = "手机", "固话"
    for number, person in enumerate(PEOPLE, start=1):
        row = 4 + number
        sheet.cell(row, 1, number)
        for column, value in enumerate(person, start=2):
            cell = sheet.cell(row, column, value or None)
            if isinstance(value, dt.date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(value, str):
                cell.number_format = "@"
    sheet.row_dimensions[6].hidden = True
    last = 4 + len(PEOPLE)
    sheet.cell(last + 1, 1, len(PEOPLE) + 1)  # a numbered row nobody has filled in
    sheet.cell(last + 2, 1, "合计")
    sheet.cell(last + 2, 2, f"=COUNTA(B5:B{last})")
    sheet.cell(last + 3, 1, "注：1.身份证号须与户口簿一致；2.入党时间填写支部大会通过的日期。")
    sheet.merge_cells(start_row=last + 3, end_row=last + 3, start_column=1, end_column=9)
    sheet.cell(last + 4, 1, "填表人：张某")
    sheet.cell(last + 4, 6, "审核人：赵某")
    sheet.auto_filter.ref = f"A4:I{last}"
    book.save(path)


def convert(source: Path, kind: str, folder: Path) -> Path:
    """Let LibreOffice write `source` as another kind."""
    assert SOFFICE is not None
    profile = folder / "profile"
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / f"{source.stem}.{kind}"


def rewrite(
    source: Path, out: Path, changes: Mapping[str, Callable[[bytes], bytes] | bytes]
) -> Path:
    """Copy a zip with some members changed or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            change = changes.get(info.filename)
            if callable(change):
                data = change(data)
            elif change is not None:
                data = change
            new.writestr(info.filename, data)
        for name, change in changes.items():
            if name not in old.namelist():
                assert isinstance(change, bytes)
                new.writestr(name, change)
    return out


def sheet_xml(rows: bytes) -> bytes:
    """A sheet part around given rows."""
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + rows + b"</sheetData></worksheet>"
    )


def simple(path: Path, rows: Sequence[Sequence[object]], title: str = "表") -> Path:
    """A plain .xlsx of the given rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def make_xlsb(path: Path, cells: Sequence[tuple[int, int, str | float]]) -> Path:
    """A minimal .xlsb of one sheet (nothing free writes them)."""

    def record(kind: int, body: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size = len(body)
        length = bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])
        return head + length + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    sheet = record(0x81) + record(0x94, struct.pack("<IIII", 0, 9, 0, 9)) + record(0x91)
    for row in sorted({row for row, _, _ in cells}):
        sheet += record(0, struct.pack("<I", row - 1) + bytes(13))
        for at, column, value in cells:
            if at != row:
                continue
            head = struct.pack("<II", column - 1, 0)
            if isinstance(value, str):
                sheet += record(6, head + wide(value))
            else:
                sheet += record(5, head + struct.pack("<d", value))
    sheet += record(0x92) + record(0x82)
    book = record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("名册"))
    book += record(0x90) + record(0x84)
    relations = (
        b'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats'
        b'.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        b'Target="worksheets/sheet1.bin"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", b'<?xml version="1.0"?><Types/>')
        out.writestr("xl/workbook.bin", book)
        out.writestr("xl/_rels/workbook.bin.rels", relations)
        out.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def make_files() -> None:
    """Write the committed files anew: `python -m tests.exchange.sheets` (needs LibreOffice)."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_roster(folder / "党员花名册.xlsx")
        (folder / "out").mkdir()
        for kind in ("xlsx", "xls", "ods"):
            made = convert(folder / "党员花名册.xlsx", kind, folder / "out")
            shutil.copy(made, FILES / made.name)


if __name__ == "__main__":
    make_files()
