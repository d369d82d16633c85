"""党员中心户登记表: one form per household, with its linked members, households and reviews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from lanling_desktop.core import bulk
from lanling_desktop.core.field import Field
from lanling_desktop.core.listing import in_force
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Values, View
from lanling_desktop.core.records import fields_of, table_of
from lanling_desktop.core.values import display, publish
from lanling_desktop.organisation.records import (
    CentralHousehold,
    CentralHouseholdReview,
    LinkedHousehold,
    LinkedMember,
    PartyMember,
)
from lanling_desktop.people.papers import is_masked
from lanling_desktop.people.records import Household, Person
from lanling_desktop.printing.paper import Job

if TYPE_CHECKING:
    from lanling_desktop.printing.form import Block, Cell, Form

_WHO, _HOME = fields_of(Person), fields_of(Household)
_CENTRAL, _MEMBER = fields_of(CentralHousehold), fields_of(PartyMember)
_REVIEW = fields_of(CentralHouseholdReview)
_FILLED_BY = ("填表人", "审核人", "负责人")
_BLANK = 2  # empty rows for what is added by hand


def central_forms(office: Office, job: Job, view: View) -> list[Form]:
    """A form for each central household of a view, in its order, as of its day."""
    ids = [row[0] for row in office.rows(office.listing(view).ids())]
    central = bulk.read_many(office, "central_household", ids, shown=True)
    around = _Around(office, job, ids)
    return [_form(job, key, central[key], around) for key in ids if key in central]


class _Around:
    """What hangs on the central households of one job, read for all of them at once."""

    def __init__(self, office: Office, job: Job, ids: Sequence[str]) -> None:
        self._office, self._job = office, job
        self.masked = is_masked(job)
        self.hosts = self._by(ids, self._hosts)
        self.members = self._by(ids, self._members)
        self.homes = self._by(ids, self._homes)
        self.reviews = self._by(ids, self._reviews)

    def text(self, said: Field, value: Any) -> str:
        """A value as this edition writes it."""
        shown = display(said, value)
        return publish(said, shown) if self.masked else shown

    def _by(self, ids: Sequence[str], statement: Any) -> Mapping[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for some in bulk.chunks(ids):
            for row in self._office.rows(statement(some)):
                found.setdefault(row[0], []).append(tuple(row)[1:])
        return found

    def _hosts(self, ids: Sequence[str]) -> Any:
        here, who, member = table_of(CentralHousehold), table_of(Person), table_of(PartyMember)
        names = ("name", "sex", "ethnicity", "birth", "education", "identity_number", "phone")
        return (
            select(here.c.id, *(who.c[n] for n in names), member.c.joined_on, member.c.confirmed_on)
            .join_from(here, who, who.c.id == here.c.host_id)
            .outerjoin(member, member.c.person_id == who.c.id)
            .where(here.c.id.in_(ids))
        )

    def _members(self, ids: Sequence[str]) -> Any:
        link, who, member = table_of(LinkedMember), table_of(Person), table_of(PartyMember)
        return (
            select(
                link.c.central_household_id,
                who.c.name,
                who.c.sex,
                member.c.kind,
                who.c.phone,
                link.c.valid_from,
            )
            .join_from(link, who, who.c.id == link.c.person_id)
            .outerjoin(member, member.c.person_id == who.c.id)
            .where(
                link.c.central_household_id.in_(ids),
                link.c.binned_at.is_(None),
                in_force(link, self._job.day),
            )
            .order_by(who.c.name_key, who.c.id)
        )

    def _homes(self, ids: Sequence[str]) -> Any:
        link, home, who = table_of(LinkedHousehold), table_of(Household), table_of(Person)
        return (
            select(link.c.central_household_id, home.c.address, who.c.name, who.c.phone)
            .join_from(link, home, home.c.id == link.c.household_id)
            .outerjoin(who, who.c.id == home.c.head_id)
            .where(
                link.c.central_household_id.in_(ids),
                link.c.binned_at.is_(None),
                in_force(link, self._job.day),
            )
            .order_by(home.c.address_key, home.c.id)
        )

    def _reviews(self, ids: Sequence[str]) -> Any:
        here = table_of(CentralHouseholdReview).c
        return (
            select(here.central_household_id, here.year, here.reviewed_on, here.result, here.note)
            .where(
                here.central_household_id.in_(ids),
                here.binned_at.is_(None),
                here.reviewed_on <= self._job.day,
            )
            .order_by(here.year)
        )


def _form(job: Job, key: str, values: Values, around: _Around) -> Form:
    from lanling_desktop.printing.form import Form, Opinion

    blocks: list[Block] = [
        *_heads(values, around, next(iter(around.hosts.get(key, [])), None)),
        *_tables(key, around),
        Opinion("党支部意见", around.text(_CENTRAL["approval_note"], values["approval_note"])),
        Opinion("社区党委意见"),
    ]
    return Form(
        title="党员中心户登记表",
        unit=job.unit,
        blocks=blocks,
        made_on=job.made_on,
        number=str(values["code"] or ""),
        signatures=_FILLED_BY,
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        demo=job.demo,
    )


def _heads(values: Values, around: _Around, host: Sequence[Any] | None) -> list[Block]:
    from lanling_desktop.printing.form import Grid, label, value

    name, sex, ethnicity, birth, education, number, phone, joined, confirmed = host or [None] * 9

    def row(*pairs: tuple[Field, Any]) -> list[Cell]:
        cells: list[Cell] = []
        for said, each in pairs:
            cells += [label(said.label), value(around.text(said, each), 1 / len(pairs) - 0.15)]
        return cells

    def own(*keys: str) -> list[Cell]:
        return row(*((_CENTRAL[key], values[key]) for key in keys))

    address = [
        label(_CENTRAL["household_id"].label),
        value(around.text(_HOME["address"], values["household_id"]), 0.85, align="left"),
    ]
    person = [
        row((_WHO["name"], name), (_WHO["sex"], sex), (_WHO["ethnicity"], ethnicity)),
        row((_WHO["birth"], birth), (_WHO["education"], education)),
        row((_WHO["identity_number"], number), (_WHO["phone"], phone)),
        row((_MEMBER["joined_on"], joined), (_MEMBER["confirmed_on"], confirmed)),
        address,
    ]
    place = [
        own("branch_id", "group_id"),
        own("state", "responsible_id"),
        own("designated_on", "plaque_on"),
        own("plaque_no", "equipment"),
        own("venue_area", "seats"),
        own("specialties"),
    ]
    return [Grid(person, side="户主情况"), Grid(place, side="中心户情况")]


def _tables(key: str, around: _Around) -> list[Block]:
    from lanling_desktop.printing.form import Table

    text = around.text
    members = [
        (
            str(number),
            name or "",
            sex or "",
            kind or "",
            text(_WHO["phone"], phone),
            text(Field("起始日期"), since and since.isoformat()),
        )
        for number, (name, sex, kind, phone, since) in enumerate(around.members.get(key, []), 1)
    ]
    homes = [
        (str(number), text(_HOME["address"], address), head or "", text(_WHO["phone"], phone))
        for number, (address, head, phone) in enumerate(around.homes.get(key, []), 1)
    ]
    reviews = [
        (str(year), text(_REVIEW["reviewed_on"], on), result or "", note or "")
        for year, on, result, note in around.reviews.get(key, [])
    ]
    heads = [
        ("序号", 0.08), ("姓名", 0.16), ("性别", 0.1),
        ("人员类别", 0.2), ("联系电话", 0.24), ("起始日期", 0.22),
    ]  # fmt: skip
    return [
        Table(heads, members, side="联系党员", blank=_BLANK),
        Table(
            [("序号", 0.08), ("家庭住址", 0.5), ("户主", 0.17), ("联系电话", 0.25)],
            homes,
            side="联系户",
            blank=_BLANK,
        ),
        Table(
            [("年度", 0.12), ("复核日期", 0.22), ("复核结果", 0.18), ("复核意见", 0.48)],
            reviews,
            side="年度复核",
            blank=1,
        ),
    ]
