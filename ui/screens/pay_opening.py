"""How months of pay and schemes come into sight; nothing of their screens is loaded before."""

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
