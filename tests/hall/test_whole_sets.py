"""会议全套 and 年度全套: filing order, the list of contents, continuous numbers in the corner."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from lanling_desktop import catalogue, command_line
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.hall import actions
from lanling_desktop.printing.paper import Job, NothingToPrintError, Request
from lanling_desktop.printing.preview import page_count
from tests.hall.month import meeting
from tests.hall.told import drawn, printed, told
from tests.printing.measure import Page, pages
from tests.printing.samples import texts

ORDER = (
    "关于召开兰陵花园红色议事厅", "议题单", "签到表", "会议记录", "会议纪要", "议事台账",
    "议定事项公示", "公示照片页", "办结回执",
)  # fmt: skip


def test_a_meetings_set_is_in_filing_order(told_office: Office) -> None:
    _, first, _ = told(told_office)
    found = texts(printed(told_office, "meeting_set", first))
    heads = ["".join(page.split())[:40] for page in found]
    places = [next(n for n, head in enumerate(heads) if title in head) for title in ORDER]
    assert places == sorted(places)
    assert sum("回执" in head for head in heads) == 1  # of what is closed, not of what is open
    assert len(set(re.findall(r"打印编号 (\S+)", "".join(found)))) == 1  # one print, one number


def test_the_ledger_in_a_set_is_that_meetings(told_office: Office) -> None:
    _, first, second = told(told_office)
    page = next(p for p in texts(printed(told_office, "meeting_set", first)) if "议事台账" in p)
    assert "共 3 项" in page
    assert not any("议事台账" in p for p in texts(printed(told_office, "meeting_set", second)))


def test_before_it_is_held_a_meeting_has_what_it_is_called_with(told_office: Office) -> None:
    hall, *_ = told(told_office)
    coming = actions.open_meeting(told_office, hall_id=hall, planned_on=date(2026, 12, 10)).main
    assert page_count(printed(told_office, "meeting_set", coming)) == 3


def corner(page: Page) -> str:
    """The number in the corner: upper right, or lower right reading downwards on a broad sheet."""
    upright = [c for c in page.chars if c.left > 196 and c.top < 10 and c.right < 205]
    if upright:
        return "".join(c.text for c in upright)
    turned = [c for c in page.chars if c.left > 283 and c.bottom > 280]
    return "".join(c.text for c in sorted(turned, key=lambda c: c.top))


def contents(page: str) -> list[tuple[int, str, int, int, int]]:
    """Number, title, pages, first and last page of each line of 归档文件目录."""
    found = []
    for line in page.splitlines():
        said = re.fullmatch(
            r"(\d+) (?:\S+ )?\S+ (\S+) \d{8} (\d+) (\d+)(?:-(\d+))? (?:永久|10年).*", line
        )
        if said:
            number, title, count, first, last = said.groups()
            found.append((int(number), title, int(count), int(first), int(last or first)))
    return found


def test_the_years_contents_agree_with_its_pages(told_office: Office) -> None:
    hall, *_ = told(told_office)
    pdf = printed(told_office, "year_set", hall, year="2026")
    said, drawn_pages = texts(pdf), pages(pdf)
    listed = contents(said[0])
    assert "2026年归档文件目录" in said[0]
    assert [number for number, *_ in listed] == list(range(1, len(listed) + 1))
    at = 1
    for number, title, count, first, last in listed:
        assert (first, last) == (at, at + count - 1)
        head = "".join(said[first].split())  # page 0 is the list itself
        words = "".join(title.split())
        assert words in head or "议事台账" in words or "办结回执" in words
        assert f"件号{number}" in head
        at += count
    assert at == len(said)
    assert [corner(page) for page in drawn_pages] == ["", *map(str, range(1, len(said)))]


def test_the_corner_number_leaves_the_papers_own_alone(told_office: Office) -> None:
    hall, first, _ = told(told_office)
    alone = texts(drawn(told_office, "meeting_record", first))
    year = [p for p in texts(drawn(told_office, "year_set", hall)) if "第1次会议记录" in p[:60]]
    for before, after in zip(alone, [p for p in year if "目录" not in p], strict=True):
        (own,) = re.findall(r"第 \d+ 页 共 \d+ 页", before)
        assert own in after
        assert set(before.split()) <= set(after.split())


def test_records_are_kept_for_good_and_notices_ten_years(told_office: Office) -> None:
    hall, *_ = told(told_office)
    lines = texts(printed(told_office, "year_set", hall))[0].splitlines()
    kept = {
        line.split()[-1] for line in lines if "第1次会议记录" in line or "第1次会议纪要" in line
    }
    assert kept == {"永久"}
    assert all("10年" in line for line in lines if "通知" in line)
    assert any(line.endswith("未定稿") for line in lines if "第2次会议记录" in line)


def test_meetings_cancelled_or_of_another_year_are_not_in_it(told_office: Office) -> None:
    hall, *_ = told(told_office)
    gone = meeting(told_office, hall, date(2026, 11, 10))
    actions.change_plan(told_office, meeting_id=gone, status="取消", reason="停电")
    assert "第3次" not in "".join(texts(printed(told_office, "year_set", hall)))
    with pytest.raises(NothingToPrintError, match="2025年没有召开过的会议"):
        printed(told_office, "year_set", hall, year="2025")
    with pytest.raises(OfficeError, match="看不懂年份“去”"):
        printed(told_office, "year_set", hall, year="去年")


def test_a_set_can_be_stopped(told_office: Office) -> None:
    hall, first, _ = told(told_office)
    told_of: list[tuple[int, int]] = []

    def stop(number: int, total: int) -> None:
        told_of.append((number, total))
        if number == 2:
            raise InterruptedError

    for key, record in (("meeting_set", first), ("year_set", hall)):
        job = Job(
            Request(record_id=record), "1", "0", date(2026, 11, 23), date(2026, 11, 23), "", False
        )
        out = BytesIO()
        with pytest.raises(InterruptedError):
            catalogue.papers()[key].draw(told_office, job, out, stop)
        assert out.getvalue() == b""
    assert told_of == [(1, 9), (2, 9), (1, 2), (2, 2)]


def test_the_years_set_from_the_command_line(
    told_office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(told_office)
    told_office.close()
    words = ["print", "year_set", "--office", str(told_office.path), "--record=兰陵花园红色议事厅",
             "--year=2026", "-o", str(tmp_path / "全套.pdf")]  # fmt: skip
    assert command_line.main(words, clock=fixed(2026, 11, 23)) == 0
    assert "年度全套" in capsys.readouterr().out
    assert page_count(tmp_path / "全套.pdf") > 15
