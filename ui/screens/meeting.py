"""议事会议: the agenda left, the matter being discussed right, the roll a letter a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes, Entry
from lanling_desktop.hall import actions
from lanling_desktop.hall.board import Seat, Topic, agenda, roll
from ui.screens.acts import ListActs
from ui.screens.bars import AskBar, ChooseBar
from ui.screens.meeting_acts import REGISTER, MeetingActs
from ui.screens.meeting_heads import Heads
from ui.screens.meeting_lists import AgendaList, RollList, agenda_lines, counts
from ui.screens.meeting_look import Points
from ui.screens.meeting_matter import MatterPage
from ui.screens.meeting_parts import PERSON, TOPIC, OtherPage, PartPage
from ui.session import Session

_WATCHED = {REGISTER, "agenda_item", "attendee", "action_item", "follow_up", "minutes_version"}


class MeetingScreen(MeetingActs):
    """Prepare, hold and close one meeting. Everything typed is saved as its box is left."""

    finished = Signal()
    help_topic = "hall"

    def __init__(self, session: Session, meeting_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.meeting_id = session, meeting_id
        self.meeting: Entry = session.office.read(REGISTER, meeting_id)
        self.topics: tuple[Topic, ...] = ()
        self._alone = self._begun = False
        self._asked = 0
        self.heads = Heads(session, self)
        self.agenda, self.roll = AgendaList(self), RollList(self)
        self.matter = MatterPage(session, meeting_id, self)
        self.other = OtherPage(session, meeting_id, self)
        self.new_topic = PartPage(session, "agenda_item", TOPIC, self)
        self.new_person = PartPage(session, "attendee", PERSON, self)
        self.points = Points(self)
        self.why = AskBar("理由", "记下", self)
        self._why: Callable[[str], None] | None = None
        self.editions, self.others = ChooseBar("存为 Word", self), ChooseBar("更多", self)
        self.acts = ListActs(session, session.office.registers[REGISTER], self._look, self)
        self.left_side, self.right = QStackedWidget(self), QStackedWidget(self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.build()
        self._connect()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.reload)
        self._first = True
        self._read_all()

    def _connect(self) -> None:
        self.agenda.current_changed.connect(self._show)
        self.agenda.opened.connect(self._enter_matter)
        self.agenda.edit_requested.connect(self._edit_topic)
        self.agenda.delete_requested.connect(partial(self._ask_delete, "agenda_item"))
        self.agenda.move_requested.connect(self.move_matter)
        self.roll.marked.connect(self._mark)
        self.roll.rest_requested.connect(self.mark_rest)
        self.roll.reason_requested.connect(self._ask_reason)
        self.roll.edit_requested.connect(self._edit_person)
        self.roll.delete_requested.connect(partial(self._ask_delete, "attendee"))
        self.matter.left.connect(self.enter_list)
        self.matter.decided.connect(self._go_on)
        self.other.left.connect(self.enter_list)
        for page in (self.new_topic, self.new_person):
            page.left.connect(self._leave_part)
            page.saved.connect(self._later_reload)
        self.heads.typed.connect(self._save_head)
        self.heads.left.connect(self.enter_list)
        self.points.jump_requested.connect(self._jump)
        self.why.given.connect(self._given)
        self.why.closed.connect(self.enter_list)
        for bar in (self.acts.papers, self.editions, self.others):
            bar.closed.connect(self.enter_list)
        self.editions.chosen.connect(self.to_word)
        self.word.clicked.connect(self.ask_word)
        self.others.chosen.connect(self.do_other)
        self.more.clicked.connect(self.ask_other)
        self.hold.clicked.connect(self.hold_now)
        self.close_minutes.clicked.connect(self.finalise)
        self.correct.clicked.connect(self._ask_correction)
        self.print.clicked.connect(self.print_paper)
        self.add.clicked.connect(self.add_one)
        self.rest.clicked.connect(self.mark_rest)
        self.alone.clicked.connect(self.toggle_alone)
        self.back.clicked.connect(self.finished)
        self.to_agenda.clicked.connect(self.show_agenda)
        self.to_roll.clicked.connect(self.show_roll)
        for key, act in (
            ("F2", self._to_heads),
            ("F3", self.show_agenda),
            ("F5", self.show_roll),
            ("F8", self._next_point),
            ("F9", self.hold_now),
            ("F10", self.finalise),
            ("F11", self.toggle_alone),
            ("Ctrl+N", self.add_one),
            ("Ctrl+P", self.print_paper),
            ("Ctrl+Shift+P", self._print_other),
            ("Ctrl+W", self.ask_word),
            ("F12", self.ask_other),
            ("Ctrl+PgDown", partial(self._walk, 1)),
            ("Ctrl+PgUp", partial(self._walk, -1)),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        self.session.changed.connect(self._changed)

    # Reading

    def begin(self) -> None:
        """The screen came into sight."""
        if not self._begun:
            self._begun = True
            self.agenda.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self.focusWidget() or self.agenda).setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        """For F6."""
        return [self.left_side, self.right]

    def _read_all(self) -> None:
        office = self.session.office
        topics, seats = agenda(office, self.meeting_id), roll(office, self.meeting_id)
        self._came((office.read(REGISTER, self.meeting_id), topics, seats))

    @Slot()
    def reload(self) -> None:
        """Read everything behind the screen; what is being typed stays."""
        self._asked += 1
        asked, office, key = self._asked, self.session.office, self.meeting_id

        def read() -> tuple[Entry, tuple[Topic, ...], tuple[Seat, ...]]:
            return office.read(REGISTER, key), agenda(office, key), roll(office, key)

        def came(found: tuple[Entry, tuple[Topic, ...], tuple[Seat, ...]]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._came(found)

        self.session.reader.run(lambda _: read(), came, self._gone)

    def _gone(self, error: BaseException) -> None:
        if not isinstance(error, OfficeError):
            raise error
        if shiboken6.isValid(self):
            self.session.notifier.trouble(error)
            self.finished.emit()

    def _came(self, found: tuple[Entry, tuple[Topic, ...], tuple[Seat, ...]]) -> None:
        self.meeting, self.topics, seats = found
        self.roll.locked = self.locked
        self.roll.show_seats(seats)
        self.heads.show_meeting(self.meeting, locked=self.locked)
        self.other.show_meeting(self.meeting, locked=self.locked)
        wanted = self._first_shown() if self._first else None
        self._first = False
        self.agenda.show_lines(agenda_lines(self.topics, other=bool(self.meeting["other"])))
        if wanted is not None:
            self.agenda.choose(wanted)
        self._show(self.agenda.key())
        self.write_state(self.meeting, *counts(self.roll.shown()), locked=self.locked)
        if self.points.isVisible():
            self.points.tell(actions.open_points(self.session.office, self.meeting_id))

    def _first_shown(self) -> str | None:
        """The matter whose text a crash left behind, else the first without an outcome."""
        head = f"{REGISTER}/{self.meeting_id}/"
        drafts = [each.key for each in self.session.drafts.all()]
        kept = [key.removeprefix(head).split("#")[0] for key in drafts if key.startswith(head)]
        known = [each.id for each in self.topics]
        left = next((key for key in kept if key in known), None)
        undone = (each.id for each in self.topics if not each.disposal and not each.reported)
        return left or next(undone, None)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if not changes.records or _WATCHED & changes.tables:
            self._later.start()

    @Slot(object)
    def _later_reload(self, _changes: Changes) -> None:
        self._later.start()

    # Agenda and matters

    @Slot(object)
    def _show(self, key: object) -> None:
        topic = next((each for each in self.topics if each.id == key), None)
        if self.right.currentWidget() in (self.new_topic, self.new_person):
            return
        if topic is not None:
            self.matter.show_topic(topic, self.meeting, locked=self.locked)
            self.right.setCurrentWidget(self.matter)
        else:
            self.matter.forget()
            self.right.setCurrentWidget(self.other)

    def resume(self, key: str) -> None:
        """Go on with a draft of this meeting: of a matter, or of a row being typed in."""
        self._begun = True
        register, record, *_ = key.partition("#")[0].split("/")
        page = {"agenda_item": self.new_topic, "attendee": self.new_person}.get(register)
        if page is None:
            matter = key.partition("#")[0].rpartition("/")[2]
            if self.agenda.choose(matter):
                self._enter_matter(matter)
                self.matter.drafts.resume(key)
            return
        if page is self.new_person:
            self.show_roll()
        if record != "new":
            self._edit(page, record)
        else:
            self.add_one()
        page.form.drafts.resume(key)

    @Slot(object)
    def _enter_matter(self, key: object) -> None:
        self._show(key)
        self.fold(inside=True)
        page = self.right.currentWidget()
        if page is self.other:
            self.other.enter()
        else:
            self.matter.enter()

    @Slot(str)
    def _go_on(self, topic_id: str) -> None:
        """A matter is done: on to the next one without an outcome."""
        ids = [each.id for each in self.topics]
        at = ids.index(topic_id) if topic_id in ids else -1
        later = [*self.topics[at + 1 :], *self.topics[: max(0, at)]]
        fresh = (each.id for each in later if not each.disposal and not each.carried)
        first = self.topics[at + 1].id if 0 <= at < len(self.topics) - 1 else ""
        carried = at >= 0 and self.topics[at].carried
        wanted = first if carried and first else next(fresh, "")
        if wanted and self.agenda.choose(wanted):
            self._enter_matter(wanted)
        else:
            self.enter_list()

    @Slot()
    def _to_heads(self) -> None:
        """F2: into the heads, or out of them."""
        self.fold(inside=False)
        self.heads.toggle()

    @Slot()
    def _next_point(self) -> None:
        """F8: to what is still open, else to what is wrong in the boxes."""
        if self.points.isHidden():
            self.matter.form.next_problem()
        else:
            self.points.next()

    def _walk(self, by: int) -> None:
        """The next matter or the one before, the focus where it was."""
        inside = self.right.isAncestorOf(QApplication.focusWidget() or self)
        if self.agenda.step(by) and inside:
            self._enter_matter(self.agenda.key())

    @Slot()
    def enter_list(self) -> None:
        """The focus onto the list in sight."""
        self.fold(inside=False)
        target = self.roll if self.left_side.currentWidget() is self.roll else self.agenda
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_agenda(self) -> None:
        """F3."""
        self.left_side.setCurrentWidget(self.agenda)
        self.write_sides()
        self.enter_list()

    @Slot()
    def show_roll(self) -> None:
        """F5."""
        self.left_side.setCurrentWidget(self.roll)
        self.write_sides()
        self.enter_list()

    @Slot()
    def add_one(self) -> None:
        """Ctrl+N: a matter, or a person when the roll is in sight."""
        if self.locked:
            self._say_locked()
        elif self.left_side.currentWidget() is self.roll:
            self._part(self.new_person)
            place = {"meeting_id": self.meeting_id, "position": len(self.roll.seats) + 1}
            self.new_person.begin_new(self.meeting_id, place)
        else:
            self._part(self.new_topic)
            number = max((each.number for each in self.topics), default=0) + 1
            self.new_topic.begin_new(
                self.meeting_id, {"meeting_id": self.meeting_id, "number": number}
            )

    def _part(self, page: PartPage) -> None:
        self.matter.put_aside()
        self.fold(inside=True)
        self.right.setCurrentWidget(page)

    @Slot(object)
    def _edit_topic(self, key: object) -> None:
        self._edit(self.new_topic, key)

    @Slot(object)
    def _edit_person(self, key: object) -> None:
        self._edit(self.new_person, key)

    def _edit(self, page: PartPage, key: object) -> None:
        if self.locked:
            self._say_locked()
            return
        self._part(page)
        page.begin_edit(self.meeting_id, str(key))

    @Slot()
    def _leave_part(self) -> None:
        self.right.setCurrentWidget(self.matter)
        self._show(self.agenda.key())
        self.enter_list()

    def _flush(self) -> None:
        self.heads.flush()
        self.matter.save_texts()
        self.other.save()

    def keep_draft(self) -> None:
        """The window is closing, or another screen comes."""
        self._flush()
        self.matter.keep_draft()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was typed is saved before something else is shown."""
        super().hideEvent(event)
        self._flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc on a list leaves the meeting."""
        if event.key() == Qt.Key.Key_Escape:
            if self._alone:
                self.toggle_alone()
            else:
                self.finished.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The agenda keeps its width."""
        super().resizeEvent(event)
        self.share_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_later"):
            self.share_out()
