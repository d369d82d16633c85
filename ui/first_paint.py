"""What the window shows before anything else is loaded: its own frame, and the last list's rows.

Painted with plain numbers: importing the look costs a quarter of a bare window's start. For the
same reason nothing here takes a pen, a brush or a flag: the first of them makes PySide build every
enum of `Qt`, 16 ms. Words are in the palette's ink, areas are a pixel drawn large. A test holds
the colours equal to `ui.theme`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette, QPixmap

if TYPE_CHECKING:
    from lanling_desktop.core.list_plan import ListPlan

INK, PAPER, GROUND, RAIL = "#1F2328", "#FFFFFF", "#F7F5F1", "#EFEBE3"
LINE, RED, SELECTION = "#DDD6C9", "#A61E22", "#F6E3DF"
RAIL_WIDTH, RAIL_TOP, RAIL_STEP, ROW, TOP, PAD = 184, 54, 40, 32, 56, 13
_PX_PER_MM = 4.2
_FONT = "Noto Sans SC"


def load_font(folder: Path) -> None:
    """Make the shipped face known; a machine without it paints in its own."""
    QFontDatabase.addApplicationFont(str(folder / "NotoSansSC-Regular.ttf"))


class FirstPaint:
    """The state of the first picture, and how it is painted."""

    def __init__(self, names: Sequence[str], scale: int = 100) -> None:
        self.names = names
        self.scale = scale
        self.title = ""
        self.current = ""
        self.words = ""
        self.progress: tuple[int, int] | None = None
        self.plan: ListPlan | None = None

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        """Rail, search line, foot, and the rows when they are there."""
        px = self._px
        _fill(painter, (0, 0, width, height), GROUND)
        _fill(painter, (0, 0, px(RAIL_WIDTH), height), RAIL)
        _fill(painter, (px(RAIL_WIDTH) - 1, 0, 1, height), LINE)
        self._font(painter, 13.5)
        painter.drawText(px(PAD), px(36), self.title)
        self._font(painter, 11)
        for at, name in enumerate(self.names):
            if name == self.current:
                top = px(RAIL_TOP + at * RAIL_STEP)
                _fill(painter, (px(8), top, px(RAIL_WIDTH - 17), px(38)), SELECTION)
                _fill(painter, (px(8), top, px(4), px(38)), RED)
                painter.drawText(px(48), px(RAIL_TOP + at * RAIL_STEP + 25), name)
        self._font(painter, 10)
        foot = height - px(32)
        _fill(painter, (0, foot, width, px(32)), RAIL)
        _fill(painter, (0, foot, width, 1), LINE)
        painter.drawText(px(8), foot + px(21), self.words)
        left = px(RAIL_WIDTH + PAD)
        self._box(painter, left, px(12), min(px(640), width - left - px(PAD)), px(34))
        if self.plan is not None:
            self._rows(painter, self.plan, QRect(left, px(144), width - left - px(PAD), foot))
        elif self.progress is not None:
            self._bar(painter, QRect(left, 0, width - left, foot))

    def _rows(self, painter: QPainter, plan: ListPlan, room: QRect) -> None:
        px = self._px
        bottom = room.height() - px(PAD)
        painter.drawText(room.x(), px(TOP + 24), f"{plan.title} {plan.total:,}")
        self._box(painter, room.x(), room.y(), room.width(), bottom - room.y())
        _fill(painter, (room.x() + 1, room.y() + 1, room.width() - 1, px(ROW)), RAIL)
        step = px(ROW)
        shown = plan.rows[: max(0, (bottom - room.y()) // step - 1)]
        x = room.x()
        for column, (label, width_mm, right) in enumerate(plan.columns):
            width = px(max(64, width_mm * _PX_PER_MM))
            width = min(width, room.right() - x)
            if width <= 0:
                break
            painter.setClipRect(x, room.y(), width - px(4), bottom - room.y())
            for row, text in enumerate((label, *(each[column + 1] for each in shown))):
                at = x + px(6)
                if right and row:
                    at = x + width - px(8) - painter.fontMetrics().horizontalAdvance(text)
                painter.drawText(at, room.y() + row * step + px(21), text)
            painter.setClipping(False)
            x += width
        for row in range(1, len(shown) + 2):
            _fill(painter, (room.x() + 1, room.y() + row * step, room.width() - 1, 1), LINE)

    def _bar(self, painter: QPainter, room: QRect) -> None:
        px = self._px
        done, total = self.progress or (0, 0)
        width, y = px(360), room.height() // 2
        left = room.x() + (room.width() - width) // 2
        painter.drawText(left, y - px(12), self.words)
        self._box(painter, left, y, width, px(8))
        if total:
            _fill(
                painter, (left + 1, y + 1, (width - 1) * min(done, total) // total, px(8) - 1), RED
            )

    def _box(self, painter: QPainter, x: int, y: int, width: int, height: int) -> None:
        _fill(painter, (x, y, width, height), LINE)
        _fill(painter, (x + 1, y + 1, width - 2, height - 2), PAPER)

    def _px(self, size: float) -> int:
        return round(size * self.scale / 100)

    def _font(self, painter: QPainter, points: float) -> None:
        font = QFont(_FONT)
        font.setPointSizeF(points * self.scale / 100)
        painter.setFont(font)


def palette() -> QPalette:
    """Ink on the office's ground, whatever the desktop's own colours are."""
    made = QPalette()
    made.setColor(QPalette.ColorRole.WindowText, QColor(INK))
    made.setColor(QPalette.ColorRole.Window, QColor(GROUND))
    return made


def _fill(painter: QPainter, room: tuple[int, int, int, int], tone: str) -> None:
    pixel = QPixmap(1, 1)
    pixel.fill(QColor(tone))
    painter.drawPixmap(*room, pixel)
