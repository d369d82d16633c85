"""Copies of attachments that are looked at in another program: read-only, and gone afterwards."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from lanling_desktop import paths
from lanling_desktop.core.errors import OfficeError


class OpenedFiles:
    """The copies of one office; what a crash left is taken away at the next start.

    They have names of their own: what an attachment is called may be about a person.
    """

    def __init__(self, office: Path) -> None:
        place = hashlib.sha256(str(office.absolute()).encode()).hexdigest()[:16]
        self.folder = paths.data_dir() / "opened" / place
        self.clean()

    def show(self, what: str, ending: str, data: bytes) -> None:
        """Open a copy in the system's own program. Raises `OfficeError` when there is none."""
        copy = self.folder / f"{what}-{uuid4().hex[:8]}{ending}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(data)
            copy.chmod(0o400)
        except OSError as trouble:
            said = trouble.strerror or str(trouble)
            raise OfficeError(
                f"附件的临时副本写不成（{said}）", "附件本身没有改动", "请腾出磁盘空间再试"
            ) from trouble
        if not launch(copy):
            raise OfficeError(
                f"这台电脑上没有能打开 {ending} 文件的程序",
                "附件本身没有改动",
                "请装上 WPS 等程序，或按 Ctrl+S 另存后拿到别处打开",
            )

    def clean(self) -> None:
        """Take the copies away; one that is still held open goes at the next start."""
        if self.folder.is_dir():
            for each in self.folder.iterdir():
                each.chmod(0o600)  # Windows keeps what is read-only
            shutil.rmtree(self.folder, ignore_errors=True)


def launch(path: Path) -> bool:
    """Hand a file to the system; whether a program took it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
