"""Every figure is what a slow count by hand gives, and opens the records behind it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import new_id, table_of
from lanling_desktop.hall import figures, rules
from lanling_desktop.hall.records import (
    ActionItem,
    AgendaItem,
    HallMeeting,
    MeetingHall,
    VisitorReception,
)
from lanling_desktop.opening import create_office, open_office
from lanling_desktop.places.records import Community
from tests.hall import month

TODAY = date(2026, 11, 23)
CLOCK = fixed(TODAY.year, TODAY.month, TODAY.day)
Row = dict[str, Any]


@dataclass
class Made:
    """An office of random records, and the records as they were made."""

    office: Office
    rows: dict[type, list[Row]]

    def community_of(self, kind: type, row: Row) -> str | None:
        return self.meeting(row)["community_id"] if kind is AgendaItem else row["community_id"]

    def hall_of(self, kind: type, row: Row) -> str | None:
        if kind is MeetingHall:
            return str(row["id"])
        return self.meeting(row)["hall_id"] if kind is AgendaItem else row["hall_id"]

    def meeting(self, row: Row) -> Row:
        return next(each for each in self.rows[HallMeeting] if each["id"] == row["meeting_id"])


def filled(path: Path, seed: int) -> Made:
    """An office of three halls in two communities, with anything a book may hold in it."""
    random = Random(seed)

    def day(empty: float = 0.0) -> date | None:
        if random.random() < empty:
            return None
        return TODAY - timedelta(days=random.choice((0, 1, 2, random.randrange(420))))

    rows: dict[type, list[Row]] = {}

    def add(kind: Any, /, **values: Any) -> str:
        row = {each.name: None for each in table_of(kind).columns} | values
        row["id"] = new_id()
        rows.setdefault(kind, []).append(row)
        return str(row["id"])

    places = [add(Community, name=f"{name}社区") for name in ("向阳", "和平")]
    halls = [
        add(
            MeetingHall,
            name=f"{n}号院红色议事厅",
            community_id=random.choice(places),
            valid_from=day(0.5),
            valid_to=day(0.8),
            fixed_day=n + 1,
        )
        for n in range(3)
    ]
    rows.update({kind: [] for kind in (HallMeeting, AgendaItem, ActionItem, VisitorReception)})
    binned = {"binned_at": "2026-11-22 10:00:00"}
    for _ in range(random.randrange(9)):
        hall = random.choice(rows[MeetingHall])
        shared = {"hall_id": hall["id"], "community_id": hall["community_id"]}
        status = random.choice((*rules.MEETING_STATES, rules.HELD, rules.HELD))
        meeting = add(
            HallMeeting,
            status=status,
            kind=random.choice(rules.MEETING_KINDS),
            held_on=day(0.1),
            attended=random.choice((None, 5, 12)),
            **shared,
        )
        for _ in range(random.randrange(4)):
            add(
                AgendaItem,
                meeting_id=meeting,
                source=random.choice((None, *rules.SOURCES)),
                disposal=random.choice((None, *rules.DISPOSALS)),
                **(binned if random.random() < 0.1 else {}),
            )
    for _ in range(random.randrange(12)):
        hall = random.choice(rows[MeetingHall])
        add(
            ActionItem,
            hall_id=hall["id"],
            community_id=hall["community_id"],
            status=random.choice(rules.STATES),
            raised_on=day(),
            due_on=day(0.1),
            finished_on=day(0.4),
            verified_on=day(0.4),
            satisfied=random.choice((None, *rules.SATISFACTION)),
            **(binned if random.random() < 0.1 else {}),
        )
    for _ in range(random.randrange(8)):
        add(
            VisitorReception,
            visited_on=day(),
            people=random.randrange(1, 5),
            hall_id=random.choice((None, *halls)),
            community_id=random.choice(places),
        )
    office = open_office(path, clock=CLOCK)
    office.load("随机", list(rows.items()))
    return Made(office, rows)


def by_hand(made: Made, first: date, last: date, where: tuple[str, str]) -> dict[str, int]:
    """The figures of domain.md 3.2, one record at a time and in no one's words but these."""
    end = min(last, TODAY)

    def mine(kind: type) -> Iterator[Row]:
        for row in made.rows[kind]:
            of = made.community_of if where[0] == "community" else made.hall_of
            if row["binned_at"] is None and (not where[1] or of(kind, row) == where[1]):
                yield row

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= end

    halls = [
        row
        for row in mine(MeetingHall)
        if (row["valid_from"] or end) <= end and (row["valid_to"] or date.max) > end
    ]
    months = range(first.month, end.month + 1)
    owed = [
        number
        for row in halls
        for number in months
        if first.month == last.month or (row["valid_from"] or first) < _after(end.year, number)
    ]
    held = [r for r in mine(HallMeeting) if r["status"] == "已召开" and within(r["held_on"])]
    topics = [
        row
        for row in mine(AgendaItem)
        if row["source"] != "上月遗留"
        and made.meeting(row)["status"] == "已召开"
        and within(made.meeting(row)["held_on"])
    ]
    items = list(mine(ActionItem))
    due = [row for row in items if within(row["due_on"]) and row["status"] != "挂账"]
    struck = [row for row in items if row["status"] == "销号"]
    over = ("办结待核", "销号")
    return {
        "halls": len(halls),
        "due": len(owed),
        "held": sum(row["kind"] == "例会" for row in held),
        "extra": sum(row["kind"] == "临时" for row in held),
        "attendance": sum(row["attended"] or 0 for row in held),
        "visitors": sum(r["people"] for r in mine(VisitorReception) if within(r["visited_on"])),
        "raised": len(topics),
        "at_once": sum(row["disposal"] == "当场解决" for row in topics),
        "by_a_day": sum(row["disposal"] == "限期解决" for row in topics),
        "closed": sum(within(row["verified_on"]) for row in struck),
        "open": sum(
            row["raised_on"] <= end
            and (row["status"] != "销号" or (row["verified_on"] or date.min) > end)
            for row in items
        ),
        "overdue": sum(
            (row["due_on"] or date.max) < end
            and row["status"] != "挂账"
            and (row["status"] not in over or (row["finished_on"] or date.min) > end)
            for row in items
        ),
        "due_items": len(due),
        "on_time": sum(
            row["status"] in over and (row["finished_on"] or date.max) <= row["due_on"]
            for row in due
        ),
        "asked": sum(within(row["verified_on"]) and bool(row["satisfied"]) for row in struck),
        "content": sum(
            within(row["verified_on"]) and row["satisfied"] in ("满意", "基本满意")
            for row in struck
        ),
    }


