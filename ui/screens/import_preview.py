"""The third step of an import: what would become of every row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Adopted
from lanling_desktop.core.register import Register
from lanling_desktop.core.values import display
from lanling_desktop.exchange.headers import RECORD_KEY
from lanling_desktop.exchange.plan import (
    CHANGED,
    NEW,
    SAME,
    WRONG,
    ImportPlan,
    PlannedRow,
    Received,
    fields_for,
)
from ui import theme
from ui.screens.import_corrections import CellBoxes, Corrections, ToCorrect
from ui.screens.rows import column_of
from ui.widgets.cards import FilterRow
from ui.widgets.paged_table import Column, PagedTable
from ui.widgets.plain_rows import PlainRows, Toned

ALL, LEFT_OUT = "全部", "没有取的行"
_KINDS = (ALL, NEW, CHANGED, SAME, WRONG, LEFT_OUT)
_FIRST = (Column("行", 52, True), Column("结果", 60), Column("说明", 200))
_LEFT_COLUMNS = (Column("行", 52, True), Column("没有取的原因", 200), Column("这一行写着", 500))
_KIND_TONES = {NEW: theme.GREEN, CHANGED: theme.AMBER, SAME: theme.QUIET, WRONG: theme.RED}
_DOUBT = "可能是同一人"
_MANY = 12  # words in the panel; more are counted


class PlanRows:
    """Planned rows as a list's rows: number, what becomes of it, why, then the cells."""

    def __init__(
        self, register: Register, received: Received, plan: ImportPlan, rows: Sequence[PlannedRow]
    ) -> None:
        fields = fields_for(register)
        self._cells = [(column, key, fields[key]) for column, key in sorted(plan.mapping.items())]
        self.columns = (*_FIRST, *(_column(said) for _, _, said in self._cells))
        self._sheet = received.sheet
        self.rows = rows

    def count(self) -> int:
        """How many there are."""
        return len(self.rows)

    def page(self, first: int, size: int) -> list[tuple[object, ...]]:
        """Some of them; texts are made only of those in sight."""
        return [self._texts(row) for row in self.rows[first : first + size]]

    def position(self, record_id: object) -> int | None:
        """Where a row of the sheet stands."""
        return next((at for at, row in enumerate(self.rows) if row.number == record_id), None)

    def _texts(self, row: PlannedRow) -> tuple[object, ...]:
        raw = self._sheet.row(row.number)
        changes = {each.key: each for each in row.changes}
        wrong = {each.column for each in row.troubles}
        texts: list[str] = []
        for column, key, said in self._cells:
            typed = " ".join(raw.cell(column).text.split())
            value = row.values.get(key)
            if key in changes:
                texts.append(f"{changes[key].before or '空'} → {changes[key].after}")
            elif isinstance(value, Adopted):
                texts.append(f"{value.title}（新建）")
            elif column in wrong or value is None or said.kind is Kind.LINK:
                texts.append(typed)
            else:
                texts.append(display(said, value))
        return (row.number, str(row.number), row.kind, "；".join(said_of(row)), *texts)

    def tones(self, row: int, at: int) -> tuple[theme.Token | None, theme.Token | None]:
        """Red where a cell is wrong, amber where one changes."""
        planned = self.rows[row] if row < len(self.rows) else None
        if planned is None:
            return None, None
        if at == 1:
            return _KIND_TONES[planned.kind], None
        if at < len(_FIRST):
            return (theme.RED if planned.kind == WRONG and at == 2 else theme.QUIET), None
        column, key, _ = self._cells[at - len(_FIRST)]
        if any(each.column == column for each in planned.troubles):
            return theme.RED, theme.SELECTION
        if any(each.key == key for each in planned.changes):
            return None, theme.TODAY
        return (theme.QUIET if planned.kind == SAME else None), None


def _column(said: Field) -> Column:
    """A column wide enough to check an identity number by eye."""
    made = column_of(said)
    return Column(made.label, max(made.width, 164)) if said.kind is Kind.IDENTITY else made


def said_of(row: PlannedRow) -> list[str]:
    """Everything there is to say of a row, the gravest first."""
    found = [f"{each.address} {each.label}：{each.words}".strip() for each in row.troubles]
    found += [f"{each.label}：{each.before or '空'} → {each.after}" for each in row.changes]
    return found + list(row.notes)


