"""C.3-54 and the round trip: what is written comes back the same, and nothing is a formula."""

import datetime as dt
import itertools
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.exchange.data_rows import data_rows
from lanling_desktop.exchange.headers import find_header, fingerprint, map_columns
from lanling_desktop.exchange.sheets_out import write_table, write_template
from lanling_desktop.exchange.workbook import CellKind, read
from tests.exchange.sheets import FIELDS, PEOPLE, SOFFICE, convert

COLUMNS = list(FIELDS.values())
ROWS: list[list[object]] = [
    ["王示例", "男", PEOPLE[0][2], dt.date(1990, 5, 1), "+8613900000001", None, dt.date(2012, 7, 1),
     Decimal("12.50"), "=1+1"],
    ["-", None, "@SUM(1)", dt.date(1890, 1, 1), "-", "\t=1", "2008年6月", Decimal("9999999999999.99"),
     "=cmd|' /C calc'!A0"],
    ["＝全角", "", "000", None, "'13900000001", "+1", None, Decimal(0), "一\n二 <b>&</b> _x000D_ {=1}"],
]  # fmt: skip


def written(path: Path) -> list[list[object]]:
    sheet = read(path).sheets[0]
    return [[sheet.row(n).cell(c).value for c in range(1, 10)] for n in range(3, 6)]


EXPECTED: list[list[object]] = [
    ["王示例", "男", PEOPLE[0][2], dt.date(1990, 5, 1), "+8613900000001", None, dt.date(2012, 7, 1),
     12.5, "=1+1"],
    ["-", None, "@SUM(1)", "1890-01-01", "-", "\t=1", "2008年6月", "9999999999999.99",
     "=cmd|' /C calc'!A0"],
    ["＝全角", None, "000", None, "'13900000001", "+1", None, 0, "一\n二 <b>&</b> _x000D_ {=1}"],
]  # fmt: skip


@pytest.mark.fault(54)
def test_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    count = write_table(path, "党员花名册", COLUMNS, ROWS, keys=["a1", "a2", "a3"])
    assert count == 3
    assert written(path) == EXPECTED
    sheet = read(path).sheets[0]
    assert (sheet.name, sheet.merges) == ("党员花名册", ())
    assert sheet.row(1).cell(1).value == "党员花名册"
    header = find_header(sheet, FIELDS)
    mapping = map_columns(header, FIELDS)
    assert header.rows == (2,)
    assert [match.confidence for match in mapping.matches] == [1.0] * len(COLUMNS)
    assert mapping.record_column == 10
    assert [row.cell(10).value for row in data_rows(sheet, header).rows] == ["a1", "a2", "a3"]
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["花名册.xlsx"]


@pytest.mark.fault(54)
def test_nothing_is_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, "=1+1", COLUMNS, [*ROWS, ["http://example.com", *[None] * 8]])
    with zipfile.ZipFile(path) as inside:
        parts = b"".join(inside.read(name) for name in inside.namelist())
    assert b"<f>" not in parts
    assert b"<hyperlink" not in parts
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n", "d"}
    assert sheet["C3"].number_format == "@"
    assert sheet["D3"].number_format == "yyyy-mm-dd"


def test_look(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, "花名册", COLUMNS, ROWS, keys="123", choices={"姓名": ["甲,乙"]})
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == "A3"
    assert sheet.column_dimensions["J"].hidden
    assert sheet.column_dimensions["C"].width > 18
    assert sheet.merged_cells.ranges == set()
    lists = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in sheet.data_validations.dataValidation
    }
    assert lists == {"A3": "选项!$A$1:$A$1", "B3": '"男,女"'}


def test_template_is_an_export_of_nothing(tmp_path: Path) -> None:
    columns = [*COLUMNS, Field("年龄", Kind.INTEGER, computed=True)]
    write_template(tmp_path / "t.xlsx", "党员花名册", columns)
    write_table(tmp_path / "e.xlsx", "党员花名册", COLUMNS, ROWS)
    marks = {
        fingerprint(find_header(read(tmp_path / name).sheets[0], FIELDS))
        for name in ("t.xlsx", "e.xlsx")
    }
    assert len(marks) == 1
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert sheet.column_dimensions["C"].number_format == "@" or sheet["C9"].number_format


def test_long_lists_stand_aside(tmp_path: Path) -> None:
    words = [f"选项{number}" for number in range(120)]
    fields = [Field("民族", Kind.CHOICE, choices="nation"), Field("特长", Kind.MANY)]
    write_table(tmp_path / "a.xlsx", "表", fields, [["选项3", ("甲", "乙")]],
                choices={"民族": words, "特长": words})  # fmt: skip
    book = read(tmp_path / "a.xlsx")
    assert book.sheets[0].row(3).cell(2).value == "甲、乙"
    assert [cell.value for cell in book.sheets[1].row(1)] == words


def test_a_failure_half_way_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> Iterator[list[object]]:
        yield from ROWS
        raise RuntimeError

    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write_table(path, "花名册", COLUMNS, rows())
    assert path.read_bytes() == b"old"
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.name != "office") == [
        "a.xlsx"
    ]


def test_too_long_a_text_is_named_not_dropped(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="第 3 行“备注”"):
        write_table(tmp_path / "a.xlsx", "表", COLUMNS, [[*[None] * 8, "长" * 32_768]])
    assert not (tmp_path / "a.xlsx").exists()


def test_missing_folder_and_open_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="不存在"):
        write_table(tmp_path / "没有" / "a.xlsx", "表", COLUMNS, ())


@pytest.mark.parametrize("title", ["a/b", "[x]", "'表'", "", "选项", "长" * 60])
def test_any_title_makes_a_sheet_name(tmp_path: Path, title: str) -> None:
    write_table(tmp_path / "a.xlsx", title, COLUMNS, ROWS)
    assert re.fullmatch(r"[^\[\]:*?/\\]{1,31}", read(tmp_path / "a.xlsx").sheets[0].name)


@pytest.mark.fault(54)
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_round_trip_through_libreoffice(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", "花名册", COLUMNS, ROWS, keys=["a1", "a2", "a3"])
    for kind in ("xlsx", "xls", "ods"):
        folder = tmp_path / kind
        folder.mkdir()
        got = written(convert(tmp_path / "a.xlsx", kind, folder))
        for before, after in itertools.zip_longest(EXPECTED, got):
            # LibreOffice itself drops a tab at the start of a cell of .xls and .ods
            assert [v if v != "\t=1" else "=1" for v in after[:8]] == [
                v if v != "\t=1" else "=1" for v in before[:8]
            ]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None
)
@given(
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=("Cs", "Cn", "Co"), exclude_characters="\0\r"
        ),
        min_size=1,
        max_size=40,
    ).filter(lambda text: text.strip())
)
def test_any_text_comes_back(tmp_path: Path, text: str) -> None:
    write_table(tmp_path / "a.xlsx", "表", [Field("姓名"), Field("备注")], [[text, "x"]])
    cell = read(tmp_path / "a.xlsx").sheets[0].row(3).cell(1)
    assert (cell.value, cell.kind) == (text, CellKind.TEXT)
