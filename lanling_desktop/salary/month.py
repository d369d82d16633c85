"""A worker's pay of one month out of plain facts: every line with rule, inputs, arithmetic. Pure.

Rules are worked out in Decimal yuan and become whole fen line by line; sums are sums of fen.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, TypeVar

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.salary import rules, tax
from lanling_desktop.salary import scheme as cells
from lanling_desktop.salary.insurance import Rate, contribution
from lanling_desktop.salary.scheme import FREQUENCIES, LEVELS, Scheme, decided, needed
from lanling_desktop.staff.rules import STAFF
from lanling_desktop.standards.amounts import fen, yuan
from lanling_desktop.standards.amounts import format_fen as _f

BASIC, PERFORMANCE, CERTIFICATE, CONCURRENT = "basic", "performance", "certificate", "concurrent"
EARNED = (BASIC, PERFORMANCE, CERTIFICATE, CONCURRENT)
"""The lines that follow from scheme and grade: what retro pay is worked out of anew."""

HELD = "held"
"""A correction that pays nothing now: performance that waits was short of this."""

CORRECTION, TAX, OTHER_DEDUCTION = "correction", "tax", "other_deduction"
_CODES = {
    rules.PENSION: "pension",
    rules.MEDICAL: "medical",
    rules.UNEMPLOYMENT: "unemployment",
    rules.INJURY: "injury",
    rules.HOUSING: "housing",
}
_ITEM_CODES = {rules.ALLOWANCE: "allowance", rules.PRIZE: "prize", rules.EXEMPT: "exempt"}
_ASSESSED = {"称职": "合格", "基本称职": "基本合格", "不称职": "不合格"}
_HUNDRED = Decimal(100)
_FEN = Decimal("0.01")
_NO_YEAR = tax.Year()
_EXEMPT = _ITEM_CODES[rules.EXEMPT]
_MOST_KEPT = 4096
T = TypeVar("T")
Brackets = tuple[tax.Bracket, ...]


@dataclass(frozen=True)
class Segment:
    """Days of the month, both included, on which nothing changes."""

    first: int
    last: int
    post: str
    grade: int
    probation: bool = False
    concurrent: bool = False
    percent: Decimal = _HUNDRED  # of the pay, in an absence
    why: str = ""
    decision: str = ""  # id of the decision the grade comes from

    @property
    def days(self) -> int:
        """How many days."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Item:
    """One more amount: `kind` is one of `rules.ITEMS`."""

    kind: str
    amount: int
    reason: str = ""


@dataclass(frozen=True)
class Correction:
    """What a past month's slip was short of, or paid too much."""

    code: str
    name: str
    amount: int
    for_month: date
    slip_id: str = ""
    arithmetic: str = ""


@dataclass(frozen=True)
class Inputs:
    """All that a worker's month is worked out from, beside the scheme and the rates."""

    month: date
    name: str
    segments: tuple[Segment, ...]
    certificates: tuple[str, ...] = ()
    result: str = ""
    percent: Decimal | None = None
    items: tuple[Item, ...] = ()
    social_base: int | None = None
    fund_base: int | None = None
    additional: int = 0
    before: tax.Year = _NO_YEAR
    relief: bool = False
    held: int = 0
    leaving: bool = False
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Line:
    """An amount in fen, and where it comes from."""

    code: str
    name: str
    kind: str
    amount: int
    rule: str
    arithmetic: str
    for_month: date | None = None
    slip_id: str = ""


@dataclass(frozen=True)
class Slip:
    """The month of a worker: lines and sums, in fen."""

    lines: tuple[Line, ...]
    taxable: int
    contributions: int
    tax: int
    held: int
    coefficient: str

    @cached_property
    def sums(self) -> Mapping[str, int]:
        """The sum of the lines of each kind."""
        found = dict.fromkeys(rules.LINE_KINDS, 0)
        for each in self.lines:
            found[each.kind] += each.amount
        return found

    @property
    def gross(self) -> int:
        """应发."""
        return self.sums[rules.EARNING]

    @property
    def deductions(self) -> int:
        """扣款合计."""
        return self.sums[rules.DEDUCTION]

    @property
    def net(self) -> int:
        """实发."""
        return self.gross - self.deductions

    @property
    def employer(self) -> int:
        """What the office pays on top."""
        return self.sums[rules.EMPLOYER]

    def amount(self, code: str) -> int:
        """The sum of the lines of a code."""
        return sum(each.amount for each in self.lines if each.code == code)


@dataclass(frozen=True)
class Earned:
    """The lines that follow from scheme, grade and days; and the performance that still waits."""

    lines: tuple[Line, ...]
    amount: int
    held: int
    coefficient: str


