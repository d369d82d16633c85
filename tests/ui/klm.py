"""The Keystroke-Level Model as a typist: plays a task by keys only and counts what it costs.

Operators of clerk.md D.1: K 0.28 s a key (40 words a minute, a held key counts as one of its own),
M 1.35 s a decision. There is no P and no H: who reaches for the mouse has lost already. A Chinese
word is composed: its pinyin and the space that takes it are keys, as with 微软拼音.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from lanling_desktop.standards import pinyin

KEY, MENTAL = 0.28, 1.35
_HELD = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Typist:
    """Presses keys wherever the focus is."""

    def __init__(self) -> None:
        self.keys = 0
        self.decisions = 0
        self.modal_stops = 0

    @property
    def seconds(self) -> float:
        """What the task costs a clerk."""
        return self.keys * KEY + self.decisions * MENTAL

    def think(self) -> None:
        """A decision."""
        self.decisions += 1

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """A key, with what is held beside it."""
        for _ in range(times):
            self.keys += 1 + sum(bool(held & each) for each in _HELD)
            QTest.keyClick(self.focus, key, held)
            self.modal_stops += QApplication.activeModalWidget() is not None

    def type(self, text: str) -> None:
        """Figures and letters."""
        for each in text:
            self.keys += 1
            QTest.keyClicks(self.focus, each)

    def compose(self, word: str) -> None:
        """A Chinese word through an input method: preedit, space, commit."""
        typed = ""
        for letter in "".join(pinyin.syllables(word)):
            self.keys += 1
            typed += letter
            QApplication.sendEvent(self.focus, QInputMethodEvent(typed, []))
        self.keys += 1
        done = QInputMethodEvent()
        done.setCommitString(word)
        QApplication.sendEvent(self.focus, done)

    @property
    def focus(self) -> QWidget:
        """Where the keys go."""
        found = QApplication.focusWidget()
        assert found is not None, "the focus is nowhere: a clerk would reach for the mouse"
        return found


def names(widget: QWidget | None) -> Iterator[str]:
    """The object names from a widget upward, for messages of failed tests."""
    while widget is not None:
        yield widget.objectName() or type(widget).__name__
        widget = widget.parentWidget()
