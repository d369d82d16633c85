"""Before an office file is opened: did its last day end in order, is it whole, is it all there.

A file that is not whole is never opened for writing. What may be done instead is asked of the
clerk: put a backup back, with the trail's acts after it, or save what can be read.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from lanling_desktop.core import atomic, disk, schema
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.lock import FileLock, OfficeInUseError, beside
from lanling_desktop.core.records import Base
from lanling_desktop.safety import backups, places, replay, trail
from lanling_desktop.safety.replay import Act
from lanling_desktop.safety.seal import Seal
from lanling_desktop.safety.trail import Tip, tip_of

_MAGIC = b"SQLite format 3\0"
_LOG_HEAD, _FRAME_HEAD = 32, 24  # bytes
_NAMED = 20  # findings of the full check that are kept
_CACHE = 512_000  # KiB; the full check of a locked file is four times as fast with the file in it


class NotOpenedError(OfficeError):
    """An office file that is not opened as it is; with what was proved at its door."""

    path: Path
    key: str | None = None
    account: str = ""


class TakenError(NotOpenedError, OfficeInUseError):
    """Somebody else has the office file open; it can be read beside them."""

    def __init__(self, path: Path, holder: str) -> None:
        OfficeError.__init__(
            self,
            f"{path.name} 已经{holder or '打开'}",
            "没有改动任何数据",
            "可以先只读打开来看，等对方关闭以后再改",
        )
        self.path, self.holder = path, holder


class DamagedError(NotOpenedError):
    """The office file is not whole, or gone; `problems` is what the check said."""

    def __init__(self, path: Path, what: str, problems: Sequence[str] = ()) -> None:
        super().__init__(
            what, "没有再向它写入任何内容，坏文件原样留着", "请从备份恢复，或救出能读的记录"
        )
        self.path = path
        self.problems = tuple(problems)


class BehindError(NotOpenedError):
    """The office file lacks its newest acts, which the trail has."""

    def __init__(self, path: Path, acts: Sequence[Act]) -> None:
        first, last = acts[0].at[:16], acts[-1].at[:16]
        super().__init__(
            f"数据文件缺少最近的 {len(acts)} 项操作（{first} 至 {last}）",
            "这些操作都在操作流水里，可以补回来",
            "请按“补回这些操作”",
        )
        self.path = path
        self.acts = tuple(acts)


def unclean(path: Path) -> bool:
    """Whether the last day with this file did not end in order. Only for who holds its lock."""
    logs = (path.with_name(f"{path.name}-{kind}") for kind in ("wal", "journal"))
    left = any(log.exists() and log.stat().st_size > 0 for log in logs)
    return left or beside(path, "user").exists() or marker(path).exists()


def marker(path: Path) -> Path:
    """Says that the file was found damaged, until it is found whole."""
    return beside(path, "damaged")


def look_over(path: Path, *, key: str | None, now: datetime) -> bool:
    """Before opening: put a strange log aside, check the whole file after an unclean end.

    Whether the last day with it did not end in order.
    Raises `DamagedError`, or `OfficeInUseError` when another window has it open.
    """
    if not path.is_file():
        if _ever_known(path):
            raise DamagedError(path, f"找不到数据文件 {path.name}")
        return False
    if not _is_ours(path, key) and not _ever_known(path):
        return False  # a foreign file: nothing of ours is laid beside it
    lock = FileLock(path)
    seems = unclean(path)  # before the lock's own note lies there
    lock.acquire()
    try:
        _take_back_half_done(path, key)
        if _unreadable(path, key) and (_ever_known(path) or _is_ours(path)):
            mark(path, ["文件头或目录页已损坏"])
            raise DamagedError(path, f"数据文件 {path.name} 已损坏，打不开")
        if seems and _is_ours(path, key):
            _put_strange_log_aside(path, key, now)
            problems = examine(path, key=key)
            mark(path, problems)
            if problems:
                raise DamagedError(path, f"数据文件 {path.name} 有损坏", problems)
    finally:
        lock.release()
    return seems


def _take_back_half_done(path: Path, key: str | None) -> None:
    """An act that was cut off on a share or a stick is taken back by its journal, by SQLite itself.

    Who only looks at a file may not do that, and would take it for damaged.
    """
    journal = path.with_name(f"{path.name}-journal")
    if not journal.exists() or journal.stat().st_size == 0 or not _is_ours(path, key):
        return
    with contextlib.suppress(driver.Error):  # what is wrong is said below
        connection = connect(path, key=key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()


def mark(path: Path, problems: Sequence[str]) -> None:
    """Remember that a file was found damaged, or that it was found whole."""
    with contextlib.suppress(OSError):
        if problems:
            marker(path).write_text("\n".join(problems), encoding="utf-8")
        else:
            marker(path).unlink(missing_ok=True)


def _ever_known(path: Path) -> bool:
    """Whether this program kept something for a file of that name: it was ours."""
    return bool(trail.files(places.trail_of(path)) or backups.listed(places.backups_of(path)))


def _is_ours(path: Path, key: str | None = None) -> bool:
    if key is not None:
        return True
    with path.open("rb") as stream:
        return stream.read(16) == _MAGIC


def _unreadable(path: Path, key: str | None) -> bool:
    """Whether not even the first pages can be read, with a key that is the right one."""
    if key is None and not _is_ours(path):
        return True
    try:
        connection = connect(path, key=key, untouched=True)
        try:
            if schema.revision(connection):
                tip_of(connection)
        finally:
            connection.close()
    except driver.DatabaseError as trouble:
        if "locked" in str(trouble) or "unable to open" in str(trouble):
            return False
        return key is None or key_fits(path, key)
    return False


def key_fits(path: Path, key: str) -> bool:
    """Whether the trail of this file can be read by the key, though the file may not be."""
    return trail.last_end(places.trail_of(path), Seal(key)) is not None


def examine(path: Path, *, key: str | None = None) -> list[str]:
    """What the full check finds wrong in a file, page by page; nothing for a whole one."""
    found: list[str] = []
    try:
        connection = connect(path, key=key, untouched=True)
        try:
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            if key is not None:
                rows = connection.execute("PRAGMA cipher_integrity_check").fetchall()
                found += _not_in_the_log(path, [row[0] for row in rows])
            if not found:
                rows = connection.execute(f"PRAGMA integrity_check({_NAMED})")
                found += [row[0] for row in rows if row[0] != "ok"]
            found += _misshapen(connection)
        finally:
            connection.close()
    except driver.Error as trouble:
        found.append(str(trouble))
    return found[:_NAMED]


def _not_in_the_log(path: Path, complaints: list[str]) -> list[str]:
    """What is said of pages that stand in the file alone.

    A power cut while the log is folded in leaves torn pages in the file and whole ones in the log;
    the check of seals reads the file only. The log's layout: https://www.sqlite.org/fileformat2.html
    section 4.
    """
    log = path.with_name(f"{path.name}-wal")
    if not complaints or not log.exists() or log.stat().st_size < _LOG_HEAD:
        return complaints
    logged: set[int] = set()
    with log.open("rb") as stream:
        head = stream.read(_LOG_HEAD)
        size, salt = int.from_bytes(head[8:12], "big"), head[16:24]
        while (frame := stream.read(_FRAME_HEAD))[8:16] == salt:
            logged.add(int.from_bytes(frame[:4], "big"))
            stream.seek(size, os.SEEK_CUR)
    said = ((each, re.search(r"page (\d+)", each)) for each in complaints)
    return [each for each, page in said if not page or int(page[1]) not in logged]


def _misshapen(connection: Any) -> list[str]:
    """Tables and columns that the file's own list of tables does not name as it should.

    The check of pages does not read what tables are called: in an open file a flipped bit may.
    """
    if schema.revision(connection) != schema.HEAD:
        return []
    found = []
    for table in Base.metadata.tables.values():
        rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,))
        known = {row[0] for row in rows}
        found += [f"{table.name}.{each.name}" for each in table.columns if each.name not in known]
    return found


def _put_strange_log_aside(path: Path, key: str | None, now: datetime) -> None:
    """A log that is not this file's is moved to .damaged-wal: with it the file would be spoilt.

    A log belongs to its file when the file is whole with it and stands no earlier than without.
    """
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or log.stat().st_size == 0:
        return
    alone = _stands(path, key, without_log=True)
    joined = _stands(path, key)
    whole = joined is not None and not examine(path, key=key)
    if whole and joined is not None and (alone is None or _follows(path, key, alone, joined)):
        return
    if alone is None:
        return  # damaged either way; the full check says so
    stamp = now.strftime("%Y%m%d-%H%M%S")
    disk.give_name(log, path.with_name(f"{path.name}.damaged-wal-{stamp}"))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)


def _stands(path: Path, key: str | None, *, without_log: bool = False) -> Tip | None:
    """Where a file stands; None when that cannot be read."""
    try:
        connection = (
            _immutable(path, key) if without_log else connect(path, key=key, untouched=True)
        )
        try:
            return tip_of(connection)
        finally:
            connection.close()
    except driver.Error:
        return None


def _immutable(path: Path, key: str | None) -> Any:
    """The file alone, as if no log lay beside it."""
    connection = driver.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    if key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
    return connection


def _follows(path: Path, key: str | None, before: Tip, after: Tip) -> bool:
    """Whether a journal that ends at `after` has `before` in it."""
    if after.seq < before.seq:
        return False
    if before.seq == 0:
        return True
    connection = connect(path, key=key, untouched=True)
    try:
        row = connection.execute(
            "SELECT digest FROM journal_entry WHERE seq = ?", (before.seq,)
        ).fetchone()
    finally:
        connection.close()
    return row is not None and row[0] == before.digest


def missing(path: Path, tip: Tip, *, key: str | None = None) -> list[Act]:
    """The acts the trail has and an office that stands at `tip` has not."""
    folder = places.trail_of(path)
    end = trail.last_end(folder, Seal(key))
    if end is None or end.tip.seq <= tip.seq:
        return []
    known = replay.known(folder, key)
    acts: list[Act] = []
    at = end.tip.digest
    while at != tip.digest and at in known.acts:
        acts.append(known.acts[at])
        at = acts[-1].previous
    older_than_all = bool(acts) and tip.seq < acts[-1].seq - 1
    if at == tip.digest or older_than_all:
        return acts[::-1]
    return []  # the file went another way than the trail: it is a file of its own


def leads_on(path: Path, *, key: str | None = None) -> bool:
    """Whether the trail leads from where a file stands to the trail's end."""
    tip = _stands(path, key)
    folder = places.trail_of(path)
    end = trail.last_end(folder, Seal(key))
    if tip is None or end is None:
        return False
    return replay.known(folder, key).path(tip, end.tip.digest) is not None


def acts_after(source: Path, path: Path, *, key: str | None = None) -> list[Act]:
    """The acts that the trail of an office file can add to a backup that lies anywhere."""
    tip = _stands(source, key)
    return replay.known(places.trail_of(path), key).after(tip) if tip is not None else []


def ways_back(path: Path, *, key: str | None = None) -> Iterator[tuple[backups.Backup, list[Act]]]:
    """Sound backups, newest first, each with the acts the trail can add to it."""
    found = replay.known(places.trail_of(path), key)
    for each in backups.newest_sound([places.backups_of(path)]):
        yield each, found.after(Tip(each.seq, each.digest))


def forget_marker(path: Path) -> None:
    """The file was replaced by a whole one; a mark that stays costs one check more, at opening."""
    with contextlib.suppress(OSError):
        marker(path).unlink(missing_ok=True)
        atomic.flush_folder(path.parent)
