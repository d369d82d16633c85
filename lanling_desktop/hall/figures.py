"""What the halls did in a month or a year: every figure with its steps and the records behind it.

A figure is the count of a list, or the sum of one of its columns; the lists are said once, in
`COUNTS`, and counted for one hall, for a community, or for all halls at once.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from sqlalchemy import select

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Condition, View
from lanling_desktop.core.records import table_of
from lanling_desktop.hall import rules
from lanling_desktop.hall.records import MeetingHall
from lanling_desktop.places.records import Community
from lanling_desktop.standards import pinyin
from lanling_desktop.standards.dates import paper

NO_HALL, NO_COMMUNITY = "未注明议事厅", "未注明社区"
_HALL = {"meeting_hall": "id", "agenda_item": "hall"}
_COMMUNITY = {"agenda_item": "community"}


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year. What is not over yet is counted up to the office's day."""

    first: date
    last: date
    title: str

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return self.first.month != self.last.month

    def end(self, today: date) -> date:
        """The day as of which it is counted."""
        return max(self.first, min(self.last, today))


def month_of(day: date) -> Period:
    """The month a day is in."""
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return Period(day.replace(day=1), last, f"{day.year}年{day.month}月")


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year}年")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value and text, how it was counted, and the list of what was counted.

    `sums` is the column of the list whose sum it is; empty where it is the list's count. A rate
    has a `Decimal` in per cent, None where nothing was due; its list is what it is a share of.
    """

    key: str
    label: str
    value: int | Decimal | None
    text: str
    view: View | None
    steps: tuple[str, ...]
    sums: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one hall, of one community, or of a community's records without a hall."""

    hall_id: str
    community_id: str
    title: str
    community: str
    values: Mapping[str, int]

    def text(self, key: str) -> str:
        """A figure as the summary writes it."""
        return text_of(key, self.values)


@dataclass(frozen=True, slots=True)
class Bars:
    """Matters raised and struck off by month; None for months that are still to come."""

    title: str
    months: tuple[str, ...]
    raised: tuple[int | None, ...]
    closed: tuple[int | None, ...]


@dataclass(frozen=True)
class _Count:
    """A figure that is counted: its list over a period, and in words what is in it."""

    key: str
    label: str
    unit: str
    words: str
    view: Callable[[Period, date], View]
    sums: str = ""
    sums_of_year: str = ""

    def column(self, period: Period) -> str:
        return self.sums_of_year or self.sums if period.is_year else self.sums


@dataclass(frozen=True)
class _Rate:
    """A figure that is a share of two counted ones."""

    key: str
    label: str
    part: str
    whole: str
    words: str


def _within(key: str, period: Period, end: date) -> tuple[Condition, Condition]:
    return Condition(key, ">=", period.first.isoformat()), Condition(key, "<=", end.isoformat())


def _halls(_period: Period, end: date) -> View:
    return View("meeting_hall", day=end)


def _meetings(kind: str = "") -> Callable[[Period, date], View]:
    of_kind = (Condition("kind", "=", kind),) if kind else ()
    held = Condition("status", "=", rules.HELD)

    def view(period: Period, end: date) -> View:
        return View("hall_meeting", conditions=(held, *of_kind, *_within("held_on", period, end)))

    return view


def _topics(*more: Condition) -> Callable[[Period, date], View]:
    new = Condition("source", "!=", rules.CARRIED)

    def view(period: Period, end: date) -> View:
        return View("agenda_item", conditions=(new, *more, *_within("held_on", period, end)))

    return view


def _visits(period: Period, end: date) -> View:
    return View("visitor_reception", conditions=_within("visited_on", period, end))


def _closed(period: Period, end: date) -> View:
    struck = Condition("status", "=", rules.CLOSED)
    return View("action_item", conditions=(struck, *_within("verified_on", period, end)))


def _asked(ready: str = "") -> Callable[[Period, date], View]:
    said = Condition("status", "=", rules.CLOSED), Condition("satisfied", "filled", "")

    def view(period: Period, end: date) -> View:
        conditions = (*said, *_within("verified_on", period, end))
        return View("action_item", ready=ready, conditions=conditions)

    return view


