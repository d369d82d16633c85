"""Careers as the office's records have them, drawn at random; and what the second engine reads of them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace as Row
from typing import Any

from hypothesis import strategies as st

from lanling_desktop.core.records import table_of
from lanling_desktop.salary import records as kept
from lanling_desktop.salary import rules
from lanling_desktop.salary.reading import Known
from lanling_desktop.staff import records as staff
from tests.salary import second_engine as second

POSTS = ("正职", "副职", "工作人员")
MONTHS = tuple(date(2025 + n // 12, n % 12 + 1, 1) for n in range(24))
_KINDS = {
    "post": staff.PostHolding, "grade": kept.GradeDecision, "absence": kept.PayAbsence,
    "item": kept.MonthItem, "score": kept.PerformanceScore, "base": kept.ContributionBase,
    "deduction": kept.TaxDeduction, "opening": kept.TaxOpening, "slip": kept.PaySlip,
    "history": kept.PayHistory, "correction": kept.PayCorrection, "school": staff.Education,
    "certificate": staff.Certificate, "honour": staff.Honour, "assessed": staff.Assessment,
    "served": staff.ServicePeriod,
}  # fmt: skip
_LEVELS = {"助理社会工作师": "初级", "社会工作师": "中级", "高级社会工作师": "高级"}
_SCHOOLS = {
    "大学专科毕业": "大专", "大学本科毕业": "本科", "硕士研究生毕业": "硕士", "博士研究生毕业": "博士",
    "大学本科结业": None,
}  # fmt: skip
_DEGREES = {"学士": "本科", "硕士": "硕士", "博士": "博士", None: None}


@dataclass
class Career:
    """A worker, and by kind everything written about him."""

    worker: Row
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Row]:
        """What is written of a kind."""
        return self.rows.setdefault(kind, [])

    def file(self) -> Known:
        """The same as the office reads it."""
        return Known({
            table_of(kind).name: {self.worker.id: list(self.of(name))}
            for name, kind in _KINDS.items()
        })  # fmt: skip


# Drawn

DAYS = st.dates(date(2000, 1, 1), date(2025, 6, 30))
SOON = st.dates(date(2024, 10, 1), date(2026, 12, 31))


def spans(draw: st.DrawFn, most: int, **said: Any) -> list[Row]:
    """Periods one after another, with gaps or without."""
    days = sorted(draw(st.sets(SOON, max_size=2 * most)))
    return [
        Row(valid_from=a, valid_to=b, **{name: draw(each) for name, each in said.items()})
        for a, b in zip(days[::2], [*days[1::2], None], strict=False)
    ]


@st.composite
def careers(draw: st.DrawFn, grade_on: Callable[[Career, str, date], int]) -> Career:
    """A worker with his file; `grade_on` says which grade the rules give him."""
    begun, left = draw(DAYS), draw(st.none() | st.none() | SOON)
    hired = begun + timedelta(draw(st.integers(0, 900)))
    hired = min(hired, date(2026, 10, 15))
    if left is not None and left < hired:
        left = None
    career = Career(
        Row(id="w", name="张三", code="1", hired_on=hired, left_on=left, community_work_on=begun)
    )
    _draw_file(draw, career)
    _draw_posts(draw, career, grade_on)
    _draw_year(draw, career)
    return career


def _draw_file(draw: st.DrawFn, career: Career) -> None:
    school = st.tuples(st.sampled_from(tuple(_SCHOOLS)), st.sampled_from(tuple(_DEGREES)), DAYS)
    career.rows["school"] = [
        Row(level=level, degree=degree, awarded_on=on)
        for level, degree, on in draw(st.lists(school, max_size=2))
    ]
    held = st.tuples(st.sampled_from(tuple(_LEVELS)), DAYS | SOON, st.none() | SOON)
    career.rows["certificate"] = [
        Row(kind=kind, awarded_on=on, registered_to=until)
        for kind, on, until in draw(st.lists(held, max_size=2))
    ]
    honour = st.tuples(st.sampled_from(("国家", "省", "县")), DAYS)
    career.rows["honour"] = [
        Row(level=level, awarded_on=on) for level, on in draw(st.lists(honour, max_size=2))
    ]
    year = st.tuples(st.integers(2000, 2025), st.sampled_from(("称职", "不称职")))
    career.rows["assessed"] = [
        Row(year=year, result=result) for year, result in draw(st.lists(year, max_size=2))
    ]
    span = st.tuples(DAYS, st.none() | st.integers(1, 4000), st.booleans())
    career.rows["served"] = [
        Row(valid_from=a, valid_to=None if n is None else a + timedelta(n), counted=yes)
        for a, n, yes in draw(st.lists(span, max_size=2))
    ]


def _draw_posts(
    draw: st.DrawFn, career: Career, grade_on: Callable[[Career, str, date], int]
) -> None:
    """Posts one after another, some with days between; each with a grade, and grades anew."""
    hired = career.worker.hired_on
    days = sorted({hired, *(day for day in draw(st.sets(SOON, max_size=2)) if day > hired)})
    for begun, following in pairwise([*days, None]):
        until = following
        if following is not None and draw(st.integers(0, 5)) == 0:
            until = max(begun + timedelta(1), following - timedelta(draw(st.integers(0, 40))))
        tried = draw(st.none() | st.none() | st.integers(0, 200))
        post = draw(st.sampled_from(POSTS))
        career.of("post").append(
            Row(post=post, valid_from=begun, valid_to=until, concurrent=draw(st.booleans()),
                probation_to=None if tried is None else begun + timedelta(tried))
        )  # fmt: skip
        later = [day for day in draw(st.sets(SOON, max_size=2)) if day > begun]
        decided = sorted({begun, *(day for day in later if until is None or day < until)})
        for day in decided:
            if grade_of(career, day) and draw(st.booleans()):
                last = max((row for row in career.of("grade") if row.post == post),
                           key=lambda row: row.valid_from)  # fmt: skip
                last.valid_to = day
            override = draw(st.none() | st.none() | st.integers(1, 18))
            grade = override or grade_on(career, post, day)
            career.of("grade").append(
                Row(id=str(day), post=post, grade=grade, valid_from=day, valid_to=None)
            )


def grade_of(career: Career, day: date) -> int | None:
    """The grade decided for the post of a day."""
    post = next((row.post for row in career.of("post") if _on(row, day)), None)
    found = [row for row in career.of("grade") if row.post == post and _on(row, day)]
    return max(found, key=lambda row: row.valid_from).grade if found else None


def _draw_year(draw: st.DrawFn, career: Career) -> None:
    percents = st.sampled_from(("0", "50", "33.3", "80%", "100"))
    career.rows["absence"] = spans(draw, 1, kind=st.sampled_from(rules.ABSENCES), percent=percents)
    bases = st.integers(100_000, 900_000)
    career.rows["base"] = [
        *spans(draw, 1, kind=st.just(rules.SOCIAL), base=bases),
        *spans(draw, 1, kind=st.just(rules.FUND), base=bases),
    ]
    career.rows["deduction"] = spans(draw, 1, amount=st.integers(0, 600_000))
    sums = st.integers(0, 20_000_000)
    if draw(st.booleans()):
        career.of("opening").append(
            Row(year=draw(st.sampled_from((2025, 2026))), months=draw(st.integers(0, 11)),
                income=draw(sums), contributions=draw(sums) // 5, additional=draw(sums) // 10,
                withheld=draw(sums) // 20, relief=draw(st.sampled_from((None, True, False))))
        )  # fmt: skip
    each = draw(st.none() | st.integers(300_000, 900_000))
    first, last = sorted(draw(st.tuples(st.integers(1, 14), st.integers(1, 16))))
    for number in range(first, last + 1) if each is not None else ():
        month = date(2024 + (number - 1) // 12, (number - 1) % 12 + 1, 1)
        career.of("history").append(
            Row(month=month, gross=each, pension=each // 12, medical=None, unemployment=each // 90,
                housing=None, tax=draw(st.sampled_from((None, 1_234))))
        )  # fmt: skip


def draw_month(draw: Any, career: Career, month: date) -> None:
    """What is added to a month: a score, more amounts."""
    if draw(st.booleans()):
        said = draw(
            st.sampled_from(rules.SCORES) | st.sampled_from(("95.5", "0", "112.25%", "100"))
        )
        word = said if said in rules.SCORES else None
        career.of("score").append(Row(month=month, result=word, percent=None if word else said))
    for kind, amount in draw(
        st.lists(st.tuples(st.sampled_from(rules.ITEMS), st.integers(1, 400_000)), max_size=2)
    ):
        less = amount // 100 if kind == rules.OTHER_DEDUCTION else amount
        career.of("item").append(Row(month=month, kind=kind, amount=less or 1, reason="试"))


# As the second engine reads it


def _on(row: Row, day: date) -> bool:
    return row.valid_from <= day and not (row.valid_to is not None and row.valid_to <= day)


def facts_on(career: Career, post: str) -> Row:
    """The file as the second engine's grade wants it."""
    schooling = []
    for row in career.of("school"):
        word, held = _SCHOOLS[row.level], _DEGREES[row.degree]
        if word:
            schooling.append(Row(level=word, diploma=True, degree=False, on=row.awarded_on))
        if held:
            schooling.append(Row(level=held, diploma=False, degree=True, on=row.awarded_on))
    worker, far = career.worker, date(2100, 1, 1)
    left = far if worker.left_on is None else worker.left_on + timedelta(1)
    served = second.days_between(worker.community_work_on, left)
    for counted in (True, False):
        for row in career.of("served"):
            if row.counted is counted:
                span = second.days_between(row.valid_from, row.valid_to or far)
                served = served | span if counted else served & ~span
    return Row(
        post=post,
        served=served,
        schooling=schooling,
        certificates=[
            Row(level=_LEVELS[row.kind], on=row.awarded_on, until=row.registered_to)
            for row in career.of("certificate")
        ],
        honours=[Row(level=row.level, on=row.awarded_on) for row in career.of("honour")],
        assessments=career.of("assessed"),
    )


