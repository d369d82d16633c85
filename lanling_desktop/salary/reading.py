"""What the office knows of a month: every fact that grades and pay are worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Protocol

from sqlalchemy import Table, func, or_, select

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.records import AnyRow, AnySelect, Record, table_of
from lanling_desktop.people.records import Person
from lanling_desktop.salary import rules, tax
from lanling_desktop.salary.grade import (
    Assessed,
    Facts,
    Held,
    Period,
    Schooling,
    effective_certificates,
    level_of_certificate,
    merged,
    schooling_of,
    without,
)
from lanling_desktop.salary.insurance import Rate
from lanling_desktop.salary.month import EARNED, HELD, Correction, Inputs, Item, Segment, days_of
from lanling_desktop.salary.records import (
    ContributionBase,
    ContributionRate,
    GradeDecision,
    MonthItem,
    PayAbsence,
    PayCorrection,
    PayHistory,
    PayLine,
    PayRun,
    PaySlip,
    PerformanceScore,
    SalaryScheme,
    TaxDeduction,
    TaxOpening,
)
from lanling_desktop.salary.scheme import Scheme, loaded
from lanling_desktop.staff.records import (
    Assessment,
    Certificate,
    CommunityWorker,
    Education,
    Honour,
    PostHolding,
    ServicePeriod,
)


class Reader(Protocol):
    """An office, a running act, or what a rule may look at."""

    def rows(self, statement: AnySelect) -> Sequence[AnyRow]:
        """Rows of plain columns."""


_RELIEF = 6_000_000
_HUNDRED = Decimal(100)
_SOME = 500  # workers asked for by one statement


@dataclass
class Known:
    """Rows of the office about some workers: by kind of record, then by worker."""

    rows: dict[str, dict[str, list[AnyRow]]] = field(default_factory=dict)

    def of(self, kind: type[Record], worker_id: str) -> list[AnyRow]:
        """A worker's rows of a kind."""
        return self.rows.get(table_of(kind).name, {}).get(worker_id, [])


def known(reader: Reader, kinds: Iterable[Any], worker_ids: Sequence[str]) -> Known:
    """Everything of some kinds about some workers, by one statement a kind.

    Of slips only those of paid months: a month that is still worked on is nobody's past.
    """
    found = Known()
    for kind in kinds:
        table: Table = table_of(kind)
        mine = found.rows.setdefault(table.name, {})
        for first in range(0, len(worker_ids), _SOME):
            some = worker_ids[first : first + _SOME]
            statement = select(*(c for c in table.columns if c.name not in _LEFT_OUT))
            where = [table.c.worker_id.in_(some), table.c.binned_at.is_(None)]
            if kind is PaySlip:
                where.append(table.c.run_id.in_(_closed()))
            for row in reader.rows(statement.where(*where).order_by(table.c.id)):
                mine.setdefault(row.worker_id, []).append(row)
    return found


_LEFT_OUT = ("steps", "extra", "inputs")  # long, and never asked for here


def _closed() -> AnySelect:
    run = table_of(PayRun).c
    return select(run.id).where(run.status.in_(rules.CLOSED), run.binned_at.is_(None))


FILE = (Education, Certificate, Honour, Assessment, ServicePeriod, PostHolding)
MONTHLY = (
    *FILE, GradeDecision, PayAbsence, MonthItem, PerformanceScore, ContributionBase, TaxDeduction,
    TaxOpening, PaySlip, PayHistory, PayCorrection,
)  # fmt: skip


def workers_of(reader: Reader, month: date, community: str | None) -> list[AnyRow]:
    """Who was in the office on a day of a month, or is still owed something in it.

    With name, in the order of their numbers.
    """
    worker, person = table_of(CommunityWorker), table_of(Person)
    last = month.replace(day=days_of(month))
    due = table_of(PayCorrection).c
    owed = select(due.worker_id).where(due.month == month, due.binned_at.is_(None))
    where = [
        worker.c.binned_at.is_(None),
        or_(worker.c.hired_on.is_(None), worker.c.hired_on <= last),
        or_(worker.c.left_on.is_(None), worker.c.left_on >= month, worker.c.id.in_(owed)),
    ]
    if community:
        where.append(worker.c.community_id == community)
    columns = (
        worker.c.id, worker.c.code, person.c.name, worker.c.hired_on, worker.c.left_on,
        worker.c.community_work_on,
    )  # fmt: skip
    source = worker.outerjoin(person, person.c.id == worker.c.person_id)
    statement = select(*columns).select_from(source).where(*where)
    return list(reader.rows(statement.order_by(worker.c.code, worker.c.id)))


