"""A warning while typing: somebody very like this is in the office already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from lanling_desktop.core.plain import Duplicate
from lanling_desktop.core.register import Register
from ui.screens.bars import Notice
from ui.session import Session

_PAUSE = 250  # milliseconds after a key before doubles are looked for


class DoubleNotice(Notice):
    """Looks for likely doubles of what is typed, in the reader's thread, and shows the likeliest."""

    open_requested = Signal(str)
    dismissed = Signal()

    def __init__(
        self,
        session: Session,
        register: Register,
        values: Callable[[], tuple[dict[str, Any], str | None]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._register = register
        self._values = values
        self._watched = {key for group in register.duplicates for key in group} | {
            key for key, each in register.all_columns.items() if each.field.key
        }
        self._asked = 0
        self._not_these: set[str] = set()
        self.found: list[Duplicate] = []
        self._wait = QTimer(self, singleShot=True, interval=_PAUSE)
        self._wait.timeout.connect(self._look)
        self.add("打开", "Alt+O").clicked.connect(self._open)
        self.add("不是同一个", "Alt+N").clicked.connect(self._dismiss)

    def watch(self, key: str) -> None:
        """A column was typed into."""
        if key in self._watched:
            self._wait.start()

    def clear(self) -> None:
        """Another record."""
        self._wait.stop()
        self._asked += 1
        self._not_these.clear()
        self._show([])

    @Slot()
    def _look(self) -> None:
        self._asked += 1
        asked, office, key = self._asked, self._session.office, self._register.key
        values, own = self._values()

        def came(found: list[Duplicate]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._show([each for each in found if each.id not in self._not_these])

        self._session.reader.run(lambda _: office.duplicates(key, values, own), came)

    def _show(self, found: list[Duplicate]) -> None:
        self.found = sorted(found, key=lambda each: not each.certain)
        if not found:
            self.tell("")
            return
        first = self.found[0]
        more = f"（另有 {len(found) - 1} 个）" if len(found) > 1 else ""
        sure = "已经登记过" if first.certain else "可能已登记"
        said = f"{first.why}，{sure}：{first.title}  {first.detail}{more}"
        self.tell(said, "wrong" if first.certain else "note")

    @Slot()
    def _open(self) -> None:
        if self.found:
            self.open_requested.emit(self.found[0].id)

    @Slot()
    def _dismiss(self) -> None:
        self._not_these.update(each.id for each in self.found)
        self._show([])
        self.dismissed.emit()