def days_in(career: Career, month: date) -> list[second.Day]:
    """Day by day, what somebody is paid for."""
    found = []
    worker = career.worker
    for number in range(monthrange(month.year, month.month)[1]):
        day = month + timedelta(number)
        if day < worker.hired_on or (worker.left_on is not None and day > worker.left_on):
            continue
        posts = [row for row in career.of("post") if _on(row, day)]
        if not posts:
            continue
        grade = grade_of(career, day)
        assert grade is not None
        away = [Fraction(row.percent.rstrip("%")) for row in career.of("absence") if _on(row, day)]
        tried = posts[0].probation_to is not None and day <= posts[0].probation_to
        found.append(
            second.Day(posts[0].post, grade, tried, posts[0].concurrent, *(away or [Fraction(100)]))
        )
    return found


def month_of(career: Career, month: date, scheme: Any, paid: Sequence[Row]) -> Row:
    """All but the days that the second engine asks of a month."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    score = [row for row in career.of("score") if row.month == month]
    base = {row.kind: row.base for row in career.of("base") if _on(row, last)}
    put_right = [row for row in career.of("correction") if row.month == month]
    waits = paid[-1].held if paid else 0
    percent = score[0].percent if score else None
    leaves = career.worker.left_on is not None and career.worker.left_on <= last
    gone = career.worker.left_on is not None and career.worker.left_on < month
    return Row(
        month=month,
        certificates=[] if gone else second.certified(facts_on(career, ""), scheme, month),
        result=(score[0].result or "") if score else "",
        percent=None if percent is None else Fraction(percent.rstrip("%")),
        items=[row for row in career.of("item") if row.month == month],
        social_base=base.get("社会保险"),
        fund_base=base.get("住房公积金"),
        additional=sum(row.amount for row in career.of("deduction") if _on(row, last)),
        relief=_relief(career, month.year, paid),
        held=waits + sum(row.amount for row in put_right if row.code == "held"),
        leaving=leaves,
        corrections=[row for row in put_right if row.code != "held"],
    )


def _relief(career: Career, year: int, paid: Sequence[Row]) -> bool:
    for row in career.of("opening"):
        if row.year == year and row.relief is not None:
            return bool(row.relief)
    income = {row.month: row.gross for row in career.of("history")}
    income |= {row.month: row.taxable for row in paid}
    last = [amount for month, amount in income.items() if month.year == year - 1]
    return len(last) == 12 and sum(last) <= 6_000_000


def year_before(career: Career, month: date, paid: Sequence[Row]) -> list[int]:
    """Income, own contributions, additional, withheld and months of the year so far."""
    mine = [row for row in paid if row.month.year == month.year]
    rows = [(row.taxable, row.contributions, row.additional, row.tax, 1) for row in mine]
    opening = [row for row in career.of("opening") if row.year == month.year]
    for row in opening:
        rows.append((row.income, row.contributions, row.additional, row.withheld, row.months))
    if not opening:
        own = {row.month for row in mine}
        for row in career.of("history"):
            if row.month.year == month.year and row.month < month and row.month not in own:
                kept_back = (row.pension or 0) + (row.unemployment or 0)
                rows.append((row.gross, kept_back, 0, row.tax or 0, 1))
    return [sum(row[at] for row in rows) for at in range(5)]
