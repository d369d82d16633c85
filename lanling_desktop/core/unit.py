"""The unit of work: one act, one transaction, one journal entry, index and records together."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Select, delete, event, insert, inspect, select, update
from sqlalchemy.orm import Session

from lanling_desktop.core import journal, own_columns, search
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.journal import Change
from lanling_desktop.core.plain import Adopted, Changes
from lanling_desktop.core.records import (
    AnyRow,
    AnySelect,
    Base,
    Record,
    fields_of,
    new_id,
    table_of,
)
from lanling_desktop.core.values import decode, encode

if TYPE_CHECKING:
    from lanling_desktop.core.field import Field
    from lanling_desktop.core.register import Register
    from lanling_desktop.core.store import Store

REPAIR = "修正检查结果"
"""What the title of a repair begins with: taking one back makes links that lead nowhere again."""
_MANY = 1_000  # records; after so many the lists' indexes are counted anew
R = TypeVar("R", bound=Record)


class Unit:
    """What an act works with: records of the session, whose changes are journalled at the end."""

    def __init__(
        self, session: Session, clock: Clock, actor: str, registers: Mapping[str, Register]
    ) -> None:
        self.session = session
        self.registers = registers
        self.community = ""  # the community new records belong to when they do not say
        self.begins: date | None = clock.today()  # first day of new dated records; None: unknown
        self.made: list[str] = []  # ids of the records added so far
        self.adopted: dict[Adopted, str] = {}
        self.clock = clock
        self.actor = actor
        self.main = ""  # id of the record the act is about
        self.changes: Changes | None = None
        self._touched: dict[str, _Touched] = {}
        self._in_hand: list[_Touched] = []  # those whose record is not set aside
        event.listen(session, "before_flush", self._before_flush)

    @property
    def today(self) -> date:
        """The office's day."""
        return self.clock.today()

    @property
    def done(self) -> Changes:
        """What the act changed; known when its block has ended."""
        assert self.changes is not None
        return self.changes

    def add(self, record: R) -> R:
        """Put a new record into the office."""
        if record.id is None:
            record.id = new_id()
        if self.community and getattr(record, "community_id", "") is None:
            record.community_id = self.community  # type: ignore[attr-defined]
        self.made.append(record.id)
        self.session.add(record)
        return record

    def get(self, kind: type[R], record_id: str) -> R:
        """The record of that id, to be read and changed within this act."""
        record = self.session.get(kind, record_id)
        if record is None:
            raise OfficeError("这条记录已经不在了", "其他数据没有改动", "请刷新列表后再试")
        return record

    def all(self, statement: Select[R]) -> list[R]:
        """Records to be read and changed within this act."""
        self.session.flush()
        return list(self.session.execute(statement).scalars())

    def rows(self, statement: AnySelect) -> list[AnyRow]:
        """Rows of plain columns, as the act sees them so far."""
        self.session.flush()
        return list(self.session.execute(statement).all())

    def bin(self, record: Record, why: str) -> None:
        """Put a record into the recycle bin: with when, who and why."""
        record.binned_at = self.clock.stamp()
        record.binned_by = self.actor
        record.binned_why = why

    def unbin(self, record: Record) -> None:
        """Take a record out of the recycle bin."""
        record.binned_at = record.binned_by = record.binned_why = None

    def _before_flush(self, session: Session, *_: object) -> None:
        for each in session.new:
            if isinstance(each, Record):
                each.derive(session)
                self._note(_Touched(type(each), None, None), each)
        for each in session.dirty:
            if isinstance(each, Record):
                each.derive(session)
                known = self._touched.get(each.id)
                if known is not None:
                    self._note(known, each)
                elif session.is_modified(each):
                    self._note(_Touched(type(each), None, _loaded(each)), each)

    def _note(self, touched: _Touched, record: Record) -> None:
        """Take a record into hand: new, changed, or got again after it had been set aside."""
        if touched.record is None:
            self._in_hand.append(touched)
        touched.record = record
        self._touched.setdefault(record.id, touched)

    def set_aside(self) -> None:
        """Let go of the records written so far, so that a long act needs no more than a short one.

        To be called where no record is in hand; they can be got again.
        """
        self.session.flush()
        for each in self._in_hand:
            if each.record is not None:
                each.after = tuple(_snapshot(each.record).values())
                self.session.expunge(each.record)
                each.record = None
        self._in_hand.clear()

    def collected(self) -> Iterator[Change]:
        """Before and after of every record touched, in the order they were first touched."""
        self.session.flush()
        for record_id, each in self._touched.items():
            table, before = table_of(each.kind).name, each.before
            if each.record is None:
                after = dict(zip(_names(each.kind), each.after, strict=True))
            else:
                after = _snapshot(each.record)
            if before is None:
                yield Change(table, record_id, None, after)
                continue
            names = [name for name in after if before.get(name) != after[name]]
            if names:
                old = {name: before.get(name) for name in names}
                yield Change(table, record_id, old, {name: after[name] for name in names})


