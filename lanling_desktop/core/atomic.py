"""A file reaches the disk whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path

PATIENCE = 10.0
"""Seconds a virus scanner may hold a file of the office's own."""
BRIEF = 2.0
"""The same for a file that leaves the office: there it is mostly open in another program."""


def take_name(draft: Path, target: Path, patience: float | None = None) -> None:
    """Put a finished draft in the place of `target`; a scanner that holds either is waited for.

    The name is on the disk afterwards: else a power cut a second later could take it back.
    """
    end = time.monotonic() + (PATIENCE if patience is None else patience)
    wait = 0.05
    while True:
        try:
            draft.replace(target)
        except PermissionError:
            if time.monotonic() + wait > end:
                raise
            time.sleep(wait)  # a scanner lets go after a moment
            wait = min(wait * 2, 2.0)
        else:
            _flush_name(target)
            return


def _flush_name(target: Path) -> None:
    if os.name != "nt":
        flush_folder(target.parent)
        return
    with contextlib.suppress(OSError), target.open("rb+") as stream:  # a scanner may hold it
        os.fsync(stream.fileno())  # NTFS writes the change of name out with the file


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder onto the disk; on Windows a file's own flush does it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some file systems of sticks cannot
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(target: Path, data: bytes, patience: float | None = None) -> None:
    """Write under a temporary name in the same folder, see it on the disk, then give it its name.

    Raises `OSError`; what stood under the name is then still there, and nothing else is left.
    """
    handle, name = tempfile.mkstemp(
        prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent
    )
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        take_name(draft, target, patience)
    except BaseException:
        with contextlib.suppress(OSError):  # it may be held
            draft.unlink(missing_ok=True)
        raise
