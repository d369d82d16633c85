"""The second step of an import: which received column is which of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.register import Register
from lanling_desktop.exchange import headers
from lanling_desktop.exchange.plan import Received
from ui import theme
from ui.session import Session
from ui.widgets.choice_editors import ChoiceEditor
from ui.widgets.messages import announce
from ui.widgets.paged_table import Column, PagedTable
from ui.widgets.plain_rows import PlainRows, Toned

NOT_TAKEN = "不导入"
SURE, LIKELY, CHOSEN, BEFORE, NONE = "对上了", "像是", "自选", "上次的对法", "没对上"
OURS, NUMBERS = "认记录用", "行号不取"
_TONES = {SURE: theme.GREEN, BEFORE: theme.GREEN, CHOSEN: theme.GREEN, LIKELY: theme.AMBER}
_COLUMNS = (
    Column("列", 44),
    Column("收到的列名", 170),
    Column("对应栏目", 130),
    Column("把握", 84),
    Column("前几行的内容", 300),
)
_SAMPLES = 5
_LOOKED_AT = 200  # rows in which samples are looked for
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Line:
    """One received column as the table shows it."""

    column: int
    letters: str
    text: str
    key: str
    trust: str
    hint: str
    samples: tuple[str, ...]


class Feeding(dict[int, str]):
    """Which column feeds which of ours; one of ours is fed by one column only."""

    def give(self, column: int, key: str) -> int | None:
        """Let a column feed one of ours, or none; returns the column that had fed it."""
        before = next((c for c, k in self.items() if key and k == key and c != column), None)
        if before is not None:
            del self[before]
        self.pop(column, None)
        if key:
            self[column] = key
        return before


def lines_of(received: Received, mapping: Mapping[int, str], chosen: set[int]) -> list[Line]:
    """The received columns with what they are taken for and how surely."""
    offers = {each.column: each for each in received.proposed.offers}
    sure = {(each.column, each.field): each.confidence for each in received.proposed.matches}
    strange = {each.column for each in received.proposed.unknown}
    known = {each.column for each in received.proposed.matches} | strange
    found = []
    for head in received.header.columns:
        key = mapping.get(head.column, "")
        if head.column == received.proposed.record_column:
            trust = OURS
        elif not key:
            trust = NONE if head.column in known else NUMBERS
        elif head.column in chosen:
            trust = CHOSEN
        elif received.remembered:
            trust = BEFORE
        else:
            trust = SURE if sure.get((head.column, key), 0) >= headers.LIKELY else LIKELY
        offer = offers.get(head.column)
        hint = offer.field if offer and not key else ""
        letters = received.sheet.row(1).cell(head.column).address.rstrip("0123456789")
        samples = _samples(received, head.column)
        found.append(Line(head.column, letters, head.full_text, key, trust, hint, samples))
    return found


def _samples(received: Received, column: int) -> tuple[str, ...]:
    texts: list[str] = []
    rows = (each for each in received.sheet.rows if each.number >= received.header.first_data_row)
    for row in islice(rows, _LOOKED_AT):
        text = " ".join(row.cell(column).text.split())
        if text:
            texts.append(text[:40])
            if len(texts) == _SAMPLES:
                break
    return tuple(texts)


class ColumnTable(PagedTable):
    """The received columns; a letter typed goes on to the box beside it."""

    typed = Signal(str)
    cleared = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose, Del takes the choice away."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class ColumnPanel(QFrame):
    """One received column: what stands in it, and what it is for."""

    chosen = Signal(str)  # label of one of ours, or NOT_TAKEN
    left = Signal()

    def __init__(self, session: Session, labels: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.head = QLabel(self)
        self.head.setProperty("kind", "head")
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.place = self._words("quiet")
        caption = self._words("section", "对应栏目")
        said = Field("对应栏目", Kind.CHOICE, choices=(NOT_TAKEN, *labels))
        self.box = ChoiceEditor(said, lambda: session.office.today, self)
        self.box.box.setAccessibleName("对应栏目")
        self.box.box.setAccessibleDescription("打拼音首字母选，Enter 定下，Del 不导入")
        self.box.edited.connect(self._edited)
        caption.setBuddy(self.box.box)
        self.note = self._words("note")
        self.samples_head = self._words("section", "前几行的内容")
        self.samples = self._words("")
        self.missing_head = self._words("section", "还没有列对应的必填栏目")
        self.missing = self._words("note")
        self.rest_head = self._words("section", "这张表没有的栏目")
        self.rest = self._words("quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(16)] * 4)
        layout.setSpacing(theme.px(8))
        for each in (self.head, self.place, caption, self.box, self.note, self.samples_head):
            layout.addWidget(each)
        layout.addWidget(self.samples)
        for each in (self.missing_head, self.missing, self.rest_head, self.rest):
            layout.addWidget(each)
        layout.addStretch(1)

    def show_line(self, line: Line, label: str, hint: str) -> None:
        """Show one received column."""
        self.head.setText(line.text)
        self.place.setText(f"第 {line.letters} 列")
        self.box.set_value(label if line.key else NOT_TAKEN)
        self.box.setEnabled(line.trust != OURS)
        self.samples.setText("\n".join(line.samples) or "前面的行都空着")
        if line.trust == OURS:
            self.say("本程序写出的记录编号，凭它认出原来的记录")
        elif hint:
            self.say(f"可能是“{hint}”，不是就不用管")
        else:
            self.say("")

    def say(self, text: str) -> None:
        """A word on the choice."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def show_missing(self, must: str, may: str) -> None:
        """The columns of ours that nothing feeds."""
        for head, words, text in (
            (self.missing_head, self.missing, must),
            (self.rest_head, self.rest, may),
        ):
            words.setText(text)
            head.setVisible(bool(text))
            words.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what stands in the box, Esc leaves it."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.box.commit_text():
                self.chosen.emit(self.box.text())
                self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _edited(self) -> None:
        if not self.box.popup.opened and self.box.text() in self.box.words():
            self.chosen.emit(self.box.text())

    def _words(self, kind: str, text: str = "") -> QLabel:
        made = QLabel(text, self)
        made.setProperty("kind", kind)
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.PlainText)
        return made


