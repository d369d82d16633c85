"""Party organisations, members and their branches, central households and what hangs on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Index, String, cast, func, or_, select
from sqlalchemy.orm import Mapped, aliased

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope, in_force
from lanling_desktop.core.records import Dated, Record, column
from lanling_desktop.core.register import Child, Derived, Part, Ready, Register
from lanling_desktop.organisation import rules
from lanling_desktop.people.records import HOME, Person
from lanling_desktop.people.rules import settle_birth
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


class BranchMembership(InCommunity, Dated, Record):
    """Which branch or group a member belongs to, from when to when."""

    __tablename__ = "branch_membership"
    title_column = "id"
    __table_args__ = (
        Index(None, "person_id", "valid_to"),
        Index(None, "organisation_id", "valid_to"),
    )

    person_id: Mapped[str | None] = column(Field("党员", Kind.LINK, link="person", width_mm=18))
    organisation_id: Mapped[str | None] = column(
        Field(
            "所在党支部",
            Kind.LINK,
            link="party_organisation",
            pinned=True,
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
            "入党日期", Kind.DATE, width_mm=22, month_enough=True, aliases=("入党时间", "入党年月")
        )
    )
    confirmed_on: Mapped[date | None] = column(
        Field("转正日期", Kind.DATE, width_mm=22, month_enough=True, aliases=("转正时间",))
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
            width_mm=24,
        )
    )


class LinkedMember(InCommunity, Dated, Record):
    """A party member a central household keeps in touch with."""

    __tablename__ = "linked_member"
    title_column = "id"

    central_household_id: Mapped[str | None] = _central_household()
    person_id: Mapped[str | None] = column(
        Field("联系党员", Kind.LINK, link="person", required=True, width_mm=18, aliases=("姓名",))
    )


class LinkedHousehold(InCommunity, Dated, Record):
    """A household of residents a central household keeps in touch with."""

    __tablename__ = "linked_household"
    title_column = "id"

    central_household_id: Mapped[str | None] = _central_household()
    household_id: Mapped[str | None] = column(
        Field("联系户", Kind.LINK, link="household", required=True, width_mm=46, aliases=("住址",))
    )


class CentralHouseholdReview(InCommunity, Record):
    """The yearly review of a central household."""

    __tablename__ = "central_household_review"
    title_column = "result"

    central_household_id: Mapped[str | None] = _central_household()
    year: Mapped[int | None] = column(
        Field("年度", Kind.INTEGER, required=True, width_mm=14, pinned=True)
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
        Field("活动日期", Kind.DATE, required=True, width_mm=22, aliases=("日期", "时间"))
    )
    kind: Mapped[str | None] = column(
        Field(
            "活动类别",
            Kind.CHOICE,
            required=True,
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


def _linked(kind: Any) -> Any:
    def count(scope: Scope) -> ColumnElement[Any]:
        here = kind.__table__
        return (
            select(func.count())
            .select_from(here)
            .where(
                here.c.central_household_id == scope.id,
                in_force(here, scope.day),
                here.c.binned_at.is_(None),
            )
            .scalar_subquery()
        )

    return count


def _last_review(scope: Scope) -> ColumnElement[Any]:
    here = CentralHouseholdReview.__table__.c
    where = here.central_household_id == scope.id, here.binned_at.is_(None)
    return select(func.max(here.reviewed_on)).where(*where).scalar_subquery()


def _reviewed_this_year(scope: Scope) -> ColumnElement[bool]:
    last = func.coalesce(cast(_last_review(scope), String), "")
    return last < f"{scope.day.year}-01-01"


def _members(scope: Scope) -> ColumnElement[Any]:
    """Members of the organisation and of the groups right below it."""
    here = BranchMembership.__table__
    below = aliased(PartyOrganisation.__table__)
    groups = select(below.c.id).where(below.c.parent_id == scope.id)
    return (
        select(func.count(func.distinct(here.c.person_id)))
        .where(
            or_(here.c.organisation_id == scope.id, here.c.organisation_id.in_(groups)),
            in_force(here, scope.day),
            here.c.binned_at.is_(None),
        )
        .scalar_subquery()
    )


def _of_kind(kind: str) -> Callable[[Scope], ColumnElement[bool]]:
    return lambda scope: scope.column("kind") == kind


def _active(scope: Scope) -> ColumnElement[bool]:
    return scope.column("state").in_(rules.ACTIVE)


_BRANCH = Part(
    "branch",
    BranchMembership,
    "person_id",
    ("organisation_id",),
    dated=True,
    anchor="person_id",
    goes_along=True,
)
_PERSON = (
    "name",
    "identity_number",
    "sex",
    "birth",
    "birth_note",
    "ethnicity",
    "education",
    "phone",
    "employer",
)
_HOME = Part(HOME.name, HOME.record, HOME.via, ("household_id",), dated=True, anchor="person_id")
_HOST = ("sex", "birth", "phone")

REGISTERS = (
    Register(
        key="party_member",
        title="党员",
        noun="党员",
        record=PartyMember,
        sections=(
            ("基本情况", tuple(f"person.{name}" for name in _PERSON)),
            (
                "党籍",
                ("kind", "branch.organisation_id", "joined_on", "confirmed_on", "post", "standing"),
            ),
            ("住址", ("home.household_id", "community_id")),
            ("流动与失联", ("floating", "floating_to", "lost", "lost_on")),
        ),
        columns=(
            "person.name",
            "person.sex",
            "person.birth",
            "kind",
            "branch.organisation_id",
            "joined_on",
            "person.phone",
            "home.household_id",
        ),
        order="person.name",
        parts=(Part("person", Person, "person_id", _PERSON), _BRANCH, _HOME),
        ready=(
            Ready("probationary", "预备党员", lambda s: s.column("kind") == "预备党员"),
            Ready("no_branch", "支部未填", lambda s: s.column("branch.organisation_id").is_(None)),
            Ready("floating", "流动党员", lambda s: s.column("floating").is_(True)),
            Ready("lost", "失联党员", lambda s: s.column("lost").is_(True)),
        ),
        rules=(rules.member_problems,),
        settle=settle_birth,
        duplicates=(("person.name", "person.birth"), ("person.phone",)),
        defaults={"kind": "正式党员", "standing": "正常"},
        face=True,
        icon="people",
    ),
    Register(
        key="central_household",
        title="党员中心户",
        noun="党员中心户",
        record=CentralHousehold,
        sections=(
            ("基本情况", ("code", "host_id", "branch_id", "group_id", "household_id", "state")),
            (
                "确定与挂牌",
                ("designated_on", "approval_note", "plaque_no", "plaque_on", "responsible_id"),
            ),
            ("场地与服务", ("venue_area", "seats", "equipment", "specialties")),
            ("其他", ("ended_on", "end_reason", "community_id", "remark")),
        ),
        columns=(
            "code",
            "host_id",
            "branch_id",
            "household_id",
            "linked_members",
            "linked_households",
            "state",
            "reviewed_on",
        ),
        order="code",
        parts=(Part("host", Person, "host_id", _HOST, editable=False),),
        derived=(
            Derived(
                "linked_members",
                Field("联系党员", Kind.INTEGER, width_mm=18, computed=True),
                _linked(LinkedMember),
            ),
            Derived(
                "linked_households",
                Field("联系户", Kind.INTEGER, width_mm=16, computed=True),
                _linked(LinkedHousehold),
            ),
            Derived(
                "reviewed_on", Field("复核", Kind.DATE, width_mm=22, computed=True), _last_review
            ),
        ),
        ready=(
            Ready("active", "在册", _active),
            Ready("review", "本年应复核", lambda s: _active(s) & _reviewed_this_year(s)),
            Ready(
                "few",
                "联系党员不足",
                lambda s: _active(s) & (s.column("linked_members") < rules.FEWEST_LINKED),
            ),
            Ready("no_plaque", "未挂牌", lambda s: s.column("state") == "确定"),
        ),
        children=(
            Child("linked_member", "central_household_id", "联系党员"),
            Child("linked_household", "central_household_id", "联系户"),
            Child("central_household_activity", "central_household_id", "活动记录"),
            Child("central_household_review", "central_household_id", "年度复核"),
        ),
        rules=(rules.central_household_problems,),
        defaults={"state": "推荐"},
        icon="plaque",
    ),
    Register(
        key="party_organisation",
        title="党组织",
        noun="党组织",
        record=PartyOrganisation,
        sections=(
            (
                "基本情况",
                ("name", "kind", "parent_id", "code", "secretary_id", "buildings", "community_id"),
            ),
            ("成立与换届", ("founded_on", "approval_doc", "elected_on", "term_years")),
            ("起止", ("valid_from", "valid_to", "end_reason")),
        ),
        columns=("name", "kind", "parent_id", "secretary_id", "members"),
        order="name",
        derived=(
            Derived("members", Field("党员数", Kind.INTEGER, width_mm=16, computed=True), _members),
        ),
        ready=tuple(
            Ready(f"kind{number}", kind, _of_kind(kind)) for number, kind in enumerate(rules.KINDS)
        ),
        children=(
            Child("party_organisation", "parent_id", "下级组织"),
            Child("central_household", "branch_id", "党员中心户"),
            Child("branch_membership", "organisation_id", "党员"),
        ),
        rules=(rules.organisation_problems,),
        adopt=rules.organisation_from_text,
        icon="tree",
    ),
    Register(
        key="branch_membership",
        title="支部党员",
        noun="支部党员",
        record=BranchMembership,
        sections=(
            ("关系", ("person_id", "organisation_id", "valid_from", "valid_to", "end_reason")),
        ),
        columns=("person_id", "organisation_id", "valid_from", "valid_to"),
        order="person_id",
        hidden=("community_id",),
        menu=False,
    ),
    Register(
        key="linked_member",
        title="联系党员",
        noun="联系党员",
        record=LinkedMember,
        sections=(
            ("联系", ("central_household_id", "person_id", "valid_from", "valid_to", "end_reason")),
        ),
        columns=("person_id", "valid_from", "valid_to"),
        order="person_id",
        hidden=("community_id",),
        rules=(rules.linked_member_problems,),
        menu=False,
    ),
    Register(
        key="linked_household",
        title="联系户",
        noun="联系户",
        record=LinkedHousehold,
        sections=(
            (
                "联系",
                ("central_household_id", "household_id", "valid_from", "valid_to", "end_reason"),
            ),
        ),
        columns=("household_id", "valid_from", "valid_to"),
        order="household_id",
        hidden=("community_id",),
        menu=False,
    ),
    Register(
        key="central_household_review",
        title="年度复核",
        noun="年度复核",
        record=CentralHouseholdReview,
        sections=(("复核", ("central_household_id", "year", "reviewed_on", "result", "note")),),
        columns=("year", "reviewed_on", "result", "note"),
        order="year",
        hidden=("community_id",),
        menu=False,
    ),
    Register(
        key="central_household_activity",
        title="中心户活动",
        noun="活动记录",
        record=CentralHouseholdActivity,
        sections=(
            ("活动", ("central_household_id", "held_on", "kind", "people", "summary", "issues")),
        ),
        columns=("held_on", "kind", "people", "summary", "issues"),
        order="held_on",
        hidden=("community_id",),
        menu=False,
    ),
)
