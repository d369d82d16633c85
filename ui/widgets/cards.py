"""What the start page, the filter line and the rail are made of: cards, chips, rail buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from ui import theme
from ui.widgets.flow import FlowLayout

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# How pressing a matter is: its colour and the word that says the same without colour.
TONES: dict[str, tuple[theme.Token, str]] = {
    "plain": (theme.INK, ""),
    "due": (theme.AMBER, "将到期"),
    "late": (theme.RED, "已超期"),
    "done": (theme.GREEN, "已办完"),
}


def count_text(count: int | None) -> str:
    """A count as the screens write it; not yet known is …"""
    return "…" if count is None else f"{count:,}"


class _Pressable(QPushButton):
    """A button that Enter presses too, painted by its own class, measured anew with the scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another scale is another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Nothing of it may be cut off."""
        return self.sizeHint()

    def ring(self, painter: QPainter, token: theme.Token = theme.RED, inset: int = 1) -> None:
        """The focus ring."""
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(token), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = self.rect().adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(edge, 4, 4)


class Card(_Pressable):
    """A matter of the day: icon, a big number, words; opens the list behind it."""

    def __init__(
        self, icon_name: str, words: str, count: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._words = words
        self._tone = "plain"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int | None, tone: str = "plain") -> None:
        """The number on the card, and how pressing it is (a key of `TONES`)."""
        self._number, self._tone = count_text(count), tone
        said = TONES[tone][1]
        self.setAccessibleName("，".join(x for x in (self._words, self._number, said) if x))
        self.updateGeometry()
        self.update()

    def set_words(self, words: str) -> None:
        """Other words under the number."""
        if words != self._words:
            self._words = words
            said = TONES[self._tone][1]
            self.setAccessibleName("，".join(x for x in (words, self._number, said) if x))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the number and the words."""
        big, small = self._metrics()
        words = big.horizontalAdvance(self._number) + theme.px(theme.ICON)
        words += small.horizontalAdvance(TONES[self._tone][1]) + theme.px(48)
        width = max(words, small.horizontalAdvance(self._words) + theme.px(24), theme.px(168))
        return QSize(width, big.height() + small.height() + theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A calm sheet of paper with one number on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token, said = TONES[self._tone]
        painter.setPen(theme.colour(theme.BORDER if self.underMouse() else theme.LINE))
        painter.setBrush(theme.colour(theme.RAIL if self.isDown() else theme.PAPER))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        pad, side = theme.px(12), theme.px(theme.ICON)
        big, small = self._metrics()
        line = QRect(pad, pad, self.width() - 2 * pad, big.height())
        picture = theme.picture(self._icon_name, token, self.devicePixelRatio())
        painter.drawPixmap(pad, line.center().y() - side // 2, side, side, picture)
        painter.setPen(theme.colour(token))
        painter.setFont(_big())
        painter.drawText(line.adjusted(side + theme.px(8), 0, 0, 0), _LEFT, self._number)
        painter.setFont(theme.font(theme.BODY_PT))
        painter.drawText(line, _RIGHT, said)
        painter.setPen(theme.colour(theme.INK))
        below = QRect(pad, line.bottom() + theme.px(8), line.width(), small.height())
        painter.drawText(below, _LEFT, self._words)
        self.ring(painter)
        painter.end()

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(_big()), QFontMetrics(theme.font(theme.BODY_PT))


class FilterChip(QPushButton):
    """A ready filter with its count; the one in force is ticked."""

    def __init__(self, title: str, count: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._count = count
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.toggled.connect(self._write)
        self._write()

    def set_count(self, count: int | None) -> None:
        """How many records it keeps."""
        self._count = count
        self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _write(self) -> None:
        sign = "✓ " if self.isChecked() else ""
        self.setText(f"{sign}{self._title} {count_text(self._count)}".replace("&", "&&"))
        self.setAccessibleName(f"筛选：{self._title}，{count_text(self._count)}")


class FilterRow(QWidget):
    """Ready filters side by side, one of them in force; arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, FilterChip] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._tell)
        self._layout = FlowLayout(self, theme.px(8), theme.px(4))

    def add(self, key: str, title: str, count: int | None = None) -> FilterChip:
        """Another filter at the end of the row; the first is in force."""
        chip = FilterChip(title, count, self)
        chip.setChecked(not self._chips)
        chip.setObjectName(key)
        self._chips[key] = chip
        self._group.addButton(chip)
        self._layout.addWidget(chip)
        return chip

    def set_count(self, key: str, count: int | None) -> None:
        """How many records a filter keeps."""
        self._chips[key].set_count(count)

    def choose(self, key: str) -> None:
        """Put a filter in force without telling."""
        self._chips[key].setChecked(True)

    @property
    def current(self) -> str:
        """The key of the filter in force, empty without filters."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    @Slot(QAbstractButton)
    def _tell(self, chip: QAbstractButton) -> None:
        self.chosen.emit(chip.objectName())


class RailButton(_Pressable):
    """A module in the rail with its count; the current one is red."""

    def __init__(
        self, icon_name: str, title: str, count: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._title = title
        self.setToolTip(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int | None, *, counted: bool = True) -> None:
        """The number beside the name; none at all where nothing is counted."""
        self._number = count_text(count) if counted and count is not None else ""
        self.setAccessibleName("，".join(each for each in (self._title, self._number) if each))
        self.updateGeometry()
        self.update()

    def set_shortcut(self, keys: str) -> None:
        """The keys that lead here, said beside the name."""
        self.setToolTip(f"{self._title}({keys})")

    def sizeHint(self) -> QSize:
        """Room for icon, name and count."""
        metrics = QFontMetrics(theme.font(theme.RAIL_PT))
        words = metrics.horizontalAdvance(self._title) + metrics.horizontalAdvance(self._number)
        gap = theme.px(12) if self._number else 0
        return QSize(words + gap + theme.px(theme.ICON + 32), theme.px(38))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, name, count; white on red when current."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = self.isChecked()
        ink = theme.ON_RED if current else theme.INK
        painter.setPen(Qt.PenStyle.NoPen)
        if current or self.underMouse():
            painter.setBrush(theme.colour(theme.RED if current else theme.RAIL_HOVER))
            painter.drawRoundedRect(self.rect(), 4, 4)
        pad, side = theme.px(12), theme.px(theme.ICON)
        picture = theme.picture(self._icon_name, ink, self.devicePixelRatio())
        painter.drawPixmap(pad, (self.height() - side) // 2, side, side, picture)
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font(theme.RAIL_PT))
        line = self.rect().adjusted(pad + side + theme.px(8), 0, -pad, 0)
        painter.drawText(line, _LEFT, self._title)
        painter.setPen(theme.colour(ink if current else theme.QUIET))
        painter.drawText(line, _RIGHT, self._number)
        self.ring(painter, theme.ON_RED if current else theme.RED, 3 if current else 1)
        painter.end()


class RailHead(_Pressable):
    """The head of a group of modules in the rail; pressed, it folds or unfolds them."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.is_open = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_open(True)

    def set_open(self, is_open: bool) -> None:
        """Whether its modules are in sight."""
        self.is_open = is_open
        said = "已展开" if is_open else "已收起"
        self.setAccessibleName(f"{self.title}，{said}")
        self.setToolTip("收起" if is_open else "展开")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words and the sign."""
        metrics = QFontMetrics(theme.font(theme.BODY_PT))
        return QSize(metrics.horizontalAdvance(self.title) + theme.px(48), theme.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Quiet words and a sign that points down when open."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.RAIL_HOVER))
            painter.drawRoundedRect(self.rect(), 4, 4)
        pad, side = theme.px(12), theme.px(12)
        sign = theme.picture("down", theme.QUIET, self.devicePixelRatio())
        painter.save()
        painter.translate(pad + side / 2, self.height() / 2)
        painter.rotate(0 if self.is_open else -90)
        painter.drawPixmap(-side // 2, -side // 2, side, side, sign)
        painter.restore()
        painter.setPen(theme.colour(theme.QUIET))
        painter.setFont(theme.font(theme.BODY_PT))
        painter.drawText(self.rect().adjusted(pad + side + theme.px(6), 0, 0, 0), _LEFT, self.title)
        self.ring(painter, theme.RED, 1)
        painter.end()


def _big() -> QFont:
    return theme.font(20, QFont.Weight.DemiBold)
