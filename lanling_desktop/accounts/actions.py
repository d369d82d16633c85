"""Who opens the office: the first account, more of them, their passwords, the recovery sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from lanling_desktop.accounts import rules
from lanling_desktop.accounts.records import ADMINISTRATOR, Account
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import Cost, Keyring
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import table_of

_SAFE = "没有改动任何数据"


def found(office: Office, account_id: str, name: str) -> None:
    """Enter the first account of a new office, an administrator's; the key is wrapped already."""
    with office.act(f"设立管理员账户 {name}") as unit:
        opened = rules.opened_by(ADMINISTRATOR)
        unit.add(Account(id=account_id, name=name, role=ADMINISTRATOR, **opened))


def any_there(office: Office) -> bool:
    """Whether anybody was ever given an account here."""
    return bool(office.rows(select(table_of(Account).c.id).limit(1)))


def sit_down(office: Office, account_id: str) -> None:
    """Who opened the office: their name on every act from now on, and their rights.

    Raises `OfficeError` when the account has been ended.
    """
    account = _account(office, account_id)
    ended = account["ended"]
    if account["binned_at"] or (ended is not None and ended <= office.today):
        raise OfficeError(
            f"账户“{account['name']}”已经停用", _SAFE, "请换一个账户，或请管理员重新启用"
        )
    office.account = account_id
    office.actor = account["name"]
    office.rights = rules.rights_of(account)


def set_password(office: Office, account_id: str, password: str, cost: Cost | None = None) -> None:
    """Give an account a password: one's own, or the administrator for anybody."""
    ring, account = _ring(office), _account(office, account_id)
    if account_id != office.account:
        office.rights.refuse_administering("给别人设密码")
    assert office.store.key is not None
    tuned = cost or Cost().tuned()
    with ring.whole():
        ring.set_password(account_id, account["name"], office.store.key, password, tuned)
        office.note(f"设置账户“{account['name']}”的密码")


def change_password(office: Office, old: str, new: str, cost: Cost | None = None) -> None:
    """Change one's own password; the old one is asked for. Raises `OfficeError`."""
    _ring(office).unlock(office.account, old)
    set_password(office, office.account, new, cost)


def new_recovery(office: Office) -> tuple[str, ...]:
    """A new recovery key in its 24 groups, to be printed at once; the sheet before it is dead."""
    office.rights.refuse_administering("换恢复单")
    assert office.store.key is not None
    ring = _ring(office)
    with ring.whole():
        groups = ring.new_recovery(office.store.key)
        office.note("生成新的密钥恢复单，旧单作废")
    return groups


def administrator(office: Office, name: str) -> str:
    """Id of the administrator of that name, else of the first one there is."""
    here = table_of(Account).c
    wanted = select(here.id, here.name).where(
        here.role == ADMINISTRATOR, here.binned_at.is_(None), here.ended.is_(None)
    )
    rows = office.rows(wanted.order_by(here.id))
    if not rows:
        raise OfficeError("没有在用的管理员账户", _SAFE, "请联系维护人员")
    return str(next((row.id for row in rows if row.name == name), rows[0].id))


def tidy_keys(office: Office) -> None:
    """Let the ring follow the accounts: names as they are now, no key for who has been ended."""
    ring = office.keyring
    if ring is None:
        return
    here = table_of(Account).c
    wanted = select(here.id, here.name, here.ended, here.binned_at)
    known = {row.id: row for row in office.rows(wanted)}
    for slot in ring.accounts:
        row = known.get(slot.id)
        gone = row is None or row.binned_at or (row.ended is not None and row.ended <= office.today)
        if gone and slot.id != office.account:
            ring.remove(slot.id)
        elif row is not None and row.name != slot.name:
            ring.rename(slot.id, row.name)


def _ring(office: Office) -> Keyring:
    if office.keyring is None:
        raise OfficeError("这个数据文件没有上锁，没有密码可设", _SAFE, "请先在“设置”里给它上锁")
    return office.keyring


def _account(office: Office, account_id: str) -> Mapping[str, Any]:
    rows = office.rows(select(table_of(Account)).where(table_of(Account).c.id == account_id))
    if not rows:
        raise OfficeError("没有这个账户", _SAFE, "请另选账户")
    return dict(rows[0]._mapping)
