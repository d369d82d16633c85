"""What a paper asks for, in a line above its pages: columns, labels to begin at, a title, a day."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.printing.paper import Paper, Request
from ui import theme
from ui.session import Session
from ui.widgets.boxes import LineBox
from ui.widgets.editor import Editor
from ui.widgets.fields import editor_for
from ui.widgets.flow import FlowLayout

_WIDTHS = {Kind.DATE: 136, Kind.INTEGER: 64, Kind.YES_NO: 112}
_TEXT, _LONG, _CHOICE, _SHOWN = 150, 220, 64, 230
_CHOSEN = (Kind.CHOICE, Kind.YES_NO, Kind.MANY)  # what is answered as soon as it is picked
_KEY = "F2"  # goes to the first of them
_PAUSE = 350  # between ticks that belong together


class _Ticks:
    """Columns that are ticked, in the order in which they were; the button that shows them."""

    def __init__(self, words: str, editor: Editor, parent: QWidget) -> None:
        self.words, self.editor = words, editor
        self.order: list[str] = []
        self.button = theme.button("", parent=parent)
        self.button.setCheckable(True)
        self.area = QFrame(parent)
        self.area.setProperty("kind", "bar")
        line = QVBoxLayout(self.area)
        line.setContentsMargins(*[theme.px(8)] * 4)
        line.addWidget(editor)
        self.area.hide()
        self.button.toggled.connect(self._open)
        editor.edited.connect(self.renew)

    def put(self, text: str) -> None:
        """Tick these words."""
        self.editor.set_draft(text)
        ticked = self._ticked()
        self.order = [each for each in text.split("、") if each in ticked]
        self.show_words()

    def renew(self) -> str:
        """The words ticked now, new ones behind the others."""
        ticked = self._ticked()
        self.order = [each for each in self.order if each in ticked]
        self.order += [each for each in ticked if each not in self.order]
        self.show_words()
        return "、".join(self.order)

    def show_words(self) -> None:
        """Say on the button what is ticked, as far as there is room."""
        words = "、".join(self.order)
        mark = "▴" if self.button.isChecked() else "▾"
        room = theme.px(_SHOWN)
        words = words or "请选"
        while len(words) > 2 and self.button.fontMetrics().horizontalAdvance(words) > room:
            words = f"{words[:-2]}…"
        self.button.setText(f"{self.words}：{words} {mark}")
        self.button.setToolTip("、".join(self.order))
        self.button.setAccessibleName(f"{self.words}：{'、'.join(self.order)}")

    def _ticked(self) -> list[str]:
        return [each for each in str(self.editor.draft() or "").split("、") if each]

    def _open(self, opened: bool) -> None:
        self.area.setVisible(opened)
        self.show_words()
        if opened:
            self.editor.focus()


class PaperAsks(QWidget):
    """The questions of a paper with their boxes; `answered` when the paper is to be drawn anew.

    Enter goes on to the next, after the last one `done`. What is pinned is remembered.
    """

    answered = Signal()
    done = Signal()

    def __init__(
        self, session: Session, paper: Paper, request: Request, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._paper = session, paper
        self._editors: dict[str, Editor] = {}
        self._ticks: dict[str, _Ticks] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        line = QWidget(self)
        self._line = FlowLayout(line, theme.px(20), theme.px(4))
        column.addWidget(line)
        for key, said in paper.asked(session.office):
            self._add(key, said)
        for ticks in self._ticks.values():
            column.addWidget(ticks.area)
        self._put(request)
        self._last = self.answers()
        self.setVisible(bool(self._editors))

    def _add(self, key: str, said: Field) -> None:
        editor = editor_for(said, lambda: self._session.office.today, parent=self)
        words = said.label if self._editors else f"{said.label}({_KEY})"
        self._editors[key] = editor
        if said.kind is Kind.MANY:
            self._ticks[key] = ticks = _Ticks(words, editor, self)
            self._line.addWidget(ticks.button)
        else:
            editor.setFixedWidth(self._width(editor))
            editor.box.setAccessibleName(said.label)
            if isinstance(editor.box, LineBox) and said.help:
                editor.box.setPlaceholderText(said.help)
            editor.setToolTip(said.help)
            self._line.addWidget(self._captioned(words, editor))
        editor.left.connect(self._left)
        if said.kind in _CHOSEN:
            editor.edited.connect(self._pause.start)

    def _captioned(self, words: str, editor: Editor) -> QWidget:
        made = QWidget(self)
        caption = QLabel(words, made)
        caption.setBuddy(editor.box)
        caption.setMinimumHeight(theme.px(theme.CONTROL))
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(caption)
        line.addWidget(editor)
        return made

    def _width(self, editor: Editor) -> int:
        said = editor.field
        if said.kind is Kind.CHOICE:
            widest = max(editor.fontMetrics().horizontalAdvance(each) for each in said.choices)
            return widest + theme.px(_CHOICE)
        usual = _LONG if said.max_length > 40 else _TEXT
        if said.kind is Kind.DATE:
            usual = editor.fontMetrics().horizontalAdvance(said.help) + theme.px(_CHOICE)
            return max(usual, theme.px(_WIDTHS[said.kind]))
        return theme.px(_WIDTHS.get(said.kind, usual))

    # What is answered

    def _put(self, request: Request) -> None:
        """What was said already, what was said last, or what the paper starts with."""
        usual = self._paper.answers(self._session.office, request)
        for key, editor in self._editors.items():
            last = self._remembered(key) if editor.field.pinned else ""
            text = request.arguments.get(key) or last or usual.get(key, "")
            if key in self._ticks:
                self._ticks[key].put(text)
                if not self._ticks[key].order:
                    self._ticks[key].put(usual.get(key, ""))
            else:
                editor.set_draft(text)
                if not editor.commit_text():
                    editor.set_problem("")
                    editor.set_draft(usual.get(key, ""))

    def answers(self) -> dict[str, str]:
        """The answers as a request takes them."""
        return {
            key: self._ticks[key].renew() if key in self._ticks else str(editor.draft() or "")
            for key, editor in self._editors.items()
        }

    def of(self, request: Request) -> Request:
        """A request with what is answered."""
        return replace(request, arguments={**request.arguments, **self.answers()})

    @Slot()
    def _left(self) -> None:
        self._pause.stop()
        self._settle()

    @Slot()
    def _settle(self) -> None:
        """Tell what was answered, unless it is wrong or the same as before."""
        for editor in self._editors.values():
            editor.commit_text()
        now = self.answers()
        if now == self._last or any(each.problem for each in self._editors.values()):
            return
        self._last = now
        for key, text in now.items():
            if self._editors[key].field.pinned:
                self._session.settings.setValue(self._place(key), text)
        self.answered.emit()

    def _remembered(self, key: str) -> str:
        return str(self._session.settings.value(self._place(key), "") or "")

    def _place(self, key: str) -> str:
        return f"paper_asks/{self._paper.key}/{key}"

    # Keys

    @property
    def problem(self) -> str:
        """What is wrong with the first answer that is."""
        return next((each.problem for each in self._editors.values() if each.problem), "")

    @property
    def opened(self) -> bool:
        """Whether columns are being ticked."""
        return any(each.button.isChecked() for each in self._ticks.values())

    def close_ticks(self) -> None:
        """Put the ticks away."""
        for each in self._ticks.values():
            each.button.setChecked(False)

    def focus_first(self) -> bool:
        """Go to the first question; False when there is none."""
        first = next(iter(self._stops()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return first is not None

    def enter(self) -> None:
        """What Enter does in a box or among the ticks: on to the next question."""
        stops = self._stops()
        here = next((n for n, each in enumerate(stops) if each.hasFocus()), None)
        for key, ticks in self._ticks.items():
            if ticks.area.isAncestorOf(self.focusWidget() or self):
                here = list(self._editors).index(key)
        self._left()
        self.close_ticks()
        if here is not None and here + 1 < len(stops) and not self.problem:
            stops[here + 1].setFocus(Qt.FocusReason.TabFocusReason)
        elif not self.problem:
            self.done.emit()

    def _stops(self) -> list[QWidget]:
        return [
            self._ticks[key].button if key in self._ticks else editor.box
            for key, editor in self._editors.items()
        ]
