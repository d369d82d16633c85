"""The lines of one worker's month: each says how it was worked out, Enter leads to what it is from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lanling_desktop.core.records import AnyRow
from lanling_desktop.salary.sheet import Month, money
from lanling_desktop.salary.sources import source_of
from ui import theme
from ui.session import Session
from ui.widgets.paged_table import Column, PagedTable
from ui.widgets.pages import words
from ui.widgets.plain_rows import PlainRows

_COLUMNS = (
    Column("项目", 150), Column("性质", 76), Column("金额", 90, numeric=True),
    Column("怎么算的", 520), Column("依据", 260),
)  # fmt: skip


class PayLines(QWidget):
    """What stands under the sheet of a month."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.table = PagedTable("pay_month_lines", session.settings, parent=self)
        self.table.setAccessibleName("这个人的工资明细")
        self.table.setWordWrap(True)
        self.how = words("", "quiet")
        self._month: Month | None = None
        self._slip: AnyRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.how)
        column.addWidget(self.table, 1)
        self.table.current_changed.connect(self._tell)
        self.table.opened.connect(self._to_source)

    def show_slip(self, month: Month, slip: AnyRow | None) -> None:
        """Whose month is current in the sheet."""
        self._month, self._slip = month, slip
        rows = [
            (
                each.id,
                each.name,
                each.kind,
                money(each.amount) or "0.00",
                each.arithmetic,
                each.rule,
            )
            for each in self._lines
        ]
        self.table.show_rows(PlainRows(_COLUMNS, rows))
        self.how.setText(f"{slip.name}：{slip.why or '与上月相同'}" if slip is not None else "")

    def enter(self) -> None:
        """The focus onto the lines."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._tell()

    @property
    def _lines(self) -> Sequence[AnyRow]:
        if self._month is None or self._slip is None:
            return ()
        return self._month.lines.get(self._slip.id, ())

    def _line(self) -> AnyRow | None:
        key = self.table.record_id()
        return next((each for each in self._lines if each.id == key), None)

    @Slot()
    def _tell(self) -> None:
        """The current line in full: the list may have no room for all of it."""
        line = self._line()
        if line is not None and self.table.hasFocus():
            self.how.setText(f"{line.name}：{line.arithmetic}　依据：{line.rule}　Enter 打开依据")

    @Slot()
    def _to_source(self) -> None:
        """Enter on a line: the month it puts right, or the record it follows from."""
        line = self._line()
        if line is None or self._month is None or self._slip is None:
            return
        found = source_of(self.session.office, self._month, self._slip, line)
        if found is None:
            self.session.notifier.say(f"{line.name}按 {line.rule} 计算，没有另外登记的依据")
        elif found[0] == "pay_run":
            self.session.pay_requested.emit(found[1])
        elif found[0] == "salary_scheme":
            self.session.scheme_requested.emit(found[1])
        else:
            self.session.record_requested.emit(*found)
