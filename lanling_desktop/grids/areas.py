"""How what grids cover is handed over: dated, a whole compound broken up where a building leaves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.listing import in_force
from lanling_desktop.core.records import table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.grids.records import GridArea
from lanling_desktop.organisation.tree import short_number
from lanling_desktop.people.records import Household
from lanling_desktop.places.records import Building

_NAMED = 3  # homes that a refusal names
Place = tuple[str, str]
"""Compound id and building number; no number is the whole compound."""


def take_over(unit: Unit, places: Iterable[Place], grid_id: str, day: date, reason: str) -> None:
    """From that day a grid covers these places, and whoever covered them does so no longer."""
    by_compound: dict[str, set[str]] = {}
    for compound, building in places:
        by_compound.setdefault(compound, set()).add(building)
    for compound, buildings in by_compound.items():
        wanted = {""} if "" in buildings else buildings
        for each in _held(unit, compound, day):
            if each.grid_id != grid_id:
                _give_up(unit, each, wanted, day, reason)
        mine = {each.building or "" for each in _held(unit, compound, day)
                if each.grid_id == grid_id}  # fmt: skip
        for building in sorted(wanted - mine):
            if "" not in mine:
                _cover(unit, grid_id, compound, building, day)
    unit.session.flush()


def covered(unit: Unit, grid_id: str, day: date) -> list[Place]:
    """The places a grid covers on the day."""
    here = table_of(GridArea)
    rows = unit.rows(
        select(here.c.compound_id, here.c.building).where(
            here.c.grid_id == grid_id, here.c.binned_at.is_(None), in_force(here, day)
        )
    )
    return [(compound, building or "") for compound, building in rows]


def _held(unit: Unit, compound_id: str, day: date) -> list[Any]:
    lasting = or_(GridArea.valid_to.is_(None), GridArea.valid_to > day)
    mine = GridArea.compound_id == compound_id, GridArea.binned_at.is_(None), lasting
    return unit.all(select(GridArea).where(*mine))


def _give_up(unit: Unit, held: Any, wanted: set[str], day: date, reason: str) -> None:
    whole = not held.building
    if not whole and "" not in wanted and held.building not in wanted:
        return
    if held.valid_from is not None and held.valid_from > day:
        raise OfficeError(
            f"这里从 {held.valid_from.isoformat()} 起才划入现在的网格，调整不能早于这一天",
            "没有改动任何数据",
            "请核对日期，或先撤销后来的调整",
        )
    held.valid_to, held.end_reason = day, reason
    if whole and "" not in wanted:
        _refuse_unnumbered(unit, held.compound_id, day)
        # The other buildings of the compound stay where they were.
        for building in sorted(_numbers(unit, held.compound_id, day) - wanted):
            _cover(unit, held.grid_id, held.compound_id, building, day)


def _refuse_unnumbered(unit: Unit, compound_id: str, day: date) -> None:
    """Homes that say no building would be in no grid once the compound is broken up."""
    home = table_of(Household)
    mine = home.c.compound_id == compound_id, home.c.binned_at.is_(None), in_force(home, day)
    bare = or_(home.c.building.is_(None), home.c.building == "")
    rows = unit.rows(select(home.c.address).where(*mine, bare).order_by(home.c.address))
    if rows:
        some = "、".join(str(row[0] or "没有地址的一户") for row in rows[:_NAMED])
        raise OfficeError(
            f"这个小区有 {len(rows)} 户没有楼号（{some}{'等' if len(rows) > _NAMED else ''}），"
            "按楼栋划分后会不在任何网格里",
            "没有改动任何数据",
            "请先在户里补上楼号，再划分",
        )


def _cover(unit: Unit, grid_id: str, compound: str, building: str, day: date) -> None:
    unit.add(
        GridArea(grid_id=grid_id, compound_id=compound, building=building or None, valid_from=day)
    )


def _numbers(unit: Unit, compound_id: str, day: date) -> set[str]:
    building, home = table_of(Building), table_of(Household)
    found: set[str] = set()
    for table, column in ((building, building.c.name), (home, home.c.building)):
        rows = unit.rows(
            select(column).where(
                table.c.compound_id == compound_id,
                table.c.binned_at.is_(None),
                # Homes entered since then are there to be covered as well.
                or_(table.c.valid_to.is_(None), table.c.valid_to > day),
            )
        )
        found |= {short_number(row[0]) for row in rows if row[0]}
    return found - {""}
