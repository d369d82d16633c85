"""What the record panel offers for members and central households beside changing their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Values, View
from lanling_desktop.core.records import fields_of, table_of
from lanling_desktop.core.register import Procedure
from lanling_desktop.organisation import actions, rules
from lanling_desktop.organisation.records import (
    BranchMembership,
    CentralHousehold,
    CentralHouseholdActivity,
    CentralHouseholdReview,
    LinkedHousehold,
    LinkedMember,
    PartyMember,
)
from lanling_desktop.people.actions import DEPARTURES
from lanling_desktop.people.records import Person

_CENTRAL = fields_of(CentralHousehold)
_REVIEW, _ACTIVITY = fields_of(CentralHouseholdReview), fields_of(CentralHouseholdActivity)
_DAY = ("day", Field("从哪天起", Kind.DATE, required=True))


def _today(office: Office, _entry: Entry) -> Mapping[str, Any]:
    return {"day": office.today}


def _needed(said: Field, **more: Any) -> Field:
    return replace(said, required=True, pinned=False, **more)


# Members


def _transfer(office: Office, record_id: str, said: Values) -> Changes:
    return actions.transfer_member(
        office,
        member_id=record_id,
        organisation_id=said["organisation_id"],
        day=said["day"],
        reason=said.get("reason") or "转接组织关系",
    )


def _depart(office: Office, record_id: str, said: Values) -> Changes:
    return actions.record_member_departure(
        office,
        member_id=record_id,
        state=said["state"],
        day=said["day"],
        reason=said.get("reason") or "",
        to=said.get("to") or "",
    )


def _designate(office: Office, record_id: str, said: Values) -> Changes:
    here = table_of(PartyMember).c
    ((person_id,),) = office.rows(select(here.person_id).where(here.id == record_id))
    return actions.designate_central_household(
        office,
        host_id=person_id,
        branch_id=said["branch_id"],
        designated_on=said["designated_on"],
        code=said.get("code") or "",
        approval_note=said.get("approval_note"),
    )


def _first_designation(office: Office, entry: Entry) -> Mapping[str, Any]:
    branch = entry["branch.organisation_id"], entry.texts.get("branch.organisation_id", "")
    return {
        "branch_id": branch if branch[0] else None,
        "designated_on": office.today,
        "code": actions.next_code(office, entry["community_id"] or ""),
    }


def known_of_central(office: Office, values: Values) -> Mapping[str, Any]:
    """The next code of the community; branch and home of the host that was chosen."""
    place = values.get("community_id") or office.desk.get("community", "") or ""
    known: dict[str, Any] = {"code": actions.next_code(office, place)}
    host = str(values.get("host_id") or "")
    rows = office.page(View("party_member", parent=("person_id", host)), 0, 1) if host else ()
    if rows:
        member = office.read("party_member", rows[0][0])
        for key, source in _OF_HOST.items():
            if member.values.get(source):
                known[key] = (member[source], member.texts.get(source, ""))
    return known


_OF_HOST = {
    "branch_id": "branch.organisation_id",
    "household_id": "home.household_id",
}

MEMBER = (
    Procedure(
        "transfer",
        "转接组织关系",
        (
            ("organisation_id", _needed(fields_of(BranchMembership)["organisation_id"])),
            _DAY,
            ("reason", Field("转接原因")),
        ),
        _transfer,
        proposed=_today,
    ),
    Procedure(
        "designate",
        "确定为党员中心户",
        (
            ("branch_id", _needed(_CENTRAL["branch_id"])),
            ("code", _CENTRAL["code"]),
            ("designated_on", _needed(_CENTRAL["designated_on"])),
            ("approval_note", _CENTRAL["approval_note"]),
        ),
        _designate,
        offered=lambda values: values.get("kind") == "正式党员",
        proposed=_first_designation,
    ),
    Procedure(
        "depart",
        "登记迁出、死亡、流动",
        (
            ("state", _needed(fields_of(Person)["state"], choices=DEPARTURES)),
            _DAY,
            ("to", fields_of(PartyMember)["floating_to"]),
            ("reason", Field("说明")),
        ),
        _depart,
        proposed=_today,
    ),
)


# Central households


def _can_become(state: str) -> Callable[[Values], bool]:
    return lambda values: state in rules.NEXT.get(str(values.get("state")), ())


def _advance(state: str, day: str = "day") -> Callable[[Office, str, Values], Changes]:
    def run(office: Office, record_id: str, said: Values) -> Changes:
        return actions.advance_central_household(
            office,
            central_household_id=record_id,
            state=state,
            day=said[day],
            note=said.get("approval_note") or "",
            reason=said.get("end_reason") or "",
            plaque_no=said.get("plaque_no") or "",
        )

    return run


def _step(state: str) -> Procedure:
    return Procedure(
        f"to_{rules.STATES.index(state)}",
        f"转为{state}",
        (_DAY, ("approval_note", _CENTRAL["approval_note"])),
        _advance(state),
        offered=_can_become(state),
        proposed=_today,
    )


def _first_plaque(office: Office, entry: Entry) -> Mapping[str, Any]:
    number = entry["plaque_no"] or actions.next_plaque(
        office, entry["community_id"] or "", office.today.year
    )
    return {"plaque_on": office.today, "plaque_no": number}


def _active(values: Values) -> bool:
    return values.get("state") in rules.ACTIVE


def _link(kind: str) -> Callable[[Office, str, Values], Changes]:
    def run(office: Office, record_id: str, said: Values) -> Changes:
        if kind == "person":
            return actions.link_members(
                office,
                central_household_id=record_id,
                person_ids=[said["person_id"]],
                day=said["day"],
            )
        return actions.link_households(
            office,
            central_household_id=record_id,
            household_ids=[said["household_id"]],
            day=said["day"],
        )

    return run


def _review(office: Office, record_id: str, said: Values) -> Changes:
    return actions.review_central_household(
        office,
        central_household_id=record_id,
        reviewed_on=said["reviewed_on"],
        result=said["result"],
        note=said.get("note") or "",
        year=said.get("year"),
    )


def _record(office: Office, record_id: str, said: Values) -> Changes:
    return actions.record_activity(
        office,
        central_household_id=record_id,
        held_on=said["held_on"],
        kind=said["kind"],
        summary=said["summary"],
        people=said.get("people"),
        issues=said.get("issues") or "",
    )


def _this_year(office: Office, _entry: Entry) -> Mapping[str, Any]:
    return {"year": office.today.year, "reviewed_on": office.today, "held_on": office.today}


CENTRAL = (
    _step("考察"),
    _step("公示"),
    Procedure(
        "confirm",
        "确定",
        (
            ("designated_on", _needed(_CENTRAL["designated_on"])),
            ("approval_note", _CENTRAL["approval_note"]),
        ),
        _advance("确定", "designated_on"),
        offered=_can_become("确定"),
        proposed=lambda office, _: {"designated_on": office.today},
    ),
    Procedure(
        "hang",
        "挂牌",
        (
            ("plaque_no", _needed(_CENTRAL["plaque_no"])),
            ("plaque_on", _needed(_CENTRAL["plaque_on"])),
        ),
        _advance("挂牌", "plaque_on"),
        offered=_can_become("挂牌"),
        proposed=_first_plaque,
    ),
    Procedure(
        "link_member",
        "增加联系党员",
        (("person_id", _needed(fields_of(LinkedMember)["person_id"])), _DAY),
        _link("person"),
        offered=_active,
        proposed=_today,
    ),
    Procedure(
        "link_household",
        "增加联系户",
        (("household_id", _needed(fields_of(LinkedHousehold)["household_id"])), _DAY),
        _link("household"),
        offered=_active,
        proposed=_today,
    ),
    Procedure(
        "activity",
        "登记活动",
        tuple((n, _ACTIVITY[n]) for n in ("held_on", "kind", "people", "summary", "issues")),
        _record,
        offered=_active,
        proposed=_this_year,
    ),
    Procedure(
        "review",
        "年度复核",
        tuple((n, _REVIEW[n]) for n in ("year", "reviewed_on", "result", "note")),
        _review,
        offered=_active,
        proposed=_this_year,
    ),
    Procedure(
        "end",
        "摘牌",
        (
            ("ended_on", _needed(_CENTRAL["ended_on"])),
            ("end_reason", _needed(_CENTRAL["end_reason"])),
        ),
        _advance("已摘牌", "ended_on"),
        offered=_can_become("已摘牌"),
        proposed=lambda office, _: {"ended_on": office.today},
    ),
)


# Organisations


def _move(office: Office, record_id: str, said: Values) -> Changes:
    return actions.move_organisation(
        office,
        organisation_id=record_id,
        parent_id=said["parent_id"],
        day=said["day"],
        reason=said.get("reason") or "",
    )


ORGANISATION = (
    Procedure(
        "move",
        "调整上级组织",
        (
            (
                "parent_id",
                Field("新的上级组织", Kind.LINK, link="party_organisation", required=True),
            ),
            _DAY,
            ("reason", Field("调整原因")),
        ),
        _move,
        offered=lambda values: not values.get("valid_to"),
        proposed=_today,
    ),
)
