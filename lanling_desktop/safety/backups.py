"""Backups: made while the office is at work, checked by opening them, listed, thinned.

A backup is an office file of its own, with a copy of its keys and a note beside it of when and why
it was made, how far it goes and its SHA-256. Attached files lie once in a pool beside the backups.
"""

from __future__ import annotations

import contextlib
import errno
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from lanling_desktop.core import disk, location, schema, store
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.records import Base, Record
from lanling_desktop.safety import places, thinning
from lanling_desktop.safety.trail import tip_of

POOL = "附件"
_STAMP = "%Y%m%d-%H%M%S"
_NOTED = (("seq", int), ("records", int), ("size", int), ("reason", str), ("sha256", str))

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup as its note describes it; `checked` None means not looked at yet."""

    path: Path
    made: datetime
    reason: str
    seq: int
    digest: str
    revision: str
    records: int
    size: int
    sha256: str
    checked: bool | None = None


def make(
    source: Path,
    folder: Path,
    *,
    now: datetime,
    reason: str,
    key: str | None = None,
    step: Step | None = None,
) -> Backup:
    """Copy an office file, open or not, into the folder of its backups; checked before it is named.

    Raises `OfficeError` when the office does not pass its check or the disk has no room for it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    disk.require_room(folder, _size_with_log(source), "备份")
    require_fits(folder, _size_with_log(source))
    target = _free_name(folder / f"{source.stem}-{now.strftime(_STAMP)}{source.suffix}")
    try:
        # Attached files first, so that no copy of the records is without them; then once more
        # for what was added meanwhile.
        pool(places.attachments_of(source), folder / POOL)
        store.copy(source, target, key=key, step=step)
        made = described(target, key=key, made=now, reason=reason)
        bring_along(source, target)
        pool(places.attachments_of(source), folder / POOL)
        note(made)
    except BaseException:
        remove(target)
        raise
    return made


def bring_along(source: Path, target: Path) -> None:
    """A copy of an office's keys beside a copy of the office: without them nothing opens it."""
    if places.keys_of(source).is_file():
        disk.copy_whole(places.keys_of(source), places.keys_of(target))


def _size_with_log(source: Path) -> int:
    log = source.with_name(f"{source.name}-wal")
    return source.stat().st_size + (log.stat().st_size if log.exists() else 0)


def _free_name(target: Path) -> Path:
    """That name, or the same with a number when the clock stood still or went back."""
    number, name = 1, target
    while name.exists():
        number += 1
        name = target.with_stem(f"{target.stem}-{number}")
    return name


def described(path: Path, *, key: str | None, made: datetime, reason: str) -> Backup:
    """What a backup holds, by opening it with the key. Raises `OfficeError` when it cannot be read."""
    try:
        connection = connect(path, key=key, untouched=True)
        try:
            tip, revision = tip_of(connection), schema.revision(connection)
            count = _records(connection)
        finally:
            connection.close()
    except driver.DatabaseError as trouble:
        raise OfficeError(
            f"{path.name} 打不开，没有算作备份", "数据文件没有改动", "请再备份一次"
        ) from trouble
    size, digest = path.stat().st_size, disk.digest_of(path)
    return Backup(path, made, reason, tip.seq, tip.digest, revision, count, size, digest, True)


def _records(connection: Any) -> int:
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    tables = sorted(
        each.class_.__tablename__
        for each in Base.registry.mappers
        if issubclass(each.class_, Record) and each.class_.__tablename__ in names
    )
    counts = (
        connection.execute(f'SELECT count(*) FROM "{table}" WHERE binned_at IS NULL').fetchone()[0]
        for table in tables
    )
    return sum(counts)


def note(made: Backup) -> None:
    """Write beside a backup what it is."""
    said = asdict(made) | {"made": made.made.isoformat()}
    said = {name: value for name, value in said.items() if name not in ("path", "checked")}
    disk.write_whole(note_of(made.path), json.dumps(said, ensure_ascii=False, indent=1).encode())


def note_of(path: Path) -> Path:
    """The note beside a backup."""
    return path.with_name(f"{path.name}.json")


def listed(folder: Path) -> list[Backup]:
    """The backups of a folder by their notes, newest first; none is opened."""
    return sorted(
        _listed(folder), key=lambda each: (each.made, each.seq, each.path.name), reverse=True
    )


