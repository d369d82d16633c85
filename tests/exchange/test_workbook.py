"""C.3-40, 44–50, 52: what is read, and that it is told where it stood."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.exchange.workbook import CellKind, Sheet, read
from tests.exchange.memory import grown_by
from tests.exchange.sheets import (
    FILES,
    PEOPLE,
    SHEET_1,
    SOFFICE,
    convert,
    make_xlsb,
    rewrite,
    sheet_xml,
    simple,
)

needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def values(sheet: Sheet) -> dict[str, object]:
    return {
        cell.address: cell.value for row in sheet.rows for cell in row if cell.value is not None
    }


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_roster_made_by_libreoffice_reads_the_same(kind: str) -> None:
    (sheet,) = read(FILES / f"党员花名册.{kind}").sheets
    found = values(sheet)
    assert sheet.name == "党员花名册"
    assert found["A1"] == "2026年兰陵社区党员花名册"
    assert found["D5"] == PEOPLE[0][2]
    assert found["E5"] == "1990.5.1"
    assert found["E6"] == dt.date(1985, 11, 23)  # the row is hidden
    assert found["F7"] == "+8613900000003"
    assert found["F8"] == "-"
    assert found["B10"] == 4  # a formula's kept value
    assert sheet.row(7).cell(2).value == "欧阳·试用"
    assert sheet.row(8).cell(2).value == "𠮷野测"


def test_cells_keep_their_address_when_the_table_starts_low_and_right(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["C7"], sheet["D7"], sheet["AB9"] = "姓名", "手机", "远"
    book.save(tmp_path / "a.xlsx")
    (got,) = read(tmp_path / "a.xlsx").sheets
    assert values(got) == {"C7": "姓名", "D7": "手机", "AB9": "远"}
    assert [row.number for row in got.rows] == [7, 9]
    assert got.row(9).cell(28).value == "远"
    assert got.row(8).cell(3).kind is CellKind.EMPTY
    assert got.row(7).cell(999).kind is CellKind.EMPTY


def test_a_number_stays_a_number(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx", [[371324199005010017, 3, 2.5, "371324199005010017", True]])
    row = read(path).sheets[0].row(1)
    assert [cell.kind.name for cell in row] == ["NUMBER", "NUMBER", "NUMBER", "TEXT", "YES_NO"]
    assert row.cell(2).text == "3"
    assert row.cell(5).text == "是"


@pytest.mark.fault(46)
def test_dates_of_both_calendars(tmp_path: Path) -> None:
    moment = dt.datetime(2020, 1, 2, 9, 30)  # noqa: DTZ001 - a sheet knows no time zone
    for epoch in (None, CALENDAR_MAC_1904):
        book = openpyxl.Workbook()
        if epoch:
            book.epoch = epoch
        sheet = book.active
        assert sheet is not None
        sheet.append([dt.date(1990, 5, 1), moment, dt.time(9, 30)])
        book.save(tmp_path / "a.xlsx")
        got = read(tmp_path / "a.xlsx")
        row = got.sheets[0].row(1)
        assert [cell.value for cell in row] == [
            dt.date(1990, 5, 1),
            moment,
            "09:30",
        ]
        assert row.cell(2).text == "2020-01-02 09:30:00"
        assert got.date_1904 is bool(epoch)


@pytest.mark.fault(52)
def test_formulas_without_a_value_and_errors_are_named(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx", [["王示例", "=1+1"], ["李样本", "#N/A"], [None, "=A1"]])
    sheet = read(path).sheets[0]
    assert sheet.row(1).cell(2).kind is CellKind.UNCOMPUTED
    assert sheet.row(2).cell(2).kind is CellKind.ERROR
    assert sheet.row(3).cell(2).kind is CellKind.UNCOMPUTED


@pytest.mark.fault(52)
def test_formula_values_as_excel_keeps_them(tmp_path: Path) -> None:
    part = sheet_xml(
        b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A2</f><v></v></c>'
        b'<c r="C1" t="str"><f>"x"</f><v>x</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        b'<c r="E1"><f>1+1</f></c></row><row r="3"><c r="B3"><f>1</f><v/></c></row>'
    )
    base = simple(tmp_path / "b.xlsx", [["a"]])
    sheet = read(rewrite(base, tmp_path / "a.xlsx", {SHEET_1: part})).sheets[0]
    kinds = [sheet.row(1).cell(column).kind.name for column in range(1, 6)]
    assert kinds == ["NUMBER", "EMPTY", "TEXT", "ERROR", "UNCOMPUTED"]
    assert sheet.row(3).cell(2).kind is CellKind.UNCOMPUTED


@pytest.mark.fault(52)
def test_commands_in_cells_are_words(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,手机\n=cmd|' /C calc'!A0,+8613900000001\n@SUM(1),-\n", encoding="utf-8")
    assert values(read(path).sheets[0]) == {
        "A1": "姓名", "B1": "手机",
        "A2": "=cmd|' /C calc'!A0", "B2": "+8613900000001",
        "A3": "@SUM(1)", "B3": "-",
    }  # fmt: skip


@pytest.mark.fault(45)
def test_a_million_empty_rows_are_skipped(tmp_path: Path) -> None:
    tail = b"".join(
        b'<row r="%d"><c r="A%d" s="0"/><c r="T%d" s="0"/></row>' % (n, n, n)
        for n in range(3, 1_048_577)
    )
    head = b'<row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    base = simple(tmp_path / "b.xlsx", [["a"]])
    path = rewrite(base, tmp_path / "a.xlsx", {SHEET_1: sheet_xml(head + tail)})
    sheet = read(path).sheets[0]
    assert values(sheet) == {"A1": "x", "B2": 2}
    assert len(sheet.rows) == 2


def test_one_stray_cell_at_the_bottom_does_not_fill_memory(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="C1048576"><v>1</v></c></row>'
    base = simple(tmp_path / "b.xlsx", [["a"]])
    sheet = read(rewrite(base, tmp_path / "a.xlsx", {SHEET_1: sheet_xml(rows)})).sheets[0]
    assert values(sheet) == {"A1": 1, "C1048576": 1}
    assert len(sheet.rows) == 2


TABLE = "姓名,证件\r\n王示例,371324199005010017\r\n𠮷野,𬱖\r\n"


@pytest.mark.fault(49)
@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "gb18030",
        "utf-16",
        "utf-16-le-bom",
        "utf-16-be-bom",
        "utf-16-le",
        "utf-16-be",
    ],
)
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_in_any_usual_encoding(tmp_path: Path, encoding: str, mark: str) -> None:
    text = TABLE.replace(",", mark)
    if encoding.endswith("-bom"):
        data = ("\ufeff" + text).encode(encoding.removesuffix("-bom"))
    else:
        data = text.encode(encoding)
    path = tmp_path / "名册.txt"
    path.write_bytes(data)
    assert values(read(path).sheets[0])["B2"] == "371324199005010017"
    assert values(read(path).sheets[0])["A3"] == "𠮷野"


def test_csv_quotes_line_breaks_and_protected_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('姓名,证件,备注\n王示例,"=""0123""","一\n二, 三"\n\n李,,\n'.encode("gbk"))
    assert values(read(path).sheets[0]) == {
        "A1": "姓名", "B1": "证件", "C1": "备注",
        "A2": "王示例", "B2": "0123", "C2": "一\n二, 三", "A4": "李",
    }  # fmt: skip


