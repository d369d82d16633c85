"""Watches over an open office: when a backup is due, where it goes, the copy on a second medium."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lanling_desktop.core import disk
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.safety import backups, medium, places, thinning, trail
from lanling_desktop.safety.backups import Backup, Step
from lanling_desktop.safety.replay import Act

EVERY = timedelta(minutes=30)
OLD = timedelta(days=7)
_PLACE, _SECOND, _COPIED = "backup_folder", "backup_second", "backup_second_at"
_SIGN = "backup_second_sign"


@dataclass(frozen=True, slots=True)
class Second:
    """The second medium: where, whether it is there, when something was last copied to it."""

    folder: Path | None
    there: bool
    copied: datetime | None
    same_disk: bool = False  # as the data: one broken disk would take both

    def stale(self, now: datetime) -> bool:
        """Whether it is time to say so: none is chosen, or its copy is over a week old."""
        return self.copied is None or abs(now - self.copied) > OLD


class Guard:
    """The backups of one open office."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @property
    def folder(self) -> Path:
        """Where the backups lie: beside the data until another folder was chosen."""
        return places.backups_of(self.office.path, _path(self.office.desk.get(_PLACE)))

    @property
    def folders(self) -> list[Path]:
        """Every place that has backups and is there now."""
        second = self.second
        known = [self.folder, places.backups_of(self.office.path)]
        if second.there:
            known.append(places.backups_of(self.office.path, second.folder))
        return list(dict.fromkeys(known))

    def choose_folder(self, folder: Path | None) -> None:
        """Put the backups below another folder from now on; None for beside the data."""
        self.office.desk.put(_PLACE, str(folder) if folder else "")

    @property
    def second(self) -> Second:
        """The second medium as it is now."""
        desk = self.office.desk
        folder, copied = _path(desk.get(_SECOND)), desk.get(_COPIED)
        here = medium.found(folder, desk.get(_SIGN) or "") if folder is not None else None
        same = here is not None and medium.same_disk(here, self.office.path.parent)
        last = datetime.fromisoformat(copied) if copied else None
        return Second(here or folder, here is not None, last, same)

    def choose_second(self, folder: Path | None) -> None:
        """Copy each backup to this folder too, whenever it is there."""
        if folder is not None and _within(folder, self.office.path.parent, self.folder):
            raise OfficeError(
                "第二份备份要放在另一个磁盘或 U 盘上，不能和数据放在一起",
                "没有改动任何数据",
                "请插上 U 盘，再选它上面的文件夹",
            )
        with backups.told():
            sign = medium.mark(folder) if folder is not None else ""
        desk = self.office.desk
        for key, value in ((_SECOND, str(folder or "")), (_SIGN, sign), (_COPIED, "")):
            desk.put(key, value)

    def last(self) -> Backup | None:
        """The newest backup there is."""
        return next(iter(backups.listed(self.folder)), None)

    def changed(self) -> bool:
        """Whether acts were done since the newest backup."""
        last = max(backups.listed(self.folder), key=lambda each: each.seq, default=None)
        rows = self.office.store.raw(
            "SELECT seq, digest FROM journal_entry ORDER BY seq DESC LIMIT 1"
        )
        present = tuple(rows[0]) if rows else (0, "")
        return last is None or (last.seq, last.digest) != present

    def due(self) -> bool:
        """Whether half an hour's work stands in no backup; whichever way the clock went."""
        last = self.last()
        if last is None:
            return True
        return abs(self.office.clock.now() - last.made) >= EVERY and self.changed()

    def back_up(self, reason: str, step: Step | None = None) -> Backup:
        """Make a backup, thin the older ones, copy it to the second medium if that is there."""
        now = self.office.clock.now()
        store = self.office.store
        with backups.told():
            made = backups.make(
                store.path, self.folder, now=now, reason=reason, key=store.key, step=step
            )
            backups.thin(self.folder, now)
            self._thin_trail(now)
        self.office.desk.put("last_backup", self.office.clock.stamp())
        return made

    def back_up_if_changed(self, reason: str, step: Step | None = None) -> Backup | None:
        """The same where there is something new to keep."""
        return self.back_up(reason, step) if self.changed() else None

    def _thin_trail(self, now: datetime) -> None:
        """Keep the acts since the newest backup that is older than the days promised."""
        store = self.office.store
        old = now - timedelta(days=thinning.TRAIL_DAYS)
        before = [each.seq for each in backups.listed(self.folder) if each.made <= old]
        if before:
            trail.thin(places.trail_of(store.path), store.key, max(before) + 1)

    def copy_to_second(self) -> Backup | None:
        """Bring the newest sound backup, the pool and the trail to the second medium.

        None when the medium is not there, which is no trouble, or has it already.
        """
        second = self.second
        newest = next(backups.newest_sound([self.folder]), None)
        if newest is None or not second.there or second.folder is None:
            return None
        into = places.backups_of(self.office.path, second.folder)
        if any(each.sha256 == newest.sha256 for each in backups.listed(into)):
            return None
        with backups.told():
            disk.require_room(second.folder, newest.size, "复制到第二处")
            backups.require_fits(second.folder, newest.size)
            copy_backup(newest, into)
            backups.pool(self.folder / backups.POOL, into / backups.POOL)
            backups.pool(
                places.trail_of(self.office.path), into / places.trail_of(self.office.path).name
            )
            backups.thin(into, self.office.clock.now())
        self.office.desk.put(_COPIED, self.office.clock.stamp())
        return newest

    def since(self, backup: Backup) -> list[Act] | None:
        """The acts done since a backup, oldest first; None where its history is another one."""
        store = self.office.store
        known = store.raw("SELECT digest FROM journal_entry WHERE seq = ?", (backup.seq,))
        if backup.seq and (not known or known[0][0] != backup.digest):
            return None
        rows = store.raw(
            "SELECT seq, at, actor, kind, title, previous, digest FROM journal_entry "
            "WHERE seq > ? ORDER BY seq",
            (backup.seq,),
        )
        return [Act(*row) for row in rows]

    def clock_trouble(self) -> str:
        """Why the computer's clock cannot be right, in words; '' when it may be."""
        rows = self.office.store.raw("SELECT at FROM journal_entry ORDER BY seq DESC LIMIT 1")
        last = self.last()
        newest = datetime.fromisoformat(rows[0][0]) if rows else None
        return thinning.jumped(
            self.office.clock.now(), newest, known=last.made if last is not None else None
        )


def copy_backup(backup: Backup, into: Path) -> Path:
    """A backup with all that lies beside it, read back and compared after writing."""
    target = into / backup.path.name
    for source in (places.keys_of(backup.path), backup.path, backups.note_of(backup.path)):
        if source.is_file():
            disk.copy_whole(source, into / source.name)
    if disk.digest_of(target) != backup.sha256:
        backups.remove(target)
        raise OfficeError(
            "第二份备份写坏了，已经删掉", "数据文件和本机的备份都没有改动", "请换一个 U 盘再试"
        )
    return target


def _path(said: Any) -> Path | None:
    return Path(said) if said else None


def _within(folder: Path, *others: Path) -> bool:
    here = Path(os.path.abspath(folder))  # noqa: PTH100 - need not exist
    return any(here == each or each in here.parents for each in others)
