"""What is true of grids: one chief each, sizes, codes. Pure functions over values and look-ups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import and_, or_, select, table
from sqlalchemy import column as named

from lanling_desktop.core.plain import Adopted, Problem, Values
from lanling_desktop.core.register import Context
from lanling_desktop.people.rules import identity_problems, period_problems

KINDS = ("一般网格", "专属网格", "微网格")
EXCLUSIVE_KINDS = (
    "党政机关",
    "医院",
    "学校",
    "企业",
    "园区",
    "商圈",
    "市场",
    "景区",
    "其他",
)
CHIEF, FULL_TIME, PART_TIME, ADVISER = ROLES = ("网格长", "专职网格员", "兼职网格员", "网格指导员")
SOURCES = ("两委成员", "社区专职工作者", "业委会", "楼长", "志愿者", "其他")

FEWEST = ("fewest_grid_households", 200)
MOST = ("most_grid_households", 500)
"""Settings and their defaults: a grid of fewer or more households is named on the start page."""

CODE = re.compile(r"\d{15}")
"""The default form: 12-digit community code and a sequence of three (domain.md 7.2)."""


def grid_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """A code in its usual form; an exclusive grid says of what."""
    yield from period_problems(values)
    code = values.get("code")
    if code and not CODE.fullmatch(code):
        words = "网格编码一般是 15 位数字（12 位社区编码加 3 位序号），请核对"
        yield Problem("code", words, warning=True)
    if values.get("kind") == "专属网格" and not values.get("exclusive_kind"):
        yield Problem("exclusive_kind", "专属网格请选类型")


def grid_from_text(text: str) -> Mapping[str, Any]:
    """The columns of a new grid named in a sheet."""
    return {"name": text, "kind": "专属网格" if "专属" in text else KINDS[0]}


def area_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A building belongs to one grid at a time."""
    yield from period_problems(values)
    compound = _known(values.get("compound_id"), _COMPOUND, context)
    if not compound or values.get("valid_to"):
        return
    here, grid = _AREA.c, _GRID.c
    whole = or_(here.building.is_(None), here.building == "")
    same = whole if not values.get("building") else or_(whole, here.building == values["building"])
    taken = (
        select(grid.name)
        .join_from(_AREA, _GRID, grid.id == here.grid_id)
        .where(
            here.compound_id == compound,
            same,
            here.valid_to.is_(None),
            here.binned_at.is_(None),
            here.id != (context.record_id or ""),
            here.grid_id != (_known(values.get("grid_id"), _GRID, context) or ""),
        )
    )
    for (name,) in context.rows(taken.limit(1)):
        yield Problem("building", f"这里已属于“{name}”，请先在那里终止")


def worker_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A grid has one chief at a time; a full-time worker has one grid."""
    yield from identity_problems(values, context.today, "person.")
    yield from period_problems(values)
    if values.get("valid_to"):
        return
    here, grid = _WORKER.c, _GRID.c
    others = and_(here.valid_to.is_(None), here.binned_at.is_(None),
                  here.id != (context.record_id or ""))  # fmt: skip
    grid_id = _known(values.get("grid_id"), _GRID, context)
    if values.get("role") == CHIEF and grid_id:
        mine = select(here.id).where(here.grid_id == grid_id, here.role == CHIEF, others)
        if context.rows(mine.limit(1)):
            yield Problem("role", "这个网格已有网格长，请先办交接或给原网格长填终止日期")
    person = _person(values, context)
    if values.get("role") == FULL_TIME and person:
        elsewhere = (
            select(grid.name)
            .join_from(_WORKER, _GRID, grid.id == here.grid_id)
            .where(
                here.person_id == person,
                here.role == FULL_TIME,
                here.grid_id != (grid_id or ""),
                others,
            )
        )
        for (name,) in context.rows(elsewhere.limit(1)):
            yield Problem("grid_id", f"此人已是“{name}”的专职网格员", warning=True)


def _known(link: Any, target: Any, context: Context) -> str | None:
    """The id a link holds; of one given by a title, that of the record the title has by now.

    A sheet names grids that are made with its first row that says so.
    """
    if not isinstance(link, Adopted):
        return str(link) if link else None
    rows = context.rows(
        select(target.c.id).where(target.c.name == link.title, target.c.binned_at.is_(None))
    )
    return str(rows[0][0]) if rows else None


def _person(values: Values, context: Context) -> str | None:
    """Who it is about: known by the identity number typed, or from the record being changed."""
    number = values.get("person.identity_number")
    if number:
        rows = context.rows(select(_PERSON.c.id).where(_PERSON.c.identity_number == number))
        return rows[0][0] if len(rows) == 1 else None
    here = _WORKER.c
    rows = context.rows(select(here.person_id).where(here.id == (context.record_id or "")))
    return rows[0][0] if rows else None


_GRID = table("grid", *map(named, ("id", "name", "binned_at")))
_COMPOUND = table("compound", *map(named, ("id", "name", "binned_at")))
_AREA = table(
    "grid_area",
    *map(named, ("id", "grid_id", "compound_id", "building", "valid_to", "binned_at")),
)
_WORKER = table(
    "grid_worker",
    *map(named, ("id", "person_id", "grid_id", "role", "valid_to", "binned_at")),
)
_PERSON = table("person", *map(named, ("id", "identity_number")))
