"""查重: persons entered twice, side by side; one key takes the left or the right value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, View
from lanling_desktop.core.values import mask
from lanling_desktop.people.doubles import Pair, duplicate_pairs
from ui import theme
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.paged_table import Column, PagedTable
from ui.widgets.work import Cancelled

_CONTROL = Qt.KeyboardModifier.ControlModifier
_LEFT, _RIGHT = 1, 2
_SKIPPED = (Kind.LONG_TEXT,)
_KEYS = "←、→ 取左边或右边的内容，Ctrl+←、Ctrl+→ 整条取用，Enter 到下一处不同"
_NO_CONFLICT = "两条没有冲突，空着的一边用另一边的内容补上"


class PairRows:
    """The pairs found, as a list's rows."""

    columns = (Column("姓名", 84), Column("为什么像", 150), Column("把握", 84))

    def __init__(self, pairs: list[Pair]) -> None:
        self._pairs = pairs

    def count(self) -> int:
        """How many pairs there are."""
        return len(self._pairs)

    def page(self, first: int, size: int) -> list[tuple[Any, ...]]:
        """Some of them."""
        return [
            (pair_key(each), _names(each), each.why, "确定" if each.certain else "可能")
            for each in self._pairs[first : first + size]
        ]


@dataclass(frozen=True, slots=True)
class Line:
    """One column of the two records: what each says, and the name `merge_persons` knows it by."""

    choice: str
    label: str
    left: Any
    right: Any
    left_text: str
    right_text: str
    full: tuple[str, str] = ("", "")  # of a sensitive column: what its masks stand for

    def texts(self, *, opened: bool) -> tuple[str, str]:
        """What the two sides show."""
        return self.full if opened and any(self.full) else (self.left_text, self.right_text)

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return self.left != self.right and bool(self.left_text) and bool(self.right_text)


