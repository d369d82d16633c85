"""How the program speaks to the clerk: the foot of the window, a question, a trouble."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.core.errors import OfficeError
from ui import theme

_STALE = 30_000  # milliseconds after which nobody looks for what was done any more


class Notifier(Protocol):
    """What a screen may say; tests put a recorder in its place."""

    def say(self, text: str, *, undo: bool = False) -> None:
        """Tell what was just done, with 撤销 beside it when it can be undone."""

    def ask(self, question: str, verb: str, detail: str = "") -> bool:
        """Ask before what cannot be undone; `verb` is the word on the button that does it."""
        ...

    def trouble(self, error: OfficeError) -> None:
        """Show a trouble of the user's world: what happened, is data safe, what to press."""


class Question(QDialog):
    """A question whose buttons carry verbs; Enter and Esc choose the safe one."""

    def __init__(
        self, question: str, verb: str, detail: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(verb)
        self.setAccessibleName(question)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(16)] * 4)
        layout.setSpacing(theme.px(12))
        for text, kind in ((question, "head"), (detail, "quiet")):
            if text:
                layout.addWidget(_words(text, kind, theme.px(360)))
        self.act = theme.button(verb, "plain", parent=self)
        self.act.setObjectName("act")
        self.act.clicked.connect(self.accept)
        self.safe = theme.button("不" + verb if len(verb) <= 2 else "取消", "primary", parent=self)
        self.safe.setObjectName("safe")
        self.safe.setDefault(True)
        self.safe.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addStretch(1)
        buttons.addWidget(self.act)
        buttons.addWidget(self.safe)
        layout.addLayout(buttons)
        self.safe.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            focused, QPushButton
        ):
            focused.click()
            return
        super().keyPressEvent(event)


class Foot(QFrame):
    """The foot of the window: what was done, long work, who is at the desk; troubles above it."""

    undo_requested = Signal()
    cancel_requested = Signal()
    right_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "foot")
        self.banner = TroubleBanner(self)
        self.words = QLabel(self)
        self.words.setAccessibleName("刚才做的事")
        self.undo = theme.button("撤销(Ctrl+Z)", "link", parent=self)
        self.undo.clicked.connect(self.undo_requested)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName("进度")
        self._fit_bar()
        self.cancel = theme.button("取消", "link", parent=self)
        self.cancel.clicked.connect(self._cancel)
        self._stale = QTimer(self, singleShot=True, interval=_STALE)
        self._stale.timeout.connect(self._forget)
        self._working = ""
        self._right: dict[str, QLabel | QPushButton] = {}
        self._line = QHBoxLayout()
        self._line.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        self._line.setSpacing(theme.px(8))
        self._line.addWidget(self.words)
        for each in (self.undo, self.bar, self.cancel):
            self._line.addWidget(each)
            each.hide()
        self._line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addLayout(self._line)

    def say(self, text: str, *, undo: bool = False) -> None:
        """Show what was just done, for a while, and let a screen reader say it."""
        self._stale.start()
        self.words.setText(text)
        self.words.setToolTip(text)
        self.undo.setVisible(undo)
        self.undo.setAccessibleName(f"撤销：{text}")
        announce(self, text)

    @Slot()
    def _forget(self) -> None:
        """What was said is old; what goes on stays."""
        if self.words.text() != self._working or self.bar.isHidden():
            self.words.clear()
            self.words.setToolTip("")
            self.undo.hide()

    def start_work(self, text: str) -> None:
        """Show the bar and 取消 for long work that begins."""
        self.say(text)
        self._working = text
        self.bar.setRange(0, 0)
        self.bar.show()
        self.cancel.setEnabled(True)
        self.cancel.show()

    @Slot(int, int, str)
    def show_progress(self, current: int, total: int, text: str = "") -> None:
        """How far long work is; `total` 0 means that nobody knows."""
        self.bar.setRange(0, total)
        self.bar.setValue(current)
        if text:
            self.words.setText(text)
            self._working = text

    @Slot()
    def end_work(self) -> None:
        """Take the bar and 取消 away, and the words of what is no longer going on."""
        if self.words.text() == self._working:
            self.words.clear()
        self.bar.hide()
        self.cancel.hide()

    def set_right(self, key: str, text: str, *, act: bool = False) -> None:
        """Say something at the right end, in the order of the first call; an `act` is a button."""
        known = self._right.get(key)
        if known is None:
            known = theme.button(text, "link", parent=self) if act else QLabel(text, self)
            if isinstance(known, QPushButton):
                known.setObjectName(key)
                known.clicked.connect(self._press_right)
            self._right[key] = known
            self._line.addWidget(known)
        known.setText(text)
        known.setVisible(bool(text))

    def said_right(self) -> set[str]:
        """What is said at the right end just now."""
        return {key for key, each in self._right.items() if not each.isHidden()}

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "bar"):
            self._fit_bar()

    def _fit_bar(self) -> None:
        self.bar.setFixedSize(theme.px(180), theme.px(20))

    @Slot()
    def _press_right(self) -> None:
        self.right_chosen.emit(self.sender().objectName())

    @Slot()
    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._working = "正在停下"
        self.words.setText(self._working)
        self.cancel_requested.emit()


class TroubleBanner(QFrame):
    """A trouble in three sentences above the foot; stays until it is read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "trouble")
        self.words = _words("", "wrong", 0)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sign = QLabel(self)
        self.sign.setAccessibleName("出了问题")
        self.copy = theme.button("复制", "plain", parent=self)
        self.copy.setAccessibleName("复制这几句话")
        self.copy.clicked.connect(self._copy)
        self.read = theme.button("知道了", "plain", parent=self)
        self.read.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[theme.px(8)] * 4)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.sign)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.copy)
        layout.addWidget(self.read)
        self.hide()

    def show_trouble(self, error: OfficeError) -> None:
        """Show a trouble and give its button the focus."""
        self.sign.setPixmap(theme.icon("warning", theme.RED).pixmap(theme.icon_size()))
        self.words.setText(str(error))
        self.show()
        self.read.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, str(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button, Esc is as good as 知道了."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.copy if self.copy.hasFocus() else self.read).click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.text())


class WindowNotifier:
    """Speaks through the foot of a window."""

    def __init__(self, foot: Foot) -> None:
        self._foot = foot

    def say(self, text: str, *, undo: bool = False) -> None:
        """A line in the foot."""
        self._foot.say(text, undo=undo)

    def ask(self, question: str, verb: str, detail: str = "") -> bool:
        """A question over the window."""
        return Question(question, verb, detail, self._foot.window()).exec() == (
            QDialog.DialogCode.Accepted
        )

    def trouble(self, error: OfficeError) -> None:
        """A banner above the foot."""
        self._foot.banner.show_trouble(error)


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say something that is shown where the focus is not."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def _words(text: str, kind: str, width: int) -> QLabel:
    made = QLabel(text)
    made.setProperty("kind", kind)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if width:
        made.setMinimumWidth(width)
    return made
