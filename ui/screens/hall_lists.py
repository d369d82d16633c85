"""What the lists of the hall can do beside what every list can: hold a meeting, raise a matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, View
from lanling_desktop.hall import actions, board
from ui import theme
from ui.screens.doing import carry_out
from ui.screens.new_meeting import NewMeetingBar
from ui.session import Session

if TYPE_CHECKING:
    from ui.screens.pay_lists import PayRuns
    from ui.screens.pay_set import PaySet
    from ui.screens.register import RegisterScreen
    from ui.screens.scheme_lists import Schemes


def own_acts(screen: RegisterScreen) -> HallList | PayRuns | PaySet | Schemes | None:
    """What the list of a register has of its own, if anything."""
    if screen.register.key == "pay_run":
        from ui.screens.pay_lists import PayRuns

        return PayRuns(screen)
    if screen.register.key == "community_worker" and screen.session.office.reads("pay_run"):
        from ui.screens.pay_set import PaySet

        return PaySet(screen)
    if screen.register.key == "salary_scheme":
        from ui.screens.scheme_lists import Schemes

        return Schemes(screen)
    kinds: dict[str, type[HallList]] = {
        "meeting_hall": Halls,
        "hall_meeting": Meetings,
        "action_item": Ledger,
        "visitor_reception": Visitors,
    }
    kind = kinds.get(screen.register.key)
    return kind(screen) if kind is not None else None


def next_meeting(session: Session, bar: NewMeetingBar, hall_id: str = "") -> None:
    """To the meeting that is nearest; to a choice where several are; to a new one where none is."""
    office = session.office
    today = office.today
    ahead = sorted(
        board.planned_meetings(office, hall_id), key=lambda each: abs((each[1] - today).days)
    )
    if not ahead:
        bar.begin(hall_id)
    elif len(ahead) == 1 or ahead[0][1] != ahead[1][1]:
        session.meeting_requested.emit(ahead[0][0])
    else:
        session.list_requested.emit(View("hall_meeting", ready="planned"))


class HallList(QObject):
    """The acts of one list; a list without meetings of its own sends the clerk to theirs."""

    def __init__(self, screen: RegisterScreen) -> None:
        super().__init__(screen)
        self.screen, self.session = screen, screen.session
        self.bar = NewMeetingBar(self.session, screen)
        screen.pane.add_bar(self.bar)
        self.build()

    @property
    def office(self) -> Office:
        """The open office."""
        return self.session.office

    def build(self) -> None:
        """Add the acts' buttons."""

    def button(self, text: str, key: str = "") -> QPushButton:
        """A button beside the list's acts."""
        made = theme.button(text, key=key, parent=self.screen)
        self.screen.pane.add_acts((made,))
        return made

    def record(self) -> str:
        """The record in hand."""
        shown = self.screen.panel.entry
        return shown.id if shown else str(self.screen.table.record_id() or "")

    def open(self, _record_id: str) -> bool:
        """Enter on a record; False where the record beside the list is meant."""
        return False

    def new(self) -> bool:
        """Ctrl+N; False where the form beside the list is meant."""
        return False

    def hold(self) -> None:
        """开会, about what is in hand."""
        self.hold_next()

    def hold_next(self) -> None:
        """To the meeting that is next, whatever is in hand."""
        next_meeting(self.session, self.bar)

    def begin_new(self) -> None:
        """新建会议."""
        self.bar.begin()


class Halls(HallList):
    """红色议事厅: 开会 is about the hall in hand."""

    def build(self) -> None:
        """开会."""
        self.button("开会(Ctrl+M)").clicked.connect(self.hold)

    @Slot()
    def hold(self) -> None:
        """To the next meeting of the hall in hand, or to a new one."""
        next_meeting(self.session, self.bar, self.record())

    def begin_new(self) -> None:
        """A new meeting of the hall in hand."""
        self.bar.begin(self.record())


class Meetings(HallList):
    """议事会议: Enter and 开会 open the meeting in hand."""

    def build(self) -> None:
        """开会; what is new here is a meeting out of the last one."""
        self.button("开会(Enter)").clicked.connect(self.hold)
        self.screen.new.setText("新建会议(Ctrl+N)")
        self.screen.new.setShortcut("Ctrl+N")
        self.screen.new.setAccessibleName("新建会议")

    def new(self) -> bool:
        """Ctrl+N."""
        self.begin_new()
        return True

    def open(self, record_id: str) -> bool:
        """Open the meeting."""
        self.session.meeting_requested.emit(record_id)
        return True

    @Slot()
    def hold(self) -> None:
        """Open the meeting in hand."""
        record = self.record()
        if record:
            self.open(record)
        else:
            next_meeting(self.session, self.bar)

    @Slot()
    def begin_new(self) -> None:
        """A new meeting of the hall whose meeting is in hand."""
        record = self.record()
        hall = ""
        if record:
            try:
                hall = str(self.office.read("hall_meeting", record)["hall_id"] or "")
            except OfficeError as trouble:
                self.session.notifier.trouble(trouble)
        self.bar.begin(hall)


class Ledger(HallList):
    """议事台账: to the board, at the matter in hand."""

    def build(self) -> None:
        """跟进."""
        self.button("跟进(Ctrl+G)").clicked.connect(self._follow_up)

    @Slot()
    def _follow_up(self) -> None:
        self.session.board_requested.emit("", self.record(), False)


class Visitors(HallList):
    """来访登记: what a visitor brought becomes a matter of the next meeting."""

    def build(self) -> None:
        """列为议题."""
        self.button("列为议题", "Ctrl+I").clicked.connect(self.raise_matter)

    @Slot()
    def raise_matter(self) -> None:
        """Put the visitor's matter on the agenda of the hall's next meeting; make one if none is."""
        record = self.record()
        if not record:
            return
        try:
            visit = self.office.read("visitor_reception", record)
        except OfficeError as trouble:
            self.session.notifier.trouble(trouble)
            return
        halls = board.halls(self.office)
        hall = str(visit["hall_id"] or (halls[0][0] if len(halls) == 1 else ""))
        if visit["agenda_item_id"]:
            said = visit.texts["agenda_item_id"]
            self.session.notifier.say(f"这件事已经列为议题：{said}")
            return
        ahead = board.planned_meetings(self.office, hall) if hall else ()
        if ahead:
            self._raise(record, ahead[0][0])
        else:
            self.bar.begin(hall, lambda meeting: self._raise(record, meeting))
            self.bar.say("还没有待召开的会议：先新建一次，这件事就列入它的议程", "note")

    def _raise(self, visitor: str, meeting: str) -> None:
        office = self.office

        def job() -> Changes:
            return actions.raise_visitor_matter(office, visitor_id=visitor, meeting_id=meeting)

        carry_out(self.session, job, self._raised, self._failed)

    def _raised(self, changes: Changes) -> None:
        self.session.notifier.say(f"已{changes.title}", undo=True)
        if shiboken6.isValid(self):
            self.screen.pane.enter_list()

    def _failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, OfficeError):
            raise trouble
        self.session.notifier.trouble(trouble)
