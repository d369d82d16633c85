"""How the sheet of a month of pay comes into sight; nothing of it is loaded before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lanling_desktop.core.errors import OfficeError
from ui.widgets.work import Cancelled

if TYPE_CHECKING:
    from ui.navigation import Navigator
    from ui.screens.pay_month import Shown


def show_month(navigator: Navigator, run_id: str) -> None:
    """Show the sheet of a month of pay, over the list of months; it is read beside the screen."""
    from ui.screens.pay_month import PayMonthScreen, read_month

    below = navigator.go("pay_run")
    session = navigator.session

    def came(shown: Shown) -> None:
        if navigator.shell.stack.currentWidget() is below:
            navigator._pass(PayMonthScreen(session, run_id, shown))

    def failed(error: BaseException) -> None:
        if isinstance(error, OfficeError):
            session.notifier.trouble(error)
        elif not isinstance(error, Cancelled):
            raise error

    if below is not None:
        session.reader.run(lambda _: read_month(session.office, run_id), came, failed)
