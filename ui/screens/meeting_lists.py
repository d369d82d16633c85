"""The two lists of a meeting: its agenda with what came of each matter, its roll with who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lanling_desktop.hall import rules
from lanling_desktop.hall.board import Seat, Topic
from ui import theme
from ui.widgets.line_list import Line, LineList

OTHER = "#other"
"""The key of the line 其他事项, which is no matter of its own."""

_OUTCOMES: dict[str, tuple[str, theme.Token]] = {
    rules.AT_ONCE: ("check", theme.GREEN),
    rules.BY_A_DAY: ("clock", theme.BLUE),
    rules.PASSED_ON: ("forward", theme.BLUE),
    rules.PUT_OFF: ("pause", theme.AMBER),
    rules.REJECTED: ("close", theme.QUIET),
}
_OPEN = ("open", theme.QUIET)
_MARKS: dict[str, tuple[str, theme.Token]] = {
    rules.PRESENT: ("check", theme.GREEN),
    rules.SITTING_IN: ("eye", theme.BLUE),
    rules.EXCUSED: ("pause", theme.AMBER),
    rules.ABSENT: ("close", theme.RED),
}
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
KEYS = {
    Qt.Key.Key_C: rules.PRESENT,
    Qt.Key.Key_L: rules.SITTING_IN,
    Qt.Key.Key_Q: rules.EXCUSED,
    Qt.Key.Key_X: rules.ABSENT,
}


def agenda_lines(topics: Sequence[Topic], *, other: bool) -> list[Line]:
    """The agenda: what was left of the last meeting, the new matters, 其他事项."""
    carried = [each for each in topics if each.carried]
    fresh = [each for each in topics if not each.carried]
    found: list[Line] = []
    if carried:
        found.append(_head(f"上次遗留 {len(carried)}"))
        found += [_carried(each) for each in carried]
    found.append(_head(f"新议题 {len(fresh)}"))
    found += [_topic(each) for each in fresh]
    found.append(_head("会议其他"))
    said = ("check", theme.GREEN) if other else _OPEN
    found.append(Line(OTHER, "其他事项", "", "已记" if other else "没有", said[0], said[1]))
    return found


def _head(words: str) -> Line:
    return Line(f"#{words}", words, heading=True)


def _topic(each: Topic) -> Line:
    icon, tone = _OUTCOMES.get(each.disposal, _OPEN)
    state = each.disposal or "还没有结果"
    detail = f"{each.due_on:%m-%d} 前" if each.due_on and each.disposal != rules.AT_ONCE else ""
    return Line(each.id, f"{each.number}　{each.title}", detail, state, icon, tone)


def _carried(each: Topic) -> Line:
    closed = each.status == rules.CLOSED
    icon, tone = ("check", theme.GREEN) if closed else ("clock", theme.BLUE)
    if not each.reported and not each.disposal and not closed:
        icon, tone = _OPEN
    detail = f"{each.due_on:%m-%d} 前" if each.due_on and not closed else ""
    return Line(each.id, f"{each.number}　{each.title}", detail, each.status, icon, tone)


def seat_line(seat: Seat) -> Line:
    """A person of the roll."""
    icon, tone = _MARKS.get(seat.attendance, _OPEN)
    detail = "  ".join(each for each in (seat.duty or seat.side, seat.reason) if each)
    return Line(seat.id, seat.name, detail, seat.attendance or "未点名", icon, tone)


def counts(seats: Sequence[Seat]) -> tuple[int, int]:
    """应到 and 实到, as the minutes count them."""
    should = sum(each.attendance != rules.SITTING_IN for each in seats)
    return should, sum(each.attendance == rules.PRESENT for each in seats)


class AgendaList(LineList):
    """The agenda; Enter goes to the matter, Ctrl+N adds one, Del takes one out, Alt+↑↓ moves it."""

    new_requested = Signal()
    edit_requested = Signal(object)
    delete_requested = Signal(object)
    move_requested = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("议程", parent=parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del and E; the rest is a list's."""
        key, mine = event.key(), self.key() is not None and self.key() != OTHER
        if key == Qt.Key.Key_Delete and mine:
            self.delete_requested.emit(self.key())
        elif key == Qt.Key.Key_E and mine and not event.modifiers():
            self.edit_requested.emit(self.key())
        elif key in _MOVES and mine and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_requested.emit(self.key(), _MOVES[Qt.Key(key)])
        else:
            super().keyPressEvent(event)


class RollList(LineList):
    """The roll: a letter marks a person and goes on to the next one."""

    marked = Signal(object, str)  # attendee id, attendance
    rest_requested = Signal()
    reason_requested = Signal(object)
    edit_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("点名", compact=True, parent=parent)
        self.empty_text = "名单是空的，按 Ctrl+N 加人"
        self.seats: tuple[Seat, ...] = ()
        self._waiting: dict[str, str] = {}  # marks on their way into the office
        self.locked = False

    def show_seats(self, seats: Sequence[Seat]) -> None:
        """Who is expected, as the office has it; marks on their way stand as pressed."""
        self._waiting = {
            each.id: said
            for each in seats
            if (said := self._waiting.get(each.id)) and said != each.attendance
        }
        self.seats = tuple(seats)
        self._write()

    def forget(self) -> None:
        """What was pressed was refused: as the office has it."""
        self._waiting = {}
        self._write()

    def shown(self) -> tuple[Seat, ...]:
        """The roll with the marks as pressed."""
        return tuple(
            replace(each, attendance=self._waiting.get(each.id, each.attendance))
            for each in self.seats
        )

    def _write(self) -> None:
        self.show_lines([seat_line(each) for each in self.shown()])

    def mark(self, attendance: str, *, step: bool = True) -> None:
        """Mark the person in hand and go on."""
        key = self.key()
        if key is None or self.locked:
            return
        self._waiting[str(key)] = attendance
        self._write()
        self.marked.emit(key, attendance)
        if step:
            self.step(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """C L Q X mark, Space turns 出席 and 缺席 about, A marks the rest, R asks why."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        now: Mapping[str, str] = {each.id: each.attendance for each in self.shown()}
        if held or self.locked:
            super().keyPressEvent(event)
        elif key in KEYS:
            self.mark(KEYS[key])
        elif key == Qt.Key.Key_Space:
            there = now.get(str(self.key())) == rules.PRESENT
            self.mark(rules.ABSENT if there else rules.PRESENT, step=False)
        elif key == Qt.Key.Key_A:
            self.rest_requested.emit()
        elif key == Qt.Key.Key_R and self.key() is not None:
            self.reason_requested.emit(self.key())
        elif key == Qt.Key.Key_E and self.key() is not None:
            self.edit_requested.emit(self.key())
        elif key == Qt.Key.Key_Delete and self.key() is not None:
            self.delete_requested.emit(self.key())
        else:
            super().keyPressEvent(event)
