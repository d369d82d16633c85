"""The whole register searched for persons entered twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnySelect
from lanling_desktop.people.records import NotDuplicate, Person

_SHARED_BY = 8  # a telephone more persons have than this is an office's, not a person's


@dataclass(frozen=True, slots=True)
class Likeness:
    """One of a pair: enough to tell the two apart."""

    id: str
    name: str
    birth: date | None
    identity_number: str
    phone: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons who may be one, and why; certain when they have one identity number."""

    first: Likeness
    second: Likeness
    why: str
    certain: bool


def duplicate_pairs(office: Office, limit: int = 200, *, community_id: str = "") -> list[Pair]:
    """Pairs that may be one person, the surest first, without those noted as different people.

    Nearer the beginning: same identity number, then name and birth, then telephone. Persons with
    a telephone in common but two different numbers are taken for a family.
    """
    found: dict[tuple[str, str], Pair] = {}
    for why, certain, statement in _searches(community_id):
        for row in office.rows(statement.limit(limit)):
            first, second = Likeness(*_said(row[:5])), Likeness(*_said(row[5:]))
            found.setdefault((first.id, second.id), Pair(first, second, why, certain))
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _said(row: Any) -> tuple[str, str, date | None, str, str]:
    key, name, birth, number, phone = row
    return key, name or "", birth, number or "", phone or ""


def _searches(community_id: str) -> Iterator[tuple[str, bool, AnySelect]]:
    a, b = aliased(Person), aliased(Person)
    numbers_differ = and_(
        a.identity_number.is_not(None),
        b.identity_number.is_not(None),
        a.identity_number != b.identity_number,
    )
    yield "身份证号相同", True, _pairs(a, b, community_id, a.identity_number == b.identity_number)
    alike = a.name == b.name, a.birth == b.birth
    yield "姓名、出生日期相同", False, _pairs(a, b, community_id, *alike)
    personal = (
        select(Person.phone)
        .where(Person.phone.is_not(None), Person.binned_at.is_(None))
        .group_by(Person.phone)
        .having(func.count().between(2, _SHARED_BY))
    )
    shared = a.phone.in_(personal), a.phone == b.phone, ~numbers_differ
    yield "联系电话相同", False, _pairs(a, b, community_id, *shared)


def _pairs(a: Any, b: Any, community_id: str, *alike: ColumnElement[bool]) -> AnySelect:
    noted = NotDuplicate
    denied = exists().where(
        noted.binned_at.is_(None),
        or_(
            and_(noted.first_id == a.id, noted.second_id == b.id),
            and_(noted.first_id == b.id, noted.second_id == a.id),
        ),
    )
    columns = [
        getattr(each, name)
        for each in (a, b)
        for name in ("id", "name", "birth", "identity_number", "phone")
    ]
    statement = select(*columns).where(
        *alike, a.id < b.id, a.binned_at.is_(None), b.binned_at.is_(None), ~denied
    )
    if community_id:
        statement = statement.where(
            or_(a.community_id == community_id, b.community_id == community_id)
        )
    return statement.order_by(a.name_key, a.id, b.id)
