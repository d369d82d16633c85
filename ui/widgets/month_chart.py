"""A small chart by month: solid and hatched bars with their numbers, in the colours of the look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

_CENTER = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FILLS = ((theme.BLUE, Qt.BrushStyle.SolidPattern), (theme.GREEN, Qt.BrushStyle.BDiagPattern))
_SHARE = 0.7  # of a month's width, taken by its bars
_SMALL = 8.5

Values = Sequence[int | None]


class MonthChart(QWidget):
    """Up to two series side by side; a month that has no value yet stays empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ""
        self.months: tuple[str, ...] = ()
        self.series: tuple[tuple[str, tuple[int | None, ...]], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_months(
        self, title: str, months: Sequence[str], series: Sequence[tuple[str, Values]]
    ) -> None:
        """Show a chart, and say it in words for who cannot see it."""
        self.title, self.months = title, tuple(months)
        self.series = tuple((name, tuple(values)) for name, values in series)
        said = [
            f"{month}{'、'.join(self._said(at))}"
            for at, month in enumerate(self.months)
            if self._said(at)
        ]
        self.setAccessibleName(f"统计图：{title}")
        self.setAccessibleDescription("；".join(said))
        self.update()

    def _said(self, at: int) -> list[str]:
        return [f"{name}{v[at]}件" for name, v in self.series if v[at] is not None]

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(theme.px(420), theme.px(130))

    def minimumSizeHint(self) -> QSize:
        """As small as its words allow."""
        return QSize(theme.px(240), theme.px(92))

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title and key on top, bars with their numbers, months below."""
        painter = QPainter(self)
        painter.setFont(theme.font(_SMALL))
        line = QFontMetricsF(painter.font()).height()
        self._head(painter, line)
        top, base = 2.6 * line, self.height() - 1.3 * line
        largest = max((v or 0 for _, values in self.series for v in values), default=0)
        unit = (base - top) / max(1, largest)
        month = self.width() / max(1, len(self.months))
        bar = month * _SHARE / max(1, len(self.series))
        for at, name in enumerate(self.months):
            left = at * month
            painter.setPen(theme.colour(theme.QUIET))
            painter.drawText(QRectF(left, base, month, 1.3 * line), _CENTER, name)
            for number, (_, values) in enumerate(self.series):
                value = values[at]
                if value is None:
                    continue
                x = left + month * (1 - _SHARE) / 2 + number * bar
                box = QRectF(x, base - value * unit, bar - 1, value * unit)
                if value:
                    self._fill(painter, number, box)
                painter.setPen(theme.colour(theme.INK))
                above = QRectF(x - bar, box.top() - line, 3 * bar, line)
                painter.drawText(above, _CENTER, str(value))
        painter.setPen(QPen(theme.colour(theme.BORDER), 1))
        painter.drawLine(0, round(base), self.width(), round(base))
        painter.end()

    def _head(self, painter: QPainter, line: float) -> None:
        metrics = QFontMetricsF(painter.font())
        painter.setPen(theme.colour(theme.INK))
        right = float(self.width())
        for number in reversed(range(len(self.series))):
            name = self.series[number][0]
            right -= metrics.horizontalAdvance(name)
            painter.drawText(QRectF(right, 0, self.width(), 1.3 * line), _LEFT, name)
            side = 0.7 * line
            right -= side + theme.px(4)
            self._fill(painter, number, QRectF(right, 0.3 * line, side, side))
            painter.setPen(theme.colour(theme.INK))
            right -= theme.px(12)
        title = metrics.elidedText(self.title, Qt.TextElideMode.ElideRight, max(0.0, right))
        painter.drawText(QRectF(0, 0, max(0.0, right), 1.3 * line), _LEFT, title)

    def _fill(self, painter: QPainter, number: int, box: QRectF) -> None:
        """A box in the filling of a series: told apart by pattern, not by colour alone."""
        token, pattern = _FILLS[number % len(_FILLS)]
        tone = theme.colour(token)
        painter.setPen(QPen(tone, 1))
        painter.fillRect(box, theme.colour(theme.PAPER))
        painter.setBrush(QBrush(tone, pattern))
        painter.drawRect(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
