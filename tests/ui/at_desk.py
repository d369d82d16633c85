"""A register screen over a real office in a real file, for tests that press real keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lanling_desktop import opening
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from tests.ui.klm import Typist
from tests.ui.recorder import RecordingNotifier
from ui.screens.register import RegisterScreen
from ui.session import Session
from ui.widgets.work import Worker

CLOCK = fixed(2026, 11, 23, 14, 32)
ZHANG, LI = "34052419800101001X", "340524198001010028"


class Desk:
    """A session with a recorder in place of the window, and a typist at its keys."""

    def __init__(self, qtbot: QtBot, path: Path, ini: Path) -> None:
        made = opening.open_office if path.exists() else opening.create_office
        self.office: Office = made(path, clock=CLOCK, actor="王敏")
        self.qtbot = qtbot
        self.said = RecordingNotifier()
        settings = QSettings(str(ini), QSettings.Format.IniFormat)
        self.session = Session(self.office, self.said, Worker(), settings)
        self.typist = Typist()
        self._shown: list[QWidget] = []

    def screen(self, key: str) -> RegisterScreen:
        """A register's screen in sight, its rows read."""
        made = RegisterScreen(self.session, key)
        self.show(made)
        return made

    def show(self, widget: QWidget) -> None:
        """Put a screen in sight at the size it has in the window."""
        self._shown.append(widget)
        widget.resize(1182, 676)
        widget.show()
        widget.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is widget)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read or written behind the screen any more."""
        quiet = 0

        def still() -> bool:
            nonlocal quiet
            workers = (self.session.reader, self.session.worker, self.session.printing)
            busy = any(each.busy for each in workers)
            quiet = 0 if busy else quiet + 1
            return quiet > 2

        self.qtbot.waitUntil(still)

    def leave(self) -> None:
        """Close what is in sight, then the office; widgets die here and not when Python likes."""
        for widget in self._shown:
            widget.close()
        self.session.close()
        for widget in self._shown:
            widget.deleteLater()
        self._shown.clear()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def people(self, *names: str) -> list[str]:
        """Party members of these names; returns their ids."""
        found = []
        for at, name in enumerate(names):
            raw = {
                "person.name": name,
                "person.phone": f"1380000{at:04}",
                "joined_on": "2001-07-01",
            }
            found.append(self.office.save("party_member", None, raw, confirmed=True).main)
        return found

    def household(self) -> str:
        """兰陵花园 3号楼 2单元 501."""
        raw = {"compound_id": "兰陵花园", "building": "3", "unit": "2", "room": "501"}
        return self.office.save("household", None, raw).main


@contextmanager
def desk(qtbot: QtBot, folder: Path, name: str = "a.lanling") -> Iterator[Desk]:
    """A desk at an office file of the folder, made when it is not there."""
    made = Desk(qtbot, folder / name, folder / "window.ini")
    if not made.office.desk.get("community"):
        community = made.office.save("community", None, {"name": "向阳社区"}).main
        made.office.desk.put("community", community)
    yield made
    made.leave()