@dataclass(slots=True)
class _Touched:
    """A record of the act: as it was (None: it was not), and as it is or was last set aside."""

    kind: type[Record]
    record: Record | None
    before: dict[str, Any] | None
    after: tuple[Any, ...] = ()


def _names(kind: type[Record]) -> list[str]:
    return [each.name for each in table_of(kind).columns if each.name != "id"]


def _snapshot(record: Record) -> dict[str, Any]:
    return {name: encode(getattr(record, name)) for name in _names(type(record))}


def _loaded(record: Record) -> dict[str, Any]:
    """The values a changed record had in the database."""
    state = inspect(record)
    values = _snapshot(record)
    for name in values:
        history = state.attrs[name].history
        if history.deleted:
            values[name] = encode(history.deleted[0])
        elif history.added and not history.unchanged:
            values[name] = None
    return values


Allowed = Callable[[Iterable[str]], None]
"""Raises `OfficeError` when records of one of these tables may not be changed."""


def _all_allowed(_tables: Iterable[str]) -> None:
    pass


@contextlib.contextmanager
def begin(
    store: Store,
    clock: Clock,
    actor: str,
    registers: Mapping[str, Register],
    title: str,
    *,
    allowed: Allowed = _all_allowed,
) -> Iterator[Unit]:
    """Run one act: all of it is written and journalled as `title`, or nothing.

    After the block `unit.changes` says what changed; an act that changed nothing leaves no entry.
    """
    with store.writing() as session:
        unit = Unit(session, clock, actor, registers)
        yield unit
        touched: list[tuple[str, str]] = []
        seq = journal.append(
            session,
            at=clock.stamp(),
            actor=actor,
            kind="act",
            title=title,
            changes=_noted(unit.collected(), touched),
            unless_empty=True,
        )
        allowed({table for table, _ in touched})
        reindex(session, touched, registers)
        unit.changes = summary(seq, title, touched, unit.main)
    if len(touched) >= _MANY:
        store.tune()


def _noted(changes: Iterable[Change], touched: list[tuple[str, str]]) -> Iterator[Change]:
    """The changes one by one, as table and id noted on the way."""
    for each in changes:
        touched.append((each.table, each.id))
        yield each


def summary(seq: int, title: str, touched: Sequence[tuple[str, str]], main: str) -> Changes:
    """What an act tells the screens."""
    return Changes(seq, title, frozenset(touched), main or (touched[0][1] if touched else ""))


def reindex(
    session: Session, touched: Iterable[tuple[str, str]], registers: Mapping[str, Register]
) -> None:
    """Bring the search index to what the changed records now say; `touched` are (table, id)."""
    wanted: dict[str, list[str]] = {}
    for name, record_id in touched:
        wanted.setdefault(name, []).append(record_id)
    for kind in searchable(registers):
        table = table_of(kind)
        own = registers[table.name].own if table.name in registers else ()
        ids = wanted.get(table.name)
        if not ids:
            continue
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            rows = session.execute(
                select(table).where(table.c.id.in_(some), table.c.binned_at.is_(None))
            )
            entries = (indexed(kind, dict(row._mapping), own) for row in rows)
            found = [each for each in entries if each.tokens or not own]
            search.replace(session.connection(), found, gone=some)


def searchable(registers: Mapping[str, Register]) -> list[type[Record]]:
    """The record classes with at least one searchable column, the office's own among them."""
    added = {key for key, each in registers.items() if each.own}
    kinds = [each.class_ for each in Base.registry.mappers if issubclass(each.class_, Record)]
    return [
        kind
        for kind in kinds
        if any(f.search for f in fields_of(kind).values()) or table_of(kind).name in added
    ]


def indexed(
    kind: type[Record], values: Mapping[str, Any], own: Sequence[tuple[str, Field]] = ()
) -> search.Indexed:
    """The search entry of one row of a record class."""
    fields = [(said, values[name]) for name, said in fields_of(kind).items() if said.search]
    if own and values.get("extra"):
        more = own_columns.values_in(values["extra"], own)
        fields += [(said, more[key]) for key, said in own if said.search]
    title = str(values[kind.title_column] or "")
    return search.index_of(table_of(kind).name, values["id"], title, fields)


