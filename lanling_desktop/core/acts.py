"""The acts every register has: save, bin, restore. Modules' `actions.py` hold the particular ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select

from lanling_desktop.core import own_columns
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field
from lanling_desktop.core.listing import in_force
from lanling_desktop.core.plain import Adopted, Problem, Values
from lanling_desktop.core.records import AnyRow, AnySelect, Dated, Record, fields_of, table_of
from lanling_desktop.core.register import Context, Part, Register
from lanling_desktop.core.unit import Unit

Registers = Mapping[str, Register]
_ENOUGH = 20  # refusals a clerk is shown at once


class RejectedError(OfficeError):
    """Values that cannot be saved as they are; `problems` name each column and the cure."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = problems[0].words
        more = f"（另有 {len(problems) - 1} 处）" if len(problems) > 1 else ""
        super().__init__(f"{first}{more}", "没有保存，内容仍在窗口中", "请按红字改正后再保存")


@dataclass
class Seen:
    """What a rule may look at beside the values, as the act sees it so far."""

    today: date
    record_id: str | None
    unit: Unit

    def rows(self, statement: AnySelect) -> list[AnyRow]:
        """Rows of plain columns."""
        return self.unit.rows(statement)


def check(context: Context, register: Register, values: Values) -> list[Problem]:
    """Everything that is wrong with the values: required columns first, then the rules."""
    problems = [
        Problem(each.key, f"{each.field.label}必须填写")
        for each in register.form_columns
        if each.field.required and register.writable(each.key) and _empty(values.get(each.key))
    ]
    for rule in register.rules:
        problems.extend(rule(values, context))
    return problems


def refuse_frozen(context: Context, register: Register, values: Values) -> None:
    """Raise `OfficeError` when a record with these values is closed."""
    why = register.frozen(values, context) if register.frozen else None
    if why:
        raise OfficeError(why, "没有改动任何数据", "需要更正的，请按更正的办法另出一版")


def _empty(value: Any) -> bool:
    return value is None or value == ""


def apply(
    unit: Unit,
    register: Register,
    record_id: str | None,
    values: Values,
    *,
    confirmed: bool = False,
    current: Values | None = None,
    owners: Mapping[str, str | None] | None = None,
    found: Sequence[Problem] = (),
) -> Record:
    """Write values into a new or existing record and its parts.

    Only the keys given are changed. Raises `RejectedError`; a warning alone is passed when
    `confirmed`. `current` are the record's present values if the caller has read them; `owners`
    the ids of the owner parts of a new record by part name if it has looked for them; `found`
    what it knows to be wrong already.
    """
    present = dict(current) if current is not None else (_present(unit, register, record_id))
    merged = {**register.defaults, **present, **values}
    if record_id is None:
        values = merged
    context = Seen(unit.today, record_id, unit)
    for state in (present, merged) if record_id else (merged,):
        refuse_frozen(context, register, state)
    problems = [*check(context, register, merged), *found]
    blocking = [each for each in problems if not (each.warning and confirmed)]
    if blocking:
        raise RejectedError(blocking)
    since = len(unit.made)
    values = {key: adopt(unit, value) for key, value in values.items()}
    own, parts = _split(register, values)
    owned = {
        part.via: _owner(unit, part, parts[part.name], unit.get(register.record, record_id))
        if record_id
        else _new_owner(unit, part, parts[part.name], owners)
        for part in register.parts
        if not part.dated and part.editable and part.name in parts
    }
    record = unit.get(register.record, record_id) if record_id else register.record()
    added = {key: own.pop(key) for key in register.own_fields if key in own}
    if added:
        own["extra"] = own_columns.written(record.extra, added)
    for name, value in {**own, **owned}.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    if record_id is None:
        if isinstance(record, Dated) and record.valid_from is None:
            record.valid_from = unit.begins
        unit.add(record)
    for part in register.parts:
        if part.dated and part.editable and part.name in parts:
            anchor = getattr(record, part.anchor)
            fresh = anchor in unit.made[since:]  # what is new has no link that could hold
            _move(unit, part, anchor, parts[part.name], fresh=fresh)
    unit.main = unit.main or record.id
    return record


def put(
    unit: Unit, key: str, record_id: str | None, values: Values, *, confirmed: bool = False
) -> Record:
    """`apply` by the register's key, for the acts of the modules."""
    return apply(unit, unit.registers[key], record_id, values, confirmed=confirmed)


