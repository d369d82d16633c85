"""What a folder is good for: synchronised, removable and network folders lose live data."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_CLOUDS = (
    ("onedrive", "OneDrive"),
    ("wps云盘", "WPS 云盘"),
    ("wpsdrive", "WPS 云盘"),
    ("坚果云", "坚果云"),
    ("nutstore", "坚果云"),
    ("百度网盘", "百度网盘同步空间"),
    ("baidusync", "百度网盘同步空间"),
    ("百度同步盘", "百度同步盘"),
    ("dropbox", "Dropbox"),
    ("icloud", "iCloud"),
)
_NETWORK = ("cifs", "smb", "smb3", "smbfs", "nfs", "nfs4", "fuse.sshfs", "9p", "afpfs")


def advice(folder: Path, *, kind: str | None = None) -> str:
    """Why live data should not lie in a folder, in words; empty when nothing speaks against it.

    `kind` is "network", "removable" or "" and is asked of the system when not given.
    """
    for part in folder.parts:
        for word, name in _CLOUDS:
            if word in part.lower():
                return f"这个文件夹由{name}同步，同步时可能弄坏正在用的数据文件。请换到本机的普通文件夹"
    found = _kind(folder) if kind is None else kind
    if found == "network":
        return "这是网络上的文件夹，断网或两人同开会弄坏数据。请放在本机，网络文件夹可用来放备份"
    if found == "removable":
        return "这是 U 盘或移动硬盘，拔出时正在写入会丢数据。请放在本机，U 盘可用来放备份"
    return ""


def _kind(folder: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        if str(folder).startswith("\\\\"):
            return "network"
        drive = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
        return {2: "removable", 4: "network"}.get(drive, "")
    system, point = _mounted(folder)
    if system in _NETWORK:
        return "network"
    return "removable" if point.startswith(("/media/", "/run/media/")) else ""


def _mounted(folder: Path) -> tuple[str, str]:
    """File system and mount point of a folder, as Linux says."""
    here = os.path.abspath(folder)  # noqa: PTH100 - the folder need not exist yet
    best = ("", "")
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return best
    for line in lines:
        point, system = line.split()[1:3]
        below = here == point or here.startswith(point.rstrip("/") + "/")
        if below and len(point) >= len(best[1]):
            best = (system, point)
    return best
