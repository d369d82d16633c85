"""The sheets around a meeting: 议题单, 签到表, 公示照片页."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lanling_desktop.hall import rules, wording
from lanling_desktop.hall.minutes import Matter, Minutes, Person
from lanling_desktop.printing.paper import Job
from lanling_desktop.standards import dates

if TYPE_CHECKING:
    from lanling_desktop.core.attachments import Attached
    from lanling_desktop.core.pictures import Drawn
    from lanling_desktop.printing.form import Block, Cell, Form, Grid

_SPARE, _LEAST_LINES = 6, 18  # empty lines of a sign-in sheet; its lines in all
_SIGNED_MM = 10.0
_PHOTO_MM = 84.0
_SHOWN_MM = 75.0  # a photograph with its words; two of them on a page
_FRAMES = ("近景：能看清公示内容", "远景：能看清公示地点")


def _form(job: Job, title: str, blocks: Sequence[Block], **more: Any) -> Form:
    from lanling_desktop.printing.form import Form

    return Form(
        title=title,
        unit=job.unit,
        blocks=blocks,
        made_on=job.made_on,
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        demo=job.demo,
        **more,
    )


def _pair(name: str, text: str, share: float, label_share: float = 0.13) -> list[Cell]:
    from lanling_desktop.printing.form import label, value

    return [label(name, label_share), value(text, share - label_share)]


def _where_and_when(said: Minutes) -> Grid:
    from lanling_desktop.printing.form import Grid

    when = wording.day_of(said.held_on or said.planned_on)
    day = wording.with_weekday(when) if when else ""
    return Grid(
        [
            [*_pair("会议时间", f"{day}　{said.start_time}".strip(), 0.55),
             *_pair("主持人", said.chair, 0.45)],
            [*_pair("会议地点", said.place, 0.55), *_pair("记录人", said.recorder, 0.45)],
        ]
    )  # fmt: skip


def agenda_form(said: Minutes, job: Job) -> Form:
    """议题单: what the meeting will take up, unfinished matters first."""
    from lanling_desktop.printing.form import Note, Table

    blocks: list[Block] = [_where_and_when(said)]
    if said.carried:
        blocks.append(
            Table(
                [
                    ("序号", 0.07),
                    ("事项", 0.37),
                    ("责任人", 0.18),
                    ("完成时限", 0.18),
                    ("目前状态", 0.2),
                ],
                [_carried_row(number, each) for number, each in enumerate(said.carried, 1)],
                side="上次议定事项",
            )
        )
    heads = [
        ("序号", 0.07), ("议题", 0.29), ("来源", 0.12), ("提出人", 0.14), ("情况说明", 0.38),
    ]  # fmt: skip
    rows = [_topic_row(number, each) for number, each in enumerate(said.topics, 1)]
    blocks.append(Table(heads, rows, side="本次议题", blank=2 if rows else 6))
    blocks.append(Note("注：议题须在会前征集；会上临时提出的议题写在空行内，由主持人同意后列入。"))
    return _form(job, f"{said.title}议题单", blocks, signatures=("主持人", "征集人"))


def _carried_row(number: int, matter: Matter) -> tuple[str, ...]:
    who = matter.responsible or matter.lead_unit
    return (str(number), matter.title, who, wording.said_day(matter.due_on), matter.status)


def _topic_row(number: int, matter: Matter) -> tuple[str, ...]:
    about = "\n".join(part for part in (matter.place, matter.description) if part)
    return (str(number), matter.title, matter.source, matter.proposer, about)


def sign_in_form(said: Minutes, job: Job) -> Form:
    """签到表: the roll with a box for each signature, and empty lines for who comes besides.

    No telephone numbers: the sheet lies on the table for everybody to read.
    """
    from lanling_desktop.printing.form import Grid, Note, Table

    counted = bool(said.held_on)
    should = said.should_attend or ("" if not counted else 0)
    should_mark, came = f"{should or '　　'} 人", f"{said.attended if counted else '　　'} 人"
    heads = [
        ("序号", 12), ("姓名", 28), ("代表方面", 30), ("职务", 36), ("签名", 40), ("备注", 24),
    ]  # fmt: skip
    rows = [_sign_row(number, each) for number, each in enumerate(said.people, 1)]
    blank = max(_SPARE, _LEAST_LINES - len(rows))
    counts = Grid([[*_pair("应到人数", should_mark, 0.55), *_pair("实到人数", came, 0.45)]])
    blocks: list[Block] = [
        _where_and_when(said),
        counts,
        Table(heads, rows, blank=blank, least_mm=_SIGNED_MM, align="center"),
        Note("注：列席人员在备注栏注明“列席”；未列入名单的参会人员填写在空行内。"),
    ]
    return _form(job, f"{said.title}签到表", blocks)


def _sign_row(number: int, person: Person) -> tuple[str, ...]:
    mark = person.attendance if person.attendance != rules.PRESENT else ""
    note = f"{mark}：{person.reason}" if mark and person.reason else mark
    return (str(number), person.name, person.side, person.duty, "", note)


def photo_form(
    said: Minutes, posted: dict[str, Any], job: Job, shown: Sequence[tuple[Attached, Drawn]] = ()
) -> Form:
    """公示照片页: the notice's photographs, each with its caption.

    Where there is none, and where the second is missing, a frame to paste one into.
    """
    from lanling_desktop.printing.form import Grid, Picture, value
    from lanling_desktop.printing.official_parts import chinese_number

    span = f"{dates.paper(posted['posted_on'])}至{dates.paper(posted['posted_to'])}"
    blocks: list[Block] = [
        Grid(
            [
                _pair("公示名称", posted["title"] or "", 1.0),
                [*_pair("公示地点", posted["place"] or "", 0.5), *_pair("公示时间", span, 0.5)],
            ]
        )
    ]
    for number, (photo, drawn) in enumerate(shown, 1):
        blocks.append(Picture(drawn.data, drawn.width, drawn.height, height_mm=_SHOWN_MM))
        blocks.append(_caption(number, photo))
    for number, what in enumerate(_FRAMES[len(shown) :], len(shown) + 1):
        words = f"（此处粘贴照片{chinese_number(number)}　{what}）"
        blocks.append(Grid([[value(words, 1.0)]], least_mm=_PHOTO_MM, bound=True))
        blocks.append(_caption(number, None))
    heard = posted["objections"] or ""
    handled = f"\n处理：{posted['handled']}" if posted["handled"] else ""
    blocks.append(
        Grid([_pair("公示期间\n反馈意见", f"{heard}{handled}", 1.0)], least_mm=14.0, flows=True)
    )
    return _form(job, f"{said.title}公示照片页", blocks, signatures=("张贴人", "见证人"))


def _caption(number: int, photo: Attached | None) -> Block:
    """What a photograph shows, when and by whom it was taken; blanks for what is not known."""
    from lanling_desktop.printing.form import Grid, label, value
    from lanling_desktop.printing.official_parts import chinese_number

    name, blank = label(f"照片{chinese_number(number)}", 0.13), "　　　年　　月　　日"
    if photo is None:
        taken = value(f"拍摄时间：{blank}", 0.42, align="left")
        return Grid([[name, taken, value("拍摄人：", 0.45, align="left")]])
    day = dates.paper(photo.taken_on) if photo.taken_on else blank
    taken = value(day, 0.40, align="left")
    by = value(photo.taken_by, 0.34, align="left")
    return Grid(
        [
            [name, value(photo.title, 0.87, align="left")],
            [label("拍摄时间", 0.13), taken, label("拍摄人", 0.13), by],
        ],
    )
