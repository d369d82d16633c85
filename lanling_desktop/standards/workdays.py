"""Working days by the State Council's yearly holiday notices, and deadlines counted in them."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from lanling_desktop.paths import resource
from lanling_desktop.standards import text
from lanling_desktop.standards.dates import paper

_WEEKDAYS = "一二三四五六日"
_HALF = str.maketrans({"\uff1a": ":", "\uff08": "(", "\uff09": ")", "\uff1b": "。", ";": "。"})
_YEAR = re.compile(r"(\d{4})年(?:部分)?(?:节假日|元旦|放假)")
_ITEM = re.compile(r"^\s*[一二三四五六七八九十]+\s*、\s*([^:\n]{2,20}?)\s*:(.*)$", re.MULTILINE)
_DAY = re.compile(
    r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?(\s*(?:至|到|[-~\u2013\u2014\uff0d])\s*)?"
)
_SAID_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_COUNT = re.compile(r"共(\d+)天")


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day a notice names: off, or worked instead of another day (`off` False)."""

    day: datetime.date
    name: str
    off: bool


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """What the notice of one year arranges; a day may lie in the year before."""

    year: int
    days: tuple[SpecialDay, ...]

    @property
    def off(self) -> frozenset[datetime.date]:
        """Days off."""
        return frozenset(special.day for special in self.days if special.off)

    @property
    def work(self) -> frozenset[datetime.date]:
        """Saturdays and Sundays that are worked."""
        return frozenset(special.day for special in self.days if not special.off)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Last day of a period counted in working days, with how it was counted."""

    date: datetime.date
    steps: tuple[str, ...]
    unknown_years: tuple[int, ...]


class Holidays:
    """The holiday arrangements known to the office, year by year."""

    def __init__(self, years: Iterable[HolidayYear] = ()) -> None:
        self._years = {one.year: one for one in years}
        self._days = {special.day: special for one in self._years.values() for special in one.days}

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[int, datetime.date, str, bool]]) -> Holidays:
        """Arrangements from rows of (year of the notice, day, name, off)."""
        years: dict[int, list[SpecialDay]] = {}
        for year, day, name, off in rows:
            years.setdefault(year, []).append(SpecialDay(day, name, off))
        return cls(HolidayYear(year, tuple(days)) for year, days in years.items())

    @property
    def years(self) -> tuple[int, ...]:
        """Years whose notice is known."""
        return tuple(sorted(self._years))

    def with_year(self, year: HolidayYear) -> Holidays:
        """The same arrangements with one year added or replaced."""
        return Holidays({**self._years, year.year: year}.values())

    def known(self, year: int) -> bool:
        """Whether the notice of that year is known."""
        return year in self._years

    def special(self, day: datetime.date) -> SpecialDay | None:
        """What a notice says of the day, if it names it."""
        return self._days.get(day)

    def is_workday(self, day: datetime.date) -> bool:
        """Whether the day is worked; Monday to Friday where no notice names it."""
        special = self._days.get(day)
        return not special.off if special else day.weekday() < 5


@cache
def shipped() -> Holidays:
    """The arrangements shipped with the program."""
    with resource("codes/holidays.csv").open(encoding="utf-8", newline="") as lines:
        return Holidays.from_rows(
            (
                int(row["year"]),
                datetime.date.fromisoformat(row["date"]),
                row["name"],
                row["kind"] == "放假",
            )
            for row in csv.DictReader(lines)
        )


def parse_notice(notice: str, year: int | None = None) -> HolidayYear:
    """Read the pasted notice of the State Council's office (国务院办公厅…节假日安排的通知).

    Weekdays and day counts that the notice states are checked against the calendar; what does
    not agree, or cannot be read, is a ValueError with Chinese words.
    """
    plain = text.clean(notice, multiline=True).translate(_HALF)
    if year is None:
        found = _YEAR.search(re.sub(r"\s", "", plain))
        if not found:
            raise ValueError("没有找到“某年部分节假日安排”字样，请把通知标题一起粘贴进来")
        year = int(found[1])
    items = _ITEM.findall(plain)
    if not items:
        raise ValueError("没有找到“一、元旦：…”这样的条目，请粘贴通知全文")
    days: dict[datetime.date, SpecialDay] = {}
    for name, body in items:
        for special in _read_item(name, body, year):
            if days.setdefault(special.day, special).off != special.off:
                raise ValueError(f"{paper(special.day)}既放假又上班，请核对粘贴的通知")
    return HolidayYear(year, tuple(days[day] for day in sorted(days)))


def add_workdays(start: datetime.date, n: int, calendar: Holidays) -> Deadline:
    """The n-th working day after `start`; the day of start itself does not count."""
    if n < 1:
        raise ValueError("工作日天数至少为1")
    counted: list[tuple[datetime.date, int]] = []
    day, done = start, 0
    while done < n:
        day += datetime.timedelta(days=1)
        done += calendar.is_workday(day)
        counted.append((day, done))
    steps = [f"自{_shown(start)}的次日起算，计{n}个工作日"]
    for (word, works), group in groupby(counted, key=lambda pair: _kind(pair[0], calendar)):
        run = list(group)
        first, last = run[0][0], run[-1][0]
        span = _shown(first) if first == last else f"{_shown(first)}至{_shown(last)}"
        effect = f"计{len(run)}天，累计{run[-1][1]}个工作日" if works else "不计"
        steps.append(f"{span}：{word}，{effect}")
    passed = range(start.year, day.year + 1) if counted else ()
    unknown = tuple(
        year
        for year in passed
        if not calendar.known(year) and any(one.year == year for one, _ in counted)
    )
    steps += [f"{year}年放假安排未录入，按周一至周五估算" for year in unknown]
    steps.append(f"到期日为{_shown(day)}")
    return Deadline(day, tuple(steps), unknown)


def count_workdays(start: datetime.date, end: datetime.date, calendar: Holidays) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -count_workdays(end, start, calendar)
    days = (start + datetime.timedelta(days=more) for more in range(1, (end - start).days + 1))
    return sum(calendar.is_workday(day) for day in days)


def _shown(day: datetime.date) -> str:
    return f"{paper(day)}（周{_WEEKDAYS[day.weekday()]}）"


def _kind(day: datetime.date, calendar: Holidays) -> tuple[str, bool]:
    special = calendar.special(day)
    if special and not special.off:
        return f"{special.name}调休上班", True
    if special:
        return f"{special.name}放假", False
    return ("工作日", True) if day.weekday() < 5 else ("周末", False)


def _read_item(name: str, body: str, year: int) -> list[SpecialDay]:
    found: list[SpecialDay] = []
    for sentence in body.split("。"):
        if "鼓励" in sentence:  # advice to units, not an arrangement
            continue
        works = "上班" in sentence
        if not works and not re.search(r"放假|补休|休息|连休", sentence):
            if _DAY.search(sentence):
                raise ValueError(f"“{name}”一条里看不出是放假还是上班：{sentence.strip()}")
            continue
        days = _read_days(name, sentence, year)
        said = _COUNT.search(sentence)
        if said and int(said[1]) != len(days):
            raise ValueError(f"“{name}”说共{said[1]}天，按日期却是{len(days)}天，请核对")
        found += [SpecialDay(day, name, not works) for day in days]
    if not any(special.off for special in found):
        raise ValueError(f"“{name}”一条里没有读到放假日期，请核对粘贴的通知")
    return found


def _read_days(name: str, sentence: str, year: int) -> list[datetime.date]:
    days: list[datetime.date] = []
    month, ranged = 0, False
    for token in _DAY.finditer(sentence):
        month = int(token[2]) if token[2] else month
        try:
            day = datetime.date(int(token[1]) if token[1] else year, month, int(token[3]))
        except ValueError:
            raise ValueError(f"“{name}”一条里的日期“{token[0]}”不对，请核对") from None
        said = _SAID_WEEKDAY.search(token[4] or "")
        if said and said[1].replace("天", "日") != _WEEKDAYS[day.weekday()]:
            raise ValueError(f"{paper(day)}不是{said[0]}，请核对通知的年份和日期")
        if ranged:
            between = (day - days[-1]).days
            if not 0 < between < 31:
                raise ValueError(f"“{name}”一条里的起止日期不对：{sentence.strip()}")
            days += [days[-1] + datetime.timedelta(days=more) for more in range(1, between)]
        days.append(day)
        ranged = bool(token[5])
    return days
