"""What the list of pay schemes can do beside what every list can: fill one in, compare two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui import theme

if TYPE_CHECKING:
    from ui.screens.register import RegisterScreen


class Schemes(QObject):
    """薪酬方案: Enter opens the table of a scheme, Ctrl+Shift+D sets it beside another."""

    def __init__(self, screen: RegisterScreen) -> None:
        super().__init__(screen)
        self.screen, self.session = screen, screen.session
        table = theme.button("方案表(Enter)", parent=screen)
        compare = theme.button("对比", key="Ctrl+Shift+D", parent=screen)
        table.clicked.connect(self._table)
        compare.clicked.connect(self._compare)
        screen.pane.add_acts((table, compare))

    def open(self, record_id: str) -> bool:
        """Enter on a scheme: its table."""
        self.session.scheme_requested.emit(record_id)
        return True

    def new(self) -> bool:
        """Ctrl+N: name and document are typed into the form beside the list."""
        return False

    def hold(self) -> None:
        """There is no meeting here."""

    def hold_next(self) -> None:
        """Nor the next one."""

    def begin_new(self) -> None:
        """Nor a new one."""

    def _record(self) -> str:
        shown = self.screen.panel.entry
        return shown.id if shown else str(self.screen.table.record_id() or "")

    @Slot()
    def _table(self) -> None:
        if self._record():
            self.open(self._record())

    @Slot()
    def _compare(self) -> None:
        if self._record():
            self.session.comparison_requested.emit(self._record())
