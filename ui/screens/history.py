"""What became of a record: every act on it, each column's old and new text, and its restoring."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Entry, HistoryLine
from lanling_desktop.core.register import Register
from lanling_desktop.core.values import mask
from ui import theme
from ui.session import Session
from ui.widgets.work import Cancelled

_LINE = Qt.ItemDataRole.UserRole


class HistoryPage(QWidget):
    """The history of one record; Enter on a line puts its old text back."""

    left = Signal()

    def __init__(self, session: Session, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._register = register
        self._keys = column_keys(register)
        self._entry: Entry | None = None
        self._locked = False
        self.title = QLabel(self)
        self.title.setProperty("kind", "head")
        self.title.setWordWrap(True)
        self.quiet = QLabel("选中一栏，可把它恢复成原来的内容", self)
        self.quiet.setProperty("kind", "quiet")
        self.quiet.setWordWrap(True)
        self.lines = QTreeWidget(self)
        self.lines.setAccessibleName("历史")
        self.lines.setHeaderHidden(True)
        self.lines.setWordWrap(True)
        self.lines.setIndentation(theme.px(12))
        self.lines.setRootIsDecorated(False)
        self.lines.setItemsExpandable(False)
        self.lines.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.currentItemChanged.connect(self._moved)
        self.look = theme.button("显示号码", key="Alt+A", parent=self)
        self.look.setCheckable(True)
        self.look.toggled.connect(self._rewrite)
        self.act = theme.button("恢复此栏(Enter)")
        self.act.clicked.connect(self.restore)
        back = theme.button("返回(Esc)", "primary")
        back.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.addWidget(self.look)
        foot.addStretch(1)
        foot.addWidget(self.act)
        foot.addWidget(back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(12)] * 4)
        layout.setSpacing(theme.px(4))
        for each in (self.title, self.quiet):
            layout.addWidget(each)
        layout.addWidget(self.lines, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self.lines)

    def show_history(self, entry: Entry, *, locked: bool) -> None:
        """Read the history of a record behind the screen."""
        self._entry, self._locked = entry, locked
        self.title.setText(f"{entry.title} · 历史")
        self.lines.clear()
        self.look.setChecked(False)
        self.act.setEnabled(False)
        office = self._session.office

        def came(lines: list[HistoryLine]) -> None:
            if shiboken6.isValid(self) and self._entry is entry:
                self._write(lines)

        self._session.reader.run(
            lambda _: office.history(entry.register, entry.id), came, self._trouble
        )

    def _write(self, lines: list[HistoryLine]) -> None:
        first: QTreeWidgetItem | None = None
        for _, some in groupby(lines, key=lambda each: each.seq):
            group = list(some)
            head = QTreeWidgetItem([f"{group[0].at[:16]}  {group[0].actor}  {group[0].act}"])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setForeground(0, theme.colour(theme.QUIET))
            self.lines.addTopLevelItem(head)
            for each in group:
                item = QTreeWidgetItem([self._words(each)])
                item.setData(0, _LINE, each)
                item.setToolTip(0, item.text(0))
                head.addChild(item)
                first = first or item
            head.setExpanded(True)
        if first is not None:
            self.lines.setCurrentItem(first)
        elif not lines:
            self.lines.addTopLevelItem(
                QTreeWidgetItem(["还没有历史（批量载入的数据从第一次改动记起）"])
            )

    @Slot()
    def _rewrite(self) -> None:
        for at in range(self.lines.topLevelItemCount()):
            head = self.lines.topLevelItem(at)
            for below in range(head.childCount() if head is not None else 0):
                item = head.child(below)
                item.setText(0, self._words(item.data(0, _LINE)))
                item.setToolTip(0, item.text(0))

    def _words(self, line: HistoryLine) -> str:
        said = None
        key = self._keys.get((line.table, line.key))
        if key is not None:
            said = self._register.all_columns[key].field
        hidden = said is not None and said.sensitive and not self.look.isChecked()
        before, after = (
            mask(said, text) if text and said is not None and hidden else text
            for text in (line.before, line.after)
        )
        if hidden and before == after:
            after = f"{after}（改的是遮住的几位）"
        return f"{line.label}：{before or '空'} → {after or '空'}"

    def _current(self) -> tuple[HistoryLine, str] | None:
        item = self.lines.currentItem()
        line = item.data(0, _LINE) if item is not None else None
        if not isinstance(line, HistoryLine) or self._locked:
            return None
        key = self._keys.get((line.table, line.key))
        if key is None or not self._register.writable(key):
            return None
        return line, key

    @Slot()
    def _moved(self) -> None:
        self.act.setEnabled(self._current() is not None)

    @Slot()
    def restore(self) -> None:
        """Put the old text of the column back, as an act of its own."""
        found = self._current()
        if found is None or self._entry is None:
            return
        line, key = found
        entry = self._entry
        try:
            changes = self._session.office.save(
                entry.register, entry.id, {key: line.before}, confirmed=True
            )
            again = self._session.office.read(entry.register, entry.id)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
            return
        if changes.seq:
            self._session.notifier.say(f"已恢复 {entry.title} 的{line.label}", undo=True)
        else:
            self._session.notifier.say(f"{line.label}本来就是这样，没有改动")
        self.show_history(again, locked=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter restores, Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.restore()
        else:
            super().keyPressEvent(event)

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, OfficeError):
            self._session.notifier.trouble(error)
        elif not isinstance(error, Cancelled):
            raise error


def column_keys(register: Register) -> Mapping[tuple[str, str], str]:
    """Which column of the register a journalled column is, by table and name."""
    parts = {part.name: part.record.__tablename__ for part in register.parts}
    found: dict[tuple[str, str], str] = {}
    for key in register.all_columns:
        head, dot, name = key.partition(".")
        found[(parts[head], name) if dot else (register.key, key)] = key
    return found
