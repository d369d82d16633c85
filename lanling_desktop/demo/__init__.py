"""A demo office: 兰陵 2020, whose counts are the article's where it gives them; all people invented.

The same seed gives the same office. Everything is written as one load, not as a clerk's acts.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from lanling_desktop import opening
from lanling_desktop.core import disk, vault
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.lock import beside
from lanling_desktop.core.office import Office
from lanling_desktop.core.unit import Batch
from lanling_desktop.demo import (
    central,
    county,
    drawn,
    hall,
    hall_rows,
    hall_story,
    pay,
    residents,
    rosters,
)
from lanling_desktop.demo.county import COMPOUNDS, shares
from lanling_desktop.demo.names import People
from lanling_desktop.demo.rows import Rows

PERSONS, MEMBERS = 6_000, 2_300
UNIT = "向阳社区居民委员会(演示)"
FILE = "demo.lanling"
_MEMBERS_BEYOND = 0.05  # of the persons above the default number
_SMALLEST = 300  # with fewer there are not enough members for all the posts
_DOUBLES = 4  # persons entered twice, to be found and merged
_BATCH = 4_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo office that was built: its file, and how many records of each table."""

    path: Path
    counts: Mapping[str, int]


def build(
    path: Path,
    *,
    persons: int | None = None,
    clock: Clock | None = None,
    seed: int = 2020,
    progress: Progress | None = None,
    locked: bool = False,
) -> Demo:
    """Make a demo office file. Refused when the file is already there.

    With `locked` it is locked by the password everybody knows, as an office of one's own would be.
    An exception out of `progress` cancels the building; no file is left.
    """
    if path.exists():
        raise OfficeError(f"{path.name} 已经存在", "原文件没有改动", "请换一个文件夹，或先移走它")
    wanted = max(_SMALLEST, PERSONS if persons is None else persons)
    draft = path.with_name(f".{path.name}.building")
    try:
        with opening.create_office(draft, clock=clock, actor="演示数据") as office:
            counts = _fill(office, Random(seed), wanted, progress)
        kept = vault.beside(draft)
        if kept.is_dir():  # before the file: an office without its attachments is not whole
            vault.Vault(draft).carry(path)
        disk.give_name(draft, path)
        if locked:
            opening.lock_up(path, opening.DEMO, clock=clock).close()
    finally:
        draft.unlink(missing_ok=True)
        shutil.rmtree(vault.beside(draft), ignore_errors=True)
        beside(draft, "lock").unlink(missing_ok=True)
    return Demo(path, counts)


def _fill(
    office: Office, random: Random, wanted: int, progress: Progress | None
) -> Mapping[str, int]:
    rows, people = Rows(random), People(random)
    places = county.found(rows, people, random)
    said = residents.Settings(rows, people, random, office.today, _members(wanted) / wanted)
    said.again = frozenset(wanted * n // (_DOUBLES + 1) for n in range(1, _DOUBLES + 1))
    making = central.Making(rows, random, office.today)
    story = hall_story.Story(Random(random.random()), people, office.today)
    office.load("建立演示数据", _batches(said, making, places, wanted, progress, story))
    pay.write(rows, office)
    office.load("建立演示工资", iter(rows.take()))
    drawn.attach(office, rows)
    office.desk.put("demo", True)
    office.desk.put("unit", UNIT)
    office.desk.put("community", places[0].id)
    return dict(rows.counts)


def _members(persons: int) -> float:
    if persons <= PERSONS:
        return persons * MEMBERS / PERSONS
    return MEMBERS + (persons - PERSONS) * _MEMBERS_BEYOND


def _batches(
    said: residents.Settings,
    making: central.Making,
    places: list[county.Place],
    wanted: int,
    progress: Progress | None,
    story: hall_story.Story,
) -> Iterator[Batch]:
    rows, done = said.rows, 0
    per_compound = shares(wanted - _DOUBLES, COMPOUNDS)
    households = shares(min(central.COUNT, round(_members(wanted) / 8.5)), len(places))
    for number, place in enumerate(places):
        for estate in place.estates:
            persons = per_compound.pop()
            for _ in residents.settle(said, place, estate, persons):
                if rows.waiting >= _BATCH:
                    yield from rows.take()
            done += persons
            if progress:
                progress(done, wanted)
        county.write_branches(rows, said.random, place)
        central.designate(making, place, households[number])
    yield from rows.take()
    hall_rows.write(rows, hall.tell(story, places), story.today)
    rosters.write(rows, said.random, said.people, places, story.today)
    yield from rows.take()
