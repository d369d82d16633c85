"""How the clerk meets halls, meetings, matters, notices and visitors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, extract, func, literal, or_, select

from lanling_desktop.core.attachments import PHOTOS, SCANS
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.register import ACTOR, TODAY, Child, Derived, OfSheet, Ready, Register
from lanling_desktop.hall import procedures, rules
from lanling_desktop.hall.records import (
    ActionItem,
    AgendaItem,
    Attendee,
    FollowUp,
    HallMeeting,
    MeetingHall,
    MinutesVersion,
    Phrase,
    Publicity,
    VisitorReception,
)


def _last_held(scope: Scope) -> ColumnElement[Any]:
    here = HallMeeting.__table__.c
    mine = here.hall_id == scope.id, here.binned_at.is_(None), here.status == rules.HELD
    return select(func.max(here.held_on)).where(*mine).scalar_subquery()


def _open_items(scope: Scope) -> ColumnElement[Any]:
    here = ActionItem.__table__.c
    mine = here.hall_id == scope.id, here.binned_at.is_(None), here.status.in_(rules.OPEN)
    return select(func.count()).select_from(ActionItem.__table__).where(*mine).scalar_subquery()


def _topics(scope: Scope) -> ColumnElement[Any]:
    here = AgendaItem.__table__.c
    mine = here.meeting_id == scope.id, here.binned_at.is_(None)
    return select(func.count()).select_from(AgendaItem.__table__).where(*mine).scalar_subquery()


def _not_held_this_month(scope: Scope) -> ColumnElement[bool]:
    last = _last_held(scope)
    return func.coalesce(last, "") < scope.day.replace(day=1).isoformat()


def overdue(scope: Scope) -> ColumnElement[bool]:
    """Past its deadline on the day, neither deferred nor done by then."""
    running = [each for each in rules.PENDING if each != rules.DONE]
    status = scope.column("status")
    done_later = and_(status.in_(rules.FINISHED), scope.column("finished_on") > scope.day)
    return and_(or_(status.in_(running), done_later), scope.column("due_on") < scope.day)


def due_soon(scope: Scope) -> ColumnElement[bool]:
    """Due on the day or in the six that follow."""
    running = [each for each in rules.PENDING if each != rules.DONE]
    due = scope.column("due_on")
    return and_(
        scope.column("status").in_(running),
        due >= scope.day,
        due < scope.day + timedelta(days=7),
    )


def due_today(scope: Scope) -> ColumnElement[bool]:
    """Due on the day itself."""
    running = [each for each in rules.PENDING if each != rules.DONE]
    return and_(scope.column("status").in_(running), scope.column("due_on") == scope.day)


def is_open(scope: Scope) -> ColumnElement[bool]:
    """Not struck off by the day."""
    return or_(scope.column("status").in_(rules.OPEN), scope.column("verified_on") > scope.day)


def on_time(scope: Scope) -> ColumnElement[bool]:
    """Done by its deadline."""
    done = scope.column("status").in_(rules.FINISHED)
    return and_(done, scope.column("finished_on") <= scope.column("due_on"))


def _due_in_year(scope: Scope) -> ColumnElement[Any]:
    """How many monthly meetings a hall owes from January, or its first month, to the day's."""
    since = scope.column("valid_from")
    first = case(
        (extract("year", since) == scope.day.year, extract("month", since)), else_=literal(1)
    )
    return literal(scope.day.month + 1) - first


def _of_meeting(column: str, *, held: bool = False) -> Callable[[Scope], ColumnElement[Any]]:
    """A column of the meeting an agenda item belongs to; of a held one only."""

    def expression(scope: Scope) -> ColumnElement[Any]:
        here = HallMeeting.__table__.c
        mine = [here.id == scope.column("meeting_id")]
        if held:
            mine.append(here.status == rules.HELD)
        return select(here[column]).where(*mine).scalar_subquery()

    return expression


