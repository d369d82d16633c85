"""What a clerk does with a hall's meetings: one function, one act each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select

from lanling_desktop.core import acts, holidays
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Problem
from lanling_desktop.core.records import table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.hall import rules
from lanling_desktop.hall.minutes import digest_of, read_minutes
from lanling_desktop.hall.records import (
    ActionItem,
    AgendaItem,
    Attendee,
    HallMeeting,
    MinutesVersion,
)
from lanling_desktop.standards.workdays import Deadline, add_workdays

_UNCHANGED = "没有改动任何数据"
_COPIED = ("position", "name", "side", "duty", "phone")
_RECURRING = ("title", "source", "category", "proposer", "description")


# A new meeting


def propose_day(office: Office, hall_id: str) -> rules.ProposedDay:
    """The day the hall's next meeting is proposed for, with how it was found."""
    hall = office.read("meeting_hall", hall_id)
    last = _last_meeting(office, hall_id)
    month_ago = office.today.replace(day=1) - timedelta(days=1)
    after = max(last["planned_on"], month_ago) if last else month_ago
    return rules.next_day(hall["fixed_day"] or 1, after, holidays.known(office.desk))


def _last_meeting(office: Office, hall_id: str) -> Mapping[str, Any] | None:
    here = table_of(HallMeeting)
    rows = office.rows(
        select(here)
        .where(
            here.c.hall_id == hall_id,
            here.c.binned_at.is_(None),
            here.c.status != rules.CANCELLED,
        )
        .order_by(here.c.planned_on.desc(), here.c.serial.desc())
        .limit(1)
    )
    return dict(rows[0]._mapping) if rows else None


def open_meeting(
    office: Office, *, hall_id: str, planned_on: date | None = None, kind: str = "例会"
) -> Changes:
    """A new meeting out of the last one: place, chairs, roll, unfinished matters, recurring topics.

    The day is proposed (`propose_day`) where none is given.
    """
    hall = office.read("meeting_hall", hall_id)
    last = _last_meeting(office, hall_id)
    day = planned_on or propose_day(office, hall_id).day
    with office.act(f"新建会议 {hall.title} {day.isoformat()}") as unit:
        before = last or {}
        values = {
            "hall_id": hall_id,
            "kind": kind,
            "planned_on": day,
            "status": rules.PLANNED,
            "community_id": hall["community_id"],
            "place": before.get("place") or hall["place"],
            "chair": before.get("chair") or hall["chair"],
            "recorder": before.get("recorder") or hall["recorder"],
            "start_time": before.get("start_time") or hall["start_time"],
            "should_attend": before.get("should_attend") or hall["members"],
        }
        made = acts.put(unit, "hall_meeting", None, values, confirmed=True)
        if last:
            _copy_roll(unit, last["id"], made.id)
        since = (last["held_on"] or last["planned_on"]) if last else None
        number = _carry_over(unit, hall_id, made.id, since)
        if last:
            _copy_recurring(unit, last["id"], made.id, number)
        unit.main = made.id
    return unit.done


def _copy_roll(unit: Unit, source: str, target: str) -> None:
    here = table_of(Attendee)
    columns = [here.c[name] for name in _COPIED]
    mine = here.c.meeting_id == source, here.c.binned_at.is_(None)
    for row in unit.rows(select(*columns).where(*mine).order_by(here.c.position, here.c.id)):
        unit.add(Attendee(meeting_id=target, **row._mapping))


def _carry_over(unit: Unit, hall_id: str, meeting_id: str, since: date | None) -> int:
    """Every unfinished matter of the hall, the earliest deadline first, then what was struck off
    after the last meeting (`since`), which has yet to be told; how many there are.
    """
    here = table_of(ActionItem)
    is_open = here.c.status.in_(rules.OPEN)
    told = and_(here.c.status == rules.CLOSED, here.c.verified_on > (since or date.max))
    rows = unit.rows(
        select(here.c.id, here.c.title)
        .where(here.c.hall_id == hall_id, or_(is_open, told), here.c.binned_at.is_(None))
        .order_by(is_open.desc(), func.coalesce(here.c.due_on, date.max), here.c.serial)
    )
    for number, (action_id, title) in enumerate(rows, 1):
        unit.add(
            AgendaItem(
                meeting_id=meeting_id,
                number=number,
                title=title,
                source=rules.CARRIED,
                action_item_id=action_id,
            )
        )
    return len(rows)


