"""What a role opens, and what an account may not become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from lanling_desktop.accounts.records import (
    ADMINISTRATOR,
    CLERK,
    LEVELS,
    PAYROLL,
    READER,
    ROOMS,
    Account,
)
from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.records import table_of
from lanling_desktop.core.register import Context
from lanling_desktop.core.rights import Level, Rights

_WRITE, _READ, _CLOSED = LEVELS

_OPENED: Mapping[str, Mapping[str, Any]] = {
    ADMINISTRATOR: {**dict.fromkeys(ROOMS, _WRITE), "export": True, "unmask": True},
    CLERK: {**dict.fromkeys(ROOMS, _WRITE), "salary": _CLOSED, "export": True, "unmask": True},
    PAYROLL: {
        **dict.fromkeys(ROOMS, _READ),
        "grids": _WRITE,
        "salary": _WRITE,
        "export": True,
        "unmask": True,
    },
    READER: {**dict.fromkeys(ROOMS, _READ), "salary": _CLOSED, "export": False, "unmask": False},
}


def opened_by(role: str) -> Mapping[str, Any]:
    """What a role opens, by column of the account."""
    return _OPENED.get(role, _OPENED[READER])


def rights_of(values: Mapping[str, Any]) -> Rights:
    """The rights of an account by its columns; what is not said is as the role has it."""
    said = {**opened_by(values["role"]), **{k: v for k, v in values.items() if v is not None}}
    first = values["role"] == ADMINISTRATOR
    levels = {room: LEVELS[said[key]] for key, rooms in ROOMS.items() for room in rooms}
    return Rights(
        levels={**levels, "accounts": Level.WRITE if first else Level.CLOSED},
        export=bool(said["export"]),
        unmask=bool(said["unmask"]),
        administers=first,
    )


def check_account(values: Values, context: Context) -> Iterable[Problem]:
    """An administrator stays, and an account's name is its own."""
    ended: date | None = values.get("ended")
    leaves = values.get("role") != ADMINISTRATOR or (ended is not None and ended <= context.today)
    if leaves and context.record_id and not _others(context):
        key = "ended" if values.get("role") == ADMINISTRATOR else "role"
        yield Problem(key, "总要有一个在用的管理员账户，请先另设一个")


def _others(context: Context) -> int:
    here = table_of(Account).c
    others = select(func.count()).where(
        here.role == ADMINISTRATOR,
        here.id != context.record_id,
        here.binned_at.is_(None),
        or_(here.ended.is_(None), here.ended > context.today),
    )
    return int(context.rows(others)[0][0])
