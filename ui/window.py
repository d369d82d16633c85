"""The main window: painted before anything heavy is loaded, furnished behind its first picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QMainWindow

from lanling_desktop.catalogue import RAIL
from ui.first_paint import FirstPaint, palette
from ui.preferences import text_scale

if TYPE_CHECKING:
    from pathlib import Path

    from lanling_desktop.core.errors import OfficeError
    from lanling_desktop.core.list_plan import ListPlan
    from lanling_desktop.safety.damage import NotOpenedError
    from ui.away import Away
    from ui.clipboard import ClipboardKeeper
    from ui.navigation import Navigator
    from ui.screens.unopened import BehindPage, DamagedPage, TakenPage
    from ui.session import Session
    from ui.shell import Shell

PROGRAM = "兰陵社区台账"
BEFORE = (("today", "今天要办", "today"),)
AFTER = (
    ("tree", "组织树", "tree"),
    ("papers", "打印与归档", "print"),
    ("merge", "查重", "merge"),
    ("settings", "设置", "settings"),
    ("help", "帮助", "help"),
)
ENTRIES = (*BEFORE, *RAIL, *AFTER)
"""Key, title and icon of everything in the rail."""


class MainWindow(QMainWindow):
    """One office at the screen. `furnish` before `attach`; both only behind the first paint."""

    painted = Signal()
    rows_painted = Signal()
    closed = Signal()

    def __init__(self, settings: QSettings, *, demo: bool = False) -> None:
        super().__init__()
        self.settings = settings
        self.demo = demo
        self.first = FirstPaint([title for _, title, _ in ENTRIES], text_scale(settings))
        self.first.title = PROGRAM
        begun = str(settings.value("window/screen", "") or "")
        self.first.current = next((title for key, title, _ in ENTRIES if key == begun), "")
        self.setPalette(palette())
        self.shell: Shell | None = None
        self.navigator: Navigator | None = None
        self.session: Session | None = None
        self.away: Away | None = None
        self.clipboard: ClipboardKeeper | None = None
        self.farewell: Callable[[str], None] | None = None  # tests put their own here
        self.before_close: list[Callable[[], None]] = []
        self._painted = 0
        self.setWindowTitle(f"演示 · {PROGRAM}" if demo else PROGRAM)
        self.setMinimumSize(800, 560)
        self._place()

    def _place(self) -> None:
        kept = self.settings.value("window/geometry")
        if not (kept and self.restoreGeometry(kept)):
            room = self.screen().availableGeometry()
            self.resize(min(1366, room.width()), min(740, room.height() - 28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first picture, until the furniture stands."""
        super().paintEvent(event)
        if self.centralWidget() is not None:
            return
        painter = QPainter(self)
        self.first.paint(painter, self.width(), self.height())
        painter.end()
        if self._painted == 0:
            self._painted = 1
            self.painted.emit()
        if self._painted == 1 and self.first.plan is not None:
            self._painted = 2
            self.rows_painted.emit()

    def show_plan(self, plan: ListPlan) -> None:
        """Paint the last list's rows into the first picture."""
        self.first.plan = plan
        self.update()

    def say_at_first(self, words: str, progress: tuple[int, int] | None = None) -> None:
        """A line in the foot of the first picture, with a bar while something is being built."""
        self.first.words = words
        self.first.progress = progress
        self.update()

    def undress(self) -> None:
        """Give the first picture's colours back, before a look is put on: a style sheet remembers
        what a widget wore below it, and would bring that back with the next change of the look."""
        self.setPalette(QPalette())

    def furnish(self) -> Shell:
        """Build rail, search line, stack and foot; they are shown by the first thing to show."""
        if self.shell is None:
            from ui.shell import Shell

            self.shell = Shell(self)
        return self.shell

    def attach(self, session: Session) -> None:
        """Show an open office."""
        from ui.navigation import Navigator
        from ui.standing import standing_words

        shell = self.furnish()
        self.session = session
        self.demo = self.demo or bool(session.office.desk.get("demo", False))
        self.navigator = Navigator(self, shell, session)
        self._show_shell()
        shell.standing.tell(standing_words(session.office))
        self.navigator.begin(str(self.settings.value("window/screen", "today") or "today"))
        self.retitle()
        session.keeper.begin()
        if self.clipboard is None:
            from ui.clipboard import ClipboardKeeper

            self.clipboard = ClipboardKeeper(self)
        if session.office.keyring is not None:
            from ui.away import Away

            self.away = Away(self, session)

    @Slot()
    def lock(self) -> None:
        """Cover the office until its account's password is typed again."""
        if self.away is not None:
            self.away.lock()
        elif self.session is not None:
            self.session.notifier.say("这个数据文件没有密码，锁不上；可在“设置”里给它上锁")

    def show_trouble(self, error: OfficeError) -> None:
        """Say that the office could not be opened, and what else can be done."""
        shell = self.furnish()
        shell.show_trouble(error)
        self._show_shell()

    def show_unopened(self, error: NotOpenedError) -> BehindPage | DamagedPage | TakenPage:
        """Say that the office is not opened as it is, and what brings everything back."""
        page = self.furnish().show_unopened(error)
        self._show_shell()
        return page

    def show_login(self, name: str, accounts: Sequence[tuple[str, str]], last: str) -> None:
        """Ask who opens a locked office."""
        shell = self.furnish()
        shell.show_login(name, accounts, last)
        self._show_shell()

    def refuse_at_door(self, error: OfficeError, path: Path | None) -> bool:
        """Say at the door why it does not open; False when nobody stands there."""
        page = self.shell.stack.currentWidget() if self.shell is not None else None
        refused = getattr(page, "refused", None)
        if self.session is not None or not callable(refused) or path is None:
            return False
        from lanling_desktop.core import keyring

        ring = keyring.load(path)
        refused(error, ring.waiting() if ring is not None else 0)
        return True

    def wait_bare(self, words: str) -> None:
        """Back to the first picture while another office is opened or built."""
        if self.centralWidget() is not None:
            self.takeCentralWidget()
            if self.shell is not None:
                self.shell.leave()
                self.shell.hide()
        self.first.plan = None
        self.say_at_first(words, (0, 0))

    def show_first_run(self) -> None:
        """Lead through the first three pages."""
        shell = self.furnish()
        shell.show_first_run()
        self._show_shell()

    def _show_shell(self) -> None:
        if self.shell is not None and self.centralWidget() is not self.shell:
            self.setCentralWidget(self.shell)
            self.shell.show()
        page = self.shell.stack.currentWidget() if self.shell is not None else None
        begin = getattr(page, "begin", None)
        if begin is not None:
            begin()

    def set_scale(self, scale: int) -> None:
        """The text size, from the settings page."""
        if self.navigator is not None:
            self.navigator.deeds.set_scale(scale)

    def retitle(self) -> None:
        """Title and rail head by the office's name, a demo marked as such."""
        if self.session is None or self.shell is None:
            return
        desk = self.session.office.desk
        name = str(desk.get("community_name", "") or desk.get("unit", "") or PROGRAM)
        self.shell.rail.set_name(name, demo=self.demo)
        title = PROGRAM if name == PROGRAM else f"{name} · {PROGRAM}"
        if self.session.office.store.read_only:
            title = f"只读 · {title}"
        self.setWindowTitle(f"演示 · {title}" if self.demo else title)

    @Slot()
    def come_up(self) -> None:
        """Come to the front: a second start asked for it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def detach(self) -> None:
        """Keep drafts, remember the list, wait for work, close the office."""
        if self.away is not None:
            self.away.end()
            self.away = None
        if self.clipboard is not None:
            self.clipboard.clear()
        left, self.navigator = self.navigator, None
        if left is not None:
            left.end()
        if self.session is not None:
            if self.shell is not None:
                self.shell.foot.say("正在备份，请稍候")
                self.shell.foot.repaint()
            self.session.keeper.last_of_day()
            self.session.close()
            self.session = None
        if left is not None:
            from ui.navigation import let_go

            let_go(left)

    def _on_leaving(self) -> str:
        if self.session is None or self.session.office.store.read_only:
            return ""
        from lanling_desktop.core.location import on_leaving

        return on_leaving(self.session.office.path)

    def _say_farewell(self, said: str) -> None:
        from ui.standing import say_farewell

        (self.farewell or say_farewell)(said)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave everything as it can be found again."""
        self.settings.setValue("window/geometry", self.saveGeometry())
        self.settings.sync()
        for each in self.before_close:
            each()
        leaving = self._on_leaving()
        self.detach()
        if self.shell is not None:
            self.shell.leave()
        if leaving:
            self._say_farewell(leaving)
        event.accept()
        self.closed.emit()
