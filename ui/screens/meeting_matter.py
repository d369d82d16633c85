"""The matter being discussed: typed without a stop, saved behind the typing, decided in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes, Entry, Problem
from lanling_desktop.hall import actions, rules
from lanling_desktop.hall.board import Topic
from ui import theme
from ui.screens.bars import Notice
from ui.screens.doing import behind
from ui.screens.drafts import DraftNotice
from ui.screens.item_page import ItemPage
from ui.screens.matter_form import TEXTS, MatterForm, values_of
from ui.screens.phrases import KeepPhrase, PhraseBar
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.pages import words

_LARGE = 150  # from this text scale on there is room for the title alone
_KEYS = {"reason": "disposal_reason"}


class MatterPage(QWidget):
    """One matter of a meeting. `left` when Esc was pressed, `decided` when its outcome was saved."""

    left = Signal()
    decided = Signal(str)  # id of the matter

    def __init__(self, session: Session, meeting_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._meeting_id = session, meeting_id
        self._halves: dict[str, dict[str, Any]] = {}  # outcomes left half typed, by matter
        self._sent: dict[str, Any] = {}  # texts on their way into the office
        self._confirmed = False
        self._said = ""  # what is known of the matter beside its title
        self.topic: Topic | None = None
        self.locked = False
        self.title, self.quiet = words("", "head"), words("", "quiet")
        self.item = ItemPage(session, self)
        self.item.meeting_id = meeting_id
        self.item.history_up_to = 150
        self.drafts = DraftNotice(session, self)
        self.phrases, self.keep = PhraseBar(session, self), KeepPhrase(session, self)
        self.form = MatterForm(session, self)
        self.warning = Notice(self)
        self.warning.add("仍要这样议定").clicked.connect(self.form.submit)
        self.vote = theme.button("加表决(Ctrl+T)", "link", parent=self)
        self.phrase = theme.button("常用语(Ctrl+J)", "link", parent=self)
        self.save = theme.button("议定(Ctrl+S)", parent=self)
        self._place()
        self._connect()

    def _place(self) -> None:
        self._foot = QWidget(self)
        foot = QHBoxLayout(self._foot)
        area = QWidget(self._foot)
        flow = FlowLayout(area, theme.px(4), 0)
        for each in (self.vote, self.phrase):
            flow.addWidget(each)
        foot.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(8))
        foot.addWidget(area, 1)
        foot.addWidget(self.save)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), 0)
        head.setSpacing(theme.px(4))
        for each in (self.title, self.quiet):
            head.addWidget(each)
        head.addWidget(self.item, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._column.addLayout(head)
        for bar in (self.drafts, self.phrases, self.keep):
            self._column.addWidget(bar)
        self._column.addWidget(self.form, 1)
        self._column.addWidget(self.warning)
        self._column.addWidget(self._foot)
        self._head = head

    def _connect(self) -> None:
        form = self.form
        form.submitted.connect(self.decide)
        form.cancelled.connect(self._esc)
        form.changed.connect(self.keep_draft)
        form.edited.connect(self._edited)
        for key in TEXTS:
            form.editor(key).left.connect(self.save_texts)
        self.drafts.taken.connect(self._take_draft)
        self.drafts.refused.connect(partial(form.jump, "discussion"))
        self.item.left.connect(self._focus_item)
        self.item.crowded.connect(self._make_room)
        self.vote.clicked.connect(form.show_votes)
        self.phrase.clicked.connect(self._phrase)
        self.save.clicked.connect(self.save_all)
        for keys, act in (
            ("Ctrl+S", self.save_all),
            ("Ctrl+J", self._phrase),
            ("Ctrl+Shift+J", self._keep_phrase),
            ("Ctrl+T", self._votes),
            *((f"Ctrl+{n}", partial(self._choose, n)) for n in range(1, 6)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # Showing

    def show_topic(self, topic: Topic, meeting: Entry, *, locked: bool) -> None:
        """Show a matter; what is typed of the one before is saved."""
        if self.topic is not None and topic.id == self.topic.id and locked == self.locked:
            self.topic = topic
            self._renew(meeting)
            return
        self.put_aside()
        self.topic, self.locked = topic, locked
        day = meeting["held_on"] or meeting["planned_on"]
        item, line = self._read(topic)
        if item is None:
            return
        self.form.show_matter(item, line, day, carried=topic.carried)
        for key in values_of(item, line):
            self.form.editor(key).set_read_only(locked)
        self._said = _about(item)
        self._write()
        self._confirm([])
        if locked:
            self.drafts.forget()
        else:
            self._offer(topic.id)

    def _offer(self, key: str) -> None:
        self.drafts.offer(self._draft_key(key))
        half = self._halves.pop(key, None)
        offered = self.drafts.offered
        if half is not None:
            self.drafts.take()
            self.form.set_draft(half)
            self.form.show_needs(anew=True)
        elif offered is not None and not _differs(offered, self.form.draft()):
            self.drafts.refuse()  # it was saved after all

    def _draft_key(self, key: str) -> str:
        return f"hall_meeting/{self._meeting_id}/{key}"

    def _read(self, topic: Topic) -> tuple[Entry | None, Entry | None]:
        office = self._session.office
        try:
            item = office.read("agenda_item", topic.id)
            line = None
            if topic.action_item_id:
                line = office.read("action_item", topic.action_item_id)
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
            return None, None
        return item, line

    def _write(self) -> None:
        topic = self.topic
        if topic is None:
            return
        said = self._said
        self.title.setText(f"{topic.number}　{topic.title}")
        self.quiet.setText(said)
        self.item.setVisible(topic.carried)
        self.title.setVisible(not topic.carried)
        large = theme.scale() >= _LARGE
        theme.mark(self.title, "kind", "strong" if large else "head")
        self.quiet.setVisible(not topic.carried and bool(said) and not large)
        self._column.setStretchFactor(self._head, int(topic.carried))
        self._column.setStretchFactor(self.form, int(not topic.carried))
        self.item.locked = self.locked
        self.item.show_item(topic.action_item_id if topic.carried else None)
        if not topic.carried:
            self._make_room(crowded=False)
        self.vote.setVisible(not topic.carried and not self.locked)
        self.phrase.setVisible(not self.locked)
        self.save.setVisible(not self.locked)
        self.save.setText("保存(Ctrl+S)" if topic.carried else "议定(Ctrl+S)")

    def _renew(self, meeting: Entry) -> None:
        """The records changed: boxes that were not touched show it."""
        assert self.topic is not None
        item, line = self._read(self.topic)
        if item is not None:
            self.form.renew(values_of(item, line))
            self._said = _about(item)
            self._write()
            self.form.show_needs()

    def enter(self) -> None:
        """The focus where the clerk goes on."""
        if self.topic is not None and self.topic.carried:
            self._focus_item()
        else:
            self.form.jump("discussion")

    @Slot(bool)
    def _make_room(self, crowded: bool) -> None:
        """In large text an act about a matter of the ledger has the page for itself."""
        for each in (self.form, self._foot):
            each.setVisible(not crowded or self.topic is None or not self.topic.carried)

    @Slot()
    def _focus_item(self) -> None:
        if self.item.buttons:
            self.item.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.jump("discussion")

    # Saving

    @Slot()
    def save_texts(self) -> None:
        """Save what was said, behind the typing; what is typed meanwhile is saved the next time."""
        topic = self.topic
        touched = self.form.touched(TEXTS)
        if topic is None or not touched or self.locked or touched == self._sent:
            return
        self._sent = touched
        values = {key: self.form.editor(key).value() for key in touched}
        office = self._session.office

        def job() -> Changes:
            return office.save("agenda_item", topic.id, values, confirmed=True)

        def done(_changes: Changes) -> None:
            self._sent = {}
            if self.topic is not None and self.topic.id == topic.id:
                self.form.kept(touched)
                if not self.form.dirty:
                    self.drafts.drop()
            elif topic.id not in self._halves:
                self.drafts.drop(self._draft_key(topic.id))

        behind(self._session, self, job, done, partial(self._failed, topic.id))

    @Slot()
    def save_all(self) -> None:
        """Ctrl+S: the texts, and the outcome where one is chosen."""
        if self.locked or self.topic is None:
            return
        if self.form.outcome() and not self.topic.carried and self.form.outcome_touched():
            self.form.submit()
        else:
            self.save_texts()

    @Slot()
    def decide(self) -> None:
        """Save the outcome; what it needs is asked for in its place."""
        topic = self.topic
        if topic is None or self.locked:
            return
        if topic.carried or not self.form.outcome():
            self.save_texts()
            if not topic.carried:
                self.form.set_problem("disposal", "请选处理方式：按 1 至 5")
            else:
                self.decided.emit(topic.id)
            return
        said, confirmed, sent = self.form.decided(), self._confirmed, self.form.draft()
        office = self._session.office

        def job() -> Changes:
            return actions.decide(office, agenda_item_id=topic.id, confirmed=confirmed, **said)

        def done(changes: Changes) -> None:
            self._session.notifier.say(f"已{changes.title}", undo=True)
            if self.topic is not None and self.topic.id == topic.id:
                self.form.kept(sent)
                if not self.form.dirty:
                    self.drafts.drop()
                self._confirm([])
                self.decided.emit(topic.id)

        behind(self._session, self, job, done, partial(self._failed, topic.id))

    def _failed(self, topic_id: str, trouble: BaseException) -> None:
        self._sent = {}
        shown = self.topic is not None and self.topic.id == topic_id
        if isinstance(trouble, RejectedError) and shown:
            self._show_problems(trouble.problems)
        elif isinstance(trouble, OfficeError):
            self._session.notifier.trouble(trouble)
        else:
            raise trouble

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        known = self.form.values()
        keys = {**_KEYS, **({} if "lead_unit" in known else {"lead_unit": "to_unit"})}
        wrong = [each for each in problems if not each.warning]
        for each in problems:
            key = keys.get(each.key, each.key)
            if each.warning:
                if key in known:
                    self.form.set_note(key, each.words)
            else:
                self.form.set_problem(key if key in known else "", each.words)
        if not wrong:
            self._confirm([each.words for each in problems])
        first = [keys.get(each.key, each.key) for each in wrong or problems]
        self.form.jump(next((key for key in first if key in known), "disposal"))

    def _confirm(self, said: Sequence[str]) -> None:
        self._confirmed = bool(said)
        self.warning.tell(f"{'；'.join(said)}。属实请再按 Ctrl+S" if said else "", "note")

    @Slot()
    def keep_draft(self) -> None:
        """Keep what is typed so far."""
        if self.topic is not None and not self.locked and self.form.dirty:
            self.drafts.keep(f"会议记录 {self.topic.title}", self.form.draft())

    def put_aside(self) -> None:
        """Another matter is going to be shown: save the texts, keep a half typed outcome."""
        topic = self.topic
        if topic is None or self.locked:
            return
        if self.form.outcome_touched():
            self._halves[topic.id] = self.form.draft()
            self.keep_draft()
            said = f"“{topic.title}”的处理方式还没有议定，已留作草稿"
            self._session.notifier.say(said)
        self.save_texts()

    def forget(self) -> None:
        """No matter is shown."""
        self.put_aside()
        self.topic = None
        self.drafts.forget()

    @Slot(object)
    def _take_draft(self, values: Mapping[str, Any]) -> None:
        self.form.set_draft(values)
        self.form.show_needs(anew=True)
        self.form.jump("discussion")
        self.save_texts()

    @Slot(str)
    def _edited(self, _key: str) -> None:
        if self._confirmed:
            self._confirm([])

    # Keys

    @Slot()
    def _esc(self) -> None:
        self.save_texts()
        self.left.emit()

    @Slot()
    def _phrase(self) -> None:
        place = self.form.text_box()
        if not self.locked and self.topic is not None:
            box, use = place or (self.form.editor("discussion").box, "讨论摘要")
            self.phrases.begin(box, use)  # type: ignore[arg-type]

    @Slot()
    def _keep_phrase(self) -> None:
        place = self.form.text_box()
        if place is not None:
            self.keep.begin(*place)

    @Slot()
    def _votes(self) -> None:
        if self.topic is not None and not self.topic.carried and not self.locked:
            self.form.show_votes()

    def _choose(self, number: int) -> None:
        if self.topic is None or self.locked:
            return
        if self.topic.carried:
            self.item.begin(number - 1)
        else:
            self.form.choose(rules.DISPOSALS[number - 1])

    def changeEvent(self, event: QEvent) -> None:
        """In large text fewer words stand above the boxes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_head"):
            self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves wherever the focus is on this page."""
        if event.key() == Qt.Key.Key_Escape:
            self._esc()
        else:
            super().keyPressEvent(event)


def _about(item: Entry) -> str:
    parts = (item["source"], item["category"], item["building"])
    said = [str(each) for each in parts if each]
    said += [f"提出人 {item['proposer']}"] if item["proposer"] else []
    said += [str(item["description"])] if item["description"] else []
    return " · ".join(said)


def _differs(offered: Mapping[str, Any], shown: Mapping[str, Any]) -> bool:
    return any((each or "") != (shown.get(key) or "") for key, each in offered.items())
