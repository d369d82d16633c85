"""Papers of the grids: who works in them, what they cover, and the board that hangs on the wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, BinaryIO

from sqlalchemy import case, func, select

from lanling_desktop.core import bulk
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope, in_force
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import table_of
from lanling_desktop.grids import registers, rules
from lanling_desktop.grids.records import Grid, GridArea, GridWorker
from lanling_desktop.organisation.records import PartyOrganisation
from lanling_desktop.organisation.registers import numbered
from lanling_desktop.organisation.standing import political_status
from lanling_desktop.people.papers import month, refuse_empty, view_of
from lanling_desktop.people.records import Person
from lanling_desktop.people.rosters import RosterPaper, Told, counted
from lanling_desktop.places.records import Community, Compound
from lanling_desktop.printing.notice_board import Board, BoardWorker, draw_boards
from lanling_desktop.printing.paper import MASKED, Job, Paper, Progress
from lanling_desktop.standards import dates

_GRID = next(each for each in registers.REGISTERS if each.key == "grid")
_RANK = case(
    {role: place for place, role in enumerate(rules.ROLES)}, value=table_of(GridWorker).c.role
)


def _grid_of(scope: Scope) -> Scope:
    """The grid somebody works in, as of the same day."""
    return Scope(_GRID, {}, scope.day)


def _with_grid(scope: Scope, source: Any) -> Any:
    grid = table_of(Grid)
    return source.outerjoin(grid, grid.c.id == scope.main.c.grid_id)


def _code(_scope: Scope) -> Any:
    grid = table_of(Grid)
    return func.coalesce(func.nullif(grid.c.code, ""), grid.c.name)


# 网格员花名册: heads and widths are the form's own (domain.md 9.1). Where the form has 备注 stands
# the role: which of them is 网格长 is what the roster is asked for.

WORKERS = RosterPaper(
    "grid_worker_roster",
    "网格员花名册",
    "grid_worker",
    (
        Told("person.name", width_mm=16),
        Told("person.sex", width_mm=10),
        Told("person.identity_number", width_mm=32),
        Told(field=Field("政治面貌"), width_mm=16, how=political_status),
        Told("person.education", width_mm=16),
        Told(field=Field("网格编号"), width_mm=28, how=_code),
        Told(field=Field("网格范围"), width_mm=36, how=lambda _: table_of(Grid).c.boundary),
        counted("户数", 14, lambda s: registers.households(_grid_of(s)), summed=False),
        counted("人口", 14, lambda s: registers.residents(_grid_of(s)), summed=False),
        Told("functions", "职责类别", 22),
        Told("person.phone", width_mm=24),
        Told("valid_from", "任职时间", 20, text=month),
        Told("role", width_mm=19),
    ),
    "人",
    join=_with_grid,
    sort=lambda s: (numbered(table_of(Grid).c.name), _RANK, s.order("person.name")),
)


# 网格划分一览表


def covered(office: Office, ids: Sequence[str], day: date) -> Mapping[str, str]:
    """What each grid covers on the day, in words: 兰陵花园 3、4号楼；锦绣苑."""
    area, compound = table_of(GridArea), table_of(Compound)
    found: dict[str, str] = {}
    for some in bulk.chunks(ids):
        rows = office.rows(
            select(area.c.grid_id, compound.c.name, area.c.building)
            .join_from(area, compound, compound.c.id == area.c.compound_id)
            .where(area.c.grid_id.in_(some), area.c.binned_at.is_(None), in_force(area, day))
            .order_by(
                area.c.grid_id, compound.c.name, func.length(area.c.building), area.c.building
            )
        )
        for grid, parts in groupby(rows, key=lambda row: row[0]):
            said = (
                _of_compound(name, [row[2] for row in buildings])
                for name, buildings in groupby(parts, key=lambda row: row[1])
            )
            found[str(grid)] = "；".join(said)
    return found


def _of_compound(name: str, buildings: Sequence[str | None]) -> str:
    said = "、".join(each for each in buildings if each)
    return f"{name} {said}号楼" if all(buildings) else name


DIVISION = RosterPaper(
    "grid_division",
    "网格划分一览表",
    "grid",
    (
        Told("name", width_mm=34),
        Told("code", width_mm=30),
        Told("kind", width_mm=18),
        Told("boundary", width_mm=46),
        Told(field=Field("小区与楼栋"), width_mm=42, fetch=covered),
        counted("户数", 12, registers.households),
        counted("人口", 13, registers.residents),
        counted("党员数", 12, registers.members),
        Told("chief", width_mm=17),
        Told("workers", "网格员数", 13, summed=True),
        Told("branch_id", width_mm=30),
    ),
    "个网格",
)


# 网格公示牌

_SHEETS = {"A4": 1.0, "A3": 2**0.5}


def boards(office: Office, view: View, *, phone: str = "") -> list[Board]:
    """What the board of each grid of a view says on its day: nobody's own telephone stands on it.

    `phone` is the 监督电话 where it is not the community office's.
    """
    day = view.day or office.today
    grid, community, branch = table_of(Grid), table_of(Community), table_of(PartyOrganisation)
    scope = Scope(office.registers["grid"], office.registers, day)
    numbers = (registers.households(scope), registers.residents(scope), registers.members(scope))
    names = (community.c.name, community.c.office_phone, branch.c.name)
    wanted = (grid.c.name, grid.c.code, grid.c.boundary, *names, *numbers)
    source = grid.outerjoin(community, community.c.id == grid.c.community_id)
    source = source.outerjoin(branch, branch.c.id == grid.c.branch_id)
    ids = [str(row[0]) for row in office.rows(office.listing(view).ids())]
    said: dict[str, Any] = {}
    for some in bulk.chunks(ids):
        rows = office.rows(
            select(grid.c.id, *wanted).select_from(source).where(grid.c.id.in_(some))
        )
        said.update((str(row[0]), tuple(row)[1:]) for row in rows)
    people, places = _people(office, ids, day), covered(office, ids, day)
    return [
        _board(said[each], people.get(each, ()), places.get(each, ""), day, phone) for each in ids
    ]


def _board(
    said: Sequence[Any], people: Sequence[BoardWorker], places: str, day: date, phone: str
) -> Board:
    name, code, boundary, community, office_phone, branch, homes, living, members = said
    return Board(
        name=name or "",
        code=code or "",
        community=community or "",
        boundary=boundary or "",
        covers=places,
        branch=branch or "",
        counts=(("户数", homes), ("人口", living), ("党员", members)),
        people=people,
        office_phone=office_phone or "",
        complaints_phone=phone or office_phone or "",
        as_of=dates.paper(day),
    )


def _people(office: Office, ids: Sequence[str], day: date) -> Mapping[str, list[BoardWorker]]:
    """Who works in each grid on the day, the 网格长 first."""
    here, person = table_of(GridWorker), table_of(Person)
    found: dict[str, list[BoardWorker]] = {}
    for some in bulk.chunks(ids):
        rows = office.rows(
            select(here.c.grid_id, person.c.name, here.c.role, here.c.functions)
            .join_from(here, person, person.c.id == here.c.person_id)
            .where(here.c.grid_id.in_(some), here.c.binned_at.is_(None), in_force(here, day))
            .order_by(_RANK, person.c.name_key, here.c.id)
        )
        for grid, name, role, functions in rows:
            worker = BoardWorker(name or "", role or "", functions or "")
            found.setdefault(grid, []).append(worker)
    return found


def _draw_boards(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    said = job.request.arguments
    made = boards(office, view_of(job, "grid"), phone=said.get("phone", "").strip())
    refuse_empty(made, "网格公示牌")
    scale = _SHEETS[said.get("sheet") or "A4"]
    draw_boards(
        made,
        out,
        progress,
        scale=scale,
        print_no=job.number,
        check_code=job.check_code,
        edition=job.request.edition,
        demo=job.demo,
    )


PAPERS = (
    WORKERS.paper,
    DIVISION.paper,
    Paper(
        "grid_board",
        "网格公示牌",
        "grid",
        _draw_boards,
        editions=(MASKED,),
        asks=(
            ("sheet", Field("纸张", Kind.CHOICE, choices=tuple(_SHEETS), help="不选是 A4")),
            ("phone", Field("监督电话", help="不填印社区办公电话", max_length=40)),
        ),
    ),
)
