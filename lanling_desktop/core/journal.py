"""The journal: who did which act when, before and after of every field, in a chain of hashes.

History of a record, undo, "restore this field" and proof against tampering are readings of it.
It is append-only, but for one thing the law asks for: what it says of a person can be emptied
(`empty_out`). The chain goes on over it, as each entry names the digest the one before was written
with; that the entry now reads as it does is attested by the entry of the destruction. The digest
it was written with covers a salt that is gone then, so that nobody can guess at what it said.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, insert, select, true
from sqlalchemy.orm import Mapped, Session, mapped_column

from lanling_desktop.core.records import Base

NOTE = "note"
"""The kind of an entry that changed nothing: something was seen in full, printed or exported."""
DESTROY = "destroy"
"""The kind of an entry that took personal data out of the office for good."""
ATTESTED = "journal_entry"
"""Lines of a destruction with this in place of a table say how an emptied entry reads now."""
EMPTIED = ""
"""The salt of an entry that was emptied; NULL is one written before there were salts."""
_AT_ONCE = 1_000  # lines written by one statement


class JournalEntry(Base):
    """One act. `kind` is act, undo, redo, load, note or destroy; `target` the entry undone or redone."""

    __tablename__ = "journal_entry"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String)
    actor: Mapped[str] = mapped_column(String)
    kind: Mapped[str] = mapped_column(String)
    title: Mapped[str] = mapped_column(String)
    target: Mapped[int | None] = mapped_column(Integer)
    previous: Mapped[str] = mapped_column(String)
    digest: Mapped[str] = mapped_column(String)
    salt: Mapped[str | None] = mapped_column(String)


class JournalChange(Base):
    """What one act did to one record: changed columns only, as JSON; None is "not there"."""

    __tablename__ = "journal_change"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    table_name: Mapped[str] = mapped_column(String)
    record_id: Mapped[str] = mapped_column(String(32), index=True)
    before: Mapped[str | None] = mapped_column(String)
    after: Mapped[str | None] = mapped_column(String)


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after of one record, decoded."""

    table: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One journal entry as read back."""

    seq: int
    at: str
    actor: str
    kind: str
    title: str
    target: int | None


def seen_by(closed: Collection[str]) -> ColumnElement[bool]:
    """Entries that change nothing in closed tables, for who may not see those."""
    if not closed:
        return true()
    change = JournalChange
    touched = select(change.seq).where(
        change.seq == JournalEntry.seq, change.table_name.in_(closed)
    )
    return ~touched.exists()


def append(
    session: Session,
    *,
    at: str,
    actor: str,
    kind: str,
    title: str,
    changes: Iterable[Change],
    target: int | None = None,
    unless_empty: bool = False,
) -> int:
    """Write one entry after the last one; returns its number.

    The changes are written as they come, never all in memory. `unless_empty` writes nothing where
    there are none, and returns 0.
    """
    last = session.execute(
        select(JournalEntry.seq, JournalEntry.digest).order_by(JournalEntry.seq.desc()).limit(1)
    ).first()
    seq, previous = (last[0] + 1, last[1]) if last else (1, "")
    salt = secrets.token_hex(16)
    head = (seq, at, actor, kind, title, target, previous, salt)
    summary = hashlib.sha256(_json(list(head)).encode())
    count = 0
    for some in _runs(_lines(seq, changes)):
        for line in some:
            summary.update(_json(list(line.values())[1:]).encode())
        session.execute(insert(JournalChange), some)
        count += len(some)
    if unless_empty and not count:
        return 0
    session.execute(
        insert(JournalEntry).values(
            seq=seq,
            at=at,
            actor=actor,
            kind=kind,
            title=title,
            target=target,
            previous=previous,
            digest=summary.hexdigest(),
            salt=salt,
        )
    )
    return seq


def note(session: Session, at: str, actor: str, title: str) -> None:
    """One entry more, of what was looked at or left the office and changed nothing."""
    append(session, at=at, actor=actor, kind=NOTE, title=title, changes=())


def _lines(seq: int, changes: Iterable[Change]) -> Iterator[dict[str, Any]]:
    for position, each in enumerate(changes):
        yield {
            "seq": seq,
            "position": position,
            "table_name": each.table,
            "record_id": each.id,
            "before": _json(each.before),
            "after": _json(each.after),
        }


def _runs(lines: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while some := list(islice(lines, _AT_ONCE)):
        yield some


def changes_of(session: Session, seq: int) -> list[Change]:
    """The changes of one entry in the order they were made."""
    found = session.execute(
        select(JournalChange).where(JournalChange.seq == seq).order_by(JournalChange.position)
    ).scalars()
    return [
        Change(each.table_name, each.record_id, _parsed(each.before), _parsed(each.after))
        for each in found
    ]


def stacks(rows: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """The acts that can be undone and redone, last first to go at the end.

    `rows` have seq, kind, title, target, in order of seq. A new act empties the redo stack.
    """
    undo: list[Any] = []
    redo: list[Any] = []
    by_seq: dict[int, Any] = {}
    for row in rows:
        by_seq[row.seq] = row
        if row.kind == "act":
            undo.append(row)
            redo.clear()
        elif row.kind == "undo":
            undo = [each for each in undo if each.seq != row.target]
            redo.append(by_seq.get(row.target, row))
        elif row.kind == "redo":
            redo = [each for each in redo if each.seq != row.target]
            undo.append(by_seq.get(row.target, row))
    return undo, redo


def verify(session: Session) -> Iterator[tuple[int, str]]:
    """Entries that break the chain: number and reason. Nothing is yielded for a sound journal."""
    previous, expected = "", 1
    attested = _attested(session)
    for entry in session.execute(select(JournalEntry).order_by(JournalEntry.seq)).scalars():
        said = digest_now(session, entry)
        emptied = entry.salt == EMPTIED and attested.get(entry.seq) == said
        if entry.seq != expected:
            yield entry.seq, f"第 {expected} 行操作记录缺失"
        elif entry.previous != previous:
            yield entry.seq, "与上一行操作记录接不上"
        elif entry.digest != said and not emptied:
            yield entry.seq, "操作记录被改动过"
        previous, expected = entry.digest, entry.seq + 1


def _attested(session: Session) -> dict[int, str]:
    """How each emptied entry reads by the latest destruction; an altered one is found as such."""
    change, entry = JournalChange, JournalEntry
    rows = session.execute(
        select(change.record_id, change.after)
        .join(entry, entry.seq == change.seq)
        .where(entry.kind == DESTROY, change.table_name == ATTESTED)
        .order_by(change.seq)
    )
    return {int(row[0]): (_parsed(row[1]) or {}).get("digest", "") for row in rows}


def digest_now(session: Session, entry: JournalEntry) -> str:
    """The digest of an entry and its lines as they stand."""
    change = JournalChange
    lines = session.execute(
        select(change.position, change.table_name, change.record_id, change.before, change.after)
        .where(change.seq == entry.seq)
        .order_by(change.position)
    )
    head = (entry.seq, entry.at, entry.actor, entry.kind, entry.title, entry.target)
    salted = (entry.salt,) if entry.salt else ()
    return _digest((*head, entry.previous, *salted), (tuple(line) for line in lines))


@dataclass(frozen=True, slots=True)
class Emptying:
    """What is to be taken out of the journal.

    Lines of `ids` lose what they say, and entries that touch them the words of `names` in their
    titles; `words` are taken out of every title and line.
    """

    ids: Collection[str]
    names: Collection[str]
    words: Collection[str]
    instead: str


def empty_out(session: Session, what: Emptying) -> list[Change]:
    """Take what a person was out of the journal; the lines by which a destruction attests it.

    Raises `ValueError` naming an entry that was altered before: it cannot be attested.
    """
    change, entry = JournalChange, JournalEntry
    mine = {
        row[0]
        for some in _runs(iter([{"id": each} for each in sorted(what.ids)]))
        for row in session.execute(
            select(change.seq).where(change.record_id.in_([each["id"] for each in some]))
        )
    }
    found = set(mine)
    for word in what.words:
        for column in (change.before, change.after):
            found |= {row[0] for row in session.execute(_holding(change.seq, column, word))}
        found |= {row[0] for row in session.execute(_holding(entry.seq, entry.title, word))}
    attested = _attested(session)
    return [
        _emptied(session, seq, what, attested.get(seq, ""), named=seq in mine)
        for seq in sorted(found)
    ]


def _holding(seq: Any, column: Any, word: str) -> Any:
    return select(seq).where(column.contains(word, autoescape=True))


def _emptied(session: Session, seq: int, what: Emptying, attested: str, *, named: bool) -> Change:
    entry = session.execute(select(JournalEntry).where(JournalEntry.seq == seq)).scalar_one()
    if digest_now(session, entry) not in (entry.digest, attested):
        raise ValueError(seq)
    lines = session.execute(select(JournalChange).where(JournalChange.seq == seq)).scalars()
    for line in lines:
        whole = line.record_id in what.ids
        line.before = None if whole else _without(line.before, what.words, what.instead)
        line.after = None if whole else _without(line.after, what.words, what.instead)
    words = [*what.names, *what.words] if named else what.words
    entry.title = _without(entry.title, words, what.instead) or ""
    entry.salt = EMPTIED
    session.flush()
    return Change(ATTESTED, str(seq), None, {"digest": digest_now(session, entry)})


def _without(said: str | None, words: Iterable[str], instead: str) -> str | None:
    for word in filter(None, words):
        said = said.replace(word, instead) if said else said
    return said


def _digest(head: tuple[Any, ...], lines: Iterable[tuple[Any, ...]]) -> str:
    summary = hashlib.sha256(_json(list(head)).encode())
    for line in lines:
        summary.update(_json(list(line)).encode())
    return summary.hexdigest()


def _json(value: Any) -> Any:
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _parsed(value: str | None) -> dict[str, Any] | None:
    return None if value is None else json.loads(value)
