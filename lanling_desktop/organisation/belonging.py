"""Who belonged on a day: lists and papers of an earlier day leave out who came later."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_

from lanling_desktop.core.listing import Scope, in_force
from lanling_desktop.core.records import table_of
from lanling_desktop.organisation.records import BranchMembership

_LEFT = ("转出", "出党", "死亡")


def member_belonged(scope: Scope) -> ColumnElement[bool]:
    """In the party and in a branch on the day.

    One who never was in any branch counts unless the register says he left.
    """
    link = table_of(BranchMembership)
    main = scope.main.c
    mine = and_(link.c.person_id == main.person_id, link.c.binned_at.is_(None))
    stays = or_(main.standing.is_(None), main.standing.not_in(_LEFT))
    here = or_(exists().where(mine, in_force(link, scope.day)), and_(~exists().where(mine), stays))
    return and_(here, or_(main.joined_on.is_(None), main.joined_on <= scope.day))


def central_stood(scope: Scope) -> ColumnElement[bool]:
    """Recommended or designated by the day, and its plaque not taken down before it."""
    main = scope.main.c
    return and_(
        or_(main.designated_on.is_(None), main.designated_on <= scope.day),
        or_(main.ended_on.is_(None), main.ended_on > scope.day),
    )
