"""What was kept in Excel before the program: past meetings, the ledger, the visitors' book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.hall import figures
from tests.exchange.sheets import simple
from tests.hall import month
from tests.hall.sheets import FILES
from tests.office import id_of, state_of

BOOKS = {
    "hall_meeting": ("红色议事厅会议登记表", 4),
    "action_item": ("红色议事厅议事台账", 3),
    "visitor_reception": ("群众来访登记簿", 3),
}


def bring(office: Office, register: str, path: Path) -> str:
    outcome = transfer.import_file(office, register, path)
    assert outcome.changes is not None, list(outcome.lines())
    return outcome.plan.summary


def tried(office: Office, rows: Sequence[Sequence[object]], folder: Path) -> list[str]:
    """What an import of these meetings says is wrong; nothing is written."""
    before = state_of(office)
    path = simple(folder / "会议.xlsx", rows)
    outcome = transfer.import_file(office, "hall_meeting", path)
    assert outcome.changes is None
    assert state_of(office) == before
    return [f"{each.address} {each.words}" for each in outcome.plan.troubles]


def meetings(office: Office) -> list[tuple[str, ...]]:
    keys = ("hall_id", "planned_on", "held_on", "status", "attended")
    return [row[1:] for row in office.page(View("hall_meeting"), 0, 50, keys=keys)]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_the_books_are_read_whole_and_twice_is_once(desk_office: Office, kind: str) -> None:
    empty = state_of(desk_office)
    for register, (name, rows) in BOOKS.items():
        said = bring(desk_office, register, FILES / f"{name}.{kind}")
        assert said == f"新增 {rows} 行，修改 0 行，一致 0 行，有误 0 行"
    once = state_of(desk_office)
    for register, (name, rows) in BOOKS.items():
        said = bring(desk_office, register, FILES / f"{name}.{kind}")
        assert said == f"新增 0 行，修改 0 行，一致 {rows} 行，有误 0 行"
    assert state_of(desk_office) == once
    for _ in BOOKS:
        desk_office.undo()
    assert state_of(desk_office) == empty, "each book is one act"


def test_a_past_meeting_was_held_a_coming_one_is_planned(desk_office: Office) -> None:
    bring(desk_office, "hall_meeting", FILES / "红色议事厅会议登记表.xlsx")
    assert meetings(desk_office) == [
        ("锦绣家园红色议事厅", "2026-12-15", "", "计划", ""),
        ("锦绣家园红色议事厅", "2026-04-15", "2026-04-15", "已召开", "9"),
        ("兰陵花园红色议事厅", "2026-04-10", "2026-04-10", "已召开", "10"),
        ("兰陵花园红色议事厅", "2026-03-10", "2026-03-10", "已召开", "11"),
    ]
    assert desk_office.count(View("meeting_hall")) == 2, "one for each compound named"
    compound = desk_office.read("compound", id_of(desk_office, "compound", "兰陵花园"))
    hall = desk_office.read(
        "meeting_hall", id_of(desk_office, "meeting_hall", "兰陵花园红色议事厅")
    )
    assert hall["compound_id"] == compound.id
    found = {each.key: each.value for each in figures.yearly(desk_office, 2026)}
    assert (found["held"], found["attendance"]) == (3, 30)


def test_the_ledger_says_how_far_each_matter_is(desk_office: Office) -> None:
    bring(desk_office, "action_item", FILES / "红色议事厅议事台账.xls")
    keys = ("serial", "status", "due_on", "verified_on")
    rows = [row[1:] for row in desk_office.page(View("action_item"), 0, 9, keys=keys)]
    assert rows == [
        ("2026-0103", "办结待核", "2026-05-01", ""),
        ("2026-0102", "交办", "2026-12-01", ""),
        ("2026-0101", "销号", "2026-03-24", "2026-03-20"),
    ]


def test_visitors_are_counted_by_heads(desk_office: Office) -> None:
    bring(desk_office, "visitor_reception", FILES / "群众来访登记簿.xlsx")
    rows = desk_office.page(View("visitor_reception"), 0, 9, keys=("visited_on", "people"))
    said = sorted(row[1:] for row in rows)
    assert said == [("1990-05-01", "1"), ("2026-03-03", "1"), ("2026-03-03", "4")]
    found = {each.key: each.value for each in figures.yearly(desk_office, 2026)}
    assert found["visitors"] == 5


@pytest.mark.parametrize(
    ("register", "old", "new", "column"),
    [
        ("hall_meeting", "赵建国", "孙志强", "chair"),
        ("action_item", "李敏", "周明", "responsible"),
        ("visitor_reception", "已修", "已修好并回访", "outcome"),
    ],
)
def test_what_is_edited_in_an_export_comes_back(
    desk_office: Office, tmp_path: Path, register: str, old: str, new: str, column: str
) -> None:
    bring(desk_office, register, FILES / f"{BOOKS[register][0]}.xlsx")
    out = tmp_path / "导出.xlsx"
    count = transfer.export_view(desk_office, View(register), out, masked=False)
    assert bring(desk_office, register, out).startswith(f"新增 0 行，修改 0 行，一致 {count} 行")
    book = openpyxl.load_workbook(out)
    page = book.active
    assert page is not None
    cell = next(c for row in page.iter_rows() for c in row if c.value == old)
    cell.value = new
    book.save(out)
    assert bring(desk_office, register, out).startswith(
        f"新增 0 行，修改 1 行，一致 {count - 1} 行"
    )
    found = desk_office.page(View(register), 0, 9, keys=(column,))
    assert sum(row[1] == new for row in found) == 1


def test_a_sheet_with_the_day_it_was_held_alone(desk_office: Office, tmp_path: Path) -> None:
    rows = [("议事厅", "召开日期", "实到"), ("兰陵花园", "2026.5.12", 8)]
    path = simple(tmp_path / "会议.xlsx", rows)
    bring(desk_office, "hall_meeting", path)
    hall = "兰陵花园红色议事厅"
    assert meetings(desk_office) == [(hall, "2026-05-12", "2026-05-12", "已召开", "8")]
    assert bring(desk_office, "hall_meeting", path).startswith("新增 0 行，修改 0 行，一致 1 行")


def test_a_meeting_held_on_another_day_than_planned_is_known_by_it(
    desk_office: Office, tmp_path: Path
) -> None:
    hall = month.hall(desk_office)
    made = month.meeting(desk_office, hall, date(2026, 11, 10))
    desk_office.save("hall_meeting", made, {"held_on": "2026-11-12", "status": "已召开"})
    rows = [("小区", "召开日期", "参会人数"), ("兰陵花园", "2026-11-12", 5)]
    said = bring(desk_office, "hall_meeting", simple(tmp_path / "会议.xlsx", rows))
    assert said.startswith("新增 0 行，修改 1 行")
    assert meetings(desk_office) == [
        ("兰陵花园红色议事厅", "2026-11-10", "2026-11-12", "已召开", "5")
    ]


def test_what_the_sheet_says_of_a_meeting_stands(desk_office: Office, tmp_path: Path) -> None:
    rows = [
        ("小区", "会议日期", "会议状态", "延期或取消原因"),
        ("兰陵花园", "2026.5.12", "取消", "与换届合并"),
    ]
    bring(desk_office, "hall_meeting", simple(tmp_path / "会议.xlsx", rows))
    assert meetings(desk_office) == [("兰陵花园红色议事厅", "2026-05-12", "", "取消", "")]


def test_one_meeting_twice_in_a_sheet_is_named(desk_office: Office, tmp_path: Path) -> None:
    rows = [("小区", "会议日期"), ("兰陵花园", "2026.5.12"), ("兰陵花园红色议事厅", "2026-5-12")]
    (first, *_) = tried(desk_office, rows, tmp_path)
    assert first.startswith("A3 与第 2 行的议事厅、计划日期相同")


def test_closed_minutes_are_not_changed_by_a_sheet(desk_office: Office, tmp_path: Path) -> None:
    hall = month.hall(desk_office)
    month.held(desk_office, hall, date(2026, 11, 10))
    rows = [("小区", "会议日期", "地点"), ("兰陵花园", "2026.11.10", "别处")]
    (trouble,) = tried(desk_office, rows, tmp_path)
    assert trouble.startswith("C2 ")
    assert "已经定稿" in trouble
