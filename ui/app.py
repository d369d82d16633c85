"""Starts the program: a painted window first, everything heavy behind it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from lanling_desktop import paths
from ui import first_paint, preferences, startup
from ui.crash import CrashPath
from ui.window import MainWindow

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office
    from ui.opener import Opener
    from ui.raise_watch import RaiseWatch
    from ui.screens.first_run import Answers
    from ui.session import Session
    from ui.ways_back import Ways

QUIT = "--quit-after-paint"
"""Hidden: close as soon as there is something to see; for tests of the frozen program."""
ALREADY = "这个数据文件已经打开，已转到它的窗口。"


class Program(QObject):
    """One run: which office, its window, and the way from the first paint to the open office."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__()
        named = [each for each in arguments if not each.startswith("-")]
        self.wants_demo = "--demo" in arguments
        self._quit_early = QUIT in arguments
        self.folder = paths.data_dir()
        self.settings = preferences.load(self.folder)
        self._demo_folder: Path | None = None
        self.path: Path | None = None
        if named:
            self.path = Path(named[0]).absolute()
        elif not self.wants_demo:
            self.path = preferences.last_office(self.settings, self.folder)
        self.opener: Opener | None = None
        self._first_run_steps = False
        self.ways: Ways | None = None
        self._watch: RaiseWatch | None = None
        first_paint.load_font(paths.resource("fonts"))
        self.window = MainWindow(self.settings, demo=self.wants_demo)
        self.window.painted.connect(self._painted)
        self.window.before_close.append(self._let_go)

    def is_second(self) -> bool:
        """Whether another window has the office open and came up in our place."""
        path = self.path
        if path is None or not startup.seems_open(path) or not startup.is_open(path):
            return False
        return startup.raise_first(path)

    @Slot()
    def _painted(self) -> None:
        QTimer.singleShot(0, self._first_rows)

    @Slot()
    def _first_rows(self) -> None:
        """The last list's rows by the bare driver, if it can be had; then everything else."""
        plan = None
        if self.path is not None and not startup.seems_open(self.path):
            from datetime import datetime

            from lanling_desktop.core import first_view

            screen = str(self.settings.value("window/screen", "") or "")
            today = datetime.now().astimezone().date()
            plan = first_view.peek(self.path, today) if screen != "today" else None
        if plan is None:
            QTimer.singleShot(0, self._load)
            return
        self.window.rows_painted.connect(self._rows_painted)
        self.window.show_plan(plan)

    @Slot()
    def _rows_painted(self) -> None:
        QTimer.singleShot(0, self._load)

    @Slot()
    def _load(self) -> None:
        """Open the office in a thread, dress the window meanwhile."""
        from ui.closed_work import ClosedWork
        from ui.opener import Opener

        self.opener = Opener(self)
        self.opener.opened.connect(self._opened)
        self.opener.failed.connect(self._failed)
        self.closed = ClosedWork(self, self.opener)
        self.opener.progressed.connect(self._progressed)
        if self.wants_demo:
            self._open_demo()
        elif self.path is not None and not self.is_locked(self.path):
            self.window.say_at_first("正在打开")
            self.opener.open(self.path)
        self._dress()
        if self.path is not None and not self.wants_demo and self.is_locked(self.path):
            self.show_login()
        if self.path is None:
            self.window.show_first_run()
            self._shown()

    def _dress(self) -> None:
        from ui import theme

        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.window.undress()
        theme.apply(application, preferences.text_scale(self.settings))
        shell = self.window.furnish()
        shell.open_other_requested.connect(self.choose_other)
        shell.new_requested.connect(self.window.show_first_run)
        shell.demo_requested.connect(self._open_demo)
        shell.create_requested.connect(self._create)
        shell.unlock_requested.connect(self._unlock)
        shell.recover_requested.connect(self._recover)

    @Slot()
    def _open_demo(self) -> None:
        import tempfile

        if self._demo_folder is None:
            self._demo_folder = Path(tempfile.mkdtemp(prefix="lanling-demo-"))
        self.wants_demo = self.window.demo = True
        self.path = self._demo_folder / "demo.lanling"
        self.path.unlink(missing_ok=True)
        self.window.wait_bare("正在建立演示库")
        self._opener.demo(self.path)

    @Slot(object)
    def _create(self, answers: Answers) -> None:
        self.path = answers.path
        self._first_run_steps = True
        from lanling_desktop.opening import Owner

        owner = Owner(answers.actor, answers.password)
        self._opener.create(answers.path, answers.unit, answers.community, owner)

    @staticmethod
    def is_locked(path: Path) -> bool:
        """Whether a file opens only at its door."""
        from lanling_desktop.core import keyring

        if path.is_file():
            return keyring.is_locked(path)
        return keyring.load(path) is not None  # gone, but its keys and backups may be there

    def show_login(self) -> None:
        """The door of the office that was asked for."""
        from lanling_desktop.core import keyring

        assert self.path is not None
        ring = keyring.load(self.path)
        assert ring is not None
        accounts = [(each.id, each.name) for each in ring.accounts]
        last = str(self.settings.value("door/account", "") or "")
        self.window.show_login(self.path.stem, accounts, last)
        self._shown()

    @Slot(str, str)
    def _unlock(self, account: str, password: str) -> None:
        assert self.path is not None
        self.settings.setValue("door/account", account)
        self._opener.unlock(self.path, account, password)

    @Slot(str, str)
    def _recover(self, groups: str, password: str) -> None:
        assert self.path is not None
        self._opener.recover(self.path, groups, password)

    @Slot()
    def choose_other(self) -> None:
        """Open another office file in this window."""
        from PySide6.QtWidgets import QFileDialog

        start = str(self.path.parent if self.path else self.folder)
        chosen, _ = QFileDialog.getOpenFileName(
            self.window, "打开数据文件", start, "台账数据 (*.lanling *.lanling.zip);;所有文件 (*)"
        )
        if chosen:
            self.open_other(Path(chosen))

    def open_other(self, path: Path) -> None:
        """Leave the office that is open, if one is, and open this one."""
        self.window.detach()
        self.wants_demo = self.window.demo = False
        if path.name.endswith(".lanling.zip"):
            self.closed.unpack(path)
            return
        self.path = path
        if self.is_locked(path):
            self.show_login()
            return
        self.window.wait_bare("正在打开")
        self._opener.open(path)

    @Slot(str, str)
    def _lock_up(self, name: str, password: str) -> None:
        """Close the office, lock its file by a verified copy, open it for its first account."""
        path = self.path
        assert path is not None
        self.window.detach()
        self.window.wait_bare("正在给数据文件上锁")
        self._opener.lock_up(path, name, password)

    @property
    def _opener(self) -> Opener:
        assert self.opener is not None
        return self.opener

    @Slot(object)
    def _opened(self, office: Office) -> None:
        from ui.raise_watch import RaiseWatch
        from ui.session import Session
        from ui.widgets.messages import WindowNotifier
        from ui.widgets.work import Worker

        self._opener.pending = None
        shell = self.window.furnish()
        worker = Worker(self.window)
        notifier = WindowNotifier(shell.foot)
        session = Session(office, notifier, worker, self.settings, self.window)
        if not self.wants_demo:
            preferences.remember_office(self.settings, self.folder, office.path)
        self._watch = RaiseWatch(office.path, self)
        self._watch.requested.connect(self.window.come_up)
        session.lock_up_requested.connect(self._lock_up)
        session.restore_requested.connect(self.closed.restore)
        self.window.attach(session)
        _rest_collector()
        self.closed.say_after(session)
        _look_whole(session)
        if self._first_run_steps and self.window.navigator is not None:
            self._first_run_steps = False
            self.window.navigator.show_first_steps()
        self._shown()

    @Slot(object)
    def _failed(self, trouble: BaseException) -> None:
        from lanling_desktop.core.errors import OfficeError
        from lanling_desktop.core.lock import OfficeInUseError

        in_use = isinstance(trouble, OfficeInUseError) and self.path is not None
        if in_use and startup.raise_first(self.path):
            say(ALREADY)
            self.window.close()
            return
        if startup.is_not_opened(trouble):
            from ui.ways_back import Ways

            self.ways = Ways(self, trouble)
            self._shown()
            return
        if isinstance(trouble, OfficeError) and self.window.refuse_at_door(trouble, self.path):
            return
        if isinstance(trouble, OfficeError):
            self.window.show_trouble(trouble)
            self._shown()
        else:
            sys.excepthook(type(trouble), trouble, trouble.__traceback__)

    @Slot(int, int, str)
    def _progressed(self, done: int, total: int, words: str) -> None:
        self.window.say_at_first(words, (done, total))

    def _shown(self) -> None:
        if self._quit_early:
            QTimer.singleShot(200, self.window.close)

    def _let_go(self) -> None:
        if self.opener is not None:
            self.opener.wait()
            if self.opener.pending is not None:
                self.opener.pending.close()
                self.opener.pending = None

    def end(self) -> None:
        """What lies about after the window closed."""
        if self._demo_folder is not None:
            import shutil

            shutil.rmtree(self._demo_folder, ignore_errors=True)