@dataclass(frozen=True)
class _Basis:
    """What some days of some grades come to: the basic line, and what a score is multiplied with."""

    line: Line
    performance: int
    words: str


@cache
def days_of(month: date) -> int:
    """How many days a month has."""
    return calendar.monthrange(month.year, month.month)[1]


def grade_pay(scheme: Scheme, post: str, grade: int) -> tuple[Decimal, str]:
    """A whole month's pay of a grade in yuan, and its arithmetic."""
    said, cell = scheme.post(post), scheme.cell(post, grade)
    if decided(scheme, scheme.value_of_grade, cells.VALUE) == "amount":
        pay = scheme.rounding.to_grade(cell)
        words = f"{grade} 级 {_d(pay)}"
    else:
        base, months, of_base = monthly_base(scheme)
        pay = scheme.rounding.to_grade(base * cell / months)
        words = f"{of_base} × {grade} 级系数 {cell} = {_d(pay)}"
    if said.pay is not None:
        total = said.pay + pay
        return total, f"{post}岗位工资 {_d(said.pay)} + {words} = {_d(total)}"
    return pay, words


def monthly_base(scheme: Scheme) -> tuple[Decimal, int, str]:
    """What a coefficient is multiplied with, for how many months, and its arithmetic.

    The division comes last: a twelfth is no finite decimal.
    """
    base = scheme.base
    name = base.name or "基数"
    value = needed(scheme, base.value, f"基数（{name}）")
    amount, words = value, f"{name} {value}"
    if decided(scheme, base.kind, cells.BASE_KIND) == "index_times_multiple":
        multiple = needed(scheme, base.multiple, "基数的倍数")
        amount, words = value * multiple, f"{words} × {multiple}"
    if base.unit == "year":
        return amount, 12, f"{words} ÷ 12"
    return amount, 1, words


class Payroll:
    """A scheme, rates and a tax table, ready to work out slip after slip.

    What many slips share (the pay of a grade for some days, what is paid on a base) is worked out
    and explained once and kept: a month of a thousand people has a few dozen of them.
    """

    def __init__(
        self, scheme: Scheme, rates: Sequence[Rate] = (), table: Brackets = tax.TABLE
    ) -> None:
        self._scheme, self._rates, self._table = scheme, rates, table
        self._bases: dict[Any, _Basis] = {}
        self._lines: dict[Any, Earned] = {}
        self._parts: dict[tuple[int | None, int | None], tuple[tuple[Line, ...], int]] = {}

    def slip(self, inputs: Inputs) -> Slip:
        """The slip of a month. Raises `OfficeError` for an empty cell, or pay below nought."""
        earned = self.earned(inputs)
        more = (
            (*_items(inputs), *_corrections(inputs)) if inputs.items or inputs.corrections else ()
        )
        income = earned.amount + sum(each.amount for each in more if each.code != _EXEMPT)
        insured, own = self._insured(inputs.social_base, inputs.fund_base)
        year = inputs.before.plus(tax.Year(1, income, own, inputs.additional))
        withheld = tax.withhold(year, relief=inputs.relief, table=self._table)
        taxed = Line(
            TAX, "个人所得税", rules.DEDUCTION, withheld.amount, "累计预扣法", withheld.arithmetic
        )
        taken = tuple(_taken(inputs)) if inputs.items else ()
        lines = (*earned.lines, *more, *insured, taxed, *taken)
        slip = Slip(lines, income, own, withheld.amount, earned.held, earned.coefficient)
        if slip.net < 0:
            raise OfficeError(
                f"{inputs.name}的扣款 {_f(slip.deductions)} 超过应发 {_f(slip.gross)}",
                "没有改动任何数据",
                "请核对这个月的扣款，或分几个月扣",
            )
        return slip

    def earned(self, inputs: Inputs) -> Earned:
        """What follows from scheme, grade and days, and the performance that still waits."""
        month = inputs.month
        parts = tuple(
            (x.first, x.last, x.post, x.grade, x.probation, x.concurrent, x.percent, x.why)
            for x in inputs.segments
        )
        key = (
            parts, month.month, days_of(month), inputs.certificates, inputs.held, inputs.result,
            inputs.percent, inputs.leaving,
        )  # fmt: skip
        found = self._lines.get(key)
        if found is None:
            basis = self._bases.get((parts, key[2]))
            if basis is None:
                basis = _kept(self._bases, (parts, key[2]), _basis(inputs, self._scheme))
            found = _kept(self._lines, key, _earned(inputs, self._scheme, basis))
        return found

    def _insured(self, social: int | None, fund: int | None) -> tuple[tuple[Line, ...], int]:
        """The lines of 五险一金 on two bases, and what the worker pays of them."""
        found = self._parts.get((social, fund))
        if found is None:
            lines = tuple(_insured(social, fund, self._rates))
            own = sum(each.amount for each in lines if each.kind == rules.DEDUCTION)
            found = _kept(self._parts, (social, fund), (lines, own))
        return found


