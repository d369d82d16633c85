"""How months of pay and schemes come into sight; nothing of their screens is loaded before."""

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


def show_scheme(navigator: Navigator, scheme_id: str) -> None:
    """Show a pay scheme to be filled in, over the list of schemes."""
    from ui.screens.scheme import SchemeScreen

    navigator.go("salary_scheme")
    try:
        screen = SchemeScreen(navigator.session, scheme_id)
    except OfficeError as error:
        navigator.session.notifier.trouble(error)
        return
    navigator._pass(screen)


def show_comparison(navigator: Navigator, scheme_id: str) -> None:
    """Show a pay scheme beside another, over where it was asked for."""
    from ui.screens.scheme_compare import SchemeCompareScreen

    try:
        screen = SchemeCompareScreen(navigator.session, scheme_id)
    except OfficeError as error:
        navigator.session.notifier.trouble(error)
        return
    navigator._pass(screen)
