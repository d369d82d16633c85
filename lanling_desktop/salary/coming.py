"""Who gets another grade in the months to come, and whose decision is behind the rules already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.printing.paper import Job, Progress, refuse_empty
from lanling_desktop.salary import reading
from lanling_desktop.salary.deciding import compute, in_force
from lanling_desktop.salary.grade import coming_steps
from lanling_desktop.salary.reading import FILE, Known
from lanling_desktop.salary.records import GradeDecision
from lanling_desktop.salary.scheme import Scheme
from lanling_desktop.standards import dates

if TYPE_CHECKING:
    from lanling_desktop.core.records import AnyRow

MONTHS = 12
_DUE = "按现在的情况应重新认定"


@dataclass(frozen=True)
class Step:
    """One change of grade: of whom, from when, from what to what, and why."""

    worker_id: str
    name: str
    post: str
    on: date
    before: int
    after: int
    why: str
    due: bool = False  # the day has come, and nobody has decided yet


def coming(office: Office) -> list[Step]:
    """The steps of twelve months in the order of their days, those that are due already first.

    Of everybody in post who has a decision. Empty where no scheme is in force; who has no post,
    or whose cell of the scheme is empty, is left out: a month of pay says so by name.
    """
    office.refuse_reading("grade_decision")
    today = office.today
    try:
        _, scheme = reading.scheme_on(office, today)
    except OfficeError:
        return []
    workers = reading.workers_of(office, today.replace(day=1), None)
    file = reading.known(office, (*FILE, GradeDecision), [each.id for each in workers])
    found: list[Step] = []
    for worker in workers:
        if worker.left_on is None or worker.left_on > today:
            found += _of(worker, file, scheme, today)
    return sorted(found, key=lambda each: (not each.due, each.on, each.name))


def _of(worker: AnyRow, file: Known, scheme: Scheme, today: date) -> list[Step]:
    holds = in_force(file.of(GradeDecision, worker.id), today)
    if holds is None:
        return []
    try:
        now = compute(worker, file, scheme, today)
        ahead = coming_steps(now.facts, scheme, today, MONTHS)
    except OfficeError:
        return []
    name, post = worker.name or worker.code or "", now.facts.post
    found = []
    if (holds.post, holds.computed_grade) != (post, now.found.grade):
        why = f"{_DUE}：{'；'.join(now.found.steps[:-1])}"
        found.append(
            Step(worker.id, name, post, today, holds.grade, now.found.grade, why, due=True)
        )
    found += [
        Step(worker.id, name, post, each.on, each.before, each.after, "；".join(each.new))
        for each in ahead
        if worker.left_on is None or worker.left_on >= each.on
    ]
    return found


def draw_coming(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    """等级变动预告表 on A4, lying."""
    from lanling_desktop.printing.roster import Column, Roster, draw_roster

    title = "等级变动预告表"
    steps = coming(office)
    refuse_empty(steps, title)
    _, scheme = reading.scheme_on(office, office.today)
    roster = Roster(
        title=title,
        columns=[
            Column("序号", 12, "center"),
            Column("姓名", 24, "center"),
            Column("岗位", 26, "center"),
            Column("现等级", 18, "center"),
            Column("新等级", 18, "center"),
            Column("起算日期", 34, "center"),
            Column("依据", 125, "left"),
        ],
        rows=_rows(steps),
        unit=job.unit,
        made_on=job.made_on,
        notes=f"{dates.paper(office.today)}起 {MONTHS} 个月，别的情况不变时；薪酬方案：{scheme.name}",
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        signatures=("制表人", "审核人"),
        demo=job.demo or scheme.is_example,
    )
    draw_roster(roster, out, progress)


def _rows(steps: Sequence[Step]) -> list[tuple[str, ...]]:
    return [
        (
            str(number),
            each.name,
            each.post,
            str(each.before),
            str(each.after),
            "已到期" if each.due else dates.paper(each.on),
            each.why,
        )
        for number, each in enumerate(steps, 1)
    ]
