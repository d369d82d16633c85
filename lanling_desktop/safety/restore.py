"""A backup in the place of an office file: prepared and checked beside it, then swapped in.

What is replaced is kept as 恢复前. A note of what is going on lies beside the file while the swap
lasts, so that one that was interrupted is finished, or taken back, at the next opening.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from lanling_desktop.core import atomic, disk, store
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import is_locked
from lanling_desktop.core.lock import FileLock, beside
from lanling_desktop.core.register import Register
from lanling_desktop.core.store import Store
from lanling_desktop.safety import backups, places, replay, trail
from lanling_desktop.safety.trail import tip_of

_DRAFT = re.compile(r"\.(tmp|new|part|upgrade|locking)(-wal|-shm|-journal)?$")
_LOGS = ("-wal", "-shm", "-journal")
_TORN = (ValueError, KeyError, TypeError, RecursionError)  # what a torn note raises when it is read
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted back: a backup as it is, or with the acts of the trail up to an end."""

    source: Path
    replayed: bool = False
    until: str | None = None  # digest of the last act wanted; the trail's end when None
    moment: str | None = None


def restore(
    wish: Wish,
    target: Path,
    registers: Mapping[str, Register],
    *,
    now: datetime,
    key: str | None = None,
    step: Step | None = None,
) -> Path | None:
    """Put a backup in the place of an office file; where that one is kept now, if it was there.

    The draft is made, opened and checked first: the old file stands until all is sound. Raises
    `OfficeError`; then nothing was changed.
    """
    source = wish.source
    if not source.is_file():
        raise OfficeError(f"找不到 {source}", "没有改动任何数据", "请检查备份文件是否被移走")
    if target.exists() and target.samefile(source):
        raise OfficeError("备份和数据文件是同一个文件", "没有改动任何数据", "请选另一个备份文件")
    with backups.told():
        target.parent.mkdir(parents=True, exist_ok=True)
        disk.require_room(target.parent, source.stat().st_size, "恢复")
    draft = draft_of(target)
    _clear(draft)
    try:
        with backups.told():
            _prepare(wish, target, draft, registers, key, step)
            with _held(target):
                kept = _kept_name(target, now) if target.exists() else None
                _write_note(target, draft, kept, source)
                return _swap(target, key, now)
    except BaseException:
        if draft.exists():  # not swapped in: nothing is left to be finished
            with contextlib.suppress(OSError):
                _note_of(target).unlink(missing_ok=True)
        raise
    finally:
        _clear(draft)


def draft_of(target: Path) -> Path:
    """Where the file that is to come lies until it is checked."""
    return target.with_name(f".{target.name}.restoring")


def _prepare(
    wish: Wish,
    target: Path,
    draft: Path,
    registers: Mapping[str, Register],
    key: str | None,
    step: Step | None,
) -> None:
    if _is_sealed(wish.source, key):
        # Nobody is there to type its password: it is checked by its hash, and again at the door.
        if backups.is_spoilt(wish.source):
            raise OfficeError(
                f"备份 {wish.source.name} 已损坏", "没有改动任何数据", "请选另一份备份"
            )
        disk.copy_whole(wish.source, draft)
        return
    if wish.replayed:
        folder = places.trail_of(target)
        replay.replay(
            wish.source, folder, draft, registers,
            key=key, until=wish.until, moment=wish.moment, step=step,
        )  # fmt: skip
    else:
        _copy(wish.source, draft, key, step)
    opened = Store.open(draft, key=key)  # an older one is brought up to date here, in the draft
    opened.close()
    _only_the_file(draft, key)


def _copy(source: Path, draft: Path, key: str | None, step: Step | None) -> None:
    try:
        store.copy(source, draft, key=key, step=step)
    except driver.DatabaseError as trouble:
        if key is None or "not a database" not in str(trouble):
            raise
        raise OfficeError(
            f"{source.name} 不是这个数据文件的备份，密钥对不上",
            "没有改动任何数据",
            "请用“打开其他数据文件”单独打开它",
        ) from trouble


def _is_sealed(source: Path, key: str | None) -> bool:
    return key is None and is_locked(source)


