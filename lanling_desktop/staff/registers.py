"""How the clerk meets community workers and red-collar secretaries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from lanling_desktop.core.attachments import PHOTOS, SCANS
from lanling_desktop.core.field import Field
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.register import Child, Derived, Part, Ready, Register
from lanling_desktop.people.records import Person
from lanling_desktop.people.rules import settle_birth
from lanling_desktop.staff import rules
from lanling_desktop.staff.records import (
    Assessment,
    Certificate,
    CommunityWorker,
    Education,
    Honour,
    PostHolding,
    RedSecretary,
    RedSecretaryLog,
    ServicePeriod,
)

_PERSON = (
    "name",
    "identity_number",
    "sex",
    "birth",
    "birth_note",
    "ethnicity",
    "political_status",
    "native_place",
    "phone",
)
_POST = Part("post", PostHolding, "worker_id", ("post", "title", "concurrent"), dated=True)


def _serving(scope: Scope) -> ColumnElement[bool]:
    return scope.column("status").not_in(rules.LEFT)


def _best(kind: Any, column: str, words: tuple[str, ...]) -> Any:
    """The highest of a worker's words of one kind: the last of `words` that is there."""

    def best(scope: Scope) -> ColumnElement[Any]:
        here = kind.__table__
        rank = case({word: n for n, word in enumerate(words, 1)}, value=here.c[column], else_=0)
        mine = [here.c.worker_id == scope.id, here.c.binned_at.is_(None)]
        mine.append(here.c.awarded_on <= scope.day)
        top = select(func.max(rank)).where(*mine).scalar_subquery()
        found: ColumnElement[Any] = case(dict(enumerate(words, 1)), value=top)
        return found

    return best


def _retiring(scope: Scope) -> ColumnElement[bool]:
    year = scope.day + timedelta(days=365)
    birth, sex = scope.column("person.birth"), scope.column("person.sex")
    reached = []
    for word, age in rules.RETIRE_AGE.items():
        turned = year.replace(year=year.year - age, day=min(year.day, 28))
        reached.append(and_(sex == word, birth <= turned))
    return and_(_serving(scope), reached[0] | reached[1])


def _ending(scope: Scope, key: str) -> ColumnElement[bool]:
    until = scope.column(key)
    return and_(until >= scope.day, until <= scope.day + timedelta(days=90))


def _children(*rows: tuple[str, str]) -> tuple[Child, ...]:
    return tuple(Child(register, "worker_id", title) for register, title in rows)


def _of_worker(key: str, title: str, record: Any, fields: tuple[str, ...], **more: Any) -> Register:
    """A register met only under a worker."""
    return Register(
        key=key,
        title=title,
        noun=title,
        record=record,
        sections=((title, ("worker_id", *fields)),),
        columns=fields,
        order=fields[0],
        menu=False,
        attachments=SCANS,
        icon="people",
        **more,
    )


REGISTERS = (
    Register(
        key="community_worker",
        title="社区工作者",
        noun="社区工作者",
        record=CommunityWorker,
        sections=(
            ("基本情况", (*(f"person.{name}" for name in _PERSON), "code")),
            ("岗位", ("post.post", "post.title", "post.concurrent", "duties", "community_id")),
            (
                "聘用",
                (
                    "source",
                    "first_job_on",
                    "community_work_on",
                    "hired_on",
                    "contract",
                    "contract_to",
                    "account",
                ),
            ),
            ("在职", ("status", "left_on", "left_why", "remark")),
        ),
        columns=(
            "person.name",
            "person.sex",
            "person.birth",
            "post.post",
            "post.title",
            "certificate",
            "hired_on",
            "community_id",
            "status",
        ),
        order="person.name",
        parts=(Part("person", Person, "person_id", _PERSON), _POST),
        derived=(
            Derived(
                "certificate",
                Field("职业证书", width_mm=28, computed=True),
                _best(Certificate, "kind", rules.CERTIFICATES),
            ),
        ),
        ready=(
            Ready("serving", "在职", _serving),
            Ready("chief", "正职", lambda s: s.column("post.post") == rules.CHIEF),
            Ready(
                "no_certificate",
                "无职业证书",
                lambda s: _serving(s) & s.column("certificate").is_(None),
            ),
            Ready("contract", "合同90天内到期", lambda s: _ending(s, "contract_to")),
            Ready("retiring", "一年内到退休年龄", _retiring),
        ),
        children=_children(
            ("post_holding", "任职"),
            ("worker_education", "学历学位"),
            ("worker_certificate", "职业证书"),
            ("worker_honour", "荣誉"),
            ("worker_assessment", "年度考核"),
            ("worker_service", "转入工龄"),
        ),
        rules=(rules.worker_problems,),
        settle=settle_birth,
        defaults={"status": "在职"},
        icon="staff",
        attachments=SCANS,
    ),
    Register(
        key="red_secretary",
        title="红领书记",
        noun="红领书记",
        record=RedSecretary,
        sections=(
            ("人员", tuple(f"person.{name}" for name in _PERSON)),
            ("派驻", ("community_id", "unit", "rank", "full_time", "appointment_doc")),
            ("起止", ("status", "valid_from", "valid_to", "end_reason")),
        ),
        columns=(
            "person.name",
            "person.sex",
            "community_id",
            "unit",
            "rank",
            "full_time",
            "valid_from",
            "status",
        ),
        order="person.name",
        parts=(Part("person", Person, "person_id", _PERSON),),
        ready=(Ready("ending", "任期90天内到期", lambda s: _ending(s, "valid_to")),),
        children=(Child("red_secretary_log", "red_secretary_id", "工作记录"),),
        rules=(rules.red_secretary_problems,),
        settle=settle_birth,
        defaults={"status": "在岗"},
        icon="people",
        attachments=SCANS,
    ),
    _of_worker(
        "post_holding",
        "任职",
        PostHolding,
        (
            "post",
            "title",
            "concurrent",
            "valid_from",
            "valid_to",
            "probation_to",
            "appointment_doc",
        ),
        rules=(rules.post_problems,),
        hidden=("community_id", "end_reason"),
    ),
    _of_worker(
        "worker_education",
        "学历学位",
        Education,
        ("level", "degree", "school", "subject", "full_time", "awarded_on"),
    ),
    _of_worker(
        "worker_certificate",
        "职业证书",
        Certificate,
        ("kind", "number", "awarded_on", "registered_to"),
    ),
    _of_worker("worker_honour", "荣誉", Honour, ("name", "level", "awarded_on", "awarded_by")),
    _of_worker(
        "worker_assessment",
        "年度考核",
        Assessment,
        ("year", "result", "note"),
        rules=(rules.assessment_problems,),
        newest_first=True,
    ),
    _of_worker(
        "worker_service",
        "转入工龄",
        ServicePeriod,
        ("place", "valid_from", "valid_to", "counted", "basis"),
        hidden=("end_reason",),
    ),
    Register(
        key="red_secretary_log",
        title="红领书记工作记录",
        noun="工作记录",
        record=RedSecretaryLog,
        sections=(("工作记录", ("red_secretary_id", "done_on", "kind", "matter", "result")),),
        columns=("done_on", "kind", "matter", "result"),
        order="done_on",
        newest_first=True,
        menu=False,
        attachments=PHOTOS,
    ),
)
