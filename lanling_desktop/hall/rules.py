"""What is true of halls: the next day, how a matter ends, who may strike it off. Pure functions."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import column as named
from sqlalchemy import select, table

from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.register import Context
from lanling_desktop.people.rules import period_problems
from lanling_desktop.standards.dates import paper
from lanling_desktop.standards.workdays import Holidays

MEETING_KINDS = ("例会", "临时")
PLANNED, HELD, POSTPONED, CANCELLED = MEETING_STATES = ("计划", "已召开", "延期", "取消")
SIDES = (
    "社区党组织",
    "物业主管单位",
    "小区党支部",
    "业委会",
    "物业企业",
    "居民代表",
    "驻区单位",
    "民警",
    "其他",
)
PRESENT, SITTING_IN, EXCUSED, ABSENT = ATTENDANCE = ("出席", "列席", "请假", "缺席")
CARRIED = "上月遗留"
SOURCES = ("居民来访", "网格上报", "红管家", "12345", CARRIED, "党组织提议")
AT_ONCE, BY_A_DAY, PASSED_ON, PUT_OFF, REJECTED = DISPOSALS = (
    "当场解决",
    "限期解决",
    "转办",
    "暂缓",
    "不予采纳",
)
VOTE_METHODS = ("举手", "无记名投票", "口头")
REGISTERED, ASSIGNED, UNDER_WAY, DONE, CLOSED, REOPENED, DEFERRED = STATES = (
    "登记",
    "交办",
    "办理中",
    "办结待核",
    "销号",
    "退回重办",
    "挂账",
)
STATES_IN_SHEETS = (
    *((said, DONE) for said in ("已办结", "办结", "已完成", "完成", "已解决", "待核实")),
    *((said, CLOSED) for said in ("已销号", "结案", "已结案", "办结销号", "闭环")),
    *((said, UNDER_WAY) for said in ("正在办理", "在办", "进行中", "未办结", "未完成", "推进中")),
    *((said, ASSIGNED) for said in ("已交办", "已转办", "待办", "未办理")),
    *((said, DEFERRED) for said in ("长期推进", "暂缓", "暂缓办理", "长期坚持")),
    ("退回", REOPENED),
    ("已登记", REGISTERED),
)
"""What ledgers kept elsewhere write for a state. 已办结 is not yet 销号: nobody verified it."""
SATISFIED, FAIRLY, DISSATISFIED = SATISFACTION = ("满意", "基本满意", "不满意")
PROGRESS, EXTENSION = "进展", "延期"
FOLLOW_UPS = (PROGRESS, EXTENSION, DONE, CLOSED, REOPENED, DEFERRED)
PHRASE_USES = ("讨论摘要", "议定意见", "办理结果", "会议通知")

NEXT: Mapping[str, tuple[str, ...]] = {
    REGISTERED: (ASSIGNED, UNDER_WAY, DONE, DEFERRED),
    ASSIGNED: (UNDER_WAY, DONE, DEFERRED),
    UNDER_WAY: (DONE, DEFERRED),
    DONE: (CLOSED, REOPENED),
    REOPENED: (UNDER_WAY, DONE, DEFERRED),
    DEFERRED: (ASSIGNED, UNDER_WAY, DONE),
    CLOSED: (REOPENED,),
}
"""What a matter may become (domain.md 3.2)."""

OPEN = (REGISTERED, ASSIGNED, UNDER_WAY, DONE, REOPENED, DEFERRED)
PENDING = (REGISTERED, ASSIGNED, UNDER_WAY, DONE, REOPENED)
"""Open and running against their deadline; what is deferred does not."""

FINISHED = (DONE, CLOSED)
"""Done, whether verified or not yet."""

PASSED_ON_DAYS = 5
"""Working days within which a street or department answers what was passed on to it (安溪, S31)."""

PUBLICITY_DAYS = 7


@dataclass(frozen=True, slots=True)
class ProposedDay:
    """A day with the steps it was found by."""

    day: date
    steps: tuple[str, ...]


def hall_name(compound: str) -> str:
    """How the hall of a compound is called."""
    return f"{compound}红色议事厅"


def canonical_hall(text: str) -> str:
    """A hall named by its compound alone, as it is called."""
    return text if text.endswith("议事厅") else hall_name(text)


def hall_from_text(text: str) -> Mapping[str, Any]:
    """The columns of a new hall named in a sheet."""
    compound = text.removesuffix("红色议事厅").removesuffix("议事厅")
    return {"name": canonical_hall(text), **({"compound_id=": compound} if compound else {})}


def meeting_title(hall: str, serial: str) -> str:
    """兰陵花园红色议事厅2026年第3次会议."""
    year, _, number = serial.partition("-")
    return f"{hall}{year}年第{int(number or 0)}次会议"


def next_day(fixed_day: int, after: date, holidays: Holidays) -> ProposedDay:
    """The fixed day of the month that follows `after`, moved off statutory holidays.

    A month without that day ends with its last one. A weekend is kept and said: residents are
    at home then; only a day that a holiday notice frees moves on to the next working day.
    """
    year, month = (after.year + 1, 1) if after.month == 12 else (after.year, after.month + 1)
    last = calendar.monthrange(year, month)[1]
    day = date(year, month, min(fixed_day, last))
    steps = [f"固定议事日为每月 {fixed_day} 日，{year} 年 {month} 月是 {_said(day)}"]
    if fixed_day > last:
        steps[0] = f"固定议事日为每月 {fixed_day} 日，{month} 月没有这一天，取月末 {_said(day)}"
    special = holidays.special(day)
    if special is not None and special.off:
        free = day
        while not holidays.is_workday(day):
            day += timedelta(days=1)
        steps.append(f"{paper(free)}{special.name}放假，顺延到节后第一个工作日 {_said(day)}")
    if not holidays.known(year):
        steps.append(f"{year} 年放假安排还没有录入，请核对是否逢节")
    return ProposedDay(day, tuple(steps))


def _said(day: date) -> str:
    return f"{paper(day)}（周{'一二三四五六日'[day.weekday()]}）"


def passes(votes_for: int, members: int) -> bool:
    """Whether a vote is carried: more than half of the members, not of those present."""
    return votes_for * 2 > members


def is_overdue(status: str | None, due_on: date | None, day: date) -> bool:
    """Whether a matter has run past its deadline on a day."""
    return status in PENDING and status != DONE and due_on is not None and due_on < day


# What a row of a received sheet says besides


def meeting_of_sheet(values: Values, today: date) -> Mapping[str, Any]:
    """One date is both; a meeting whose day has come was held unless the sheet says otherwise."""
    planned, held = values.get("planned_on"), values.get("held_on")
    day = held or planned
    said: dict[str, Any] = {"planned_on": day} if day else {}
    if day and day <= today and values.get("status") in (None, HELD):
        said |= {"held_on": day, "status": HELD}
    return said


def action_of_sheet(values: Values, _today: date) -> Mapping[str, Any]:
    """A matter with a result and a day is done; with somebody who verified it, struck off."""
    done, verifier = values.get("finished_on"), values.get("verified_by")
    if not done or not values.get("result"):
        return {"status": ASSIGNED}
    if not verifier and not values.get("verified_on"):
        return {"status": DONE}
    return {"status": CLOSED, "verified_on": done}


# What a form or sheet may not say


def hall_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """A hall has a name or a compound to be called after, and a day of the month."""
    yield from period_problems(values)
    if not values.get("name") and not values.get("compound_id"):
        yield Problem("compound_id", "请选所在小区，或写明议事厅名称")
    day = values.get("fixed_day")
    if day is not None and not 1 <= day <= 31:
        yield Problem("fixed_day", "固定议事日是每月几日，应在 1 至 31 之间")


def meeting_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A meeting held has its day, one put off or cancelled its reason; times are in order."""
    status, held = values.get("status"), values.get("held_on")
    if status == HELD and not held:
        yield Problem("held_on", "已召开的会议请填召开日期")
    if held and held > context.today:
        yield Problem("held_on", "召开日期不能晚于今天")
    if status in (POSTPONED, CANCELLED) and not values.get("status_reason"):
        yield Problem("status_reason", f"{status}的会议请写明原因")
    begins, ends = values.get("start_time"), values.get("end_time")
    if begins and ends and ends <= begins:
        yield Problem("end_time", "结束时间应晚于开始时间")
    should, came = values.get("should_attend"), values.get("attended")
    if should is not None and came is not None and came > should:
        yield Problem("attended", "实到人数多于应到人数，请核对（列席的不算应到）", warning=True)


