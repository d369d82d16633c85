"""What hangs on a record: short lists under its form, and a page to type their rows one by one."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes, Entry, View
from lanling_desktop.core.register import Child, Register
from ui import theme
from ui.screens.attachments import AttachmentList
from ui.screens.bars import AskBar
from ui.screens.entry import EntryForm
from ui.screens.rows import OfficeRows, Top, read_top, touches
from ui.session import Session
from ui.widgets.paged_table import NoRows, PagedTable
from ui.widgets.work import Cancelled

_LEAST, _MOST = 1, 6  # rows in sight
_CONTROL = Qt.KeyboardModifier.ControlModifier
_NEW = QKeyCombination(_CONTROL, Qt.Key.Key_N)


class ChildTable(PagedTable):
    """A short list whose own keys come before the screen's: Ctrl+N a new row, Del deletes one."""

    new_requested = Signal()
    delete_requested = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Ctrl+N here is a new row here, not a new record of the screen."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.keyCombination() == _NEW
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+N and Del; the rest is a list's."""
        if event.keyCombination() == _NEW:
            self.new_requested.emit()
        elif event.key() == Qt.Key.Key_Delete:
            if self.record_id() is not None:
                self.delete_requested.emit(self.record_id())
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """As high as its rows, within bounds."""
        rows = max(_LEAST, min(_MOST, self.rows.rowCount()))
        bar = self.horizontalScrollBar()
        wide = bar.sizeHint().height() if self.horizontalHeader().length() > self.width() else 0
        self.setFixedHeight((rows + 1) * theme.px(theme.ROW) + wide + 4)


class ChildList(QWidget):
    """One list of children: its name, count and key, and its rows."""

    new_requested = Signal(object)  # Child
    open_requested = Signal(object, str)  # Child, record id
    delete_requested = Signal(object, str)

    def __init__(
        self, session: Session, child: Child, number: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.child = child
        self.register: Register = session.office.registers[child.register]
        self._parent_id = ""
        self._asked = 0
        self._key = f"(Ctrl+{number})" if number else ""
        self.head = QLabel(self)
        self.head.setProperty("kind", "section")
        self.act = theme.button(f"新增{self.register.noun}", "link", parent=self)
        self.act.clicked.connect(self._new)
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.act)
        self.table = ChildTable(
            f"{child.register}.{child.via}",
            session.settings,
            worker=session.reader,
            empty_text=f"还没有{child.title}，按 Ctrl+N 新增",
            parent=self,
        )
        self.table.setAccessibleName(child.title)
        self.table.rows.counted.connect(self._count)
        self.table.opened.connect(self._open)
        self.table.new_requested.connect(self._new)
        self.table.delete_requested.connect(self._delete)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(4), 0, 0)
        layout.setSpacing(theme.px(2))
        layout.addLayout(top)
        layout.addWidget(self.table)
        self.setFocusProxy(self.table)
        self._count(0)

    def load(self, parent_id: str, view: View) -> None:
        """Show the children of a record as of the view's day; read behind the screen."""
        self._asked += 1
        asked = self._asked
        if parent_id != self._parent_id:
            self.table.show_rows(NoRows())
            self._parent_id = parent_id
        office = self._session.office
        wanted = View(self.child.register, parent=(self.child.via, parent_id), day=view.day)
        keys = tuple(key for key in self.register.columns if key != self.child.via)

        def came(top: Top) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                model = self.table.rows
                source = OfficeRows(office, top, self._session.reader, model.renew)
                self.table.show_rows(source)
                self.table.fit()

        self._session.reader.run(lambda _: read_top(office, wanted, keys), came, self._lost)

    def set_locked(self, *, locked: bool) -> None:
        """Only to be looked at."""
        self.act.setVisible(not locked)

    def enter(self) -> None:
        """Put the focus on the rows."""
        if self.table.record_id() is None and self.table.rows.rowCount():
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lost(self, error: BaseException) -> None:
        if isinstance(error, OfficeError) and shiboken6.isValid(self):
            self._session.notifier.trouble(error)
        elif not isinstance(error, (OfficeError, Cancelled)):
            raise error

    @Slot(int)
    def _count(self, total: int) -> None:
        number = "…" if total < 0 else f"{total:,}"
        self.head.setText(f"{self.child.title} {number} {self._key}".rstrip())
        self.table.fit()

    @Slot()
    def _new(self) -> None:
        if not self.act.isHidden():
            self.new_requested.emit(self.child)

    @Slot(object)
    def _open(self, record_id: object) -> None:
        self.open_requested.emit(self.child, str(record_id))

    @Slot(object)
    def _delete(self, record_id: object) -> None:
        if not self.act.isHidden():
            self.delete_requested.emit(self.child, str(record_id))


