"""What a clerk does with months of pay: one function, one act each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select

from lanling_desktop.core import acts
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.records import AnyRow, Record, table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.salary import reading, rules
from lanling_desktop.salary.chosen import Chosen, chosen_of, named
from lanling_desktop.salary.differences import reasons
from lanling_desktop.salary.month import Inputs, Line, Slip
from lanling_desktop.salary.reading import MONTHLY, Reader
from lanling_desktop.salary.records import PayCorrection, PayLine, PayRun, PaySlip
from lanling_desktop.salary.retro import owed_since
from lanling_desktop.salary.scores import write_scores
from lanling_desktop.salary.soundness import seal_of, unsound_slips
from lanling_desktop.salary.step import Step, no_step
from lanling_desktop.salary.used import RulesUsed, inputs_back, kept

_SAFE = "没有改动任何数据"
_SHOWN = 3


@dataclass(frozen=True)
class Worked:
    """A month as the office's facts give it now."""

    rules_used: RulesUsed
    workers: tuple[AnyRow, ...]
    inputs: Mapping[str, Inputs]
    slips: Mapping[str, Slip]
    left_out: tuple[str, ...]
    scope: str = ""


@dataclass
class _Kept:
    """What the office keeps of a month already: slips by worker, lines by slip, in order."""

    slips: dict[str, PaySlip] = field(default_factory=dict)
    lines: dict[str, list[PayLine]] = field(default_factory=dict)


# The month


def start(
    office: Office,
    *,
    month: date,
    batch: str | None = None,
    community: str | None = None,
    chosen: Chosen | None = None,
    step: Step = no_step,
) -> Changes:
    """A new month of pay, worked out at once: of the whole office, of one community, of some."""
    first = month.replace(day=1)
    with office.act(f"新建并核算{rules.run_title(first, batch)}") as unit:
        values = {"month": first, "batch": batch or None, "community_id": community}
        run = acts.put(unit, "pay_run", None, values, confirmed=True)
        assert isinstance(run, PayRun)
        run.community_id = community
        run.chosen = chosen.kept() if chosen else None
        _calculate(office, unit, run, step)
    return unit.done


def narrow(office: Office, run_id: str, text: str) -> Changes:
    """Work a month out for the people of a typed list only; for everybody when it is empty."""
    with office.act(f"改{_title(office, run_id)}的核算范围") as unit:
        run = _open(unit, run_id, (rules.DRAFT, rules.CALCULATED), "改核算范围")
        assert run.month is not None
        chosen = named(text, reading.workers_of(unit, run.month, run.community_id))
        run.chosen = chosen.kept() if chosen else None
        _calculate(office, unit, run)
    return unit.done


def calculate(office: Office, run_id: str, *, step: Step = no_step) -> Changes:
    """Work a month out of everything the office knows now; what was there is put right in place."""
    with office.act(f"核算{_title(office, run_id)}") as unit:
        run = _open(unit, run_id, (rules.DRAFT, rules.CALCULATED), "核算")
        _calculate(office, unit, run, step)
    return unit.done


def rescore(
    office: Office, run_id: str, scores: Mapping[str, str], *, step: Step = no_step
) -> Changes:
    """Scores typed or pasted over the sheet of a month: kept, and the month worked out again."""
    with office.act(f"考核 {len(scores)} 人并重算{_title(office, run_id)}") as unit:
        run = _open(unit, run_id, (rules.DRAFT, rules.CALCULATED), "改考核")
        assert run.month is not None
        write_scores(unit, run.month, scores)
        _calculate(office, unit, run, step)
    return unit.done


def add_item(
    office: Office,
    run_id: str,
    *,
    worker_id: str,
    kind: str,
    amount: int,
    reason: str,
    step: Step = no_step,
) -> Changes:
    """One more amount for a worker, typed over the sheet: kept, and worked out again."""
    with office.act(f"{kind} {reason}并重算{_title(office, run_id)}") as unit:
        run = _open(unit, run_id, (rules.DRAFT, rules.CALCULATED), "加减金额")
        values = {
            "worker_id": worker_id,
            "month": run.month,
            "kind": kind,
            "amount": amount,
            "reason": reason,
        }
        acts.put(unit, "pay_item", None, values)
        _calculate(office, unit, run, step)
    return unit.done


def send_back(office: Office, run_id: str) -> Changes:
    """A month that was reviewed or approved goes back to be worked out again."""
    with office.act(f"退回{_title(office, run_id)}") as unit:
        run = _open(unit, run_id, (rules.REVIEWED, rules.APPROVED), "退回")
        run.status = rules.CALCULATED
        run.reviewed_by = run.reviewed_on = run.approved_by = run.approved_on = None
    return unit.done


