"""The grades of domain.md 2.5, and the days on which they change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.salary.grade import (
    Assessed,
    Facts,
    Held,
    Period,
    add_months,
    coming_steps,
    determine_grade,
    higher_kept,
    schooling_of,
)
from lanling_desktop.salary.scheme import Scheme
from tests.salary.test_scheme import example

DAY = date(2026, 1, 1)


def bare(**tenure: object) -> Scheme:
    plain = example("demo")
    none = replace(plain.education, mode="none")
    return replace(plain, education=none, tenure=replace(plain.tenure, **tenure))


def usual(key: str) -> Scheme:
    """A published scheme with the switches its source leaves open set as in domain.md 2.5."""
    published, demo = example(key), example("demo")
    none = replace(published.honour, mode=published.honour.mode or "none")
    return replace(published, tenure=demo.tenure, honour=none)


def served(post: str, years: int, **more: object) -> Facts:
    return Facts(post, (Period(date(2026 - years, 1, 1)),), **more)


@pytest.mark.parametrize(
    ("post", "years", "grade"),
    [("工作人员", 0, 1), ("工作人员", 3, 1), ("工作人员", 4, 2), ("工作人员", 36, 12),
     ("工作人员", 40, 12), ("副职", 10, 7), ("正职", 10, 10)],
)  # fmt: skip
def test_three_by_eighteen(post: str, years: int, grade: int) -> None:
    found = determine_grade(served(post, years), bare(), DAY)
    assert found.grade == grade
    assert found.steps[-1] == f"认定为 {grade} 级"


def test_every_full_three_years_another_band() -> None:
    assert determine_grade(served("工作人员", 3), bare(banding="floor_plus1"), DAY).grade == 2


def test_jinan_education() -> None:
    jinan = usual("jinan")
    whole = schooling_of("大学本科毕业", "学士", date(2010, 7, 1))
    half = schooling_of("大学本科毕业", None, date(2010, 7, 1))
    assert whole is not None
    assert half is not None
    assert determine_grade(served("工作人员", 4, schooling=(whole,)), jinan, DAY).grade == 3
    found = determine_grade(served("工作人员", 3, schooling=(half,)), jinan, DAY)
    assert found.grade == 2
    assert "本科，学历学位只有一项，视同工作 1 年" in found.steps


def test_hohhot_certificates_do_not_stack() -> None:
    hohhot = usual("hohhot")
    held = (Held("初级", date(2020, 1, 1)), Held("中级", date(2021, 1, 1)))
    assert determine_grade(served("工作人员", 9, certificates=held), hohhot, DAY).grade == 5


def test_a_lapsed_certificate_and_an_unqualified_year_do_not_count() -> None:
    hohhot = usual("hohhot")
    gone = (Held("中级", date(2020, 1, 1), date(2024, 1, 1)),)
    assert determine_grade(served("工作人员", 9, certificates=gone), hohhot, DAY).grade == 3
    facts = served("工作人员", 4, assessments=(Assessed(2024, "不称职"),))
    assert determine_grade(facts, bare(), DAY).grade == 2
    found = determine_grade(facts, bare(exclude_unqualified_years=True), DAY)
    assert found.grade == 1
    assert "2024 年考核不称职，不计工龄" in found.steps


def test_an_honour_adds_what_is_known_and_names_what_is_not() -> None:
    rule = replace(example("shandong").honour, grades={"功勋": None})
    facts = served("工作人员", 3, honours=(Held("功勋", date(2020, 1, 1)),))
    with pytest.raises(OfficeError, match="荣誉“功勋”的加级还没有填"):
        determine_grade(facts, replace(bare(), honour=rule), DAY)


@pytest.mark.fault(59)
def test_a_gap_counts_only_where_the_scheme_says_so() -> None:
    periods = (Period(date(2008, 1, 1), date(2012, 1, 1)), Period(date(2023, 1, 1)))
    facts = Facts("工作人员", periods)
    assert determine_grade(facts, bare(), DAY).grade == 3  # 4 + 3 years
    assert determine_grade(facts, bare(exclude_gaps=False), DAY).grade == 6  # 18 years
    with pytest.raises(OfficeError, match="年限 扣除间断还没有填"):
        determine_grade(facts, bare(exclude_gaps=None), DAY)
    whole = Facts("工作人员", (Period(date(2008, 1, 1)),))
    assert determine_grade(whole, bare(exclude_gaps=None), DAY).grade == 6


@pytest.mark.fault(59)
def test_spare_days_make_a_month_and_leap_days_end() -> None:
    periods = (Period(date(2016, 3, 1), date(2018, 2, 16)), Period(date(2019, 12, 17)))
    # 23 months 15 days and 6 years 15 days: the spare days make the 24th month.
    found = determine_grade(Facts("工作人员", periods), bare(years_per_band=1), DAY)
    assert found.grade == 8
    assert add_months(date(2016, 2, 29), 12) == date(2017, 2, 28)
    assert add_months(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert add_months(date(2025, 11, 30), 1) == date(2025, 12, 30)


@pytest.mark.fault(59)
def test_steps_come_on_the_day_the_scheme_says() -> None:
    facts = Facts("工作人员", (Period(date(2023, 5, 10)),))
    day = date(2026, 3, 1)
    jan = coming_steps(facts, bare(banding="floor_plus1"), day)
    assert [(each.on, each.before, each.after) for each in jan] == [(date(2027, 1, 1), 1, 2)]
    at_once = coming_steps(facts, bare(banding="floor_plus1", adjust_on="anniversary"), day)
    assert [each.on for each in at_once] == [date(2026, 5, 10)]
    later = coming_steps(facts, bare(banding="floor_plus1", adjust_on="next_month"), day)
    assert [each.on for each in later] == [date(2026, 6, 1)]


def test_the_higher_grade_is_kept_only_where_the_scheme_says_so() -> None:
    found = determine_grade(served("工作人员", 10), bare(), DAY)
    assert higher_kept(bare(), 9, found).grade == found.grade
    kept = higher_kept(replace(bare(), keep_higher=True), 9, found)
    assert kept.grade == 9
    assert "就高" in kept.steps[-1]
