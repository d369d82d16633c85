"""Everything of a meeting, or of a year, in one file and in the order it is filed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from lanling_desktop.core import code_tables
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import table_of
from lanling_desktop.hall import meeting_papers, official_papers, rules, wording
from lanling_desktop.hall.minutes import Minutes, minutes_of
from lanling_desktop.hall.records import ActionItem, AgendaItem, HallMeeting
from lanling_desktop.people.papers import NothingToPrintError
from lanling_desktop.printing.paper import Job, Progress, signing

if TYPE_CHECKING:
    from lanling_desktop.hall.meeting_papers import Draw, Out
    from lanling_desktop.printing.roster import Roster
    from lanling_desktop.printing.volume import Stamp, Volume

YEAR = "year"
"""Argument of 年度全套: which year, this one when absent."""

_TERMS = {"retention_forever": "永久", "retention_30": "30年", "retention_10": "10年"}
"""保管期限 by the code table that lists what is kept so long (domain.md 13.1)."""
_NOTICE, _AGENDA, _SIGN_IN, _RECORD, _MINUTES, _LEDGER, _POSTED, _PHOTOS, _RECEIPT = (
    "会议通知",
    "议题单",
    "签到表",
    "会议记录",
    "会议纪要",
    "议事台账",
    "公示",
    "公示照片页",
    "办结回执",
)


def kept_for(office: Office) -> dict[str, str]:
    """How long each kind of paper is kept, as the office's code tables have it."""
    return {
        name: term for key, term in _TERMS.items() for name in code_tables.words_now(office, key)
    }


def _term(terms: dict[str, str], kind: str) -> str:
    return terms.get(kind, "永久")  # what no table names is not thrown away


@dataclass(frozen=True, slots=True)
class Piece:
    """件: one paper of a set, with what 归档文件目录 says of it."""

    title: str
    day: date | None
    kept: str
    draw: Draw
    record_id: str
    unit: str
    number: str = ""
    note: str = ""


# What belongs to a meeting


def pieces_of(office: Office, meeting_id: str, job: Job) -> Iterator[Piece]:
    """The papers of a meeting in filing order; before it is held, those it is called with."""
    said = minutes_of(office, meeting_id)
    planned, held = wording.day_of(said.planned_on), wording.day_of(said.held_on)
    issued = official_papers.issued_on(office, said, job)
    unit = signing(said.community, job.unit)
    note = wording.open_mark(said).strip("（）") if held else ""
    terms = kept_for(office)

    def piece(kind: str, day: date | None, draw: Draw, number: str = "", note: str = "") -> Piece:
        title = f"{said.title}{kind.removeprefix('会议')}"
        return Piece(title, day, _term(terms, kind), draw, meeting_id, unit, number, note)

    yield replace(
        piece(_NOTICE, issued, meeting_papers.draw_notice),
        title=f"关于召开{said.title}的通知",
    )
    yield piece(_AGENDA, issued, meeting_papers.draw_agenda)
    yield piece(_SIGN_IN, held or planned, meeting_papers.draw_sign_in)
    if not held:
        return
    number = wording.said_number(said)
    closed = wording.day_of(said.closed_on) or held
    yield piece(_RECORD, held, meeting_papers.draw_record, number, note)
    yield piece(_MINUTES, closed, meeting_papers.draw_minutes, number, note)
    yield from _afterwards(office, said, job)


