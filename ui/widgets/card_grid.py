"""Cards side by side, as many in a row as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.widgets.cards import Card

_NARROWEST = 224


class CardGrid(QWidget):
    """Cards of one size; hidden ones leave no gap; arrows move between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[Card] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, theme.px(8))
        self._grid.setSpacing(theme.px(12))

    def add(self, card: Card) -> None:
        """Another card at the end."""
        self.cards.append(card)
        self.arrange()

    def minimumSizeHint(self) -> QSize:
        """One column is enough; a narrower page gets fewer of them."""
        widest = max((each.sizeHint().width() for each in self.cards), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def arrange(self) -> None:
        """Lay the cards that are shown in rows."""
        shown = [each for each in self.cards if not each.isHidden()]
        columns = self._fitting()
        for at, card in enumerate(shown):
            self._grid.addWidget(card, at // columns, at % columns)
        gaps = (columns - 1) * self._grid.spacing()
        width = max(0, (self.width() - gaps) // columns)
        for column in range(max(columns, self._columns)):
            self._grid.setColumnMinimumWidth(column, width if 1 < columns > column else 0)
            self._grid.setColumnStretch(column, int(column < columns))
        self._columns = columns

    def _fitting(self) -> int:
        widest = max((each.sizeHint().width() for each in self.cards), default=0)
        gap = self._grid.spacing()
        room = max(self.width(), 1)
        return max(1, min(4, (room + gap) // (max(widest, theme.px(_NARROWEST)) + gap)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbour."""
        shown = [each for each in self.cards if each.isVisible()]
        focused = self.focusWidget()
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }.get(Qt.Key(event.key()))
        if step is None or focused not in shown:
            super().keyPressEvent(event)
            return
        at = shown.index(focused) + step
        if 0 <= at < len(shown):
            shown[at].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold another number of columns."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Cards grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_grid"):
            self._grid.setSpacing(theme.px(12))
            self.arrange()
