"""What shows where the keys go: no ring is left behind, none is lost out of sight."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL
from ui import theme

Key = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def test_esc_from_a_child_shows_the_list_of_children_again(at: Desk) -> None:
    at.household()
    screen, hands = at.screen("household"), at.typist
    screen.pane.enter_list()
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
    at.settle()
    hands.press(Key.Key_1, CTRL)
    hands.press(Key.Key_N, CTRL)
    hands.compose("李小红")
    hands.press(Key.Key_Escape)
    at.settle()
    table = screen.panel.lists[0].table
    assert table.hasFocus()
    assert not table.visibleRegion().isEmpty(), "the focus is in sight"
    corner = table.viewport().grab().toImage().pixelColor(1, table.viewport().height() // 2)
    assert corner == theme.colour(theme.RED), "an empty list shows the focus too"


def test_no_ring_is_left_where_the_focus_was(at: Desk) -> None:
    at.people("张玉兰", "李建国", "王秀英")
    screen = at.screen("party_member")
    screen.pane.enter_list()
    at.settle()
    table = screen.table
    asked = []
    paint = table.paintEvent
    table.paintEvent = lambda event: (asked.append(event.region()), paint(event))
    at.typist.press(Key.Key_Down)
    at.qtbot.waitUntil(lambda: bool(asked))
    for row in (0, 1):
        top, height = table.rowViewportPosition(row), table.rowHeight(row)
        for x in (1, table.viewport().width() - 2):
            assert any(each.contains(QPoint(x, top + height // 2)) for each in asked)


def test_a_list_asked_for_elsewhere_shows_no_record_of_before(at: Desk) -> None:
    (member,) = at.people("张玉兰")
    screen = at.screen("party_member")
    screen.open_record(member)
    assert screen.panel.entry is not None
    screen.show_view(View("party_member", ready="probationary"))
    at.settle()
    assert screen.table.rows.rowCount() == 0
    assert screen.panel.entry is None
    assert screen.panel.stack.currentWidget() is screen.panel.blank


def test_rows_of_the_list_before_are_not_followed(at: Desk) -> None:
    """A slow disk: the record pane waits for the rows that were asked for."""
    at.people("张玉兰", "李建国")
    screen = at.screen("party_member")
    at.settle()
    done = threading.Event()
    at.session.reader.run(lambda _: done.wait(20))
    screen.show_view(View("party_member", ready="probationary"))
    screen.table.selectRow(0)
    at.qtbot.waitUntil(lambda: screen.following.waits)
    assert screen.panel.entry is None, "still the rows of before"
    done.set()
    at.settle()
    assert screen.table.rows.rowCount() == 0
    assert screen.panel.entry is None
    screen.show_view(View("party_member"))
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
