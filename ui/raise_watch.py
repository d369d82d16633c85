"""The first window's side of a second start: it sees the request and comes up."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot

from ui.startup import beside


class RaiseWatch(QObject):
    """Watches for the request of a second start."""

    requested = Signal()

    def __init__(self, office: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = beside(office, "raise")
        self._take()
        self._watcher = QFileSystemWatcher([str(office.parent)], self)
        self._watcher.directoryChanged.connect(self._look)

    def _take(self) -> bool:
        try:
            self._request.unlink()
        except OSError:
            return False
        return True

    @Slot()
    def _look(self) -> None:
        if self._take():
            self.requested.emit()
