"""Pay worked out a second time, by other means: days in a set, fractions, whole fen.

It shares nothing with the office but the facts it is given and the schemes as data. It says only
amounts: where both agree to the fen, neither has a slip of its own.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

LEVELS = ("高级", "中级", "初级")
TAX = ((36_000, 3), (144_000, 10), (300_000, 20), (420_000, 25), (660_000, 30), (960_000, 35))


def nearest(amount: Fraction, unit: Any, mode: str = "ROUND_HALF_UP") -> Fraction:
    """To whole units."""
    steps = amount / Fraction(unit)
    low = floor(steps)
    rest = steps - low
    if steps < 0:
        return -nearest(-amount, unit, mode)
    if mode == "ROUND_DOWN":
        up = False
    elif mode == "ROUND_HALF_EVEN":
        up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1)
    else:
        up = rest >= Fraction(1, 2)
    return (low + up) * Fraction(unit)


def cents(amount: Fraction) -> int:
    """Yuan that are whole fen already."""
    value = amount * 100
    assert value.denominator == 1, amount
    return int(value)


# The grade


def _later(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


_DAY_ONE = date(1900, 1, 1).toordinal()


def days_between(since: date, until: date) -> int:
    """Days from one until before another, a bit each."""
    first, last = since.toordinal() - _DAY_ONE, until.toordinal() - _DAY_ONE
    return (1 << last) - (1 << first) if last > first else 0


def service(served: int, facts: Any, scheme: Any, cut: date) -> tuple[int, int]:
    """Months and spare days of service before a day, from the days themselves."""
    served &= days_between(date(1900, 1, 1), cut)
    if served and not scheme.tenure.exclude_gaps:
        served = (1 << (cut.toordinal() - _DAY_ONE)) - (served & -served)
    if scheme.tenure.exclude_unqualified_years:
        for each in facts.assessments:
            if each.result == "不称职":
                served &= ~days_between(date(each.year, 1, 1), date(each.year + 1, 1, 1))
    months = days = 0
    while served:
        first = (served & -served).bit_length() - 1
        run = served >> first
        end = first + ((run + 1) & -(run + 1)).bit_length() - 1
        served &= ~((1 << end) - (1 << first))
        begun, over = (date.fromordinal(each + _DAY_ONE) for each in (first, end))
        count = 0
        for step in (120, 12, 1):
            while _later(begun, count + step) <= over:
                count += step
        months += count
        days += (over - _later(begun, count)).days
    return months + days // 30, days % 30


def served_of(facts: Any) -> int:
    """The days of service, a bit each."""
    found = 0
    for each in facts.service:
        found |= days_between(each.since, each.until or date(2100, 1, 1))
    return found


def grade(facts: Any, scheme: Any, day: date) -> int:
    """The grade on a day."""
    when = scheme.tenure.adjust_on
    cut = {"01-01": date(day.year, 1, 1), "next_month": day.replace(day=1)}.get(when, day)
    served = facts.served if hasattr(facts, "served") else served_of(facts)
    months, days = service(served, facts, scheme, cut)
    years = Fraction(months // 12)
    if scheme.tenure.part_year == "round_up" and (months % 12 or days):
        years += 1
    best: dict[str, set[str]] = {}
    for each in facts.schooling:
        if each.on <= day:
            had = best.setdefault(each.level, set())
            if each.diploma:
                had.add("diploma")
            if each.degree:
                had.add("degree")
    level = next((x for x in ("博士", "硕士", "本科", "大专") if x in best), None)
    whole = level is not None and len(best[level]) == 2
    post = next(each for each in scheme.posts if each.name == facts.post)
    entry, more = post.entry, 0
    rule = scheme.education
    if level is not None:
        if rule.mode == "start_grade" and level in rule.full:
            entry = int(rule.full[level])
        if rule.mode == "add_grades" and whole and level in rule.full:
            more += int(rule.full[level])
        if rule.mode == "deemed_years" and whole and level in rule.full:
            years += Fraction(rule.full[level])
        partial = rule.mode in ("add_grades", "deemed_years") and not whole
        if partial and level in rule.partial_deemed_years:
            years += Fraction(rule.partial_deemed_years[level])
    if scheme.certificate.mode == "add_grades":
        more += sum(int(scheme.certificate.grades[x]) for x in certified(facts, scheme, day))
    if scheme.honour.mode == "add_grades":
        got = {each.level for each in facts.honours if each.on <= day}
        more += sum(int(n) for word, n in scheme.honour.grades.items() if word in got)
    ratio = years / scheme.tenure.years_per_band
    band = floor(ratio) + 1 if scheme.tenure.banding == "floor_plus1" else max(1, ceil(ratio))
    return max(post.min, min(post.max, entry + band - 1 + more))


def certified(facts: Any, scheme: Any, day: date) -> list[str]:
    """The certificates that count on a day."""
    found = []
    for word in LEVELS:
        for each in facts.certificates:
            begins = each.on
            if scheme.certificate.effective == "next_month":
                begins = _later(each.on.replace(day=1), 1)
            over = scheme.certificate.requires_registration and each.until and each.until < day
            if each.level == word and begins <= day and not over and word not in found:
                found.append(word)
    return found[:1] if scheme.certificate.highest_only else found


# The month


def whole_month(scheme: Any, post: str, at: int) -> Fraction:
    """A full month's pay of a grade."""
    said = {(row.post, row.grade): row.value for row in scheme.grades if row.value is not None}
    cell = Fraction(said[post, at] if (post, at) in said else said["", at])
    if scheme.value_of_grade == "coefficient":
        cell *= Fraction(scheme.base.value)
        if scheme.base.kind == "index_times_multiple":
            cell *= Fraction(scheme.base.multiple)
        if scheme.base.unit == "year":
            cell /= 12
    found = nearest(cell, scheme.rounding.grade_pay, scheme.rounding.mode)
    own = next(each.pay for each in scheme.posts if each.name == post)
    return found + (Fraction(own) if own is not None else 0)


