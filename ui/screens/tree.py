"""The party tree with its counts, and beside it the list of what hangs on a node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Changes, View
from lanling_desktop.organisation.tree import Node, party_tree
from ui import theme
from ui.screens.bars import Notice
from ui.screens.rows import OfficeRows, Top, read_top
from ui.session import Session
from ui.widgets.cards import FilterRow
from ui.widgets.fields import editor_for
from ui.widgets.paged_table import NoRows, PagedTable
from ui.widgets.work import Cancelled

_NODE = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOVABLE = "party_organisation"
_HEADS = ("组织", "党员", "中心户", "联系户")


class NodeTree(QTreeWidget):
    """The tree; what is below a node is made when it is opened. Organisations can be dragged."""

    chosen = Signal(object)  # Node
    open_requested = Signal(object)  # Node
    move_requested = Signal(object, object)  # Node, Node

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("组织树")
        self.setHeaderLabels(_HEADS)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.px(16))
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionsMovable(False)
        for at in range(1, len(_HEADS)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
            self.headerItem().setTextAlignment(at, _RIGHT)
        self.itemExpanded.connect(self._fill)
        self.currentItemChanged.connect(self._tell)
        self.itemDoubleClicked.connect(self._open)

    def show_nodes(self, nodes: Iterable[Node]) -> None:
        """Another state of the tree; what was open and current stays so."""
        opened = {node_of(each).id for each in self._items() if each.isExpanded()}
        current = self.currentItem()
        kept = node_of(current).id if current is not None else ""
        self.blockSignals(True)
        self.clear()
        self.addTopLevelItems([_item(each) for each in nodes])
        self.blockSignals(False)
        first = self.topLevelItem(0)
        if not opened and first is not None:
            first.setExpanded(True)
        self._reopen(opened, kept)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)

    def _reopen(self, opened: set[str], kept: str) -> None:
        waiting = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        while waiting:
            each = waiting.pop()
            if node_of(each).id == kept:
                self.setCurrentItem(each)
            if node_of(each).id in opened:
                each.setExpanded(True)
            waiting += [each.child(at) for at in range(each.childCount())]

    def _items(self) -> Iterator[QTreeWidgetItem]:
        waiting = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        while waiting:
            each = waiting.pop()
            yield each
            waiting += [each.child(at) for at in range(each.childCount())]

    @Slot(QTreeWidgetItem)
    def _fill(self, item: QTreeWidgetItem) -> None:
        if not item.childCount():
            item.addChildren([_item(each) for each in node_of(item).children])

    @Slot(QTreeWidgetItem)
    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(node_of(item))

    @Slot(QTreeWidgetItem)
    def _open(self, item: QTreeWidgetItem) -> None:
        self.open_requested.emit(node_of(item))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the record of the node."""
        current = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self._open(current)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Nothing: letters do not find Chinese names."""

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the tree is shown anew when it is done."""
        target = self.itemAt(event.position().toPoint())
        moved = self.currentItem()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if target is not None and moved is not None and target is not moved:
            self.move_requested.emit(node_of(moved), node_of(target))


