"""Pay of 1,000 people over 120 months: the engine against bare integer arithmetic of its lines."""

from __future__ import annotations

import os
import time
from datetime import date
from decimal import Decimal

from lanling_desktop.salary import rules, schemes, tax
from lanling_desktop.salary.insurance import Rate
from lanling_desktop.salary.month import Inputs, Payroll, Segment, days_of
from lanling_desktop.salary.scheme import loaded

PEOPLE = int(os.environ.get("LANLING_BENCH_PAY", "1000"))
MONTHS = 120
_RATES = (
    Rate(rules.PENSION, Decimal(16), Decimal(8)),
    Rate(rules.MEDICAL, Decimal(8), Decimal(2)),
    Rate(rules.UNEMPLOYMENT, Decimal("0.7"), Decimal("0.3")),
    Rate(rules.HOUSING, Decimal(5), Decimal(5), whole_yuan=True),
)


def measure() -> list[tuple[str, str, float, bool]]:
    """How much dearer a slip with its arithmetic in words is than its bare figures."""
    begun = time.process_time()
    worked = _worked_out()
    took = time.process_time() - begun
    begun = time.process_time()
    bare = _bare()
    floor = time.process_time() - begun
    assert worked == bare, (worked, bare)
    each, ratio = took / (PEOPLE * MONTHS) * 1e6, took / floor
    return [
        (f"{PEOPLE:,} 人 × {MONTHS} 个月：每分都说明来历 ÷ 只算整数分", "≤ 20", ratio, ratio <= 20),
        ("每张工资单 CPU 微秒", "≤ 200", each, each <= 200),
    ]  # fmt: skip


def _facts() -> list[tuple[int, int, int]]:
    """Grade, social base and fund base of everybody; everybody's bases are his own."""
    return [(1 + n % 12, 380_000 + 137 * n, 360_000 + 211 * n) for n in range(PEOPLE)]


def _months() -> list[date]:
    return [date(2016 + number // 12, number % 12 + 1, 1) for number in range(MONTHS)]


def _worked_out() -> tuple[int, int]:
    """Net pay and tax of all months, every line with its words."""
    payroll = Payroll(loaded(schemes.shipped_text("示例：演示方案")), _RATES)
    total = taxed = words = 0
    for grade, social, fund in _facts():
        year = tax.Year()
        for month in _months():
            if month.month == 1:
                year = tax.Year()
            part = (Segment(1, days_of(month), "工作人员", grade),)
            said = Inputs(month, "张三", part, social_base=social, fund_base=fund, before=year)
            slip = payroll.slip(said)
            year = year.plus(tax.Year(1, slip.taxable, slip.contributions, 0, slip.tax))
            total, taxed = total + slip.net, taxed + slip.tax
            words += sum(1 for each in slip.lines if each.arithmetic)
    assert words == PEOPLE * MONTHS * 11
    return total, taxed


def _bare() -> tuple[int, int]:
    """The same figures in whole fen, nothing said of them: base, parts of ten thousand, unit."""
    total = taxed = 0
    for grade, social, fund in _facts():
        pay = 300_000 * (9_500 + 500 * grade) // 10_000
        for month in _months():
            if month.month == 1:
                so_far = withheld = 0
            lines = (
                (pay, 7_000, 1), (pay, 3_000, 1), (social, 800, 1), (social, 1_600, 1),
                (social, 200, 1), (social, 800, 1), (social, 30, 1), (social, 70, 1),
                (fund, 500, 100), (fund, 500, 100),
            )  # fmt: skip
            found = []
            for base, part, unit in lines:
                found.append((base * part + 5_000 * unit) // (10_000 * unit) * unit)
            gross, own = found[0] + found[1], found[2] + found[4] + found[6] + found[8]
            so_far += gross - own - 500_000
            due = 0 if so_far <= 0 else (so_far * 3 + 50) // 100
            now = max(0, due - withheld)
            withheld += now
            total, taxed = total + gross - own - now, taxed + now
    return total, taxed