def _listed(folder: Path) -> Iterator[Backup]:
    for found in folder.glob("*.json") if folder.is_dir() else ():
        path = found.with_name(found.name.removesuffix(".json"))
        try:
            said = json.loads(found.read_text(encoding="utf-8"))
            said["made"] = datetime.fromisoformat(said["made"]).replace(tzinfo=None)
            if path.is_file() and all(isinstance(said[name], kind) for name, kind in _NOTED):
                yield Backup(path=path, **said)
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            continue  # no note of ours


def checked(backup: Backup) -> Backup:
    """Look whether a backup is still, byte for byte, what was checked when it was made."""
    try:
        whole = backup.path.stat().st_size == backup.size
        whole = whole and disk.digest_of(backup.path) == backup.sha256
    except OSError:
        whole = False
    return replace(backup, checked=whole)


def is_spoilt(path: Path) -> bool:
    """Whether a backup's own note says that its file is not what it was."""
    mine = [each for each in listed(path.parent) if each.path == path]
    return any(not checked(each).checked for each in mine)


def newest_sound(folders: list[Path]) -> Iterator[Backup]:
    """The backups that are still what they were, newest first: a damaged one is passed over."""
    found = [each for folder in folders for each in listed(folder)]
    for each in sorted(found, key=lambda backup: (backup.seq, backup.made), reverse=True):
        if checked(each).checked:
            yield replace(each, checked=True)


def remove(path: Path) -> None:
    """A backup and what lies beside it; its file first, so that no note stays without one."""
    for each in (path, places.keys_of(path), note_of(path)):
        with contextlib.suppress(OSError):
            each.unlink(missing_ok=True)


def thin(folder: Path, now: datetime) -> list[Backup]:
    """Delete what the rule lets go (`thinning`); never the one that goes furthest."""
    found = listed(folder)
    newest = max(found, key=lambda each: (each.seq, each.made), default=None)
    going = set(thinning.thinned([each.made for each in found], now))
    gone = [each for each in found if each.made in going and each is not newest]
    for each in gone:
        remove(each.path)
    return gone


def pool(attachments: Path, into: Path) -> int:
    """Copy attached files that the pool does not have yet, each checked; how many were copied."""
    count = 0
    for source in _files(attachments):
        target = into / source.relative_to(attachments)
        if target.exists() and target.stat().st_size == source.stat().st_size:
            continue
        disk.copy_whole(source, target)
        if disk.digest_of(target) != disk.digest_of(source):
            target.unlink()
            raise OfficeError(
                f"附件没有备份好（{source.name[:8]}）", "原来的附件没有改动", "请换一个磁盘再备份"
            )
        count += 1
    return count


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for each in sorted(folder.rglob("*")):
            if each.is_file() and not each.name.startswith("."):
                yield each


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Trouble of the database or the disk while a backup is made or put back, in words."""
    try:
        yield
    except OfficeError:
        raise
    except OSError as trouble:
        raise _unwritten(trouble) from trouble
    except Exception as trouble:
        found = store.translate(trouble)
        if found is trouble:
            raise
        raise found from trouble


_TOO_LARGE, _BAD_NAME = (errno.EFBIG, 223), (errno.EINVAL, 123)  # POSIX', Windows'


def _unwritten(trouble: OSError) -> OfficeError:
    """What the disk said, in words; sticks have rules of their own."""
    numbers = (trouble.errno, getattr(trouble, "winerror", None))
    kept = "数据文件没有改动，以前的备份都在"
    if any(each in _TOO_LARGE for each in numbers):
        return _too_large(kept)
    if any(each in _BAD_NAME for each in numbers):
        return OfficeError(
            f"这个盘不接受这样的文件名（{Path(str(trouble.filename or '')).name}）",
            kept,
            "请换一个盘；或给数据文件改一个不带标点符号的名字，再备份",
        )
    return OfficeError(
        f"文件写不成（{trouble.strerror or trouble}）",
        kept,
        "请检查磁盘是否已满、U 盘是否拔出，再试一次",
    )


def _too_large(kept: str) -> OfficeError:
    return OfficeError(
        "这个盘是 FAT32 格式的，放不下超过 4 GB 的文件",
        kept,
        "请换一个盘；或把 U 盘里的东西先拷出来，格式化成 exFAT 或 NTFS 再用",
    )


def require_fits(folder: Path, size: int) -> None:
    """Refuse a file that a stick's format cannot hold, before it is begun."""
    if location.too_large(size, folder):
        raise _too_large("数据文件没有改动，以前的备份都在")