def _look_whole(session: Session) -> None:
    """Say when files of the program itself are gone; nobody waits for the look."""
    from lanling_desktop import wholeness
    from lanling_desktop.core.errors import OfficeError

    def tell(gone: list[str]) -> None:
        if gone:
            session.notifier.trouble(OfficeError(*wholeness.sentences(gone)))

    if wholeness.root() is not None:
        session.reader.run(lambda _: wholeness.missing(), tell, lambda _error: None)


def _rest_collector() -> None:
    """Leave what was loaded for good alone, and look at the rest more seldom.

    In an import of 10,000 rows every look at the whole heap held the window up for 0.3 s.
    """
    gc.freeze()
    gc.set_threshold(200_000, 50, 1000)


def say(words: str) -> None:
    """A line for whoever started the program from a terminal; a windowed one has none."""
    if sys.stdout is not None:
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Run the program; `arguments` without its own name. Returns the exit code."""
    crash = CrashPath(paths.data_dir)
    crash.install()
    application = QApplication.instance() or QApplication([sys.argv[0]])
    application.setApplicationName("兰陵社区台账")
    program = Program(arguments)
    if program.is_second():
        say(ALREADY)
        return 0
    code = [0]

    def close_after_bug() -> None:
        code[0] = 1
        program.window.close()
        application.exit(1)

    crash.close_with(close_after_bug)
    program.window.show()
    application.exec()
    program.end()
    return code[0]
