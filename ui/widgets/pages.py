"""Pages that stand for themselves: a column of words and buttons in the middle of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Page(QWidget):
    """A widget in which Enter presses the button that has the focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button."""
        focused = self.focusWidget()
        if event.key() in _ENTER and isinstance(focused, QPushButton) and focused.hasFocus():
            focused.click()
        else:
            super().keyPressEvent(event)


def words(text: str, kind: str = "") -> QLabel:
    """A label that wraps and never takes its text for HTML."""
    made = QLabel(text)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("kind", kind)
    return made


def buttons(*made: QWidget) -> QHBoxLayout:
    """Buttons in a row from the left."""
    line = QHBoxLayout()
    line.setSpacing(theme.px(8))
    for each in made:
        line.addWidget(each)
    line.addStretch(1)
    return line


def lay_out(page: QWidget, parts: Sequence[QWidget], row: Sequence[QWidget]) -> None:
    """Put the parts one below the other in the middle of the page, the buttons under them."""
    column = QVBoxLayout()
    column.setSpacing(theme.px(12))
    column.addStretch(2)
    for each in parts:
        column.addWidget(each)
    column.addSpacing(theme.px(8))
    column.addLayout(buttons(*row))
    column.addStretch(3)
    inner = QWidget()
    inner.setLayout(column)
    inner.setMaximumWidth(theme.px(640))
    column.setContentsMargins(0, 0, 0, 0)
    middle = QWidget()
    line = QHBoxLayout(middle)
    line.setContentsMargins(*[theme.px(16)] * 4)
    line.addStretch(1)
    line.addWidget(inner, 100)
    line.addStretch(1)
    area = QScrollArea(page)  # in large text a page may be higher than the window
    area.setWidget(middle)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(area)