def _copy_recurring(unit: Unit, source: str, target: str, number: int) -> None:
    here = table_of(AgendaItem)
    columns = [here.c[name] for name in _RECURRING]
    mine = (
        here.c.meeting_id == source,
        here.c.binned_at.is_(None),
        here.c.recurring.is_(True),
        func.coalesce(here.c.source, "") != rules.CARRIED,
    )
    rows = unit.rows(select(*columns).where(*mine).order_by(here.c.number))
    for more, row in enumerate(rows, number + 1):
        unit.add(AgendaItem(meeting_id=target, number=more, recurring=True, **row._mapping))


def raise_matter(office: Office, *, meeting_id: str, title: str, **more: Any) -> Changes:
    """Put one more matter on the agenda of a meeting, as its last; `more` are its columns."""
    with office.act(f"列入议题 {title}") as unit:
        values = {"meeting_id": meeting_id, "title": title, **more}
        values.setdefault("number", _next_number(unit, meeting_id))
        acts.put(unit, "agenda_item", None, values, confirmed=True)
    return unit.done


def move_matter(office: Office, *, item_id: str, by: int) -> Changes | None:
    """Move a matter up (-1) or down (1) the agenda among its like: carried over, or new.

    The whole agenda is numbered through. None where it cannot go further.
    """
    item = office.read("agenda_item", item_id)
    here = table_of(AgendaItem).c
    mine = select(here.id, here.source).where(
        here.meeting_id == item["meeting_id"], here.binned_at.is_(None)
    )
    rows = office.rows(mine.order_by(here.number, here.id))
    carried = [row.id for row in rows if row.source == rules.CARRIED]
    fresh = [row.id for row in rows if row.source != rules.CARRIED]
    group = carried if item_id in carried else fresh
    at = group.index(item_id)
    if not 0 <= at + by < len(group):
        return None
    group[at], group[at + by] = group[at + by], group[at]
    with office.act(f"调整议题次序 {item['title']}") as unit:
        for number, each in enumerate([*carried, *fresh], 1):
            acts.put(unit, "agenda_item", each, {"number": number}, confirmed=True)
        unit.main = item_id
    return unit.done


def _next_number(unit: Unit, meeting_id: str) -> int:
    here = table_of(AgendaItem).c
    mine = here.meeting_id == meeting_id, here.binned_at.is_(None)
    return int(unit.rows(select(func.coalesce(func.max(here.number), 0)).where(*mine))[0][0]) + 1


def raise_visitor_matter(office: Office, *, visitor_id: str, meeting_id: str) -> Changes:
    """What a visitor brought becomes a matter of a meeting, and both know of each other."""
    visit = office.read("visitor_reception", visitor_id)
    words = " ".join(str(visit["matter"] or "").split())
    title = words if len(words) <= 40 else f"{words[:39]}…"
    with office.act(f"来访列为议题 {visit.title}") as unit:
        values = {
            "meeting_id": meeting_id,
            "title": title,
            "number": _next_number(unit, meeting_id),
            "source": "居民来访",
            "proposer": visit["name"],
            "description": visit["matter"],
        }
        made = acts.put(unit, "agenda_item", None, values, confirmed=True)
        acts.put(unit, "visitor_reception", visitor_id, {"agenda_item_id": made.id}, confirmed=True)
        unit.main = made.id
    return unit.done


# At the meeting


def change_plan(
    office: Office, *, meeting_id: str, status: str, reason: str, planned_on: date | None = None
) -> Changes:
    """Put a meeting off (延期, to a new day) or cancel it (取消), with the reason."""
    title = office.read("hall_meeting", meeting_id).title
    verb = "会议取消" if status == rules.CANCELLED else "会议延期"
    with office.act(f"{verb} {title}") as unit:
        values: dict[str, Any] = {"status": status, "status_reason": reason}
        if planned_on is not None:
            values["planned_on"] = planned_on
        acts.put(unit, "hall_meeting", meeting_id, values, confirmed=True)
    return unit.done


def hold_meeting(
    office: Office,
    *,
    meeting_id: str,
    held_on: date | None = None,
    start_time: str | None = None,
    end_time: str | None = None,
) -> Changes:
    """The meeting takes place: on its day, or the one given."""
    now = office.read("hall_meeting", meeting_id)
    day = held_on or min(now["planned_on"], office.today)
    with office.act(f"召开会议 {now.title}") as unit:
        values: dict[str, Any] = {"status": rules.HELD, "held_on": day, "status_reason": None}
        given = {"start_time": start_time, "end_time": end_time}
        values.update((name, said) for name, said in given.items() if said)
        acts.put(unit, "hall_meeting", meeting_id, values, confirmed=True)
    return unit.done


