"""The halls of the demo: 89 of them, a year of meetings, what became of each matter, who came.

Everything is made up first, as values that know one another, and written by `hall_rows` when all
of it is known: matters are numbered through the whole office, minutes are frozen as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random

from lanling_desktop.demo.county import Estate, Place
from lanling_desktop.demo.hall_story import Hall, Item, Matter, Meeting, Note, Story, Visit
from lanling_desktop.demo.hall_words import (
    CANCELLED,
    EXCUSES,
    EXTENSIONS,
    OUTCOMES,
    POSTPONED,
    PROGRESS,
    PUT_OFF,
    REJECTED,
    TOPICS,
    VISITS,
    Topic,
)
from lanling_desktop.hall import rules
from lanling_desktop.standards.workdays import Deadline, add_workdays, shipped

PERSON_TIMES = 932
"""The article's: people received by the halls, all of them within one calendar year."""

FOUNDED = date(2020, 1, 10)
_MONTHS = 12
_BEGINS = ("08:30", "09:00", "14:30", "19:00", "19:30")
_ROLL = (
    ("社区党组织", "社区党委副书记"),
    ("物业主管单位", "街道物业办干部"),
    ("小区党支部", "支部书记"),
    ("业委会", "业委会主任"),
    ("物业企业", "项目经理"),
    ("居民代表", "楼长"),
    ("居民代表", ""),
    ("民警", "社区民警"),
)
_DISPOSALS = (*[rules.AT_ONCE] * 9, *[rules.BY_A_DAY] * 8, *[rules.PASSED_ON] * 2)
_LATE = 0.08  # of the matters are done after their day
_OVERDUE = 3  # at most so many are late now, beside the one made late on purpose


def tell(story: Story, places: Sequence[Place]) -> list[Hall]:
    """The halls of all compounds with their year, every matter numbered."""
    halls = [
        _hall(story, place, estate, number)
        for number, (place, estate) in enumerate((p, e) for p in places for e in p.estates)
    ]
    for number, hall in enumerate(halls):
        _year(story, hall)
        if number % 30 == 0:
            _press(story, hall)
        if number % 30 == 15:
            _find_wanting(story, hall)
    _receive(story, halls)
    _number(halls)
    return halls


def _name(story: Story, sex: str = "") -> str:
    sex = sex or story.random.choice("男女")
    return story.people.surname() + story.people.given(sex, story.random.choice((1968, 1979, 1990)))


def _hall(story: Story, place: Place, estate: Estate, number: int) -> Hall:
    random = story.random
    roll = [(_name(story), side, duty) for side, duty in _ROLL[: random.choice((7, 7, 8))]]
    recorder = _name(story)
    while recorder in {name for name, _, _ in roll}:  # nobody verifies his own work
        recorder = _name(story)
    return Hall(place, estate, 5 + number * 7 % 23, random.choice(_BEGINS), roll, recorder)


# Meetings


