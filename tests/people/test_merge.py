"""Two records of one person become one: everything moves, nothing is doubled, all can be undone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import table_of
from lanling_desktop.organisation.records import BranchMembership, PartyMember
from lanling_desktop.people import actions
from lanling_desktop.people.doubles import duplicate_pairs
from lanling_desktop.people.links import record_kinds
from lanling_desktop.people.records import HouseholdMember, Person
from tests.office import add_member, id_of, numbered, person_of, state_of

NUMBER = numbered("19700401", 12)


def still_named(office: Office, person: str) -> list[str]:
    """Columns of live records that still point to a person."""
    found = []
    for kind in record_kinds():
        table = table_of(kind)
        for each in table.columns:
            if any(key.column.table.name == "person" for key in each.foreign_keys):
                rows = office.rows(
                    select(table.c.id).where(each == person, table.c.binned_at.is_(None))
                )
                found += [f"{table.name}.{each.name}"] * len(rows)
    return found


def periods(office: Office, kind: type, person: str) -> list[tuple[object, ...]]:
    table = table_of(kind)
    rows = office.rows(
        select(table.c.valid_from, table.c.valid_to)
        .where(table.c.person_id == person, table.c.binned_at.is_(None))
        .order_by(table.c.valid_from)
    )
    return [tuple(row) for row in rows]


def test_everything_moves_and_comes_back(demo_office: Office) -> None:
    office = demo_office
    members = office.rows(select(PartyMember.person_id).order_by(PartyMember.id).limit(2))
    keep, drop = (row[0] for row in members)
    before = state_of(office)
    changes = actions.merge_persons(office, keep=keep, drop=drop)
    assert changes.main == keep
    assert still_named(office, drop) == ["party_member.person_id"] * 0
    assert "合并" in str(office.read("person", drop).binned_why)
    assert office.rows(select(PartyMember.binned_why).where(PartyMember.person_id == drop))[0][0]
    for kind in (HouseholdMember, BranchMembership):
        held = [each for each in periods(office, kind, keep) if each[1] is None]
        assert len(held) == 1, "one household, one branch"
    after = state_of(office)
    assert office.undo() is not None
    assert state_of(office) == before
    assert office.redo() is not None
    assert state_of(office) == after


def test_blanks_are_filled_and_choices_hold(desk_office: Office) -> None:
    office = desk_office
    drop = office.save(
        "person", None, {"name": "张玉兰", "phone": "13812345678", "identity_number": NUMBER}
    ).main
    keep = office.save("person", None, {"name": "张玉蘭", "employer": "县实验小学"}).main
    actions.merge_persons(office, keep=keep, drop=drop, choices={"name": "张玉兰"})
    entry = office.read("person", keep)
    assert entry["name"] == "张玉兰"
    assert entry["identity_number"] == NUMBER
    assert entry["employer"] == "县实验小学"
    assert [hit.id for hit in office.find("5678")] == [keep], "found once, under the kept one"


def test_two_members_become_one(desk_office: Office) -> None:
    office = desk_office
    one = add_member(office, "张玉兰", joined_on="", confirmed_on="2002-07-01")
    two = add_member(office, "张玉兰", person__phone="13900000001", joined_on="2001-07-01")
    keep, drop = person_of(office, one), person_of(office, two)
    actions.merge_persons(office, keep=keep, drop=drop, choices={"party_member.post": "组长"})
    entry = office.read("party_member", one)
    assert entry.texts["joined_on"] == "2001-07-01"
    assert entry.texts["confirmed_on"] == "2002-07-01"
    assert entry["post"] == "组长"
    assert office.count(View("party_member")) == 1


def test_a_person_becomes_a_member_by_the_other_record(desk_office: Office) -> None:
    office = desk_office
    keep = office.save("person", None, {"name": "张玉兰"}).main
    member = add_member(office, "张玉兰")
    actions.merge_persons(office, keep=keep, drop=person_of(office, member))
    assert person_of(office, member) == keep
    assert office.read("party_member", member).texts["home.household_id"]


def test_a_binned_member_record_does_not_hide_the_live_one(desk_office: Office) -> None:
    office = desk_office
    one, two = add_member(office, "张玉兰"), add_member(office, "张玉蘭", joined_on="2003-01-01")
    keep, drop = person_of(office, one), person_of(office, two)
    office.bin("party_member", one, "重复")
    before = state_of(office)
    actions.merge_persons(office, keep=keep, drop=drop)
    (found,) = office.page(View("party_member"), 0, 5)
    assert office.read("party_member", found[0]).texts["joined_on"] == "2003-01-01"
    office.undo()
    assert state_of(office) == before


def live(office: Office, person: str, household: str, *days: date | None) -> None:
    with office.act("登记住址") as unit:
        link = HouseholdMember(person_id=person, household_id=household)
        link.valid_from, link.valid_to = days
        unit.add(link)


@pytest.mark.parametrize(
    ("same", "wanted"),
    [
        (True, [(date(2018, 1, 1), None)]),
        (False, [(date(2018, 1, 1), date(2020, 1, 1)), (date(2020, 1, 1), None)]),
    ],
)
def test_time_in_two_records_is_lived_once(
    desk_office: Office, same: bool, wanted: list[tuple[object, ...]]
) -> None:
    office = desk_office
    homes = [
        office.save("household", None, {"other_address": text}).main for text in ("东巷1", "西巷2")
    ]
    keep, drop = (office.save("person", None, {"name": n}).main for n in ("甲乙", "甲乙"))
    live(office, keep, homes[0], date(2020, 1, 1), None)
    live(office, drop, homes[0 if same else 1], date(2018, 1, 1), None)
    actions.merge_persons(office, keep=keep, drop=drop)
    assert periods(office, HouseholdMember, keep) == wanted
    assert office.read("person", keep)["home.household_id"] == homes[0]


def test_the_dropped_ones_home_can_be_chosen(desk_office: Office) -> None:
    office = desk_office
    homes = [
        office.save("household", None, {"other_address": text}).main for text in ("东巷1", "西巷2")
    ]
    keep, drop = (office.save("person", None, {"name": n}).main for n in ("甲乙", "甲乙"))
    live(office, keep, homes[0], date(2018, 1, 1), None)
    live(office, drop, homes[1], date(2020, 1, 1), None)
    chosen = {"household_member.household_id": homes[1]}
    actions.merge_persons(office, keep=keep, drop=drop, choices=chosen)
    assert office.read("person", keep)["home.household_id"] == homes[1]
    assert office.read("person", keep, day=date(2019, 1, 1))["home.household_id"] == homes[0]
    assert len(periods(office, HouseholdMember, keep)) == 2


def test_one_record_is_not_merged_with_itself_or_the_bin(desk_office: Office) -> None:
    office = desk_office
    keep, drop = (office.save("person", None, {"name": n}).main for n in ("甲乙", "甲乙"))
    with pytest.raises(OfficeError, match="同一条记录"):
        actions.merge_persons(office, keep=keep, drop=keep)
    office.bin("person", drop, "录错")
    with pytest.raises(OfficeError, match="回收站"):
        actions.merge_persons(office, keep=keep, drop=drop)


# The whole register searched


def test_doubles_are_found_the_surest_first(desk_office: Office) -> None:
    office = desk_office
    first = {"name": "王芳", "birth": "1990-05-01", "phone": "15400000001"}
    office.save("person", None, {**first, "identity_number": numbered("19900501", 998)})
    office.save("person", None, {"name": "王芳", "birth": "1990-05-01"})
    office.save("person", None, {"name": "李一", "phone": "15400000002"})
    office.save("person", None, {"name": "李二", "phone": "15400000002"})
    with office.act("导入旧册") as unit:
        for name in ("赵四", "赵五"):
            unit.add(Person(name=name, identity_number=NUMBER))
    found = [(p.why, p.certain, {p.first.name, p.second.name}) for p in duplicate_pairs(office)]
    assert found == [
        ("身份证号相同", True, {"赵四", "赵五"}),
        ("姓名、出生日期相同", False, {"王芳"}),
        ("联系电话相同", False, {"李一", "李二"}),
    ]


def test_a_family_with_one_telephone_is_no_double(desk_office: Office) -> None:
    office = desk_office
    for name, sequence in (("李一", 997), ("李二", 999)):
        number = numbered("19900501", sequence)
        office.save(
            "person", None, {"name": name, "phone": "15400000002", "identity_number": number}
        )
    assert duplicate_pairs(office) == []


def test_what_was_found_different_is_not_asked_again(desk_office: Office) -> None:
    office = desk_office
    both = [
        office.save("person", None, {"name": "王芳", "birth": "1990-05-01"}).main for _ in range(2)
    ]
    assert len(duplicate_pairs(office)) == 1
    actions.mark_not_duplicate(office, first_id=both[1], second_id=both[0], reason="同名")
    assert duplicate_pairs(office) == []
    again = actions.mark_not_duplicate(office, first_id=both[0], second_id=both[1])
    assert again.seq == 0, "noted already"
    office.undo()
    assert len(duplicate_pairs(office)) == 1


def test_a_merge_voids_the_note_that_they_differ(desk_office: Office) -> None:
    office = desk_office
    one, two, three = (
        office.save("person", None, {"name": "王芳", "birth": "1990-05-01"}).main for _ in range(3)
    )
    actions.mark_not_duplicate(office, first_id=one, second_id=two)
    actions.mark_not_duplicate(office, first_id=two, second_id=three)
    actions.merge_persons(office, keep=one, drop=two)
    assert duplicate_pairs(office) == [], "one and three are known to differ"


def test_the_demo_has_doubles_to_show(demo_office: Office) -> None:
    assert len(duplicate_pairs(demo_office)) >= 4
    assert id_of(demo_office, "compound", "兰陵花园")
