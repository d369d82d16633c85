"""Dates are dates: another zone or a change of the clock moves none (fault 12)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lanling_desktop.check import check
from lanling_desktop.opening import create_office, open_office
from lanling_desktop.safety import backups, places
from lanling_desktop.safety.guard import Guard

pytestmark = [
    pytest.mark.fault(12),
    pytest.mark.skipif(sys.platform == "win32", reason="there the zone is the system's alone"),
]
ZONES = ["America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
_OTHER = """
import sys
from pathlib import Path
from lanling_desktop.opening import open_office
from lanling_desktop.check import check
from lanling_desktop.safety.guard import Guard
with open_office(Path(sys.argv[1]), actor="李红") as office:
    (person,) = [each.id for each in office.find("张玉兰")]
    values = office.read("person", person)
    assert check(office) == [], check(office)
    office.save("person", person, {"phone": sys.argv[2]})
    Guard(office).back_up("定时")
    print(values["birth"], office.today, end="")
"""
_TODAY = "from datetime import datetime; print(datetime.now().date(), end='')"


def there(zone: str, code: str, *arguments: str) -> str:
    """What a program prints in that zone."""
    environment = {**os.environ, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment, capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_birth_is_the_same_day_in_every_zone(tmp_path: Path) -> None:
    path = tmp_path / "向阳.lanling"
    typed = {"name": "张玉兰", "identity_number": "34052419800101001X"}
    with create_office(path, actor="王敏") as office:
        person = office.save("person", None, typed, confirmed=True).main
        Guard(office).back_up("定时")
    for number, zone in enumerate(ZONES):
        birth, today = there(zone, _OTHER, str(path), f"1380013800{number}").split(" ")
        assert birth == "1980-01-01"
        assert today == there(zone, _TODAY), "the day is the desk's own"
    with open_office(path, actor="王敏") as office:
        assert office.read("person", person)["birth"].isoformat() == "1980-01-01"
        assert check(office) == []
        assert office.undo() is not None
    kept = backups.listed(places.backups_of(path))
    assert len(kept) == len(ZONES) + 1
    assert all(backups.checked(each).checked for each in kept)
