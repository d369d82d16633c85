"""What a folder is good for: synchronised, removable and network folders lose live data.

What the system says of a folder comes through a `System`, so that a mapped drive of Windows can be
told in a test on Linux.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Literal, Protocol

from lanling_desktop.core.errors import OfficeError

Kind = Literal["local", "network", "removable"]

_CLOUDS = (
    ("onedrive", "OneDrive"),
    ("wps云盘", "WPS 云盘"),
    ("wpsdrive", "WPS 云盘"),
    ("wps cloud files", "WPS 云盘"),
    ("坚果云", "坚果云"),
    ("nutstore", "坚果云"),
    ("百度网盘", "百度网盘同步空间"),
    ("baidusync", "百度网盘同步空间"),
    ("baidunetdiskworkspace", "百度网盘同步空间"),
    ("百度同步盘", "百度同步盘"),
    ("微云同步", "微云"),
    ("阿里云盘", "阿里云盘"),
    ("dropbox", "Dropbox"),
    ("icloud", "iCloud"),
)
# Where these programs say in the environment which folder they keep.
_CLOUD_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_NETWORK = re.compile(
    r"cifs|smb\w*|nfs\d?|9p|afpfs|davfs|ncpfs|fuse\.(sshfs|gvfsd-fuse|rclone|davfs)"
)
# Windows takes 259 characters; beside an office file of 30 lie copies of attachments under its
# backups, named by 64 digits.
_LONGEST = 259 - (30 + len(".lanling")) - len("\\甲.备份\\附件\\00\\") - 64 - len(".00000.tmp")
_REMOVABLE, _REMOTE = 2, 4  # GetDriveType's
_USB = 7  # BusTypeUsb
_SMALL = ("vfat", "msdos", "FAT", "FAT32")
LARGEST_ON_SMALL = 4 * 2**30 - 1
"""The largest file that FAT32, as on most sticks, can hold."""


class System(Protocol):
    """What is asked of the operating system."""

    def kind(self, folder: Path) -> Kind:
        """What carries a folder, which need not exist yet."""

    def file_system(self, folder: Path) -> str:
        """How the disk of a folder is formatted; '' where nobody says."""


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of what Linux has mounted."""

    point: str
    system: str


class Linux:
    """The mounts as `/proc/mounts` tells them."""

    def __init__(self, read: Callable[[], str] | None = None) -> None:
        self._read = read or _proc_mounts

    def kind(self, folder: Path) -> Kind:
        """Network by its file system, removable by where desktops mount sticks."""
        mount = self._mount(folder)
        if _NETWORK.fullmatch(mount.system):
            return "network"
        away = mount.point.startswith(("/media/", "/run/media/"))
        return "removable" if away else "local"

    def file_system(self, folder: Path) -> str:
        """The file system of the mount a folder lies on."""
        return self._mount(folder).system

    def _mount(self, folder: Path) -> Mount:
        here = os.path.realpath(folder)  # the folder need not exist yet
        best = Mount("", "")
        for line in self._read().splitlines():
            parts = line.split()
            if len(parts) < 3:
                continue
            point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), parts[1])
            below = here == point or here.startswith(point.rstrip("/") + "/")
            if below and len(point) >= len(best.point):
                best = Mount(point, parts[2])
        return best


class Windows:
    """Drives as `GetDriveType` tells them; a mapped one is a network's like a path with \\\\."""

    def __init__(
        self,
        drive_type: Callable[[str], int] | None = None,
        bus: Callable[[str], int] | None = None,
        formatted: Callable[[str], str] | None = None,
    ) -> None:
        self._drive_type = drive_type or _drive_type
        self._bus = bus or _bus
        self._formatted = formatted or _formatted

    def kind(self, folder: Path) -> Kind:
        """Network, removable (sticks, and disks on USB), or local."""
        drive = _drive_of(str(folder))
        if drive.startswith("\\\\"):
            return "network"
        found = self._drive_type(drive)
        if found == _REMOTE:
            return "network"
        return "removable" if found == _REMOVABLE or self._bus(drive) == _USB else "local"

    def file_system(self, folder: Path) -> str:
        """NTFS, FAT32, exFAT."""
        return self._formatted(_drive_of(str(folder)))


def _drive_of(path: str) -> str:
    r"""`C:\`, or the share of a network path; the \\?\ that lengthens paths is left out."""
    if path.upper().startswith("\\\\?\\UNC\\"):
        path = "\\\\" + path[8:]
    elif path.startswith(("\\\\?\\", "\\\\.\\")):
        path = path[4:]
    return PureWindowsPath(path).anchor


def _proc_mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _drive_type(drive: str) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(drive))


def _bus(drive: str) -> int:
    """The bus a drive hangs on; 0 where the system does not say."""
    if sys.platform != "win32":
        return 0
    import ctypes

    kernel = ctypes.windll.kernel32
    kernel.CreateFileW.restype = ctypes.c_void_p
    handle = kernel.CreateFileW(f"\\\\.\\{drive[:2]}", 0, 3, None, 3, 0, None)
    if handle in (None, ctypes.c_void_p(-1).value):
        return 0
    try:
        query, answer, got = (ctypes.c_byte * 12)(), (ctypes.c_byte * 1024)(), ctypes.c_ulong()
        told = kernel.DeviceIoControl(
            ctypes.c_void_p(handle), 0x2D1400, query, 12, answer, 1024, ctypes.byref(got), None
        )
        return int.from_bytes(bytes(answer)[28:32], "little") if told and got.value >= 32 else 0
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))


