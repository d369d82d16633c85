"""What a clerk does with grids: one function, one act each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from lanling_desktop.core import acts
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.unit import Unit
from lanling_desktop.grids import areas, rules
from lanling_desktop.grids.areas import Place
from lanling_desktop.grids.records import Grid, GridWorker

_UNCHANGED = "没有改动任何数据"
LEAVES = "离岗"


def hand_over(
    office: Office, *, worker_id: str, person_id: str, day: date, reason: str = "交接"
) -> Changes:
    """One person's post in a grid goes over to another on a day: ended there, begun here."""
    now = office.read("grid_worker", worker_id)
    name = office.read("person", person_id).title
    grid = now.texts["grid_id"]
    with office.act(f"网格交接 {grid}：{now.title} → {name}") as unit:
        held = _on_duty(unit, worker_id, day)
        if held.person_id == person_id:
            raise OfficeError("交给的还是同一个人", _UNCHANGED, "请选接手的人")
        _end(unit, held, day, reason)
        begun = unit.add(
            GridWorker(
                person_id=person_id,
                grid_id=held.grid_id,
                role=held.role,
                functions=held.functions,
                community_id=held.community_id,
                valid_from=day,
                status="在岗",
            )
        )
        unit.main = begun.id
    return unit.done


def end_post(office: Office, *, worker_id: str, day: date, reason: str) -> Changes:
    """A grid worker leaves the post on a day."""
    now = office.read("grid_worker", worker_id)
    with office.act(f"网格员离岗 {now.title}") as unit:
        values = {"valid_to": day, "end_reason": reason or None, "status": LEAVES}
        acts.put(unit, "grid_worker", worker_id, values, confirmed=True)
    return unit.done


def move_worker(
    office: Office, *, worker_id: str, grid_id: str, day: date, role: str = "", reason: str = ""
) -> Changes:
    """A worker goes to another grid on a day: the post here ends, the one there begins."""
    now, into = office.read("grid_worker", worker_id), office.read("grid", grid_id)
    with office.act(f"调动网格员 {now.title}：{now.texts['grid_id']} → {into.title}") as unit:
        held = _on_duty(unit, worker_id, day)
        if held.grid_id == grid_id:
            raise OfficeError(f"{now.title}就在“{into.title}”", _UNCHANGED, "请选另一个网格")
        begun = _carry(unit, held, unit.get(Grid, grid_id), day, role, reason or "调动")
        unit.main = begun.id
    return unit.done


def move_place(office: Office, *, place: Place, grid_id: str, day: date) -> Changes:
    """From that day a building, or a whole compound, belongs to another grid."""
    compound, building = place
    said = office.read("compound", compound).title + (f"{building}号楼" if building else "")
    into = office.read("grid", grid_id).title
    with office.act(f"调整网格范围 {said} 到 {into}") as unit:
        _refuse_later(unit, day)
        mine = areas.covered(unit, grid_id, day)
        if place in mine or (compound, "") in mine:
            raise OfficeError(f"{said}已在“{into}”", _UNCHANGED, "请选另一个网格")
        areas.take_over(unit, [place], grid_id, day, "网格调整")
        unit.main = grid_id
    return unit.done


def split_grid(
    office: Office,
    *,
    grid_id: str,
    name: str,
    day: date,
    places: Sequence[Place] = (),
    worker_ids: Sequence[str] = (),
    code: str = "",
    households: int = 0,
    residents: int = 0,
) -> Changes:
    """From that day part of a grid is one of its own, which says what it was made from.

    It gets the places and workers named; `households` and `residents` are of what was reported,
    where the records do not count.
    """
    now = office.read("grid", grid_id)
    with office.act(f"拆分网格 {now.title}，划出 {name}") as unit:
        _refuse_later(unit, day)
        old = _standing_grid(unit, grid_id, day)
        _refuse_taken(unit, name, old)
        covering = bool(areas.covered(unit, grid_id, day))
        made = unit.add(
            Grid(
                name=name,
                code=code or None,
                kind=old.kind,
                exclusive_kind=old.exclusive_kind,
                branch_id=old.branch_id,
                community_id=old.community_id,
                predecessor_id=old.id,
                adjusted_on=day,
                valid_from=day,
                said_households=households or None,
                said_residents=residents or None,
            )
        )
        old.adjusted_on = day
        old.said_households = _less(old.said_households, households)
        old.said_residents = _less(old.said_residents, residents)
        unit.session.flush()
        areas.take_over(unit, places, made.id, day, f"划入{name}")
        if covering and not areas.covered(unit, grid_id, day):
            raise OfficeError(
                f"“{now.title}”的楼栋全划出去了", _UNCHANGED, "请留下一部分；只改名称的，请直接修改"
            )
        for each in worker_ids:
            _carry(unit, _on_duty(unit, each, day), made, day, "", f"随楼栋划入{name}")
        unit.main = made.id
    return unit.done


