"""The official papers of a meeting: 会议通知, 会议纪要, 公示, in the layout of GB/T 9704."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from lanling_desktop.core.journal import JournalChange, JournalEntry
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import table_of
from lanling_desktop.hall import rules, wording
from lanling_desktop.hall.minutes import Matter, Minutes, minutes_of
from lanling_desktop.hall.records import HallMeeting
from lanling_desktop.people.papers import NothingToPrintError
from lanling_desktop.places.records import Community
from lanling_desktop.printing.paper import MASKED, Job, Request, committee, signing
from lanling_desktop.standards import dates

if TYPE_CHECKING:
    from lanling_desktop.printing.official_parts import Block, OfficialDocument

COPIES = "copies"
"""Argument of 会议纪要: who gets a copy (抄送), names joined by 、 or commas."""


def _stamped(job: Job) -> dict[str, Any]:
    return {
        "unit": job.unit,
        "edition": job.request.edition,
        "print_no": job.number,
        "check_code": job.check_code,
        "demo": job.demo,
    }


_ONE_LINE = 16  # characters of a hall's name that fit on a title's line behind 关于召开


# 会议通知


def issued_on(office: Office, said: Minutes, job: Job) -> date:
    """The day a notice bears: today until the meeting; later, when the meeting was entered."""
    planned = wording.day_of(said.planned_on)
    if planned is None or job.made_on <= planned:
        return job.made_on
    change, entry = JournalChange, JournalEntry
    rows = office.rows(
        select(func.min(entry.at))
        .join(change, change.seq == entry.seq)
        .where(change.record_id == said.meeting_id, change.table_name == HallMeeting.__tablename__)
    )
    entered = date.fromisoformat(rows[0][0][:10]) if rows and rows[0][0] else planned
    return min(entered, planned)


def notice(office: Office, said: Minutes, job: Job) -> OfficialDocument:
    """会议通知 on one page: each topic on its line, or all in a row, or 议题单 attached."""
    from lanling_desktop.printing.official_plan import planned

    day = issued_on(office, said, job)
    titles = ["听取上次议定事项落实情况"] if said.carried else []
    titles += [each.title for each in said.topics]
    count = f"会议议题：共{len(said.topics)}项，见附件。"
    listed = [f"{number}. {each}" for number, each in enumerate(titles, 1)]
    whole = _notice(said, job, day, ["会议议题：", *listed] if listed else [])
    shorter = _notice(said, job, day, [f"会议议题：{'；'.join(listed)}。"])
    for made in (whole, shorter):
        if len(planned(made).pages) == 1:
            return made
    return _notice(said, job, day, [count], attachments=("会议议题单",))


def _notice(
    said: Minutes, job: Job, day: date, agenda: Sequence[str], attachments: Sequence[str] = ()
) -> OfficialDocument:
    from lanling_desktop.printing.official_parts import OfficialDocument, Signature

    return OfficialDocument(
        kind="通知",
        title=_notice_title(said),
        body=tuple(_notice_body(said, agenda)),
        addressee=_invited(said),
        attachments=attachments,
        signature=Signature((job.unit,), day) if job.unit else None,
        **_stamped(job),
    )


def _notice_title(said: Minutes) -> str:
    """Turned behind the hall's name where that fills about a line."""
    rest = said.title.removeprefix(said.hall)
    turn = "\n" if said.hall and len(said.hall) <= _ONE_LINE else ""
    return f"关于召开{said.hall}{turn}{rest}的通知"


def _invited(said: Minutes) -> str:
    sides = list(dict.fromkeys(each.side for each in said.people if each.side))
    known = [each for each in rules.SIDES if each in sides]
    return "、".join(known) or "各议事成员"


def _notice_body(said: Minutes, agenda: Sequence[str]) -> Iterator[Block]:
    from lanling_desktop.printing.official_parts import Paragraph, chinese_number

    when = wording.day_of(said.planned_on)
    day = wording.with_weekday(when) if when else ""
    yield Paragraph(f"经研究，定于{day}召开{said.title}，现将有关事项通知如下。")
    asked = "请参会人员提前了解议题、听取居民意见，准时参加会议；因故不能参加的，请提前"
    points = [
        [f"会议时间：{day}{said.start_time}"],
        [f"会议地点：{said.place}"],
        *([agenda] if agenda else []),
        [f"{asked}{f'向{said.recorder}' if said.recorder else ''}请假。"],
    ]
    for number, (point, *more) in enumerate(points, 1):
        yield Paragraph("\n".join((f"{chinese_number(number)}、{point}", *more)))


# 会议纪要


def refuse_unheld(said: Minutes) -> None:
    """There are no 纪要 of what has not taken place."""
    if not said.held_on:
        raise NothingToPrintError(
            f"“{said.title}”还没有召开，没有纪要可印",
            "没有改动任何数据",
            "请先在会议的“办理”里按“登记召开”",
        )


def minutes_document(said: Minutes, job: Job) -> OfficialDocument:
    """会议纪要 under the hall's red mark."""
    from lanling_desktop.printing.official_parts import Colophon, OfficialDocument, numbered

    closed = wording.day_of(said.closed_on)
    copies = job.request.arguments.get(COPIES, "").replace("，", ",").replace("、", ",")
    return OfficialDocument(
        kind="纪要",
        title=f"{said.title}纪要{wording.open_mark(said)}",
        body=numbered([*_minutes_body(said), *_came(said)]),
        mark=f"{said.hall}会议纪要",
        number=wording.said_number(said),
        colophon=Colophon(
            job.unit, closed or job.made_on, [each for each in copies.split(",") if each]
        ),
        **_stamped(job),
    )


