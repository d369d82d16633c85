"""Which grade a worker's facts give under a scheme on a day, with every step in Chinese. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from lanling_desktop.salary import scheme as cells
from lanling_desktop.salary.scheme import (
    INTERMEDIATE,
    JUNIOR,
    LEVELS,
    SENIOR,
    Scheme,
    decided,
    needed,
)

_LEVEL_OF = {"助理社会工作师": JUNIOR, "社会工作师": INTERMEDIATE, "高级社会工作师": SENIOR}
_SCHOOLED = (("博士", "博士"), ("硕士", "硕士"), ("大学本科", "本科"), ("大学专科", "大专"))
_DEGREES = {"学士": "本科", "硕士": "硕士", "博士": "博士"}
_RANKS = ("大专", "本科", "硕士", "博士")
_UNQUALIFIED = ("不称职", "不合格")
_DAYS = 30  # that are left over from several periods and together make a month
_AHEAD = 12


@dataclass(frozen=True)
class Period:
    """Service in community posts from a day until the day before another; open when `until` is None."""

    since: date
    until: date | None = None
    what: str = ""


@dataclass(frozen=True)
class Schooling:
    """A school finished; `level` is 大专, 本科, 硕士 or 博士."""

    level: str
    diploma: bool
    degree: bool
    on: date


@dataclass(frozen=True)
class Held:
    """A certificate (初级, 中级, 高级) or an honour (its level), and how long it is registered."""

    level: str
    on: date
    until: date | None = None


@dataclass(frozen=True)
class Assessed:
    """The result of a year."""

    year: int
    result: str


@dataclass(frozen=True)
class Facts:
    """All of a personnel file that a grade depends on."""

    post: str
    service: tuple[Period, ...] = ()
    schooling: tuple[Schooling, ...] = ()
    certificates: tuple[Held, ...] = ()
    honours: tuple[Held, ...] = ()
    assessments: tuple[Assessed, ...] = ()


@dataclass(frozen=True)
class Determined:
    """A grade, the band of service in it, and how it was found."""

    grade: int
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Coming:
    """A change of grade that will come by itself."""

    on: date
    before: int
    after: int
    steps: tuple[str, ...]
    new: tuple[str, ...] = ()  # those of the steps that were not so the day before


def level_of_certificate(kind: str) -> str:
    """初级, 中级 or 高级 of a certificate as the personnel file names it."""
    return _LEVEL_OF.get(kind, kind)


def schooling_of(level: str | None, degree: str | None, on: date) -> Schooling | None:
    """A line of the personnel file as the rules read it; None when it counts for nothing.

    A diploma and a degree of one level are both there, or one alone: 结业 and 肄业 are no diploma.
    """
    said = level or ""
    word = next((word for head, word in _SCHOOLED if said.startswith(head)), "")
    diploma = bool(word) and said.endswith("毕业")
    held = _DEGREES.get(degree or "", "")
    if held and (not diploma or _RANKS.index(held) >= _RANKS.index(word)):
        return Schooling(held, diploma and held == word, True, on)
    return Schooling(word, True, False, on) if diploma else None


def determine_grade(facts: Facts, scheme: Scheme, day: date) -> Determined:
    """The grade on a day. Raises `OfficeError` naming a cell the scheme leaves empty."""
    post = scheme.post(facts.post)
    least = int(needed(scheme, post.min, f"{post.name}的最低等级"))
    most = int(needed(scheme, post.max, f"{post.name}的最高等级"))
    entry = int(needed(scheme, post.entry, f"{post.name}的起点等级"))
    steps: list[str] = []
    started = _start_grade(facts, scheme, day, steps)
    entry = entry if started is None else started
    steps.append(f"岗位为{post.name}，起点 {entry} 级，范围 {least} 至 {most} 级")
    years = _years(facts, scheme, day, steps) + _deemed(facts, scheme, day, steps)
    band = _band(years, scheme, steps)
    grade = entry + band - 1
    steps.append(f"起点 {entry} 级 + 第 {band} 档 - 1 = {grade} 级")
    for words, more in _added(facts, scheme, day):
        steps.append(f"{words}，加 {more} 级：{grade} + {more} = {grade + more} 级")
        grade += more
    kept = min(max(grade, least), most)
    if kept != grade:
        steps.append(f"不出本岗位范围：{grade} 级按 {kept} 级")
    steps.append(f"认定为 {kept} 级")
    return Determined(kept, tuple(steps))


def coming_steps(facts: Facts, scheme: Scheme, day: date, months: int = _AHEAD) -> list[Coming]:
    """Every change of grade in the months ahead, while nothing else changes.

    Looked for between the ends of months, then for the day: one that is taken back within the same
    month is none.
    """
    found: list[Coming] = []
    at, now = day, determine_grade(facts, scheme, day)
    last = add_months(day, months)
    while at < last:
        end = min(add_months(at.replace(day=1), 1), last)
        then = determine_grade(facts, scheme, end)
        while then.grade != now.grade:
            at, now = _next_change(facts, scheme, at, end, now, found)
        at, now = end, then
    return found


def _next_change(
    facts: Facts, scheme: Scheme, since: date, until: date, now: Determined, found: list[Coming]
) -> tuple[date, Determined]:
    """The first day after `since` with another grade, by halves; `until` has another."""
    low, high = 0, (until - since).days
    before = now
    while high - low > 1:
        middle = (low + high) // 2
        tried = determine_grade(facts, scheme, since + timedelta(days=middle))
        if tried.grade == now.grade:
            low, before = middle, tried
        else:
            high = middle
    on = since + timedelta(days=high)
    then = determine_grade(facts, scheme, on)
    new = tuple(each for each in then.steps[:-1] if each not in before.steps)
    found.append(Coming(on, now.grade, then.grade, then.steps, new))
    return on, then


def higher_kept(scheme: Scheme, before: int, found: Determined) -> Determined:
    """At a change of post the higher grade stays, where the scheme says so."""
    if not scheme.keep_higher or before <= found.grade:
        return found
    words = f"岗位变动后就高：原 {before} 级高于 {found.grade} 级，按 {before} 级"
    return replace(found, grade=before, steps=(*found.steps, words))


# Service


def add_months(day: date, months: int) -> date:
    """The same day months later; the last of a shorter month for one that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def months_between(since: date, until: date) -> tuple[int, int]:
    """Whole months, and the days left over, from a day until before another."""
    months = (until.year - since.year) * 12 + until.month - since.month
    while add_months(since, months) > until:
        months -= 1
    return months, (until - add_months(since, months)).days


