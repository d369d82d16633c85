"""What the record panel offers for residents beside changing their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Values
from lanling_desktop.core.records import fields_of
from lanling_desktop.core.register import Procedure
from lanling_desktop.people import actions
from lanling_desktop.people.records import HouseholdMember, Person

_HOME = fields_of(HouseholdMember)
_DAY = ("day", Field("从哪天起", Kind.DATE, required=True))
_WHY = ("reason", Field("说明"))


def _today(office: Office, _entry: Entry) -> Mapping[str, Any]:
    return {"day": office.today}


def _move(office: Office, record_id: str, said: Values) -> Changes:
    return actions.move_household(
        office,
        person_id=record_id,
        household_id=said["household_id"],
        day=said["day"],
        relation=said.get("relation"),
        reason=said.get("reason") or "迁居",
    )


def _leave(office: Office, record_id: str, said: Values) -> Changes:
    reason = said.get("reason") or "迁离"
    return actions.leave_household(office, person_id=record_id, day=said["day"], reason=reason)


def _depart(office: Office, record_id: str, said: Values) -> Changes:
    return actions.record_departure(
        office,
        person_id=record_id,
        state=said["state"],
        day=said["day"],
        reason=said.get("reason") or "",
    )


PERSON = (
    Procedure(
        "move",
        "迁居到另一户",
        (
            ("household_id", replace(_HOME["household_id"], required=True, pinned=False)),
            ("relation", _HOME["relation"]),
            _DAY,
            _WHY,
        ),
        _move,
        proposed=_today,
    ),
    Procedure(
        "leave",
        "离开所在户",
        (_DAY, _WHY),
        _leave,
        offered=lambda values: bool(values.get("home.household_id")),
        proposed=_today,
    ),
    Procedure(
        "depart",
        "登记迁出、死亡、流动",
        (
            (
                "state",
                replace(fields_of(Person)["state"], required=True, choices=actions.DEPARTURES),
            ),
            _DAY,
            _WHY,
        ),
        _depart,
        proposed=_today,
    ),
)
