"""Buildings, households and who lives in them, party members among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from lanling_desktop.demo.county import CHANGED_ON, Estate, Member, Place
from lanling_desktop.demo.names import People
from lanling_desktop.demo.rows import Rows
from lanling_desktop.organisation.records import BranchMembership, PartyMember, PartyOrganisation
from lanling_desktop.people import rules
from lanling_desktop.people.records import Household, HouseholdMember, Person
from lanling_desktop.places.records import Building
from lanling_desktop.standards import pinyin

_UNITS, _FLOORS, _DOORS = 3, 6, 2
_FLATS = _UNITS * _FLOORS * _DOORS
_PER_BUILDING = 22  # households entered of a building's 36 flats
_LEAST_FOR_GROUP = 5
_FAMILIES = (1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5)
_EDUCATION = {
    1900: ("小学毕业", "小学毕业", "初中毕业", "普通高中毕业"),
    1955: ("初中毕业", "初中毕业", "普通高中毕业", "中等专科毕业"),
    1975: ("初中毕业", "普通高中毕业", "中等专科毕业", "大学专科毕业", "大学本科毕业"),
    1988: ("大学专科毕业", "大学本科毕业", "大学本科毕业", "普通高中毕业", "硕士研究生毕业"),
}
_DEGREE = {"大学本科毕业": "学士", "硕士研究生毕业": "硕士"}
_EMPLOYERS = [
    "县实验小学",
    "县人民医院",
    "兰陵某食品公司",
    "个体经营",
    "退休",
    "务农",
    "县供电公司",
    "某建筑公司",
]
_AWAY = ("江苏省苏州市", "上海市", "浙江省宁波市", "山东省青岛市", "北京市")


@dataclass
class Settings:
    """What a demo is built with; `debt` spreads the members over the persons evenly."""

    rows: Rows
    people: People
    random: Random
    today: date
    members_per_person: float
    debt: float = 0.0
    made: int = 0
    again: frozenset[int] = frozenset()  # which persons are entered twice
    lived: int = 0
    last_home: str = ""


@dataclass(frozen=True, slots=True)
class _Resident:
    """A person as made: when joined and whether fully, if a party member; when gone, if gone."""

    id: str
    joined: date | None = None
    full: bool = False
    gone: date | None = None


def settle(said: Settings, place: Place, estate: Estate, persons: int) -> Iterator[None]:
    """Fill a compound with that many persons; pauses after each building."""
    buildings = max(4, round(persons / 2.6 / _PER_BUILDING))
    left = persons
    for number in range(1, buildings + 1):
        wanted = left // (buildings - number + 1)
        left -= wanted
        _building(said, place, estate, number, wanted)
        yield


def _building(said: Settings, place: Place, estate: Estate, number: int, persons: int) -> None:
    said.rows.add(
        Building,
        compound_id=estate.id,
        name=f"{number}号楼",
        units=_UNITS,
        floors=_FLOORS,
        community_id=place.id,
    )
    group_id, members = said.rows.new_id(), []
    flats = sorted(said.random.sample(range(_FLATS), _FLATS), reverse=True)
    with_group = number % 3 == 1
    while persons > 0 and flats:
        size = min(persons, said.random.choice(_FAMILIES))
        persons -= size
        home = _household(said, place, estate, number, flats.pop())
        members += _family(said, place, home, size)
    if flats and said.random.random() < 0.2:
        _household(said, place, estate, number, flats.pop(), residence="空置")
    grouped = with_group and len(members) >= _LEAST_FOR_GROUP
    if grouped:
        _group(said, place, estate, (group_id, number), members)
    for person_id, home_id, joined, full in members:
        said.rows.add(
            BranchMembership,
            person_id=person_id,
            organisation_id=group_id if grouped else estate.branch.id,
            community_id=place.id,
            valid_from=max(joined, CHANGED_ON + timedelta(days=90)),
        )
        organisation = group_id if grouped else ""
        estate.branch.members.append(Member(person_id, home_id, organisation, full))


def _group(
    said: Settings,
    place: Place,
    estate: Estate,
    named: tuple[str, int],
    members: list[tuple[str, str, date, bool]],
) -> None:
    group_id, number = named
    since = CHANGED_ON + timedelta(days=90)
    full = [person_id for person_id, _, _, is_full in members if is_full]
    said.rows.add(
        PartyOrganisation,
        id=group_id,
        name=f"{estate.name}{number}号楼党小组",
        kind="楼宇党小组",
        parent_id=estate.branch.id,
        community_id=place.id,
        secretary_id=full[0] if full else None,
        buildings=f"{number}号楼",
        founded_on=since,
        valid_from=since,
    )


def _household(
    said: Settings, place: Place, estate: Estate, number: int, flat: int, residence: str = ""
) -> dict[str, Any]:
    """A household's row, before its head is known."""
    unit, door = flat // (_FLOORS * _DOORS) + 1, flat % (_FLOORS * _DOORS)
    room = f"{door // _DOORS + 1}0{door % _DOORS + 1}"
    address = rules.compose_address(estate.name, str(number), str(unit), room)
    row = {
        "id": said.rows.new_id(),
        "compound_id": estate.id,
        "building": str(number),
        "unit": str(unit),
        "room": room,
        "address": address,
        "address_key": rules.address_key(address),
        "residence": residence or said.random.choice(("常住",) * 12 + ("人户分离", "出租")),
        "community_id": place.id,
    }
    if residence:
        said.rows.add(Household, **row)
    return row


