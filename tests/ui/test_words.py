"""Small words of the screens: what stands in empty places, what goes away by itself, text sizes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from tests.ui.at_desk import Desk, desk
from ui import theme
from ui.screens.help import HelpScreen
from ui.screens.settings import SettingsScreen
from ui.screens.start import StartScreen
from ui.widgets.messages import Foot


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def test_an_empty_register_says_how_to_begin(at: Desk) -> None:
    screen = at.screen("person")
    assert screen.table.empty_text == "还没有居民，按 Ctrl+N 新增，或按“导入”"
    screen.show_view(View("person", text="张"))
    at.settle()
    assert screen.table.empty_text == "没有符合条件的居民"
    screen.pane.bin.click()
    at.settle()
    assert screen.table.empty_text == "回收站里没有记录"
    assert screen.panel.blank.text() == "选中一条回收站里的居民"
    screen.pane.bin.click()
    at.settle()
    assert "Ctrl+N" in screen.panel.blank.text()


def test_what_was_done_is_not_said_for_ever(qtbot: QtBot) -> None:
    foot = Foot()
    qtbot.addWidget(foot)
    foot.say("已新增居民 张玉兰", undo=True)
    assert foot._stale.isActive()
    assert foot._stale.interval() <= 30_000
    foot._stale.timeout.emit()
    assert foot.words.text() == ""
    assert foot.undo.isHidden()
    foot.start_work("正在导入")
    foot.bar.show()
    foot.show()
    foot._stale.timeout.emit()
    assert foot.words.text() == "正在导入"


def test_help_is_the_same_after_zooming_up_and_back(at: Desk, qapp: QApplication) -> None:
    screen = HelpScreen(at.session)
    at.show(screen)

    def sizes() -> list[float]:
        block, found = screen.text.document().begin(), []
        while block.isValid():
            parts = block.begin()
            while not parts.atEnd():
                found.append(parts.fragment().charFormat().font().pointSizeF())
                parts += 1
            block = block.next()
        return found

    first, height = sizes(), screen.text.document().size().height()
    assert max(first) > min(first)
    theme.apply(qapp, 200)
    document = screen.text.document()
    at.qtbot.waitUntil(lambda: document.documentMargin() == theme.px(16) and sizes() != first)
    assert max(sizes()) == 2 * max(first)
    theme.apply(qapp, 100)
    at.qtbot.waitUntil(lambda: sizes() == first)
    assert document.size().height() == height


def test_the_settings_mark_the_size_in_force(at: Desk, qapp: QApplication) -> None:
    theme.apply(qapp, 130)
    screen = SettingsScreen(at.session)
    at.show(screen)
    assert [each.text() for each in screen.sizes if each.isChecked()] == ["130%"]
    theme.apply(qapp, 150)
    assert [each.text() for each in screen.sizes if each.isChecked()] == ["150%"]


def test_nothing_is_done_where_there_was_nothing_to_do(at: Desk) -> None:
    at.people("张玉兰")
    screen = StartScreen(at.session)
    at.show(screen)
    screen.recount()
    at.settle()
    said = {key: card.accessibleName() for key, (_, card) in screen._cards.items()}
    assert "已办完" not in said["overdue"], "there is no hall at all"
    assert "已办完" not in said["no_plaque"], "no day was set for it"
    assert said["confirm"].endswith("已办完")
