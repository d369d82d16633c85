"""`monkey.py OFFICE EVENTS SEED`: keys and clicks without sense on a whole window (fault 64).

A process of its own, so that its memory can be weighed. Writes JSON: what went wrong, by how much
the memory grew after the first fifth, how many acts came of it, what the check finds afterwards.
Dialogs of the system are cancelled at once; what leaves the open office is left alone.
"""

from __future__ import annotations

import ctypes
import gc
import json
import logging
import random
import sys
import traceback
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from lanling_desktop.catalogue import RAIL
from lanling_desktop.check import check
from tests.ui.look_round import settle, until
from ui.app import Program
from ui.navigation import _FIXED

Key = Qt.Key
CTRL, SHIFT, PLAIN = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
MOVES = (
    Key.Key_Return, Key.Key_Return, Key.Key_Tab, Key.Key_Tab, Key.Key_Backtab, Key.Key_Escape,
    Key.Key_Up, Key.Key_Down, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End,
    Key.Key_PageUp, Key.Key_PageDown, Key.Key_Space, Key.Key_Backspace, Key.Key_Delete,
)  # fmt: skip
HELD = tuple(
    (Key(code), held)
    for held, codes in {
        PLAIN: range(Key.Key_F1, Key.Key_F9 + 1),
        CTRL: [*b"0123456789ABCDEFGHJKLMNOPRSTVXZ", Key.Key_Return],
        CTRL | SHIFT: list(b"BDFGJKLMPSWZ"),
    }.items()
    for code in codes
)
TEXTS = (
    "张",
    "玉兰",
    "zyl",
    "2026-11-23",
    "1",
    "2",
    "0",
    "-",
    "34052419800101001X",
    "%",
    "<b>",
    "　",
)
LEAVES = ("锁", "恢复", "打开其他", "换一个", "退出", "演示库", "另存")
"""Buttons that lead out of the open office, or to a page that only a password leaves."""


class Monkey:
    """One window, and what was done to it."""

    def __init__(self, program: Program, seed: int) -> None:
        self.window = program.window
        self.program = program
        self.chance = random.Random(seed)
        self.last: list[str] = []

    def poke(self) -> None:
        """One event."""
        what = self.chance.random()
        target = QApplication.focusWidget() or self.window
        if what < 0.34:
            self._press(target, self.chance.choice(MOVES), PLAIN)
        elif what < 0.55:
            self._type(target, self.chance.choice(TEXTS))
        elif what < 0.75:
            self._press(target, *self.chance.choice(HELD))
        elif what < 0.8:
            self._visit()
        else:
            self._click()

    def _visit(self) -> None:
        navigator = self.window.navigator
        keys = [*(each for each, _, _ in RAIL), *_FIXED]
        key = self.chance.choice([each for each in keys if navigator.offers(each)])
        self._did(f"go {key}")
        navigator.go(key)

    def _press(self, target: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        self._did(f"{held.name} {key.name} on {type(target).__name__}")
        QTest.keyClick(target, key, held)

    def _type(self, target: QWidget, text: str) -> None:
        self._did(f"{text} into {type(target).__name__}")
        if isinstance(target, (QLineEdit, QPlainTextEdit)) and not target.isReadOnly():
            box = target.insert if isinstance(target, QLineEdit) else target.insertPlainText
            box(text)  # as an input method does
        else:
            QTest.keyClicks(target, "".join(each for each in text if each.isascii()))

    def _click(self) -> None:
        seen = [
            each
            for each in self.window.findChildren(QWidget)
            if isinstance(each, (QAbstractButton, QAbstractItemView, QLineEdit))
            and each.isVisible() and each.isEnabled() and not each.visibleRegion().isEmpty()
            and not (isinstance(each, QToolButton) and each.menu())  # it waits for a choice
            and not any(word in f"{each.accessibleName()}{_text(each)}" for word in LEAVES)
        ]  # fmt: skip
        if not seen:
            return
        target = self.chance.choice(seen)
        room = target.visibleRegion().boundingRect()
        at = QPoint(
            self.chance.randint(room.left(), room.right()),
            self.chance.randint(room.top(), room.bottom()),
        )
        self._did(f"click {type(target).__name__} {_text(target)}")
        if isinstance(target, QAbstractItemView):
            target.setDragEnabled(False)  # a drag ends only where a hand lets go
        inner = target.viewport() if isinstance(target, QAbstractItemView) else target
        act = QTest.mouseDClick if self.chance.random() < 0.1 else QTest.mouseClick
        act(inner, Qt.MouseButton.LeftButton, PLAIN, at)

    def _did(self, words: str) -> None:
        self.last = [*self.last[-14:], words]


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def resident() -> float:
    """Megabytes of memory in use; what the C library keeps of freed memory is given back first."""
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(each for each in lines if each.startswith("VmRSS")).split()[1]) / 1024


def alone() -> None:
    """Nothing of the system's comes up: every dialog is cancelled."""
    for name, said in (
        ("getOpenFileName", ("", "")), ("getSaveFileName", ("", "")),
        ("getOpenFileNames", ([], "")), ("getExistingDirectory", ""),
    ):  # fmt: skip
        setattr(QFileDialog, name, staticmethod(lambda *_given, said=said, **_more: said))
    QDialog.exec = lambda _self: 0
    QDesktopServices.openUrl = staticmethod(lambda _url: True)


def main(arguments: list[str]) -> int:
    """One soak."""
    path, events, seed = arguments[0], int(arguments[1]), int(arguments[2])
    application = QApplication(["monkey"])
    wrong: list[str] = []
    alone()
    program = Program([path])
    monkey = Monkey(program, seed)

    def caught(kind: Any, error: Any, trace: Any) -> None:
        told = "".join(traceback.format_exception(kind, error, trace))[-4000:]
        wrong.append(f"{told}\nafter {monkey.last}")

    window = program.window
    window.resize(1366, 690)
    window.show()
    until(lambda: window.session is not None)
    sys.excepthook = caught
    logging.getLogger().addHandler(_Heard(wrong, monkey))
    settle(program)
    weights: list[float] = []
    for number in range(events):
        monkey.poke()
        if number % 10 == 0:
            settle(program)
            # no loop runs here: what was let go of would never go
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if number % max(events // 20, 1) == 0:
            gc.collect()
            weights.append(round(resident(), 1))
            sys.stderr.write(f"{number} events, {weights[-1]} MB\n")
        if wrong or not window.isVisible() or window.session is None:
            wrong = wrong or [f"the window went away after {monkey.last}"]
            break
    QCoreApplication.processEvents()
    said: dict[str, Any] = {"events": number + 1, "wrong": wrong[:3], "acts": 0, "faults": []}
    if window.session is not None:
        settle(program)
        office = window.session.office
        said["megabytes"] = weights
        said["acts"] = office.store.raw("SELECT count(*) FROM journal_entry")[0][0]
        # what the demo office should hold is no longer said: the monkey made and deleted some of it
        said["faults"] = [str(each) for each in check(office) if each.where != "演示数据"][:5]
    sys.stdout.write(json.dumps(said, ensure_ascii=True) + "\n")
    sys.stdout.flush()
    if wrong:
        import os

        os._exit(1)
    window.close()
    application.processEvents()
    return 0


class _Heard(logging.Handler):
    def __init__(self, wrong: list[str], monkey: Monkey) -> None:
        super().__init__(logging.WARNING)
        self.wrong, self.monkey = wrong, monkey

    def emit(self, record: logging.LogRecord) -> None:
        self.wrong.append(f"{record.name}: {record.getMessage()} after {self.monkey.last}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
