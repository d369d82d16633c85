"""What can be done about a matter of the ledger, typed in a bar: its end, progress, more time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry
from lanling_desktop.hall import follow_up, rules
from ui.screens.bars import Bar
from ui.screens.doing import carry_out
from ui.session import Session
from ui.widgets.form import Form

Run = Callable[..., Changes]
_RUNNING = tuple(each for each in rules.OPEN if each != rules.DONE)


@dataclass(frozen=True)
class Act:
    """One act: its verb, in which states it can be, its boxes in their order, what does it.

    A box is (argument of `run`, register and column its Field comes from, its words here). What
    is required is checked by the act itself.
    """

    key: str
    verb: str
    states: tuple[str, ...]
    boxes: tuple[tuple[str, str, str], ...]
    run: Run
    first: str


ACTS = (
    Act(
        "close",
        "销号",
        rules.OPEN,
        (
            ("verified_by", "action_item.verified_by", ""),
            ("finished_on", "action_item.finished_on", ""),
            ("result", "action_item.result", ""),
        ),
        follow_up.close_action_item,
        "result",
    ),
    Act(
        "progress",
        "报进展",
        _RUNNING,
        (("made_on", "follow_up.made_on", ""), ("note", "follow_up.note", "")),
        follow_up.report_progress,
        "note",
    ),
    Act(
        "finish",
        "办结待核",
        _RUNNING,
        (("finished_on", "action_item.finished_on", ""), ("result", "action_item.result", "")),
        follow_up.finish,
        "result",
    ),
    Act(
        "extend",
        "延期",
        rules.PENDING,
        (
            ("new_due_on", "follow_up.new_due_on", ""),
            ("approver", "follow_up.approver", ""),
            ("reason", "follow_up.note", "延期理由"),
        ),
        follow_up.extend,
        "new_due_on",
    ),
    Act(
        "defer",
        "挂账",
        tuple(s for s, after in rules.NEXT.items() if rules.DEFERRED in after),
        (("reason", "action_item.deferred_reason", ""),),
        follow_up.defer,
        "reason",
    ),
    Act(
        "reopen",
        "退回重办",
        (rules.DONE, rules.CLOSED),
        (("new_due_on", "follow_up.new_due_on", ""), ("reason", "follow_up.note", "退回理由")),
        follow_up.reopen,
        "new_due_on",
    ),
)


def possible(status: str) -> tuple[Act, ...]:
    """What can be done about a matter in that state, in the order of the numbers."""
    return tuple(each for each in ACTS if status in each.states)


class ActBar(Bar):
    """The boxes of one act about one matter; Enter goes on, in the last box does it."""

    done_with = Signal(object)  # Changes

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("办理", parent)
        self._session = session
        self._forms: dict[str, Form] = {}
        self._item: Entry | None = None
        self._meeting: str | None = None
        self.act = ACTS[0]
        self.title = self.add_words("")
        self.verb = self.add_button("", "primary")
        self.verb.clicked.connect(self._submit)
        self.add_button("取消(Esc)").clicked.connect(self.close_bar)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.column.insertLayout(1, self._place)

    @property
    def form(self) -> Form:
        """The boxes of the act in sight."""
        return self._forms[self.act.key]

    def begin(self, act: Act, item_id: str, meeting_id: str | None = None) -> None:
        """Come up for an act about a matter."""
        try:
            self._item = self._session.office.read("action_item", item_id)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
            return
        self.act, self._meeting = act, meeting_id
        if act.key not in self._forms:
            self._forms[act.key] = self._made(act)
        for key, form in self._forms.items():
            form.setVisible(key == act.key)
        title = self._item["title"]
        self.title.setText(f"{act.verb}：{title if len(title) < 24 else title[:23] + '…'}")
        self.setAccessibleName(f"{act.verb}：{title}")
        self.verb.setText(f"{act.verb}(Enter)")
        self.form.reset(self._offered(self._item))
        self.say("")
        self.show()
        empty = [key for key, _, _ in act.boxes if self.form.editor(key).is_empty()]
        self.form.jump(act.first if act.first in empty else next(iter(empty), act.first))
        if "verified_by" in empty:
            self.form.jump("verified_by")

    def _made(self, act: Act) -> Form:
        registers = self._session.office.registers
        columns: list[tuple[str, Field]] = []
        for name, place, words in act.boxes:
            register, _, key = place.partition(".")
            said = registers[register].all_columns[key].field
            kind = Kind.TEXT if said.kind is Kind.LONG_TEXT else said.kind
            columns.append(
                (name, replace(said, kind=kind, label=words or said.label, max_length=2000))
            )
        form = Form([("", columns)], today=lambda: self._session.office.today, parent=self)
        form.body.show_whole()
        form.submitted.connect(self.done)
        form.cancelled.connect(self.close_bar)
        self._place.addWidget(form)
        return form

    def _offered(self, item: Entry) -> Mapping[str, Any]:
        """What stands in the boxes at first: today, and another one than who is responsible."""
        office, today = self._session.office, self._session.office.today
        given: dict[str, Any] = {"made_on": today, "finished_on": item["finished_on"] or today}
        given["result"] = item["result"]
        if office.actor != item["responsible"] and office.actor != "录入员":
            given["verified_by"] = office.actor
        given["approver"] = self._chair(item)
        keys = {name for name, _, _ in self.act.boxes}
        return {key: value for key, value in given.items() if key in keys and value}

    def _chair(self, item: Entry) -> str:
        try:
            chair = self._session.office.read("meeting_hall", item["hall_id"])["chair"]
        except OfficeError:
            return ""
        return str(chair or "")

    @Slot()
    def _submit(self) -> None:
        self.form.submit()

    @Slot()
    def done(self) -> None:
        """Do it with what was typed."""
        item = self._item
        if item is None:
            return
        office, act = self._session.office, self.act
        prepared = _converted(office, act, self.form.values())
        said = {key: each for key, each in prepared.items() if each not in (None, "")}
        for name, _, _ in act.boxes:
            if name not in said and name not in ("finished_on", "made_on"):
                said[name] = None if name.endswith("_on") else ""
        missing = [key for key, value in said.items() if value is None]
        if missing:
            label = self.form.editor(missing[0]).field.label
            self.form.set_problem(missing[0], f"请填写{label}")
            self.form.jump(missing[0])
            return
        meeting = self._meeting

        def job() -> Changes:
            return act.run(office, item_id=item.id, meeting_id=meeting, **said)

        carry_out(self._session, job, self._did, self._failed)

    def _did(self, changes: Changes) -> None:
        self._session.notifier.say(f"已{changes.title}", undo=True)
        if shiboken6.isValid(self):
            self.form.set_clean()
            self.close_bar()
            self.done_with.emit(changes)

    def _failed(self, trouble: BaseException) -> None:
        if not shiboken6.isValid(self):
            return
        if isinstance(trouble, RejectedError):
            _show(self, self.form, [(each.key, each.words) for each in trouble.problems])
        elif isinstance(trouble, OfficeError):
            self._session.notifier.trouble(trouble)
        else:
            raise trouble


_SAME = {"note": "reason", "deferred_reason": "reason", "due_on": "new_due_on"}


def _show(bar: ActBar, form: Form, problems: Sequence[tuple[str, str]]) -> None:
    keys = [name for name, _, _ in bar.act.boxes]
    first = ""
    for said, words in problems:
        key = said if said in keys else _SAME.get(said, "")
        if key in keys:
            form.set_problem(key, words)
            first = first or key
        else:
            bar.say(words, "wrong")
    form.jump(first or keys[-1])


def _converted(office: Office, act: Act, typed: Mapping[str, Any]) -> dict[str, Any]:
    places = {name: place.partition(".") for name, place, _ in act.boxes}
    found: dict[str, Any] = {}
    for name, (register, _, key) in places.items():
        found[name] = office.prepare(register, {key: typed[name]}).values.get(key)
    return found


def key_number(key: int) -> int:
    """0 for the key 1, 1 for 2 …; out of reach for any other key."""
    return key - Qt.Key.Key_1.value
