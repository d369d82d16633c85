"""Any register's list on paper: the columns chosen, as a list, to be signed, or on labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.register import Register, masking
from lanling_desktop.core.values import publish
from lanling_desktop.printing import columns
from lanling_desktop.printing.labels import SHEETS, Label, draw_labels
from lanling_desktop.printing.paper import COLUMNS, MASKED, Job, Paper, Progress, refuse_empty

_SIGNED_MM, _NOTE_MM, _LINE_MM = 34, 22, 10.0
_SPARE = "5"
_USUAL_SHEET = next(iter(SHEETS))
_TYPED = (("3x8", "3×8"), ("2x7", "2×7"))


def papers_of(register: Register) -> tuple[Paper, ...]:
    """What can be printed of every register's list; nobody signs on what acts left behind."""
    if register.made_by:
        return (list_paper(register),)
    return list_paper(register), sign_in_paper(register), label_paper(register)


class _Listed:
    """The rows of the list a job is drawn from, with the columns chosen for it."""

    def __init__(self, office: Office, job: Job, register_key: str) -> None:
        register = office.registers[register_key]
        view = replace(job.request.view or View(register_key), day=job.day)
        if job.request.record_id:
            view = View(register_key, ids=(job.request.record_id,), day=job.day)
        keys = columns.keys(register, job.request.arguments.get(COLUMNS, ""))
        said = [register.all_columns[key].field for key in keys]
        self.fields: list[Field] = [masking(each, office.registers) for each in said]
        masked = job.request.edition == MASKED
        self.rows: list[Sequence[str]] = [
            [publish(f, text) if masked else text for f, text in zip(self.fields, row, strict=True)]
            for _, *row in office.walk(view, keys=keys, masked=False)
        ]


# The list


def list_paper(register: Register) -> Paper:
    """The list of a register as a paper, for the registers that have no better one or beside it."""
    title = f"{register.title}清单"

    def draw(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
        from lanling_desktop.printing.roster import Column, Roster, draw_roster

        listed = _Listed(office, job, register.key)
        heads = [Column("序号", 12)]
        heads += [
            Column(f.label, f.width_mm, "right" if f.numeric else "center") for f in listed.fields
        ]
        roster = Roster(
            title=title,
            columns=heads,
            rows=[(str(number), *row) for number, row in enumerate(listed.rows, 1)],
            unit=job.unit,
            made_on=job.made_on,
            as_of=job.day,
            edition=job.request.edition,
            print_no=job.number,
            check_code=job.check_code,
            demo=job.demo,
            filled_by=job.filled_by,
        )
        draw_roster(roster, out, progress)

    return Paper(f"list_{register.key}", title, register.key, draw, columns=lambda r: r.columns)


# The list to be signed


def sign_in_paper(register: Register) -> Paper:
    """A sheet on which those of a list sign, with lines for those who come besides."""
    title = f"{register.title}签到表"

    def draw(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
        from lanling_desktop.printing.roster import Column, Roster, draw_roster

        listed = _Listed(office, job, register.key)
        refuse_empty(listed.rows, title)
        said = job.request.arguments
        blank = [[""] * len(listed.fields)] * int(said.get("blank") or 0)
        heads = [Column("序号", 12)]
        heads += [Column(f.label, f.width_mm) for f in listed.fields]
        heads += [Column("签名", _SIGNED_MM), Column("备注", _NOTE_MM)]
        roster = Roster(
            title=said.get("title") or title,
            columns=heads,
            rows=[(str(n), *row, "", "") for n, row in enumerate([*listed.rows, *blank], 1)],
            unit=job.unit,
            made_on=job.made_on,
            edition=job.request.edition,
            print_no=job.number,
            check_code=job.check_code,
            demo=job.demo,
            signatures=("主持人", "记录人"),
            landscape=sum(each.width_mm for each in heads) > _PORTRAIT_MM,
            said=f"时间：{said.get('time') or '　' * 12}　　地点：{said.get('place') or ''}",
            row_mm=_LINE_MM,
        )
        draw_roster(roster, out, progress)

    return Paper(
        f"sign_in_{register.key}",
        title,
        register.key,
        draw,
        asks=(
            ("title", Field("标题", max_length=60, help=f"不填印“{title}”")),
            ("time", Field("时间", max_length=40, help="不填留空手写")),
            ("place", Field("地点", max_length=60, help="不填留空手写")),
            ("blank", Field("空白行", Kind.INTEGER)),
        ),
        first={"blank": _SPARE},
        columns=lambda r: r.columns[:3],
    )


_PORTRAIT_MM = 200  # what is wider in all is squeezed too much on a sheet standing upright


# Labels


def label_paper(register: Register) -> Paper:
    """Labels to be stuck on, one for each record of a list; the first column stands large."""
    title = f"{register.title}标签"

    def draw(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
        listed = _Listed(office, job, register.key)
        refuse_empty(listed.rows, title)
        if not listed.fields:
            raise OfficeError(
                "没有选要印的栏目", "没有印出任何内容，数据没有改动", "请在“栏目”里至少选一栏"
            )
        said = job.request.arguments
        headed = said.get("heads") == "是"
        draw_labels(
            [_label(listed.fields, row, headed=headed) for row in listed.rows],
            out,
            progress,
            sheet=SHEETS[said.get("sheet") or _USUAL_SHEET],
            start=int(said.get("start") or 1),
            title=title,
            unit=job.unit,
            print_no=job.number,
            check_code=job.check_code,
            edition=job.request.edition,
            demo=job.demo,
        )

    return Paper(
        f"labels_{register.key}",
        title,
        register.key,
        draw,
        asks=(
            (
                "sheet",
                Field("标签纸", Kind.CHOICE, choices=tuple(SHEETS), meanings=_meant(), pinned=True),
            ),
            ("start", Field("从第几格起印", Kind.INTEGER, least=1, help="用剩的半张从空格起")),
            ("heads", Field("印栏目名", Kind.YES_NO, pinned=True)),
        ),
        first={"sheet": _USUAL_SHEET, "start": "1", "heads": "否"},
        columns=_known_by,
    )


def _meant() -> tuple[tuple[str, str], ...]:
    """A sheet by how many labels stand on it: 3x8."""
    return tuple((typed, next(each for each in SHEETS if mark in each)) for typed, mark in _TYPED)


def _known_by(register: Register) -> tuple[str, ...]:
    """What a record is ordered by, and what it belongs to: name and branch, address and head."""
    fields = register.all_columns
    linked = [key for key in register.columns if fields[key].field.kind is Kind.LINK]
    first = register.order if register.order in register.columns else register.columns[0]
    return tuple(dict.fromkeys((first, *linked[:1])))


def _label(fields: Sequence[Field], row: Sequence[str], *, headed: bool) -> Label:
    """The first column by itself; of the others what is filled."""
    others = zip(fields[1:], row[1:], strict=True)
    lines = [f"{said.label}：{text}" if headed else text for said, text in others if text]
    return Label(row[0], lines)
