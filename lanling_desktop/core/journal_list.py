"""The journal as an administrator reads it: every act, newest first, found by what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from lanling_desktop.core.journal import DESTROY, NOTE, JournalChange, JournalEntry

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office

MOST = 2_000  # lines shown at once; older ones are found by a day or a name
KINDS = {
    "act": "办理", "undo": "撤销", "redo": "重做", "load": "生成", NOTE: "查看打印导出",
    DESTROY: "销毁",
}  # fmt: skip
_CODE = 12  # digits of a digest that are shown, as many as people compare


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: number, time as stamped, who, what, and the head of its digest."""

    seq: int
    at: str
    actor: str
    kind: str
    title: str
    code: str


def listed(office: Office, typed: str = "", *, noted: bool = False) -> list[Line]:
    """Entries in which every word typed stands: of the time, the person or the act.

    `noted` keeps those that changed nothing: numbers seen in full, prints, exports. Raises
    `OfficeError` for who does not administer.
    """
    office.rights.refuse_administering("查看操作记录")
    entry = JournalEntry
    wanted = select(entry.seq, entry.at, entry.actor, entry.kind, entry.title, entry.digest)
    for word in typed.split():
        columns = (entry.at, entry.actor, entry.title)
        wanted = wanted.where(or_(*(each.contains(word, autoescape=True) for each in columns)))
    if noted:
        wanted = wanted.where(entry.kind == NOTE)
    rows = office.rows(wanted.order_by(entry.seq.desc()).limit(MOST))
    return [
        Line(row.seq, row.at, row.actor, KINDS.get(row.kind, row.kind), row.title,
             row.digest[:_CODE])
        for row in rows
    ]  # fmt: skip


def count(office: Office) -> tuple[int, int]:
    """How many entries there are, and how many of them changed nothing."""
    kind = JournalEntry.kind
    rows = office.rows(select(kind, func.count()).group_by(kind))
    found = {row[0]: int(row[1]) for row in rows}
    return sum(found.values()), found.get(NOTE, 0)


def touched(office: Office, seq: int) -> tuple[str, str] | None:
    """The first record an entry changed that can be opened: register and id."""
    change = JournalChange
    rows = office.rows(
        select(change.table_name, change.record_id)
        .where(change.seq == seq).order_by(change.position).limit(50)
    )  # fmt: skip
    known = ((row.table_name, row.record_id) for row in rows if row.table_name in office.registers)
    return next((each for each in known if office.reads(each[0])), None)
