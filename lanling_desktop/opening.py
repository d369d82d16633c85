"""How an office file is made and opened, in one place for the screens, the command line and tests."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from lanling_desktop import catalogue
from lanling_desktop.core import store
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.lock import FileLock, beside
from lanling_desktop.core.office import Office
from lanling_desktop.core.store import Store
from lanling_desktop.core.vault import Vault

SUFFIX = ".lanling"
"""What an office file's name ends in."""


def create_office(
    path: Path, *, key: str | None = None, clock: Clock | None = None, actor: str = ""
) -> Office:
    """Make a new office file and open it: empty but for the phrases every office starts with.

    Refused when the file is already there.
    """
    from lanling_desktop.hall import phrases

    registers = catalogue.registers()
    office = Office(Store.create(path, key=key), registers, clock=clock, actor=actor)
    office.load("常用语", [phrases.shipped()])
    return office


def open_office(
    path: Path, *, key: str | None = None, clock: Clock | None = None, actor: str = ""
) -> Office:
    """Open an office file, bringing an older one up to date. Raises `OfficeError` in words."""
    registers = catalogue.registers()
    return Office(Store.open(path, key=key), registers, clock=clock, actor=actor)


def backup_office(office: Office, target: Path) -> None:
    """A whole, verified copy of an open office under another name, its attachments beside it."""
    if target.exists() and target.samefile(office.path):
        raise OfficeError("备份不能写到数据文件自己上", "没有改动任何数据", "请换一个文件名")
    if target.exists() and not target.is_file():  # a device or a folder: it would be replaced
        what = f"“{target.name}”不是文件，不能写到那里"
        raise OfficeError(what, "没有改动任何数据", "请另写一个文件名")
    with _told():
        # The files go first, so that no copy of the records is without them; then once more
        # for what was added meanwhile.
        office.vault.carry(target)
        office.store.backup(target)
        office.vault.carry(target)


def restore_office(source: Path, target: Path, *, clock: Clock | None = None) -> Path | None:
    """Put a backup in the place of an office file; where that one is kept now, if it was there.

    The backup is copied, opened and looked over first: the old file stands until all is sound.
    Attachments are added to those that are there; none is written over or taken away.
    """
    if not source.is_file():
        raise OfficeError(f"找不到 {source}", "没有改动任何数据", "请检查备份文件是否被移走")
    if target.exists() and target.samefile(source):
        raise OfficeError("备份和数据文件是同一个文件", "没有改动任何数据", "请选另一个备份文件")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.restoring")
    kept: Path | None = None
    try:
        with _told():
            store.copy(source, draft)
        open_office(draft, clock=clock).close()
        with _told():
            Vault(source).carry(target)
        if target.exists():
            stamp = (clock or Clock()).stamp().replace(":", "").replace(" ", "-")
            kept = target.with_name(f"{target.stem}.恢复前-{stamp}{target.suffix}")
            _set_aside(target, kept)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
        beside(draft, "lock").unlink(missing_ok=True)
    return kept


def _set_aside(target: Path, kept: Path) -> None:
    """Keep a copy of the present file, and see that nobody has it open and no log is left of it."""
    lock = FileLock(target)
    lock.acquire()
    try:
        with _told():
            store.copy(target, kept)
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
    finally:
        lock.release()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Trouble of the database or the disk, in words."""
    try:
        yield
    except OfficeError:
        raise
    except OSError as trouble:
        raise OfficeError(
            f"文件写不成（{trouble.strerror or trouble}）", "原文件没有改动", "请换一个文件夹再试"
        ) from trouble
    except Exception as trouble:
        said = store.translate(trouble)
        if said is trouble:
            raise
        raise said from trouble
