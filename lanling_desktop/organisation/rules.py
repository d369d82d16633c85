"""What is true of the party tree: pure functions over values and what a rule may look up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import column as named
from sqlalchemy import func, select, table, true

from lanling_desktop.core.desk import number
from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.register import Context
from lanling_desktop.people.rules import period_problems, personal_problems

KINDS = ("社区大党委", "网格党支部", "楼宇党小组")
"""Kinds of party organisations from above to below; a group is optional."""

LEADERS = {KINDS[-1]: "组长"}
"""What the head of an organisation is called where it is not 书记."""

STATES = ("推荐", "考察", "公示", "确定", "挂牌", "已摘牌")
"""States of a central household in their order; 公示 may be left out (domain.md 5.2)."""

ACTIVE = ("确定", "挂牌")
FEWEST_LINKED = ("fewest_linked", 5)
MOST_LINKED = ("most_linked", 15)
"""Settings and their defaults: 5-10 members in towns, at most 15 by the rural rule (domain.md
5.1). Warned about, never blocked."""

NEXT: Mapping[str, tuple[str, ...]] = {
    "推荐": ("考察", "已摘牌"),
    "考察": ("公示", "确定", "已摘牌"),
    "公示": ("确定", "已摘牌"),
    "确定": ("挂牌", "已摘牌"),
    "挂牌": ("已摘牌",),
    "已摘牌": (),
}


def former_parent_problems(values: Values, context: Context) -> Iterator[Problem]:
    """What is over has its last day."""
    yield from period_problems(values)
    until = values.get("valid_to")
    if not until:
        yield Problem("valid_to", "请填写终止日期：原来的上级到哪天为止")
    elif until > context.today:
        yield Problem("valid_to", "终止日期不能晚于今天")


def member_problems(values: Values, context: Context) -> Iterator[Problem]:
    """Dates of joining in order; states with the date they need."""
    yield from personal_problems(values, context.today, "person.")
    joined, confirmed = values.get("joined_on"), values.get("confirmed_on")
    birth = values.get("person.birth")
    if joined and joined > context.today:
        yield Problem("joined_on", "入党日期不能晚于今天")
    if joined and birth and (joined.year - birth.year) < 18:
        yield Problem("joined_on", "入党时不满 18 岁，请核对入党日期和出生日期", warning=True)
    if joined and confirmed and confirmed < joined:
        yield Problem("confirmed_on", "转正日期早于入党日期，请核对")
    if values.get("kind") == "正式党员" and on_probation(joined, confirmed, context.today):
        words = "入党不满一年、没有转正日期，应为预备党员，请核对"
        yield Problem("kind", words, warning=True)
    if values.get("kind") == "预备党员" and confirmed:
        yield Problem("kind", "已有转正日期的，人员类别应为正式党员")
    if values.get("lost") and not values.get("lost_on"):
        yield Problem("lost_on", "请填写失联日期")
    if values.get("floating") and not values.get("floating_to"):
        yield Problem("floating_to", "请填写流向")


def on_probation(joined: date | None, confirmed: date | None, today: date) -> bool:
    """Whether a member by these dates is still one on probation, which lasts a year."""
    if joined is None or confirmed is not None or joined > today:
        return False
    return (joined.year + 1, joined.month, joined.day) > (today.year, today.month, today.day)


def member_of_sheet(values: Values, today: date) -> Mapping[str, Any]:
    """Who joined within the year and has no date of confirmation comes in as on probation."""
    joined, confirmed = values.get("joined_on"), values.get("confirmed_on")
    return {"kind": "预备党员"} if on_probation(joined, confirmed, today) else {}


def organisation_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A group has a branch above it; nothing stands below itself."""
    yield from period_problems(values)
    if values.get("kind") == "楼宇党小组" and not values.get("parent_id"):
        yield Problem("parent_id", "楼宇党小组要选所属的网格党支部")
    parent, own = values.get("parent_id"), context.record_id
    if not parent:
        return
    if parent == own:
        yield Problem("parent_id", "上级组织不能是它自己")
        return
    node = table("party_organisation", named("id"), named("kind"), named("parent_id"))
    over, passed = parent, set()
    while over and over not in passed:
        passed.add(over)
        rows = context.rows(select(node.c.kind, node.c.parent_id).where(node.c.id == over))
        kind, above = rows[0] if rows else (None, None)
        if over == parent and not _stands_over(kind, values.get("kind")):
            yield Problem("parent_id", f"{kind}不能作{values.get('kind')}的上级")
        if above and above == own:
            yield Problem("parent_id", "所选的上级在它之下，请另选上级组织")
            return
        over = above


def _stands_over(above: str | None, below: str | None) -> bool:
    known = above in KINDS and below in KINDS
    return not known or KINDS.index(str(above)) < KINDS.index(str(below))


def organisation_from_text(text: str) -> Mapping[str, Any] | None:
    """The columns of a new organisation named in a sheet: its kind is read from its name."""
    if "小组" in text:
        return None  # a group needs its branch, which the sheet does not say
    kind = "社区大党委" if text.endswith(("大党委", "党委")) else "网格党支部"
    return {"name": text, "kind": kind}