def _kept(there: dict[Any, T], key: Any, value: T) -> T:
    """Put by what others will ask for too; never more than an office has any use for."""
    if len(there) >= _MOST_KEPT:
        there.clear()
    there[key] = value
    return value


def calculate(
    inputs: Inputs, scheme: Scheme, rates: Sequence[Rate], table: Brackets = tax.TABLE
) -> Slip:
    """One slip by itself; for many of a month take a `Payroll`."""
    return Payroll(scheme, rates, table).slip(inputs)


def _coefficient(inputs: Inputs, scheme: Scheme) -> str:
    if not inputs.segments or scheme.value_of_grade != "coefficient":
        return ""
    last = inputs.segments[-1]
    return str(scheme.cell(last.post, last.grade))


def _basis(inputs: Inputs, scheme: Scheme) -> _Basis:
    """Grade by grade and day by day what the month comes to before any score."""
    days = days_of(inputs.month)
    total = scored = Decimal(0)
    scored_days = Decimal(0)
    words: list[str] = []
    for each in inputs.segments:
        pay, said = _segment_pay(each, scheme)
        part = pay * each.days * each.percent
        total += part
        if not each.probation or decided(
            scheme, scheme.probation.pays_performance, cells.PROBATION
        ):
            scored += part
            scored_days += each.days * each.percent
        words.append(_segment_words(each, said, days))
    if not words:
        words.append("本月不在岗")
    whole = days * _HUNDRED
    pay = scheme.rounding.to_item(total / whole)
    split = decided(scheme, scheme.split.mode, cells.SPLIT)
    base, of_base = _performance_base(scheme, scored, scored_days, whole)
    basic = pay - base if split == "percent" else pay
    if split == "percent" and base:
        words.append(f"{_d(pay)} - 绩效 {_d(base)} = {_d(basic)}")
    rule = f"{scheme.name} {scheme.doc_no}".strip()
    return _Basis(_line(BASIC, "基本工资", fen(basic), rule, "；".join(words)), fen(base), of_base)


def _earned(inputs: Inputs, scheme: Scheme, basis: _Basis) -> Earned:
    """Basic pay, performance pay, allowances; and the performance that waits."""
    rule, held = basis.line.rule, 0
    lines = [basis.line]
    if scheme.split.mode != "none":
        paid, held, how = _performance(inputs, scheme, basis.performance)
        lines.append(_line(PERFORMANCE, "绩效工资", paid, rule, f"{basis.words}；{how}"))
    lines += _allowances(inputs, scheme, days_of(inputs.month), rule)
    amount = sum(each.amount for each in lines)
    return Earned(tuple(lines), amount, held, _coefficient(inputs, scheme))


def _segment_pay(each: Segment, scheme: Scheme) -> tuple[Decimal, str]:
    if not each.probation:
        return grade_pay(scheme, each.post, each.grade)
    staff = scheme.post(STAFF)
    entry = int(needed(scheme, staff.entry, f"{staff.name}的起点等级"))
    pct = needed(scheme, scheme.probation.pct_of_staff_entry, "试用期比例")
    pay, words = grade_pay(scheme, STAFF, entry)
    kept = scheme.rounding.to_grade(pay * pct / 100)
    return kept, f"试用期：{words}，× {pct}% = {_d(kept)}"


def _segment_words(each: Segment, said: str, days: int) -> str:
    words = f"{said}"
    if each.days != days:
        words += f"，{each.first} 日至 {each.last} 日 {each.days}/{days} 天"
    if each.percent != _HUNDRED:
        words += f"，{each.why or '请假'}发 {each.percent}%"
    return words


def _performance_base(
    scheme: Scheme, scored: Decimal, share: Decimal, whole: Decimal
) -> tuple[Decimal, str]:
    """What the score is multiplied with, in yuan.

    The days are divided by last: a third is no finite decimal, and half a yuan would be lost.
    """
    if scheme.split.mode == "percent":
        pct = needed(scheme, scheme.split.performance_pct, "绩效比例")
        base = scheme.rounding.to_item(scored * pct / (whole * _HUNDRED))
        of = cells.rounded(scored / whole, _FEN)
        return base, f"绩效基数 {_d(of)} × {pct}% = {_d(base)}"
    if scheme.split.mode == "fixed":
        fixed = needed(scheme, scheme.split.performance_fixed, "绩效金额")
        base = scheme.rounding.to_item(fixed * share / whole)
        return base, f"绩效标准 {_d(fixed)}，本月 {_d(base)}"
    return Decimal(0), ""