def _only_the_file(draft: Path, key: str | None) -> None:
    connection = connect(draft, key=key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    beside(draft, "lock").unlink(missing_ok=True)
    for kept in draft.parent.glob(f"{draft.stem}.升级前-*"):
        kept.unlink()
    disk.flush(draft)


# The swap: each step may be the last one before the power goes


def _write_note(target: Path, draft: Path, kept: Path | None, source: Path) -> None:
    said = {
        "draft": disk.digest_of(draft),
        "kept": kept.name if kept else "",
        "source": str(source),
    }
    disk.write_whole(_note_of(target), json.dumps(said, ensure_ascii=False).encode())


def _read_note(target: Path) -> Any:
    with backups.told():
        written = _note_of(target).read_bytes()
    return json.loads(written)


def _note_of(target: Path) -> Path:
    return beside(target, "restore")


def _swap(target: Path, key: str | None, now: datetime) -> Path | None:
    """Do what the note says, as far as it is not done; called again after an interruption."""
    said = _read_note(target)
    draft, source = draft_of(target), Path(said["source"])
    kept = target.with_name(said["kept"]) if said["kept"] else None
    try:
        with backups.told():
            if draft.is_file() and disk.digest_of(draft) == said["draft"]:
                if kept is not None and not kept.exists() and target.exists():
                    _keep(target, kept, key)
                for suffix in _LOGS:
                    target.with_name(target.name + suffix).unlink(missing_ok=True)
                atomic.flush_folder(target.parent)
                disk.give_name(draft, target)
            _bring_along(source, target)
            if not _is_sealed(target, key):
                _tell_trail(target, key, now)
            _note_of(target).unlink(missing_ok=True)
    except OfficeError as trouble:
        if draft.exists():  # not swapped in
            raise
        raise OfficeError(
            f"备份已经恢复，但收尾没有做完：{trouble.what}",
            "恢复出来的内容都在，原来的数据文件也留着",
            "请检查磁盘，再打开一次数据文件，打开时会接着做完",
        ) from trouble
    return kept


def _keep(target: Path, kept: Path, key: str | None) -> None:
    """The present file with what its log holds; one that cannot be read byte for byte, log and all."""
    try:
        store.copy(target, kept, key=key)
    except (OfficeError, driver.Error):
        for suffix in _LOGS[:1]:
            log = target.with_name(target.name + suffix)
            if log.exists():
                disk.copy_whole(log, kept.with_name(kept.name + suffix))
        disk.copy_whole(target, kept)
    backups.bring_along(target, kept)


def _bring_along(source: Path, target: Path) -> None:
    """Keys where there are none, and attached files that are missing."""
    if not places.keys_of(target).is_file():
        backups.bring_along(source, target)
    for folder in (source.parent / backups.POOL, places.attachments_of(source)):
        backups.pool(folder, places.attachments_of(target))


def _tell_trail(target: Path, key: str | None, now: datetime) -> None:
    folder = places.trail_of(target)
    if folder.is_dir():
        connection = connect(target, key=key, untouched=True)
        try:
            tip = tip_of(connection)
        finally:
            connection.close()
        trail.restart(folder, key, tip, now.isoformat(sep=" ", timespec="seconds"))


def _kept_name(target: Path, now: datetime) -> Path:
    stamp = now.strftime("%Y-%m-%d-%H%M%S")
    name = target.with_name(f"{target.stem}.恢复前-{stamp}{target.suffix}")
    number = 1
    while name.exists():
        number += 1
        name = target.with_name(f"{target.stem}.恢复前-{stamp}-{number}{target.suffix}")
    return name


def resume(target: Path, *, key: str | None = None, now: datetime) -> bool:
    """Finish a swap that was interrupted, and clear away drafts; whether there was one.

    To be called before an office file is opened.
    """
    interrupted = _note_of(target).exists()
    if interrupted:
        with _held(target):
            try:
                _swap(target, key, now)
            except _TORN:  # the note itself: nothing was done by it
                with backups.told():
                    _note_of(target).unlink()
    _clear(draft_of(target))
    return interrupted


def clear_drafts(target: Path, *, everywhere: bool = False) -> None:
    """Drafts of a process that is gone; only for who holds the file's lock.

    `everywhere`, after a day that did not end in order: among backups and attachments as well.
    """
    found = list(target.parent.glob(f".{_quoted(target.name)}.*"))
    if everywhere:
        for folder in (places.backups_of(target), places.attachments_of(target)):
            found += folder.rglob(".*")
    for each in found:
        if _DRAFT.search(each.name):
            with contextlib.suppress(OSError):
                each.unlink()


def _quoted(name: str) -> str:
    return "".join(f"[{each}]" if each in "[]?*" else each for each in name)


def _clear(draft: Path) -> None:
    disk.discard(draft)
    with contextlib.suppress(OSError):
        beside(draft, "lock").unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        shutil.rmtree(places.trail_of(draft))


@contextlib.contextmanager
def _held(target: Path) -> Iterator[None]:
    lock = FileLock(target)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()
