"""When an office is locked, what was kept of it before is locked too: backups are written anew."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from lanling_desktop.core import disk, store
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.safety import backups, places, trail
from lanling_desktop.safety.backups import Backup


def relock(office: Path, folders: list[Path], key: str) -> int:
    """Lock the backups of these folders and forget the open trail; how many were locked.

    A backup that cannot be read any more is left: it could not be restored either.
    """
    count = 0
    for folder in folders:
        for each in backups.listed(folder):
            with contextlib.suppress(OfficeError, OSError, driver.Error):
                _lock(office, each, key)
                count += 1
        _lock_pool(office, folder / backups.POOL)
    for path in trail.files(places.trail_of(office)):
        path.unlink()
    return count


def _lock_pool(office: Path, pool: Path) -> None:
    """The attached files as they are sealed now; those that lay open go."""
    sealed = places.attachments_of(office)
    if pool.is_dir():
        backups.pool(sealed, pool)
        for each in list(pool.rglob("*")):
            if each.is_file() and not (sealed / each.relative_to(pool)).is_file():
                each.unlink()


def _lock(office: Path, backup: Backup, key: str) -> None:
    draft = disk.draft_of(backup.path)
    try:
        store.reencrypt(backup.path, draft, key=key)
        disk.give_name(draft, backup.path)
    finally:
        disk.discard(draft)
    backups.bring_along(office, backup.path)
    made = backups.described(backup.path, key=key, made=backup.made, reason=backup.reason)
    backups.note(replace(made, checked=None))
