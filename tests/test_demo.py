"""The demo office: the article's counts, people who are nobody, the same each time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from lanling_desktop import check, demo
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Condition, View
from lanling_desktop.demo.names import People
from lanling_desktop.hall import figures, minutes, rules
from lanling_desktop.hall.records import ActionItem
from lanling_desktop.opening import open_office
from lanling_desktop.organisation.records import PartyOrganisation
from lanling_desktop.people.records import Person
from lanling_desktop.places.records import Community
from lanling_desktop.standards import identity
from tests.office import state_of

CLOCK = fixed(2026, 11, 23)


def test_its_counts_are_the_articles(demo_office: Office) -> None:
    office = demo_office
    kinds = select(PartyOrganisation.kind, func.count()).group_by(PartyOrganisation.kind)
    counted = {row[0]: row[1] for row in office.rows(kinds)}
    assert (counted["社区大党委"], counted["网格党支部"]) == (21, 50)
    assert office.count(View("community")) == 21
    assert office.count(View("community", day=date(2020, 1, 1))) == 16, "before the change"
    assert office.count(View("compound")) == 89
    assert office.count(View("community_predecessor")) == 26
    assert office.desk.get("demo") is True
    assert office.read("community", office.desk.get("community")).title == "向阳社区"


def test_its_halls_have_a_year_behind_them(demo_office: Office) -> None:
    office = demo_office
    found = {each.key: each for each in figures.yearly(office, 2026)}
    assert (found["halls"].value, found["visitors"].value) == (89, 932), "the article's"
    assert found["halls"].value == office.count(View("compound"))
    assert found["due"].value == 89 * 11
    assert 0.9 < (found["held"].value or 0) / (found["due"].value or 1) <= 1
    states = select(ActionItem.status, func.count()).group_by(ActionItem.status)
    counted = {row[0]: row[1] for row in office.rows(states)}
    assert set(counted) == set(rules.STATES), "a line of the ledger in every state"
    assert 2 <= office.count(View("action_item", ready="overdue")) <= 9
    assert office.count(View("action_item", ready="week")) >= 2
    assert office.count(View("hall_meeting", ready="planned")) > 0


def test_the_halls_minutes_are_what_the_records_say(demo_office: Office) -> None:
    office = demo_office
    closed = View("hall_meeting", conditions=(Condition("finalised_on", "filled"),))
    for meeting, *_ in office.page(closed, 0, 40):
        frozen, now = minutes.minutes_of(office, meeting), minutes.read_minutes(office, meeting)
        same = replace(frozen, number="", version=0, closed_on="")
        then = tuple(_standing(each) for each in same.matters)
        assert replace(same, matters=then) == replace(
            now, matters=tuple(_standing(each) for each in now.matters)
        )


def _standing(matter: minutes.Matter) -> minutes.Matter:
    """A matter without what has gone on since the meeting."""
    return replace(matter, status="", due_on="")


def test_every_new_office_has_its_phrases(desk_office: Office) -> None:
    phrases = {row[1]: row[0] for row in desk_office.page(View("phrase"), 0, 99)}
    assert 12 <= len(phrases) <= 15
    assert {desk_office.read("phrase", key)["used_in"] for key in phrases.values()} == set(
        rules.PHRASE_USES
    )
    undo, _ = desk_office.undoable()
    assert undo is not None
    assert undo.title == "新增社区 向阳社区", "they are nobody's act"
    desk_office.bin("phrase", phrases["转办"], "不用")
    assert desk_office.count(View("phrase")) == len(phrases) - 1


def test_it_passes_its_own_check(demo_office: Office) -> None:
    assert check.check(demo_office) == []


def test_no_code_of_a_community_is_invented(demo_office: Office) -> None:
    assert not any(code for (code,) in demo_office.rows(select(Community.code)))


def test_every_number_is_right_and_nobodys(demo_office: Office) -> None:
    numbers = [n for (n,) in demo_office.rows(select(Person.identity_number)) if n]
    assert len(numbers) == len(set(numbers)) > 300
    for number in numbers:
        assert identity.check(number, CLOCK.today()).problem is None
        assert number[14:17] in ("996", "997", "998", "999"), "set apart for the very old"
        assert int(number[6:10]) > 1920
    phones = [p for (p,) in demo_office.rows(select(Person.phone)) if p]
    assert max(Counter(phones).values()) <= 2, "only the persons entered twice share one"
    assert all(phone.startswith("154") for phone in phones)


def test_a_day_with_many_births_gives_no_number_twice() -> None:
    people = People(Random(1))
    day = date(1980, 5, 1)
    made = [people.number(day, sex) for _ in range(40) for sex in ("男", "女")]
    assert len(set(made)) == 80
    for number in made:
        assert identity.check(number, CLOCK.today()).problem is None
    assert {identity.check(n, CLOCK.today()).sex for n in made[::2]} == {"男"}


def test_names_are_of_every_sort() -> None:
    people = People(Random(2020))
    names = [people.surname() + people.given("男", 1970) for _ in range(2000)]
    said = "".join(names)
    assert all(char in said for char in "㛃𬭩䶮𠮷单仇曾解查区盖朴翟覃")
    assert any(name.startswith(("欧阳", "诸葛")) for name in names)


def test_the_same_seed_is_the_same_office(demo_file: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again.lanling", tmp_path / "other.lanling"
    demo.build(again, persons=400, clock=CLOCK)
    demo.build(other, persons=400, clock=CLOCK, seed=1)
    states = []
    for path in (again, other):
        with open_office(path, clock=CLOCK) as office:
            states.append(state_of(office))
    copy = tmp_path / "copy.lanling"
    copy.write_bytes(demo_file.read_bytes())  # records are compared, not files
    with open_office(copy, clock=CLOCK) as office:
        assert state_of(office) == states[0] != states[1]


def test_a_cancelled_building_leaves_nothing(tmp_path: Path) -> None:
    class Stop(Exception):  # noqa: N818
        pass

    def stop(_done: int, _total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        demo.build(tmp_path / "demo.lanling", persons=300, clock=CLOCK, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_an_office_in_its_place_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "demo.lanling"
    path.write_bytes(b"kept")
    with pytest.raises(OfficeError, match="已经存在"):
        demo.build(path, persons=300, clock=CLOCK)
    assert path.read_bytes() == b"kept"


@pytest.mark.parametrize("day", [(2020, 7, 1), (2021, 1, 1), (2030, 2, 28)])
def test_it_can_be_built_on_any_day(tmp_path: Path, day: tuple[int, int, int]) -> None:
    path = tmp_path / "demo.lanling"
    demo.build(path, persons=300, clock=fixed(*day))
    with open_office(path, clock=fixed(*day)) as office:
        assert check.check(office) == []


def test_an_office_too_small_for_its_posts_is_made_as_small_as_can_be(tmp_path: Path) -> None:
    """With 200 persons the building never ended: there were more posts than members."""
    made = demo.build(tmp_path / "小.lanling", persons=1)
    assert made.counts["person"] >= 300
