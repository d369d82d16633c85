"""The one search box: by keyboard, grouped, never an old answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.walk import unnamed
from ui.widgets.search_box import Hit, SearchBox
from ui.widgets.work import Worker

Keys = Qt.Key
HITS = [
    Hit("party_member", "党员", "p1", "张玉兰", "第4网格党支部"),
    Hit("party_member", "党员", "p2", "张玉梅", "第5网格党支部"),
    Hit("central_household", "党员中心户", "h4", "张玉兰", "兰陵花园 4号楼"),
]


def find(words: str) -> Sequence[Hit]:
    return [] if words == "none" else HITS


@pytest.fixture
def worker(qapp: object) -> Iterator[Worker]:
    made = Worker()
    yield made
    made.wait_all()


def shown(qtbot: QtBot, box: SearchBox) -> SearchBox:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    layout.addWidget(box)
    layout.addWidget(QLineEdit(page))
    layout.addStretch(1)
    page.resize(500, 500)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    box.setFocus()
    box.page = page  # type: ignore[attr-defined]
    return box


def test_hits_come_while_typed_grouped_by_register(qtbot: QtBot) -> None:
    box = shown(qtbot, SearchBox(find))
    qtbot.keyClicks(box.box, "zyl")
    qtbot.waitUntil(lambda: box.popup.opened)
    lines = [box.popup.item(n).text() for n in range(box.popup.count())]
    assert lines == ["党员 2", "张玉兰", "张玉梅", "党员中心户 1", "张玉兰"]
    assert box._wait.interval() <= 60
    box.popup.grab()
    with qtbot.waitSignal(box.chosen) as told:
        for _ in range(5):
            qtbot.keyClick(box.box, Keys.Key_Down)
        qtbot.keyClick(box.box, Keys.Key_Return)
    assert told.args == ["central_household", "h4"]
    assert (box.words(), box.popup.opened) == ("", False)


def test_enter_takes_the_first_without_waiting(qtbot: QtBot) -> None:
    box = shown(qtbot, SearchBox(find))
    qtbot.keyClicks(box.box, "zyl")
    with qtbot.waitSignal(box.chosen) as told:
        qtbot.keyClick(box.box, Keys.Key_Return)
    assert told.args == ["party_member", "p1"]


def test_nothing_found_is_said(qtbot: QtBot) -> None:
    box = shown(qtbot, SearchBox(find))
    qtbot.keyClicks(box.box, "none")
    with qtbot.assertNotEmitted(box.chosen):
        qtbot.keyClick(box.box, Keys.Key_Return)
        qtbot.keyClick(box.box, Keys.Key_Down)
        qtbot.keyClick(box.box, Keys.Key_Return)
    assert box.popup.item(0).text() == "没有找到“none”"


def test_esc_closes_then_empties(qtbot: QtBot) -> None:
    box = shown(qtbot, SearchBox(find))
    qtbot.keyClicks(box.box, "zyl")
    qtbot.keyClick(box.box, Keys.Key_Down)
    assert box.popup.opened
    qtbot.keyClick(box.box, Keys.Key_Escape)
    assert (box.popup.opened, box.words()) == (False, "zyl")
    qtbot.keyClick(box.box, Keys.Key_Escape)
    assert box.words() == ""


def test_leaving_closes_the_list(qtbot: QtBot) -> None:
    box = shown(qtbot, SearchBox(find))
    qtbot.keyClicks(box.box, "zyl")
    qtbot.keyClick(box.box, Keys.Key_Down)
    qtbot.keyClick(box.box, Keys.Key_Tab)
    assert not box.popup.opened


def test_an_answer_to_older_words_is_never_shown(qtbot: QtBot, worker: Worker) -> None:
    begun, go = threading.Event(), threading.Event()
    asked: list[str] = []

    def slow(words: str) -> Sequence[Hit]:
        asked.append(words)
        begun.set()
        assert go.wait(10)
        return [Hit("party_member", "党员", words, words, "")]

    box = shown(qtbot, SearchBox(slow, worker=worker))
    qtbot.keyClicks(box.box, "z")
    box._search()
    assert begun.wait(10)
    for letter in "yl":
        qtbot.keyClicks(box.box, letter)
        box._search()
    go.set()
    qtbot.waitUntil(lambda: box.popup.opened)
    assert box.popup.item(1).text() == "zyl"
    assert asked == ["z", "zyl"], "what was typed while waiting is asked once"


def test_enter_waits_for_a_slow_answer(qtbot: QtBot, worker: Worker) -> None:
    box = shown(qtbot, SearchBox(find, worker=worker))
    qtbot.keyClicks(box.box, "zyl")
    with qtbot.waitSignal(box.chosen):
        qtbot.keyClick(box.box, Keys.Key_Return)


def test_a_failed_search_is_told(qtbot: QtBot, worker: Worker) -> None:
    def broken(_words: str) -> Sequence[Hit]:
        raise OSError("disk gone")

    box = shown(qtbot, SearchBox(broken, worker=worker))
    qtbot.keyClicks(box.box, "z")
    with qtbot.waitSignal(box.trouble):
        qtbot.keyClick(box.box, Keys.Key_Return)


def test_it_has_names(qtbot: QtBot) -> None:
    box = shown(qtbot, SearchBox(find))
    qtbot.keyClicks(box.box, "z")
    qtbot.keyClick(box.box, Keys.Key_Down)
    assert unnamed(box) == []
    assert unnamed(QApplication.activeWindow() or box) in ([], [unnamed_line_edit(box)])


def unnamed_line_edit(box: SearchBox) -> str:
    """The other box of the page, which has no name on purpose."""
    return unnamed(box.page)[0]  # type: ignore[attr-defined]
