"""办理: what is done with a record beside changing its columns, chosen by number, typed in place."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field
from lanling_desktop.core.plain import Changes, Entry
from lanling_desktop.core.register import Procedure, Register
from ui import theme
from ui.session import Session
from ui.widgets.form import Form

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FILLED_IN = ("salary_scheme", "fill_in")
"""The procedure that is done on a screen of its own instead of by a form."""


def offered(register: Register, entry: Entry) -> Sequence[Procedure]:
    """What can be done with a record as it stands."""
    return [each for each in register.procedures if each.offered(entry.values)]


class ProcedurePage(QWidget):
    """One procedure of one record: what it asks for, its verb; `left` when it is done or not."""

    left = Signal()

    def __init__(self, session: Session, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._register = register
        self._entry: Entry | None = None
        self._procedure: Procedure | None = None
        self._fields: tuple[tuple[str, Field], ...] = ()
        self.form: Form | None = None
        self._busy = False  # a slow one is being done
        self.title, self.quiet = QLabel(self), QLabel(self)
        self.title.setProperty("kind", "head")
        self.quiet.setProperty("kind", "quiet")
        for each in (self.title, self.quiet):
            each.setWordWrap(True)
            each.setTextFormat(Qt.TextFormat.PlainText)
        self.back = theme.button("返回(Esc)", parent=self)
        self.verb = theme.button("办理(Ctrl+Enter)", "primary", parent=self)
        self.back.clicked.connect(self.left)
        self.verb.clicked.connect(self._submit)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), 0)
        head.setSpacing(theme.px(4))
        head.addWidget(self.title)
        head.addWidget(self.quiet)
        self._place = QVBoxLayout()
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(12))
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.verb)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addLayout(head)
        layout.addLayout(self._place, 1)
        layout.addLayout(foot)

    def begin(self, entry: Entry, procedure: Procedure) -> None:
        """Ask for what the procedure needs; one that needs nothing is asked for by its verb alone."""
        self._entry, self._procedure = entry, procedure
        self.title.setText(procedure.title)
        self.quiet.setText(entry.title)
        self.verb.setText(f"{procedure.title}(Ctrl+Enter)")
        self._busy = False
        if self.form is not None:
            self._place.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        proposed = procedure.proposed(self._session.office, entry)
        self._fields = procedure.asked(self._session.office, entry)
        self.form = Form(
            [("", list(self._fields))],
            defaults=proposed,
            lookup=self._session.office.lookup,
            today=lambda: self._session.office.today,
            parent=self,
        )
        self.form.submitted.connect(self._run)
        self.form.cancelled.connect(self.left)
        self._place.addWidget(self.form)
        self.form.show()
        self._focus()

    def _focus(self) -> None:
        assert self.form is not None
        keys = [key for key, _ in self._fields]
        empty = (key for key in keys if self.form and self.form.editor(key).is_empty())
        first = next(empty, keys[0] if keys else None)
        if first is None:
            self.verb.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.editor(first).focus()

    @Slot()
    def _submit(self) -> None:
        if self.form is not None:
            self.form.submit()

    @Slot()
    def _run(self) -> None:
        if self._busy:
            return  # it is being done; a second press does it no second time
        entry, procedure, form = self._entry, self._procedure, self.form
        assert entry is not None
        assert procedure is not None
        assert form is not None
        office, values = self._session.office, form.values()

        def job() -> Changes:
            return office.perform(self._register.key, entry.id, procedure.key, values)

        if procedure.slow or self._session.worker.busy:
            self._busy = True
            self._session.worker.run(lambda _: job(), self._done, self._failed)
            return
        try:
            changes = job()
        except OfficeError as trouble:
            self._failed(trouble)
        else:
            self._done(changes)

    def _done(self, changes: Changes) -> None:
        self._busy = False
        self._session.notifier.say(f"已{changes.title}", undo=changes.seq > 0)
        if shiboken6.isValid(self):
            if self.form is not None:
                self.form.set_clean()
            self.left.emit()

    def _failed(self, trouble: BaseException) -> None:
        self._busy = False
        if isinstance(trouble, RejectedError) and shiboken6.isValid(self) and self.form:
            known = dict(self._fields)
            for each in trouble.problems:
                self.form.set_problem(each.key if each.key in known else "", each.words)
            first = next((e.key for e in trouble.problems if e.key in known), None)
            if first is not None:
                self.form.jump(first)
        elif isinstance(trouble, OfficeError):
            self._session.notifier.trouble(trouble)
        else:
            raise trouble

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter does it and Esc goes back, wherever the focus is on this page."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and (event.modifiers() & _CONTROL or self.verb.hasFocus()):
            self._submit()
        else:
            super().keyPressEvent(event)
