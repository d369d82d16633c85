"""Opens or builds an office off the screens' thread; the heavy imports happen there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from lanling_desktop.core.errors import OfficeError

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office
    from lanling_desktop.opening import Owner
    from lanling_desktop.safety.damage import NotOpenedError


class Opener(QObject):
    """One job at a time: open, create, or build the demo office."""

    opened = Signal(object)  # Office
    closed = Signal(object)  # done, and the door of the office is shut
    failed = Signal(object)  # OfficeError, or whatever went wrong
    progressed = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self.after: OfficeError | None = None
        self.pending: Office | None = None  # opened, not yet handed over

    def open(self, path: Path) -> None:
        """Open an office file."""
        self._start(lambda: open_office(path))

    def create(self, path: Path, unit: str, community: str, owner: Owner) -> None:
        """Make a new locked office file with its first community."""
        self._start(lambda: create_office(path, unit, community, owner))

    def unlock(self, path: Path, account: str, password: str) -> None:
        """Open a locked office file by an account."""
        self._start(lambda: unlock_office(path, account, password))

    def lock_up(self, path: Path, name: str, password: str) -> None:
        """Lock an office file that was open to anybody."""
        self._start(lambda: lock_up(path, name, password))

    def recover(self, path: Path, groups: str, password: str) -> None:
        """Open a locked office file by its recovery sheet; its administrator gets the password."""
        self._start(lambda: recover_office(path, groups, password))

    def again(self, job: Callable[[], object], path: Path, *, locked: Callable[[], bool]) -> None:
        """Do what changes an office file that is closed, then open it; a locked one at its door.

        What the job could not do is said when the office is open again: `self.after`.
        """

        def run() -> Any:
            self.after = None
            try:
                job()
            except OfficeError as trouble:
                self.after = trouble
            return None if locked() else open_office(path)

        self._start(run)

    def look(self, trouble: NotOpenedError) -> None:
        """Open a damaged office file to be looked at."""
        self._start(lambda: open_to_look(trouble))

    def demo(self, path: Path) -> None:
        """Build a fresh demo office and open it."""
        self._start(lambda: self._demo(path))

    def wait(self) -> None:
        """Let the running job end."""
        if self._thread is not None:
            self._thread.join()

    def _demo(self, path: Path) -> Office:
        from lanling_desktop import demo

        self.progressed.emit(0, 0, "正在建立演示库")
        demo.build(path, progress=self._report, locked=True)
        return open_office(path)

    def _report(self, done: int, total: int) -> None:
        self.progressed.emit(done, total, "正在建立演示库")

    def _start(self, job: Callable[[], Any]) -> None:
        def run() -> None:
            try:
                office = job()
            except BaseException as trouble:  # carried over to the other side
                self.failed.emit(trouble)
            else:
                self.pending = office
                (self.opened if office is not None else self.closed).emit(office)

        self.wait()
        self._thread = threading.Thread(target=run, name="opener", daemon=True)
        self._thread.start()


def open_office(path: Path) -> Office:
    """Open an office file with every register; who sits at the desk is remembered in it."""
    from lanling_desktop import opening

    office = opening.open_office(path)
    office.actor = str(office.desk.get("actor", "") or office.actor)
    return office


def unlock_office(path: Path, account: str, password: str) -> Office:
    """Open a locked office file; the ring follows what the administrator did to the accounts."""
    from lanling_desktop import opening
    from lanling_desktop.accounts import actions

    office = opening.unlock_office(path, account, password)
    if not office.store.read_only:
        actions.tidy_keys(office)
    return office


def recover_office(path: Path, groups: str, password: str) -> Office:
    """Open a locked office file by its recovery sheet."""
    from lanling_desktop import opening

    return opening.recover_office(path, groups, opening.Owner("", password))


def lock_up(path: Path, name: str, password: str) -> Office:
    """Lock an office file and open it for its first account."""
    from lanling_desktop import opening

    return opening.lock_up(path, opening.Owner(name, password))


def open_to_look(trouble: NotOpenedError) -> Office:
    """Open a damaged office file, only to be read."""
    from lanling_desktop import opening

    return opening.open_to_look(trouble)


def create_office(path: Path, unit: str, community: str, owner: Owner) -> Office:
    """Make a locked office file and enter its community."""
    from lanling_desktop import opening

    office = opening.create_locked(path, owner)
    office.desk.put("unit", unit)
    made = office.save("community", None, {"name": community})
    office.desk.put("community", made.main)
    office.desk.put("community_name", community)
    return office
