"""Party organisations, members and their branches, central households and what hangs on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import Dated, Record, column
from lanling_desktop.organisation import rules
from lanling_desktop.places.records import InCommunity


class PartyOrganisation(InCommunity, Dated, Record):
    """A node of the party tree above the central households."""

    __tablename__ = "party_organisation"

    name: Mapped[str | None] = column(
        Field(
            "组织名称",
            required=True,
            search=True,
            key=1,
            width_mm=44,
            aliases=("党组织名称", "党支部名称", "支部名称"),
        )
    )
    kind: Mapped[str | None] = column(
        Field("组织类别", Kind.CHOICE, required=True, choices=rules.KINDS, width_mm=24, pinned=True)
    )
    parent_id: Mapped[str | None] = column(
        Field("上级组织", Kind.LINK, link="party_organisation", width_mm=40, pinned=True)
    )
    code: Mapped[str | None] = column(Field("组织编号", width_mm=20))
    founded_on: Mapped[date | None] = column(Field("成立日期", Kind.DATE, width_mm=22))
    approval_doc: Mapped[str | None] = column(Field("批准文号", width_mm=30))
    secretary_id: Mapped[str | None] = column(
        Field(
            "书记", Kind.LINK, link="person", width_mm=18, aliases=("党支部书记", "组长", "负责人")
        )
    )
    buildings: Mapped[str | None] = column(Field("覆盖楼栋", width_mm=40))
    elected_on: Mapped[date | None] = column(Field("换届日期", Kind.DATE, width_mm=22))
    term_years: Mapped[int | None] = column(Field("任期（年）", Kind.INTEGER, width_mm=16))


class FormerParent(Dated, Record):
    """Under which organisation another one hung until it was moved; the present one it says itself."""

    __tablename__ = "former_parent"
    title_column = "id"
    __table_args__ = (Index(None, "organisation_id", "valid_to"),)

    organisation_id: Mapped[str | None] = column(
        Field("党组织", Kind.LINK, link="party_organisation", required=True, width_mm=40)
    )
    parent_id: Mapped[str | None] = column(
        Field("原上级组织", Kind.LINK, link="party_organisation", width_mm=40)
    )


class BranchMembership(InCommunity, Dated, Record):
    """Which branch or group a member belongs to, from when to when."""

    __tablename__ = "branch_membership"
    title_column = "id"
    __table_args__ = (
        Index(None, "person_id", "valid_to"),
        Index(None, "organisation_id", "valid_to"),
    )

    person_id: Mapped[str | None] = column(
        Field("党员", Kind.LINK, link="person", key=2, width_mm=18)
    )
    organisation_id: Mapped[str | None] = column(
        Field(
            "所在党支部",
            Kind.LINK,
            link="party_organisation",
            pinned=True,
            key=2,
            width_mm=44,
            aliases=(
                "党支部",
                "所属党支部",
                "支部",
                "所在支部",
                "党组织",
                "所在党组织",
                "所属支部",
            ),
        )
    )


class PartyMember(InCommunity, Record):
    """党员: what the party register keeps of a person (domain.md 5.2)."""

    __tablename__ = "party_member"
    title_column = "kind"

    person_id: Mapped[str | None] = column(Field("人员", Kind.LINK, link="person"), unique=True)
    kind: Mapped[str | None] = column(
        Field(
            "人员类别",
            Kind.CHOICE,
            required=True,
            choices=("正式党员", "预备党员"),
            width_mm=20,
            aliases=("党员类别", "党员类型"),
        )
    )
    joined_on: Mapped[date | None] = column(
        Field(
            "入党日期",
            Kind.DATE,
            width_mm=22,
            month_enough=True,
            aliases=("入党时间", "入党年月", "入党"),
        )
    )
    confirmed_on: Mapped[date | None] = column(
        Field("转正日期", Kind.DATE, width_mm=22, month_enough=True, aliases=("转正时间", "转正"))
    )
    post: Mapped[str | None] = column(Field("工作岗位", width_mm=30, aliases=("职务", "岗位")))
    standing: Mapped[str | None] = column(
        Field(
            "党籍状态",
            Kind.CHOICE,
            width_mm=18,
            choices=("正常", "停止党籍", "转出", "出党", "死亡"),
        )
    )
    lost: Mapped[bool | None] = column(Field("是否失联", Kind.YES_NO, width_mm=14))
    lost_on: Mapped[date | None] = column(Field("失联日期", Kind.DATE, width_mm=22))
    floating: Mapped[bool | None] = column(
        Field("流动党员", Kind.YES_NO, width_mm=14, aliases=("是否流动党员",))
    )
    floating_to: Mapped[str | None] = column(Field("流向", width_mm=26))


class CentralHousehold(InCommunity, Record):
    """党员中心户: a member's home as the nearest contact point, hung with a plaque."""

    __tablename__ = "central_household"
    title_column = "code"

    code: Mapped[str | None] = column(
        Field("编号", required=True, search=True, key=1, width_mm=22, aliases=("中心户编号",))
    )
    host_id: Mapped[str | None] = column(
        Field("户主", Kind.LINK, link="person", required=True, width_mm=18, aliases=("户主姓名",))
    )
    branch_id: Mapped[str | None] = column(
        Field(
            "所在党支部",
            Kind.LINK,
            link="party_organisation",
            required=True,
            pinned=True,
            width_mm=44,
            aliases=("党支部", "所属党支部"),
        )
    )
    group_id: Mapped[str | None] = column(
        Field("党小组", Kind.LINK, link="party_organisation", width_mm=36)
    )
    household_id: Mapped[str | None] = column(
        Field("家庭住址", Kind.LINK, link="household", width_mm=46, aliases=("住址", "地址"))
    )
    state: Mapped[str | None] = column(
        Field("状态", Kind.CHOICE, required=True, choices=rules.STATES, width_mm=16)
    )
    designated_on: Mapped[date | None] = column(
        Field("确定日期", Kind.DATE, width_mm=22, aliases=("确定时间",))
    )
    approval_note: Mapped[str | None] = column(Field("支部意见", Kind.LONG_TEXT, width_mm=40))
    plaque_no: Mapped[str | None] = column(Field("牌号", width_mm=20, aliases=("挂牌编号",)))
    plaque_on: Mapped[date | None] = column(
        Field("挂牌日期", Kind.DATE, width_mm=22, aliases=("挂牌时间",))
    )
    responsible_id: Mapped[str | None] = column(
        Field("负责人", Kind.LINK, link="person", width_mm=18)
    )
    venue_area: Mapped[int | None] = column(Field("场地面积（㎡）", Kind.INTEGER, width_mm=18))
    seats: Mapped[int | None] = column(Field("座位数", Kind.INTEGER, width_mm=14))
    equipment: Mapped[str | None] = column(
        Field("配备", Kind.MANY, choices=("电视", "报刊", "宣传栏", "意见箱"), width_mm=30)
    )
    specialties: Mapped[str | None] = column(Field("服务特长", width_mm=40))
    ended_on: Mapped[date | None] = column(Field("摘牌日期", Kind.DATE, width_mm=22))
    end_reason: Mapped[str | None] = column(Field("摘牌原因", width_mm=40))
    remark: Mapped[str | None] = column(Field("备注", Kind.LONG_TEXT, width_mm=40))


