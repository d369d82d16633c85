"""The party tree and the tree of places, each node with its counts, as of a day.

Every tree is read in a fixed number of statements, however many nodes it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from lanling_desktop.core.listing import in_force
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnySelect, table_of
from lanling_desktop.organisation import rules
from lanling_desktop.organisation.records import (
    BranchMembership,
    CentralHousehold,
    FormerParent,
    LinkedHousehold,
    LinkedMember,
    PartyMember,
    PartyOrganisation,
)
from lanling_desktop.people.records import Household, HouseholdMember, Person
from lanling_desktop.places.records import Building, Community, Compound

_UNKNOWN = "楼号未填"


@dataclass(frozen=True, slots=True)
class Node:
    """One node with the counts of itself and everything below it.

    `register` and `id` name its record ("" where a node gathers what has none). `members` are
    party members, of a central household those it is linked with; `households` are those lived
    in (tree of places) or linked with a central household (party tree); `persons` live there.
    """

    register: str
    id: str
    title: str
    kind: str
    members: int = 0
    central_households: int = 0
    households: int = 0
    persons: int = 0
    children: tuple[Node, ...] = field(default=())
    lead: str = ""  # who leads it, as it is said: 书记 张玉兰
    place: tuple[str, str] | None = None  # compound and building, of what a grid covers


def party_tree(
    office: Office, *, community_id: str | None = None, day: date | None = None
) -> tuple[Node, ...]:
    """社区大党委 → 网格党支部 → 楼宇党小组 → 党员中心户, of one community or all."""
    on = day or office.today
    organisations = _organisations(office, community_id, on)
    known = {row.id for row in organisations}
    below: dict[str, list[Any]] = {}
    for row in organisations:
        parent = row.parent_id if row.parent_id in known else ""
        below.setdefault(parent, []).append(row)
    members = counted(office, _members_by_organisation(on))
    homes: dict[str, list[Node]] = {}
    for owner, node in _central_nodes(office, community_id, on):
        homes.setdefault(owner if owner in known else "", []).append(node)
    top = [_organisation_node(row, below, members, homes) for row in below.get("", ())]
    return (*top, *homes.get("", ()))


def in_force_on(day: date) -> ColumnElement[bool]:
    """Whether a central household was in force on a day, by the dates it was given."""
    here = table_of(CentralHousehold).c
    since = func.coalesce(here.designated_on, here.plaque_on)
    undated = and_(since.is_(None), here.state.in_(rules.ACTIVE))
    over = and_(here.ended_on.is_not(None), here.ended_on <= day)
    return and_(or_(since <= day, undated), ~over, here.binned_at.is_(None))


def _organisations(office: Office, community_id: str | None, day: date) -> list[Any]:
    here, former = table_of(PartyOrganisation), table_of(FormerParent)
    secretary = table_of(Person)
    moved = and_(
        former.c.organisation_id == here.c.id,
        former.c.binned_at.is_(None),
        former.c.valid_to.is_not(None),
        in_force(former, day),
    )
    # Where it hung on that day, if it was moved since.
    parent = case((former.c.id.is_not(None), former.c.parent_id), else_=here.c.parent_id)
    statement = (
        select(
            here.c.id,
            here.c.name,
            here.c.kind,
            parent.label("parent_id"),
            here.c.community_id,
            secretary.c.name.label("secretary"),
        )
        .select_from(
            here.outerjoin(former, moved).outerjoin(
                secretary, secretary.c.id == here.c.secretary_id
            )
        )
        .where(here.c.binned_at.is_(None), in_force(here, day))
    )
    if community_id:
        statement = statement.where(here.c.community_id == community_id)
    # Communities in the order they were entered, as the tree of places has them.
    return sorted(
        office.rows(statement), key=lambda row: (row.community_id or "", natural(row.name or ""))
    )


def _members_by_organisation(day: date) -> AnySelect:
    link, member = table_of(BranchMembership), table_of(PartyMember)
    return (
        select(link.c.organisation_id, func.count(func.distinct(link.c.person_id)))
        .join_from(link, member, member.c.person_id == link.c.person_id)
        .where(link.c.binned_at.is_(None), member.c.binned_at.is_(None), in_force(link, day))
        .group_by(link.c.organisation_id)
    )


def _central_nodes(
    office: Office, community_id: str | None, day: date
) -> Iterable[tuple[str, Node]]:
    """The central households of the day, each with the organisation it hangs under."""
    linked = counted(office, _links_by_central(LinkedMember, LinkedMember.person_id, day))
    homes = counted(office, _links_by_central(LinkedHousehold, LinkedHousehold.household_id, day))
    here, host = table_of(CentralHousehold), table_of(Person)
    statement = (
        select(here.c.id, here.c.code, here.c.branch_id, here.c.group_id, host.c.name)
        .outerjoin_from(here, host, host.c.id == here.c.host_id)
        .where(in_force_on(day))
        .order_by(here.c.code)
    )
    if community_id:
        statement = statement.where(here.c.community_id == community_id)
    for key, code, branch, group, name in office.rows(statement):
        title = f"{code} {name or ''}".strip()
        node = Node("central_household", key, title, "党员中心户", linked[key], 1, homes[key])
        yield group or branch or "", node


def _links_by_central(kind: Any, target: Any, day: date) -> AnySelect:
    link = table_of(kind)
    return (
        select(link.c.central_household_id, func.count(func.distinct(target)))
        .where(link.c.binned_at.is_(None), in_force(link, day))
        .group_by(link.c.central_household_id)
    )


def _organisation_node(
    row: Any,
    below: Mapping[str, list[Any]],
    members: Counter[Any],
    homes: Mapping[str, list[Node]],
) -> Node:
    children = [_organisation_node(each, below, members, homes) for each in below.get(row.id, ())]
    central = homes.get(row.id, [])
    return Node(
        register="party_organisation",
        id=row.id,
        title=row.name or "",
        kind=row.kind or "",
        # A central household's members are counted in their branch, not a second time.
        members=members[row.id] + sum(each.members for each in children),
        central_households=len(central) + sum(each.central_households for each in children),
        households=sum(each.households for each in (*children, *central)),
        children=(*children, *central),
        lead=f"{rules.LEADERS.get(row.kind, '书记')} {row.secretary}" if row.secretary else "",
    )


def place_tree(
    office: Office, *, community_id: str | None = None, day: date | None = None
) -> tuple[Node, ...]:
    """社区 → 小区 → 楼栋, with the households, persons and party members who live there."""
    on = day or office.today
    counts = Counts.read(office, on)
    return tuple(
        _community_node(row, counts, compounds)
        for row, compounds in communities(office, community_id, on)
    )


@dataclass(frozen=True)
class Counts:
    """What lives where: by (community, compound, building)."""

    households: Counter[Any]
    persons: Counter[Any]
    members: Counter[Any]
    buildings: Mapping[str, list[tuple[str, str]]]

    @classmethod
    def read(cls, office: Office, day: date) -> Counts:
        """Everything that was in force on the day."""
        home, link = table_of(Household), table_of(HouseholdMember)
        member, building = table_of(PartyMember), table_of(Building)
        place = home.c.community_id, home.c.compound_id, home.c.building
        alive = home.c.binned_at.is_(None), in_force(home, day)
        living = link.c.binned_at.is_(None), in_force(link, day)
        homes = select(*place, func.count()).where(*alive).group_by(*place)
        lived = select(*place, func.count(func.distinct(link.c.person_id)))
        lived = lived.join_from(link, home, home.c.id == link.c.household_id)
        lived = lived.where(*alive, *living).group_by(*place)
        theirs = lived.join(
            member, and_(member.c.person_id == link.c.person_id, member.c.binned_at.is_(None))
        )
        entered: dict[str, list[tuple[str, str]]] = {}
        statement = select(building.c.compound_id, building.c.id, building.c.name)
        statement = statement.where(building.c.binned_at.is_(None), in_force(building, day))
        for compound, key, name in office.rows(statement):
            entered.setdefault(compound, []).append((key, name or ""))
        return cls(counted(office, homes), counted(office, lived), counted(office, theirs), entered)

    def at(self, places: Iterable[Any]) -> list[Node]:
        """A bare node per place, with its counts."""
        return [
            Node(
                "",
                "",
                "",
                "",
                households=self.households[place],
                persons=self.persons[place],
                members=self.members[place],
            )
            for place in places
        ]

    @cached_property
    def by_compound(self) -> Mapping[Any, list[Any]]:
        """Every place by its compound; by its community where it has none."""
        found: dict[Any, list[Any]] = {}
        for place in self.households:
            found.setdefault(place[1] or (place[0],), []).append(place)
        return found


def communities(office: Office, community_id: str | None, day: date) -> list[tuple[Any, list[Any]]]:
    """The communities of the day, each with its compounds: rows of id and name."""
    community, compound = table_of(Community), table_of(Compound)
    statement = select(community.c.id, community.c.name)
    statement = statement.where(community.c.binned_at.is_(None), in_force(community, day))
    estates = select(compound.c.id, compound.c.name, compound.c.community_id)
    estates = estates.where(compound.c.binned_at.is_(None), in_force(compound, day))
    if community_id:
        statement = statement.where(community.c.id == community_id)
        estates = estates.where(compound.c.community_id == community_id)
    by_community: dict[str, list[Any]] = {}
    for row in sorted(office.rows(estates), key=lambda row: natural(row.name or "")):
        by_community.setdefault(row.community_id, []).append(row)
    rows = sorted(office.rows(statement), key=lambda row: row.id)
    return [(row, by_community.get(row.id, [])) for row in rows]


def _community_node(row: Any, counts: Counts, compounds: list[Any]) -> Node:
    children = [_compound_node(each, counts) for each in compounds]
    elsewhere = counts.by_compound.get((row.id,))
    if elsewhere:
        # Addresses that name no compound are gathered in one node.
        children.append(summed("", "", "其他地址", "小区", counts.at(elsewhere), leaf=True))
    return summed("community", row.id, row.name or "", "社区", children)


def _compound_node(row: Any, counts: Counts) -> Node:
    return summed("compound", row.id, row.name or "", "小区", building_nodes(row.id, counts))


def building_nodes(compound_id: str, counts: Counts) -> list[Node]:
    """The buildings of a compound, those entered and those that somebody lives in."""
    entered = {
        short_number(name): (key, name) for key, name in counts.buildings.get(compound_id, ())
    }
    places: dict[str, list[Any]] = {short: [] for short in entered}
    for place in counts.by_compound.get(compound_id, ()):
        places.setdefault(short_number(place[2] or ""), []).append(place)
    children = []
    for short in sorted(places, key=natural):
        key, name = entered.get(short, ("", f"{short}号楼" if short else _UNKNOWN))
        here = counts.at(places[short])
        node = summed("building" if key else "", key, name, "楼栋", here, leaf=True)
        children.append(replace(node, place=(compound_id, short)) if short else node)
    return children


def summed(
    register: str, key: str, title: str, kind: str, below: list[Node], *, leaf: bool = False
) -> Node:
    """A node with the counts of what is below it, which a leaf does not show."""
    return Node(
        register,
        key,
        title,
        kind,
        members=sum(each.members for each in below),
        households=sum(each.households for each in below),
        persons=sum(each.persons for each in below),
        children=() if leaf else tuple(below),
    )


def short_number(building: str) -> str:
    """A building's number as an address holds it: 3号楼 is 3."""
    return building.removesuffix("楼").removesuffix("号")


_CHINESE = "一二三四五六七八九十"


def natural(text: str) -> tuple[Any, ...]:
    """Order by which 2号楼 comes before 10号楼 and 第二 before 第十."""
    pieces: list[Any] = []
    digits = ""
    for each in f"{text} ":
        if each.isdecimal():
            digits += each
            continue
        if digits:
            pieces.append((0, int(digits), ""))
            digits = ""
        rank = _CHINESE.find(each)
        pieces.append((1, rank, "") if rank >= 0 else (2, 0, each))
    return tuple(pieces)


def counted(office: Office, statement: AnySelect) -> Counter[Any]:
    """Counts by what the statement groups by: its last column is the count."""
    rows = office.rows(statement)
    return Counter({(row[0] if len(row) == 2 else tuple(row[:-1])): row[-1] for row in rows})
