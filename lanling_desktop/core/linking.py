"""A link as it is written in a form or sheet: by its target's title, its key, or both.

Three residents may be called 王鹏: “王鹏 371324…” says which, and so does the number alone. Which
column tells records of one title apart, their `Field`s say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from lanling_desktop.core.acts import key_groups
from lanling_desktop.core.bulk import chunks
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.plain import Adopted, Problem
from lanling_desktop.core.records import fields_of, table_of
from lanling_desktop.core.register import Register
from lanling_desktop.core.values import convert

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office

_MARKS = " （(/,，、"  # what may stand between a title and a key
_ID = 32  # characters of an id


def telling(register: Register) -> dict[str, Field]:
    """The columns that alone recognise a record of the register, its title aside."""
    kind = register.record
    fields = fields_of(kind)
    alone = [group[0] for group in key_groups(fields.items()) if len(group) == 1]
    return {name: fields[name] for name in alone if name != kind.title_column}


def linked(office: Office, register_key: str, typed: str) -> str | Adopted | Problem:
    """The id of the record meant, or the record that will be made, or why it is neither."""
    register = office.registers[register_key]
    table = table_of(register.record)
    if len(typed) == _ID and office.rows(select(table.c.id).where(table.c.id == typed)):
        return typed
    title, problem = _title(office, register, typed)
    if problem:
        return Problem("", problem)
    found = office.resolve(register_key, title)
    if len(found) == 1:
        return found[0]
    return (
        _by_key(office, register, typed)
        or _by_owner(office, register, typed)
        or _unclear(register, title, len(found))
    )


def _unclear(register: Register, title: str, count: int) -> Adopted | Problem:
    """What becomes of a title that several records have, or none."""
    if count:
        tells = "、".join(each.label for each in telling(register).values())
        how = f"，例如写成“{title} {tells}”" if tells else ""
        return Problem("", f"有 {count} 个{register.title}叫“{title}”，请指明是哪一个{how}")
    if register.adopt and register.adopt(title) is not None:
        return Adopted(register.key, title)
    return Problem("", f"{register.title}里没有“{title}”，请先登记或改成已有的名称")


def _title(office: Office, register: Register, typed: str) -> tuple[str, str]:
    """A title as the register writes it, and what is wrong with it."""
    heading = fields_of(register.record).get(register.record.title_column)
    if heading is None:
        return typed, ""
    done = convert(heading, typed, office.today)
    title = str(done.value or typed)
    return (register.canonical(title) if register.canonical else title), done.problem


def _by_key(office: Office, register: Register, typed: str) -> str | Problem | None:
    """The one record that a key in the text recognises; the title beside it has to agree."""
    table = table_of(register.record)
    heading = table.c[register.record.title_column]
    for name, said in telling(register).items():
        for title, key in _splits(typed):
            done = convert(said, key, office.today)
            if done.problem or done.value is None:
                continue
            same = table.c[name] == done.value, table.c.binned_at.is_(None)
            rows = office.rows(select(table.c.id, heading).where(*same).limit(2))
            if len(rows) != 1:
                continue
            if title and _title(office, register, title)[0] != rows[0][1]:
                words = f"这个{said.label}登记的是“{rows[0][1]}”，不是“{title}”，请核对"
                return Problem("", words)
            return str(rows[0][0])
    return None


def _by_owner(office: Office, register: Register, typed: str) -> str | Problem | None:
    """The one record whose owner part has that title: a worker is called by the person's name.

    Its own title may stand behind, where two are called alike: “王芳 GZ001”.
    """
    table = table_of(register.record)
    own = table.c[register.record.title_column]
    for part in (each for each in register.parts if not each.dated):
        owner = table_of(part.record)
        heading = owner.c[part.record.title_column]
        source = select(table.c.id).join_from(table, owner, owner.c.id == table.c[part.via])
        for title, key in _splits(typed):
            same = [heading == (title or key), table.c.binned_at.is_(None)]
            if title:
                same.append(own == key)
            rows = office.rows(source.where(*same).limit(2))
            if len(rows) == 1:
                return str(rows[0][0])
            if rows:
                said = fields_of(register.record).get(register.record.title_column)
                tells = said.label if said else ""
                words = f"有几个{register.title}叫“{typed}”，例如写成“{typed} {tells}”指明是哪一个"
                return Problem("", words)
    return None


def _splits(typed: str) -> Iterator[tuple[str, str]]:
    """Ways to read a text as a title and a key: no title at all, or all up to the last mark."""
    yield "", typed
    bare = typed.rstrip(f"{_MARKS}）)")
    at = max(bare.rfind(mark) for mark in _MARKS)
    title = bare[: max(at, 0)].rstrip(_MARKS)
    if title:
        yield title, bare[at + 1 :]


def spelled_out(
    office: Office, register_key: str, keys: Sequence[str], ids: Sequence[str]
) -> dict[tuple[str, str], str]:
    """By id and column key, the links whose target shares its title, with the key that tells."""
    register = office.registers[register_key]
    found: dict[tuple[str, str], str] = {}
    for key in keys:
        said = register.all_columns[key].field
        target = office.registers[said.link] if said.kind is Kind.LINK else None
        if target is None or not telling(target):
            continue
        scope = Scope(register, office.registers, office.today)
        statement = select(scope.id, scope.column(key)).select_from(scope.source())
        for some in chunks(ids):
            rows = office.rows(statement.where(scope.id.in_(some)))
            texts = _namesakes(office, target, sorted({to for _, to in rows if to}))
            found.update(((at, key), texts[to]) for at, to in rows if to in texts)
    return found


def _namesakes(office: Office, register: Register, ids: Sequence[str]) -> dict[str, str]:
    """Title and key of those among the records that others share their title with."""
    table = table_of(register.record)
    heading = table.c[register.record.title_column]
    keys = [table.c[name] for name in telling(register)]
    rows = [
        row
        for some in chunks(ids)
        for row in office.rows(select(table.c.id, heading, *keys).where(table.c.id.in_(some)))
    ]
    shared: set[str] = set()
    for some in chunks(sorted({row[1] for row in rows if row[1]})):
        alike = select(heading).where(heading.in_(some), table.c.binned_at.is_(None))
        more = alike.group_by(heading).having(func.count() > 1)
        shared.update(each for (each,) in office.rows(more))
    return {
        row[0]: f"{row[1]} {key}"
        for row in rows
        if row[1] in shared and (key := next(filter(None, row[2:]), None))
    }
