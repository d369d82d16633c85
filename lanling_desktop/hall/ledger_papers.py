"""Papers of what came of the meetings and who came to them: 议事台账, 办结回执, 来访登记."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from lanling_desktop.core.field import Field
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Entry, View
from lanling_desktop.core.records import AnyRow, fields_of, table_of
from lanling_desktop.hall import rules, wording
from lanling_desktop.hall.records import (
    ActionItem,
    AgendaItem,
    FollowUp,
    HallMeeting,
    MeetingHall,
    VisitorReception,
)
from lanling_desktop.people.papers import (
    NothingToPrintError,
    Rows,
    Shown,
    is_masked,
    ordered,
    roster_of,
    rows_of,
    view_of,
)
from lanling_desktop.people.records import Household
from lanling_desktop.printing.paper import Job

if TYPE_CHECKING:
    from lanling_desktop.printing.form import Cell, Form
    from lanling_desktop.printing.roster import Roster

_ITEM, _VISIT, _NOTE = fields_of(ActionItem), fields_of(VisitorReception), fields_of(FollowUp)
_TOPIC, _HOME = fields_of(AgendaItem), fields_of(Household)

# 议事台账: heads and widths are the form's own (domain.md 9.1)

_LEDGER = (
    Shown(_ITEM["raised_on"], "时间", 20),
    Shown(_TOPIC["title"], "议题", 46),
    Shown(Field("反映人/户", width_mm=20)),
    Shown(_TOPIC["decision"], "议定意见", 50),
    Shown(_ITEM["responsible"], width_mm=20),
    Shown(_ITEM["due_on"], "办理时限", 20),
    Shown(_ITEM["result"], width_mm=36),
    Shown(_ITEM["finished_on"], "办结时间", 20),
    Shown(_ITEM["verified_by"], width_mm=18),
    Shown(Field("备注", width_mm=17)),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the ledger with what its papers need besides its cells."""

    status: str
    overdue: bool
    hall: str
    values: tuple[Any, ...]


def ledger_view(job: Job) -> View:
    """The lines of the list in sight, or of the whole ledger."""
    return view_of(job, "action_item")


def ledger(office: Office, view: View, job: Job) -> Roster:
    """议事台账 of a view; what is overdue on the day says so in words."""
    lines = _lines(office, view, masked=is_masked(job))
    halls = {each.hall for each in lines}
    rows = rows_of(_LEDGER, [_told(each, several=len(halls) > 1) for each in lines],
                   masked=is_masked(job))  # fmt: skip
    if not rows:
        raise NothingToPrintError(
            "议事台账是空的，没有可打印的内容",
            "没有改动任何数据",
            "请放宽筛选条件，或先议定事项再打印",
        )
    title = f"{halls.pop() if len(halls) == 1 else '红色议事厅'}议事台账"
    return roster_of(job, title, _LEDGER, rows, totals=_totals(lines))


def _told(line: _Line, *, several: bool) -> tuple[Any, ...]:
    if not several:
        return line.values
    short = line.hall.removesuffix("红色议事厅")
    return (line.values[0], f"{line.values[1]}（{short}）", *line.values[2:])


def _totals(lines: Sequence[_Line]) -> list[str]:
    closed = sum(each.status == rules.CLOSED for each in lines)
    overdue = sum(each.overdue for each in lines)
    return [
        "合计", "", f"共 {len(lines)} 项", "", f"已销号 {closed} 项，未销号 {len(lines) - closed} 项",
        "", "", "", "", "", f"超期 {overdue} 项",
    ]  # fmt: skip


def _lines(office: Office, view: View, *, masked: bool) -> list[_Line]:
    day = view.day or office.today
    scope = Scope(office.registers["action_item"], office.registers, day)
    names = ("raised_on", "title", "measure", "responsible", "lead_unit", "due_on", "result",
             "finished_on", "verified_by", "status")  # fmt: skip
    hall = table_of(MeetingHall).alias("its_hall")
    columns = [scope.column(name).label(name) for name in names]
    statement = select(scope.id.label("id"), *columns, hall.c.name.label("hall")).select_from(
        scope.source().outerjoin(hall, hall.c.id == scope.main.c.hall_id)
    )
    found = ordered(office, view, statement, scope)
    said = _first_said(office, [row.id for row in found])
    return [_line(row, said.get(row.id), day, masked=masked) for row in found]