def _formatted(drive: str) -> str:
    if sys.platform != "win32":
        return ""
    import ctypes

    name = ctypes.create_unicode_buffer(64)
    told = ctypes.windll.kernel32.GetVolumeInformationW(
        drive, None, 0, None, None, None, name, len(name)
    )
    return name.value if told else ""


SYSTEM: System = Windows() if sys.platform == "win32" else Linux()


def kind_of(folder: Path, system: System | None = None) -> Kind:
    """What carries a folder."""
    return (system or SYSTEM).kind(folder)


def cloud_of(folder: Path) -> tuple[str, Path] | None:
    """Which program synchronises a folder, and from where on; None when none is known to."""
    for name in _CLOUD_VARIABLES:
        root = os.environ.get(name, "")
        if root and (Path(root) == folder or Path(root) in folder.parents):
            return "OneDrive", Path(root)
    here = Path(folder.anchor) if folder.anchor else Path()
    for part in folder.parts[1:] if folder.anchor else folder.parts:
        here /= part
        for word, name in _CLOUDS:
            if word in part.lower():
                return name, here
    return None


def advice(folder: Path, system: System | None = None) -> str:
    """Why live data should not lie in a folder, in words; empty when nothing speaks against it."""
    cloud = cloud_of(folder)
    if cloud is not None:
        name, root = cloud
        return f"{root} 由{name}同步，同步时可能弄坏正在用的数据文件。请换到本机的普通文件夹"
    kind = kind_of(folder, system)
    if kind == "network":
        return "这是网络上的文件夹，断网或两人同开会弄坏数据。请放在本机，网络文件夹可用来放备份"
    if kind == "removable":
        return (
            "这是 U 盘或移动硬盘，只能以便携模式使用：每次保存都等到写上盘，会慢一些；"
            "用完先关闭程序，弹出后再拔。能放在本机就放在本机，U 盘用来放备份"
        )
    return ""


def refuse_for_live_data(folder: Path, system: System | None = None) -> None:
    """Refuse a folder in which an office file would be lost or could not be written."""
    if kind_of(folder, system) == "network":
        raise OfficeError(
            f"{folder} 是网络上的文件夹，断网或两人同开会弄坏数据，数据文件不能放在那里",
            "没有建立任何文件",
            "请选本机的文件夹；网络文件夹可以用来放备份",
        )
    if too_long(folder):
        raise OfficeError(
            f"文件夹的路径有 {len(str(folder))} 个字，太长了，Windows 会存不上备份和附件",
            "没有建立任何文件",
            "请选层数少、名字短的文件夹",
        )
    if not can_write_in(folder):
        raise OfficeError(
            f"{folder} 不允许写入，数据文件不能放在那里",
            "没有建立任何文件",
            "请选自己的文件夹，如“文档”；程序文件夹和只读的盘都不行",
        )


def too_long(folder: Path, platform: str = sys.platform) -> bool:
    """Whether what lies beside an office file would have longer names than Windows takes."""
    return platform == "win32" and len(str(folder)) > _LONGEST


def keeps_log(folder: Path, system: System | None = None) -> bool:
    """Whether a log may lie beside a file there: a share or a stick wants every act in one file."""
    return kind_of(folder, system) == "local"


def standing(path: Path, system: System | None = None) -> str:
    """What a clerk is to know all day of where the office file lies; '' for a place of its own."""
    kind = kind_of(path.parent, system)
    if kind == "network":
        return (
            f"数据文件在网络文件夹 {path.parent}，断网会存不上，两台电脑同开会弄坏数据。"
            "已改用更稳的方式保存；请尽快把它搬到本机，网络文件夹只放备份。"
        )
    if kind == "removable":
        return "便携模式：数据文件在 U 盘或移动硬盘上。用完先关闭程序，弹出后再拔。"
    cloud = cloud_of(path.parent)
    if cloud is not None:
        return f"{cloud[1]} 由{cloud[0]}同步，同步时可能弄坏数据文件。请尽快把它搬到普通文件夹。"
    return ""


def on_leaving(path: Path, system: System | None = None) -> str:
    """What is said when the office is closed; '' where there is nothing to take out."""
    if kind_of(path.parent, system) != "removable":
        return ""
    return f"数据文件已写好并关闭。请在任务栏“安全删除硬件”里弹出 {_stick(path)}，再拔下。"


def _stick(path: Path) -> str:
    drive = path.drive or _drive_of(str(path))
    return drive.rstrip("\\") or "U 盘"


def too_large(size: int, folder: Path, system: System | None = None) -> bool:
    """Whether a file of that size is more than the disk of a folder can hold in one piece."""
    return size > LARGEST_ON_SMALL and (system or SYSTEM).file_system(folder) in _SMALL


def can_write_in(folder: Path) -> bool:
    """Whether files can be made in a folder, or in what there is of the way to it."""
    import tempfile  # not at start

    here = folder
    while not here.exists() and here != here.parent:
        here = here.parent
    try:
        handle, name = tempfile.mkstemp(prefix=".~", dir=here)
    except OSError:
        return False
    os.close(handle)
    with contextlib.suppress(OSError):
        Path(name).unlink()
    return True


def can_write(path: Path) -> bool:
    """Whether an office file and what lies beside it can be written."""
    try:
        with path.open("rb+"):
            pass
    except PermissionError:
        return False
    except OSError as trouble:
        if trouble.errno in _READ_ONLY:
            return False
        raise
    return can_write_in(path.parent)


_READ_ONLY: Sequence[int] = (30,)  # EROFS
