"""What the halls press for today, on the start page: matters closed in place, the next meeting."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lanling_desktop.core.plain import Changes
from lanling_desktop.hall.board import Item
from ui import theme
from ui.screens.hall_lists import next_meeting
from ui.screens.item_acts import ACTS, ActBar, key_number, possible
from ui.screens.item_page import item_line
from ui.screens.new_meeting import NewMeetingBar
from ui.session import Session
from ui.widgets.line_list import LineList
from ui.widgets.pages import words

_MOST = 5  # matters in sight; the board has them all


class Pressing(QWidget):
    """The most pressing matters of the ledger; Enter strikes one off, a digit does something else."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.items: tuple[Item, ...] = ()
        self.head = words("今天要催办", "section")
        self.list = LineList("今天要催办", parent=self)
        self.bar = ActBar(session, self)
        self.meeting = NewMeetingBar(session, self)
        self.open_hall = theme.button("开会(Ctrl+M)", parent=self)
        self.new_one = theme.button("新建会议(Ctrl+Shift+M)", "link", parent=self)
        self.board = theme.button("议事跟进(Ctrl+G)", "link", parent=self)
        self.hint = words("Enter 销号　2 报进展　3 办结待核　4 延期　5 挂账", "quiet")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        for each in (self.open_hall, self.new_one, self.board):
            line.addWidget(each)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(line)
        for each in (self.meeting, self.head, self.list, self.bar, self.hint):
            column.addWidget(each)
        self.open_hall.clicked.connect(self.hold)
        self.new_one.clicked.connect(self.new_meeting)
        self.board.clicked.connect(self._to_board)
        self.list.opened.connect(self._close)
        self.bar.closed.connect(self.enter)
        self.bar.done_with.connect(self._did)
        self.meeting.closed.connect(self.enter)
        self.hide()

    def show_items(self, items: Sequence[Item], *, halls: int) -> None:
        """The matters of the day; nothing at all in an office without a hall."""
        self.items = tuple(items)
        self.setVisible(halls > 0)
        self.list.show_lines([item_line(each) for each in self.items[:_MOST]])
        more = len(self.items) - _MOST
        rest = f"今天要催办 {len(self.items)}"
        self.head.setText(f"{rest}（先列 {_MOST} 件，其余在议事跟进里）" if more > 0 else rest)
        for each in (self.head, self.list, self.hint):
            each.setVisible(bool(self.items))
        self._fit()

    def _fit(self) -> None:
        rows = [self.list.sizeHintForRow(at) for at in range(self.list.count())]
        self.list.setFixedHeight(sum(rows) + 4)

    @Slot()
    def enter(self) -> None:
        """The focus onto the matters."""
        target = self.list if self.items else self.open_hall
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def hold(self) -> None:
        """开会."""
        next_meeting(self._session, self.meeting)

    @Slot()
    def new_meeting(self) -> None:
        """新建会议."""
        self.meeting.begin()

    @Slot()
    def _to_board(self) -> None:
        self._session.board_requested.emit("", str(self.list.key() or ""), False)

    @Slot(object)
    def _close(self, item_id: object) -> None:
        self.bar.begin(ACTS[0], str(item_id))

    @Slot(object)
    def _did(self, _changes: Changes) -> None:
        self.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit on a matter begins that act."""
        item = next((each for each in self.items if each.id == self.list.key()), None)
        offered = possible(item.status) if item is not None else ()
        number = key_number(event.key())
        if self.list.hasFocus() and 0 <= number < len(offered) and item is not None:
            self.bar.begin(offered[number], item.id)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Lines grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "hint"):
            self._fit()
