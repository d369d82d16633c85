"""社区 → 网格 → 楼栋, each node with its counts, as of a day; what no grid covers beside them.

Read in a fixed number of statements, however many grids there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from lanling_desktop.core.listing import in_force
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import table_of
from lanling_desktop.grids import rules
from lanling_desktop.grids.records import Grid, GridArea, GridWorker
from lanling_desktop.organisation.tree import (
    Counts,
    Node,
    building_nodes,
    communities,
    natural,
    summed,
)
from lanling_desktop.people.records import Person

UNCOVERED = "未划入网格"


def grid_tree(
    office: Office, *, community_id: str | None = None, day: date | None = None
) -> tuple[Node, ...]:
    """社区 → 网格 → 小区、楼栋, with the households, residents and members who live there."""
    on = day or office.today
    counts, areas = Counts.read(office, on), _areas(office, on)
    places = communities(office, community_id, on)
    names = {row.id: row.name or "" for _, compounds in communities(office, None, on)
             for row in compounds}  # fmt: skip
    grids: dict[str, list[Node]] = {}
    for row, node in _grids(office, on, areas, names, counts):
        grids.setdefault(row.community_id or "", []).append(node)
    covered = {place for those in areas.values() for place in those}
    found = []
    for row, compounds in places:
        below = [*grids.pop(row.id, []), *_rest(row.id, compounds, covered, counts)]
        found.append(summed("community", row.id, row.name or "", "社区", below))
    if community_id is None:
        lost = [node for those in grids.values() for node in those]
        if lost:  # grids whose community is not said, or is no more
            found.append(summed("", "lost", "社区未填", "社区", lost))
    return tuple(found)


def covered_by(office: Office, grid_id: str, day: date) -> tuple[Node, ...]:
    """What one grid covers on the day: whole compounds with their buildings, single buildings."""
    counts = Counts.read(office, day)
    names = {row.id: row.name or "" for _, compounds in communities(office, None, day)
             for row in compounds}  # fmt: skip
    return tuple(_covered(_areas(office, day).get(grid_id, ()), names, counts))


def _areas(office: Office, day: date) -> Mapping[str, list[tuple[str, str]]]:
    here = table_of(GridArea)
    statement = select(here.c.grid_id, here.c.compound_id, here.c.building)
    statement = statement.where(here.c.binned_at.is_(None), in_force(here, day))
    found: dict[str, list[tuple[str, str]]] = {}
    for grid, compound, building in office.rows(statement):
        found.setdefault(grid, []).append((compound, building or ""))
    return found


def _grids(
    office: Office,
    day: date,
    areas: Mapping[str, list[tuple[str, str]]],
    names: Mapping[str, str],
    counts: Counts,
) -> list[tuple[Any, Node]]:
    """The grids of the day in their order, each as row and node."""
    here, worker, person = table_of(Grid), table_of(GridWorker), table_of(Person)
    chiefs = select(worker.c.grid_id, person.c.name)
    chiefs = chiefs.join_from(worker, person, person.c.id == worker.c.person_id).where(
        worker.c.role == rules.CHIEF, worker.c.binned_at.is_(None), in_force(worker, day)
    )
    chief = {row[0]: row[1] for row in office.rows(chiefs)}
    columns = ("id", "name", "kind", "community_id", "said_households", "said_residents")
    statement = select(*(here.c[name] for name in columns))
    rows = office.rows(statement.where(here.c.binned_at.is_(None), in_force(here, day)))
    found = []
    for row in sorted(rows, key=lambda row: natural(row.name or "")):
        below = _covered(areas.get(row.id, ()), names, counts)
        node = summed("grid", row.id, row.name or "", "网格", below)
        led = f"网格长 {chief[row.id]}" if row.id in chief else "缺网格长"
        node = replace(
            node,
            lead=led,
            households=node.households or row.said_households or 0,
            persons=node.persons or row.said_residents or 0,
        )
        found.append((row, node))
    return found


def _covered(
    places: Sequence[tuple[str, str]], names: Mapping[str, str], counts: Counts
) -> list[Node]:
    found = []
    for compound, building in sorted(places, key=lambda p: (natural(names.get(p[0], "")),
                                                            natural(p[1]))):  # fmt: skip
        name, buildings = names.get(compound, ""), building_nodes(compound, counts)
        if not building:
            found.append(_whole(compound, name, buildings))
            continue
        known = next((each for each in buildings if each.place == (compound, building)), None)
        node = known or Node("", "", f"{building}号楼", "楼栋", place=(compound, building))
        found.append(replace(node, title=f"{name} {node.title}"))
    return found


def _whole(compound: str, name: str, buildings: Sequence[Node]) -> Node:
    node = summed("compound", compound, name, "小区", list(buildings))
    return replace(node, place=(compound, ""))


def _rest(
    community: str, compounds: Sequence[Any], covered: set[tuple[str, str]], counts: Counts
) -> list[Node]:
    """What no grid covers, gathered in one node; none when everything is covered."""
    found = []
    for row in compounds:
        if (row.id, "") in covered:
            continue
        buildings = building_nodes(row.id, counts)
        left = [each for each in buildings if each.place not in covered]
        if len(left) == len(buildings):
            if not any(compound == row.id for compound, _ in covered):
                found.append(_whole(row.id, row.name or "", buildings))
        else:
            found += [replace(each, title=f"{row.name or ''} {each.title}") for each in left]
    elsewhere = counts.by_compound.get((community,))
    if elsewhere:
        found.append(summed("", "", "其他地址", "小区", counts.at(elsewhere), leaf=True))
    return [summed("", f"rest:{community}", UNCOVERED, "社区", found)] if found else []
