"""等级变动预告: from the card of the start page to the list, the worker and the paper, by keys."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lanling_desktop.salary.coming import coming
from tests.ui.test_startup import program
from tests.ui.walk import clipped, unnamed
from ui.screens.pay_coming import PAPER, ComingScreen
from ui.screens.preview import PreviewScreen

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_from_the_card_to_the_worker_and_the_paper(
    qtbot: QtBot, tmp_path: Path, demo_file: Path
) -> None:
    path = tmp_path / "a.lanling"
    shutil.copy(demo_file, path)
    started = program(qtbot, str(path))
    window = started.window
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    navigator, session = window.navigator, window.session
    steps = coming(session.office)
    assert steps
    start = navigator.go("today")
    _, card = start._cards["coming"]
    qtbot.waitUntil(lambda: str(len(steps)) in card.accessibleName(), timeout=30_000)
    card.setFocus()
    qtbot.keyClick(card, Key.Key_Return)
    screen = navigator.screen
    assert isinstance(screen, ComingScreen)
    qtbot.waitUntil(lambda: screen.list.count() == len(steps), timeout=30_000)
    assert clipped(screen) == unnamed(screen) == []
    assert screen.list.hasFocus() or not window.isActiveWindow()
    qtbot.keyClick(screen.list, Key.Key_Down)
    qtbot.keyClick(screen.list, Key.Key_Return)
    panel = navigator.screen.panel
    qtbot.waitUntil(lambda: panel.entry is not None, timeout=30_000)
    assert panel.entry.id == steps[1].worker_id
    navigator.go("grade_coming")
    qtbot.waitUntil(lambda: screen.list.count() == len(steps), timeout=30_000)
    screen.print.click()
    preview = navigator.screen
    assert isinstance(preview, PreviewScreen)
    assert preview.paper.key == PAPER
    window.close()
    started.end()