class ChildPage(QWidget):
    """Rows of one child list typed one after another, the list above the form."""

    left = Signal()

    def __init__(self, session: Session, child: Child, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.child = child
        self.register = session.office.registers[child.register]
        self._parent: Entry | None = None
        self._view = View(child.register)
        self.title = QLabel(self)
        self.title.setProperty("kind", "head")
        self.title.setWordWrap(True)
        self.quiet = QLabel(self)
        self.quiet.setProperty("kind", "quiet")
        self.quiet.setWordWrap(True)
        self.list = ChildList(session, child, parent=self)
        self.why = AskBar("为什么删除", "删除", self)
        self.form = EntryForm(session, self.register, without=(child.via,), parent=self)
        self.attached = self._attachments()
        back, self.save = theme.button("返回(Esc)"), theme.button("保存(Ctrl+Enter)", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), 0)
        head.setSpacing(theme.px(4))
        for each in (self.title, self.quiet, self.list, self.why):
            head.addWidget(each)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(12))
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.save)
        layout.addLayout(head)
        layout.addWidget(self.form, 1)
        layout.addLayout(foot)
        back.clicked.connect(self.form.give_up)
        self.save.clicked.connect(self.form.form.submit)
        self.form.cancelled.connect(self.left)
        self.form.saved.connect(self._saved)
        self.list.new_requested.connect(self._new)
        self.list.open_requested.connect(self._edit)
        self.list.delete_requested.connect(self._ask_why)
        self.why.given.connect(self._delete)
        self.why.closed.connect(self.list.enter)
        self._doomed = ""

    def _attachments(self) -> AttachmentList | None:
        """The files of the row, where its register takes any."""
        if not self.register.attachments:
            return None
        made = AttachmentList(self._session, self.register, parent=self)
        self.form.form.body.add_widget(made)
        made.grown.connect(self.form.form.body.reveal)
        return made

    def begin(self, parent: Entry, record_id: str = "") -> None:
        """A new row of this record, or one of its rows to be put right."""
        self._parent = parent
        self.form.place = parent.id
        self.form.fixed = {self.child.via: parent.id}
        self.quiet.setText(parent.title)
        self.reload()
        if record_id:
            self._edit(self.child, record_id)
        else:
            self._new()

    def reload(self) -> None:
        """Read the list anew."""
        if self._parent is not None:
            self.list.load(self._parent.id, self._view)

    def heard(self, changes: Changes) -> None:
        """Something was changed somewhere."""
        if touches(changes, self.register, self._session.office.registers):
            self.reload()

    def delete(self, parent: Entry, record_id: str) -> None:
        """Ask why one of the rows is deleted."""
        self.begin(parent, record_id)
        self._ask_why(self.child, record_id)

    @Slot()
    def _new(self) -> None:
        self.title.setText(f"新增{self.register.noun}")
        if self.attached is not None:
            self.attached.hide()
        self.form.begin()
        self.form.focus_first()

    @Slot(object, str)
    def _edit(self, _child: Child, record_id: str) -> None:
        self.form.put_aside()
        try:
            entry = self._session.office.read(self.register.key, record_id)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
            return
        self.title.setText(f"修改{self.register.noun} {entry.title}")
        self.form.show_entry(entry)
        if self.attached is not None:
            self.attached.show()
            self.attached.load(record_id)
        self.form.focus_first()

    @Slot(object, str)
    def _ask_why(self, _child: Child, record_id: str) -> None:
        self._doomed = record_id
        self.why.ask(f"为什么删除这条{self.register.noun}", "如：录重了")

    @Slot(str)
    def _delete(self, why: str) -> None:
        try:
            changes = self._session.office.bin(self.register.key, self._doomed, why)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
            return
        self._session.notifier.say(f"已{changes.title}", undo=True)
        self._new()

    @Slot(object, bool)
    def _saved(self, changes: Changes, new: bool) -> None:
        self.reload()
        if new:
            self._new()
        else:
            self._edit(self.child, changes.main or str(self.form.record_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves and Esc goes back, wherever the focus is on this page."""
        if event.key() == Qt.Key.Key_Escape:
            self.form.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CONTROL:
            self.form.form.submit()
        else:
            super().keyPressEvent(event)
