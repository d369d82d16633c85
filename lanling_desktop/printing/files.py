"""Papers reach the disk whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import BinaryIO

from lanling_desktop.core import atomic
from lanling_desktop.core.errors import OfficeError

Target = Path | BinaryIO


def write_whole(out: Target, data: bytes) -> None:
    """Write to an open stream, or to a path by way of a temporary name in the same folder."""
    if not isinstance(out, Path):
        out.write(data)
        return
    if out.exists() and not out.is_file():  # a device or a folder: it would be replaced
        raise OfficeError(f"“{out.name}”不是文件，不能写到那里", "什么也没有写", "请另写一个文件名")
    try:
        atomic.write_whole(out, data, atomic.BRIEF)
    except OSError as trouble:
        raise OfficeError(_what(trouble, out), "原有文件没有改动", _then(trouble)) from trouble


def _what(trouble: OSError, out: Path) -> str:
    if trouble.errno == errno.ENOSPC:
        return "磁盘已满，文件没有写成"
    if isinstance(trouble, FileNotFoundError):
        return f"文件夹不存在：{out.parent}"
    if isinstance(trouble, PermissionError):
        return f"“{out.name}”写不进去，可能正被别的程序打开，或者没有权限"
    return f"“{out.name}”没有写成（{trouble.strerror or trouble}）"


def _then(trouble: OSError) -> str:
    if trouble.errno == errno.ENOSPC:
        return "请清理磁盘，或另选一个盘后再试"
    if isinstance(trouble, PermissionError):
        return "请关闭打开它的程序，或另存为别的名字"
    return "请另选一个文件夹再试"
