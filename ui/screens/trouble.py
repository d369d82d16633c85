"""The page in place of an office that could not be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from ui import theme


class TroublePage(QWidget):
    """Three sentences and what can be done instead."""

    open_other_requested = Signal()
    new_requested = Signal()

    def __init__(self, error: OfficeError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = QLabel(self)
        sign.setPixmap(theme.icon("warning", theme.RED, 32).pixmap(theme.icon_size(32)))
        sign.setAccessibleName("出了问题")
        head = _line(error.what, "head")
        safe, then = _line(error.safe, ""), _line(error.then, "")
        self.other = theme.button("打开其他数据文件", "primary", parent=self)
        self.other.clicked.connect(self.open_other_requested)
        self.new = theme.button("新建数据文件", "plain", parent=self)
        self.new.clicked.connect(self.new_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.other)
        buttons.addWidget(self.new)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(theme.px(12))
        column.addStretch(2)
        for each in (sign, head, safe, then):
            column.addWidget(each)
        column.addSpacing(theme.px(8))
        column.addLayout(buttons)
        column.addStretch(3)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(column, 4)
        layout.addStretch(1)

    def begin(self) -> None:
        """The focus on what most will press."""
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(text: str, kind: str) -> QLabel:
    made = QLabel(text if not text or text.endswith("。") else f"{text}。")
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if kind:
        made.setProperty("kind", kind)
    return made