def _line(row: AnyRow, topic: AnyRow | None, day: date, *, masked: bool) -> _Line:
    overdue = rules.is_overdue(row.status, row.due_on, day)
    decision = (topic.decision if topic else None) or row.measure
    values = (
        row.raised_on,
        row.title,
        _raised_by(topic, masked=masked),
        decision,
        row.responsible or row.lead_unit,
        row.due_on,
        row.result,
        row.finished_on,
        row.verified_by,
        f"超期{(day - row.due_on).days}天" if overdue else row.status,
    )
    return _Line(row.status, overdue, row.hall or "", values)


def _raised_by(topic: AnyRow | None, *, masked: bool) -> str:
    """Who raised it and where he lives; for the public only the building."""
    if topic is None:
        return ""
    home = Shown(_HOME["address"]).cell(topic.address, masked=masked)
    parts = (topic.building or home,) if masked else (topic.proposer, topic.building or home)
    return "\n".join(part for part in parts if part)


def _first_said(office: Office, ids: Sequence[str]) -> Mapping[str, AnyRow]:
    """The matter each line of the ledger came from: who raised it, what was decided."""
    item, home, meeting = (table_of(k) for k in (AgendaItem, Household, HallMeeting))
    found: dict[str, AnyRow] = {}
    for start in range(0, len(ids), 500):
        rows = office.rows(
            select(item.c.action_item_id, item.c.proposer, item.c.building, item.c.decision,
                   home.c.address)
            .join_from(item, meeting, meeting.c.id == item.c.meeting_id)
            .outerjoin(home, home.c.id == item.c.household_id)
            .where(
                item.c.action_item_id.in_(ids[start : start + 500]),
                item.c.binned_at.is_(None),
                func.coalesce(item.c.source, "") != rules.CARRIED,
            )
            .order_by(meeting.c.planned_on, item.c.number)
        )  # fmt: skip
        for row in rows:
            found.setdefault(row.action_item_id, row)
    return found


# 办结回执


def receipt(office: Office, item: Entry, job: Job) -> Form:
    """办结回执: what was decided, what was done, who verified it, what the person says who asked."""
    from lanling_desktop.printing.form import Form, Grid, Opinion, Table

    refuse_unfinished(item)
    topic = _first_said(office, [item.id]).get(item.id)
    waits = " " if item["status"] == rules.DONE else ""  # a blank to be written in
    facts = [
        *_pairs(_fact(_ITEM["title"], item["title"], 1.0)),
        *_pairs(_fact(_ITEM["hall_id"], item.texts["hall_id"], 0.5),
                _fact(_ITEM["raised_on"], _day(item["raised_on"]), 0.5)),
        *_pairs(_fact(Field("反映人/户"), _raised_by(topic, masked=False).replace("\n", "　"), 0.5),
                _fact(_ITEM["due_on"], _day(item["due_on"]), 0.5)),
        *_pairs(_fact(_ITEM["responsible"], item["responsible"], 0.5),
                _fact(_ITEM["lead_unit"], item["lead_unit"], 0.5)),
    ]  # fmt: skip
    done = [
        *_pairs(_fact(_ITEM["measure"], item["measure"], 1.0)),
        *_pairs(_fact(_ITEM["result"], item["result"], 1.0)),
        *_pairs(_fact(_ITEM["finished_on"], _day(item["finished_on"]), 0.5),
                _fact(_ITEM["co_units"], item["co_units"], 0.5)),
        *_pairs(_fact(_ITEM["verified_by"], item["verified_by"] or waits, 0.5),
                _fact(_ITEM["verified_on"], _day(item["verified_on"]) or waits, 0.5)),
    ]  # fmt: skip
    heads = [("日期", 0.21), ("类别", 0.13), ("进展情况", 0.51), ("经办人", 0.15)]
    return Form(
        title="红色议事厅议定事项办结回执",
        unit=job.unit,
        blocks=[
            Grid(facts, side="议定事项"),
            Grid(done, side="办理情况", flows=True),
            Table(heads, _followed(office, item.id), side="办理经过"),
            Opinion(
                "反映人意见",
                "　　".join(
                    f"{'■' if each == item['satisfied'] else '□'}{each}"
                    for each in rules.SATISFACTION
                ),
                signed=("反映人签字：",),
                height_mm=30.0,
            ),
            Opinion("核实意见", "", signed=("核实人签字：", "（盖章）"), on=item["verified_on"]),
        ],
        made_on=job.made_on,
        number=item["serial"] or "",
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        demo=job.demo,
    )