def test_csv_with_an_endless_field_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名,备注\n王,"' + "x" * 200_000, encoding="utf-8")
    with pytest.raises(OfficeError, match="第 2 行"):
        read(path)


@pytest.mark.fault(50)
def test_xlsb(tmp_path: Path) -> None:
    path = make_xlsb(tmp_path / "a.xlsb", [(3, 2, "姓名"), (4, 2, "王示例"), (4, 3, 3.0)])
    (sheet,) = read(path).sheets
    assert sheet.name == "名册"
    assert values(sheet) == {"B3": "姓名", "B4": "王示例", "C4": 3}
    far = make_xlsb(tmp_path / "b.xlsb", [(1, 1, "a"), (1_048_576, 16_384, "b")])
    with pytest.raises(OfficeError, match="XFD1048576"):
        read(far)


@pytest.mark.fault(50)
@pytest.mark.parametrize(
    "suffix", ["xlsx", "xls", "xlsb", "ods", "csv", "xlsm", "XLS", "et", "txt", ""]
)
@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods", "csv"])
def test_a_file_is_read_as_what_it_is_whatever_its_name_says(
    tmp_path: Path, kind: str, suffix: str
) -> None:
    path = tmp_path / f"花名册.{suffix}".rstrip(".")
    if kind == "xlsb":
        make_xlsb(path, [(1, 1, "姓名"), (2, 1, "王示例")])
    elif kind == "csv":
        path.write_text("姓名,手机\n王示例,13900000001\n", encoding="utf-8")
    else:
        path.write_bytes((FILES / f"党员花名册.{kind}").read_bytes())
    (sheet,) = read(path).sheets
    assert "王示例" in values(sheet).values()


@pytest.mark.fault(50)
@needs_office
@pytest.mark.parametrize("kind", ["xls", "xlsx", "ods"])
def test_roster_converted_here(tmp_path: Path, roster: Path, kind: str) -> None:
    (tmp_path / "out").mkdir()
    (sheet,) = read(convert(roster, kind, tmp_path / "out")).sheets
    assert values(sheet)["D6"] == PEOPLE[1][2]


def test_fifty_thousand_rows_stay_small(tmp_path: Path) -> None:
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>n%d</t></is></c><c r="B%d"><v>%d</v></c></row>'
        % (n, n, n, n, n)
        for n in range(1, 50_001)
    )
    base = simple(tmp_path / "b.xlsx", [["a"]])
    path = rewrite(base, tmp_path / "a.xlsx", {SHEET_1: sheet_xml(rows)})
    grown = grown_by(
        "from pathlib import Path\n"
        "import python_calamine\n"
        "from lanling_desktop.exchange.workbook import read\n",
        f"assert len(read(Path({str(path)!r})).sheets[0].rows) == 50_000\n",
    )
    assert grown < 60


def numbered_rows(path: Path, kind: str, rows: int) -> Path:
    if kind == "csv":
        path.write_text("".join(f"n{n},{n}\n" for n in range(rows)), encoding="utf-8")
        return path
    return simple(path, [[f"n{n}", n] for n in range(rows)])


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_reading_says_how_far_it_is_and_stops_when_told(tmp_path: Path, kind: str) -> None:
    path = numbered_rows(tmp_path / f"a.{kind}", kind, 3_000)
    told: list[tuple[int, int]] = []
    read(path, lambda done, total: told.append((done, total)))
    far = [done for done, total in told if total]
    assert far == sorted(far)
    assert len(set(far)) > 4
    assert all(done <= total for done, total in told if total)

    def stop(_done: int, total: int) -> None:
        if total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(path, stop)
