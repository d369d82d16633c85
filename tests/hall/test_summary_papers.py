"""The month on paper: a line per hall that adds up, what each figure counts, the year in bars."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2
import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.hall import figures, summary_papers
from lanling_desktop.printing.paper import NothingToPrintError, Request, print_paper
from tests.hall import month
from tests.office import id_of

TODAY = date(2026, 11, 23)


def pages(office: Office, key: str, **asked: object) -> list[str]:
    """The text of every page, without its line breaks."""
    request = Request(**asked)  # type: ignore[arg-type]
    pdf = print_paper(office, catalogue.papers()[key], request).pdf
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return ["".join(p.get_textpage().get_text_range().split()) for p in document]
    finally:
        document.close()


def test_the_sums_under_each_community_and_below_all(demo_office: Office) -> None:
    lines = figures.table(demo_office, TODAY)
    rows, strong = summary_papers.rows_of(lines)
    assert (len(rows), len(strong)) == (89 + 21, 21)
    assert [row[0] for row in rows if row[0]] == [str(n) for n in range(1, 90)]
    held = 2 + summary_papers._SHOWN.index("held")
    since = 0
    for at, row in enumerate(rows):
        if at in strong:
            assert row[1].endswith("社区合计")
            assert int(row[held]) == since
            since = 0
        else:
            since += int(row[held])
    whole = figures.total(lines)
    assert sum(int(rows[at][held]) for at in strong) == whole["held"]
    said = pages(demo_office, "hall_month")
    assert "红色议事厅2026年11月汇总表" in said[0]
    sums = "".join(figures.text_of(key, whole) for key in summary_papers._SHOWN)
    assert f"合计89厅{sums}" in "".join(said)
    titles = [line.title for line in lines]
    assert all(sum(title in page for page in said) >= 2 for title in titles), "in table and chart"
    assert [page.count(f"第{n}页共{len(said)}页") for n, page in enumerate(said, 1)] == [1] * len(
        said
    )


def test_every_column_is_explained(demo_office: Office) -> None:
    said = "".join(pages(demo_office, "hall_month", view=View("meeting_hall")))
    for key in summary_papers._SHOWN:
        assert f".{figures.LABELS[key]}：" in said, key


def test_one_hall_has_its_chart_under_the_table(desk_office: Office) -> None:
    hall = month.hall(desk_office)
    month.held(desk_office, hall, date(2026, 10, 10))
    month.held(desk_office, hall, date(2026, 11, 10))
    (page,) = pages(desk_office, "hall_month", record_id=hall, day=date(2026, 10, 5))
    assert "兰陵花园红色议事厅2026年10月汇总表" in page
    assert "截至：2026年10月31日" in page
    chart = page[page.index("兰陵花园红色议事厅（件）") :]
    assert "".join(f"{n}月" for n in range(1, 13)) in chart
    (year,) = pages(desk_office, "hall_year", record_id=hall, arguments={"year": "2026"})
    assert "2026年度汇总表" in year


def test_a_community_and_a_filtered_list_are_their_own(demo_office: Office) -> None:
    place = id_of(demo_office, "community", "向阳社区")
    (page,) = pages(demo_office, "hall_month", view=View("meeting_hall", community=place))
    mine = [e for e in figures.table(demo_office, TODAY) if e.community_id == place]
    assert all(line.title in page for line in mine)
    assert f"合计{len(mine)}厅" in page
    chosen = View("meeting_hall", ids=tuple(line.hall_id for line in mine[:2]))
    few = "".join(pages(demo_office, "hall_month", view=chosen))
    assert "合计2厅" in few
    assert mine[2].title not in few


def test_what_is_not_a_month_and_what_is_empty_is_said(desk_office: Office) -> None:
    with pytest.raises(NothingToPrintError):
        pages(desk_office, "hall_month")
    with pytest.raises(OfficeError, match="看不懂“十月”"):
        pages(desk_office, "hall_month", arguments={"month": "十月"})
