"""How the administrator meets the accounts."""

from __future__ import annotations

from typing import Any

from lanling_desktop.accounts import actions, rules
from lanling_desktop.accounts.records import ROOMS, Account
from lanling_desktop.core.field import Field
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Values
from lanling_desktop.core.register import Procedure, Register


def _proposed(_office: Any, values: Values) -> Any:
    role = values.get("role")
    return rules.opened_by(role) if role else {}


def _set_password(office: Office, record_id: str, said: Values) -> Changes:
    actions.set_password(office, record_id, said["password"])
    actions.tidy_keys(office)
    return Changes(0, f"设置账户“{office.read('account', record_id).title}”的密码")


ACCOUNT = Register(
    key="account",
    title="账户",
    noun="账户",
    record=Account,
    sections=(("账户", ("name", "role", "ended")), ("能看能改", (*ROOMS, "export", "unmask"))),
    columns=("name", "role", *ROOMS, "export", "unmask", "ended"),
    order="name",
    rules=(rules.check_account,),
    procedures=(
        Procedure(
            "password",
            "设密码",
            (
                (
                    "password",
                    Field("新密码", required=True, max_length=128, help="告诉本人后请其自己改"),
                ),
            ),
            _set_password,
            offered=lambda values: not values.get("ended"),
        ),
    ),
    proposed=_proposed,
    icon="people",
)

REGISTERS = (ACCOUNT,)