def mark_attendance(
    office: Office, *, meeting_id: str, marks: Mapping[str, str], reason: str = ""
) -> Changes:
    """Mark people of the roll (attendee id → 出席, 列席, 请假 or 缺席) and count anew."""
    now = office.read("hall_meeting", meeting_id)
    names = "、".join(sorted(set(marks.values())))
    with office.act(f"点名 {now.title}（{names} {len(marks)} 人）") as unit:
        for attendee_id, attendance in marks.items():
            values = {"attendance": attendance, "reason": reason or None}
            acts.put(unit, "attendee", attendee_id, values, confirmed=True)
        _count_roll(unit, meeting_id)
    return unit.done


def mark_unmarked_present(office: Office, *, meeting_id: str) -> Changes | None:
    """Everybody not yet marked is there; None when all are marked."""
    here = table_of(Attendee).c
    mine = here.meeting_id == meeting_id, here.binned_at.is_(None), here.attendance.is_(None)
    ids = [row[0] for row in office.rows(select(here.id).where(*mine))]
    if not ids:
        return None
    return mark_attendance(office, meeting_id=meeting_id, marks=dict.fromkeys(ids, rules.PRESENT))


def _count_roll(unit: Unit, meeting_id: str) -> None:
    counted = read_minutes(unit, meeting_id)
    values = {"attended": counted.attended, "should_attend": counted.should_attend}
    acts.put(unit, "hall_meeting", meeting_id, values, confirmed=True)
    unit.main = meeting_id


def deadline(office: Office, start: date, workdays: int) -> Deadline:
    """The day so many working days after `start`, with how it was counted."""
    return add_workdays(start, workdays, holidays.known(office.desk))


def decide(
    office: Office,
    *,
    agenda_item_id: str,
    disposal: str,
    decision: str = "",
    reason: str = "",
    responsible: str = "",
    lead_unit: str = "",
    co_units: str = "",
    measure: str = "",
    due_on: date | None = None,
    workdays: int | None = None,
    confirmed: bool = False,
    **more: Any,
) -> Changes:
    """How a matter ends (domain.md 3.2): one of `rules.DISPOSALS`, with what each of them needs.

    限期解决 needs `responsible` and `due_on` or `workdays`; 转办 needs `lead_unit`, answers within
    five working days where nothing else is said; 暂缓 and 不予采纳 need `reason`. What is not
    finished at once gets a line in the ledger. `more` are columns of the agenda item.
    """
    item = office.read("agenda_item", agenda_item_id)
    meeting = office.read("hall_meeting", item["meeting_id"])
    day = meeting["held_on"] or meeting["planned_on"]
    if disposal == rules.PASSED_ON and due_on is None:
        workdays = workdays or rules.PASSED_ON_DAYS
    counted = deadline(office, day, workdays) if workdays and due_on is None else None
    line = {
        "title": item["title"],
        "hall_id": meeting["hall_id"],
        "raised_on": day,
        "measure": measure or decision or None,
        "lead_unit": lead_unit or None,
        "co_units": co_units or None,
        "responsible": responsible or meeting["chair"],
        "due_on": counted.date if counted else due_on,
        "due_steps": "\n".join(counted.steps) if counted else None,
        "community_id": meeting["community_id"],
        "status": rules.DEFERRED if disposal == rules.PUT_OFF else rules.ASSIGNED,
        "deferred_reason": reason or None if disposal == rules.PUT_OFF else None,
    }
    _refuse_unowned(disposal, responsible, lead_unit, line["due_on"])
    said = {"disposal": disposal, "decision": decision or None, "disposal_reason": reason or None}
    with office.act(f"议定 {item.title}：{disposal}") as unit:
        action_id = _settle_line(unit, unit.get(AgendaItem, agenda_item_id), disposal, line)
        values = {**more, **said, "action_item_id": action_id}
        acts.put(unit, "agenda_item", agenda_item_id, values, confirmed=confirmed)
        unit.main = agenda_item_id
    return unit.done


def _refuse_unowned(disposal: str, responsible: str, lead_unit: str, due_on: date | None) -> None:
    problems = []
    if disposal == rules.BY_A_DAY and not responsible:
        problems.append(Problem("responsible", "限期解决的，请填责任人"))
    if disposal == rules.BY_A_DAY and due_on is None:
        problems.append(Problem("due_on", "限期解决的，请填完成时限（日期，或几个工作日）"))
    if disposal == rules.PASSED_ON and not lead_unit:
        problems.append(Problem("lead_unit", "转办的，请填转给哪个单位"))
    if problems:
        raise acts.RejectedError(problems)


