"""Taking acts back and doing them again, in the order they were done or by their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from lanling_desktop.core import journal, unit
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office

_DEPTH = 200
_KEPT = journal.JournalEntry
_WHOLE = or_(_KEPT.salt.is_(None), _KEPT.salt != journal.EMPTIED)  # nothing was taken out of it
_COLUMNS = (_KEPT.seq, _KEPT.at, _KEPT.actor, _KEPT.kind, _KEPT.title, _KEPT.target)


def undoable(office: Office) -> tuple[journal.Entry | None, journal.Entry | None]:
    """The act that undo would take back, and the one redo would do again.

    An act on what may not be seen is passed over: its name alone may say too much.
    """
    acts = select(*_COLUMNS).where(_KEPT.kind.in_(("act", "undo", "redo")))
    acts = acts.where(_WHOLE, journal.seen_by(office.rights.closed(office.registers)))
    rows = office.rows(acts.order_by(_KEPT.seq.desc()).limit(_DEPTH))
    undone, redone = journal.stacks([journal.Entry(*row) for row in rows][::-1])
    return (undone[-1] if undone else None), (redone[-1] if redone else None)


def undo(office: Office, seq: int | None = None) -> Changes | None:
    """Take back the last act, or the one of that number. None when there is nothing."""
    return _invert(office, "undo", _entry(office, seq) if seq else undoable(office)[0])


def redo(office: Office) -> Changes | None:
    """Do again the act last taken back. None when there is nothing."""
    return _invert(office, "redo", undoable(office)[1])


def _entry(office: Office, seq: int) -> journal.Entry | None:
    rows = office.rows(select(*_COLUMNS).where(_KEPT.seq == seq, _KEPT.kind == "act", _WHOLE))
    return journal.Entry(*rows[0]) if rows else None


def _invert(office: Office, kind: str, entry: journal.Entry | None) -> Changes | None:
    if entry is None:
        return None
    try:
        changes = unit.invert(
            office.store,
            office.clock,
            office.actor,
            office.registers,
            entry,
            kind=kind,
            allowed=office.refuse_writing,
        )
    except (
        IntegrityError
    ) as hangs:  # what it made is linked to by now, or what it linked to is gone
        verb = "撤销" if kind == "undo" else "重做"
        raise OfficeError(
            f"别的记录还连着“{entry.title}”里的内容，不能单独{verb}",
            "没有改动任何数据",
            "请先撤销后来的改动，或直接修改那条记录",
        ) from hangs
    office.tell(changes)
    return changes