class Comparison(QTableWidget):
    """Two records column by column; ← and → take a value, ↑ and ↓ move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.lines: list[Line] = []
        self._side: list[int] = []
        self._opened = False
        self.setAccessibleName("两条记录逐栏比较")
        self.setHorizontalHeaderLabels(["栏目", "左边一条", "右边一条"])
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for at in (_LEFT, _RIGHT):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.cellClicked.connect(self._clicked)

    def show_lines(self, lines: list[Line]) -> None:
        """Another pair; the left value is taken where both say something."""
        self.lines = lines
        self._side = [_LEFT if each.left_text else _RIGHT for each in lines]
        self.setRowCount(len(lines))
        self.verticalHeader().setDefaultSectionSize(theme.px(theme.ROW))
        for row in range(len(lines)):
            self._write(row)
        differing = next((row for row, each in enumerate(lines) if each.differs), 0)
        if lines:
            self.setCurrentCell(differing, 0)

    def open_masks(self, opened: bool) -> None:
        """Show identity numbers, telephones and addresses whole, or masked again."""
        self._opened = opened
        for row in range(len(self.lines)):
            self._write(row)

    def take(self, row: int, side: int) -> None:
        """Take one side's value of a column."""
        if 0 <= row < len(self.lines) and self.lines[row].differs:
            self._side[row] = side
            self._write(row)

    def take_all(self, side: int) -> None:
        """Take one side's values of every column that differs."""
        for row in range(len(self.lines)):
            self.take(row, side)

    def choices(self) -> dict[str, Any]:
        """The values to be kept over the left record's own."""
        return {
            line.choice: line.right
            for line, side in zip(self.lines, self._side, strict=True)
            if line.differs and side == _RIGHT
        }

    def _write(self, row: int) -> None:
        line, side = self.lines[row], self._side[row]
        for at, text in enumerate((line.label, *line.texts(opened=self._opened))):
            taken = at == side and bool(text)
            item = QTableWidgetItem(f"✓ {text}" if taken and line.differs else text)
            if line.differs and at:
                item.setFont(
                    theme.font(theme.BODY_PT, QFont.Weight.Bold if taken else QFont.Weight.Normal)
                )
                item.setForeground(theme.colour(theme.INK if taken else theme.QUIET))
            state = "取用" if taken else ("不取" if at and text else "")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, "，".join(x for x in (text or "空", state) if x)
            )
            self.setItem(row, at, item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← and → take, with Ctrl for every column; Enter goes to the next that differs."""
        side = {Qt.Key.Key_Left: _LEFT, Qt.Key.Key_Right: _RIGHT}.get(Qt.Key(event.key()))
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if side is not None and event.modifiers() & _CONTROL:
            self.take_all(side)
        elif side is not None:
            self.take(self.currentRow(), side)
        elif enter and not event.modifiers() & _CONTROL:
            self._next()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        rows = [row for row, each in enumerate(self.lines) if each.differs]
        here = self.currentRow()
        if rows:
            self.setCurrentCell(next((row for row in rows if row > here), rows[0]), 0)

    @Slot(int, int)
    def _clicked(self, row: int, column: int) -> None:
        if column in (_LEFT, _RIGHT):
            self.take(row, column)


class MergeScreen(QWidget):
    """Pairs found on the left; the current one compared, merged or told apart on the right."""

    help_topic = "merge"
    shown = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._pairs: list[Pair] = []
        self._asked = self._read = 0
        self._pair: Pair | None = None
        self.total = QLabel("正在查找…", self)
        self.total.setProperty("kind", "head")
        self.hint = QLabel(_KEYS, self)
        self.hint.setProperty("kind", "quiet")
        self.hint.setWordWrap(True)
        self.why = QLabel(self)
        self.why.setProperty("kind", "head")
        self.why.setWordWrap(True)
        self.table = PagedTable(
            "merge", session.settings, empty_text="没有像是重复登记的人", parent=self
        )
        self.table.setAccessibleName("像是重复登记的人")
        self.comparison = Comparison(self)
        self.merge = theme.button("合并(Ctrl+Enter)", "primary", parent=self)
        self.apart = theme.button("不是同一人", key="Alt+N", parent=self)
        self.look = theme.button("显示全部号码", key="Alt+A", parent=self)
        self.look.setCheckable(True)
        self._build()
        self.table.current_changed.connect(self._choose)
        self.table.opened.connect(self._enter)
        self.merge.clicked.connect(self.merge_pair)
        self.apart.clicked.connect(self.mark_apart)
        self.look.toggled.connect(self.comparison.open_masks)
        session.changed.connect(self._changed)
        self.reload()

    def _build(self) -> None:
        left, right = QWidget(self), QWidget(self)
        foot = FlowLayout(None, theme.px(8), theme.px(4), to_the_right=True)
        foot.addWidget(self.look)
        foot.addWidget(self.apart)
        foot.addWidget(self.merge)
        for side, parts in (
            (left, (self.total, self.table)),
            (right, (self.why, self.hint, self.comparison)),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.px(8))
            for part in parts:
                column.addWidget(part, int(part in (self.table, self.comparison)))
        right.layout().addLayout(foot)  # type: ignore[union-attr]
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.px(12))
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([360, 720])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(12)] * 4)
        layout.addWidget(split)

    def begin(self) -> None:
        """The screen came into sight."""
        (self.focusWidget() or self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def reload(self) -> None:
        """Look through the whole register behind the screen."""
        self._asked += 1
        asked, office = self._asked, self.session.office

        def came(pairs: list[Pair]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._show(pairs)

        self.session.reader.run(lambda _: duplicate_pairs(office), came, self._trouble)

    def _show(self, pairs: list[Pair]) -> None:
        self._pairs = pairs
        self.total.setText(f"像是重复登记的 {len(pairs):,} 对")
        self.table.show_rows(PairRows(pairs))
        if self.table.record_id() is None and pairs:
            self.table.selectRow(0)
        if not pairs:
            self._choose(None)
        self.shown.emit()

    @Slot(object)
    def _choose(self, key: object) -> None:
        self._read += 1
        read, office = self._read, self.session.office
        self._pair = next((each for each in self._pairs if pair_key(each) == key), None)
        self.look.setChecked(False)
        for each in (self.merge, self.apart):
            each.setEnabled(self._pair is not None)
        if self._pair is None:
            self.why.setText("")
            self.comparison.show_lines([])
            return
        pair = self._pair

        def came(lines: list[Line]) -> None:
            if shiboken6.isValid(self) and read == self._read:
                self.why.setText(f"{_names(pair)}：{pair.why}")
                self.hint.setText(_KEYS if any(each.differs for each in lines) else _NO_CONFLICT)
                self.comparison.show_lines(lines)

        self.session.reader.run(
            lambda _: compare(office, pair.first.id, pair.second.id), came, self._trouble
        )

    @Slot(object)
    def _enter(self, _key: object) -> None:
        self.comparison.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def merge_pair(self) -> None:
        """One person of two, as an act that can be undone."""
        if self._pair is None:
            return
        from lanling_desktop.people.actions import merge_persons

        pair, choices, office = self._pair, self.comparison.choices(), self.session.office
        self._act(
            lambda: merge_persons(office, keep=pair.first.id, drop=pair.second.id, choices=choices)
        )

    @Slot()
    def mark_apart(self) -> None:
        """Two who look alike are two, and are not shown again."""
        if self._pair is None:
            return
        from lanling_desktop.people.actions import mark_not_duplicate

        pair, office = self._pair, self.session.office
        self._act(
            lambda: mark_not_duplicate(office, first_id=pair.first.id, second_id=pair.second.id)
        )

    def _act(self, act: Any) -> None:
        pair = self._pair
        for each in (self.merge, self.apart):
            each.setEnabled(False)

        def done(changes: Changes) -> None:
            self.session.notifier.say(f"已{changes.title}", undo=True)
            if shiboken6.isValid(self):
                self._show([each for each in self._pairs if each != pair])
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

        def failed(error: BaseException) -> None:
            if shiboken6.isValid(self):
                for each in (self.merge, self.apart):
                    each.setEnabled(True)
            self._trouble(error)

        self.session.worker.run(lambda _: act(), done, failed)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if not changes.records or {"person", "not_duplicate"} & changes.tables:
            self.reload()

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, OfficeError) and shiboken6.isValid(self):
            self.session.notifier.trouble(error)
        elif not isinstance(error, (OfficeError, Cancelled)):
            raise error

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter merges, Esc goes back to the pairs."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & _CONTROL:
            if self.table.hasFocus() and self._pair is not None:  # as after the merge before
                self.session.notifier.say("先按 Enter 看看这一对，再按 Ctrl+Enter 合并")
            else:
                self.merge.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)


def compare(office: Office, first_id: str, second_id: str) -> list[Line]:
    """Every column in which one of two persons says something: their own, then what hangs on them."""
    pair = (office.read("person", first_id), office.read("person", second_id))
    lines = _lines(office, "person", pair, "")
    for key, register in office.registers.items():
        owner = next((p for p in register.parts if p.record.__tablename__ == "person"), None)
        if owner is None or owner.dated or not owner.editable or not register.face:
            continue
        found = [
            office.page(View(key, parent=(owner.via, each)), 0, 1) for each in (first_id, second_id)
        ]
        if all(found):
            both = tuple(office.read(key, rows[0][0]) for rows in found)
            lines += _lines(office, key, (both[0], both[1]), f"{key}.")
    return lines


def _lines(office: Office, key: str, pair: tuple[Entry, Entry], prefix: str) -> list[Line]:
    register = office.registers[key]
    found = []
    for each in register.form_columns:
        said = each.field
        choice = _choice(register.parts, each.key, prefix)
        left, right = (entry.values[each.key] for entry in pair)
        one, other = (entry.texts[each.key] for entry in pair)
        if not choice or not (one or other) or said.kind in _SKIPPED:
            continue
        hidden = [mask(said, text) if said.sensitive and text else text for text in (one, other)]
        full = (one, other) if said.sensitive else ("", "")
        found.append(Line(choice, said.label, left, right, hidden[0], hidden[1], full))
    return found


def _choice(parts: Any, key: str, prefix: str) -> str:
    """The name the merge knows a column by, empty for one that goes along with another."""
    head, dot, name = key.partition(".")
    if not dot:
        return f"{prefix}{key}"
    part = next(each for each in parts if each.name == head)
    if not part.dated or not name.endswith("_id") or (prefix and head == "home"):
        return ""
    return f"{part.record.__tablename__}.{name}"


def pair_key(pair: Pair) -> str:
    """What a pair is known by."""
    return f"{pair.first.id}|{pair.second.id}"


def _names(pair: Pair) -> str:
    one, other = pair.first.name, pair.second.name
    return one if one == other else f"{one}、{other}"