def worker_row(reader: Reader, worker_id: str) -> AnyRow:
    """One worker as `workers_of` has him. Raises `OfficeError` when there is none of that id."""
    worker, person = table_of(CommunityWorker), table_of(Person)
    source = worker.outerjoin(person, person.c.id == worker.c.person_id)
    columns = (
        worker.c.id, worker.c.code, person.c.name, worker.c.hired_on, worker.c.left_on,
        worker.c.community_work_on,
    )  # fmt: skip
    rows = reader.rows(select(*columns).select_from(source).where(worker.c.id == worker_id))
    if not rows:  # a name that is still being typed
        raise OfficeError("没有这名社区工作者", "没有改动任何数据", "请从名单里选一名")
    return rows[0]


def facts_of(worker: AnyRow, file: Known, day: date) -> Facts:
    """What a worker's grade depends on; his post is that of the day."""
    post = next((p for p in file.of(PostHolding, worker.id) if holds(p, day)), None)
    if post is None:
        raise OfficeError(
            f"{worker.name}在 {day} 没有任职记录",
            "没有改动任何数据",
            "请在社区工作者里登记他的岗位，再认定等级",
        )
    return Facts(
        post.post,
        _service(worker, file),
        _schooling(worker, file),
        tuple(
            Held(level_of_certificate(each.kind), each.awarded_on, each.registered_to)
            for each in file.of(Certificate, worker.id)
        ),
        tuple(
            Held(each.level, each.awarded_on) for each in file.of(Honour, worker.id) if each.level
        ),
        tuple(Assessed(each.year, each.result) for each in file.of(Assessment, worker.id)),
    )


def _schooling(worker: AnyRow, file: Known) -> tuple[Schooling, ...]:
    rows = file.of(Education, worker.id)
    found = (schooling_of(each.level, each.degree, each.awarded_on) for each in rows)
    return tuple(each for each in found if each is not None)


def _service(worker: AnyRow, file: Known) -> tuple[Period, ...]:
    """Own service and what was counted of earlier posts, less what was said not to count."""
    far = date.max
    periods: list[tuple[date, date]] = []
    cut: list[tuple[date, date]] = []
    begun = worker.community_work_on or worker.hired_on
    if begun:
        left = worker.left_on + timedelta(days=1) if worker.left_on else far
        periods.append((begun, left))
    for each in file.of(ServicePeriod, worker.id):
        if each.valid_from:
            said = (each.valid_from, each.valid_to or far)
            (periods if each.counted else cut).append(said)
    counted = merged(periods)
    for since, until in cut:
        counted = merged(without(counted, since, until))
    return tuple(Period(since, None if until == far else until) for since, until in counted)


def holds(row: Any, day: date) -> bool:
    """Whether a dated row is in force on a day."""
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_to is None or day < row.valid_to)


# The month


def scheme_on(reader: Reader, day: date) -> tuple[str, Scheme]:
    """The scheme in force on a day, with its id."""
    here = table_of(SalaryScheme).c
    rows = reader.rows(
        select(here.id, here.content, here.name, here.valid_from, here.valid_to).where(
            here.binned_at.is_(None), here.status != rules.DRAFTED
        )
    )
    found = [row for row in rows if holds(row, day)]
    when = f"{day.year}年{day.month}月"
    if not found:
        raise OfficeError(
            f"{when}没有启用的薪酬方案", "没有改动任何数据", "请在薪酬方案里启用一个，写明起始日期"
        )
    if len(found) > 1:
        raise OfficeError(
            f"{when}有 {len(found)} 个启用的薪酬方案：{'、'.join(row.name for row in found)}",
            "没有改动任何数据",
            "请给旧的方案填终止日期",
        )
    return found[0].id, loaded(found[0].content)


