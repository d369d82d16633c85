"""Which kinds of record have a period, when it is over, and what the sources say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.register import Context

RELATIONS = ("本人", "监护人", "受托人", "近亲属", "工作人员发现")
KEEP, ANONYMISE, ERASE = "续存", "匿名化", "删除"
DECISIONS = (KEEP, ANONYMISE, ERASE)
ENDINGS = (ANONYMISE, ERASE)
LEAVE, REPLACE = "保留", "一并换成“某某”"


@dataclass(frozen=True, slots=True)
class Term:
    """A kind of record with a period of its own, counted from the day in a column.

    `states` are the words of its column `state` that begin it. `years` (0: for good, None: no
    source names any) and `basis` are what domain.md 13.1 has, proposed to the office.
    """

    word: str
    register: str
    since: str
    states: tuple[str, ...] = ()
    years: int | None = None
    basis: str = ""


TERMS = (
    Term("居民迁出", "person", "state_on", ("迁出",)),
    Term("居民死亡", "person", "state_on", ("死亡",)),
    Term("来访登记", "visitor_reception", "visited_on"),
    Term("社区工作者离职", "community_worker", "left_on"),
    Term("网格员离岗", "grid_worker", "valid_to"),
    Term("红领书记期满", "red_secretary", "valid_to"),
    Term("兼职委员期满", "part_time_member", "valid_to"),
    Term("党员名册", "party_member", "", years=0, basis="党员名册永久保管（基层保管期限表）"),
    Term("工资单", "pay_slip", "month", years=30, basis="《会计档案管理办法》：凭证、账簿 30 年"),
)
WORDS = tuple(each.word for each in TERMS)


def terms_of(register: str) -> tuple[Term, ...]:
    """The terms that records of a register may have."""
    return tuple(each for each in TERMS if each.register == register)


def term_of(register: str, values: Mapping[str, Any]) -> Term | None:
    """The one that a record has as it stands; None while nothing began it."""
    for each in terms_of(register):
        if not each.states or values.get("state") in each.states:
            return each
    return None


def due_on(ended: date, years: int) -> date:
    """The first day after a period: the same day so many years later, of 29 February 1 March."""
    try:
        return ended.replace(year=ended.year + years)
    except ValueError:
        return date(ended.year + years, 3, 1)


def check_period(values: Values, _context: Context) -> Iterable[Problem]:
    """A period is so many years or for good, never both."""
    years, forever = values.get("years"), bool(values.get("forever"))
    if forever and years:
        yield Problem("years", "已选永久保管，年数请留空")
    elif not forever and not years:
        yield Problem("years", "请填年数，或选永久保管")


def proposed_period(values: Values) -> Mapping[str, Any]:
    """What the sources say of the kind chosen; nothing where they say nothing."""
    term = next((each for each in TERMS if each.word == values.get("what")), None)
    if term is None or term.years is None:
        return {}
    return {"forever": term.years == 0, "years": term.years or None, "basis": term.basis}


def check_made(made_by: str) -> Any:
    """The rule of a register whose records come only from an act on somebody's record."""

    def check(_values: Values, context: Context) -> Iterable[Problem]:
        if context.record_id is None:
            yield Problem("reason", f"不能在这里新增：{made_by}")

    return check
