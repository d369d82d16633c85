"""The list of a register with its own keys, and the choice of its columns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from lanling_desktop.core.field import Kind
from lanling_desktop.core.register import Register
from ui.widgets.paged_table import PagedTable
from ui.widgets.work import Worker


class RegisterTable(PagedTable):
    """The list of a register: Del deletes, Esc goes back to the filter, columns of all there are."""

    delete_requested = Signal()
    left_up = Signal()
    keys_changed = Signal()

    def __init__(
        self, register: Register, settings: QSettings, worker: Worker, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            register.key,
            settings,
            worker=worker,
            empty_text=f"没有符合条件的{register.noun}",
            parent=parent,
        )
        self.register = register
        self._kept = settings
        self.keys = self._remembered()
        self.setAccessibleName(register.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del and Esc; the rest is a list's."""
        if event.key() == Qt.Key.Key_Delete and self.record_id() is not None:
            self.delete_requested.emit()
        elif event.key() == Qt.Key.Key_Escape or (
            event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0
        ):
            self.left_up.emit()
        else:
            super().keyPressEvent(event)

    def columns_menu(self) -> QMenu:
        """Every column of the register with its tick, those of the form by section."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, each in self._offered():
            act = made.addAction(each)
            act.setCheckable(True)
            act.setChecked(key in self.keys)
            act.setEnabled(self.keys != (key,))
            act.toggled.connect(partial(self._toggle, key))
        made.addSeparator()
        made.addAction("恢复默认列").triggered.connect(self._restore)
        return made

    def _offered(self) -> Sequence[tuple[str, str]]:
        columns = self.register.all_columns
        first = [(key, columns[key].field.label) for key in self.register.columns]
        rest = [
            (key, each.field.label)
            for key, each in columns.items()
            if key not in self.register.columns and each.field.kind is not Kind.LONG_TEXT
        ]
        return [*first, *rest]

    def _toggle(self, key: str, shown: bool) -> None:
        self.set_keys((*self.keys, key) if shown else tuple(k for k in self.keys if k != key))

    def set_keys(self, keys: Sequence[str]) -> None:
        """The columns to show, remembered."""
        self.keys = tuple(keys)
        self._kept.setValue(f"keys/{self.register.key}", json.dumps(list(self.keys)))
        self.keys_changed.emit()

    @Slot()
    def _restore(self) -> None:
        self.columns.restore()
        self.set_keys(self.register.columns)

    def _remembered(self) -> tuple[str, ...]:
        text = str(self._kept.value(f"keys/{self.register.key}", "") or "")
        try:
            kept = json.loads(text or "[]")
            keys = tuple(str(k) for k in kept if str(k) in self.register.all_columns)
        except (ValueError, TypeError):
            keys = ()  # edited by hand: as if nothing was remembered
        return keys or self.register.columns