def _central_household() -> Mapped[Any]:
    return column(
        Field(
            "党员中心户",
            Kind.LINK,
            link="central_household",
            required=True,
            pinned=True,
            key=2,
            width_mm=24,
        )
    )


class LinkedMember(InCommunity, Dated, Record):
    """A party member a central household keeps in touch with."""

    __tablename__ = "linked_member"
    title_column = "id"

    central_household_id: Mapped[str | None] = _central_household()
    person_id: Mapped[str | None] = column(
        Field(
            "联系党员",
            Kind.LINK,
            link="person",
            required=True,
            key=2,
            width_mm=18,
            aliases=("姓名",),
        )
    )


class LinkedHousehold(InCommunity, Dated, Record):
    """A household of residents a central household keeps in touch with."""

    __tablename__ = "linked_household"
    title_column = "id"

    central_household_id: Mapped[str | None] = _central_household()
    household_id: Mapped[str | None] = column(
        Field(
            "联系户",
            Kind.LINK,
            link="household",
            required=True,
            key=2,
            width_mm=46,
            aliases=("住址",),
        )
    )


class CentralHouseholdReview(InCommunity, Record):
    """The yearly review of a central household."""

    __tablename__ = "central_household_review"
    title_column = "result"

    central_household_id: Mapped[str | None] = _central_household()
    year: Mapped[int | None] = column(
        Field("年度", Kind.INTEGER, required=True, key=2, width_mm=14, pinned=True)
    )
    reviewed_on: Mapped[date | None] = column(
        Field("复核日期", Kind.DATE, required=True, width_mm=22, pinned=True)
    )
    result: Mapped[str | None] = column(
        Field(
            "复核结果",
            Kind.CHOICE,
            required=True,
            choices=("合格", "限期整改", "摘牌"),
            width_mm=20,
            pinned=True,
        )
    )
    note: Mapped[str | None] = column(Field("复核意见", Kind.LONG_TEXT, width_mm=60))


class CentralHouseholdActivity(InCommunity, Record):
    """An activity held at a central household."""

    __tablename__ = "central_household_activity"
    title_column = "summary"

    central_household_id: Mapped[str | None] = _central_household()
    held_on: Mapped[date | None] = column(
        Field("活动日期", Kind.DATE, required=True, key=2, width_mm=22, aliases=("日期", "时间"))
    )
    kind: Mapped[str | None] = column(
        Field(
            "活动类别",
            Kind.CHOICE,
            required=True,
            key=2,
            width_mm=18,
            choices=("学习", "议事", "走访", "调解", "志愿"),
        )
    )
    people: Mapped[int | None] = column(Field("参加人数", Kind.INTEGER, width_mm=16))
    summary: Mapped[str | None] = column(
        Field("活动内容", Kind.LONG_TEXT, required=True, width_mm=70, max_length=2000)
    )
    issues: Mapped[str | None] = column(
        Field("反映问题", Kind.LONG_TEXT, width_mm=50, max_length=2000)
    )
