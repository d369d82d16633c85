"""What is typed and not saved: written behind the screens, known to them at once."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QObject, Signal

from lanling_desktop.core.desk import Desk, Draft
from lanling_desktop.core.office import Office
from ui.widgets.work import Progress, Worker


class DraftKeeper(QObject):
    """The drafts of an office. A drop holds from the moment it is asked for, whatever runs.

    The desk waits for long work, so it is written to in the worker's thread; until then what was
    asked last of each key stands here, and nothing asked before it is ever written after it.
    """

    changed = Signal()

    def __init__(self, office: Office, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._desk: Desk = office.desk
        self._worker = worker
        self._lock = threading.Lock()
        self._waiting: dict[str, Draft | None] = {}  # None: to be dropped

    def keep(self, key: str, title: str, content: dict[str, Any]) -> None:
        """Keep what has been typed so far."""
        self._ask(key, Draft(key, self._desk.stamp(), title, content))

    def drop(self, key: str) -> None:
        """Forget what was kept: it is saved or not wanted."""
        self._ask(key, None)

    def all(self) -> list[Draft]:
        """Every draft there is, newest first."""
        with self._lock:
            waiting = dict(self._waiting)
        kept = [each for each in self._desk.drafts() if each.key not in waiting]
        kept += [each for each in waiting.values() if each is not None]
        kept = [each for each in kept if self._open(each.key)]
        return sorted(kept, key=lambda each: each.at, reverse=True)

    def _open(self, key: str) -> bool:
        """Whether who is at the desk may see what a draft is of: another may have left it."""
        register = key.partition("#")[0].partition("/")[0]
        known = self._office.registers
        return register not in known or self._office.reads(register)

    def find(self, key: str) -> Draft | None:
        """The draft kept under a key."""
        return next((each for each in self.all() if each.key == key), None)

    def flush(self) -> None:
        """Write what still waits: the office is closing."""
        self._write()

    def _ask(self, key: str, wanted: Draft | None) -> None:
        with self._lock:
            self._waiting[key] = wanted
        self._worker.run(self._write)
        self.changed.emit()

    def _write(self, _progress: Progress | None = None) -> None:
        with self._lock:
            waiting = dict(self._waiting)
        for key, draft in waiting.items():
            if draft is None:
                self._desk.drop_draft(key)
            else:
                self._desk.keep_draft(key, draft.title, draft.content)
            with self._lock:
                if key in self._waiting and self._waiting[key] is draft:
                    del self._waiting[key]
