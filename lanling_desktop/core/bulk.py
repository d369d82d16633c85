"""Reading many records at once by id or by what recognises them, for imports and exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from lanling_desktop.core.acts import is_relation, key_groups, recognised_by
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope, in_force
from lanling_desktop.core.plain import Adopted, Values, View
from lanling_desktop.core.records import Record, fields_of, table_of

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office

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
    groups = recognised_by(register)
    if is_relation(register.record):  # a row of what has ended is history, not what holds now
        rows = [{} if values.get("valid_to") else values for values in rows]
    return _first([_alike(office, register_key, group, rows) for group in groups], len(rows))


def equals(office: Office, register_key: str, rows: Sequence[Values]) -> list[list[str]]:
    """For each row, the records that have every value it gives, and no key it does not give.

    A record known by its identity number is not the one of a row without: that is a namesake.
    """
    register = office.registers[register_key]
    told = {key for group in recognised_by(register) for key in group}
    if is_relation(register.record):
        told.add("valid_to")
    alike: dict[tuple[str, ...], list[int]] = {}
    for number, values in enumerate(rows):
        given = [key for key, value in values.items() if value is not None and value != ""]
        if given and not any(isinstance(values[key], Adopted) for key in given):
            given.sort(key=lambda key: _weight(register.all_columns[key].field))
            alike.setdefault(tuple(given), []).append(number)
    found: list[list[str]] = [[] for _ in rows]
    for given_keys, numbers in alike.items():
        some = [rows[number] for number in numbers]
        empty = sorted(told - set(given_keys))
        matches = _alike(office, register_key, given_keys, some, empty=empty, ended=True)
        for number, ids in zip(numbers, matches, strict=True):
            found[number] = ids
    return found


def _weight(said: Field) -> int:
    """Less for a column whose value fewer records share."""
    order = (Kind.IDENTITY, Kind.NAME, Kind.PHONE, Kind.TEXT, Kind.LINK, Kind.DATE)
    return order.index(said.kind) if said.kind in order else len(order)


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
    office: Office,
    register_key: str,
    group: tuple[str, ...],
    rows: Sequence[Values],
    *,
    empty: Sequence[str] = (),
    ended: bool = False,
) -> list[list[str]]:
    scope = Scope(office.registers[register_key], office.registers, office.today)
    columns = [scope.column(key) for key in group]
    blank = [
        scope.column(key).is_(None) for key in empty
    ]  # before the source: it joins what they need
    kept = [scope.main.c.binned_at.is_(None)] if ended else standing(scope)
    statement = select(scope.id, *columns).select_from(scope.source()).where(*kept, *blank)
    return _matching(office, statement, columns[0], _keys(group, rows))


def standing(scope: Scope) -> list[Any]:
    """What a record has to be to be recognised: not binned; a relation, not ended."""
    kept: list[Any] = [scope.main.c.binned_at.is_(None)]
    if is_relation(scope.register.record):
        kept.append(in_force(scope.main, scope.day))
    return kept


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