REGISTERS = (
    Register(
        key="meeting_hall",
        title="红色议事厅",
        noun="议事厅",
        record=MeetingHall,
        sections=(
            ("基本情况", ("compound_id", "name", "place", "branch_id", "community_id")),
            ("议事", ("fixed_day", "start_time", "chair", "recorder", "members")),
            ("起止", ("valid_from", "valid_to", "end_reason", "remark")),
        ),
        columns=(
            "name",
            "fixed_day",
            "start_time",
            "place",
            "chair",
            "last_held",
            "open_items",
        ),
        order="name",
        derived=(
            Derived(
                "last_held", Field("最近召开", Kind.DATE, width_mm=22, computed=True), _last_held
            ),
            Derived(
                "open_items",
                Field("未销号", Kind.INTEGER, width_mm=16, computed=True),
                _open_items,
            ),
            Derived(
                "due_in_year",
                Field("本年应开次数", Kind.INTEGER, width_mm=20, computed=True),
                _due_in_year,
            ),
        ),
        ready=(Ready("not_held", "本月未开会", _not_held_this_month),),
        children=(
            Child("hall_meeting", "hall_id", "历次会议"),
            Child("action_item", "hall_id", "议事台账"),
        ),
        rules=(rules.hall_problems,),
        canonical=rules.canonical_hall,
        adopt=rules.hall_from_text,
        procedures=procedures.HALL,
        icon="hall",
        attachments=PHOTOS,
    ),
    Register(
        key="hall_meeting",
        title="议事会议",
        noun="会议",
        record=HallMeeting,
        sections=(
            ("会议", ("hall_id", "kind", "planned_on", "status", "status_reason", "serial")),
            (
                "召开",
                (
                    "held_on",
                    "start_time",
                    "end_time",
                    "place",
                    "chair",
                    "recorder",
                    "should_attend",
                    "attended",
                    "other",
                ),
            ),
            ("定稿", ("minutes_no", "finalised_on", "version", "correcting")),
        ),
        columns=(
            "title",
            "planned_on",
            "held_on",
            "chair",
            "attended",
            "status",
            "minutes_no",
        ),
        order="planned_on",
        newest_first=True,
        derived=(
            Derived("topics", Field("议题数", Kind.INTEGER, width_mm=14, computed=True), _topics),
        ),
        ready=(
            Ready("planned", "待召开", lambda s: s.column("status") == rules.PLANNED),
            Ready(
                "open_minutes",
                "待定稿",
                lambda s: (s.column("status") == rules.HELD) & s.column("finalised_on").is_(None),
            ),
            Ready("correcting", "更正中", lambda s: s.column("correcting").is_not(None)),
        ),
        children=(
            Child("attendee", "meeting_id", "参会人员"),
            Child("agenda_item", "meeting_id", "议题"),
            Child("publicity", "meeting_id", "公示"),
            Child("minutes_version", "meeting_id", "定稿版本"),
        ),
        rules=(rules.meeting_problems,),
        frozen=rules.meeting_frozen,
        procedures=procedures.MEETING,
        defaults={"kind": "例会", "status": rules.PLANNED},
        first={"recorder": ACTOR},
        duplicates=(("hall_id", "planned_on"),),
        recognised=(("hall_id", "planned_on"), ("hall_id", "held_on")),
        of_sheet=OfSheet(
            rules.meeting_of_sheet,
            {
                "planned_on": "没有的按召开日期填",
                "status": f"已经到了日子的填“{rules.HELD}”，别的填“{rules.PLANNED}”",
            },
        ),
        hidden=("title", "community_id"),
        icon="meeting",
        attachments=SCANS,
    ),
    Register(
        key="action_item",
        title="议事台账",
        noun="事项",
        record=ActionItem,
        sections=(
            ("事项", ("serial", "title", "hall_id", "raised_on", "measure")),
            ("谁来办", ("responsible", "lead_unit", "co_units", "due_on", "due_steps")),
            (
                "办理",
                (
                    "status",
                    "deferred_reason",
                    "result",
                    "finished_on",
                    "verified_by",
                    "verified_on",
                    "satisfied",
                    "publicity_id",
                ),
            ),
        ),
        columns=("serial", "title", "hall_id", "responsible", "due_on", "status", "finished_on"),
        order="serial",
        newest_first=True,
        ready=(
            Ready("open", "未销号", is_open),
            Ready("today", "今天到期", due_today),
            Ready("overdue", "超期", overdue),
            Ready("week", "七天内到期", due_soon),
            Ready("verify", "办结待核", lambda s: s.column("status") == rules.DONE),
            Ready("deferred", "挂账", lambda s: s.column("status") == rules.DEFERRED),
            Ready("on_time", "按时办结", on_time),
            Ready(
                "content", "群众满意", lambda s: s.column("satisfied").in_(rules.SATISFACTION[:2])
            ),
            Ready(
                "dissatisfied", "群众不满意", lambda s: s.column("satisfied") == rules.DISSATISFIED
            ),
        ),
        children=(
            Child("follow_up", "action_item_id", "跟进记录"),
            Child("agenda_item", "action_item_id", "会上议过"),
        ),
        rules=(rules.action_problems, rules.transition_problems),
        procedures=procedures.ITEM,
        defaults={"status": rules.REGISTERED},
        first={"raised_on": TODAY},
        recognised=(("hall_id", "title", "raised_on"),),
        of_sheet=OfSheet(
            rules.action_of_sheet,
            {"status": f"有办理结果和核实人的填“{rules.CLOSED}”，还没有办完的填“{rules.ASSIGNED}”"},
        ),
        hidden=("community_id",),
        icon="ledger",
        attachments=PHOTOS,
    ),
    Register(
        key="visitor_reception",
        title="来访登记",
        noun="来访",
        record=VisitorReception,
        sections=(
            ("来访", ("visited_on", "hall_id", "name", "phone", "address", "people", "matter")),
            ("接待", ("handler", "outcome", "agenda_item_id", "community_id")),
        ),
        columns=("visited_on", "name", "people", "matter", "hall_id", "handler", "outcome"),
        order="visited_on",
        newest_first=True,
        ready=(
            Ready("no_outcome", "未答复", lambda s: s.column("outcome").is_(None)),
            Ready("not_raised", "未列为议题", lambda s: s.column("agenda_item_id").is_(None)),
        ),
        rules=(rules.visitor_problems,),
        procedures=procedures.VISITOR,
        defaults={"people": 1},
        first={"visited_on": TODAY, "handler": ACTOR},
        duplicates=(("name", "visited_on"),),
        recognised=(("name", "visited_on", "matter"),),
        icon="visitor",
        attachments=SCANS,
    ),
    Register(
        key="agenda_item",
        title="议题",
        noun="议题",
        record=AgendaItem,
        sections=(
            (
                "议题",
                (
                    "meeting_id",
                    "number",
                    "title",
                    "source",
                    "category",
                    "proposer",
                    "household_id",
                    "building",
                    "description",
                    "recurring",
                ),
            ),
            (
                "讨论与议定",
                ("discussion", "decision", "disposal", "disposal_reason", "action_item_id"),
            ),
            ("表决", ("vote_method", "votes_for", "votes_against", "votes_abstain")),
        ),
        columns=("number", "title", "source", "disposal", "meeting_id"),
        order="number",
        derived=(
            Derived(
                "hall",
                Field("议事厅", Kind.LINK, link="meeting_hall", width_mm=40, computed=True),
                _of_meeting("hall_id"),
            ),
            Derived(
                "community",
                Field("所属社区", Kind.LINK, link="community", width_mm=30, computed=True),
                _of_meeting("community_id"),
            ),
            Derived(
                "held_on",
                Field("召开日期", Kind.DATE, width_mm=22, computed=True),
                _of_meeting("held_on", held=True),
            ),
        ),
        rules=(rules.agenda_problems,),
        frozen=rules.part_frozen,
        menu=False,
        icon="meeting",
    ),
    Register(
        key="attendee",
        title="参会人员",
        noun="参会人员",
        record=Attendee,
        sections=(
            ("人员", ("meeting_id", "position", "name", "side", "duty", "phone")),
            ("出席", ("attendance", "reason")),
        ),
        columns=("position", "name", "side", "duty", "attendance", "reason"),
        order="position",
        rules=(rules.attendee_problems,),
        frozen=rules.part_frozen,
        menu=False,
        icon="people",
    ),
    Register(
        key="follow_up",
        title="跟进记录",
        noun="跟进",
        record=FollowUp,
        sections=(
            (
                "跟进",
                (
                    "action_item_id",
                    "made_on",
                    "kind",
                    "note",
                    "made_by",
                    "new_due_on",
                    "approver",
                    "meeting_id",
                ),
            ),
        ),
        columns=("made_on", "kind", "note", "made_by", "new_due_on", "approver"),
        order="made_on",
        rules=(rules.follow_up_problems,),
        defaults={"kind": rules.PROGRESS},
        first={"made_on": TODAY, "made_by": ACTOR},
        menu=False,
        icon="ledger",
        attachments=PHOTOS,
    ),
    Register(
        key="publicity",
        title="公示",
        noun="公示",
        record=Publicity,
        sections=(
            ("公示", ("title", "meeting_id", "place", "posted_on", "posted_to")),
            ("反馈", ("objections", "handled")),
        ),
        columns=("title", "place", "posted_on", "posted_to", "objections"),
        order="posted_on",
        newest_first=True,
        rules=(rules.publicity_problems,),
        hidden=("community_id",),
        menu=False,
        icon="meeting",
        attachments=PHOTOS,
    ),
    Register(
        key="minutes_version",
        title="定稿版本",
        noun="定稿版本",
        record=MinutesVersion,
        sections=(("定稿", ("number", "version", "closed_on", "closed_by", "reason", "digest")),),
        columns=("number", "version", "closed_on", "closed_by", "reason"),
        order="version",
        newest_first=True,
        frozen=rules.part_frozen,
        hidden=("meeting_id",),
        menu=False,
        icon="lock",
    ),
    Register(
        key="phrase",
        title="常用语",
        noun="常用语",
        record=Phrase,
        sections=(("常用语", ("name", "used_in", "words")),),
        columns=("name", "used_in", "words"),
        order="name",
        menu=False,
        icon="meeting",
    ),
)