def review(office: Office, run_id: str, *, step: Step = no_step) -> Changes:
    """Somebody has looked through what was worked out; refused when the facts have changed since."""
    with office.act(f"审核{_title(office, run_id)}") as unit:
        run = _open(unit, run_id, (rules.CALCULATED,), "审核")
        _refuse_stale(office, unit, run, step)
        run.status, run.reviewed_by, run.reviewed_on = rules.REVIEWED, unit.actor, unit.today
    return unit.done


def approve(office: Office, run_id: str) -> Changes:
    """The leader has signed."""
    with office.act(f"审批{_title(office, run_id)}") as unit:
        run = _open(unit, run_id, (rules.REVIEWED,), "审批")
        run.status, run.approved_by, run.approved_on = rules.APPROVED, unit.actor, unit.today
    return unit.done


def pay(office: Office, run_id: str, *, day: date) -> Changes:
    """The money is paid: the month is sealed, with its own copy of the rules."""
    with office.act(f"发放{_title(office, run_id)}") as unit:
        run = _open(unit, run_id, (rules.APPROVED,), "发放")
        _refuse_out_of_order(unit, run, tuple(_kept(unit, run).slips))
        for where, what in unsound_slips(unit, run.id, run.rules_used or ""):
            raise OfficeError(f"{where}{what}", _SAFE, "请退回后重新核算")
        run.status, run.paid_on = rules.PAID, day
        run.digest = seal_of(unit, run.id, run.rules_used or "")
    return unit.done


def archive(office: Office, run_id: str) -> Changes:
    """The papers are signed and filed."""
    with office.act(f"归档{_title(office, run_id)}") as unit:
        run = unit.get(PayRun, run_id)
        if run.status != rules.PAID:
            raise OfficeError(f"{run.title}还没有发放", _SAFE, "请发放以后再归档")
        run.status, run.archived_on = rules.ARCHIVED, unit.today
    return unit.done


def retro_pay(office: Office, run_id: str, *, since: date, reason: str) -> Changes:
    """What past months were short of, or paid too much, goes into a month that is still open.

    Every paid month since then is worked out anew from the facts, decisions and schemes that hold
    for it now; only what follows from grade and scheme is put right. A second run finds nothing.
    """
    with office.act(f"补发{since.year}年{since.month}月以来工资：{reason}") as unit:
        run = _open(unit, run_id, (rules.DRAFT, rules.CALCULATED), "补发")
        assert run.month is not None
        found = owed_since(unit, run, since.replace(day=1))
        if not found:
            raise OfficeError(
                f"{since.year}年{since.month}月以来没有要补发或扣回的",
                _SAFE,
                "要补发的，请先登记证书、岗位或重新认定等级，再做一次",
            )
        for worker_id, correction in found:
            unit.add(
                PayCorrection(
                    worker_id=worker_id,
                    month=run.month,
                    for_month=correction.for_month,
                    slip_id=correction.slip_id,
                    code=correction.code,
                    name=correction.name,
                    amount=correction.amount,
                    reason=reason,
                    arithmetic=correction.arithmetic,
                )
            )
        _calculate(office, unit, run)
        unit.main = run.id
    return unit.done


# Working out


def worked(office: Office, reader: Reader, run: Any, step: Step = no_step) -> Worked:
    """A month worked out of the office as it is. Raises `OfficeError` naming who cannot be paid."""
    month: date = run.month
    scheme_id, scheme = reading.scheme_on(reader, month)
    if scheme.is_example and not office.desk.get("demo", False):
        raise OfficeError(
            f"“{scheme.name}”是示例，不能用来发工资",
            _SAFE,
            "请按本县文件填好薪酬方案，写明文件编号再启用",
        )
    used = RulesUsed(scheme_id, scheme, reading.rates_on(reader, month))
    elsewhere, chosen = _paid_elsewhere(reader, run), chosen_of(run)
    meant = [
        each
        for each in reading.workers_of(reader, month, run.community_id)
        if chosen is None or each.id in chosen.ids
    ]
    present = [each for each in meant if each.id not in elsewhere]
    scope = chosen.scope(len(meant) - len(present)) if chosen else ""
    decided = reading.decided_ever(reader)
    workers = tuple(each for each in present if each.id in decided)
    left_out = tuple(each.name or each.code for each in present if each.id not in decided)
    if not workers:
        raise _nobody(bool(meant) and not present)
    file = reading.known(reader, MONTHLY, [each.id for each in workers])
    inputs: dict[str, Inputs] = {}
    slips: dict[str, Slip] = {}
    troubles: list[OfficeError] = []
    for number, each in enumerate(workers):
        step(number, len(workers) * 2)
        try:
            inputs[each.id] = reading.inputs_of(each, file, month, scheme)
            slips[each.id] = used.slip(inputs[each.id])
        except OfficeError as trouble:
            troubles.append(trouble)
    if troubles:
        raise _together(troubles)
    return Worked(used, workers, inputs, slips, left_out, scope)


