"""Whole careers out of the office's own records: two engines that share nothing, 0 fen apart.

Posts, grades, certificates, gaps, absences, joining and leaving, a scheme and rates that change in
the year, a new tax year, opening sums, past sheets, and retro pay. A few hundred in every run; a
hundred thousand by command:
    pytest -m slow --timeout 0 tests/salary/test_careers.py
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace as Row

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.salary import reading, rules
from lanling_desktop.salary.grade import determine_grade
from lanling_desktop.salary.insurance import Rate
from lanling_desktop.salary.month import EARNED, HELD, Payroll
from lanling_desktop.salary.retro import PaidMonth, RulesByMonth, short_of
from lanling_desktop.salary.scheme import Scheme
from lanling_desktop.salary.used import RulesUsed, inputs_back, kept, rules_back
from tests.salary import second_engine as second
from tests.salary.careers import (
    MONTHS,
    SOON,
    Career,
    careers,
    days_in,
    draw_month,
    facts_on,
    grade_of,
    month_of,
    year_before,
)
from tests.salary.test_two_engines import QUIET, rate_tables, schemes

PEOPLE = 5  # under one pair of schemes
MANY = 100_000
counted = {"careers": 0, "months": 0, "retro": 0}


@dataclass
class Place:
    """Two schemes and two tables of rates, and from when the second ones hold."""

    schemes: Sequence[Scheme]
    rates: Sequence[tuple[Rate, ...]]
    turn: date
    new_rates: date

    def scheme_on(self, day: date) -> Scheme:
        return self.schemes[day >= self.turn]

    def rates_on(self, day: date) -> tuple[Rate, ...]:
        return self.rates[day >= self.new_rates]


def agree_in_an_office(data: st.DataObject) -> None:
    place = Place(
        (data.draw(schemes()), data.draw(schemes())),
        (data.draw(rate_tables()), data.draw(rate_tables())),
        data.draw(st.sampled_from(MONTHS)),
        data.draw(st.sampled_from(MONTHS)),
    )
    for _ in range(PEOPLE):
        agree_on_a_career(data, place)
        counted["careers"] += 1


def agree_on_a_career(data: st.DataObject, place: Place) -> None:
    def grade_on(career: Career, post: str, day: date) -> int:
        scheme, file = place.scheme_on(day), career.file()
        facts = reading.facts_of(career.worker, file, day)
        assert facts.post == post
        found = determine_grade(facts, scheme, day).grade
        assert found == second.grade(facts_on(career, post), scheme, day)
        return found

    career = data.draw(careers(grade_on))
    paid: list[Row] = []
    start = data.draw(st.integers(0, len(MONTHS) - 3))
    months = MONTHS[start : start + data.draw(st.integers(1, 4))]
    for month in months:
        if data.draw(st.integers(0, 9)):
            draw_month(data.draw, career, month)
            if not agree_on_a_month(career, place, month, paid):
                return
    if not paid or month == MONTHS[-1]:
        return
    after = MONTHS[MONTHS.index(month) + 1]
    something_changes(data, career, place, after)
    agree_on_retro_pay(career, place, after, paid)
    agree_on_a_month(career, place, after, paid)


def agree_on_a_month(career: Career, place: Place, month: date, paid: list[Row]) -> bool:
    """Both engines on one month, from the records; False when it cannot be paid."""
    scheme, rates, file = place.scheme_on(month), place.rates_on(month), career.file()
    worker, days = career.worker, days_in(career, month)
    gone = worker.left_on is not None and worker.left_on < month
    if not days and not gone:
        if worker.hired_on < month:
            with pytest.raises(OfficeError, match="没有任职记录"):
                reading.inputs_of(worker, file, month, scheme)
        return True
    inputs = reading.inputs_of(worker, file, month, scheme)
    said = month_of(career, month, scheme, paid)
    expected = second.amounts(days, said, scheme, rates, year_before(career, month, paid))
    payroll = Payroll(scheme, rates)
    if expected["net"] < 0:
        with pytest.raises(OfficeError, match="超过应发"):
            payroll.slip(inputs)
        return False
    slip = payroll.slip(inputs)
    right = sum(each.amount for each in slip.lines if each.code.startswith("correction_"))
    told = {"gross": slip.gross, "tax": slip.tax, "net": slip.net, "own": slip.contributions,
            "held": slip.held, "put right": right}  # fmt: skip
    told |= {code: slip.amount(code) for code in expected if code not in told}
    assert told == expected
    assert slip.net + slip.deductions == slip.gross
    assert all(each.arithmetic for each in slip.lines)
    used = RulesUsed("x", scheme, rates)
    assert rules_back(kept(used)).slip(inputs_back(kept(inputs))) == slip
    row = Row(id=f"s{month}", month=month, taxable=slip.taxable, contributions=slip.contributions,
              additional=inputs.additional, tax=slip.tax, held=slip.held, before=inputs.held,
              was={code: slip.amount(code) for code in EARNED})  # fmt: skip
    paid.append(row)
    career.of("slip").append(row)
    counted["months"] += 1
    return True


def something_changes(data: st.DataObject, career: Career, place: Place, after: date) -> None:
    """What is only known now of months already paid."""
    what = data.draw(st.sampled_from(("grade", "certificate", "absence", "scheme", "score")))
    day = data.draw(SOON.filter(lambda day: day < after))
    if what == "grade" and grade_of(career, day):
        post = next(row.post for row in career.of("post") if row.valid_from <= day
                    and (row.valid_to is None or day < row.valid_to))  # fmt: skip
        if all(row.valid_from != day for row in career.of("grade")):
            grade = data.draw(st.integers(1, 18))
            career.of("grade").append(
                Row(id="new", post=post, grade=grade, valid_from=day, valid_to=None)
            )
    elif what == "certificate":
        kind = data.draw(st.sampled_from(("助理社会工作师", "社会工作师", "高级社会工作师")))
        career.of("certificate").append(Row(kind=kind, awarded_on=day, registered_to=None))
    elif what == "absence":
        until = day + timedelta(data.draw(st.integers(1, 60)))
        career.rows["absence"] = [Row(kind="事假", percent="0", valid_from=day, valid_to=until)]
    elif what == "scheme":
        place.turn = data.draw(st.sampled_from(MONTHS))
    else:
        for row in career.of("score"):
            row.result, row.percent = data.draw(st.sampled_from(rules.SCORES)), None


def agree_on_retro_pay(career: Career, place: Place, month: date, paid: list[Row]) -> None:
    """What every paid month is short of now, and that a second look finds nothing."""
    found = list(short_of(career.worker, career.file(), paid_months(career, paid), _rules(place)))
    expected, held = {}, paid[0].before
    for row in paid:
        scheme = place.scheme_on(row.month)
        said = month_of(career, row.month, scheme, [])
        said.held = held
        due = second.earned(days_in(career, row.month), said, scheme)
        held = due.pop("held")
        for code in EARNED:
            short = due.get(code, 0) - row.was[code]
            if short:
                expected[row.month, code] = short
    if held != paid[-1].held:
        expected[paid[-1].month, HELD] = held - paid[-1].held
    assert {(each.for_month, each.code): each.amount for each in found} == expected
    counted["retro"] += bool(found)
    for each in found:
        assert each.arithmetic
        career.of("correction").append(
            Row(month=month, code=each.code, name=each.name, amount=each.amount,
                for_month=each.for_month, slip_id=each.slip_id, arithmetic=each.arithmetic)
        )  # fmt: skip
    again = short_of(career.worker, career.file(), paid_months(career, paid), _rules(place))
    assert list(again) == []


def paid_months(career: Career, paid: Sequence[Row]) -> list[PaidMonth]:
    """The paid months with all that was put right of them since."""
    months = []
    for row in paid:
        was = {**row.was, HELD: row.held}
        for each in career.of("correction"):
            if each.slip_id == row.id:
                was[each.code] += each.amount
        months.append(PaidMonth(row.month, row.id, row.before, was))
    return months


def _rules(place: Place) -> RulesByMonth:
    return RulesByMonth(place.scheme_on)


@pytest.mark.fault(59)
@settings(max_examples=40, **QUIET)
@given(st.data())
def test_careers_agree(data: st.DataObject) -> None:
    agree_in_an_office(data)


@pytest.mark.slow
@pytest.mark.parametrize("quarter", range(4))
def test_careers_agree_at_length(quarter: int, record_property: Callable[..., None]) -> None:
    before = dict(counted)
    campaign = settings(max_examples=MANY // PEOPLE // 4, database=None, **QUIET)
    campaign(given(st.data())(agree_in_an_office))()
    for name, number in counted.items():
        record_property(f"{name} {quarter}", number - before[name])
    assert counted["careers"] - before["careers"] >= MANY // 4
    assert counted["retro"] > before["retro"]