def _open(_period: Period, end: date) -> View:
    raised = Condition("raised_on", "<=", end.isoformat())
    return View("action_item", ready="open", day=end, conditions=(raised,))


def _overdue(_period: Period, end: date) -> View:
    return View("action_item", ready="overdue", day=end)


def _due(ready: str = "") -> Callable[[Period, date], View]:
    running = Condition("status", "!=", rules.DEFERRED)

    def view(period: Period, end: date) -> View:
        conditions = (running, *_within("due_on", period, end))
        return View("action_item", ready=ready, day=end if ready else None, conditions=conditions)

    return view


COUNTS = (
    _Count("halls", "议事厅", "个", "{end}在册的议事厅", _halls),
    _Count(
        "due", "应开例会", "次", "{end}在册的议事厅，每厅每月一次", _halls,
        sums_of_year="due_in_year",
    ),
    _Count("held", "已开例会", "次", "{span}已召开的例会", _meetings("例会")),
    _Count("extra", "临时会议", "次", "{span}已召开的临时会议", _meetings("临时")),
    _Count("attendance", "参会人次", "人次", "{span}各次会议实到人数之和", _meetings(),
           sums="attended"),
    _Count("visitors", "来访人次", "人次", "{span}来访登记的人次之和", _visits, sums="people"),
    _Count("raised", "提出议题", "件", "{span}召开的会议的议题，不含上月遗留的", _topics()),
    _Count("at_once", "当场解决", "件", "其中处理方式为“当场解决”的",
           _topics(Condition("disposal", "=", rules.AT_ONCE))),
    _Count("by_a_day", "限期解决", "件", "其中处理方式为“限期解决”的",
           _topics(Condition("disposal", "=", rules.BY_A_DAY))),
    _Count("closed", "销号", "件", "销号日期在{span}的台账事项，不论何时提出", _closed),
    _Count("open", "未销号", "件", "{end}为止议定、到这一天还没有销号的台账事项（含挂账）", _open),
    _Count("overdue", "超期", "件",
           "完成时限早于{end}、到这一天还没有办结的台账事项，不含挂账；时限以延期后的为准",
           _overdue),
    _Count("due_items", "到期事项", "件", "完成时限在{span}的台账事项，不含挂账", _due()),
    _Count("on_time", "按时办结", "件", "其中办结日期不晚于完成时限的", _due("on_time")),
    _Count("asked", "回访评价", "件", "销号日期在{span}、问过群众评价的台账事项", _asked()),
    _Count("content", "群众满意", "件", "其中评价为“满意”或“基本满意”的",
           _asked("content")),
)  # fmt: skip
"""Every counted figure of domain.md 3.2 in the order it is shown."""

RATES = (
    _Rate("on_time_rate", "按时办结率", "on_time", "due_items", "按时办结 {} 件 ÷ 到期事项 {} 件"),
    _Rate("closing_rate", "销号率", "closed", "raised", "销号 {} 件 ÷ 提出议题 {} 件"),
    _Rate("content_rate", "满意率", "content", "asked", "群众满意 {} 件 ÷ 回访评价 {} 件"),
)
LABELS = {each.key: each.label for each in (*COUNTS, *RATES)}
_CLOSING_NOTE = "销号的可能是以前提出的，所以会超过 100%；当场解决的不进台账，不算销号"


# One hall, one community, the whole office


def monthly(
    office: Office, month: date, *, community_id: str = "", hall_id: str = ""
) -> tuple[Figure, ...]:
    """The figures of the month a day is in."""
    return figures(office, month_of(month), community_id=community_id, hall_id=hall_id)


def yearly(
    office: Office, year: int, *, community_id: str = "", hall_id: str = ""
) -> tuple[Figure, ...]:
    """The figures of a calendar year."""
    return figures(office, year_of(year), community_id=community_id, hall_id=hall_id)