def _nobody(all_elsewhere: bool) -> OfficeError:
    if all_elsewhere:
        return OfficeError(
            "这些人都已列入同一个月别的批次，没有要核算的人",
            _SAFE,
            "一个人一个月只发一次；要改他的工资，请到那一批里改",
        )
    return OfficeError("没有可以核算的人", _SAFE, "请先登记社区工作者和他们的岗位，并认定岗位等级")


def _together(troubles: Sequence[OfficeError]) -> OfficeError:
    """Everybody's trouble in one; the same empty cell is said once."""
    said = list(dict.fromkeys(each.what for each in troubles))
    more = f"（另有 {len(said) - _SHOWN} 处）" if len(said) > _SHOWN else ""
    return OfficeError("；".join(said[:_SHOWN]) + more, _SAFE, troubles[0].then)


def _paid_elsewhere(reader: Reader, run: Any) -> set[str]:
    """Who has a slip in another batch of the same month."""
    slip, other = table_of(PaySlip).c, table_of(PayRun).c
    rows = reader.rows(
        select(slip.worker_id)
        .join_from(table_of(PaySlip), table_of(PayRun), other.id == slip.run_id)
        .where(
            slip.month == run.month,
            slip.run_id != (run.id or ""),
            slip.binned_at.is_(None),
            other.binned_at.is_(None),
        )
    )
    return {row[0] for row in rows}


def _calculate(office: Office, unit: Unit, run: PayRun, step: Step = no_step) -> None:
    found = worked(office, unit, run, step)
    assert run.month is not None
    _refuse_out_of_order(unit, run, tuple(found.inputs))
    kept_now = _kept(unit, run)
    before = _before(unit, run.month, tuple(found.inputs))
    people = len(found.workers)
    for position, worker in enumerate(found.workers, 1):
        step(people + position, people * 2)
        row = kept_now.slips.pop(worker.id, None) or PaySlip(
            run_id=run.id, worker_id=worker.id, month=run.month
        )
        if row.id is None:
            unit.add(row)
        unit.unbin(row)
        inputs, slip = found.inputs[worker.id], found.slips[worker.id]
        row.position = position
        _say(row, slip_values(inputs, slip))
        was, said = before.get(worker.id, (None, None))
        row.difference, row.why = reasons(was, slip, said, inputs)
        _say_lines(unit, row, slip.lines, kept_now.lines.get(row.id, []))
    for gone in kept_now.slips.values():
        if gone.binned_at is None:
            unit.bin(gone, "重新核算后本月没有他的工资")
            for line in kept_now.lines.get(gone.id, []):
                unit.bin(line, "重新核算")
    _say_run(unit, run, found)
    unit.main = run.id


def slip_values(inputs: Inputs, slip: Slip) -> dict[str, Any]:
    """The columns of a slip's record."""
    last = inputs.segments[-1] if inputs.segments else None
    return {
        "name": inputs.name,
        "post": last.post if last else None,
        "grade": last.grade if last else None,
        "coefficient": slip.coefficient or None,
        "gross": slip.gross,
        "deductions": slip.deductions,
        "net": slip.net,
        "employer": slip.employer,
        "taxable": slip.taxable,
        "contributions": slip.contributions,
        "additional": inputs.additional,
        "tax": slip.tax,
        "held": slip.held,
        "inputs": kept(inputs),
    }


def line_values(position: int, line: Line) -> dict[str, Any]:
    """The columns of a line's record."""
    return {
        "position": position,
        "code": line.code,
        "name": line.name,
        "kind": line.kind,
        "amount": line.amount,
        "rule": line.rule,
        "arithmetic": line.arithmetic,
        "for_month": line.for_month,
        "corrects_id": line.slip_id or None,
    }


def run_values(used: RulesUsed, slips: Collection[Slip]) -> dict[str, Any]:
    """The columns of a month's record that its slips decide."""
    return {
        "rules_used": kept(used),
        "demo": used.scheme.is_example,
        "people": len(slips),
        "gross": sum(each.gross for each in slips),
        "deductions": sum(each.deductions for each in slips),
        "net": sum(each.net for each in slips),
        "employer": sum(each.employer for each in slips),
    }


