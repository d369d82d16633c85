"""What stands over the office all day because of where its file lies, and the word at leaving."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from lanling_desktop.core import location
from lanling_desktop.core.office import Office
from ui import theme
from ui.widgets.pages import words


def standing_words(office: Office) -> str:
    """Why nothing can be saved, or what to mind; '' in a place of its own."""
    store = office.store
    if store.unwritable:
        return (
            f"只读：{store.path.parent} 不允许写入，只能查看，不能登记、修改和打印。"
            "要修改，请把数据文件连同旁边的文件复制到自己的文件夹，再从那里打开。"
        )
    if store.read_only:
        return "只读：数据文件有损坏，只能查看，不能登记和修改。请从备份恢复，或救出能读的记录。"
    return location.standing(store.path)


class Farewell(QDialog):
    """Says what is still to be done when the window is closed; one button, any key of assent."""

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("可以拔了吗")
        self.setAccessibleName(said)
        self.words = words(said, "head")
        self.words.setMinimumWidth(theme.px(420))
        self.enough = theme.button("知道了(Enter)", "primary", parent=self)
        self.enough.setAccessibleName("知道了")
        self.enough.clicked.connect(self.accept)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.enough)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(16)] * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.words)
        layout.addLayout(line)
        self.enough.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter as well as Esc goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)


def say_farewell(said: str) -> None:
    """Say it in a window of its own: the office is closed already."""
    Farewell(said).exec()
