"""Numbers that were copied leave the clipboard by themselves, and Windows does not remember them."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

KEPT = 60_000  # milliseconds
_NUMBER = re.compile(r"(?<!\d)(?:\d{15,19}|\d{17}[Xx]|1\d{10})(?!\d)")
"""Of a person: identity (also the old one of 15 digits), bank account, telephone."""
# What Windows asks of a program that copies what is not to be kept or carried elsewhere.
_UNWATCHED = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
)


class ClipboardKeeper(QObject):
    """Watches what this program puts on the clipboard; what others put there is not its matter."""

    def __init__(
        self,
        parent: QObject | None = None,
        kept: int = KEPT,
        owns: Callable[[], bool] | None = None,
    ) -> None:
        """`owns` says whether it was us who copied; a platform without a desktop cannot tell."""
        super().__init__(parent)
        self._board = QGuiApplication.clipboard()
        self._owns = owns or self._board.ownsClipboard
        self._copied = ""
        self._over = QTimer(self, singleShot=True, interval=kept)
        self._over.timeout.connect(self.clear)
        self._board.dataChanged.connect(self._changed)

    @Slot()
    def _changed(self) -> None:
        if not self._owns():
            self._copied = ""
            return
        text = self._board.text()
        if text == self._copied or not _NUMBER.search(text.replace(" ", "")):
            return
        self._copied = text
        marked = QMimeData()
        marked.setText(text)
        for name in _UNWATCHED:
            marked.setData(f'application/x-qt-windows-mime;value="{name}"', b"\0\0\0\0")
        self._board.setMimeData(marked)
        self._over.start()

    @Slot()
    def clear(self) -> None:
        """Take the number away, unless something else was copied since."""
        if self._copied and self._board.text() == self._copied:
            self._board.clear()
        self._copied = ""
