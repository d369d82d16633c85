"""How the clerk meets grids, what they cover and who works in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from lanling_desktop.core.attachments import PHOTOS, SCANS
from lanling_desktop.core.desk import number
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope, in_force
from lanling_desktop.core.register import Child, Derived, Part, Ready, Register
from lanling_desktop.grids import procedures, rules
from lanling_desktop.grids.records import Grid, GridArea, GridTraining, GridWorker
from lanling_desktop.organisation.records import PartyMember
from lanling_desktop.organisation.registers import by_number
from lanling_desktop.people.records import Household, HouseholdMember, Person
from lanling_desktop.people.rules import settle_birth


def _covered(scope: Scope, *wanted: Any) -> Any:
    """A select over the households a grid covers on the day."""
    area, home = GridArea.__table__, Household.__table__
    whole = or_(area.c.building.is_(None), area.c.building == "")
    return (
        select(*wanted)
        .select_from(area)
        .join(
            home,
            and_(
                home.c.compound_id == area.c.compound_id,
                or_(whole, home.c.building == area.c.building),
            ),
        )
        .where(
            area.c.grid_id == scope.id,
            in_force(area, scope.day),
            area.c.binned_at.is_(None),
            home.c.binned_at.is_(None),
            in_force(home, scope.day),
        )
        .correlate(scope.main)  # two levels up, where SQLAlchemy does not look of itself
    )


def households(scope: Scope) -> ColumnElement[Any]:
    """How many households a grid has on the day."""
    return _or_said(scope, _covered(scope, func.count()).scalar_subquery(), "said_households")


def residents(scope: Scope) -> ColumnElement[Any]:
    """How many people live in a grid on the day."""
    here = HouseholdMember.__table__
    homes = _covered(scope, Household.__table__.c.id)
    living = (
        select(func.count())
        .select_from(here)
        .where(
            here.c.household_id.in_(homes), in_force(here, scope.day), here.c.binned_at.is_(None)
        )
        .scalar_subquery()
    )
    return _or_said(scope, living, "said_residents")


def _or_said(scope: Scope, counted: Any, key: str) -> ColumnElement[Any]:
    """What the records say; where they say nothing, what was reported."""
    said: ColumnElement[Any] = case((counted > 0, counted), else_=scope.main.c[key])
    return said


def members(scope: Scope) -> ColumnElement[Any]:
    """How many party members live in a grid on the day."""
    here, member = HouseholdMember.__table__, PartyMember.__table__
    homes = _covered(scope, Household.__table__.c.id)
    return (
        select(func.count(func.distinct(member.c.id)))
        .select_from(member)
        .join(here, here.c.person_id == member.c.person_id)
        .where(
            here.c.household_id.in_(homes),
            in_force(here, scope.day),
            here.c.binned_at.is_(None),
            member.c.binned_at.is_(None),
            or_(member.c.joined_on.is_(None), member.c.joined_on <= scope.day),
        )
        .scalar_subquery()
    )


def _workers(scope: Scope, *more: Any) -> Any:
    here = GridWorker.__table__
    return (
        select(func.count())
        .select_from(here)
        .where(
            here.c.grid_id == scope.id,
            in_force(here, scope.day),
            here.c.binned_at.is_(None),
            *more,
        )
        .scalar_subquery()
    )


def _chief(scope: Scope) -> ColumnElement[Any]:
    here, person = GridWorker.__table__, Person.__table__
    return (
        select(func.min(person.c.name))
        .select_from(here)
        .join(person, person.c.id == here.c.person_id)
        .where(
            here.c.grid_id == scope.id,
            here.c.role == rules.CHIEF,
            in_force(here, scope.day),
            here.c.binned_at.is_(None),
        )
        .scalar_subquery()
    )


def _no_chief(scope: Scope) -> ColumnElement[bool]:
    none: ColumnElement[bool] = _workers(scope, GridWorker.__table__.c.role == rules.CHIEF) == 0
    return none


def _no_worker(scope: Scope) -> ColumnElement[bool]:
    none: ColumnElement[bool] = _workers(scope) == 0
    return none


def _in_role(role: str) -> Callable[[Scope], ColumnElement[bool]]:
    return lambda scope: scope.column("role") == role


def _wrong_size(scope: Scope) -> ColumnElement[bool]:
    homes = households(scope)
    return and_(homes > 0, or_(homes < number(*rules.FEWEST), homes > number(*rules.MOST)))


def _counted(key: str, label: str, how: Any, width: float = 16) -> Derived:
    return Derived(key, Field(label, Kind.INTEGER, width_mm=width, computed=True), how)


_PERSON = ("name", "identity_number", "sex", "birth", "education", "phone")

REGISTERS = (
    Register(
        key="grid",
        title="网格",
        noun="网格",
        record=Grid,
        sections=(
            ("基本情况", ("name", "code", "kind", "exclusive_kind", "community_id", "branch_id")),
            ("范围", ("boundary", "said_households", "said_residents")),
            (
                "沿革",
                ("predecessor_id", "adjusted_on", "valid_from", "valid_to", "end_reason", "remark"),
            ),
        ),
        columns=("code", "name", "kind", "chief", "workers", "households", "residents", "members"),
        order="name",
        arranged=by_number,
        derived=(
            Derived("chief", Field("网格长", Kind.NAME, width_mm=18, computed=True), _chief),
            _counted("workers", "网格员数", _workers),
            _counted("households", "户数", households),
            _counted("residents", "居民数", residents),
            _counted("members", "党员数", members),
        ),
        ready=(
            Ready("no_chief", "缺网格长", _no_chief),
            Ready("no_worker", "无人负责", _no_worker),
            Ready("size", "户数不合适", _wrong_size),
            Ready("no_branch", "支部未定", lambda s: s.column("branch_id").is_(None)),
        ),
        children=(
            Child("grid_area", "grid_id", "小区与楼栋"),
            Child("grid_worker", "grid_id", "网格员"),
        ),
        rules=(rules.grid_problems,),
        adopt=rules.grid_from_text,
        defaults={"kind": rules.KINDS[0]},
        icon="grid",
        attachments=PHOTOS,
    ),
    Register(
        key="grid_worker",
        title="网格员",
        noun="网格员",
        record=GridWorker,
        sections=(
            ("人员", tuple(f"person.{name}" for name in _PERSON)),
            ("岗位", ("grid_id", "role", "functions", "source", "appointment_doc", "pay")),
            ("起止", ("status", "valid_from", "valid_to", "end_reason", "community_id")),
        ),
        columns=(
            "person.name",
            "person.sex",
            "person.phone",
            "grid_id",
            "role",
            "functions",
            "valid_from",
        ),
        order="person.name",
        parts=(Part("person", Person, "person_id", _PERSON),),
        ready=tuple(Ready(f"role{n}", role, _in_role(role)) for n, role in enumerate(rules.ROLES)),
        children=(Child("grid_training", "grid_worker_id", "培训记录"),),
        rules=(rules.worker_problems,),
        settle=settle_birth,
        procedures=procedures.WORKER,
        defaults={"status": "在岗"},
        icon="people",
        attachments=SCANS,
    ),
    Register(
        key="grid_area",
        title="网格范围",
        noun="小区或楼栋",
        record=GridArea,
        sections=(
            (
                "范围",
                ("grid_id", "compound_id", "building", "valid_from", "valid_to", "end_reason"),
            ),
        ),
        columns=("compound_id", "building", "valid_from", "valid_to"),
        order="compound_id",
        rules=(rules.area_problems,),
        menu=False,
    ),
    Register(
        key="grid_training",
        title="培训记录",
        noun="培训",
        record=GridTraining,
        sections=(("培训", ("grid_worker_id", "held_on", "subject", "hours", "result")),),
        columns=("held_on", "subject", "hours", "result"),
        order="held_on",
        newest_first=True,
        menu=False,
        attachments=PHOTOS,
    ),
)
