"""The places and party organisations of the demo: 16 communities that became 21, 89 compounds.

Names are composed, not the county's own; the two streets are real. No division code is invented:
the office types its own (domain.md 6.6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from lanling_desktop.demo.names import People
from lanling_desktop.demo.rows import Rows
from lanling_desktop.organisation.records import PartyOrganisation
from lanling_desktop.places.records import Community, CommunityPredecessor, Compound

CHANGED_ON = date(2020, 6, 18)
"""When the demo's 16 communities became 21. The article does not say: an invented day."""

FORMER, COMMUNITIES, BRANCHES, COMPOUNDS = 16, 21, 50, 89
"""The article's counts."""

_NAMES = (
    "向阳", "和平", "文峰", "东苑", "西苑", "南园", "北苑", "新兴", "育才", "泰和", "金岭",
    "龙泉", "会宝", "银河", "长安", "康宁", "锦绣", "惠民", "春晖", "福临", "滨河",
)  # fmt: skip
_STREETS = ("卞庄街道", "苍山街道")
_FIRST = (
    "兰陵", "锦绣", "和谐", "阳光", "翰林", "金色", "碧水", "东方", "江山",
    "盛世", "御景", "丽景", "春天", "祥和", "瑞丰", "鑫源", "书香", "天和",
)  # fmt: skip
_LAST = ["花园", "家园", "苑", "新城", "华庭"]
_COMPANIES = ["兴安物业", "惠居物业", "安顺物业", "和泰物业", "绿源物业", "万家物业"]
_ORDINAL = "一二三四五六七八九十"


@dataclass
class Branch:
    """A grid branch with the members it gathers."""

    id: str
    name: str
    members: list[Member] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Member:
    """What is remembered of a party member until the households are linked."""

    person_id: str
    household_id: str
    organisation_id: str
    full: bool


@dataclass
class Estate:
    """A compound, and the branch it belongs to."""

    id: str
    name: str
    branch: Branch


@dataclass
class Place:
    """A community as the demo builds it."""

    id: str
    name: str
    committee_id: str
    branches: list[Branch]
    estates: list[Estate]


def shares(total: int, parts: int) -> list[int]:
    """A total cut into nearly equal parts, the larger ones first."""
    return [total // parts + (n < total % parts) for n in range(parts)]


def found(rows: Rows, people: People, random: Random) -> list[Place]:
    """Communities with their predecessors, committees, branches and compounds."""
    ids = _communities(rows, people)
    names = _compound_names(random)
    per_branch, per_compound = shares(BRANCHES, COMMUNITIES), shares(COMPOUNDS, COMMUNITIES)
    return [
        _place(rows, random, (each, f"{_NAMES[n]}社区"), per_branch[n], names, per_compound[n])
        for n, each in enumerate(ids)
    ]


def _communities(rows: Rows, people: People) -> list[str]:
    former = [
        rows.add(
            Community,
            name=f"{name}社区（调整前）",
            street=_STREETS[n % 2],
            valid_to=CHANGED_ON,
            end_reason="社区布局调整",
        )
        for n, name in enumerate(_NAMES[:FORMER])
    ]
    made = []
    for n, name in enumerate(_NAMES):
        made.append(
            rows.add(
                Community,
                name=f"{name}社区",
                street=_STREETS[n % 2],
                office_phone=people.office_phone(n + 1),
                valid_from=CHANGED_ON,
            )
        )
        # The five more were each cut out of two neighbours.
        from_whom = [n] if n < FORMER else [(n - FORMER) * 3, (n - FORMER) * 3 + 1]
        for each in from_whom:
            rows.add(CommunityPredecessor, community_id=made[-1], predecessor_id=former[each])
    return made


def _compound_names(random: Random) -> Iterator[str]:
    names = [f"{first}{last}" for first in _FIRST for last in _LAST]
    random.shuffle(names)
    names.remove("兰陵花园")
    return iter(["兰陵花园", *names])


def _place(
    rows: Rows,
    random: Random,
    community: tuple[str, str],
    branches: int,
    names: Iterator[str],
    compounds: int,
) -> Place:
    community_id, name = community
    since = CHANGED_ON + timedelta(days=random.randrange(10, 60))
    shared = {"community_id": community_id, "founded_on": since, "valid_from": since}
    election = {"elected_on": since, "term_years": 5}
    committee = rows.add(
        PartyOrganisation, name=f"{name}大党委", kind="社区大党委", **shared, **election
    )
    # Branch rows are written when their members are known, for they name their secretary.
    made = [Branch(rows.new_id(), f"{name}第{_ORDINAL[n]}网格党支部") for n in range(branches)]
    estates = []
    for n in range(compounds):
        called = next(names)
        estate = rows.add(
            Compound,
            name=called,
            community_id=community_id,
            address=f"{_STREETS[n % 2]}{name}辖区",
            property_company=random.choice(_COMPANIES),
            households=random.randrange(300, 1200, 10),
        )
        estates.append(Estate(estate, called, made[n * branches // compounds]))
    return Place(community_id, name, committee, made, estates)


def write_branches(rows: Rows, random: Random, place: Place) -> None:
    """The grid branches of a community, each under the committee, with a secretary of its own."""
    for each in place.branches:
        since = CHANGED_ON + timedelta(days=random.randrange(60, 90))
        full = [member.person_id for member in each.members if member.full]
        rows.add(
            PartyOrganisation,
            id=each.id,
            name=each.name,
            kind="网格党支部",
            parent_id=place.committee_id,
            community_id=place.id,
            secretary_id=full[0] if full else None,
            founded_on=since,
            elected_on=since,
            term_years=3,
            valid_from=since,
        )