def _settle_line(unit: Unit, item: AgendaItem, disposal: str, line: dict[str, Any]) -> str | None:
    """The ledger's line of a matter: made, put right, or taken out when it is not needed."""
    action_id = item.action_item_id
    if item.source == rules.CARRIED and action_id:
        return action_id  # its line is an earlier meeting's
    if disposal in (rules.AT_ONCE, rules.REJECTED):
        if action_id:
            item.action_item_id = None  # what is binned must not be pointed to
            acts.bin_record(
                unit, unit.registers, unit.registers["action_item"], action_id, "改为当场解决"
            )
        return None
    kept = {} if action_id is None else unit.get(ActionItem, action_id).__dict__
    if kept.get("status") in (rules.UNDER_WAY, rules.DONE, rules.CLOSED):
        line.pop("status")
    made = acts.put(unit, "action_item", action_id, line, confirmed=True)
    assert isinstance(made, ActionItem)
    made.due_steps = line["due_steps"]  # computed: not for forms to write
    return made.id


# The minutes


def open_points(office: Office, meeting_id: str) -> list[Problem]:
    """What stands against closing the minutes, in words; keys are agenda item or column names."""
    return _open_points(office, meeting_id)


def _open_points(reader: Office | Unit, meeting_id: str) -> list[Problem]:
    said = read_minutes(reader, meeting_id)
    points = []
    if not said.held_on:
        points.append(Problem("held_on", "会议还没有召开，请先登记召开日期"))
    points += [
        Problem(name, f"{label}还没有填")
        for name, label in (("chair", "主持人"), ("recorder", "记录人"), ("place", "地点"))
        if not getattr(said, name)
    ]
    unmarked = [each.name for each in said.people if not each.attendance]
    if unmarked:
        some = "、".join(unmarked[:3]) + ("等" if len(unmarked) > 3 else "")
        points.append(Problem("attendance", f"{some} {len(unmarked)} 人还没有点名"))
    points += [
        Problem("disposal", f"议题“{each.title}”还没有结果")
        for each in said.topics
        if not each.disposal
    ]
    return points


def finalise(office: Office, *, meeting_id: str) -> Changes:
    """Close the minutes: numbered, frozen, a version of their own. Raises when points are open."""
    now = office.read("hall_meeting", meeting_id)
    if now["finalised_on"] and not now["correcting"]:
        raise OfficeError(f"“{now.title}”的记录已经定稿", _UNCHANGED, "需要更正的，请按“更正”")
    with office.act(f"会议记录定稿 {now.title}") as unit:
        points = _open_points(unit, meeting_id)
        if points:
            raise acts.RejectedError(points)
        meeting = unit.get(HallMeeting, meeting_id)
        meeting.minutes_no = meeting.minutes_no or _next_minutes_no(unit, meeting)
        version = (meeting.version or 0) + 1
        reason = meeting.correcting
        meeting.finalised_on = unit.today
        meeting.version = version
        meeting.correcting = None
        content = _frozen_copy(unit, meeting, version, reason)
        unit.add(
            MinutesVersion(
                meeting_id=meeting_id,
                number=meeting.minutes_no,
                version=version,
                closed_on=unit.today,
                closed_by=unit.actor,
                reason=reason,
                digest=digest_of(content),
                content=content,
            )
        )
        unit.main = meeting_id
    return unit.done


def _frozen_copy(unit: Unit, meeting: HallMeeting, version: int, reason: str | None) -> str:
    said = read_minutes(unit, meeting.id)
    meeting.attended, meeting.should_attend = said.attended, said.should_attend
    said = replace(
        said,
        number=meeting.minutes_no or "",
        version=version,
        closed_on=unit.today.isoformat(),
        reason=reason or "",
    )
    return said.to_json()


def _next_minutes_no(unit: Unit, meeting: HallMeeting) -> str:
    """〔2026〕3号, numbered within the hall and the year of the meeting."""
    day = meeting.held_on or meeting.planned_on
    assert day is not None
    here = table_of(HallMeeting).c
    head = f"〔{day.year}〕"
    mine = here.hall_id == meeting.hall_id, here.minutes_no.startswith(head)
    taken = [row[0] for row in unit.rows(select(here.minutes_no).where(*mine))]
    numbers = [int(each[len(head) : -1]) for each in taken if each[len(head) : -1].isdigit()]
    return f"{head}{max(numbers, default=0) + 1}号"


def begin_correction(office: Office, *, meeting_id: str, reason: str) -> Changes:
    """Open closed minutes to be put right; closing them again makes the next version."""
    now = office.read("hall_meeting", meeting_id)
    if not now["finalised_on"] or now["correcting"]:
        raise OfficeError(f"“{now.title}”的记录还没有定稿", _UNCHANGED, "可以直接修改")
    if not reason.strip():
        raise acts.RejectedError([Problem("reason", "更正要写明理由")])
    with office.act(f"更正会议记录 {now.title}") as unit:
        unit.get(HallMeeting, meeting_id).correcting = reason.strip()
        unit.main = meeting_id
    return unit.done