def merge_grids(
    office: Office, *, grid_id: str, into_id: str, day: date, chief_becomes: str = ""
) -> Changes:
    """From that day a grid is part of another one, with what it covered and who worked in it.

    `chief_becomes` is the new role of its 网格长 where the other has one: `LEAVES` ends the post.
    """
    now, into = office.read("grid", grid_id).title, office.read("grid", into_id).title
    if grid_id == into_id:
        raise OfficeError("不能并入自己", _UNCHANGED, "请选另一个网格")
    with office.act(f"合并网格 {now} 并入 {into}") as unit:
        _refuse_later(unit, day)
        old, new = _standing_grid(unit, grid_id, day), _standing_grid(unit, into_id, day)
        reason = f"并入{into}"
        areas.take_over(unit, areas.covered(unit, grid_id, day), into_id, day, reason)
        for held in _workers(unit, grid_id, day):
            role = ""
            if held.role == rules.CHIEF and _chief(unit, into_id, day):
                role = chief_becomes or rules.FULL_TIME
            if role == LEAVES:
                _end(unit, held, day, reason)
            else:
                _carry(unit, held, new, day, role, reason)
        for key in ("said_households", "said_residents"):
            both = (getattr(old, key) or 0) + (getattr(new, key) or 0)
            setattr(new, key, both or None)
        new.predecessor_id = new.predecessor_id or old.id
        old.adjusted_on = new.adjusted_on = day
        old.valid_to, old.end_reason = day, reason
        unit.main = into_id
    return unit.done


def _less(said: int | None, gone: int) -> int | None:
    return max(0, said - gone) if said is not None else None


def _refuse_later(unit: Unit, day: date) -> None:
    if day > unit.today:
        raise OfficeError("调整的日期不能晚于今天", _UNCHANGED, "请填今天或以前的日期")


def _standing_grid(unit: Unit, grid_id: str, day: date) -> Grid:
    found = unit.get(Grid, grid_id)
    if found.valid_to is not None and found.valid_to <= day:
        raise OfficeError(f"“{found.name}”那时已经撤销", _UNCHANGED, "请选还在的网格")
    if found.valid_from is not None and found.valid_from > day:
        since = found.valid_from.isoformat()
        raise OfficeError(
            f"“{found.name}”从 {since} 起才有，调整不能早于这一天", _UNCHANGED, "请核对日期"
        )
    return found


def _refuse_taken(unit: Unit, name: str, old: Grid) -> None:
    same = Grid.name == name, Grid.binned_at.is_(None), Grid.valid_to.is_(None)
    if any(each.community_id == old.community_id for each in unit.all(select(Grid).where(*same))):
        raise OfficeError(f"已有一个网格叫“{name}”", _UNCHANGED, "请给新网格另起一个名称")


def _workers(unit: Unit, grid_id: str, day: date) -> list[GridWorker]:
    lasting = or_(GridWorker.valid_to.is_(None), GridWorker.valid_to > day)
    mine = GridWorker.grid_id == grid_id, GridWorker.binned_at.is_(None), lasting
    return unit.all(select(GridWorker).where(*mine).order_by(GridWorker.id))


def _chief(unit: Unit, grid_id: str, day: date) -> bool:
    return any(each.role == rules.CHIEF for each in _workers(unit, grid_id, day))


def _on_duty(unit: Unit, worker_id: str, day: date) -> GridWorker:
    held = unit.get(GridWorker, worker_id)
    if held.valid_to is not None and held.valid_to <= day:
        raise OfficeError("这个人那时已不在岗", _UNCHANGED, "请选还在岗的网格员")
    if held.valid_from is not None and held.valid_from > day:
        since = held.valid_from.isoformat()
        raise OfficeError(f"这个人从 {since} 起才在岗", _UNCHANGED, "请核对日期")
    return held


def _end(unit: Unit, held: GridWorker, day: date, reason: str) -> None:
    held.valid_to, held.end_reason, held.status = day, reason, LEAVES
    unit.session.flush()  # the grid has no chief now, for the rule that sees the next one


def _carry(
    unit: Unit, held: GridWorker, grid: Grid, day: date, role: str, reason: str
) -> GridWorker:
    """A worker's post ends in one grid and goes on in another; nothing else about it changes."""
    role = role or held.role or ""
    if role == rules.CHIEF and _chief(unit, grid.id, day):
        raise OfficeError(
            f"“{grid.name}”已有网格长", _UNCHANGED, "请另选岗位，或先给原网格长办交接"
        )
    kept: dict[str, Any] = {
        name: getattr(held, name)
        for name in (
            "person_id",
            "functions",
            "source",
            "appointment_doc",
            "pay",
            "remark",
            "extra",
        )
    }
    _end(unit, held, day, reason)
    return unit.add(
        GridWorker(
            **kept,
            grid_id=grid.id,
            role=role,
            community_id=grid.community_id,
            valid_from=day,
            status="在岗",
        )
    )
