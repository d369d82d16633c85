"""A small real office for the tests of the window."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from lanling_desktop import opening
from lanling_desktop.core.clock import Clock, fixed
from lanling_desktop.core.office import Office

TODAY = fixed(2026, 11, 23)
NAMES = ("张玉兰", "李建国", "王秀英", "赵志强", "曾小华")


def make(path: Path, *, members: int = 5, clock: Clock = TODAY) -> Office:
    """An office with a community and so many party members; written once and copied."""
    path.write_bytes(_written(members, clock.now()))
    return opening.open_office(path, clock=clock)


def found(path: Path, *, members: int = 5, clock: Clock = TODAY) -> Office:
    """The same, made where it is to lie."""
    office = opening.create_office(path, clock=clock)
    _fill(office, members)
    return office


@cache
def _written(members: int, moment: datetime) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "office.lanling"
        found(path, members=members, clock=Clock(now=lambda: moment)).close()
        return path.read_bytes()


def _fill(office: Office, members: int) -> None:
    made = office.save("community", None, {"name": "向阳社区"})
    office.desk.put("community", made.main)
    office.desk.put("community_name", "向阳社区")
    for number, name in enumerate(NAMES[:members]):
        raw = {
            "person.name": name,
            "kind": "预备党员" if number == 3 else "正式党员",
            "joined_on": "2025-01-01" if number == 3 else "2001-11-23",
            "person.birth": f"19{60 + number}-0{number + 1}-12",
            "branch.organisation_id": f"第{number + 1}网格党支部",
            "home.household_id": f"兰陵花园{number + 1}号楼1单元101室",
            "person.phone": f"1380000{number:04}",
        }
        office.save("party_member", None, raw, confirmed=True)
