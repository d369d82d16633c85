"""What the list of months of pay can do beside what every list can: open one, begin the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from sqlalchemy import select

from lanling_desktop.core.plain import Changes
from lanling_desktop.core.records import table_of
from lanling_desktop.salary import actions, rules
from lanling_desktop.salary.grade import add_months
from lanling_desktop.salary.records import PayRun
from ui.screens.doing import at_work

if TYPE_CHECKING:
    from ui.screens.register import RegisterScreen


class PayRuns(QObject):
    """工资发放: Enter opens the sheet of a month, Ctrl+N works out the next one."""

    def __init__(self, screen: RegisterScreen) -> None:
        super().__init__(screen)
        self.screen, self.session = screen, screen.session
        screen.new.setText("做下个月工资(Ctrl+N)")
        screen.new.setShortcut("Ctrl+N")
        screen.new.setAccessibleName("做下个月工资")

    def open(self, record_id: str) -> bool:
        """Enter on a month: its sheet, once it has been worked out."""
        run = self.session.office.read("pay_run", record_id)
        if not run["people"]:
            return False
        self.session.pay_requested.emit(record_id)
        return True

    def new(self) -> bool:
        """The month after the last one, worked out and shown; one that is still open is shown."""
        office, here = self.session.office, table_of(PayRun).c
        last = office.rows(
            select(here.id, here.month, here.status)
            .where(here.binned_at.is_(None), here.batch.is_(None))
            .order_by(here.month.desc())
            .limit(1)
        )
        if last and last[0].status not in rules.CLOSED:
            self.session.pay_requested.emit(last[0].id)
            return True
        month = add_months(last[0].month, 1) if last else office.today.replace(day=1)
        at_work(
            self.session,
            self,
            lambda step: actions.start(office, month=month, step=step),
            self._done,
            lambda _: None,
            text="正在核算工资",
        )
        return True

    def hold(self) -> None:
        """There is no meeting here."""

    def hold_next(self) -> None:
        """Nor the next one."""

    def begin_new(self) -> None:
        """Nor a new one."""

    def _done(self, changes: Changes) -> None:
        self.session.notifier.say(f"已{changes.title}", undo=True)
        self.session.pay_requested.emit(changes.main)
