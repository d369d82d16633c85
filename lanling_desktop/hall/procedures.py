"""What the record panel offers for halls, meetings, matters and visitors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from lanling_desktop.core.field import Field
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Values
from lanling_desktop.core.records import fields_of
from lanling_desktop.core.register import Procedure
from lanling_desktop.hall import actions, follow_up, rules
from lanling_desktop.hall.records import (
    ActionItem,
    AgendaItem,
    FollowUp,
    HallMeeting,
    Publicity,
)

_MEETING, _ITEM, _NOTE = fields_of(HallMeeting), fields_of(ActionItem), fields_of(FollowUp)
_POSTED = fields_of(Publicity)


def _needed(said: Field, **more: Any) -> Field:
    return replace(said, required=True, pinned=False, computed=False, **more)


# Halls and meetings


def _open_meeting(office: Office, record_id: str, said: Values) -> Changes:
    return actions.open_meeting(
        office, hall_id=record_id, planned_on=said["planned_on"], kind=said["kind"]
    )


def _next_day(office: Office, entry: Entry) -> Mapping[str, Any]:
    return {"planned_on": actions.propose_day(office, entry.id).day, "kind": "例会"}


HALL = (
    Procedure(
        "open",
        "新建下次会议",
        (
            ("planned_on", _needed(_MEETING["planned_on"])),
            ("kind", _needed(_MEETING["kind"])),
        ),
        _open_meeting,
        proposed=_next_day,
    ),
)


def _hold(office: Office, record_id: str, said: Values) -> Changes:
    return actions.hold_meeting(
        office,
        meeting_id=record_id,
        held_on=said["held_on"],
        start_time=said.get("start_time"),
        end_time=said.get("end_time"),
    )


def _held_first(office: Office, entry: Entry) -> Mapping[str, Any]:
    return {
        "held_on": min(entry["planned_on"], office.today),
        "start_time": entry["start_time"],
    }


def _put_off(office: Office, record_id: str, said: Values) -> Changes:
    return actions.change_plan(
        office,
        meeting_id=record_id,
        status=rules.POSTPONED,
        reason=said["status_reason"],
        planned_on=said["planned_on"],
    )


def _cancel(office: Office, record_id: str, said: Values) -> Changes:
    return actions.change_plan(
        office, meeting_id=record_id, status=rules.CANCELLED, reason=said["status_reason"]
    )


def _in_state(*states: str) -> Callable[[Values], bool]:
    return lambda values: values.get("status") in states


def _closable(values: Values) -> bool:
    open_now = not values.get("finalised_on") or bool(values.get("correcting"))
    return values.get("status") == rules.HELD and open_now


def _closed(values: Values) -> bool:
    return bool(values.get("finalised_on")) and not values.get("correcting")


def _publish(office: Office, record_id: str, said: Values) -> Changes:
    return follow_up.publish(
        office,
        meeting_id=record_id,
        posted_on=said["posted_on"],
        posted_to=said.get("posted_to"),
        place=said.get("place") or "",
    )


_WAITING = _in_state(rules.PLANNED, rules.POSTPONED)
MEETING = (
    Procedure(
        "hold",
        "登记召开",
        (
            ("held_on", _needed(_MEETING["held_on"])),
            ("start_time", _MEETING["start_time"]),
            ("end_time", _MEETING["end_time"]),
        ),
        _hold,
        offered=_WAITING,
        proposed=_held_first,
    ),
    Procedure(
        "put_off",
        "延期",
        (
            ("planned_on", _needed(_MEETING["planned_on"])),
            ("status_reason", _needed(_MEETING["status_reason"])),
        ),
        _put_off,
        offered=_WAITING,
    ),
    Procedure(
        "cancel",
        "取消会议",
        (("status_reason", _needed(_MEETING["status_reason"])),),
        _cancel,
        offered=_WAITING,
    ),
    Procedure(
        "finalise",
        "会议记录定稿",
        (),
        lambda office, record_id, _: actions.finalise(office, meeting_id=record_id),
        offered=_closable,
    ),
    Procedure(
        "correct",
        "更正已定稿的记录",
        (("correcting", _needed(_MEETING["correcting"], label="更正理由", help="")),),
        lambda office, record_id, said: actions.begin_correction(
            office, meeting_id=record_id, reason=said["correcting"]
        ),
        offered=_closed,
    ),
    Procedure(
        "publish",
        "公示",
        tuple((n, replace(_POSTED[n], pinned=False)) for n in ("place", "posted_on", "posted_to")),
        _publish,
        offered=_in_state(rules.HELD),
        proposed=lambda office, _: {"posted_on": office.today},
    ),
)


# Matters


def _may_become(state: str) -> Callable[[Values], bool]:
    return lambda values: state in rules.NEXT.get(str(values.get("status")), ())


def _extend(office: Office, record_id: str, said: Values) -> Changes:
    return follow_up.extend(
        office,
        item_id=record_id,
        new_due_on=said["new_due_on"],
        reason=said["note"],
        approver=said["approver"],
    )


def _close(office: Office, record_id: str, said: Values) -> Changes:
    return follow_up.close_action_item(
        office,
        item_id=record_id,
        result=said["result"],
        finished_on=said["finished_on"],
        verified_by=said["verified_by"],
        satisfied=said.get("satisfied") or "",
    )


def _first_close(office: Office, entry: Entry) -> Mapping[str, Any]:
    return {
        "result": entry["result"],
        "finished_on": entry["finished_on"] or office.today,
        "verified_by": office.actor,
    }


def _reopen(office: Office, record_id: str, said: Values) -> Changes:
    return follow_up.reopen(
        office, item_id=record_id, reason=said["note"], new_due_on=said["new_due_on"]
    )


_WHY = _needed(_NOTE["note"], label="理由")
_OPEN = _in_state(*rules.OPEN)
ITEM = (
    Procedure(
        "close",
        "销号",
        (
            ("result", _needed(_ITEM["result"])),
            ("finished_on", _needed(_ITEM["finished_on"])),
            ("verified_by", _needed(_ITEM["verified_by"])),
            ("satisfied", _ITEM["satisfied"]),
        ),
        _close,
        offered=_OPEN,
        proposed=_first_close,
    ),
    Procedure(
        "progress",
        "登记进展",
        (("note", _needed(_NOTE["note"])),),
        lambda office, record_id, said: follow_up.report_progress(
            office, item_id=record_id, note=said["note"]
        ),
        offered=_OPEN,
    ),
    Procedure(
        "finish",
        "办结待核",
        (
            ("result", _needed(_ITEM["result"])),
            ("finished_on", _needed(_ITEM["finished_on"])),
        ),
        lambda office, record_id, said: follow_up.finish(
            office, item_id=record_id, result=said["result"], finished_on=said["finished_on"]
        ),
        offered=_may_become(rules.DONE),
        proposed=lambda office, _: {"finished_on": office.today},
    ),
    Procedure(
        "extend",
        "延期",
        (
            ("new_due_on", _needed(_NOTE["new_due_on"])),
            ("note", _WHY),
            ("approver", _needed(_NOTE["approver"])),
        ),
        _extend,
        offered=_in_state(*rules.PENDING),
    ),
    Procedure(
        "defer",
        "挂账",
        (("deferred_reason", _needed(_ITEM["deferred_reason"])),),
        lambda office, record_id, said: follow_up.defer(
            office, item_id=record_id, reason=said["deferred_reason"]
        ),
        offered=_may_become(rules.DEFERRED),
    ),
    Procedure(
        "reopen",
        "退回重办",
        (("note", _WHY), ("new_due_on", _needed(_NOTE["new_due_on"]))),
        _reopen,
        offered=_may_become(rules.REOPENED),
    ),
    Procedure(
        "satisfied",
        "登记群众评价",
        (("satisfied", _needed(_ITEM["satisfied"])),),
        lambda office, record_id, said: follow_up.ask_satisfaction(
            office, item_id=record_id, satisfied=said["satisfied"]
        ),
        offered=_in_state(*rules.FINISHED),
    ),
)


# Visitors


def _raise(office: Office, record_id: str, said: Values) -> Changes:
    return actions.raise_visitor_matter(office, visitor_id=record_id, meeting_id=said["meeting_id"])


VISITOR = (
    Procedure(
        "raise",
        "列为议题",
        (("meeting_id", _needed(fields_of(AgendaItem)["meeting_id"])),),
        _raise,
        offered=lambda values: not values.get("agenda_item_id"),
    ),
)
