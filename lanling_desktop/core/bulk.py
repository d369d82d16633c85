"""Reading many records at once by id or by what recognises them, for imports and exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from lanling_desktop.core.acts import key_groups
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.plain import Adopted, Values, View
from lanling_desktop.core.records import Record, fields_of, table_of

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office
    from lanling_desktop.core.register import Register

_CHUNK = 400  # SQLite's bound on parameters, with room


def read_many(
    office: Office, register_key: str, ids: Iterable[str], *, shown: bool = False
) -> dict[str, Values]:
    """Values of every column of many records by id; `shown` gives links as titles."""
    register = office.registers[register_key]
    keys = tuple(register.all_columns)
    found: dict[str, Values] = {}
    for some in chunks(sorted(set(ids))):
        scope = Scope(register, office.registers, office.today)
        take = scope.shown if shown else scope.column
        columns = [take(key).label(f"v{n}") for n, key in enumerate(keys)]
        statement = select(scope.id, *columns).select_from(scope.source())
        for row in office.rows(statement.where(scope.id.in_(some))):
            found[row[0]] = dict(zip(keys, row[1:], strict=True))
    return found


def walk_values(
    office: Office, view: View, keys: Sequence[str], *, size: int = 1000
) -> Iterator[tuple[Any, ...]]:
    """Id and typed values of every row of a view, links as titles, page by page."""
    listing = office.listing(view)
    for first in range(0, office.count(view), size):
        for row in office.rows(listing.page(first, size, keys=tuple(keys))):
            yield tuple(row)


def locate_in_register(
    office: Office, register_key: str, rows: Sequence[Values]
) -> list[str | None]:
    """For each row of values, the one record that its key columns recognise, or None."""
    register = office.registers[register_key]
    groups = recognising(register)
    return _first([_alike(office, register_key, group, rows) for group in groups], len(rows))


def recognising(register: Register) -> list[tuple[str, ...]]:
    """The groups of columns that recognise a record of a sheet, in the order they are tried."""
    keys = key_groups((key, each.field) for key, each in register.all_columns.items())
    return [*keys, *register.recognised]


def likenesses(
    office: Office, register_key: str, rows: Sequence[Values]
) -> list[tuple[str, tuple[str, ...]] | None]:
    """For each row, a record that may be the same by the register's hints, and by which columns."""
    found: list[tuple[str, tuple[str, ...]] | None] = [None] * len(rows)
    for group in office.registers[register_key].duplicates:
        for number, ids in enumerate(_alike(office, register_key, group, rows)):
            if ids and found[number] is None:
                found[number] = (ids[0], group)
    return found


def locate_records(office: Office, kind: type[Record], rows: Sequence[Values]) -> list[str | None]:
    """As `locate_in_register`, over one record class: for the owner parts of a register."""
    table = table_of(kind)
    kept = table.c.binned_at.is_(None)
    found = []
    for group in key_groups(fields_of(kind).items()):
        columns = [table.c[name] for name in group]
        statement = select(table.c.id, *columns).where(kept)
        found.append(_matching(office, statement, columns[0], _keys(group, rows)))
    return _first(found, len(rows))


def _alike(
    office: Office, register_key: str, group: tuple[str, ...], rows: Sequence[Values]
) -> list[list[str]]:
    scope = Scope(office.registers[register_key], office.registers, office.today)
    columns = [scope.column(key) for key in group]
    statement = select(scope.id, *columns).select_from(scope.source())
    statement = statement.where(scope.main.c.binned_at.is_(None))
    return _matching(office, statement, columns[0], _keys(group, rows))


def _keys(group: tuple[str, ...], rows: Sequence[Values]) -> list[tuple[Any, ...] | None]:
    """The values of a group in each row; None where one is empty, or a record yet to be made."""
    keys = (tuple(values.get(name) for name in group) for values in rows)
    return [
        None if any(v is None or v == "" or isinstance(v, Adopted) for v in key) else key
        for key in keys
    ]


def _matching(
    office: Office, statement: Any, leading: Any, keys: list[tuple[Any, ...] | None]
) -> list[list[str]]:
    """Ids of the records with each key, by one statement for some hundred keys."""
    known: dict[tuple[Any, ...], list[str]] = {}
    for some in chunks(list({key[0] for key in keys if key})):
        for row in office.rows(statement.where(leading.in_(some))):
            known.setdefault(tuple(row[1:]), []).append(row[0])
    return [known.get(key, []) if key else [] for key in keys]


def _first(found: list[list[list[str]]], size: int) -> list[str | None]:
    """The one id of the first group that knows exactly one."""
    chosen: list[str | None] = [None] * size
    for group in found:
        for number, ids in enumerate(group):
            if chosen[number] is None and len(ids) == 1:
                chosen[number] = ids[0]
    return chosen


def chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The items in runs short enough for one statement."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
