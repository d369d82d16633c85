"""A month of pay as its sheet has it, on paper and on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnyRow, table_of
from lanling_desktop.salary import month as pay
from lanling_desktop.salary import reading
from lanling_desktop.salary.records import PayRun
from lanling_desktop.salary.soundness import slips_of
from lanling_desktop.salary.used import RulesUsed, rules_back
from lanling_desktop.standards.amounts import format_yuan, yuan

_OTHER = (pay.CONCURRENT, "allowance", "prize", "exempt")
OWN = ("pension", "medical", "unemployment", "housing")


@dataclass(frozen=True)
class Month:
    """A month of pay as its papers are drawn from."""

    run: AnyRow
    used: RulesUsed
    slips: Sequence[AnyRow]
    lines: Mapping[str, Sequence[AnyRow]]

    def amount(self, slip: AnyRow, *codes: str) -> int:
        """The sum of a slip's lines of some codes."""
        return sum(row.amount for row in self.lines.get(slip.id, ()) if row.code in codes)

    def other(self, slip: AnyRow) -> int:
        """What is earned beside grade, performance and certificate: corrections among it."""
        return sum(
            row.amount
            for row in self.lines.get(slip.id, ())
            if row.code in _OTHER or row.code.startswith(pay.CORRECTION)
        )


def month_of(office: Office, run_id: str) -> Month:
    """A month with its slips and lines. Raises `OfficeError` before it has been worked out."""
    office.refuse_reading("pay_run")
    here = table_of(PayRun)
    rows = office.rows(select(here).where(here.c.id == run_id))
    if not rows or not rows[0].rules_used:
        safe = "数据没有改动"
        raise OfficeError("这个月还没有核算", safe, "请先按 F7 核算")
    slips = slips_of(office, run_id)
    lines = reading.lines_of(office, [each.id for each in slips])
    return Month(rows[0], rules_back(rows[0].rules_used), slips, lines)


def money(amount: int | None) -> str:
    """An amount in a box of a sheet; nothing for nought."""
    return format_yuan(yuan(amount)) if amount else ""


def amounts_of(month: Month, slip: AnyRow) -> tuple[int, ...]:
    """The money columns of the sheet."""
    return (
        month.amount(slip, pay.BASIC),
        month.amount(slip, pay.PERFORMANCE),
        month.amount(slip, pay.CERTIFICATE),
        month.other(slip),
        slip.gross,
        *(month.amount(slip, code) for code in OWN),
        month.amount(slip, pay.TAX),
        month.amount(slip, pay.OTHER_DEDUCTION),
        slip.deductions,
        slip.net,
    )
