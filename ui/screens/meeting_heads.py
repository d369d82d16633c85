"""The heads of a meeting, typed where they stand: day, times, place, chair, recorder."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core.plain import Entry
from lanling_desktop.hall import rules
from ui import theme
from ui.session import Session
from ui.widgets.editor import Editor
from ui.widgets.fields import editor_for
from ui.widgets.flow import FlowLayout

_WIDTHS = {
    "planned_on": 128,
    "held_on": 128,
    "start_time": 68,
    "end_time": 68,
    "place": 200,
    "chair": 84,
    "recorder": 84,
}
_SHUT = 130  # from this text scale on the boxes are put away, the words stay
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Heads(QWidget):
    """Boxes side by side; in large text a line of words until they are asked for by F2."""

    typed = Signal(str, object)  # column key, value
    left = Signal()
    toggled = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("会议情况")
        self._kept: dict[str, Any] = {}
        self._wanted = False  # asked for although the text is large
        self._locked = False
        columns = session.office.registers["hall_meeting"].all_columns
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.boxes = QWidget(self)
        flow = FlowLayout(self.boxes, theme.px(12), theme.px(4))
        self.editors: dict[str, Editor] = {}
        self._cells: dict[str, QWidget] = {}
        self._labels: list[QLabel] = []
        for key in _WIDTHS:
            editor = editor_for(columns[key].field, lambda: session.office.today, parent=self)
            self.editors[key] = editor
            self._cells[key] = self._cell(key, editor)
            flow.addWidget(self._cells[key])
            editor.left.connect(partial(self._left, key))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(self.words)
        layout.addWidget(self.boxes)
        self._apply_scale()

    def _cell(self, key: str, editor: Editor) -> QWidget:
        cell = QWidget(self.boxes)
        label = QLabel(editor.field.label, cell)
        label.setBuddy(editor.box)
        self._labels.append(label)
        editor.setObjectName(key)
        editor.box.setObjectName(f"{key}.box")
        editor.box.setAccessibleName(editor.field.label)
        line = QHBoxLayout(cell)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(4))
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(editor)
        return cell

    def show_meeting(self, meeting: Entry, *, locked: bool) -> None:
        """Show what is kept; a box that is being typed into is left alone."""
        held = meeting["status"] == rules.HELD
        self._locked = locked
        self._cells["planned_on"].setVisible(not held)
        self._cells["held_on"].setVisible(held)
        for key, editor in self.editors.items():
            editor.set_read_only(locked)
            if self._kept.get(key, ...) != meeting[key] and not editor.box.hasFocus():
                editor.set_value(meeting[key])
                editor.set_problem("")
            self._kept[key] = meeting[key]
        self.words.setText(_said(meeting, held=held))
        self._show_boxes()

    def refuse(self, key: str, words: str) -> None:
        """Say under a box why what stands in it was not saved."""
        self.editors[key].set_problem(words)
        self._wanted = True
        self._show_boxes()

    def enter(self, key: str = "") -> None:
        """The focus into a box."""
        self._wanted = True
        self._show_boxes()
        shown = [each for each in self.editors if not self._cells[each].isHidden()]
        self.editors[key if key in shown else shown[0]].focus()

    def flush(self) -> None:
        """What was typed is given on, though the focus stays."""
        for key in self.editors:
            self._left(key)

    def _left(self, key: str) -> None:
        editor = self.editors[key]
        if self._locked or self._cells[key].isHidden() or not editor.commit_text():
            return
        value = editor.value()
        if value != self._kept.get(key):
            self._kept[key] = value
            self.typed.emit(key, value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Esc and the last Enter go to the matter."""
        shown = [k for k, each in self._cells.items() if not each.isHidden()]
        here = next((k for k in shown if self.editors[k].box.hasFocus()), "")
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in _ENTER and here:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            at = shown.index(here) + (-1 if back else 1)
            if at >= len(shown):
                self._leave()
            else:
                self.editors[shown[max(0, at)]].focus()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self._wanted = False
        self.left.emit()
        self._show_boxes()

    @Slot()
    def toggle(self) -> None:
        """F2: into the boxes, or out of them."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._leave()
        else:
            self.enter()

    def _show_boxes(self) -> None:
        small = theme.scale() < _SHUT
        self.boxes.setVisible(small or self._wanted)
        self.words.setVisible(not small and not self._wanted)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_cells"):
            self._apply_scale()

    def _apply_scale(self) -> None:
        for key, width in _WIDTHS.items():
            self.editors[key].setFixedWidth(theme.px(width))
        for label in self._labels:
            label.setMinimumHeight(theme.px(theme.CONTROL))
        self._show_boxes()


def _said(meeting: Entry, *, held: bool) -> str:
    texts = meeting.texts
    times = "–".join(each for each in (texts["start_time"], texts["end_time"]) if each)
    day = " ".join(each for each in (texts["held_on" if held else "planned_on"], times) if each)
    parts = [day, texts["place"]]
    parts += [f"主持 {texts['chair']}"] if texts["chair"] else []
    parts += [f"记录 {texts['recorder']}"] if texts["recorder"] else []
    return " · ".join(each for each in parts if each) + "　改：F2"
