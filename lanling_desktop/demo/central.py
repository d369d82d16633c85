"""The central households of the demo: hosts, links, plaques, reviews and activities."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from lanling_desktop.demo.county import CHANGED_ON, Branch, Member, Place, shares
from lanling_desktop.demo.rows import Rows
from lanling_desktop.organisation.records import (
    CentralHousehold,
    CentralHouseholdActivity,
    CentralHouseholdReview,
    LinkedHousehold,
    LinkedMember,
)

COUNT = 266
"""In force, as in the county whose figures are published (domain.md 5.1); 兰陵's are not known."""

_LINKS = (5, 5, 6, 6, 6, 7, 7, 8, 9, 10)
_EQUIPMENT = ("电视", "报刊", "宣传栏", "意见箱")
_SPECIALTIES = ("矛盾调解", "政策宣讲", "帮办代办", "文艺活动", "医疗咨询", "法律咨询", "助老服务")
_ACTIVITIES = (
    ("学习", "组织联系党员集中学习党的创新理论和上级文件精神"),
    ("议事", "召集邻居商议楼道杂物清理和非机动车停放"),
    ("走访", "走访楼内独居老人，了解生活需要并帮助代买药品"),
    ("调解", "调解上下楼漏水引起的邻里纠纷，双方达成一致"),
    ("志愿", "组织党员和居民清扫小区环境、维护楼前秩序"),
)
_ISSUES = ("楼道感应灯不亮", "北门夜间车辆乱停", "雨水管堵塞返水", "健身器材松动", "垃圾清运不及时")


@dataclass
class Making:
    """What the central households of all communities are made with."""

    rows: Rows
    random: Random
    today: date
    made: int = 0
    places: int = 0
    plaques: dict[str, int] = field(default_factory=dict)


def designate(making: Making, place: Place, wanted: int) -> None:
    """The central households of a community, near their linked members, and some not in force."""
    total = sum(len(branch.members) for branch in place.branches) or 1
    done = 0
    for number, branch in enumerate(place.branches, 1):
        last = number == len(place.branches)
        here = wanted - done if last else round(wanted * len(branch.members) / total)
        done += here
        _in_branch(making, place, branch, here)
    _besides(making, place)


def _besides(making: Making, place: Place) -> None:
    """Now and then one that is still a candidate, and one that was taken down."""
    making.places += 1
    branch = place.branches[-1]
    full = [each for each in branch.members if each.full][-2:]
    if len(full) < 2:
        return
    shared = {"branch_id": branch.id, "community_id": place.id}
    if making.places % 3 == 1:
        state = ("推荐", "考察", "公示")[making.places // 3 % 3]
        _candidate(making, full[1], state=state, **shared)
    if making.places % 4 == 2:
        first = CHANGED_ON + timedelta(days=100)
        ended = min(making.today, first + timedelta(days=making.random.randint(200, 1500)))
        over = {"ended_on": ended, "end_reason": "户主搬家"}
        _candidate(making, full[0], state="已摘牌", designated_on=first, **shared, **over)


def _candidate(making: Making, host: Member, **values: Any) -> None:
    making.made += 1
    making.rows.add(
        CentralHousehold,
        code=f"ZXH-{making.made:03d}",
        host_id=host.person_id,
        household_id=host.household_id,
        **values,
    )


def _in_branch(making: Making, place: Place, branch: Branch, wanted: int) -> None:
    start = 0
    for size in shares(len(branch.members), wanted) if wanted else ():
        near = branch.members[start : start + size]
        start += size
        host = next((each for each in near if each.full), None)
        if host is not None:
            _household(making, place, branch, host, [m for m in near if m is not host])


def _household(
    making: Making, place: Place, branch: Branch, host: Member, near: list[Member]
) -> None:
    random = making.random
    making.made += 1
    number = making.made
    designated = CHANGED_ON + timedelta(days=random.randint(95, 140))
    hung = designated + timedelta(days=random.randint(5, 25)) if number % 23 else None
    values: dict[str, Any] = {"state": "挂牌" if hung else "确定", "plaque_on": hung}
    if hung:
        making.plaques[place.id] = making.plaques.get(place.id, 0) + 1
        values["plaque_no"] = f"{hung.year}-{making.plaques[place.id]:03d}"
    made = making.rows.add(
        CentralHousehold,
        code=f"ZXH-{number:03d}",
        host_id=host.person_id,
        branch_id=branch.id,
        group_id=host.organisation_id or None,
        household_id=host.household_id,
        designated_on=designated,
        approval_note="经党员推荐、支部委员会研究，同意确定为党员中心户。",
        responsible_id=host.person_id,
        venue_area=random.choice((18, 20, 24, 28, 30)),
        seats=random.choice((8, 10, 12, 16)),
        equipment="、".join(_EQUIPMENT[: random.randint(2, 4)]),
        specialties="、".join(random.sample(_SPECIALTIES, 2)),
        community_id=place.id,
        **values,
    )
    few = number % 13 == 0
    linked = near[: 3 if few else random.choice(_LINKS)]
    _link(making, place, made, designated, linked, host)
    _review(making, place, made)
    _hold(making, place, made)


def _link(
    making: Making,
    place: Place,
    central_id: str,
    since: date,
    linked: list[Member],
    host: Member,
) -> None:
    shared = {"central_household_id": central_id, "community_id": place.id, "valid_from": since}
    for each in linked:
        making.rows.add(LinkedMember, person_id=each.person_id, **shared)
    homes = dict.fromkeys(m.household_id for m in linked if m.household_id != host.household_id)
    for home in homes:
        making.rows.add(LinkedHousehold, household_id=home, **shared)


def _review(making: Making, place: Place, central_id: str) -> None:
    """One review a year since 2021; of this year, some are still due."""
    random, today = making.random, making.today
    for year in range(2021, today.year + 1):
        day = date(year, 10, 10) + timedelta(days=random.randrange(60))
        if day > today or (year == today.year and random.random() < 0.25):
            continue
        good = random.random() < 0.95
        making.rows.add(
            CentralHouseholdReview,
            central_household_id=central_id,
            year=year,
            reviewed_on=day,
            result="合格" if good else "限期整改",
            note="作用发挥较好，同意继续保留。" if good else "活动次数偏少，限两个月内整改。",
            community_id=place.id,
        )


def _hold(making: Making, place: Place, central_id: str) -> None:
    random, today = making.random, making.today
    first = max(CHANGED_ON + timedelta(days=120), today - timedelta(days=365))
    if first > today:
        return
    for _ in range(random.choice((0, 1, 2, 3, 3, 4, 6))):
        kind, summary = random.choice(_ACTIVITIES)
        making.rows.add(
            CentralHouseholdActivity,
            central_household_id=central_id,
            held_on=first + timedelta(days=random.randint(0, (today - first).days)),
            kind=kind,
            people=random.randint(4, 18),
            summary=summary,
            issues=random.choice(_ISSUES) if random.random() < 0.3 else None,
            community_id=place.id,
        )
