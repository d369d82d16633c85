"""How a screen carries an act out: at once, or behind what the worker is doing already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject

from lanling_desktop.core.errors import OfficeError
from ui.session import Session
from ui.widgets.work import Cancelled, Progress


def carry_out(
    session: Session,
    job: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
) -> None:
    """Do an act now; where something is being written, in its turn."""
    if session.worker.busy:
        session.worker.run(lambda _: job(), done, failed)
        return
    try:
        result = job()
    except OfficeError as trouble:
        failed(trouble)
    else:
        done(result)


def behind(
    session: Session,
    owner: QObject,
    job: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
) -> None:
    """Do an act in the worker's thread, so that no key waits for it; heard while `owner` lives."""

    def came(result: Any) -> None:
        if shiboken6.isValid(owner):
            done(result)

    def refused(trouble: BaseException) -> None:
        if shiboken6.isValid(owner):
            failed(trouble)
        elif isinstance(trouble, OfficeError):
            session.notifier.trouble(trouble)
        else:
            raise trouble

    session.worker.run(lambda _: job(), came, refused)


def at_work(
    session: Session,
    owner: QObject,
    job: Callable[[Callable[[int, int], None]], Any],
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
    *,
    text: str,
) -> None:
    """Do an act that goes over many records behind the screen; the foot says how far, and stops it.

    `job` is given what to tell its steps to. Without `text` the foot says nothing. Heard while
    `owner` lives; whoever stopped it is told that nothing was changed.
    """

    def run(progress: Progress) -> Any:
        return job(lambda at, of: progress.step(at, of, f"{text} {at:,} / {of:,}" if text else ""))

    def came(result: Any) -> None:
        if shiboken6.isValid(owner):
            done(result)

    def refused(trouble: BaseException) -> None:
        if isinstance(trouble, Cancelled):
            session.notifier.say("已停下，没有改动任何数据")
        elif isinstance(trouble, OfficeError):
            session.notifier.trouble(trouble)
        else:
            raise trouble
        if shiboken6.isValid(owner):
            failed(trouble)

    session.worker.run(run, came, refused, text=text)
