"""What a clerk does with grids: one function, one act each."""

from __future__ import annotations

from datetime import date

from lanling_desktop.core import acts
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes
from lanling_desktop.grids.records import GridWorker

_UNCHANGED = "没有改动任何数据"


def hand_over(
    office: Office, *, worker_id: str, person_id: str, day: date, reason: str = "交接"
) -> Changes:
    """One person's post in a grid goes over to another on a day: ended there, begun here."""
    now = office.read("grid_worker", worker_id)
    name = office.read("person", person_id).title
    grid = now.texts["grid_id"]
    with office.act(f"网格交接 {grid}：{now.title} → {name}") as unit:
        held = unit.get(GridWorker, worker_id)
        if held.valid_to is not None and held.valid_to <= day:
            raise OfficeError(f"{now.title}已不在“{grid}”任职", _UNCHANGED, "请选还在岗的网格员")
        if held.person_id == person_id:
            raise OfficeError("交给的还是同一个人", _UNCHANGED, "请选接手的人")
        held.valid_to, held.end_reason, held.status = day, reason, "离岗"
        unit.session.flush()  # the grid has no chief now, for the rule that sees the next one
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
        values = {"valid_to": day, "end_reason": reason or None, "status": "离岗"}
        acts.put(unit, "grid_worker", worker_id, values, confirmed=True)
    return unit.done
