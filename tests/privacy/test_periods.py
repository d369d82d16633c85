"""保管期限: rows the office types, the day a period is over, who is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop import catalogue
from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.people import actions
from lanling_desktop.privacy import rules


def period(office: Office, what: str, **more: object) -> str:
    typed = {"what": what, "basis": "兰民发〔2026〕1号", **more}
    return office.save("retention_period", None, typed).main


def departed(office: Office, name: str, state: str, day: date) -> str:
    made = office.save("person", None, {"name": name}, confirmed=True).main
    actions.record_departure(office, person_id=made, state=state, day=day)
    return made


def due(office: Office, register: str = "person", day: date | None = None) -> set[str]:
    return {row[0] for row in office.walk(View(register, ready="due", day=day))}


@given(ended=st.dates(date(1950, 1, 1), date(2100, 1, 1)), years=st.integers(1, 60))
def test_a_period_is_over_on_the_same_day_so_many_years_later(ended: date, years: int) -> None:
    found = rules.due_on(ended, years)
    assert found.year == ended.year + years
    leap = (ended.month, ended.day) == (2, 29) and found.month == 3
    assert leap or (found.month, found.day) == (ended.month, ended.day)


def test_every_word_names_a_register_and_a_column() -> None:
    for term in rules.TERMS:
        register = catalogue.registers()[term.register]
        assert not term.since or term.since in register.all_columns
        assert term.since or term.years == 0


def test_nothing_is_shipped_and_what_a_source_says_is_proposed(desk_office: Office) -> None:
    assert desk_office.count(View("retention_period")) == 0
    register = desk_office.registers["retention_period"]
    assert register.proposed(desk_office, {"what": "居民迁出"}) == {}
    assert register.proposed(desk_office, {"what": "工资单"})["years"] == 30
    assert register.proposed(desk_office, {"what": "党员名册"})["forever"] is True


def test_a_period_is_years_or_for_good(desk_office: Office) -> None:
    for wrong in ({}, {"years": "5", "forever": "是"}):
        with pytest.raises(RejectedError):
            period(desk_office, "居民迁出", **wrong)


def test_who_is_due_is_listed_from_the_day_on(desk_office: Office) -> None:
    office, today = desk_office, desk_office.today
    gone = departed(office, "赵一", "迁出", date(2021, 11, 23))
    later = departed(office, "钱二", "迁出", date(2021, 11, 24))
    dead = departed(office, "孙三", "死亡", date(2021, 1, 1))
    assert due(office) == set(), "no period, nobody due"
    period(office, "居民迁出", years="5")
    assert due(office) == {gone}
    assert due(office, day=today + timedelta(1)) == {gone, later}
    period(office, "居民死亡", forever="是")
    assert dead not in due(office, day=date(2100, 1, 1))


def test_a_visit_is_due_by_its_day(desk_office: Office) -> None:
    visit = {"name": "李四", "visited_on": "2020-02-29", "matter": "路灯"}
    made = desk_office.save("visitor_reception", None, visit, confirmed=True).main
    period(desk_office, "来访登记", years="3")
    assert due(desk_office, "visitor_reception") == {made}


def test_one_kept_longer_is_not_due_until_then(desk_office: Office) -> None:
    office = desk_office
    gone = departed(office, "赵一", "迁出", date(2020, 1, 1))
    period(office, "居民迁出", years="5")
    said = {"kept_until": "2030-01-01", "reason": "低保追诉期未过", "approver": "王书记"}
    office.perform("person", gone, "keep_longer", said)
    assert due(office) == set()
    assert due(office, day=date(2030, 1, 1)) == {gone}
    (row,) = office.page(View("disposal"), 0, 5, keys=("number", "decision", "register"))
    assert row[1:] == ("处置2026-0001", "续存", "居民迁出")
    office.undo()
    assert due(office) == {gone}


def test_nobody_is_kept_longer_before_the_period_is_over(desk_office: Office) -> None:
    office = desk_office
    said = {"kept_until": "2030-01-01", "reason": "需要", "approver": "王书记"}
    gone = departed(office, "赵一", "迁出", date(2024, 1, 1))
    with pytest.raises(OfficeError, match="还没有定保管期限"):
        office.perform("person", gone, "keep_longer", said)
    period(office, "居民迁出", years="5")
    with pytest.raises(OfficeError, match="要保管到 2029-01-01"):
        office.perform("person", gone, "keep_longer", said)
