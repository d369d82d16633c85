"""Files that appear whole or not at all: flushed to the disk, then given their name.

A rename without a flush can leave a file of the right length full of NULs after a power cut, and
a virus scanner may hold a file that is to be renamed: both are met here, once for everybody.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from lanling_desktop.core import atomic
from lanling_desktop.core.errors import OfficeError

ROOM = 2.2
"""How many times the size of what is to be written must be free before it is begun."""
_PIECE = 1 << 20


def flush(path: Path) -> None:
    """Bring what was written to a file onto the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def give_name(draft: Path, target: Path) -> None:
    """Flush a draft and put it in the place of `target`, in one step."""
    flush(draft)
    atomic.take_name(draft, target)


def discard(draft: Path) -> None:
    """Take a draft database away with its logs: a log left alone would be taken for the next one's."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def draft_of(target: Path) -> Path:
    """The name under which a file is written before it gets its own."""
    return target.with_name(f".{target.name}.{os.getpid()}.tmp")


def write_whole(target: Path, content: bytes) -> None:
    """A small file: all of it under its name, or what was there before."""
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_whole(target, content)


def copy_whole(source: Path, target: Path) -> None:
    """A byte for byte copy that appears whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(target)
    try:
        with source.open("rb") as reading, draft.open("wb") as writing:
            shutil.copyfileobj(reading, writing, _PIECE)
        give_name(draft, target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """SHA-256 of a file's content, in hex."""
    import hashlib

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def require_room(folder: Path, size: int, what: str) -> None:
    """Refuse work that needs `size` bytes where less than 2.2 times that is free.

    Raises `OfficeError` before anything is begun. `what` names the work.
    """
    free, needed = free_in(folder), int(size * ROOM)
    if free < needed:
        raise OfficeError(
            f"磁盘空间不够，没有开始{what}（需要 {megabytes(needed)}，只剩 {megabytes(free)}）",
            "数据文件没有改动，已有的备份都在",
            "请腾出空间后再试，或换一个磁盘",
        )


def free_in(folder: Path) -> int:
    """Bytes free where a folder lies or will lie."""
    here = folder
    while not here.exists() and here != here.parent:
        here = here.parent
    return shutil.disk_usage(here).free


def megabytes(size: int) -> str:
    """A size as a clerk reads it."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(size / 1e6, 0.1):.1f} MB"
