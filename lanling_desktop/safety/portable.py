"""An office in one file, for the stick: database, keys, attached files, and a manifest of hashes.

A zip whose members are stored as they are: the database of a locked office is locked in it too.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, NoReturn

from lanling_desktop.core import disk
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.safety import backups, places
from lanling_desktop.safety.backups import Backup

SUFFIX = ".lanling.zip"
_DATABASE, _KEYS, _MANIFEST, _FOLDER = "office.lanling", "office.lanling.keys", "清单.json", "附件/"
_FORMAT = 1
_LARGEST = 64 << 20  # bytes of a manifest: a hundred thousand files fit many times
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError)
"""What a torn or strange zip raises; locked members and unknown packing are RuntimeErrors."""
_PIECE = 1 << 20
Step = Callable[[int, int], None]


def pack(backup: Backup, pool: Path, target: Path, step: Step | None = None) -> None:
    """Write a backup and its attached files as one file, read back before it gets its name."""
    members = [(_DATABASE, backup.path)]
    if places.keys_of(backup.path).is_file():
        members.append((_KEYS, places.keys_of(backup.path)))
    if pool.is_dir():
        each = (path for path in sorted(pool.rglob("*")) if path.is_file())
        members += [(_FOLDER + path.relative_to(pool).as_posix(), path) for path in each]
    size = sum(path.stat().st_size for _, path in members)
    disk.require_room(target.parent, size, "导出")
    backups.require_fits(target.parent, size)
    draft = disk.draft_of(target)
    try:
        with backups.told():
            _write(draft, members, backup, step or (lambda _a, _b: None))
            disk.flush(draft)
            said = read_manifest(draft)
            _verify(draft, said)
            disk.give_name(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def _write(draft: Path, members: list[tuple[str, Path]], backup: Backup, step: Step) -> None:
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for at, (name, path) in enumerate(members):
            hashes[name] = disk.digest_of(path)
            archive.write(path, name)
            step(at + 1, len(members))
        said = {
            "format": _FORMAT,
            "made": backup.made.isoformat(),
            "seq": backup.seq,
            "revision": backup.revision,
            "records": backup.records,
            "files": hashes,
        }
        archive.writestr(_MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))


def is_portable(path: Path) -> bool:
    """Whether a file is one of these, by its first bytes."""
    try:
        with path.open("rb") as stream:
            return stream.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def read_manifest(path: Path) -> dict[str, Any]:
    """What a portable file says it holds. Raises `OfficeError` where it is none or torn."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(_MANIFEST).file_size > _LARGEST:
                raise ValueError(_MANIFEST)
            said = json.loads(archive.read(_MANIFEST))
            names = {each.filename for each in archive.infolist()} - {_MANIFEST}
        if said["format"] != _FORMAT or names != set(said["files"]) or _DATABASE not in names:
            raise ValueError(said["format"])
        if not all(_plain(name) for name in names):
            raise ValueError(names)
        datetime.fromisoformat(said["made"])
    except (OSError, ValueError, KeyError, TypeError, *_UNREADABLE) as trouble:
        raise OfficeError(
            f"{path.name} 不是完整的便携备份", "没有改动任何数据", "请换一份备份，或重新从 U 盘复制"
        ) from trouble
    found: dict[str, Any] = said
    return found


def _plain(name: str) -> bool:
    """Whether a member may be written by its name: no way out of the folder."""
    parts = PurePosixPath(name).parts
    known = name in (_DATABASE, _KEYS) or (len(parts) > 1 and name.startswith(_FOLDER))
    return known and ".." not in parts and not any(c in name for c in '\\:\0"<>|?*')


def unpack(path: Path, folder: Path) -> Path:
    """Lay a portable file out in a folder, every member checked; the backup that can be restored."""
    said = read_manifest(path)
    folder.mkdir(parents=True, exist_ok=True)
    disk.require_room(folder, path.stat().st_size, "恢复")
    with backups.told(), _opened(path) as archive:
        for name in said["files"]:
            target = folder.joinpath(*PurePosixPath(name).parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as writing:
                found = _copied(archive, name, writing)
            if found != said["files"][name]:
                _broken(path, name)
    return folder / _DATABASE


def _verify(path: Path, said: dict[str, Any]) -> None:
    with _opened(path) as archive:
        for name, digest in said["files"].items():
            if _copied(archive, name, None) != digest:
                _broken(path, name)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _UNREADABLE:
        _broken(path, _MANIFEST)


def _copied(archive: zipfile.ZipFile, name: str, writing: IO[bytes] | None) -> str:
    """The digest of a member, copied or only read; '' where it cannot be read."""
    summary = hashlib.sha256()
    try:
        with archive.open(name) as reading:
            for piece in _pieces(reading):
                summary.update(piece)
                if writing is not None:
                    writing.write(piece)
    except _UNREADABLE:
        return ""
    return summary.hexdigest()


def _pieces(reading: IO[bytes]) -> Iterator[bytes]:
    while piece := reading.read(_PIECE):
        yield piece


def _broken(path: Path, name: str) -> NoReturn:
    raise OfficeError(
        f"便携备份 {path.name} 里的“{name}”已损坏", "没有改动任何数据", "请换一份备份再试"
    )