def apply_many(
    unit: Unit,
    register: Register,
    ids: Sequence[str],
    values: Values,
    *,
    confirmed: bool = False,
    step: Callable[[int, int], None] | None = None,
) -> list[tuple[str, Problem]]:
    """Write the same values into many records; returns what is wrong, by record id.

    `step` is told how far it is, and may raise to stop the act with nothing changed.
    """
    refused: list[tuple[str, Problem]] = []
    for number, record_id in enumerate(ids, 1):
        try:
            apply(unit, register, record_id, values, confirmed=confirmed)
        except RejectedError as trouble:
            refused += [(record_id, each) for each in trouble.problems]
            if len(refused) >= _ENOUGH:
                break
        if step is not None:
            step(number, len(ids))
    return refused


def adopt(unit: Unit, value: Any) -> Any:
    """The id of a record that a link names by title, made now if it is not there; else `value`."""
    if not isinstance(value, Adopted):
        return value
    if value not in unit.adopted:
        register = unit.registers[value.register]
        table = table_of(register.record)
        same = table.c[register.record.title_column] == value.title
        rows = unit.rows(select(table.c.id).where(same, table.c.binned_at.is_(None)).limit(1))
        unit.adopted[value] = str(rows[0][0]) if rows else _made(unit, register, value.title)
    return unit.adopted[value]


def _made(unit: Unit, register: Register, text: str) -> str:
    said = register.adopt(text) if register.adopt else None
    if said is None:
        raise OfficeError(f"{register.title}里没有“{text}”", "没有保存", "请先登记它，再回来选择")
    values: dict[str, Any] = dict(register.defaults)
    for key, value in said.items():
        if key.endswith("="):
            name = key[:-1]
            target = fields_of(register.record)[name].link
            values[name] = adopt(unit, Adopted(target, value))
        else:
            values[key] = value
    record = register.record(**values)
    if isinstance(record, Dated):
        record.valid_from = unit.begins
    unit.add(record)
    unit.session.flush()  # what is made next may look it up
    return record.id


def _split(register: Register, values: Values) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    own: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        if key in register.all_columns and not register.writable(key):
            continue
        head, dot, name = key.partition(".")
        if dot:
            parts.setdefault(head, {})[name] = value
        else:
            own[key] = value
    return own, parts


def _present(unit: Unit, register: Register, record_id: str | None) -> dict[str, Any]:
    """The present values of a record and its parts, by column key."""
    if record_id is None:
        return {}
    record = unit.get(register.record, record_id)
    found = {name: getattr(record, name) for name in fields_of(register.record)}
    found.update(own_columns.values_in(record.extra, register.own))
    for part in register.parts:
        other = (
            _holding(unit, part, getattr(record, part.anchor), unit.today)
            if part.dated
            else unit.session.get(part.record, getattr(record, part.via))
        )
        for name in part.fields:
            found[f"{part.name}.{name}"] = getattr(other, name) if other else None
    return found


def _owner(unit: Unit, part: Part, values: dict[str, Any], main: Record) -> str:
    owner = unit.get(part.record, getattr(main, part.via))
    _set(owner, values)
    return owner.id


def _new_owner(
    unit: Unit, part: Part, values: dict[str, Any], owners: Mapping[str, str | None] | None
) -> str:
    if owners is not None and part.name in owners:
        found = owners[part.name]
    else:
        found = locate_by_fields(unit, part.record, values)
    owner: Record = unit.get(part.record, found) if found else part.record()
    _set(owner, {k: v for k, v in values.items() if not (found and _empty(v))})
    if not found:
        unit.add(owner)
    return owner.id


def _set(record: Record, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)


def _holding(unit: Unit, part: Part, anchor: str, day: date) -> Any:
    kind: Any = part.record
    statement = select(kind).where(
        getattr(kind, part.via) == anchor, in_force(kind, day), kind.binned_at.is_(None)
    )
    found = unit.all(statement)
    return found[0] if found else None


def _move(unit: Unit, part: Part, anchor: str, values: dict[str, Any], *, fresh: bool) -> None:
    """End the link that holds and start the new one; a link begun today is simply put right."""
    given = values.pop("valid_from", None)
    day = given or unit.today
    held = None if fresh else _holding(unit, part, anchor, day)
    if held is not None and all(getattr(held, name) == v for name, v in values.items()):
        return
    if held is not None and held.valid_from == day:
        if all(_empty(v) for v in values.values()):
            held.valid_to = day
        else:
            _set(held, values)
        return
    if held is not None:
        held.valid_to = day
    if not all(_empty(v) for v in values.values()):
        link: Any = part.record(**{part.via: anchor, **values})
        link.valid_from = day if held is not None else given or unit.begins
        unit.add(link)


