"""Repair of what no act of the program can have done: links to records that are not there.

Nothing is repaired unasked, and what is repaired is one act, which can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lanling_desktop.core.records import Base, Record
from lanling_desktop.core.unit import REPAIR, searchable

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office
    from lanling_desktop.core.plain import Changes


@dataclass(frozen=True, slots=True)
class LooseLink:
    """A column of a record that points to a record that does not exist."""

    table: str
    id: str
    column: str
    parent: str


def loose_links(office: Office) -> Iterator[LooseLink]:
    """Every link that leads nowhere."""
    names: dict[tuple[str, int], str] = {}
    for table, row, parent, link in office.store.raw("PRAGMA foreign_key_check"):
        if (table, link) not in names:
            for each in office.store.raw(f"PRAGMA foreign_key_list('{table}')"):
                names[table, each[0]] = each[3]
        found = office.store.raw(f'SELECT id FROM "{table}" WHERE rowid = ?', (row,))
        if found:
            yield LooseLink(table, found[0][0], names[table, link], parent)


def mend(office: Office, links: Sequence[LooseLink]) -> Changes:
    """Empty those links: one act, which can be taken back like any other."""
    kinds = {
        each.class_.__tablename__: each.class_
        for each in Base.registry.mappers
        if issubclass(each.class_, Record)
    }
    with office.act(f"{REPAIR} {len(links)} 处") as unit:
        for each in links:
            setattr(unit.get(kinds[each.table], each.id), each.column, None)
    return unit.done


def mend_index(office: Office) -> int:
    """Make what a search finds anew out of the records; how many records were looked at.

    It is no record: nothing to take back.
    """
    from lanling_desktop.core.search import clear
    from lanling_desktop.core.unit import reindex

    count = 0
    with office.store.writing() as session:
        clear(session.connection())
        for kind in searchable(office.registers):
            table = kind.__tablename__
            ids = [row[0] for row in office.store.raw(f'SELECT id FROM "{table}"')]
            reindex(session, [(table, each) for each in ids], office.registers)
            count += len(ids)
    return count
