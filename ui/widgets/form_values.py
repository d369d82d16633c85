"""The values of a form: what is typed, what was changed, what is carried on, what a draft keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.widgets.editor import Editor
from ui.widgets.form_body import PinButton


class DraftClock(QObject):
    """Asks for a draft 3 seconds after the first change or at the 20th, whichever is sooner."""

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._changes = 0
        self._timer = QTimer(self, singleShot=True, interval=3000)
        self._timer.timeout.connect(self._ring)

    @Slot()
    def touch(self) -> None:
        """Something was changed."""
        self._changes += 1
        if self._changes >= 20:
            self._ring()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Nothing is left to keep."""
        self._changes = 0
        self._timer.stop()

    @Slot()
    def _ring(self) -> None:
        self.stop()
        self.due.emit()


class FormValues(QWidget):
    """The editors of a form as one mapping of values by column key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: dict[str, Editor] = {}
        self._pins: dict[str, PinButton] = {}
        self._start: dict[str, Any] = {}
        self._away: set[str] = set()  # columns that are not asked for just now
        self.drafts = DraftClock(self)

    def editor(self, key: str) -> Editor:
        """The editor of a column."""
        return self._editors[key]

    def values(self) -> dict[str, Any]:
        """Every value that can be typed here, by column key."""
        return {key: each.value() for key, each in self._open().items()}

    def changed_values(self) -> dict[str, Any]:
        """Only the values that were changed."""
        return {
            key: each.value()
            for key, each in self._open().items()
            if each.draft() != self._start[key]
        }

    def carried(self) -> dict[str, Any]:
        """The values of the pinned boxes, to be the defaults of the next record."""
        return {
            key: tuple(draft) if isinstance(draft, list) else editor.value()
            for key, pin in self._pins.items()
            if pin.isChecked()
            and (editor := self._editors[key])
            and (draft := editor.draft()) not in ("", None)
        }

    def set_pins(self, pins: Mapping[str, bool]) -> None:
        """Pin or unpin boxes, as the desk remembers it; without telling."""
        for key, pin in self._pins.items():
            if pin.isChecked() != pins.get(key, pin.isChecked()):
                pin.blockSignals(True)
                pin.setChecked(pins[key])
                pin.blockSignals(False)
                pin.draw()

    def pins(self) -> dict[str, bool]:
        """Which boxes can be pinned, and which are."""
        return {key: pin.isChecked() for key, pin in self._pins.items()}

    def draft(self) -> dict[str, Any]:
        """What has been typed so far, as JSON holds it."""
        return {key: each.draft() for key, each in self._open().items()}

    def set_draft(self, draft: Mapping[str, Any]) -> None:
        """Bring back what had been typed; the form is dirty then."""
        for key, typed in draft.items():
            if key in self._editors:
                self._editors[key].set_draft(typed)

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what was shown first."""
        return any(each.draft() != self._start[key] for key, each in self._editors.items())

    def set_clean(self) -> None:
        """What is shown now is what is kept."""
        self._start = {key: each.draft() for key, each in self._editors.items()}
        self.drafts.stop()

    def kept(self, drafts: Mapping[str, Any]) -> None:
        """These were saved meanwhile; what was typed since then is still to be kept."""
        self._start.update(drafts)

    def renew(self, values: Mapping[str, Any]) -> None:
        """Other values were saved elsewhere: the boxes nobody typed into show them."""
        for key, value in values.items():
            editor = self._editors[key]
            if editor.draft() == self._start[key] and (editor.value() or None) != (value or None):
                editor.set_value(value)
                self._start[key] = editor.draft()

    def touched(self, keys: Iterable[str]) -> dict[str, Any]:
        """What was typed into these boxes and is not kept yet, as drafts by column key."""
        return {
            key: draft for key in keys if (draft := self._editors[key].draft()) != self._start[key]
        }

    def reasons(self) -> dict[str, str]:
        """The reasons given for what was noted, by column key."""
        return {key: said for key, each in self._editors.items() if (said := each.reason())}

    def _open(self) -> dict[str, Editor]:
        return {
            key: each
            for key, each in self._editors.items()
            if not each.read_only and key not in self._away
        }
