"""C.3-41, 42: the same file twice is once, and who only looks alike is said, not merged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import table_of
from lanling_desktop.exchange import transfer
from tests.office import add_member, id_of, member, numbered

Rows = Sequence[Sequence[object]]


def sheet(folder: Path, *rows: Sequence[object]) -> Path:
    path = folder / "收到的表.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append([each if each != "" else None for each in row])
    book.save(path)
    return path


def kept(office: Office, register: str) -> int:
    """How many there are, ended ones too."""
    table = table_of(office.registers[register].record)
    return len(office.rows(select(table.c.id).where(table.c.binned_at.is_(None))))


def bring(office: Office, register: str, path: Path) -> transfer.Outcome:
    outcome = transfer.import_file(office, register, path)
    assert not outcome.plan.troubles, list(outcome.lines())
    return outcome


@pytest.fixture
def office(desk_office: Office) -> Office:
    """A central household with its branch and a home, and two members to be linked."""
    add_member(desk_office, "赵六")
    add_member(desk_office, "钱七", home__household_id="老街 8 号")
    code = {"code": "ZX-001", "host_id": "赵六", "branch_id": "第4网格党支部", "state": "推荐"}
    desk_office.save("central_household", None, code)
    desk_office.save("central_household", None, {**code, "code": "ZX-002"})
    desk_office.save("community", None, {"name": "朝阳社区"})
    desk_office.save("party_organisation", None, {"name": "第5网格党支部", "kind": "网格党支部"})
    return desk_office


CASES: dict[str, Rows] = {
    "party_member": (
        ("姓名", "性别", "手机", "入党时间", "所属党支部", "家庭住址"),
        ("孙一", "男", "13900000001", "2001.7.1", "第4网格党支部", "老街 9 号"),
        ("孙二", "女", "", "", "", ""),
    ),
    "person": (("姓名", "出生日期", "民族"), ("孙三", "1990-05-01", "汉族"), ("孙四", "", "汉族")),
    "household": (
        ("小区", "楼号", "室", "居住情况"), ("兰陵花园", "8", "101", "出租"),
        ("兰陵花园", "8", "102", "常住"),
    ),
    "household_member": (
        ("姓名", "家庭住址", "与户主关系"), ("孙五", "老街 8 号", "子"), ("孙六", "老街 8 号", "女"),
    ),
    "building": (("所在小区", "楼号", "层数"), ("兰陵花园", "3号楼", 6), ("兰陵花园", "4号楼", 6)),
    "linked_member": (
        ("党员中心户", "联系党员", "起始日期", "终止日期"),
        ("ZX-001", "钱七", "2020-01-01", "2021-01-01"), ("ZX-001", "钱七", "2022-01-01", ""),
    ),
    "linked_household": (("党员中心户", "联系户"), ("ZX-001", "老街 8 号"), ("ZX-002", "老街 8 号")),
    "central_household_review": (
        ("党员中心户", "年度", "复核日期", "复核结果"), ("ZX-001", 2025, "2025-12-01", "合格"),
        ("ZX-001", 2026, "2026-11-01", "合格"),
    ),
    "central_household_activity": (
        ("党员中心户", "活动日期", "活动类别", "活动内容"),
        ("ZX-001", "2026-11-01", "学习", "读书"), ("ZX-001", "2026-11-01", "走访", "走访"),
    ),
    "branch_membership": (
        ("党员", "所在党支部", "起始日期", "终止日期"),
        ("赵六", "第5网格党支部", "2010-01-01", "2012-01-01"),
        ("赵六", "第5网格党支部", "2013-01-01", "2014-01-01"),
    ),
    "community_predecessor": (("新社区", "原社区"), ("向阳社区", "朝阳社区")),
}  # fmt: skip


@pytest.mark.fault(42)
@pytest.mark.parametrize("register", CASES)
def test_the_same_file_twice_is_once(office: Office, tmp_path: Path, register: str) -> None:
    path = sheet(tmp_path, *CASES[register])
    rows = len(CASES[register]) - 1
    before = kept(office, register)
    assert bring(office, register, path).plan.count("新增") == rows
    again = bring(office, register, path)
    assert again.plan.summary == f"新增 0 行，修改 0 行，一致 {rows} 行，有误 0 行"
    assert kept(office, register) == before + rows


def test_two_rows_alike_are_two_and_stay_two(office: Office, tmp_path: Path) -> None:
    path = sheet(tmp_path, ("姓名", "性别"), ("孙一", "男"), ("孙一", "男"))
    assert bring(office, "person", path).plan.count("新增") == 2
    assert bring(office, "person", path).plan.count("一致") == 2
    more = sheet(tmp_path, ("姓名", "性别"), *[("孙一", "男")] * 3)
    assert bring(office, "person", more).plan.count("新增") == 3, "nobody knows which are which"


def test_a_row_without_a_number_is_not_the_person_known_by_one(
    office: Office, tmp_path: Path
) -> None:
    office.save("party_member", None, member())
    path = sheet(tmp_path, ("姓名", "性别"), ("张玉兰", "女"))
    assert bring(office, "party_member", path).plan.count("新增") == 1


LATE, EARLY = numbered("19800101", 1), numbered("19800101", 3)


@pytest.mark.fault(41)
@pytest.mark.parametrize(
    "rows",
    [
        [("孙一", "", "1980-01-01"), ("孙一", "", "1980-01-01")],
        [("孙一", LATE, ""), ("孙一", "", "1980-01-01")],
        [("孙一", "", "1980.1.1"), ("孙 一", LATE, "")],
        [("孙一", LATE, ""), ("孙一", EARLY, "")],
    ],
)
@pytest.mark.parametrize("register", ["person", "party_member", "household_member"])
def test_two_rows_alike_are_warned_of(
    office: Office, tmp_path: Path, register: str, rows: Rows
) -> None:
    full = [(*row, "老街 8 号") for row in rows]
    path = sheet(tmp_path, ("姓名", "身份证号", "出生日期", "家庭住址"), *full)
    outcome = bring(office, register, path)
    assert outcome.plan.count("新增") == 2
    (doubt,) = [note for row in outcome.plan.rows for note in row.notes if "可能是同一人" in note]
    assert doubt == "姓名、出生日期与第 2 行相同，可能是同一人，按另一人登记"


def test_a_birth_that_only_the_number_says_is_compared_too(office: Office, tmp_path: Path) -> None:
    office.save("person", None, {"name": "孙一", "birth": "1980-01-01"})
    path = sheet(tmp_path, ("姓名", "身份证号"), ("孙一", LATE))
    (row,) = bring(office, "person", path).plan.rows
    assert any("与现有的一条记录相同，可能是同一人" in note for note in row.notes)


def test_a_family_with_one_telephone_is_no_doubt_of_one_file(
    office: Office, tmp_path: Path
) -> None:
    path = sheet(
        tmp_path,
        ("姓名", "手机", "性别"),
        ("孙一", "13900000001", "男"),
        ("孙二", "13900000001", "女"),
    )
    rows = bring(office, "person", path).plan.rows
    assert [note for row in rows for note in row.notes] == []


def test_a_key_of_two_columns_finds_what_changed(office: Office, tmp_path: Path) -> None:
    rows = CASES["central_household_review"]
    bring(office, "central_household_review", sheet(tmp_path, *rows))
    changed = sheet(tmp_path, rows[0], (*rows[1][:3], "限期整改"))
    outcome = bring(office, "central_household_review", changed)
    assert outcome.plan.summary.startswith("新增 0 行，修改 1 行")


def test_who_has_left_may_be_linked_anew(office: Office, tmp_path: Path) -> None:
    link = {
        "central_household_id": "ZX-001", "person_id": "钱七",
        "valid_from": "2020-01-01", "valid_to": "2021-01-01",
    }  # fmt: skip
    office.save("linked_member", None, link)
    path = sheet(tmp_path, ("党员中心户", "联系党员"), ("ZX-001", "钱七"))
    assert bring(office, "linked_member", path).plan.count("新增") == 1
    assert office.duplicates("linked_member", {"central_household_id": "?"}) == []


def test_a_member_is_not_known_by_the_branch(office: Office, tmp_path: Path) -> None:
    # The only one of a branch: what recognises that link does not recognise the member.
    only = add_member(office, "周八", branch__organisation_id="第5网格党支部")
    path = sheet(tmp_path, ("姓名", "所属党支部"), ("吴九", "第5网格党支部"))
    outcome = bring(office, "party_member", path)
    assert outcome.plan.count("新增") == 1
    assert office.read("party_member", only).title == "周八"
    found = office.duplicates(
        "party_member",
        {"branch.organisation_id": id_of(office, "party_organisation", "第5网格党支部")},
    )
    assert found == []


def test_two_rows_that_contradict_are_named_by_all_they_share(
    office: Office, tmp_path: Path
) -> None:
    rows = CASES["central_household_review"]
    path = sheet(tmp_path, *rows, (*rows[1][:3], "摘牌"))
    outcome = transfer.import_file(office, "central_household_review", path)
    (trouble,) = outcome.plan.troubles
    assert trouble.words == "与第 2 行的党员中心户、年度相同，请只留一行"
