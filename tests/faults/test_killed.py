"""Another process is ended at random moments (faults.md C.3 A): what was acknowledged is there.

Where a process cannot be forked, on Windows, this is the campaign; elsewhere `test_kills` is, and
these take part in its long form only.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lanling_desktop.check import check
from lanling_desktop.opening import open_office
from lanling_desktop.safety import backups, places
from tests.safety.desk import KEY, Morning, backed_up, names

ROOT = Path(__file__).resolve().parents[2]
SHORT, LONG = 4, 100
FORKS = hasattr(os, "fork")
KILLED = 1 if sys.platform == "win32" else -9  # what a process says that was ended from outside


def killed(path: Path, work: str, rnd: random.Random, *, after: int = 0) -> list[str]:
    """Work in another process and kill it after a moment; the lines it had acknowledged.

    `after` so many of them the moment begins, so that something was acknowledged on a busy machine.
    """
    command = [sys.executable, "-m", "tests.faults.killed", work, str(path), KEY]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    worker = subprocess.Popen(
        [*command, str(rnd.randrange(1 << 30))],
        stdout=subprocess.PIPE, cwd=ROOT, env=env,
    )  # fmt: skip
    assert worker.stdout is not None
    heard = worker.stdout.readline()
    assert heard.strip() == b"begun", heard
    first = b"".join(worker.stdout.readline() for _ in range(after))
    try:
        worker.wait(rnd.random() * 0.8)
    except subprocess.TimeoutExpired:
        worker.kill()
    rest, _ = worker.communicate(timeout=60)
    assert worker.returncode == KILLED, rest
    lines = (first + rest).decode().replace("\r\n", "\n").split("\n")
    return lines[:-1]  # the last one was not said to its end


def campaign(tmp_path: Path, work: str, tries: int) -> int:
    """Kill and compare again and again on one office; how many acts were acknowledged in all."""
    rnd = random.Random(f"{work}{tries}")
    morning = Morning(tmp_path / "甲 社区.lanling", KEY)
    with morning.create() as office:
        backed_up(office)
    acknowledged: set[str] = set()
    for number in range(tries):
        lines = killed(morning.path, work, rnd, after=int(number == 0))
        for line in lines:
            verb, _, said = line.partition(" ")
            acknowledged |= set(said.split(",")) if verb == "imported" else set()
            if len(verb) == 32:
                acknowledged.add(said)
        with open_office(morning.path, key=KEY) as office:
            found = names(office)
            assert acknowledged <= found, "an acknowledged act is gone"
            assert check(office) == []
            if work == "imports":
                imported = office.store.raw("SELECT count(*) FROM person")[0][0]
                assert imported % 60 == 0, "half an import"
    return len(acknowledged)


TRIES = [
    pytest.param(SHORT, marks=[pytest.mark.campaign] if FORKS else []),
    pytest.param(LONG, marks=[pytest.mark.campaign, pytest.mark.timeout(3600)]),
]


@pytest.mark.fault(1)
@pytest.mark.parametrize("tries", TRIES)
@pytest.mark.parametrize("work", ["save", "imports"])
def test_killed_while_saving_or_importing(tmp_path: Path, work: str, tries: int) -> None:
    assert campaign(tmp_path, work, tries) > 0


@pytest.mark.fault(3)
@pytest.mark.parametrize("tries", TRIES)
def test_killed_while_backing_up(tmp_path: Path, tries: int) -> None:
    assert campaign(tmp_path, "backup", tries) > 0
    folder = places.backups_of(tmp_path / "甲 社区.lanling")
    found = [backups.checked(each) for each in backups.listed(folder)]
    assert len(found) > 1
    assert all(each.checked for each in found), "a half file carries a backup's name"
    for path in folder.glob("*.lanling"):  # with a note or without: each is whole
        if not path.name.startswith("."):
            with open_office(path, key=KEY) as office:
                assert office.store.raw("PRAGMA quick_check") == [("ok",)]


@pytest.mark.fault(4)
@pytest.mark.parametrize("tries", TRIES)
def test_killed_while_restoring(tmp_path: Path, tries: int) -> None:
    morning = Morning(tmp_path / "甲 社区.lanling", KEY)
    with morning.create() as office:
        morning.add(office, "张一一")
        backed_up(office)
        morning.add(office, "李二二")
    rnd = random.Random(tries)
    for _ in range(tries):
        killed(morning.path, "restore", rnd)
        with open_office(morning.path, key=KEY) as office:
            assert names(office) in ({"张一一"}, {"张一一", "李二二"})
            assert check(office) == []
    first = min(tmp_path.glob("*恢复前*.lanling"), default=None)
    if first is not None:
        with open_office(first, key=KEY) as office:
            assert "张一一" in names(office)


@pytest.mark.fault(5)
@pytest.mark.parametrize("tries", TRIES)
def test_killed_while_exporting(tmp_path: Path, tries: int) -> None:
    assert campaign(tmp_path, "export", tries) > 0
    sheet = tmp_path / "居民.xlsx"
    if sheet.exists():
        with zipfile.ZipFile(sheet) as archive:
            assert archive.testzip() is None
