"""社区工作者个人登记表: one form per worker, out of what the personnel file says on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import select

from lanling_desktop.core import bulk
from lanling_desktop.core.field import Field
from lanling_desktop.core.listing import Scope, in_force
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Values, View
from lanling_desktop.core.records import Record, fields_of, table_of
from lanling_desktop.core.values import display, publish
from lanling_desktop.organisation.standing import political_status
from lanling_desktop.people.papers import is_masked, portrait, view_of
from lanling_desktop.people.records import Household, HouseholdMember
from lanling_desktop.printing.paper import Job, Paper, Progress, refuse_empty, signing
from lanling_desktop.staff.records import (
    Assessment,
    Certificate,
    Education,
    Honour,
    PostHolding,
    ServicePeriod,
)

if TYPE_CHECKING:
    from lanling_desktop.core.pictures import Drawn
    from lanling_desktop.printing.form import Block, Cell, Form

_TITLE = "社区工作者个人登记表"
_PHOTO_MM = 34.0  # a two-inch photograph, 35 by 49 millimetres, with its margin cut
_KNOWN = 0.17  # share of a label within its row


class _History:
    """One table of the form: whose rows, which of their columns, how wide each is."""

    def __init__(
        self, title: str, kind: type[Record], columns: Sequence[tuple[str, float]], since: str
    ) -> None:
        self.title, self.kind, self.columns, self.since = title, kind, columns, since

    def rows(self, office: Office, ids: Sequence[str], job: Job) -> Mapping[str, list[Any]]:
        """What had begun or was given by the day, by worker, in its order."""
        table = table_of(self.kind)
        until: Any = job.day.year if self.since == "year" else job.day
        found: dict[str, list[Any]] = {}
        for some in bulk.chunks(ids):
            begun = table.c[self.since].is_(None) | (table.c[self.since] <= until)
            mine = table.c.worker_id.in_(some), table.c.binned_at.is_(None), begun
            wanted = [table.c[key] for key, _ in self.columns]
            statement = select(table.c.worker_id, *wanted).where(*mine)
            for worker, *row in office.rows(statement.order_by(table.c[self.since], table.c.id)):
                found.setdefault(worker, []).append(row)
        return found

    def block(self, rows: Sequence[Sequence[Any]]) -> Block:
        """The table as it stands on the form, with a line to be filled by hand."""
        from lanling_desktop.printing.form import Table

        said = fields_of(self.kind)
        heads = [(said[key].label, share) for key, share in self.columns]
        texts = [
            [display(said[key], value) for (key, _), value in zip(self.columns, row, strict=True)]
            for row in rows
        ]
        return Table(heads, texts, side=self.title, blank=1 if texts else 2)


_HISTORIES = (
    _History(
        "学历学位",
        Education,
        (
            ("level", 0.17), ("degree", 0.12), ("school", 0.27),
            ("subject", 0.18), ("full_time", 0.09), ("awarded_on", 0.17),
        ),
        "awarded_on",
    ),
    _History(
        "任职经历",
        PostHolding,
        (
            ("valid_from", 0.17), ("valid_to", 0.17), ("post", 0.16),
            ("title", 0.24), ("appointment_doc", 0.26),
        ),
        "valid_from",
    ),
    _History(
        "转入工龄",
        ServicePeriod,
        (
            ("valid_from", 0.17), ("valid_to", 0.17), ("place", 0.32),
            ("counted", 0.12), ("basis", 0.22),
        ),
        "valid_from",
    ),
    _History(
        "职业证书",
        Certificate,
        (("kind", 0.26), ("number", 0.34), ("awarded_on", 0.18), ("registered_to", 0.22)),
        "awarded_on",
    ),
    _History(
        "荣誉",
        Honour,
        (("name", 0.42), ("level", 0.12), ("awarded_on", 0.18), ("awarded_by", 0.28)),
        "awarded_on",
    ),
    _History(
        "年度考核", Assessment, (("year", 0.16), ("result", 0.24), ("note", 0.6)), "year"
    ),
)  # fmt: skip


def worker_forms(office: Office, job: Job, view: View) -> list[Form]:
    """A form for each worker of a view, in its order, as of its day."""
    ids = [str(row[0]) for row in office.rows(office.listing(view).ids())]
    known = _known(office, ids, job)
    histories = [(each, each.rows(office, ids, job)) for each in _HISTORIES]
    homes = _homes(office, [known[key]["person_id"] for key in ids if key in known], job)
    made = []
    for key in ids:
        values = known[key]
        person = values["person_id"]
        blocks = [
            *_heads(
                job, values, homes.get(person, ""), portrait(office, person) if person else None
            ),
            *(history.block(rows.get(key, ())) for history, rows in histories),
        ]
        made.append(_form(job, values, blocks))
    return made


def _known(office: Office, ids: Sequence[str], job: Job) -> Mapping[str, Values]:
    """The columns of each worker as of the day, links by title, the person also by id."""
    register = office.registers["community_worker"]
    scope = Scope(register, office.registers, job.day)
    keys = [key for key in register.all_columns if key != "person_id"]
    found: dict[str, Values] = {}
    for some in bulk.chunks(ids):
        columns = [scope.shown(key).label(f"v{n}") for n, key in enumerate(keys)]
        more = (scope.main.c.person_id.label("who"), political_status(scope).label("standing"))
        statement = select(scope.id, *columns, *more).select_from(scope.source())
        for key, *row in office.rows(statement.where(scope.id.in_(some))):
            values = dict(zip(keys, row, strict=False))
            found[key] = values | {"person_id": row[-2], "person.political_status": row[-1]}
    return found


def _homes(office: Office, people: Sequence[str | None], job: Job) -> Mapping[str, str]:
    """Where each of these persons lives on the day."""
    link, home = table_of(HouseholdMember), table_of(Household)
    found: dict[str, str] = {}
    for some in bulk.chunks([each for each in people if each]):
        rows = office.rows(
            select(link.c.person_id, home.c.address)
            .join_from(link, home, home.c.id == link.c.household_id)
            .where(link.c.person_id.in_(some), link.c.binned_at.is_(None), in_force(link, job.day))
        )
        found.update((person, address or "") for person, address in rows)
    return found


def _heads(job: Job, values: Values, home: str, photo: Drawn | None) -> list[Block]:
    from lanling_desktop.printing.form import Grid

    first = (
        ("person.name", "person.sex"),
        ("person.birth", "person.ethnicity"),
        ("person.political_status", "person.native_place"),
        ("person.identity_number",),
        ("person.phone", "code"),
    )
    rows = [_row(job, values, *keys) for keys in first]
    more = [
        _row(job, {"home": home}, "home"),
        _row(job, values, "first_job_on", "community_work_on"),
    ]
    post = [
        _row(job, values, "community_id", "post.post"),
        _row(job, values, "post.title", "post.concurrent"),
        _row(job, values, "duties"),
        _row(job, values, "source", "hired_on"),
        _row(job, values, "contract", "contract_to"),
        _row(job, values, "certificate", "status"),
    ]
    left = (("left_on", "left_why"),) if values["left_on"] else ()
    post += [_row(job, values, *keys) for keys in left]
    return [
        Grid(rows, side="基本情况", least_mm=9.4, photo_mm=_PHOTO_MM, photo=photo),
        Grid(more, side="基本情况"),
        Grid(post, side="岗位与聘用"),
    ]


def _row(job: Job, values: Values, *keys: str) -> list[Cell]:
    from lanling_desktop.printing.form import label, value

    cells: list[Cell] = []
    for key in keys:
        said = _said(key)
        share = 1 / len(keys) - _KNOWN
        cells += [label(said.label, _KNOWN), value(_text(job, said, values[key]), share)]
    return cells


def _text(job: Job, said: Field, value: Any) -> str:
    """A value as this edition writes it."""
    shown = display(said, value)
    return publish(said, shown) if is_masked(job) else shown


def _said(key: str) -> Field:
    """The Field of a column of the register, of the person or of the present post."""
    from lanling_desktop.staff.registers import REGISTERS

    if key == "home":
        return replace(fields_of(Household)["address"], label="家庭住址")
    register = next(each for each in REGISTERS if each.key == "community_worker")
    return register.all_columns[key].field


def _form(job: Job, values: Values, blocks: Sequence[Block]) -> Form:
    from lanling_desktop.printing.form import Form, Opinion

    community = str(values["community_id"] or "")
    return Form(
        title=_TITLE,
        unit=signing(community, job.unit),
        blocks=[*blocks, Opinion("社区意见", height_mm=30.0), Opinion("街道意见", height_mm=30.0)],
        made_on=job.made_on,
        number=str(values["code"] or ""),
        signatures=("本人签名", "填表人", "审核人"),
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        demo=job.demo,
    )


def _draw(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    from lanling_desktop.printing.form import draw_forms

    forms = worker_forms(office, job, view_of(job, "community_worker"))
    refuse_empty(forms, _TITLE)
    draw_forms(forms, out, progress)


PAPERS = (
    Paper("community_worker_form", _TITLE, "community_worker", _draw, True),
    Paper(
        "community_worker_forms",
        f"{_TITLE}（列表全部）",
        "community_worker",
        _draw,
    ),
)
"""The form of the worker in sight, and those of a whole list: a file for each."""
