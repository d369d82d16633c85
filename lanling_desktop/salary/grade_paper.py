"""岗位等级认定表: what a grade was found from, step by step, and who approved it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

from sqlalchemy import select

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnyRow, table_of
from lanling_desktop.printing.paper import Job, Progress
from lanling_desktop.salary.deciding import scheme_of
from lanling_desktop.salary.grade import Facts
from lanling_desktop.salary.reading import worker_row
from lanling_desktop.salary.records import GradeDecision
from lanling_desktop.salary.scheme import Scheme, rebuilt
from lanling_desktop.standards import dates

if TYPE_CHECKING:
    from lanling_desktop.printing.form import Block, Cell, Table


def draw_grade_form(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    """One decision on upright A4."""
    from lanling_desktop.printing.form import Form, Opinion, draw_forms

    office.refuse_reading("grade_decision")
    here = table_of(GradeDecision)
    (said,) = office.rows(select(here).where(here.c.id == job.request.record_id))
    scheme = scheme_of(office, said.scheme_id)
    facts: Facts | None = rebuilt(Facts, json.loads(said.inputs)) if said.inputs else None
    blocks = _blocks(said, worker_row(office, said.worker_id), scheme, facts)
    form = Form(
        title="岗位等级认定表",
        unit=job.unit,
        blocks=[*blocks, Opinion("社区意见", height_mm=30), Opinion("审批意见", height_mm=30)],
        made_on=job.made_on,
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        demo=job.demo or scheme.is_example,
    )
    draw_forms([form], out, progress)


def _blocks(said: AnyRow, worker: AnyRow, scheme: Scheme, facts: Facts | None) -> list[Block]:
    from lanling_desktop.printing.form import Grid, Table, label, value

    day = dates.paper(said.valid_from) if said.valid_from else ""
    hired = dates.paper(worker.hired_on) if worker.hired_on else ""
    by_rule = f"{said.computed_grade} 级" if said.computed_grade else "未能核对"
    head = Grid(
        (
            (label("姓名"), value(worker.name or ""), label("工号"), value(worker.code or "")),
            (label("岗位类别"), value(said.post or ""), label("聘用日期"), value(hired)),
            (label("薪酬方案"), value(scheme.name, 0.85)),
            (label("方案文号"), value(scheme.doc_no or "（示例方案没有文号）", 0.85)),
        )
    )
    steps = (said.steps or "没有留下过程").split("\n")
    derived = Table(
        (("步骤", 0.1), ("认定过程", 0.9)),
        [(str(number), each) for number, each in enumerate(steps, 1)],
        align="left",
        least_mm=7.5,
    )
    rows: list[tuple[Cell, ...]] = [
        (label("按规则应为"), value(by_rule), label("认定等级"), value(f"{said.grade} 级")),
        (label("执行日期"), value(day), label("批准文号"), value(said.doc_no or "")),
    ]
    if said.override_reason:
        rows.append((label("与规则不同的理由"), value(said.override_reason, 0.85)))
    return [head, *_file(facts), derived, Grid(rows)]


def _file(facts: Facts | None) -> list[Table]:
    """What of the personnel file the rules looked at."""
    from lanling_desktop.printing.form import Table

    if facts is None:
        return []
    rows = [
        *(
            ("社区工作", f"{each.since} 至 {each.until or '今'}")
            for each in sorted(facts.service, key=lambda one: one.since)
        ),
        *(
            ("学历学位", f"{each.level}，{_papers(each.diploma, each.degree)}，{each.on} 取得")
            for each in facts.schooling
        ),
        *(("职业证书", f"{each.level}，{each.on} 取得") for each in facts.certificates),
        *(("荣誉", f"{each.level}，{each.on}") for each in facts.honours),
    ]
    assessed = sorted(facts.assessments, key=lambda each: each.year)
    if assessed:
        rows.append(("年度考核", "、".join(f"{each.year} 年{each.result}" for each in assessed)))
    return [Table((("依据", 0.2), ("内容", 0.8)), rows, align="left", least_mm=7.5)]


def _papers(diploma: bool, degree: bool) -> str:
    if diploma and degree:
        return "毕业证、学位证齐全"
    return "只有毕业证" if diploma else "只有学位证"
