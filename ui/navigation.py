"""Which screen is shown, and how screens ask for one another."""

from __future__ import annotations

import contextlib
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from lanling_desktop.catalogue import RAIL
from lanling_desktop.core import first_view
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes, Hit, View
from ui import commands
from ui.deeds import Deeds
from ui.screens.pay_opening import show_comparison, show_month, show_scheme
from ui.widgets.work import Progress

if TYPE_CHECKING:
    from ui.session import Session
    from ui.shell import Shell
    from ui.window import MainWindow

_FIXED = {
    "today": ("start", "StartScreen"),
    "tree": ("tree", "TreeScreen"),
    "papers": ("print_log", "PrintLogScreen"),
    "merge": ("merge", "MergeScreen"),
    "settings": ("settings", "SettingsScreen"),
    "help": ("help", "HelpScreen"),
    "backups": ("backups", "BackupsScreen"),
    "check": ("checking", "CheckScreen"),
    "hall_figures": ("hall_figures", "HallFiguresScreen"),
    "follow_up": ("board", "FollowUpBoard"),
    "grade_coming": ("pay_coming", "ComingScreen"),
    "journal": ("journal", "JournalScreen"),
}
# Which entry of the rail a screen without one stands under.
_UNDER = {
    "hall_figures": "meeting_hall",
    "follow_up": "action_item",
    "grade_coming": "grade_decision",
    "backups": "settings",
    "check": "settings",
    "journal": "settings",
}
# What a screen that is no register's is about: who may not read that is not offered it.
_ABOUT = {
    "hall_figures": "hall_meeting",
    "follow_up": "action_item",
    "grade_coming": "grade_decision",
}
_IDLE = 20_000  # milliseconds after which the list in sight is remembered for the next start


