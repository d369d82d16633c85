"""Pages of a finished paper on the screen: only those in sight are drawn, off the screens' thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from lanling_desktop.printing import preview
from ui import theme
from ui.widgets.work import Progress, Worker

WIDTH, WHOLE, FULL = "width", "whole", "full"
_KEPT = 12  # pages
_SCREEN = 96 / 72  # pixels a point at 100 %


class PdfView(QAbstractScrollArea):
    """A column of pages. PgUp and PgDn turn them, arrows scroll."""

    page_changed = Signal(int, int)  # page from 1, how many

    def __init__(self, reader: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._pdf = b""
        self._sizes: Sequence[tuple[float, float]] = ()
        self._places: list[QRect] = []
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._asked: set[tuple[int, int]] = set()
        self._in_sight: tuple[int, ...] = ()
        self._generation = 0
        self._page = 0
        self.zoom = WIDTH
        self.empty_text = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("预览")
        self.verticalScrollBar().valueChanged.connect(self._tell)

    @property
    def page_total(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def show_pdf(self, pdf: bytes, sizes: Sequence[tuple[float, float]]) -> None:
        """Show a paper from its first page."""
        same = list(sizes) == list(self._sizes)
        top = self.verticalScrollBar().value() if same else 0
        self._generation += 1
        self._pdf, self._sizes = pdf, tuple(sizes)
        self._pictures.clear()
        self._asked.clear()
        self._arrange()
        self.verticalScrollBar().setValue(top)
        self._tell()

    def clear(self, text: str = "") -> None:
        """Show no page, but perhaps a word."""
        self.empty_text = text
        self.show_pdf(b"", ())

    def set_zoom(self, zoom: str) -> None:
        """Fit the width, fit the page, or as large as on paper."""
        page = self._page
        self.zoom = zoom
        self._arrange()
        self.go(page)

    def go(self, page: int) -> None:
        """Bring a page, counted from 0, to the top."""
        if self._places:
            page = max(0, min(page, len(self._places) - 1))
            self.verticalScrollBar().setValue(self._places[page].top() - theme.px(8))

    def picture(self, page: int) -> QImage | None:
        """What is drawn of a page, None as long as nothing is."""
        return self._pictures.get(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages."""
        bar, line = self.verticalScrollBar(), theme.px(48)
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Space: 1}
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in turns:
            self.go(self._page + turns[key])
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar.setValue(bar.value() + (line if key == Qt.Key.Key_Down else -line))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(0 if key == Qt.Key.Key_Home else len(self._places) - 1)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new room."""
        super().resizeEvent(event)
        page = self._page
        self._arrange()
        self.go(page)

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Paint what came into sight."""
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pages in sight; white paper until a page is drawn."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour(theme.RAIL))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        seen = []
        for page, place in enumerate(self._places):
            there = place.translated(*offset)
            if not there.intersects(self.viewport().rect()):
                continue
            seen.append(page)
            painter.fillRect(there, theme.colour(theme.PAPER))
            self._paint_page(painter, page, there)
            painter.setPen(theme.colour(theme.LINE))
            painter.drawRect(there.adjusted(0, 0, -1, -1))
        self._in_sight = tuple(seen)
        if not self._places and self.empty_text:
            painter.setPen(theme.colour(theme.QUIET))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.empty_text)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(theme.RED), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_page(self, painter: QPainter, page: int, there: QRect) -> None:
        want = round(there.width() * self.devicePixelRatioF())
        picture = self._pictures.get(page)
        if picture is not None:
            self._pictures.move_to_end(page)
            painter.drawImage(QRectF(there), picture)
        else:
            painter.setPen(theme.colour(theme.QUIET))
            painter.drawText(there, Qt.AlignmentFlag.AlignCenter, f"第 {page + 1} 页")
        if picture is None or picture.width() != want:
            self._ask(page, want)

    def _ask(self, page: int, want: int) -> None:
        if (page, want) in self._asked:
            return
        self._asked.add((page, want))
        pdf, generation, width = self._pdf, self._generation, self._sizes[page][0]

        def draw(_progress: Progress) -> QImage | None:
            if page not in self._in_sight or generation != self._generation:
                return None  # scrolled by meanwhile
            across, down, data = preview.render(pdf, page, want * 72 / width)
            return QImage(data, across, down, across * 4, QImage.Format.Format_RGB32).copy()

        def came(picture: QImage | None) -> None:
            if shiboken6.isValid(self) and generation == self._generation:
                self._take(page, want, picture)

        self._reader.run(draw, came)

    def _take(self, page: int, want: int, picture: QImage | None) -> None:
        self._asked.discard((page, want))
        if picture is not None:
            if picture.width() != want:  # rounded otherwise by a pixel: the same page all the same
                picture = picture.scaledToWidth(want)
            self._pictures[page] = picture
            self._pictures.move_to_end(page)
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        self.viewport().update()

    def _arrange(self) -> None:
        gap, room = theme.px(8), self.viewport().size()
        self._places = []
        if not self._sizes or room.width() < 4 * gap:
            self.viewport().update()
            return
        widest = max(width for width, _ in self._sizes)
        highest = max(height for _, height in self._sizes)
        scale = (room.width() - 2 * gap) / widest
        if self.zoom == WHOLE:
            scale = min(scale, (room.height() - 2 * gap) / highest)
        elif self.zoom == FULL:
            scale = _SCREEN
        full = max(room.width(), round(widest * scale) + 2 * gap)
        y = gap
        for width, height in self._sizes:
            across, down = round(width * scale), round(height * scale)
            self._places.append(QRect((full - across) // 2, y, across, down))
            y += down + gap
        down_bar, across_bar = self.verticalScrollBar(), self.horizontalScrollBar()
        down_bar.setRange(0, max(0, y - room.height()))
        down_bar.setPageStep(room.height())
        down_bar.setSingleStep(theme.px(48))
        across_bar.setRange(0, max(0, full - room.width()))
        across_bar.setPageStep(room.width())
        self.viewport().update()

    def _tell(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        below = (at for at, place in enumerate(self._places) if place.bottom() >= middle)
        self._page = next(below, max(0, len(self._places) - 1))
        total = len(self._sizes)
        self.setAccessibleName(f"预览，第 {self._page + 1} 页，共 {total} 页" if total else "预览")
        self.page_changed.emit(self._page + 1 if total else 0, total)
