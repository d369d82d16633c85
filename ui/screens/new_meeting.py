"""A new meeting out of the last one: its hall, its proposed day with how it was found, one Enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import shiboken6
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes
from lanling_desktop.hall import actions, board
from ui.screens.bars import Bar
from ui.screens.doing import carry_out
from ui.session import Session
from ui.widgets.form import Form


class NewMeetingBar(Bar):
    """Asks for the hall where it is not known; the day stands there already and can be changed."""

    opened = Signal(str)  # id of the meeting

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("新建会议", parent)
        self._session = session
        self._then: Callable[[str], None] | None = None
        self._hall = ""
        self.add_words("新建会议")
        self.verb = self.add_button("新建会议(Enter)", "primary")
        self.verb.clicked.connect(self._submit)
        self.add_button("取消(Esc)").clicked.connect(self.close_bar)
        columns = session.office.registers["hall_meeting"].all_columns
        self.form = Form(
            [("", [(key, columns[key].field) for key in ("hall_id", "planned_on")])],
            lookup=session.office.lookup,
            today=lambda: session.office.today,
            parent=self,
        )
        self.form.body.show_whole()
        for pin in self.form.pins():
            self.form.editor(pin).row.itemAt(1).widget().hide()
        self.form.submitted.connect(self.done)
        self.form.cancelled.connect(self.close_bar)
        self.form.edited.connect(self._edited)
        self.form.editor("hall_id").left.connect(self._propose)
        place = QVBoxLayout()
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self.form)
        self.column.insertLayout(1, place)

    def begin(self, hall_id: str = "", then: Callable[[str], None] | None = None) -> None:
        """Come up for a hall, or for the clerk to say which; `then` is told of the meeting."""
        office = self._session.office
        self._then = then
        known = dict(board.halls(office))
        if not known:
            self._session.notifier.say("还没有登记红色议事厅：先到“红色议事厅”里新增一个")
            return
        if not hall_id and len(known) == 1:
            hall_id = next(iter(known))
        self.form.reset({}, texts={})
        self.say("")
        self._hall = ""
        if hall_id in known:
            self.form.editor("hall_id").set_value(hall_id, known[hall_id])
            self._propose()
        self.show()
        self.form.jump("planned_on" if hall_id in known else "hall_id")

    @Slot(str)
    def _edited(self, key: str) -> None:
        if key == "hall_id":
            self._propose()

    @Slot()
    def _propose(self) -> None:
        """Put the proposed day of the hall into its box, and say how it was found."""
        hall = self._chosen()
        if not hall or hall == self._hall:
            return
        self._hall = hall
        try:
            said = actions.propose_day(self._session.office, hall)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
            return
        self.form.editor("planned_on").set_value(said.day)
        ahead = board.planned_meetings(self._session.office, hall)
        more = [f"这个议事厅已有待召开的会议（{ahead[0][1]}）"] if ahead else []
        self.say("；".join([*said.steps, *more]))

    def _chosen(self) -> str:
        editor = self.form.editor("hall_id")
        linked = editor.draft()
        if isinstance(linked, list):
            return str(linked[0])
        found = self._session.office.resolve("meeting_hall", str(linked).strip())
        return found[0] if len(found) == 1 else ""

    @Slot()
    def _submit(self) -> None:
        self.form.submit()

    @Slot()
    def done(self) -> None:
        """Make it."""
        hall, office = self._chosen(), self._session.office
        day = self.form.editor("planned_on").value()
        if not hall:
            self.form.set_problem("hall_id", "没有找到这个议事厅，请从列表里选")
            self.form.jump("hall_id")
            return

        def job() -> Changes:
            given = day if isinstance(day, date) else None
            return actions.open_meeting(office, hall_id=hall, planned_on=given)

        carry_out(self._session, job, self._did, self._failed)

    def _did(self, changes: Changes) -> None:
        self._session.notifier.say(f"已{changes.title}", undo=True)
        if not shiboken6.isValid(self):
            return
        then, self._then = self._then, None
        self.close_bar()
        if then is not None:
            then(changes.main)
        else:
            self.opened.emit(changes.main)
            self._session.meeting_requested.emit(changes.main)

    def _failed(self, trouble: BaseException) -> None:
        if isinstance(trouble, OfficeError):
            self.say(str(trouble.what), "wrong")
        else:
            raise trouble
