"""How an office file is made and opened, in one place for the screens, the command line and tests."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lanling_desktop import catalogue
from lanling_desktop.accounts import actions as accounts
from lanling_desktop.core import attachments, disk, keyring, location, store
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import Cost, Keyring, check_password
from lanling_desktop.core.lock import OfficeInUseError
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import new_id
from lanling_desktop.core.store import Store
from lanling_desktop.core.vault import Vault
from lanling_desktop.privacy import disposing
from lanling_desktop.safety import backups, damage, places, portable, relock, restore, thinning
from lanling_desktop.safety.guard import Guard
from lanling_desktop.safety.replay import Act
from lanling_desktop.safety.restore import Step, Wish
from lanling_desktop.safety.trail import Tip, Trail
from lanling_desktop.safety.trail import files as trail_files

SUFFIX = ".lanling"
"""What an office file's name ends in."""


_SAFE = "没有改动任何数据"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who locks a new office: the first account, an administrator's."""

    name: str
    password: str
    cost: Cost | None = None  # None: tuned to this machine


DEMO = Owner("演示", "lanling-2020", Cost(memory=1024, passes=1))
"""Who locks a demo office. The password is known to everybody, so guessing it may cost nothing."""


def create_office(
    path: Path, *, key: str | None = None, clock: Clock | None = None, actor: str = ""
) -> Office:
    """Make a new office file and open it: empty but for the phrases every office starts with.

    Refused when the file is already there.
    """
    from lanling_desktop.hall import phrases

    registers = catalogue.registers()
    with backups.told():
        store = Store.create(path, key=key)
    office = Office(store, registers, clock=clock, actor=actor)
    office.paper_owner = catalogue.paper_owner
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
    them. `read_only` opens even a damaged file, to be looked at; so is one opened that lies where
    nothing can be written. A locked one needs its key; the
    demo office's password is known, and is typed for the visitor.
    """
    if key is None and path.is_file() and keyring.is_locked(path):
        return _open_demo(path, clock)
    catalogue.registers()
    clock = clock or Clock()
    if path.is_file() and not location.can_write(path):
        return _office(_unwritable(path, key), clock=clock, actor=actor)
    if read_only:
        return _office(Store(path, key=key, read_only=True), clock=clock, actor=actor)
    try:
        restore.resume(path, key=key, now=clock.now())
        unclean = damage.look_over(path, key=key, now=clock.now())
        office = _office(Store.open(path, key=key), clock=clock, actor=actor)
        _begin(office, as_is=as_is, unclean=unclean)
    except OfficeInUseError as held:
        taken = damage.TakenError(path, held.holder)
        taken.key = key
        raise taken from None
    except damage.NotOpenedError as trouble:
        trouble.key = key
        raise
    return office


def _unwritable(path: Path, key: str | None) -> Store:
    """A file in a place where nothing can be written, to be read. Raises `OfficeError`."""
    for kind in ("wal", "journal"):
        left = path.with_name(f"{path.name}-{kind}")
        if left.exists() and left.stat().st_size:
            raise OfficeError(
                f"{path.name} 上次没有正常关闭，而它所在的文件夹现在不允许写入，不能打开",
                _SAFE,
                "请把它连同旁边的文件一起复制到能写的文件夹，再从那里打开",
            )
    return Store.look(path, key=key)


def _begin(office: Office, *, as_is: bool, unclean: bool) -> None:
    """Clear up, see that nothing is missing, let the trail follow."""
    try:
        restore.clear_drafts(office.path, everywhere=unclean)
        behind = damage.missing(office.path, _tip(office.store), key=office.store.key)
        if behind and not as_is:
            raise damage.BehindError(office.path, behind)
        _watch(office, anew=bool(behind))
    except BaseException:
        office.close()
        raise


def open_to_look(trouble: damage.NotOpenedError, *, clock: Clock | None = None) -> Office:
    """Open a damaged file to be looked at, with the rights of who stood at its door."""
    office = open_office(trouble.path, key=trouble.key, clock=clock, read_only=True)
    try:
        if trouble.account:
            office.keyring = _ring(trouble.path, clock)
            accounts.sit_down(office, trouble.account)
    except BaseException:
        office.close()
        raise
    return office


def create_locked(path: Path, owner: Owner, *, clock: Clock | None = None) -> Office:
    """Make a new office that is locked from its first byte, and open it for its owner.

    The wrapped keys are on the disk before the records are: no file is ever without its key.
    """
    if path.exists():
        Store.create(path)  # refuses in words
    location.refuse_for_live_data(path.parent)
    path.parent.mkdir(parents=True, exist_ok=True)
    key, account_id = secrets.token_hex(32), new_id()
    ring = Keyring(path, {}, clock=clock)
    cost = owner.cost or Cost().tuned()
    ring.set_password(account_id, owner.name, key, owner.password, cost)
    try:
        office = create_office(path, key=key, clock=clock, actor=owner.name)
    except BaseException:
        ring.forget()
        raise
    return _seated(office, ring, account_id)


def unlock_office(path: Path, account: str, password: str, *, clock: Clock | None = None) -> Office:
    """Open a locked office by an account (its id or its name) and its password."""
    ring = _ring(path, clock)
    slot = next((each for each in ring.accounts if account in (each.id, each.name)), None)
    if slot is None:
        raise OfficeError(f"没有账户“{account}”", _SAFE, "请另选账户")
    return _sat_down(path, ring, ring.unlock(slot.id, password), slot.id, clock)


def recover_office(path: Path, groups: str, owner: Owner, *, clock: Clock | None = None) -> Office:
    """Open a locked office by its recovery sheet, and give an account of it a new password.

    The account is the administrator's of that name, else the first administrator's.
    """
    ring = _ring(path, clock)
    key = ring.recover(groups)
    check_password(owner.password, owner.name)
    with open_office(path, key=key, clock=clock, actor="恢复单") as office:
        office.keyring = ring
        account = accounts.administrator(office, owner.name)
        accounts.set_password(office, account, owner.password, owner.cost)
    return _sat_down(path, ring, key, account, clock)


def _ring(path: Path, clock: Clock | None) -> Keyring:
    ring = keyring.load(path, clock=clock)
    if ring is None:
        raise OfficeError(
            f"找不到 {path.name} 的密钥文件（{keyring.keys_beside(path).name}）",
            _SAFE,
            "请从备份里把同名的 .keys 文件放回数据文件旁边",
        )
    return ring


def _sat_down(path: Path, ring: Keyring, key: str, account: str, clock: Clock | None) -> Office:
    try:
        office = open_office(path, key=key, clock=clock)
    except damage.NotOpenedError as trouble:
        trouble.account = account
        raise
    return _seated(office, ring, account)


def _seated(office: Office, ring: Keyring, account: str) -> Office:
    """Who has the key takes the chair; the first one is its owner."""
    try:
        office.keyring = ring
        if not accounts.any_there(office):
            _found_owner(office, ring, account)
        accounts.sit_down(office, account)
    except BaseException:
        office.close()
        raise
    return office


def lock_up(path: Path, owner: Owner, *, clock: Clock | None = None) -> Office:
    """Lock an office that was open to anybody: by a verified copy that takes its place."""
    key, account_id = secrets.token_hex(32), new_id()
    with open_office(path, clock=clock) as plain:
        draft = path.with_name(f".{path.name}.locking")
        store.reencrypt(path, draft, key=key)
        files = attachments.digests(plain)
        plain.vault.reseal(Vault(path, key=key), files)
    ring = Keyring(path, {}, clock=clock)
    ring.set_password(account_id, owner.name, key, owner.password, owner.cost or Cost().tuned())
    for suffix in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    disk.give_name(draft, path)
    return _sat_down(path, ring, key, account_id, clock)


def _found_owner(office: Office, ring: Keyring, account_id: str) -> None:
    """The last steps of locking, or of making, an office: done by whoever opens it first.

    So a power cut between the wrapped key and the account it is for locks nobody out.
    """
    if _tip(office.store).seq > 1:  # more than the phrases every office begins with
        for digest in attachments.digests(office):
            Vault(office.path).place(digest).unlink(missing_ok=True)  # sealed under another name
        relock.relock(office.path, Guard(office).folders, str(office.store.key))
    slot = next(each for each in ring.accounts if each.id == account_id)
    office.actor = slot.name
    accounts.found(office, account_id, slot.name)


def _open_demo(path: Path, clock: Clock | None) -> Office:
    ring = _ring(path, clock)
    if not any(each.name == DEMO.name for each in ring.accounts):
        raise OfficeError(f"{path.name} 上了锁", _SAFE, "请用账户和密码打开")
    return unlock_office(path, DEMO.name, DEMO.password, clock=clock)


def _office(opened: Store, *, clock: Clock, actor: str) -> Office:
    try:
        office = Office(opened, catalogue.registers(), clock=clock, actor=actor)
    except BaseException:
        opened.close()
        raise
    office.paper_owner = catalogue.paper_owner
    return office


def _tip(opened: Store) -> Tip:
    rows = opened.raw("SELECT seq, digest FROM journal_entry ORDER BY seq DESC LIMIT 1")
    return Tip(*rows[0]) if rows else Tip()


def _watch(office: Office, *, anew: bool) -> None:
    """Let the trail follow every act, and a backup go before every large one."""
    trail = Trail(office.store, office.clock)
    trail.begin(anew=anew)
    office.trail_lags = lambda: trail.trouble is not None

    def before(why: str) -> None:
        with contextlib.suppress(OfficeError):  # an act is not refused for want of a backup
            Guard(office).back_up_if_changed(why)

    office.safeguard = before
    office.outlived = lambda: _outlived(office)
    office.forget = lambda files: _forget(office, trail, files)
    disposing.finish(office)


def _outlived(office: Office) -> date | None:
    """The day by which no backup made so far is left; None where there is none."""
    made = [each.made for folder in Guard(office).folders for each in backups.listed(folder)]
    return thinning.gone_by(max(made)) if made else None


def _forget(office: Office, trail: Trail, files: Sequence[Path]) -> None:
    """Personal data was destroyed: the trail begins anew, and the pools lose its files."""
    trail.start_over()
    kept = {each.name for each in trail_files(trail.folder)}
    for folder in Guard(office).folders:
        copied = folder / trail.folder.name
        for each in trail_files(copied) if copied != trail.folder else ():
            if each.name not in kept:
                each.unlink(missing_ok=True)
        for each in files:
            (folder / backups.POOL / each).unlink(missing_ok=True)


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
            # The files go first, so that no copy of the records is without them; then once more
            # for what was added meanwhile.
            office.vault.carry(target)
            office.store.backup(target, step)
            office.vault.carry(target)
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
        with contextlib.ExitStack() as open_till_done:
            with backups.told():
                target.parent.mkdir(parents=True, exist_ok=True)
                made = tempfile.TemporaryDirectory(prefix=".便携备份-", dir=target.parent)
                folder = open_till_done.enter_context(made)
            laid = portable.unpack(source, Path(folder))
            asked = Wish(laid)
            kept = restore.restore(asked, target, registers, now=now, key=key, step=step)
    damage.forget_marker(target)
    return kept


def rebuild_office(
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
) -> None:
    """Put back the acts that the trail has and the office file lacks; the file as it was is kept."""
    if not damage.leads_on(path, key=key):  # older than the trail: only a backup leads to its end
        rebuild_office(path, key=key, clock=clock, step=step)
        return
    base = restore.draft_of(path).with_suffix(".behind")
    registers, now = catalogue.registers(), (clock or Clock()).now()
    try:
        store.copy(path, base, key=key)
        restore.restore(Wish(base, replayed=True), path, registers, now=now, key=key, step=step)
    finally:
        base.unlink(missing_ok=True)
