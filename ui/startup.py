"""One process per office file: a second start brings the first window up and ends.

No socket: the second start leaves a request file beside the lock; the first watches the folder,
takes the file away and comes up. The lock is the operating system's own, so none is ever stale.
"""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path

_PATIENCE = 3.0  # seconds the first window has to answer


def beside(office: Path, kind: str) -> Path:
    """The companion file of an office file, named as `core.lock` names it."""
    # Importing that module costs a quarter of a bare start; a test holds the two equal.
    return office.with_name(f".{office.name}.{kind}")


def seems_open(office: Path) -> bool:
    """Whether somebody may hold the file: a note of the holder lies beside it. Costs nothing."""
    return beside(office, "user").exists()


def is_open(office: Path) -> bool:
    """Whether another process holds the file."""
    from lanling_desktop.core.lock import FileLock

    return seems_open(office) and FileLock(office).is_held()


def is_not_opened(trouble: BaseException) -> bool:
    """Whether an office file is damaged or lacks acts: there is more to do than to read why."""
    from lanling_desktop.safety.damage import NotOpenedError

    return isinstance(trouble, NotOpenedError)


def raise_first(office: Path, patience: float = _PATIENCE) -> bool:
    """Ask the window that has the file open to come up; False when none of ours answers."""
    if not _is_ours(office):
        return False
    _let_come_up(office)
    request = beside(office, "raise")
    try:
        request.write_text(str(time.time()), encoding="utf-8")
    except OSError:
        return False
    end = time.monotonic() + patience
    while request.exists():
        if time.monotonic() > end:
            with contextlib.suppress(OSError):
                request.unlink()
            return False
        time.sleep(0.02)
    return True


def _is_ours(office: Path) -> bool:
    """Whether the holder works as the same user: another's window would come up unseen."""
    import getpass
    import json
    import platform

    try:
        note = json.loads(beside(office, "user").read_text(encoding="utf-8"))
        return (note["user"], note["host"]) == (getpass.getuser(), platform.node())
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return True


def _let_come_up(office: Path) -> None:
    """Windows lets only the program in front put another there: hand the right over."""
    if sys.platform == "win32":
        import ctypes
        import json

        with contextlib.suppress(OSError, ValueError, KeyError):
            note = json.loads(beside(office, "user").read_text(encoding="utf-8"))
            ctypes.windll.user32.AllowSetForegroundWindow(int(note["pid"]))
