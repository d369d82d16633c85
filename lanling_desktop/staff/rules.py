"""What is true of community workers: one post at a time, dates in order. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import column as named
from sqlalchemy import select, table

from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.register import Context
from lanling_desktop.people.rules import identity_problems, period_problems

CHIEF, DEPUTY, STAFF = POSTS = ("正职", "副职", "工作人员")
SOURCES = ("公开招聘", "换届选举", "组织选派", "原社区人员", "其他")
CONTRACTS = ("劳动合同", "劳务派遣", "聘任", "未签")
STATUSES = ("在职", "试用", "借调", "离职", "退休")
LEFT = ("离职", "退休")
GONE = ("轮换", "离任")
CERTIFICATES = ("助理社会工作师", "社会工作师", "高级社会工作师")
RESULTS = ("优秀", "称职", "基本称职", "不称职", "未定等次")
RETIRE_AGE = {"男": 60, "女": 55}
"""Ages before the gradual raise of 2025; the statutory table is the county's to confirm."""


def worker_problems(values: Values, context: Context) -> Iterator[Problem]:
    """Dates in their order; who has left says when."""
    yield from identity_problems(values, context.today, "person.")
    birth, first = values.get("person.birth"), values.get("first_job_on")
    hired, left = values.get("hired_on"), values.get("left_on")
    if birth and first and first.year - birth.year < 16:
        yield Problem("first_job_on", "参加工作时不满 16 岁，请核对", warning=True)
    if first and hired and hired < first:
        yield Problem("hired_on", "聘用日期早于参加工作时间，请核对", warning=True)
    if values.get("status") in LEFT and not left:
        yield Problem("left_on", f"{values['status']}的请填离职日期")
    if hired and left and left < hired:
        yield Problem("left_on", "离职日期早于聘用日期，请核对")


def post_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A worker holds one post at a time."""
    yield from period_problems(values)
    if not values.get("post"):
        yield Problem("post", "请选岗位类别")
    here = _POST.c
    begins, ends = values.get("valid_from"), values.get("valid_to")
    rows = context.rows(
        select(here.post, here.valid_from, here.valid_to).where(
            here.worker_id == values.get("worker_id"),
            here.binned_at.is_(None),
            here.id != (context.record_id or ""),
        )
    )
    for post, since, until in rows:
        if _overlap((begins, ends), (_day(since), _day(until))):
            words = f"与已有的“{post}”任职时间重叠，请先给它填终止日期"
            yield Problem("valid_from", words)
            return


def _day(kept: object) -> date | None:
    return date.fromisoformat(kept) if isinstance(kept, str) else None


def _overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two periods share a day; an end is the first day no longer held."""
    (a, b), (c, d) = one, other
    return (b is None or c is None or c < b) and (d is None or a is None or a < d)


def assessment_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A year has one assessment."""
    here = _ASSESSED.c
    same = select(here.id).where(
        here.worker_id == values.get("worker_id"),
        here.year == values.get("year"),
        here.binned_at.is_(None),
        here.id != (context.record_id or ""),
    )
    if context.rows(same.limit(1)):
        yield Problem("year", "这一年已有考核，请修改原来那一条")
    year = values.get("year")
    if year is not None and not 1990 <= year <= context.today.year:
        yield Problem("year", "年度请填四位年份，不能晚于今年")


def red_secretary_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A period in order, who has gone says when; and the person's own data."""
    yield from identity_problems(values, context.today, "person.")
    yield from period_problems(values)
    status, until = values.get("status"), values.get("valid_to")
    if status in GONE and not until:
        yield Problem("valid_to", f"{status}的请填终止日期")
    if until and until <= context.today and status == "在岗":
        yield Problem("status", "终止日期已到，任职状态应为轮换或离任")


_POST = table(
    "post_holding",
    *map(named, ("id", "worker_id", "post", "valid_from", "valid_to", "binned_at")),
)
_ASSESSED = table("worker_assessment", *map(named, ("id", "worker_id", "year", "binned_at")))
