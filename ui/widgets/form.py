"""The form every record is typed into, built from its Fields; keys first, mouse never needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.widgets.editor import Editor
from ui.widgets.fields import editor_for, nothing_found
from ui.widgets.form_body import FormBody, PinButton, ProblemBar, Sections
from ui.widgets.form_values import FormValues
from ui.widgets.messages import announce
from ui.widgets.value_editors import LongTextEditor

LinkLookup = Callable[[str, str], Sequence[tuple[Any, str, str]]]  # register, words
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Form(FormValues):
    """A form over sections of columns.

    Enter goes on, Shift+Enter back, Ctrl+Enter and Enter in the last box submit, Esc cancels.
    `submitted` is emitted only when nothing is wrong; `changed` when a draft should be kept.
    """

    submitted = Signal()
    cancelled = Signal()
    changed = Signal()
    edited = Signal(str)
    derived = Signal(str, object, object)  # column key, birth, sex
    pin_toggled = Signal(str, bool)

    def __init__(
        self,
        sections: Sections,
        values: Mapping[str, Any] | None = None,
        *,
        texts: Mapping[str, str] | None = None,
        defaults: Mapping[str, Any] | None = None,
        lookup: LinkLookup | None = None,
        read_only: Sequence[str] = (),
        today: Callable[[], date] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._general: list[str] = []
        self._stepped_over: dict[str, Any] = {}
        self.last_typed = ""  # the key of the box the clerk typed in last
        self._today = today or _system_today
        self._lookup = lookup
        self.drafts.due.connect(self.changed)
        self._bar = ProblemBar(self)
        self._bar.jump_requested.connect(self.jump)
        self.body = FormBody(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self.body, 1)
        for title, columns in sections:
            if title:
                self.body.add_title(title)
            for key, said in columns:
                self._add(key, editor_for(said, self._today, self._look_up(said.link)))
        for key in read_only:
            self._editors[key].set_read_only(True)
        self.body.arrange(anew=True)
        self.reset(values, texts=texts, defaults=defaults)

    def reset(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        texts: Mapping[str, str] | None = None,
        defaults: Mapping[str, Any] | None = None,
    ) -> None:
        """Show another record, or an empty one filled with the defaults and carried values.

        `texts` holds the titles behind the ids of links. A default may be (id, title).
        """
        shown = {**(defaults or {}), **(values or {})}
        for key, editor in self._editors.items():
            editor.set_problem("")
            editor.set_note("")
            editor.set_value(shown.get(key), (texts or {}).get(key, ""))
        self.last_typed = ""
        self._stepped_over.clear()
        self._general.clear()
        self._bar.show_problems([])
        self.set_clean()

    def show_only(self, keys: Collection[str]) -> None:
        """Ask for these columns; the others are out of sight."""
        self._away = set(self._editors) - set(keys)
        for key, editor in self._editors.items():
            self.body.show_row(editor, shown=key in keys)
            if key not in keys and editor.problem:
                editor.set_problem("")
        if not self._bar.isHidden():
            self._show_problems()

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is known to be wrong, in the order of the form; the key is empty for the rest."""
        found = [(key, each.problem) for key, each in self._editors.items() if each.problem]
        return found + [("", words) for words in self._general]

    def set_problem(self, key: str, text: str) -> None:
        """Say what is wrong under its box; without a box of that key at the head of the form."""
        if key in self._editors:
            self._editors[key].set_problem(text)
        elif text:
            self._general.append(text)
        else:
            self._general.clear()
        self._show_problems()

    def set_note(self, key: str, text: str, *, reason: bool = False) -> None:
        """Say under a box what is worth a second look, asking for a reason if it stays so."""
        self._editors[key].set_note(text, reason=reason)

    def propose(self, key: str, value: Any, why: str) -> None:
        """Fill an empty box; where something else stands, note the difference and ask why."""
        editor = self._editors.get(key)
        if editor is None or value is None or editor.value() == value:
            return
        if editor.is_empty():
            editor.set_value(value)
            self._touch(key)
            return
        from lanling_desktop.core import values

        said = values.display(editor.field, value)
        editor.set_note(f"{why}是 {said}，与所填不同；属实请写明理由", reason=True)

    def pass_over(self, keys: Sequence[str]) -> None:
        """Enter goes past these boxes while they stay as they are and nothing is to be said."""
        for key in keys:
            if key in self._editors:
                self._stepped_over[key] = self._editors[key].draft()

    def _stops(self, key: str) -> bool:
        editor = self._editors[key]
        if key not in self._stepped_over or editor.problem or editor.note:
            return True
        return bool(editor.draft() != self._stepped_over[key])

    def check(self) -> bool:
        """Read every box, show everything that is wrong and go to the first of it."""
        self._general.clear()
        for editor in self._open().values():
            if not editor.commit_text():
                continue
            if editor.field.required and editor.is_empty():
                editor.set_problem(f"请填写{editor.field.label}")
            elif editor.reason() == "":
                editor.set_problem("请写明理由，或改正所填")
        self._show_problems()
        if self.problems:
            announce(self, f"有 {len(self.problems)} 处要改")
            self.jump(next((key for key, _ in self.problems if key), ""))
        return not self.problems

    def check_typed(self) -> None:
        """Say what is wrong or unfinished in the boxes that hold something."""
        for editor in self._open().values():
            if not editor.is_empty():
                editor.commit_text()

    @Slot()
    def submit(self) -> None:
        """Hand the values over if nothing is wrong with them."""
        if self.check():
            self.submitted.emit()

    @Slot(str)
    def jump(self, key: str) -> None:
        """Put the focus into the box of a column."""
        if key in self._editors:
            self._editors[key].focus()

    @Slot()
    def next_problem(self) -> None:
        """Go to the next box with a problem, from the last one to the first."""
        wrong = [key for key, _ in self.problems if key]
        keys = list(self._editors)
        here = keys.index(self._current()) if self._current() in keys else -1
        if wrong:
            self.jump(next((key for key in wrong if keys.index(key) > here), wrong[0]))

    def focus_first(self) -> None:
        """Put the focus into the first empty box that must be filled, else into the first."""
        boxes = self._open()
        empty = (key for key, each in boxes.items() if each.field.required and each.is_empty())
        self.jump(next(empty, next(iter(boxes), "")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys the boxes leave to the form."""
        key, modifiers = event.key(), event.modifiers()
        current = self._editors.get(self._current())
        if key in _ENTER and modifiers & _CONTROL and not isinstance(current, LongTextEditor):
            self.submit()
        elif key in _ENTER:
            self._step(-1 if modifiers & _SHIFT else 1)
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key == Qt.Key.Key_F8:
            self.next_problem()
        elif key == Qt.Key.Key_T and modifiers & _CONTROL and self._current() in self._pins:
            self._pins[self._current()].toggle()
        else:
            super().keyPressEvent(event)

    def _add(self, key: str, editor: Editor) -> None:
        editor.setParent(self.body.sheet)
        self._editors[key] = editor
        self.body.add_row(key, editor)
        editor.entered.connect(partial(_entered, self.body, editor))
        editor.left.connect(partial(editor.show_help, False))
        editor.edited.connect(self._edited)
        editor.derived.connect(self._derived)
        if editor.field.pinned and not editor.field.computed:
            pin = PinButton(editor.field.label, editor)
            pin.setObjectName(key)
            pin.toggled.connect(self._pinned)
            editor.row.addWidget(pin)
            self._pins[key] = pin

    def _look_up(self, register: str) -> Callable[[str], Sequence[tuple[Any, str, str]]]:
        return partial(self._lookup, register) if self._lookup and register else nothing_found

    def _current(self) -> str:
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Editor):
            widget = widget.parentWidget()
        return widget.objectName() if widget is not None else ""

    def _step(self, by: int) -> None:
        keys = list(self._open())
        if not keys:
            return
        here = self._current()
        at = keys.index(here) + by if here in keys else 0
        while by > 0 and at < len(keys) and not self._stops(keys[at]):
            at += 1
        if at >= len(keys):
            self.submit()
        else:
            self.jump(keys[max(0, at)])

    def _show_problems(self) -> None:
        labels = {key: each.field.label for key, each in self._editors.items()}
        self._bar.show_problems([(key, labels.get(key, ""), said) for key, said in self.problems])

    def _touch(self, key: str) -> None:
        self.drafts.touch()
        self.edited.emit(key)

    @Slot()
    def _edited(self) -> None:
        if not self._bar.isHidden():
            self._show_problems()
        self.last_typed = self.sender().objectName()
        self._touch(self.last_typed)

    @Slot(object, object)
    def _derived(self, birth: object, sex: object) -> None:
        self.derived.emit(self.sender().objectName(), birth, sex)

    @Slot(bool)
    def _pinned(self, on: bool) -> None:
        self.pin_toggled.emit(self.sender().objectName(), on)


def _entered(body: FormBody, editor: Editor) -> None:
    editor.show_help(True)
    body.reveal(editor)


def _system_today() -> date:
    return datetime.now().astimezone().date()