def _after(year: int, month_number: int) -> date:
    """The first day of the month that follows."""
    return date(year + month_number // 12, month_number % 12 + 1, 1)


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("figures") / "空.lanling"
    create_office(path, clock=CLOCK).close()
    return path


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**9), back=st.integers(0, 14))
def test_every_figure_is_counted_right_and_opens_its_records(
    empty_file: Path, tmp_path: Path, seed: int, back: int
) -> None:
    path = tmp_path / f"{new_id()}.lanling"
    shutil.copy(empty_file, path)
    made = filled(path, seed)
    with made.office as office:
        day = TODAY - timedelta(days=30 * back)
        hall = made.rows[MeetingHall][0]
        for period in (figures.month_of(day), figures.year_of(day.year)):
            for where in (("all", ""), ("community", hall["community_id"]), ("hall", hall["id"])):
                asked = {f"{where[0]}_id": where[1]} if where[1] else {}
                found = figures.figures(office, period, **asked)
                counted = by_hand(made, period.first, period.last, where)
                assert {f.key: f.value for f in found if f.key in counted} == counted
                for each in found:
                    prove(office, each, counted)
            table_adds_up(office, made, period)
    path.unlink()


def prove(office: Office, each: figures.Figure, counted: dict[str, int]) -> None:
    """What the figure opens has as many rows as it says, or a column that adds up to it."""
    assert each.view is not None
    assert all(each.steps), "every figure says how it was counted"
    rows = list(office.walk(each.view, keys=(each.sums,) if each.sums else ()))
    if each.sums:
        assert sum(int(row[1] or 0) for row in rows) == each.value
    elif each.key in counted:
        assert len(rows) == each.value
    else:
        part, whole = {
            "on_time_rate": ("on_time", "due_items"),
            "closing_rate": ("closed", "raised"),
            "content_rate": ("content", "asked"),
        }[each.key]
        assert len(rows) == counted[whole]
        expected = "—" if not rows else f"{counted[part] * 100 / len(rows):.1f}%"
        assert (each.value is None) == (not rows)
        assert abs(float(each.text[:-1] or 0) - float(expected[:-1] or 0)) < 0.11


