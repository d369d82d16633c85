"""Grades decided: what the rules give, what was approved, and by which document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lanling_desktop.core import acts
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Problem, Values
from lanling_desktop.core.records import AnyRow, AnySelect, table_of
from lanling_desktop.core.register import Context
from lanling_desktop.core.unit import Unit
from lanling_desktop.salary import rules
from lanling_desktop.salary.grade import Determined, Facts, determine_grade, higher_kept
from lanling_desktop.salary.reading import (
    FILE,
    Known,
    Reader,
    facts_of,
    known,
    worker_row,
    workers_of,
)
from lanling_desktop.salary.records import GradeDecision, SalaryScheme
from lanling_desktop.salary.scheme import Scheme, loaded, plain

if TYPE_CHECKING:
    from lanling_desktop.salary.records import GradeDecision as Decision

_SAFE = "没有改动任何数据"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Computed:
    """What the rules give a worker on a day, and what held for him the day before."""

    facts: Facts
    found: Determined
    before: AnyRow | None


def scheme_of(reader: Reader, scheme_id: str) -> Scheme:
    """A scheme of the office. Raises `OfficeError` when it has no content yet."""
    here = table_of(SalaryScheme).c
    rows = reader.rows(select(here.name, here.content).where(here.id == scheme_id))
    if not rows or not rows[0].content:
        name = rows[0].name if rows else ""
        raise OfficeError(
            f"薪酬方案“{name}”还是空的", _SAFE, "请选中它按 F7，读入方案文件或从示例开始"
        )
    return loaded(rows[0].content)


def compute(worker: AnyRow, file: Known, scheme: Scheme, day: date) -> Computed:
    """What the rules give a worker; a change of post keeps the higher grade where they say so."""
    facts = facts_of(worker, file, day)
    found = determine_grade(facts, scheme, day)
    before = in_force(file.of(GradeDecision, worker.id), day - _DAY)
    if before is not None and before.post != facts.post and before.grade:
        found = higher_kept(scheme, before.grade, found)
    return Computed(facts, found, before)


def in_force(decisions: Sequence[AnyRow], day: date) -> AnyRow | None:
    """The decision that holds on a day: the latest begun."""
    held = [
        each
        for each in decisions
        if each.valid_from and each.valid_from <= day and (not each.valid_to or day < each.valid_to)
    ]
    return max(held, key=lambda each: each.valid_from, default=None)


def computed(reader: Reader, worker_id: str, scheme_id: str, day: date) -> Computed:
    """What the rules give one worker on a day, out of the office as it is."""
    file = known(reader, (*FILE, GradeDecision), [worker_id])
    return compute(worker_row(reader, worker_id), file, scheme_of(reader, scheme_id), day)


# In the form


def proposed(office: Office, values: Values) -> Mapping[str, Any]:
    """For a new decision: post and grade by the rules, as soon as worker and scheme are said."""
    worker_id, scheme_id = values.get("worker_id"), values.get("scheme_id")
    day = values.get("valid_from") or office.today
    if not worker_id or not scheme_id or not isinstance(day, date):
        return {}
    try:
        found = computed(office, worker_id, scheme_id, day)
    except OfficeError:
        return {}
    return {"post": found.facts.post, "grade": found.found.grade}


def check(values: Values, context: Context) -> Iterator[Problem]:
    """What differs from the rules has a reason and a document, however it came in."""
    said = dict(values)
    given = values.get("worker_id"), values.get("scheme_id"), values.get("valid_from")
    if said.get("computed_grade") is None and all(isinstance(each, (str, date)) for each in given):
        worker_id, scheme_id, day = given
        try:
            found = computed(context, str(worker_id), str(scheme_id), _as_day(day))
        except OfficeError as trouble:
            yield Problem("grade", f"无法按规则核对：{trouble.what}", warning=True)
        else:
            said["computed_grade"] = found.found.grade
    yield from rules.decision_problems(said, context)


def _as_day(value: Any) -> date:
    assert isinstance(value, date)
    return value


@dataclass
class _Session:
    session: Session

    def rows(self, statement: AnySelect) -> list[AnyRow]:
        return list(self.session.execute(statement).all())


def fill(record: Decision, session: Session) -> None:
    """Facts, steps and the grade by the rules of a decision that was typed or imported."""
    if record.computed_grade is not None:
        return
    if not (record.worker_id and record.scheme_id and record.valid_from):
        return
    try:
        found = computed(_Session(session), record.worker_id, record.scheme_id, record.valid_from)
    except OfficeError:
        return  # said as a warning by `check`
    _say(record, found)


def _say(record: Decision, found: Computed) -> None:
    record.computed_grade = found.found.grade
    record.steps = "\n".join(found.found.steps)
    record.inputs = json.dumps(plain(found.facts), ensure_ascii=False)


# Acts


def decide(
    office: Office,
    *,
    worker_id: str,
    scheme_id: str,
    day: date,
    doc_no: str = "",
    grade: int | None = None,
    reason: str = "",
) -> Changes:
    """Approve a worker's grade from a day on; without `grade`, the one the rules give."""
    name = worker_row(office, worker_id).name
    with office.act(f"认定岗位等级 {name}") as unit:
        found = computed(unit, worker_id, scheme_id, day)
        _write(unit, worker_id, scheme_id, day, doc_no, found, grade, reason)
    return unit.done


