"""Papers of persons and households, and what every roster of the office is made with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import select

from lanling_desktop.core import attachments, pictures
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope, in_force
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import AnyRow, fields_of, table_of
from lanling_desktop.core.values import display, publish
from lanling_desktop.people.records import Household, HouseholdMember, Person
from lanling_desktop.printing.paper import MASKED, Job, Paper, Progress, refuse_empty
from lanling_desktop.standards import codes

if TYPE_CHECKING:
    from lanling_desktop.core.pictures import Drawn
    from lanling_desktop.printing.roster import Roster

Rows = list[tuple[str, ...]]
_PORTRAIT = 600  # points of the longer side: 300 to the inch on a two-inch photograph


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of a roster: the Field says head, width and mask unless the form's own do."""

    field: Field
    head: str = ""
    width_mm: float = 0
    text: Callable[[Any], str] | None = None

    def cell(self, value: Any, *, masked: bool) -> str:
        """The text of a value in this column."""
        if self.text is not None:
            return self.text(value)
        said = display(self.field, value)
        return publish(self.field, said) if masked else said


def month(day: date | None) -> str:
    """A day by year and month, as 出生年月 and 入党时间 are written on rosters."""
    return day.strftime("%Y-%m") if day else ""


def rows_of(columns: Sequence[Shown], found: Sequence[Sequence[Any]], *, masked: bool) -> Rows:
    """Numbered texts of rows of values, one value per column."""
    return [
        (
            str(number),
            *(shown.cell(v, masked=masked) for shown, v in zip(columns, row, strict=True)),
        )
        for number, row in enumerate(found, 1)
    ]


def roster_of(
    job: Job,
    title: str,
    columns: Sequence[Shown],
    rows: Rows,
    *,
    number_mm: float = 10,
    totals: Sequence[str] | None = None,
    notes: str = "",
) -> Roster:
    """A roster as the kit draws it, with what stands on every print of this job."""
    from lanling_desktop.printing.roster import Column, Roster

    heads = [Column("序号", number_mm)]
    heads += [
        Column(
            shown.head or shown.field.label,
            shown.width_mm or shown.field.width_mm,
            "right" if shown.field.numeric else _aligned(shown.field),
        )
        for shown in columns
    ]
    return Roster(
        title=title,
        columns=heads,
        rows=rows,
        unit=job.unit,
        made_on=job.made_on,
        as_of=job.day,
        notes=notes,
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        totals=totals,
        demo=job.demo,
        filled_by=job.filled_by,
    )


def _aligned(said: Field) -> Any:
    return "left" if said.kind is Kind.LONG_TEXT else "center"


def portrait(office: Office, person_id: str) -> Drawn | None:
    """Somebody's latest photograph as forms and boards print it; None when there is none."""
    data = attachments.portrait(office, "person", person_id)
    return pictures.for_paper(data, _PORTRAIT) if data else None


def view_of(job: Job, register: str) -> View:
    """The list a job is drawn from, as of its day: the one on the screen, or the whole register."""
    if job.request.record_id:
        return View(register, ids=(job.request.record_id,), day=job.day)
    return replace(job.request.view or View(register), day=job.day)


def is_masked(job: Job) -> bool:
    """Whether the job is the edition for the public."""
    return job.request.edition == MASKED


# 户籍花名册

_HOME, _WHO = fields_of(Household), fields_of(Person)
_HOUSEHOLD_COLUMNS = (
    Shown(_HOME["address"], width_mm=50),
    Shown(_HOME["head_id"]),
    Shown(Field("人数", Kind.INTEGER, width_mm=12)),
    Shown(Field("家庭成员", Kind.LONG_TEXT, width_mm=105)),
    Shown(_WHO["phone"]),
    Shown(_HOME["residence"]),
    Shown(_HOME["remark"], width_mm=30),
)


def household_rows(office: Office, view: View, *, masked: bool) -> Rows:
    """One row per household: address, head, how many live there, who, telephone of the head."""
    scope = Scope(office.registers["household"], office.registers, view.day or office.today)
    head = table_of(Person).alias("head")
    keys = ("address", "head_id", "residence", "remark")
    columns = [scope.shown(key) for key in keys]
    statement = select(scope.id, *columns, head.c.phone).select_from(
        scope.source().outerjoin(head, scope.column("head_id") == head.c.id)
    )
    found = ordered(office, view, statement, scope)
    members = _members(office, view)
    table = []
    for row in found:
        key, address, name, residence, remark, phone = row
        living = members.get(key, [])
        said = "、".join(living)
        table.append((address, name, len(living), said, phone, residence, remark))
    return rows_of(_HOUSEHOLD_COLUMNS, table, masked=masked)


def ordered(office: Office, view: View, statement: Any, scope: Scope) -> Sequence[AnyRow]:
    """Rows of a statement for the records of a view, in the order of the view.

    The statement's first column is the record's id.
    """
    listing = office.listing(view)
    places = {row[0]: place for place, row in enumerate(office.rows(listing.ids()))}
    rows = office.rows(statement.where(scope.id.in_(listing.ids())))
    return sorted(rows, key=lambda row: places[row[0]])


def _members(office: Office, view: View) -> dict[str, list[str]]:
    """Names and relations of who lives in the households of a view, the head first."""
    link, person = table_of(HouseholdMember), table_of(Person)
    statement = (
        select(link.c.household_id, person.c.name, link.c.relation, person.c.birth)
        .join_from(link, person, person.c.id == link.c.person_id)
        .where(
            link.c.binned_at.is_(None),
            person.c.binned_at.is_(None),
            in_force(link, view.day or office.today),
            link.c.household_id.in_(office.listing(view).ids()),
        )
    )
    rank = {each.name: number for number, each in enumerate(codes.table("household_relation"))}
    found: dict[str, list[Any]] = {}
    for household, name, relation, birth in office.rows(statement):
        place = (rank.get(relation or "", len(rank)), birth or date.max, name or "")
        found.setdefault(household, []).append((place, name or "", relation))
    return {
        household: [
            f"{name}（{relation}）" if relation else name for _, name, relation in sorted(who)
        ]
        for household, who in found.items()
    }


def _draw_households(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    from lanling_desktop.printing.roster import draw_roster

    rows = household_rows(office, view_of(job, "household"), masked=is_masked(job))
    refuse_empty(rows, "户籍花名册")
    persons = sum(int(row[3]) for row in rows)
    totals = ("", f"合计 {len(rows)} 户", "", str(persons), "", "", "", "")
    roster = roster_of(job, "户籍花名册", _HOUSEHOLD_COLUMNS, rows, number_mm=12, totals=totals)
    draw_roster(roster, out, progress)


PAPERS = (Paper("household_roster", "户籍花名册", "household", _draw_households),)
