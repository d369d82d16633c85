"""The columns of a register as a clerk chooses them for a paper: by label, in any order."""

from __future__ import annotations

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.register import Register


def labels(register: Register) -> dict[str, str]:
    """Column keys by label: those of the list first, then the others."""
    keys = dict.fromkeys((*register.columns, *register.all_columns))
    found: dict[str, str] = {}
    for key in keys:
        found.setdefault(register.all_columns[key].field.label, key)
    return found


def keys(register: Register, said: str) -> tuple[str, ...]:
    """The keys of columns named by label or key. Raises `OfficeError` naming a strange one."""
    known = labels(register)
    words = [each for each in said.replace(",", "、").replace("，", "、").split("、") if each]
    strange = [each for each in words if each not in known and each not in register.all_columns]
    if strange:
        what = f"{register.title}没有“{strange[0]}”这一栏"
        raise OfficeError(what, "没有印出任何内容，数据没有改动", f"可选：{'、'.join(known)}")
    return tuple(dict.fromkeys(known.get(each, each) for each in words))
