"""What the demo's halls are told with: halls, meetings, matters, follow-ups, visitors as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from lanling_desktop.demo.county import Estate, Place
from lanling_desktop.demo.hall_words import Topic
from lanling_desktop.demo.names import People
from lanling_desktop.standards.workdays import Deadline


@dataclass
class Item:
    """A line of the ledger and everything that happened to it."""

    topic: Topic
    title: str
    raised_on: date
    status: str
    responsible: str
    lead_unit: str
    due_on: date | None = None
    deadline: Deadline | None = None
    result: str = ""
    finished_on: date | None = None
    verified_on: date | None = None
    verified_by: str = ""
    deferred: str = ""
    notes: list[Note] = field(default_factory=list)
    serial: str = ""
    id: str = ""

    def open_on(self, day: date) -> bool:
        """Whether it is brought to a meeting of that day."""
        return self.raised_on < day and (self.verified_on is None or self.verified_on > day)


@dataclass
class Note:
    """A follow-up of a matter; `at` is the meeting it was reported in."""

    made_on: date
    kind: str
    words: str
    made_by: str
    new_due_on: date | None = None
    approver: str = ""
    at: Meeting | None = None


@dataclass
class Matter:
    """One point of an agenda; `item` is its line in the ledger, made here or brought along."""

    title: str
    source: str
    topic: Topic | None = None
    proposer: str = ""
    category: str = ""
    description: str = ""
    discussion: str = ""
    decision: str = ""
    disposal: str = ""
    reason: str = ""
    votes: tuple[int, int, int] | None = None
    building: str = ""
    item: Item | None = None
    id: str = ""


@dataclass
class Meeting:
    """One meeting; `marks` are the attendance of the roll, empty before it is held."""

    planned_on: date
    kind: str
    status: str
    serial: str
    reason: str = ""
    held_on: date | None = None
    marks: list[str] = field(default_factory=list)
    excuses: list[str] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    closed_on: date | None = None
    minutes_no: str = ""
    id: str = ""


@dataclass
class Visit:
    """Somebody who came."""

    day: date
    name: str
    phone: str
    people: int
    words: str
    outcome: str
    matter: Matter | None = None


@dataclass
class Hall:
    """One hall with all that is kept of it."""

    place: Place
    estate: Estate
    fixed_day: int
    begins: str
    roll: list[tuple[str, str, str]]
    recorder: str
    meetings: list[Meeting] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    @property
    def chair(self) -> str:
        """Who leads its meetings."""
        return self.roll[0][0]


@dataclass
class Story:
    """What the halls' year is told with."""

    random: Random
    people: People
    today: date
    overdue: int = 0
