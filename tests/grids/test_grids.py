"""Grids as the office keeps them: what they cover is counted, posts are dated, one chief each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.grids import rules
from tests.office import add_member, id_of, since, state_of

YESTERDAY = date(2026, 11, 22)


@pytest.fixture
def grid(desk_office: Office) -> str:
    """兰陵花园 3 号楼 and 4 号楼, with two members living in the first."""
    for name, home in (
        ("张玉兰", "3号楼2单元501"),
        ("李建国", "3号楼1单元101"),
        ("王芳", "5号楼1单元101"),
    ):
        add_member(desk_office, name, home__household_id=f"兰陵花园{home}")
    made = desk_office.save("grid", None, {"name": "第一网格", "kind": "一般网格"}).main
    compound = id_of(desk_office, "compound", "兰陵花园")
    for building in ("3", "4"):
        typed = {"grid_id": made, "compound_id": compound, "building": building}
        desk_office.save("grid_area", None, typed)
    since(desk_office, date(2020, 1, 1))
    return made


def shown(office: Office, key: str, *, day: date | None = None) -> str:
    return office.page(View("grid", day=day), 0, 1, keys=(key,))[0][1]


def worker(office: Office, grid: str, name: str, role: str, **more: object) -> str:
    typed = {"person.name": name, "grid_id": grid, "role": role, "functions": "综治、计生"}
    return office.save("grid_worker", None, typed | more, confirmed=True).main


def test_counts_come_from_the_records(desk_office: Office, grid: str) -> None:
    office = desk_office
    assert (shown(office, "households"), shown(office, "residents"), shown(office, "members")) == (
        "2",
        "2",
        "2",
    )
    other = office.save(
        "grid", None, {"name": "第二网格", "kind": "一般网格", "said_households": 320}
    )
    row = office.page(View("grid", ids=(other.main,)), 0, 1, keys=("households", "workers"))[0]
    assert row[1:] == ("320", "0"), "what was reported, where the records say nothing"
    assert office.count(View("grid", ready="size")) == 1, "two households are too few for a grid"
    office.desk.put(rules.FEWEST[0], 1)
    assert office.count(View("grid", ready="size")) == 0


def test_a_building_belongs_to_one_grid(desk_office: Office, grid: str) -> None:
    other = desk_office.save("grid", None, {"name": "第二网格", "kind": "微网格"}).main
    compound = id_of(desk_office, "compound", "兰陵花园")
    taken = {"grid_id": other, "compound_id": compound}
    with pytest.raises(RejectedError, match="这里已属于“第一网格”"):
        desk_office.save("grid_area", None, taken | {"building": "3"})
    desk_office.save("grid_area", None, taken | {"building": "5"})


def test_a_grid_has_one_chief_and_hands_over_in_one_act(desk_office: Office, grid: str) -> None:
    office = desk_office
    assert office.count(View("grid", ready="no_chief")) == 1
    chief = worker(office, grid, "张玉兰", "网格长", valid_from="2025.1.1")
    assert office.count(View("grid", ready="no_chief")) == 0
    assert shown(office, "chief") == "张玉兰"
    with pytest.raises(RejectedError, match="已有网格长"):
        worker(office, grid, "李建国", "网格长")
    before = state_of(office)
    heir = id_of(office, "person", "李建国")
    office.perform(
        "grid_worker", chief, "hand_over", {"person_id": heir, "day": "今天", "reason": "换届"}
    )
    assert shown(office, "chief") == "李建国"
    assert shown(office, "chief", day=YESTERDAY) == "张玉兰", "as it was the day before"
    assert office.count(View("grid_worker")) == 1
    office.undo()
    assert state_of(office) == before


def test_a_full_time_worker_in_two_grids_is_noticed(desk_office: Office, grid: str) -> None:
    office = desk_office
    number = {"person.identity_number": "34052419800101001X"}
    worker(office, grid, "张玉兰", "专职网格员", **number)
    other = office.save("grid", None, {"name": "第二网格", "kind": "一般网格"}).main
    with pytest.raises(RejectedError, match="已是“第一网格”的专职网格员"):
        office.save(
            "grid_worker",
            None,
            {"person.name": "张玉兰", "grid_id": other, "role": "专职网格员", **number},
        )


def test_a_code_is_fifteen_digits_or_asked_about(desk_office: Office) -> None:
    typed = {"name": "第一网格", "kind": "一般网格", "code": "37132410"}
    with pytest.raises(RejectedError, match="15 位"):
        desk_office.save("grid", None, typed)
    desk_office.save("grid", None, typed | {"code": "371324100001001"})
    with pytest.raises(RejectedError, match="请选类型"):
        desk_office.save("grid", None, {"name": "医院网格", "kind": "专属网格"})


def test_leaving_ends_the_post(desk_office: Office, grid: str) -> None:
    made = worker(desk_office, grid, "张玉兰", "兼职网格员", valid_from="2025.1.1")
    day = desk_office.today - timedelta(days=1)
    desk_office.perform("grid_worker", made, "end", {"day": day.isoformat(), "reason": "搬家"})
    assert desk_office.count(View("grid_worker")) == 0
    assert desk_office.read("grid_worker", made)["status"] == "离岗"


def test_each_grid_counts_its_own_people(desk_office: Office, grid: str) -> None:
    made = desk_office.save("grid", None, {"name": "第二网格", "kind": "一般网格"}).main
    compound = id_of(desk_office, "compound", "兰陵花园")
    area = {"grid_id": made, "compound_id": compound, "building": "5"}
    desk_office.save("grid_area", None, area)
    keys = ("name", "households", "residents", "members")
    rows = desk_office.page(View("grid"), 0, 2, keys=keys)
    assert [row[1:] for row in rows] == [("第一网格", "2", "2", "2"), ("第二网格", "1", "1", "1")]
