"""How the sheet of a month of pay comes into sight; nothing of it is loaded before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lanling_desktop.core.errors import OfficeError

if TYPE_CHECKING:
    from ui.navigation import Navigator


def show_month(navigator: Navigator, run_id: str) -> None:
    """Show the sheet of a month of pay, over the list of months."""
    from ui.screens.pay_month import PayMonthScreen

    navigator.go("pay_run")
    try:
        screen = PayMonthScreen(navigator.session, run_id)
    except OfficeError as error:
        navigator.session.notifier.trouble(error)
        return
    navigator._pass(screen)