def _year(story: Story, hall: Hall) -> None:
    """Twelve months of meetings up to the month of today, and one now and then out of turn."""
    today = story.today
    number, year = 0, 0
    months = today.year * 12 + today.month - 1
    for count in range(months - _MONTHS + 1, months + 1):
        before = date(count // 12, count % 12 + 1, 1) - timedelta(days=1)
        day = rules.next_day(hall.fixed_day, before, shipped()).day
        if before < FOUNDED:
            continue
        number = number + 1 if day.year == year else (count % 12 + 1 if year == 0 else 1)
        year = day.year
        _meet(story, hall, day, f"{year}-{number:02d}", "例会")
        extra = day + timedelta(days=11)
        if story.random.random() < 0.02 and extra < today and extra.month == day.month:
            number += 1
            _meet(story, hall, extra, f"{year}-{number:02d}", "临时")
    _close(story, hall)


def _meet(story: Story, hall: Hall, day: date, serial: str, kind: str) -> None:
    random, held = story.random, None
    status, reason = rules.HELD, ""
    if day > story.today:
        status = rules.PLANNED
    elif random.random() < 0.012 and kind == "例会":
        status, reason = rules.CANCELLED, CANCELLED
    elif day == story.today and random.random() < 0.5:
        status, reason = rules.POSTPONED, POSTPONED
    else:
        held = day
    meeting = Meeting(day, kind, status, serial, reason, held)
    hall.meetings.append(meeting)
    if status in (rules.CANCELLED, rules.POSTPONED):
        return
    for item in sorted(hall.items, key=lambda each: each.due_on or date.max):
        if item.open_on(day):
            meeting.matters.append(Matter(item.title, rules.CARRIED, item=item))
            _report(story, meeting, item)
    if held is None:
        return
    for _ in hall.roll:
        mark = random.choices(rules.ATTENDANCE, (88, 0, 9, 3))[0]
        meeting.marks.append(mark)
        meeting.excuses.append(random.choice(EXCUSES) if mark in (rules.EXCUSED,) else "")
    meeting.marks[0], meeting.excuses[0] = rules.PRESENT, ""
    if random.random() < 0.3:
        meeting.marks[-1], meeting.excuses[-1] = rules.SITTING_IN, ""
    for topic in random.sample(TOPICS, random.choice((1, 2, 2, 3))):
        meeting.matters.append(_raised(story, hall, meeting, topic))
    if random.random() < 0.05:
        _put_aside(story, hall, meeting)


def _report(story: Story, meeting: Meeting, item: Item) -> None:
    """What was said of a matter that runs on, between its raising and its end."""
    over = item.finished_on is not None and item.finished_on <= meeting.planned_on
    if meeting.held_on is None or over or item.status == rules.DEFERRED:
        return
    words = story.random.choice(PROGRESS)
    note = Note(meeting.held_on, rules.PROGRESS, words, item.responsible, at=meeting)
    item.notes.append(note)


def _raised(story: Story, hall: Hall, meeting: Meeting, topic: Topic) -> Matter:
    random = story.random
    building = f"{random.randint(1, 12)}"
    title = topic.title.format(n=building)
    made = Matter(
        title,
        random.choice(("居民来访", "网格上报", "红管家", "12345", "党组织提议", "居民来访")),
        topic,
        _name(story),
        topic.category,
        topic.description.format(n=building),
        topic.discussion,
        building=f"{building}号楼" if "{n}" in topic.title else "",
    )
    made.disposal = random.choice(_DISPOSALS)
    if made.disposal == rules.AT_ONCE:
        made.decision = topic.at_once
    else:
        made.decision = topic.measure
        made.item = _ledger(story, hall, meeting, made)
    if random.random() < 0.15:
        should = sum(each != rules.SITTING_IN for each in meeting.marks)
        came = meeting.marks.count(rules.PRESENT)
        carried = min(came, should // 2 + 1)
        if carried * 2 > should:
            made.votes = (carried, 0, came - carried)
    return made


def _put_aside(story: Story, hall: Hall, meeting: Meeting) -> None:
    """A matter that is put on the long list, or not adopted, with the reason."""
    random = story.random
    off = random.random() < 0.6
    title, category, reason = random.choice(PUT_OFF if off else REJECTED)
    made = Matter(title, "居民来访", proposer=_name(story), category=category)
    made.disposal = rules.PUT_OFF if off else rules.REJECTED
    made.discussion, made.reason, made.decision = f"与会人员讨论了“{title}”。", reason, reason
    meeting.matters.append(made)
    if off and meeting.held_on is not None:
        item = Item(TOPICS[0], title, meeting.held_on, rules.DEFERRED, hall.chair, "")
        item.deferred = reason
        made.item = item
        hall.items.append(item)


# Matters


@cache
def _deadline(day: date, workdays: int) -> Deadline:
    return add_workdays(day, workdays, shipped())


def _ledger(story: Story, hall: Hall, meeting: Meeting, matter: Matter) -> Item:
    """The line of a matter that is not finished at once, and how it goes on."""
    random, day, topic = story.random, meeting.held_on, matter.topic
    assert day is not None
    assert topic is not None
    passed_on = matter.disposal == rules.PASSED_ON
    workdays = rules.PASSED_ON_DAYS if passed_on else random.choice((5, 7, 10, 10, 15, 20))
    deadline = _deadline(day, workdays)
    item = Item(
        topic,
        matter.title,
        day,
        rules.ASSIGNED,
        hall.chair if passed_on else hall.roll[4][0],
        "街道有关办公室" if passed_on else topic.lead_unit,
        deadline.date,
        deadline,
    )
    hall.items.append(item)
    _fare(story, hall, item)
    return item


def _fare(story: Story, hall: Hall, item: Item) -> None:
    """Whether and when a matter is done, verified, given more time, sent back."""
    random, today = story.random, story.today
    assert item.due_on is not None
    late = random.random() < _LATE
    done = item.due_on + timedelta(days=random.randint(1, 6) if late else -random.randint(0, 4))
    done = max(done, item.raised_on)
    if item.due_on < today < done and story.overdue >= _OVERDUE:
        done = item.due_on
    if late and random.random() < 0.5 and item.due_on <= today:
        _extend(story, hall, item)
        done = min(done, item.due_on)
    if done > today:
        story.overdue += item.due_on < today
        item.status = random.choice((rules.REGISTERED, rules.ASSIGNED, *[rules.UNDER_WAY] * 3))
        if item.status == rules.UNDER_WAY and item.raised_on < today:
            words = random.choice(PROGRESS)
            day = item.raised_on + timedelta(days=1)
            item.notes.append(Note(day, rules.PROGRESS, words, item.responsible))
        return
    item.finished_on, item.result = done, item.topic.result
    item.status = rules.DONE
    item.notes.append(Note(done, rules.DONE, item.result, item.responsible))
    verified = done + timedelta(days=random.randint(0, 4))
    if verified > today:
        return
    item.status, item.verified_on, item.verified_by = rules.CLOSED, verified, hall.recorder
    item.notes.append(Note(verified, rules.CLOSED, item.result, hall.recorder))


def _extend(story: Story, hall: Hall, item: Item) -> None:
    assert item.due_on is not None
    until = item.due_on + timedelta(days=14)
    words = story.random.choice(EXTENSIONS)
    note = Note(item.due_on, rules.EXTENSION, words, item.responsible, until, hall.chair)
    item.notes.append(note)
    item.due_on = until


def _find_wanting(story: Story, hall: Hall) -> None:
    """A matter struck off that was not as it should be: back to whoever is to do it."""
    closed = [each for each in hall.items if each.status == rules.CLOSED]
    if not closed:
        return
    item = max(closed, key=lambda each: each.raised_on)
    item.status, item.due_on = rules.REOPENED, story.today + timedelta(days=9)
    item.finished_on = item.verified_on = None
    item.verified_by = ""
    words = "回访时居民反映问题又出现，退回重办。"
    item.notes.append(Note(story.today, rules.REOPENED, words, hall.recorder, item.due_on))
    for meeting in hall.meetings:
        if meeting.planned_on > story.today:
            meeting.matters.append(Matter(item.title, rules.CARRIED, item=item))


def _press(story: Story, hall: Hall) -> None:
    """Something for the start page: a matter that is late, one due tomorrow, one due in days."""
    today, random = story.today, story.random
    ends = ((-4, 5), (1, 1), (4, 1))
    for after, before in ends:
        meeting = _last_held(hall, today - timedelta(days=before))
        if meeting is None or meeting.held_on is None:
            continue
        topic = random.choice(TOPICS)
        made = _raised(story, hall, meeting, topic)
        if made.item is not None:
            hall.items.remove(made.item)
        made.disposal, made.decision, made.votes = rules.BY_A_DAY, topic.measure, None
        due = max(today + timedelta(days=after), meeting.held_on)
        item = Item(topic, made.title, meeting.held_on, rules.UNDER_WAY, hall.roll[4][0],
                    topic.lead_unit, due)  # fmt: skip
        words = random.choice(PROGRESS)
        item.notes.append(Note(today, rules.PROGRESS, words, item.responsible))
        made.item = item
        hall.items.append(item)
        meeting.matters.append(made)
        for later in hall.meetings:
            if later.planned_on > meeting.held_on and later.status in (rules.PLANNED, rules.HELD):
                later.matters.insert(0, Matter(item.title, rules.CARRIED, item=item))


def _last_held(hall: Hall, day: date) -> Meeting | None:
    held = [each for each in hall.meetings if each.held_on is not None and each.held_on <= day]
    return held[-1] if held else None


def _close(story: Story, hall: Hall) -> None:
    """Minutes are closed a day or two later; the last are still open now and then."""
    numbers: dict[int, int] = {}
    for meeting in hall.meetings:
        if meeting.held_on is None:
            continue
        closed = meeting.held_on + timedelta(days=story.random.randint(0, 2))
        if closed > story.today:
            continue
        meeting.closed_on = closed
        year = meeting.held_on.year
        first = int(meeting.serial[5:]) - 1
        numbers[year] = numbers.get(year, first) + 1
        meeting.minutes_no = f"〔{year}〕{numbers[year]}号"


# Visitors, and the numbers of the ledger


def visiting_year(today: date) -> tuple[date, date]:
    """The calendar year in which the article's visitors came: this one once half of it is over."""
    year = today.year if today.month > 6 else today.year - 1
    return max(date(year, 1, 1), FOUNDED), min(date(year, 12, 31), today)


def _parties(random: Random) -> Iterator[int]:
    left = PERSON_TIMES
    while left:
        size = min(left, random.choices((1, 2, 3, 5), (76, 14, 7, 3))[0])
        left -= size
        yield size


def _receive(story: Story, halls: Sequence[Hall]) -> None:
    """Who came, to which hall; some of it became a matter of its next meeting."""
    random = story.random
    first, last = visiting_year(story.today)
    brought: dict[int, list[tuple[date, Matter]]] = {}
    for number, hall in enumerate(halls):
        brought[number] = [
            (meeting.held_on, each)
            for meeting in hall.meetings
            if meeting.held_on is not None
            for each in meeting.matters
            if each.source == "居民来访" and each.topic is not None
        ]
    for size in _parties(random):
        number = random.randrange(len(halls))
        day = first + timedelta(days=random.randint(0, (last - first).days))
        visit = Visit(day, _name(story), story.people.mobile(), size, random.choice(VISITS),
                      random.choice(OUTCOMES))  # fmt: skip
        found = next((e for e in brought[number] if 0 <= (e[0] - day).days <= 40), None)
        if found is not None:
            brought[number].remove(found)
            matter = found[1]
            matter.proposer, visit.words, visit.matter = visit.name, matter.description, matter
            visit.outcome = OUTCOMES[0]
        elif (story.today - day).days < 12:
            visit.outcome = ""
        halls[number].visits.append(visit)


def _number(halls: Sequence[Hall]) -> None:
    """Matters are numbered through the office, year by year, in the order they were raised."""
    counted: dict[int, int] = {}
    items = [item for hall in halls for item in hall.items]
    for item in sorted(items, key=lambda each: each.raised_on):
        year = item.raised_on.year
        counted[year] = counted.get(year, 0) + 1
        item.serial = f"{year}-{counted[year]:04d}"
