"""Backups are thinned by the days that have any; a clock that jumped costs nothing that is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.safety.thinning import jumped, thinned

NOW = datetime(2026, 11, 23, 17, 0)  # noqa: DTZ001


def a_year() -> list[datetime]:
    """Four backups on each of 400 days."""
    return [NOW - timedelta(days=day, hours=hour) for day in range(400) for hour in (0, 2, 4, 6)]


def test_a_year_of_work_keeps_all_of_two_days_12_daily_10_weekly_9_monthly() -> None:
    made = a_year()
    kept = sorted(set(made) - set(thinned(made, NOW)), reverse=True)
    assert [each for each in kept if (NOW - each).days < 2] == sorted(made, reverse=True)[:8]
    days = [each.date() for each in kept]
    assert all(NOW.date() - timedelta(days=back) in days for back in range(12))
    assert len({each.isocalendar()[:2] for each in kept}) >= 10
    assert len({(each.year, each.month) for each in kept}) == 9
    assert len(kept) <= 8 + 12 + 10 + 9
    assert (NOW - kept[-1]).days > 200


@pytest.mark.fault(11)
def test_a_clock_put_ahead_costs_one_backup_of_each_row_and_no_more() -> None:
    made = a_year()
    future = NOW.replace(year=2030)
    before = set(made) - set(thinned(made, NOW))
    after = set(made) - set(thinned([*made, future], future))
    assert len(before - after) <= 1 + 1 + 1 + 4
    assert max(made) in after


@pytest.mark.fault(11)
def test_a_clock_put_back_deletes_nothing() -> None:
    made = a_year()
    past = NOW.replace(year=2020)
    assert thinned([*made, past], past) == []
    assert thinned([*made, NOW.replace(year=2030)], NOW) == thinned(made, NOW)


moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001


@given(st.lists(moments, max_size=200), moments)
def test_the_newest_stays_and_thinning_twice_changes_nothing(
    made: list[datetime], now: datetime
) -> None:
    gone = thinned(made, now)
    left = [each for each in made if each not in gone]
    assert thinned(left, now) == []
    if made:
        assert max(made) in left
        assert len(gone) < len(made)
    assert all(each <= now + timedelta(days=1) for each in gone)


@pytest.mark.fault(11)
def test_a_wrong_clock_is_said() -> None:
    assert "还早" in jumped(NOW.replace(year=2020), NOW)
    assert "晚了" in jumped(NOW.replace(year=2030), NOW)
    assert jumped(NOW, NOW - timedelta(days=200)) == ""
    assert jumped(NOW, None) == ""
