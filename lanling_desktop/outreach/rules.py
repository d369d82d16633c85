"""What is true of units, part-time members and merchants. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator

from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.register import Context
from lanling_desktop.people.rules import identity_problems, period_problems
from lanling_desktop.standards import uscc

UNIT_KINDS = ("机关", "事业", "国企", "非公", "学校", "医院", "物业", "其他")
FACILITIES = ("饮水", "休息", "充电", "急救", "图书", "微波炉", "雨具")
MERCHANT_STATES = ("申报", "审核", "挂牌", "整改", "摘牌")
LEGAL_KINDS = ("社会团体", "民办非企业单位", "基金会", "社区备案")


def unit_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """A credit code whose check character is right."""
    yield from period_problems(values)
    yield from _code_problems(values.get("uscc"), "uscc")


def _code_problems(code: str | None, key: str) -> Iterator[Problem]:
    _, problem = uscc.check(code) if code else ("", None)
    if problem:
        yield Problem(key, problem, warning=True)


def member_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A term in order, and the person's own data."""
    yield from identity_problems(values, context.today, "person.")
    yield from period_problems(values)


def merchant_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """A plaque has its number and day."""
    yield from _code_problems(values.get("licence"), "licence")
    if values.get("status") in ("挂牌", "整改"):
        for key, words in (("plaque_no", "牌号"), ("plaque_on", "挂牌日期")):
            if not values.get(key):
                yield Problem(key, f"挂牌的商户请填{words}")
    hung, down = values.get("plaque_on"), values.get("withdrawn_on")
    if values.get("status") == "摘牌" and not down:
        yield Problem("withdrawn_on", "摘牌的商户请填摘牌日期")
    if down and values.get("status") != "摘牌":
        yield Problem("status", "填了摘牌日期的，商户状态应为摘牌")
    if hung and down and down < hung:
        yield Problem("withdrawn_on", "摘牌日期早于挂牌日期，请核对")


def check_problems(values: Values, context: Context) -> Iterator[Problem]:
    """What is to be put right is named; nothing is put right before it was found."""
    if values.get("result") == "限期整改" and not values.get("problem"):
        yield Problem("problem", "限期整改的，请写明发现的问题")
    checked, done = values.get("checked_on"), values.get("rectified_on")
    if checked and checked > context.today:
        yield Problem("checked_on", "检查日期不能晚于今天")
    if checked and done and done < checked:
        yield Problem("rectified_on", "整改完成早于检查日期，请核对")
