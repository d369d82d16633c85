"""What paid months were short of, as the facts, decisions and schemes stand for them now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select

from lanling_desktop.core.records import AnyRow, table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.salary import reading, rules
from lanling_desktop.salary.differences import owed
from lanling_desktop.salary.month import EARNED, Correction, Payroll
from lanling_desktop.salary.reading import MONTHLY
from lanling_desktop.salary.records import PayRun, PaySlip
from lanling_desktop.salary.scheme import Scheme
from lanling_desktop.salary.used import inputs_back


def owed_since(unit: Unit, run: PayRun, since: date) -> list[tuple[str, Correction]]:
    """By worker, what each paid month of a range is short of."""
    assert run.month is not None
    people = _ever_paid(unit, run, since)
    ids = [each.id for each in people]
    file = reading.known(unit, MONTHLY, ids)
    paid = reading.months_paid(unit, ids)
    slip_ids = [row.id for mine in paid.values() for row in mine]
    lines, put_right = reading.lines_of(unit, slip_ids), reading.corrected(unit, slip_ids)
    payrolls: dict[date, tuple[Scheme, Payroll]] = {}
    found: list[tuple[str, Correction]] = []
    for worker in people:
        waiting: int | None = None
        for row in paid.get(worker.id, []):
            if not since <= row.month < run.month:
                continue
            if row.month not in payrolls:
                scheme = reading.scheme_on(unit, row.month)[1]
                payrolls[row.month] = scheme, Payroll(scheme)
            scheme, payroll = payrolls[row.month]
            if waiting is None:
                waiting = inputs_back(row.inputs).held
            now = reading.inputs_of(worker, file, row.month, scheme)
            due = payroll.earned(replace(now, held=waiting))
            waiting = due.held
            was = dict(put_right.get(row.id, {}))
            for line in lines.get(row.id, []):
                if line.code in EARNED:
                    was[line.code] = was.get(line.code, 0) + line.amount
            found += [(worker.id, each) for each in owed(was, due.lines, row.month, row.id)]
    return found


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
