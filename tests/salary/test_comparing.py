"""Two schemes compared: on paper and as values, each sum is that of the month function."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.salary import actions, comparing, schemes
from lanling_desktop.standards.amounts import format_yuan, yuan
from tests.salary.payroll import hire, run_of, scheme_id, slip_of, staffed

MARCH = date(2026, 3, 1)


@pytest.fixture
def two(desk_office: Office) -> tuple[str, str, tuple[str, ...]]:
    """The scheme in force and a new version with a higher base and one post by amounts of its own."""
    workers = staffed(desk_office, "张三", "李四", "王五")
    hire(desk_office, "赵没级")
    one = scheme_id(desk_office)
    other = schemes.new_version(desk_office, one, day=date(2026, 7, 1)).main
    said = schemes.opened(desk_office, other)
    rows = tuple(replace(x, value=x.value + Decimal("0.1")) if x.grade == 2 else x
                 for x in said.grades)  # fmt: skip
    changed = replace(said, base=replace(said.base, value=Decimal(3300)), grades=rows)
    schemes.save(desk_office, other, changed, before=said)
    return one, other, workers


def test_each_is_paid_as_the_month_would_and_nothing_is_kept(
    desk_office: Office, two: tuple[str, str, tuple[str, ...]]
) -> None:
    one, other, workers = two
    before = desk_office.rows(_journal())
    found = comparing.compare(desk_office, one, other, MARCH)
    assert desk_office.rows(_journal()) == before
    places = {each.place: (each.before, each.after) for each in found.differences}
    assert places["基数 数值"] == ("3000", "3300")
    assert places["各岗位 2 级"] == ("1.05", "1.15")
    assert len([x for x in places if x.endswith("级")]) == 1
    assert [x.name for x in found.lines] == ["张三", "李四", "王五"]
    assert found.left_out == ("赵没级",)
    run = actions.start(desk_office, month=MARCH).main
    for line in found.lines:
        slip = slip_of(desk_office, run, line.worker_id)
        assert (line.one.gross, line.one.net) == (slip.gross, slip.net)
    assert found.sums[0] == run_of(desk_office, run).gross
    assert found.sums[2] == sum(x.other.gross - x.one.gross for x in found.lines) > 0
    schemes.make_own(desk_office, other, name="新", doc_no="2号", issuer="")
    schemes.adopt(desk_office, other, day=MARCH)
    actions.calculate(desk_office, run)
    assert found.sums[1] == run_of(desk_office, run).gross, "the second scheme pays what was said"
    assert workers


def _journal():
    from sqlalchemy import func, select

    from lanling_desktop.core.journal import JournalEntry

    return select(func.count(JournalEntry.seq))


def test_grades_by_each_scheme_and_troubles_by_name(
    desk_office: Office, two: tuple[str, str, tuple[str, ...]]
) -> None:
    one, other, _ = two
    said = schemes.opened(desk_office, other)
    yearly = replace(said, tenure=replace(said.tenure, years_per_band=1))
    schemes.save(desk_office, other, yearly, before=said)
    kept = comparing.compare(desk_office, one, other, MARCH)
    anew = comparing.compare(desk_office, one, other, MARCH, comparing.BY_RULES)
    assert kept.lines[0].one.grade == kept.lines[0].other.grade == anew.lines[0].one.grade
    assert int(anew.lines[0].other.grade) > int(kept.lines[0].other.grade)
    assert anew.lines[0].other.gross > kept.lines[0].other.gross
    xian = schemes.load(desk_office, schemes.shipped_text("示例：西安")).main
    troubled = comparing.compare(desk_office, one, xian, MARCH)
    assert all(x.trouble for x in troubled.lines)
    assert troubled.sums == (0,) * 6
    with pytest.raises(OfficeError, match="同一个方案"):
        comparing.compare(desk_office, one, one, MARCH)


def test_the_paper_adds_up(desk_office: Office, two: tuple[str, str, tuple[str, ...]]) -> None:
    one, other, _ = two
    found = comparing.compare(desk_office, one, other, MARCH)
    request = Request(record_id=one, arguments={"other": other, "month": "2026-03"})
    printed = print_paper(desk_office, catalogue.papers()["scheme_compare"], request)
    pages = pypdfium2.PdfDocument(BytesIO(printed.pdf))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    text = text.replace("\r\n", "\n")
    assert pages[0].get_width() < pages[0].get_height()
    assert "2026年3月，按现在认定的等级" in text
    assert "赵没级" in text
    assert "各岗位 2 级" in text
    figures = [int(Decimal(x.replace(",", "")) * 100)
               for x in re.findall(r"[+-]?\d[\d,]*\.\d\d", text.split("二、各人工资")[1])]  # fmt: skip
    rows = [tuple(figures[at : at + 6]) for at in range(0, len(figures), 6)]
    *people, totals = rows
    assert totals == found.sums
    assert tuple(map(sum, zip(*people, strict=True))) == totals
    assert len(people) == len(found.lines)
    assert "应发合计" in text
    assert f"+{format_yuan(yuan(found.sums[2]))}" in text
    assert "演示" not in text


def test_a_name_or_nothing_finds_the_other(
    desk_office: Office, two: tuple[str, str, tuple[str, ...]]
) -> None:
    one, other, _ = two
    assert comparing.resolved(desk_office, "", one) == other
    assert comparing.resolved(desk_office, "本县方案（2026年7月1日起）", one) == other
    assert comparing.resolved(desk_office, other, one) == other
    with pytest.raises(OfficeError, match="没有叫“不存在”"):
        comparing.resolved(desk_office, "不存在", one)
    assert comparing.usual_month(desk_office) == date(2026, 11, 1)
