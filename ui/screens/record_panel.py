"""The record beside the list: its form in sections, what hangs on it, its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Changes, Entry, View
from lanling_desktop.core.register import Child, Register
from ui import theme
from ui.screens.attachment_page import AttachmentPage
from ui.screens.attachments import AttachmentList
from ui.screens.bars import ChooseBar
from ui.screens.children import ChildList, ChildPage
from ui.screens.entry import EntryForm
from ui.screens.history import HistoryPage
from ui.screens.procedures import FILLED_IN, ProcedurePage, offered
from ui.screens.rows import touches
from ui.session import Session
from ui.widgets.flow import FlowLayout

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OWN = (Kind.NAME, Kind.IDENTITY, Kind.PHONE)  # what two persons never share


def _to_choose(session: Session, register: Register, *, binned: bool = False) -> str:
    new = "，或按 Ctrl+N 新增" if session.makes(register) and not binned else ""
    return f"选中一条{'回收站里的' if binned else ''}{register.noun}{new}"


class RecordPanel(QFrame):
    """One record of a register: typed, saved, looked back on; `left` when the clerk goes back."""

    saved = Signal(object, bool)  # Changes, whether the record is new
    left = Signal()
    restore_requested = Signal()

    def __init__(self, session: Session, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAccessibleName(f"{register.noun}的内容")
        self.session = session
        self.register = register
        self.view = View(register.key)
        self.title, self.quiet = QLabel(self), QLabel(self)
        self.form = EntryForm(session, register, parent=self)
        self.lists = [
            ChildList(session, child, number, self)
            for number, child in enumerate(register.children, 1)
        ]
        for each in self.lists:
            self.form.form.body.add_widget(each)
            each.new_requested.connect(self._new_child)
            each.open_requested.connect(self._open_child)
            each.delete_requested.connect(self._delete_child)
        self.attached = self._attachments()
        self.history = HistoryPage(session, register, self)
        self.procedures = ChooseBar("办理什么", self)
        self.procedure = ProcedurePage(session, register, self)
        self._child_pages: dict[str, ChildPage] = {}
        self.handle = theme.button("办理", key="F7", parent=self)
        self.look_back = theme.button("历史", key="Ctrl+H", parent=self)
        self.restore = theme.button("恢复", key="Ctrl+R", parent=self)
        self.save = theme.button("保存(Ctrl+Enter)", "primary", parent=self)
        self.stack = QStackedWidget(self)
        self.blank = QLabel(_to_choose(session, register), self)
        self.page = QWidget(self)
        self._place()
        self.form.saved.connect(self._saved)
        self.form.cancelled.connect(self._give_up)
        self.form.retitled.connect(self._retitle)
        self.history.left.connect(self._back)
        self.look_back.clicked.connect(self.show_history)
        self.handle.clicked.connect(self.choose_procedure)
        self.procedures.chosen.connect(self._begin_procedure)
        self.procedures.closed.connect(self.enter)
        self.procedure.left.connect(self._back)
        self.restore.clicked.connect(self.restore_requested)
        self.save.clicked.connect(self.form.form.submit)

    def _attachments(self) -> AttachmentList | None:
        """The files of a record, where its register takes any."""
        self._attachment_page: AttachmentPage | None = None
        self._before: QWidget | None = None
        if not self.register.attachments:
            return None
        made = AttachmentList(self.session, self.register, len(self.lists) + 1, self)
        self.form.form.body.add_widget(made)
        made.grown.connect(self.form.form.body.reveal)
        made.edit_requested.connect(self._edit_attachment)
        return made

    def _place(self) -> None:
        self.title.setProperty("kind", "head")
        for each in (self.title, self.quiet, self.blank):
            each.setWordWrap(True)
            each.setTextFormat(Qt.TextFormat.PlainText)
        self.quiet.setProperty("kind", "quiet")
        self.blank.setProperty("kind", "quiet")
        self.blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), 0)
        head.setSpacing(theme.px(4))
        head.addWidget(self.title)
        head.addWidget(self.quiet)
        foot = FlowLayout(None, theme.px(8), theme.px(4), to_the_right=True)
        foot.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(12))
        for each in (self.handle, self.look_back, self.restore, self.save):
            foot.addWidget(each)
        layout = QVBoxLayout(self.page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addLayout(head)
        layout.addWidget(self.procedures)
        layout.addWidget(self.form, 1)
        layout.addLayout(foot)
        for widget in (self.blank, self.page, self.history, self.procedure):
            self.stack.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self.stack)
        self.restore.hide()

    @property
    def entry(self) -> Entry | None:
        """The record shown, None while a new one is typed or nothing is shown."""
        return self.form.entry if self.stack.currentWidget() is not self.blank else None

    @property
    def typing(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.form.dirty

    def clear(self) -> None:
        """Show no record."""
        self.form.put_aside()
        self.form.entry = self.form.record_id = None
        self.blank.setText(_to_choose(self.session, self.register, binned=self.view.binned))
        self.stack.setCurrentWidget(self.blank)

    def show_record(self, record_id: str, view: View) -> None:
        """Show a record as the view's day had it; only to be looked at on another day or binned."""
        shown = self.stack.currentWidget() is self.page and self.form.record_id == record_id
        if shown and self.typing and view.day == self.view.day:
            return
        self.form.put_aside()
        self.view = view
        self._read(record_id)

    def _read(self, record_id: str) -> None:
        try:
            entry = self.session.office.read(self.register.key, record_id, day=self.view.day)
        except OfficeError as trouble:
            self.clear()
            self.session.notifier.trouble(trouble)
            return
        self._show(entry)

    def _show(self, entry: Entry) -> None:
        locked = self.locked or entry.binned_why is not None
        self.form.show_entry(entry, locked=locked)
        for each in self.lists:
            each.show()
            each.set_locked(locked=locked)
            each.load(entry.id, self.view)
        if self.attached is not None:
            self.attached.show()
            self.attached.set_locked(locked=locked)
            self.attached.load(entry.id)
        self.save.setVisible(not locked)
        self.restore.setVisible(entry.binned_why is not None)
        self.look_back.setVisible(True)
        self.procedures.hide()
        self.handle.setVisible(not locked and bool(offered(self.register, entry)))
        self.stack.setCurrentWidget(self.page)

    @property
    def locked(self) -> bool:
        """Whether records can only be looked at: on any day but today, or by one's account."""
        return self.view.day is not None or not self.session.office.writes(self.register.key)

    def begin_new(self, values: Mapping[str, Any] | None = None) -> None:
        """Type a new record."""
        self.form.put_aside()
        self.view = View(self.register.key)
        for each in (*self.lists, self.attached):
            if each is not None:
                each.hide()
        self.save.show()
        self.restore.hide()
        self.look_back.hide()
        self.handle.hide()
        self.procedures.hide()
        self.stack.setCurrentWidget(self.page)
        self.form.begin(values)
        self.form.focus_first()

    def enter(self) -> None:
        """Put the focus into the form."""
        if self.stack.currentWidget() is self.page:
            self.form.focus_first()

    def enter_list(self, number: int) -> None:
        """Put the focus into one of the lists of children, or into the attachments after them."""
        shown = self.stack.currentWidget() is self.page and self.entry is not None
        lists = [*self.lists, *([self.attached] if self.attached is not None else [])]
        if shown and number < len(lists):
            self.form.form.body.reveal(lists[number])
            lists[number].enter()

    def heard(self, changes: Changes) -> None:
        """Something was changed somewhere: read anew what is shown and not being typed."""
        current = self.stack.currentWidget()
        if isinstance(current, ChildPage):
            current.heard(changes)
        entry = self.form.entry
        if entry is None or not touches(changes, self.register, self.session.office.registers):
            return
        if self.typing:
            for each in self.lists:
                each.load(entry.id, self.view)
            return
        try:
            again = self.session.office.read(self.register.key, entry.id, day=self.view.day)
        except OfficeError:
            self.clear()  # the act that made it was taken back
            return
        if current is self.page:
            self._show(again)
        else:
            self.form.show_entry(again, locked=self.locked)

    @Slot()
    def keep_draft(self) -> None:
        """Keep what is typed: the window is closing."""
        self.form.keep_draft()
        for each in self._child_pages.values():
            each.form.keep_draft()

    @Slot()
    def show_history(self) -> None:
        """What became of the record."""
        if self.entry is not None:
            self.history.show_history(self.entry, locked=self.form.locked)
            self.stack.setCurrentWidget(self.history)
            self.history.setFocus()

    @Slot()
    def choose_procedure(self) -> None:
        """Offer what can be done with the record, by number."""
        entry = self.entry
        if entry is None or self.handle.isHidden():
            return
        if self.typing:
            self.session.notifier.say("还有没保存的内容，请先按 Ctrl+Enter 保存，再办理")
            return
        offers = [(each.key, each.title) for each in offered(self.register, entry)]
        if len(offers) == 1:
            self._begin_procedure(offers[0][0])
        else:
            self.procedures.choose("办理", offers)

    @Slot(str)
    def _begin_procedure(self, key: str) -> None:
        entry = self.entry
        found = next((each for each in self.register.procedures if each.key == key), None)
        if entry is not None and (self.register.key, key) == FILLED_IN:
            self.session.scheme_requested.emit(entry.id)
        elif entry is not None and found is not None:
            self.stack.setCurrentWidget(self.procedure)
            self.procedure.begin(entry, found)

    @Slot()
    def _back(self) -> None:
        self.stack.setCurrentWidget(self.page)
        if self.form.entry is not None and not self.typing:
            self._read(self.form.entry.id)
        self.form.focus_first()

    @Slot()
    def _retitle(self) -> None:
        entry = self.form.entry
        typed = self.form.typed_title()
        if entry is None:
            self.title.setText(f"新增{self.register.noun} {typed}".strip())
            self.quiet.setText("填完按 Ctrl+Enter，接着录下一条")
            return
        self.title.setText(heading(self.register, entry) or typed)
        self.quiet.setText(subtitle(self.register, entry))

    @Slot(object, bool)
    def _saved(self, changes: Changes, new: bool) -> None:
        if new:
            self.begin_new()
        elif self.form.record_id:
            self._read(self.form.record_id)
            self.form.focus_first()
        self.saved.emit(changes, new)

    @Slot()
    def _give_up(self) -> None:
        record_id = self.form.record_id
        if record_id is None:
            self.form.entry = None
            self.stack.setCurrentWidget(self.blank)
        elif not self.form.locked:
            self._read(record_id)
        self.left.emit()

    def _child_page(self, child: Child) -> ChildPage:
        key = f"{child.register}.{child.via}"
        if key not in self._child_pages:
            page = ChildPage(self.session, child, self)
            page.left.connect(self._leave_child)
            if page.attached is not None:
                page.attached.edit_requested.connect(self._edit_attachment)
            self._child_pages[key] = page
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self._child_pages[key])
        return self._child_pages[key]

    @Slot(str)
    def _edit_attachment(self, attachment_id: str) -> None:
        if self._attachment_page is None:
            self._attachment_page = AttachmentPage(self.session, self)
            self._attachment_page.left.connect(self._leave_attachment)
            self.stack.addWidget(self._attachment_page)
        if self._attachment_page.begin(attachment_id):
            self._before = self.stack.currentWidget()
            self.stack.setCurrentWidget(self._attachment_page)
            self._attachment_page.enter()

    @Slot()
    def _leave_attachment(self) -> None:
        before = self._before or self.page
        self.stack.setCurrentWidget(before)
        shown = before.attached if isinstance(before, ChildPage) else self.attached
        if shown is not None:
            shown.enter()

    @Slot(object)
    def _new_child(self, child: Child) -> None:
        if self.entry is not None:
            entry = self.entry
            self._child_page(child).begin(entry)

    @Slot(object, str)
    def _open_child(self, child: Child, record_id: str) -> None:
        entry = self.entry
        if entry is None:
            return
        if self.session.office.registers[child.register].menu:
            self.session.record_requested.emit(child.register, record_id)
        elif not self.form.locked:
            self._child_page(child).begin(entry, record_id)

    def resume_child(self, register: str, key: str, record_id: str) -> None:
        """Go on with the draft of a row of this record."""
        entry = self.entry
        child = next((each for each in self.register.children if each.register == register), None)
        if entry is not None and child is not None and not self.form.locked:
            page = self._child_page(child)
            page.begin(entry, record_id)
            page.form.drafts.resume(key)

    @Slot(object, str)
    def _delete_child(self, child: Child, record_id: str) -> None:
        entry = self.entry
        if entry is not None:
            self._child_page(child).delete(entry, record_id)

    @Slot()
    def _leave_child(self) -> None:
        page = self.stack.currentWidget()
        child = page.child if isinstance(page, ChildPage) else None
        self._back()
        for number, each in enumerate(self.lists):
            if each.child == child:
                self.enter_list(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc leaves, wherever the focus is in the panel."""
        if self.stack.currentWidget() is not self.page:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.form.give_up()
        elif event.key() in _ENTER and event.modifiers() & _CONTROL and not self.form.locked:
            self.form.form.submit()
        else:
            super().keyPressEvent(event)


def copied(register: Register, entry: Entry) -> dict[str, Any]:
    """What a duplicate of a record starts with: all but what is one person's own."""
    columns = register.all_columns
    heads = {k.rpartition(".")[0] for k, c in columns.items() if c.field.kind is Kind.IDENTITY}
    found: dict[str, Any] = {}
    for each in register.form_columns:
        key, said = each.key, each.field
        head, _, name = key.rpartition(".")
        personal = head in heads and name in ("birth", "sex", "birth_note")
        if said.kind in _OWN or said.key == 1 or personal or not register.writable(key):
            continue
        value = entry.values.get(key)
        if value is not None:
            found[key] = (value, entry.texts[key]) if said.kind is Kind.LINK else value
    return found


def _quiet(said: Field) -> bool:
    return said.kind in (Kind.CHOICE, Kind.LINK) and not said.sensitive


def heading(register: Register, entry: Entry) -> str:
    """What a record is called: by the person it is about, where it is known by a number."""
    if register.all_columns[register.order].field.kind is not Kind.TEXT:
        return entry.title
    linked = (key for key in register.columns if register.all_columns[key].field.link == "person")
    person = entry.texts.get(next(linked, ""), "")
    return " · ".join(each for each in (person, entry.title) if each)


def subtitle(register: Register, entry: Entry) -> str:
    """The quiet line under a record's name: what it belongs to, what state it is in."""
    if entry.binned_why is not None:
        return f"在回收站：{entry.binned_why}"
    fields = [(key, register.all_columns[key].field) for key in register.columns]
    texts = [
        entry.texts[key]
        for key, said in fields
        if key != register.order and said.link != "person" and _quiet(said)
    ]
    return " · ".join([each for each in texts if each][:3])
