"""Typing one record: the form with its checks, drafts, likely doubles; for records and children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lanling_desktop.core import acts
from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Problem
from lanling_desktop.core.register import Register
from ui.screens.bars import Notice
from ui.screens.doubles import DoubleNotice
from ui.screens.drafts import DraftNotice
from ui.session import Session
from ui.widgets.editor import TypedEditor
from ui.widgets.form import Form


class EntryForm(QWidget):
    """The form of one register: a new record or an existing one, typed, checked and saved."""

    saved = Signal(object, bool)  # Changes, whether the record is new
    cancelled = Signal()
    retitled = Signal()

    def __init__(
        self,
        session: Session,
        register: Register,
        *,
        without: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.register = register
        self.record_id: str | None = None
        self.entry: Entry | None = None
        self.fixed: Mapping[str, Any] = {}  # what a new record has and the form does not show
        self.place = ""  # what tells drafts of one register apart: the parent of a child
        self.locked = False
        self.passes_warnings = False  # where what is missing yet is typed later
        self._confirmed = False
        self._carried: dict[str, Any] = {}
        sections = [
            (title, [key for key in keys if key not in without])
            for title, keys in register.form_sections
        ]
        self.keys = [key for _, keys in sections for key in keys]
        self.seen: set[tuple[str, str]] = set()  # what was shown in full, by record and column
        self._shown_only = [key for key in self.keys if not register.writable(key)]
        self.form = self._build(sections)
        self.drafts = DraftNotice(session, self)
        self.doubles = DoubleNotice(
            session, register, lambda: (self.form.values(), self.record_id), self
        )
        self.warning = Notice(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for each in (self.drafts, self.doubles, self.form, self.warning):
            layout.addWidget(each, 1 if each is self.form else 0)
        self._connect()

    def _build(self, sections: Sequence[tuple[str, Sequence[str]]]) -> Form:
        columns = self.register.all_columns
        form = Form(
            [(title, [(k, columns[k].field) for k in keys]) for title, keys in sections if keys],
            lookup=self.session.office.lookup,
            read_only=self._shown_only,
            today=lambda: self.session.office.today,
            parent=self,
        )
        kept = _kept_pins(self.session.settings, self.register.key)
        form.set_pins({key: kept.get(key, True) for key in form.pins()})
        for key in self.keys:
            editor = form.editor(key)
            if columns[key].field.sensitive and isinstance(editor, TypedEditor):
                editor.guarded = not self.session.office.rights.unmask
                if columns[key].field.kind is Kind.IDENTITY:
                    editor.uncovered.connect(partial(_note_seen, self, key))
            if columns[key].field.kind is Kind.LINK:
                form.editor(key).left.connect(
                    partial(_check_link, self.session.office, self.register, form, key)
                )
                form.editor(key).left.connect(self._fill_known)
        return form

    def _connect(self) -> None:
        form = self.form
        form.submitted.connect(self.save)
        form.cancelled.connect(self.give_up)
        form.changed.connect(self.keep_draft)
        form.edited.connect(self._edited)
        form.derived.connect(partial(_propose, form))
        form.pin_toggled.connect(self._keep_pins)
        self.drafts.taken.connect(self._take_draft)
        self.drafts.refused.connect(self.focus_first)
        self.doubles.open_requested.connect(self._open_double)
        self.doubles.dismissed.connect(self.focus_first)
        self.warning.add("仍要保存").clicked.connect(form.submit)

    def begin(self, values: Mapping[str, Any] | None = None) -> None:
        """An empty form for a new record, with defaults, carried values and `values`."""
        self.record_id, self.entry = None, None
        office = self.session.office
        first = self.register.starting(office.today, office.actor)
        start = {**first, **self._still_there(), **(values or {})}
        start = {key: each for key, each in start.items() if key in self.keys}
        self._reset(defaults=start)
        self._fill_known()
        self.form.set_clean()
        self.drafts.offer(self._place())

    def _still_there(self) -> dict[str, Any]:
        """What pins carry, without titles nobody has: one made by a slip and taken back."""
        carried = self._carried
        links = {
            key: value[0] if isinstance(value, tuple) else value
            for key, value in carried.items()
            if self.register.all_columns[key].field.kind is Kind.LINK
        }
        found = self.session.office.prepare(self.register.key, links).values if links else {}
        return {
            key: value
            for key, value in carried.items()
            if key not in links or isinstance(found.get(key), str)
        }

    def show_entry(self, entry: Entry, *, locked: bool = False) -> None:
        """An existing record; `locked` when it can only be looked at."""
        self.record_id, self.entry = entry.id, entry
        self._reset(entry.values, entry.texts, locked=locked)
        if locked:
            self.drafts.forget()
        else:
            self.drafts.offer(self._place())

    def _reset(
        self,
        values: Mapping[str, Any] | None = None,
        texts: Mapping[str, str] | None = None,
        *,
        defaults: Mapping[str, Any] | None = None,
        locked: bool = False,
    ) -> None:
        columns = self.register.all_columns
        titles = {k: t for k, t in (texts or {}).items() if columns[k].field.kind is Kind.LINK}
        self.form.reset(values, texts=titles, defaults=defaults)
        if locked != self.locked:
            self.locked = locked
            for key in self.keys:
                if key not in self._shown_only:
                    self.form.editor(key).set_read_only(locked)
        self.doubles.clear()
        self._confirm(wanted=False)
        self.retitled.emit()

    @Slot()
    def focus_first(self) -> None:
        """Put the focus where the clerk goes on: the first box, of a new record the first empty."""
        boxes = [self.form.editor(key) for key in self.keys if key not in self._shown_only]
        empty = (each for each in boxes if each.is_empty())
        first = next(iter(boxes), None)
        target = first if self.record_id is not None else next(empty, first)
        if target is not None:
            target.focus()

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return not self.locked and self.form.dirty

    def typed_title(self) -> str:
        """What the record being typed would be called."""
        key = self.register.order
        text = getattr(self.form.editor(key), "text", None) if key in self.keys else None
        return str(text()) if text is not None else ""

    @Slot()
    def save(self) -> None:
        """Save what is typed; behind long work when there is some."""
        office, record_id = self.session.office, self.record_id
        raw = self._raw()
        if record_id is not None and not raw:
            self.session.notifier.say("没有改动，不用保存")
            return
        confirmed = self._confirmed or self.passes_warnings

        def job() -> Changes:
            return office.save(self.register.key, record_id, raw, confirmed=confirmed, ask=True)

        if self.session.worker.busy:
            self.session.worker.run(lambda _: job(), self._done, self._failed)
            return
        try:
            changes = job()
        except OfficeError as trouble:
            self._failed(trouble)
        else:
            self._done(changes)

    def _raw(self) -> dict[str, Any]:
        raw = self.form.changed_values() if self.record_id else self.form.values()
        for key, reason in self.form.reasons().items():
            note = f"{_head(key)}birth_note"
            if note in self.register.all_columns:
                raw[note] = reason
        return raw if self.record_id else {**raw, **self.fixed}

    def _done(self, changes: Changes) -> None:
        if not shiboken6.isValid(self):
            return
        new = self.record_id is None
        self.drafts.drop()
        self._carried = self.form.carried()
        self.form.set_clean()
        self._confirm(wanted=False)
        done = changes.title.removeprefix("新增").removeprefix("修改")
        self.session.notifier.say(f"已{'新增' if new else '保存'}{done}", undo=True)
        self.saved.emit(changes, new)

    def _failed(self, trouble: BaseException) -> None:
        if not shiboken6.isValid(self):
            return
        if isinstance(trouble, RejectedError):
            self._show_problems(trouble.problems)
        elif isinstance(trouble, OfficeError):
            self.session.notifier.trouble(trouble)
        else:
            raise trouble

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        wrong = [each for each in problems if not each.warning]
        for each in problems:
            if each.warning and each.key in self.keys:
                self.form.set_note(each.key, each.words)
            elif not each.warning:
                self.form.set_problem(each.key if each.key in self.keys else "", each.words)
        if not wrong:
            self._confirm(wanted=True, words=[each.words for each in problems])
        self.form.jump(next((e.key for e in wrong or problems if e.key in self.keys), self.keys[0]))

    def _confirm(self, *, wanted: bool, words: Sequence[str] = ()) -> None:
        self._confirmed = wanted
        said = "；".join(words)
        self.warning.tell(f"{said}。仍要保存请再按 Ctrl+Enter" if wanted else "", "note")

    def _place(self) -> str:
        return f"{self.register.key}/{self.record_id or 'new'}/{self.place}".rstrip("/")

    @Slot()
    def keep_draft(self) -> None:
        """Keep what is typed so far."""
        if self.dirty:
            self.drafts.keep(self._draft_title(), self.form.draft(), self.form.last_typed)
        elif self.drafts.kept and not self.locked:
            self.drafts.drop()  # what was typed is as it was

    def _draft_title(self) -> str:
        if self.entry is not None:
            return f"修改{self.register.noun} {self.entry.title}"
        return f"新增{self.register.noun} {self.typed_title()}".strip()

    @Slot()
    def _fill_known(self) -> None:
        """What the office knows of a new record goes into the boxes that are empty."""
        if self.record_id is not None or self.locked:
            return
        typed = {**self.form.values(), **self.fixed}
        for key, value in self.register.proposed(self.session.office, typed).items():
            if key in self.keys and self.form.editor(key).is_empty():
                self.form.editor(key).set_value(value)

    @Slot(object)
    def _take_draft(self, values: Mapping[str, Any]) -> None:
        self.form.set_draft(values)
        self.keep_draft()
        self.form.check_typed()
        if self.drafts.at in self.keys:
            self.form.jump(self.drafts.at)
        else:
            self.focus_first()
        self.retitled.emit()

    @Slot()
    def give_up(self) -> None:
        """Esc: what was typed is kept as a draft, the form is left."""
        self.put_aside()
        self.cancelled.emit()

    def put_aside(self) -> None:
        """Keep what was typed, since another record is going to be shown."""
        if self.dirty:
            self.keep_draft()
            self.form.set_clean()
            self.session.notifier.say(f"{self._draft_title()} 没有保存，已留作草稿")

    @Slot(str)
    def _edited(self, key: str) -> None:
        if self._confirmed:
            self._confirm(wanted=False)
        if key == self.register.order:
            self.retitled.emit()
        self.doubles.watch(key)

    @Slot(str)
    def _open_double(self, record_id: str) -> None:
        self.put_aside()
        self.session.record_requested.emit(self.register.key, record_id)

    @Slot(str, bool)
    def _keep_pins(self, _key: str, _on: bool) -> None:
        said = ";".join(f"{key}={int(on)}" for key, on in self.form.pins().items())
        self.session.settings.setValue(f"pins/{self.register.key}", said)


def _propose(form: Form, key: str, birth: object, sex: object) -> None:
    """What an identity number says of its holder, put into the boxes beside it."""
    for name, value in (("birth", birth), ("sex", sex)):
        form.propose(f"{_head(key)}{name}", value, "身份证号")
    form.pass_over([f"{_head(key)}{name}" for name in ("birth", "sex", "birth_note")])


def _check_link(office: Office, register: Register, form: Form, key: str) -> None:
    """Say at leaving what a title that was typed will mean: a new record, or nothing there is."""
    editor = form.editor(key)
    typed = editor.value()
    if editor.problem or editor.read_only or not typed or isinstance(editor.draft(), list):
        return
    done = office.prepare(register.key, {key: typed})
    for each in done.problems:
        form.set_problem(key, each.words)
    new = acts.newcomers(office.registers, office.resolve, done.values)
    asked = [acts.ask_first(office.registers, *each) for each in new]
    for each in asked:
        if not each.warning:
            form.set_problem(key, each.words)
    words = "；".join(each.words for each in asked if each.warning) or done.notes.get(key, "")
    if words:
        form.set_note(key, words)


def _kept_pins(settings: QSettings, register_key: str) -> dict[str, bool]:
    text = str(settings.value(f"pins/{register_key}", "") or "")
    pairs = [each.rpartition("=") for each in text.split(";") if "=" in each]
    return {key: on == "1" for key, _, on in pairs}


def _head(key: str) -> str:
    """The part of a column key, with its dot."""
    part, dot, _ = key.rpartition(".")
    return part + dot


def _note_seen(form: EntryForm, key: str) -> None:
    """A number was shown in full: once for each record it is kept in the journal, with who saw it."""
    entry, office = form.entry, form.session.office
    if entry is None or (entry.id, key) in form.seen:
        return
    form.seen.add((entry.id, key))
    label = form.register.all_columns[key].field.label
    title = f"查看完整{label}：{form.register.noun} {entry.title}"
    form.session.worker.run(lambda _: office.note(title))
