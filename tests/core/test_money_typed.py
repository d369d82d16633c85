"""Money as clerks and sheets write it: to the fen or refused, never cut, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.values import convert, display
from lanling_desktop.standards.amounts import format_fen

FIELD, TODAY = Field("金额", Kind.MONEY), date(2026, 11, 23)


@pytest.mark.fault(58)
@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1234.5", 123_450),
        ("1,234.50", 123_450),
        ("1，234.50", 123_450),
        ("￥1,234.50", 123_450),
        ("1234.50元", 123_450),
        ("１２３４．５", 123_450),
        ("-12.30", -1_230),
        ("1e9", 100_000_000_000),
        ("9,999,999.99", 999_999_999),
    ],
)
def test_an_amount_is_read_to_the_fen(typed: str, fen: int) -> None:
    assert convert(FIELD, typed, TODAY).value == fen


@pytest.mark.fault(58)
@pytest.mark.parametrize(
    "typed", ["0.005", "9,999,999.995", "1,23", "12,34.5", "1,2345", "壹仟", "1.2.3", "nan"]
)
def test_what_is_not_sure_is_refused_and_shown(typed: str) -> None:
    done = convert(FIELD, typed, TODAY)
    assert done.value is None
    assert f"“{typed}”" in done.problem


@pytest.mark.fault(58)
@given(st.integers(-(10**13), 10**13))
def test_what_is_shown_is_read_back(fen: int) -> None:
    assert convert(FIELD, display(FIELD, fen), TODAY).value == fen
    assert convert(FIELD, f"￥{format_fen(abs(fen))}元", TODAY).value == abs(fen)
