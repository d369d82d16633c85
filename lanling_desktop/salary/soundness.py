"""What must hold of months paid: sealed, and to the fen what their own rules and inputs give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnyRow, table_of
from lanling_desktop.salary import reading, rules
from lanling_desktop.salary.reading import Reader
from lanling_desktop.salary.records import PayRun, PaySlip
from lanling_desktop.salary.used import amounts_of, digest_of, inputs_back, rules_back


def seal_of(reader: Reader, run_id: str, rules_used: str) -> str:
    """The digest of a month as its records stand."""
    slips = slips_of(reader, run_id)
    lines = reading.lines_of(reader, [each.id for each in slips])
    return digest_of(
        rules_used,
        (
            (each.inputs or "", tuple((row.code, row.amount) for row in lines.get(each.id, [])))
            for each in slips
        ),
    )


def unsound_slips(reader: Reader, run_id: str, rules_used: str) -> list[tuple[str, str]]:
    """Where a month's slips are not what its own rules and inputs give, to the fen."""
    used = rules_back(rules_used)
    slips = slips_of(reader, run_id)
    lines = reading.lines_of(reader, [each.id for each in slips])
    found = []
    for each in slips:
        again = used.slip(inputs_back(each.inputs))
        told = tuple((row.code, row.amount) for row in lines.get(each.id, []))
        sums = (each.gross, each.deductions, each.net, each.employer)
        if told != amounts_of(again):
            found.append((each.name or "", "的工资明细与所用规则算出的不符"))
        elif sums != (again.gross, again.deductions, again.net, again.employer):
            found.append((each.name or "", "的工资合计与明细不符"))
    return found


def slips_of(reader: Reader, run_id: str) -> Sequence[AnyRow]:
    """The slips of a month in its order."""
    here = table_of(PaySlip)
    where = here.c.run_id == run_id, here.c.binned_at.is_(None)
    return reader.rows(select(here).where(*where).order_by(here.c.position, here.c.id))


def unsound(office: Office) -> Iterable[tuple[str, str]]:
    """Everything that does not hold of the months paid: where, and what."""
    run, slip = table_of(PayRun).c, table_of(PaySlip).c
    closed = select(table_of(PayRun)).where(run.status.in_(rules.CLOSED), run.binned_at.is_(None))
    for each in office.rows(closed):
        for who, what in unsound_slips(office, each.id, each.rules_used):
            yield f"{each.title} {who}", what.removeprefix("的")
        if seal_of(office, each.id, each.rules_used) != each.digest:
            yield each.title, "发放以后被改动过，校验值不符"
        sums = select(func.count(), func.sum(slip.gross), func.sum(slip.net)).where(
            slip.run_id == each.id, slip.binned_at.is_(None)
        )
        if tuple(office.rows(sums)[0]) != (each.people, each.gross, each.net):
            yield each.title, "人数或合计与工资单相加不符"
