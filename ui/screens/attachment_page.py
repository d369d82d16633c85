"""What an attachment is called, what it is, when and by whom it was taken: typed in place."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from ui import theme
from ui.session import Session
from ui.widgets.form import Form

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AttachmentPage(QWidget):
    """The few words of one attachment; `left` when they are saved or not."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._register = session.office.registers["attachment"]
        self._id = ""
        self.title, self.quiet = QLabel("修改附件", self), QLabel(self)
        self.title.setProperty("kind", "head")
        self.quiet.setProperty("kind", "quiet")
        self.quiet.setWordWrap(True)
        self.quiet.setTextFormat(Qt.TextFormat.PlainText)
        columns = [(each.key, each.field) for each in self._register.form_columns]
        self.form = Form([("", columns)], today=lambda: session.office.today, parent=self)
        self.back = theme.button("返回(Esc)", parent=self)
        self.save = theme.button("保存(Ctrl+Enter)", "primary", parent=self)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), 0)
        head.setSpacing(theme.px(4))
        head.addWidget(self.title)
        head.addWidget(self.quiet)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(12))
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addLayout(head)
        layout.addWidget(self.form, 1)
        layout.addLayout(foot)
        self.back.clicked.connect(self.left)
        self.save.clicked.connect(self.form.submit)
        self.form.submitted.connect(self._submit)
        self.form.cancelled.connect(self.left)

    def begin(self, attachment_id: str) -> bool:
        """Show one; False when it is gone."""
        try:
            entry = self._session.office.read("attachment", attachment_id)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
            return False
        self._id = attachment_id
        self.quiet.setText(f"原文件名 {entry['file_name']}")
        keys = [each.key for each in self._register.form_columns]
        self.form.reset({key: entry.values[key] for key in keys})
        return True

    def enter(self) -> None:
        """Into the name."""
        self.form.editor("title").focus()

    @Slot()
    def _submit(self) -> None:
        raw = self.form.changed_values()
        if not raw:
            self.left.emit()
            return
        try:
            changes = self._session.office.save("attachment", self._id, raw)
        except RejectedError as trouble:
            for each in trouble.problems:
                self.form.set_problem(each.key, each.words)
            self.form.jump(trouble.problems[0].key)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
        else:
            self._session.notifier.say(f"已保存{changes.title.removeprefix('修改')}", undo=True)
            if shiboken6.isValid(self):
                self.form.set_clean()
                self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves and Esc goes back, wherever the focus is on this page."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and event.modifiers() & _CONTROL:
            self.form.submit()
        else:
            super().keyPressEvent(event)