def load(store: Store, clock: Clock, actor: str, title: str, batches: Iterable[Batch]) -> int:
    """Write many new records at once: one journal entry that counts them, not undoable.

    For founding an office from generated or converted data, never for a clerk's act.
    """
    count = 0
    with store.writing() as session:
        for kind, rows in batches:
            if not rows:
                continue
            session.execute(insert(table_of(kind)), rows)
            count += len(rows)
            if kind in searchable({}):
                full = ({c.name: row.get(c.name) for c in table_of(kind).columns} for row in rows)
                search.add(session.connection(), (indexed(kind, each) for each in full))
        journal.append(
            session,
            at=clock.stamp(),
            actor=actor,
            kind="load",
            title=f"{title}（{count} 条）",
            changes=(),
        )
    store.tune()
    return count


Batch = tuple[type[Record], list[dict[str, Any]]]


def invert(
    store: Store,
    clock: Clock,
    actor: str,
    registers: Mapping[str, Register],
    entry: journal.Entry,
    *,
    kind: str,
    allowed: Allowed = _all_allowed,
) -> Changes:
    """Undo (or redo) one entry by writing its befores (or afters) as a new entry.

    Raises `OfficeError` when a later act has changed the same values, or a record is closed
    before and after.
    """
    verb = "撤销" if kind == "undo" else "重做"
    with store.writing(loose=entry.title.startswith(REPAIR)) as session:
        done = journal.changes_of(session, entry.seq)
        changes = [Change(each.table, each.id, each.after, each.before) for each in reversed(done)]
        if kind == "redo":
            changes = done
        allowed({each.table for each in changes})
        for each in changes:
            _check_unchanged(session, each, entry.title, verb)
        closed = _closed(session, registers, changes, clock.today())
        for each in changes:
            _write(session, each)
        still = closed & _closed(session, registers, changes, clock.today())
        if still:
            raise OfficeError(
                f"{min(still)}，不能{verb}“{entry.title}”",
                "没有改动任何数据",
                "请按更正的办法另出一版",
            )
        touched = [(each.table, each.id) for each in changes]
        reindex(session, touched, registers)
        title = f"{verb}“{entry.title}”"
        seq = journal.append(
            session,
            at=clock.stamp(),
            actor=actor,
            kind=kind,
            title=title,
            changes=changes,
            target=entry.seq,
        )
        return summary(seq, title, touched, "")


@dataclass
class _Looking:
    """What a register's `frozen` may look at while an act is taken back."""

    today: date
    record_id: str | None
    session: Session

    def rows(self, statement: AnySelect) -> list[AnyRow]:
        return list(self.session.execute(statement).all())


def _closed(
    session: Session, registers: Mapping[str, Register], changes: Sequence[Change], today: date
) -> set[str]:
    """Why records among the changed ones are closed as they stand now; empty when none is."""
    found = set()
    for each in changes:
        frozen = registers[each.table].frozen if each.table in registers else None
        if frozen is None:
            continue
        table = Base.metadata.tables[each.table]
        row = session.execute(select(table).where(table.c.id == each.id)).first()
        values = row._mapping if row is not None else (each.before or each.after or {})
        why = frozen(dict(values), _Looking(today, each.id, session))
        if why:
            found.add(why)
    return found


def _check_unchanged(session: Session, change: Change, title: str, verb: str) -> None:
    table = Base.metadata.tables[change.table]
    row = session.execute(select(table).where(table.c.id == change.id)).first()
    now = None if row is None else {k: encode(v) for k, v in row._mapping.items()}
    expected = change.before
    same = (now is None) == (expected is None) and (
        now is None or expected is None or all(now.get(k) == v for k, v in expected.items())
    )
    if not same:
        raise OfficeError(
            f"“{title}”之后，同一条记录又有改动，不能单独{verb}",
            "没有改动任何数据",
            "请先撤销后来的改动，或在记录的历史里恢复单个栏目",
        )


def _write(session: Session, change: Change) -> None:
    table = Base.metadata.tables[change.table]
    if change.after is None:
        session.execute(delete(table).where(table.c.id == change.id))
        return
    values = {
        name: decode(table.c[name].type.python_type, value) for name, value in change.after.items()
    }
    if change.before is None:
        session.execute(insert(table).values(id=change.id, **values))
    else:
        session.execute(update(table).where(table.c.id == change.id).values(**values))