class MappingPage(QWidget):
    """Received columns on the left, the current one on the right."""

    sheet_chosen = Signal(str)

    def __init__(self, session: Session, register: Register, parent: QWidget) -> None:
        super().__init__(parent)
        self._register = register
        self._fields = {each.key: each.field for each in register.exchange_columns}
        self._labels = _labels(self._fields)
        self._keys = {label: key for key, label in self._labels.items()}
        self.received: Received | None = None
        self.mapping = Feeding()
        self._chosen: set[int] = set()
        self._lines: list[Line] = []
        self.found = QLabel(self)
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        self.found.setWordWrap(True)
        self.sheet_words = QLabel("工作表", self)
        self.sheets: ChoiceEditor | None = None
        self._session = session
        self.table = ColumnTable(parent=self, empty_text="没有找到列")
        self.table.setAccessibleName("收到的列")
        self.table.setItemDelegate(Toned(self._tone, self.table))
        self.panel = ColumnPanel(session, tuple(self._labels.values()), self)
        self._build()
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._open)
        self.table.typed.connect(self._typed)
        self.table.cleared.connect(self._clear)
        self.panel.chosen.connect(self._choose)
        self.panel.left.connect(self._back_to_table)

    def _build(self) -> None:
        self._top = QHBoxLayout()
        self._top.setSpacing(theme.px(8))
        self._top.addWidget(self.sheet_words)
        self._top.addWidget(self.found, 1)
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        left.addLayout(self._top)
        left.addWidget(self.table, 1)
        hint = QLabel("↑↓ 换列，打拼音首字母或按 Enter 改对应栏目，Del 不导入这一列", self)
        hint.setProperty("kind", "quiet")
        hint.setWordWrap(True)
        left.addWidget(hint)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(min(theme.px(340), 520))
        scroll.setWidget(self.panel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        layout.addLayout(left, 1)
        layout.addWidget(scroll)

    def show_received(self, received: Received) -> None:
        """Show a file that was read, with the mapping proposed for it."""
        self.received = received
        self.mapping = Feeding(received.mapping)
        self._chosen = set()
        rows = received.header.rows
        where = f"第 {rows[0]} 行" if len(rows) == 1 else f"第 {rows[0]}–{rows[-1]} 行"
        said = [f"表头在{where}"]
        if received.header.title:
            said.insert(0, f"“{received.header.title}”")
        if received.remembered:
            said.append("同样的表头导入过，按上次的对法")
        self.found.setText("，".join((*said, *received.notes)))
        self._show_sheets(received)
        self._show()
        self.table.selectRow(self._first_doubt())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Take over what is typed into the box."""
        if self.panel.box.box.hasFocus() and self.panel.box.commit_text():
            self._choose(self.panel.box.text())

    def _show_sheets(self, received: Received) -> None:
        if self.sheets is not None:
            self.sheets.hide()
            self.sheets.deleteLater()
            self.sheets = None
        many = len(received.sheets) > 1
        self.sheet_words.setText("工作表" if many else f"工作表：{received.sheet.name}")
        if many:
            said = Field("工作表", Kind.CHOICE, choices=received.sheets)
            self.sheets = ChoiceEditor(said, lambda: self._session.office.today, self)
            self.sheets.box.setAccessibleName("工作表")
            self.sheets.set_value(received.sheet.name)
            self.sheets.setFixedWidth(theme.px(200))
            self.sheets.edited.connect(self._sheet_edited)
            self._top.insertWidget(1, self.sheets)

    @Slot()
    def _sheet_edited(self) -> None:
        assert self.sheets is not None
        assert self.received is not None
        name = self.sheets.text()
        if name in self.received.sheets and name != self.received.sheet.name:
            self.sheet_chosen.emit(name)

    def _show(self) -> None:
        assert self.received is not None
        self._lines = lines_of(self.received, self.mapping, self._chosen)
        rows = [
            (
                each.column,
                each.letters,
                each.text,
                self._labels.get(each.key, "" if each.trust == OURS else NOT_TAKEN),
                each.trust,
                "、".join(each.samples),
            )
            for each in self._lines
        ]
        self.table.show_rows(PlainRows(_COLUMNS, rows))
        fed = set(self.mapping.values())
        defaults = self._register.defaults
        missing = [(k, f) for k, f in self._fields.items() if k not in fed]
        also = self._register.of_sheet.words if self._register.of_sheet else {}
        must = [
            f"{self._labels[k]}：{also[k]}"
            if k in also
            else f"{self._labels[k]}：新增的都填“{defaults[k]}”"
            if k in defaults
            else f"{self._labels[k]}：缺了它，新增不了记录"
            for k, f in missing
            if f.required
        ]
        may = "、".join(self._labels[k] for k, f in missing if not f.required)
        self.panel.show_missing("\n".join(must), may)

    def _first_doubt(self) -> int:
        doubts = (at for at, each in enumerate(self._lines) if each.trust == LIKELY or each.hint)
        return next(doubts, 0)

    def _line(self) -> Line | None:
        column = self.table.record_id()
        return next((each for each in self._lines if each.column == column), None)

    def _tone(self, row: int, at: int) -> tuple[theme.Token | None, theme.Token | None]:
        line = self._lines[row] if row < len(self._lines) else None
        if line is None:
            return None, None
        quiet = theme.QUIET if not line.key or at in (0, 4) else None
        return (_TONES.get(line.trust, theme.QUIET), None) if at == 3 else (quiet, None)

    @Slot()
    def _show_current(self) -> None:
        line = self._line()
        if line is not None:
            hint = self._labels.get(line.hint, "")
            self.panel.show_line(line, self._labels.get(line.key, ""), hint)

    @Slot()
    def _open(self) -> None:
        if self.panel.box.isEnabled():
            self.panel.box.focus()
            self.panel.box.open_list()

    @Slot(str)
    def _typed(self, text: str) -> None:
        if self.panel.box.isEnabled():
            self.panel.box.focus()
            self.panel.box.box.clear()
            self.panel.box.box.insert(text)
            self.panel.box.typed(text)

    @Slot()
    def _clear(self) -> None:
        line = self._line()
        if line is not None and line.trust != OURS:
            self._choose(NOT_TAKEN)

    @Slot(str)
    def _choose(self, label: str) -> None:
        line = self._line()
        key = self._keys.get(label, "")
        if line is None or key == line.key:
            return
        before = self.mapping.give(line.column, key)
        self._chosen.add(line.column)
        self._show()
        self._show_current()
        if before is not None:
            other = next(each for each in self._lines if each.column == before)
            self.panel.say(f"“{label}”原来对的是“{other.text}”，那一列改为不导入")
        announce(self, f"{line.text}：{label}")

    @Slot()
    def _back_to_table(self) -> None:
        self.panel.box.popup.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_current_box()

    def _show_current_box(self) -> None:
        line = self._line()
        if line is not None:
            self.panel.box.set_value(self._labels.get(line.key, NOT_TAKEN))


def _labels(fields: Mapping[str, Field]) -> dict[str, str]:
    """What each of ours is called in the choice; two of one name are told apart."""
    names: dict[str, str] = {}
    for key, said in fields.items():
        same = sum(each.split("（")[0] == said.label for each in names.values())
        names[key] = f"{said.label}（{same + 1}）" if same else said.label
    return names
