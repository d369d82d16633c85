"""A short list with a small picture beside each line: its title, and quiet words under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme

_KEY = Qt.ItemDataRole.UserRole
_DETAIL = Qt.ItemDataRole.UserRole + 1
_SIDE, _MOST = 48, 4  # px of a picture at 100 %; lines in sight
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OWN = {
    QKeyCombination(_CONTROL, Qt.Key.Key_N): "add",
    QKeyCombination(_CONTROL, Qt.Key.Key_V): "paste",
    QKeyCombination(_CONTROL, Qt.Key.Key_S): "save",
    QKeyCombination(_CONTROL, Qt.Key.Key_R): "restore",
    QKeyCombination(Qt.Key.Key_F2): "edit",
    QKeyCombination(Qt.Key.Key_Delete): "remove",
}
"""Keys that are the list's own before they are the screen's."""


@dataclass(frozen=True, slots=True)
class PictureLine:
    """One line; `badge` stands where there is no picture."""

    key: str
    title: str
    detail: str
    badge: str


class _Drawn(QStyledItemDelegate):
    """The picture at the left, the title and the quiet words at its right, each cut to its room."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        """As high as the picture, or as two lines of words."""
        words = 2 * option.fontMetrics.height() + theme.px(8)
        return QSize(theme.px(120), max(theme.px(_SIDE + 8), words))

    def paint(  # type: ignore[override]
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Ground, picture, words."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, option.palette.brush(QPalette.ColorRole.Highlight))
        gap, side = theme.px(4), theme.px(_SIDE)
        box = QRect(option.rect.left() + gap, option.rect.top() + gap, side, side)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QPixmap):
            size = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            shown = QRect(0, 0, size.width(), size.height())
            shown.moveCenter(box.center())
            painter.drawPixmap(shown, picture)
        else:
            painter.setPen(theme.colour(theme.BORDER))
            painter.drawRect(box.adjusted(gap, 0, -gap, -1))
            painter.setPen(theme.colour(theme.BLUE))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(picture or ""))
        words = option.rect.adjusted(side + 3 * gap, gap, -gap, -gap)
        half = words.height() // 2
        lines = (
            (index.data(Qt.ItemDataRole.DisplayRole), theme.INK, 0),
            (index.data(_DETAIL), theme.QUIET, half),
        )
        for text, tone, down in lines:
            room = QRect(words.left(), words.top() + down, words.width(), half)
            elide = Qt.TextElideMode.ElideMiddle
            painter.setPen(theme.colour(theme.ON_SELECTION if chosen and not down else tone))
            said = option.fontMetrics.elidedText(str(text), elide, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)


class PictureList(QListView):
    """Lines by keyboard; `asked` says which of its own keys was pressed, `opened` that Enter was."""

    asked = Signal(str)
    opened = Signal()

    def __init__(self, name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Drawn(self))
        self.setAccessibleName(name)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)  # what is dropped is for whoever holds the list
        self.viewport().setAcceptDrops(False)
        self.doubleClicked.connect(self._open)
        self.fit()

    def show_lines(self, lines: Sequence[PictureLine]) -> None:
        """Other lines; the current one stays current where it is still there."""
        current, row = self.key(), self.currentIndex().row()
        self._model.clear()
        for each in lines:
            item = QStandardItem(each.title)
            item.setData(each.key, _KEY)
            item.setData(each.detail, _DETAIL)
            item.setData(each.badge, Qt.ItemDataRole.DecorationRole)
            item.setData(f"{each.title}，{each.detail}", Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(f"{each.title}\n{each.detail}")
            self._model.appendRow(item)
        self.fit()
        if not self.choose(current) and lines:
            self.setCurrentIndex(self._model.index(max(0, min(row, len(lines) - 1)), 0))

    def show_picture(self, key: str, picture: QPixmap) -> None:
        """The small picture of a line has been read."""
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            if item.data(_KEY) == key:
                item.setData(picture, Qt.ItemDataRole.DecorationRole)

    def key(self) -> str:
        """The current line's; '' when there is none."""
        return str(self.currentIndex().data(_KEY) or "")

    def choose(self, key: str) -> bool:
        """Make a line the current one; whether it is there."""
        for row in range(self._model.rowCount()):
            if key and self._model.item(row).data(_KEY) == key:
                self.setCurrentIndex(self._model.index(row, 0))
                return True
        return False

    def titles(self) -> list[str]:
        """What the lines say first."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    def fit(self) -> None:
        """As high as its lines, within bounds; empty, as high as the words that say so."""
        rows = self._model.rowCount()
        if rows:
            high = max(theme.px(_SIDE + 8), 2 * self.fontMetrics().height() + theme.px(8))
            self.setFixedHeight(min(rows, _MOST) * high + 6)
            return
        room = QRect(0, 0, max(self.width() - theme.px(16), theme.px(160)), 10_000)
        words = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self._empty)
        self.setFixedHeight(words.height() + theme.px(20))

    def event(self, event: QEvent) -> bool:
        """Its own keys come before the screen's."""
        own = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if own and event.keyCombination() in _OWN:
            event.accept()
            return True
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange) and hasattr(
            self, "_model"
        ):
            done = super().event(event)
            self.fit()
            return done
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; its own keys ask; the rest is a list's."""
        asked = _OWN.get(event.keyCombination())
        if event.matches(QKeySequence.StandardKey.Paste):
            asked = "paste"
        if asked:
            self.asked.emit(asked)
        elif event.key() in _ENTER and not event.modifiers() & _CONTROL:
            self._open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What to do stands in an empty list."""
        super().paintEvent(event)
        if not self._model.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(theme.colour(theme.QUIET))
            pad = theme.px(6)
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            room = self.viewport().rect().adjusted(pad, pad // 2, -pad, -pad // 2)
            painter.drawText(room, flags, self._empty)
            painter.end()

    def _open(self) -> None:
        if self.key():
            self.opened.emit()
