"""What is done at a meeting beside the talking: the roll, its heads, its closing, its papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, View
from lanling_desktop.exchange.files import safe_file_name
from lanling_desktop.hall import actions, follow_up, rules
from lanling_desktop.hall.board import Topic
from lanling_desktop.hall.official_papers import minutes_to_word, record_to_word
from ui import files
from ui.screens.doing import behind, carry_out
from ui.screens.meeting_lists import counts
from ui.screens.meeting_look import MeetingLook
from ui.session import Session

REGISTER = "hall_meeting"
_KIND = "Word 文档 (*.docx)"
_WORD: dict[str, tuple[str, Callable[[Office, str, Path], None]]] = {
    "minutes": ("会议纪要", minutes_to_word),
    "record": ("会议记录", record_to_word),
}


class MeetingActs(MeetingLook):
    """The acts of a meeting's screen; what is refused is said where it was pressed."""

    alone_requested = Signal(bool)

    session: Session
    meeting_id: str
    meeting: Entry
    topics: tuple[Topic, ...]
    _alone: bool
    _why: Callable[[str], None] | None

    @property
    def locked(self) -> bool:
        """Whether the minutes are closed and nobody is putting them right."""
        return bool(self.meeting["finalised_on"] and not self.meeting["correcting"])

    @Slot(object, int)
    def move_matter(self, key: object, by: int) -> None:
        """Alt+Up and Alt+Down: another place on the agenda."""
        if self.locked:
            self._say_locked()
            return
        office, item = self.session.office, str(key)
        if actions.move_matter(office, item_id=item, by=by) is None:
            self.session.notifier.say("已经到头了，不能再移")

    def _act(self, job: Callable[[], Changes], *, quiet: bool = False) -> None:
        def done(changes: Changes | None) -> None:
            if changes is not None and not quiet:
                self.session.notifier.say(f"已{changes.title}", undo=True)

        (behind if quiet else partial(_now))(self.session, self, job, done, self._failed)

    def _failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, OfficeError):
            raise trouble
        self.roll.forget()
        self.session.notifier.trouble(trouble)

    def _say_locked(self) -> None:
        self.session.notifier.say("会议记录已经定稿，不能改动；需要更正的，请按“更正”(F10)")

    @Slot(str, object)
    def _save_head(self, key: str, value: Any) -> None:
        office, meeting = self.session.office, self.meeting_id

        def failed(trouble: BaseException) -> None:
            if isinstance(trouble, RejectedError):
                mine = [each for each in trouble.problems if each.key == key]
                self.heads.refuse(key, (mine or list(trouble.problems))[0].words)
            else:
                self._failed(trouble)

        def job() -> Changes:
            return office.save(REGISTER, meeting, {key: value}, confirmed=True)

        behind(self.session, self, job, lambda _: None, failed)

    @Slot(object, str)
    def _mark(self, attendee: object, attendance: str) -> None:
        office, meeting, marks = self.session.office, self.meeting_id, {str(attendee): attendance}
        self._act(
            lambda: actions.mark_attendance(office, meeting_id=meeting, marks=marks), quiet=True
        )
        self.write_counts(*counts(self.roll.shown()))

    @Slot()
    def mark_rest(self) -> None:
        """Everybody not marked yet is there."""
        office, meeting = self.session.office, self.meeting_id
        if self.locked:
            self._say_locked()
        else:
            self._act(lambda: actions.mark_unmarked_present(office, meeting_id=meeting))  # type: ignore[arg-type,return-value]

    @Slot(object)
    def _ask_reason(self, attendee: object) -> None:
        seat = next((each for each in self.roll.shown() if each.id == attendee), None)
        if seat is None:
            return
        office, meeting = self.session.office, self.meeting_id
        said = seat.attendance or rules.EXCUSED

        def give(reason: str) -> None:
            marks = {seat.id: said}
            self._act(
                lambda: actions.mark_attendance(
                    office, meeting_id=meeting, marks=marks, reason=reason
                )
            )

        self._why = give
        self.why.ask(f"{seat.name}{said}的原因", "如：外出看病", seat.reason)

    def _ask_delete(self, register: str, key: object) -> None:
        if self.locked:
            self._say_locked()
            return
        entry = self.session.office.read(register, str(key))
        name = entry["title"] if register == "agenda_item" else entry["name"]
        self._why = lambda why: self._act(lambda: self.session.office.bin(register, str(key), why))
        self.why.ask(f"为什么去掉“{name}”", "如：录重了；去掉后在回收站里找得到")

    @Slot(str)
    def _given(self, text: str) -> None:
        act, self._why = self._why, None
        if act is not None:
            act(text)

    @Slot()
    def hold_now(self) -> None:
        """The meeting takes place: on its day, or today if that is still to come."""
        office, meeting = self.session.office, self.meeting_id
        if self.locked or self.meeting["status"] == rules.HELD:
            self.fold(inside=False)
            self.heads.enter("held_on")
            return
        self.heads.flush()
        self._act(lambda: actions.hold_meeting(office, meeting_id=meeting))

    @Slot()
    def finalise(self) -> None:
        """Close the minutes; what stands against it is listed with a way to each."""
        if self.locked:
            self._ask_correction()
            return
        self._flush()
        self.matter.save_all()
        office, meeting = self.session.office, self.meeting_id

        def failed(trouble: BaseException) -> None:
            if isinstance(trouble, RejectedError):
                self.points.tell(trouble.problems)
                self.points.first()
            else:
                self._failed(trouble)

        def done(changes: Changes) -> None:
            self.points.tell([])
            self.session.notifier.say(f"已{changes.title}", undo=True)
            self.enter_list()

        _now(
            self.session,
            self,
            lambda: actions.finalise(office, meeting_id=meeting),
            done,
            failed,
        )

    @Slot(str, str)
    def _jump(self, key: str, said: str) -> None:
        if key == "attendance":
            self.show_roll()
            unmarked = (each.id for each in self.roll.shown() if not each.attendance)
            self.roll.choose(next(unmarked, None))
        elif key == "disposal":
            open_ones = [each for each in self.topics if not each.carried and not each.disposal]
            named = [each for each in open_ones if each.title in said]
            for topic in (named or open_ones)[:1]:
                self.show_agenda()
                self.agenda.choose(topic.id)
                self._show(topic.id)
                self.fold(inside=True)
                self.matter.form.jump("disposal")
        elif key == "held_on" and self.meeting["status"] != rules.HELD:
            self.fold(inside=False)
            self.hold.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.fold(inside=False)
            self.heads.enter(key)

    @Slot()
    def _ask_correction(self) -> None:
        office, meeting = self.session.office, self.meeting_id
        self._why = lambda reason: self._act(
            lambda: actions.begin_correction(office, meeting_id=meeting, reason=reason)
        )
        self.why.ask("更正的理由（更正后再定稿，另存为下一版）", "如：地点写错")

    @Slot()
    def ask_other(self) -> None:
        """F12: what is done with a meeting more seldom, as its state allows."""
        held = self.meeting["status"] == rules.HELD
        offers = [("publish", "公示议定事项（7 天）")] if held else []
        if not held and not self.locked:
            offers = [("postpone", "延期"), ("cancel", "取消会议")]
        offers += [(key, f"{each[0]}存为 Word") for key, each in _WORD.items()]
        self.others.choose("更多", offers)

    @Slot(str)
    def do_other(self, key: str) -> None:
        """Do it, asking in place for what it needs."""
        office, meeting = self.session.office, self.meeting_id
        if key == "publish":
            self._act(lambda: follow_up.publish(office, meeting_id=meeting))
        elif key in _WORD:
            self.to_word(key)
        elif key == "cancel":
            self._why = partial(self._change_plan, rules.CANCELLED, None)
            self.why.ask("取消会议的原因", "如：与街道会议冲突，并入下月")
        else:
            self._why = self._postpone
            self.why.ask("延到哪一天", "如：20261215，或 +7")

    def _postpone(self, typed: str) -> None:
        prepared = self.session.office.prepare(REGISTER, {"planned_on": typed})
        if prepared.problems:
            self.why.ask("延到哪一天", "如：20261215，或 +7", typed)
            self._why = self._postpone
            self.why.say(prepared.problems[0].words, "wrong")
            return
        self._why = partial(self._change_plan, rules.POSTPONED, prepared.values["planned_on"])
        self.why.ask("延期的原因", "如：场地占用")

    def _change_plan(self, status: str, day: date | None, reason: str) -> None:
        office, meeting = self.session.office, self.meeting_id
        self._act(
            lambda: actions.change_plan(
                office, meeting_id=meeting, status=status, reason=reason, planned_on=day
            )
        )

    def _look(self) -> tuple[View, str]:
        return View(REGISTER), self.meeting_id

    @Slot()
    def print_paper(self) -> None:
        """Ctrl+P: the paper printed last, the first time a choice of them."""
        self._flush()
        self.acts.print()

    @Slot()
    def _print_other(self) -> None:
        self._flush()
        self.acts.print_other()

    @Slot()
    def ask_word(self) -> None:
        """Ctrl+W: which of the two the street asks for in Word."""
        self._flush()
        self.editions.choose("存为 Word", [(key, each[0]) for key, each in _WORD.items()])

    @Slot(str)
    def to_word(self, key: str) -> None:
        """Write a Word file where the clerk says; whole or not at all."""
        title, write = _WORD[key]
        name = safe_file_name(f"{self.meeting['title']}{title}", ".docx")
        path = files.ask_save(self, "存为 Word", self.session.settings, name, _KIND)
        if path is None:
            return
        office, meeting = self.session.office, self.meeting_id

        def done(_result: object) -> None:
            self.session.notifier.say(f"已存为 {path}")

        behind(self.session, self, lambda: write(office, meeting, path), done, self._failed)

    @Slot()
    def toggle_alone(self) -> None:
        """F11: the whole window for the meeting, for a projector."""
        self._alone = not self._alone
        self.alone_requested.emit(self._alone)


def _now(
    session: Session,
    owner: QWidget,
    job: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
) -> None:
    def came(result: Any) -> None:
        if shiboken6.isValid(owner):
            done(result)

    def refused(trouble: BaseException) -> None:
        if shiboken6.isValid(owner):
            failed(trouble)

    carry_out(session, job, came, refused)
