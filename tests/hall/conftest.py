"""A hall with two meetings, written once and opened by each test as its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from tests.hall.told import tell

CLOCK = fixed(2026, 11, 23)


@pytest.fixture(scope="session")
def told_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office of `told`, built once; never written to."""
    from lanling_desktop.opening import create_office

    path = tmp_path_factory.mktemp("hall") / "向阳 社区.lanling"
    with create_office(path, clock=CLOCK, actor="王敏") as office:
        office.desk.put("community", office.save("community", None, {"name": "向阳社区"}).main)
        tell(office)
    return path


@pytest.fixture
def told_office(told_file: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of it, of one's own."""
    from lanling_desktop.opening import open_office

    path = tmp_path / told_file.name
    path.write_bytes(told_file.read_bytes())
    with open_office(path, clock=CLOCK, actor="王敏") as office:
        yield office