def central_household_problems(values: Values, context: Context) -> Iterator[Problem]:
    """The checks of domain.md 5.2: a full member hosts, and hosts one; states with their dates."""
    host, state = values.get("host_id"), values.get("state")
    before = _state_before(context)
    if before and state != before and state not in NEXT.get(before, (state,)):
        yield Problem("state", f"“{before}”不能直接改为“{state}”，请用“办理”一步一步转")
    if host and state != "已摘牌":
        # Who cannot host is said from the start, and refused where it counts.
        asked = state not in ACTIVE
        yield from (replace(each, warning=asked) for each in _host_problems(host, context))
    needed = {"确定": ("designated_on", "确定日期"), "挂牌": ("plaque_on", "挂牌日期")}
    if state in needed and not values.get(needed[state][0]):
        yield Problem(needed[state][0], f"状态为“{state}”的，请填写{needed[state][1]}")
    if state == "已摘牌" and not values.get("ended_on"):
        yield Problem("ended_on", "请填写摘牌日期")
    if state == "已摘牌" and not values.get("end_reason"):
        yield Problem("end_reason", "请写明摘牌原因")
    yield from _unique_plaque(values, context)


def _state_before(context: Context) -> str | None:
    mine = _HOUSEHOLD.c
    rows = context.rows(select(mine.state).where(mine.id == (context.record_id or "")))
    return rows[0][0] if rows else None


def _host_problems(host: str, context: Context) -> Iterator[Problem]:
    member = table("party_member", named("person_id"), named("kind"), named("binned_at"))
    rows = context.rows(
        select(member.c.kind).where(member.c.person_id == host, member.c.binned_at.is_(None))
    )
    if not rows:
        yield Problem("host_id", "户主不在党员名册里，请先在“党员”登记")
    elif rows[0][0] != "正式党员":
        yield Problem("host_id", f"户主现为{rows[0][0]}，中心户户主须是正式党员")
    mine = _HOUSEHOLD.c
    others = select(mine.code).where(
        mine.host_id == host,
        mine.state.in_(ACTIVE),
        mine.binned_at.is_(None),
        mine.id != (context.record_id or ""),
    )
    for (code,) in context.rows(others):
        yield Problem("host_id", f"此人已是 {code} 的户主，一人只能有一个在册中心户")


def _unique_plaque(values: Values, context: Context) -> Iterator[Problem]:
    number = values.get("plaque_no")
    if not number:
        return
    mine = _HOUSEHOLD.c
    same = select(mine.code).where(
        mine.plaque_no == number,
        func.coalesce(mine.community_id, "") == (values.get("community_id") or ""),
        mine.binned_at.is_(None),
        mine.id != (context.record_id or ""),
    )
    for (code,) in context.rows(same):
        yield Problem("plaque_no", f"牌号在本社区已用于 {code}，请改")


def linked_member_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A member is linked to at most one active household, of the same community; not too many."""
    yield from period_problems(values)
    person = values.get("person_id")
    if not person or values.get("valid_to"):
        return
    link = table("linked_member", *map(named, _LINK))
    mine = (
        link.c.central_household_id == values.get("central_household_id"),
        link.c.valid_to.is_(None),
        link.c.binned_at.is_(None),
        link.c.id != (context.record_id or ""),
    )
    count = select(func.count()).select_from(link).where(*mine).scalar_subquery()
    ((linked, most),) = context.rows(select(count, number(*MOST_LINKED)))
    if linked >= most:
        words = f"这个中心户已联系 {linked} 名党员，一般不超过 {most} 名"
        yield Problem("person_id", words, warning=True)
    homes = _HOUSEHOLD.c
    elsewhere = (
        select(homes.code)
        .join_from(link, _HOUSEHOLD, homes.id == link.c.central_household_id)
        .where(
            link.c.person_id == person,
            link.c.valid_to.is_(None),
            link.c.binned_at.is_(None),
            homes.state.in_(ACTIVE),
            link.c.id != (context.record_id or ""),
        )
    )
    for (code,) in context.rows(elsewhere):
        yield Problem("person_id", f"此人已由 {code} 联系，一名党员只由一个中心户联系")
    yield from _same_community(person, values, context)


def _same_community(person: str, values: Values, context: Context) -> Iterator[Problem]:
    people = table("person", named("id"), named("community_id"))
    mine = _HOUSEHOLD.c
    both = (
        select(people.c.community_id, mine.community_id)
        .join_from(people, _HOUSEHOLD, true())
        .where(people.c.id == person, mine.id == values.get("central_household_id"))
    )
    for theirs, ours in context.rows(both):
        if theirs and ours and theirs != ours:
            yield Problem("person_id", "此人属于另一个社区，请核对", warning=True)


_LINK = ("id", "central_household_id", "person_id", "valid_to", "binned_at")
_HOUSEHOLD = table(
    "central_household",
    *map(named, ("id", "code", "host_id", "state", "plaque_no", "community_id", "binned_at")),
)
