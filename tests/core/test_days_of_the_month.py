"""A day of the month is typed as it is said."""

from __future__ import annotations

from datetime import date

import pytest

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.values import convert

DAY = Field("固定议事日", Kind.INTEGER)


@pytest.mark.parametrize("typed", ["15", "15日", "每月15日", "每月 15 号", "１５"])
def test_a_day_of_the_month(typed: str) -> None:
    assert convert(DAY, typed, date(2026, 11, 23)).value == 15


@pytest.mark.parametrize("typed", ["每月", "十五日前", "每月15日16"])
def test_what_is_no_day(typed: str) -> None:
    assert convert(DAY, typed, date(2026, 11, 23)).problem
