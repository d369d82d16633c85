"""The screen of any register, by real keys over a real office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from tests.office import since
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.rows import OfficeRows, read_top
from ui.widgets.paged_table import PAGE

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
MEMBERS = View("party_member")


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def test_a_person_is_found_within_the_budget(at: Desk) -> None:
    at.people("张玉兰", "李建国", "王秀英")
    screen, hands = at.screen("party_member"), at.typist
    screen.table.setFocus()
    hands.think()
    hands.press(Key.Key_F, CTRL)
    hands.type("zyl")
    hands.think()
    hands.press(Key.Key_Return)
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
    assert screen.panel.entry is not None
    assert screen.panel.entry.title == "张玉兰"
    assert screen.table.rows.rowCount() == 1
    assert hands.seconds == pytest.approx(4.38)
    assert hands.seconds <= 4.4
    assert hands.modal_stops == 0


def test_a_person_is_corrected_and_the_list_shows_it(at: Desk) -> None:
    at.people("张玉兰", "李建国")
    screen, hands = at.screen("party_member"), at.typist
    hands.press(Key.Key_F, CTRL)
    hands.type("ljg")
    hands.press(Key.Key_Return)
    at.settle()
    hands.press(Key.Key_Return)  # into the form
    at.qtbot.waitUntil(lambda: screen.panel.form.form.isAncestorOf(hands.focus))
    screen.panel.form.form.jump("person.phone")
    hands.press(Key.Key_A, CTRL)
    hands.type("13912345678")
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.said.said[-1] == ("已保存党员 李建国", True)
    assert "139****5678" in screen.table.rows.row_texts(0)
    assert screen.panel.form.isAncestorOf(hands.focus), "an existing record stays open"


def test_what_is_opened_or_made_stands_marked_in_the_list(at: Desk) -> None:
    ids = at.people("张玉兰", *[f"李{n:03d}" for n in range(3 * PAGE)], "周芳")
    screen, hands = at.screen("party_member"), at.typist
    screen.open_record(ids[-1])
    at.settle()
    assert screen.table.record_id() == ids[-1], "周芳 stands beyond the first pages"
    assert screen.panel.isAncestorOf(hands.focus), "the focus stays in the record"
    hands.press(Key.Key_N, CTRL)
    hands.compose("李四")
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    made = screen.table.record_id()
    assert made not in ids
    assert at.office.read("party_member", str(made)).title == "李四"
    assert screen.panel.entry is None, "the next one is being typed"


def test_new_ones_are_typed_one_after_another_with_what_is_carried(at: Desk) -> None:
    screen, hands = at.screen("party_member"), at.typist
    form = screen.panel.form.form
    hands.press(Key.Key_N, CTRL)
    hands.compose("张玉兰")
    form.jump("person.ethnicity")
    hands.type("hz")
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.office.count(MEMBERS) == 1
    assert form.editor("person.name").is_empty()
    assert form.editor("person.ethnicity").value() == "汉族"
    assert form.editor("kind").value() == "正式党员"
    assert form.editor("person.name").box.hasFocus()
    assert at.said.said[-1] == ("已新增党员 张玉兰", True)


def test_the_last_record_is_duplicated_without_what_is_its_own(at: Desk) -> None:
    at.people("张玉兰")
    screen, hands = at.screen("party_member"), at.typist
    screen.pane.enter_list()
    at.settle()
    hands.press(Key.Key_D, CTRL)
    form = screen.panel.form.form
    assert form.editor("person.name").is_empty()
    assert form.editor("person.phone").is_empty()
    assert form.editor("joined_on").value().isoformat() == "2001-07-01"


def test_many_are_changed_after_a_count_and_taken_back_at_once(at: Desk) -> None:
    at.people("张玉兰", "李建国", "王秀英")
    screen, hands = at.screen("party_member"), at.typist
    hands.press(Key.Key_B, CTRL)
    hands.type("gzdw")
    hands.press(Key.Key_Return)
    hands.compose("县实验小学")
    hands.press(Key.Key_Return)
    at.settle()
    assert "3 条将改动：工作单位现在是 空 3 条，都改为“县实验小学”" in screen.bulk.words.text()
    hands.press(Key.Key_Return)
    at.settle()
    told = MEMBERS
    assert {row[1] for row in at.office.page(told, 0, 9, keys=["person.employer"])} == {
        "县实验小学"
    }
    assert at.said.said[-1] == ("已批量修改党员 3 条：工作单位", True)
    assert screen.bulk.isHidden()
    at.office.undo()
    assert {row[1] for row in at.office.page(told, 0, 9, keys=["person.employer"])} == {""}


def test_only_the_selected_rows_are_changed_when_several_are(at: Desk) -> None:
    at.people("张玉兰", "李建国", "王秀英")
    screen, hands = at.screen("party_member"), at.typist
    screen.table.setFocus()
    screen.table.selectRow(0)
    hands.press(Key.Key_Down, SHIFT)
    hands.press(Key.Key_B, CTRL)
    assert "改选中的 2 条" in screen.bulk.words.text()
    hands.press(Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert "改列表里全部 3 条" in screen.bulk.words.text()
    hands.press(Key.Key_A, Qt.KeyboardModifier.AltModifier)
    hands.type("gzdw")
    hands.press(Key.Key_Return)
    hands.compose("县实验小学")
    hands.press(Key.Key_Return)
    at.settle()
    assert "2 条将改动" in screen.bulk.words.text()
    hands.press(Key.Key_Return)
    at.settle()
    said = [row[1] for row in at.office.page(MEMBERS, 0, 9, keys=["person.employer"])]
    assert sorted(said) == ["", "县实验小学", "县实验小学"]


def test_nothing_to_change_is_said(at: Desk) -> None:
    at.people("张玉兰")
    screen, hands = at.screen("party_member"), at.typist
    hands.press(Key.Key_B, CTRL)
    hands.type("rylb")
    hands.press(Key.Key_Return)
    hands.type("1")
    hands.press(Key.Key_Return)
    at.settle()
    assert "没有要改的" in screen.bulk.words.text()
    hands.press(Key.Key_Escape)
    assert screen.bulk.isHidden()
    assert screen.table.hasFocus()


def test_a_condition_is_typed_saved_and_dropped(at: Desk) -> None:
    first, *_ = at.people("张玉兰", "李建国")
    at.office.save("party_member", first, {"joined_on": "2020-01-01"}, confirmed=True)
    screen, hands = at.screen("party_member"), at.typist
    hands.press(Key.Key_F, CTRL | SHIFT)
    hands.type("rdrq")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)  # 不早于, proposed
    hands.type("20100101")
    hands.press(Key.Key_Return)
    at.settle()
    assert screen.table.rows.rowCount() == 1
    hands.press(Key.Key_S, CTRL | SHIFT)
    hands.compose("新党员")
    hands.press(Key.Key_Return)
    at.settle()
    chips = screen.pane.filters.chips
    saved = next(key for key in chips.chips if key.startswith("saved:"))
    assert chips.chips[saved].text() == "✓ 新党员 1"
    assert chips.current == saved
    chips.chips["all"].setFocus()
    hands.press(Key.Key_Space)
    at.settle()
    assert screen.table.rows.rowCount() == 2
    assert screen.view.conditions == ()
    again = at.screen("party_member")
    assert saved in again.pane.filters.chips.chips
    chips.chips[saved].setFocus()
    screen.activateWindow()
    at.qtbot.waitUntil(chips.chips[saved].hasFocus)
    hands.press(Key.Key_Delete)
    assert saved not in chips.chips
    assert at.office.desk.filters("party_member") == []


def test_filters_have_live_counts(at: Desk) -> None:
    at.people("张玉兰", "李建国")
    screen = at.screen("party_member")
    chips = screen.pane.filters.chips.chips
    assert chips["all"].text() == "✓ 全部 2"
    assert chips["ready:no_branch"].text() == "支部未填 2"
    at.people("王秀英")
    at.settle()
    assert chips["all"].text() == "✓ 全部 3"
    assert screen.pane.total.text() == "共 3 条"


def test_deleted_with_a_reason_and_restored_from_the_bin(at: Desk) -> None:
    at.people("张玉兰", "李建国")
    screen, hands = at.screen("party_member"), at.typist
    screen.pane.enter_list()
    at.settle()
    hands.press(Key.Key_Delete)
    hands.press(Key.Key_Return)
    assert "请先填写" in screen.acts.why.words.text(), "a deletion has a reason"
    hands.compose("录重")
    hands.press(Key.Key_Return)
    at.settle()
    assert screen.table.rows.rowCount() == 1
    assert at.said.said[-1] == ("已删除党员 李建国", True)
    hands.press(Key.Key_B, CTRL | SHIFT)
    at.settle()
    assert screen.pane.total.text() == "回收站共 1 条"
    screen.pane.enter_list()
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
    assert screen.panel.quiet.text() == "在回收站：录重"
    hands.press(Key.Key_R, CTRL)
    at.settle()
    assert screen.table.rows.rowCount() == 0
    hands.press(Key.Key_B, CTRL | SHIFT)
    at.settle()
    assert screen.table.rows.rowCount() == 2


def test_another_day_is_only_looked_at(at: Desk) -> None:
    (member,) = at.people("张玉兰")
    at.office.save("party_member", member, {"branch.organisation_id": "第1网格党支部"})
    since(at.office, date(2024, 1, 1))
    at.office.save("party_member", member, {"branch.organisation_id": "第4网格党支部"})
    screen, hands = at.screen("party_member"), at.typist
    hands.press(Key.Key_J, CTRL | SHIFT)
    hands.press(Key.Key_A, CTRL)
    hands.type("20250630")
    hands.press(Key.Key_Return)
    at.settle()
    assert "只能查看" in screen.pane.day_notice.words.text()
    assert not screen.new.isEnabled()
    assert "第1网格党支部" in screen.table.rows.row_texts(0)
    screen.pane.enter_list()
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
    assert screen.panel.form.locked
    assert screen.panel.save.isHidden()
    hands.press(Key.Key_Delete)
    assert screen.acts.why.isHidden()
    hands.press(Key.Key_J, CTRL)
    at.settle()
    assert screen.view.day is None
    assert not screen.panel.form.locked
    assert "第4网格党支部" in screen.table.rows.row_texts(0)


def test_a_column_is_chosen_sorted_by_and_remembered(at: Desk) -> None:
    at.people("张玉兰", "李建国")
    screen = at.screen("party_member")
    menu = screen.table.columns_menu()
    next(act for act in menu.actions() if act.text() == "工作单位").trigger()
    at.settle()
    assert "工作单位" in screen.table.column_labels()
    screen.table.rows.sort(0, Qt.SortOrder.DescendingOrder)
    at.settle()
    assert [screen.table.rows.row_texts(n)[0] for n in (0, 1)] == ["张玉兰", "李建国"]
    assert "工作单位" in at.screen("party_member").table.column_labels()


def test_a_paper_is_asked_for_with_the_view_in_sight(at: Desk) -> None:
    at.people("张玉兰")
    screen, hands = at.screen("party_member"), at.typist
    asked: list[tuple[str, object]] = []
    at.session.paper_requested.connect(lambda *each: asked.append(each))
    hands.press(Key.Key_P, CTRL)
    if not screen.acts.papers.isHidden():
        hands.press(Key.Key_Return)
    assert len(asked) == 1 or at.said.said[-1][0].endswith("没有可打印的文书")


def heads_of(path: Path) -> set[str]:
    page = openpyxl.load_workbook(path).active
    assert page is not None
    said = {str(cell.value) for row in page.iter_rows(max_row=2) for cell in row if cell.value}
    return said - {"_记录编号"}


def test_the_list_is_exported_whole_as_shown_or_masked(at: Desk, tmp_path: Path) -> None:
    at.people("张玉兰", "李建国")
    screen, hands = at.screen("party_member"), at.typist
    opened: list[str] = []
    screen.acts.show_file = lambda url: opened.append(url.toLocalFile())
    out = tmp_path / "党员20261123.xlsx"
    screen.acts.ask_where = lambda _parent, name: str(tmp_path / name)
    heads: list[set[str]] = []
    for number in (Key.Key_1, Key.Key_2, Key.Key_3):
        hands.press(Key.Key_E, CTRL)
        hands.press(number)
        at.settle()
        assert at.said.said[-1] == (f"已导出 2 条到 {out}", False)
        assert not screen.acts.after.isHidden()
        heads.append(heads_of(out))
        hands.press(number if number != Key.Key_3 else Key.Key_Escape)
    columns = at.office.registers["party_member"].exchange_columns
    assert heads[0] >= {each.field.label for each in columns}
    assert heads[1] == heads[2]
    assert "学历" not in heads[1]
    assert [Path(each) for each in opened] == [out, tmp_path]


def test_the_words_of_the_file_dialog_are_chinese(qapp: QApplication) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    said = [each.text() for each in dialog.findChildren(QLabel) if each.text()]
    assert said
    assert not [each for each in said if re.search("[a-z]{2}", each)]
    dialog.deleteLater()


def test_pages_of_a_slow_list_come_later(at: Desk) -> None:
    at.people(*["张玉兰"] * 103)
    top = read_top(at.office, MEMBERS, ("person.name",))
    slow = replace(top, seconds=1.0)
    renewed: list[int] = []
    rows = OfficeRows(at.office, slow, at.session.reader, renewed.append)
    assert rows.page(0, PAGE) == top.rows
    assert rows.page(PAGE, PAGE)[0] == (None, "")
    at.settle()
    assert renewed == [1]
    assert [row[1] for row in rows.page(PAGE, PAGE)] == ["张玉兰"] * 3
    fast = OfficeRows(at.office, top, at.session.reader, renewed.append)
    assert len(fast.page(PAGE, PAGE)) == (3 if top.seconds < 0.02 else PAGE)


def test_what_a_register_is_known_by_is_not_masked_in_its_own_list(at: Desk) -> None:
    at.household()
    assert read_top(at.office, View("household"), ("address",)).rows[0][1] == (
        "兰陵花园 3号楼 2单元 501"
    )
    at.people("张玉兰")
    keys = ("person.name", "person.phone")
    assert read_top(at.office, MEMBERS, keys).rows[0][1:] == ("张玉兰", "138****0000")


def test_one_more_act_does_not_pile_the_others_up(at: Desk) -> None:
    screen = at.screen("visitor_reception")
    screen.pane.add_acts((theme.button("列为议题", key="Ctrl+I", parent=screen),))
    at.settle()
    acts = [screen.new, screen.take_in, screen.print, screen.export]
    assert len({each.mapTo(screen, each.rect().topLeft()).y() for each in acts}) == 1


def test_the_record_keeps_its_width(at: Desk) -> None:
    screen = at.screen("party_member")
    assert screen.split.sizes()[1] == pytest.approx(400, abs=6)
    screen.session.settings.setValue("panel/width", "nonsense")
    screen.resize(1300, 676)
    assert screen.split.sizes()[1] == pytest.approx(400, abs=6)
    screen.session.settings.setValue("panel/width", 460)
    screen.resize(1182, 676)
    assert screen.split.sizes()[1] == pytest.approx(460, abs=6)


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_unnamed_or_cut_off(at: Desk, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    at.people("张玉兰")
    screen = at.screen("party_member")
    screen.pane.enter_list()
    at.settle()
    assert unnamed(screen) == []
    assert [each for each in clipped(screen) if not each.startswith("新增党员")] == []


@pytest.mark.parametrize(("scale", "width"), [(100, 840), (150, 1097), (200, 997)])
def test_rows_acts_and_day_have_room(at: Desk, qapp: QApplication, scale: int, width: int) -> None:
    theme.apply(qapp, scale)
    at.people("张玉兰", "李建国", "王秀英")
    screen = at.screen("party_member")
    screen.resize(width, 580)
    at.settle()
    pane, inside = screen.pane, screen.pane.rect()
    assert pane.geometry().right() < screen.panel.geometry().left()
    for each in (screen.new, screen.take_in, screen.print, screen.export, pane.box):
        corner = each.mapTo(pane, each.rect().bottomRight())
        assert inside.contains(corner), each.accessibleName()
        assert each.width() >= each.minimumSizeHint().width()
    table = pane.table
    assert table.viewport().height() >= 2 * table.rowHeight(0)
    at.typist.press(Key.Key_J, CTRL | Qt.KeyboardModifier.ShiftModifier)
    day = pane.filters.day.box
    assert day.hasFocus()
    need = day.fontMetrics().horizontalAdvance(day.text())
    assert day.width() - 2 * theme.px(8) - theme.px(theme.ICON) >= need
