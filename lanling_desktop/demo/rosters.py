"""Grids, staff and the outer ring of the demo, in the article's numbers; everybody lives in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from lanling_desktop.demo.county import CHANGED_ON, Branch, Place, shares
from lanling_desktop.demo.names import People
from lanling_desktop.demo.rows import Rows
from lanling_desktop.grids import rules as grid_rules
from lanling_desktop.grids.records import Grid, GridArea, GridWorker
from lanling_desktop.outreach import rules as ring
from lanling_desktop.outreach.records import (
    MerchantCheck,
    PartTimeMember,
    PartyMerchant,
    RedStation,
    ResidentUnit,
    SocialOrganisation,
)
from lanling_desktop.staff import rules as staff
from lanling_desktop.staff.records import (
    Assessment,
    Certificate,
    CommunityWorker,
    Education,
    PostHolding,
    RedSecretary,
)
from lanling_desktop.standards import uscc

GRID_WORKERS, PART_TIME, WORKERS, RED_SECRETARIES, SECRETARIES = 192, 86, 32, 32, 8
STATIONS, MERCHANTS, ORGANISATIONS = 8, 106, 4
"""The article's counts."""

_UNITS = (
    ("县财政局", "机关"), ("县人民医院", "医院"), ("第一小学", "学校"), ("农商银行", "国企"),
    ("供电公司", "国企"), ("实验中学", "学校"), ("兴安物业", "物业"), ("邮政分公司", "国企"),
    ("中心幼儿园", "学校"), ("惠居物业", "物业"), ("税务分局", "机关"), ("文化馆", "事业"),
)  # fmt: skip
_SHOPS = (
    ("便民超市", "零售"), ("早餐店", "餐饮"), ("理发店", "居民服务"), ("五金店", "零售"),
    ("药店", "医药零售"), ("水果店", "零售"), ("家电维修部", "居民服务"), ("裁缝铺", "居民服务"),
)  # fmt: skip
_SOCIETIES = ("爱心志愿协会", "义工联盟", "夕阳红艺术团", "邻里互助会")
_OFFICES = ("县委组织部", "县人社局", "县住建局", "县民政局", "县教体局", "县卫健局")
_PROMISE = "明码标价、诚信经营、热情服务、亮明党员身份"


def write(rows: Rows, random: Random, people: People, places: Sequence[Place], today: date) -> None:
    """Rows of every register of this room."""
    living = _residents(places, random)
    _grids(rows, random, places, living, today)
    _staff(rows, random, places, living, today)
    _part_time(rows, random, people, places, living, today)
    _ring(rows, random, people, places, living, today)


def _residents(places: Sequence[Place], random: Random) -> Iterator[tuple[Place, Branch, str]]:
    """Full members, each once, the communities in turn; from the start again when all were."""
    queues = []
    for place in places:
        mine = [
            (place, branch, member.person_id)
            for branch in place.branches
            for member in branch.members
            if member.full
        ]
        random.shuffle(mine)
        queues.append(mine)
    longest = max(map(len, queues), default=0)
    found = [queue[n] for n in range(longest) for queue in queues if n < len(queue)]
    while found:
        yield from found


def _grids(
    rows: Rows,
    random: Random,
    places: Sequence[Place],
    living: Iterator[tuple[Place, Branch, str]],
    today: date,
) -> None:
    branches = [(place, branch) for place in places for branch in place.branches]
    sizes = shares(GRID_WORKERS, len(branches))
    for number, (place, branch) in enumerate(branches):
        since = min(CHANGED_ON + timedelta(days=random.randrange(90, 150)), today)
        grid = rows.add(
            Grid,
            name=branch.name.removesuffix("党支部"),
            kind=grid_rules.KINDS[0],
            branch_id=branch.id,
            community_id=place.id,
            adjusted_on=CHANGED_ON,
            valid_from=since,
        )
        for estate in place.estates:
            if estate.branch is branch:
                rows.add(GridArea, grid_id=grid, compound_id=estate.id, valid_from=since)
        roles = (grid_rules.CHIEF, grid_rules.FULL_TIME, grid_rules.PART_TIME, grid_rules.ADVISER)
        for place_in in range(sizes[number]):
            _, _, person = next(living)
            rows.add(
                GridWorker,
                person_id=person,
                grid_id=grid,
                role=roles[min(place_in, 3)],
                functions="、".join(random.sample(("综治", "计生", "创卫"), random.choice((2, 3)))),
                source=random.choice(grid_rules.SOURCES),
                pay="按月补贴" if place_in else "无",
                status="在岗",
                community_id=place.id,
                valid_from=min(since + timedelta(days=random.randrange(0, 60)), today),
            )


