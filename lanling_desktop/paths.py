"""Where the program's own files and the office's files lie, in a checkout and when frozen."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def resource(name: str) -> Path:
    """Path of a shipped file below `resources/`; `name` uses forward slashes."""
    if name.startswith("/") or ".." in name.split("/"):
        raise ValueError(f"not a name below resources/: {name}")
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources" / name


def data_dir() -> Path:
    """Folder of the office's own files, never the program's folder; made when missing.

    `LANLING_DATA` overrides it (tests, portable use).
    """
    chosen = os.environ.get("LANLING_DATA")
    if chosen:
        folder = Path(chosen)
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "兰陵社区台账"
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
        folder = Path(base) / "lanling_desktop"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
