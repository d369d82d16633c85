"""One matter of the ledger: how it stands, what can be done about it, its history."""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from lanling_desktop.core.plain import Changes
from lanling_desktop.hall import rules
from lanling_desktop.hall.board import Item, item_of
from lanling_desktop.hall.follow_up import history_of
from ui import theme
from ui.screens.item_acts import ActBar, key_number, possible
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.line_list import Line, LineList
from ui.widgets.pages import words

_TONES: dict[str, tuple[theme.Token, str]] = {
    "overdue": (theme.RED, "warning"),
    "today": (theme.AMBER, "clock"),
    "week": (theme.AMBER, "clock"),
    "verify": (theme.BLUE, "eye"),
    "deferred": (theme.QUIET, "pause"),
    "later": (theme.QUIET, "clock"),
}
_ROOMY = 130  # up to this text scale the history stays while an act is typed
_DONE = (theme.GREEN, "check")


def tone_of(item: Item) -> tuple[theme.Token, str]:
    """The colour and the icon that stand beside the words of a matter's state."""
    return _DONE if item.status == rules.CLOSED else _TONES[item.section]


def item_line(item: Item) -> Line:
    """A matter as a line of a list."""
    token, icon = tone_of(item)
    detail = "  ".join(each for each in (item.serial, item.hall, item.responsible) if each)
    state = item.due_words
    if item.due_on is not None and item.section not in ("verify", "deferred"):
        state = f"{state}（{item.due_on:%m-%d}）"
    return Line(item.id, item.title, detail, state, icon, token)


class ItemPage(QWidget):
    """Shows one matter; a digit begins an act. `meeting_id` is where it is spoken of, if anywhere."""

    left = Signal()
    crowded = Signal(bool)  # whether an act is typed in large text: others make room
    acted = Signal(object)  # Changes

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = 0
        self.meeting_id: str | None = None
        self.item: Item | None = None
        self.locked = False
        self.history_up_to = 200  # the largest text the history is shown in
        self.title, self.quiet, self.due = words("", "head"), words("", "quiet"), words("")
        self.acts = QWidget(self)
        self._flow = FlowLayout(self.acts, theme.px(8), theme.px(4))
        self.buttons: list[QPushButton] = []
        self.bar = ActBar(session, self)
        self.bar.closed.connect(self._closed)
        self.bar.done_with.connect(self._acted)
        self.head = QLabel("来龙去脉", self)
        self.head.setProperty("kind", "section")
        self.history = LineList("来龙去脉", title_lines=8, reading=True, parent=self)
        self.history.empty_text = "还没有记录"
        self.head.setBuddy(self.history)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(8))
        for each in (self.title, self.quiet, self.due, self.acts, self.bar, self.head):
            self.column.addWidget(each)
        self.column.addWidget(self.history, 1)
        session.changed.connect(self._changed)

    def show_item(self, item_id: str | None) -> None:
        """Show another matter, or none."""
        if item_id is None or (self.item is not None and item_id != self.item.id):
            self.bar.hide()
        self.item = item_of(self._session.office, item_id) if item_id else None
        self._write()

    def _write(self) -> None:
        item = self.item
        for each in (self.quiet, self.due, self.acts, self.head, self.history):
            each.setVisible(item is not None)
        if item is None:
            self.title.setText("")
            return
        self.title.setText(item.title)
        parts = (item.serial, item.hall, f"责任人 {item.responsible}" if item.responsible else "")
        self.quiet.setText(" · ".join(each for each in parts if each))
        until = f"完成时限 {item.due_on.isoformat()}，" if item.due_on else ""
        said = f"{until}{item.due_words}"
        self.due.setText(f"{item.status}  {said}" if item.status not in said else said)
        token, _ = tone_of(item)
        kinds = {theme.RED: "wrong", theme.AMBER: "note", theme.GREEN: "done"}
        theme.mark(self.due, "kind", kinds.get(token, ""))
        self._make_room()
        self._offer(item.status)
        self._read_history(item.id)

    def _offer(self, status: str) -> None:
        verbs = [] if self.locked else [each.verb for each in possible(status)]
        if [each.objectName() for each in self.buttons] == verbs:
            return
        while self._flow.count():
            gone = self._flow.takeAt(0)
            if gone is not None and gone.widget() is not None:
                gone.widget().hide()
                gone.widget().deleteLater()
        self.buttons = []
        for number, verb in enumerate(verbs):
            made = theme.button(f"{number + 1} {verb}", parent=self.acts)
            made.setObjectName(verb)
            made.clicked.connect(partial(self.begin, number))
            made.show()
            self._flow.addWidget(made)
            self.buttons.append(made)
        self.acts.updateGeometry()

    def _read_history(self, item_id: str) -> None:
        self._asked += 1
        asked, office = self._asked, self._session.office

        def came(lines: list[tuple[object, str, str, str]]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                shown = [
                    Line(at, f"{kind}　{said}".strip(), f"{day}  {who}")
                    for at, (day, kind, said, who) in enumerate(lines)
                    if said  # not yet spoken of at the meeting that is going on
                ]
                self.history.show_lines(shown[::-1])

        self._session.reader.run(lambda _: history_of(office, item_id), came)

    def begin(self, number: int) -> None:
        """Begin the act of that number."""
        item = self.item
        offered = possible(item.status) if item is not None and not self.locked else ()
        if item is not None and 0 <= number < len(offered):
            self.bar.begin(offered[number], item.id, self.meeting_id)
            self._make_room()

    def begin_close(self) -> None:
        """Begin to strike the matter off."""
        self.begin(0)

    def _make_room(self) -> None:
        """While something is typed in large text, the boxes have the room."""
        crowded = not self.bar.isHidden() and theme.scale() > _ROOMY
        shown = self.item is not None and not crowded
        for each in (self.quiet, self.due, self.acts):
            each.setVisible(shown)
        for each in (self.head, self.history):
            each.setVisible(shown and theme.scale() <= self.history_up_to)
        self.crowded.emit(crowded)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "history"):
            self._make_room()

    @Slot()
    def _closed(self) -> None:
        self._make_room()
        self.left.emit()

    @Slot(object)
    def _acted(self, changes: Changes) -> None:
        if self.item is not None:
            self.show_item(self.item.id)
        self.acted.emit(changes)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        watched = {"action_item", "follow_up", "agenda_item", "hall_meeting"}
        if self.item is not None and (not changes.records or watched & changes.tables):
            self.show_item(self.item.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit begins an act; Enter presses the button that has the focus."""
        focused = self.focusWidget()
        if 0 <= key_number(event.key()) < len(self.buttons) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self.begin(key_number(event.key()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused in self.buttons:
            self.begin(self.buttons.index(focused))
        else:
            super().keyPressEvent(event)
