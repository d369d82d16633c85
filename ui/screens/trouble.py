"""The page in place of an office that could not be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from lanling_desktop.core.errors import OfficeError
from ui import theme
from ui.widgets.pages import Page, lay_out, words


class TroublePage(Page):
    """Three sentences and what can be done instead."""

    open_other_requested = Signal()
    new_requested = Signal()

    def __init__(self, error: OfficeError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = QLabel(self)
        sign.setPixmap(theme.icon("warning", theme.RED, 32).pixmap(theme.icon_size(32)))
        sign.setAccessibleName("出了问题")
        lines = [words(_sentence(error.what), "head")]
        lines += [words(_sentence(each)) for each in (error.safe, error.then) if each]
        for each in lines:
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.other = theme.button("打开其他数据文件", "primary", parent=self)
        self.other.clicked.connect(self.open_other_requested)
        self.new = theme.button("新建数据文件", "plain", parent=self)
        self.new.clicked.connect(self.new_requested)
        lay_out(self, [sign, *lines], [self.other, self.new])

    def begin(self) -> None:
        """The focus on what most will press."""
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)


def _sentence(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"
