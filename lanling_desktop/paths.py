"""Where the program's own files and the office's files lie, in a checkout and when frozen."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath


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
    folder = Path(chosen or usual_data_dir(sys.platform, os.environ, str(Path.home())))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def usual_data_dir(platform: str, environment: Mapping[str, str], home: str) -> PurePath:
    """Where the office's files lie unless somebody chose: never in a folder that travels."""
    if platform == "win32":
        local = environment.get("LOCALAPPDATA") or str(PureWindowsPath(home, "AppData", "Local"))
        return PureWindowsPath(local, "兰陵社区台账")
    share = environment.get("XDG_DATA_HOME") or str(PurePosixPath(home, ".local", "share"))
    return PurePosixPath(share, "lanling_desktop")
