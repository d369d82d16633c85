"""The office as a tree with its counts, and beside it the list of what hangs on a node."""

from __future__ import annotations

from datetime import date
from functools import partial

import shiboken6
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Changes, View
from lanling_desktop.organisation.tree import Node
from ui import theme
from ui.screens.bars import Notice
from ui.screens.node_tree import NodeTree, node_of
from ui.screens.rows import OfficeRows, Top, read_top
from ui.screens.tree_moves import Moves
from ui.screens.tree_pictures import GRIDS, PARTY, PICTURES
from ui.session import Session
from ui.widgets.cards import FilterRow
from ui.widgets.fields import editor_for
from ui.widgets.flow import FlowLayout
from ui.widgets.paged_table import NoRows, PagedTable
from ui.widgets.work import Cancelled


class TreeScreen(QWidget):
    """社区大党委 → 网格党支部 → 楼宇党小组 → 党员中心户, or 社区 → 网格 → 楼栋, as of a day."""

    help_topic = "tree"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._day: date | None = None
        self._asked = self._listed = 0
        self._kind = ""  # of the node shown: the same list is shown of its like
        self._node: Node | None = None
        self.picture = PARTY
        self._views: dict[str, View] = {}
        self._view: View | None = None
        self.day = editor_for(Field("截至", Kind.DATE), lambda: session.office.today, parent=self)
        self.day.set_value(session.office.today)
        self.tree = NodeTree(self.picture.look, self)
        self.title, self.quiet = QLabel(self), QLabel(self)
        self.notice = Notice(self, beside=True)
        self.today = self.notice.add("回到今天", "Ctrl+J")
        self.moves = Moves(session, self.picture, self)
        self.lists = FilterRow(self)
        self.table = PagedTable(
            "tree", session.settings, worker=session.reader, empty_text="没有记录", parent=self
        )
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        self.title.setProperty("kind", "head")
        self.quiet.setProperty("kind", "quiet")
        for each in (self.title, self.quiet):
            each.setWordWrap(True)
        label = QLabel("截至", self)
        label.setBuddy(self.day.box)
        self.day.box.setAccessibleName("截至")
        label.setMinimumHeight(theme.px(theme.CONTROL))
        top = QWidget(self)
        line = FlowLayout(top, theme.px(8), theme.px(4))
        self.open = theme.button("打开(Enter)", parent=self)
        self.cut = theme.button(self.picture.verb, key="Ctrl+X", parent=self)
        self.other = theme.button(f"看{GRIDS.title}", key="Ctrl+T", parent=self)
        self.chart = theme.button("印架构图", key="Ctrl+P", parent=self)
        self.whole = theme.button("全部社区一起印", key="Ctrl+Shift+P", parent=self)
        dated = QWidget(self)
        pair = QHBoxLayout(dated)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.addWidget(label)
        pair.addWidget(self.day)
        self.day.setMinimumWidth(theme.px(148))
        for widget in (self.other, self.open, self.cut, self.chart, self.whole, dated):
            line.addWidget(widget)
        line.addWidget(self.moves.paste)
        left, right = QWidget(self), QWidget(self)
        for side, parts in (
            (left, (self.notice, self.moves.notice, self.moves.bar, self.tree)),
            (right, (self.title, self.quiet, self.lists, self.table)),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.px(8))
            for part in parts:
                column.addWidget(part, int(part in (self.tree, self.table)))
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.px(12))
        self.split.addWidget(left)
        self.split.addWidget(right)
        self.split.setSizes([520, 480])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(12)] * 4)
        layout.setSpacing(theme.px(8))
        layout.addWidget(top)
        layout.addWidget(self.split, 1)

    def _connect(self) -> None:
        self.tree.chosen.connect(self._choose)
        self.tree.open_requested.connect(self._open_node)
        self.tree.move_requested.connect(self.moves.ask)
        self.moves.ended.connect(self._to_tree)
        self.other.clicked.connect(self.turn)
        self.chart.clicked.connect(self.print_chart)
        self.whole.clicked.connect(self.print_whole)
        self.open.clicked.connect(self._open_current)
        self.cut.clicked.connect(self._take_up)
        self.moves.paste.clicked.connect(self._put_down)
        self.today.clicked.connect(partial(self.set_day, None))
        self.lists.chosen.connect(self._list)
        self.table.opened.connect(self._open_row)
        self.day.left.connect(self.read_day)
        self.session.changed.connect(self._changed)
        key = QShortcut(QKeySequence("Ctrl+Shift+J"), self)
        key.activated.connect(self.day.focus)

    def begin(self) -> None:
        """The screen came into sight."""
        (self.focusWidget() or self.tree).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _to_tree(self) -> None:
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _take_up(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.moves.take_up(node_of(item))

    @Slot()
    def _put_down(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.moves.put_down(node_of(item))

    @Slot()
    def turn(self) -> None:
        """The other picture: organisations or grids."""
        self.moves.drop()
        self.picture = GRIDS if self.picture is PARTY else PARTY
        self.moves.picture = self.picture
        self.tree.set_look(self.picture.look)
        other = next(each for each in PICTURES if each is not self.picture)
        _retitle(self.other, f"看{other.title}", "Ctrl+T")
        _retitle(self.cut, self.picture.verb, "Ctrl+X")
        self._kind = ""
        self.reload()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def reload(self) -> None:
        """Read the tree behind the screen."""
        self._asked += 1
        asked, office, day, picture = self._asked, self.session.office, self._day, self.picture

        def came(nodes: tuple[Node, ...]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self.tree.show_nodes(nodes)

        self.session.reader.run(lambda _: picture.read(office, day), came, self._trouble)

    @Slot(object)
    def _choose(self, node: Node) -> None:
        """Show what hangs on a node."""
        self.title.setText(node.title)
        self._node = node
        self.quiet.setText(self.picture.says(node))
        self.cut.setEnabled(self.picture.look.movable(node) and self._day is None)
        self._views = self.picture.views(node, self._day)
        kept = self.lists.current if node.kind == self._kind else ""
        self._kind = node.kind
        layout = self.lists.parentWidget().layout()
        fresh = FilterRow(self.lists.parentWidget())
        for title in self._views:
            fresh.add(title, title)
        fresh.chosen.connect(self._list)
        layout.replaceWidget(self.lists, fresh)
        self.lists.hide()
        self.lists.deleteLater()
        self.lists = fresh
        if kept in self._views:
            fresh.choose(kept)
        self._count_lists()
        self._list(fresh.current)

    def _count_lists(self) -> None:
        row, office = self.lists, self.session.office
        for title, view in self._views.items():

            def came(total: int, title: str = title) -> None:
                if shiboken6.isValid(row):
                    row.set_count(title, total)

            self.session.reader.run(lambda _, view=view: office.count(view), came, self._trouble)

    @Slot(str)
    def _list(self, title: str) -> None:
        self._listed += 1
        listed, office = self._listed, self.session.office
        view = self._views.get(title)
        self._view = view
        if view is None:
            self.table.show_rows(NoRows())
            return
        register = office.registers[view.register]
        above = view.parent[0] if view.parent else ""
        keys = tuple(key for key in register.columns if key != above)

        def came(top: Top) -> None:
            if shiboken6.isValid(self) and listed == self._listed:
                rows = OfficeRows(office, top, self.session.reader, self.table.rows.renew)
                self.table.show_rows(rows)

        self.session.reader.run(lambda _: read_top(office, view, keys), came, self._trouble)

    @Slot(object)
    def _open_node(self, node: Node) -> None:
        register = self.session.office.registers.get(node.register)
        if node.id and register is not None and register.menu:
            self.session.record_requested.emit(node.register, node.id)
        elif self._views and node is self._node:
            self.session.list_requested.emit(next(iter(self._views.values())))

    @Slot()
    def _open_current(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self._open_node(node_of(item))

    @Slot(object)
    def _open_row(self, record_id: object) -> None:
        if self._view is None:
            return
        register = self.session.office.registers[self._view.register]
        if register.menu:
            self.session.record_requested.emit(register.key, str(record_id))
        elif self._node is not None and self._node.id:
            self.session.record_requested.emit(self._node.register, self._node.id)

    @Slot()
    def print_chart(self) -> None:
        """The chart of the community the current node is in."""
        self.session.paper_requested.emit(
            self.picture.paper, self.picture.request(self.tree.top(), self._day)
        )

    @Slot()
    def print_whole(self) -> None:
        """The chart of every community of the office."""
        request = self.picture.request(None, self._day)
        self.session.paper_requested.emit(self.picture.paper, request)

    @Slot()
    def read_day(self) -> None:
        """Take the day that was typed."""
        if self.day.commit_text():
            self.set_day(self.day.value())

    def set_day(self, day: date | None) -> None:
        """The tree as of another day, only to be looked at; None is today."""
        today = self.session.office.today
        day = None if day == today else day
        self.day.set_value(day or today)
        if day == self._day:
            return
        self._day = day
        words = f"截至 {day} 的情况，只能查看，不能改动" if day is not None else ""
        self.notice.tell(words, "note")
        self.cut.setEnabled(day is None)
        self.tree.setDragEnabled(day is None)
        self.moves.past = day is not None
        self.reload()

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if not changes.records or self.picture.watched & changes.tables:
            self.reload()

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, OfficeError) and shiboken6.isValid(self):
            self.session.notifier.trouble(error)
        elif not isinstance(error, (OfficeError, Cancelled)):
            raise error

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the day takes it; Esc gives up a move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.day.box.hasFocus():
            self.read_day()
        elif event.key() == Qt.Key.Key_Escape and self.moves.under_way:
            self.moves.drop()
        else:
            super().keyPressEvent(event)


def _retitle(button: QPushButton, text: str, key: str) -> None:
    """Another act on the same key: Qt takes a button's key away with its words."""
    button.setText(f"{text}({key})")
    button.setShortcut(key)
    button.setAccessibleName(text)
    button.setToolTip(button.text())
