"""The record beside a list follows the row that is current, a moment after it became so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from ui.screens.list_pane import ListPane

_MOMENT = 60  # milliseconds: a key held down reads no record it runs over


class Following(QObject):
    """Shows the current row's record, while the focus is in the rows.

    Rows of the list before stay in sight until those asked for have come; they are not followed.
    """

    def __init__(self, pane: ListPane, show: Callable[[str], None]) -> None:
        super().__init__(pane)
        self._table = pane.table
        self._show = show
        self._behind = False  # the rows in sight are not those asked for
        self._waits = False  # for the rows to come
        self._timer = QTimer(self, singleShot=True, interval=_MOMENT)
        self._timer.timeout.connect(self._follow)
        self._table.current_changed.connect(self._later)
        pane.narrowed.connect(self._fall_behind)
        pane.loaded.connect(self._catch_up)

    @property
    def waits(self) -> bool:
        """Whether a row became current that is not of the list asked for."""
        return self._waits

    @Slot()
    def begin(self) -> None:
        """Follow, in a moment."""
        self._timer.start()

    def stop(self) -> None:
        """What is current now is not followed."""
        self._timer.stop()
        self._waits = False

    @Slot(object)
    def _later(self, record_id: object) -> None:
        if record_id is not None:
            self._timer.start()

    @Slot()
    def _fall_behind(self) -> None:
        self.stop()
        self._behind = True

    @Slot()
    def _catch_up(self) -> None:
        self._behind = False
        if self._waits:
            self._waits = False
            self._timer.start()

    @Slot()
    def _follow(self) -> None:
        record = self._table.record_id()
        if record is None or not self._table.hasFocus():
            return
        if self._behind:
            self._waits = True
        else:
            self._show(str(record))
