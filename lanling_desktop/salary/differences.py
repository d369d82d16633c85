"""A slip beside the month before, and a paid one beside what it should have been. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from lanling_desktop.salary import rules
from lanling_desktop.salary.month import (
    BASIC,
    CERTIFICATE,
    CONCURRENT,
    EARNED,
    PERFORMANCE,
    Correction,
    Inputs,
    Line,
    Slip,
    days_of,
)
from lanling_desktop.standards.amounts import format_fen as _f


def reasons(before: Slip | None, now: Slip, was: Inputs | None, said: Inputs) -> tuple[int, str]:
    """By how much a slip differs from the month before, and why, in words."""
    if before is None or was is None:
        return now.net, "上月没有工资"
    words = list(_changed(was, said))
    ours, theirs = _by_name(now), _by_name(before)
    for name in {**theirs, **ours}:
        change = ours.get(name, 0) - theirs.get(name, 0)
        if change:
            words.append(f"{name}{'+' if change > 0 else '-'}{_f(abs(change))}")
    return now.net - before.net, "；".join(words)


def _by_name(slip: Slip) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in slip.lines:
        if each.kind != rules.EMPLOYER:
            found[each.name] = found.get(each.name, 0) + each.amount
    return found


def _changed(was: Inputs, now: Inputs) -> Iterator[str]:
    if was.segments and now.segments:
        old, new = was.segments[-1], now.segments[-1]
        if old.post != new.post:
            yield f"岗位{old.post}→{new.post}"
        if old.grade != new.grade:
            yield f"等级{old.grade}→{new.grade}"
        if old.probation and not new.probation:
            yield "试用期满"
    days = sum(each.days for each in now.segments)
    if days < days_of(now.month):
        yield f"本月在岗 {days} 天"
    if was.certificates != now.certificates:
        yield f"职业证书{'、'.join(now.certificates) or '失效'}"
    if was.result != now.result and now.result:
        yield f"考核{now.result}"


def owed(
    paid: Mapping[str, int], due: Sequence[Line], month: date, slip_id: str
) -> Iterator[Correction]:
    """What a paid month was short of: the lines due now against what was paid, by code.

    `paid` has the earned lines of the month's slip and all corrections made of it since.
    """
    names = {BASIC: "基本工资", PERFORMANCE: "绩效工资", CERTIFICATE: "职业资格津贴",
             CONCURRENT: "一肩挑补贴"}  # fmt: skip
    for code in EARNED:
        was = paid.get(code, 0)
        now = sum(each.amount for each in due if each.code == code)
        if was != now:
            words = "；".join(each.arithmetic for each in due if each.code == code) or "不应发"
            how = f"应发 {_f(now)}（{words}）- 已发 {_f(was)} = {_f(now - was)}"
            yield Correction(code, names[code], now - was, month, slip_id, how)
