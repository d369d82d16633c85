"""到期续存 and 销毁: what is decided of a record whose period is over, with its record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select

from lanling_desktop.core import journal, unit
from lanling_desktop.core.desk import Setting
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.journal import Change
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Values
from lanling_desktop.core.records import fields_of, new_id, table_of
from lanling_desktop.core.register import Procedure, Register
from lanling_desktop.core.values import encode
from lanling_desktop.privacy import erasing, holding, periods, rules
from lanling_desktop.privacy.holding import PERSON
from lanling_desktop.privacy.records import Disposal

_SAFE = "没有改动任何数据"
_PENDING = "destroying"  # digests of files still to be destroyed: set and done, or done later
_BOTH = (PERSON, "visitor_reception")  # whose rows can stay without a name
_METHOD = (
    "从数据文件、检索、操作记录内容、草稿、打印留底和附件中清除，"
    "文件整理重写，备份之间的流水从头开始；操作记录的链条仍可验证"
)


@dataclass(frozen=True, slots=True)
class Destruction:
    """What was decided, why, by whom, before whom; `typed` is the title typed once more."""

    decision: str
    reason: str
    approver: str
    first_witness: str
    second_witness: str
    typed: str
    mentions: str = rules.LEAVE


def keep_longer(
    office: Office, *, register: str, record_id: str, until: date, reason: str, approver: str
) -> Changes:
    """A record whose period is over is kept until a later day, for a reason."""
    entry = office.read(register, record_id)
    over = periods.require_over(office, register, entry.values)
    if until <= office.today:
        raise OfficeError("续存到的日期要在今天以后", _SAFE, "请核对日期")
    with office.act(f"到期续存 {office.registers[register].noun} {entry.title}") as running:
        head, last = _last_number(running.today, running.rows(_numbers(running.today)))
        running.add(
            Disposal(
                number=f"{head}{last + 1:04d}",
                decision=rules.KEEP,
                register=over.word,
                record_id=record_id,
                ended_on=over.ended,
                due_on=over.due,
                done_on=office.today,
                done_by=office.actor,
                kept_until=until,
                reason=reason,
                approver=approver,
            )
        )
        running.main = record_id
    return running.done


def _numbers(today: date) -> Any:
    return select(func.max(Disposal.number)).where(Disposal.number.like(f"处置{today.year}-%"))


def _last_number(today: date, rows: Any) -> tuple[str, int]:
    head = f"处置{today.year}-"
    return head, int(rows[0][0].removeprefix(head)) if rows[0][0] else 0


def destroy(office: Office, *, register: str, record_id: str, decided: Destruction) -> Changes:
    """Make a person anonymous or delete them, for good: nothing takes this back.

    Raises `OfficeError` while a period runs, or what was typed is not the record's title.
    """
    office.rights.refuse_administering("销毁")
    office.refuse_writing([register, Disposal.__tablename__])
    entry = office.read(register, record_id)
    over = periods.require_over(office, register, entry.values)
    _refuse_unasked(office, register, entry, decided)
    known = holding.held(office, register, record_id)
    periods.refuse_within(office, known, register)
    head, last = _last_number(office.today, office.rows(_numbers(office.today)))
    number = f"{head}{last + 1:04d}"
    target = _target(office, register, entry, known, decided, last + 1)
    row: dict[str, Any] = {
        "number": number,
        "decision": decided.decision,
        "register": over.word,
        "record_id": record_id,
        "ended_on": over.ended,
        "due_on": over.due,
        "done_on": office.today,
        "done_by": office.actor,
        "reason": decided.reason,
        "approver": decided.approver,
        "first_witness": decided.first_witness,
        "second_witness": decided.second_witness,
        "method": _METHOD,
        "backups_until": office.outlived(),
    }
    title = f"销毁（{decided.decision}）{over.word} 1 份，{number}"
    erased = _commit(office, target, row, title)
    finish(office)
    changes = Changes(0, title, frozenset(erased.touched), record_id)
    office.tell(changes)
    return changes


def _commit(
    office: Office, target: erasing.Target, row: dict[str, Any], title: str
) -> erasing.Erased:
    """Everything in one transaction, with one entry of its own kind in the journal."""
    row["id"] = new_id()
    with office.store.writing() as session:
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")
        try:
            erased = erasing.erase(session, office.registers, target)
        except ValueError as altered:
            raise OfficeError(
                f"操作记录第 {altered} 行被改动过，不能在它上面销毁",
                _SAFE,
                "请先用“检查数据”查明，或从备份恢复",
            ) from altered
        row["counts"] = "；".join(erased.counts)
        session.execute(insert(table_of(Disposal)).values(**row))
        session.execute(insert(Setting).values(key=_PENDING, value=json.dumps(erased.digests)))
        erased.touched.append((Disposal.__tablename__, row["id"]))
        unit.reindex(session, erased.touched, office.registers)
        names = [each.name for each in table_of(Disposal).columns if each.name != "id"]
        after = {name: encode(row.get(name)) for name in names}
        journal.append(
            session,
            at=office.clock.stamp(),
            actor=office.actor,
            kind=journal.DESTROY,
            title=title,
            changes=[Change(Disposal.__tablename__, row["id"], None, after), *erased.changes],
        )
    return erased


def finish(office: Office) -> None:
    """Clear what lies beside the records: free pages, files, the trail.

    Also at an opening, when the power went before it was done.
    """
    digests = office.desk.get(_PENDING)
    if digests is None:
        return
    office.store.scour()
    for each in digests:
        office.vault.destroy(each)
    folder = office.vault.folder
    office.forget([office.vault.place(each).relative_to(folder) for each in digests])
    with office.store.writing() as session:
        session.execute(delete(Setting).where(Setting.key == _PENDING))


def _refuse_unasked(office: Office, register: str, entry: Entry, decided: Destruction) -> None:
    if decided.typed.strip() != entry.title:
        raise OfficeError(
            f"再输一遍的名称和“{entry.title}”不一样",
            _SAFE,
            "销毁以后不能撤销，请看清是哪一条，再照它的名称输一遍",
        )
    if decided.first_witness == decided.second_witness:
        raise OfficeError("监销人要有两个不同的人", _SAFE, "请填另一位监销人")
    if decided.decision == rules.ANONYMISE and register not in _BOTH:
        title = office.registers[register].title
        raise OfficeError(f"{title}没有姓名可隐去", _SAFE, "请选删除")
    if decided.mentions == rules.REPLACE and holding.namesakes(office, entry.id, entry.title):
        raise OfficeError(
            f"另有人也叫“{entry.title}”，不能按姓名一并替换",
            _SAFE,
            f"请选“{rules.LEAVE}”，再到那些记录里逐条改",
        )


def _target(
    office: Office,
    register: str,
    entry: Entry,
    known: Mapping[str, list[str]],
    decided: Destruction,
    number: int,
) -> erasing.Target:
    person = register in _BOTH
    name = str(entry["name"] or "") if person else ""
    phone = str(entry["phone"] or "") if person else ""
    words = [str(entry["identity_number"])] if entry.values.get("identity_number") else []
    sure: dict[str, list[str]] = {}
    if decided.mentions == rules.REPLACE and name:
        words.append(name)
        for each in holding.mentions(office, entry.id, name, phone, dict(known)):
            said = fields_of(office.registers[each.register].record)[each.key]
            if each.sure and said.kind is Kind.NAME:
                sure.setdefault(each.register, []).append(each.id)
    alias = (
        f"已匿名{office.today.year}-{number:04d}" if decided.decision == rules.ANONYMISE else None
    )
    links = [entry.id] if alias is None else []
    return erasing.Target(known, name, phone, words, alias, links, sure)


# 办理


def procedures(register: Register) -> tuple[Procedure, ...]:
    """到期续存 and 销毁 of a register whose records have a period."""
    said = fields_of(Disposal)

    def asked(name: str, **more: Any) -> Field:
        return replace(said[name], **{"required": True, "computed": False, **more})

    def begun(values: Values) -> bool:
        term = rules.term_of(register.key, values)
        return term is not None and bool(term.since and values.get(term.since))

    def keep(office: Office, record_id: str, given: Values) -> Changes:
        return keep_longer(
            office,
            register=register.key,
            record_id=record_id,
            until=given["kept_until"],
            reason=given["reason"],
            approver=given["approver"],
        )

    def end(office: Office, record_id: str, given: Values) -> Changes:
        return destroy(
            office, register=register.key, record_id=record_id, decided=Destruction(**given)
        )

    why = asked("reason")
    approver, kept = asked("approver"), asked("kept_until")
    longer = (("kept_until", kept), ("reason", why), ("approver", approver))
    choices = rules.ENDINGS if register.key in _BOTH else (rules.ERASE,)
    ending = (
        ("decision", asked("decision", choices=choices, help="办了不能撤销；匿名化留下人数等统计")),
        ("reason", why),
        ("approver", approver),
        ("first_witness", asked("first_witness")),
        ("second_witness", asked("second_witness")),
        (
            "mentions",
            Field(
                "其他记录里的姓名", Kind.CHOICE, required=True,
                choices=(rules.LEAVE, rules.REPLACE), help="会议记录等按姓名提到的地方",
            ),
        ),
        ("typed", Field("再输一遍名称", required=True, help="照上面的名称输一遍，确认销毁")),
    )  # fmt: skip
    return (
        Procedure("keep_longer", "到期续存", longer, keep, offered=begun),
        Procedure(
            "destroy", "销毁个人信息", ending, end, offered=begun, proposed=_first, slow=True
        ),
    )


def _first(_office: Office, _entry: Entry) -> Mapping[str, Any]:
    return {"mentions": rules.LEAVE}