def attendee_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """Who is excused says why."""
    if values.get("attendance") == EXCUSED and not values.get("reason"):
        yield Problem("reason", "请假的请写明原因", warning=True)


def agenda_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A matter of a meeting that was held ends in one of five ways, each with what it needs."""
    disposal = values.get("disposal")
    if disposal in (PUT_OFF, REJECTED) and not values.get("disposal_reason"):
        yield Problem("disposal_reason", f"{disposal}的议题请写明理由")
    if disposal == AT_ONCE and not values.get("decision"):
        yield Problem("decision", "当场解决的，请写明怎样解决的")
    if disposal in (BY_A_DAY, PASSED_ON) and not values.get("action_item_id"):
        yield Problem("disposal", f"{disposal}的议题要有责任人和时限，请在议事会议里用“议定”登记")
    if not disposal and not values.get("action_item_id") and _held(values, context):
        words = "会议已召开，议题要有结果：当场解决、限期解决、转办、暂缓或不予采纳"
        yield Problem("disposal", words, warning=True)
    yield from vote_problems(values, context)


def vote_problems(values: Values, context: Context) -> Iterator[Problem]:
    """Votes are counts, no more of them than there are members, and said with their method."""
    keys = ("votes_for", "votes_against", "votes_abstain")
    votes = {key: values.get(key) for key in keys}
    given = [number for number in votes.values() if number is not None]
    if not given:
        return
    for key, number in votes.items():
        if number is not None and number < 0:
            yield Problem(key, "票数不能是负数")
    if not values.get("vote_method"):
        yield Problem("vote_method", "填了票数的，请选表决方式")
    members = _members(values, context)
    if members is not None and sum(given) > members:
        yield Problem("votes_for", f"赞成、反对、弃权共 {sum(given)} 票，多于应到 {members} 人")
    carried = members is not None and passes(votes["votes_for"] or 0, members)
    if values.get("disposal") in (AT_ONCE, BY_A_DAY, PASSED_ON) and members and not carried:
        words = f"赞成 {votes['votes_for'] or 0} 票，未过应到 {members} 人的半数，不能算通过"
        yield Problem("votes_for", words, warning=True)


_MEETING = table(
    "hall_meeting",
    *map(named, ("id", "title", "status", "should_attend", "finalised_on", "correcting")),
)


def _of_meeting(values: Values, context: Context, *columns: str) -> Any:
    wanted = select(*(_MEETING.c[name] for name in columns))
    rows = context.rows(wanted.where(_MEETING.c.id == values.get("meeting_id")))
    return rows[0] if rows else None


def _held(values: Values, context: Context) -> bool:
    row = _of_meeting(values, context, "status")
    return row is not None and row[0] == HELD


def _members(values: Values, context: Context) -> int | None:
    row = _of_meeting(values, context, "should_attend")
    return row[0] if row is not None else None


def action_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A matter has its deadline; struck off, its result, day and another person who verified it."""
    status, raised, due = values.get("status"), values.get("raised_on"), values.get("due_on")
    if status in PENDING and not due:
        yield Problem("due_on", "请填完成时限；长期事项请转“挂账”并写明理由")
    if raised and due and due < raised:
        yield Problem("due_on", "完成时限早于议定日期，请核对")
    if status == DEFERRED and not values.get("deferred_reason"):
        yield Problem("deferred_reason", "挂账的事项请写明理由")
    if status in (DONE, CLOSED):
        if not values.get("result"):
            yield Problem("result", f"{status}的事项请写明办理结果")
        if not values.get("finished_on"):
            yield Problem("finished_on", f"{status}的事项请填办结日期")
    finished = values.get("finished_on")
    if finished and finished > context.today:
        yield Problem("finished_on", "办结日期不能晚于今天")
    if finished and raised and finished < raised:
        yield Problem("finished_on", "办结日期早于议定日期，请核对")
    if status == CLOSED:
        yield from _verified(values)