def decide_all(office: Office, *, scheme_id: str, day: date, doc_no: str = "") -> Changes:
    """Approve for everybody in post what the rules give, where it is not what holds already."""
    with office.act(f"认定全部岗位等级 {day}") as unit:
        scheme = scheme_of(unit, scheme_id)
        workers = workers_of(unit, day.replace(day=1), None)
        file = known(unit, (*FILE, GradeDecision), [each.id for each in workers])
        for worker in workers:
            if worker.left_on and worker.left_on < day:
                continue
            found = compute(worker, file, scheme, day)
            now = in_force(file.of(GradeDecision, worker.id), day)
            same = now is not None and (now.post, now.computed_grade, now.scheme_id) == (
                found.facts.post,
                found.found.grade,
                scheme_id,
            )
            if not same:
                _write(unit, worker.id, scheme_id, day, doc_no, found, None, "")
    return unit.done


def _write(
    unit: Unit,
    worker_id: str,
    scheme_id: str,
    day: date,
    doc_no: str,
    found: Computed,
    grade: int | None,
    reason: str,
) -> None:
    """One decision: in the place of one from the same day, else ending the one that holds."""
    given = found.found.grade if grade is None else grade
    post = found.facts.post
    here = GradeDecision
    mine = unit.all(
        select(here).where(here.worker_id == worker_id, here.binned_at.is_(None))
    )  # fmt: skip
    record = next((each for each in mine if each.valid_from == day), None)
    values: dict[str, Any] = {
        "worker_id": worker_id,
        "scheme_id": scheme_id,
        "post": post,
        "grade": given,
        "override_reason": reason or None,
        "decided_on": unit.today,
        "doc_no": doc_no or None,
        "valid_from": day,
    }
    if given != found.found.grade and not (reason and doc_no):
        raise OfficeError(
            f"按规则应为 {found.found.grade} 级，认定为 {given} 级",
            _SAFE,
            "请写明理由和批准文号，再认定",
        )
    later = [each.valid_from for each in mine if each.valid_from and each.valid_from > day]
    if later:
        values["valid_to"] = min(later)
    for each in mine:
        starts = each.valid_from is None or each.valid_from < day
        if each is not record and starts and (each.valid_to is None or each.valid_to > day):
            each.valid_to, each.end_reason = day, "重新认定"
    made = acts.put(unit, "grade_decision", record.id if record else None, values, confirmed=True)
    assert isinstance(made, GradeDecision)
    _say(made, found)
