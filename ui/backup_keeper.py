"""Backups nobody has to think of: a look each minute whether one is due, and one at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.safety import backups, damage
from lanling_desktop.safety.guard import Guard
from ui.widgets.work import Progress, Worker

if TYPE_CHECKING:
    from ui.session import Session

_LOOK = 60_000  # milliseconds
_WEEK = timedelta(days=7)
_CHECKED = "checked_at"


class BackupKeeper(QObject):
    """Makes backups on a thread of its own, so that no save waits for one."""

    changed = Signal()  # a backup was made or could not be

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.guard = Guard(session.office)
        self.trouble: OfficeError | None = None  # why the last backup was not made
        self._session = session
        self.worker = Worker(self)
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look each minute from now on: a window stands over the office."""
        if not self._session.office.store.read_only:
            self._timer.start()

    @Slot()
    def look(self) -> None:
        """Back up when it is due; bring the second medium up when it is there."""
        if not self.worker.busy:
            self.worker.run(self._round, self._over, self._failed)

    def back_up(self, reason: str, done: Callable[[backups.Backup], None] | None = None) -> None:
        """Back up now."""

        def job(progress: Progress) -> backups.Backup:
            made = self.guard.back_up(reason, progress.step)
            self.guard.copy_to_second()
            return made

        def over(made: backups.Backup) -> None:
            self._over(True)
            if done is not None:
                done(made)

        self.worker.run(job, over, self._failed_aloud)

    def _round(self, progress: Progress) -> bool:
        made = self.guard.back_up("定时", progress.step) if self.guard.due() else None
        copied = self.guard.copy_to_second()
        self._check_weekly()
        return made is not None or copied is not None

    def _check_weekly(self) -> None:
        """The full check; after an unclean end it is made at the start, else once a week."""
        office = self._session.office
        now = office.clock.now()
        last = office.desk.get(_CHECKED)
        if last and abs(now - datetime.fromisoformat(last)) < _WEEK:
            return
        problems = damage.examine(office.path, key=office.store.key)
        damage.mark(office.path, problems)
        if problems:
            raise damage.DamagedError(office.path, f"数据文件 {office.path.name} 有损坏", problems)
        office.desk.put(_CHECKED, now.isoformat())

    def _over(self, news: bool) -> None:
        self.trouble = None
        if news:
            self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        from ui.crash import say_or_report

        if isinstance(error, damage.DamagedError) or not isinstance(error, OfficeError):
            say_or_report(self._session.notifier, error)
        else:
            self.trouble = error
            self.changed.emit()

    def _failed_aloud(self, error: BaseException) -> None:
        from ui.crash import say_or_report

        self.trouble = error if isinstance(error, OfficeError) else None
        say_or_report(self._session.notifier, error)
        self.changed.emit()

    def end(self) -> None:
        """Let what runs end, and begin nothing more."""
        self._timer.stop()
        self.worker.wait_all()
        self.worker.close()

    def last_of_day(self) -> None:
        """The backup at closing, where something was done since the one before."""
        self.end()
        office = self._session.office
        if office.store.read_only or office.desk.get("demo", False):
            return
        try:
            self.guard.back_up_if_changed("关闭")
            self.guard.copy_to_second()
        except OfficeError as trouble:
            self.trouble = trouble  # the day ends all the same; the start page says its age