def rates_on(reader: Reader, day: date) -> tuple[Rate, ...]:
    """The rates in force on a day, in the order of the sheet."""
    rows = reader.rows(
        select(table_of(ContributionRate)).where(
            table_of(ContributionRate).c.binned_at.is_(None),
        )
    )
    found = [
        Rate(
            row.kind,
            rules.percent(row.employer_pct) or Decimal(0),
            rules.percent(row.worker_pct) or Decimal(0),
            row.base_min,
            row.base_max,
            bool(row.whole_yuan),
            row.doc_no or "",
        )
        for row in rows
        if holds(row, day)
    ]
    kinds = [each.kind for each in found]
    twice = sorted({kind for kind in kinds if kinds.count(kind) > 1})
    if twice:
        raise OfficeError(
            f"{day} 的{'、'.join(twice)}有两条比例", "没有改动任何数据", "请给旧的那条填终止日期"
        )
    return tuple(sorted(found, key=lambda each: rules.CONTRIBUTIONS.index(each.kind)))


def inputs_of(worker: AnyRow, file: Known, month: date, scheme: Scheme) -> Inputs:
    """A worker's month as the office knows it now."""
    last = month.replace(day=days_of(month))
    segments = _segments(worker, file, month)
    score = next((s for s in file.of(PerformanceScore, worker.id) if s.month == month), None)
    bases = {
        each.kind: each.base for each in file.of(ContributionBase, worker.id) if holds(each, last)
    }
    certificates: tuple[str, ...] = ()
    if segments:
        held = facts_of(worker, file, month.replace(day=segments[-1].last))
        certificates = effective_certificates(held, scheme, month)
    slips = [each for each in file.of(PaySlip, worker.id) if each.month < month]
    owed = [each for each in file.of(PayCorrection, worker.id) if each.month == month]
    waits = max(slips, key=lambda each: each.month).held or 0 if slips else 0
    before, relief = _tax_year(worker, file, month, slips)
    return Inputs(
        month=month,
        name=worker.name or worker.code or "",
        segments=segments,
        certificates=certificates,
        result=(score.result or "") if score else "",
        percent=rules.percent(score.percent) if score else None,
        items=tuple(
            Item(each.kind, each.amount, each.reason or "")
            for each in file.of(MonthItem, worker.id)
            if each.month == month
        ),
        social_base=bases.get(rules.SOCIAL),
        fund_base=bases.get(rules.FUND),
        additional=sum(
            each.amount for each in file.of(TaxDeduction, worker.id) if holds(each, last)
        ),
        before=before,
        relief=relief,
        held=waits + sum(each.amount for each in owed if each.code == HELD),
        leaving=worker.left_on is not None and worker.left_on <= last,
        corrections=tuple(
            Correction(c.code, c.name, c.amount, c.for_month, c.slip_id, c.arithmetic or "")
            for c in sorted((each for each in owed if each.code != HELD), key=_in_order)
        ),
    )


def _in_order(correction: AnyRow) -> tuple[date, int]:
    return correction.for_month, EARNED.index(correction.code)


def _segments(worker: AnyRow, file: Known, month: date) -> tuple[Segment, ...]:
    """The month cut at every day on which post, grade, probation or an absence changes."""
    size = days_of(month)
    left, hired = worker.left_on, worker.hired_on
    if (left and left < month) or (hired and hired > month.replace(day=size)):
        return ()
    first = max(hired or month, month).day
    last = left.day if left and (left.year, left.month) == (month.year, month.month) else size
    posts, grades = file.of(PostHolding, worker.id), file.of(GradeDecision, worker.id)
    absences = file.of(PayAbsence, worker.id)
    cuts = {first, last + 1}
    for row in (*posts, *grades, *absences):
        ends = [row.valid_from, row.valid_to]
        tried = getattr(row, "probation_to", None)
        ends += [tried + timedelta(days=1)] if tried else []
        cuts |= {d.day for d in ends if d and (d.year, d.month) == (month.year, month.month)}
    days = sorted(day for day in cuts if first <= day <= last + 1)
    found = []
    for begin, end in pairwise(days):
        day = month.replace(day=begin)
        post = next((p for p in posts if holds(p, day)), None)
        if post is None:
            continue
        grade = max(
            (g for g in grades if holds(g, day) and g.post == post.post),
            key=lambda g: g.valid_from,
            default=None,
        )
        if grade is None:
            raise OfficeError(
                f"{worker.name} {day} 起任{post.post}，没有这个岗位的等级认定",
                "没有改动任何数据",
                "请先认定他的岗位等级，再核算",
            )
        away = next((a for a in absences if holds(a, day)), None)
        found.append(
            Segment(
                begin,
                end - 1,
                post.post,
                grade.grade,
                bool(post.probation_to and post.probation_to >= day),
                bool(post.concurrent),
                (rules.percent(away.percent) or Decimal(0)) if away else _HUNDRED,
                away.kind if away else "",
                grade.id,
            )
        )
    if not found:
        raise OfficeError(
            f"{worker.name}在 {month.year}年{month.month}月没有任职记录",
            "没有改动任何数据",
            "请登记他的岗位，或填离职日期",
        )
    return tuple(found)


