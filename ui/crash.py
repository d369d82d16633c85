"""What happens to a bug: a masked line in the log, a report to copy, an orderly close.

The log and the report name nobody: runs of digits long enough to be a number of a person are
masked, quoted text and what an exception carries of the office's values are left out.
"""

from __future__ import annotations

import contextlib
import faulthandler
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from lanling_desktop import __version__

if TYPE_CHECKING:
    from logging import LogRecord

    from ui.widgets.messages import Notifier

_NUMBER = re.compile(r"(?<!\d)\d{7,}[Xx]?(?!\d)")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”")
_LARGEST, _KEPT = 512 * 1024, 4


def masked(text: str) -> str:
    """Text without what could name a person: numbers, Chinese words, quoted values."""
    return _HAN.sub("〇", _NUMBER.sub("#", _QUOTED.sub("'…'", text)))


def report_of(error: BaseException, when: datetime) -> str:
    """What a maintainer needs of a bug and nothing of the office's people."""
    lines = [
        f"兰陵社区台账 {__version__} · Python {platform.python_version()} · Qt {qVersion()}",
        f"{platform.system()} {platform.release()} · {when:%Y-%m-%d %H:%M}",
        *_story(error),
    ]
    return "\n".join(lines)


def _story(error: BaseException) -> list[str]:
    told: list[str] = []
    chain: BaseException | None = error
    while chain is not None and len(told) < 200:
        told.append(f"{type(chain).__name__}: {masked(str(chain))[:300]}")
        told += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(chain.__traceback__)
        ]
        chain = chain.__cause__ or chain.__context__
    return told


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
        now = datetime.now().astimezone()
        report = report_of(error.with_traceback(trace), now)
        self.log("ERROR", report)
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

    def log(self, level: str, text: str) -> None:
        """A line in the rotating log; a log that cannot be written is no second trouble."""
        with contextlib.suppress(Exception):
            if self._log is None:
                self._log = _logger(self._folder())
            self._log.log(getattr(_logging(), level), text)

    def _thread_caught(self, said: threading.ExceptHookArgs) -> None:
        if said.exc_value is not None:
            self.caught(said.exc_type, said.exc_value, said.exc_traceback)

    def _qt_said(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg:
            self.log("WARNING", f"Qt: {masked(text)}")


def _logging() -> Any:
    import logging

    return logging


def _logger(folder: Path) -> Any:
    import logging
    from logging.handlers import RotatingFileHandler

    folder = folder / "log"
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "program.log",
        maxBytes=_LARGEST,
        backupCount=_KEPT,
        encoding="utf-8",
        delay=True,
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.addFilter(_without_numbers)
    made = logging.getLogger("lanling.program")
    made.handlers[:] = [handler]
    made.propagate = False
    made.setLevel(logging.INFO)
    return made


def _without_numbers(record: LogRecord) -> bool:
    record.msg, record.args = _NUMBER.sub("#", record.getMessage()), ()
    return True


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

    if isinstance(error, OfficeError):
        notifier.trouble(error)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
