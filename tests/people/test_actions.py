"""What a clerk does with persons keeps its history and can be asked for as of any day."""

from __future__ import annotations

from datetime import date

import pytest

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.people import actions, rules
from lanling_desktop.standards import codes
from tests.office import add_member, id_of, person_of, since, state_of

OLD, NEW = "兰陵花园 3号楼 2单元 501", "兰陵花园 5号楼 1单元 101"


@pytest.fixture
def moved(desk_office: Office) -> tuple[Office, str, str]:
    """An office with a person and an empty household to move to."""
    office = desk_office
    person = person_of(office, add_member(office, "张玉兰"))
    since(office, date(2020, 1, 1))
    compound = id_of(office, "compound", "兰陵花园")
    empty = {"compound_id": compound, "building": "5", "unit": "1", "room": "101"}
    return office, person, office.save("household", None, empty).main


def home_on(office: Office, person: str, day: date) -> str:
    return office.read("person", person, day=day).texts["home.household_id"]


def test_a_move_keeps_where_they_lived_before(moved: tuple[Office, str, str]) -> None:
    office, person, new = moved
    old = id_of(office, "household", OLD)
    changes = actions.move_household(
        office, person_id=person, household_id=new, day=date(2026, 11, 25), relation="户主"
    )
    assert changes.title == f"迁居 张玉兰 到 {NEW}"
    assert home_on(office, person, date(2026, 11, 24)) == OLD
    assert home_on(office, person, date(2026, 11, 25)) == NEW
    assert office.read("household", new)["head_id"] == person
    lived = View("household_member", parent=("household_id", old), day=date(2026, 11, 24))
    assert office.count(lived) == 1
    assert office.count(View("household_member", parent=("household_id", new))) == 0, "not yet"


def test_a_head_who_moves_away_is_head_no_more(moved: tuple[Office, str, str]) -> None:
    office, person, new = moved
    old = id_of(office, "household", OLD)
    office.save("household", old, {"head_id": person})
    actions.move_household(office, person_id=person, household_id=new, day=office.today)
    assert office.read("household", old)["head_id"] is None
    assert office.undo() is not None
    assert office.read("household", old)["head_id"] == person


def test_moving_on_the_day_of_entering_puts_it_right(moved: tuple[Office, str, str]) -> None:
    office, person, new = moved
    actions.move_household(office, person_id=person, household_id=new, day=office.today)
    actions.move_household(
        office, person_id=person, household_id=new, day=office.today, relation="配偶"
    )
    entry = office.read("person", person)
    assert entry["home.household_id"] == new
    assert entry["home.relation"] == "配偶"


def test_a_move_before_a_later_entry_is_refused(moved: tuple[Office, str, str]) -> None:
    office, person, new = moved
    old = id_of(office, "household", OLD)
    actions.move_household(office, person_id=person, household_id=new, day=date(2026, 11, 25))
    before = state_of(office)
    with pytest.raises(OfficeError, match="2026-11-25"):
        actions.move_household(office, person_id=person, household_id=old, day=date(2026, 11, 24))
    assert state_of(office) == before


def test_leaving_a_household_ends_it_from_that_day(moved: tuple[Office, str, str]) -> None:
    office, person, _ = moved
    actions.leave_household(office, person_id=person, day=date(2026, 11, 23))
    assert home_on(office, person, date(2026, 11, 23)) == ""
    with pytest.raises(OfficeError, match="没有登记住在哪一户"):
        actions.leave_household(office, person_id=person, day=date(2026, 11, 23))


@pytest.mark.parametrize("state", ["迁出", "死亡"])
def test_a_departure_ends_household_and_branch(moved: tuple[Office, str, str], state: str) -> None:
    office, person, _ = moved
    branch = id_of(office, "party_organisation", "第4网格党支部")
    before = state_of(office)
    actions.record_departure(office, person_id=person, state=state, day=office.today)
    assert office.read("person", person)["state"] == state
    assert home_on(office, person, office.today) == ""
    members = View("branch_membership", parent=("organisation_id", branch))
    assert office.count(members) == 0
    assert office.undo().title == f"撤销“登记{state} 张玉兰”"  # type: ignore[union-attr]
    assert state_of(office) == before


def test_a_floating_person_still_belongs_where_they_live(moved: tuple[Office, str, str]) -> None:
    office, person, _ = moved
    actions.record_departure(office, person_id=person, state="流动", day=office.today)
    assert home_on(office, person, office.today) == OLD


def test_a_departure_is_not_of_tomorrow(moved: tuple[Office, str, str]) -> None:
    office, person, _ = moved
    with pytest.raises(OfficeError, match="不能晚于今天"):
        actions.record_departure(office, person_id=person, state="死亡", day=date(2026, 11, 24))


def test_a_relation_of_the_other_sex_is_asked_about(desk_office: Office) -> None:
    office = desk_office
    add_member(office, "张玉兰")
    home = id_of(office, "household", OLD)
    for relation, sex in (("女婿", "女"), ("子", "女"), ("女", "男"), ("儿媳", "男")):
        typed = {
            "person.name": f"李{relation}",
            "person.sex": sex,
            "relation": relation,
            "household_id": home,
        }
        with pytest.raises(RejectedError, match=f"性别是{sex}，与户主关系却是“{relation}”"):
            office.save("household_member", None, typed)
        right = "男" if sex == "女" else "女"
        office.save("household_member", None, typed | {"person.sex": right})
        office.save("household_member", None, typed | {"person.name": "另一人"}, confirmed=True)


def test_a_family_is_listed_head_first_then_by_relation(desk_office: Office) -> None:
    office = desk_office
    add_member(office, "张玉兰")
    home = id_of(office, "household", OLD)
    for name, relation in (("安子", "子"), ("白女", "女"), ("郑妻", "妻"), ("阿父", "父亲")):
        typed = {"person.name": name, "relation": relation, "household_id": home}
        office.save("household_member", None, typed)
    (head,) = (row[0] for row in office.page(View("person", text="张玉兰"), 0, 1))
    office.save("household", home, {"head_id": head})
    family = View("household_member", parent=("household_id", home))
    rows = office.page(family, 0, 9, keys=("person.name",))
    assert [row[1] for row in rows] == ["张玉兰", "郑妻", "安子", "白女", "阿父"]
    assert [office.position(family, row[0]) for row in rows] == [0, 1, 2, 3, 4]


def test_every_relation_of_a_sex_is_a_word_of_the_table() -> None:
    assert set(codes.words("household_relation")) >= rules._MEN | rules._WOMEN
    assert not rules._MEN & rules._WOMEN