@dataclass(frozen=True)
class Day:
    """A day somebody is in a post."""

    post: str
    grade: int
    probation: bool
    concurrent: bool
    percent: Fraction


def days_told(inputs: Any) -> list[Day]:
    """The days of a month that was cut into segments."""
    return [
        Day(part.post, part.grade, part.probation, part.concurrent, Fraction(part.percent))
        for part in inputs.segments
        for _ in range(part.first, part.last + 1)
    ]


def earned(days: Sequence[Day], inputs: Any, scheme: Any) -> dict[str, int]:
    """What scheme, grade and days give, day by day; `held` is what waits."""
    size = monthrange(inputs.month.year, inputs.month.month)[1]
    unit, mode = scheme.rounding.item, scheme.rounding.mode
    money = scored = share = Fraction(0)
    rates: dict[tuple[str, int, bool], Fraction] = {}
    for day in days:
        key = day.post, day.grade, day.probation
        if key not in rates:
            rates[key] = _rate(scheme, *key)
        part_of = day.percent / 100 / size
        money += rates[key] * part_of
        if not day.probation or scheme.probation.pays_performance:
            scored += rates[key] * part_of
            share += part_of
    money = nearest(money, unit, mode)
    base = Fraction(0)
    if scheme.split.mode == "percent":
        base = nearest(scored * Fraction(scheme.split.performance_pct) / 100, unit, mode)
    elif scheme.split.mode == "fixed":
        base = nearest(Fraction(scheme.split.performance_fixed) * share, unit, mode)
    found = {"basic": cents(money - base if scheme.split.mode == "percent" else money)}
    waiting = inputs.held + cents(base)
    every = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
    if scheme.split.mode == "none":
        found["held"] = 0
    elif inputs.month.month % every[scheme.split.performance_frequency] and not inputs.leaving:
        found["performance"], found["held"] = 0, waiting
    else:
        score = nearest(Fraction(waiting, 100) * _factor(inputs, scheme), unit, mode)
        found["performance"], found["held"] = cents(score), 0
    if scheme.certificate.mode == "allowance":
        for word in inputs.certificates:
            paid = Fraction(scheme.certificate.allowance[word]) * len(days) / size
            found["certificate"] = found.get("certificate", 0) + cents(nearest(paid, unit, mode))
    both = sum(day.concurrent for day in days)
    found["concurrent"] = cents(nearest(Fraction(scheme.concurrent_post) * both / size, unit, mode))
    return found


def _rate(scheme: Any, post: str, at: int, probation: bool) -> Fraction:
    if not probation:
        return whole_month(scheme, post, at)
    staff = next(each for each in scheme.posts if each.name == "工作人员")
    part = whole_month(scheme, "工作人员", staff.entry) * Fraction(
        scheme.probation.pct_of_staff_entry
    )
    return nearest(part / 100, scheme.rounding.grade_pay, scheme.rounding.mode)


def amounts(
    days: Sequence[Day], inputs: Any, scheme: Any, rates: Sequence[Any], year: list[int]
) -> dict[str, int]:
    """Every amount of a month by code, in fen; `year` is income, own, additional, withheld, months."""
    return _taken(inputs, rates, year, earned(days, inputs, scheme))


def _factor(inputs: Any, scheme: Any) -> Fraction:
    if inputs.percent is not None:
        return Fraction(inputs.percent) / 100
    same = {"称职": "合格", "基本称职": "基本合格", "不称职": "不合格"}
    word = inputs.result
    if not word:
        return Fraction(1)
    return Fraction(scheme.assessment[word if word in scheme.assessment else same[word]])


def _taken(
    inputs: Any, rates: Sequence[Any], year: list[int], found: dict[str, int]
) -> dict[str, int]:
    kinds = {"其他补贴": "allowance", "奖金": "prize", "免税补贴": "exempt"}
    less = 0
    for each in inputs.items:
        if each.kind in kinds:
            code = kinds[each.kind]
            found[code] = found.get(code, 0) + each.amount
        else:
            less += each.amount
    found["put right"] = sum(each.amount for each in inputs.corrections)
    gross = sum(amount for code, amount in found.items() if code != "held")
    own = 0
    for rate in rates:
        base = inputs.fund_base if rate.kind == "住房公积金" else inputs.social_base
        if base is None:
            continue
        base = max(base, rate.least) if rate.least is not None else base
        base = min(base, rate.most) if rate.most is not None else base
        step = 100 if rate.whole_yuan else 1
        own += int(nearest(base * Fraction(rate.worker) / 100, step))
    year[0] += gross - found.get("exempt", 0)
    year[1] += own
    year[2] += inputs.additional
    year[4] += 1
    off = 6_000_000 if inputs.relief else 500_000 * year[4]
    due = yearly_tax(year[0] - year[1] - year[2] - off)
    tax = max(0, due - year[3])
    year[3] += tax
    found |= {"gross": gross, "own": own, "tax": tax, "net": gross - own - tax - less}
    return found


def yearly_tax(taxable: int) -> int:
    """Tax of a year bracket by bracket, without quick deductions."""
    if taxable <= 0:
        return 0
    due, floor_ = Fraction(0), 0
    for top, percent in (*TAX, (10**12, 45)):
        part = min(taxable, top * 100) - floor_
        if part <= 0:
            break
        due += Fraction(part * percent, 100)
        floor_ = top * 100
    return int(nearest(due, 1))
