"""The screen of any register: acts, filters, the list, the record beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes, View
from ui import theme
from ui.screens.acts import ListActs
from ui.screens.bulk import BulkBar
from ui.screens.following import Following
from ui.screens.hall_lists import own_acts
from ui.screens.list_pane import ListPane
from ui.screens.own_columns import OwnColumnsBar
from ui.screens.record_panel import RecordPanel, copied
from ui.screens.rows import touches
from ui.session import Session

_SHARE = 0.45  # of the screen the record may take at most, in large text


class RegisterScreen(QWidget):
    """Any register gets this screen; `view` is what its list shows."""

    def __init__(self, session: Session, register_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.register = session.office.registers[register_key]
        self.help_topic = register_key
        self._last = ""  # the record saved last, for Ctrl+D
        self.pane = ListPane(session, self.register, self)
        self.table = self.pane.table
        self.panel = RecordPanel(session, self.register, self)
        self.acts = ListActs(session, self.register, self._look, self)
        self.bulk = BulkBar(
            session, self.register, lambda: self.view, self.table.selected_ids, self
        )
        self.acts.keys = lambda: self.table.keys
        self.following = Following(self.pane, self._show)
        self._build()
        self._connect()
        self.pane.reload()

    @property
    def view(self) -> View:
        """What the list shows."""
        return self.pane.view

    def _build(self) -> None:
        self.new = theme.button("新增", "primary", key="Ctrl+N", parent=self)
        self.take_in = theme.button("导入", key="Ctrl+L", parent=self)
        self.print = theme.button("打印", key="Ctrl+P", parent=self)
        self.export = theme.button("导出", key="Ctrl+E", parent=self)
        self.pane.add_acts((self.new, self.take_in, self.print, self.export))
        office, makes = self.session.office, self.session.makes(self.register)
        self.many = self.pane.add_foot("批量修改", "Ctrl+B", offered=makes)
        self.other_paper = self.pane.add_foot("打印别的", "Ctrl+Shift+P")
        self.own_columns = self.pane.add_foot(
            "自加栏目", "Ctrl+Shift+K", offered=office.rights.administers
        )
        self.own_bar = OwnColumnsBar(self.session, self.register, self)
        self.pane.add_bar(self.own_bar)
        for bar in (
            self.acts.papers,
            self.acts.editions,
            self.acts.after,
            self.acts.why,
            self.bulk,
        ):
            self.pane.add_bar(bar)
        self.own = own_acts(self)
        for each in (self.new, self.take_in):
            each.setVisible(makes)
        self.export.setVisible(office.rights.export)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(self.pane)
        self.split.addWidget(self.panel)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.px(4))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_record)
        self.take_in.clicked.connect(self._import)
        self.print.clicked.connect(self.acts.print)
        self.other_paper.clicked.connect(self.acts.print_other)
        self.export.clicked.connect(self.acts.export)
        self.many.clicked.connect(self.bulk.begin)
        self.own_columns.clicked.connect(self.own_bar.begin)
        self.acts.done.connect(self._after_act)
        self.pane.narrowed.connect(self._narrowed)
        self.table.opened.connect(self._open)
        self.table.delete_requested.connect(self.acts.ask_why)
        self.panel.left.connect(self._leave_panel)
        self.panel.saved.connect(self._saved)
        self.panel.restore_requested.connect(self.acts.restore)
        self.session.changed.connect(self._changed)
        self.split.splitterMoved.connect(self._remember_width)
        keys = [("Ctrl+F", self.pane.focus_filter), ("Ctrl+D", self.duplicate)]
        keys.append(("Ctrl+Shift+J", self.pane.focus_day))
        if self.register.made_by:
            keys.append(("Ctrl+N", self.new_record))  # a button out of sight hears no key
        for at in range(len(self.panel.lists) + (self.panel.attached is not None)):
            keys.append((f"Ctrl+{at + 1}", partial(self.panel.enter_list, at)))
        for key, act in keys:
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def begin(self) -> None:
        """The screen came into sight: a new day may have begun."""
        self.pane.filters.set_today(self.session.office.today)
        focused = self.focusWidget()
        (focused or self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, view: View) -> None:
        """Show a list as asked for from elsewhere; the record shown before may not be in it."""
        self.panel.clear()
        self.pane.show_view(view)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_record(self, record_id: str) -> None:
        """Show one record beside the list."""
        self.following.stop()
        self.panel.show_record(record_id, View(self.register.key))
        self.panel.enter()
        self.pane.reveal(record_id)

    def resume(self, key: str, record_id: str) -> None:
        """Go on with a draft: of this record, or of a new one."""
        self.following.stop()
        if not self._today:
            self.pane.show_view(View(self.register.key))
        if record_id:
            self.open_record(record_id)
        else:
            self.panel.begin_new()
        self.panel.form.drafts.resume(key)

    def hold_meeting(self) -> None:
        """开会: to the next meeting of what is in hand."""
        if self.own is not None and self._today:
            self.own.hold()

    def new_meeting(self) -> None:
        """新建会议: a new meeting of what is in hand."""
        if self.own is not None and self._today:
            self.own.begin_new()

    def keep_draft(self) -> None:
        """The window is closing."""
        self.panel.keep_draft()

    @property
    def _today(self) -> bool:
        return self.view.day is None and not self.view.binned

    @Slot()
    def new_record(self) -> None:
        """Type a new record."""
        if self.register.made_by:
            self.session.notifier.say(self.register.made_by)
            return
        if self._today and self.own is not None and self.own.new():
            return
        if self._today:
            self.following.stop()
            self.panel.begin_new()
        else:
            self.session.notifier.say("现在看的不是今天的名册，不能新增；请先回到今天")

    @Slot()
    def duplicate(self) -> None:
        """A new record like the current one; while new ones are typed, like the one saved last."""
        shown = self.panel.entry
        record = shown.id if shown else self._last or str(self.table.record_id() or "")
        if not record or not self._today or self.register.made_by:
            return
        try:
            entry = self.session.office.read(self.register.key, record)
        except OfficeError as trouble:
            self.session.notifier.trouble(trouble)
            return
        self.following.stop()
        self.panel.begin_new(copied(self.register, entry))

    @Slot(object)
    def _narrowed(self, view: View) -> None:
        may = self._today and self.session.makes(self.register)
        for each in (self.new, self.many, self.take_in):
            each.setEnabled(may)
        shown = self.panel.entry
        if view.binned != self.panel.view.binned:
            self.panel.view = View(self.register.key, binned=view.binned)
            self.panel.clear()
        elif shown is not None and view.day != self.panel.view.day:
            self.panel.show_record(shown.id, view)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if touches(changes, self.register, self.session.office.registers):
            self.pane.reload()
        self.panel.heard(changes)

    def _show(self, record_id: str) -> None:
        self.panel.show_record(record_id, self.view)

    @Slot(object)
    def _open(self, record_id: object) -> None:
        self.following.stop()
        if self.own is not None and self._today and self.own.open(str(record_id)):
            return
        self._show(str(record_id))
        self.panel.enter()

    @Slot(object, bool)
    def _saved(self, changes: Changes, new: bool) -> None:
        if new:
            self._last = changes.main
            self.pane.reveal(changes.main)

    @Slot(object)
    def _after_act(self, _changes: Changes) -> None:
        self.panel.clear()
        self.pane.enter_list()

    @Slot()
    def _leave_panel(self) -> None:
        self.pane.enter_list()
        if self.panel.entry is None:
            self.following.begin()

    def _look(self) -> tuple[View, str]:
        shown = self.panel.entry
        return self.view, shown.id if shown else str(self.table.record_id() or "")

    @Slot()
    def _import(self) -> None:
        self.session.import_requested.emit(self.register.key)

    @Slot()
    def _remember_width(self) -> None:
        width = round(self.split.sizes()[1] * 100 / theme.scale())
        self.session.settings.setValue("panel/width", width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The record keeps its width, the list takes the rest."""
        super().resizeEvent(event)
        self._share_out()

    def changeEvent(self, event: QEvent) -> None:
        """Large text needs a wider record."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "split"):
            self._share_out()

    def _share_out(self) -> None:
        try:
            kept = int(str(self.session.settings.value("panel/width", "") or theme.PANEL_WIDTH))
        except ValueError:
            kept = theme.PANEL_WIDTH
        least = theme.px(240)
        wide = max(least, min(theme.px(kept), round(self.width() * _SHARE)))
        self.panel.setMinimumWidth(min(least, wide))
        self.split.setSizes([max(1, self.width() - wide), wide])
