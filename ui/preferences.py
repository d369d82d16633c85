"""What this desk remembers of its window, and which office file it worked in last.

The office's own file keeps what belongs to the office. A settings file that a power cut left
empty or full of NULs is put aside as .bad; the pointer to the office file has a second copy.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QSettings

SCALES = (100, 115, 130, 150, 175, 200)
_LAST = "office/last"


def load(folder: Path) -> QSettings:
    """The window's settings of that folder; a broken file is kept as .bad and begun anew."""
    path = folder / "window.ini"
    if _broken(path):
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".bad"))
    return QSettings(str(path), QSettings.Format.IniFormat)


def _broken(path: Path) -> bool:
    try:
        content = path.read_bytes()
        if not content or b"\0" in content:
            return True
        content.decode("utf-8")
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return not content.lstrip().startswith(b"[")


def last_office(settings: QSettings, folder: Path) -> Path | None:
    """The office file worked in last, from the settings or from the second copy."""
    said = str(settings.value(_LAST, "") or "")
    if not said:
        with contextlib.suppress(OSError, ValueError):
            said = (folder / "office.txt").read_text(encoding="utf-8").strip("\0\r\n ")
    if said:
        return Path(said)
    alone = sorted(folder.glob("*.lanling"))
    return alone[0] if len(alone) == 1 else None


def remember_office(settings: QSettings, folder: Path, path: Path) -> None:
    """Open this file at the next start."""
    settings.setValue(_LAST, str(path))
    from lanling_desktop.core import atomic

    with contextlib.suppress(OSError):
        atomic.write_whole(folder / "office.txt", str(path).encode(), atomic.BRIEF)


def text_scale(settings: QSettings) -> int:
    """The text scale of this desk."""
    try:
        said = int(str(settings.value("window/scale", 100)))
    except ValueError:
        return 100
    return said if said in SCALES else 100
