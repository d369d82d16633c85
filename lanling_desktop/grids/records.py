"""Grids, what they cover, and the people who work in them (domain.md 7)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import Dated, Record, column
from lanling_desktop.grids import rules
from lanling_desktop.places.records import InCommunity


class Grid(InCommunity, Dated, Record):
    """网格, valid from a day to a day; an adjusted one is followed by its successors."""

    __tablename__ = "grid"

    code: Mapped[str | None] = column(
        Field(
            "网格编码",
            search=True,
            key=1,
            width_mm=34,
            help="12 位社区编码加 3 位序号；还没有正式编码的可先留空",
            max_length=24,
        )
    )
    name: Mapped[str | None] = column(
        Field(
            "网格名称",
            required=True,
            search=True,
            key=2,
            width_mm=44,
            aliases=("网格", "所在网格", "所属网格"),
        )
    )
    kind: Mapped[str | None] = column(
        Field("网格类别", Kind.CHOICE, required=True, choices=rules.KINDS, width_mm=22)
    )
    exclusive_kind: Mapped[str | None] = column(
        Field("专属网格类型", Kind.CHOICE, choices=rules.EXCLUSIVE_KINDS, width_mm=26)
    )
    boundary: Mapped[str | None] = column(
        Field("四至范围", Kind.LONG_TEXT, width_mm=70, help="东至…，西至…，南至…，北至…")
    )
    branch_id: Mapped[str | None] = column(
        Field(
            "网格党支部",
            Kind.LINK,
            link="party_organisation",
            width_mm=44,
            aliases=("党支部", "所属党支部"),
        )
    )
    predecessor_id: Mapped[str | None] = column(
        Field("由哪个网格调整而来", Kind.LINK, link="grid", width_mm=36)
    )
    adjusted_on: Mapped[date | None] = column(Field("调整日期", Kind.DATE, width_mm=22))
    said_households: Mapped[int | None] = column(
        Field(
            "上报户数",
            Kind.INTEGER,
            width_mm=18,
            aliases=("户数",),
            help="户册没有录全时填；录全的由程序数",
        )
    )
    said_residents: Mapped[int | None] = column(
        Field("上报人数", Kind.INTEGER, width_mm=18, aliases=("人数", "人口数"))
    )
    remark: Mapped[str | None] = column(Field("备注", Kind.LONG_TEXT, width_mm=40))


class GridArea(Dated, Record):
    """A compound, or one of its buildings, that a grid covers."""

    __tablename__ = "grid_area"
    title_column = "building"
    __table_args__ = (Index(None, "compound_id", "building"),)

    grid_id: Mapped[str | None] = column(
        Field("所在网格", Kind.LINK, link="grid", required=True, pinned=True, width_mm=36, key=1)
    )
    compound_id: Mapped[str | None] = column(
        Field("小区", Kind.LINK, link="compound", required=True, pinned=True, width_mm=36, key=1)
    )
    building: Mapped[str | None] = column(
        Field("楼号", width_mm=18, key=1, help="只填数字；不填是整个小区", aliases=("楼栋", "楼"))
    )


class GridWorker(InCommunity, Dated, Record):
    """Who works in a grid, in which role, from when to when."""

    __tablename__ = "grid_worker"
    title_column = "role"
    __table_args__ = (Index(None, "grid_id", "valid_to"), Index(None, "person_id", "valid_to"))

    person_id: Mapped[str | None] = column(Field("人员", Kind.LINK, link="person", width_mm=18))
    grid_id: Mapped[str | None] = column(
        Field(
            "所在网格",
            Kind.LINK,
            link="grid",
            required=True,
            pinned=True,
            width_mm=36,
            aliases=("网格", "网格名称", "负责网格"),
        )
    )
    role: Mapped[str | None] = column(
        Field(
            "岗位",
            Kind.CHOICE,
            required=True,
            choices=rules.ROLES,
            width_mm=26,
            aliases=("网格员类别", "角色", "职务"),
        )
    )
    functions: Mapped[str | None] = column(
        Field(
            "承担职能",
            Kind.MANY,
            choices="office:grid_function",
            width_mm=40,
            aliases=("职责", "多网合一"),
        )
    )
    source: Mapped[str | None] = column(
        Field("来源", Kind.CHOICE, choices=rules.SOURCES, width_mm=22, aliases=("人员来源",))
    )
    appointment_doc: Mapped[str | None] = column(Field("聘任文件", width_mm=34))
    pay: Mapped[str | None] = column(
        Field("报酬", Kind.CHOICE, choices=("无", "按月补贴", "另有工资"), width_mm=18)
    )
    status: Mapped[str | None] = column(
        Field("在岗状态", Kind.CHOICE, choices=("在岗", "离岗", "停职"), width_mm=16)
    )
    remark: Mapped[str | None] = column(Field("备注", Kind.LONG_TEXT, width_mm=40))


class GridTraining(Record):
    """A training a grid worker took part in."""

    __tablename__ = "grid_training"
    title_column = "subject"

    grid_worker_id: Mapped[str | None] = column(
        Field("网格员", Kind.LINK, link="grid_worker", required=True, width_mm=18)
    )
    held_on: Mapped[date | None] = column(
        Field("培训日期", Kind.DATE, required=True, width_mm=22, pinned=True)
    )
    subject: Mapped[str | None] = column(Field("培训内容", required=True, width_mm=60, pinned=True))
    hours: Mapped[int | None] = column(Field("学时", Kind.INTEGER, width_mm=14, pinned=True))
    result: Mapped[str | None] = column(Field("结果", width_mm=24))
