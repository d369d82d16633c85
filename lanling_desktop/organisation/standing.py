"""What somebody was in the party on a day, for papers that say it of other people than members."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, or_, select

from lanling_desktop.core.listing import Scope
from lanling_desktop.core.records import table_of
from lanling_desktop.organisation.records import PartyMember

_LEFT = ("转出", "出党")  # who moved on or died was a member while here
FULL, PROBATIONARY = "中共党员", "中共预备党员"


def political_status(scope: Scope) -> ColumnElement[Any]:
    """政治面貌 on the day: by the register of members, else what the person's own column says."""
    member, person = table_of(PartyMember), scope.part(scope.register.part("person"))
    confirmed = or_(member.c.confirmed_on <= scope.day, member.c.kind == "正式党员")
    begun = case((member.c.confirmed_on > scope.day, PROBATIONARY), (confirmed, FULL))
    by_register = (
        select(func.max(func.coalesce(begun, literal(PROBATIONARY))))
        .where(
            member.c.person_id == person.c.id,
            member.c.binned_at.is_(None),
            or_(member.c.joined_on.is_(None), member.c.joined_on <= scope.day),
            or_(member.c.standing.is_(None), member.c.standing.not_in(_LEFT)),
        )
        .scalar_subquery()
    )
    found: ColumnElement[Any] = func.coalesce(by_register, person.c.political_status)
    return found
