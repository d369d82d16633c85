"""Papers of the party tree: rosters of members and central households, forms, plaques."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from sqlalchemy import Select, and_, case, func, select

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import fields_of, table_of
from lanling_desktop.core.register import masking
from lanling_desktop.organisation import rules
from lanling_desktop.organisation.belonging import member_belonged
from lanling_desktop.organisation.records import (
    CentralHousehold,
    PartyMember,
    PartyOrganisation,
)
from lanling_desktop.organisation.tree import in_force_on
from lanling_desktop.people.papers import (
    Rows,
    Shown,
    is_masked,
    month,
    ordered,
    refuse_empty,
    roster_of,
    rows_of,
    view_of,
)
from lanling_desktop.people.records import Household, Person
from lanling_desktop.places.records import Community
from lanling_desktop.printing.paper import Job, Paper, Progress

_HOME, _WHO = fields_of(Household), fields_of(Person)
_CENTRAL, _MEMBER = fields_of(CentralHousehold), fields_of(PartyMember)
_GROUP = Field("党小组", width_mm=24)

# 党员花名册

_MEMBER_KEYS = (
    "person.name",
    "person.sex",
    "person.ethnicity",
    "person.birth",
    "person.education",
    "person.identity_number",
    "kind",
    "branch.organisation_id",
    "joined_on",
    "confirmed_on",
    "person.phone",
    "home.household_id",
)
_BRANCH = _MEMBER_KEYS.index("branch.organisation_id")


def member_columns(office: Office) -> list[Shown]:
    """The columns of 党员花名册, each as its Field says it."""
    known = office.registers["party_member"].all_columns
    return [Shown(masking(known[key].field, office.registers)) for key in _MEMBER_KEYS]


def member_rows(office: Office, view: View, *, masked: bool, of_the_day: bool = False) -> Rows:
    """One row per member of a view; `of_the_day` leaves out who belonged nowhere on its day."""
    day = view.day or office.today
    scope = Scope(office.registers["party_member"], office.registers, day)
    columns = [scope.shown(key) for key in _MEMBER_KEYS]
    organisation = table_of(PartyOrganisation)
    own, above = organisation.alias("own"), organisation.alias("above")
    # A member of a building's group is entered on the roster under the branch it belongs to.
    columns[_BRANCH] = case((own.c.kind == rules.KINDS[-1], above.c.name), else_=own.c.name)
    source = scope.source()
    source = source.outerjoin(own, own.c.id == scope.column("branch.organisation_id"))
    source = source.outerjoin(above, above.c.id == own.c.parent_id)
    statement = select(scope.id, *columns).select_from(source)
    if of_the_day:
        statement = statement.where(member_belonged(scope))
    found = ordered(office, view, statement, scope)
    return rows_of(member_columns(office), [tuple(row)[1:] for row in found], masked=masked)


def _draw_members(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    from lanling_desktop.printing.roster import draw_roster

    view = view_of(job, "party_member")
    # A list of today may show who has left; on another day's paper only who belonged then stands.
    belonging = job.request.view is None or job.day != office.today
    rows = member_rows(office, view, masked=is_masked(job), of_the_day=belonging)
    refuse_empty(rows, "党员花名册")
    draw_roster(roster_of(job, "党员花名册", member_columns(office), rows), out, progress)


# 党员中心户花名册: heads and widths are the form's own (domain.md 9.1)

_CENTRAL_COLUMNS = (
    Shown(_CENTRAL["host_id"], "户主姓名", 18),
    Shown(_WHO["sex"], width_mm=10),
    Shown(_WHO["birth"], "出生年月", 16, month),
    Shown(_MEMBER["joined_on"], "入党时间", 18, month),
    Shown(_GROUP),
    Shown(_HOME["address"], "家庭住址", 42),
    Shown(_WHO["phone"], width_mm=24),
    Shown(Field("联系党员数", Kind.INTEGER, width_mm=18)),
    Shown(Field("联系户数", Kind.INTEGER, width_mm=16)),
    Shown(_CENTRAL["plaque_on"], "挂牌时间", 20),
    Shown(_CENTRAL["responsible_id"], width_mm=20),
    Shown(_CENTRAL["remark"], width_mm=41),
)


@dataclass(frozen=True)
class Joined:
    """A central household with what stands around it, to be selected from."""

    scope: Scope
    host: Any
    member: Any
    home: Any
    group: Any
    branch: Any
    responsible: Any
    community: Any

    @classmethod
    def on(cls, office: Office, view: View) -> Joined:
        """As of the view's day."""
        register = office.registers["central_household"]
        scope = Scope(register, office.registers, view.day or office.today)
        person, organisation = table_of(Person), table_of(PartyOrganisation)
        return cls(
            scope,
            person.alias("its_host"),
            table_of(PartyMember).alias("its_member"),
            table_of(Household).alias("its_home"),
            organisation.alias("its_group"),
            organisation.alias("its_branch"),
            person.alias("its_responsible"),
            table_of(Community).alias("its_community"),
        )

    def select(self, *columns: Any) -> Select[Any]:
        """Those columns of every central household, its id first."""
        main, on = self.scope.main.c, self.member.c
        source = (
            self.scope.source()
            .outerjoin(self.host, self.host.c.id == main.host_id)
            .outerjoin(self.member, and_(on.person_id == main.host_id, on.binned_at.is_(None)))
            .outerjoin(self.home, self.home.c.id == main.household_id)
            .outerjoin(self.group, self.group.c.id == main.group_id)
            .outerjoin(self.branch, self.branch.c.id == main.branch_id)
            .outerjoin(self.responsible, self.responsible.c.id == main.responsible_id)
            .outerjoin(self.community, self.community.c.id == main.community_id)
        )
        return select(self.scope.id, *columns).select_from(source)


