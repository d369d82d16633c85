"""Reading the search index: what a search box and a link box show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from lanling_desktop.core import search
from lanling_desktop.core.plain import Hit
from lanling_desktop.core.records import table_of
from lanling_desktop.core.register import Register

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office

_HIT_BOUND = 2_000


def find(office: Office, typed: str, *, register: str = "", limit: int = 50) -> list[Hit]:
    """Records whose text holds everything typed, in pinyin order."""
    expression = search.match(typed)
    if expression is None:
        return []
    narrowed, bound = "", [expression, _HIT_BOUND]
    if register:
        narrowed = " AND e.table_name = ?"
        bound.append(register)
    sql = f"{search.HITS}{narrowed} ORDER BY e.sort_key LIMIT ?"
    rows = office.store.raw(sql, [*bound, limit])
    return _faces(office, [tuple(row) for row in rows])


def _faces(office: Office, rows: list[tuple[str, str, str, str]]) -> list[Hit]:
    """Hits by the register they are opened in: a person who is a member opens as a member."""
    faces: dict[str, tuple[Register, str]] = {}
    for register in office.registers.values():
        for part in register.parts if register.face else ():
            if part.dated:
                continue
            table = table_of(register.record)
            wanted = [row[1] for row in rows if row[0] == part.record.__tablename__]
            owner = table.c[part.via]
            mine = select(owner, table.c.id).where(owner.in_(wanted), table.c.binned_at.is_(None))
            if wanted:
                faces.update((o, (register, own)) for o, own in office.rows(mine))
    hits: dict[tuple[str, str], Hit] = {}
    for table_name, record_id, title, detail in rows:
        register, target = faces.get(record_id, (office.registers[table_name], record_id))
        own = table_name == register.key and "." in register.order  # known by its part
        said = office.read(register.key, target).title if own else title
        found = Hit(register.key, register.title, target, said, detail)
        hits.setdefault((register.key, target), found)
    return list(hits.values())


def lookup(
    office: Office, register_key: str, typed: str, limit: int = 20
) -> list[tuple[str, str, str]]:
    """Records a link may point to: id, title, detail. Nothing typed lists the first ones."""
    if typed.strip():
        expression = search.match(typed)
        if expression is None:
            return []
        sql = f"{search.HITS} AND e.table_name = ? ORDER BY e.sort_key LIMIT ?"
        rows = office.store.raw(sql, [expression, _HIT_BOUND, register_key, limit])
        return [(row[1], row[2], row[3]) for row in rows]
    kind = office.registers[register_key].record
    table = table_of(kind)
    heading = table.c[kind.title_column]
    first = select(table.c.id, heading).where(table.c.binned_at.is_(None)).order_by(heading)
    return [(key, text or "", "") for key, text in office.rows(first.limit(limit))]
