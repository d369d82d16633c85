"""What becomes of each row of a received sheet. The cases are those other offices' programs
were caught with (peers.md I01–I16, I09's list; faults.md 40–52)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import plan, transfer
from tests.growth import growth
from tests.office import member

HEADS = ("姓名", "身份证号码", "出生年月", "手机", "所属党支部", "家庭住址", "入党时间")
ZHANG = (
    "张玉兰",
    "34052419800101001X",
    "",
    "13812345678",
    "第4网格党支部",
    "兰陵花园3号楼2单元501",
    "2001.7.1",
)
LI = ("李志强", "370101190102039973", "1901.2.3", "", "第4网格党支部", "", "1990.5")
FILES = Path(__file__).parent / "files"


def sheet(folder: Path, *rows: Sequence[object], heads: Sequence[str] = HEADS) -> Path:
    path = folder / "党员名单.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["兰陵街道党员花名册"])
    page.append(list(heads))
    for row in rows:
        page.append([each if each != "" else None for each in row])
    book.save(path)
    return path


def bring(office: Office, path: Path, **how: bool) -> transfer.Outcome:
    return transfer.import_file(office, "party_member", path, **how)


def names(office: Office) -> list[str]:
    return [row[1] for row in office.page(View("party_member"), 0, 100)]


@pytest.mark.fault(42)
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_libreoffice_table_is_read_whole_and_twice_is_once(
    desk_office: Office, kind: str
) -> None:
    path = FILES / f"党员花名册.{kind}"
    first = bring(desk_office, path)
    assert first.changes is not None, list(first.lines())
    count = desk_office.count(View("party_member"))
    assert count == first.plan.count("新增") == 4
    again = bring(desk_office, path)
    assert again.plan.summary == "新增 0 行，修改 0 行，一致 4 行，有误 0 行"
    assert desk_office.count(View("party_member")) == count


def test_a_row_makes_person_member_branch_and_household(
    desk_office: Office, tmp_path: Path
) -> None:
    outcome = bring(desk_office, sheet(tmp_path, ZHANG, LI))
    assert outcome.changes is not None, list(outcome.lines())
    row = desk_office.page(View("party_member", text="zyl"), 0, 1, masked=False)[0]
    assert row[1:] == (
        "张玉兰", "男", "1980-01-01", "正式党员", "第4网格党支部", "2001-07-01", "13812345678",
        "兰陵花园 3号楼 2单元 501",
    )  # fmt: skip
    assert desk_office.count(View("party_organisation")) == 1, "one branch for both"


def test_the_first_import_opens_the_book_with_what_has_long_been_so(
    desk_office: Office, tmp_path: Path
) -> None:
    bring(desk_office, sheet(tmp_path, ZHANG))
    last_month = View("party_member", day=desk_office.today - timedelta(days=30))
    keys = ("person.name", "branch.organisation_id", "home.household_id")
    (row,) = desk_office.page(last_month, 0, 9, keys=keys, masked=False)
    assert row[1:] == ("张玉兰", "第4网格党支部", "兰陵花园 3号楼 2单元 501")
    bring(desk_office, sheet(tmp_path, LI))
    rows = desk_office.page(last_month, 0, 9, keys=keys, masked=False)
    assert [each[1] for each in rows] == ["张玉兰"], "who comes later comes today"


def test_who_joined_within_the_year_comes_in_on_probation(
    desk_office: Office, tmp_path: Path
) -> None:
    heads = (*HEADS, "转正日期", "人员类别")
    rows = (
        (*ZHANG[:6], "2026.3.1", "", ""),
        (*LI[:6], "2025.11.1", "", ""),
        ("王五", *[""] * 5, "2026.3.1", "", "正式党员"),
    )
    path = sheet(tmp_path, *rows, heads=heads)
    planned = plan.plan(desk_office, plan.receive(desk_office, "party_member", path))
    notes = ["；".join(row.notes) for row in planned.rows]
    assert "入党不满一年、没有转正日期，记为预备党员" in notes[0]
    assert "预备党员" not in notes[1]
    assert "应为预备党员，请核对" in notes[2]
    bring(desk_office, path)
    found = desk_office.page(View("party_member"), 0, 9, keys=("person.name", "kind"))
    kinds = {row[1]: row[2] for row in found}
    assert kinds == {"张玉兰": "预备党员", "李志强": "正式党员", "王五": "正式党员"}


def test_two_rows_of_heads_tell_joining_from_confirming(
    desk_office: Office, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["党员花名册"])
    page.append(["姓名", "身份证号", "入党时间", None])
    page.append([None, None, "入党", "转正"])
    for cells in ("A2:A3", "B2:B3", "C2:D2"):
        page.merge_cells(cells)
    page.append([*ZHANG[:2], "2001.7.1", "2002.7.1"])
    path = tmp_path / "两行表头.xlsx"
    book.save(path)
    mapping = plan.receive(desk_office, "party_member", path).mapping
    assert (mapping[3], mapping[4]) == ("joined_on", "confirmed_on")


def test_the_whole_import_is_undone_by_one_act(desk_office: Office, tmp_path: Path) -> None:
    bring(desk_office, sheet(tmp_path, ZHANG, LI))
    undo, _ = desk_office.undoable()
    assert undo is not None
    assert undo.title == "导入党员 党员名单.xlsx（新增 2，修改 0）"
    desk_office.undo()
    for register in ("party_member", "person", "household", "party_organisation", "compound"):
        assert desk_office.count(View(register)) == 0, register
    assert desk_office.find("zyl") == []


@pytest.mark.fault(43)
def test_a_blank_cell_never_erases(desk_office: Office, tmp_path: Path) -> None:
    saved = desk_office.save("party_member", None, member(person__employer="县医院"))
    blank = (ZHANG[0], ZHANG[1], "", "", "", "", "")
    outcome = bring(desk_office, sheet(tmp_path, blank))
    assert outcome.plan.summary.startswith("新增 0 行，修改 0 行，一致 1 行")
    texts = desk_office.read("party_member", saved.main).texts
    assert (texts["person.phone"], texts["person.employer"]) == ("13812345678", "县医院")


def test_a_changed_value_is_shown_old_to_new(desk_office: Office, tmp_path: Path) -> None:
    saved = desk_office.save("party_member", None, member())
    moved = (*ZHANG[:3], "13900000000", "第5网格党支部", *ZHANG[5:])
    path = sheet(tmp_path, moved)
    planned = plan.plan(desk_office, plan.receive(desk_office, "party_member", path))
    (row,) = planned.rows
    assert row.kind == "修改"
    assert {(c.label, c.before, c.after) for c in row.changes} == {
        ("联系电话", "13812345678", "13900000000"),
        ("所在党支部", "第4网格党支部", "第5网格党支部（新建）"),
    }
    assert desk_office.read("party_member", saved.main).texts["person.phone"] == "13812345678"
    bring(desk_office, path)
    assert desk_office.read("party_member", saved.main).texts["person.phone"] == "13900000000"


@pytest.mark.fault(44)
def test_one_bad_row_stops_all_and_is_named_by_cell(desk_office: Office, tmp_path: Path) -> None:
    bad = ("王五", "340524198001010011", "", "", "", "", "")
    outcome = bring(desk_office, sheet(tmp_path, ZHANG, bad, LI))
    assert outcome.changes is None
    (trouble,) = outcome.plan.troubles
    assert (trouble.address, trouble.label) == ("B4", "身份证号")
    assert names(desk_office) == []
    skipped = bring(desk_office, sheet(tmp_path, ZHANG, bad, LI), skip_errors=True)
    assert skipped.changes is not None
    assert names(desk_office) == ["李志强", "张玉兰"]


@pytest.mark.fault(40)
def test_an_identity_number_that_was_a_number_is_never_repaired(
    desk_office: Office, tmp_path: Path
) -> None:
    lost = ("赵六", 371324198001010000, "", "", "", "", "")
    outcome = bring(desk_office, sheet(tmp_path, lost))
    (trouble,) = outcome.plan.troubles
    assert trouble.address == "B3"
    assert "数字" in trouble.words


@pytest.mark.fault(41)
def test_same_name_and_birthday_are_two_persons_and_a_warning(
    desk_office: Office, tmp_path: Path
) -> None:
    desk_office.save("party_member", None, member())
    namesake = ("张玉兰", "", "1980-01-01", "", "", "", "")
    outcome = bring(desk_office, sheet(tmp_path, namesake))
    assert outcome.plan.count("新增") == 1
    assert any("可能是同一人" in note for note in outcome.plan.rows[0].notes)
    assert names(desk_office) == ["张玉兰", "张玉兰"]


def test_two_rows_about_one_person_contradict_each_other(
    desk_office: Office, tmp_path: Path
) -> None:
    outcome = bring(desk_office, sheet(tmp_path, ZHANG, ZHANG))
    assert outcome.changes is None
    assert "第 3 行" in outcome.plan.troubles[0].words


def test_a_resident_already_there_becomes_a_member_not_a_second_person(
    desk_office: Office, tmp_path: Path
) -> None:
    desk_office.save("person", None, {"name": "张玉兰", "identity_number": ZHANG[1]})
    outcome = bring(desk_office, sheet(tmp_path, ZHANG))
    assert any("同一人" in note for note in outcome.plan.rows[0].notes)
    assert desk_office.count(View("person")) == 1
    assert desk_office.count(View("party_member")) == 1


def test_values_do_not_bleed_down_the_rows(desk_office: Office, tmp_path: Path) -> None:
    bring(desk_office, sheet(tmp_path, ZHANG, LI))
    li = desk_office.page(View("party_member", text="lzq"), 0, 1, masked=False)[0]
    assert li[7] == ""
    assert li[8] == ""


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        ("1990.5.1", "1990-05-01"),
        ("1990年5月", "1990-05-01"),
        ("19900501", "1990-05-01"),
        (19900501, "1990-05-01"),
        (32994, "1990-05-01"),
        ("１９９０－０５－０１", "1990-05-01"),
    ],
)
def test_a_date_is_read_however_it_is_written(
    desk_office: Office, tmp_path: Path, cell: object, stored: str
) -> None:
    outcome = bring(desk_office, sheet(tmp_path, (*ZHANG[:6], cell)))
    assert outcome.changes is not None, list(outcome.lines())
    assert desk_office.page(View("party_member"), 0, 1)[0][6] == stored


@pytest.mark.parametrize("cell", ["1e9999999", "1e400", "9" * 30, -3])
def test_a_number_that_cannot_be_a_count_is_named_by_cell(
    desk_office: Office, tmp_path: Path, cell: object
) -> None:
    path = sheet(tmp_path, ("兰陵花园", cell), heads=("小区名称", "设计户数"))
    outcome = transfer.import_file(desk_office, "compound", path)
    assert outcome.changes is None
    assert [each.address for each in outcome.plan.troubles] == ["B3"]


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        (31532, "1990-05-01"),  # 32994 less the 1462 days between the two calendars
        (19900501, "1990-05-01"),
        (dt.date(1990, 5, 1), "1990-05-01"),
    ],
)
def test_a_bare_day_count_is_read_in_the_calendar_of_its_book(
    desk_office: Office, tmp_path: Path, cell: object, stored: str
) -> None:
    path = sheet(tmp_path, (*ZHANG[:6], cell))
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    page = book.active
    assert page is not None
    page["G3"] = cell  # type: ignore[assignment]
    book.save(path)
    outcome = bring(desk_office, path)
    assert outcome.changes is not None, list(outcome.lines())
    assert desk_office.page(View("party_member"), 0, 1)[0][6] == stored


@pytest.mark.fault(46)
def test_a_year_with_a_point_is_named_not_read_as_a_day_of_1905(
    desk_office: Office, tmp_path: Path
) -> None:
    outcome = bring(desk_office, sheet(tmp_path, (*ZHANG[:6], 1990.5)))
    (trouble,) = outcome.plan.troubles
    assert trouble.address == "G3"
    assert "1990.5看不出是几月" in trouble.words


@pytest.mark.fault(46)
@pytest.mark.parametrize("cell", ["90/5/1", "农历四月初七", "1990-13-01", "明年"])
def test_a_date_that_cannot_be_read_is_named(
    desk_office: Office, tmp_path: Path, cell: str
) -> None:
    outcome = bring(desk_office, sheet(tmp_path, (*ZHANG[:6], cell)))
    assert [each.address for each in outcome.plan.troubles] == ["G3"]


def test_a_chosen_mapping_is_remembered_for_the_same_heads(
    desk_office: Office, tmp_path: Path
) -> None:
    path = sheet(tmp_path, ("张玉兰", "女", "县医院"), heads=("姓名", "性别", "在哪上班"))
    received = plan.receive(desk_office, "party_member", path)
    assert 3 not in received.mapping
    plan.remember(desk_office, received, {1: "person.name", 3: "person.employer"})
    again = plan.receive(desk_office, "party_member", path)
    assert again.remembered
    assert again.mapping == {1: "person.name", 3: "person.employer"}


def test_a_cancelled_import_leaves_nothing(desk_office: Office, tmp_path: Path) -> None:
    planned = plan.plan(
        desk_office, plan.receive(desk_office, "party_member", sheet(tmp_path, ZHANG, LI))
    )

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transfer.carry_out(desk_office, planned, progress=stop)
    assert names(desk_office) == []
    assert desk_office.count(View("compound")) == 0


def test_what_is_exported_edited_and_brought_back_changes_just_that(
    desk_office: Office, tmp_path: Path
) -> None:
    bring(desk_office, sheet(tmp_path, ZHANG, LI))
    out = tmp_path / "导出.xlsx"
    assert transfer.export_view(desk_office, View("party_member"), out, masked=False) == 2
    untouched = bring(desk_office, out)
    assert untouched.plan.summary == "新增 0 行，修改 0 行，一致 2 行，有误 0 行"
    book = openpyxl.load_workbook(out)
    page = book.active
    assert page is not None
    for row in page.iter_rows():
        for cell in row:
            if cell.value == "李志强":
                cell.value = "李志刚"
            if cell.value == "13812345678":
                assert cell.number_format == "@"
    book.save(out)
    outcome = bring(desk_office, out)
    assert outcome.plan.summary == "新增 0 行，修改 1 行，一致 1 行，有误 0 行"
    assert names(desk_office) == ["李志刚", "张玉兰"]


def test_a_masked_export_brings_no_stars_back(desk_office: Office, tmp_path: Path) -> None:
    bring(desk_office, sheet(tmp_path, ZHANG))
    out = tmp_path / "公示.xlsx"
    keys = (
        *desk_office.registers["party_member"].columns,
        "person.birth",
        "person.identity_number",
    )
    transfer.export_view(
        desk_office, View("party_member"), out, masked=True, keys=tuple(dict.fromkeys(keys))
    )
    cells = [str(cell.value) for row in openpyxl.load_workbook(out).active for cell in row]  # type: ignore[union-attr]
    assert not any("1980-01-01" in each or "001X" in each for each in cells)
    assert bring(desk_office, out).plan.summary.startswith("新增 0 行，修改 0 行，一致 1 行")
    assert desk_office.page(View("party_member"), 0, 1, masked=False)[0][7] == "13812345678"


def test_a_template_is_an_export_of_nothing(desk_office: Office, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    transfer.write_template(desk_office, "party_member", path)
    received = plan.receive(desk_office, "party_member", path)
    writable = {c.key for c in desk_office.registers["party_member"].exchange_columns}
    assert set(received.mapping.values()) == writable


@pytest.mark.fault(54)
def test_formulas_stay_text_on_the_way_out(desk_office: Office, tmp_path: Path) -> None:
    desk_office.save("party_member", None, member(person__employer='=cmd|"/c calc"!A1'))
    out = tmp_path / "导出.xlsx"
    transfer.export_view(desk_office, View("party_member"), out, keys=("person.employer",))
    page = openpyxl.load_workbook(out).active
    assert page is not None
    cells = [cell for row in page.iter_rows() for cell in row if str(cell.value).startswith("=cmd")]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_table_of_something_else_is_refused_in_words(desk_office: Office, tmp_path: Path) -> None:
    path = sheet(tmp_path, (1, 2), heads=("品名", "单价"))
    with pytest.raises(OfficeError, match="找不到表头"):
        bring(desk_office, path)


def test_a_birth_or_sex_unlike_the_number_is_said_and_taken(
    desk_office: Office, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path,
        ("张玉兰", ZHANG[1], "1980-01-02", "女"),
        heads=("姓名", "身份证号", "生日", "性别"),
    )
    outcome = bring(desk_office, path)
    assert outcome.changes is not None, list(outcome.lines())
    notes = "".join(outcome.plan.rows[0].notes)
    assert "出生日期：与身份证号里的 1980-01-01 不一致" in notes
    assert "性别：身份证号表示为男" in notes
    assert "不符说明" in notes
    row = desk_office.page(View("party_member"), 0, 1)[0]
    assert row[2:4] == ("女", "1980-01-02"), "as the sheet says, never put right in silence"


@pytest.mark.fault(47)
@pytest.mark.parametrize(
    ("key", "cell", "kept"),
    [
        ("身份证号", "３４０５２４１９８００１０１００１ｘ", "34052419800101001X"),
        ("身份证号", " 340524 19800101 001X\u200b", "34052419800101001X"),
        ("身份证号", "'34052419800101001x", "34052419800101001X"),
        ("联系电话", "138 1234 5678", "13812345678"),
        ("联系电话", "１３８１２３４５６７８", "13812345678"),
        ("姓名", "张\n玉 兰", "张玉兰"),
    ],
)
def test_what_was_put_right_is_said(
    desk_office: Office, tmp_path: Path, key: str, cell: str, kept: str
) -> None:
    given = {
        "姓名": "张玉兰",
        "身份证号": "34052419800101001X",
        "联系电话": "13812345678",
        key: cell,
    }
    path = sheet(tmp_path, tuple(given.values()), heads=tuple(given))
    received = plan.receive(desk_office, "party_member", path)
    (row,) = plan.plan(desk_office, received).rows
    assert row.notes == (f"{key}：已规范写法",)
    assert kept in row.values.values()
    assert row.title == "张玉兰"


def test_a_number_cell_of_a_telephone_is_put_right_in_silence(
    desk_office: Office, tmp_path: Path
) -> None:
    path = sheet(tmp_path, ("张玉兰", 13812345678), heads=("姓名", "手机"))
    (row,) = plan.plan(desk_office, plan.receive(desk_office, "party_member", path)).rows
    assert (row.notes, row.values["person.phone"]) == ((), "13812345678")


def test_the_plan_lists_what_the_rows_bring_along(desk_office: Office, tmp_path: Path) -> None:
    more = [(f"孙{n}", "", "", "", f"第{n}网格党支部", "", "") for n in range(5, 15)]
    path = sheet(tmp_path, ZHANG, LI, *more)
    planned = plan.plan(desk_office, plan.receive(desk_office, "party_member", path))
    branches = "、".join(f"第{n}网格党支部" for n in range(4, 12))
    assert planned.notes == (
        f"将一并新建 11 个党组织：{branches}等",
        "将一并新建 1 个户：兰陵花园 3号楼 2单元 501",
        "将一并新建 1 个小区：兰陵花园",
    )
    bring(desk_office, path)
    again = plan.plan(desk_office, plan.receive(desk_office, "party_member", path))
    assert again.notes == ()


@pytest.mark.parametrize("column", [4, 5])
@pytest.mark.parametrize("text", ["支" * 201, "a" * 30_000, "兰陵花园" + "1" * 30_000])
def test_a_title_no_form_would_take_is_not_adopted(
    desk_office: Office, tmp_path: Path, column: int, text: str
) -> None:
    row = list(ZHANG)
    row[column] = text
    outcome = bring(desk_office, sheet(tmp_path, row))

    def planned(path: Path) -> None:
        plan.plan(desk_office, plan.receive(desk_office, "party_member", path))

    other = tmp_path / "长"
    other.mkdir()
    longer = list(ZHANG)
    longer[column] = text[:1] * 20 + text * 10
    assert growth(planned, sheet(tmp_path, row), sheet(other, longer)) < 40
    (trouble,) = outcome.plan.troubles
    assert "最多 200 字" in trouble.words
    assert len(trouble.words) < 100


def test_an_adopted_title_is_written_as_a_form_would(desk_office: Office, tmp_path: Path) -> None:
    row = list(ZHANG)
    row[4] = " 第４网格党支部\u200b"
    outcome = bring(
        desk_office, sheet(tmp_path, row, ("李四", "", "", "", "第4网格党支部", "", ""))
    )
    assert outcome.changes is not None, list(outcome.lines())
    branches = desk_office.page(View("party_organisation"), 0, 9)
    assert [each[1] for each in branches] == ["第4网格党支部"]
