"""A clerk's worst morning: the power goes during 月结, the file is damaged, so are the computer's
backups; from the stick and what lies beside the file every record comes back, by keys alone.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from lanling_desktop import catalogue, opening
from lanling_desktop.check import check
from lanling_desktop.core.lock import beside
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.safety import backups, places
from lanling_desktop.safety.guard import Guard
from lanling_desktop.standards.amounts import format_yuan, yuan
from tests.faults.works import digest, tip
from tests.salary.payroll import staffed
from tests.test_house_rules import ROOT
from tests.ui.test_backups_screen import OWNER, opened, page_of, press, program
from tests.ui.walk import clipped
from ui.app import Program
from ui.screens.unopened import DamagedPage

Key = Qt.Key
WORKERS = ("孙会计", "周干事", "钱会计", "赵网格")


def yesterday(path: Path, stick: Path) -> None:
    """An office at work, its backups at home and on the stick."""
    path.parent.mkdir(parents=True)
    stick.mkdir()
    with opening.create_locked(path, OWNER) as office:
        staffed(office, *WORKERS)
        guard = Guard(office)
        guard.choose_second(stick)
        guard.back_up("关闭时")
        guard.copy_to_second()


def until_the_power_goes(path: Path, data: Path, chance: random.Random) -> list[list[object]]:
    """月结 in the real window of another process; it is killed in the month after the first paid."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.scenarios.at_month_end", str(path), OWNER.password],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANLING_DATA": str(data)},
    )  # fmt: skip
    assert worker.stdout is not None
    said = []
    while not (said and said[-1][3]):
        said.append(json.loads(worker.stdout.readline()))
    try:
        worker.wait(chance.random())  # into the next month
    except subprocess.TimeoutExpired:
        worker.kill()
    rest, _ = worker.communicate(timeout=60)
    return said + [json.loads(line) for line in rest.split(b"\n")[:-1]]


def spoil(path: Path, chance: random.Random) -> None:
    """What a disk leaves after a bad moment: pages of nonsense, from the first on."""
    whole = bytearray(path.read_bytes())
    for page in (0, *chance.sample(range(1, len(whole) // 4096), 5)):
        whole[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
    path.write_bytes(whole)


def at_the_door(qtbot: QtBot, started: Program) -> None:
    qtbot.waitUntil(
        lambda: (
            started.window.shell is not None
            and hasattr(started.window.shell.stack.currentWidget(), "password")
        ),
        timeout=30_000,
    )
    door = started.window.shell.stack.currentWidget()
    door.begin()
    qtbot.keyClicks(door.password, OWNER.password)
    qtbot.keyClick(door.password, Key.Key_Return)


def on_paper(office: Office, run: str) -> str:
    """What the 工资发放表 of a month says."""
    printed = print_paper(office, catalogue.papers()["pay_sheet"], Request(record_id=run))
    document = pypdfium2.PdfDocument(BytesIO(printed.pdf))
    return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.fault(1)
@pytest.mark.fault(8)
@pytest.mark.fault(20)
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_worst_morning(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    path, stick = tmp_path / "台账" / "向阳.lanling", tmp_path / "U盘"
    yesterday(path, stick)
    said = until_the_power_goes(path, tmp_path / "office", chance)
    acknowledged, right, paid = said[-1][1:]
    spoil(path, chance)
    for each in backups.listed(places.backups_of(path)):
        spoil(each.path, chance)
    assert beside(path, "user").exists(), "nobody closed it"

    started = program(qtbot, path)
    at_the_door(qtbot, started)
    page = page_of(qtbot, started, DamagedPage)
    assert isinstance(page, DamagedPage)
    qtbot.waitUntil(lambda: "没有能用的备份" in page.state.text(), timeout=60_000)
    assert clipped(page) == []
    kept = backups.listed(places.backups_of(path, stick))[0].path
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(kept), ""))
    press(qtbot, started, Key.Key_F4)
    at_the_door(qtbot, started)
    session = opened(qtbot, started).window.session
    assert session is not None
    office = session.office

    assert check(office) == []
    assert tip(office) >= acknowledged
    while tip(office) > acknowledged and digest(office) != right:  # what nobody had heard of yet
        assert office.undo() is not None
        if digest(office) == right:
            break
    assert digest(office) == right, "every acknowledged record, as it was"
    assert office.count(View("community_worker")) == len(WORKERS)
    for run in paid:
        month = office.read("pay_run", run)
        assert (month["status"], month["people"]) == ("已发放", len(WORKERS))
        net = office.store.raw("SELECT sum(net) FROM pay_slip WHERE run_id = ?", [run])[0][0]
        assert format_yuan(yuan(net)) in on_paper(office, run)
    started.window.close()
