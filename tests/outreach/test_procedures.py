"""办理 with the outer ring: terms, plaques, checks; what each changes, refuses, gives back."""

from __future__ import annotations

from datetime import date

import pytest

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.outreach import actions
from tests.office import state_of

SHOP = {"name": "便民超市", "status": "申报"}
MEMBER = {
    "person.name": "周敏", "duty": "院长", "certificate_no": "JZ-008",
    "valid_from": "2023-12-01", "valid_to": "2026-12-01",
}  # fmt: skip


def member(office: Office, **more: str) -> str:
    typed = MEMBER | {"community_id": office.desk.get("community")} | more
    return office.save("part_time_member", None, typed, confirmed=True).main


OF_ALL = ("correct", "keep_longer", "destroy")  # the rights of people, tests/privacy


def offered(office: Office, register: str, record: str) -> list[str]:
    values = office.read(register, record).values
    every = office.registers[register].procedures
    return [each.key for each in every if each.offered(values) and each.key not in OF_ALL]


def test_another_term_of_the_same_person(desk_office: Office) -> None:
    office = desk_office
    old = member(office)
    before = state_of(office)
    renew = next(e for e in office.registers["part_time_member"].procedures if e.key == "renew")
    first = renew.proposed(office, office.read("part_time_member", old))
    assert first == {
        "day": date(2026, 12, 1), "valid_to": date(2029, 12, 1), "certificate_no": "JZ-009"
    }  # fmt: skip
    new = office.perform("part_time_member", old, "renew", first).main
    ended, begun = (office.read("part_time_member", each) for each in (old, new))
    assert (ended["status"], ended["valid_to"]) == ("届满", date(2026, 12, 1))
    assert begun["person.name"] == "周敏"
    assert (begun["duty"], begun["certificate_no"]) == ("院长", "JZ-009")
    assert (begun["valid_from"], begun["valid_to"]) == (date(2026, 12, 1), date(2029, 12, 1))
    assert office.count(View("person")) == 1
    office.undo()
    assert state_of(office) == before


def test_a_term_does_not_begin_before_the_last(desk_office: Office) -> None:
    old = member(desk_office)
    said = {"day": "2023-01-01", "certificate_no": "JZ-9"}
    with pytest.raises(RejectedError, match="新任期应在这之后"):
        desk_office.perform("part_time_member", old, "renew", said)


def test_a_certificate_number_is_used_once(desk_office: Office) -> None:
    office = desk_office
    member(office)
    other = member(office, **{"person.name": "吴刚", "certificate_no": "JZ-010"})
    with pytest.raises(RejectedError, match="“JZ-008”已经用过"):
        office.save("part_time_member", other, {"certificate_no": "JZ-008"}, confirmed=True)
    with pytest.raises(RejectedError, match="“JZ-008”已经用过"):
        office.perform(
            "part_time_member", other, "renew", {"day": "2026-12-01", "certificate_no": "JZ-008"}
        )


def test_a_member_is_dismissed_with_its_day(desk_office: Office) -> None:
    office = desk_office
    held = member(office)
    with pytest.raises(RejectedError, match="免去的请填终止日期"):
        office.save("part_time_member", held, {"status": "免去", "valid_to": ""}, confirmed=True)
    office.perform("part_time_member", held, "end", {"status": "免去", "day": "2026-11-01"})
    assert office.read("part_time_member", held)["valid_to"] == date(2026, 11, 1)
    assert offered(office, "part_time_member", held) == []


def test_a_committee_of_more_than_nine_is_asked_about(desk_office: Office) -> None:
    office = desk_office
    for number in range(9):
        member(
            office, **{"person.name": f"周{number}", "certificate_no": f"A{number}", "valid_to": ""}
        )
    tenth = MEMBER | {"certificate_no": "A10", "valid_to": "", "person.name": "郑十"}
    tenth |= {"community_id": office.desk.get("community")}
    with pytest.raises(RejectedError, match="已有 9 名兼职委员"):
        office.save("part_time_member", None, tenth)
    office.save("part_time_member", None, tenth, confirmed=True)


def test_a_merchant_from_plaque_to_withdrawal(desk_office: Office) -> None:
    office = desk_office
    shop = office.save("party_merchant", None, SHOP).main
    assert offered(office, "party_merchant", shop) == ["hang"]
    hung = {"plaque_no": "SH-001", "plaque_on": "2026-01-05", "commitments": "诚信经营"}
    office.perform("party_merchant", shop, "hang", hung)
    assert offered(office, "party_merchant", shop) == ["check", "withdraw"]
    found = {"checked_on": "2026-10-01", "result": "限期整改"}
    with pytest.raises(RejectedError, match="写明发现的问题"):
        office.perform("party_merchant", shop, "check", found)
    before = state_of(office)
    office.perform("party_merchant", shop, "check", found | {"problem": "占道经营"})
    assert office.read("party_merchant", shop)["status"] == "整改"
    office.undo()
    assert state_of(office) == before, "check and state are one act"
    office.redo()
    with pytest.raises(RejectedError, match="整改完成早于检查日期"):
        office.perform("party_merchant", shop, "mend", {"rectified_on": "2026-09-01"})
    office.perform("party_merchant", shop, "mend", {"rectified_on": "2026-10-20"})
    assert office.read("party_merchant", shop)["status"] == "挂牌"
    down = {"withdrawn_on": "2026-11-01", "withdrawn_why": "停业"}
    office.perform("party_merchant", shop, "withdraw", down)
    assert offered(office, "party_merchant", shop) == ["hang"]
    office.perform("party_merchant", shop, "hang", hung | {"plaque_on": "2026-11-20"})
    again = office.read("party_merchant", shop)
    assert (again["status"], again["withdrawn_on"]) == ("挂牌", None)
    assert actions.next_plaque(office) == "SH-002"


@pytest.mark.parametrize(
    ("register", "typed"),
    [
        ("resident_unit", {"name": "县医院"}),
        ("red_station", {"name": "向阳驿站"}),
        ("social_organisation", {"name": "夕阳红协会"}),
    ],
)
def test_what_ends_says_why(desk_office: Office, register: str, typed: dict[str, str]) -> None:
    office = desk_office
    made = office.save(register, None, typed | {"valid_from": "2020-01-01"}).main
    with pytest.raises(RejectedError, match="原因必须填写"):
        office.perform(register, made, "end", {"day": "2026-11-01"})
    office.perform(register, made, "end", {"day": "2026-11-01", "reason": "搬迁"})
    now = office.read(register, made)
    assert (now["valid_to"], now["end_reason"]) == (date(2026, 11, 1), "搬迁")
    assert offered(office, register, made) == []


def test_a_station_gets_its_plaque(desk_office: Office) -> None:
    office = desk_office
    made = office.save("red_station", None, {"name": "向阳驿站"}).main
    office.perform("red_station", made, "hang", {"plaque_on": "2026-11-01"})
    assert offered(office, "red_station", made) == ["end"]
