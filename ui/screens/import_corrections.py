"""Boxes beside the preview of an import, in which wrong cells are put right before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.boxes import LineBox

Corrections = dict[tuple[int, int], str]
"""What a clerk typed instead of a cell's text, by row and column of the sheet."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ToCorrect(NamedTuple):
    """A cell that may be put right: its column, its name, what stands in it, what is wrong."""

    column: int
    name: str
    text: str
    words: str


class CellBoxes(QWidget):
    """A box for every wrong cell of a row; Enter goes on, and from the last one is done."""

    entered = Signal()
    left = Signal()
    stood_in = Signal(QWidget)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells: Sequence[ToCorrect] = ()
        self._rows: list[tuple[QLabel, LineBox]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(4))
        self.hide()

    def show_cells(self, cells: Sequence[ToCorrect]) -> None:
        """Another row's cells, as they stand."""
        self._cells = cells
        while len(self._rows) < len(cells):
            label, box = QLabel(self), LineBox(self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setBuddy(box)
            box.entered.connect(self._tell)
            self._layout.addWidget(label)
            self._layout.addWidget(box)
            self._rows.append((label, box))
        for at, (label, box) in enumerate(self._rows):
            seen = at < len(cells)
            label.setVisible(seen)
            box.setVisible(seen)
            if seen:
                label.setText(f"{cells[at].name}：{cells[at].words or '已改'}")
                theme.mark(label, "kind", "wrong" if cells[at].words else "quiet")
                box.setAccessibleName(cells[at].name)
                box.put(cells[at].text)
        self.setVisible(bool(cells))

    @Slot()
    def _tell(self) -> None:
        self.stood_in.emit(self.sender())

    @property
    def shown(self) -> list[LineBox]:
        """The boxes in sight, from the top."""
        return [box for _, box in self._rows[: len(self._cells)]]

    @property
    def labels(self) -> list[QLabel]:
        """What is said over the boxes in sight."""
        return [label for label, _ in self._rows[: len(self._cells)]]

    def typed(self) -> dict[int, str]:
        """What was typed over a cell, by column."""
        pairs = zip(self._cells, self.shown, strict=True)
        texts = {cell: box.text().strip() for cell, box in pairs}
        return {cell.column: text for cell, text in texts.items() if text != cell.text}

    def go_in(self) -> bool:
        """Focus the first box, its text selected; False where there is none."""
        for box in self.shown[:1]:
            box.setFocus(Qt.FocusReason.TabFocusReason)
            box.selectAll()
        return bool(self.shown)

    def box_key(self, event: QKeyEvent) -> bool:
        """Enter to the next box or on, Esc back with the cell's own text; Ctrl+Enter passes."""
        boxes = self.shown
        at = next((at for at, box in enumerate(boxes) if box.hasFocus()), -1)
        if at < 0 or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in _ENTER:
            if at + 1 < len(boxes):
                boxes[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
            elif self.typed():
                self.entered.emit()
            else:
                self.left.emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.show_cells(self._cells)
            self.left.emit()
            return True
        return False