class TreeScreen(QWidget):
    """社区大党委 → 网格党支部 → 楼宇党小组 → 党员中心户, as of a day."""

    help_topic = "tree"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._day: date | None = None
        self._asked = self._listed = 0
        self._kind = ""  # of the node shown: the same list is shown of its like
        self._cut: Node | None = None
        self._views: dict[str, View] = {}
        self._view: View | None = None
        self.day = editor_for(Field("截至", Kind.DATE), lambda: session.office.today, parent=self)
        self.day.setFixedWidth(theme.px(148))
        self.day.set_value(session.office.today)
        self.tree = NodeTree(self)
        self.title, self.quiet = QLabel(self), QLabel(self)
        self.notice = Notice(self, beside=True)
        self.today = self.notice.add("回到今天", "Ctrl+J")
        self.cut_notice = Notice(self)
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
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        self.open = theme.button("打开这个组织(Enter)", parent=self)
        self.cut = theme.button("调整上级", key="Ctrl+X", parent=self)
        self.paste = theme.button("挂到这里", key="Ctrl+V", parent=self)
        for widget in (self.open, self.cut, self.paste):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(label)
        top.addWidget(self.day)
        self.paste.hide()
        left, right = QWidget(self), QWidget(self)
        for side, parts in (
            (left, (self.notice, self.cut_notice, self.tree)),
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
        layout.addLayout(top)
        layout.addWidget(self.split, 1)

    def _connect(self) -> None:
        self.tree.chosen.connect(self._choose)
        self.tree.open_requested.connect(self._open_node)
        self.tree.move_requested.connect(self.move)
        self.open.clicked.connect(self._open_current)
        self.cut.clicked.connect(self._take_up)
        self.paste.clicked.connect(self._put_down)
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
    def reload(self) -> None:
        """Read the tree behind the screen."""
        self._asked += 1
        asked, office, day = self._asked, self.session.office, self._day

        def came(nodes: tuple[Node, ...]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self.tree.show_nodes(nodes)

        self.session.reader.run(lambda _: party_tree(office, day=day), came, self._trouble)

    @Slot(object)
    def _choose(self, node: Node) -> None:
        """Show what hangs on a node."""
        self.title.setText(node.title)
        self.quiet.setText(
            f"{node.kind} · 党员 {node.members:,} · 中心户 {node.central_households:,}"
        )
        mine = node.register == _MOVABLE and self._day is None
        self.cut.setEnabled(mine)
        self.paste.setVisible(self._cut is not None)
        self._views = views_of(node, self._day)
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
        keys = tuple(key for key in register.columns if view.parent and key != view.parent[0])

        def came(top: Top) -> None:
            if shiboken6.isValid(self) and listed == self._listed:
                rows = OfficeRows(office, top, self.session.reader, self.table.rows.renew)
                self.table.show_rows(rows)

        self.session.reader.run(lambda _: read_top(office, view, keys), came, self._trouble)

    @Slot(object)
    def _open_node(self, node: Node) -> None:
        if node.id:
            self.session.record_requested.emit(node.register, node.id)

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
        elif self._view.parent is not None:
            self.session.record_requested.emit("central_household", self._view.parent[1])

    @Slot()
    def _take_up(self) -> None:
        item = self.tree.currentItem()
        if item is not None and node_of(item).register == _MOVABLE:
            self._cut = node_of(item)
            self.cut_notice.tell(
                f"要把“{self._cut.title}”挂到哪里：走到新的上级组织，按 Ctrl+V；Esc 不调整", "note"
            )

    @Slot()
    def _put_down(self) -> None:
        item = self.tree.currentItem()
        if item is not None and self._cut is not None:
            moved, self._cut = self._cut, None
            self.cut_notice.tell("")
            self.paste.hide()
            self.move(moved, node_of(item))

    @Slot(object, object)
    def move(self, moved: Node, into: Node) -> None:
        """Hang an organisation under another one; undone like any act."""
        if self._day is not None or moved.register != _MOVABLE or into.register != _MOVABLE:
            self.session.notifier.say("只能把组织挂到另一个组织下面")
            return
        from lanling_desktop.organisation.actions import move_organisation

        office = self.session.office

        def done(changes: Changes) -> None:
            self.session.notifier.say(f"已{changes.title}", undo=True)

        self.session.worker.run(
            lambda _: move_organisation(office, organisation_id=moved.id, parent_id=into.id),
            done,
            self._trouble,
        )

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
        self.reload()

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        watched = {
            _MOVABLE,
            "branch_membership",
            "central_household",
            "linked_member",
            "linked_household",
            "party_member",
        }
        if not changes.records or watched & changes.tables:
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
        elif event.key() == Qt.Key.Key_Escape and self._cut is not None:
            self._cut = None
            self.cut_notice.tell("")
            self.paste.hide()
        else:
            super().keyPressEvent(event)


def node_of(item: QTreeWidgetItem) -> Node:
    """The node a line of the tree stands for."""
    node = item.data(0, _NODE)
    assert isinstance(node, Node)
    return node


def views_of(node: Node, day: date | None) -> dict[str, View]:
    """The lists of what hangs on a node, by title."""
    if node.register == "central_household":
        found = {"联系党员": "linked_member", "联系户": "linked_household"}
        return {
            title: View(register, parent=("central_household_id", node.id), day=day)
            for title, register in found.items()
        }
    if not node.id:
        return {}
    home = "group_id" if node.kind == "楼宇党小组" else "branch_id"
    lists = {
        "党员": View("party_member", parent=("branch.organisation_id", node.id), day=day),
        "中心户": View("central_household", parent=(home, node.id), day=day),
        "下级组织": View("party_organisation", parent=("parent_id", node.id), day=day),
    }
    order = ("下级组织", "党员", "中心户") if node.kind == "社区大党委" else tuple(lists)
    return {title: lists[title] for title in order}


def _item(node: Node) -> QTreeWidgetItem:
    texts = [node.title, *(f"{n:,}" if n else "" for n in _counts(node))]
    made = QTreeWidgetItem(texts)
    made.setData(0, _NODE, node)
    made.setToolTip(0, f"{node.kind} {node.title}")
    for at in range(1, len(_HEADS)):
        made.setTextAlignment(at, _RIGHT)
        made.setData(at, Qt.ItemDataRole.AccessibleTextRole, f"{_HEADS[at]} {texts[at] or 0}")
    policy = QTreeWidgetItem.ChildIndicatorPolicy
    made.setChildIndicatorPolicy(
        policy.ShowIndicator if node.children else policy.DontShowIndicator
    )
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    if node.register == _MOVABLE:
        flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
    made.setFlags(flags)
    return made


def _counts(node: Node) -> tuple[int, int, int]:
    return node.members, node.central_households, node.households
