"""One process per office file. The operating system's own lock, so a crash leaves none behind."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
from datetime import datetime
from pathlib import Path

import filelock

from lanling_desktop.core.errors import OfficeError


class OfficeInUseError(OfficeError):
    """The file is open in another process; `holder` says whose and since when, '' if unknown."""

    def __init__(self, holder: str) -> None:
        super().__init__(
            f"这个数据文件已经{holder or '打开'}",
            "没有改动任何数据",
            "请使用已打开的窗口，或关闭它以后再试",
        )
        self.holder = holder


class FileLock:
    """The lock beside an office file, and a note of who holds it."""

    def __init__(self, office: Path) -> None:
        # An office may be opened in one thread and closed in another: one state for all of them.
        self._lock = filelock.FileLock(str(beside(office, "lock")), timeout=0, thread_local=False)
        self._note = beside(office, "user")

    def acquire(self) -> None:
        """Take the lock or raise `OfficeInUseError`. A lock left by a dead process is no lock."""
        try:
            self._lock.acquire()
        except filelock.Timeout:
            raise OfficeInUseError(self._holder()) from None
        except OSError as trouble:
            raise _unwritable() from trouble
        since = datetime.now().astimezone().strftime("%H:%M")
        note = {
            "user": getpass.getuser(),
            "pid": os.getpid(),
            "host": platform.node(),
            "since": since,
        }
        try:
            self._note.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        except OSError as trouble:
            self.release()
            raise _unwritable() from trouble

    def _holder(self) -> str:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            where = "本机" if note["host"] == platform.node() else note["host"]
            return f"由 {note['user']} 在{where}打开（自 {note['since']}）"
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ""

    def is_held(self) -> bool:
        """Whether somebody else holds it; nothing is left behind by asking."""
        try:
            self._lock.acquire()
        except filelock.Timeout:
            return True
        except OSError:  # no lock can be laid where nothing can be written
            return False
        self._lock.release()
        return False

    def release(self) -> None:
        """Let go; the note goes first so that it never names a holder that is gone."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._lock.release()


def _unwritable() -> OfficeError:
    return OfficeError(
        "数据文件所在的文件夹不能写入，磁盘可能满了",
        "没有改动任何数据",
        "请腾出空间或检查权限，再打开一次",
    )


def beside(office: Path, kind: str) -> Path:
    """The companion file of an office file of that kind, hidden beside it."""
    return office.with_name(f".{office.name}.{kind}")
