"""The office is covered while nobody is at the desk: after ten idle minutes, with Windows, by key.

Nothing behind the cover is closed or saved: the half-filled form stands there after unlocking.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QEvent,
    QObject,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from lanling_desktop.core.errors import OfficeError
from ui.screens.login import LoginPage

if TYPE_CHECKING:
    from ui.session import Session
    from ui.window import MainWindow

IDLE = 10 * 60_000  # milliseconds
_SIGNS = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TabletPress,
    QEvent.Type.TouchBegin,
)


class Away(QObject):
    """Watches for signs of somebody, covers the window, and takes the password."""

    def __init__(self, window: MainWindow, session: Session, idle: int = IDLE) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self.page: LoginPage | None = None
        self._focused: QWidget | None = None
        self._shortcuts: list[QShortcut] = []
        self._still = QTimer(self, singleShot=True, interval=idle)
        self._still.setTimerType(Qt.TimerType.PreciseTimer)
        self._still.timeout.connect(self.lock)
        self._still.start()
        # The native window sees what somebody does and nothing else: a filter on the application
        # would be asked of every timer and paint, in Python.
        self._handle = window.windowHandle()
        if self._handle is not None:
            self._handle.installEventFilter(self)
        self._windows = _WindowsSession(window, self.lock) if sys.platform == "win32" else None

    @property
    def locked(self) -> bool:
        """Whether the office is covered."""
        return self.page is not None

    @property
    def remaining(self) -> int:
        """Milliseconds until it is covered when nobody does anything."""
        return self._still.remainingTime()

    def set_idle(self, milliseconds: int) -> None:
        """After how long with nobody there it is covered."""
        self._still.setInterval(milliseconds)

    def end(self) -> None:
        """The office is left: watch no more, take the cover away."""
        self._still.stop()
        if self._handle is not None and shiboken6.isValid(self._handle):
            self._handle.removeEventFilter(self)
        if self._windows is not None:
            self._windows.end()
        if self.locked:
            self._uncover()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Somebody is there: the ten minutes begin anew."""
        if event.type() in _SIGNS and not self.locked:
            self._still.start()
        return False

    @Slot()
    def lock(self) -> None:
        """Cover everything."""
        shell, office = self._window.shell, self._session.office
        if self.locked or shell is None or office.keyring is None:
            return
        self._still.stop()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._focused = QApplication.focusWidget()
        accounts = [(each.id, each.name) for each in office.keyring.accounts]
        name = self._window.windowTitle()
        self.page = LoginPage(name, accounts, last=office.account, away=True)
        self.page.unlock_requested.connect(self._unlock)
        self._shortcuts = [
            each for each in self._window.findChildren(QShortcut) if each.isEnabled()
        ]
        for each in self._shortcuts:
            each.setEnabled(False)
        self._window.takeCentralWidget()
        shell.hide()
        self._window.setCentralWidget(self.page)
        self.page.begin()

    @Slot(str, str)
    def _unlock(self, account: str, password: str) -> None:
        ring = self._session.office.keyring
        assert ring is not None

        def failed(error: BaseException) -> None:
            if isinstance(error, OfficeError) and self.page is not None:
                self.page.refused(error, ring.waiting())
            else:
                raise error

        self._session.reader.run(
            lambda _: ring.unlock(account, password), lambda _key: self._uncover(), failed
        )

    def _uncover(self) -> None:
        shell = self._window.shell
        if self.page is None or shell is None:
            return
        self.page.wipe()
        page, self.page = self.page, None
        self._window.takeCentralWidget()
        page.hide()
        page.deleteLater()
        self._window.setCentralWidget(shell)
        shell.show()
        for each in self._shortcuts:
            each.setEnabled(True)
        self._shortcuts = []
        if self._focused is not None and self._focused.isVisible():
            self._focused.setFocus()
        self._still.start()


class _WindowsSession(QAbstractNativeEventFilter):
    """Tells when Windows is locked or another user is switched to (WTS session messages)."""

    _CHANGE = 0x02B1  # WM_WTSSESSION_CHANGE
    _LEFT = (0x2, 0x4, 0x7)  # console disconnect, remote disconnect, session lock

    def __init__(self, window: QWidget, left: object) -> None:
        super().__init__()
        import ctypes

        assert callable(left)
        self._left_desk = left
        self._handle = int(window.winId())
        self._library = ctypes.windll.wtsapi32  # type: ignore[attr-defined]
        self._library.WTSRegisterSessionNotification(self._handle, 0)
        application = QApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self)

    def end(self) -> None:
        """Hear no more."""
        self._library.WTSUnRegisterSessionNotification(self._handle)
        application = QApplication.instance()
        assert application is not None
        application.removeNativeEventFilter(self)

    def nativeEventFilter(
        self, _kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """Lock with Windows."""
        from ctypes import wintypes

        said = wintypes.MSG.from_address(int(message))
        if said.message == self._CHANGE and said.wParam in self._LEFT:
            QTimer.singleShot(0, self._left_desk)
        return False, 0
