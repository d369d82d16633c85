"""What the screens of the hall ask: the follow-up board, an agenda, a roll, the next meetings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from lanling_desktop.core import holidays
from lanling_desktop.core.listing import in_force
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnySelect, table_of
from lanling_desktop.hall import rules
from lanling_desktop.hall.records import (
    ActionItem,
    AgendaItem,
    Attendee,
    HallMeeting,
    MeetingHall,
    Phrase,
)

OVERDUE, TODAY, WEEK, VERIFY, DEFERRED, LATER = (
    "overdue",
    "today",
    "week",
    "verify",
    "deferred",
    "later",
)
SECTIONS: Mapping[str, str] = {
    OVERDUE: "超期",
    TODAY: "今天到期",
    WEEK: "七天内",
    VERIFY: "办结待核",
    DEFERRED: "挂账",
    LATER: "七天以后",
}
"""The parts of the board in their order, by key."""

_SOON = 7
_RUNNING = tuple(each for each in rules.PENDING if each != rules.DONE)


@dataclass(frozen=True, slots=True)
class Item:
    """A matter of the ledger as the board shows it."""

    id: str
    serial: str
    title: str
    hall: str
    responsible: str
    due_on: date | None
    status: str
    section: str
    due_words: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter on an agenda; `due_on` and `status` are its line's in the ledger."""

    id: str
    number: int
    title: str
    carried: bool
    disposal: str
    action_item_id: str
    due_on: date | None
    status: str
    reported: int


