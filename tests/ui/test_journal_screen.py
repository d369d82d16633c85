"""操作记录 by keys: what was done is found by a name, opened, and shown to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core import journal_list
from lanling_desktop.core.errors import OfficeError
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.journal import JournalScreen

Key = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        for name in ("张玉兰", "李敏"):
            made.office.save("person", None, {"name": name}, confirmed=True)
        made.office.note("查看完整号码：张玉兰")
        yield made


def shown(at: Desk) -> JournalScreen:
    screen = JournalScreen(at.session)
    at.show(screen)
    screen.begin()
    at.settle()
    return screen


def titles(screen: JournalScreen) -> list[str]:
    rows = screen.table.rows
    return [str(rows.row_texts(at)[4]) for at in range(rows.rowCount())]


@pytest.mark.parametrize("percent", [100, 150])
def test_what_was_done_is_found_by_its_words_and_opened(
    at: Desk, qtbot: QtBot, qapp: QApplication, percent: int
) -> None:
    theme.apply(qapp, percent)
    try:
        screen = shown(at)
        assert clipped(screen) == unnamed(screen) == []
    finally:
        theme.apply(qapp, 100)
    assert titles(screen)[:3] == ["查看完整号码：张玉兰", "新增居民 李敏", "新增居民 张玉兰"]
    assert "最后一条的校验码" in screen.total.text()
    at.typist.press(Key.Key_F, CTRL)
    at.typist.compose("张玉兰")
    qtbot.waitUntil(lambda: len(titles(screen)) == 2)
    at.typist.press(Key.Key_F2)
    qtbot.waitUntil(lambda: titles(screen) == ["查看完整号码：张玉兰"])
    at.typist.press(Key.Key_F2)
    qtbot.waitUntil(lambda: len(titles(screen)) == 2)
    at.typist.press(Key.Key_Escape)
    at.typist.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(screen)) > 2)
    screen.table.selectRow(1)
    with qtbot.waitSignal(at.session.record_requested) as asked:
        at.typist.press(Key.Key_Return)
    assert asked.args[0] == "person"
    assert at.office.read("person", asked.args[1])["name"] == "李敏"


def test_what_a_search_language_would_read_is_only_text(at: Desk) -> None:
    for typed in ("%", "_", "' OR 1=1 --", "\\"):
        assert journal_list.listed(at.office, typed) == []


def test_nobody_but_the_administrator_reads_it(at: Desk) -> None:
    at.office.rights = replace(at.office.rights, administers=False)
    with pytest.raises(OfficeError, match="操作记录"):
        journal_list.listed(at.office)
    with pytest.raises(OfficeError, match="操作记录"):
        JournalScreen(at.session)
