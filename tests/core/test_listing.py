"""Lists: every page, from either end, in the order asked for; where a record stands in them."""

from __future__ import annotations

import pytest

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Condition, View
from tests.office import member

NAMES = ("张一", "李二", "王三", "赵四", "单五", "曾六", "孙七")


@pytest.fixture
def peopled(desk_office: Office) -> Office:
    for number, name in enumerate(NAMES):
        joined = f"200{number}-07-01" if number % 3 else ""
        typed = member(
            person__name=name, person__identity_number="", person__phone="", joined_on=joined
        )
        desk_office.save("party_member", None, typed)
    return desk_office


def test_names_stand_in_pinyin_order_with_surname_readings(peopled: Office) -> None:
    names = [row[1] for row in peopled.page(View("party_member"), 0, 20)]
    assert names == ["李二", "单五", "孙七", "王三", "曾六", "张一", "赵四"]


@pytest.mark.parametrize("order", ["", "joined_on", "branch.organisation_id", "person.phone"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_from_both_ends_make_the_whole_and_positions_agree(
    peopled: Office, order: str, descending: bool
) -> None:
    view = View("party_member", order=order, descending=descending)
    whole = [row[0] for row in peopled.page(view, 0, 20)]
    assert len(set(whole)) == len(NAMES)
    assert [peopled.page(view, n, 1)[0][0] for n in range(len(NAMES))] == whole
    assert [peopled.position(view, each) for each in whole] == list(range(len(NAMES)))


def test_a_record_the_view_does_not_have_has_no_position(peopled: Office) -> None:
    first = peopled.page(View("party_member"), 0, 1)[0][0]
    narrowed = View("party_member", conditions=(Condition("person.name", "=", "赵四"),))
    assert peopled.position(narrowed, first) is None


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        (Condition("joined_on", "empty"), 3),
        (Condition("joined_on", "filled"), 4),
        (Condition("joined_on", ">=", "2004-01-01"), 2),
        (Condition("person.name", "contains", "%"), 0),
        (Condition("person.name", "starts", "张"), 1),
        (Condition("branch.organisation_id", "contains", "第4"), 7),
        (Condition("kind", "!=", "预备党员"), 7),
    ],
)
def test_a_condition_keeps_what_it_says(peopled: Office, condition: Condition, count: int) -> None:
    assert peopled.count(View("party_member", conditions=(condition,))) == count


def test_an_organisation_counts_its_own_members_and_its_groups(peopled: Office) -> None:
    peopled.save("party_organisation", None, {"name": "第5网格党支部", "kind": "网格党支部"})
    fourth = peopled.resolve("party_organisation", "第4网格党支部")[0]
    group = {"name": "3号楼党小组", "kind": "楼宇党小组", "parent_id": fourth}
    peopled.save("party_organisation", None, group)
    moved = peopled.page(View("party_member"), 0, 1)[0][0]
    peopled.save("party_member", moved, {"branch.organisation_id": "3号楼党小组"})
    rows = peopled.page(View("party_organisation"), 0, 9, keys=("name", "members"))
    assert {row[1]: row[2] for row in rows} == {
        "第4网格党支部": "7",
        "第5网格党支部": "0",
        "3号楼党小组": "1",
    }
