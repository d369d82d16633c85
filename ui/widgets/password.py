"""Boxes for passwords: what is typed is never shown, kept as a draft, or told to a reader."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from ui import theme
from ui.widgets.boxes import LineBox

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PasswordBox(LineBox):
    """One password; a held eye shows it while nobody looks."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setMaxLength(128)
        self.eye = self.add_button("eye", "按住看输入的密码")
        self.eye.pressed.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Normal))
        self.eye.released.connect(lambda: self.setEchoMode(QLineEdit.EchoMode.Password))


class Boxes(QWidget):
    """Labelled boxes one below the other; Enter goes to the next, from the last it is submitted."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[QWidget] = []
        self.labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(1, 1)

    def add(self, label: str, box: QWidget) -> None:
        """A box under its label."""
        said = QLabel(label, self)
        said.setBuddy(box)
        said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = len(self._boxes)
        self._grid.addWidget(said, row, 0)
        self._grid.addWidget(box, row, 1)
        self._boxes.append(box)
        self.labels.append(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        focused = self.focusWidget()
        if event.key() not in _ENTER or focused not in self._boxes:
            super().keyPressEvent(event)
            return
        after = [e for e in self._boxes[self._boxes.index(focused) + 1 :] if not e.isHidden()]
        if after:
            after[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.submitted.emit()


class NewPassword(Boxes):
    """A new password typed twice; `problem` says in words why it cannot be taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PasswordBox("新密码", self)
        self.again = PasswordBox("再输一遍", self)
        self.first.setPlaceholderText("至少 8 个字符")
        self.add("新密码", self.first)
        self.add("再输一遍", self.again)

    def problem(self, name: str) -> str:
        """What is wrong with it for an account of that name; '' when nothing is."""
        from lanling_desktop.core.errors import OfficeError
        from lanling_desktop.core.keyring import check_password

        try:
            check_password(self.first.text(), name)
        except OfficeError as trouble:
            return f"{trouble.what}。{trouble.then}。"
        return "" if self.first.text() == self.again.text() else "两遍输得不一样，请再输一遍。"

    def wipe(self) -> None:
        """Leave nothing of it in the boxes."""
        self.first.clear()
        self.again.clear()
