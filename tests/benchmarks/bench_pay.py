"""Pay of 1,000 people over 120 months: the engine against bare integer arithmetic of its lines."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

from lanling_desktop.salary import rules, schemes, tax
from lanling_desktop.salary.insurance import Rate
from lanling_desktop.salary.month import Inputs, Segment, calculate, days_of
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
    scheme = loaded(schemes.shipped_text("示例：演示方案"))
    begun = time.process_time()
    total = 0
    for person in range(PEOPLE):
        year, grade = tax.Year(), person % 12 + 1
        for number in range(MONTHS):
            month = date(2016 + number // 12, number % 12 + 1, 1)
            if month.month == 1:
                year = tax.Year()
            part = (Segment(1, days_of(month), "工作人员", grade),)
            said = Inputs(month, "张三", part, social_base=400_000, fund_base=380_000)
            slip = calculate(replace(said, before=year), scheme, _RATES)
            year = year.plus(tax.Year(1, slip.taxable, slip.contributions, 0, slip.tax))
            total += slip.net
    worked = time.process_time() - begun
    begun = time.process_time()
    bare = sum(
        _bare(person % 12, number % 12) for person in range(PEOPLE) for number in range(MONTHS)
    )
    floor = time.process_time() - begun
    each = worked / (PEOPLE * MONTHS) * 1e6
    assert total > 0
    assert bare > 0
    ratio = worked / floor
    return [
        (f"{PEOPLE:,} 人 × {MONTHS} 个月：每分都说明来历 ÷ 只算整数分", "≤ 60", ratio, ratio <= 60),
        ("每张工资单 CPU 微秒", "≤ 500", each, each <= 500),
    ]  # fmt: skip


def _bare(grade: int, month: int) -> int:
    """The same lines in whole fen, nothing said of them: base, parts of ten thousand, unit."""
    pay = 300_000 * (10_000 + 500 * grade) // 10_000
    lines = (
        (pay, 7_000, 1), (pay, 3_000, 1), (400_000, 800, 1), (400_000, 1_600, 1),
        (400_000, 200, 1), (400_000, 800, 1), (400_000, 30, 1), (400_000, 70, 1),
        (380_000, 500, 100), (380_000, 500, 100),
    )  # fmt: skip
    found = []
    for base, part, unit in lines:
        found.append((base * part + 5_000 * unit) // (10_000 * unit) * unit)
    gross, own = found[0] + found[1], found[2] + found[4] + found[6] + found[8]
    taxable = (gross - own - 500_000) * (month + 1)
    tax = 0 if taxable <= 0 else (taxable * 3 + 50) // 100
    return gross - own - tax
