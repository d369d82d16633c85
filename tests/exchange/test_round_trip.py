"""What is exported, edited and brought back changes just that, namesakes and odd texts too."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.exchange.headers import RECORD_KEY
from lanling_desktop.people.records import Person
from tests.office import add_member, numbered, person_of, since

NUMBERS = [numbered("19700501", 101), numbered("19720501", 103), numbered("19740501", 105)]


@pytest.fixture
def namesakes(desk_office: Office) -> list[str]:
    """Three party members of one name, and what hangs on the first; their persons' ids."""
    office = desk_office
    people = [
        person_of(office, add_member(office, "王鹏", person__identity_number=number))
        for number in NUMBERS
    ]
    linked = person_of(office, add_member(office, "赵六"))
    branch = {"name": "第9网格党支部", "kind": "网格党支部", "secretary_id": people[0]}
    office.save("party_organisation", None, branch)
    home = {"compound_id": "兰陵花园", "building": "9", "room": "101", "head_id": people[1]}
    office.save("household", None, home)
    code = {
        "code": "ZX-001",
        "host_id": people[2],
        "branch_id": "第9网格党支部",
        "state": "推荐",
        "household_id": "兰陵花园 9号楼 101",
    }
    central = office.save("central_household", None, code).main
    for person in (people[0], linked):
        link = {"central_household_id": central, "person_id": person}
        office.save("linked_member", None, link, confirmed=True)
    since(office, office.today.replace(year=2020))
    return people


def page_of(path: Path) -> tuple[openpyxl.Workbook, dict[str, int]]:
    book = openpyxl.load_workbook(path)
    heads = {str(cell.value): cell.column for cell in book.worksheets[0][2]}
    return book, heads


def edited(path: Path, head: str, value: object) -> Path:
    """Change one cell of the first record."""
    book, heads = page_of(path)
    book.worksheets[0].cell(3, heads[head]).value = value  # type: ignore[assignment]
    book.save(path)
    return path


CASES = [
    ("central_household", "户主", "牌号", "P-7"),
    ("party_organisation", "书记", "组织编号", "B-7"),
    ("branch_membership", "党员", "终止原因", "转出"),
    ("linked_member", "联系党员", "终止原因", "调整"),
    ("household", "户主", "居住情况", "空置"),
]


def out_of(office: Office, register: str, tmp_path: Path, *, masked: bool = False) -> Path:
    out = tmp_path / "导出.xlsx"
    keys = tuple(each.key for each in office.registers[register].exchange_columns)
    transfer.export_view(office, View(register), out, masked=masked, keys=keys)
    return out


@pytest.mark.parametrize(("register", "link", "head", "value"), CASES)
@pytest.mark.parametrize("masked", [False, True])
def test_a_namesake_among_the_links_does_not_stop_the_way_back(
    desk_office: Office, namesakes: list[str], tmp_path: Path,
    register: str, link: str, head: str, value: str, masked: bool,
) -> None:  # fmt: skip
    out = out_of(desk_office, register, tmp_path, masked=masked)
    book, heads = page_of(out)
    shown = [cell.value for cell in book.worksheets[0][get_letter(heads[link])][2:]]
    assert any(str(each).startswith("王鹏") for each in shown), shown
    texts = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert any(number in text for number in NUMBERS for text in texts) is not masked
    same = transfer.import_file(desk_office, register, out)
    assert list(same.lines())[1:] == []
    assert same.plan.count("一致") == len(same.plan.rows)
    outcome = transfer.import_file(desk_office, register, edited(out, head, value))
    assert outcome.changes is not None, list(outcome.lines())
    assert outcome.plan.count("修改") == 1
    assert [each.label for row in outcome.plan.rows for each in row.changes] == [head]


def get_letter(column: int) -> str:
    return openpyxl.utils.get_column_letter(column)


def test_a_namesake_is_told_by_the_number_without_our_record_numbers_too(
    desk_office: Office, namesakes: list[str], tmp_path: Path
) -> None:
    out = out_of(desk_office, "central_household", tmp_path)
    book, heads = page_of(out)
    book.worksheets[0].delete_cols(heads[RECORD_KEY])
    book.save(out)
    outcome = transfer.import_file(desk_office, "central_household", out)
    assert outcome.plan.summary == "新增 0 行，修改 0 行，一致 1 行，有误 0 行"


@pytest.mark.parametrize(
    "written", ["王鹏 {0}", "王鹏（{0}）", "王鹏/{0}", "{0}", " 王 鹏　{0} ", "王鹏，{0}"]
)
def test_a_person_may_be_given_by_name_and_number_or_number_alone(
    desk_office: Office, namesakes: list[str], tmp_path: Path, written: str
) -> None:
    out = out_of(desk_office, "party_organisation", tmp_path)
    book, heads = page_of(out)
    page = book.worksheets[0]
    row = next(r for r in range(3, 9) if page.cell(r, heads["组织名称"]).value == "第9网格党支部")
    page.cell(row, heads["书记"]).value = written.format(NUMBERS[2])
    book.save(out)
    outcome = transfer.import_file(desk_office, "party_organisation", out)
    assert outcome.changes is not None, list(outcome.lines())
    (changed,) = [each for each in outcome.plan.rows if each.kind == "修改"]
    assert changed.values["secretary_id"] == namesakes[2]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("王鹏", "有 3 个居民叫“王鹏”，请指明是哪一个，例如写成“王鹏 身份证号”"),
        (f"李鹏 {NUMBERS[0]}", "这个身份证号登记的是“王鹏”，不是“李鹏”"),
        ("孙七", "没有“孙七”"),
        (numbered("19990101", 1), "没有"),
    ],
)
def test_a_link_that_means_nobody_or_several_is_named(
    desk_office: Office, namesakes: list[str], written: str, said: str
) -> None:
    prepared = desk_office.prepare("household", {"head_id": written})
    assert said in prepared.problems[0].words
    assert NUMBERS[0] not in prepared.problems[0].words


def test_a_household_may_be_given_by_its_code(desk_office: Office) -> None:
    made = desk_office.save("household", None, {"other_address": "老街 7 号", "code": "H-7"})
    prepared = desk_office.prepare("household_member", {"household_id": "H-7"})
    assert prepared.values["household_id"] == made.main


@pytest.mark.parametrize("empty", ["-", "—", "无", "/"])
def test_a_dash_in_a_link_is_no_link(desk_office: Office, empty: str) -> None:
    prepared = desk_office.prepare("household", {"head_id": empty})
    assert (prepared.values["head_id"], prepared.problems) == (None, ())


@pytest.mark.fault(54)
@pytest.mark.parametrize(
    "text", ["-", "——", "'abc", "\tabc", " abc ", "=1+1", "@x", "a\nb", "字" * 300]
)
def test_whatever_is_kept_comes_back_unchanged(
    desk_office: Office, tmp_path: Path, text: str
) -> None:
    made = desk_office.save("person", None, {"name": "王鹏", "remark": "甲"})
    with desk_office.act("早年的数据") as unit:
        unit.get(Person, made.main).employer = text
        unit.get(Person, made.main).remark = text
    out = out_of(desk_office, "person", tmp_path)
    assert transfer.import_file(desk_office, "person", out).plan.count("一致") == 1
    outcome = transfer.import_file(desk_office, "person", edited(out, "籍贯", "兰陵县"))
    assert [each.key for row in outcome.plan.rows for each in row.changes] == ["native_place"]
    assert desk_office.read("person", made.main)["employer"] == text