@dataclass(frozen=True, slots=True)
class Seat:
    """One line of a roll."""

    id: str
    name: str
    side: str
    duty: str
    attendance: str
    reason: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A hall that has not met this month, and the day it will: planned already or proposed."""

    hall_id: str
    hall: str
    day: date
    planned: bool


def due_words(status: str, due_on: date | None, day: date) -> str:
    """How a matter stands to its deadline, in words: 超期 3 天, 今天到期, 还有 5 天."""
    if status in (rules.DONE, rules.CLOSED, rules.DEFERRED):
        return status
    if due_on is None:
        return "没有时限"
    left = (due_on - day).days
    if left < 0:
        return f"超期 {-left} 天"
    return f"还有 {left} 天" if left else "今天到期"


def section_of(status: str, due_on: date | None, day: date) -> str:
    """The part of the board a matter stands in."""
    if status == rules.DONE:
        return VERIFY
    if status == rules.DEFERRED:
        return DEFERRED
    if due_on is None or due_on >= day + timedelta(days=_SOON):
        return LATER
    if due_on < day:
        return OVERDUE
    return TODAY if due_on == day else WEEK


def open_items(office: Office, *, pressing: bool = False) -> tuple[Item, ...]:
    """The matters not struck off, section by section, the most pressing first.

    `pressing` leaves out what runs for more than a week yet, waits to be verified or is deferred.
    """
    item = table_of(ActionItem)
    wanted: list[ColumnElement[bool]] = [item.c.binned_at.is_(None), item.c.status.in_(rules.OPEN)]
    if pressing:
        wanted += [
            item.c.status.in_(_RUNNING),
            item.c.due_on < office.today + timedelta(days=_SOON),
        ]
    rows = office.rows(
        _lines().where(*wanted).order_by(func.coalesce(item.c.due_on, date.max), item.c.serial)
    )
    found = [_item(row, office.today) for row in rows]
    order = list(SECTIONS)
    return tuple(sorted(found, key=lambda each: order.index(each.section)))


def item_of(office: Office, item_id: str) -> Item | None:
    """One matter of the ledger, None when it is gone."""
    here = table_of(ActionItem).c
    rows = office.rows(_lines().where(here.id == item_id, here.binned_at.is_(None)))
    return _item(rows[0], office.today) if rows else None


def _lines() -> AnySelect:
    item, hall = table_of(ActionItem), table_of(MeetingHall)
    i, h = item.c, hall.c
    columns = (i.id, i.serial, i.title, h.name, i.responsible, i.due_on, i.status)
    return select(*columns).select_from(item.outerjoin(hall, h.id == i.hall_id))


def _item(row: Sequence[object], day: date) -> Item:
    key, serial, title, hall, responsible, due, status = row
    due_on = due if isinstance(due, date) else None
    said = str(status or "")
    return Item(
        str(key),
        str(serial or ""),
        str(title or ""),
        str(hall or ""),
        str(responsible or ""),
        due_on,
        said,
        section_of(said, due_on, day),
        due_words(said, due_on, day),
    )


def agenda(office: Office, meeting_id: str) -> tuple[Topic, ...]:
    """The matters of a meeting: what was left of the last one first, as numbered."""
    item, action = table_of(AgendaItem), table_of(ActionItem)
    columns = (
        item.c.id,
        item.c.number,
        item.c.title,
        item.c.source,
        item.c.disposal,
        item.c.action_item_id,
        action.c.due_on,
        action.c.status,
    )
    rows = office.rows(
        select(*columns)
        .select_from(item.outerjoin(action, action.c.id == item.c.action_item_id))
        .where(item.c.meeting_id == meeting_id, item.c.binned_at.is_(None))
        .order_by(item.c.number, item.c.id)
    )
    notes = _reports(office, meeting_id)
    found = [
        Topic(
            key,
            number or 0,
            title or "",
            source == rules.CARRIED and action_id is not None,
            disposal or "",
            action_id or "",
            due,
            status or "",
            notes.get(action_id, 0),
        )
        for key, number, title, source, disposal, action_id, due, status in rows
    ]
    return tuple(sorted(found, key=lambda each: not each.carried))


def _reports(office: Office, meeting_id: str) -> Mapping[str, int]:
    from lanling_desktop.hall.records import FollowUp

    here = table_of(FollowUp).c
    mine = here.meeting_id == meeting_id, here.binned_at.is_(None)
    counted = select(here.action_item_id, func.count()).where(*mine).group_by(here.action_item_id)
    return {key: int(number) for key, number in office.rows(counted)}


def roll(office: Office, meeting_id: str) -> tuple[Seat, ...]:
    """Who is expected at a meeting, in the order of the roll."""
    here = table_of(Attendee).c
    columns = (here.id, here.name, here.side, here.duty, here.attendance, here.reason)
    rows = office.rows(
        select(*columns)
        .where(here.meeting_id == meeting_id, here.binned_at.is_(None))
        .order_by(here.position, here.id)
    )
    return tuple(Seat(*(each or "" for each in row)) for row in rows)


def phrases(office: Office, used_in: str) -> tuple[tuple[str, str, str], ...]:
    """The kept texts as (name, used in, words), those for this use first."""
    here = table_of(Phrase).c
    columns = (here.name, here.used_in, here.words)
    rows = office.rows(select(*columns).where(here.binned_at.is_(None)).order_by(here.name))
    found = [(name or "", use or "", words or "") for name, use, words in rows]
    return tuple(sorted(found, key=lambda each: each[1] != used_in))


def planned_meetings(office: Office, hall_id: str = "") -> tuple[tuple[str, date], ...]:
    """The meetings still to be held, the nearest first; of one hall where it is named."""
    here = table_of(HallMeeting).c
    wanted: list[ColumnElement[bool]] = [
        here.binned_at.is_(None),
        here.status.in_((rules.PLANNED, rules.POSTPONED)),
    ]
    if hall_id:
        wanted.append(here.hall_id == hall_id)
    rows = office.rows(
        select(here.id, here.planned_on).where(*wanted).order_by(here.planned_on, here.serial)
    )
    return tuple((key, day) for key, day in rows)


def halls(office: Office) -> tuple[tuple[str, str], ...]:
    """Every hall with its name."""
    here = table_of(MeetingHall).c
    rows = office.rows(select(here.id, here.name).where(_standing(office)).order_by(here.name))
    return tuple((key, name or "") for key, name in rows)


def not_met(office: Office) -> tuple[Expected, ...]:
    """The halls that have not met this month, the nearest next day first."""
    first = office.today.replace(day=1)
    here, known = table_of(MeetingHall).c, holidays.known(office.desk)
    last, planned = _last_days(office, rules.HELD), _last_days(office, rules.PLANNED)
    rows = office.rows(select(here.id, here.name, here.fixed_day).where(_standing(office)))
    found = []
    for key, name, fixed in rows:
        held = last.get(key)
        if held is not None and held >= first:
            continue
        ahead = planned.get(key)
        if ahead is not None and ahead >= first:
            found.append(Expected(key, name or "", ahead, planned=True))
            continue
        said = rules.next_day(fixed or 1, first - timedelta(days=1), known)
        found.append(Expected(key, name or "", said.day, planned=False))
    return tuple(sorted(found, key=lambda each: (each.day, each.hall)))


def _last_days(office: Office, status: str) -> Mapping[str, date]:
    here = table_of(HallMeeting).c
    day = func.max(func.coalesce(here.held_on, here.planned_on), type_=here.planned_on.type)
    mine = here.binned_at.is_(None), here.status == status
    rows = office.rows(select(here.hall_id, day).where(*mine).group_by(here.hall_id))
    return {str(key): last for key, last in rows}


def _standing(office: Office) -> ColumnElement[bool]:
    here = table_of(MeetingHall)
    return in_force(here, office.today) & here.c.binned_at.is_(None)


def sections(items: Sequence[Item]) -> Iterator[tuple[str, str, tuple[Item, ...]]]:
    """The parts of the board that have something in them: key, title, matters."""
    for key, title in SECTIONS.items():
        mine = tuple(each for each in items if each.section == key)
        if mine:
            yield key, title, mine