def _performance(inputs: Inputs, scheme: Scheme, base: int) -> tuple[int, int, str]:
    """Paid now, waiting, and how, in fen."""
    every = FREQUENCIES[decided(scheme, scheme.split.performance_frequency, cells.FREQUENCY)]
    waiting = inputs.held + base
    if inputs.month.month % every and not inputs.leaving:
        return 0, waiting, f"每 {every} 个月发一次，本月累计 {_f(waiting)} 留待以后发"
    factor, words = _factor(inputs, scheme)
    paid = fen(scheme.rounding.to_item(yuan(waiting) * factor))
    before = f"累计 {_f(waiting)}" if inputs.held else _f(waiting)
    return paid, 0, f"{before} × {words} = {_f(paid)}"


def _factor(inputs: Inputs, scheme: Scheme) -> tuple[Decimal, str]:
    if inputs.percent is not None:
        return inputs.percent / 100, f"{inputs.percent}%"
    if not inputs.result:
        return Decimal(1), "100%（没有登记考核）"
    word = inputs.result
    if word not in scheme.assessment:
        word = _ASSESSED.get(word, word)
    factor = needed(scheme, scheme.assessment.get(word), f"考核系数“{word}”")
    return factor, f"考核{inputs.result}系数 {factor}"


def _allowances(inputs: Inputs, scheme: Scheme, days: int, rule: str) -> Iterator[Line]:
    present = sum(each.days for each in inputs.segments)
    part = "" if present == days else f"，× {present}/{days} 天"
    held = inputs.certificates
    if held and decided(scheme, scheme.certificate.mode, cells.CERTIFICATE) == "allowance":
        for level in (each for each in reversed(LEVELS) if each in inputs.certificates):
            cell = needed(scheme, scheme.certificate.allowance.get(level), f"证书津贴“{level}”")
            amount = fen(scheme.rounding.to_item(cell * present / days))
            words = f"{level}每月 {_d(cell)}{part}"
            yield _line(CERTIFICATE, "职业资格津贴", amount, rule, words)
    both = sum(each.days for each in inputs.segments if each.concurrent)
    if both:
        cell = needed(scheme, scheme.concurrent_post, "一肩挑补贴")
        amount = fen(scheme.rounding.to_item(cell * both / days))
        if amount:
            words = f"一肩挑每月 {_d(cell)}" + ("" if both == days else f"，× {both}/{days} 天")
            yield _line(CONCURRENT, "一肩挑补贴", amount, rule, words)


def _line(code: str, name: str, amount: int, rule: str, arithmetic: str) -> Line:
    return Line(code, name, rules.EARNING, amount, rule, arithmetic.strip("；"))


def _items(inputs: Inputs) -> Iterator[Line]:
    for each in inputs.items:
        if each.kind in _ITEM_CODES:
            code = _ITEM_CODES[each.kind]
            words = f"{each.reason} {_f(each.amount)}".strip()
            yield Line(code, each.kind, rules.EARNING, each.amount, each.reason, words)


def _corrections(inputs: Inputs) -> Iterator[Line]:
    for each in inputs.corrections:
        verb = "补发" if each.amount >= 0 else "扣回"
        when = f"{each.for_month.year}年{each.for_month.month}月"
        yield Line(
            f"{CORRECTION}_{each.code}",
            f"{verb}{when}{each.name}",
            rules.EARNING,
            each.amount,
            f"更正{when}工资单",
            each.arithmetic,
            each.for_month,
            each.slip_id,
        )


def _insured(social: int | None, fund: int | None, rates: Sequence[Rate]) -> Iterator[Line]:
    for rate in rates:
        base = fund if rate.kind == rules.HOUSING else social
        if base is None:
            continue
        found = contribution(rate, base)
        code = _CODES[rate.kind]
        said = rate.doc_no or f"{rate.kind}比例"
        if rate.worker:
            words = found.worker_arithmetic
            yield Line(code, rate.kind, rules.DEDUCTION, found.worker, said, words)
        if rate.employer:
            words = found.employer_arithmetic
            name = f"单位{rate.kind}"
            yield Line(f"employer_{code}", name, rules.EMPLOYER, found.employer, said, words)


def _taken(inputs: Inputs) -> Iterator[Line]:
    for each in inputs.items:
        if each.kind == rules.OTHER_DEDUCTION:
            words = f"{each.reason} {_f(each.amount)}".strip()
            name = rules.OTHER_DEDUCTION
            yield Line(OTHER_DEDUCTION, name, rules.DEDUCTION, each.amount, each.reason, words)


def _d(amount: Decimal) -> str:
    return f"{amount:,.2f}" if amount == amount.quantize(Decimal("0.01")) else f"{amount:,}"
