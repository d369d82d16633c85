"""Papers of the outer ring: the rosters, and the letters of appointment of part-time members."""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from lanling_desktop.core import bulk
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import table_of
from lanling_desktop.outreach.records import MerchantCheck, PartTimeMember
from lanling_desktop.people.papers import month, refuse_empty, view_of
from lanling_desktop.people.records import Person
from lanling_desktop.people.rosters import RosterPaper, Told
from lanling_desktop.places.records import Community
from lanling_desktop.printing.certificate import Certificate, draw_certificates
from lanling_desktop.printing.paper import FULL, Job, Paper, Progress
from lanling_desktop.standards import dates

MEMBERS = RosterPaper(
    "part_time_member_roster",
    "兼职委员名册",
    "part_time_member",
    (
        Told("person.name", width_mm=18),
        Told("person.sex", width_mm=10),
        Told("person.birth", "出生年月", 18, text=month),
        Told("unit_id", width_mm=48),
        Told("duty", width_mm=28),
        Told("community_id", width_mm=26),
        Told("certificate_no", width_mm=22),
        Told("approval_doc", width_mm=28),
        Told("valid_from", "任期起", 22),
        Told("valid_to", "任期止", 22),
        Told("person.phone", width_mm=25),
    ),
    "人",
)

UNITS = RosterPaper(
    "resident_unit_roster",
    "驻区单位名册",
    "resident_unit",
    (
        Told("name", width_mm=46),
        Told("uscc", width_mm=36),
        Told("kind", width_mm=16),
        Told("address", width_mm=40),
        Told("party_organisation", width_mm=40),
        Told("members", width_mm=13, summed=True),
        Told("contact", width_mm=17),
        Told("phone", width_mm=26),
        Told("community_id", width_mm=26),
    ),
    "家",
)

STATIONS = RosterPaper(
    "red_station_roster",
    "红色驿站名册",
    "red_station",
    (
        Told("name", width_mm=40),
        Told("place", width_mm=40),
        Told("lead", width_mm=34),
        Told("hours", width_mm=28),
        Told("facilities", width_mm=40),
        Told("keeper", width_mm=17),
        Told("phone", width_mm=26),
        Told("community_id", width_mm=22),
        Told("plaque_on", width_mm=20),
    ),
    "个",
)

ORGANISATIONS = RosterPaper(
    "social_organisation_roster",
    "社会组织名册",
    "social_organisation",
    (
        Told("name", width_mm=46),
        Told("number", width_mm=34),
        Told("legal_kind", width_mm=26),
        Told("charge", width_mm=18),
        Told("phone", width_mm=26),
        Told("members", width_mm=14, summed=True),
        Told("party_organisation", width_mm=38),
        Told("service", width_mm=30),
        Told("hours", width_mm=16, summed=True),
        Told("community_id", width_mm=19),
    ),
    "个",
)


# 党员商户名册: hung from the day of the plaque to the day it is taken down


def _hung(scope: Scope) -> ColumnElement[bool]:
    main = scope.main.c
    still = or_(
        main.withdrawn_on > scope.day, and_(main.withdrawn_on.is_(None), main.status != "摘牌")
    )
    return and_(main.plaque_on <= scope.day, still)


def _state(scope: Scope) -> ColumnElement[Any]:
    """The state on the day: what is open of the checks made by then; before the plaque, its own."""
    main, check = scope.main.c, table_of(MerchantCheck).c
    mine = and_(check.merchant_id == scope.id, check.binned_at.is_(None))
    unmended = or_(check.rectified_on.is_(None), check.rectified_on > scope.day)
    wrong = and_(mine, check.checked_on <= scope.day, check.result == "限期整改", unmended)
    unproved = and_(main.status == "整改", ~exists().where(mine))
    found: ColumnElement[Any] = case(
        (~func.coalesce(_hung(scope), False), main.status),
        (or_(exists().where(wrong), unproved), "整改"),
        else_="挂牌",
    )
    return found


MERCHANTS = RosterPaper(
    "party_merchant_roster",
    "党员商户名册",
    "party_merchant",
    (
        Told("name", width_mm=40),
        Told("owner", width_mm=17),
        Told("branch_id", width_mm=40),
        Told("trade", width_mm=22),
        Told("address", width_mm=40),
        Told("phone", width_mm=25),
        Told("plaque_no", width_mm=18),
        Told("plaque_on", width_mm=20),
        Told(field=Field("状态"), width_mm=13, how=_state),
        Told("checked_on", width_mm=20),
        Told("community_id", width_mm=22),
    ),
    "户",
    belongs=_hung,
)


# 聘书


def certificates(office: Office, view: View, on: date | None = None) -> list[Certificate]:
    """A letter for each part-time member of a view; dated the first day of the term unless `on`."""
    member, person, community = table_of(PartTimeMember), table_of(Person), table_of(Community)
    ids = [str(row[0]) for row in office.rows(office.listing(view).ids())]
    found: dict[str, Certificate] = {}
    columns = (member.c.valid_from, member.c.valid_to, member.c.certificate_no)
    for some in bulk.chunks(ids):
        rows = office.rows(
            select(member.c.id, person.c.name, community.c.name, *columns)
            .select_from(member)
            .outerjoin(person, person.c.id == member.c.person_id)
            .outerjoin(community, community.c.id == member.c.community_id)
            .where(member.c.id.in_(some))
        )
        for key, name, where, begins, ends, number in rows:
            committee = f"{where or ''}大党委"
            body = f"兹聘请您担任{committee}兼职委员。\n{_term(begins, ends)}。"
            dated = dates.paper(on or begins) if on or begins else "　　　年　　月　　日"
            found[key] = Certificate(name or "", body, committee, dated, number or "")
    return [found[each] for each in ids]


def _term(begins: date | None, ends: date | None) -> str:
    """聘期 in words; what is not known is left to be written by hand."""
    blank = "　　　年　　月　　日"
    start = dates.paper(begins) if begins else blank
    return f"聘期自{start}起至{dates.paper(ends)}止" if ends else f"聘期自{start}起"


def _draw_certificates(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    said = job.request.arguments.get("date", "")
    on = date.fromisoformat(said) if said else None
    made = certificates(office, view_of(job, "part_time_member"), on)
    refuse_empty(made, "聘书")
    draw_certificates(
        made, out, progress, print_no=job.number, check_code=job.check_code, demo=job.demo
    )


PAPERS = (
    MEMBERS.paper,
    Paper(
        "appointment_letters",
        "聘书",
        "part_time_member",
        _draw_certificates,
        editions=(FULL,),
        asks=(("date", Field("落款日期", Kind.DATE, help="不填印任期的第一天")),),
    ),
    UNITS.paper,
    STATIONS.paper,
    MERCHANTS.paper,
    ORGANISATIONS.paper,
)