def _staff(
    rows: Rows,
    random: Random,
    places: Sequence[Place],
    living: Iterator[tuple[Place, Branch, str]],
    today: date,
) -> None:
    taken: set[str] = set()
    for number in range(SECRETARIES + WORKERS):
        chief = number < SECRETARIES
        place = places[number % len(places)]
        person = _not_yet(living, taken)
        first = date(random.randrange(2004, 2016), random.choice((3, 7, 9)), 1)
        hired = min(date(2020, 9, 1) + timedelta(days=random.randrange(0, 400)), today)
        worker = rows.add(
            CommunityWorker,
            person_id=person,
            code=f"GZ{number + 1:03d}",
            source="组织选派" if chief else "公开招聘",
            first_job_on=first,
            community_work_on=hired if chief else first + timedelta(days=365 * random.randrange(4)),
            hired_on=hired,
            contract="聘任" if chief else "劳动合同",
            contract_to=None if chief else today + timedelta(days=random.randrange(40, 900)),
            duties="党委全面工作" if chief else random.choice(("党建", "综治", "民政", "物业")),
            status="在职",
            community_id=place.id,
        )
        post = staff.CHIEF if chief else (staff.DEPUTY if number % 4 == 0 else staff.STAFF)
        title = (
            f"{place.name}党委书记"
            if chief
            else ("副主任" if post == staff.DEPUTY else "专职工作者")
        )
        rows.add(
            PostHolding,
            worker_id=worker,
            post=post,
            title=title,
            concurrent=True if chief else None,
            community_id=place.id,
            valid_from=hired,
        )
        _file(rows, random, worker, number, today)
    _sent(rows, places, living, taken, today)


def _sent(
    rows: Rows,
    places: Sequence[Place],
    living: Iterator[tuple[Place, Branch, str]],
    taken: set[str],
    today: date,
) -> None:
    """The cadres whom the county's departments sent."""
    for number in range(RED_SECRETARIES):
        place = places[number % len(places)]
        since = min(date(2020, 10, 12), today)
        rows.add(
            RedSecretary,
            person_id=_not_yet(living, taken),
            unit=_OFFICES[number % len(_OFFICES)],
            rank=("乡科级正职", "乡科级副职", "其他")[number % 3],
            full_time=number % 3 == 0,
            status="在岗",
            community_id=place.id,
            valid_from=since,
        )


def _not_yet(living: Iterator[tuple[Place, Branch, str]], taken: set[str]) -> str:
    """Somebody who has no post of this kind yet."""
    for _, _, person in living:
        if person not in taken:
            taken.add(person)
            return person
    raise ValueError("a demo office has at least one full member")


def _file(rows: Rows, random: Random, worker: str, number: int, today: date) -> None:
    level = "大学本科毕业" if number % 3 else "大学专科毕业"
    rows.add(
        Education,
        worker_id=worker,
        level=level,
        degree="学士" if number % 3 else None,
        school="临沂大学",
        full_time=number % 2 == 0,
        awarded_on=date(random.randrange(2000, 2012), 7, 1),
    )
    if number % 5 < 3:
        rows.add(
            Certificate,
            worker_id=worker,
            kind=staff.CERTIFICATES[number % 5 % 2],
            awarded_on=date(random.randrange(2018, 2023), 9, 1),
        )
    for year in range(2021, today.year):
        result = staff.RESULTS[0] if (number + year) % 5 == 0 else staff.RESULTS[1]
        rows.add(Assessment, worker_id=worker, year=year, result=result)


