"""C.3-44: the received file comes back with its faults marked, and otherwise as it was."""

from pathlib import Path

import openpyxl
import pytest

from lanling_desktop.exchange import returned
from lanling_desktop.exchange.returned import ERROR_HEAD, CellError, write_errors
from lanling_desktop.exchange.workbook import read
from tests.exchange.sheets import FILES, PEOPLE, SHEET_1, rewrite, simple

FAULTS = [
    CellError("党员花名册", 6, 4, "D6：身份证号最后一位不对"),
    CellError("党员花名册", 6, 6, "F6：手机号少一位"),
    CellError("党员花名册", 8, None, "与“王示例”重复"),
]


@pytest.mark.fault(44)
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_faults_are_marked_and_the_rest_is_kept(tmp_path: Path, kind: str) -> None:
    source = FILES / f"党员花名册.{kind}"
    out = tmp_path / "有错误.xlsx"
    write_errors(source, out, FAULTS, header_row=4)
    before, after = read(source).sheets[0], read(out).sheets[0]
    assert after.row(4).cell(10).value == ERROR_HEAD
    assert after.row(6).cell(10).value == "D6：身份证号最后一位不对；F6：手机号少一位"
    assert after.row(8).cell(10).value == "与“王示例”重复"
    for number in range(1, 13):
        for column in range(1, 10):
            if number != 10:  # the formula of the total is kept as one, to be calculated anew
                assert after.row(number).cell(column) == before.row(number).cell(column)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert sheet["D6"].fill.start_color.rgb == "FFFFC7CE"
    assert sheet["D7"].fill.fill_type is None
    if kind == "xlsx":
        assert "A1:I1" in sheet.merged_cells
        assert sheet["A1"].font.sz == 18
        assert sheet.row_dimensions[6].hidden
        assert sheet["D6"].comment.text.startswith("D6")


def test_the_look_is_kept_under_a_wrong_name_too(tmp_path: Path) -> None:
    source = tmp_path / "花名册.xls"
    source.write_bytes((FILES / "党员花名册.xlsx").read_bytes())
    write_errors(source, tmp_path / "o.xlsx", FAULTS, header_row=4)
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[0]
    assert "A1:I1" in sheet.merged_cells


def test_twice_returned_keeps_one_column(tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_errors(FILES / "党员花名册.xlsx", first, FAULTS, header_row=4)
    write_errors(first, second, [CellError("党员花名册", 5, 2, "新")], header_row=4)
    sheet = read(second).sheets[0]
    assert sheet.last_column == 10
    assert sheet.row(5).cell(10).value == "新"


@pytest.mark.fault(54)
def test_commands_stay_words(tmp_path: Path) -> None:
    text = b'<row r="2"><c r="A2" t="inlineStr"><is><t>=1+1</t></is></c></row>'
    source = rewrite(
        simple(tmp_path / "s.xlsx", [["a"]]),
        tmp_path / "a.xlsx",
        {SHEET_1: lambda data: data.replace(b"</sheetData>", text + b"</sheetData>")},
    )
    write_errors(source, tmp_path / "o.xlsx", [CellError("表", 2, 1, "=2+2")])
    sheet = read(tmp_path / "o.xlsx").sheets[0]
    assert sheet.row(2).cell(1).value == "=1+1"
    assert sheet.row(2).cell(2).value == "=2+2"
    assert sheet.row(1).cell(2).value == ERROR_HEAD


def test_large_sheets_come_back_plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned, "MAX_KEPT_LOOK", 10)
    write_errors(FILES / "党员花名册.xlsx", tmp_path / "o.xlsx", FAULTS, header_row=4)
    sheet = read(tmp_path / "o.xlsx").sheets[0]
    assert sheet.merges == ()
    assert sheet.row(6).cell(4).value == PEOPLE[1][2]
    assert sheet.row(6).cell(10).value == "D6：身份证号最后一位不对；F6：手机号少一位"


def test_csv_comes_back_as_xlsx_with_an_empty_cell_marked(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("姓名,手机\n王示例,\n,13900000001\n", encoding="gb18030")
    write_errors(source, tmp_path / "o.xlsx", [CellError("a", 2, 2, "手机没有填")])
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[0]
    assert sheet["B2"].fill.start_color.rgb == "FFFFC7CE"
    assert sheet["C2"].value == "手机没有填"
    assert sheet["B3"].value == "13900000001"
