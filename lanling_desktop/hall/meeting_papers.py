"""The papers of one meeting, one matter, one list, each drawn where it is asked to: alone or bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import select

from lanling_desktop.core import attachments, pictures
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import table_of
from lanling_desktop.hall import ledger_papers, meeting_sheets, official_papers, rules
from lanling_desktop.hall.minutes import Minutes, minutes_of
from lanling_desktop.hall.record_form import record_form
from lanling_desktop.hall.records import Publicity
from lanling_desktop.people.papers import NothingToPrintError, view_of
from lanling_desktop.printing.paper import Job, Progress, signing

if TYPE_CHECKING:
    from lanling_desktop.printing.form import Form
    from lanling_desktop.printing.pdfa import Document

    Out = BinaryIO | Document

_PHOTO_POINTS = 1_400  # of the longer side: 200 to the inch on the form
Draw = Callable[[Office, Job, "Out", Progress | None], None]


def posting(office: Office, meeting_id: str) -> dict[str, Any] | None:
    """The latest 公示 of a meeting, its end filled in; None when nothing was posted."""
    here = table_of(Publicity)
    rows = office.rows(
        select(here)
        .where(here.c.meeting_id == meeting_id, here.c.binned_at.is_(None))
        .order_by(here.c.posted_on.desc(), here.c.id.desc())
        .limit(1)
    )
    if not rows or rows[0].posted_on is None:
        return None
    said = dict(rows[0]._mapping)
    week = said["posted_on"] + timedelta(days=rules.PUBLICITY_DAYS - 1)
    return {**said, "posted_to": said["posted_to"] or week}


def _posted(office: Office, said: Minutes) -> dict[str, Any]:
    found = posting(office, said.meeting_id)
    if found is None:
        raise NothingToPrintError(
            f"“{said.title}”还没有登记公示",
            "没有改动任何数据",
            "请先在这次会议的“办理”里按“公示”，填好地点和起止日期，再打印",
        )
    return found


def _forms(out: Out, progress: Progress | None, *forms: Form) -> None:
    from lanling_desktop.printing.form import draw_forms

    draw_forms(forms, out, progress)


def _meeting(office: Office, job: Job) -> tuple[Minutes, Job]:
    """The minutes of a job's meeting, and the job as signed for its hall."""
    said = minutes_of(office, job.request.record_id)
    return said, replace(job, unit=signing(said.community, job.unit))


def draw_notice(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """会议通知."""
    from lanling_desktop.printing.official import draw_official

    said, job = _meeting(office, job)
    draw_official(official_papers.notice(office, said, job), out, progress)


def draw_agenda(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """议题单."""
    _forms(out, progress, meeting_sheets.agenda_form(*_meeting(office, job)))


def draw_sign_in(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """签到表."""
    _forms(out, progress, meeting_sheets.sign_in_form(*_meeting(office, job)))


def draw_record(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """会议记录."""
    _forms(out, progress, record_form(*_meeting(office, job)))


def draw_minutes(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """会议纪要."""
    from lanling_desktop.printing.official import draw_official

    said, job = _meeting(office, job)
    official_papers.refuse_unheld(said)
    draw_official(official_papers.minutes_document(said, job), out, progress)


def draw_public(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """公示."""
    from lanling_desktop.printing.official import draw_official

    said, job = _meeting(office, job)
    document = official_papers.public_notice(office, said, _posted(office, said), job)
    draw_official(document, out, progress)


def draw_photos(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """公示照片页."""
    said, job = _meeting(office, job)
    posted = _posted(office, said)
    shown = [
        (each, pictures.for_paper(attachments.content(office, each), _PHOTO_POINTS))
        for each in attachments.photos(office, Publicity.__tablename__, posted["id"])
    ]
    _forms(out, progress, meeting_sheets.photo_form(said, posted, job, shown))


def draw_ledger(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """议事台账 of the list in sight."""
    draw_ledger_of(office, job, view_of(job, "action_item"), out, progress)


def draw_ledger_of(
    office: Office, job: Job, view: View, out: Out, progress: Progress | None
) -> None:
    """议事台账 of any view."""
    from lanling_desktop.printing.roster import draw_roster

    draw_roster(ledger_papers.ledger(office, view, job), out, progress)


def draw_receipt(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """办结回执."""
    item = office.read("action_item", job.request.record_id)
    job = replace(job, unit=signing(item.texts["community_id"], job.unit))
    _forms(out, progress, ledger_papers.receipt(office, item, job))


def draw_visitors(office: Office, job: Job, out: Out, progress: Progress | None) -> None:
    """来访登记."""
    from lanling_desktop.printing.roster import draw_roster

    view = view_of(job, "visitor_reception")
    draw_roster(ledger_papers.visitors(office, view, job), out, progress)
