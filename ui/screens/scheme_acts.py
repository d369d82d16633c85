"""What is done with a pay scheme from its table: saved, put by, taken in, given out, left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Slot

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.values import convert
from lanling_desktop.exchange.files import safe_file_name
from lanling_desktop.salary import schemes
from lanling_desktop.salary.table import Working
from ui import files
from ui.screens.doing import carry_out
from ui.session import Session

if TYPE_CHECKING:
    from ui.screens.scheme import SchemeScreen

REGISTER = "salary_scheme"
_FROM = "新版从哪天起执行"
_DAY = Field(_FROM, Kind.DATE, required=True)
_EXAMPLE = "如 2026-07-01"


class SchemeDraft:
    """What was typed into a scheme and not saved yet."""

    def __init__(self, session: Session, scheme_id: str) -> None:
        self._session, self._key = session, f"scheme_table/{scheme_id}"

    def resume(self, working: Working) -> None:
        """Go on with it."""
        desk = self._session.office.desk
        kept = desk.get(self._key)
        if not kept:
            return
        try:
            working.resume(kept)
        except (OfficeError, KeyError, TypeError, ValueError):
            desk.put(self._key, None)  # of another version of the program
        else:
            self._session.notifier.say("已放回上次填了没有保存的内容；按 Ctrl+Enter 保存")

    def keep(self, working: Working) -> None:
        """Put it by; forget it when there is nothing."""
        desk = self._session.office.desk
        kept = working.kept() if working.changed else None
        if kept or desk.get(self._key):
            desk.put(self._key, kept)


class SchemeActs(QObject):
    """The acts of a scheme's table; `busy` while one of them is under way."""

    def __init__(self, screen: SchemeScreen) -> None:
        super().__init__(screen)
        self.screen, self.session = screen, screen.session
        self.busy = False

    def _do(self, job: Callable[[], Changes], done: Callable[[Changes], None]) -> None:
        self.busy = True
        carry_out(self.session, job, partial(self._done, done), self._trouble)

    def _done(self, then: Callable[[Changes], None], changes: Changes) -> None:
        self.busy = False
        self.session.notifier.say(f"已{changes.title}", undo=True)
        if shiboken6.isValid(self.screen):
            then(changes)

    def _trouble(self, error: BaseException) -> None:
        self.busy = False
        if not isinstance(error, OfficeError):
            raise error
        self.session.notifier.trouble(error)

    def _unsaved(self) -> bool:
        self.screen.commit_open()
        changed = self.screen.working.changed
        if changed:
            self.session.notifier.say("还有没保存的内容，请先按 Ctrl+Enter 保存")
        return changed

    @Slot()
    def save(self) -> None:
        """Everything that was typed, as one act."""
        screen = self.screen
        screen.commit_open()
        if not screen.editable:
            screen.barred()
        elif not screen.working.changed:
            self.session.notifier.say("没有改动，不用保存")
        else:
            try:
                built = screen.working.built()
            except OfficeError as trouble:
                self.session.notifier.trouble(trouble)
                return
            office, before = self.session.office, screen.working.before
            job = partial(schemes.save, office, screen.scheme_id, built, before=before)
            self._do(job, self._saved)

    def _saved(self, _changes: Changes) -> None:
        self.screen.working = Working(self.screen.working.built())
        self.screen.keep_draft()
        self.screen.load()

    @Slot()
    def ask_version(self) -> None:
        """From which day the new version is to hold."""
        if not self._unsaved():
            day, asks = self.session.office.today, self.screen.asks
            asks.ask(_FROM, _EXAMPLE, f"{day.year + day.month // 12}-{day.month % 12 + 1:02}-01")
            asks.box.selectAll()

    @Slot(str)
    def new_version(self, typed: str) -> None:
        """A draft with all of it, shown at once."""
        office, asks = self.session.office, self.screen.asks
        said = convert(_DAY, typed, office.today)
        if said.problem or said.value is None:
            asks.ask(_FROM, _EXAMPLE, typed)
            asks.say(said.problem or f"请填日期，{_EXAMPLE}", "wrong")
            return
        job = partial(schemes.new_version, office, self.screen.scheme_id, day=said.value)
        self._do(job, lambda changes: self.session.scheme_requested.emit(changes.main))

    @Slot()
    def import_file(self) -> None:
        """A scheme's file into this draft."""
        if self._unsaved():
            return
        path = files.ask_open(self.screen, "导入方案", self.session.settings, files.SCHEME)
        if path is not None:
            office, mine = self.session.office, self.screen.scheme_id
            job = partial(schemes.load_file, office, path, scheme_id=mine)
            self._do(job, lambda _: self.screen.load())

    @Slot()
    def export_file(self) -> None:
        """The scheme as a file another office can take in."""
        if self._unsaved():
            return
        name = safe_file_name(self.screen.working.before.name, ".json")
        path = files.ask_save(self.screen, "导出方案", self.session.settings, name, files.SCHEME)
        if path is None:
            return
        try:
            schemes.save_file(self.session.office, self.screen.scheme_id, path)
        except OfficeError as trouble:
            self.session.notifier.trouble(trouble)
        else:
            self.session.notifier.say(f"已导出方案到 {path}")

    @Slot()
    def compare(self) -> None:
        """Beside another scheme."""
        if not self._unsaved():
            self.session.comparison_requested.emit(self.screen.scheme_id)

    @Slot()
    def procedures(self) -> None:
        """To the record, where F7 offers the rest."""
        if not self._unsaved():
            self.session.record_requested.emit(REGISTER, self.screen.scheme_id)

    @Slot()
    def leave(self) -> None:
        """Back; what is not saved is asked about first."""
        self.screen.commit_open()
        if self.screen.working.changed:
            offers = [("save", "保存"), ("later", "先放着，下次接着填"), ("drop", "不要了")]
            self.screen.leaving.choose("还有没保存的内容", offers, "save")
        else:
            self.screen.keep_draft()
            self.screen.finished.emit()

    @Slot(str)
    def leave_so(self, how: str) -> None:
        """Save, put by, or drop what was typed; then back."""
        screen = self.screen
        if how == "save":
            self.save()
            if screen.working.changed:
                return  # something cannot be read yet, or was refused
        elif how == "drop":
            screen.working = Working(screen.working.before)
        screen.keep_draft()
        screen.finished.emit()
