"""The window of an account that may not see pay: no way in, no word of it on any screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from lanling_desktop import opening
from lanling_desktop.core.rights import room_of
from tests.salary.test_closed_room import BOSS, CLOCK, SECRET, WORD, furnished
from tests.ui.test_door import _page
from tests.ui.test_startup import program
from ui.navigation import RAIL
from ui.screens.login import LoginPage

_KINDS = ("工资", "薪酬", "等级认定", "补发", SECRET)


@pytest.mark.parametrize("name", ["李录入", "赵看看"])
def test_no_screen_says_a_word_of_pay(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    kept = furnished(tmp_path / "向阳.lanling")
    with opening.unlock_office(Path(kept["path"]), BOSS.name, BOSS.password, clock=CLOCK) as office:
        office.desk.keep_draft("pay_item/new", f"扣款 {SECRET}", {"values": {"reason": SECRET}})
    started = program(qtbot, str(kept["path"]))
    shell = started.window
    qtbot.waitUntil(lambda: _page(started, LoginPage) is not None, timeout=30_000)
    page = shell.shell.stack.currentWidget()
    page.who.setCurrentIndex(page.who.findText(name))
    page.password.setText(WORD)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.session is not None, timeout=30_000)
    registers = shell.session.office.registers
    pay = {key for key, each in registers.items() if room_of(each.record) == "salary"}
    deeds = {each.key.split(":")[1] for each in shell.navigator.deeds.all if ":" in each.key}
    assert not deeds & pay
    for key in pay:
        assert shell.navigator.go(key) is None
    assert shell.session.drafts.all() == []
    for key, _, _ in RAIL:
        button = shell.shell.rail.button(key)
        if key in pay:
            assert not button.isVisibleTo(shell.shell.rail)
            continue
        if not shell.navigator.offers(key):
            continue
        screen = shell.navigator.go(key)
        assert screen is not None, key
        said = _said(screen)
        assert not [text for text in said if any(word in text for word in _KINDS)], key
    screen = shell.navigator.go("papers")
    qtbot.waitUntil(lambda: screen.table.model().rowCount() == 1, timeout=30_000)
    started.window.close()


def _said(screen: object) -> list[str]:
    """Every word a screen shows."""
    shown = (*screen.findChildren(QLabel), *screen.findChildren(QAbstractButton))  # type: ignore[attr-defined]
    return [each.text() for each in shown if each.isVisibleTo(screen)]
