"""`at_month_end.py OFFICE PASSWORD`: month after month of pay by keys in the real window.

Runs until it is ended from outside. After each act it says, as a line of JSON, what has been
acknowledged: the number of the journal's last entry, a digest of every record, the months paid.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.faults.works import digest, tip
from tests.ui.look_round import settle, until
from ui.app import Program
from ui.screens.pay_month import PayMonthScreen

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def say(*words: Any) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """A day at the end of the month that never ends well."""
    path, password = arguments
    QApplication(["month end"])
    program = Program([path])
    window = program.window
    window.resize(1366, 740)
    window.show()
    until(
        lambda: window.shell is not None and hasattr(window.shell.stack.currentWidget(), "password")
    )
    door = window.shell.stack.currentWidget()
    door.begin()
    QTest.keyClicks(door.password, password)
    QTest.keyClick(door.password, Key.Key_Return)
    until(lambda: window.session is not None)
    settle(program)
    office = window.session.office

    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or window, key, held)
        settle(program)

    def paid() -> list[str]:
        rows = office.store.raw("SELECT id FROM pay_run WHERE status = '已发放' ORDER BY month")
        return [row[0] for row in rows]

    say("begun", tip(office), digest(office), paid())
    while True:
        window.navigator.go("pay_run")
        settle(program)
        press(Key.Key_N, CTRL)
        until(lambda: isinstance(window.navigator.screen, PayMonthScreen))
        say("act", tip(office), digest(office), paid())
        for _ in range(6):
            press(Key.Key_F9)
            if window.navigator.screen.month.run.status == "已发放":
                break
            say("act", tip(office), digest(office), paid())
        say("act", tip(office), digest(office), paid())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
