"""信息更正: what a person has the right to have put right, done and logged as one act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from lanling_desktop.core import acts, journal
from lanling_desktop.core.display import mask
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.history import history_of
from lanling_desktop.core.journal import JournalEntry
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, HistoryLine, Values
from lanling_desktop.core.records import fields_of, table_of
from lanling_desktop.core.register import Procedure, Register
from lanling_desktop.core.unit import Unit
from lanling_desktop.privacy.records import Correction

_ASKED = "correction."
_SAID = ("requester", "relation", "credential", "evidence", "reason")


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for a correction, as what, on what evidence, why."""

    requester: str
    relation: str
    evidence: str
    reason: str
    credential: str | None = None


def correct(
    office: Office, *, register: str, record_id: str, values: Values, request: Request
) -> Changes:
    """Put columns of a record right, and log who asked for it: one act, one undo.

    Raises `OfficeError` when nothing differs, `RejectedError` when a value cannot stand.
    """
    entry = office.read(register, record_id)
    wanted = {key: value for key, value in values.items() if value != entry.values.get(key)}
    if not wanted:
        raise OfficeError(
            "没有一栏和现在登记的不同", "没有改动任何数据", "请把登记错的栏改成正确的，再办理"
        )
    said = office.registers[register]
    with office.act(f"信息更正 {said.noun} {entry.title}") as unit:
        acts.apply(unit, said, record_id, wanted, confirmed=True)
        unit.add(_logged(unit, office, said, entry, request))
        unit.main = record_id
    return unit.done


def _logged(
    unit: Unit, office: Office, register: Register, entry: Entry, request: Request
) -> Correction:
    last = unit.rows(select(func.max(JournalEntry.seq)))[0][0] or 0
    person = entry.id if register.key == "person" else entry.values.get("person_id")
    if person is None and "person_id" in table_of(register.record).c:
        table = table_of(register.record)
        person = unit.rows(select(table.c.person_id).where(table.c.id == entry.id))[0][0]
    return Correction(
        number=_next_number(unit),
        person_id=person,
        table_name=register.key,
        record_id=entry.id,
        register=register.title,
        entry=last + 1,
        corrected_on=office.today,
        corrected_by=office.actor,
        requester=request.requester,
        relation=request.relation,
        credential=request.credential,
        evidence=request.evidence,
        reason=request.reason,
    )


def _next_number(unit: Unit) -> str:
    head = f"更正{unit.today.year}-"
    rows = unit.rows(select(func.max(Correction.number)).where(Correction.number.like(f"{head}%")))
    last = int(rows[0][0].removeprefix(head)) if rows[0][0] else 0
    return f"{head}{last + 1:04d}"


def changed(office: Office, correction: Entry) -> list[HistoryLine]:
    """Before and after of each column, as the journal has them: it is kept there alone."""
    register = office.registers[correction["table_name"]]
    office.refuse_reading(register.key)
    lines = history_of(office.store, office.registers, register, correction["record_id"])
    return [each for each in lines if each.seq == correction["entry"]]


def is_whole(office: Office, correction: Entry) -> bool:
    """Whether the entry it points at still says what it said."""
    entry = JournalEntry
    rows = office.rows(select(entry.salt).where(entry.seq == correction["entry"]))
    return bool(rows) and rows[0][0] != journal.EMPTIED


# 办理


def procedure(register: Register) -> Procedure:
    """信息更正 of a register's records."""

    def asks(_office: Office, entry: Entry) -> tuple[tuple[str, Field], ...]:
        return tuple(_columns(register, entry))

    def proposed(_office: Office, entry: Entry) -> Mapping[str, Any]:
        return {
            key: entry.values.get(key)
            for key, said in _columns(register, entry)
            if not said.sensitive
        }

    def run(office: Office, record_id: str, said: Values) -> Changes:
        known = dict(_columns(register, office.read(register.key, record_id)))
        values = {
            key: value
            for key, value in said.items()
            if key in known and not (known[key].sensitive and value in (None, ""))
        }
        asked = {name: said.get(f"{_ASKED}{name}") for name in _SAID}
        return correct(
            office,
            register=register.key,
            record_id=record_id,
            values=values,
            request=Request(**asked),  # type: ignore[arg-type]
        )

    fields = fields_of(Correction)
    own = tuple((f"{_ASKED}{name}", fields[name]) for name in _SAID)
    return Procedure("correct", "信息更正", own, run, proposed=proposed, asks=asks)


def _columns(register: Register, entry: Entry) -> Iterator[tuple[str, Field]]:
    """The columns that can be put right here: its own and its owner's, links and terms aside."""
    for each in register.form_columns:
        said, (head, dot, _) = each.field, each.key.partition(".")
        dated = bool(dot) and register.part(head).dated
        if said.kind is Kind.LINK or dated or not register.writable(each.key):
            continue
        words = said.help
        if said.sensitive:
            now = entry.texts.get(each.key)
            words = f"现为 {mask(said, now)}，不改就留空" if now else "现在是空的"
        yield each.key, replace(said, required=False, pinned=False, key=0, help=words)
