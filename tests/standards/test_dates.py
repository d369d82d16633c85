from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.standards import dates

TODAY = date(2026, 11, 22)

GOOD = [
    ("20261122", date(2026, 11, 22)),
    ("２０２６１１２２", date(2026, 11, 22)),
    ("2026-11-22", date(2026, 11, 22)),
    ("2026-1-2", date(2026, 1, 2)),
    ("1990.5.1", date(1990, 5, 1)),
    ("1990．05．01", date(1990, 5, 1)),
    ("1990/5/1", date(1990, 5, 1)),
    ("1990年5月1日", date(1990, 5, 1)),
    ("1990 年 5 月 1 日", date(1990, 5, 1)),
    ("1990年5月1", date(1990, 5, 1)),
    ("1990年5月1号", date(1990, 5, 1)),
    ("1990—5—1", date(1990, 5, 1)),
    ("1990 5 1", date(1990, 5, 1)),
    ("1990.5.1.", date(1990, 5, 1)),
    ("'1990-05-01", date(1990, 5, 1)),
    ("1990-05-01 00:00:00", date(1990, 5, 1)),
    ("1990-05-01T08:30", date(1990, 5, 1)),
    ("1949-10-01", date(1949, 10, 1)),
    ("2024-02-29", date(2024, 2, 29)),
    ("11-22", date(2026, 11, 22)),
    ("11.22", date(2026, 11, 22)),
    ("1122", date(2026, 11, 22)),
    ("0301", date(2026, 3, 1)),
    ("3/1", date(2026, 3, 1)),
    ("3月1日", date(2026, 3, 1)),
    ("+3", date(2026, 11, 25)),
    ("＋3", date(2026, 11, 25)),
    ("-2", date(2026, 11, 20)),
    ("+30天", date(2026, 12, 22)),
    ("今", TODAY),
    ("今天", TODAY),
    ("昨", date(2026, 11, 21)),
    ("昨天", date(2026, 11, 21)),
    ("明", date(2026, 11, 23)),
    ("明天", date(2026, 11, 23)),
    ("后天", date(2026, 11, 24)),
    ("前天", date(2026, 11, 20)),
    ("月初", date(2026, 11, 1)),
    ("月底", date(2026, 11, 30)),
    ("本月底", date(2026, 11, 30)),
    ("年初", date(2026, 1, 1)),
    ("年底", date(2026, 12, 31)),
    ("今年底", date(2026, 12, 31)),
    (datetime(2026, 11, 22, 9, 30), date(2026, 11, 22)),  # noqa: DTZ001 - a cell's value
    (date(1931, 9, 18), date(1931, 9, 18)),
    (20261122, date(2026, 11, 22)),
    (20261122.0, date(2026, 11, 22)),
    (46348, date(2026, 11, 22)),
    (46348.75, date(2026, 11, 22)),
    (7306, date(1920, 1, 1)),
]

MONTHS = [
    ("1990年5月", date(1990, 5, 1)),
    ("1990年05月份", date(1990, 5, 1)),
    ("1990.05", date(1990, 5, 1)),
    ("1990-5", date(1990, 5, 1)),
    ("1990/5", date(1990, 5, 1)),
    ("199005", date(1990, 5, 1)),
    ("202611", date(2026, 11, 1)),
    (199005, date(1990, 5, 1)),
]