def _cut(scheme: Scheme, day: date) -> date:
    """Until which day service counts for a grade held on a day."""
    when = decided(scheme, scheme.tenure.adjust_on, cells.ADJUST)
    if when == "01-01":
        return date(day.year, 1, 1)
    return day.replace(day=1) if when == "next_month" else day


def merged(periods: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Periods in order, those that touch or overlap as one."""
    found: list[tuple[date, date]] = []
    for since, until in sorted(each for each in periods if each[0] < each[1]):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return found


def without(
    periods: list[tuple[date, date]], since: date, until: date
) -> Iterator[tuple[date, date]]:
    """Periods with another cut out of them; some may be left empty."""
    for a, b in periods:
        yield a, min(b, since)
        yield max(a, until), b


def _counted(facts: Facts, scheme: Scheme, cut: date) -> list[tuple[date, date]]:
    said = ((each.since, min(each.until or cut, cut)) for each in facts.service)
    periods = merged(said)
    broken = len(periods) > 1 or bool(periods and periods[-1][1] < cut)
    if broken and not decided(scheme, scheme.tenure.exclude_gaps, cells.GAPS):
        periods = [(periods[0][0], cut)]
    if _dropped(facts, scheme):
        for each in facts.assessments:
            if each.result in _UNQUALIFIED:
                year = date(each.year, 1, 1), date(each.year + 1, 1, 1)
                periods = merged(without(periods, *year))
    return periods


def _dropped(facts: Facts, scheme: Scheme) -> list[int]:
    """The years that do not count because of their assessment."""
    years = sorted(each.year for each in facts.assessments if each.result in _UNQUALIFIED)
    if not years:
        return []
    dropped = decided(scheme, scheme.tenure.exclude_unqualified_years, cells.UNQUALIFIED)
    return years if dropped else []


def _years(facts: Facts, scheme: Scheme, day: date, steps: list[str]) -> int:
    cut = _cut(scheme, day)
    months = days = 0
    for since, until in _counted(facts, scheme, cut):
        whole, rest = months_between(since, until)
        steps.append(f"社区工作 {since} 至 {until - timedelta(days=1)}：{_length(whole, rest)}")
        months, days = months + whole, days + rest
    months += days // _DAYS
    dropped = _dropped(facts, scheme)
    if dropped:
        steps.append(f"{'、'.join(map(str, dropped))} 年考核不称职，不计工龄")
    if (months % 12 or days % _DAYS) and (
        decided(scheme, scheme.tenure.part_year, cells.PART_YEAR) == "round_up"
    ):
        years = -(-(months * _DAYS + days % _DAYS) // (12 * _DAYS))
        steps.append(f"算到 {cut}，不满一年的算一年，计 {years} 年")
    else:
        years = months // 12
        steps.append(f"算到 {cut}，只算整年，计 {years} 年")
    return years


def _length(months: int, days: int) -> str:
    years, rest = divmod(months, 12)
    parts = ((years, "年"), (rest, "个月"), (days, "天"))
    return " ".join(f"{n} {unit}" for n, unit in parts if n) or "0 天"


def _band(years: Decimal | int, scheme: Scheme, steps: list[str]) -> int:
    per = needed(scheme, scheme.tenure.years_per_band, "几年一档")
    ratio = Decimal(years) / per
    if decided(scheme, scheme.tenure.banding, cells.BANDING) == "floor_plus1":
        band = int(ratio.to_integral_value(ROUND_FLOOR)) + 1
        steps.append(f"{years} 年，每满 {per} 年升一档：第 {band} 档")
    else:
        band = max(1, int(ratio.to_integral_value(ROUND_CEILING)))
        steps.append(f"{years} 年，{per} 年一档，不满一档的算一档：第 {band} 档")
    return band


# Education, certificates, honours


def _highest(facts: Facts, day: date) -> tuple[str, bool] | None:
    """The highest level reached by a day, and whether diploma and degree are both there.

    A degree and a diploma of one level, from two lines of the file, make it whole.
    """
    held: dict[str, list[bool]] = {}
    for each in facts.schooling:
        if each.on <= day:
            kept = held.setdefault(each.level, [False, False])
            kept[0] |= each.diploma
            kept[1] |= each.degree
    level = max(held, key=_RANKS.index, default=None)
    return (level, all(held[level])) if level is not None else None


def _start_grade(facts: Facts, scheme: Scheme, day: date, steps: list[str]) -> int | None:
    reached = _highest(facts, day)
    if reached is None or (
        decided(scheme, scheme.education.mode, cells.EDUCATION) != "start_grade"
    ):
        return None
    if reached[0] not in scheme.education.full:
        return None
    place = f"学历“{reached[0]}”的起点等级"
    grade = int(needed(scheme, scheme.education.full[reached[0]], place))
    steps.append(f"学历{reached[0]}，起点定为 {grade} 级")
    return grade


def _deemed(facts: Facts, scheme: Scheme, day: date, steps: list[str]) -> Decimal:
    reached = _highest(facts, day)
    if reached is None or scheme.education.mode not in ("deemed_years", "add_grades"):
        return Decimal(0)
    level, whole = reached
    if whole and scheme.education.mode == "add_grades":
        return Decimal(0)
    table = scheme.education.full if whole else scheme.education.partial_deemed_years
    if level not in table:
        return Decimal(0)
    years = needed(scheme, table[level], f"学历“{level}”折算的年限")
    words = "学历学位齐全" if whole else "学历学位只有一项"
    steps.append(f"{level}，{words}，视同工作 {years} 年")
    return years


def _added(facts: Facts, scheme: Scheme, day: date) -> Iterator[tuple[str, int]]:
    """What adds grades, in words, and how many."""
    reached = _highest(facts, day)
    if reached and reached[1] and scheme.education.mode == "add_grades":
        level = reached[0]
        if level in scheme.education.full:
            cell = f"学历“{level}”的加级"
            yield f"{level}，学历学位齐全", int(needed(scheme, scheme.education.full[level], cell))
    held = effective_certificates(facts, scheme, day)
    if held and decided(scheme, scheme.certificate.mode, cells.CERTIFICATE) == "add_grades":
        for level in held:
            cell = f"证书“{level}”的加级"
            more = int(needed(scheme, scheme.certificate.grades.get(level), cell))
            yield f"持{level}职业证书", more
    levels = {each.level for each in facts.honours if each.on <= day}
    if levels and decided(scheme, scheme.honour.mode, cells.HONOUR) == "add_grades":
        for level in sorted(levels & set(scheme.honour.grades)):
            more = int(needed(scheme, scheme.honour.grades[level], f"荣誉“{level}”的加级"))
            yield f"获{level}荣誉", more


def effective_certificates(facts: Facts, scheme: Scheme, day: date) -> tuple[str, ...]:
    """The levels of certificate that count on a day, highest first; one where only it counts."""
    rule = scheme.certificate
    held = set()
    for each in facts.certificates:
        begins = each.on
        if rule.effective == "next_month":
            begins = add_months(each.on.replace(day=1), 1)
        lapsed = rule.requires_registration and each.until is not None and each.until < day
        if begins <= day and not lapsed and each.level in LEVELS:
            held.add(each.level)
    found = tuple(each for each in reversed(LEVELS) if each in held)
    return found[:1] if rule.highest_only else found