def transition_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A matter goes the way of `NEXT`; a later deadline has an extension or a return behind it."""
    if context.record_id is None:
        return
    here = _ACTION.c
    rows = context.rows(select(here.status, here.due_on).where(here.id == context.record_id))
    if not rows:
        return
    before, due = rows[0]
    status, wanted = values.get("status"), values.get("due_on")
    at_once = status == CLOSED and before in OPEN  # done and verified in one go
    if status != before and status not in NEXT.get(before, (status,)) and not at_once:
        yield Problem("status", f"“{before}”的事项不能直接改为“{status}”")
    if (
        wanted is not None
        and due is not None
        and str(wanted) > str(due)
        and _minuted(context)
        and not _allowed(wanted, context)
    ):
        yield Problem("due_on", "时限已经写进会议记录，请用“延期”登记理由和批准人")


def _minuted(context: Context) -> bool:
    item = _ITEM.c
    closed = (
        select(item.id)
        .join_from(_ITEM, _MEETING, _MEETING.c.id == item.meeting_id)
        .where(item.action_item_id == context.record_id, _MEETING.c.finalised_on.is_not(None))
    )
    return bool(context.rows(closed.limit(1)))


def _allowed(wanted: date, context: Context) -> bool:
    note = _FOLLOW_UP.c
    rows = context.rows(select(note.new_due_on).where(note.action_item_id == context.record_id))
    return any(str(row[0]) == str(wanted) for row in rows)


_ACTION = table("action_item", *map(named, ("id", "status", "due_on")))
_ITEM = table("agenda_item", *map(named, ("id", "meeting_id", "action_item_id")))
_FOLLOW_UP = table("follow_up", *map(named, ("action_item_id", "new_due_on")))


def _verified(values: Values) -> Iterator[Problem]:
    if not values.get("verified_by"):
        yield Problem("verified_by", "销号要有核实人")
    elif values.get("verified_by") == values.get("responsible"):
        yield Problem("verified_by", "核实人不能是责任人本人，请换一个人核实")
    if not values.get("verified_on"):
        yield Problem("verified_on", "请填销号日期")
    finished, verified = values.get("finished_on"), values.get("verified_on")
    if finished and verified and verified < finished:
        yield Problem("verified_on", "销号日期早于办结日期，请核对")


def follow_up_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """An extension says until when and who allowed it."""
    if values.get("kind") == EXTENSION:
        if not values.get("new_due_on"):
            yield Problem("new_due_on", "延期请填新的时限")
        if not values.get("approver"):
            yield Problem("approver", "延期要有批准人")


def publicity_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """A notice ends after it begins."""
    begins, ends = values.get("posted_on"), values.get("posted_to")
    if begins and ends and ends < begins:
        yield Problem("posted_to", "公示截止早于公示起始，请核对")


def visitor_problems(values: Values, context: Context) -> Iterator[Problem]:
    """Somebody came, and not tomorrow."""
    if (values.get("visited_on") or context.today) > context.today:
        yield Problem("visited_on", "来访日期不能晚于今天")
    people = values.get("people")
    if people is not None and people < 1:
        yield Problem("people", "来访人次至少是 1")


# Closed is closed


def meeting_frozen(values: Values, _context: Context) -> str | None:
    """Why a meeting may not be changed: its minutes are final."""
    if values.get("finalised_on") and not values.get("correcting"):
        return f"“{values.get('title') or '这次会议'}”的记录已经定稿"
    return None


def part_frozen(values: Values, context: Context) -> str | None:
    """Why what belongs to a meeting may not be changed: its minutes are final."""
    row = _of_meeting(values, context, "title", "finalised_on", "correcting")
    return meeting_frozen(dict(row._mapping), context) if row is not None else None
