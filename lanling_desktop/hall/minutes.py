"""The minutes of one meeting as plain values: read from the records, or from the frozen copy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from sqlalchemy import select

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnySelect, table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.hall import rules
from lanling_desktop.hall.records import (
    ActionItem,
    AgendaItem,
    Attendee,
    FollowUp,
    HallMeeting,
    MeetingHall,
    MinutesVersion,
)
from lanling_desktop.people.records import Household
from lanling_desktop.places.records import Community

Reader = Office | Unit


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the roll."""

    name: str
    side: str
    duty: str
    attendance: str
    reason: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as decided; of one carried over, `progress` says what was reported on it."""

    number: int
    title: str
    source: str
    category: str
    proposer: str
    place: str
    description: str
    discussion: str
    decision: str
    disposal: str
    disposal_reason: str
    vote_method: str
    votes_for: int | None
    votes_against: int | None
    votes_abstain: int | None
    serial: str
    measure: str
    lead_unit: str
    responsible: str
    co_units: str
    due_on: str
    status: str
    progress: str
    carried: bool


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything the papers of one meeting say. Days are ISO texts, so that a copy is plain JSON.

    `number` and `version` are empty while the minutes are open.
    """

    meeting_id: str
    community: str
    hall: str
    title: str
    serial: str
    kind: str
    planned_on: str
    held_on: str
    start_time: str
    end_time: str
    place: str
    chair: str
    recorder: str
    should_attend: int
    attended: int
    other: str
    people: tuple[Person, ...]
    matters: tuple[Matter, ...]
    number: str = ""
    version: int = 0
    closed_on: str = ""
    reason: str = ""

    @property
    def carried(self) -> tuple[Matter, ...]:
        """上次议定事项: what was decided before and reported on now."""
        return tuple(each for each in self.matters if each.carried)

    @property
    def topics(self) -> tuple[Matter, ...]:
        """The matters new to this meeting."""
        return tuple(each for each in self.matters if not each.carried)

    def who(self, attendance: str) -> tuple[Person, ...]:
        """Those of one attendance, in the order of the roll."""
        return tuple(each for each in self.people if each.attendance == attendance)

    def to_json(self) -> str:
        """The frozen copy."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, content: str) -> Self:
        """The minutes of a frozen copy; columns added since are empty."""
        raw = json.loads(content)
        people = tuple(_filled(Person, each) for each in raw.pop("people"))
        matters = tuple(_filled(Matter, each) for each in raw.pop("matters"))
        known = {each.name for each in fields(cls)}
        return cls(**{k: v for k, v in raw.items() if k in known}, people=people, matters=matters)


def matter_from(raw: Mapping[str, Any]) -> Matter:
    """A matter of which only some things are said."""
    made: Matter = _filled(Matter, raw)
    return made


def digest_of(content: str) -> str:
    """The check value of a frozen copy."""
    return hashlib.sha256(content.encode()).hexdigest()


def _filled(kind: Any, raw: Mapping[str, Any]) -> Any:
    empty = {each.name: None if "votes" in each.name else "" for each in fields(kind)}
    return kind(**{name: raw.get(name, value) for name, value in empty.items()})


def minutes_of(office: Office, meeting_id: str, *, version: int | None = None) -> Minutes:
    """The minutes: the frozen copy of a meeting that is closed (or of the version asked for)."""
    table = table_of(MinutesVersion).c
    kept = select(table.content).where(table.meeting_id == meeting_id, table.binned_at.is_(None))
    if version is not None:
        kept = kept.where(table.version == version)
    meeting = office.read("hall_meeting", meeting_id)
    open_now = not meeting["finalised_on"] or meeting["correcting"]
    if version is None and open_now:
        return read_minutes(office, meeting_id)
    rows = office.rows(kept.order_by(table.version.desc()).limit(1))
    return Minutes.from_json(rows[0][0]) if rows else read_minutes(office, meeting_id)


def read_minutes(reader: Reader, meeting_id: str) -> Minutes:
    """The minutes as the records say them now."""
    meeting, hall, community = (table_of(k) for k in (HallMeeting, MeetingHall, Community))
    columns = ("title", "serial", "kind", "planned_on", "held_on", "start_time", "end_time",
               "place", "chair", "recorder", "should_attend", "attended", "other")  # fmt: skip
    joined = meeting.outerjoin(hall, hall.c.id == meeting.c.hall_id).outerjoin(
        community, community.c.id == meeting.c.community_id
    )
    statement = select(
        *(meeting.c[name] for name in columns),
        hall.c.name.label("hall"),
        community.c.name.label("community"),
    ).select_from(joined)
    row = reader.rows(statement.where(meeting.c.id == meeting_id))[0]
    said = {name: _plain(row._mapping[name]) for name in (*columns, "hall", "community")}
    people = _people(reader, meeting_id)
    counted = sum(each.attendance == rules.PRESENT for each in people)
    should = sum(each.attendance != rules.SITTING_IN for each in people)
    said["attended"] = counted if people else said["attended"] or 0
    said["should_attend"] = should if people else said["should_attend"] or 0
    return Minutes(
        meeting_id=meeting_id, people=people, matters=_matters(reader, meeting_id), **said
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def _people(reader: Reader, meeting_id: str) -> tuple[Person, ...]:
    here = table_of(Attendee).c
    mine = here.meeting_id == meeting_id, here.binned_at.is_(None)
    columns = (here.name, here.side, here.duty, here.attendance, here.reason)
    rows = reader.rows(select(*columns).where(*mine).order_by(here.position, here.id))
    return tuple(Person(*(_plain(each) for each in row)) for row in rows)


def _matters(reader: Reader, meeting_id: str) -> tuple[Matter, ...]:
    item, action, home = (table_of(k) for k in (AgendaItem, ActionItem, Household))
    own = ("number", "title", "source", "category", "proposer", "description", "discussion",
           "decision", "disposal", "disposal_reason", "vote_method", "votes_for",
           "votes_against", "votes_abstain")  # fmt: skip
    done = ("serial", "measure", "lead_unit", "responsible", "co_units", "due_on", "status")
    joined = item.outerjoin(action, action.c.id == item.c.action_item_id).outerjoin(
        home, home.c.id == item.c.household_id
    )
    statement: AnySelect = select(
        *(item.c[name] for name in own),
        *(action.c[name] for name in done),
        item.c.building,
        home.c.address,
        item.c.action_item_id,
    ).select_from(joined)
    rows = reader.rows(
        statement.where(item.c.meeting_id == meeting_id, item.c.binned_at.is_(None)).order_by(
            item.c.number, item.c.id
        )
    )
    reported = _reported(reader, meeting_id)
    found = []
    for row in rows:
        said = {name: row._mapping[name] for name in (*own, *done)}
        votes = {name: said.pop(name) for name in own if name.startswith("votes_")}
        plain = {name: _plain(value) for name, value in said.items()}
        carried = row.action_item_id is not None and said["source"] == rules.CARRIED
        found.append(
            Matter(
                **{**plain, "number": plain["number"] or 0},
                **votes,
                place=row.building or row.address or "",
                progress="；".join(reported.get(row.action_item_id, ())) if carried else "",
                carried=carried,
            )
        )
    return tuple(found)


def _reported(reader: Reader, meeting_id: str) -> dict[str, list[str]]:
    here = table_of(FollowUp).c
    rows = reader.rows(
        select(here.action_item_id, here.kind, here.note)
        .where(here.meeting_id == meeting_id, here.binned_at.is_(None))
        .order_by(here.made_on, here.id)
    )
    found: dict[str, list[str]] = {}
    for action, kind, note in rows:
        words = note or ""
        found.setdefault(action, []).append(words if kind == rules.PROGRESS else f"{kind}：{words}")
    return found
