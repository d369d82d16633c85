"""What the office keeps about somebody, found by the shape of its records over all registers.

A record is about a person when its `person_id` points there, or when it belongs to such a record:
a certificate to its worker, a pay line to its slip. What only names somebody is a mention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from lanling_desktop.core import attachments
from lanling_desktop.core.bulk import chunks
from lanling_desktop.core.field import Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import fields_of, table_of
from lanling_desktop.core.register import Register
from lanling_desktop.privacy.records import Correction

PERSON = "person"
_ABOUT = "person_id"
_HANGING = ((attachments.Attachment, "owner_id"), (Correction, "record_id"))
_LEAST = 2  # characters of a name that is looked for in running text


@dataclass(frozen=True, slots=True)
class Mention:
    """A record of something else that names the person: where, and how it was recognised."""

    register: str
    id: str
    key: str
    sure: bool  # by a link, or by the telephone too; else by the name alone


def held(office: Office, register: str, record_id: str) -> dict[str, list[str]]:
    """Every record about one, by register, in the office's order; its own among them."""
    found: dict[str, set[str]] = {register: {record_id}}
    fresh = [(register, {record_id})]
    while fresh:
        owner, ids = fresh.pop()
        for key, more in _belonging(office, owner, ids):
            known = found.setdefault(key, set())
            if new := more - known:
                known |= new
                fresh.append((key, new))
    return {key: sorted(found[key]) for key in office.registers if found.get(key)}


def _belonging(office: Office, owner: str, ids: set[str]) -> Iterator[tuple[str, set[str]]]:
    for key, register in office.registers.items():
        table = table_of(register.record)
        for name in _ties(register, owner):
            where = table.c[name].in_
            yield key, _ids(office, table, [where(some) for some in chunks(sorted(ids))])
    for kind, name in _HANGING:
        table = table_of(kind)
        where = table.c[name].in_
        yield table.name, _ids(office, table, [where(some) for some in chunks(sorted(ids))])


def _ids(office: Office, table: Any, wheres: Iterable[Any]) -> set[str]:
    return {row[0] for where in wheres for row in office.rows(select(table.c.id).where(where))}


def _ties(register: Register, owner: str) -> Iterator[str]:
    """The columns by which a record belongs to one of that register."""
    for name, said in fields_of(register.record).items():
        if said.kind is not Kind.LINK or said.link != owner:
            continue
        if name == _ABOUT or (owner != PERSON and said.required and not _is_about(register)):
            yield name


def _is_about(register: Register) -> bool:
    return _ABOUT in table_of(register.record).c


def mentions(
    office: Office, person_id: str, name: str, phone: str, known: dict[str, list[str]]
) -> list[Mention]:
    """Records of others that name a person: by a link, else by name."""
    ours = {each for ids in known.values() for each in ids}
    found: list[Mention] = []
    for key, register in office.registers.items():
        if key == PERSON:
            continue
        table, said = table_of(register.record), fields_of(register.record)
        for column, field in said.items():
            if field.kind is Kind.LINK and field.link == PERSON and column != _ABOUT:
                where = table.c[column] == person_id
            elif field.kind is Kind.NAME:
                where = table.c[column] == name
            elif field.kind is Kind.LONG_TEXT and len(name) >= _LEAST:
                where = table.c[column].contains(name, autoescape=True)
            else:
                continue
            found += [
                Mention(key, at, column, sure)
                for at, sure in _named(office, register, where, field.kind is Kind.LINK, phone)
                if at not in ours
            ]
    return found


def _named(
    office: Office, register: Register, where: Any, linked: bool, phone: str
) -> list[tuple[str, bool]]:
    """The records of a register that fit, and whether they are sure to be this person's."""
    table = table_of(register.record)
    phones = [n for n, each in fields_of(register.record).items() if each.kind is Kind.PHONE]
    columns = [table.c.id, *(table.c[each] for each in phones)]
    rows = office.rows(
        select(*columns).where(where, table.c.binned_at.is_(None)).order_by(table.c.id)
    )
    return [(row[0], linked or (bool(phone) and phone in row[1:])) for row in rows]


def namesakes(office: Office, person_id: str, name: str) -> int:
    """How many others bear the same name."""
    table = table_of(office.registers[PERSON].record)
    same: Sequence[Any] = office.rows(
        select(table.c.id).where(table.c.name == name, table.c.id != person_id)
    )
    return len(same)
