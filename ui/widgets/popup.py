"""The list that comes up under a box: it never takes the focus, its keys come from the box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.widgets.messages import announce
from ui.widgets.paged_model import Index

_DETAIL = Qt.ItemDataRole.UserRole + 1
_CHOICE = Qt.ItemDataRole.UserRole + 2
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST = 10  # rows in sight
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _MOST,
    Qt.Key.Key_PageUp: -_MOST,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the list; a heading has no `choice` to make."""

    title: str
    detail: str = ""
    choice: Any = None
    heading: bool = False


class Popup(QListWidget):
    """Offers under a box, inside its window."""

    chosen = Signal(object)

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self._box = box
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Line(self))
        self.setUniformItemSizes(True)
        self.setProperty("kind", "popup")
        self.setAccessibleName("可选项")
        self.itemClicked.connect(self._click)
        box.destroyed.connect(self.deleteLater)
        self.hide()

    @property
    def opened(self) -> bool:
        """Whether the list is there to choose from."""
        return self.isVisible()

    def offer(self, offers: Sequence[Offer], *, current: int = 0) -> None:
        """Show these lines, the `current`-th choice marked (-1 for none); none closes the list."""
        self.clear()
        if not offers:
            self.hide()
            return
        for each in offers:
            item = QListWidgetItem(each.title)
            item.setData(_DETAIL, each.detail)
            item.setData(_CHOICE, each.choice)
            item.setData(_SPOKEN, "，".join(x for x in (each.title, each.detail) if x))
            if each.heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        rows = self._choices()
        if current >= 0 and rows:
            self._go(rows[min(current, len(rows) - 1)])
        self._place()

    def current_choice(self) -> Any:
        """What is marked, None if nothing is."""
        item = self.currentItem() if self.opened else None
        return item.data(_CHOICE) if item is not None else None

    def key(self, event: QKeyEvent) -> bool:
        """Take a key of the box: arrows move, Esc closes; others are the box's."""
        if not self.opened:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        if event.key() not in _MOVES or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        rows = self._choices()
        if rows:
            at = rows.index(self.currentRow()) if self.currentRow() in rows else -1
            step = _MOVES[Qt.Key(event.key())]
            self._go(rows[max(0, min(len(rows) - 1, at + step))])
        return True

    def _choices(self) -> list[int]:
        return [at for at in range(self.count()) if self.item(at).flags()]

    def _go(self, row: int) -> None:
        self.setCurrentRow(row)
        if self.item(row - 1) is not None and not self.item(row - 1).flags():
            self.scrollToItem(self.item(row - 1))
        self.scrollToItem(self.item(row))
        if self.opened:
            announce(self._box, self.item(row).data(_SPOKEN))

    def _place(self) -> None:
        window = self._box.window()
        if self.parent() is not window:
            self.setParent(window)
            self._hide_when_scrolled()
        window.installEventFilter(self)
        row = theme.px(theme.ROW)
        metrics = self.fontMetrics()
        widest = max(
            metrics.horizontalAdvance(f"{self.item(at).text()}{self.item(at).data(_DETAIL)}")
            for at in range(self.count())
        )
        width = max(self._box.width(), min(widest + theme.px(64), theme.px(560)))
        below = self._box.mapTo(window, QPoint(0, self._box.height() + 2))
        above = self._box.mapTo(window, QPoint(0, -2))
        want = min(self.count(), _MOST) * row + 4
        room_below, room_above = window.height() - below.y(), above.y()
        down = room_below >= want or room_below >= room_above
        height = max(row + 4, min(want, room_below if down else room_above))
        width = min(width, window.width())
        left = max(0, min(below.x(), window.width() - width))
        self.setGeometry(left, below.y() if down else above.y() - height, width, height)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another size of the window puts the box elsewhere."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self.hide()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing to watch any more."""
        super().hideEvent(event)
        self.window().removeEventFilter(self)

    def _hide_when_scrolled(self) -> None:
        above: QWidget | None = self._box.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.verticalScrollBar().valueChanged.connect(self.hide)
            above = above.parentWidget()

    @Slot(QListWidgetItem)
    def _click(self, item: QListWidgetItem) -> None:
        if item.flags():
            self.chosen.emit(item.data(_CHOICE))


class _Line(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.px(theme.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        line = option.rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        marked = bool(option.state & QStyle.StateFlag.State_Selected)
        heading = not index.flags()
        if marked:
            painter.fillRect(option.rect, theme.colour(theme.SELECTION))
            bar = option.rect.adjusted(0, 1, 0, -1)
            bar.setWidth(theme.px(3))
            painter.fillRect(bar, theme.colour(theme.RED))
        elif heading:
            painter.fillRect(option.rect, theme.colour(theme.GROUND))
        detail = str(index.data(_DETAIL) or "")
        metrics = option.fontMetrics
        title = str(index.data())
        painter.setPen(theme.colour(_title_tone(marked=marked, heading=heading)))
        painter.drawText(
            line, _LEFT, metrics.elidedText(title, Qt.TextElideMode.ElideRight, line.width())
        )
        rest = line.adjusted(metrics.horizontalAdvance(title) + theme.px(16), 0, 0, 0)
        if detail and rest.width() > theme.px(24):
            painter.setPen(theme.colour(theme.ON_SELECTION if marked else theme.QUIET))
            short = metrics.elidedText(detail, Qt.TextElideMode.ElideMiddle, rest.width())
            painter.drawText(rest, _RIGHT, short)
        painter.restore()


def _title_tone(*, marked: bool, heading: bool) -> theme.Token:
    if marked:
        return theme.ON_SELECTION
    return theme.QUIET if heading else theme.INK
