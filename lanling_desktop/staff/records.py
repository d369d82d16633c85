"""Community workers and what their file holds: posts, education, certificates, service (2.6)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import Dated, Record, column
from lanling_desktop.places.records import InCommunity
from lanling_desktop.staff import rules


class CommunityWorker(InCommunity, Record):
    """社区专职工作者, as the personnel file knows them."""

    __tablename__ = "community_worker"
    title_column = "code"

    person_id: Mapped[str | None] = column(Field("人员", Kind.LINK, link="person"), unique=True)
    code: Mapped[str | None] = column(Field("工号", search=True, key=1, width_mm=20))
    source: Mapped[str | None] = column(
        Field("人员来源", Kind.CHOICE, choices=rules.SOURCES, width_mm=24)
    )
    first_job_on: Mapped[date | None] = column(
        Field("参加工作时间", Kind.DATE, width_mm=24, month_enough=True, aliases=("参加工作日期",))
    )
    community_work_on: Mapped[date | None] = column(
        Field(
            "从事社区工作时间",
            Kind.DATE,
            width_mm=28,
            month_enough=True,
            aliases=("到社区工作时间", "进社区时间"),
        )
    )
    hired_on: Mapped[date | None] = column(
        Field("聘用日期", Kind.DATE, width_mm=22, aliases=("上岗时间", "入职日期"))
    )
    contract: Mapped[str | None] = column(
        Field("合同情况", Kind.CHOICE, choices=rules.CONTRACTS, width_mm=24)
    )
    contract_to: Mapped[date | None] = column(Field("合同到期", Kind.DATE, width_mm=22))
    duties: Mapped[str | None] = column(Field("分管工作", width_mm=44, aliases=("工作分工",)))
    account: Mapped[str | None] = column(
        Field("工资账号", width_mm=40, sensitive=True, aliases=("银行卡号", "银行账号"))
    )
    status: Mapped[str | None] = column(
        Field("在职状态", Kind.CHOICE, choices=rules.STATUSES, required=True, width_mm=18)
    )
    left_on: Mapped[date | None] = column(Field("离职日期", Kind.DATE, width_mm=22))
    left_why: Mapped[str | None] = column(Field("离职原因", width_mm=30))
    remark: Mapped[str | None] = column(Field("备注", Kind.LONG_TEXT, width_mm=40))


def _worker() -> Mapped[Any]:
    return column(Field("工作者", Kind.LINK, link="community_worker", required=True, width_mm=20))


class PostHolding(InCommunity, Dated, Record):
    """A post a worker holds from a day to a day; its class decides the pay sequence."""

    __tablename__ = "post_holding"
    title_column = "title"
    __table_args__ = (Index(None, "worker_id", "valid_to"),)

    worker_id: Mapped[str | None] = _worker()
    post: Mapped[str | None] = column(
        Field("岗位类别", Kind.CHOICE, choices=rules.POSTS, width_mm=20)
    )
    title: Mapped[str | None] = column(
        Field("职务", width_mm=30, help="如 党委书记、居委会副主任", aliases=("岗位",))
    )
    concurrent: Mapped[bool | None] = column(Field("一肩挑", Kind.YES_NO, width_mm=14))
    probation_to: Mapped[date | None] = column(Field("试用期到", Kind.DATE, width_mm=22))
    appointment_doc: Mapped[str | None] = column(Field("任职文件", width_mm=34))


class Education(Record):
    """A school finished, with the degree it gave."""

    __tablename__ = "worker_education"
    title_column = "school"

    worker_id: Mapped[str | None] = _worker()
    level: Mapped[str | None] = column(
        Field("学历", Kind.CHOICE, choices="education", required=True, width_mm=26)
    )
    degree: Mapped[str | None] = column(Field("学位", Kind.CHOICE, choices="degree", width_mm=16))
    school: Mapped[str | None] = column(Field("毕业院校", width_mm=44))
    subject: Mapped[str | None] = column(Field("专业", width_mm=30))
    full_time: Mapped[bool | None] = column(Field("全日制", Kind.YES_NO, width_mm=14))
    awarded_on: Mapped[date | None] = column(
        Field("取得日期", Kind.DATE, required=True, width_mm=22, month_enough=True)
    )


class Certificate(Record):
    """A professional certificate; its allowance or grades begin with it."""

    __tablename__ = "worker_certificate"
    title_column = "kind"

    worker_id: Mapped[str | None] = _worker()
    kind: Mapped[str | None] = column(
        Field("证书", Kind.CHOICE, required=True, choices=rules.CERTIFICATES, width_mm=28)
    )
    number: Mapped[str | None] = column(Field("证书编号", width_mm=34))
    awarded_on: Mapped[date | None] = column(
        Field("取得日期", Kind.DATE, required=True, width_mm=22, month_enough=True)
    )
    registered_to: Mapped[date | None] = column(Field("登记有效期到", Kind.DATE, width_mm=24))


class Honour(Record):
    """An honour that counts."""

    __tablename__ = "worker_honour"
    title_column = "name"

    worker_id: Mapped[str | None] = _worker()
    name: Mapped[str | None] = column(Field("荣誉称号", required=True, width_mm=50))
    level: Mapped[str | None] = column(
        Field("级别", Kind.CHOICE, choices=("国家", "省", "市", "县", "街道"), width_mm=16)
    )
    awarded_on: Mapped[date | None] = column(
        Field("表彰日期", Kind.DATE, required=True, width_mm=22, month_enough=True)
    )
    awarded_by: Mapped[str | None] = column(Field("表彰单位", width_mm=40))


class Assessment(Record):
    """The yearly assessment."""

    __tablename__ = "worker_assessment"
    title_column = "result"

    worker_id: Mapped[str | None] = _worker()
    year: Mapped[int | None] = column(
        Field("年度", Kind.INTEGER, required=True, pinned=True, width_mm=14)
    )
    result: Mapped[str | None] = column(
        Field("考核等次", Kind.CHOICE, required=True, choices=rules.RESULTS, width_mm=20)
    )
    note: Mapped[str | None] = column(Field("说明", width_mm=40))


class ServicePeriod(Dated, Record):
    """Service before the present office that counts, or that does not, and why."""

    __tablename__ = "worker_service"
    title_column = "place"

    worker_id: Mapped[str | None] = _worker()
    place: Mapped[str | None] = column(Field("在何处任何职", required=True, width_mm=50))
    counted: Mapped[bool | None] = column(Field("计入社区工龄", Kind.YES_NO, width_mm=20))
    basis: Mapped[str | None] = column(Field("认定依据", width_mm=40))


class RedSecretary(InCommunity, Dated, Record):
    """红领书记: a cadre sent to a community as its secretary for a time."""

    __tablename__ = "red_secretary"
    title_column = "unit"

    person_id: Mapped[str | None] = column(Field("人员", Kind.LINK, link="person", width_mm=18))
    unit: Mapped[str | None] = column(
        Field("派出单位", required=True, search=True, width_mm=44, aliases=("原单位", "工作单位"))
    )
    rank: Mapped[str | None] = column(
        Field(
            "职级", Kind.CHOICE, choices=("县处级", "乡科级正职", "乡科级副职", "其他"), width_mm=22
        )
    )
    appointment_doc: Mapped[str | None] = column(Field("任职文件", width_mm=34))
    full_time: Mapped[bool | None] = column(Field("全职", Kind.YES_NO, width_mm=12))
    status: Mapped[str | None] = column(
        Field("任职状态", Kind.CHOICE, choices=("在岗", "轮换", "离任"), width_mm=16)
    )


class RedSecretaryLog(Record):
    """What a red-collar secretary did on a day."""

    __tablename__ = "red_secretary_log"
    title_column = "matter"

    red_secretary_id: Mapped[str | None] = column(
        Field("红领书记", Kind.LINK, link="red_secretary", required=True, width_mm=20)
    )
    done_on: Mapped[date | None] = column(Field("日期", Kind.DATE, required=True, width_mm=22))
    kind: Mapped[str | None] = column(
        Field("类别", Kind.CHOICE, choices=("党建", "治理", "服务"), width_mm=16)
    )
    matter: Mapped[str | None] = column(Field("事项", Kind.LONG_TEXT, required=True, width_mm=70))
    result: Mapped[str | None] = column(Field("结果", Kind.LONG_TEXT, width_mm=50))
