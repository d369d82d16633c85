"""How the clerk meets the party tree: lists, forms, filters, what hangs on what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from lanling_desktop.core.attachments import PHOTOS, SCANS
from lanling_desktop.core.desk import number
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope, in_force
from lanling_desktop.core.register import Child, Derived, OfSheet, Part, Ready, Register
from lanling_desktop.organisation import belonging, procedures, rules
from lanling_desktop.organisation.records import (
    BranchMembership,
    CentralHousehold,
    CentralHouseholdActivity,
    CentralHouseholdReview,
    LinkedHousehold,
    LinkedMember,
    PartyMember,
    PartyOrganisation,
)
from lanling_desktop.people.records import Person
from lanling_desktop.people.registers import HOME
from lanling_desktop.people.rules import settle_birth

_NUMBERED = 30  # branches of one community that are numbered in words


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
    # Named outright: two selects deep, SQLAlchemy would take the main table for one of its own.
    groups = select(below.c.id).where(below.c.parent_id == scope.id).correlate(scope.main)
    return (
        select(func.count(func.distinct(here.c.person_id)))
        .where(
            or_(here.c.organisation_id == scope.id, here.c.organisation_id.in_(groups)),
            in_force(here, scope.day),
            here.c.binned_at.is_(None),
        )
        .scalar_subquery()
    )


def by_number(scope: Scope) -> ColumnElement[Any]:
    """By name, with 第二 before 第三 and 第9 before 第10."""
    return numbered(scope.column("name"))


def numbered(name: ColumnElement[Any]) -> ColumnElement[Any]:
    """What a column of names such as 第二网格 is ordered by."""
    for place in range(_NUMBERED, 0, -1):  # 第二十一 before 第二十, which it begins with
        name = func.replace(name, f"第{_numeral(place)}", f"第{place:02}")
    return case((name.op("GLOB")("*第[0-9][^0-9]*"), func.replace(name, "第", "第0")), else_=name)


def _numeral(place: int) -> str:
    """A number below a hundred as a branch is numbered: 十, 十一, 二十."""
    tens, ones = divmod(place, 10)
    digits = "零一二三四五六七八九"
    return (
        ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")
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
        of_sheet=OfSheet(
            rules.member_of_sheet,
            {"kind": "新增的填“正式党员”；入党不满一年又没有转正日期的，填“预备党员”"},
            {"kind": "人员类别没写：入党不满一年、没有转正日期，记为预备党员"},
        ),
        duplicates=(("person.name", "person.birth"), ("person.phone",)),
        procedures=procedures.MEMBER,
        defaults={"kind": "正式党员", "standing": "正常"},
        there=belonging.member_belonged,
        face=True,
        tells=("person.birth", "branch.organisation_id", "home.household_id"),
        icon="people",
        attachments=SCANS,
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
                lambda s: _active(s) & (s.column("linked_members") < number(*rules.FEWEST_LINKED)),
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
        procedures=procedures.CENTRAL,
        defaults={"state": "推荐"},
        there=belonging.central_stood,
        proposed=procedures.known_of_central,
        icon="plaque",
        attachments=PHOTOS,
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
        arranged=by_number,
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
        attachments=SCANS,
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
        attachments=SCANS,
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
        attachments=PHOTOS,
    ),
)
