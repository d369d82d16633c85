"""An empty office of one community, on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from lanling_desktop.core.store import Store

NUMBER = "371324198001010017"


@pytest.fixture
def desk_office(tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "向阳 社区.lanling"
    registers = catalogue.registers()
    with Office(Store.create(path), registers, clock=fixed(2026, 11, 23), actor="王敏") as office:
        made = office.save("community", None, {"name": "向阳社区"})
        office.desk.put("community", made.main)
        yield office


def member(**more: object) -> dict[str, object]:
    """What a clerk types for one party member."""
    typed: dict[str, object] = {
        "person.name": "张玉兰",
        "person.identity_number": "34052419800101001X",
        "kind": "正式党员",
        "joined_on": "2001.7.1",
        "person.phone": "13812345678",
        "branch.organisation_id": "第4网格党支部",
        "home.household_id": "兰陵花园3号楼2单元501室",
    }
    return typed | {key.replace("__", "."): value for key, value in more.items()}
