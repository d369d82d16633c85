"""What every editor of a value has in common: its box, and the words under it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from lanling_desktop.core.field import Field
from ui import theme
from ui.widgets.boxes import LineBox, TextBox

Today = Callable[[], date]


class Editor(QWidget):
    """Edits one value of a `Field`.

    `edited` is emitted when the clerk changes the value, never when the program does. What is
    wrong stands in red under the box, a warning in amber with a box for the reason.
    """

    edited = Signal()
    entered = Signal()
    left = Signal()
    derived = Signal(object, object)  # birth and sex, of an identity number only

    def __init__(self, said: Field, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = said
        self.today = today
        self.box: QWidget = self
        self.problem = ""
        self.note = ""
        self.read_only = False
        self._reason: LineBox | None = None
        self._reason_wanted = False
        self._lines: dict[str, QLabel] = {}
        self.row = QHBoxLayout()
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.px(4))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(2))
        self.column.addLayout(self.row)
        self.edited.connect(self.clear_words)

    def value(self) -> Any:
        """The value as `Office.save` takes it; None when empty or not readable."""
        raise NotImplementedError

    def set_value(self, value: Any, text: str = "") -> None:
        """Show a stored value; `text` is the title behind the id of a link."""
        raise NotImplementedError

    def draft(self) -> Any:
        """What has been typed so far, finished or not, as JSON holds it."""
        raise NotImplementedError

    def set_draft(self, draft: Any) -> None:
        """Bring back what had been typed."""
        raise NotImplementedError

    def same(self, draft: Any) -> bool:
        """Whether what stands here means the same as a draft of before."""
        return bool(self.draft() == draft)

    def commit_text(self) -> bool:
        """Read what was typed, write it as it is kept; False when something is wrong with it."""
        return not self.problem

    def set_read_only(self, read_only: bool) -> None:
        """Show the value only; Enter passes by."""
        self.read_only = read_only

    def is_empty(self) -> bool:
        """Whether nothing at all was entered."""
        return self.draft() in ("", None, [])

    def set_problem(self, text: str) -> None:
        """Say in red what is wrong and its cure; empty takes it away."""
        self.problem = text
        self._write("wrong", text)
        theme.mark(self.box, "wrong", "true" if text else "false")
        self._describe()

    def set_note(self, text: str, *, reason: bool = False) -> None:
        """Say in amber what is worth a second look; with `reason` a box asks why it is so."""
        self.note = text
        self._write("note", text)
        self._reason_wanted = reason and bool(text)
        if self._reason_wanted and self._reason is None:
            self._reason = LineBox(self)
            self._reason.setPlaceholderText("写明理由")
            self._reason.setAccessibleName(f"{self.field.label}：理由")
            self.column.addWidget(self._reason)
            QWidget.setTabOrder(self.box, self._reason)
        if self._reason is not None:
            self._reason.setVisible(self._reason_wanted)
        self._describe()

    def reason(self) -> str | None:
        """The reason given; None where no reason is asked for."""
        return self._reason.text().strip() if self._reason and self._reason_wanted else None

    def explain(self, text: str) -> None:
        """Say quietly under the box where its value comes from."""
        self._write("why", text)

    def show_help(self, shown: bool) -> None:
        """The quiet line under the box while it has the focus."""
        self._write("quiet", self.field.help if shown and not self.problem else "")

    def focus(self) -> None:
        """Put the focus into the box as Tab would, its text selected."""
        target = self.box
        if self.reason() == "" and self._reason is not None and not self.problem:
            target = self._reason
        target.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def clear_words(self) -> None:
        """What was said of the old value is no longer true of the new one."""
        if self.problem:
            self.set_problem("")
        if self.note:
            self.set_note("")

    def _write(self, kind: str, text: str) -> None:
        line = self._lines.get(kind)
        if line is None:
            if not text:
                return
            line = QLabel(self)
            line.setProperty("kind", kind)
            line.setWordWrap(True)
            line.setTextFormat(Qt.TextFormat.PlainText)
            self._lines[kind] = line
            self.column.insertWidget(1, line)
        line.setText(text)
        line.setVisible(bool(text))

    def _describe(self) -> None:
        said = ["必填" if self.field.required else "", self.problem, self.note, self.field.help]
        self.box.setAccessibleDescription("；".join(each for each in said if each))


class TypedEditor(Editor):
    """An editor whose value is typed as text and read by the rules of its `Field`.

    A sensitive value is masked while the box has no focus, unless its eye is open; `uncovered`
    tells that it is not. One that is `guarded` is never uncovered nor changed, only typed anew.
    """

    uncovered = Signal()

    def __init__(self, said: Field, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(said, today, parent)
        self._kept = ""  # what is typed while the box shows a mask
        self._masked = False
        self._checked: str | None = None
        self.guarded = False
        self._eye: QToolButton | None = None
        self.box: LineBox | TextBox = self.make_box()
        self.row.addWidget(self.box, 1)
        self.setFocusProxy(self.box)
        self.box.entered.connect(self._enter)
        self.box.left.connect(self._leave)
        if said.sensitive and isinstance(self.box, LineBox):
            self._eye = self.box.add_button("eye", "显示全文", checkable=True)
            self._eye.toggled.connect(self._look)

    def make_box(self) -> LineBox | TextBox:
        """The box this kind is typed into."""
        box = LineBox(self)
        box.textEdited.connect(self.typed)
        return box

    def text(self) -> str:
        """What is typed, whether masked or not."""
        return self._kept if self._masked else self.shown()

    def shown(self) -> str:
        """What stands in the box."""
        return self.box.text() if isinstance(self.box, LineBox) else self.box.toPlainText()

    def set_text(self, text: str) -> None:
        """Put a text into the box as if typed, but without telling."""
        self._kept = text
        self._checked = None
        self._show()

    def value(self) -> Any:
        """The value in the form, None when empty or not readable."""
        return self.read(self.text())[0]

    def set_value(self, value: Any, text: str = "") -> None:
        """Show a stored value."""
        self._checked = None
        if self._eye is not None:
            self._eye.setChecked(False)
        self.set_text(text or self.write(value))
        self._checked = self.text()
        if self.guarded:
            self.set_read_only(self.read_only or bool(self._kept))

    def draft(self) -> Any:
        """What has been typed so far."""
        return self.text()

    def set_draft(self, draft: Any) -> None:
        """Bring back what had been typed."""
        self.set_text(str(draft or ""))

    def same(self, draft: Any) -> bool:
        """Whether what is typed is read as the same value, however it is written."""
        now, before = self.draft(), draft or ""
        if now == before or not (isinstance(now, str) and isinstance(before, str)):
            return bool(now == before)
        if not now.strip() or not before.strip():
            return now.strip() == before.strip()
        value, wrong = self.read(now)
        return not wrong and value is not None and (value, "") == self.read(before)

    def commit_text(self) -> bool:
        """Read what was typed and write it as it is kept."""
        text = self.text()
        if text == self._checked or self.read_only:
            return not self.problem
        value, problem = self.read(text)
        if problem:
            self.set_problem(problem)
        else:
            text = self.write(value)
            self.set_text(text)
        self._checked = text
        return not problem

    def set_read_only(self, read_only: bool) -> None:
        """Show the value only."""
        super().set_read_only(read_only)
        self.box.setReadOnly(read_only)
        policy = Qt.FocusPolicy.ClickFocus if read_only else Qt.FocusPolicy.StrongFocus
        self.box.setFocusPolicy(policy)

    def read(self, text: str) -> tuple[Any, str]:
        """The value of a text, and what is wrong with it."""
        from lanling_desktop.core import values

        try:
            done = values.convert(self.field, text, self.today())
        except (ValueError, ArithmeticError):
            return None, f"{self.field.label}看不懂“{text}”，请核对"
        return done.value, done.problem

    def write(self, value: Any) -> str:
        """The text of a value as the box shows it."""
        from lanling_desktop.core import values

        return values.display(self.field, value)

    def box_key(self, _event: QKeyEvent) -> bool:
        """Keys this kind takes before the box does."""
        return False

    @Slot(str)
    def typed(self, _text: str) -> None:
        """The clerk typed."""
        self._checked = None
        self.edited.emit()

    def put(self, text: str) -> None:
        """Let a text stand in the box; the program's own doing."""
        self.box.put(text)

    def cover(self, text: str) -> str:
        """The mask of a sensitive text."""
        from lanling_desktop.core import values

        return values.mask(self.field, text) or "*" * len(text)

    def _show(self) -> None:
        looked = self.box.hasFocus() or (self._eye is not None and self._eye.isChecked())
        opened = looked and not (self.guarded and self.read_only)
        self._masked = self.field.sensitive and bool(self._kept) and not opened
        self.put(self.cover(self._kept) if self._masked else self._kept)

    @Slot(bool)
    def _look(self, opened: bool) -> None:
        assert self._eye is not None
        assert isinstance(self.box, LineBox)
        words = "遮住" if opened else "显示全文"
        self.box.dress_button(self._eye, "eye-off" if opened else "eye", words)
        self._kept = self.text()
        self._show()
        if opened and not self._masked and self._kept:
            self.uncovered.emit()

    @Slot()
    def _enter(self) -> None:
        if self._masked and not self.guarded:
            self._masked = False
            self.put(self._kept)
            self.uncovered.emit()
        self.entered.emit()

    @Slot()
    def _leave(self) -> None:
        self.commit_text()
        self._kept = self.text()
        if self.field.sensitive:
            self._show()
        self.left.emit()
