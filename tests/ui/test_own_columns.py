"""自加栏目: a clerk adds a column by keys, types into it, finds it in the list, puts it out of use."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from tests.office import add_member
from tests.ui.klm import CTRL
from tests.ui.test_window import window  # noqa: F401 - the fixture
from tests.ui.walk import clipped, unnamed
from ui.screens.register import RegisterScreen
from ui.window import MainWindow

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(key: Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, how)


def screen_of(window: MainWindow, key: str) -> RegisterScreen:  # noqa: F811
    found = window.navigator.go(key)
    assert isinstance(found, RegisterScreen)
    return found


def test_a_column_is_added_typed_into_and_put_out_of_use(
    qtbot: QtBot,
    window: MainWindow,  # noqa: F811
) -> None:
    navigator = window.navigator
    office = navigator.session.office
    member = add_member(office, "郑小兰")
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    first = screen_of(window, "party_member")
    first.table.setFocus()
    press(Key.Key_K, CTRL | SHIFT)
    assert first.own_bar.isVisible()
    assert not clipped(first.own_bar)
    assert not unnamed(first.own_bar)
    QTest.keyClicks(QApplication.focusWidget(), "QQ")
    press(Key.Key_Return)
    press(Key.Key_Return)  # 文字 stands there
    press(Key.Key_Return)  # not sensitive: the last box adds it
    qtbot.waitUntil(lambda: navigator.screens.get("party_member") is not first)
    again = navigator.screen
    assert isinstance(again, RegisterScreen)
    assert again.register.own[0][1].label == "QQ"
    key = again.register.own[0][0]
    again.open_record(member)
    again.panel.form.form.jump(key)
    QTest.keyClicks(QApplication.focusWidget(), "12345")
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: office.read("party_member", member)[key] == "12345")
    assert office.count(View("party_member", text="12345")) == 1, "and found by it"
    qtbot.waitUntil(lambda: not navigator.session.reader.busy)

    again.own_bar.begin()
    assert [each.text() for each in again.own_bar.drops] == ["停用“QQ”"]
    again.own_bar.drops[0].click()
    qtbot.waitUntil(lambda: navigator.screens.get("party_member") is not again)
    assert key not in office.registers["party_member"].all_columns
    office.undo()
    assert office.read("party_member", member)[key] == "12345"