def _tax_year(
    worker: AnyRow, file: Known, month: date, slips: Sequence[AnyRow]
) -> tuple[tax.Year, bool]:
    """What the year has come to before the month, and whether the whole relief is due."""
    opening = next((o for o in file.of(TaxOpening, worker.id) if o.year == month.year), None)
    year = tax.Year()
    mine = [each for each in slips if each.month.year == month.year]
    for each in mine:
        year = year.plus(
            tax.Year(1, each.taxable, each.contributions, each.additional or 0, each.tax)
        )
    if opening is not None:
        year = year.plus(
            tax.Year(
                opening.months or 0,
                opening.income or 0,
                opening.contributions or 0,
                opening.additional or 0,
                opening.withheld or 0,
            )
        )
    else:
        own = {each.month for each in mine}
        for each in file.of(PayHistory, worker.id):
            if each.month.year == month.year and each.month < month and each.month not in own:
                year = year.plus(_history_year(each))
    if opening is not None and opening.relief is not None:
        return year, bool(opening.relief)
    return year, _relieved(worker, file, month.year - 1, slips)


def _relieved(worker: AnyRow, file: Known, year: int, slips: Sequence[AnyRow]) -> bool:
    """Whether somebody was paid here in all of a year, and no more than the relief in it."""
    last = {each.month: each.taxable or 0 for each in slips if each.month.year == year}
    for each in file.of(PayHistory, worker.id):
        if each.month.year == year:
            last.setdefault(each.month, each.gross or 0)
    return len(last) == 12 and sum(last.values()) <= _RELIEF


def _history_year(row: Any) -> tax.Year:
    own = sum(getattr(row, key) or 0 for key in ("pension", "medical", "unemployment", "housing"))
    return tax.Year(1, row.gross or 0, own, 0, row.tax or 0)


def months_paid(reader: Reader, worker_ids: Sequence[str]) -> dict[str, list[AnyRow]]:
    """The slips of paid months by worker, oldest first: id, month, inputs, what waits, run."""
    slip = table_of(PaySlip).c
    found: dict[str, list[AnyRow]] = {}
    for first in range(0, len(worker_ids), _SOME):
        some = worker_ids[first : first + _SOME]
        rows = reader.rows(
            select(slip.id, slip.worker_id, slip.month, slip.inputs, slip.held, slip.run_id)
            .where(slip.worker_id.in_(some), slip.binned_at.is_(None), slip.run_id.in_(_closed()))
            .order_by(slip.month)
        )
        for row in rows:
            found.setdefault(row.worker_id, []).append(row)
    return found


def decided_ever(reader: Reader) -> set[str]:
    """Who has ever had a grade decided: the others are not on this payroll."""
    here = table_of(GradeDecision).c
    rows = reader.rows(select(here.worker_id).where(here.binned_at.is_(None)).distinct())
    return {row[0] for row in rows}


def lines_of(reader: Reader, slip_ids: Sequence[str]) -> dict[str, list[AnyRow]]:
    """The lines of slips in their order."""
    line = table_of(PayLine).c
    found: dict[str, list[AnyRow]] = {}
    for first in range(0, len(slip_ids), _SOME):
        some = slip_ids[first : first + _SOME]
        where = line.slip_id.in_(some), line.binned_at.is_(None)
        for row in reader.rows(select(table_of(PayLine)).where(*where).order_by(line.position)):
            found.setdefault(row.slip_id, []).append(row)
    return found


def corrected(reader: Reader, slip_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """By slip and code, what was put right of it since."""
    here = table_of(PayCorrection).c
    found: dict[str, dict[str, int]] = {}
    for first in range(0, len(slip_ids), _SOME):
        some = slip_ids[first : first + _SOME]
        rows = reader.rows(
            select(here.slip_id, here.code, func.sum(here.amount))
            .where(here.slip_id.in_(some), here.binned_at.is_(None))
            .group_by(here.slip_id, here.code)
        )
        for slip_id, code, amount in rows:
            found.setdefault(slip_id, {})[code] = amount
    return found
