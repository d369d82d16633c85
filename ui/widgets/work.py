"""One worker thread for long office work; its results come back on the thread of the screens."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal, Slot

T = TypeVar("T")
_PAUSE = 0.05  # seconds between two reports of progress; a screen needs no more
_RUBBISH = 20_000  # objects allocated since the last collection


class Cancelled(Exception):  # noqa: N818 - a wish, not a fault
    """The clerk pressed 取消; raised inside the job by `Progress.step`."""


class Progress:
    """What a job reports through, and where it learns that it was cancelled."""

    def __init__(self, report: Callable[[int, int, str], None]) -> None:
        self._report = report
        self._stop = threading.Event()
        self._last = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the job was asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    def step(self, current: int = 0, total: int = 0, text: str = "") -> None:
        """Say how far the job is; raises `Cancelled` when it was asked to stop.

        `total` 0 means that nobody knows how long it will be.
        """
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= _PAUSE or (total and current >= total):
            self._last = now
            self._report(current, total, text)


@dataclass
class _Task:
    job: Callable[[Progress], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[BaseException], None] | None
    text: str
    progress: Progress = field(init=False)
    result: Any = None
    error: BaseException | None = None


class _Rubbish:
    """Keeps Python's collector off the worker's thread: there it would destroy widgets.

    Automatic collection runs in whichever thread allocates, so it waits while a job is open; the
    screens' thread collects the young generations meanwhile.
    """

    def __init__(self) -> None:
        self._jobs = 0
        self._was_on = False

    def hold(self) -> None:
        """A job was queued."""
        if self._jobs == 0:
            self._was_on = gc.isenabled()
            gc.disable()
        self._jobs += 1

    def release(self) -> None:
        """A job is over; called on the screens' thread."""
        self._jobs -= 1
        if self._jobs == 0 and self._was_on:
            gc.enable()

    def collect(self) -> None:
        """What a long job left behind; called on the screens' thread."""
        if self._jobs and gc.get_count()[0] > _RUBBISH:
            gc.collect(1)


_rubbish = _Rubbish()


class _Thread(QThread):
    finished_task = Signal(object)
    started_task = Signal(object)

    def __init__(self, tasks: SimpleQueue[_Task | None]) -> None:
        super().__init__()
        self._tasks = tasks

    def run(self) -> None:
        while (task := self._tasks.get()) is not None:
            self.started_task.emit(task)
            try:
                task.progress.step()
                task.result = task.job(task.progress)
            except BaseException as error:  # carried over to the other side
                task.error = error
            self.finished_task.emit(task)


class Worker(QObject):
    """Runs jobs one after another off the screens' thread.

    A job that fails hands its exception to `failed`, `Cancelled` too; without `failed` it goes to
    the program's hook for bugs.
    """

    started = Signal(str)
    progressed = Signal(int, int, str)
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread: _Thread | None = None
        self._open: list[_Task] = []
        self._closed = False
        self.progressed.connect(self._tidy)

    @property
    def busy(self) -> bool:
        """Whether a job is running or waiting."""
        return bool(self._open)

    def run(
        self,
        job: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        text: str = "",
    ) -> Progress:
        """Queue a job; `done` or `failed` is called later on this thread."""
        task = _Task(job, done, failed, text)
        task.progress = Progress(self.progressed.emit)
        if self._closed:
            return task.progress
        self._open.append(task)
        _rubbish.hold()
        self._begin()
        self._tasks.put(task)
        return task.progress

    @Slot()
    def cancel(self) -> None:
        """Ask every job that is running or waiting to stop."""
        for task in self._open:
            task.progress.cancel()

    def wait_all(self, *, cancel: bool = False) -> None:
        """Wait for the queued jobs, hand over their results and end the thread."""
        if cancel:
            self.cancel()
        while self._thread is not None:
            thread, self._thread = self._thread, None  # what a result asks for begins another one
            self._tasks.put(None)
            thread.wait()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def close(self) -> None:
        """End for good: what runs is cancelled, what is asked for later is never begun."""
        self._closed = True
        self.wait_all(cancel=True)

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = _Thread(self._tasks)
            self._thread.finished_task.connect(self._over)
            self._thread.started_task.connect(self._on)
            self._thread.start()

    @Slot(int, int, str)
    def _tidy(self, *_step: object) -> None:
        _rubbish.collect()

    @Slot(object)
    def _on(self, task: _Task) -> None:
        self.started.emit(task.text)

    @Slot(object)
    def _over(self, task: _Task) -> None:
        self._open.remove(task)
        _rubbish.release()
        if not self._open:
            self.finished.emit()
        done, failed, result, error = task.done, task.failed, task.result, task.error
        # The thread still holds the task: what it refers to must not be let go of over there.
        task.job, task.done, task.failed = _nothing, None, None
        task.result = task.error = None
        if error is None:
            if done is not None:
                done(result)
        elif failed is not None:
            failed(error)
        elif not isinstance(error, Cancelled):
            sys.excepthook(type(error), error, error.__traceback__)


def _nothing(_progress: Progress) -> None:
    """What a task does that is over."""
