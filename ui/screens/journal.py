"""操作记录: who did what and when, for the administrator; found by typing, opened by Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lanling_desktop.core import journal_list
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.journal_list import MOST, Line
from ui import theme
from ui.session import Session
from ui.widgets.boxes import LineBox
from ui.widgets.cards import FilterChip
from ui.widgets.paged_table import Column, PagedTable
from ui.widgets.plain_rows import PlainRows
from ui.widgets.work import Progress

_COLUMNS = (
    Column("序号", 72, numeric=True),
    Column("时间", 132),
    Column("经办人", 84),
    Column("类别", 108),
    Column("操作", 560),
    Column("校验码", 120),
)
_PAUSE = 250  # milliseconds after the last key


class JournalScreen(QWidget):
    """Ctrl+F to the box, Enter opens the record, F2 keeps what was seen, printed or exported."""

    help_topic = "safety"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        session.office.rights.refuse_administering("查看操作记录")
        self.session = session
        self.setAccessibleName("操作记录")
        self.box = LineBox(self)
        self.box.setPlaceholderText("找日期、经办人、姓名、事项，可同时写几个(Ctrl+F)")
        self.box.setAccessibleName("找操作")
        self.noted = FilterChip("查看、打印、导出(F2)", parent=self)
        self.total = QLabel(self)
        self.total.setProperty("kind", "quiet")
        self.total.setWordWrap(True)
        self.table = PagedTable("journal", session.settings, parent=self)
        self.table.setAccessibleName("操作记录")
        self.table.empty_text = "没有这样的操作"
        self._asked = 0
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._build()
        self._later.timeout.connect(self.reload)
        self.box.textChanged.connect(self._type)
        self.box.returnPressed.connect(self._to_table)
        self.noted.toggled.connect(self.reload)
        self.table.opened.connect(self._open)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._to_box)
        QShortcut(QKeySequence("F2"), self).activated.connect(self.noted.click)

    def _build(self) -> None:
        head = QLabel("操作记录", self)
        head.setProperty("kind", "head")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(head)
        line.addWidget(self.box, 1)
        line.addWidget(self.noted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        layout.setSpacing(theme.px(8))
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.total)

    def begin(self) -> None:
        """Come into sight with what was done last."""
        self.reload()
        self._to_table()

    @Slot()
    def reload(self) -> None:
        """Read what the box and the filter keep."""
        self._asked += 1
        asked, office = self._asked, self.session.office
        typed, noted = self.box.text(), self.noted.isChecked()

        def job(_progress: Progress) -> tuple[list[Line], tuple[int, int]]:
            return journal_list.listed(office, typed, noted=noted), journal_list.count(office)

        def came(found: tuple[list[Line], tuple[int, int]]) -> None:
            if asked == self._asked:
                lines, (count, notes) = found
                self.noted.set_count(notes)
                self._show(lines, count)

        self.session.reader.run(job, came, self._trouble)

    def _show(self, lines: Sequence[Line], count: int) -> None:
        rows = [(e.seq, f"{e.seq:,}", e.at[:16], e.actor, e.kind, e.title, e.code) for e in lines]
        self.table.show_rows(PlainRows(_COLUMNS, rows))
        if rows:
            self.table.selectRow(0)
        shown = f"最近的 {MOST:,} 条，更早的请写日期或姓名来找" if len(lines) == MOST else (
            f"{len(lines):,} 条"
        )  # fmt: skip
        last = f"，最后一条的校验码 {lines[0].code}" if lines and lines[0].seq == count else ""
        self.total.setText(f"{shown}；共 {count:,} 条{last}。只能看，不能改；Enter 打开那条记录")

    @Slot(object)
    def _open(self, seq: object) -> None:
        office = self.session.office
        found = journal_list.touched(office, int(str(seq)))
        if found is None:
            self.session.notifier.say("这一条没有改动可打开的记录")
            return
        try:
            office.read(*found)
        except OfficeError:
            self.session.notifier.say("那条记录已经删除，可在回收站里找")
            return
        self.session.record_requested.emit(*found)

    @Slot()
    def _type(self) -> None:
        self._later.start()

    @Slot()
    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _to_box(self) -> None:
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def _trouble(self, error: BaseException) -> None:
        if not isinstance(error, OfficeError):
            raise error
        self.session.notifier.trouble(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the box, then goes to the list; Down leaves the box for the list."""
        if event.key() == Qt.Key.Key_Escape and self.box.text():
            self.box.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self._to_table()
        else:
            super().keyPressEvent(event)
