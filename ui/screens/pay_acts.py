"""What is done with a month of pay from its sheet: worked out again, and on to its next step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes
from lanling_desktop.salary import actions, rules
from lanling_desktop.salary.step import Step
from lanling_desktop.salary.typed import Typed
from ui.screens.doing import at_work

if TYPE_CHECKING:
    from ui.screens.pay_month import PayMonthScreen

_MANY = 100  # people: from here on the foot says how far it is


class PayActs(QObject):
    """The acts of a month's sheet, each behind the screen."""

    def __init__(self, screen: PayMonthScreen) -> None:
        super().__init__(screen)
        self.screen, self.session = screen, screen.session
        self.office, self.run_id = screen.session.office, screen.run_id

    @Slot()
    def calculate(self) -> None:
        """Out of everything the office knows now."""
        self._do(lambda step: actions.calculate(self.office, self.run_id, step=step))

    @Slot()
    def go_on(self) -> None:
        """The next step of the month; the key waits until it is done, so none is taken unseen."""
        office, run = self.office, self.run_id
        steps: dict[str, Callable[[Step], Changes]] = {
            rules.CALCULATED: lambda step: actions.review(office, run, step=step),
            rules.REVIEWED: lambda _: actions.approve(office, run),
            rules.APPROVED: lambda _: actions.pay(office, run, day=office.today),
            rules.PAID: lambda _: actions.archive(office, run),
        }
        self.screen.next.setEnabled(False)
        self._do(steps[self.screen.month.run.status])

    def rescore(self, scores: dict[str, str]) -> None:
        """Scores typed or pasted."""
        self._do(lambda step: actions.rescore(self.office, self.run_id, scores, step=step))

    def write(self, worker_id: str, said: Typed) -> None:
        """What one line of the quick box says of a worker."""
        if said.score:
            self.rescore({worker_id: said.score})
        else:
            item = {"kind": said.kind, "amount": said.amount, "reason": said.reason}
            self._do(partial(_add_item, self.office, self.run_id, worker_id, item))

    def _do(self, job: Callable[[Step], Changes]) -> None:
        text = "正在核算工资" if len(self.screen.month.slips) > _MANY else ""
        at_work(self.session, self, job, self._done, self._not_done, text=text)

    def _done(self, changes: Changes) -> None:
        self.session.notifier.say(f"已{changes.title}", undo=True)

    def _not_done(self, _error: BaseException) -> None:
        self.screen.next.setEnabled(True)


def _add_item(
    office: Office, run_id: str, worker_id: str, item: dict[str, Any], step: Step
) -> Changes:
    return actions.add_item(office, run_id, worker_id=worker_id, step=step, **item)