def _part_time(
    rows: Rows,
    random: Random,
    people: People,
    places: Sequence[Place],
    living: Iterator[tuple[Place, Branch, str]],
    today: date,
) -> None:
    for number in range(PART_TIME):
        place = places[number % len(places)]
        called, kind = _UNITS[number % len(_UNITS)]
        name = f"{place.name.removesuffix('社区')}{called}" if kind in ("学校", "物业") else called
        unit = rows.add(
            ResidentUnit,
            name=f"{name}（{place.name}）",
            uscc=_credit_code(number),
            kind=kind,
            party_organisation=f"{name}党支部",
            members=random.randrange(5, 60),
            contact=people.surname() + people.given("女", 1980),
            phone=people.office_phone(1000 + number),
            community_id=place.id,
        )
        since = min(date(2020, 8, 1), today) if number % 9 else today - timedelta(days=365 * 3 - 60)
        rows.add(
            PartTimeMember,
            person_id=next(living)[2],
            unit_id=unit,
            duty="党支部书记",
            certificate_no=f"JZ-{number + 1:03d}" if number % 17 else None,
            status="在任",
            community_id=place.id,
            valid_from=since,
            valid_to=today + timedelta(days=60) if number % 9 == 0 else None,
        )


def _credit_code(number: int) -> str:
    first17 = f"91371324MADEM{number:04d}".replace("O", "0").replace("I", "1")[:17]
    return first17 + uscc.check_character(first17)


def _ring(
    rows: Rows,
    random: Random,
    people: People,
    places: Sequence[Place],
    living: Iterator[tuple[Place, Branch, str]],
    today: date,
) -> None:
    for number in range(STATIONS):
        place = places[number % len(places)]
        rows.add(
            RedStation,
            name=f"{place.name}红色驿站",
            place=f"{place.estates[0].name}南门",
            lead=f"{place.name}大党委",
            hours="每天 8:00-18:00",
            facilities="、".join(ring.FACILITIES[: 3 + number % 4]),
            keeper=people.surname() + people.given("男", 1975),
            phone=people.office_phone(2000 + number),
            plaque_on=date(2020, 7, 1),
            community_id=place.id,
        )
    for number in range(MERCHANTS):
        place, branch, _ = next(living)
        shop, trade = _SHOPS[number % len(_SHOPS)]
        owner = people.surname() + people.given("男" if number % 2 else "女", 1978)
        merchant = rows.add(
            PartyMerchant,
            name=f"{owner[0]}记{shop}{number + 1:03d}号",
            owner=owner,
            branch_id=branch.id,
            trade=trade,
            address=f"{place.estates[0].name}沿街",
            plaque_no=f"SH-{number + 1:03d}",
            plaque_on=date(2020, 7, 1) + timedelta(days=number),
            commitments=_PROMISE,
            status="整改" if number % 40 == 7 else "挂牌",
            community_id=place.id,
        )
        if number % 3 == 0:
            bad = number % 40 == 7 or number == 3
            rows.add(
                MerchantCheck,
                merchant_id=merchant,
                checked_on=today - timedelta(days=random.randrange(10, 300)),
                result="限期整改" if bad else "合格",
                problem="价签不全" if bad else None,
            )
    _societies(rows, random, people, places)


def _societies(rows: Rows, random: Random, people: People, places: Sequence[Place]) -> None:
    for number in range(ORGANISATIONS):
        name = _SOCIETIES[number]
        rows.add(
            SocialOrganisation,
            name=f"兰陵{name}",
            legal_kind=ring.LEGAL_KINDS[number % 2],
            charge=people.surname() + people.given("女", 1970),
            members=random.randrange(40, 260),
            party_organisation=f"{name}党支部",
            service=("助老扶弱", "环境清扫", "文艺演出", "邻里互助")[number],
            hours=random.randrange(600, 4000),
            community_id=places[number % len(places)].id,
        )
