"""Another user of the computer has the office open (fault 33): read it beside them, or not."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lanling_desktop import opening
from lanling_desktop.core.lock import beside
from lanling_desktop.core.office import Office
from tests.ui.test_backups_screen import OWNER, opened, page_of, press, program
from tests.ui.walk import clipped, unnamed
from ui import startup
from ui.screens.unopened import TakenPage

Key = Qt.Key
WANG = {"user": "王某", "pid": 1, "host": platform.node(), "since": "09:12"}


@pytest.fixture(params=["plain", "locked"])
def held(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """An office somebody else works in."""
    path = tmp_path / "向阳.lanling"
    made = opening.create_office(path)
    if request.param == "locked":
        made.close()
        path.unlink()
        made = opening.create_locked(path, OWNER)
    with made as office:
        office.save("person", None, {"name": "张玉兰"})
        beside(path, "user").write_text(json.dumps(WANG), encoding="utf-8")
        yield office


def page_beside(qtbot: QtBot, office: Office) -> tuple[object, TakenPage]:
    started = program(qtbot, office.path)
    if office.store.key is not None:
        qtbot.waitUntil(
            lambda: hasattr(started.window.shell.stack.currentWidget(), "password"), timeout=30_000
        )
        door = started.window.shell.stack.currentWidget()
        door.begin()
        qtbot.keyClicks(door.password, OWNER.password)
        qtbot.keyClick(door.password, Key.Key_Return)
    page = page_of(qtbot, started, TakenPage)
    assert isinstance(page, TakenPage)
    return started, page


@pytest.mark.fault(33)
def test_it_is_said_who_has_it_and_it_can_be_read_beside_them(qtbot: QtBot, held: Office) -> None:
    started, page = page_beside(qtbot, held)
    assert page.head.text() == "向阳.lanling 已经由 王某 在本机打开（自 09:12）。"
    assert clipped(page) == unnamed(page) == []
    press(qtbot, started, Key.Key_F9)
    session = opened(qtbot, started).window.session
    assert started.window.windowTitle().startswith("只读")
    assert [each.title for each in session.office.find("张玉兰")] == ["张玉兰"]
    held.save("person", None, {"name": "李二"})  # who has it goes on
    assert [each.title for each in session.office.find("李二")] == ["李二"]
    started.window.close()
    assert startup.is_open(held.path), "what the reader closed was the reader's"
    held.save("person", None, {"name": "孙三"})


@pytest.mark.fault(33)
def test_cancelled_nothing_is_opened(qtbot: QtBot, held: Office) -> None:
    started, page = page_beside(qtbot, held)
    assert page.cancel.hasFocus()
    press(qtbot, started, Key.Key_Escape)
    assert not started.window.isVisible()
    assert json.loads(beside(held.path, "user").read_text(encoding="utf-8")) == WANG


@pytest.mark.fault(32)
@pytest.mark.fault(33)
def test_only_ones_own_first_window_is_asked_to_come_up(held: Office) -> None:
    assert not startup.raise_first(held.path, patience=60)
    assert not beside(held.path, "raise").exists()