def _family(
    said: Settings, place: Place, home: dict[str, Any], size: int
) -> list[tuple[str, str, date, bool]]:
    """The persons of a household; its party members as person, household, joined, full."""
    random, people = said.random, said.people
    age = int(random.triangular(24, 86, 48))
    head_sex = "男" if random.random() < 0.82 else "女"
    surname, other = people.surname(), people.surname()
    father = surname if head_sex == "男" else other
    cast = [("户主", head_sex, surname, age)]
    if size > 1:
        partner = "女" if head_sex == "男" else "男"
        cast.append(("配偶", partner, other, age + random.randint(-4, 3)))
    children = min(size - 2, 1 if age < 40 or random.random() < 0.4 else 2)
    for _ in range(max(0, children)):
        sex = random.choice("男女")
        relation = "子" if sex == "男" else "女"
        cast.append((relation, sex, father, max(0, age - random.randint(23, 33))))
    for relation, sex in (("父亲", "男"), ("母亲", "女"))[: max(0, size - len(cast))]:
        named = surname if sex == "男" else people.surname()
        cast.append((relation, sex, named, age + random.randint(22, 28)))
    since = _day(random, date(2006, 1, 1), date(2020, 5, 31))
    found = []
    for relation, sex, family, years in cast[:size]:
        made = _person(said, place, (family, sex, min(years, 99)), head=relation == "户主")
        if relation == "户主":
            said.rows.add(Household, **home, head_id=made.id)
        _live(said, place, (made.id, home["id"], relation), since, made.gone)
        if made.joined:
            found.append((made.id, home["id"], made.joined, made.full))
    said.last_home = home["id"]
    return found


def _person(said: Settings, place: Place, who: tuple[str, str, int], *, head: bool) -> _Resident:
    random, people = said.random, said.people
    surname, sex, age = who
    birth = _born(said, age)
    name = surname + people.given(sex, birth.year)
    said.debt += said.members_per_person
    joined, full = None, False
    if age >= 21 and said.debt >= 1 and random.random() < 0.85:
        said.debt -= 1
        joined, full = _join(said, birth)
    schooled = next(years for years in (1988, 1975, 1955, 1900) if birth.year >= years)
    education = random.choice(_EDUCATION[schooled]) if age >= 18 else None
    state = random.choices(("常住", "人户分离", "流动"), (92, 5, 3))[0]
    gone = None
    if joined is None and not head and random.random() < 0.02:
        state = "死亡" if age > 75 else "迁出"
        gone = _day(random, CHANGED_ON, said.today)
    phone = people.mobile() if age >= 14 and random.random() < 0.93 else None
    person_id = said.rows.add(
        Person,
        name=name,
        name_key=pinyin.sort_key(name),
        identity_number=people.number(birth, sex) if random.random() < 0.985 else None,
        sex=sex,
        birth=birth,
        ethnicity="回族" if random.random() < 0.02 else "汉族",
        education=education,
        degree=_DEGREE.get(education or ""),
        political_status=_status(joined, full, age),
        phone=phone,
        native_place="山东兰陵",
        employer=random.choice(_EMPLOYERS) if 20 <= age < 75 and random.random() < 0.5 else None,
        state=state,
        state_on=gone,
        community_id=place.id,
    )
    said.made += 1
    if said.made in said.again:
        same = {"name": name, "name_key": pinyin.sort_key(name), "sex": sex, "birth": birth}
        said.rows.add(Person, **same, phone=phone, state="常住", community_id=place.id)
    if joined:
        _register_member(said, place, person_id, joined, full=full)
    return _Resident(person_id, joined, full, gone)


def _born(said: Settings, age: int) -> date:
    first = date(said.today.year - age - 1, 1, 1)
    return min(first + timedelta(days=said.random.randrange(365)), said.today - timedelta(days=30))


def _status(joined: date | None, full: bool, age: int) -> str:
    if joined:
        return "中共党员" if full else "中共预备党员"
    return "共青团员" if 14 <= age <= 22 else "群众"


def _join(said: Settings, birth: date) -> tuple[date, bool]:
    """When a member joined, and whether as a full member by now."""
    random, today = said.random, said.today
    first = max(date(birth.year + 19, 1, 1), date(1949, 10, 1))
    last = max(first + timedelta(days=200), today - timedelta(days=30))
    if random.random() < 0.05:
        return _day(random, today - timedelta(days=330), today - timedelta(days=20)), False
    joined = min(first + timedelta(days=int(random.expovariate(1 / 3000))), last)
    return joined, joined < today - timedelta(days=366)


def _register_member(
    said: Settings, place: Place, person_id: str, joined: date, *, full: bool
) -> None:
    random = said.random
    values: dict[str, Any] = {"lost": False, "floating": False}
    if random.random() < 0.04:
        values |= {"floating": True, "floating_to": random.choice(_AWAY)}
    elif random.random() < 0.01:
        values |= {"lost": True, "lost_on": _day(random, date(2019, 1, 1), date(2020, 6, 30))}
    said.rows.add(
        PartyMember,
        person_id=person_id,
        kind="正式党员" if full else "预备党员",
        joined_on=joined,
        confirmed_on=_a_year_after(joined) if full else None,
        standing="正常",
        community_id=place.id,
        **values,
    )


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _live(
    said: Settings, place: Place, link: tuple[str, str, str], since: date, until: date | None
) -> None:
    """A person lives in a household; one in fifty lived in another before."""
    person_id, home_id, relation = link
    shared = {"person_id": person_id, "community_id": place.id}
    said.lived += 1
    if said.lived % 50 == 0 and said.last_home:
        before = since - timedelta(days=1500)
        former = {"household_id": said.last_home, "valid_from": before, "valid_to": since}
        said.rows.add(HouseholdMember, relation="其他", end_reason="迁居", **former, **shared)
    said.rows.add(
        HouseholdMember,
        household_id=home_id,
        relation=relation,
        valid_from=since,
        valid_to=until,
        end_reason="迁出或死亡" if until else None,
        **shared,
    )


def _day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))