def figures(
    office: Office, period: Period, *, community_id: str = "", hall_id: str = ""
) -> tuple[Figure, ...]:
    """The figures of a period, of one hall, of one community or of the office: one count each."""
    end = period.end(office.today)
    where = _where(office, community_id, hall_id)
    made: dict[str, Figure] = {}
    for each in COUNTS:
        view = _narrowed(_today(each.view(period, end), office), community_id, hall_id)
        sums = each.column(period)
        value = int(office.rows(office.listing(view).tally((), sums))[0][0])
        steps = (where, said(each.key, period, end), f"共 {value} {each.unit}")
        made[each.key] = Figure(each.key, each.label, value, f"{value:,}", view, steps, sums)
    values = {key: int(one.value or 0) for key, one in made.items()}
    for rate in RATES:
        value_of_rate = share(values[rate.part], values[rate.whole])
        counted = rate.words.format(values[rate.part], values[rate.whole])
        text = text_of(rate.key, values)
        steps = (where, said(rate.key, period, end), f"{counted} ＝ {text}")
        whole = made[rate.whole].view
        made[rate.key] = Figure(rate.key, rate.label, value_of_rate, text, whole, steps)
    return tuple(made.values())


def said(key: str, period: Period, end: date, *, brief: bool = False) -> str:
    """In words what a figure counts; `brief` leaves out the days."""
    span, until = f"{paper(period.first)}至{paper(end)}", paper(end)
    if brief:
        span, until = "本期", "期末"
    if key == "due" and period.is_year:
        return f"{until}在册的议事厅，每厅从当年一月（当年设立的从设立月份）起每月一次"
    for each in COUNTS:
        if each.key == key:
            return each.words.format(span=span, end=until)
    rate = next(each for each in RATES if each.key == key)
    counted = rate.words.replace(" {} 件", "")
    return f"{counted}；{_CLOSING_NOTE}" if key == "closing_rate" else counted


def share(part: int, whole: int) -> Decimal | None:
    """A share in per cent with one decimal; None of nothing."""
    if not whole:
        return None
    return (Decimal(part * 100) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def text_of(key: str, values: Mapping[str, int]) -> str:
    """A figure in words, a rate out of the counts it is made of; — where nothing was due."""
    for rate in RATES:
        if rate.key == key:
            value = share(values.get(rate.part, 0), values.get(rate.whole, 0))
            return "—" if value is None else f"{value}%"
    return f"{values.get(key, 0):,}"


def _narrowed(view: View, community_id: str, hall_id: str) -> View:
    if hall_id and view.register == "meeting_hall":
        return replace(view, ids=(hall_id,))
    if hall_id:
        return replace(view, parent=(_HALL.get(view.register, "hall_id"), hall_id))
    if community_id and view.register in _COMMUNITY:
        return replace(view, parent=(_COMMUNITY[view.register], community_id))
    return replace(view, community=community_id)


def _today(view: View, office: Office) -> View:
    """A list as of today is the living one: it can be worked in."""
    return replace(view, day=None) if view.day == office.today else view


def _where(office: Office, community_id: str, hall_id: str) -> str:
    if hall_id:
        return f"范围：{office.read('meeting_hall', hall_id).title}"
    if community_id:
        return f"范围：{office.read('community', community_id).title}"
    return "范围：全部社区"


# All halls at once


def table(
    office: Office,
    month: date | Period,
    by: Literal["hall", "community"] = "hall",
    *,
    community_id: str = "",
    hall_id: str = "",
) -> tuple[Line, ...]:
    """A line per hall or per community in the order of their names: one statement per figure."""
    period = month if isinstance(month, Period) else month_of(month)
    counted = _Sheet()
    end = period.end(office.today)
    for each in COUNTS:
        view = _narrowed(each.view(period, end), community_id, hall_id)
        tally = office.listing(view).tally(_groups(view), each.column(period))
        for hall, community, number in office.rows(tally):
            place = (hall if by == "hall" else "", community)
            counted.add(place, each.key, int(number))
    return _named(office, counted, by)


def total(lines: Iterable[Line]) -> dict[str, int]:
    """The sums of lines, by key."""
    summed: Counter[str] = Counter()
    for line in lines:
        summed.update(line.values)
    return {each.key: summed[each.key] for each in COUNTS}


@dataclass
class _Sheet:
    """Counts by hall and community, either of which may be unknown."""

    lines: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)

    def add(self, place: tuple[str | None, str | None], key: str, number: int) -> None:
        line = self.lines.setdefault((place[0] or "", place[1] or ""), {})
        line[key] = line.get(key, 0) + number


