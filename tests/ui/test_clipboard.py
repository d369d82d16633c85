"""A number that was copied is gone after a minute; other words stay, and so does what others copy."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from ui.clipboard import ClipboardKeeper


@pytest.fixture
def keeper(qtbot):
    made = ClipboardKeeper(kept=300, owns=lambda: True)  # a minute, in a test's patience
    yield made
    QGuiApplication.clipboard().clear()
    made.deleteLater()


def _marked():
    said = QGuiApplication.clipboard().mimeData().formats()
    return any("ExcludeClipboardContentFromMonitorProcessing" in each for each in said)


def _copied(qtbot, text):
    box = QLineEdit()
    qtbot.addWidget(box)
    box.setText(text)
    box.selectAll()
    box.copy()


@pytest.mark.parametrize(
    "number",
    [
        "34052419800101001X",
        "340524 19800101 001X",
        "340524800101001",
        "13812345678",
        "6228480018912345678",
    ],
)
def test_a_number_leaves_the_clipboard(qtbot, keeper, number):
    _copied(qtbot, number)
    assert QGuiApplication.clipboard().text() == number
    qtbot.waitUntil(lambda: _marked() or not QGuiApplication.clipboard().text(), timeout=5_000)
    assert _marked()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "", timeout=5_000)


def test_other_words_stay_and_so_does_what_was_copied_since(qtbot, keeper):
    _copied(qtbot, "兰陵花园 3号楼")
    assert not keeper._over.isActive()
    _copied(qtbot, "34052419800101001X")
    _copied(qtbot, "张玉兰")
    qtbot.waitUntil(lambda: not keeper._over.isActive(), timeout=5_000)
    assert QGuiApplication.clipboard().text() == "张玉兰"


def test_what_another_program_copied_is_not_touched(qtbot):
    keeper = ClipboardKeeper(kept=30, owns=lambda: False)
    _copied(qtbot, "34052419800101001X")
    assert not keeper._over.isActive()
    assert QGuiApplication.clipboard().text() == "34052419800101001X"
    QGuiApplication.clipboard().clear()
    keeper.deleteLater()
