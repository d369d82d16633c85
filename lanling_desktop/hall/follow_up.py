"""What becomes of a matter: progress, extension, its end, its return. One function, one act each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from lanling_desktop.core import acts
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Problem
from lanling_desktop.core.records import table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.hall import rules
from lanling_desktop.hall.records import ActionItem, AgendaItem, HallMeeting

_UNCHANGED = "没有改动任何数据"


def report_progress(
    office: Office,
    *,
    item_id: str,
    note: str,
    made_on: date | None = None,
    meeting_id: str | None = None,
) -> Changes:
    """Write down how far a matter has come; what was only assigned is now under way."""
    now = office.read("action_item", item_id)
    with office.act(f"登记进展 {now['title']}") as unit:
        if now["status"] in (rules.REGISTERED, rules.ASSIGNED, rules.REOPENED):
            acts.put(unit, "action_item", item_id, {"status": rules.UNDER_WAY}, confirmed=True)
        _note(unit, item_id, rules.PROGRESS, note, made_on, meeting_id)
    return unit.done


def extend(
    office: Office,
    *,
    item_id: str,
    new_due_on: date,
    reason: str,
    approver: str,
    meeting_id: str | None = None,
) -> Changes:
    """Give a matter more time: with a reason, and who allowed it."""
    now = office.read("action_item", item_id)
    _refuse_unless(now, rules.PENDING, "延期")
    if now["due_on"] and new_due_on <= now["due_on"]:
        raise acts.RejectedError([Problem("new_due_on", f"新的时限要晚于原时限 {now['due_on']}")])
    with office.act(f"延期 {now['title']} 到 {new_due_on.isoformat()}") as unit:
        more = {"new_due_on": new_due_on, "approver": approver or None}
        _note(unit, item_id, rules.EXTENSION, reason, None, meeting_id, **more)
        acts.put(unit, "action_item", item_id, {"due_on": new_due_on}, confirmed=True)
    return unit.done


def finish(
    office: Office,
    *,
    item_id: str,
    result: str,
    finished_on: date | None = None,
    meeting_id: str | None = None,
) -> Changes:
    """The matter is done and waits to be verified by somebody else (办结待核)."""
    now = office.read("action_item", item_id)
    _refuse_unless(now, tuple(each for each in rules.OPEN if each != rules.DONE), rules.DONE)
    with office.act(f"办结待核 {now['title']}") as unit:
        day = finished_on or unit.today
        values = {"status": rules.DONE, "result": result or None, "finished_on": day}
        acts.put(unit, "action_item", item_id, values, confirmed=True)
        _note(unit, item_id, rules.DONE, result, day, meeting_id)
    return unit.done


def close_action_item(
    office: Office,
    *,
    item_id: str,
    verified_by: str,
    result: str = "",
    finished_on: date | None = None,
    verified_on: date | None = None,
    meeting_id: str | None = None,
    satisfied: str = "",
) -> Changes:
    """Strike a matter off (销号): its result, its day, and somebody else who verified it."""
    now = office.read("action_item", item_id)
    _refuse_unless(now, rules.OPEN, rules.CLOSED)
    with office.act(f"销号 {now['title']}") as unit:
        day = verified_on or unit.today
        done = result or now["result"]
        values = {
            "status": rules.CLOSED,
            "result": done,
            "finished_on": finished_on or now["finished_on"] or day,
            "verified_by": verified_by or None,
            "verified_on": day,
            "satisfied": satisfied or now["satisfied"],
        }
        acts.put(unit, "action_item", item_id, values, confirmed=True)
        _note(unit, item_id, rules.CLOSED, done, day, meeting_id, made_by=verified_by)
    return unit.done


def ask_satisfaction(office: Office, *, item_id: str, satisfied: str) -> Changes:
    """Enter what those who raised a matter said of how it was done, when they were asked."""
    now = office.read("action_item", item_id)
    with office.act(f"登记群众评价 {now['title']}：{satisfied}") as unit:
        acts.put(unit, "action_item", item_id, {"satisfied": satisfied}, confirmed=True)
    return unit.done


def reopen(
    office: Office,
    *,
    item_id: str,
    reason: str,
    new_due_on: date,
    meeting_id: str | None = None,
) -> Changes:
    """A matter found not done comes back (退回重办); what was written of it stays in its history."""
    now = office.read("action_item", item_id)
    _refuse_unless(now, (rules.DONE, rules.CLOSED), rules.REOPENED)
    with office.act(f"退回重办 {now['title']}") as unit:
        values = {
            "status": rules.REOPENED,
            "due_on": new_due_on,
            "finished_on": None,
            "verified_by": None,
            "verified_on": None,
            "satisfied": None,
        }
        _note(unit, item_id, rules.REOPENED, reason, None, meeting_id, new_due_on=new_due_on)
        acts.put(unit, "action_item", item_id, values, confirmed=True)
    return unit.done


def defer(office: Office, *, item_id: str, reason: str, meeting_id: str | None = None) -> Changes:
    """A matter nobody can finish for long is put on the long list (挂账), with its reason."""
    now = office.read("action_item", item_id)
    _refuse_unless(now, tuple(s for s, after in rules.NEXT.items() if rules.DEFERRED in after),
                   rules.DEFERRED)  # fmt: skip
    with office.act(f"挂账 {now['title']}") as unit:
        values = {"status": rules.DEFERRED, "deferred_reason": reason or None}
        acts.put(unit, "action_item", item_id, values, confirmed=True)
        _note(unit, item_id, rules.DEFERRED, reason, None, meeting_id)
    return unit.done


def _refuse_unless(now: Entry, states: Iterable[str], what: str) -> None:
    if now["status"] not in tuple(states):
        then = "、".join(rules.NEXT[now["status"]])
        raise OfficeError(
            f"“{now['title']}”现在是“{now['status']}”，不能{what}",
            _UNCHANGED,
            f"下一步可以是：{then}",
        )


def _note(
    unit: Unit,
    item_id: str,
    kind: str,
    note: str | None,
    made_on: date | None,
    meeting_id: str | None,
    **more: Any,
) -> None:
    values = {
        "action_item_id": item_id,
        "kind": kind,
        "note": note or None,
        "made_on": made_on or unit.today,
        "made_by": more.pop("made_by", None) or unit.actor,
        "meeting_id": meeting_id,
        **more,
    }
    acts.put(unit, "follow_up", None, values, confirmed=True)
    unit.main = item_id


def publish(
    office: Office,
    *,
    meeting_id: str,
    posted_on: date | None = None,
    posted_to: date | None = None,
    place: str = "",
) -> Changes:
    """Post what a meeting decided (公示), for seven days where nothing else is said."""
    meeting = office.read("hall_meeting", meeting_id)
    begins = posted_on or office.today
    with office.act(f"公示 {meeting.title}") as unit:
        values = {
            "title": f"{meeting['title']}议定事项公示",
            "meeting_id": meeting_id,
            "place": place or "小区公示栏",
            "posted_on": begins,
            "posted_to": posted_to or begins + timedelta(days=rules.PUBLICITY_DAYS - 1),
            "community_id": meeting["community_id"],
        }
        made = acts.put(unit, "publicity", None, values, confirmed=True)
        items = table_of(AgendaItem).c
        mine = select(items.action_item_id).where(
            items.meeting_id == meeting_id,
            items.binned_at.is_(None),
            items.action_item_id.is_not(None),
        )
        kind: Any = ActionItem
        for each in unit.all(select(kind).where(kind.id.in_(mine), kind.binned_at.is_(None))):
            each.publicity_id = made.id
        unit.main = made.id
    return unit.done


def history_of(office: Office, item_id: str) -> list[tuple[date, str, str, str]]:
    """A matter across meetings and between them: day, what, words, who or where."""
    from lanling_desktop.hall.records import FollowUp

    follow, item, meeting = (table_of(k) for k in (FollowUp, AgendaItem, HallMeeting))
    columns = (follow.c.made_on, follow.c.kind, follow.c.note, follow.c.made_by)
    mine = follow.c.action_item_id == item_id, follow.c.binned_at.is_(None)
    lines = [tuple(row) for row in office.rows(select(*columns).where(*mine))]
    day = meeting.c.held_on, meeting.c.planned_on
    discussed = office.rows(
        select(*day, item.c.discussion, item.c.decision, meeting.c.title)
        .join_from(item, meeting, meeting.c.id == item.c.meeting_id)
        .where(item.c.action_item_id == item_id, item.c.binned_at.is_(None))
    )
    for held, planned, discussion, decision, title in discussed:
        words = "；".join(each for each in (discussion, decision) if each)
        lines.append((held or planned, "会上议", words, title))
    return sorted((d, kind, note or "", who or "") for d, kind, note, who in lines)
