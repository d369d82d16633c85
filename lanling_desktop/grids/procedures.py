"""What the record panel offers for grids and their workers beside changing their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import in_force
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Values
from lanling_desktop.core.records import fields_of, table_of
from lanling_desktop.core.register import Procedure
from lanling_desktop.grids import actions, rules
from lanling_desktop.grids.areas import Place
from lanling_desktop.grids.records import Grid, GridWorker
from lanling_desktop.grids.tree import covered_by
from lanling_desktop.people.records import Person

_PARTING = re.compile(r"[\s、,，;；/|]+")
_DAY = ("day", Field("从哪天起", Kind.DATE, required=True))


def _today(office: Office, _entry: Entry) -> Mapping[str, Any]:
    return {"day": office.today}


def _hand_over(office: Office, record_id: str, said: Values) -> Changes:
    return actions.hand_over(
        office,
        worker_id=record_id,
        person_id=said["person_id"],
        day=said["day"],
        reason=said.get("reason") or "交接",
    )


def _end(office: Office, record_id: str, said: Values) -> Changes:
    return actions.end_post(office, worker_id=record_id, day=said["day"], reason=said["reason"])


def _on_duty(values: Values) -> bool:
    return not values.get("valid_to")


def _move(office: Office, record_id: str, said: Values) -> Changes:
    return actions.move_worker(
        office,
        worker_id=record_id,
        grid_id=said["grid_id"],
        day=said["day"],
        role=said.get("role") or "",
        reason=said.get("reason") or "",
    )


WORKER = (
    Procedure(
        "hand_over",
        "交接给另一人",
        (
            ("person_id", Field("接手的人", Kind.LINK, link="person", required=True)),
            _DAY,
            ("reason", Field("交接原因")),
        ),
        _hand_over,
        offered=_on_duty,
        proposed=_today,
    ),
    Procedure(
        "move",
        "调到另一网格",
        (
            ("grid_id", Field("调到哪个网格", Kind.LINK, link="grid", required=True)),
            _DAY,
            ("role", Field("调去后的岗位", Kind.CHOICE, choices=rules.ROLES, help="不选是原岗位")),
            ("reason", Field("调动原因")),
        ),
        _move,
        offered=_on_duty,
        proposed=_today,
    ),
    Procedure(
        "end",
        "离岗",
        (_DAY, ("reason", Field("离岗原因", required=True))),
        _end,
        offered=_on_duty,
        proposed=_today,
    ),
)


# Grids


def _buildings(office: Office, grid_id: str) -> Mapping[str, Place]:
    """What can be taken out of a grid, by its words: single buildings, then whole compounds."""
    covers = covered_by(office, grid_id, office.today)
    found: dict[str, Place] = {}
    for node in covers:
        inner = [each for each in node.children if each.place]
        found.update(
            (_one_word(node.title + each.title), each.place) for each in inner if each.place
        )
        if node.place and not inner:
            found[_one_word(node.title)] = node.place
    if len(covers) > 1:
        found.update(
            (_one_word(f"{each.title}（整个小区）"), each.place)
            for each in covers
            if each.place and each.children
        )
    return found


def _one_word(words: str) -> str:
    """Words without what several ticked ones are parted by."""
    return _PARTING.sub("", words)


def _workers(office: Office, grid_id: str) -> Mapping[str, str]:
    """Who works in a grid today, by name and role."""
    here, person = table_of(GridWorker), table_of(Person)
    rows = office.rows(
        select(person.c.name, here.c.role, here.c.id)
        .join_from(here, person, person.c.id == here.c.person_id)
        .where(here.c.grid_id == grid_id, here.c.binned_at.is_(None), in_force(here, office.today))
        .order_by(here.c.id)
    )
    found: dict[str, str] = {}
    for name, role, key in rows:
        words = next(
            each for each in _namesakes(_one_word(f"{name}（{role}）")) if each not in found
        )
        found[words] = key
    return found


def _namesakes(words: str) -> Iterator[str]:
    yield words
    yield from (f"{words}{number}" for number in range(2, 99))


def _split_asks(office: Office, entry: Entry) -> tuple[tuple[str, Field], ...]:
    """Buildings and workers to tick; how many households where only a report says."""
    found = []
    if buildings := tuple(_buildings(office, entry.id)):
        ticked = Field("划出的楼栋", Kind.MANY, choices=buildings, required=True, max_length=9999)
        found.append(("buildings", ticked))
    if workers := tuple(_workers(office, entry.id)):
        found.append(("workers", Field("随着去的网格员", Kind.MANY, choices=workers,
                                       max_length=9999)))  # fmt: skip
    if entry["said_households"]:
        found.append(("households", Field("划出的上报户数", Kind.INTEGER)))
    if entry["said_residents"]:
        found.append(("residents", Field("划出的上报人数", Kind.INTEGER)))
    return tuple(found)


def _split(office: Office, record_id: str, said: Values) -> Changes:
    buildings, workers = _buildings(office, record_id), _workers(office, record_id)
    return actions.split_grid(
        office,
        grid_id=record_id,
        name=said["name"],
        code=said.get("code") or "",
        day=said["day"],
        places=[buildings[each] for each in _ticked(said, "buildings")],
        worker_ids=[workers[each] for each in _ticked(said, "workers")],
        households=said.get("households") or 0,
        residents=said.get("residents") or 0,
    )


def _ticked(said: Values, key: str) -> list[str]:
    return [each for each in (said.get(key) or "").split("、") if each]


def _merge(office: Office, record_id: str, said: Values) -> Changes:
    return actions.merge_grids(
        office,
        grid_id=record_id,
        into_id=said["into_id"],
        day=said["day"],
        chief_becomes=said.get("chief") or "",
    )


def _standing(values: Values) -> bool:
    return not values.get("valid_to")


_GRID = fields_of(Grid)

GRID = (
    Procedure(
        "split",
        "拆分网格",
        (
            ("name", Field("新网格名称", required=True)),
            ("code", Field("新网格编码", help=_GRID["code"].help, max_length=24)),
            _DAY,
        ),
        _split,
        offered=_standing,
        proposed=_today,
        asks=_split_asks,
    ),
    Procedure(
        "merge",
        "并入另一网格",
        (
            ("into_id", Field("并入哪个网格", Kind.LINK, link="grid", required=True)),
            _DAY,
            (
                "chief",
                Field(
                    "原网格长改任",
                    Kind.CHOICE,
                    choices=(*rules.ROLES[1:], actions.LEAVES),
                    help=f"对方已有网格长的才用；不选改任{rules.FULL_TIME}",
                ),
            ),
        ),
        _merge,
        offered=_standing,
        proposed=_today,
    ),
)
