"""How the clerk meets corrections, periods and disposals; what they add to other registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lanling_desktop.core.attachments import SCANS
from lanling_desktop.core.records import table_of
from lanling_desktop.core.register import Procedure, Ready, Register
from lanling_desktop.privacy import corrections, disposing, periods, rules
from lanling_desktop.privacy.records import Correction, Disposal, RetentionPeriod

_CORRECTED = "打开登记错了的那条记录，按 F7 选“信息更正”"
_DISPOSED = "打开保管期满的那条记录，按 F7 选“到期续存”或“销毁个人信息”"

REGISTERS = (
    Register(
        key="correction",
        title="更正记录",
        noun="更正记录",
        record=Correction,
        sections=(
            ("更正", ("number", "person_id", "register", "corrected_on", "corrected_by", "entry")),
            ("申请", ("requester", "relation", "credential", "evidence", "reason")),
        ),
        columns=(
            "number",
            "corrected_on",
            "person_id",
            "register",
            "requester",
            "relation",
            "evidence",
        ),
        order="number",
        newest_first=True,
        hidden=("table_name", "record_id"),
        made_by=_CORRECTED,
        rules=(rules.check_made(_CORRECTED),),
        icon="ledger",
        attachments=SCANS,
    ),
    Register(
        key="retention_period",
        title="保管期限",
        noun="保管期限",
        record=RetentionPeriod,
        sections=(("保管期限", ("what", "forever", "years", "basis", "remark")),),
        columns=("what", "forever", "years", "basis"),
        order="what",
        rules=(rules.check_period,),
        proposed=lambda _office, values: rules.proposed_period(values),
        icon="folder",
        attachments=SCANS,
    ),
    Register(
        key="disposal",
        title="到期处置",
        noun="到期处置",
        record=Disposal,
        sections=(
            ("处置", ("number", "decision", "register", "done_on", "done_by")),
            ("期限", ("ended_on", "due_on", "kept_until")),
            ("审批监销", ("reason", "approver", "first_witness", "second_witness")),
            ("销毁", ("counts", "method", "backups_until")),
        ),
        columns=("number", "decision", "register", "done_on", "approver", "kept_until", "counts"),
        order="number",
        newest_first=True,
        hidden=("record_id",),
        made_by=_DISPOSED,
        rules=(rules.check_made(_DISPOSED),),
        icon="ledger",
        attachments=SCANS,
    ),
)


def extended(registers: Mapping[str, Register]) -> dict[str, Register]:
    """The registers of people, who may ask for a correction, and whose records end some day."""
    return {key: _extended(each) for key, each in registers.items()}


def _extended(register: Register) -> Register:
    more: tuple[Procedure, ...] = (corrections.procedure(register),) if _corrected(register) else ()
    ready: tuple[Ready, ...] = ()
    if register.menu and any(each.since for each in rules.terms_of(register.key)):
        more += disposing.procedures(register)
        ready = (Ready("due", "保管期满", periods.over),)
    if not more:
        return register
    return replace(
        register,
        procedures=(*register.procedures, *more),
        ready=(*register.ready, *ready),
    )


def _corrected(register: Register) -> bool:
    people = register.key in ("person", "visitor_reception")
    return people or (
        register.menu
        and register.key != "correction"
        and "person_id" in table_of(register.record).c
    )
