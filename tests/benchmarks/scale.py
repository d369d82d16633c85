"""One office file of many persons for the benchmarks, kept between runs in the temp folder."""

from __future__ import annotations

import itertools
import os
import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lanling_desktop import catalogue
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import new_id
from lanling_desktop.core.store import Store
from lanling_desktop.core.unit import Batch

PERSONS = int(os.environ.get("LANLING_BENCH_PERSONS", "1000000"))
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国志红梅玲辉健俊鹏飞宇浩轩子涵"
_BATCH = 20_000


def office_of(persons: int) -> Office:
    """An open office of that many persons; made once and reused."""
    catalogue.registers()
    path = Path(tempfile.gettempdir()) / f"lanling-bench-{persons}.lanling"
    clock = fixed(2026, 11, 23)
    if path.exists():
        return Office(Store.open(path), catalogue.registers(), clock=clock)
    draft = path.with_suffix(".making")
    draft.unlink(missing_ok=True)
    with Office(Store.create(draft), catalogue.registers(), clock=clock) as office:
        community = office.save("community", None, {"name": "向阳社区"}).main
        office.load("基准数据", batches(persons, community))
    draft.replace(path)
    return Office(Store.open(path), catalogue.registers(), clock=clock)


def batches(persons: int, community: str) -> Iterator[Batch]:
    """Invented persons in batches: names, numbers with a right check character, phones."""
    from lanling_desktop.people.records import Person

    rows = person_rows(persons, community)
    while some := list(itertools.islice(rows, _BATCH)):
        yield Person, some


def person_rows(persons: int, community: str) -> Iterator[dict[str, Any]]:
    """The same persons at every run."""
    from lanling_desktop.standards import identity, pinyin

    chance = random.Random(7)
    first = date(1940, 1, 1)
    keys: dict[str, str] = {}
    for number in range(persons):
        given = "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
        name = chance.choice(_SURNAMES) + given
        birth = first + timedelta(days=chance.randrange(27_000))
        head = f"371324{birth:%Y%m%d}{number % 1000:03d}"
        yield {
            "id": new_id(),
            "community_id": community,
            "name": name,
            "name_key": keys.get(name) or keys.setdefault(name, pinyin.sort_key(name)),
            "identity_number": head + identity.check_character(head),
            "sex": "男" if number % 2 else "女",
            "birth": birth,
            "phone": f"13{chance.randrange(10**9):09d}",
            "state": "常住",
        }
