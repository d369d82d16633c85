"""The window that says the program has a fault, with a report that names nobody."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ui import theme


class BugDialog(QDialog):
    """What happened, whether the data is safe, what to press; the report below."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出错")
        self.resize(theme.px(640), theme.px(420))
        head = QLabel("程序出了错，需要关闭", self)
        head.setProperty("kind", "head")
        words = QLabel(
            "已经保存的记录都在，没有保存的录入留有草稿。"
            "请复制下面的报告发给维护人员（报告里没有姓名和号码），再按“关闭程序”重新打开。",
            self,
        )
        words.setWordWrap(True)
        self.report = QPlainTextEdit(report, self)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName("出错报告")
        self.copy = theme.button("复制报告", "plain", parent=self)
        self.copy.clicked.connect(self._copy)
        self.done_button = theme.button("关闭程序", "primary", parent=self)
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addStretch(1)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(16)] * 4)
        layout.setSpacing(theme.px(12))
        for each in (head, words):
            layout.addWidget(each)
        layout.addWidget(self.report, 1)
        layout.addLayout(buttons)
        self.copy.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText("已复制")
