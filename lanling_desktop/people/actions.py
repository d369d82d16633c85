"""What a clerk does with persons: one function, one act each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.unit import Unit
from lanling_desktop.people import merging
from lanling_desktop.people.links import end_links, leave_head, link_kinds, links_on, move_link
from lanling_desktop.people.records import Household, HouseholdMember, NotDuplicate, Person

DEPARTURES = ("迁出", "死亡", "流动")
_ENDING = ("迁出", "死亡")
_UNCHANGED = "没有改动任何数据"


def move_household(
    office: Office,
    *,
    person_id: str,
    household_id: str,
    day: date,
    relation: str | None = None,
    reason: str = "迁居",
) -> Changes:
    """A person lives in another household from that day; where they lived before is kept."""
    name = office.read("person", person_id).title
    address = office.read("household", household_id).title
    with office.act(f"迁居 {name} 到 {address}") as unit:
        person = unit.get(Person, person_id)
        unit.get(Household, household_id)
        into = {"household_id": household_id, "community_id": person.community_id}
        held = links_on(unit, HouseholdMember, person_id, day)
        if relation or not any(each.household_id == household_id for each in held):
            into["relation"] = relation
        move_link(unit, HouseholdMember, person_id, day, reason, **into)
        leave_head(unit, person_id, but=household_id)
        if relation == "户主":
            unit.get(Household, household_id).head_id = person_id
        unit.main = person_id
    return unit.done


def leave_household(office: Office, *, person_id: str, day: date, reason: str = "迁离") -> Changes:
    """A person no longer lives in their household from that day."""
    name = office.read("person", person_id).title
    with office.act(f"{name} 离开所在户") as unit:
        if not end_links(unit, HouseholdMember, person_id, day, reason):
            raise OfficeError(f"{name}没有登记住在哪一户", _UNCHANGED, "不需要办理离户")
        leave_head(unit, person_id)
        unit.main = person_id
    return unit.done


def record_departure(
    office: Office, *, person_id: str, state: str, day: date, reason: str = ""
) -> Changes:
    """A person moved away (迁出), died (死亡) or is for the time elsewhere (流动), since that day.

    The first two end everything the person is in: household, branch, a central household's care.
    """
    name = office.read("person", person_id).title
    with office.act(f"登记{state} {name}") as unit:
        depart(unit, person_id, state, day, reason)
    return unit.done


def depart(unit: Unit, person_id: str, state: str, day: date, reason: str = "") -> None:
    """What a departure does, within an act."""
    if state not in DEPARTURES:
        raise OfficeError(f"没有“{state}”这种去向", _UNCHANGED, f"请选 {'、'.join(DEPARTURES)}")
    if day > unit.today:
        raise OfficeError(f"{state}日期不能晚于今天", _UNCHANGED, "请核对日期")
    person = unit.get(Person, person_id)
    person.state, person.state_on = state, day
    if state in _ENDING:
        for kind in link_kinds():
            end_links(unit, kind, person_id, day, reason or state)
        leave_head(unit, person_id)
    unit.main = person_id


def merge_persons(
    office: Office, *, keep: str, drop: str, choices: Mapping[str, Any] | None = None
) -> Changes:
    """Two records of one person become one. `choices` are values over the kept record's own.

    Blanks of the kept one are filled from the other; every link moves; the other goes to the bin.
    See `merging.Choices` for what `choices` may name.
    """
    if keep == drop:
        raise OfficeError("选中的是同一条记录", _UNCHANGED, "请选两条不同的记录再合并")
    entries = [office.read("person", each) for each in (keep, drop)]
    for each in entries:
        if each.binned_why is not None:
            raise OfficeError(f"“{each.title}”在回收站里", _UNCHANGED, "请先恢复它再合并")
    kept, dropped = (each.title for each in entries)
    names = kept if kept == dropped else f"{dropped} → {kept}"
    with office.act(f"合并人员 {names}") as unit:
        why = f"合并到“{kept}”"
        merging.fold_person(
            unit, unit.get(Person, keep), unit.get(Person, drop), choices or {}, why
        )
        unit.main = keep
    return unit.done


def mark_not_duplicate(
    office: Office, *, first_id: str, second_id: str, reason: str = ""
) -> Changes:
    """Two persons who look alike are two; they are not offered for a merge again."""
    names = "、".join(office.read("person", each).title for each in (first_id, second_id))
    noted = NotDuplicate
    with office.act(f"标记不是同一人 {names}") as unit:
        either = or_(
            and_(noted.first_id == first_id, noted.second_id == second_id),
            and_(noted.first_id == second_id, noted.second_id == first_id),
        )
        if not unit.all(select(noted).where(either, noted.binned_at.is_(None))):
            unit.add(noted(first_id=first_id, second_id=second_id, reason=reason or None))
        unit.main = first_id
    return unit.done
