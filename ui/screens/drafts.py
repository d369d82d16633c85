"""A form's draft: kept while typing, offered again when the form comes up."""

from __future__ import annotations

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
        self._key = ""
        self.add("继续", "Alt+J").clicked.connect(self.take)
        self.add("不要了", "Alt+K").clicked.connect(self.refuse)

    @property
    def key(self) -> str:
        """Where what is typed now is kept: beside an offered draft, never over it."""
        beside = self._offered is not None and self._offered.key == self._key
        return f"{self._key}#2" if beside else self._key

    @property
    def offered(self) -> dict[str, Any] | None:
        """What is offered, as it was typed; None where nothing is."""
        return self._offered.content.get("values", {}) if self._offered is not None else None

    def offer(self, key: str) -> None:
        """Show the draft of a form, if there is one; the form's drafts are kept under this key."""
        self._key, self._offered = key, None
        drafts = {each.key: each for each in self._session.office.desk.drafts()}
        self._offered = drafts.get(key) or drafts.get(f"{key}#2")
        if self._offered is None:
            self.tell("")
            return
        at, today = self._offered.at, self._session.office.today.isoformat()
        when = at[11:16] if at.startswith(today) else at[5:16]
        self.tell(f"继续上次未保存的录入（{when}）：{self._offered.title}")

    def forget(self) -> None:
        """No form is open."""
        self._key, self._offered = "", None
        self.tell("")

    def keep(self, title: str, values: dict[str, Any]) -> None:
        """Keep what is typed."""
        desk, key = self._session.office.desk, self.key
        self._session.worker.run(lambda _: desk.keep_draft(key, title, {"values": values}))

    def drop(self, key: str = "") -> None:
        """What was kept is saved or not wanted."""
        desk, key = self._session.office.desk, key or self.key
        self._session.worker.run(lambda _: desk.drop_draft(key))

    @Slot()
    def take(self) -> None:
        """Go on with what was typed before."""
        if self._offered is not None:
            offered, self._offered = self._offered, None
            self.tell("")
            if offered.key != self._key:
                self.drop(offered.key)
            self.taken.emit(offered.content.get("values", {}))

    @Slot()
    def refuse(self) -> None:
        """What was typed before is not wanted."""
        if self._offered is not None:
            self.drop(self._offered.key)
            self._offered = None
        self.tell("")
        self.refused.emit()
