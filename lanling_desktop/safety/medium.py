"""The second medium known again: a stick that comes back under another drive letter or mount point."""

from __future__ import annotations

import contextlib
import secrets
import string
import sys
from collections.abc import Iterable
from pathlib import Path

_MARK = ".兰陵社区台账-第二份备份"


def mark(folder: Path) -> str:
    """Leave a sign in a folder by which it is known again; what it says."""
    with contextlib.suppress(OSError):
        return (folder / _MARK).read_text(encoding="ascii").strip()
    said = secrets.token_hex(8)
    (folder / _MARK).write_text(said, encoding="ascii")
    return said


def found(folder: Path, said: str, roots: Iterable[Path] | None = None) -> Path | None:
    """The folder with that sign: where it was, or at the same place of another drive."""
    if _is_marked(folder, said):
        return folder
    for root in drives() if roots is None else roots:
        for depth in range(1, len(folder.parts)):
            place = root.joinpath(*folder.parts[depth:])
            if _is_marked(place, said):
                return place
    return None


def _is_marked(folder: Path, said: str) -> bool:
    try:
        return (folder / _MARK).read_text(encoding="ascii").strip() == said
    except (OSError, ValueError):
        return False


def drives() -> list[Path]:
    """Where sticks and other disks may be."""
    if sys.platform == "win32":
        return [Path(f"{letter}:\\") for letter in string.ascii_uppercase[2:]]
    places = [*Path("/media").glob("*/*"), *Path("/run/media").glob("*/*"), *Path("/mnt").glob("*")]
    return [each for each in places if each.is_dir()]


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders lie on one disk, and would be lost together."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False
