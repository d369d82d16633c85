"""Editors of what is chosen: a word of a list, yes or no, several words, another record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lanling_desktop.core.field import Field
from ui import theme
from ui.widgets.boxes import LineBox, TickBox
from ui.widgets.editor import Editor, Today, TypedEditor
from ui.widgets.flow import FlowLayout
from ui.widgets.popup import Offer, Popup

Lookup = Callable[[str], Sequence[tuple[Any, str, str]]]  # words → (id, title, detail)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DEBOUNCE = 40
_SHORT = {**dict.fromkeys("ys1√", "是"), **dict.fromkeys("nf20×", "否")}


class _Offering(TypedEditor):
    """A box with a list under it."""

    def __init__(self, said: Field, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(said, today, parent)
        assert isinstance(self.box, LineBox)
        self.popup = Popup(self.box)
        self.popup.chosen.connect(self.pick)
        self.box.left.connect(self.popup.hide)

    def box_key(self, event: QKeyEvent) -> bool:
        """Keys taken before the box does."""
        if self.read_only:
            return False
        if self.popup.key(event):
            return True
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain:
            choice = self.popup.current_choice()
            if choice is not None:
                self.pick(choice)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.open_list()
            return True
        return False

    @Slot()
    def toggle_list(self) -> None:
        """What the arrow does."""
        if self.popup.opened:
            self.popup.hide()
        else:
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.open_list()

    @Slot()
    def open_list(self) -> None:
        """Show everything there is to choose."""
        raise NotImplementedError

    @Slot(object)
    def pick(self, choice: Any) -> None:
        """Take one of the list."""
        raise NotImplementedError


class ChoiceEditor(_Offering):
    """A word of a list: its first letters in pinyin, its code, or a piece of it are enough."""

    def make_box(self) -> LineBox:
        """A box with an arrow."""
        box = super().make_box()
        assert isinstance(box, LineBox)
        words = self.words()
        if len(words) <= 6:
            box.setPlaceholderText("  ".join(self._labels().values()))
        box.add_button("down", "展开(↓)").clicked.connect(self.toggle_list)
        return box

    def words(self) -> tuple[str, ...]:
        """The words there are."""
        from lanling_desktop.core import values

        return values.choices_of(self.field)

    def matches(self, typed: str) -> tuple[str, ...]:
        """The words that fit what was typed, the one taken on leaving first."""
        from lanling_desktop.standards import codes

        typed, words = typed.strip(), self.words()
        fit = codes.initials_match(words, typed)
        exact = self._exact(typed, words)
        return (exact, *(each for each in fit if each != exact)) if exact else fit

    def read(self, text: str) -> tuple[Any, str]:
        """The value of a text, and what is wrong with it."""
        if not text.strip():
            return None, ""
        found = self.matches(text)
        if found:
            return found[0], ""
        some = "、".join(self.words()[:8])
        more = "等" if len(self.words()) > 8 else ""
        return None, f"{self.field.label}没有“{text.strip()}”这一项，可填：{some}{more}"

    @Slot(str)
    def typed(self, text: str) -> None:
        """The clerk typed."""
        super().typed(text)
        self._offer(self.matches(text) if text.strip() else ())

    def commit_text(self) -> bool:
        """Read what was typed and write it as it is kept."""
        choice = self.popup.current_choice()
        if choice is not None and self.text().strip() and str(choice) != self.text():
            self.set_text(str(choice))
            self.edited.emit()
        return super().commit_text()

    @Slot()
    def open_list(self) -> None:
        """Show everything there is to choose."""
        if not self.read_only:
            words = self.words()
            now = self.text().strip()
            self._offer(words, words.index(now) if now in words else 0)

    @Slot(object)
    def pick(self, choice: Any) -> None:
        """Take one of the list."""
        self.popup.hide()
        changed = str(choice) != self.text()
        self.set_text(str(choice))
        if changed:
            self.edited.emit()

    def _exact(self, typed: str, words: tuple[str, ...]) -> str | None:
        from lanling_desktop.standards import codes

        if typed in words:
            return typed
        if isinstance(self.field.choices, str):
            return codes.match(self.field.choices, typed)
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(words):
            return words[int(typed) - 1]
        return None

    def _labels(self) -> dict[str, str]:
        from lanling_desktop.standards import codes

        words, table = self.words(), self.field.choices
        if isinstance(table, str) and table:
            return {each: f"{codes.code_of(table, each)} {each}" for each in words}
        return {each: f"{at} {each}" for at, each in enumerate(words, start=1)}

    def _offer(self, words: Sequence[str], current: int = 0) -> None:
        labels = self._labels()
        offers = [Offer(each, labels[each].split(" ")[0], each) for each in words]
        self.popup.offer(offers, current=current)


class YesNoEditor(ChoiceEditor):
    """Yes or no: 1, y, s for 是; 2, 0, n, f for 否."""

    def words(self) -> tuple[str, ...]:
        """是 and 否."""
        return ("是", "否")

    def matches(self, typed: str) -> tuple[str, ...]:
        """The word that is meant."""
        typed = typed.strip().lower()
        meant = _SHORT.get(typed, typed)
        return (meant,) if meant in self.words() else ()

    def value(self) -> bool | None:
        """The value in the form, None when empty or not readable."""
        word = super().value()
        return None if word is None else word == "是"

    def write(self, value: Any) -> str:
        """The text of a value as the box shows it."""
        if isinstance(value, bool):
            return "是" if value else "否"
        return str(value or "")


class ManyEditor(Editor):
    """Several words of a list, each with its tick; arrows move between the ticks."""

    def __init__(self, said: Field, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(said, today, parent)
        from lanling_desktop.core import values

        self._ticks: dict[str, TickBox] = {}
        area = QWidget(self)
        flow = FlowLayout(area, theme.px(12), 0)
        for word in values.choices_of(said):
            tick = TickBox(word.replace("&", "&&"), area)
            tick.setAccessibleName(f"{said.label}：{word}")
            tick.clicked.connect(self.edited)
            tick.entered.connect(self.entered)
            tick.left.connect(self.left)
            flow.addWidget(tick)
            self._ticks[word] = tick
        self.row.addWidget(area, 1)
        self.box = next(iter(self._ticks.values()), self)
        self.setFocusProxy(self.box)

    def value(self) -> str | None:
        """The value in the form, None when empty or not readable."""
        return "、".join(word for word, tick in self._ticks.items() if tick.isChecked()) or None

    def set_value(self, value: Any, text: str = "") -> None:
        """Show a stored value."""
        words = value.split("、") if isinstance(value, str) else tuple(value or ())
        for word, tick in self._ticks.items():
            tick.setChecked(word in words)

    def draft(self) -> Any:
        """What has been typed so far."""
        return self.value() or ""

    def set_draft(self, draft: Any) -> None:
        """Bring back what had been typed."""
        self.set_value(draft)

    def set_read_only(self, read_only: bool) -> None:
        """Show the value only."""
        super().set_read_only(read_only)
        for tick in self._ticks.values():
            tick.setEnabled(not read_only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move between the ticks."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        ticks = list(self._ticks.values())
        at = next((n for n, each in enumerate(ticks) if each.hasFocus()), None)
        if not step or at is None:
            super().keyPressEvent(event)
            return
        ticks[(at + step) % len(ticks)].setFocus(Qt.FocusReason.TabFocusReason)


class LinkEditor(_Offering):
    """Another record: its title is searched for while typed.

    The value is the record's id; what was typed and not found is handed over as typed, since
    `Office.save` knows whether it can be registered along with the record.
    """

    link_opened = Signal(object)

    def __init__(
        self, said: Field, today: Today, lookup: Lookup, parent: QWidget | None = None
    ) -> None:
        super().__init__(said, today, parent)
        self._lookup = lookup
        self._id: Any = None
        self._title = ""
        self._wait = QTimer(self, singleShot=True, interval=_DEBOUNCE)
        self._wait.timeout.connect(self.open_list)

    def value(self) -> Any:
        """The value in the form, None when empty or not readable."""
        typed = self.text().strip()
        return self._id if self._id is not None and typed == self._title else typed or None

    def set_value(self, value: Any, text: str = "") -> None:
        """An id with its title in `text`, or both as a pair."""
        if isinstance(value, tuple | list):
            value, text = value
        self._id, self._title = value, text or ("" if value is None else str(value))
        super().set_value(value, self._title)

    def draft(self) -> Any:
        """What has been typed so far."""
        linked = self._id is not None and self.text().strip() == self._title
        return [self._id, self._title] if linked else self.text()

    def same(self, draft: Any) -> bool:
        """A title typed over is the record it was, until another of that title is chosen."""
        if isinstance(draft, tuple | list) and isinstance(self.draft(), str):
            return bool(self.text().strip() == draft[1])
        return super().same(draft)

    def set_draft(self, draft: Any) -> None:
        """Bring back what had been typed."""
        if isinstance(draft, tuple | list):
            self.set_value(tuple(draft))
        else:
            self._id = None
            super().set_draft(draft)

    def read(self, text: str) -> tuple[Any, str]:
        """The value of a text, and what is wrong with it."""
        return text.strip() or None, ""

    def write(self, value: Any) -> str:
        """The text of a value as the box shows it."""
        return str(value or "")

    def commit_text(self) -> bool:
        """One record of exactly the title typed is that record."""
        self._wait.stop()
        typed = self.text().strip()
        if typed and typed != self._checked and not self.read_only and typed != self._title:
            same = [each for each in self._lookup(typed) if each[1] == typed]
            self._id = None
            if len(same) == 1:
                self._id, self._title = same[0][0], same[0][1]
            elif same:
                self._checked = typed
                self.set_problem(f"有 {len(same)} 个“{typed}”，请按 ↓ 选定是哪一个")
                return False
        return super().commit_text()

    @Slot(str)
    def typed(self, text: str) -> None:
        """The clerk typed."""
        super().typed(text)
        if text.strip():
            self._wait.start()
        else:
            self._wait.stop()
            self.popup.hide()

    def box_key(self, event: QKeyEvent) -> bool:
        """Keys taken before the box does."""
        if self._wait.isActive() and event.key() in (*_ENTER, Qt.Key.Key_Down):
            self._wait.stop()
            self.open_list()
        return super().box_key(event)

    @Slot()
    def open_list(self) -> None:
        """Show everything there is to choose."""
        if self.read_only or not self.box.hasFocus():
            return
        found = self._lookup(self.text().strip())
        offers = [Offer(title, detail, (key, title)) for key, title, detail in found]
        self.popup.offer(offers or [Offer("没有找到", heading=True)])

    @Slot(object)
    def pick(self, choice: Any) -> None:
        """Take one of the list."""
        self.popup.hide()
        self._wait.stop()
        self.set_value(choice)
        self.edited.emit()
