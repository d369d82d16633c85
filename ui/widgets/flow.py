"""A layout that goes on in the next line where the line is full."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets side by side, as many lines as it takes."""

    def __init__(
        self, parent: QWidget | None, across: int, down: int, *, to_the_right: bool = False
    ) -> None:
        super().__init__(parent)
        self._to_the_right = to_the_right
        self._items: list[QLayoutItem] = []
        self._gaps = across, down
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """One more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the lines at a width."""
        edge = self.contentsMargins()
        inner = width - edge.left() - edge.right()
        return self._place(QRect(0, 0, inner, 0), move=False) + edge.top() + edge.bottom()

    def setGeometry(self, rect: QRect) -> None:
        """Put each where it goes."""
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        """The least it needs."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As wide as the widest."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.sizeHint())
        return size.grownBy(self.contentsMargins())

    def _place(self, rect: QRect, *, move: bool) -> int:
        down, y = self._gaps[1], rect.y()
        for number, line in enumerate(self._lines(rect.width())):
            high = max(item.sizeHint().height() for item in line)
            y += down if number else 0
            if move:
                self._put(line, rect, y)
            y += high
        return y - rect.y()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """What stands in each line; what is hidden leaves no gap."""
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if not lines or wide > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= wide + self._gaps[0]
        return lines

    def _put(self, line: list[QLayoutItem], rect: QRect, y: int) -> None:
        sizes = [item.sizeHint() for item in line]
        high = max(each.height() for each in sizes)
        free = rect.width() - sum(each.width() for each in sizes) - self._gaps[0] * (len(line) - 1)
        x = rect.x() + (max(0, free) if self._to_the_right else 0)
        for item, size in zip(line, sizes, strict=True):
            lower = (high - size.height()) // 2  # a caption stands beside its box, not above
            item.setGeometry(QRect(QPoint(x, y + lower), size))
            x += size.width() + self._gaps[0]