def _say(row: Record, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _say_lines(unit: Unit, slip: PaySlip, lines: Sequence[Line], there: list[PayLine]) -> None:
    for at, line in enumerate(lines):
        row = there[at] if at < len(there) else unit.add(PayLine(slip_id=slip.id))
        unit.unbin(row)
        _say(row, line_values(at + 1, line))
    for row in there[len(lines) :]:
        if row.binned_at is None:
            unit.bin(row, "重新核算")


def _say_run(unit: Unit, run: PayRun, found: Worked) -> None:
    _say(run, run_values(found.rules_used, found.slips.values()))
    run.left_out = "、".join(found.left_out) or None
    run.scope = found.scope or None
    run.status, run.made_by, run.calculated_on = rules.CALCULATED, unit.actor, unit.today


def _kept(unit: Unit, run: PayRun) -> _Kept:
    """Slips and lines of a month, those in the bin too: they are taken out again when needed."""
    found = _Kept()
    slips = unit.all(select(PaySlip).where(PaySlip.run_id == run.id))
    found.slips = {each.worker_id or "": each for each in slips}
    mine = select(PaySlip.id).where(PaySlip.run_id == run.id)
    lines = select(PayLine).where(PayLine.slip_id.in_(mine)).order_by(PayLine.position)
    for each in unit.all(lines):
        found.lines.setdefault(each.slip_id or "", []).append(each)
    return found


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def _before(
    reader: Reader, month: date, worker_ids: Sequence[str]
) -> dict[str, tuple[Slip | None, Inputs | None]]:
    """By worker, the slip and inputs of the month before, where it was paid."""
    last = month_before(month)
    paid = reading.months_paid(reader, worker_ids)
    rows = {key: row for key, mine in paid.items() for row in mine if row.month == last}
    lines = reading.lines_of(reader, [row.id for row in rows.values()])
    return {
        key: (_slip_back(lines.get(row.id, [])), inputs_back(row.inputs))
        for key, row in rows.items()
    }


def _slip_back(lines: Iterable[AnyRow]) -> Slip:
    rows = tuple(
        Line(each.code, each.name, each.kind, each.amount, each.rule or "", each.arithmetic or "")
        for each in lines
    )
    return Slip(rows, 0, 0, 0, 0, "")


# What holds a month back


def _title(office: Office, run_id: str) -> str:
    return office.read("pay_run", run_id).texts["title"]


def _open(unit: Unit, run_id: str, states: tuple[str, ...], verb: str) -> PayRun:
    run = unit.get(PayRun, run_id)
    if run.status not in states:
        raise OfficeError(
            f"{run.title}{run.status}，现在不能{verb}",
            _SAFE,
            "要更正已发放的月份，请在以后的月份里补发或扣回"
            if run.status in rules.CLOSED
            else "请按 F7 看现在能做什么",
        )
    return run


def _refuse_out_of_order(unit: Unit, run: PayRun, worker_ids: Sequence[str]) -> None:
    """Tax is withheld over the year: months are paid in their order."""
    slip, other = table_of(PaySlip).c, table_of(PayRun).c
    closed = other.status.in_(rules.CLOSED)
    wrong = or_(
        (slip.month < run.month) & ~closed,
        (slip.month > run.month) & closed,
    )
    first = (
        select(other.title, slip.month)
        .join_from(table_of(PaySlip), table_of(PayRun), other.id == slip.run_id)
        .where(wrong, slip.binned_at.is_(None), other.binned_at.is_(None))
        .where(slip.worker_id.in_(worker_ids))
        .order_by(slip.month)
        .limit(1)
    )
    for title, month in unit.rows(first):
        assert run.month is not None
        if month < run.month:
            raise OfficeError(
                f"{title}还没有发放，个税和留待发放的绩效要接着它算",
                _SAFE,
                f"请先发放{title}，再做{run.title}",
            )
        raise OfficeError(
            f"{title}已经发放，不能再做更早的{run.title}",
            _SAFE,
            "漏发的，请在以后的月份里登记补发",
        )


def _refuse_stale(office: Office, unit: Unit, run: PayRun, step: Step) -> None:
    """A month is reviewed as the facts are now, not as they were."""
    now = worked(office, unit, run, step)
    slips = select(PaySlip).where(PaySlip.run_id == run.id, PaySlip.binned_at.is_(None))
    there = {each.worker_id: each.inputs for each in unit.all(slips)}
    changed = [
        each.name or "" for each in now.workers if there.get(each.id) != kept(now.inputs[each.id])
    ]
    if changed or set(there) != set(now.inputs) or run.rules_used != kept(now.rules_used):
        who = f"{'、'.join(changed[:_SHOWN])}等 {len(changed)} 人的" if changed else ""
        raise OfficeError(
            f"核算以后，{who}情况或标准又有改动", _SAFE, "请按 F7 重新核算，看过差异再审核"
        )
