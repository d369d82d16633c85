"""Editors of what is typed by kind: long text, identity number, phone, date, number, money."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QPushButton, QWidget

from lanling_desktop.core.field import Field
from ui import theme
from ui.widgets.boxes import LineBox, TextBox
from ui.widgets.editor import Today, TypedEditor

_Hint = Qt.InputMethodHint
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOBILE = re.compile(r"(1\d{2})(\d{4})(\d{4})")


class NameEditor(TypedEditor):
    """A person's name: the input method goes back to Chinese."""


class LongTextEditor(TypedEditor):
    """Several lines that grow with what is written."""

    least, most = 3, 10

    def make_box(self) -> TextBox:
        """A box of several lines."""
        box = GrowingBox(self.least, self.most, self)
        box.textChanged.connect(self._changed)
        self._putting = False
        return box

    def put(self, text: str) -> None:
        """Let a text stand in the box without taking it for typing."""
        self._putting = True
        super().put(text)
        self._putting = False

    def cover(self, text: str) -> str:
        """Nothing of it: names and matters stand anywhere in a long text."""
        return "（敏感内容，进入此框后显示）" if text else ""

    @Slot()
    def _changed(self) -> None:
        if not self._putting:
            self.typed("")


class GrowingBox(TextBox):
    """As high as its lines, within bounds."""

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bounds = least, most
        self.textChanged.connect(self.fit)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_bounds"):
            self.fit()

    def set_bounds(self, least: int, most: int) -> None:
        """Other bounds."""
        self._bounds = least, max(least, most)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Take the height of the lines."""
        least, most = self._bounds
        lines = max(least, min(most, self.document().blockCount()))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + theme.px(18))


class IdentityEditor(TypedEditor):
    """A citizen identity number: grouped 6-8-4 while typed, checked at the 18th character."""

    def __init__(self, said: Field, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(said, today, parent)
        self._proposal: QPushButton | None = None
        self._proposed = ""
        self._told = ""

    def make_box(self) -> LineBox:
        """A box for digits; the input method steps aside."""
        box = super().make_box()
        assert isinstance(box, LineBox)
        box.setInputMethodHints(_Hint.ImhPreferLatin | _Hint.ImhNoPredictiveText)
        return box

    def set_text(self, text: str) -> None:
        """Put a text into the box as if typed, but without telling."""
        super().set_text(grouped(_plain(text)))
        self._offer("")

    def write(self, value: Any) -> str:
        """The text of a value as the box shows it."""
        return grouped(str(value or ""))

    @Slot(str)
    def typed(self, text: str) -> None:
        """The clerk typed."""
        number, box = _plain(text), self.box
        assert isinstance(box, LineBox)
        before = len(_plain(text[: box.cursorPosition()]))
        if grouped(number) != text:
            box.setText(grouped(number))
            box.setCursorPosition(before + (before > 6) + (before > 14))
        super().typed(text)
        self._told = "" if number != self._told else self._told
        self._offer("")
        if len(number) in (15, 18):
            self._check(number)

    def _check(self, number: str) -> None:
        from lanling_desktop.standards import identity

        found = identity.check(number, self.today())
        if found.proposal:
            self._offer(found.proposal)
        elif found.problem:
            self.set_problem(found.problem)
        elif number != self._told:
            self._told = number
            self.derived.emit(found.birth, found.sex)

    def _offer(self, proposal: str) -> None:
        self._proposed = proposal
        if self._proposal is None:
            if not proposal:
                return
            self._proposal = theme.button("", "link", parent=self)
            self._proposal.clicked.connect(self._accept)
            self.column.insertWidget(1, self._proposal, 0, Qt.AlignmentFlag.AlignLeft)
            QWidget.setTabOrder(self.box, self._proposal)
        self._proposal.setText(f"15 位旧号，改为 {grouped(proposal)}")
        self._proposal.setVisible(bool(proposal))

    @Slot()
    def _accept(self) -> None:
        number = self._proposed
        self.set_text(number)
        self.edited.emit()
        self.box.setFocus(Qt.FocusReason.TabFocusReason)
        self._check(number)


class PhoneEditor(TypedEditor):
    """A telephone number: a mobile one is shown 3-4-4."""

    def make_box(self) -> LineBox:
        """A box for digits."""
        box = super().make_box()
        assert isinstance(box, LineBox)
        box.setInputMethodHints(_Hint.ImhDialableCharactersOnly | _Hint.ImhPreferLatin)
        return box

    def write(self, value: Any) -> str:
        """The text of a value as the box shows it."""
        text = str(value or "")
        mobile = _MOBILE.fullmatch(text)
        return " ".join(mobile.groups()) if mobile else text


class NumberEditor(TypedEditor):
    """A whole number, to the right."""

    def make_box(self) -> LineBox:
        """A box for digits."""
        box = super().make_box()
        assert isinstance(box, LineBox)
        box.setInputMethodHints(_Hint.ImhFormattedNumbersOnly | _Hint.ImhPreferLatin)
        box.setAlignment(_RIGHT)
        return box


class MoneyEditor(NumberEditor):
    """An amount: `Decimal` yuan outside, whole fen as stored; both can be set."""

    def value(self) -> Decimal | None:
        """The value in the form, None when empty or not readable."""
        from lanling_desktop.standards import amounts

        fen = super().value()
        return None if fen is None else amounts.yuan(fen)

    def set_value(self, value: Any, text: str = "") -> None:
        """Show a stored value."""
        if isinstance(value, Decimal):
            from lanling_desktop.standards import amounts

            value = amounts.fen(value)
        super().set_value(value, text)

    def read(self, text: str) -> tuple[Any, str]:
        """The value of a text, and what is wrong with it."""
        return super().read(text.strip().removeprefix("¥").removeprefix("￥").removesuffix("元"))


class DateEditor(TypedEditor):
    """A date as clerks type it; the calendar is there for who wants it and Tab passes by."""

    def make_box(self) -> LineBox:
        """A box with a calendar behind a button."""
        box = super().make_box()
        assert isinstance(box, LineBox)
        box.setInputMethodHints(_Hint.ImhPreferNumbers)
        box.add_button("calendar", "日历(Alt+↓)").clicked.connect(self.open_calendar)
        self._calendar: QCalendarWidget | None = None
        return box

    def box_key(self, event: QKeyEvent) -> bool:
        """Keys taken before the box does."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or (event.key() == Qt.Key.Key_Down and alt):
            self.open_calendar()
            return True
        return False

    @Slot()
    def open_calendar(self) -> None:
        """Show the calendar under the box."""
        if self.read_only:
            return
        if self._calendar is None:
            self._calendar = _calendar(self)
            self._calendar.setAccessibleName(f"{self.field.label}：日历")
            self._calendar.activated.connect(self._pick)
            self._calendar.clicked.connect(self._pick)
        day = self.value() or self.today()
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.resize(theme.px(300), theme.px(260))
        room = self.screen().availableGeometry()
        place = self.box.mapToGlobal(QPoint(0, self.box.height()))
        if place.y() + self._calendar.height() > room.bottom():
            place = self.box.mapToGlobal(QPoint(0, -self._calendar.height()))
        self._calendar.move(place)
        self._calendar.show()

    @Slot(QDate)
    def _pick(self, day: QDate) -> None:
        assert self._calendar is not None
        self._calendar.hide()
        self.set_text(self.write(date(day.year(), day.month(), day.day())))
        self.edited.emit()
        self.box.setFocus(Qt.FocusReason.TabFocusReason)


def _calendar(parent: QWidget) -> QCalendarWidget:
    made = QCalendarWidget(parent)
    made.setDateRange(QDate(1800, 1, 1), QDate(2299, 12, 31))  # by itself it goes back to -4714
    made.setWindowFlags(Qt.WindowType.Popup)
    made.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    weekend = QTextCharFormat()
    weekend.setForeground(theme.colour(theme.RED))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        made.setWeekdayTextFormat(day, weekend)
    return made


def grouped(number: str) -> str:
    """A number as far as typed, in groups of 6, 8 and the rest."""
    return " ".join(each for each in (number[:6], number[6:14], number[14:]) if each)


def _plain(text: str) -> str:
    from lanling_desktop.standards import identity

    return identity.normalise(text)
