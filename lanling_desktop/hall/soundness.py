"""What must hold between a hall's records: frozen minutes as they were, no number given twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, func, or_, select

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import Record, table_of
from lanling_desktop.hall.minutes import digest_of
from lanling_desktop.hall.records import ActionItem, HallMeeting, MeetingHall, MinutesVersion

_SOME = 200  # frozen copies held in memory at once


def unsound(office: Office) -> Iterator[tuple[str, str]]:
    """Everything that does not hold: where, and what."""
    yield from _altered(office)
    yield from _unfrozen(office)
    yield from _doubled(office, HallMeeting, "届次", "hall_id", "serial")
    yield from _doubled(office, HallMeeting, "纪要编号", "hall_id", "minutes_no")
    yield from _doubled(office, ActionItem, "台账编号", "serial")


def _altered(office: Office) -> Iterator[tuple[str, str]]:
    kept, meeting = table_of(MinutesVersion).c, table_of(HallMeeting).c
    last = ""
    while True:
        rows = office.rows(
            select(kept.id, kept.content, kept.digest, kept.version, meeting.title)
            .join_from(
                table_of(MinutesVersion), table_of(HallMeeting), meeting.id == kept.meeting_id
            )
            .where(kept.id > last, kept.binned_at.is_(None))
            .order_by(kept.id)
            .limit(_SOME)
        )
        for _, content, digest, version, title in rows:
            if digest_of(content or "") != digest:
                yield f"定稿版本 {title}", f"第 {version} 版的内容与校验值不符，定稿后被改动过"
        if len(rows) < _SOME:
            return
        last = rows[-1][0]


def _unfrozen(office: Office) -> Iterator[tuple[str, str]]:
    """Meetings that say they are closed and have no copy of that version."""
    kept, meeting = table_of(MinutesVersion).c, table_of(HallMeeting).c
    of_it = and_(
        kept.meeting_id == meeting.id, kept.version == meeting.version, kept.binned_at.is_(None)
    )
    source = table_of(HallMeeting).outerjoin(table_of(MinutesVersion), of_it)
    lost = or_(kept.id.is_(None), kept.number != meeting.minutes_no)
    closed = meeting.finalised_on.is_not(None), meeting.binned_at.is_(None), lost
    for (title,) in office.rows(select(meeting.title).select_from(source).where(*closed)):
        yield f"议事会议 {title}", "已经定稿，却找不到这一版的定稿内容"


def _doubled(
    office: Office, kind: type[Record], label: str, *names: str
) -> Iterator[tuple[str, str]]:
    table = table_of(kind)
    columns: list[Any] = [table.c[name] for name in names]
    live = (table.c.binned_at.is_(None), *(each.is_not(None) for each in columns))
    twice = select(*columns).where(*live).group_by(*columns).having(func.count() > 1)
    for *hall, number in office.rows(twice):
        name = select(MeetingHall.name).where(MeetingHall.id == hall[0]) if hall else None
        where = f" {office.rows(name)[0][0]}" if name is not None else ""
        title = office.registers[table.name].title
        yield f"{title}{where}", f"{label}“{number}”用了不止一次"
