"""C.3-45: heads under titles, in two rows, with or without merged cells; and what is no record."""

from pathlib import Path

import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field
from lanling_desktop.exchange import plan
from lanling_desktop.exchange.data_rows import data_rows
from lanling_desktop.exchange.headers import (
    RECORD_KEY,
    Header,
    HeaderCell,
    HeaderMapping,
    Heads,
    choose_sheet,
    find_header,
    fingerprint,
    map_columns,
)
from lanling_desktop.exchange.naming import normalise
from lanling_desktop.exchange.workbook import Merge, Row, Sheet, read
from tests.exchange.sheets import FIELDS, FILES, PEOPLE, simple
from tests.growth import growth


def sheet_of(tmp_path: Path, *rows: list[object]) -> Sheet:
    return read(simple(tmp_path / "a.xlsx", rows)).sheets[0]


def head(*texts: str) -> Header:
    return Header((1,), tuple(HeaderCell(n, text) for n, text in enumerate(texts, start=1)))


@pytest.mark.parametrize(
    "text",
    ["姓名", "姓  名", "姓　名", "姓名（必填）", "姓名(必填)", "*姓名", "姓\n名", "姓名：", "【姓名】",
     "\ufeff姓名\u200b", "姓名 *"],
)  # fmt: skip
def test_names_are_told_through_their_dress(text: str) -> None:
    assert normalise(text) == "姓名"


@pytest.mark.fault(45)
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_roster_with_two_header_rows(kind: str) -> None:
    (sheet,) = read(FILES / f"党员花名册.{kind}").sheets
    header = find_header(sheet, FIELDS)
    assert header.rows == (3, 4)
    assert header.title == "2026年兰陵社区党员花名册"
    phone = header.columns[5]
    assert (phone.column, phone.text, phone.group) == (6, "手机", "联系方式")
    mapping = map_columns(header, FIELDS)
    assert {match.field: match.column for match in mapping.matches} == {
        "name": 2, "gender": 3, "identity": 4, "born_on": 5, "phone": 6, "landline": 7,
        "joined_on": 8, "note": 9,
    }  # fmt: skip
    assert not mapping.unknown
    assert not mapping.missing
    parted = data_rows(sheet, header)
    assert [row.cell(2).value for row in parted.rows] == [person[0] for person in PEOPLE]
    assert [(out.row, out.reason) for out in parted.left_out] == [
        (9, "只有序号的空行"),
        (10, "合计行"),
        (11, "表下说明或签字行"),
        (12, "表下说明或签字行"),
    ]


def test_fingerprint_is_the_same_for_all_kinds_and_places(tmp_path: Path) -> None:
    marks = {
        fingerprint(find_header(read(FILES / f"党员花名册.{kind}").sheets[0], FIELDS))
        for kind in ("xlsx", "xls", "ods")
    }
    assert len(marks) == 1
    plain = head("姓名", "手机")
    moved = Header((9,), (HeaderCell(5, "姓 名*"), HeaderCell(6, "手机")))
    assert fingerprint(plain) == fingerprint(moved) != fingerprint(head("手机", "姓名"))
    assert fingerprint(plain) not in marks


def test_two_rows_without_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "党员花名册,,,,\n序号,姓名,联系方式,,备注\n,,手机,固话,\n1,王示例,13900000001,,\n",
        encoding="utf-8",
    )
    sheet = read(path).sheets[0]
    header = find_header(sheet, FIELDS)
    assert header.rows == (2, 3)
    assert [(cell.text, cell.group) for cell in header.columns] == [
        ("序号", ""), ("姓名", ""), ("手机", "联系方式"), ("固话", "联系方式"), ("备注", ""),
    ]  # fmt: skip
    assert [row.number for row in data_rows(sheet, header).rows] == [4]


def test_every_column_under_a_group(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        ["基本情况", None, None, "联系方式", None],
        ["姓名", "性别", "出生年月", "手机号", "固话"],
        ["王示例", "男", "1990.5", "13900000001", None],
    )
    header = find_header(sheet, FIELDS)
    assert header.rows == (1, 2)
    assert header.columns[2] == HeaderCell(3, "出生年月", "基本情况")
    assert len(map_columns(header, FIELDS).matches) == 5


def test_a_title_and_a_unit_line_are_no_groups(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        ["示例社区党员花名册"],
        ["单位：示例社区", None, "日期：2026年11月"],
        ["姓名", "性别", "手机"],
        ["王示例", "男", "13900000001"],
    )
    header = find_header(sheet, FIELDS)
    assert header.rows == (3,)
    assert header.columns[0].full_text == "姓名"


def test_first_record_is_not_taken_for_a_head(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, ["姓名", "性别", "手机"], ["李样本", None, None], ["王", "男", "1"])
    assert find_header(sheet, FIELDS).rows == (1,)


def test_no_head_is_named_by_sheet(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, ["王示例", "男"], ["李样本", "女"])
    with pytest.raises(OfficeError, match="工作表“表”里找不到表头"):
        find_header(sheet, FIELDS)


def test_one_field_has_one_column_and_the_better_wins() -> None:
    mapping = map_columns(head("联系电话", "手机", "党员姓名", "姓名", "血型"), FIELDS)
    assert mapping.column_of("phone") == 2
    assert mapping.column_of("name") == 4
    assert [cell.text for cell in mapping.unknown] == ["联系电话", "党员姓名", "血型"]
    assert [(offer.column, offer.field) for offer in mapping.offers] == [(1, "phone"), (3, "name")]
    assert mapping.missing == ("identity",)
    assert all(match.confidence == 1 for match in mapping.matches)