def _groups(view: View) -> tuple[str, str]:
    hall = _HALL.get(view.register, "hall_id")
    return hall, _COMMUNITY.get(view.register, "community_id")


def _named(office: Office, counted: _Sheet, by: str) -> tuple[Line, ...]:
    halls, communities = _titles(office)
    lines = []
    for (hall, community), values in counted.lines.items():
        if not any(values.values()):
            continue
        of = communities.get(community, NO_COMMUNITY)
        title = halls.get(hall, NO_HALL) if by == "hall" else of
        lines.append(Line(hall, community, title, of, values))
    return tuple(sorted(lines, key=_order))


def _order(line: Line) -> tuple[bool, str, str, bool, str]:
    nowhere, no_hall = not line.community_id, line.title == NO_HALL
    of, own = pinyin.sort_key(line.community), pinyin.sort_key(line.title)
    return nowhere, of, line.community_id, no_hall, own


def _titles(office: Office) -> tuple[dict[str, str], dict[str, str]]:
    hall, community = table_of(MeetingHall).c, table_of(Community).c
    halls = {key: name or "" for key, name in office.rows(select(hall.id, hall.name))}
    places = {key: name or "" for key, name in office.rows(select(community.id, community.name))}
    return halls, places


# By month, for the charts


def bars(
    office: Office,
    year: int,
    hall_id: str = "",
    *,
    community_id: str = "",
    until: date | None = None,
) -> Bars:
    """Matters raised and struck off in each month of a year, up to `until` or today."""
    end = min(until or office.today, year_of(year).end(office.today))
    raised, closed = _by_month(office, end, community_id, hall_id, by=())
    if hall_id:
        title = office.read("meeting_hall", hall_id).title
    elif community_id:
        title = office.read("community", community_id).title
    else:
        title = "全部社区"
    return _bars(end, title, raised.get("", {}), closed.get("", {}))


def bars_by_hall(
    office: Office, year: int, *, community_id: str = "", until: date | None = None
) -> dict[str, Bars]:
    """The same for every hall with something to show, in the order of their names: two statements."""
    end = min(until or office.today, year_of(year).end(office.today))
    raised, closed = _by_month(office, end, community_id, "", by=("hall",))
    halls, _ = _titles(office)
    known = sorted({*raised, *closed} & {*halls}, key=lambda each: pinyin.sort_key(halls[each]))
    return {
        each: _bars(end, halls[each], raised.get(each, {}), closed.get(each, {})) for each in known
    }


_Months = dict[str, dict[int, int]]


def _by_month(
    office: Office, end: date, community_id: str, hall_id: str, by: tuple[str, ...]
) -> tuple[_Months, _Months]:
    period = year_of(end.year)
    found: list[_Months] = []
    for make, day in ((_topics(), "held_on"), (_closed, "verified_on")):
        view = _narrowed(make(period, end), community_id, hall_id)
        keys = (_groups(view)[0],) if by else ()
        months: _Months = {}
        for *hall, when, number in office.rows(office.listing(view).tally((*keys, day))):
            of_hall = months.setdefault((hall[0] or "") if hall else "", {})
            of_hall[when.month] = of_hall.get(when.month, 0) + int(number)
        found.append(months)
    return found[0], found[1]


def _bars(end: date, title: str, raised: Mapping[int, int], closed: Mapping[int, int]) -> Bars:
    def by_month(found: Mapping[int, int]) -> tuple[int | None, ...]:
        return tuple(found.get(n, 0) if n <= end.month else None for n in range(1, 13))

    months = tuple(f"{month}月" for month in range(1, 13))
    return Bars(title, months, by_month(raised), by_month(closed))
