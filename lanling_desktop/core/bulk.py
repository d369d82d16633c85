"""Reading many records at once by id or by what recognises them, for imports and exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from lanling_desktop.core.acts import key_groups
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.plain import Values, View
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
    office: Office, register_key: str, rows: Sequence[Mapping[str, Any]]
) -> list[str | None]:
    """For each row of values, the one record that its key columns recognise, or None."""
    register = office.registers[register_key]
    groups = key_groups((key, each.field) for key, each in register.all_columns.items())
    found: list[str | None] = [None] * len(rows)
    for group in groups:
        scope = Scope(register, office.registers, office.today)
        columns = [scope.column(key) for key in group]
        statement = select(scope.id, *columns).select_from(scope.source())
        statement = statement.where(scope.main.c.binned_at.is_(None))
        _match(office, statement, columns[0], group, rows, found)
    return found


def locate_records(
    office: Office, kind: type[Record], rows: Sequence[Mapping[str, Any]]
) -> list[str | None]:
    """The same over one record class by its own key columns, for the owner parts of a register."""
    table = table_of(kind)
    found: list[str | None] = [None] * len(rows)
    for group in key_groups(fields_of(kind).items()):
        columns = [table.c[name] for name in group]
        statement = select(table.c.id, *columns).where(table.c.binned_at.is_(None))
        _match(office, statement, columns[0], group, rows, found)
    return found


def _match(
    office: Office,
    statement: Any,
    leading: Any,
    group: tuple[str, ...],
    rows: Sequence[Mapping[str, Any]],
    found: list[str | None],
) -> None:
    wanted: dict[tuple[Any, ...], list[int]] = {}
    for number, values in enumerate(rows):
        key = tuple(values.get(name) for name in group)
        if found[number] is None and not any(each is None or each == "" for each in key):
            wanted.setdefault(key, []).append(number)
    known: dict[tuple[Any, ...], list[str]] = {}
    for some in chunks(list({key[0] for key in wanted})):
        for row in office.rows(statement.where(leading.in_(some))):
            known.setdefault(tuple(row[1:]), []).append(row[0])
    for key, numbers in wanted.items():
        ids = known.get(key, [])
        if len(ids) == 1:
            for number in numbers:
                found[number] = ids[0]


def chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The items in runs short enough for one statement."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
