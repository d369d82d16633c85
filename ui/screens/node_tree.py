"""A tree of nodes with their counts; what is below a node is made when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from lanling_desktop.organisation.tree import Node
from ui import theme

_NODE = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Look:
    """What a tree shows of its nodes: heads of the columns, counts, what can be dragged where."""

    heads: tuple[str, ...]
    counts: Callable[[Node], tuple[int, ...]]
    movable: Callable[[Node], bool]
    takes: Callable[[Node], bool]


class NodeTree(QTreeWidget):
    """The tree; letters do not search in it, Enter opens, what can be moved can be dragged."""

    chosen = Signal(object)  # Node
    open_requested = Signal(object)  # Node
    move_requested = Signal(object, object)  # Node, Node

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName("组织树")
        self.setUniformRowHeights(True)
        self.setIndentation(theme.px(16))
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.header().setSectionsMovable(False)
        self.set_look(look)
        self.itemExpanded.connect(self._fill)
        self.currentItemChanged.connect(self._tell)
        self.itemDoubleClicked.connect(self._open)

    def set_look(self, look: Look) -> None:
        """Other columns; the nodes of before go."""
        self._look = look
        self.clear()
        self.setColumnCount(len(look.heads))
        self.setHeaderLabels(look.heads)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in range(1, len(look.heads)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
            self.headerItem().setTextAlignment(at, _RIGHT)

    def show_nodes(self, nodes: Iterable[Node]) -> None:
        """Another state of the tree; what was open and current stays so."""
        opened = {_key(node_of(each)) for each in self._items() if each.isExpanded()}
        current = self.currentItem()
        kept = _key(node_of(current)) if current is not None else None
        self.blockSignals(True)
        self.clear()
        self.addTopLevelItems([self._item(each) for each in nodes])
        self.blockSignals(False)
        first = self.topLevelItem(0)
        if not opened and first is not None:
            first.setExpanded(True)
        self._reopen(opened, kept)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)

    def _reopen(self, opened: set[object], kept: object) -> None:
        waiting = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        while waiting:
            each = waiting.pop()
            if _key(node_of(each)) == kept:
                self.setCurrentItem(each)
            if _key(node_of(each)) in opened:
                each.setExpanded(True)
            waiting += [each.child(at) for at in range(each.childCount())]

    def _items(self) -> Iterator[QTreeWidgetItem]:
        waiting = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        while waiting:
            each = waiting.pop()
            yield each
            waiting += [each.child(at) for at in range(each.childCount())]

    def top(self) -> Node | None:
        """The uppermost node over the current one."""
        item = self.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        return node_of(item) if item is not None else None

    @Slot(QTreeWidgetItem)
    def _fill(self, item: QTreeWidgetItem) -> None:
        if not item.childCount():
            item.addChildren([self._item(each) for each in node_of(item).children])

    def _item(self, node: Node) -> QTreeWidgetItem:
        heads = self._look.heads
        texts = [node.title, *(f"{n:,}" if n else "" for n in self._look.counts(node))]
        made = QTreeWidgetItem(texts)
        made.setData(0, _NODE, node)
        said = (node.kind, node.title, node.lead)
        made.setToolTip(0, " ".join(each for each in said if each))
        for at in range(1, len(heads)):
            made.setTextAlignment(at, _RIGHT)
            made.setData(at, Qt.ItemDataRole.AccessibleTextRole, f"{heads[at]} {texts[at] or 0}")
        policy = QTreeWidgetItem.ChildIndicatorPolicy
        made.setChildIndicatorPolicy(
            policy.ShowIndicator if node.children else policy.DontShowIndicator
        )
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._look.movable(node):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if self._look.takes(node):
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        made.setFlags(flags)
        return made

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


def node_of(item: QTreeWidgetItem) -> Node:
    """The node a line of the tree stands for."""
    node = item.data(0, _NODE)
    assert isinstance(node, Node)
    return node


def _key(node: Node) -> object:
    return node.register, node.id, node.place
