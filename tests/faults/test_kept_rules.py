"""C.3 E, rows 61 and 62: deadlines over the State Council's breaks; what is in use stays."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from lanling_desktop.core.clock import Clock
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.hall import actions
from lanling_desktop.opening import create_office
from lanling_desktop.standards import workdays
from tests.hall import month
from tests.office import state_of

TABLE = Path(__file__).parents[1] / "standards" / "files" / "deadlines.csv"
"""Worked with the package chinesecalendar 1.11, which was typed from the same notices by others."""


@pytest.mark.fault(61)
def test_two_hundred_deadlines_are_as_another_calendar_counts_them() -> None:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 200
    known = workdays.shipped()
    over = 0
    for row in rows:
        start, asked = date.fromisoformat(row["start"]), int(row["workdays"])
        found = workdays.add_workdays(start, asked, known)
        assert found.date.isoformat() == row["end"], row
        assert found.unknown_years == ()
        plain = (start + timedelta(days=each) for each in range(1, 400))
        by_week = [day for day in plain if day.weekday() < 5][asked - 1]
        over += by_week != found.date
    assert over > 80, "most of the table lies over a break or a worked weekend"


@pytest.mark.fault(61)
@pytest.mark.parametrize("moment", [(9, 0, 0), (17, 59, 59), (23, 59, 59)])
def test_the_hour_at_which_it_is_given_changes_no_deadline(
    tmp_path: Path, moment: tuple[int, int, int]
) -> None:
    now = datetime(2026, 9, 30, *moment)  # noqa: DTZ001
    with create_office(tmp_path / "甲.lanling", clock=Clock(now=lambda: now)) as office:
        office.desk.put("community", office.save("community", None, {"name": "向阳社区"}).main)
        hall = month.hall(office)
        meeting = month.meeting(office, hall, date(2026, 9, 30))
        actions.raise_matter(office, meeting_id=meeting, title="路灯不亮", source="居民来访")
        actions.hold_meeting(office, meeting_id=meeting, held_on=date(2026, 9, 30))
        (item,) = month.matters(office, meeting).values()
        actions.decide(
            office, agenda_item_id=item, disposal="限期解决", decision="换灯",
            responsible="李敏", workdays=3,
        )  # fmt: skip
        (line,) = month.ledger(office).values()
        told = office.read("action_item", line)
        assert told["due_on"] == date(2026, 10, 10), "八天假，周六 10 月 10 日上班"
        assert "国庆" in told["due_steps"]


@pytest.mark.fault(61)
@pytest.mark.parametrize("year", [2023, 2027, 2031])
def test_a_year_nobody_has_a_notice_of_is_named(desk_office: Office, year: int) -> None:
    found = actions.deadline(desk_office, date(year, 9, 29), 5)
    assert found.unknown_years == (year,)
    assert f"{year}年放假安排未录入，按周一至周五估算" in found.steps


USED = {
    "household": "家庭成员",
    "grid": "网格员",
    "salary_scheme": "已经启用",
    "pay_run": "已经发放",
    "party_organisation": "党组织",
    "compound": "户",
    "community": "居民",
}


@pytest.mark.fault(62)
@pytest.mark.parametrize("register", USED)
def test_what_is_in_use_is_not_deleted_and_what_uses_it_is_listed(
    demo_office: Office, register: str
) -> None:
    """As the row says: with the list of what hangs on it, or the way to put it out of use."""
    record = demo_office.page(View(register), 0, 1)[0][0]
    before = state_of(demo_office)
    with pytest.raises(OfficeError, match=USED[register]) as refused:
        demo_office.bin(register, record, "录错")
    assert "没有" in refused.value.safe or "未" in refused.value.safe
    assert any(word in refused.value.then for word in ("停用", "更正"))
    assert state_of(demo_office) == before
