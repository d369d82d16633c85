"""Where a line of pay comes from: the record to look at when somebody asks why."""

from __future__ import annotations

from sqlalchemy import select

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnyRow, table_of
from lanling_desktop.salary import month as pay
from lanling_desktop.salary import reading, rules
from lanling_desktop.salary.records import (
    ContributionRate,
    MonthItem,
    PaySlip,
    TaxDeduction,
    TaxOpening,
)
from lanling_desktop.salary.sheet import Month
from lanling_desktop.salary.used import inputs_back

Source = tuple[str, str]
"""Key of a register, and the record's id."""


def source_of(office: Office, month: Month, slip: AnyRow, line: AnyRow) -> Source | None:
    """The month it puts right, the rate, the item, the decision or the scheme it follows from."""
    office.refuse_reading("pay_run")
    if line.code.startswith(pay.CORRECTION):
        return _month_put_right(office, line)
    if line.code == pay.TAX:
        return _tax_source(office, slip)
    kind = line.name.removeprefix("单位")
    if kind in rules.CONTRIBUTIONS:
        return _rate(office, slip, kind)
    if kind in rules.ITEMS:
        return _item(office, slip, line)
    if line.code == pay.BASIC and (parts := inputs_back(slip.inputs).segments):
        return ("grade_decision", parts[-1].decision) if parts[-1].decision else None
    return "salary_scheme", month.used.scheme_id


def _month_put_right(office: Office, line: AnyRow) -> Source | None:
    here = table_of(PaySlip).c
    rows = office.rows(select(here.run_id).where(here.id == line.corrects_id))
    return ("pay_run", rows[0].run_id) if rows else None


def _rate(office: Office, slip: AnyRow, kind: str) -> Source | None:
    here = table_of(ContributionRate)
    where = here.c.kind == kind, here.c.binned_at.is_(None)
    found = [r for r in office.rows(select(here).where(*where)) if reading.holds(r, slip.month)]
    return ("contribution_rate", found[0].id) if found else None


def _item(office: Office, slip: AnyRow, line: AnyRow) -> Source | None:
    here = table_of(MonthItem).c
    rows = office.rows(
        select(here.id, here.reason, here.amount)
        .where(here.worker_id == slip.worker_id, here.month == slip.month)
        .where(here.kind == line.name, here.binned_at.is_(None))
    )
    found = [r for r in rows if (r.reason or "", r.amount) == (line.rule or "", line.amount)]
    return ("pay_item", found[0].id) if found else None


def _tax_source(office: Office, slip: AnyRow) -> Source | None:
    """What the worker is let off, or what the year began with; the table of tax is the State's."""
    opening, less = table_of(TaxOpening).c, table_of(TaxDeduction)
    rows = office.rows(
        select(opening.id).where(
            opening.worker_id == slip.worker_id,
            opening.year == slip.month.year,
            opening.binned_at.is_(None),
        )
    )
    if rows:
        return "tax_opening", rows[0].id
    where = less.c.worker_id == slip.worker_id, less.c.binned_at.is_(None)
    mine = [r for r in office.rows(select(less).where(*where)) if reading.holds(r, slip.month)]
    return ("tax_deduction", mine[0].id) if mine else None
