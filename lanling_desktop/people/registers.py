"""How the clerk meets persons and households: lists, forms, filters, what hangs on what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, or_

from lanling_desktop.core.attachments import PHOTOS, SCANS
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.records import table_of
from lanling_desktop.core.register import Child, Part, Ready, Register
from lanling_desktop.people import procedures, rules
from lanling_desktop.people.records import Household, HouseholdMember, Person
from lanling_desktop.standards import codes

_PERSON = ("name", "identity_number", "sex", "birth", "birth_note", "ethnicity", "phone")
HOME = Part(
    "home",
    HouseholdMember,
    "person_id",
    ("household_id", "relation"),
    dated=True,
    goes_along=True,
)


def _by_relation(scope: Scope) -> ColumnElement[Any]:
    """The head first, then as the table of relations has them, then by name."""
    words = codes.words("household_relation")
    places = {word: f"{place:03}" for place, word in enumerate(words)}
    rank = case(places, value=scope.column("relation"), else_="999")
    home, head = table_of(Household), scope.column("person_id")
    is_head = exists().where(home.c.id == scope.column("household_id"), home.c.head_id == head)
    return case((is_head, "000"), else_=rank) + func.coalesce(scope.order("person.name"), "")


def _was_born(scope: Scope) -> ColumnElement[bool]:
    """A list of an earlier day leaves out who was not yet born."""
    birth = scope.column("birth")
    return or_(birth.is_(None), birth <= scope.day)


REGISTERS = (
    Register(
        key="person",
        there=_was_born,
        title="居民",
        noun="居民",
        record=Person,
        sections=(
            ("基本情况", (*_PERSON, "political_status")),
            ("住址", ("home.household_id", "home.relation", "community_id")),
            (
                "其他",
                ("education", "degree", "employer", "native_place", "state", "state_on", "remark"),
            ),
        ),
        columns=("name", "sex", "birth", "identity_number", "phone", "home.household_id", "state"),
        order="name",
        parts=(HOME,),
        ready=(
            Ready("no_number", "身份证号未填", lambda s: s.column("identity_number").is_(None)),
            Ready("no_home", "住址未填", lambda s: s.column("home.household_id").is_(None)),
            Ready("left", "迁出或死亡", lambda s: s.column("state").in_(("迁出", "死亡"))),
        ),
        children=(Child("household_member", "person_id", "住过的户"),),
        rules=(rules.person_problems,),
        settle=rules.settle_birth,
        duplicates=(("name", "birth"), ("phone",)),
        procedures=procedures.PERSON,
        defaults={"state": "常住"},
        tells=("birth", "home.household_id"),
        first={"ethnicity": "汉族"},
        icon="people",
        attachments=PHOTOS,
    ),
    Register(
        key="household",
        title="户",
        noun="户",
        record=Household,
        sections=(
            ("地址", ("compound_id", "building", "unit", "room", "other_address")),
            ("户", ("code", "head_id", "residence", "community_id", "remark")),
            ("起止", ("valid_from", "valid_to", "end_reason")),
        ),
        columns=("address", "head_id", "residence", "code"),
        order="address",
        ready=(
            Ready("no_head", "户主未填", lambda s: s.column("head_id").is_(None)),
            Ready("empty", "空置", lambda s: s.column("residence") == "空置"),
        ),
        children=(Child("household_member", "household_id", "家庭成员"),),
        rules=(rules.household_problems,),
        canonical=rules.canonical_address,
        adopt=rules.household_from_text,
        defaults={"residence": "常住"},
        icon="household",
        attachments=SCANS,
    ),
    Register(
        key="household_member",
        title="家庭成员",
        noun="家庭成员",
        record=HouseholdMember,
        sections=(
            ("人员", tuple(f"person.{name}" for name in _PERSON)),
            ("在户", ("relation", "household_id", "valid_from", "valid_to", "end_reason")),
        ),
        columns=(
            "person.name",
            "relation",
            "person.sex",
            "person.birth",
            "person.phone",
            "valid_from",
        ),
        order="person.name",
        arranged=_by_relation,
        parts=(Part("person", Person, "person_id", _PERSON),),
        rules=(rules.member_problems,),
        settle=rules.settle_birth,
        duplicates=(("person.name", "person.birth"),),
        hidden=("community_id",),
        menu=False,
        icon="people",
    ),
)
