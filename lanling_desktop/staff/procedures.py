"""What the record panel offers for staff beside changing their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Values
from lanling_desktop.core.records import fields_of
from lanling_desktop.core.register import Procedure
from lanling_desktop.staff import actions, rules
from lanling_desktop.staff.records import CommunityWorker, PostHolding, RedSecretary

_WORKER, _POST, _SENT = map(fields_of, (CommunityWorker, PostHolding, RedSecretary))
_DAY = ("day", Field("从哪天起", Kind.DATE, required=True))


def _today(office: Office, _entry: Entry) -> Mapping[str, Any]:
    return {"day": office.today}


def _serves(values: Values) -> bool:
    return values.get("status") not in rules.LEFT


def _leave(office: Office, record_id: str, said: Values) -> Changes:
    return actions.leave(
        office,
        worker_id=record_id,
        status=said["status"],
        day=said["day"],
        reason=said.get("left_why"),
    )


def _change(office: Office, record_id: str, said: Values) -> Changes:
    return actions.change_post(
        office,
        worker_id=record_id,
        post=said["post"],
        title=said.get("title"),
        day=said["day"],
        concurrent=said.get("concurrent"),
        appointment_doc=said.get("appointment_doc"),
        community_id=said.get("community_id"),
    )


def _first_change(office: Office, entry: Entry) -> Mapping[str, Any]:
    place = entry["community_id"]
    return {
        "post": entry["post.post"],
        "community_id": (place, entry.texts.get("community_id", "")) if place else None,
        "day": office.today,
    }


def _renew(office: Office, record_id: str, said: Values) -> Changes:
    return actions.renew_contract(
        office, worker_id=record_id, contract=said["contract"], until=said["contract_to"]
    )


def _first_renewal(_office: Office, entry: Entry) -> Mapping[str, Any]:
    return {"contract": entry["contract"]}


def _confirm(office: Office, record_id: str, said: Values) -> Changes:
    return actions.confirm(office, worker_id=record_id, day=said["day"])


def _end(office: Office, record_id: str, said: Values) -> Changes:
    return actions.end_secretary(
        office,
        secretary_id=record_id,
        status=said["status"],
        day=said["day"],
        reason=said.get("reason"),
    )


def _needed(said: Field, **more: Any) -> Field:
    return replace(said, required=True, pinned=False, **more)


WORKER = (
    Procedure(
        "change_post",
        "任职变动",
        (
            ("post", _needed(_POST["post"])),
            ("title", _POST["title"]),
            ("concurrent", _POST["concurrent"]),
            ("community_id", replace(_WORKER["community_id"], pinned=False)),
            _DAY,
            ("appointment_doc", _POST["appointment_doc"]),
        ),
        _change,
        offered=_serves,
        proposed=_first_change,
    ),
    Procedure(
        "renew_contract",
        "续签合同",
        (
            ("contract", _needed(_WORKER["contract"])),
            ("contract_to", _needed(_WORKER["contract_to"])),
        ),
        _renew,
        offered=_serves,
        proposed=_first_renewal,
    ),
    Procedure(
        "confirm",
        "试用转正",
        (_DAY,),
        _confirm,
        offered=lambda values: values.get("status") == "试用",
        proposed=_today,
    ),
    Procedure(
        "leave",
        "离职或退休",
        (
            ("status", _needed(_WORKER["status"], choices=rules.LEFT)),
            _DAY,
            ("left_why", _WORKER["left_why"]),
        ),
        _leave,
        offered=_serves,
        proposed=_today,
    ),
)

SECRETARY = (
    Procedure(
        "end",
        "离任或轮换",
        (
            ("status", _needed(_SENT["status"], choices=rules.GONE)),
            _DAY,
            ("reason", Field("说明")),
        ),
        _end,
        offered=lambda values: not values.get("valid_to"),
        proposed=_today,
    ),
)