def key_groups(fields: Iterable[tuple[str, Field]]) -> list[tuple[str, ...]]:
    """The groups of columns that recognise a record, in the order they are tried."""
    groups: dict[int, list[str]] = {}
    for name, said in fields:
        if said.key:
            groups.setdefault(said.key, []).append(name)
    return [tuple(groups[number]) for number in sorted(groups)]


def recognised_by(register: Register) -> list[tuple[str, ...]]:
    """The groups of column keys that recognise a record of the register, or its owner part.

    What hangs on it dated (its branch) recognises that link, not the record.
    """
    groups = key_groups(fields_of(register.record).items())
    for part in register.parts:
        if not part.dated:
            theirs = key_groups(fields_of(part.record).items())
            groups += [tuple(f"{part.name}.{name}" for name in group) for group in theirs]
    groups += register.recognised
    return [group for group in groups if all(key in register.all_columns for key in group)]


def is_relation(kind: type[Record]) -> bool:
    """Whether a record has no name of its own: it only joins others, from a day to a day.

    One that has ended is history; the same two may be joined anew.
    """
    return issubclass(kind, Dated) and kind.title_column == "id"


def locate_by_fields(unit: Unit, kind: type[Record], values: Mapping[str, Any]) -> str | None:
    """The one record that the key columns recognise, or None."""
    table = table_of(kind)
    for group in key_groups(fields_of(kind).items()):
        wanted = [values.get(name) for name in group]
        if any(_empty(each) for each in wanted):
            continue
        same = and_(*(table.c[n] == v for n, v in zip(group, wanted, strict=True)))
        rows = unit.rows(select(table.c.id).where(same, table.c.binned_at.is_(None)).limit(2))
        if len(rows) == 1:
            return str(rows[0][0])
    return None


def referents(unit: Unit, registers: Registers, record: Record, day: date) -> list[str]:
    """What still hangs on a record, in words: 户 3-2-501（2 条 户内成员）."""
    own = record.__tablename__
    found = []
    for register in registers.values():
        table = table_of(register.record)
        for each in table.columns:
            points = any(key.column.table.name == own for key in each.foreign_keys)
            if not points:
                continue
            where = [each == record.id, table.c.binned_at.is_(None)]
            if issubclass(register.record, Dated):
                where.append(in_force(table, day))
            count = len(unit.rows(select(table.c.id).where(*where)))
            if count:
                found.append(f"{register.title} {count} 条")
    return found


def bin_record(
    unit: Unit, registers: Registers, register: Register, record_id: str, why: str
) -> None:
    """Put a record and its dated links into the recycle bin; refused while others hang on it."""
    record = unit.get(register.record, record_id)
    _refuse_frozen_record(unit, register, record)
    for part in register.parts:
        if part.goes_along:
            kind: Any = part.record
            anchor = getattr(record, part.anchor)
            mine = select(kind).where(getattr(kind, part.via) == anchor, kind.binned_at.is_(None))
            for link in unit.all(mine):
                unit.bin(link, why)
    held = referents(unit, registers, record, unit.today)
    if held:
        raise OfficeError(
            f"还有{'、'.join(held)}用到“{title(record)}”，不能删除",
            "没有改动任何数据",
            "请先处理上面列出的记录，或把它停用（填写终止日期）",
        )
    unit.bin(record, why)
    unit.main = record_id


def restore_record(unit: Unit, register: Register, record_id: str) -> None:
    """Take a record and its dated links out of the recycle bin."""
    record = unit.get(register.record, record_id)
    _refuse_frozen_record(unit, register, record)
    at = record.binned_at
    unit.unbin(record)
    for part in register.parts:
        if part.goes_along:
            kind: Any = part.record
            anchor = getattr(record, part.anchor)
            mine = select(kind).where(getattr(kind, part.via) == anchor, kind.binned_at == at)
            for link in unit.all(mine):
                unit.unbin(link)
    unit.main = record_id


def _refuse_frozen_record(unit: Unit, register: Register, record: Record) -> None:
    values = {name: getattr(record, name) for name in fields_of(register.record)}
    refuse_frozen(Seen(unit.today, record.id, unit), register, values)


def title(record: Record) -> str:
    """The record's title as acts and messages name it."""
    return str(getattr(record, record.title_column) or "")