BAD = [
    ("990501", "年份只有两位"),
    ("261122", "年份只有两位"),
    ("90.5.1", "年份只有两位"),
    ("90年5月1日", "年份只有两位"),
    ("90年5月", "年份只有两位"),
    ("90年", "年份只有两位"),
    ("1/5/1990", "年份写在最前面"),
    ("5/1990", "年份写在最前面"),
    ("20260230", "2026年2月没有30日"),
    ("2026-13-01", "没有13月"),
    ("2025-02-29", "没有29日"),
    ("02-29", "2026年2月没有29日"),
    ("1332", "没有13月"),
    ("199013", "没有13月"),
    ("0990-01-01", "不合常理"),
    ("30000101", "不合常理"),
    ("1990", "缺少月和日"),
    ("1990年", "缺少月和日"),
    ("46348", "2026年11月22日"),
    ("去年夏天", "看不出"),
    ("不详", "看不出"),
    ("1", "看不出"),
    ("1990-05-01-02", "看不出"),
    (True, "看不出"),
    (-5, "不是日期"),
    (float("nan"), "不是日期"),
    (60, "不是日期"),
    (1990.5, "看不出是几月"),  # what a sheet makes of a typed 1990.5, and of 1990.50
    (1990.1, "看不出是几月"),
    (1949.01, "看不出是几月"),
    (2199.12, "看不出是几月"),
    (1990, "缺少月和日"),
    (5.1, "不是日期"),
    (36, "不是日期"),
    (1122, "不是日期"),
    (5420, "不是日期"),
    (7305, "不是日期"),  # 1919-12-31
    ("1990" + "\u2003" * 30_000 + "x", "看不出"),
]


@pytest.mark.fault(46)
@pytest.mark.parametrize(("said", "day"), GOOD)
def test_typed_dates(said, day):
    assert dates.parse(said, TODAY) == dates.ParsedDate(day)


@pytest.mark.parametrize(("said", "day"), MONTHS)
def test_months_are_kept_only_where_allowed(said, day):
    assert dates.parse(said, TODAY, allow_month=True) == dates.ParsedDate(day, "month")
    refused = dates.parse(said, TODAY)
    assert refused is not None
    assert (refused.value, refused.precision) == (None, "month")
    assert "缺少日" in (refused.problem or "")


@pytest.mark.fault(46)
@pytest.mark.parametrize(("said", "word"), BAD)
def test_what_is_refused_says_why(said, word):
    found = dates.parse(said, TODAY, allow_month=True)
    assert found is not None
    assert found.value is None
    assert word in (found.problem or "")


@pytest.mark.parametrize("said", ["", "  ", None, "\u200b"])
def test_nothing_is_nothing(said):
    assert dates.parse(said, TODAY) is None


@pytest.mark.parametrize(
    ("today", "said", "day"),
    [
        (date(2024, 1, 31), "月底", date(2024, 1, 31)),
        (date(2024, 2, 1), "月底", date(2024, 2, 29)),
        (date(2026, 12, 31), "月底", date(2026, 12, 31)),
        (date(2026, 12, 31), "明", date(2027, 1, 1)),
    ],
)
def test_ends_of_months(today, said, day):
    assert dates.parse(said, today) == dates.ParsedDate(day)


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_what_is_shown_can_be_typed_back(day):
    for shown in (dates.screen(day), dates.paper(day), dates.screen(day).replace("-", "")):
        assert dates.parse(shown, TODAY) == dates.ParsedDate(day)


@given(st.text() | st.text("0123456789-./年月日+ ", max_size=12))
def test_any_text_is_a_date_or_a_problem(said):
    found = dates.parse(said, TODAY)
    assert found is None or (found.value is None) == bool(found.problem)


def test_serials():
    assert dates.from_serial(1) == date(1900, 1, 1)
    assert dates.from_serial(59) == date(1900, 2, 28)
    assert dates.from_serial(61) == date(1900, 3, 1)
    assert dates.from_serial(44927.999) == date(2023, 1, 1)
    assert dates.from_serial(0, date1904=True) == date(1904, 1, 1)
    assert dates.from_serial(44886 - 1421, date1904=True) == date(2023, 1, 1)
    for wrong in (0, -1, 60, 3e6, float("inf")):
        with pytest.raises(ValueError, match="序号"):
            dates.from_serial(wrong)


def test_shown():
    assert dates.paper(date(2026, 1, 2)) == "2026年1月2日"
    assert dates.screen(date(987, 1, 2)) == "0987-01-02"
