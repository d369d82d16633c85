"""Lists as SQL: a view of a register becomes one statement for the page and one for the count.

The inner select finds the ids of the page over an index that covers the order; the outer one
fetches the columns of just those rows (speed.md, "Lists").
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
)

from lanling_desktop.core import own_columns, search
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Condition, View
from lanling_desktop.core.records import AnySelect, Dated, Record, table_of
from lanling_desktop.core.register import Part, Register
from lanling_desktop.standards.text import whole


def in_force(table: Any, day: date) -> ColumnElement[bool]:
    """Whether a dated row holds on that day."""
    columns = getattr(table, "c", table)
    return and_(
        or_(columns.valid_from.is_(None), columns.valid_from <= day),
        or_(columns.valid_to.is_(None), columns.valid_to > day),
    )


@cache
def _named(record: type[Record], name: str) -> Any:
    """The table of a record under another name; made once, as every page of a list asks for it."""
    return table_of(record).alias(name)


class Scope:
    """The tables of one list: main, parts and link targets, joined only when asked for."""

    def __init__(self, register: Register, registers: Mapping[str, Register], day: date) -> None:
        self.register = register
        self.day = day
        self.main = table_of(register.record)
        self._registers = registers
        self._joined: dict[str, tuple[Any, ColumnElement[bool]]] = {}

    @property
    def id(self) -> ColumnElement[str]:
        """The main record's id."""
        return self.main.c.id

    def column(self, key: str) -> ColumnElement[Any]:
        """The stored value of a column by its key."""
        derived = next((each for each in self.register.derived if each.key == key), None)
        if derived is not None:
            return derived.expression(self)
        head, dot, name = key.partition(".")
        if key in self.register.own_fields:
            return own_columns.stored(self.main, key, self.register.own_fields[key])
        if not dot:
            return self.main.c[key]
        found: ColumnElement[Any] = self.part(self.register.part(head)).c[name]
        return found

    def part(self, part: Part) -> Any:
        """The part's table, joined as the day asks."""
        if part.name not in self._joined:
            table = _named(part.record, f"part_{part.name}")
            if part.dated:
                on = and_(
                    table.c[part.via] == self.main.c[part.anchor],
                    in_force(table, self.day),
                    table.c.binned_at.is_(None),
                )
            else:
                on = self.main.c[part.via] == table.c.id
            self._joined[part.name] = (table, on)
        return self._joined[part.name][0]

    def shown(self, key: str) -> ColumnElement[Any]:
        """What a list shows of a column: of a link, its target's title."""
        said = self.register.all_columns[key].field
        value = self.column(key)
        if said.kind is not Kind.LINK:
            return value
        name = f"link_{key}"
        if name not in self._joined:
            kind = self._registers[said.link].record
            target = _named(kind, name.replace(".", "_"))
            self._joined[name] = (target, value == target.c.id)
        target = self._joined[name][0]
        heading: ColumnElement[Any] = target.c[self._registers[said.link].record.title_column]
        return heading

    def order(self, key: str) -> ColumnElement[Any]:
        """What a list is sorted by: names by their stored pinyin key."""
        head, dot, name = key.partition(".")
        table: FromClause = self.part(self.register.part(head)) if dot else self.main
        stored = f"{name if dot else key}_key"
        return table.c[stored] if stored in table.c else self.shown(key)

    def source(self) -> FromClause:
        """The main table with what has been joined so far."""
        joined: FromClause = self.main
        for table, on in self._joined.values():
            joined = joined.outerjoin(table, on)
        return joined


