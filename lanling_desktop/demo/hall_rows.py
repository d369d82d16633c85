"""The halls' year as rows: meetings, rolls, matters, ledger, notices, frozen minutes, visitors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from lanling_desktop.demo.hall import FOUNDED
from lanling_desktop.demo.hall_story import Hall, Item, Matter, Meeting
from lanling_desktop.demo.rows import Rows
from lanling_desktop.hall import minutes, rules
from lanling_desktop.hall.records import (
    ActionItem,
    AgendaItem,
    Attendee,
    FollowUp,
    HallMeeting,
    MeetingHall,
    MinutesVersion,
    Publicity,
    VisitorReception,
)

_WALL = "小区公示栏"


def write(rows: Rows, halls: Sequence[Hall], today: date) -> None:
    """Every row of the halls and of what happened in them."""
    for hall in halls:
        _Writing(rows, hall, today).run()


class _Writing:
    """One hall on its way into the office."""

    def __init__(self, rows: Rows, hall: Hall, today: date) -> None:
        self.rows, self.hall, self.today = rows, hall, today
        self.name = rules.hall_name(hall.estate.name)
        self.place = f"{hall.estate.name}党群服务站"
        self.id = rows.new_id()
        self.shared = {"hall_id": self.id, "community_id": hall.place.id}

    def run(self) -> None:
        """The hall, then what refers to it."""
        hall = self.hall
        self.rows.add(
            MeetingHall,
            id=self.id,
            name=self.name,
            compound_id=hall.estate.id,
            community_id=hall.place.id,
            branch_id=hall.estate.branch.id,
            place=self.place,
            fixed_day=hall.fixed_day,
            start_time=hall.begins,
            chair=hall.chair,
            recorder=hall.recorder,
            members=len(hall.roll),
            valid_from=FOUNDED,
        )
        for meeting in hall.meetings:
            meeting.id = self.rows.new_id()
        for item in hall.items:
            item.id = self.rows.new_id()
        posted: dict[str, str] = {}
        for meeting in hall.meetings:
            self._meeting(meeting, posted)
        for item in hall.items:
            self._item(item, posted.get(item.serial))
        self._visits()

    def _meeting(self, meeting: Meeting, posted: dict[str, str]) -> None:
        came, should = _counted(meeting)
        held = meeting.held_on is not None
        self.rows.add(
            HallMeeting,
            id=meeting.id,
            title=rules.meeting_title(self.name, meeting.serial),
            serial=meeting.serial,
            kind=meeting.kind,
            planned_on=meeting.planned_on,
            held_on=meeting.held_on,
            start_time=self.hall.begins,
            end_time=self._ends(meeting) if held else None,
            place=self.place,
            chair=self.hall.chair,
            recorder=self.hall.recorder,
            should_attend=should if held else len(self.hall.roll),
            attended=came if held else None,
            status=meeting.status,
            status_reason=meeting.reason or None,
            minutes_no=meeting.minutes_no or None,
            finalised_on=meeting.closed_on,
            version=1 if meeting.closed_on else None,
            **self.shared,
        )
        self._roll(meeting)
        for number, matter in enumerate(meeting.matters, 1):
            self._matter(meeting, number, matter)
        if meeting.closed_on is not None:
            self._freeze(meeting, meeting.closed_on)
            self._post(meeting, meeting.closed_on + timedelta(days=1), posted)

    def _ends(self, meeting: Meeting) -> str:
        hour, minute = self.hall.begins.split(":")
        late = int(hour) * 60 + int(minute) + 35 + 12 * len(meeting.matters)
        return f"{late // 60:02d}:{late % 60:02d}"

    def _roll(self, meeting: Meeting) -> None:
        marks = meeting.marks or [""] * len(self.hall.roll)
        excuses = meeting.excuses or marks
        for at, (name, side, duty) in enumerate(self.hall.roll, 1):
            self.rows.add(
                Attendee,
                meeting_id=meeting.id,
                position=at,
                name=name,
                side=side,
                duty=duty or None,
                attendance=marks[at - 1] or None,
                reason=excuses[at - 1] or None,
            )

    def _matter(self, meeting: Meeting, number: int, matter: Matter) -> None:
        votes = dict(zip(_VOTES, matter.votes, strict=True)) if matter.votes else {}
        matter.id = self.rows.add(
            AgendaItem,
            meeting_id=meeting.id,
            number=number,
            title=matter.title,
            source=matter.source,
            category=matter.category or None,
            proposer=matter.proposer or None,
            building=matter.building or None,
            description=matter.description or None,
            discussion=matter.discussion or None,
            decision=matter.decision or None,
            disposal=matter.disposal or None,
            disposal_reason=matter.reason or None,
            vote_method=rules.VOTE_METHODS[0] if votes else None,
            action_item_id=matter.item.id if matter.item else None,
            **votes,
        )

    def _item(self, item: Item, posted: str | None) -> None:
        over = item.status in rules.FINISHED
        self.rows.add(
            ActionItem,
            id=item.id,
            serial=item.serial,
            title=item.title,
            raised_on=item.raised_on,
            measure=item.deferred or item.topic.measure,
            lead_unit=item.lead_unit or None,
            responsible=item.responsible,
            due_on=item.due_on,
            due_steps="\n".join(item.deadline.steps) if item.deadline else None,
            status=item.status,
            result=item.result if over else None,
            finished_on=item.finished_on,
            verified_by=item.verified_by or None,
            verified_on=item.verified_on,
            satisfied=_answer(item) if item.status == rules.CLOSED else None,
            deferred_reason=item.deferred or None,
            publicity_id=posted,
            **self.shared,
        )
        for note in item.notes:
            self.rows.add(
                FollowUp,
                action_item_id=item.id,
                made_on=note.made_on,
                kind=note.kind,
                note=note.words,
                made_by=note.made_by,
                new_due_on=note.new_due_on,
                approver=note.approver or None,
                meeting_id=note.at.id if note.at else None,
            )

    def _post(self, meeting: Meeting, day: date, posted: dict[str, str]) -> None:
        """What was decided hangs on the wall for seven days."""
        decided = [m.item for m in meeting.matters if m.item and m.source != rules.CARRIED]
        if not decided or day > self.today:
            return
        made = self.rows.add(
            Publicity,
            title=f"{rules.meeting_title(self.name, meeting.serial)}议定事项公示",
            meeting_id=meeting.id,
            place=_WALL,
            posted_on=day,
            posted_to=day + timedelta(days=rules.PUBLICITY_DAYS - 1),
            community_id=self.hall.place.id,
        )
        posted.update((item.serial, made) for item in decided)

    def _visits(self) -> None:
        for visit in sorted(self.hall.visits, key=lambda each: each.day):
            self.rows.add(
                VisitorReception,
                visited_on=visit.day,
                name=visit.name,
                phone=visit.phone,
                people=visit.people,
                matter=visit.words,
                handler=self.hall.recorder,
                outcome=visit.outcome or None,
                agenda_item_id=visit.matter.id if visit.matter else None,
                **self.shared,
            )

    # The frozen copy: what the papers are drawn of

    def _freeze(self, meeting: Meeting, closed_on: date) -> None:
        content = self._minutes(meeting, closed_on).to_json()
        self.rows.add(
            MinutesVersion,
            meeting_id=meeting.id,
            number=meeting.minutes_no,
            version=1,
            closed_on=closed_on,
            closed_by=self.hall.recorder,
            digest=minutes.digest_of(content),
            content=content,
        )

    def _minutes(self, meeting: Meeting, closed_on: date) -> minutes.Minutes:
        came, should = _counted(meeting)
        people = tuple(
            minutes.Person(name, side, duty, mark, excuse)
            for (name, side, duty), mark, excuse in zip(
                self.hall.roll, meeting.marks, meeting.excuses, strict=True
            )
        )
        assert meeting.held_on is not None
        return minutes.Minutes(
            meeting_id=meeting.id,
            community=self.hall.place.name,
            hall=self.name,
            title=rules.meeting_title(self.name, meeting.serial),
            serial=meeting.serial,
            kind=meeting.kind,
            planned_on=meeting.planned_on.isoformat(),
            held_on=meeting.held_on.isoformat(),
            start_time=self.hall.begins,
            end_time=self._ends(meeting),
            place=self.place,
            chair=self.hall.chair,
            recorder=self.hall.recorder,
            should_attend=should,
            attended=came,
            other="",
            people=people,
            matters=tuple(
                _said(number, matter, meeting, closed_on)
                for number, matter in enumerate(meeting.matters, 1)
            ),
            number=meeting.minutes_no,
            version=1,
            closed_on=closed_on.isoformat(),
        )


_VOTES = ("votes_for", "votes_against", "votes_abstain")


def _counted(meeting: Meeting) -> tuple[int, int]:
    should = sum(each != rules.SITTING_IN for each in meeting.marks)
    return meeting.marks.count(rules.PRESENT), should


def _said(number: int, matter: Matter, meeting: Meeting, day: date) -> minutes.Matter:
    """A matter as it stood when the minutes were closed."""
    item, votes = matter.item, matter.votes or (None, None, None)
    notes = [n.words for n in item.notes if n.at is meeting] if item else []
    return minutes.Matter(
        number=number,
        title=matter.title,
        source=matter.source,
        category=matter.category,
        proposer=matter.proposer,
        place=matter.building,
        description=matter.description,
        discussion=matter.discussion,
        decision=matter.decision,
        disposal=matter.disposal,
        disposal_reason=matter.reason,
        vote_method=rules.VOTE_METHODS[0] if matter.votes else "",
        votes_for=votes[0],
        votes_against=votes[1],
        votes_abstain=votes[2],
        serial=item.serial if item else "",
        measure=(item.deferred or item.topic.measure) if item else "",
        lead_unit=item.lead_unit if item else "",
        responsible=item.responsible if item else "",
        co_units="",
        due_on=_due_then(item, day) if item else "",
        status=_status_then(item, day) if item else "",
        progress="；".join(notes),
        carried=matter.source == rules.CARRIED,
    )


def _due_then(item: Item, day: date) -> str:
    """The deadline before it was put off later."""
    due = item.deadline.date if item.deadline else item.due_on
    for note in item.notes:
        if note.new_due_on is not None and note.made_on <= day:
            due = note.new_due_on
    return due.isoformat() if due else ""


def _status_then(item: Item, day: date) -> str:
    if item.deferred:
        return rules.DEFERRED
    kinds = [note.kind for note in item.notes if note.made_on <= day]
    states = {rules.PROGRESS: rules.UNDER_WAY, rules.EXTENSION: rules.UNDER_WAY}
    return states.get(kinds[-1], kinds[-1]) if kinds else rules.ASSIGNED


def _answer(item: Item) -> str | None:
    """What those who raised it said: three in five were asked, and one in forty was not content."""
    number = int(item.serial.rpartition("-")[2] or 0)
    if number % 40 == 7:
        return rules.DISSATISFIED
    return {0: None, 1: None, 2: rules.FAIRLY}.get(number % 5, rules.SATISFIED)
