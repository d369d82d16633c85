"""What happens to a bug: a line in the log, a report to copy, an orderly close. Light at start."""

from __future__ import annotations

import contextlib
import faulthandler
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from ui.widgets.messages import Notifier

_NO_MATTER = "does not support propagateSizeHints()"  # a platform without a window manager


class CrashPath:
    """The hooks of one run of the program."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._close: Callable[[], None] | None = None
        self._log: Any = None
        self._showing = False
        self.show: Callable[[str], None] = show_report

    def close_with(self, close: Callable[[], None]) -> None:
        """How the program is closed in order after a bug was shown."""
        self._close = close

    def install(self) -> None:
        """Take over what nobody catches."""
        sys.excepthook = self.caught
        threading.excepthook = self._thread_caught
        qInstallMessageHandler(self._qt_said)
        if sys.stderr is not None:  # a windowed program has none
            with contextlib.suppress(OSError, ValueError, RuntimeError):
                faulthandler.enable()

    def caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log, show the report, close in order. Ctrl+C in a terminal simply ends."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        from datetime import datetime

        from ui.bugs import report_of

        report = report_of(error.with_traceback(trace), datetime.now().astimezone())
        self.log(40, report)
        if sys.stderr is not None:
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(f"{report}\n")
        if self._showing:
            return
        if threading.current_thread() is threading.main_thread():
            self._showing = True
            self.show(report)
            if self._close is not None:
                self._close()

    def log(self, level: int, text: str) -> None:
        """A line in the rotating log; a log that cannot be written is no second trouble."""
        with contextlib.suppress(Exception):
            if self._log is None:
                from ui.bugs import logger

                self._log = logger(self._folder())
            self._log.log(level, text)

    def _thread_caught(self, said: threading.ExceptHookArgs) -> None:
        if said.exc_value is not None:
            self.caught(said.exc_type, said.exc_value, said.exc_traceback)

    def _qt_said(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not text.endswith(_NO_MATTER):
            from ui.bugs import masked

            self.log(30, f"Qt: {masked(text)}")


def show_report(report: str) -> None:
    """The report in a window of its own, to be copied; the program closes after it."""
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    from ui.widgets.bug_dialog import BugDialog

    BugDialog(report, QApplication.activeWindow()).exec()


def say_or_report(notifier: Notifier, error: BaseException) -> None:
    """Say a trouble of the user's world; hand anything else to the hook for bugs."""
    from lanling_desktop.core.errors import OfficeError
    from ui.widgets.work import Cancelled

    if isinstance(error, Cancelled):
        return
    if isinstance(error, OfficeError):
        notifier.trouble(error)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
