"""Bars that come up in place of a dialog: a line with a question, its box and its verbs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.boxes import LineBox
from ui.widgets.flow import FlowLayout
from ui.widgets.messages import announce

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Bar(QFrame):
    """A bar above a list. Esc closes it, Enter does what it is for."""

    closed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setAccessibleName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*[theme.px(8)] * 4)
        self.column.setSpacing(theme.px(4))
        area = QWidget(self)
        self.line = FlowLayout(area, theme.px(8), theme.px(4))
        self.column.addWidget(area)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.column.addWidget(self.words)
        self.words.hide()
        self.hide()

    def say(self, text: str, kind: str = "quiet") -> None:
        """A line of words under the box; empty takes it away."""
        self.words.setProperty("kind", kind)
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.words.setText(text)
        self.words.setVisible(bool(text))
        announce(self, text)

    def add_words(self, text: str) -> QLabel:
        """Words in the line, as high as its boxes."""
        label = QLabel(text, self)
        label.setMinimumHeight(theme.px(theme.CONTROL))
        self.line.addWidget(label)
        return label

    def add_button(self, text: str, kind: str = "plain") -> QPushButton:
        """A verb at the end of the line."""
        made = theme.button(text, kind, parent=self)
        self.line.addWidget(made)
        return made

    @Slot()
    def close_bar(self) -> None:
        """Put it away; whoever opened it takes the focus back."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def done(self) -> None:
        """What Enter does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it, Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in _ENTER:
            focused = self.focusWidget()
            if isinstance(focused, QPushButton) and focused.hasFocus():
                focused.click()
            else:
                self.done()
        else:
            super().keyPressEvent(event)


class AskBar(Bar):
    """One line to type and a verb: why a record is deleted, what a filter is called."""

    given = Signal(str)

    def __init__(self, name: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.question = self.add_words(name)
        self.box = LineBox(self)
        self.box.setAccessibleName(name)
        self.box.setMinimumWidth(theme.px(260))
        self.line.addWidget(self.box)
        self.verb = self.add_button(f"{verb}(Enter)", "primary")
        self.verb.clicked.connect(self.done)
        self.add_button("取消(Esc)").clicked.connect(self.close_bar)
        self.setFocusProxy(self.box)

    def ask(self, question: str, hint: str = "", text: str = "") -> None:
        """Come up with a question."""
        self.question.setText(question)
        self.box.setPlaceholderText(hint)
        self.box.setAccessibleName(question)
        self.box.setText(text)
        self.say("")
        self.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def done(self) -> None:
        """Hand over what was typed."""
        text = self.box.text().strip()
        if not text:
            self.say("请先填写，再按 Enter", "wrong")
            return
        self.close_bar()
        self.given.emit(text)


class ChooseBar(Bar):
    """A few things to choose from, by their number or by arrow keys."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._buttons: list[QPushButton] = []

    def choose(self, question: str, offers: Sequence[tuple[str, str]], current: str = "") -> None:
        """Come up with offers of (key, title); `current` is what Enter takes."""
        while self.line.count():
            item = self.line.takeAt(0)
            if item is not None and item.widget() is not None:
                item.widget().deleteLater()
        self.add_words(question)
        self._buttons = []
        for number, (key, title) in enumerate(offers, 1):
            made = self.add_button(f"{number} {title}")
            made.setObjectName(key)
            made.clicked.connect(self._choose)
            self._buttons.append(made)
        self.add_button("取消(Esc)").clicked.connect(self.close_bar)
        for each in self.findChildren(QWidget):
            each.show()
        self.words.hide()
        self.show()
        keys = [key for key, _ in offers]
        self._buttons[keys.index(current) if current in keys else 0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number takes its offer, arrows move."""
        number = event.key() - Qt.Key.Key_1.value
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        by = step.get(Qt.Key(event.key()), 0)
        at = next((n for n, each in enumerate(self._buttons) if each.hasFocus()), None)
        if 0 <= number < len(self._buttons):
            self._buttons[number].click()
        elif by and at is not None:
            self._buttons[(at + by) % len(self._buttons)].setFocus()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _choose(self) -> None:
        key = self.sender().objectName()
        self.close_bar()
        self.chosen.emit(key)


class Notice(QFrame):
    """Words on amber ground with a few acts: a draft to go on with, another day, a likely double."""

    def __init__(self, parent: QWidget | None = None, *, beside: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self._area = QWidget(self)
        self._flow = FlowLayout(self._area, theme.px(4), 0)
        way = QBoxLayout.Direction
        layout = QBoxLayout(way.LeftToRight if beside else way.TopToBottom, self)
        layout.setContentsMargins(theme.px(12), theme.px(4), theme.px(8), theme.px(4))
        layout.setSpacing(theme.px(2))
        layout.addWidget(self.words, 2 if beside else 0)
        layout.addWidget(self._area, 1 if beside else 0)
        self._area.hide()
        self.hide()

    def add(self, text: str, key: str = "") -> QPushButton:
        """An act beside the words."""
        made = theme.button(text, "link", key=key, parent=self._area)
        self._flow.addWidget(made)
        self._area.show()
        return made

    def tell(self, text: str, kind: str = "") -> None:
        """Say something, or nothing."""
        theme.mark(self.words, "kind", kind)
        self.words.setText(text)
        self.setVisible(bool(text))
        announce(self, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the act that has the focus."""
        focused = self.focusWidget()
        if event.key() in _ENTER and isinstance(focused, QPushButton) and focused.hasFocus():
            focused.click()
        else:
            super().keyPressEvent(event)