def _afterwards(office: Office, said: Minutes, job: Job) -> Iterator[Piece]:
    """What came of a meeting: its ledger, what was posted, the receipts of what was closed."""
    unit = signing(said.community, job.unit)
    items, terms = _items(office, said.meeting_id), kept_for(office)
    if items:
        view = View("action_item", order="serial", ids=tuple(items), day=job.day)

        def draw(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
            meeting_papers.draw_ledger_of(office, job, view, out, progress)

        term = _term(terms, _LEDGER)
        yield Piece(f"{said.title}{_LEDGER}", job.day, term, draw, said.meeting_id, unit)
    posted = meeting_papers.posting(office, said.meeting_id)
    if posted is not None:
        for title, kind, draw_it in (
            (posted["title"], _POSTED, meeting_papers.draw_public),
            (f"{said.title}{_PHOTOS}", _PHOTOS, meeting_papers.draw_photos),
        ):
            day, term = posted["posted_on"], _term(terms, kind)
            yield Piece(title, day, term, draw_it, said.meeting_id, unit)
    for item_id, (serial, title, status, verified) in items.items():
        if status == rules.CLOSED:
            yield Piece(
                f"“{title}”{_RECEIPT}",
                verified,
                _term(terms, _RECEIPT),
                meeting_papers.draw_receipt,
                item_id,
                unit,
                serial,
            )


def _items(office: Office, meeting_id: str) -> dict[str, tuple[str, str, str, date | None]]:
    """The lines of the ledger a meeting made: number, title, status, day they were struck off."""
    item, action = table_of(AgendaItem), table_of(ActionItem)
    rows = office.rows(
        select(action.c.id, action.c.serial, action.c.title, action.c.status, action.c.verified_on)
        .join_from(item, action, action.c.id == item.c.action_item_id)
        .where(
            item.c.meeting_id == meeting_id,
            item.c.binned_at.is_(None),
            action.c.binned_at.is_(None),
            func.coalesce(item.c.source, "") != rules.CARRIED,
        )
        .order_by(action.c.serial)
    )
    return {
        row.id: (row.serial or "", row.title or "", row.status, row.verified_on) for row in rows
    }


def _draw_piece(office: Office, job: Job, piece: Piece, volume: Volume) -> None:
    request = replace(job.request, record_id=piece.record_id, view=None)
    piece.draw(office, replace(job, request=request), volume, None)


# 会议全套


def draw_meeting_set(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """Every paper of a meeting, in filing order."""
    from lanling_desktop.printing.pdfa import delivered
    from lanling_desktop.printing.volume import Volume

    meeting = office.read("hall_meeting", job.request.record_id)
    volume = Volume(f"{meeting['title']}全套材料", author=job.unit)
    pieces = list(pieces_of(office, meeting.id, job))
    for number, piece in enumerate(pieces, 1):
        _draw_piece(office, job, piece, volume)
        if progress:
            progress(number, len(pieces))
    delivered(volume, out)


# 年度全套


@dataclass(frozen=True, slots=True)
class _Bound:
    """A piece as it stands in the volume."""

    piece: Piece
    first: int
    pages: int

    @property
    def span(self) -> str:
        last = self.first + self.pages - 1
        return str(self.first) if last == self.first else f"{self.first}-{last}"


def draw_year_set(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """归档文件目录, then the set of each meeting of the year, with continuous page numbers."""
    from lanling_desktop.printing.pdfa import delivered
    from lanling_desktop.printing.roster import draw_roster
    from lanling_desktop.printing.volume import Volume

    hall = office.read("meeting_hall", job.request.record_id)
    year = _year(job)
    meetings = _held_in(office, hall.id, year)
    if not meetings:
        raise NothingToPrintError(
            f"{hall.title}{year}年没有召开过的会议", "没有改动任何数据", "请换一个年份再打印"
        )
    title = f"{hall.title}{year}年归档文件目录"
    volume = Volume(title.removesuffix("归档文件目录") + "全套材料", author=job.unit)
    bound: list[_Bound] = []
    for number, meeting_id in enumerate(meetings, 1):
        for piece in pieces_of(office, meeting_id, job):
            before = volume.pages
            _draw_piece(office, job, piece, volume)
            bound.append(_Bound(piece, before + 1, volume.pages - before))
        if progress:
            progress(number, len(meetings))
    before = volume.pages
    draw_roster(_contents(title, bound, job), volume)
    front = volume.pages - before
    volume.bring_to_front(front)
    stamps = {each.first: _stamp(year, place, each) for place, each in enumerate(bound, 1)}
    volume.number(after=front, stamps=stamps)
    delivered(volume, out)


def _year(job: Job) -> int:
    said = job.request.arguments.get(YEAR, "").strip().removesuffix("年")
    if not said:
        return job.day.year
    if not said.isdigit() or not 1949 <= int(said) <= job.day.year + 1:
        raise OfficeError(f"看不懂年份“{said}”", "没有改动任何数据", "请按 2026 的样子填写")
    return int(said)


def _held_in(office: Office, hall_id: str, year: int) -> list[str]:
    here = table_of(HallMeeting).c
    rows = office.rows(
        select(here.id)
        .where(
            here.hall_id == hall_id,
            here.binned_at.is_(None),
            here.status == rules.HELD,
            here.held_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(here.held_on, here.serial)
    )
    return [row[0] for row in rows]


def _contents(title: str, bound: Sequence[_Bound], job: Job) -> Roster:
    """归档文件目录 (DA/T 22): a line for each piece, days as eight digits."""
    from lanling_desktop.printing.roster import Column, Roster

    rows = [
        (
            str(place),
            each.piece.number,
            each.piece.unit,
            each.piece.title,
            each.piece.day.strftime("%Y%m%d") if each.piece.day else "",
            str(each.pages),
            each.span,
            each.piece.kept,
            each.piece.note,
        )
        for place, each in enumerate(bound, 1)
    ]
    pages = sum(each.pages for each in bound)
    return Roster(
        title=title,
        columns=[
            Column("件号", 12), Column("文号", 32), Column("责任者", 48),
            Column("题名", 89, "left"), Column("日期", 22), Column("页数", 14),
            Column("页号", 20), Column("保管期限", 20), Column("备注", 20),
        ],
        rows=rows,
        unit=job.unit,
        made_on=job.made_on,
        totals=("", "合计", "", f"共 {len(rows)} 件", "", str(pages), "", "", ""),
        notes="页号为全卷连续编号，在每页右上角（横页以装订后为准）；每件自己的页码在页脚。",
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        signatures=("整理人", "检查人", "归档日期"),
        demo=job.demo,
    )  # fmt: skip


def _stamp(year: int, place: int, each: _Bound) -> Stamp:
    from lanling_desktop.printing.volume import Stamp

    return Stamp(
        (
            (("全宗号", ""), ("年度", str(year)), ("件号", str(place))),
            (
                ("机构（问题）", "红色议事厅"),
                ("保管期限", each.piece.kept),
                ("页数", str(each.pages)),
            ),
        )
    )
