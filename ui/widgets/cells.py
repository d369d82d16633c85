"""A table of cells filled in by keys: type, Enter down, Tab right, blocks to and from Excel."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from lanling_desktop.core.errors import OfficeError
from ui import theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EDITABLE = Qt.ItemFlag.ItemIsEditable
_HINT = QAbstractItemDelegate.EndEditHint
_Index = QModelIndex | QPersistentModelIndex
_SAFE = "没有改动任何数据"


class _Editor(QStyledItemDelegate):
    """The box over a cell; tells the table that Enter ended it."""

    ended = Signal()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """A plain line, on the side the cell's words stand."""
        box = QLineEdit(parent)
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        box.setAlignment(Qt.AlignmentFlag(int(side)))
        box.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        return box

    def eventFilter(self, box: QObject, event: QEvent) -> bool:
        """Enter goes down when the cell has taken its words."""
        enter = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENTER
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        )
        if enter and isinstance(box, QWidget):
            self.commitData.emit(box)
            self.closeEditor.emit(box, _HINT.NoHint)
            self.ended.emit()
            return True
        return super().eventFilter(box, event)


class Cells(QTableView):
    """Cells of a model that takes words; `trouble` tells what could not be pasted."""

    trouble = Signal(object)  # OfficeError
    closed = Signal()  # a box over a cell gave its words and is gone
    barred = Signal()  # something was typed where nothing may be

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.editor = _Editor(self)
        self.editor.ended.connect(self.go_down)
        self.setItemDelegate(self.editor)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._scale()

    def _scale(self) -> None:
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW))

    def changeEvent(self, event: QEvent) -> None:
        """Rows follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "editor"):
            self._scale()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes down, Del empties, Ctrl+C and Ctrl+V carry blocks."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go_down()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.empty()
        else:
            if event.text().strip().isprintable() and event.text().strip():
                self._tell_barred()
            super().keyPressEvent(event)

    def _tell_barred(self) -> None:
        if not self.currentIndex().flags() & _EDITABLE:
            self.barred.emit()

    def go_down(self) -> None:
        """To the cell below."""
        self._go(1, 0)

    def _go(self, down: int, right: int) -> None:
        now = self.currentIndex()
        to = self.model().index(now.row() + down, now.column() + right)
        if to.isValid():
            self.setCurrentIndex(to)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab goes to the cell beside, without opening it."""
        super().closeEditor(editor, _HINT.NoHint)
        self.closed.emit()
        if hint == _HINT.EditNextItem:
            self._go(0, 1)
        elif hint == _HINT.EditPreviousItem:
            self._go(0, -1)

    @property
    def writing(self) -> bool:
        """Whether a box is open over a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    # Blocks

    def _block(self) -> list[list[QModelIndex]]:
        chosen = self.selectedIndexes() or [self.currentIndex()]
        rows = sorted({each.row() for each in chosen})
        columns = sorted({each.column() for each in chosen})
        model = self.model()
        return [[model.index(row, column) for column in columns] for row in rows if row >= 0]

    def copy(self) -> None:
        """The chosen cells as Excel takes them."""
        rows = (
            "\t".join(str(each.data(Qt.ItemDataRole.DisplayRole) or "") for each in row)
            for row in self._block()
        )
        QGuiApplication.clipboard().setText("\n".join(rows))

    def empty(self) -> None:
        """Empty what is chosen and may be."""
        found = [each for row in self._block() for each in row if each.flags() & _EDITABLE]
        if not found:
            self.barred.emit()
        for each in found:
            self.model().setData(each, "", Qt.ItemDataRole.EditRole)

    def paste(self) -> None:
        """A block out of Excel from the first chosen cell on: all of it, or nothing."""
        text = QGuiApplication.clipboard().text().replace("\r\n", "\n").rstrip("\n")
        block = self._block()
        if not text or not block or not block[0][0].isValid():
            return
        first, model = block[0][0], self.model()
        rows = [line.split("\t") for line in text.split("\n")]
        if len(rows) == 1 and len(rows[0]) == 1:  # one figure into everything chosen
            rows = [rows[0] * len(block[0]) for _ in block]
        wide = max(map(len, rows))
        if (
            first.row() + len(rows) > model.rowCount()
            or first.column() + wide > model.columnCount()
        ):
            self._refuse(f"要粘贴的有 {len(rows)} 行 {wide} 列，从这一格起放不下")
            return
        put = []
        for down, row in enumerate(rows):
            for right, typed in enumerate(row):
                index = model.index(first.row() + down, first.column() + right)
                if index.flags() & _EDITABLE:
                    put.append((index, typed))
                elif typed.strip() and typed.strip() != str(index.data() or ""):
                    name = index.data(Qt.ItemDataRole.AccessibleTextRole)
                    self._refuse(f"“{typed.strip()[:12]}”要放进的{name}，这一格不能填")
                    return
        for index, typed in put:
            model.setData(index, typed, Qt.ItemDataRole.EditRole)
        last = model.index(first.row() + len(rows) - 1, first.column() + wide - 1)
        self._choose(first, last)

    def _choose(self, first: QModelIndex, last: QModelIndex) -> None:
        choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(QItemSelection(first, last), choose)

    def _refuse(self, what: str) -> None:
        self.trouble.emit(OfficeError(what, _SAFE, "请选好第一格，或在 Excel 里另选一块复制"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and a ring round the one that keys go to."""
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.colour(theme.RED), 2))
            painter.drawRect(self.visualRect(self.currentIndex()).adjusted(1, 1, -1, -1))
            painter.end()


def stand_at_first(table: Cells, model: QAbstractItemModel) -> None:
    """The first cell that may be filled in."""
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            if model.index(row, column).flags() & _EDITABLE:
                table.setCurrentIndex(model.index(row, column))
                return
    table.setCurrentIndex(model.index(0, 0))
