"""接着做: the forms that were left half typed, and the way back into each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from ui import theme
from ui.screens.drafts import said_when
from ui.session import Session
from ui.widgets.pages import words

if TYPE_CHECKING:
    from ui.navigation import Navigator

_MOST = 5  # so many stand there; the older ones come up as these are done
_MEETING = "hall_meeting"


class HalfDone(QWidget):
    """Each draft by its title and time; pressing one opens its form."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: list[tuple[str, str]] = []
        self.acts: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.px(8))
        self._column.setSpacing(theme.px(4))
        self._column.addWidget(words("接着做", "section"))
        self.hide()
        session.drafts.changed.connect(self.show_drafts)

    @Slot()
    def show_drafts(self) -> None:
        """What is there now."""
        office = self._session.office
        drafts = self._session.drafts.all()
        wanted = [
            (each.key, f"{each.title}（{said_when(each, office.today)} 没有保存完）")
            for each in drafts[:_MOST]
        ]
        if wanted != self._shown:
            self._put(wanted)
        self.setVisible(bool(wanted))

    def _put(self, wanted: list[tuple[str, str]]) -> None:
        for each in self.acts:
            self._column.removeWidget(each)
            each.deleteLater()
        self._shown, self.acts = wanted, []
        for key, text in wanted:
            act = theme.button(text, "plain", parent=self)
            act.clicked.connect(partial(self._session.draft_requested.emit, key))
            self._column.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
            QWidget.setTabOrder(self.acts[-1] if self.acts else self, act)
            self.acts.append(act)


def open_draft(navigator: Navigator, key: str) -> None:
    """Show the form a draft was typed into, with what was typed.

    A key is register/record or new/place: a child's place is its parent; what is typed at a
    meeting stands under hall_meeting/meeting/matter.
    """
    register, record, place, *_ = [*key.partition("#")[0].split("/"), "", ""]
    office = navigator.session.office
    if register == _MEETING and place:
        _at_meeting(navigator, record, key)
        return
    known = office.registers.get(register)
    if known is None:
        return
    if not place:
        screen: Any = navigator.go(register)
        if screen is not None:
            screen.resume(key, "" if record == "new" else record)
        return
    parent = _parent(office, register, place)
    if parent == _MEETING:
        _at_meeting(navigator, place, key)
    elif parent:
        screen = navigator.go(parent)
        if screen is not None:
            screen.open_record(place)
            screen.panel.resume_child(register, key, "" if record == "new" else record)


def _at_meeting(navigator: Navigator, meeting: str, key: str) -> None:
    navigator.show_meeting(meeting)
    resume = getattr(navigator.screen, "resume", None)
    if resume is not None:
        resume(key)


def _parent(office: Office, register: str, record_id: str) -> str:
    """Which register the record is of that a row of `register` hangs on."""
    for key, each in office.registers.items():
        hangs = any(child.register == register for child in each.children)
        if hangs or (key == _MEETING and register in ("agenda_item", "attendee")):
            try:
                office.read(key, record_id)
            except OfficeError:
                continue
            return key
    return ""
