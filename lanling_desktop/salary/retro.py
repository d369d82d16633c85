"""What paid months were short of, as the facts, decisions and schemes stand for them now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select

from lanling_desktop.core.records import AnyRow, table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.salary import reading, rules
from lanling_desktop.salary.differences import owed
from lanling_desktop.salary.month import EARNED, HELD, Correction, Payroll
from lanling_desktop.salary.reading import MONTHLY, Known
from lanling_desktop.salary.records import PayRun, PaySlip
from lanling_desktop.salary.scheme import Scheme
from lanling_desktop.salary.used import inputs_back
from lanling_desktop.standards.amounts import format_fen as _f


class RulesByMonth:
    """The payroll of each month, as schemes stand now; read and made ready once."""

    def __init__(self, scheme_on: Callable[[date], Scheme]) -> None:
        self._scheme_on = scheme_on
        self._there: dict[date, tuple[Scheme, Payroll]] = {}

    def of(self, month: date) -> tuple[Scheme, Payroll]:
        """A month's scheme, and what works its slips out."""
        if month not in self._there:
            scheme = self._scheme_on(month)
            self._there[month] = scheme, Payroll(scheme)
        return self._there[month]


def owed_since(unit: Unit, run: PayRun, since: date) -> list[tuple[str, Correction]]:
    """By worker, what each paid month of a range is short of."""
    assert run.month is not None
    people = _ever_paid(unit, run, since)
    ids = [each.id for each in people]
    file = reading.known(unit, MONTHLY, ids)
    paid = reading.months_paid(unit, ids)
    slip_ids = [row.id for mine in paid.values() for row in mine]
    lines, put_right = reading.lines_of(unit, slip_ids), reading.corrected(unit, slip_ids)
    by_month = RulesByMonth(lambda month: reading.scheme_on(unit, month)[1])
    found: list[tuple[str, Correction]] = []
    for worker in people:
        months = []
        for row in paid.get(worker.id, []):
            if since <= row.month < run.month:
                was = dict(put_right.get(row.id, {}))
                for line in lines.get(row.id, []):
                    if line.code in EARNED:
                        was[line.code] = was.get(line.code, 0) + line.amount
                was[HELD] = was.get(HELD, 0) + (row.held or 0)
                months.append(PaidMonth(row.month, row.id, inputs_back(row.inputs).held, was))
        found += [(worker.id, each) for each in short_of(worker, file, months, by_month)]
    return found


@dataclass(frozen=True)
class PaidMonth:
    """A month of a worker as it was paid: by code, its earned lines and all put right of it since."""

    month: date
    slip_id: str
    held_before: int
    was: Mapping[str, int]


def short_of(
    worker: AnyRow, file: Known, months: Sequence[PaidMonth], by_month: RulesByMonth
) -> Iterator[Correction]:
    """What each of a worker's months is short of; at the last, what more performance still waits."""
    waiting = months[0].held_before if months else 0
    for each in months:
        scheme, payroll = by_month.of(each.month)
        now = reading.inputs_of(worker, file, each.month, scheme)
        before, due = waiting, payroll.earned(replace(now, held=waiting))
        waiting = due.held
        yield from owed(each.was, due.lines, each.month, each.slip_id)
        more = waiting - each.was.get(HELD, 0)
        if each is months[-1] and more:
            how = (
                f"至{each.month.year}年{each.month.month}月应留 {_f(waiting)}（以前留下 {_f(before)}）"
                f" - 已留 {_f(waiting - more)} = {_f(more)}，随以后的绩效一起发"
            )
            yield Correction(HELD, "留待以后发的绩效", more, each.month, each.slip_id, how)


def _ever_paid(unit: Unit, run: PayRun, since: date) -> list[AnyRow]:
    """Who was paid in a range of months, whether here still or gone."""
    slip, other = table_of(PaySlip).c, table_of(PayRun).c
    statement = (
        select(slip.worker_id)
        .join_from(table_of(PaySlip), table_of(PayRun), other.id == slip.run_id)
        .where(other.status.in_(rules.CLOSED), slip.month >= since, slip.month < run.month)
        .where(slip.binned_at.is_(None))
        .distinct()
    )
    if run.community_id:
        statement = statement.where(
            or_(other.community_id == run.community_id, other.community_id.is_(None))
        )
    ids = sorted(row[0] for row in unit.rows(statement))
    return [reading.worker_row(unit, each) for each in ids]