def table_adds_up(office: Office, made: Made, period: figures.Period) -> None:
    """The lines of the summary add up to the office, and each hall's line is that hall's."""
    whole = {f.key: f.value for f in figures.figures(office, period)}
    lines = figures.table(office, period)
    assert figures.total(lines) == {key: whole[key] for key in figures.total(lines)}
    places = figures.table(office, period, "community")
    assert figures.total(places) == figures.total(lines)
    assert len({each.community_id for each in places}) == len(places)
    for hall in {line.hall_id for line in lines} - {""}:
        own = figures.total(line for line in lines if line.hall_id == hall)
        assert own == by_hand(made, period.first, period.last, ("hall", hall))


def test_the_bars_are_the_months_figures(desk_office: Office) -> None:
    hall = month.hall(desk_office)
    month.held(desk_office, hall, date(2026, 10, 10))
    found = figures.bars(desk_office, 2026, hall)
    assert found.months[9] == "10月"
    assert found.raised == (0,) * 9 + (3, 0, None), "December is still to come"
    assert found.closed == (0,) * 11 + (None,)
    assert figures.bars_by_hall(desk_office, 2026) == {hall: found}
    then = figures.bars(desk_office, 2026, hall, until=date(2026, 9, 30))
    assert then.raised == (0,) * 9 + (None,) * 3, "as it was at the end of September"
    for number in (10, 11):
        own = {f.key: f.value for f in figures.monthly(desk_office, date(2026, number, 1))}
        assert (found.raised[number - 1], found.closed[number - 1]) == (
            own["raised"],
            own["closed"],
        )


def test_a_figure_says_its_steps(desk_office: Office) -> None:
    hall = month.hall(desk_office)
    month.held(desk_office, hall, date(2026, 11, 10))
    found = {f.key: f for f in figures.monthly(desk_office, TODAY, hall_id=hall)}
    assert found["raised"].steps == (
        "范围：兰陵花园红色议事厅",
        "2026年11月1日至2026年11月23日召开的会议的议题，不含上月遗留的",
        "共 3 件",
    )
    assert found["on_time_rate"].steps[-1] == "按时办结 0 件 ÷ 到期事项 1 件 ＝ 0.0%"
    assert desk_office.count(found["overdue"].view or View("")) == 1
    empty = {f.key: f for f in figures.monthly(desk_office, date(2025, 1, 5))}
    assert empty["closing_rate"].text == "—"
    assert empty["closing_rate"].value is None


def test_few_statements_however_many_halls(
    desk_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("东苑", "西苑", "南园", "北苑"):
        desk_office.save("meeting_hall", None, {"name": f"{name}红色议事厅", "fixed_day": "10"})
    asked = []
    rows = desk_office.store.rows
    monkeypatch.setattr(desk_office.store, "rows", lambda said: asked.append(said) or rows(said))
    assert len(figures.table(desk_office, TODAY)) == 4
    assert len(asked) <= len(figures.COUNTS) + 2
