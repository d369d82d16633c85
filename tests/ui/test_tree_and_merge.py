"""The party tree and the merging of doubles, by real keys over a real office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from lanling_desktop.printing.paper import Request
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.merge import MergeScreen
from ui.screens.node_tree import node_of
from ui.screens.tree import TreeScreen

Key = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def organised(at: Desk) -> dict[str, str]:
    """A committee with two branches, two members in the first."""
    ids: dict[str, str] = {}
    for name, kind, parent in (
        ("向阳社区大党委", "社区大党委", ""),
        ("第1网格党支部", "网格党支部", "向阳社区大党委"),
        ("第2网格党支部", "网格党支部", "向阳社区大党委"),
        ("3号楼党小组", "楼宇党小组", "第1网格党支部"),
    ):
        raw = {"name": name, "kind": kind, "parent_id": ids.get(parent)}
        ids[name] = at.office.save("party_organisation", None, raw, confirmed=True).main
    for name in ("张玉兰", "李建国"):
        raw = {"person.name": name, "branch.organisation_id": ids["第1网格党支部"]}
        ids[name] = at.office.save("party_member", None, raw, confirmed=True).main
    return ids


def tree(at: Desk) -> TreeScreen:
    made = TreeScreen(at.session)
    at.show(made)
    made.tree.setFocus()
    return made


def shown(screen: TreeScreen) -> list[str]:
    return [node_of(each).title for each in screen.tree._items()]


def test_the_tree_counts_and_lists_what_hangs_on_a_node(at: Desk) -> None:
    organised(at)
    screen, hands = tree(at), at.typist
    assert sorted(shown(screen)) == ["向阳社区大党委", "第1网格党支部", "第2网格党支部"]
    assert screen.tree.topLevelItem(0).text(1) == "2"
    hands.press(Key.Key_Down)
    at.settle()
    assert screen.title.text() == "第1网格党支部"
    assert screen.lists.current == "党员"
    assert {screen.table.rows.row_texts(n)[0] for n in (0, 1)} == {"张玉兰", "李建国"}
    asked: list[tuple[str, str]] = []
    at.session.record_requested.connect(lambda *each: asked.append(each))
    hands.press(Key.Key_Return)
    assert asked[0][0] == "party_organisation"


def test_a_node_is_moved_by_keys_and_taken_back(at: Desk) -> None:
    ids = organised(at)
    screen, hands = tree(at), at.typist
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_X, CTRL)
    assert "3号楼党小组" in screen.moves.notice.words.text()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_V, CTRL)
    assert screen.moves.bar.question.text() == "把“3号楼党小组”挂到“第2网格党支部”，从哪天起"
    group = ids["3号楼党小组"]
    assert at.office.read("party_organisation", group)["parent_id"] == ids["第1网格党支部"]
    hands.press(Key.Key_Return)
    at.settle()
    assert screen.tree.hasFocus()
    assert at.office.read("party_organisation", group)["parent_id"] == ids["第2网格党支部"]
    assert at.said.said[-1][1]
    at.office.undo()
    at.settle()
    assert at.office.read("party_organisation", group)["parent_id"] == ids["第1网格党支部"]


def gridded(at: Desk) -> dict[str, str]:
    """Two grids since 2024: 第一网格 has the whole of 兰陵花园, where three homes are."""
    for number in (1, 2, 3):
        home = {"compound_id": "兰陵花园", "building": str(number), "unit": "1", "room": "101"}
        at.office.save("household", None, home, confirmed=True)
    compound = at.office.resolve("compound", "兰陵花园")[0]
    ids = {}
    for name in ("第一网格", "第二网格"):
        raw = {"name": name, "kind": "一般网格", "valid_from": "2024-01-01"}
        ids[name] = at.office.save("grid", None, raw).main
    for register, record in (
        ("community", at.office.desk.get("community")),
        ("compound", compound),
    ):
        at.office.save(register, record, {"valid_from": "2024-01-01"})
    raw = {"grid_id": ids["第一网格"], "compound_id": compound, "valid_from": "2024-01-01"}
    at.office.save("grid_area", None, raw)
    return ids


def test_a_building_is_moved_to_another_grid_from_a_day(at: Desk) -> None:
    gridded(at)
    screen, hands = tree(at), at.typist
    hands.press(Key.Key_T, CTRL)
    at.settle()
    assert set(shown(screen)) == {"向阳社区", "第一网格", "第二网格"}
    assert [screen.tree.headerItem().text(n) for n in range(4)] == ["网格", "户", "人", "党员"]
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Down, Key.Key_Right):  # into the compound
        hands.press(key)
    hands.press(Key.Key_Down, times=3)
    at.settle()
    assert screen.title.text() == "3号楼"
    assert screen.quiet.text().startswith("楼栋 · 1 户")
    assert screen.lists.current == "户"
    assert screen.table.rows.rowCount() == 1
    hands.press(Key.Key_X, CTRL)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_V, CTRL)
    hands.press(Key.Key_A, CTRL)
    hands.type("20261101")
    hands.press(Key.Key_Return)
    at.settle()
    assert at.said.said[-1] == ("已调整网格范围 兰陵花园3号楼 到 第二网格", True)
    counts = {e.text(0): e.text(1) for e in screen.tree._items()}
    assert (counts["第一网格"], counts["第二网格"]) == ("2", "1")
    screen.set_day(date(2026, 10, 31))
    at.settle()
    counts = {e.text(0): e.text(1) for e in screen.tree._items()}
    assert (counts["第一网格"], counts["第二网格"]) == ("", ""), "the homes were entered today"
    at.office.undo()
    screen.set_day(None)
    at.settle()
    counts = {e.text(0): e.text(1) for e in screen.tree._items()}
    assert (counts["第一网格"], counts["第二网格"]) == ("3", "")


def test_what_cannot_be_moved_is_said_and_esc_gives_up(at: Desk) -> None:
    ids = gridded(at)
    screen, hands = tree(at), at.typist
    hands.press(Key.Key_T, CTRL)
    at.settle()
    node = {e.title: e for e in map(node_of, screen.tree._items())}
    screen.tree.move_requested.emit(node["第二网格"], node["第一网格"])
    assert at.said.said[-1] == ("只能把楼栋或小区划到另一个网格", False)
    place = node["第一网格"].children[0]
    screen.tree.move_requested.emit(place, node["第二网格"])
    assert screen.moves.bar.isVisible()
    hands.press(Key.Key_Escape)
    assert not screen.moves.bar.isVisible()
    assert screen.tree.hasFocus()
    assert at.office.count(View("grid_area", parent=("grid_id", ids["第一网格"]))) == 1


def test_the_chart_is_asked_for_of_the_community_or_of_all(at: Desk) -> None:
    ids = organised(at)
    tree(at)
    hands = at.typist
    asked: list[tuple[str, Request]] = []
    at.session.paper_requested.connect(lambda *each: asked.append(each))
    hands.press(Key.Key_Down)
    hands.press(Key.Key_P, CTRL)
    hands.press(Key.Key_P, CTRL | SHIFT)
    hands.press(Key.Key_T, CTRL)
    at.settle()
    hands.press(Key.Key_P, CTRL)
    community = at.office.desk.get("community")
    assert asked == [
        ("organisation_chart", Request(record_id=ids["向阳社区大党委"])),
        ("organisation_chart", Request(view=View("party_organisation"))),
        ("grid_chart", Request(view=View("grid", community=community))),
    ]


def test_the_tree_of_another_day_is_only_looked_at(at: Desk) -> None:
    organised(at)
    screen, hands = tree(at), at.typist
    hands.press(Key.Key_J, CTRL | SHIFT)
    hands.press(Key.Key_A, CTRL)
    hands.type("20250630")
    hands.press(Key.Key_Return)
    at.settle()
    assert screen.tree.topLevelItemCount() == 0
    assert not screen.cut.isEnabled()
    hands.press(Key.Key_J, CTRL)
    at.settle()
    assert screen.tree.topLevelItemCount() == 1


def doubled(at: Desk) -> tuple[str, str]:
    common = {"name": "张玉兰", "birth": "1980-01-01"}
    first = {**common, "phone": "13800000001", "employer": "县实验小学"}
    second = {**common, "phone": "13800000002", "native_place": "山东兰陵"}
    made = [at.office.save("person", None, raw, confirmed=True).main for raw in (first, second)]
    return made[0], made[1]


def test_two_records_become_one_with_the_values_chosen(at: Desk) -> None:
    first, second = doubled(at)
    screen = MergeScreen(at.session)
    at.show(screen)
    hands = at.typist
    screen.table.setFocus()
    at.settle()
    assert screen.why.text() == "张玉兰：姓名、出生日期相同"
    hands.press(Key.Key_Return)
    assert screen.comparison.lines[screen.comparison.currentRow()].choice == "phone"
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    (row,) = at.office.page(View("person"), 0, 9)
    merged = at.office.read("person", row[0])
    assert row[0] in (first, second)
    assert merged["employer"] == "县实验小学"
    assert merged["native_place"] == "山东兰陵"
    assert at.said.said[-1] == ("已合并人员 张玉兰", True)
    assert screen.table.rows.rowCount() == 0
    at.office.undo()
    at.settle()
    assert at.office.count(View("person")) == 2
    assert screen.table.rows.rowCount() == 1


def test_a_second_ctrl_enter_does_not_merge_the_next_pair(at: Desk) -> None:
    doubled(at)
    for phone in ("13900000001", "13900000002"):
        raw = {"name": "李建国", "birth": "1970-05-05", "phone": phone}
        at.office.save("person", None, raw, confirmed=True)
    screen = MergeScreen(at.session)
    at.show(screen)
    hands = at.typist
    screen.table.setFocus()
    at.settle()
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.office.count(View("person")) == 3
    assert screen.why.text(), "the next pair is shown"
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.office.count(View("person")) == 3
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.office.count(View("person")) == 2


def test_the_right_value_is_taken_by_key(at: Desk) -> None:
    doubled(at)
    screen = MergeScreen(at.session)
    at.show(screen)
    at.settle()
    screen.comparison.setFocus()
    right = next(each for each in screen.comparison.lines if each.choice == "phone").right
    at.typist.press(Key.Key_Right)
    assert screen.comparison.choices() == {"phone": right}
    at.typist.press(Key.Key_Left)
    assert screen.comparison.choices() == {}
    at.typist.press(Key.Key_Right, CTRL)
    assert screen.comparison.choices() == {"phone": right}


def test_numbers_are_compared_masked_until_they_are_asked_for(at: Desk) -> None:
    doubled(at)
    screen = MergeScreen(at.session)
    at.show(screen)
    at.settle()
    table = screen.comparison
    row = next(n for n, each in enumerate(table.lines) if each.choice == "phone")

    def shown() -> list[str]:
        return [table.item(row, at).text().removeprefix("✓ ") for at in (1, 2)]  # type: ignore[union-attr]

    assert all("****" in each for each in shown())
    at.typist.press(Key.Key_A, ALT)
    assert all("****" not in each for each in shown())
    at.typist.press(Key.Key_A, ALT)
    assert all("****" in each for each in shown())


def test_who_is_not_the_same_is_not_shown_again(at: Desk) -> None:
    doubled(at)
    screen = MergeScreen(at.session)
    at.show(screen)
    at.settle()
    screen.table.setFocus()
    at.typist.press(Key.Key_N, ALT)
    at.settle()
    assert screen.total.text() == "像是重复登记的 0 对"
    again = MergeScreen(at.session)
    at.show(again)
    assert again.table.rows.rowCount() == 0
    assert at.office.count(View("person")) == 2


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_unnamed_or_cut_off(at: Desk, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    organised(at)
    doubled(at)
    for made in (TreeScreen(at.session), MergeScreen(at.session)):
        at.show(made)
        assert unnamed(made) == []
        assert clipped(made) == []
