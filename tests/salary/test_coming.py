"""Grades that will change: the days found are those a day-by-day look finds; the list and its paper."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lanling_desktop import catalogue
from lanling_desktop.core.office import Office
from lanling_desktop.printing import preview
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.salary import deciding
from lanling_desktop.salary.coming import coming
from lanling_desktop.salary.grade import (
    Facts,
    Held,
    Period,
    add_months,
    coming_steps,
    determine_grade,
)
from lanling_desktop.salary.scheme import Scheme
from tests.salary.payroll import hire, scheme_id, staffed
from tests.salary.test_grade import bare

DAYS = st.dates(date(2005, 1, 1), date(2027, 12, 31))


def day_by_day(facts: Facts, scheme: Scheme, day: date) -> list[tuple[date, int, int]]:
    found, before, at = [], determine_grade(facts, scheme, day).grade, day
    while at < add_months(day, 12):
        at += timedelta(days=1)
        grade = determine_grade(facts, scheme, at).grade
        if grade != before:
            found.append((at, before, grade))
        before = grade
    return found


@settings(deadline=None, max_examples=60)
@given(
    begun=st.dates(date(2005, 1, 1), date(2026, 6, 1)),
    certified=st.lists(DAYS, max_size=2),
    adjust=st.sampled_from(["january", "anniversary", "next_month"]),
    years=st.sampled_from([1, 2, 3]),
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_the_same_days_as_day_by_day(
    begun: date, certified: list[date], adjust: str, years: int, day: date
) -> None:
    held = tuple(
        Held(level, on) for level, on in zip(("初级", "中级"), sorted(certified), strict=False)
    )
    facts = Facts("工作人员", (Period(begun),), certificates=held)
    scheme = bare(banding="floor_plus1", adjust_on=adjust, years_per_band=years)
    told = [(each.on, each.before, each.after) for each in coming_steps(facts, scheme, day)]
    assert told == day_by_day(facts, scheme, day)


def test_what_is_due_stands_first_and_says_why(desk_office: Office) -> None:
    zhang, li = staffed(desk_office, "张三", "李四")
    assert not [each for each in coming(desk_office) if each.due]
    desk_office.save(
        "worker_education",
        None,
        {"worker_id": zhang, "level": "大学本科毕业", "degree": "学士", "awarded_on": "2026-01-05"},
        confirmed=True,
    )
    first = coming(desk_office)[0]
    assert (first.name, first.due) == ("张三", True)
    assert first.after > first.before
    assert "按现在的情况应重新认定" in first.why
    deciding.decide(
        desk_office, worker_id=zhang, scheme_id=scheme_id(desk_office), day=desk_office.today
    )
    assert not [each for each in coming(desk_office) if each.due]
    assert li


def test_the_paper_has_every_step(desk_office: Office) -> None:
    staffed(desk_office, "张三", "李四")
    for year in range(2012, 2020):
        hire(desk_office, f"王{year}", hired=date(year, 3, 1))
    deciding.decide_all(desk_office, scheme_id=scheme_id(desk_office), day=desk_office.today)
    steps = coming(desk_office)
    assert steps
    pdf = print_paper(desk_office, catalogue.papers()["grade_coming"], Request()).pdf
    text = "".join(preview.page_text(pdf, 0).split())
    assert "等级变动预告表" in text
    for each in steps:
        assert each.name in text
        assert "".join(each.why.split()) in text


def test_without_a_scheme_nothing_comes(desk_office: Office) -> None:
    assert coming(desk_office) == []
