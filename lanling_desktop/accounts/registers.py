"""How the administrator meets the accounts."""

from __future__ import annotations

from typing import Any

from lanling_desktop.accounts import rules
from lanling_desktop.accounts.records import ROOMS, Account
from lanling_desktop.core.plain import Values
from lanling_desktop.core.register import Register


def _proposed(_office: Any, values: Values) -> Any:
    role = values.get("role")
    return rules.opened_by(role) if role else {}


ACCOUNT = Register(
    key="account",
    title="账户",
    noun="账户",
    record=Account,
    sections=(("账户", ("name", "role", "ended")), ("能看能改", (*ROOMS, "export", "unmask"))),
    columns=("name", "role", *ROOMS, "export", "unmask", "ended"),
    order="name",
    rules=(rules.check_account,),
    proposed=_proposed,
    icon="people",
)

REGISTERS = (ACCOUNT,)