def _minutes_body(said: Minutes) -> Iterator[Block]:
    from lanling_desktop.printing.official_parts import Heading, Paragraph

    yield Paragraph(_opening(said))
    if said.carried:
        yield Heading("上次议定事项落实情况")
        yield Paragraph(wording.carried_lines(said.carried))
    for each in said.topics:
        yield Heading(each.title)
        yield Paragraph(_on_matter(said, each))
    if said.other:
        yield Heading("其他事项")
        yield Paragraph(said.other)


def _opening(said: Minutes) -> str:
    day = wording.said_day(said.held_on or said.planned_on)
    hours = f"{said.start_time}至{said.end_time}" if said.start_time and said.end_time else ""
    chaired = f"{said.chair}在{said.place}主持召开" if said.place else f"{said.chair}主持召开"
    counted = f"会议应到{said.should_attend}人，实到{said.attended}人。" if said.held_on else ""
    done = ["听取了上次议定事项落实情况"] if said.carried else []
    if said.topics:
        done.append(f"研究了“{said.topics[0].title}”等{len(said.topics)}项议题"
                    if len(said.topics) > 1 else f"研究了“{said.topics[0].title}”")  # fmt: skip
    what = f"会议{'，'.join(done)}。" if done else ""
    follows = "现将会议议定事项纪要如下。" if said.topics or said.carried else ""
    return f"{day}{hours}，{chaired}{said.title}。{counted}{what}{follows}"


def _on_matter(said: Minutes, matter: Matter) -> str:
    vote = wording.vote(matter, said.should_attend)
    voted = f"经{vote}。" if vote else ""
    decided = wording.decided(matter)
    if not decided and not voted:
        return "（尚未议定）"
    agreed = f"会议议定：{decided}" if matter.decision else decided
    return f"{voted}{agreed}"


def _came(said: Minutes) -> Iterator[Block]:
    from lanling_desktop.printing.official_parts import NameList

    here = said.who(rules.PRESENT)
    if here:
        yield NameList("出席", [wording.named(each) for each in here])
    for label in (rules.EXCUSED, rules.ABSENT):
        gone = said.who(label)
        if gone:
            names = [f"{each.name}（{each.reason}）" if each.reason else each.name for each in gone]
            yield NameList(label, names)
    guests = said.who(rules.SITTING_IN)
    if guests:
        yield NameList(rules.SITTING_IN, [wording.named(each) for each in guests])


# 公示


def public_notice(
    office: Office, said: Minutes, posted: dict[str, Any], job: Job
) -> OfficialDocument:
    """公示: what was decided, who does it by when. Who raised a matter is not said."""
    from lanling_desktop.printing.official_parts import OfficialDocument, Signature, numbered

    return OfficialDocument(
        kind="公示",
        title=f"{posted['title']}{wording.open_mark(said)}",
        body=numbered(_public_body(office, said, posted)),
        signature=Signature((job.unit,), posted["posted_on"]) if job.unit else None,
        **{**_stamped(job), "edition": MASKED},
    )


def _public_body(office: Office, said: Minutes, posted: dict[str, Any]) -> Iterator[Block]:
    from lanling_desktop.printing.official_parts import Heading, Paragraph

    day = wording.said_day(said.held_on or said.planned_on)
    yield Paragraph(f"{day}，{said.title}召开，现将会议议定事项予以公示，请居民监督。")
    if said.carried:
        yield Heading("上次议定事项落实情况")
        yield Paragraph(wording.for_everybody(wording.carried_lines(said.carried)))
    for each in said.topics:
        yield Heading(wording.for_everybody(each.title))
        yield Paragraph(wording.for_everybody(wording.decided(each)) or "（尚未议定）")
    span = f"{dates.paper(posted['posted_on'])}至{dates.paper(posted['posted_to'])}"
    phone = _telephone(office, said.meeting_id)
    lines = [
        f"公示时间：{span}。",
        f"公示期间对上述事项有意见的，请联系{committee(said.community or '社区')}。",
        *([f"联系电话：{phone}"] if phone else []),
    ]
    yield Paragraph("\n".join(lines))


def _telephone(office: Office, meeting_id: str) -> str:
    meeting, community = table_of(HallMeeting), table_of(Community)
    rows = office.rows(
        select(community.c.office_phone)
        .join_from(meeting, community, community.c.id == meeting.c.community_id)
        .where(meeting.c.id == meeting_id)
    )
    return rows[0][0] or "" if rows else ""


# Word


def minutes_to_word(office: Office, meeting_id: str, path: Path) -> None:
    """会议纪要 as a Word file; written whole or not at all."""
    from lanling_desktop.printing.word import write_word

    said = minutes_of(office, meeting_id)
    refuse_unheld(said)
    write_word(minutes_document(said, _unprinted(office, said)), path)


def record_to_word(office: Office, meeting_id: str, path: Path) -> None:
    """会议记录 as a Word file; written whole or not at all."""
    from lanling_desktop.hall.record_form import record_form
    from lanling_desktop.printing.word import write_word

    said = minutes_of(office, meeting_id)
    write_word(record_form(said, _unprinted(office, said)), path)


def _unprinted(office: Office, said: Minutes) -> Job:
    """What stands on a file that is in no print log."""
    return Job(
        request=Request(edition=""),
        number="",
        check_code="",
        day=office.today,
        made_on=office.today,
        unit=signing(said.community, office.desk.get("unit", "")),
        demo=bool(office.desk.get("demo", False)),
    )
