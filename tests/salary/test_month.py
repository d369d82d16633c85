"""The amounts of domain.md 2.5 and 10, line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.salary import rules, tax
from lanling_desktop.salary.differences import reasons
from lanling_desktop.salary.insurance import Rate, contribution
from lanling_desktop.salary.month import (
    BASIC,
    CERTIFICATE,
    PERFORMANCE,
    Inputs,
    Item,
    Segment,
    calculate,
    grade_pay,
)
from lanling_desktop.salary.scheme import GradeRow
from lanling_desktop.standards.amounts import format_fen, format_yuan, yuan
from tests.salary.test_scheme import example

MONTH = date(2026, 3, 1)


def whole(post: str, grade: int, **more: object) -> Inputs:
    return Inputs(MONTH, "张三", (Segment(1, 31, post, grade, **more),))


def test_the_bulletin_city() -> None:
    inputs = replace(whole("正职", 4, concurrent=True), certificates=("中级",))
    slip = calculate(inputs, example("bulletin"), ())
    assert slip.gross == 403_000
    assert [each.amount for each in slip.lines[:4]] == [303_000, 20_000, 50_000, 30_000]


def test_jinzhou_is_shown_in_whole_yuan() -> None:
    jinzhou = example("jinzhou")
    posts = tuple(replace(each, min=1, max=16, entry=1) for each in jinzhou.posts)
    full = replace(jinzhou, posts=posts)
    assert grade_pay(full, "正职", 16)[0] == 4289
    exact = replace(full, rounding=replace(full.rounding, grade_pay=Decimal("0.01")))
    assert grade_pay(exact, "正职", 16)[0] == Decimal("4289.10")


def test_benxi_splits_and_pays_the_performance_every_half_year() -> None:
    benxi = replace(example("benxi"), grades=(GradeRow(7, Decimal("1.20")),))
    slip = calculate(whole("正职", 7), benxi, ())
    assert (slip.amount(BASIC), slip.amount(PERFORMANCE), slip.held) == (326_400, 0, 81_600)
    june = replace(
        whole("正职", 7), month=date(2026, 6, 1), held=81_600 * 5,
        segments=(Segment(1, 30, "正职", 7),),
    )  # fmt: skip
    assert calculate(june, benxi, ()).amount(PERFORMANCE) == 81_600 * 6


def test_xian_on_the_base_of_2022() -> None:
    xian = example("xian")
    xian = replace(xian, base=replace(xian.base, value=Decimal(3900)))
    posts = {1: "工作人员", 4: "副职", 7: "正职", 12: "工作人员", 15: "副职", 18: "正职"}
    found = [grade_pay(xian, post, grade)[0] for grade, post in posts.items()]
    assert found == [3900, 4241, 4631, 5423, 5996, 6581]


def withheld(monthly: int, own: int, more: int, months: int, *, relief: bool = False) -> list[int]:
    year, found = tax.Year(), []
    for _ in range(months):
        year = year.plus(tax.Year(1, monthly, own, more, 0))
        found.append(tax.withhold(year, relief=relief).amount)
        year = replace(year, withheld=year.withheld + found[-1])
    return found


def test_the_official_tax_example() -> None:
    assert withheld(1_000_000, 150_000, 100_000, 3) == [7_500, 7_500, 7_500]


def test_tax_of_common_pay() -> None:
    assert withheld(520_000, 520_000 * 153 // 1000, 0, 12) == [0] * 12
    found = withheld(900_000, 200_700, 0, 12)
    assert found[:2] == [5_979, 5_979]
    assert sum(found) == 71_748


def test_the_relief_of_sixty_thousand_takes_tax_out_of_the_first_months() -> None:
    found = withheld(1_000_000, 0, 0, 12, relief=True)
    assert found[:6] == [0] * 6
    assert sum(found) == sum(withheld(1_000_000, 0, 0, 12))


@pytest.mark.parametrize("edge", [36_000, 144_000, 300_000, 420_000, 660_000, 960_000])
def test_tax_has_no_leap_between_brackets(edge: int) -> None:
    def due(taxable: int) -> int:
        return tax.withhold(tax.Year(1, taxable + 500_000), relief=False).amount

    assert 0 <= due(edge * 100 + 1) - due(edge * 100) <= 1


def test_contributions_stay_within_bounds_and_housing_in_whole_yuan() -> None:
    rate = Rate(rules.PENSION, Decimal(16), Decimal(8), 374_600, 1_872_600)
    low = contribution(rate, 300_000)
    assert (low.worker, low.employer) == (29_968, 59_936)
    assert "低于下限，按 3,746.00" in low.worker_arithmetic
    assert contribution(rate, 9_000_000).worker == 149_808
    fund = Rate(rules.HOUSING, Decimal(5), Decimal(5), whole_yuan=True)
    assert contribution(fund, 411_000).worker == 20_600  # 205.50 up to the yuan


@pytest.mark.fault(59)
def test_a_part_month_a_change_of_post_and_an_absence() -> None:
    demo = example("demo")
    inputs = Inputs(
        MONTH, "张三",
        (Segment(1, 10, "工作人员", 3), Segment(11, 20, "副职", 6),
         Segment(21, 31, "副职", 6, percent=Decimal(50), why="病假")),
    )  # fmt: skip
    slip = calculate(inputs, demo, ())
    exact = (Decimal(3300) * 10 + Decimal(3750) * 10 + Decimal(3750) * 11 / 2) / 31
    assert slip.gross == int((exact * 100).to_integral_value())
    assert slip.amount(BASIC) + slip.amount(PERFORMANCE) == slip.gross
    said = slip.lines[0].arithmetic
    assert "1 日至 10 日 10/31 天" in said
    assert "病假发 50%" in said


@pytest.mark.fault(58)
def test_half_a_yuan_of_a_part_month_is_not_lost_to_a_third() -> None:
    """1,900.00 for five whole days and 25 at 80 %, 3 % of it for performance: 47.50 exactly."""
    demo = example("demo")
    demo = replace(
        demo, value_of_grade="amount", grades=(GradeRow(3, Decimal(1900)),),
        split=replace(demo.split, performance_pct=Decimal(3)),
        rounding=replace(demo.rounding, item=Decimal(1)),
    )  # fmt: skip
    june = Inputs(
        date(2026, 6, 1), "张三",
        (Segment(1, 5, "工作人员", 3),
         Segment(6, 30, "工作人员", 3, percent=Decimal(80), why="病假")),
    )  # fmt: skip
    slip = calculate(june, demo, ())
    assert (slip.amount(PERFORMANCE), slip.amount(BASIC)) == (4_800, 153_500)
    assert "1,583.33 × 3% = 48.00" in slip.lines[1].arithmetic


def test_probation_pays_a_part_of_the_first_grade_and_no_performance() -> None:
    slip = calculate(whole("副职", 6, probation=True), example("demo"), ())
    assert (slip.gross, slip.amount(PERFORMANCE)) == (240_000, 0)


@pytest.mark.fault(58)
def test_net_and_deductions_are_the_gross_to_the_fen() -> None:
    rates = (
        Rate(rules.PENSION, Decimal(16), Decimal(8)),
        Rate(rules.HOUSING, Decimal(5), Decimal(5), whole_yuan=True),
    )
    inputs = replace(
        whole("正职", 18), certificates=("高级",), result="优秀", social_base=555_555,
        fund_base=555_555, items=(Item(rules.OTHER_DEDUCTION, 1_001, "工装"),
                                  Item(rules.EXEMPT, 5_000, "高温"), Item(rules.PRIZE, 9_999)),
    )  # fmt: skip
    slip = calculate(inputs, example("demo"), rates)
    assert slip.net + slip.deductions == slip.gross
    assert slip.taxable == slip.gross - 5_000
    assert slip.amount(CERTIFICATE) == 30_000
    assert slip.employer == 88_889 + 27_800
    assert all(each.arithmetic for each in slip.lines)


def test_pay_below_nought_is_refused_by_name() -> None:
    inputs = replace(whole("工作人员", 1), items=(Item(rules.OTHER_DEDUCTION, 900_000, "赔偿"),))
    with pytest.raises(OfficeError, match="张三的扣款"):
        calculate(inputs, example("demo"), ())


def test_an_assessment_without_its_factor_is_refused() -> None:
    demo = replace(example("demo"), assessment={"优秀": None})
    with pytest.raises(OfficeError, match="考核系数“优秀”还没有填"):
        calculate(replace(whole("工作人员", 1), result="优秀"), demo, ())


def test_what_changed_since_the_month_before_is_said() -> None:
    demo = example("demo")
    was, now = whole("工作人员", 3), replace(whole("工作人员", 4), certificates=("初级",))
    change, why = reasons(calculate(was, demo, ()), calculate(now, demo, ()), was, now)
    assert change == 15_000 + 10_000
    assert "等级3→4" in why
    assert "职业资格津贴+100.00" in why


@given(st.integers(-(10**13), 10**13))
def test_fen_are_written_as_yuan_are(amount: int) -> None:
    assert format_fen(amount) == format_yuan(yuan(amount))
