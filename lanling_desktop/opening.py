"""How an office file is made and opened, in one place for the screens, the command line and tests."""

from __future__ import annotations

import contextlib
from pathlib import Path

from lanling_desktop import catalogue
from lanling_desktop.core import store
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.store import Store
from lanling_desktop.safety import backups, damage, places, portable, restore
from lanling_desktop.safety.guard import Guard
from lanling_desktop.safety.replay import Act
from lanling_desktop.safety.restore import Step, Wish
from lanling_desktop.safety.trail import Tip, Trail

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
    _watch(office, anew=bool(places.trail_of(path).exists()))
    return office


def open_office(
    path: Path,
    *,
    key: str | None = None,
    clock: Clock | None = None,
    actor: str = "",
    as_is: bool = False,
    read_only: bool = False,
) -> Office:
    """Open an office file, bringing an older one up to date. Raises `OfficeError` in words.

    After a day that did not end in order the whole file is checked first: `DamagedError` when it
    is not whole, `BehindError` when it lacks acts that the trail has; `as_is` opens it without
    them. `read_only` opens even a damaged file, to be looked at.
    """
    registers, clock = catalogue.registers(), clock or Clock()
    if read_only:
        return _office(Store(path, key=key, read_only=True), clock=clock, actor=actor)
    restore.resume(path, key=key, now=clock.now())
    damage.look_over(path, key=key, now=clock.now())
    opened = Store.open(path, key=key)
    try:
        restore.clear_drafts(path)
        office = Office(opened, registers, clock=clock, actor=actor)
        behind = damage.missing(path, _tip(opened), key=key)
        if behind and not as_is:
            raise damage.BehindError(path, behind)
        _watch(office, anew=bool(behind))
    except BaseException:
        opened.close()
        raise
    return office


def _office(opened: Store, *, clock: Clock, actor: str) -> Office:
    try:
        return Office(opened, catalogue.registers(), clock=clock, actor=actor)
    except BaseException:
        opened.close()
        raise


def _tip(opened: Store) -> Tip:
    rows = opened.raw("SELECT seq, digest FROM journal_entry ORDER BY seq DESC LIMIT 1")
    return Tip(*rows[0]) if rows else Tip()


def _watch(office: Office, *, anew: bool) -> None:
    """Let the trail follow every act, and a backup go before every large one."""
    Trail(office.store, office.clock).begin(anew=anew)

    def before(why: str) -> None:
        with contextlib.suppress(OfficeError):  # an act is not refused for want of a backup
            Guard(office).back_up_if_changed(why)

    office.safeguard = before


def backup_office(office: Office, target: Path, step: Step | None = None) -> None:
    """A whole, verified copy of an open office under another name; portable by its ending."""
    if target.exists() and target.samefile(office.path):
        raise OfficeError("备份不能写到数据文件自己上", "没有改动任何数据", "请换一个文件名")
    if target.exists() and not target.is_file():  # a device or a folder: it would be replaced
        what = f"“{target.name}”不是文件，不能写到那里"
        raise OfficeError(what, "没有改动任何数据", "请另写一个文件名")
    with backups.told():
        if target.name.endswith(portable.SUFFIX):
            guard = Guard(office)
            made = guard.back_up("便携备份", step)
            portable.pack(made, guard.folder / backups.POOL, target, step)
        else:
            office.store.backup(target, step)
            backups.bring_along(office.path, target)


def restore_office(
    source: Path,
    target: Path,
    *,
    key: str | None = None,
    clock: Clock | None = None,
    wish: Wish | None = None,
    step: Step | None = None,
) -> Path | None:
    """Put a backup in the place of an office file; where that one is kept now, if it was there.

    The backup may be a portable file. It is copied, opened and looked over first: the old file
    stands until all is sound. `wish` asks for the acts of the trail after it as well.
    """
    import tempfile

    registers, now = catalogue.registers(), (clock or Clock()).now()
    if not portable.is_portable(source):
        asked = wish or Wish(source)
        kept = restore.restore(asked, target, registers, now=now, key=key, step=step)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".便携备份-", dir=target.parent) as folder:
            laid = portable.unpack(source, Path(folder))
            asked = Wish(laid)
            kept = restore.restore(asked, target, registers, now=now, key=key, step=step)
    damage.forget_marker(target)
    return kept


def recover_office(
    path: Path, *, key: str | None = None, clock: Clock | None = None, step: Step | None = None
) -> list[Act]:
    """The newest sound backup with every act the trail adds to it, in the place of a damaged file.

    The acts that were done again; an older backup is taken where a newer one is damaged too.
    Raises `OfficeError` when no backup is sound.
    """
    for backup, acts in damage.ways_back(path, key=key):
        wish = Wish(backup.path, replayed=bool(acts))
        restore_office(backup.path, path, key=key, clock=clock, wish=wish, step=step)
        return acts
    raise OfficeError(
        "没有找到能用的备份", "没有改动任何数据", "请从 U 盘选一份备份，或救出能读的记录"
    )


def catch_up_office(
    path: Path, *, key: str | None = None, clock: Clock | None = None, step: Step | None = None
) -> Path | None:
    """Put back the acts that the trail has and the office file lacks; the file as it was is kept."""
    base = restore.draft_of(path).with_suffix(".behind")
    registers, now = catalogue.registers(), (clock or Clock()).now()
    try:
        store.copy(path, base, key=key)
        return restore.restore(
            Wish(base, replayed=True), path, registers, now=now, key=key, step=step
        )
    finally:
        base.unlink(missing_ok=True)
