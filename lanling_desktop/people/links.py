"""What a person is in, from when to when: a household, a branch, a central household's care.

Such links are known by their shape, so that a module above people needs no word here: a dated
record whose `person_id` points to the person. A person is in one of each kind at a time.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import or_, select

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.listing import in_force
from lanling_desktop.core.records import Base, Dated, Record, table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.people.records import Household


def record_kinds() -> list[type[Record]]:
    """Every kind of record the office keeps, in the order of their tables' names."""
    kinds = [each.class_ for each in Base.registry.mappers if issubclass(each.class_, Record)]
    return sorted(kinds, key=lambda kind: kind.__tablename__)


def link_kinds() -> list[type[Any]]:
    """The kinds of dated links a person has."""
    return [
        kind
        for kind in record_kinds()
        if issubclass(kind, Dated) and "person_id" in table_of(kind).columns
    ]


def links_of(unit: Unit, kind: type[Any], person_id: str) -> list[Any]:
    """A person's links of one kind that are not in the recycle bin, oldest first."""
    mine = kind.person_id == person_id, kind.binned_at.is_(None)
    return sorted(unit.all(select(kind).where(*mine)), key=lambda each: each.valid_from or date.min)


def links_on(unit: Unit, kind: type[Any], person_id: str, day: date) -> list[Any]:
    """A person's links of one kind that hold on that day."""
    mine = kind.person_id == person_id, kind.binned_at.is_(None), in_force(table_of(kind), day)
    return unit.all(select(kind).where(*mine))


def end_links(
    unit: Unit, kind: type[Any], person_id: str, day: date, reason: str | None
) -> list[Any]:
    """End a person's links of one kind on that day; the ended ones.

    Refused when one begins later: what was entered as later cannot have ended before.
    """
    later = or_(kind.valid_to.is_(None), kind.valid_to > day)
    mine = select(kind).where(kind.person_id == person_id, kind.binned_at.is_(None), later)
    ended = unit.all(mine)
    for each in ended:
        if each.valid_from is not None and each.valid_from > day:
            raise OfficeError(
                f"此人的关系从 {each.valid_from.isoformat()} 起另有登记，日期不能早于它",
                "没有改动任何数据",
                "请核对日期，或先撤销后来的登记",
            )
        each.valid_to = day
        each.end_reason = reason or each.end_reason
    return ended


def move_link(
    unit: Unit, kind: type[Any], person_id: str, day: date, reason: str | None, **into: Any
) -> Any:
    """From that day a person is in another one of that kind; what was before keeps its history.

    One that began on that same day is put right. The same one as before only gets its new values.
    """
    target = next(iter(into))
    for each in links_on(unit, kind, person_id, day):
        if each.valid_to is not None:
            continue
        if getattr(each, target) == into[target] or each.valid_from == day:
            for name, value in into.items():
                setattr(each, name, value)
            return each
    end_links(unit, kind, person_id, day, reason)
    made = kind(person_id=person_id, valid_from=day, **into)
    return unit.add(made)


def leave_head(unit: Unit, person_id: str, *, but: str = "") -> None:
    """Households that name a person as head who no longer lives there have no head."""
    theirs = select(Household).where(
        Household.head_id == person_id, Household.id != but, Household.binned_at.is_(None)
    )
    for each in unit.all(theirs):
        each.head_id = None
