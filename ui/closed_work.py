"""What is done to an office file while its office is closed: restored, rebuilt, laid out."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from lanling_desktop import opening
from lanling_desktop.safety import portable

if TYPE_CHECKING:
    from lanling_desktop.safety.restore import Wish
    from ui.app import Program
    from ui.opener import Opener
    from ui.session import Session


class ClosedWork(QObject):
    """Closes the office, does the work off the screens' thread, opens it again or goes to its door."""

    def __init__(self, program: Program, opener: Opener) -> None:
        super().__init__(program)
        # No ring of references: the collector may run in the opener's thread.
        self._program, self._opener = weakref.proxy(program), opener
        self._done = ""
        opener.closed.connect(self._over)

    @Slot(object)
    def restore(self, wish: Wish) -> None:
        """Put a backup in the place of the open office."""
        path, session = self._program.path, self._program.window.session
        assert path is not None
        assert session is not None
        key = session.office.store.key
        self.change(
            lambda: opening.restore_office(wish.source, path, key=key, wish=wish),
            "正在恢复",
            "已恢复。原来的数据文件另存在旁边，名字里有“恢复前”",
        )

    def unpack(self, source: Path) -> None:
        """A portable backup on another computer: laid out with the program's data, and opened."""
        folder, name = self._program.folder, source.name.removesuffix(portable.SUFFIX)
        target, number = folder / f"{name}.lanling", 1
        while target.exists():
            number += 1
            target = folder / f"{name}-{number}.lanling"
        self._program.path = target
        self.change(
            lambda: opening.restore_office(source, target),
            "正在展开便携备份",
            f"已从便携备份展开到 {target}",
        )

    def change(self, job: Callable[[], object], words: str, done: str) -> None:
        """Do something to the file while the office is closed; then say so in the open office."""
        program = self._program
        path, demo = program.path, program.wants_demo
        assert path is not None
        program.window.detach()
        program.window.wait_bare(words)
        self._done = done
        self._opener.again(job, path, locked=lambda: program.is_locked(path) and not demo)

    @Slot(object)
    def _over(self, _none: object) -> None:
        """The file is changed and its office locked: to its door."""
        self._opener.pending = None
        if self._opener.after is not None:
            self._program.window.show_trouble(self._opener.after)
        else:
            self._program.show_login()

    def say_after(self, session: Session) -> None:
        """What was done, or could not be done, while the office was closed."""
        trouble, self._opener.after = self._opener.after, None
        done, self._done = self._done, ""
        if trouble is not None:
            session.notifier.trouble(trouble)
        elif done:
            session.notifier.say(done)
