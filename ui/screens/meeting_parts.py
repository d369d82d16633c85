"""Pages beside the lists of a meeting: a matter or a person typed in, and 其他事项."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes, Entry
from ui import theme
from ui.screens.doing import behind
from ui.screens.entry import EntryForm
from ui.session import Session
from ui.widgets.form import Form
from ui.widgets.pages import words

_CONTROL = Qt.KeyboardModifier.ControlModifier
TOPIC = ("title", "source", "category", "proposer", "building", "description", "recurring")
PERSON = ("name", "side", "duty", "phone")


class PartPage(QWidget):
    """Types one row of a meeting after the other; Esc goes back to the list."""

    left = Signal()
    saved = Signal(object)  # Changes

    def __init__(
        self,
        session: Session,
        register_key: str,
        keys: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._register = session.office.registers[register_key]
        self._start: Mapping[str, Any] = {}
        self.title = words("", "head")
        without = [each.key for each in self._register.form_columns if each.key not in keys]
        self.form = EntryForm(session, self._register, without=without, parent=self)
        self.form.passes_warnings = True
        self.save = theme.button("保存(Ctrl+Enter)", "primary", parent=self)
        back = theme.button("返回(Esc)", parent=self)
        self.save.clicked.connect(self.form.form.submit)
        back.clicked.connect(self.form.give_up)
        self.form.saved.connect(self._saved)
        self.form.cancelled.connect(self.left)
        head, foot = QHBoxLayout(), QHBoxLayout()
        for line in (head, foot):
            line.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
            line.setSpacing(theme.px(8))
        head.addWidget(self.title)
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.form, 1)
        column.addLayout(foot)

    def begin_new(self, place: str, fixed: Mapping[str, Any]) -> None:
        """A new row; `fixed` is what it has and the boxes do not show."""
        self.form.place = place
        self.form.fixed = fixed
        self.title.setText(f"加{self._register.noun}")
        self.form.begin()
        self.form.focus_first()

    def begin_edit(self, place: str, record_id: str) -> None:
        """An existing row."""
        self.form.place = place
        try:
            entry = self._session.office.read(self._register.key, record_id)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
            self.left.emit()
            return
        self.title.setText(f"改{self._register.noun}")
        self.form.show_entry(entry)
        self.form.focus_first()

    @Slot(object, bool)
    def _saved(self, changes: Changes, new: bool) -> None:
        self.saved.emit(changes)
        if new:
            number = self._number_key()
            fixed = {**self.form.fixed, number: int(self.form.fixed[number]) + 1}
            self.begin_new(self.form.place, fixed)
        else:
            self.left.emit()

    def _number_key(self) -> str:
        return "number" if self._register.key == "agenda_item" else "position"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves and Esc goes back, wherever the focus is on this page."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.form.give_up()
        elif enter and event.modifiers() & _CONTROL:
            self.form.form.submit()
        else:
            super().keyPressEvent(event)


class OtherPage(QWidget):
    """其他事项: what was said at the meeting and belongs to no matter."""

    left = Signal()

    def __init__(self, session: Session, meeting_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._meeting_id = session, meeting_id
        self._locked = False
        said = session.office.registers["hall_meeting"].all_columns["other"].field
        self.form = Form([("", [("other", said)])], parent=self)
        self.form.editor("other").left.connect(self.save)
        self.form.submitted.connect(self._leave)
        self.form.cancelled.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.addWidget(self.form)

    def show_meeting(self, meeting: Entry, *, locked: bool) -> None:
        """What is kept, unless something is being typed."""
        self._locked = locked
        self.form.editor("other").set_read_only(locked)
        self.form.renew({"other": meeting["other"]})

    def enter(self) -> None:
        """The focus into the box."""
        self.form.jump("other")

    @Slot()
    def save(self) -> None:
        """Save it behind the typing."""
        touched = self.form.touched(("other",))
        if not touched or self._locked:
            return
        office, meeting = self._session.office, self._meeting_id
        values = {"other": self.form.editor("other").value()}

        def job() -> Changes:
            return office.save("hall_meeting", meeting, values, confirmed=True)

        behind(self._session, self, job, lambda _: self.form.kept(touched), self._failed)

    def _failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, OfficeError):
            raise trouble
        self._session.notifier.trouble(trouble)

    @Slot()
    def _leave(self) -> None:
        self.save()
        self.left.emit()
