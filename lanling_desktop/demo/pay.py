"""Twelve months of pay of the demo's 32 workers, by the scheme that is marked 示例."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnyRow, Record, table_of
from lanling_desktop.demo.rows import Rows
from lanling_desktop.salary import rules, schemes
from lanling_desktop.salary.actions import line_values, month_before, run_values, slip_values
from lanling_desktop.salary.deciding import Computed, compute
from lanling_desktop.salary.differences import reasons
from lanling_desktop.salary.grade import add_months
from lanling_desktop.salary.insurance import Rate
from lanling_desktop.salary.month import Inputs, Slip, days_of
from lanling_desktop.salary.reading import FILE, Known, inputs_of, known, workers_of
from lanling_desktop.salary.records import (
    ContributionBase,
    ContributionRate,
    GradeDecision,
    PayLine,
    PayRun,
    PaySlip,
    PerformanceScore,
    SalaryScheme,
)
from lanling_desktop.salary.scheme import dumped, loaded, plain
from lanling_desktop.salary.used import RulesUsed, amounts_of, digest_of, kept
from lanling_desktop.staff.records import CommunityWorker

MONTHS = 12
_SCHEME, _DOC, _CLERK = "示例：演示方案", "示例", "演示数据"
_SINCE = date(2020, 1, 1)
_RATES = (
    Rate(rules.PENSION, Decimal(16), Decimal(8), doc_no=_DOC),
    Rate(rules.MEDICAL, Decimal(8), Decimal(2), doc_no=_DOC),
    Rate(rules.UNEMPLOYMENT, Decimal("0.7"), Decimal("0.3"), doc_no=_DOC),
    Rate(rules.INJURY, Decimal("0.2"), Decimal(0), doc_no=_DOC),
    Rate(rules.HOUSING, Decimal(5), Decimal(5), whole_yuan=True, doc_no=_DOC),
)
_BASES = ((rules.SOCIAL, 400_000), (rules.FUND, 380_000))
_EXCELLENT = 9  # every ninth score


@dataclass
class _Past:
    """What has been paid so far: by worker, the last month's slip and what it came from."""

    slips: dict[str, tuple[date, Slip, Inputs]] = field(default_factory=dict)


def write(rows: Rows, office: Office) -> None:
    """Scheme, rates, decisions and the twelve months before this one; read from the office's staff."""
    first = add_months(office.today.replace(day=1), -MONTHS)
    used = _rules(rows)
    workers = _recruited(office)
    file = known(office, FILE, [each.id for each in workers])
    for worker in workers:
        for kind, base in _BASES:
            _both(rows, file, ContributionBase, worker.id, kind=kind, base=base, valid_from=_SINCE)
        _decide(rows, file, worker, used, first, office.today)
    past = _Past()
    for ahead in range(MONTHS):
        month = add_months(first, ahead)
        _month(rows, file, used, workers, month, past, office.today)


def _rules(rows: Rows) -> RulesUsed:
    scheme = replace(loaded(schemes.shipped_text(_SCHEME)), effective_from=_SINCE.isoformat())
    scheme_id = rows.add(
        SalaryScheme,
        name=scheme.name,
        status=rules.ACTIVE,
        is_example=True,
        content=dumped(scheme),
        valid_from=_SINCE,
    )
    for each in _RATES:
        rows.add(
            ContributionRate,
            kind=each.kind,
            employer_pct=str(each.employer),
            worker_pct=str(each.worker),
            whole_yuan=each.whole_yuan or None,
            doc_no=each.doc_no,
            valid_from=_SINCE,
        )
    return RulesUsed(scheme_id, scheme, _RATES)


def _recruited(office: Office) -> list[AnyRow]:
    """The 32; the secretaries are not on this payroll."""
    here = table_of(CommunityWorker).c
    ids = {row[0] for row in office.rows(select(here.id).where(here.source == "公开招聘"))}
    return [each for each in workers_of(office, office.today, None) if each.id in ids]


