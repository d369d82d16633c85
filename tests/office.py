"""What the tests of many rooms type and ask: one party member as a clerk would, one whole state."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Table, select

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import Dated, table_of
from lanling_desktop.organisation.records import PartyMember
from lanling_desktop.people.links import record_kinds
from lanling_desktop.standards import identity


def member(**more: object) -> dict[str, object]:
    """What a clerk types for one party member."""
    typed: dict[str, object] = {
        "person.name": "张玉兰",
        "person.identity_number": "34052419800101001X",
        "kind": "正式党员",
        "joined_on": "2001.7.1",
        "person.phone": "13812345678",
        "branch.organisation_id": "第4网格党支部",
        "home.household_id": "兰陵花园3号楼2单元501室",
    }
    return typed | {key.replace("__", "."): value for key, value in more.items()}


def numbered(birth: str, sequence: int) -> str:
    """A valid identity number of that birth (YYYYMMDD) and sequence (odd: a man)."""
    first17 = f"371324{birth}{sequence:03d}"
    return first17 + identity.check_character(first17)


def add_member(office: Office, name: str, **more: object) -> str:
    """Save a party member, by default without number and telephone; the member's id."""
    bare = {"person.name": name, "person.identity_number": "", "person.phone": ""}
    typed = member(**more) | {k: v for k, v in bare.items() if k.replace(".", "__") not in more}
    return office.save("party_member", None, typed, confirmed=True).main


def person_of(office: Office, member_id: str) -> str:
    """The person a party member is."""
    return str(office.rows(select(PartyMember.person_id).where(PartyMember.id == member_id))[0][0])


def id_of(office: Office, register: str, title: str) -> str:
    """The one record of that title."""
    (found,) = office.resolve(register, title)
    return found


def state_of(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Everything an act may change, as the file holds it: every record, and what a search finds."""
    found = {kind.__tablename__: _held(office, table_of(kind)) for kind in record_kinds()}
    columns = "table_name, record_id, title, detail, sort_key"
    entries = office.store.raw(f"SELECT {columns} FROM search_entry ORDER BY {columns}")
    return found | {"search": list(map(tuple, entries))}


def _held(office: Office, table: Table) -> list[tuple[object, ...]]:
    columns = ", ".join(f'"{each.name}"' for each in table.columns)
    rows = office.store.raw(f'SELECT {columns} FROM "{table.name}" ORDER BY id')
    return list(map(tuple, rows))


def since(office: Office, day: date) -> None:
    """Everything dated began on that day, not when it was typed."""
    with office.act("补登起始日期") as unit:
        for kind in record_kinds():
            if issubclass(kind, Dated):
                for each in unit.all(select(kind)):
                    each.valid_from = day
