"""A form's draft: kept while typing, offered again when the form comes up."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lanling_desktop.core.desk import Draft
from ui.screens.bars import Notice
from ui.session import Session


class DraftNotice(Notice):
    """Keeps drafts of one form behind long work, and offers the last one over it."""

    taken = Signal(object)  # values as they were typed
    refused = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offered: Draft | None = None
        self._key = self._mine = ""  # what the form's drafts are called; where this one is kept
        self._kept = False  # whether something is kept there
        self.at = ""  # the box that was typed in last, of the draft that was taken
        self.add("继续", "Alt+J").clicked.connect(self.take)
        self.add("不要了", "Alt+K").clicked.connect(self.refuse)

    @property
    def kept(self) -> bool:
        """Whether a draft of what is typed now is kept."""
        return self._kept

    @property
    def offered(self) -> dict[str, Any] | None:
        """What is offered, as it was typed; None where nothing is."""
        return self._offered.content.get("values", {}) if self._offered is not None else None

    def offer(self, key: str) -> None:
        """Show the draft of a form, if there is one; the form's drafts are kept under this key.

        What is typed now is kept beside an offered draft, never over it.
        """
        drafts = {each.key: each for each in self._session.drafts.all()}
        self._key, self._kept = key, False
        self._offered = drafts.get(key) or drafts.get(f"{key}#2")
        self._mine = f"{key}#2" if key in drafts else key
        if self._offered is None:
            self.tell("")
            return
        when = said_when(self._offered, self._session.office.today)
        self.tell(f"继续上次未保存的录入（{when}）：{self._offered.title}")

    def forget(self) -> None:
        """No form is open."""
        self._key, self._mine, self._offered, self._kept = "", "", None, False
        self.tell("")

    def keep(self, title: str, values: dict[str, Any], at: str = "") -> None:
        """Keep what is typed, and in which box the clerk was."""
        self._kept = True
        self._session.drafts.keep(self._mine, title, {"values": values, "at": at})

    def drop(self, key: str = "") -> None:
        """What was kept is saved or not wanted."""
        if not key:
            self._kept = False
        self._session.drafts.drop(key or self._mine)

    @Slot()
    def take(self) -> None:
        """Go on with what was typed before."""
        if self._offered is not None:
            offered, self._offered = self._offered, None
            self.tell("")
            self._mine, self._kept = offered.key, True
            self.at = str(offered.content.get("at", ""))
            self.taken.emit(offered.content.get("values", {}))

    def resume(self, key: str) -> None:
        """Go on with a draft of this form that was chosen elsewhere."""
        wanted = self._session.drafts.find(key)
        if wanted is not None and key.partition("#")[0] == self._key:
            self._offered = wanted
            self.take()

    @Slot()
    def refuse(self) -> None:
        """What was typed before is not wanted."""
        if self._offered is not None:
            self._session.drafts.drop(self._offered.key)
            self._offered = None
        self.tell("")
        self.refused.emit()


def said_when(draft: Draft, today: date) -> str:
    """When it was typed: the time of today, the day of another day."""
    return draft.at[11:16] if draft.at.startswith(today.isoformat()) else draft.at[5:16]