def test_another_persons_name_is_only_offered() -> None:
    mapping = map_columns(head("配偶姓名", "身份证号码", "手机"), FIELDS)
    assert mapping.column_of("name") is None
    assert mapping.offers[0].field == "name"
    assert mapping.column_of("identity") == 2


def test_words_split_over_two_rows_are_joined() -> None:
    header = Header((1, 2), (HeaderCell(1, "年月", "出生"), HeaderCell(2, "姓名")))
    assert map_columns(header, FIELDS).column_of("born_on") == 1


def test_our_own_record_numbers_are_found_and_are_no_field() -> None:
    mapping = map_columns(head("序号", "姓名", RECORD_KEY), FIELDS)
    assert mapping.record_column == 3
    assert not mapping.unknown


@pytest.mark.fault(45)
def test_what_stands_among_and_under_the_records_is_named(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        ["姓名", "性别", "手机", "备注"],
        ["1", "2", "3", "4"],
        ["示例", "男", "13900000001", "照此填写"],
        ["王示例", "男", "13900000001", "合计不含"],
        ["一、第二网格", None, None, None],
        ["李样本", None, None, None],
        ["姓名", "性别", "手机", "备注"],
        ["注某", "女", "13900000002", None],
        ["小计", 2, None, None],
        ["填表说明：1、本表一式两份", None, None, None],
        ["2、手机号必填", None, None, None],
    )
    parted = data_rows(sheet, find_header(sheet, FIELDS))
    assert [row.cell(1).value for row in parted.rows] == ["王示例", "李样本", "注某"]
    assert [(out.row, out.reason) for out in parted.left_out] == [
        (2, "列号行"),
        (3, "示例行"),
        (5, "整行只有一句文字"),
        (7, "重复的表头"),
        (9, "合计行"),
        (10, "表下说明或签字行"),
        (11, "表下说明或签字行"),
    ]


def test_sheet_with_the_head_is_chosen(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["封面", "示例社区"])
    hidden = book.create_sheet("旧表")
    hidden.append(["姓名", "手机"])
    hidden.sheet_state = "hidden"
    book.create_sheet("新表").append(["姓名", "手机"])
    book.create_sheet("空")
    book.save(tmp_path / "a.xlsx")
    chosen = choose_sheet(read(tmp_path / "a.xlsx").sheets, FIELDS)
    assert chosen is not None
    assert chosen.name == "新表"
    assert choose_sheet((), FIELDS) is None
    assert choose_sheet(read(tmp_path / "a.xlsx").sheets, {"x": Field("血型")}) is None


@pytest.mark.parametrize("text", ["(" * 20_000, "（必填" * 10_000, "姓名" + "【" * 30_000])
def test_a_head_of_brackets_is_cut_before_it_is_looked_at(text: str) -> None:
    assert growth(normalise, text, text * 10) < 40


def wide(rows: int, columns: int, head: int) -> Sheet:
    """A sheet of nothing but words, none of them twice; its head in one of its rows."""
    made = []
    for number in range(1, rows + 1):
        texts = [f"第{number}行{column}格的字" for column in range(1, columns + 1)]
        if number == head:
            texts[columns // 2], texts[columns // 2 + 1] = "姓名", "身份证号码"
        made.append(Row(number, 1, tuple(texts), {}))
    return Sheet("宽表", tuple(made))


def test_a_wide_sheet_of_words_is_searched_in_time() -> None:
    fields = plan.fields_for(catalogue.registers()["party_member"])

    def search(sheet: Sheet) -> tuple[Header, HeaderMapping]:
        heads = Heads(fields)
        assert heads.choose([sheet]) is sheet
        header = heads.find(sheet)
        return header, heads.map(header)

    sheet = wide(40, 3_000, 7)
    assert growth(search, wide(40, 300, 7), sheet) < 40  # ten times as wide
    header, mapping = search(sheet)
    assert header.rows == (7,)
    assert mapping.column_of("person.name") == 1501
    assert mapping.column_of("person.identity_number") == 1502


def test_each_row_is_scored_once_for_choice_and_search(monkeypatch: pytest.MonkeyPatch) -> None:
    scored: list[int] = []
    sheet = wide(20, 10, 3)
    heads = Heads(FIELDS)
    once = heads._row_score
    monkeypatch.setattr(heads, "_row_score", lambda row: scored.append(row.number) or once(row))
    heads.choose([sheet])
    heads.find(sheet)
    assert sorted(scored) == list(range(1, 21))


def test_a_slip_of_the_pen_is_forgiven_where_a_table_is_of_usual_width() -> None:
    assert map_columns(head("公民身份号玛", "姓名"), FIELDS).offers[0].field == "identity"


def test_merged_heads_are_found_under_their_group(tmp_path: Path) -> None:
    row = Row(1, 1, ("姓名", "联系方式", None, "备注"), {})
    below = Row(2, 1, (None, "手机", "固话", None), {})
    data = Row(3, 1, ("王示例", "13900000001", None, None), {})
    merges = (Merge(1, 1, 2, 1), Merge(1, 2, 1, 3), Merge(1, 4, 2, 4))
    header = find_header(Sheet("表", (row, below, data), merges), FIELDS)
    assert [cell.full_text for cell in header.columns] == [
        "姓名", "联系方式·手机", "联系方式·固话", "备注",
    ]  # fmt: skip
