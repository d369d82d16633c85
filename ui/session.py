"""What every screen is given: the open office, its changes as a signal, the ways to ask and tell."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Signal

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.register import Register
from ui.backup_keeper import BackupKeeper
from ui.draft_keeper import DraftKeeper
from ui.opened_files import OpenedFiles
from ui.widgets.messages import Notifier
from ui.widgets.work import Worker


class Session(QObject):
    """One open office at the screens' side. Screens reach records only through `office`."""

    changed = Signal(object)  # Changes
    record_requested = Signal(str, str)  # register key, record id
    list_requested = Signal(object)  # View
    paper_requested = Signal(str, object)  # paper key, printing.paper.Request
    import_requested = Signal(str)  # register key
    meeting_requested = Signal(str)  # id of a hall's meeting
    pay_requested = Signal(str)  # id of a month of pay
    scheme_requested = Signal(str)  # id of a pay scheme, to be filled in
    comparison_requested = Signal(str)  # id of a pay scheme, to be compared with another
    draft_requested = Signal(str)  # key of a draft
    backups_requested = Signal()
    coming_requested = Signal()  # whose grade will change
    check_requested = Signal()  # the whole office is to be looked over
    restore_requested = Signal(object)  # safety.restore.Wish
    recovery_requested = Signal()  # the sheet of the recovery key, new
    lock_up_requested = Signal(str, str)  # account's name, password
    board_requested = Signal(str, str, bool)  # part of the board, matter, whether to strike it off

    def __init__(
        self,
        office: Office,
        notifier: Notifier,
        worker: Worker,
        settings: QSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.office = office
        self.notifier = notifier
        self.worker = worker
        self.reader = Worker(self)  # short readings, so that no list waits behind an import
        self.printing = Worker(self)  # a printer that hangs holds nothing else up
        self.drafts = DraftKeeper(office, worker, self)
        self.opened = OpenedFiles(office.path)
        self.settings = settings
        self.keeper = BackupKeeper(self)
        office.listeners.append(self._tell)

    def _tell(self, changes: Changes) -> None:
        # An act may have run in the worker's thread; a signal reaches screens in theirs.
        self.changed.emit(changes)

    def makes(self, register: Register) -> bool:
        """Whether the one at the desk may type new records of it: some only an act makes."""
        return self.office.writes(register.key) and not register.made_by

    def close(self) -> None:
        """Stop hearing of changes, let running work end, close the office."""
        self.printing.close()
        self.worker.wait_all()
        self.worker.close()
        self.reader.close()
        self.drafts.flush()
        self.keeper.end()
        self.opened.clean()
        if self._tell in self.office.listeners:
            self.office.listeners.remove(self._tell)
        self.office.close()
