"""What a typed or received value becomes: bounded, named when refused, nothing lost in silence."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.values import convert

TODAY = date(2026, 11, 23)
COUNT = Field("座位数", Kind.INTEGER)
MONEY = Field("金额", Kind.MONEY)


@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.MONEY])
@pytest.mark.parametrize(
    "raw", ["1e9999999", "1e400", "9" * 30, "9" * 400, "1e16", 1e300, "-1e9999999", 2**63]
)
def test_a_number_no_column_holds_is_refused_by_name(kind: Kind, raw: object) -> None:
    # In a process of its own, as what is wrong would not end within any test's time.
    code = (
        "from datetime import date\n"
        "from lanling_desktop.core.field import Field, Kind\n"
        "from lanling_desktop.core.values import convert\n"
        f"found = convert(Field('数', Kind('{kind.value}')), {raw!r}, date(2026, 11, 23))\n"
        "assert '太大' in found.problem, found\n"
        "assert len(found.problem) < 100\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=20)


@pytest.mark.parametrize("raw", ["1e-9999999", "0." + "1" * 5_000, "1.5e-400"])
def test_a_fraction_without_end_is_refused_by_name(raw: str) -> None:
    assert "整数" in convert(COUNT, raw, TODAY).problem
    assert "最多到分" in convert(MONEY, raw, TODAY).problem


def test_the_largest_amount_fits_a_database_column() -> None:
    stored = convert(MONEY, "9999999999999999.99", TODAY).value
    assert stored == 10**18 - 1 < 2**63


def test_a_count_is_not_below_nought_but_an_amount_may_be() -> None:
    assert "不能小于 0" in convert(COUNT, "-3", TODAY).problem
    assert convert(COUNT, "0", TODAY).value == 0
    assert convert(Field("加减分", Kind.INTEGER, least=None), "-3", TODAY).value == -3
    assert convert(MONEY, "-12.50", TODAY).value == -1250


@pytest.mark.parametrize("typed", ["-", "—", "/", "'abc", "＇甲", "'红色'物业", "+86"])
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG_TEXT])
def test_odd_words_are_kept_as_they_are_written(kind: Kind, typed: str) -> None:
    assert convert(Field("备注", kind), typed, TODAY).value == typed


def test_a_quotation_mark_before_a_figure_is_a_sheets_own() -> None:
    assert convert(Field("户号"), "'0012", TODAY).value == "0012"


@pytest.mark.parametrize("kind", [each for each in Kind if each not in (Kind.TEXT, Kind.LONG_TEXT)])
def test_a_dash_says_elsewhere_that_there_is_nothing(kind: Kind) -> None:
    done = convert(Field("栏", kind, choices=("男", "女")), "—", TODAY)
    assert (done.value, done.problem) == (None, "")