class RowPanel(QFrame):
    """What is said of the current row, one sentence under the other, and boxes to put it right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self._lines: list[QLabel] = []
        self.boxes = CellBoxes(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(*[theme.px(16)] * 4)
        self._layout.setSpacing(theme.px(8))
        self._layout.addWidget(self.boxes)
        self._layout.addStretch(1)

    def show_words(self, words: Sequence[tuple[str, str]]) -> None:
        """Lines of (kind, text)."""
        while len(self._lines) < len(words):
            made = QLabel(self)
            made.setWordWrap(True)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            at = len(self._lines)  # the boxes stand under the row's name and what becomes of it
            self._layout.insertWidget(at if at < 2 else at + 1, made)
            self._lines.append(made)
        for at, line in enumerate(self._lines):
            kind, text = words[at] if at < len(words) else ("", "")
            theme.mark(line, "kind", kind)
            line.setText(text)
            line.setVisible(bool(text))

    def text(self) -> str:
        """All of it."""
        labels = (*self._lines, *self.boxes.labels)
        return "\n".join(each.text() for each in labels if each.text())


class PreviewPage(QWidget):
    """Counts as filters, the rows, the sentences of the current one, and the acts."""

    import_chosen = Signal(bool)  # whether wrong rows are skipped
    errors_chosen = Signal()
    back_chosen = Signal()
    corrected = Signal()  # cells were put right: the plan is to be made again

    def __init__(self, register: Register, parent: QWidget) -> None:
        super().__init__(parent)
        self._register = register
        self.corrections: Corrections = {}
        self._correcting = 0  # the row whose cells were put right just now
        self.plan: ImportPlan | None = None
        self._received: Received | None = None
        self._counts: Counter[str] = Counter()
        self._rows: PlanRows | None = None
        self.chips = FilterRow(self)
        for kind in _KINDS:
            self.chips.add(kind, kind, 0)
        self.chips.chosen.connect(self._filter)
        self.table = PagedTable(parent=self, empty_text="没有这样的行")
        self.table.setAccessibleName("要导入的行")
        self.table.setItemDelegate(Toned(self._tones, self.table))
        self.table.current_changed.connect(self._show_current)
        self.panel = RowPanel(self)
        self.not_taken = QLabel(self)
        self.not_taken.setProperty("kind", "quiet")
        self.not_taken.setWordWrap(True)
        self.not_taken.setTextFormat(Qt.TextFormat.PlainText)
        self.reason = QLabel(self)
        self.reason.setWordWrap(True)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.back = theme.button("返回改列(Esc)", parent=self)
        self.errors = theme.button("返还错误表", key="Ctrl+E", parent=self)
        self.skip = theme.button("跳过错误行导入", key="Ctrl+T", parent=self)
        self.all = theme.button("全部导入(Ctrl+Enter)", "primary", parent=self)
        self._build()

    def _build(self) -> None:
        self.back.clicked.connect(self.back_chosen)
        self.errors.clicked.connect(self.errors_chosen)
        self.skip.clicked.connect(self._skip)
        self.all.clicked.connect(self.take_all)
        self.errors.setToolTip("同一张表，错的格子标红，最后加一列写明原因")
        self.table.opened.connect(self.correct)
        self.panel.boxes.entered.connect(self.take_corrections)
        self.panel.boxes.left.connect(self._to_table)
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        for each in (self.chips, self.table, self.not_taken):
            left.addWidget(each, 1 if each is self.table else 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(min(theme.px(300), 460))
        scroll.setWidget(self.panel)
        self.panel.boxes.stood_in.connect(scroll.ensureWidgetVisible)
        body = QHBoxLayout()
        body.setSpacing(theme.px(12))
        body.addLayout(left, 1)
        body.addWidget(scroll)
        acts = QHBoxLayout()
        acts.setSpacing(theme.px(8))
        acts.addWidget(self.reason, 1)
        for each in (self.back, self.errors, self.skip, self.all):
            acts.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(body, 1)
        layout.addLayout(acts)

    def show_plan(self, received: Received, plan: ImportPlan) -> None:
        """Show what an import would do."""
        self._received, self.plan = received, plan
        self._counts = counts = Counter(row.kind for row in plan.rows)
        self.chips.set_count(ALL, len(plan.rows))
        self.chips.set_count(LEFT_OUT, len(plan.left_out))
        for kind in (NEW, CHANGED, SAME, WRONG):
            self.chips.set_count(kind, counts[kind])
        wrong, work = counts[WRONG], counts[NEW] + counts[CHANGED]
        row, self._correcting = self._correcting, 0
        if not row or (self.chips.current != LEFT_OUT and not counts[self.chips.current]):
            self.chips.choose(WRONG if wrong else ALL)
        left = [each for each in plan.unknown if each != RECORD_KEY]  # that one is made use of
        said = f"不导入的列：{'、'.join(left)}" if left else ""
        self.not_taken.setText("。".join((*([said] if said else []), *plan.notes)))
        self.not_taken.setVisible(bool(self.not_taken.text()))
        self.errors.setVisible(wrong > 0)
        self.skip.setVisible(wrong > 0)
        self.all.setEnabled(not wrong and work > 0)
        self.skip.setEnabled(work > 0)
        self.all.setToolTip(self.why_not())
        self.reason.setText(self.why_not() or f"将新增 {counts[NEW]}，修改 {counts[CHANGED]}")
        theme.mark(self.reason, "kind", "wrong" if wrong else "quiet")
        self._filter()
        self._stand_on(row)

    def _stand_on(self, number: int) -> None:
        """Go to a row of the sheet, or the one after it; on to its boxes while correcting."""
        rows = self._rows.rows if self._rows is not None else ()
        at = next((at for at, row in enumerate(rows) if row.number >= number), 0)
        self.table.selectRow(at)
        if not (number and self._counts[WRONG] and self.correct()):
            self._to_table()

    @Slot()
    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def correct(self) -> bool:
        """Go to the first box of the current row; False where none of its cells can be typed."""
        return self.panel.boxes.go_in()

    @Slot()
    def take_corrections(self) -> bool:
        """Take what was typed into the boxes; False where nothing was typed."""
        at = self.table.currentIndex().row()
        typed = self.panel.boxes.typed()
        if self._rows is None or not 0 <= at < len(self._rows.rows) or not typed:
            return False
        row = self._rows.rows[at].number
        self.corrections |= {(row, column): text for column, text in typed.items()}
        self._correcting = row
        self.corrected.emit()
        return True

    def why_not(self) -> str:
        """Why not everything can be imported, empty when it can."""
        assert self.plan is not None
        wrong = self._counts[WRONG]
        if wrong:
            return f"有 {wrong} 行有误：按 Enter 在右边改好；或先跳过这些行，把错误表返还给报送人"
        if not self.plan.rows:
            return "表头下面没有可导入的行"
        if not self._counts[NEW] + self._counts[CHANGED]:
            return f"{len(self.plan.rows)} 行与现有记录全部一致，没有要写入的"
        return ""

    @Slot()
    def take_all(self) -> None:
        """Import everything, or say why not."""
        if self.all.isEnabled():
            self.import_chosen.emit(False)

    @Slot()
    def _skip(self) -> None:
        self.import_chosen.emit(True)

    @Slot()
    def _filter(self) -> None:
        assert self.plan is not None
        assert self._received is not None
        kind = self.chips.current
        if kind == LEFT_OUT:
            self._rows = None
            left = [
                (each.row, str(each.row), each.reason, each.text) for each in self.plan.left_out
            ]
            self.table.show_rows(PlainRows(_LEFT_COLUMNS, left))
        else:
            rows = [each for each in self.plan.rows if kind in (ALL, each.kind)]
            self._rows = PlanRows(self._register, self._received, self.plan, rows)
            self.table.show_rows(self._rows)
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._show_current()

    def _tones(self, row: int, at: int) -> tuple[theme.Token | None, theme.Token | None]:
        return self._rows.tones(row, at) if self._rows is not None else (None, None)

    @Slot()
    def _show_current(self) -> None:
        at = self.table.currentIndex().row()
        if self._rows is None or not 0 <= at < len(self._rows.rows):
            self.panel.show_words([("quiet", self._about_left_out())])
            self.panel.boxes.show_cells(())
            return
        row = self._rows.rows[at]
        words = [("head", f"第 {row.number} 行  {row.title}"), ("section", row.kind)]
        cells = self._to_correct(row)
        boxes = {each.column for each in cells}
        told = [
            ("wrong", f"{e.address} {e.label}：{e.words}".strip())
            for e in row.troubles
            if e.column not in boxes
        ]
        told += [("", f"{e.label}：{e.before or '空'} → {e.after}") for e in row.changes]
        told += [("note" if _DOUBT in each else "quiet", each) for each in row.notes]
        if not told and not cells:
            told = [("quiet", "照原样登记" if row.kind == NEW else "与现有记录一致，不改动")]
        words += told[:_MANY]
        if len(told) > _MANY:
            words.append(("quiet", f"还有 {len(told) - _MANY} 条"))
        self.panel.show_words(words)
        self.panel.boxes.show_cells(cells)

    def _to_correct(self, row: PlannedRow) -> list[ToCorrect]:
        """The cells of a row that are wrong, and those that were put right already."""
        assert self._received is not None
        assert self.plan is not None
        wrong = {each.column: each.words for each in row.troubles if each.column is not None}
        columns = {*wrong, *(column for at, column in self.corrections if at == row.number)}
        raw, fields = self._received.sheet.row(row.number), fields_for(self._register)
        return [
            ToCorrect(
                column,
                f"{raw.cell(column).address} {fields[self.plan.mapping[column]].label}",
                " ".join(raw.cell(column).text.split()),
                wrong.get(column, ""),
            )
            for column in sorted(columns)
            if column in self.plan.mapping
        ]

    def _about_left_out(self) -> str:
        if self.chips.current == LEFT_OUT:
            return "这些行不是记录，没有取；原表不会改动。若有一行该取，请在原表里改好再导入。"
        return ""

    def focused_button(self) -> QPushButton | None:
        """The act that Enter would press."""
        focused = self.focusWidget()
        return focused if isinstance(focused, QPushButton) and focused.hasFocus() else None
