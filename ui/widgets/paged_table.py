"""The list of a register: rows by keyboard, a page of them in memory, columns as last laid out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, QModelIndex, QPoint, QSettings, Qt, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from ui import theme
from ui.widgets.columns import Columns
from ui.widgets.paged_model import (
    PAGE,
    Column,
    NoRows,
    PagedModel,
    RecordRole,
    RowSource,
)
from ui.widgets.work import Worker

__all__ = ["PAGE", "Column", "NoRows", "PagedModel", "PagedTable", "RecordRole", "RowSource"]

_COLUMNS_KEY = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_L
)


class PagedTable(QTableView):
    """The table of a register: rows by keyboard, columns as the clerk last laid them out."""

    opened = Signal(object)
    current_changed = Signal(object)
    sort_requested = Signal(int, bool)

    def __init__(
        self,
        key: str = "",
        settings: QSettings | None = None,
        *,
        worker: Worker | None = None,
        empty_text: str = "没有符合条件的记录",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.empty_text = empty_text
        self._resetting = False
        self._told: Any = None
        self.rows = PagedModel(self, worker)
        self.setModel(self.rows)
        self.columns = Columns(self.horizontalHeader(), key, settings)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # an address ends in what tells it
        self.setAccessibleName("列表")
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self._apply_scale()
        header = self.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._pop_up_columns)
        header.sortIndicatorChanged.connect(self.rows.sort)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.doubleClicked.connect(self._open)
        self.rows.sort_requested.connect(self.sort_requested)

    def show_rows(self, source: RowSource) -> None:
        """Show a source; the current record stays current where the source still has it."""
        kept, row, top = (
            self.record_id(),
            self.currentIndex().row(),
            self.verticalScrollBar().value(),
        )
        self._resetting = True
        self.rows.reset(source)
        self.columns.lay_out(self.rows.columns)
        found = self._row_of(kept, row) if kept is not None else None
        if found is not None:
            self.verticalScrollBar().setValue(top)
            self.selectRow(found)
        self._resetting = False
        self._tell_current()

    def record_id(self) -> Any:
        """The id of the current record, None without one."""
        index = self.currentIndex()
        return self.rows.record_id(index.row()) if index.isValid() else None

    def selected_ids(self) -> list[Any]:
        """The ids of the selected records, from the top."""
        return [self.rows.record_id(row) for row in self._selected()]

    def column_labels(self) -> list[str]:
        """The heads of the visible columns as they stand."""
        return [self.rows.columns[at].label for at in self.columns.visible()]

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard as they stand, tab between the cells."""
        order = self.columns.visible()
        lines = []
        for row in self._selected():
            texts = [str(text or "") for text in self.rows.row_texts(row)]
            lines.append("\t".join(" ".join(texts[at].split()) for at in order))
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def columns_menu(self) -> QMenu:
        """A menu to show and hide columns and to put them back as they were first."""
        return self.columns.menu(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies, Home and End go to the first and last row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self._open()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.keyCombination() == _COLUMNS_KEY:
            self._pop_up_columns(self.horizontalHeader().rect().bottomLeft())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            last = self.rows.rowCount() - 1
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would read every row of the register to find the letter."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, a red bar beside the current one, a ring round it when keys go there."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        current = self.currentIndex()
        if not self.rows.rowCount():
            painter.setPen(theme.colour(theme.QUIET))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.empty_text)
            if self.hasFocus():
                painter.setPen(QPen(theme.colour(theme.RED), 2))
                painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        elif current.isValid():
            top, height = self.rowViewportPosition(current.row()), self.rowHeight(current.row())
            painter.fillRect(0, top, theme.px(3), height - 1, theme.colour(theme.RED))
            if self.hasFocus():
                painter.setPen(QPen(theme.colour(theme.RED), 2))
                painter.drawRect(1, top + 1, self.viewport().width() - 2, height - 3)
        painter.end()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Bar and ring run across the row: Qt would paint the cells anew one by one."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The ring stands at the viewport's edges: it must not be moved along with the cells."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Rows and columns follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "columns"):
            self._apply_scale()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was moved a moment ago is remembered too."""
        self.columns.save_pending()
        super().hideEvent(event)

    def _apply_scale(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW))
        self.columns.apply_scale()

    def _selected(self) -> list[int]:
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(n) for n in range(chosen.count())]
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def _row_of(self, record_id: Any, was: int) -> int | None:
        position = getattr(self.rows.source, "position", None)
        if position is not None:
            found: int | None = position(record_id)
            return found
        near = range(max(0, was - PAGE // 2), min(self.rows.rowCount(), was + PAGE // 2))
        return next((row for row in near if self.rows.record_id(row) == record_id), None)

    @Slot()
    def _tell_current(self) -> None:
        if self._resetting:
            return
        current = self.record_id()
        if current != self._told:
            self._told = current
            self.current_changed.emit(current)

    @Slot()
    def _open(self) -> None:
        record = self.record_id()
        if record is not None:
            self.opened.emit(record)

    @Slot(QPoint)
    def _pop_up_columns(self, at: QPoint) -> None:
        self.columns_menu().popup(self.horizontalHeader().mapToGlobal(at))
