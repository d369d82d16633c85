"""Cards, filters and the rail."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.widgets.cards import Card, FilterRow, RailButton

Keys = Qt.Key


@pytest.mark.parametrize("key", [Keys.Key_Return, Keys.Key_Enter, Keys.Key_Space])
def test_a_card_opens_by_key_and_says_its_number(qtbot: QtBot, key: Keys) -> None:
    card = Card("today", "近 3 个工作日到期")
    qtbot.addWidget(card)
    assert card.accessibleName() == "近 3 个工作日到期，…"
    card.set_count(5, "late")
    assert card.accessibleName() == "近 3 个工作日到期，5，已超期"
    with qtbot.waitSignal(card.clicked):
        qtbot.keyClick(card, key)


def test_one_filter_is_in_force(qtbot: QtBot) -> None:
    row = FilterRow()
    qtbot.addWidget(row)
    every, due = row.add("all", "全部", 266), row.add("due", "本年应复核")
    assert (every.text(), due.text(), row.current) == ("✓ 全部 266", "本年应复核 …", "all")
    row.set_count("due", 1400)
    with qtbot.waitSignal(row.chosen) as told:
        qtbot.keyClick(due, Keys.Key_Return)
    assert (told.args, row.current, every.text()) == (["due"], "due", "全部 266")
    assert due.accessibleName() == "筛选：本年应复核，1,400"
    with qtbot.assertNotEmitted(row.chosen):
        row.choose("all")


def test_one_module_is_current(qtbot: QtBot) -> None:
    rail = QWidget()
    qtbot.addWidget(rail)
    layout = QVBoxLayout(rail)
    people, homes = (
        RailButton("people", "党员", 2318, rail),
        RailButton("household", "户", 266, rail),
    )
    for each in (people, homes):
        layout.addWidget(each)
    people.setChecked(True)
    qtbot.keyClick(homes, Keys.Key_Return)
    assert (people.isChecked(), homes.isChecked()) == (False, True)
    assert people.accessibleName() == "党员，2,318"
    people.set_count(None)
    assert people.accessibleName() == "党员"


def test_the_current_module_is_red(qtbot: QtBot) -> None:
    button = RailButton("people", "党员", 5)
    qtbot.addWidget(button)
    button.setChecked(True)
    button.resize(180, 38)
    assert button.grab().toImage().pixelColor(90, 4).name().upper() == theme.RED.hex


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_unnamed_or_cut_off(qtbot: QtBot, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    row = FilterRow()
    row.add("all", "全部", 266)
    row.add("due", "联系党员不足", 9)
    for each in (Card("today", "本月议事会未录入决议的小区", 12345, page), row):
        layout.addWidget(each)
    layout.addWidget(RailButton("household", "户与党员中心户", 266, page))
    page.show()
    qtbot.waitExposed(page)
    page.grab()
    assert unnamed(page) == []
    assert clipped(page) == []
