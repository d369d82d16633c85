"""A roster said as a value: its columns by key or by expression, whom it names on a day, its sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, BinaryIO

from sqlalchemy import ColumnElement, select

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.register import Register, masking
from lanling_desktop.people.papers import (
    Rows,
    Shown,
    is_masked,
    ordered,
    refuse_empty,
    roster_of,
    rows_of,
    view_of,
)
from lanling_desktop.printing.paper import Job, Paper, Progress

How = Callable[[Scope], Any]
Fetch = Callable[[Office, Sequence[str], date], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A column of a roster.

    Its values are those of the register's column `key`, of the expression `how`, or what `fetch`
    says by record id. Head, width and mask are the Field's unless the form's own stand here.
    """

    key: str = ""
    head: str = ""
    width_mm: float = 0
    text: Callable[[Any], str] | None = None
    field: Field | None = None
    how: How | None = None
    fetch: Fetch | None = None
    summed: bool = False

    def shown(self, register: Register, registers: Mapping[str, Register]) -> Shown:
        """Head, width and mask."""
        said = self.field or register.all_columns[self.key].field
        return Shown(masking(said, registers), self.head, self.width_mm, self.text)

    def value(self, scope: Scope) -> Any:
        """Its value in SQL; none where it is fetched."""
        if self.how is not None:
            return self.how(scope)
        return scope.id if self.fetch is not None else scope.shown(self.key)


def counted(head: str, width_mm: float, how: How, *, summed: bool = True) -> Told:
    """A column of numbers that the totals sum up."""
    said = Field(head, Kind.INTEGER, width_mm=width_mm)
    return Told(field=said, how=how, summed=summed)


@dataclass(frozen=True)
class RosterPaper:
    """One roster of a register as of a day.

    A dated register shows what held on the day by itself; `belongs` says it for the others, and
    is asked when the paper is of the whole register or of another day than today. `sort` orders
    the paper of a list that the clerk has not ordered. `each` is the measure word of the totals.
    """

    key: str
    title: str
    register: str
    columns: tuple[Told, ...]
    each: str
    join: Callable[[Scope, Any], Any] = field(default=lambda _scope, source: source)
    belongs: Callable[[Scope], ColumnElement[bool]] | None = None
    sort: Callable[[Scope], Sequence[Any]] | None = None

    def rows(
        self, office: Office, view: View, *, masked: bool = False, of_the_day: bool = True
    ) -> Rows:
        """The rows of the paper for the records of a view."""
        day = view.day or office.today
        register = office.registers[self.register]
        scope = Scope(register, office.registers, day)
        values = [each.value(scope) for each in self.columns]
        order = self.sort(scope) if self.sort and not view.order else ()
        source = self.join(scope, scope.source())
        statement = select(scope.id, *values).select_from(source)
        if of_the_day and self.belongs is not None:
            statement = statement.where(self.belongs(scope))
        if order:
            listed = scope.id.in_(office.listing(view).ids())
            found = office.rows(statement.where(listed).order_by(*order, scope.id))
        else:
            found = ordered(office, view, statement, scope)
        ids = [row[0] for row in found]
        fetched = {
            place: told.fetch(office, ids, day)
            for place, told in enumerate(self.columns)
            if told.fetch is not None
        }
        table = [
            [
                fetched[place].get(row[0], "") if place in fetched else value
                for place, value in enumerate(tuple(row)[1:])
            ]
            for row in found
        ]
        return rows_of(self.shown(office), table, masked=masked)

    def shown(self, office: Office) -> list[Shown]:
        """Its columns after 序号."""
        register = office.registers[self.register]
        return [each.shown(register, office.registers) for each in self.columns]

    def totals(self, rows: Rows) -> list[str]:
        """The last row: how many there are, and the sums."""
        sums = [
            str(sum(int(row[place] or 0) for row in rows)) if told.summed else ""
            for place, told in enumerate(self.columns, 1)
        ]
        return ["", f"合计 {len(rows)} {self.each}", *sums[1:]]

    def draw(self, office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
        """Draw the PDF."""
        from lanling_desktop.printing.roster import draw_roster

        # A list of today may show who has left; on another day's paper only who belonged then.
        of_the_day = job.request.view is None or job.day != office.today
        view = view_of(job, self.register)
        rows = self.rows(office, view, masked=is_masked(job), of_the_day=of_the_day)
        refuse_empty(rows, self.title)
        shown = self.shown(office)
        draw_roster(
            roster_of(job, self.title, shown, rows, totals=self.totals(rows)), out, progress
        )

    @cached_property
    def paper(self) -> Paper:
        """The paper as the catalogue lists it."""
        return Paper(self.key, self.title, self.register, self.draw)
