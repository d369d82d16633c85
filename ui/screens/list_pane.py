"""The list half of a register screen: filter box, filters, the rows, what stands under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import View
from lanling_desktop.core.register import Register
from ui import theme
from ui.screens.bars import Bar, Notice
from ui.screens.conditions import ConditionBar
from ui.screens.filter_keeper import FilterKeeper
from ui.screens.filters import FilterBox, Filters
from ui.screens.in_list import RegisterTable
from ui.screens.rows import OfficeRows, Top, read_top
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.work import Cancelled

_NARROWEST = 240
_CROWDED = 150  # from this text scale on there is room for one line of each only


class ListPane(QWidget):
    """Shows a view of one register; everything slow is read behind the screen."""

    loaded = Signal()  # the list shows the view asked for last
    narrowed = Signal(object)  # View

    def __init__(self, session: Session, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.register = register
        self._asked = self._shown = 0
        self._enter_first = False
        self._sought = ""  # the record to be made current when the rows have come
        office = session.office
        self.box = FilterBox(register.title, self)
        self.filters = Filters(register, office.today, self.box, self)
        self.keeper = FilterKeeper(session, self.filters, self)
        self.table = RegisterTable(register, session.settings, session.reader, self)
        self.conditions = ConditionBar(
            register.all_columns, lambda: office.today, office.lookup, self
        )
        self.day_notice = Notice(self, beside=True)
        self.today = self.day_notice.add("回到今天", "Ctrl+J")
        self.total = QLabel(self)
        self.acts = QWidget(self)
        self._acts: tuple[QPushButton, ...] = ()
        self._arranged: tuple[bool, ...] | None = None
        self.acts_line = FlowLayout(self.acts, theme.px(8), theme.px(4))
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bars = QVBoxLayout()
        self._build()
        self._connect()
        self.keeper.show_saved()

    @property
    def view(self) -> View:
        """What the list shows."""
        return self.filters.view

    def _build(self) -> None:
        self._top.setSpacing(theme.px(8))
        self._first = QHBoxLayout()
        self._first.setSpacing(theme.px(8))
        self._first.addWidget(self.box, 1)
        self._top.addLayout(self._first, 1)
        self._top.addWidget(self.acts)
        self._bars.setSpacing(theme.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 3, theme.px(4))
        column.setSpacing(theme.px(8))
        column.addLayout(self._top)
        column.addWidget(self.filters)
        column.addLayout(self._bars)
        column.addWidget(self.table, 1)
        column.addLayout(self._foot())
        for bar in (self.conditions, self.keeper.name):
            self.add_bar(bar)
        self._bars.addWidget(self.day_notice)
        self.setMinimumWidth(theme.px(_NARROWEST))

    def _foot(self) -> QHBoxLayout:
        self.total.setProperty("kind", "quiet")
        self.total.setMinimumHeight(theme.px(theme.CONTROL))
        area = QWidget(self)
        self._foot_line = FlowLayout(area, 0, 0)
        self.rest = theme.button("更多", "link", parent=self)
        self.rest.setCheckable(True)
        self.rest.toggled.connect(self._fold)
        self._foot_line.addWidget(self.rest)
        self._foot_acts: list[QPushButton] = []
        self.narrow = self.add_foot("加条件", "Ctrl+Shift+F")
        self.choose = self.add_foot("选列", "Ctrl+Shift+L")
        self.bin = self.add_foot("回收站", "Ctrl+Shift+B")
        self.bin.setCheckable(True)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.total, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(area, 1)
        return foot

    def add_foot(self, text: str, key: str, *, offered: bool = True) -> QPushButton:
        """A quiet act under the list; its key is in the tip. Not offered, it stays out of sight."""
        made = theme.button(text, "link", parent=self)
        if not offered:
            made.hide()
            return made
        made.setToolTip(f"{text}({key})")
        # Not the button's own key: that sleeps while the button is folded away.
        QShortcut(QKeySequence(key), self).activated.connect(made.click)
        self._foot_line.addWidget(made)
        self._foot_acts.append(made)
        return made

    def add_acts(self, acts: Sequence[QPushButton]) -> None:
        """The acts beside the filter box."""
        self._acts = (*self._acts, *acts)
        self._arranged = None  # more of them need more room
        for each in acts:
            self.acts_line.addWidget(each)
        self._arrange()

    def add_bar(self, bar: Bar) -> None:
        """A bar that comes up above the rows; closed, the rows have the focus again."""
        self._bars.addWidget(bar)
        bar.closed.connect(self.enter_list)

    def _connect(self) -> None:
        self.today.clicked.connect(partial(self.filters.set_day, None))
        self.narrow.clicked.connect(self.conditions.begin)
        self.choose.clicked.connect(self._choose_columns)
        self.bin.toggled.connect(self._toggle_bin)
        self.box.entered_list.connect(self._find_first)
        self.box.left_down.connect(self.enter_list)
        self.filters.changed.connect(self._narrowed)
        self.conditions.added.connect(self.filters.add_condition)
        self.table.sort_requested.connect(self._sort)
        self.table.keys_changed.connect(self.reload)
        self.table.left_up.connect(self.focus_filter)
        self.table.rows.counted.connect(self._counted)
        self.table.rows.trouble.connect(self.trouble)

    def show_view(self, view: View) -> None:
        """Show a list as asked for from elsewhere."""
        self.filters.show_view(view)
        self._narrowed(view)

    @Slot()
    def reload(self) -> None:
        """Read the list anew behind the screen; the rows in sight stay until the new ones come."""
        self._asked += 1
        asked, office = self._asked, self.session.office
        view, keys = self.view, self.table.keys

        def came(top: Top) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._show_rows(top)

        self.session.reader.run(lambda _: read_top(office, view, keys), came, self.trouble)

    def reveal(self, record_id: str) -> None:
        """Make a record current in the list, where the list has it; the focus stays."""
        self._sought = record_id
        if self._asked == self._shown:
            self._seek()

    def _seek(self) -> None:
        record, view, office = self._sought, self.view, self.session.office
        if not record:
            return

        def found(row: int | None) -> None:
            if not shiboken6.isValid(self) or record != self._sought or view != self.view:
                return
            if row is None:
                self._sought = ""
            elif row < self.table.rows.rowCount():
                self._sought = ""
                self.table.selectRow(row)

        self.session.reader.run(lambda _: office.position(view, record), found, self.trouble)

    def _show_rows(self, top: Top) -> None:
        self._shown = self._asked
        rows = OfficeRows(self.session.office, top, self.session.reader, self.table.rows.renew)
        self.table.empty_text = self._empty_text()
        self.table.show_rows(rows)
        if self._enter_first or (self.table.hasFocus() and self.table.record_id() is None):
            self._enter_first = False
            self._go_to_first()
        self._seek()
        self.keeper.count()
        self.loaded.emit()

    def _empty_text(self) -> str:
        view, noun = self.view, self.register.noun
        if view.binned:
            return "回收站里没有记录"
        if view == View(self.register.key, community=view.community):
            if self.register.made_by:
                return f"还没有{noun}\n{self.register.made_by}"
            made = self.session.makes(self.register)
            return f"还没有{noun}" + ("，按 Ctrl+N 新增，或按“导入”" if made else "")
        return f"没有符合条件的{noun}"

    @Slot(object)
    def _narrowed(self, view: View) -> None:
        words = f"截至 {view.day} 的情况，只能查看，不能改动" if view.day is not None else ""
        self.day_notice.tell(words, "note")
        self.bin.blockSignals(True)
        self.bin.setChecked(view.binned)
        self.bin.blockSignals(False)
        self.narrowed.emit(view)
        self.reload()

    @Slot(int)
    def _counted(self, total: int) -> None:
        if self._asked == self._shown:
            self._seek()  # what stands far down is in sight only now
        text = "正在数…" if total < 0 else f"共 {total:,} 条"
        self.total.setText(f"回收站{text}" if self.view.binned else text)

    @Slot(int, bool)
    def _sort(self, column: int, descending: bool) -> None:
        key = self.table.keys[column]
        self.filters.view = replace(self.view, order=key, descending=descending)
        self.reload()

    @Slot()
    def focus_day(self) -> None:
        """The focus into the day, out of the fold."""
        if self.filters.day_place.isHidden():
            self.filters.chips.more.setChecked(True)
        self.filters.day.focus()

    @Slot()
    def focus_filter(self) -> None:
        """The focus into the filter box, what stands there marked."""
        self.box.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.box.selectAll()

    @Slot()
    def enter_list(self) -> None:
        """The focus onto the rows."""
        if self.table.record_id() is None:
            self._go_to_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_first(self) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.selectRow(0)

    @Slot()
    def _find_first(self) -> None:
        if self._asked == self._shown:
            self._go_to_first()
        else:
            self._enter_first = True  # when the rows have come

    @Slot()
    def _choose_columns(self) -> None:
        menu = self.table.columns_menu()
        menu.popup(self.choose.mapToGlobal(self.choose.rect().topLeft()))

    @Slot(bool)
    def _toggle_bin(self, on: bool) -> None:
        self.show_view(replace(self.view, binned=on, day=None, ready="", conditions=()))

    def trouble(self, error: BaseException) -> None:
        """A trouble while reading."""
        if isinstance(error, OfficeError) and shiboken6.isValid(self):
            self.session.notifier.trouble(error)
        elif not isinstance(error, (OfficeError, Cancelled)):
            raise error

    def changeEvent(self, event: QEvent) -> None:
        """In large text the acts stand under the filter box."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_bars"):
            self._arranged = None
            self.setMinimumWidth(theme.px(_NARROWEST))
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where they do not fit beside it, too."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the day, wherever its box stands."""
        if not (self.filters.day.box.hasFocus() and self.filters.day_key(event)):
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        crowded = theme.scale() >= _CROWDED
        _write_keys(self._acts, shown=not crowded)
        room = sum(each.sizeHint().width() + theme.px(8) for each in self._acts)
        least = self.box.minimumSizeHint().width() + theme.px(8 + 24)
        beside = not crowded and room + least <= self.width()
        place, filters = self.filters.day_place, self.filters
        day = place.sizeHint().width() + least
        narrow = crowded and day > self.width()
        if (beside, crowded, narrow) == self._arranged:
            return
        self._arranged = beside, crowded, narrow
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._top.setDirection(way)
        self.acts.setMinimumWidth(room if beside else 0)
        lines = (self._first, filters.line, filters.below)
        for each in lines:
            each.removeWidget(place)
        home = filters.line if beside else filters.below if narrow else self._first
        home.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        filters.fold_day(fold=narrow)
        filters.chips.set_crowded(crowded)
        self.rest.setChecked(False)
        self._fold()

    @Slot()
    def _fold(self) -> None:
        crowded = theme.scale() >= _CROWDED
        self.rest.setVisible(crowded)
        for each in self._foot_acts:
            each.setVisible(not crowded or self.rest.isChecked())


def _write_keys(acts: Sequence[QPushButton], *, shown: bool) -> None:
    """The keys in the words of the acts, or only in their tips."""
    for each in acts:
        key, text = each.shortcut(), each.accessibleName() or each.text()
        said = f"{text}({key.toString()})" if shown and not key.isEmpty() else text
        if said != each.text():
            each.setText(said)
            each.setShortcut(key)  # new words take the key away