class Listing:
    """The statements of one view."""

    def __init__(
        self, view: View, register: Register, registers: Mapping[str, Register], today: date
    ) -> None:
        self.view = view
        self.register = register
        self._registers = registers
        self._today = today
        self._day = view.day or today
        self._down = view.descending if view.order else register.newest_first

    def _scope(self) -> Scope:
        return Scope(self.register, self._registers, self._day)

    def count(self) -> AnySelect:
        """How many records the view has."""
        scope = self._scope()
        where = self._where(scope)
        return select(func.count()).select_from(scope.source()).where(*where)

    def tally(self, by: tuple[str, ...], sums: str = "") -> AnySelect:
        """How many records the view has, or the sum of a column, for each value of the keys `by`."""
        scope = self._scope()
        keys = [scope.column(key).label(f"k{n}") for n, key in enumerate(by)]
        total = func.coalesce(func.sum(scope.column(sums)), 0) if sums else func.count()
        where = self._where(scope)
        statement = select(*keys, total.label("total")).select_from(scope.source()).where(*where)
        return statement.group_by(*keys)

    def page(
        self, first: int, size: int, *, keys: tuple[str, ...], back: bool = False
    ) -> AnySelect:
        """Rows of id and the columns `keys`; `back` counts `first` from the far end and reversed."""
        ids = self.ids(back=back).limit(size).offset(first).subquery("picked")
        scope = self._scope()
        columns = [scope.shown(key).label(f"c{n}") for n, key in enumerate(keys)]
        order = self._order(scope, back=back)
        source = scope.source().join(ids, ids.c.id == scope.id)
        return select(scope.id, *columns).select_from(source).order_by(*order)

    def ids(self, *, back: bool = False) -> AnySelect:
        """The ids of the view in order."""
        scope = self._scope()
        where = self._where(scope)
        order = self._order(scope, back=back)
        return select(scope.id).select_from(scope.source()).where(*where).order_by(*order)

    def place(self, record_id: str) -> AnySelect:
        """What a record is ordered by in this view; no row when the view does not have it."""
        scope = self._scope()
        where = [*self._where(scope), scope.id == record_id]
        key = self._key(scope)
        return select(key.label("place")).select_from(scope.source()).where(*where)

    def before(self, record_id: str, place: Any) -> AnySelect:
        """How many records of the view stand before one whose order value is `place`."""
        scope = self._scope()
        where = self._where(scope)
        key = self._key(scope)
        down = self._down
        same = key.is_(None) if place is None else key == place
        beside = and_(same, scope.id > record_id if down else scope.id < record_id)
        if place is None:  # empty values come first, or last when descending
            earlier = key.is_not(None) if down else literal_column("0") == 1
        else:
            earlier = key > place if down else or_(key < place, key.is_(None))
        return select(func.count()).select_from(scope.source()).where(*where, or_(earlier, beside))

    def _key(self, scope: Scope) -> ColumnElement[Any]:
        """What the view is sorted by: as asked for, else as the register arranges itself."""
        if self.view.order or self.register.arranged is None:
            return scope.order(self.view.order or self.register.order)
        return self.register.arranged(scope)

    def _order(self, scope: Scope, *, back: bool) -> list[ColumnElement[Any]]:
        key = self._key(scope)
        down = self._down != back
        return [each.desc() if down else each.asc() for each in (key, scope.id)]

    def _where(self, scope: Scope) -> list[ColumnElement[bool]]:
        view, main = self.view, scope.main
        binned = main.c.binned_at
        where: list[ColumnElement[bool]] = [
            binned.is_not(None) if view.binned else binned.is_(None)
        ]
        if issubclass(self.register.record, Dated) and not view.binned:
            where.append(in_force(main, self._day))
        if self.register.there is not None and self._day != self._today and not view.binned:
            where.append(self.register.there(scope))
        if view.community and "community_id" in main.c:
            where.append(main.c.community_id == view.community)
        if view.parent:
            where.append(scope.column(view.parent[0]) == view.parent[1])
        if view.ids is not None:
            where.append(main.c.id.in_(view.ids))
        if view.ready:
            ready = next(each for each in self.register.ready if each.key == view.ready)
            where.append(ready.where(scope))
        where.extend(self._condition(scope, each) for each in view.conditions)
        if view.text.strip():
            where.append(self._containing(scope, view.text))
        return where

    def _containing(self, scope: Scope, typed: str) -> ColumnElement[bool]:
        expression = search.match(typed)
        if expression is None:
            return literal_column("0") == 1
        found = [scope.main.c.id.in_(_hits(scope.main.name, expression))]
        for part in self.register.parts:
            if not part.dated:
                table = table_of(part.record).name
                found.append(scope.main.c[part.via].in_(_hits(table, expression)))
        return or_(*found)

    def _condition(self, scope: Scope, said: Condition) -> ColumnElement[bool]:
        field: Field = self.register.all_columns[said.key].field
        value = scope.shown(said.key) if field.kind is Kind.LINK else scope.column(said.key)
        if said.op in ("empty", "filled"):
            nothing = or_(value.is_(None), value == "")
            return nothing if said.op == "empty" else ~nothing
        if said.op in ("contains", "starts"):
            if field.kind in (Kind.DATE, Kind.INTEGER, Kind.MONEY):
                value = cast(value, String)  # the text of a date: "-11-23" is a birthday
            has = value.contains if said.op == "contains" else value.startswith
            return has(said.value, autoescape=True)
        compared: ColumnElement[bool] = _COMPARE[said.op](value, _typed(field, said.value))
        return compared


_COMPARE: Mapping[str, Any] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: or_(a != b, a.is_(None)),
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _typed(said: Field, value: str) -> Any:
    if said.kind is Kind.DATE:
        return date.fromisoformat(value)
    if said.kind in (Kind.INTEGER, Kind.MONEY):
        return int(value)
    if said.kind is Kind.YES_NO:
        return value == "是"
    return whole(value)


def _hits(table: str, expression: str) -> AnySelect:
    entry = search.SearchEntry
    rows: Any = literal_column("rowid")
    text_table: Any = literal_column("search_text")
    matched = select(rows).select_from(search.TEXT).where(text_table.op("MATCH")(expression))
    return select(entry.record_id).where(entry.table_name == table, entry.number.in_(matched))