def _both(rows: Rows, file: Known, kind: type[Record], worker_id: str, /, **values: Any) -> str:
    """A row of the office that the months to come can see already."""
    made = rows.add(kind, worker_id=worker_id, **values)
    whole: dict[str, Any] = dict.fromkeys(c.name for c in table_of(kind).columns)
    seen: Any = SimpleNamespace(**{**whole, **values, "id": made, "worker_id": worker_id})
    file.rows.setdefault(table_of(kind).name, {}).setdefault(worker_id, []).append(seen)
    return made


def _decide(
    rows: Rows, file: Known, worker: AnyRow, used: RulesUsed, first: date, today: date
) -> None:
    """The grade at the first month, and at each new year in which the rules give another."""
    begun = max(first, worker.hired_on)
    found: list[tuple[date, Computed]] = []
    for day in (begun, *(date(year, 1, 1) for year in range(begun.year + 1, today.year + 1))):
        now = compute(worker, file, used.scheme, day)
        if not found or found[-1][1].found.grade != now.found.grade:
            found.append((day, now))
    ends = [day for day, _ in found[1:]]
    for place, (day, now) in enumerate(found):
        _both(
            rows,
            file,
            GradeDecision,
            worker.id,
            scheme_id=used.scheme_id,
            post=now.facts.post,
            computed_grade=now.found.grade,
            grade=now.found.grade,
            decided_on=day,
            doc_no=_DOC,
            steps="\n".join(now.found.steps),
            inputs=json.dumps(plain(now.facts), ensure_ascii=False),
            valid_from=day,
            valid_to=ends[place] if place < len(ends) else None,
        )


def _month(
    rows: Rows,
    file: Known,
    used: RulesUsed,
    workers: list[AnyRow],
    month: date,
    past: _Past,
    today: date,
) -> None:
    present = [each for each in workers if each.hired_on <= month.replace(day=days_of(month))]
    if not present:
        return
    made: list[tuple[AnyRow, Inputs, Slip]] = []
    for number, worker in enumerate(present):
        if (number + month.month) % _EXCELLENT == 0:
            _both(rows, file, PerformanceScore, worker.id, month=month, result=rules.SCORES[0])
        inputs = inputs_of(worker, file, month, used.scheme)
        made.append((worker, inputs, used.slip(inputs)))
    run = _run(rows, used, month, made, today)
    for position, (worker, inputs, slip) in enumerate(made, 1):
        when, before, was = past.slips.get(worker.id, (None, None, None))
        if when != month_before(month):
            before = was = None
        difference, why = reasons(before, slip, was, inputs)
        slip_id = _both(
            rows,
            file,
            PaySlip,
            worker.id,
            run_id=run,
            month=month,
            position=position,
            difference=difference,
            why=why,
            **slip_values(inputs, slip),
        )
        for at, line in enumerate(slip.lines, 1):
            rows.add(PayLine, slip_id=slip_id, **line_values(at, line))
        past.slips[worker.id] = (month, slip, inputs)


def _run(
    rows: Rows,
    used: RulesUsed,
    month: date,
    made: list[tuple[AnyRow, Inputs, Slip]],
    today: date,
) -> str:
    """The month itself: filed, but the last one, which is only paid."""
    last = add_months(month, 1) == today.replace(day=1)
    end = month.replace(day=days_of(month))
    paid_on = min(today, add_months(month, 1).replace(day=10))
    return rows.add(
        PayRun,
        month=month,
        title=rules.run_title(month, None),
        status=rules.PAID if last else rules.ARCHIVED,
        made_by=_CLERK,
        calculated_on=end,
        reviewed_by=_CLERK,
        reviewed_on=end,
        approved_by=_CLERK,
        approved_on=end,
        paid_on=paid_on,
        archived_on=None if last else paid_on,
        digest=digest_of(kept(used), ((kept(i), amounts_of(s)) for _, i, s in made)),
        **run_values(used, [slip for _, _, slip in made]),
    )