class Navigator(QObject):
    """Makes each screen when it is first asked for, and puts it in sight."""

    shown = Signal(str)

    def __init__(self, window: MainWindow, shell: Shell, session: Session) -> None:
        super().__init__(window)
        self.window, self.shell, self.session = window, shell, session
        self.screens: dict[str, QWidget] = {}
        self.key = ""
        self._passing: list[QWidget] = []  # wizards and previews over the screen they came from
        self.deeds = Deeds(self)
        shell.dressed()
        shell.show_day()
        shell.search.chosen.connect(self._found)
        shell.search.trouble.connect(self.trouble)
        shell.rail.chosen.connect(self.go)
        session.list_requested.connect(self.show_view)
        session.record_requested.connect(self.open_record)
        session.paper_requested.connect(self.show_paper)
        session.import_requested.connect(self.show_import)
        session.meeting_requested.connect(self.show_meeting)
        session.pay_requested.connect(partial(show_month, self))
        session.scheme_requested.connect(partial(show_scheme, self))
        session.comparison_requested.connect(partial(show_comparison, self))
        session.board_requested.connect(self.show_board)
        session.recovery_requested.connect(self.show_recovery)
        session.backups_requested.connect(partial(self.go, "backups"))
        session.check_requested.connect(partial(self.go, "check"))
        session.coming_requested.connect(partial(self.go, "grade_coming"))
        session.draft_requested.connect(self.open_draft)
        session.drafts.changed.connect(self._half_done_changed)
        shell.foot.right_chosen.connect(self._press_right)
        session.changed.connect(self._changed)
        self._recount = QTimer(self, singleShot=True, interval=0)
        self._recount.timeout.connect(self._count_rail)
        self._reshape = QTimer(self, singleShot=True, interval=0)
        self._reshape.timeout.connect(self._make_anew)
        self._idle = QTimer(self, singleShot=True, interval=_IDLE)
        self._idle.timeout.connect(self._remember)

    @property
    def screen(self) -> QWidget | None:
        """What is in sight."""
        return self._passing[-1] if self._passing else self.screens.get(self.key)

    def begin(self, key: str) -> None:
        """Show the screen of last time; today when it is no more."""
        self._recount.start()
        known = {*_FIXED, *(each for each, _, _ in RAIL)}
        self.shell.rail.leave_out({each for each, _, _ in RAIL if not self.offers(each)})
        self.go(key if key in known and self.offers(key) else "today")
        self._tell_half_done(first=True)

    def end(self) -> None:
        """Keep what is half done and remember what was in sight."""
        self._idle.stop()
        self._recount.stop()
        for each in (*self.screens.values(), *self._passing):
            keep = getattr(each, "keep_draft", None)
            if keep is not None:
                keep()
        with contextlib.suppress(OfficeError):
            self._remember(now=True)
        if self.key:
            self.window.settings.setValue("window/screen", self.key)

    def offers(self, key: str) -> bool:
        """Whether an entry of the rail is there for who opened the office."""
        office = self.session.office
        register = _ABOUT.get(key, key)
        if key == "account" and office.keyring is None:
            return False
        if key == "journal":
            return office.rights.administers
        return register not in office.registers or office.reads(register)

    @Slot(str)
    def go(self, key: str) -> QWidget | None:
        """Show a screen of the rail; None when it could not be made."""
        try:
            screen = self._made(key)
        except OfficeError as error:
            self.session.notifier.trouble(error)
            return None
        self._drop_passing()
        self.key = key
        self._put(screen)
        self._tell_half_done()
        self.shell.rail.set_current(_UNDER.get(key, key))
        self._idle.start()
        return screen

    def _made(self, key: str) -> QWidget:
        if key in self.session.office.registers:
            self.session.office.refuse_reading(key)
        if key not in self.screens:
            if key in _FIXED:
                module, name = _FIXED[key]
                screen = getattr(import_module(f"ui.screens.{module}"), name)(self.session)
            else:
                from ui.screens.register import RegisterScreen

                screen = RegisterScreen(self.session, key)
            renamed = getattr(screen, "renamed", None)
            if renamed is not None:
                renamed.connect(self.renamed)
            self.screens[key] = screen
            self.shell.stack.addWidget(screen)
        return self.screens[key]

    def _put(self, screen: QWidget) -> None:
        if self.shell.stack.indexOf(screen) < 0:
            self.shell.stack.addWidget(screen)
        self.shell.stack.setCurrentWidget(screen)
        begin = getattr(screen, "begin", None)
        if begin is not None:
            begin()
        else:
            screen.setFocus()
        self.shown.emit(self.key)

    @Slot(object)
    def show_view(self, view: View) -> None:
        """Show a list as asked for; from an import of a first run, go on with the first run."""
        below = self._passing[0] if len(self._passing) > 1 else None
        if getattr(below, "goes_on", False):
            while len(self._passing) > 1:
                self._drop(self._passing.pop())
            self._put(self._passing[0])
            return
        screen: Any = self.go(view.register)
        if screen is not None:
            screen.show_view(view)

    @Slot(str, str)
    def open_record(self, register: str, record_id: str) -> None:
        """Show a record in its register; a meeting on its own screen."""
        screen: Any = self.go(register)
        if screen is not None and register == "hall_meeting":
            screen.pane.reveal(record_id)
            self.show_meeting(record_id)
        elif screen is not None:
            screen.open_record(record_id)

    @Slot(str)
    def open_draft(self, key: str) -> None:
        """The form a draft was typed into."""
        from ui.screens.resume import open_draft

        open_draft(self, key)

    def _tell_half_done(self, *, first: bool = False) -> None:
        """What was left half typed, where the start page does not say it; until it is done."""
        if not first and "half_done" not in self.shell.foot.said_right():
            return
        drafts = self.session.drafts.all() if self.key != "today" else []
        text = f"有 {len(drafts)} 份没有保存完的录入：{drafts[0].title}" if drafts else ""
        self.shell.foot.set_right("half_done", text, act=True)

    @Slot()
    def _half_done_changed(self) -> None:
        self._tell_half_done()

    @Slot(str)
    def _press_right(self, key: str) -> None:
        drafts = self.session.drafts.all() if key == "half_done" else []
        if drafts:
            self.open_draft(drafts[0].key)

    @Slot(str)
    def show_meeting(self, meeting_id: str) -> None:
        """Show a meeting of a hall: prepare it, hold it, close its minutes."""
        from ui.screens.meeting import MeetingScreen

        if self.key not in ("hall_meeting", "meeting_hall", "today"):
            self.go("hall_meeting")
        try:
            screen = MeetingScreen(self.session, meeting_id)
        except OfficeError as error:
            self.session.notifier.trouble(error)
            return
        screen.alone_requested.connect(self.stand_alone)
        self._drop_passing()
        self._pass(screen)
        self.shell.rail.set_current("hall_meeting")

    @Slot(bool)
    def stand_alone(self, alone: bool) -> None:
        """The whole window for the screen in sight, for a projector; or rail and search again."""
        for each in (self.shell.rail, self.shell.top):
            each.setVisible(not alone)

    @Slot(str, str, bool)
    def show_board(self, part: str = "", item_id: str = "", close: bool = False) -> None:
        """Show the follow-up board: a part of it, or the matter that is current in the ledger."""
        before: Any = self.screen
        if not part and not item_id and self.key == "action_item":
            item_id = str(before.table.record_id() or "")
        screen: Any = self.go("follow_up")
        if screen is not None:
            screen.show_part(part, item_id, close=close)

    @Slot()
    def hold_meeting(self) -> None:
        """To the meeting that is next, or to a new one."""
        if not self._of_halls("hold_meeting"):
            screen: Any = self.go("hall_meeting")
            if screen is not None:
                screen.own.hold_next()

    @Slot()
    def new_meeting(self) -> None:
        """A new meeting out of a hall's last one."""
        if not self._of_halls("new_meeting"):
            screen: Any = self.go("hall_meeting")
            if screen is not None:
                screen.new_meeting()

    def _of_halls(self, what: str) -> bool:
        """Whether the screen in sight knows which hall is meant, and did it."""
        act = getattr(self.screen, what, None)
        if (
            act is None
            or self._passing
            or self.key not in ("today", "meeting_hall", "hall_meeting")
        ):
            return False
        act()
        return True

    @Slot(str, object)
    def show_paper(self, paper: str, request: object) -> None:
        """Show a paper before it is printed."""
        from ui.screens.preview import PreviewScreen

        self._pass(PreviewScreen(self.session, paper, request))

    @Slot(str)
    def show_import(self, register: str) -> None:
        """Take a received sheet into a register."""
        from ui.screens.import_wizard import ImportWizard

        self._pass(ImportWizard(self.session, register))

    @Slot()
    def show_recovery(self) -> None:
        """A new sheet for the safe; where it may not be made, say so."""
        from ui.screens.recovery_sheet import RecoverySheet

        try:
            self.session.office.rights.refuse_administering("换恢复单")
        except OfficeError as error:
            self.session.notifier.trouble(error)
            return
        self._pass(RecoverySheet(self.session))

    def show_first_steps(self) -> None:
        """The second and third page of a first run."""
        from ui.screens.first_run import FirstSteps

        self._pass(FirstSteps(self.session))

    def _pass(self, screen: QWidget) -> None:
        self._passing.append(screen)
        finished = getattr(screen, "finished", None)
        if finished is not None:
            finished.connect(self.back)
        self._put(screen)

    def _drop_passing(self) -> None:
        while self._passing:
            self._drop(self._passing.pop())

    def _drop(self, screen: QWidget) -> None:
        keep = getattr(screen, "keep_draft", None)
        if keep is not None:
            keep()
        self.stand_alone(alone=False)
        self.shell.stack.removeWidget(screen)
        screen.deleteLater()

    @Slot()
    def back(self) -> None:
        """From a wizard or preview to where it was called from."""
        if self._passing:
            self._drop(self._passing.pop())
        if self._passing:
            self._put(self._passing[-1])
        elif self.key:
            self.go(self.key)

    @Slot()
    def renamed(self) -> None:
        """The settings changed what is written around the screens."""
        self.window.retitle()
        self.deeds.refresh()

    def find(self, words: str) -> list[Hit]:
        """Records that hold the words, and commands by their words or pinyin."""
        first, last = commands.matching(self.deeds.all, words)
        return [*first, *self.session.office.find(words), *last]

    @Slot(str, str)
    def _found(self, register: str, key: str) -> None:
        if register == commands.REGISTER:
            self.deeds.run(key)
        else:
            self.open_record(register, key)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if changes.tables & {"own_column", "code_table"}:
            self._reshape.start()
        self._recount.start()
        self._idle.start()
        self.deeds.refresh()

    @Slot()
    def _make_anew(self) -> None:
        """The registers have other columns or words: their screens are made again when shown."""
        from ui.screens.register import RegisterScreen

        for key, screen in list(self.screens.items()):
            if isinstance(screen, RegisterScreen):
                screen.keep_draft()
                del self.screens[key]
                if screen is not self.shell.stack.currentWidget():
                    self._drop(screen)
        current = self.shell.stack.currentWidget()
        if self.key and self.key not in self.screens and not self._passing:
            self.go(self.key)
            self._drop(current)

    @Slot()
    def _count_rail(self) -> None:
        office = self.session.office

        def count(_progress: Progress) -> dict[str, int]:
            known = (key for key, _, _ in RAIL if office.reads(key))
            return {key: office.count(View(key)) for key in known}

        self.session.reader.run(count, self.shell.rail.set_counts, self.trouble)

    @Slot()
    def _remember(self, *, now: bool = False) -> None:
        """Keep the list in sight for the next start, and forget it where none is."""
        view = getattr(self.screens.get(self.key), "view", None)
        office = self.session.office
        if now:
            first_view.remember(office, view if isinstance(view, View) else None)
        elif isinstance(view, View):
            self.session.reader.run(lambda _: first_view.remember(office, view), None, self.trouble)

    @Slot(object)
    def trouble(self, error: BaseException) -> None:
        """Say a trouble of the user's world; report anything else as a bug."""
        from ui.crash import say_or_report

        say_or_report(self.session.notifier, error)


def let_go(navigator: Navigator) -> None:
    """The office is closed: its screens go, and the navigator; the shell stays for another."""
    for each in (*navigator.screens.values(), *navigator._passing):
        navigator.shell.stack.removeWidget(each)
        each.deleteLater()
    navigator.screens.clear()
    navigator._passing.clear()
    navigator.deleteLater()
