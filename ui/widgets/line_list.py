"""A short list that is all in memory: headings, a line of words, a quiet one, a state in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.widgets.paged_model import Index

_LINE = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its title, quiet words under or behind it, its state at the right with an icon."""

    key: Any
    title: str
    detail: str = ""
    state: str = ""
    icon: str = ""
    tone: theme.Token = theme.QUIET
    heading: bool = False


class LineList(QListWidget):
    """Lines by keyboard; `compact` puts everything of a line side by side."""

    current_changed = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        name: str,
        *,
        compact: bool = False,
        title_lines: int = 2,
        reading: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.compact = compact
        self.title_lines = title_lines
        self.reading = reading  # to be read and scrolled, not to be chosen from
        self.empty_text = "没有"
        self._told: Any = None
        self.setAccessibleName(name)
        self.setItemDelegate(_Painter(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.NoSelection if reading else modes.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._reveal = QTimer(self, singleShot=True, interval=0)
        self._reveal.timeout.connect(self._show_current)
        self.currentItemChanged.connect(self._tell)
        self.itemDoubleClicked.connect(self._open)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Other lines; the current one stays current where it is still there."""
        kept, row = self.key(), self.currentRow()
        top = self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        for each in lines:
            self.addItem(_item(each))
        self.blockSignals(False)
        keys = [None if each.heading else each.key for each in lines]
        rows = [at for at, each in enumerate(lines) if not each.heading and not self.reading]
        if kept is not None and kept in keys:
            self.setCurrentRow(keys.index(kept))
            self.verticalScrollBar().setValue(top)
        elif rows:
            self.setCurrentRow(next((at for at in rows if at >= row), rows[-1]))
        self.scrollToItem(self.currentItem())
        self._tell()

    def key(self) -> Any:
        """The key of the current line, None without one."""
        item = self.currentItem()
        return item.data(_LINE).key if item is not None else None

    def lines(self) -> list[Line]:
        """Everything shown."""
        return [self.item(at).data(_LINE) for at in range(self.count())]

    def choose(self, key: Any) -> bool:
        """Make a line current; False where it is not there."""
        for at, each in enumerate(self.lines()):
            if each.key == key and not each.heading:
                self.setCurrentRow(at)
                return True
        return False

    def step(self, by: int) -> bool:
        """Go to the next line or the one before; False at the end."""
        rows = [at for at, each in enumerate(self.lines()) if not each.heading]
        if self.currentRow() not in rows:
            self.to_end(last=by < 0)
            return bool(rows)
        at = rows.index(self.currentRow()) + by
        if not 0 <= at < len(rows):
            return False
        self.setCurrentRow(rows[at])
        return True

    def to_end(self, *, last: bool) -> None:
        """Go to the first or the last line."""
        rows = [at for at, each in enumerate(self.lines()) if not each.heading]
        if rows:
            self.setCurrentRow(rows[-1 if last else 0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Up and Down go over headings; Esc is the screen's."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._open()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not self.reading:
            self.to_end(last=event.key() == Qt.Key.Key_End)
        elif step is not None and self.reading:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + step * theme.px(theme.ROW))
        elif step is not None:
            self.step(step)
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters and digits are the screen's
        else:
            super().keyPressEvent(event)
            if event.key() == Qt.Key.Key_Escape:
                event.ignore()

    def keyboardSearch(self, _search: str) -> None:
        """Nothing: letters do not find Chinese words."""

    def paintEvent(self, event: Any) -> None:
        """The lines, or words that there are none."""
        super().paintEvent(event)
        if not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(theme.colour(theme.QUIET))
            room = self.viewport().rect().adjusted(theme.px(8), 0, -theme.px(8), 0)
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(room, flags, self.empty_text)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        self._reveal.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_reveal"):
            self.scheduleDelayedItemsLayout()
            self._reveal.start()

    @Slot()
    def _tell(self) -> None:
        key = self.key()
        if key != self._told:
            self._told = key
            self.current_changed.emit(key)

    @Slot()
    def _show_current(self) -> None:
        if self.currentItem() is not None and not self.reading:
            self.scrollToItem(self.currentItem())

    @Slot()
    def _open(self) -> None:
        if self.key() is not None:
            self.opened.emit(self.key())


def _item(line: Line) -> QListWidgetItem:
    made = QListWidgetItem(line.title)
    made.setData(_LINE, line)
    said = (line.title, line.detail, line.state)
    made.setData(Qt.ItemDataRole.AccessibleTextRole, "，".join(each for each in said if each))
    if line.heading:
        made.setFlags(Qt.ItemFlag.NoItemFlags)
    return made


class _Painter(QStyledItemDelegate):
    """Paints lines; a long title takes a second line."""

    def __init__(self, owner: LineList) -> None:
        super().__init__(owner)
        self._list = owner

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line, metrics = index.data(_LINE), QFontMetrics(theme.font(theme.BODY_PT))
        if line.heading:
            return QSize(0, metrics.height() + theme.px(12))
        if self._list.compact:
            return QSize(0, theme.px(theme.ROW))
        width = self._list.viewport().width() - 2 * theme.px(10)
        high = self._title_height(metrics, line.title, width) + theme.px(14)
        return QSize(0, high + (metrics.height() if line.detail or line.state else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_LINE)
        painter.save()
        painter.setFont(theme.font(theme.BODY_PT))
        room = option.rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        if line.heading:
            painter.fillRect(option.rect, theme.colour(theme.GROUND))
            painter.setFont(theme.font(theme.BODY_PT, QFont.Weight.Bold))
            painter.setPen(theme.colour(line.tone))
            painter.drawText(room, _LEFT, line.title)
        else:
            marked = bool(option.state & QStyle.StateFlag.State_Selected)
            if marked:
                painter.fillRect(option.rect, theme.colour(theme.SELECTION))
                bar = QRect(option.rect)
                bar.setWidth(theme.px(3))
                painter.fillRect(bar, theme.colour(theme.RED))
            if self._list.compact:
                self._across(painter, room, line, marked=marked)
            else:
                self._below(painter, room, line, marked=marked)
            painter.setPen(theme.colour(theme.LINE))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _below(self, painter: QPainter, room: QRect, line: Line, *, marked: bool) -> None:
        metrics = painter.fontMetrics()
        high = self._title_height(metrics, line.title, room.width())
        top = room.adjusted(0, theme.px(6), 0, 0)
        top.setHeight(high)
        painter.setPen(theme.colour(theme.ON_SELECTION if marked else theme.INK))
        painter.drawText(top, _WRAP, self._cut(metrics, line.title, room.width()))
        under = QRect(room.left(), top.bottom() + 1, room.width(), metrics.height())
        taken = self._state(painter, under, line, marked=marked)
        self._detail(painter, under.adjusted(0, 0, -taken, 0), line.detail, marked=marked)

    def _across(self, painter: QPainter, room: QRect, line: Line, *, marked: bool) -> None:
        taken = self._state(painter, room, line, marked=marked)
        room = room.adjusted(0, 0, -taken, 0)
        metrics = painter.fontMetrics()
        painter.setPen(theme.colour(theme.ON_SELECTION if marked else theme.INK))
        title = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, title)
        rest = room.adjusted(metrics.horizontalAdvance(title) + theme.px(12), 0, 0, 0)
        self._detail(painter, rest, line.detail, marked=marked)

    def _detail(self, painter: QPainter, room: QRect, words: str, *, marked: bool) -> None:
        if words and room.width() > theme.px(20):
            painter.setPen(theme.colour(theme.ON_SELECTION if marked else theme.QUIET))
            cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, cut)

    def _state(self, painter: QPainter, room: QRect, line: Line, *, marked: bool) -> int:
        if not line.state:
            return 0
        side, gap = theme.px(16), theme.px(4)
        tone = theme.ON_SELECTION if marked and theme.high_contrast() else line.tone
        width = painter.fontMetrics().horizontalAdvance(line.state)
        painter.setPen(theme.colour(tone))
        painter.drawText(room, _RIGHT, line.state)
        if line.icon:
            left = room.right() - width - gap - side
            top = room.center().y() - side // 2
            ratio = self._list.devicePixelRatio()
            picture = theme.picture(line.icon, tone, ratio, 16)
            painter.drawPixmap(left, top, side, side, picture)
            width += gap + side
        return width + theme.px(12)

    def _title_height(self, metrics: QFontMetrics, title: str, width: int) -> int:
        bounds = metrics.boundingRect(QRect(0, 0, max(1, width), 9999), _WRAP, title)
        return min(bounds.height(), self._list.title_lines * metrics.lineSpacing())

    def _cut(self, metrics: QFontMetrics, title: str, width: int) -> str:
        bounds = metrics.boundingRect(QRect(0, 0, max(1, width), 9999), _WRAP, title)
        if bounds.height() <= self._list.title_lines * metrics.lineSpacing():
            return title
        return metrics.elidedText(
            title, Qt.TextElideMode.ElideRight, int(width * (self._list.title_lines - 0.15))
        )
