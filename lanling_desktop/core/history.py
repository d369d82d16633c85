"""History of one record: the journal's changes of it and its parts, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from lanling_desktop.core import attachments, own_columns
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.journal import JournalChange, JournalEntry, _parsed
from lanling_desktop.core.plain import HistoryLine
from lanling_desktop.core.records import Base, Record, fields_of, table_of
from lanling_desktop.core.values import display

if TYPE_CHECKING:
    from lanling_desktop.core.register import Register
    from lanling_desktop.core.store import Store

_BIN = Field("回收站")


def history_of(
    store: Store, registers: Mapping[str, Register], register: Register, record_id: str
) -> list[HistoryLine]:
    """Every change of the record, its owner parts and its dated links, newest first."""
    ids = [record_id, *_part_ids(store, register, record_id)]
    ids += [row[0] for row in store.rows(attachments.ids_of(ids))]
    entry, change = JournalEntry, JournalChange
    rows = store.rows(
        select(
            entry.seq,
            entry.at,
            entry.actor,
            entry.title,
            change.table_name,
            change.before,
            change.after,
        )
        .join(change, change.seq == entry.seq)
        .where(change.record_id.in_(ids))
        .order_by(entry.seq.desc(), change.position)
    )
    titles = _Titles(store, registers)
    return [
        HistoryLine(row.seq, row.at, row.actor, row.title, row.table_name, *line)
        for row in rows
        for line in _lines(
            row.table_name,
            _parsed(row.before),
            _parsed(row.after),
            titles,
            register.own if row.table_name == register.key else (),
        )
    ]


def _part_ids(store: Store, register: Register, record_id: str) -> Iterator[str]:
    main = table_of(register.record)
    for part in register.parts:
        table = table_of(part.record)
        if part.dated:
            anchor = select(main.c[part.anchor]).where(main.c.id == record_id).scalar_subquery()
            statement = select(table.c.id).where(table.c[part.via] == anchor)
        else:
            statement = select(main.c[part.via]).where(main.c.id == record_id)
        yield from (row[0] for row in store.rows(statement) if row[0])


def _lines(
    table: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    titles: _Titles,
    own: Sequence[tuple[str, Field]],
) -> Iterator[tuple[str, str, str, str]]:
    said = dict(fields_of(_record_of(table)))
    said["binned_why"] = _BIN
    for name, each in said.items():
        old, new = (before or {}).get(name), (after or {}).get(name)
        if old != new and not (each.computed and before is None):
            yield name, each.label, titles.text(each, old), titles.text(each, new)
    then, now = (own_columns.values_in((side or {}).get("extra"), own) for side in (before, after))
    for key, each in own:
        if then[key] != now[key]:
            yield key, each.label, titles.text(each, then[key]), titles.text(each, now[key])


def _record_of(table: str) -> type[Record]:
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Record) and table_of(mapper.class_).name == table:
            return mapper.class_
    raise KeyError(table)


class _Titles:
    """Texts of journalled values; of a link, the title its target has now."""

    def __init__(self, store: Store, registers: Mapping[str, Register]) -> None:
        self._store = store
        self._registers = registers
        self._known: dict[str, str] = {}

    def text(self, said: Field, value: Any) -> str:
        if said.kind is not Kind.LINK or not value:
            return display(said, value)
        if value not in self._known:
            kind = self._registers[said.link].record
            table = table_of(kind)
            rows = self._store.rows(select(table.c[kind.title_column]).where(table.c.id == value))
            self._known[value] = str(rows[0][0]) if rows else "（已不在）"
        return self._known[value]