def central_view(office: Office, job: Job) -> View:
    """The central households a job is about: those chosen, else all in force on its day."""
    view = view_of(job, "central_household")
    if job.request.record_id or job.request.view is not None:
        return view
    here = table_of(CentralHousehold)
    ids = office.rows(select(here.c.id).where(in_force_on(job.day)))
    return replace(view, ids=tuple(row[0] for row in ids))


def central_rows(office: Office, view: View, *, masked: bool) -> Rows:
    """The rows of 党员中心户花名册 for the central households of a view."""
    around = Joined.on(office, view)
    main, scope = around.scope.main.c, around.scope
    statement = around.select(
        around.host.c.name,
        around.host.c.sex,
        around.host.c.birth,
        around.member.c.joined_on,
        func.coalesce(around.group.c.name, around.branch.c.name),
        around.home.c.address,
        around.host.c.phone,
        scope.column("linked_members"),
        scope.column("linked_households"),
        main.plaque_on,
        around.responsible.c.name,
        main.remark,
    )
    found = ordered(office, view, statement, scope)
    return rows_of(_CENTRAL_COLUMNS, [tuple(row)[1:] for row in found], masked=masked)


def _draw_central(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    from lanling_desktop.printing.roster import draw_roster

    rows = central_rows(office, central_view(office, job), masked=is_masked(job))
    refuse_empty(rows, "党员中心户花名册")
    members, homes = (sum(int(row[place] or 0) for row in rows) for place in (8, 9))
    totals = ["", "合计", *[""] * 6, str(members), str(homes), "", "", f"共 {len(rows)} 户"]
    roster = roster_of(job, "党员中心户花名册", _CENTRAL_COLUMNS, rows, totals=totals)
    draw_roster(roster, out, progress)


# 挂牌: the list and the cards, both for the wall

_PLAQUE_COLUMNS = (
    Shown(_CENTRAL["code"]),
    Shown(_CENTRAL["plaque_no"]),
    Shown(_CENTRAL["host_id"], "户主姓名", 20),
    Shown(Field("所属社区", width_mm=32)),
    Shown(_CENTRAL["branch_id"], width_mm=50),
    Shown(_HOME["address"], "家庭住址", 50),
    Shown(_CENTRAL["plaque_on"]),
    Shown(Field("监督电话", Kind.PHONE, width_mm=28)),
)


def plaque_rows(office: Office, view: View, *, masked: bool) -> Rows:
    """The rows of 挂牌名单. The telephone is the community office's, never the host's."""
    around = Joined.on(office, view)
    main = around.scope.main.c
    statement = around.select(
        main.code,
        main.plaque_no,
        around.host.c.name,
        around.community.c.name,
        around.branch.c.name,
        around.home.c.address,
        main.plaque_on,
        around.community.c.office_phone,
    )
    found = ordered(office, view, statement, around.scope)
    return rows_of(_PLAQUE_COLUMNS, [tuple(row)[1:] for row in found], masked=masked)


def _draw_plaque_list(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    from lanling_desktop.printing.roster import draw_roster

    rows = plaque_rows(office, central_view(office, job), masked=is_masked(job))
    refuse_empty(rows, "挂牌名单")
    draw_roster(roster_of(job, "党员中心户挂牌名单", _PLAQUE_COLUMNS, rows), out, progress)


def plaque_cards(office: Office, view: View) -> list[dict[str, str]]:
    """What each card says: no identity number, and only an office telephone."""
    around = Joined.on(office, view)
    main = around.scope.main.c
    statement = around.select(
        func.coalesce(around.community.c.name, ""),
        func.coalesce(around.host.c.name, ""),
        func.coalesce(main.plaque_no, main.code),
        around.scope.column("linked_members"),
        func.coalesce(around.community.c.office_phone, ""),
    )
    keys = ("community", "host", "number", "linked_members", "telephone")
    return [
        dict(zip(keys, (str(each or "") for each in tuple(row)[1:]), strict=True))
        for row in ordered(office, view, statement, around.scope)
    ]


def _draw_plaques(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    from lanling_desktop.printing.plaque import PlaqueCard, draw_plaques

    cards = plaque_cards(office, central_view(office, job))
    refuse_empty(cards, "挂牌卡")
    draw_plaques(
        [PlaqueCard(**card) for card in cards],
        out,
        progress,
        print_no=job.number,
        check_code=job.check_code,
        demo=job.demo,
    )


def _draw_forms(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    from lanling_desktop.organisation.central_form import central_forms
    from lanling_desktop.printing.form import draw_forms

    forms = central_forms(office, job, central_view(office, job))
    refuse_empty(forms, "党员中心户登记表")
    draw_forms(forms, out, progress)


PAPERS = (
    Paper("central_household_roster", "党员中心户花名册", "central_household", _draw_central),
    Paper("central_household_form", "党员中心户登记表", "central_household", _draw_forms),
    Paper("plaque_list", "党员中心户挂牌名单", "central_household", _draw_plaque_list),
    Paper(
        "plaque_cards",
        "党员中心户挂牌卡",
        "central_household",
        _draw_plaques,
        editions=("公示版",),
    ),
    Paper("member_roster", "党员花名册", "party_member", _draw_members),
)
