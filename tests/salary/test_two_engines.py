"""Two engines that share nothing agree to the fen, over months nobody would think of.

Whole careers out of the office's own records are in `test_careers`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lanling_desktop.salary import rules, tax
from lanling_desktop.salary.grade import (
    Assessed,
    Facts,
    Held,
    Period,
    Schooling,
    determine_grade,
    effective_certificates,
)
from lanling_desktop.salary.insurance import Rate
from lanling_desktop.salary.month import Inputs, Item, Segment, calculate, days_of
from lanling_desktop.salary.scheme import (
    LEVELS,
    Base,
    CertificateRule,
    EducationRule,
    GradeRow,
    HonourRule,
    Post,
    Probation,
    Rounding,
    Scheme,
    Split,
    Tenure,
)
from lanling_desktop.salary.used import RulesUsed, inputs_back, kept, rules_back
from tests.salary import second_engine as second

_FIRST, _LAST = date(1995, 1, 1), date(2026, 12, 31)
_WORDS = ("优秀", "合格", "基本合格", "不合格")


def yuans(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low * 100, high * 100).map(lambda fen: Decimal(fen) / 100)


def whole(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(Decimal)


def table(words: tuple[str, ...], values: st.SearchStrategy[Decimal]) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries(dict.fromkeys(words, values))


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    starts = draw(st.sampled_from(((7, 4, 1), (5, 3, 1), (1, 1, 1))))
    names = ("正职", "副职", "工作人员")
    pays = st.none() | yuans(1000, 3000)
    posts = tuple(
        Post(name, first, first + 11, first, draw(pays))
        for name, first in zip(names, starts, strict=True)
    )
    by = draw(st.sampled_from(("coefficient", "amount")))
    value = st.integers(10_000, 30_000).map(lambda n: Decimal(n) / 10_000)
    cells = value if by == "coefficient" else yuans(900, 6000)
    grades = [GradeRow(n, draw(cells)) for n in range(1, 19)]
    grades += [GradeRow(n, draw(cells), "副职") for n in draw(st.sets(st.integers(1, 15)))]
    base = Base(
        kind=draw(st.sampled_from(("fixed", "index_times_multiple"))),
        value=draw(yuans(2000, 60_000)),
        multiple=draw(st.sampled_from((Decimal("0.8"), Decimal(1), Decimal("1.15")))),
        unit=draw(st.sampled_from(("month", "year"))),
    )
    tenure = Tenure(
        draw(st.integers(1, 4)),
        draw(st.sampled_from(("ceil_min1", "floor_plus1"))),
        draw(st.sampled_from(("full_years_only", "round_up"))),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from(("01-01", "anniversary", "next_month"))),
    )
    degrees = ("大专", "本科", "硕士", "博士")
    education = EducationRule(
        draw(st.sampled_from(("add_grades", "deemed_years", "start_grade", "none"))),
        draw(table(degrees, whole(1, 5))),
        draw(table(degrees, whole(0, 5))),
    )
    certificate = CertificateRule(
        draw(st.sampled_from(("allowance", "add_grades", "none"))),
        draw(table(LEVELS, yuans(0, 800))),
        draw(table(LEVELS, whole(0, 3))),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from(("next_month", "same_month"))),
    )
    honours = table(("国家", "省"), whole(0, 5))
    honour = HonourRule(draw(st.sampled_from(("add_grades", "none"))), draw(honours))
    split = Split(
        draw(st.sampled_from(("percent", "fixed", "none"))),
        draw(whole(0, 100)),
        draw(yuans(0, 2000)),
        draw(st.sampled_from(("month", "quarter", "half_year", "year"))),
    )
    rounding = Rounding(
        draw(st.sampled_from((Decimal("0.01"), Decimal(1), Decimal(10)))),
        draw(st.sampled_from((Decimal("0.01"), Decimal("0.1"), Decimal(1)))),
        draw(st.sampled_from(("ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_DOWN"))),
    )
    return Scheme(
        "试", "1号", posts=posts, grades=tuple(grades), base=base, value_of_grade=by,
        tenure=tenure, education=education, certificate=certificate, honour=honour,
        concurrent_post=draw(yuans(0, 500)), split=split,
        assessment=draw(table(_WORDS, whole(0, 2))),
        probation=Probation(draw(whole(50, 100)), draw(st.booleans())), rounding=rounding,
    )  # fmt: skip


DAYS = st.dates(_FIRST, _LAST)


@st.composite
def files(draw: st.DrawFn) -> Facts:
    """A personnel file, gaps and overlaps and lapsed certificates included."""
    spans = draw(
        st.lists(st.tuples(DAYS, st.none() | st.integers(1, 6000)), min_size=1, max_size=4)
    )
    service = tuple(Period(a, None if n is None else a + timedelta(days=n)) for a, n in spans)
    both = st.tuples(st.booleans(), st.booleans()).filter(any)
    school = st.tuples(st.sampled_from(("大专", "本科", "硕士", "博士")), both, DAYS)
    held = st.tuples(st.sampled_from(LEVELS), DAYS, st.none() | DAYS)
    year = st.tuples(st.integers(1996, 2026), st.sampled_from(("称职", "不称职")))
    return Facts(
        draw(st.sampled_from(("正职", "副职", "工作人员"))),
        service,
        tuple(Schooling(w, *b, on) for w, b, on in draw(st.lists(school, max_size=3))),
        tuple(Held(*each) for each in draw(st.lists(held, max_size=3))),
        tuple(Held(w, on) for w, on in draw(st.lists(st.tuples(st.sampled_from(("国家", "省")), DAYS), max_size=2))),
        tuple(Assessed(*each) for each in draw(st.lists(year, max_size=3))),
    )  # fmt: skip


@st.composite
def rate_tables(draw: st.DrawFn) -> tuple[Rate, ...]:
    percents = st.integers(0, 2000).map(lambda n: Decimal(n) / 100)
    bounds = st.none() | st.integers(200_000, 400_000)
    tops = st.none() | st.integers(500_000, 2_000_000)
    return tuple(
        Rate(kind, draw(percents), draw(percents) / 2, draw(bounds), draw(tops), draw(st.booleans()))
        for kind in rules.CONTRIBUTIONS
    )  # fmt: skip


@st.composite
def months(draw: st.DrawFn, month: date, scheme: Scheme, facts: Facts) -> Inputs:
    """A month of a career: cut anywhere, in any post its file gives, with anything added."""
    size = days_of(month)
    cuts = sorted({1, size + 1, *draw(st.sets(st.integers(2, size), max_size=3))})
    away = st.sampled_from((Decimal(100), Decimal(100), Decimal(50), Decimal("33.3"), Decimal(0)))
    parts = []
    for begin, end in pairwise(cuts):
        if draw(st.booleans()) or not parts:
            post = draw(st.sampled_from(("正职", "副职", "工作人员")))
            at = determine_grade(replace(facts, post=post), scheme, month).grade
            parts.append(
                Segment(begin, end - 1, post, at, draw(st.booleans()), draw(st.booleans()),
                        draw(away))
            )  # fmt: skip
    item = st.tuples(st.sampled_from(rules.ITEMS), st.integers(1, 500_000))
    items = tuple(
        Item(kind, n if kind != rules.OTHER_DEDUCTION else n // 100)
        for kind, n in draw(st.lists(item, max_size=3))
    )
    return Inputs(
        month, "张三", tuple(parts), effective_certificates(facts, scheme, month),
        draw(st.sampled_from(("", *_WORDS, "称职"))),
        draw(st.none() | yuans(0, 150)), items,
        draw(st.none() | st.integers(100_000, 2_500_000)),
        draw(st.none() | st.integers(100_000, 2_500_000)),
        draw(st.integers(0, 600_000)),
    )  # fmt: skip


def agree_on_a_career(data: st.DataObject) -> None:
    facts, rates = data.draw(files()), data.draw(rate_tables())
    two = [data.draw(schemes()), data.draw(schemes())]
    turn, relief = data.draw(st.integers(1, 13)), data.draw(st.booleans())
    first, year, held = [0, 0, 0, 0, 0], tax.Year(), 0
    for number in data.draw(st.sets(st.integers(1, 12), min_size=1, max_size=4).map(sorted)):
        month, scheme = date(2026, number, 1), two[number >= turn]
        assert determine_grade(facts, scheme, month).grade == second.grade(facts, scheme, month)
        assert list(effective_certificates(facts, scheme, month)) == second.certified(
            facts, scheme, month
        )
        said = replace(
            data.draw(months(month, scheme, facts)), before=year, relief=relief, held=held
        )
        expected = second.amounts(second.days_told(said), said, scheme, rates, first)
        del expected["put right"]
        if expected["net"] < 0:
            with pytest.raises(Exception, match="超过应发"):
                calculate(said, scheme, rates)
            return
        slip = calculate(said, scheme, rates)
        told = {"gross": slip.gross, "tax": slip.tax, "net": slip.net, "own": slip.contributions,
                "held": slip.held}  # fmt: skip
        told |= {code: slip.amount(code) for code in expected if code not in told}
        assert told == expected
        assert (
            slip.net + slip.deductions
            == slip.gross
            == sum(line.amount for line in slip.lines if line.kind == rules.EARNING)
        )
        used = RulesUsed("x", scheme, rates)
        assert rules_back(kept(used)).slip(inputs_back(kept(said))) == slip
        now = tax.Year(1, slip.taxable, slip.contributions, said.additional, slip.tax)
        year, held = year.plus(now), slip.held


QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=100, **QUIET)
@given(st.data())
def test_two_engines_agree(data: st.DataObject) -> None:
    agree_on_a_career(data)