def refuse_unfinished(item: Entry) -> None:
    """A receipt is for what was done."""
    if item["status"] not in (rules.DONE, rules.CLOSED):
        raise NothingToPrintError(
            f"“{item['title']}”还没有办结，现在是“{item['status']}”",
            "没有改动任何数据",
            "办结以后再打印回执",
        )


def _fact(said: Field, value: Any, share: float) -> tuple[str, str, float]:
    return said.label, str(value or ""), share


def _pairs(*facts: tuple[str, str, float]) -> Iterable[list[Cell]]:
    from lanling_desktop.printing.form import label, value

    cells: list[Cell] = []
    for name, text, share in facts:
        cells += [label(name, 0.14), value(text or wording.NOT_CALLED_FOR, share - 0.14)]
    return [cells]


def _day(day: date | None) -> str:
    return wording.said_day(day.isoformat()) if day else ""


def _followed(office: Office, item_id: str) -> list[tuple[str, ...]]:
    here = table_of(FollowUp).c
    rows = office.rows(
        select(here.made_on, here.kind, here.note, here.made_by)
        .where(here.action_item_id == item_id, here.binned_at.is_(None))
        .order_by(here.made_on, here.id)
    )
    return [(_day(day), kind or "", note or "", who or "") for day, kind, note, who in rows]


# 来访登记

_VISIT_KEYS = (
    "visited_on", "name", "phone", "address", "people", "matter", "handler", "outcome",
    "agenda_item_id",
)  # fmt: skip
_VISITORS = (
    Shown(_VISIT["visited_on"]),
    Shown(_VISIT["name"]),
    Shown(_VISIT["phone"], width_mm=26),
    Shown(_VISIT["address"], width_mm=36),
    Shown(_VISIT["people"], "人次", 11),
    Shown(_VISIT["matter"], width_mm=58),
    Shown(_VISIT["handler"]),
    Shown(_VISIT["outcome"], width_mm=48),
    Shown(_VISIT["agenda_item_id"], width_mm=30),
)
_PEOPLE = _VISIT_KEYS.index("people") + 1


def visitor_rows(office: Office, view: View, *, masked: bool) -> Rows:
    """One row per visit; the public edition hides telephone and door."""
    day = view.day or office.today
    scope = Scope(office.registers["visitor_reception"], office.registers, day)
    columns = [scope.shown(key) for key in _VISIT_KEYS]
    statement = select(scope.id, *columns).select_from(scope.source())
    found = ordered(office, view, statement, scope)
    return rows_of(_VISITORS, [tuple(row)[1:] for row in found], masked=masked)


def visitors(office: Office, view: View, job: Job) -> Roster:
    """来访登记 of a view, with how many came in all."""
    rows = visitor_rows(office, view, masked=is_masked(job))
    if not rows:
        raise NothingToPrintError(
            "来访登记是空的，没有可打印的内容", "没有改动任何数据", "请放宽筛选条件，或先登记再打印"
        )
    came = sum(int(row[_PEOPLE] or 0) for row in rows)
    totals = [""] * len(rows[0])
    totals[0], totals[2], totals[_PEOPLE] = "合计", f"共 {len(rows)} 次", str(came)
    return roster_of(job, "来访登记簿", _VISITORS, rows, totals=totals)
