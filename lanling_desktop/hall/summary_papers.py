"""月度汇总 and 年度汇总: what the halls did, a line per hall, with what each figure counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.hall import figures
from lanling_desktop.hall.figures import Bars, Line, Period
from lanling_desktop.people.papers import Shown, refuse_empty, roster_of
from lanling_desktop.printing.paper import Job, Paper, Progress

if TYPE_CHECKING:
    from lanling_desktop.printing.chart import MonthBars

_SHOWN = (
    "due", "held", "extra", "attendance", "visitors", "raised", "at_once", "by_a_day", "closed",
    "open", "overdue", "due_items", "on_time", "on_time_rate", "closing_rate",
)  # fmt: skip
_COLUMNS = (
    Shown(Field("议事厅", width_mm=46)),
    *(Shown(Field(figures.LABELS[key], Kind.INTEGER, width_mm=15)) for key in _SHOWN),
)
Rows = list[tuple[str, ...]]


def rows_of(lines: Sequence[Line]) -> tuple[Rows, frozenset[int]]:
    """A row per hall, under those of a community its sums; and which rows are sums."""
    rows: Rows = []
    strong = set()
    several = len({each.community_id for each in lines}) > 1
    number = 0
    for _, found in groupby(lines, key=lambda each: each.community_id):
        halls = list(found)
        for line in halls:
            number += 1
            rows.append((str(number), line.title, *(line.text(key) for key in _SHOWN)))
        if several:
            strong.add(len(rows))
            rows.append(("", f"{halls[0].community}合计", *_sums(halls)))
    return rows, frozenset(strong)


def _sums(lines: Sequence[Line]) -> list[str]:
    summed = figures.total(lines)
    return [figures.text_of(key, summed) for key in _SHOWN]


def chart_of(bars: Bars) -> MonthBars:
    """A hall's year as the kit draws it."""
    from lanling_desktop.printing.chart import MonthBars

    series = (("提出议题", bars.raised), ("销号", bars.closed))
    return MonthBars(f"{bars.title}（件）", bars.months, series)


def _draw(
    office: Office, job: Job, period: Period, out: BinaryIO, progress: Progress | None
) -> None:
    from lanling_desktop.printing.roster import draw_roster

    view = job.request.view or View("meeting_hall")
    hall, community = job.request.record_id, view.community
    table = figures.table(office, period, community_id=community, hall_id=hall)
    lines = _chosen(office, view, table)
    refuse_empty(lines, f"{period.title}议事汇总")
    rows, strong = rows_of(lines)
    end = period.end(office.today)
    where = (
        office.read("meeting_hall", hall).title
        if hall
        else f"{office.read('community', community).title}红色议事厅"
        if community
        else "红色议事厅"
    )
    year = period.first.year
    known = figures.bars_by_hall(office, year, until=end)
    charts = (
        [figures.bars(office, year, hall, community_id=community, until=end)]
        if hall or community
        else [known[key] for key in dict.fromkeys(each.hall_id for each in lines) if key in known]
    )
    totals = ["", f"合计 {len({each.hall_id for each in lines} - {''})} 厅", *_sums(lines)]
    roster = roster_of(
        job,
        f"{where}{period.title}{'度' if period.is_year else ''}汇总表",
        _COLUMNS,
        rows,
        totals=totals if len(lines) > 1 else None,
        notes=_notes(period, end) + _asked_notes(lines),
    )
    charted = tuple(map(chart_of, charts))
    draw_roster(replace(roster, as_of=end, strong=strong, charts=charted), out, progress)


def _chosen(office: Office, view: View, lines: tuple[Line, ...]) -> list[Line]:
    """The lines of the halls a list on the screen was narrowed to; all of them else."""
    plain = View("meeting_hall", community=view.community, day=view.day, order=view.order,
                 descending=view.descending)  # fmt: skip
    if view == plain:
        return list(lines)
    wanted = {row[0] for row in office.rows(office.listing(view).ids())}
    return [each for each in lines if each.hall_id in wanted]


def _notes(period: Period, end: date) -> str:
    said = [
        f"{number}.{figures.LABELS[key]}：{figures.said(key, period, end, brief=True)}。"
        for number, key in enumerate(_SHOWN, 1)
    ]
    begins, ends = period.first.isoformat(), end.isoformat()
    return f"本期自 {begins} 至 {ends}。{''.join(said)}"


def _asked_notes(lines: Sequence[Line]) -> str:
    """The rate of content, where anybody was asked at all."""
    values = {key: sum(each.values.get(key, 0) for each in lines) for key in ("asked", "content")}
    if not values["asked"]:
        return ""
    rate = figures.text_of("content_rate", values)
    label = figures.LABELS
    return (
        f"{label['asked']} {values['asked']} 件，{label['content']} {values['content']} 件，"
        f"{label['content_rate']} {rate}。"
    )


def month_asked(job: Job) -> Period:
    """The month of `month=2026-10`, else the one the paper's day is in."""
    typed = job.request.arguments.get("month", "")
    try:
        return figures.month_of(date.fromisoformat(f"{typed}-01") if typed else job.day)
    except ValueError:
        raise _not_read(typed, "2026-11") from None


def year_asked(job: Job) -> Period:
    """The year of `year=2026`, else the one the paper's day is in."""
    typed = job.request.arguments.get("year", "")
    try:
        return figures.year_of(int(typed) if typed else job.day.year)
    except ValueError:
        raise _not_read(typed, "2026") from None


def _not_read(typed: str, example: str) -> OfficeError:
    return OfficeError(f"看不懂“{typed}”", "没有改动任何数据", f"请按 {example} 的样子填写")


def _draw_month(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    _draw(office, job, month_asked(job), out, progress)


def _draw_year(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    _draw(office, job, year_asked(job), out, progress)


PAPERS_OF_FIGURES = (
    Paper(
        "hall_month",
        "月度汇总",
        "meeting_hall",
        _draw_month,
        arguments=(("month", "月份，如2026-11"),),
    ),
    Paper(
        "hall_year", "年度汇总", "meeting_hall", _draw_year, arguments=(("year", "年份，如2026"),)
    ),
)
PAPERS = PAPERS_OF_FIGURES
