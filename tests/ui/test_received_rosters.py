"""Rosters of grids, staff and part-time members as a street sends them, imported by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.exchange.plan import NEW, SAME
from tests.scenarios import make_rosters
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL
from ui.screens.import_wizard import ImportWizard

FILES = Path(make_rosters.__file__).parent / "files"
Key = Qt.Key
ROSTERS = {
    "grid_worker": make_rosters.grid_workers(),
    "community_worker": make_rosters.community_workers(),
    "part_time_member": make_rosters.part_time_members(),
}


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
@pytest.mark.parametrize("register", list(ROSTERS))
def test_a_received_roster_is_imported_by_keys(at: Desk, register: str, kind: str) -> None:
    sheet, office, hands = ROSTERS[register], at.office, at.typist
    wizard = ImportWizard(at.session, register)
    at.show(wizard)
    wizard.begin()
    QApplication.clipboard().setText(str(FILES / f"{sheet.name}.{kind}"))
    hands.press(Key.Key_V, CTRL)
    hands.press(Key.Key_Return)
    at.settle()
    assert sheet.title in wizard.mapping.found.text()
    assert "表头在第 3–4 行" in wizard.mapping.found.text()
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert wizard.plan is not None
    assert wizard.plan.unknown == ("序号",), "every other head is understood"
    assert wizard.plan.count(NEW) == len(sheet.rows)
    assert office.count(View(register)) == 0  # looking writes nothing
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert office.count(View(register)) == len(sheet.rows)
    everybody = office.page(
        View(register), 0, 99, keys=("person.name", "person.identity_number"), masked=False
    )
    heads = [head for _, head in sheet.heads]
    number = next(n for n, head in enumerate(heads) if "身份" in head)
    assert {row[1:] for row in everybody} == {(row[1], row[number]) for row in sheet.rows}
    again = transfer.import_file(
        office, register, FILES / f"{sheet.name}.{kind}", dry_run=True
    ).plan
    assert again.count(SAME) == len(sheet.rows), "the same table again changes nothing"
    office.undo()
    assert office.count(View(register)) == 0
    assert office.count(View("person")) == 0


def test_what_the_sheet_says_is_understood(at: Desk) -> None:
    office = at.office
    for register, sheet in ROSTERS.items():
        transfer.import_file(office, register, FILES / f"{sheet.name}.xlsx")
    assert office.count(View("grid")) == 6
    assert office.count(View("grid", ready="no_chief")) == 0
    keys = ("person.name", "person.birth", "grid_id", "role", "functions", "valid_from", "remark")
    rows = {row[1]: row[2:] for row in office.page(View("grid_worker"), 0, 99, keys=keys)}
    name, _, _, _, day = make_rosters.person(5)
    assert rows[name] == (
        day.isoformat(),
        "第二网格",
        "专职网格员",
        "综治、计生",
        "2021-06-01",
        "与村医兼任",
    )
    workers = office.page(
        View("community_worker"),
        0,
        99,
        keys=("post.title", "post.post", "person.education", "person.degree", "contract_to"),
    )
    assert ("党委书记", "正职", "大学专科毕业", "", "2027-01-11") in {row[1:] for row in workers}
    assert office.count(View("community_worker", ready="contract")) == 5
    members = View("part_time_member")
    assert office.count(View("part_time_member", ready="no_certificate")) == 1
    terms = office.page(members, 0, 99, keys=("valid_from", "valid_to"))
    assert {row[1:] for row in terms} == {("2024-03-01", "2027-02-28")}
    assert office.count(View("part_time_member", day=date(2024, 2, 28))) == 0
    assert office.count(View("resident_unit")) == 7


def test_two_chiefs_of_one_new_grid_in_a_sheet_are_not_both_taken(at: Desk, tmp_path: Path) -> None:
    sheet = make_rosters.grid_workers()
    rows = [list(row) for row in sheet.rows]
    rows[1][9] = "网格长"
    twice = make_rosters.Sheet(sheet.name, sheet.title, sheet.heads, rows, sheet.note)
    path = tmp_path / "两个网格长.xlsx"
    make_rosters.write(twice, path)
    with pytest.raises(Exception, match="已有网格长"):
        transfer.import_file(at.office, "grid_worker", path)
    assert at.office.count(View("grid_worker")) == 0
    assert at.office.count(View("grid")) == 0
