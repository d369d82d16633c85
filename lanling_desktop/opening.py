"""How an office file is made and opened, in one place for the screens, the command line and tests."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lanling_desktop import catalogue
from lanling_desktop.accounts import actions as accounts
from lanling_desktop.core import keyring, store
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import Cost, Keyring, check_password
from lanling_desktop.core.lock import FileLock, beside
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import new_id
from lanling_desktop.core.store import Store

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
    office = Office(Store.create(path, key=key), registers, clock=clock, actor=actor)
    office.load("常用语", [phrases.shipped()])
    return office


def open_office(
    path: Path, *, key: str | None = None, clock: Clock | None = None, actor: str = ""
) -> Office:
    """Open an office file, bringing an older one up to date. Raises `OfficeError` in words.

    A locked one needs its key; the demo office's password is known, and is typed for the visitor.
    """
    if key is None and path.is_file() and keyring.is_locked(path):
        return _open_demo(path, clock)
    registers = catalogue.registers()
    return Office(Store.open(path, key=key), registers, clock=clock, actor=actor)


def create_locked(path: Path, owner: Owner, *, clock: Clock | None = None) -> Office:
    """Make a new office that is locked from its first byte, and open it for its owner.

    The wrapped keys are on the disk before the records are: no file is ever without its key.
    """
    if path.exists():
        Store.create(path)  # refuses in words
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
    office.keyring = ring
    accounts.found(office, account_id, owner.name)
    accounts.sit_down(office, account_id)
    return office


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
    office = open_office(path, key=key, clock=clock)
    try:
        office.keyring = ring
        accounts.sit_down(office, account)
    except BaseException:
        office.close()
        raise
    return office


def lock_up(path: Path, owner: Owner, *, clock: Clock | None = None) -> Office:
    """Lock an office that was open to anybody: by a verified copy that takes its place."""
    key, account_id = secrets.token_hex(32), new_id()
    with open_office(path, clock=clock):
        draft = path.with_name(f".{path.name}.locking")
        store.reencrypt(path, draft, key=key)
    ring = Keyring(path, {}, clock=clock)
    ring.set_password(account_id, owner.name, key, owner.password, owner.cost or Cost().tuned())
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    draft.replace(path)
    office = open_office(path, key=key, clock=clock, actor=owner.name)
    office.keyring = ring
    accounts.found(office, account_id, owner.name)
    accounts.sit_down(office, account_id)
    return office


def _open_demo(path: Path, clock: Clock | None) -> Office:
    ring = _ring(path, clock)
    if not any(each.name == DEMO.name for each in ring.accounts):
        raise OfficeError(f"{path.name} 上了锁", _SAFE, "请用账户和密码打开")
    return unlock_office(path, DEMO.name, DEMO.password, clock=clock)


def backup_office(office: Office, target: Path) -> None:
    """A whole, verified copy of an open office under another name."""
    if target.exists() and target.samefile(office.path):
        raise OfficeError("备份不能写到数据文件自己上", "没有改动任何数据", "请换一个文件名")
    if target.exists() and not target.is_file():  # a device or a folder: it would be replaced
        what = f"“{target.name}”不是文件，不能写到那里"
        raise OfficeError(what, "没有改动任何数据", "请另写一个文件名")
    with _told():
        office.store.backup(target)


def restore_office(source: Path, target: Path, *, clock: Clock | None = None) -> Path | None:
    """Put a backup in the place of an office file; where that one is kept now, if it was there.

    The backup is copied, opened and looked over first: the old file stands until all is sound.
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
