"""Papers of the staff: who serves in the communities on a day, and whom the county sent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from lanling_desktop.core.field import Field
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.records import table_of
from lanling_desktop.organisation.standing import political_status
from lanling_desktop.people.papers import month
from lanling_desktop.people.rosters import RosterPaper, Told
from lanling_desktop.staff import rules
from lanling_desktop.staff.records import Education


def _education(scope: Scope) -> ColumnElement[Any]:
    """The last school finished by the day; without one, what the person's own column says."""
    here = table_of(Education).c
    last = (
        select(here.level)
        .where(here.worker_id == scope.id, here.binned_at.is_(None), here.awarded_on <= scope.day)
        .order_by(here.awarded_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    found: ColumnElement[Any] = func.coalesce(
        last, scope.part(scope.register.part("person")).c.education
    )
    return found


def _served(scope: Scope) -> ColumnElement[bool]:
    """Hired by the day and not yet gone on it."""
    main = scope.main.c
    stays = and_(main.left_on.is_(None), main.status.not_in(rules.LEFT))
    begun = or_(main.hired_on.is_(None), main.hired_on <= scope.day)
    return and_(begun, or_(main.left_on > scope.day, stays))


WORKERS = RosterPaper(
    "community_worker_roster",
    "社区工作者花名册",
    "community_worker",
    (
        Told("person.name", width_mm=16),
        Told("person.sex", width_mm=9),
        Told("person.birth", "出生年月", 15, text=month),
        Told("person.ethnicity", width_mm=10),
        Told(field=Field("政治面貌"), width_mm=17, how=political_status),
        Told("person.identity_number", width_mm=33),
        Told(field=Field("学历"), width_mm=20, how=_education),
        Told("certificate", width_mm=22),
        Told("community_id", width_mm=22),
        Told("post.title", width_mm=26),
        Told("community_work_on", "从事社区工作", 17, text=month),
        Told("hired_on", width_mm=20),
        Told("duties", width_mm=17),
        Told("person.phone", width_mm=24),
    ),
    "人",
    belongs=_served,
)

SENT = RosterPaper(
    "red_secretary_roster",
    "红领书记花名册",
    "red_secretary",
    (
        Told("person.name", width_mm=18),
        Told("person.sex", width_mm=10),
        Told("person.birth", "出生年月", 18, text=month),
        Told(field=Field("政治面貌"), width_mm=20, how=political_status),
        Told("unit", width_mm=50),
        Told("rank", width_mm=24),
        Told("community_id", width_mm=34),
        Told("full_time", width_mm=12),
        Told("appointment_doc", width_mm=34),
        Told("valid_from", "任期起", 22),
        Told("valid_to", "任期止", 22),
        Told("person.phone", width_mm=26),
    ),
    "人",
)

PAPERS = (WORKERS.paper, SENT.paper)
