"""Typing a record: one member after another, warnings, drafts, doubles, history, by real keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import Problem, View
from tests.ui.at_desk import LI, ZHANG, Desk, desk
from tests.ui.klm import CTRL
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.children import ChildPage
from ui.screens.record_panel import RecordPanel

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
BUDGET = 24.9  # seconds, clerk.md D.2


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def member_page(panel: RecordPanel) -> ChildPage:
    page = panel.stack.currentWidget()
    assert isinstance(page, ChildPage)
    return page


def test_a_household_member_is_added_within_the_budget(at: Desk) -> None:
    home = at.household()
    screen, hands = at.screen("household"), at.typist
    screen.pane.enter_list()
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
    at.settle()

    hands.think()
    hands.press(Key.Key_1, CTRL)
    hands.press(Key.Key_N, CTRL)
    hands.think()
    hands.compose("李小红")
    hands.press(Key.Key_Return)
    hands.think()
    hands.type(LI)
    hands.press(Key.Key_Return)  # past sex and birth: they are there, nothing to explain
    hands.think()
    hands.type("hz")
    hands.press(Key.Key_Return)
    hands.think()
    hands.type("13812345678")
    hands.press(Key.Key_Return)
    hands.think()
    hands.type("po")
    hands.press(Key.Key_Return, CTRL)

    at.settle()
    of_home = View("household_member", parent=("household_id", home))
    keys = ("person.name", "person.sex", "person.birth", "person.phone", "relation")
    (row,) = at.office.page(of_home, 0, 9, keys=keys, masked=False)
    assert row[1:] == ("李小红", "女", "1980-01-01", "13812345678", "配偶")
    assert hands.seconds <= BUDGET
    assert hands.modal_stops == 0
    page = member_page(screen.panel)
    form = page.form.form
    assert form.editor("person.name").box.hasFocus(), "the next one is begun"
    assert form.editor("person.ethnicity").value() == "汉族", "carried from the row above"
    assert page.list.table.rows.rowCount() == 1


def test_esc_leads_back_from_member_to_household_to_list(at: Desk) -> None:
    at.household()
    screen, hands = at.screen("household"), at.typist
    screen.pane.enter_list()
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
    at.settle()
    hands.press(Key.Key_1, CTRL)
    hands.press(Key.Key_N, CTRL)
    hands.press(Key.Key_Escape)
    assert screen.panel.stack.currentWidget() is screen.panel.page
    assert screen.panel.lists[0].table.hasFocus()
    hands.press(Key.Key_Escape)
    assert screen.table.hasFocus()


def test_a_member_is_opened_put_right_and_deleted(at: Desk) -> None:
    home = at.household()
    raw = {"person.name": "李小红", "household_id": home, "relation": "女"}
    at.office.save("household_member", None, raw)
    screen, hands = at.screen("household"), at.typist
    screen.pane.enter_list()
    at.qtbot.waitUntil(lambda: screen.panel.lists[0].table.rows.rowCount() == 1)
    hands.press(Key.Key_1, CTRL)
    hands.press(Key.Key_Return)
    page = member_page(screen.panel)
    assert page.title.text() == "修改家庭成员 李小红"
    page.form.form.jump("person.phone")
    hands.type("13812345678")
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert "138****5678" in page.list.table.rows.row_texts(0)
    page.list.enter()
    hands.press(Key.Key_Delete)
    hands.compose("录重")
    hands.press(Key.Key_Return)
    at.settle()
    assert page.list.table.rows.rowCount() == 0
    assert at.said.said[-1][1]


def test_what_is_wrong_stands_under_its_field(at: Desk) -> None:
    screen, hands = at.screen("person"), at.typist
    hands.press(Key.Key_N, CTRL)
    hands.compose("张玉兰")
    form = screen.panel.form.form
    form.jump("state")
    hands.type("2")
    form.jump("state_on")
    hands.type("20300101")
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert form.editor("state_on").problem == "状态日期不能晚于今天"
    assert form.editor("state_on").box.hasFocus()
    assert at.office.count(View("person")) == 0


def test_a_warning_is_confirmed_by_the_second_ctrl_enter(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    warn = Problem("phone", "本县没有这个号段，请核对", warning=True)
    rules = (lambda values, _: [warn] if values.get("phone") else [],)
    monkeypatch.setitem(vars(at.office.registers["person"]), "rules", rules)
    screen, hands = at.screen("person"), at.typist
    hands.press(Key.Key_N, CTRL)
    hands.compose("张玉兰")
    form = screen.panel.form.form
    form.jump("phone")
    hands.type("13812345678")
    hands.press(Key.Key_Return, CTRL)
    assert form.editor("phone").note == "本县没有这个号段，请核对"
    assert "再按 Ctrl+Enter" in screen.panel.form.warning.words.text()
    assert at.office.count(View("person")) == 0
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.office.count(View("person")) == 1


def test_a_draft_survives_the_programs_end(qtbot: QtBot, tmp_path: Path) -> None:
    with desk(qtbot, tmp_path) as at:
        screen = at.screen("party_member")
        at.typist.press(Key.Key_N, CTRL)
        at.typist.compose("张玉兰")
        screen.keep_draft()  # what the form's clock asks for every three seconds
        at.settle()
    with desk(qtbot, tmp_path) as at:
        screen, hands = at.screen("party_member"), at.typist
        hands.press(Key.Key_N, CTRL)
        notice = screen.panel.form.drafts
        assert notice.words.text() == "继续上次未保存的录入（14:32）：新增党员 张玉兰"
        hands.press(Key.Key_J, ALT)
        form = screen.panel.form.form
        assert form.editor("person.name").value() == "张玉兰"
        hands.press(Key.Key_Return, CTRL)
        at.settle()
        assert at.office.count(View("party_member")) == 1
        assert at.office.desk.drafts() == []


def test_an_offered_draft_is_not_written_over(at: Desk) -> None:
    screen, hands = at.screen("party_member"), at.typist
    hands.press(Key.Key_N, CTRL)
    hands.compose("张玉兰")
    hands.press(Key.Key_Escape)
    at.settle()
    assert at.said.said[-1][0] == "新增党员 张玉兰 没有保存，已留作草稿"
    hands.press(Key.Key_N, CTRL)
    hands.compose("李建国")
    screen.keep_draft()
    at.settle()
    kept = {each.title for each in at.office.desk.drafts()}
    assert kept == {"新增党员 张玉兰", "新增党员 李建国"}
    hands.press(Key.Key_K, ALT)
    at.settle()
    assert {each.title for each in at.office.desk.drafts()} == {"新增党员 李建国"}


def test_a_double_is_told_while_typing_and_can_be_opened(at: Desk) -> None:
    raw = {"person.name": "张玉兰", "person.identity_number": ZHANG}
    first = at.office.save("party_member", None, raw).main
    screen, hands = at.screen("party_member"), at.typist
    asked: list[tuple[str, str]] = []
    at.session.record_requested.connect(lambda *each: asked.append(each))
    hands.press(Key.Key_N, CTRL)
    hands.compose("张玉兰")
    form = screen.panel.form
    form.form.jump("person.identity_number")
    hands.type(ZHANG)
    at.qtbot.waitUntil(lambda: not form.doubles.isHidden())
    assert form.doubles.words.text().startswith("身份证号相同，已经登记过：张玉兰")
    hands.press(Key.Key_O, ALT)
    assert asked == [("party_member", first)]


def test_an_identity_number_fills_birth_and_sex(at: Desk) -> None:
    screen, hands = at.screen("person"), at.typist
    hands.press(Key.Key_N, CTRL)
    form = screen.panel.form.form
    form.jump("identity_number")
    hands.type(LI)
    assert form.editor("sex").value() == "女"
    assert form.editor("birth").value().isoformat() == "1980-01-01"


def test_a_title_nobody_has_is_made_only_when_it_is_saved_twice(at: Desk) -> None:
    screen, hands = at.screen("party_member"), at.typist
    hands.press(Key.Key_N, CTRL)
    hands.compose("张玉兰")
    form = screen.panel.form.form
    form.jump("branch.organisation_id")
    hands.compose("第四网格党支部")
    hands.press(Key.Key_Return)
    words = "党组织里没有“第四网格党支部”，仍要保存就会新建它"
    assert form.editor("branch.organisation_id").note == words
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert not at.office.resolve("party_organisation", "第四网格党支部")
    assert words in screen.panel.form.warning.words.text()
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.office.resolve("party_organisation", "第四网格党支部")
    assert at.said.said[-1] == ("已新增党员 张玉兰，新建党组织“第四网格党支部”", True)


def test_initials_never_become_a_branch(at: Desk) -> None:
    screen, hands = at.screen("party_member"), at.typist
    hands.press(Key.Key_N, CTRL)
    hands.compose("张玉兰")
    form = screen.panel.form.form
    form.jump("branch.organisation_id")
    hands.type("cy")
    hands.press(Key.Key_Return)
    assert "请输全名" in form.editor("branch.organisation_id").problem
    for _ in range(3):
        hands.press(Key.Key_Return, CTRL)
        at.settle()
    assert at.office.count(View("party_organisation")) == 0
    assert at.office.count(View("party_member")) == 0


def test_a_pin_does_not_bring_back_what_was_taken_back(at: Desk) -> None:
    screen, hands = at.screen("party_member"), at.typist
    hands.press(Key.Key_N, CTRL)
    hands.compose("张玉兰")
    form = screen.panel.form.form
    form.jump("branch.organisation_id")
    hands.compose("第四网格党支部")
    for _ in range(2):
        hands.press(Key.Key_Return, CTRL)
        at.settle()
    assert at.office.count(View("party_organisation")) == 1
    at.office.undo()
    at.settle()
    hands.press(Key.Key_N, CTRL)
    assert form.editor("branch.organisation_id").is_empty()


def test_keys_of_a_composition_stay_in_it(at: Desk) -> None:
    screen, hands = at.screen("party_member"), at.typist
    hands.press(Key.Key_N, CTRL)
    box = hands.focus
    QApplication.sendEvent(box, QInputMethodEvent("zhang", []))
    for key in (Key.Key_Return, Key.Key_Escape, Key.Key_Tab):
        hands.press(key)
    hands.press(Key.Key_Return, CTRL)
    assert hands.focus is box
    assert screen.panel.stack.currentWidget() is screen.panel.page
    assert at.office.count(View("party_member")) == 0


def test_history_shows_what_changed_under_the_mask_when_asked(at: Desk) -> None:
    (member,) = at.people("张玉兰")
    at.office.save("party_member", member, {"person.phone": "13800010000"})
    screen, hands = at.screen("party_member"), at.typist
    screen.pane.enter_list()
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
    hands.press(Key.Key_H, CTRL)
    at.settle()
    lines = screen.panel.history.lines
    hidden = "联系电话：138****0000 → 138****0000（改的是遮住的几位）"
    assert lines.currentItem().text(0) == hidden
    hands.press(Key.Key_A, ALT)
    assert lines.currentItem().text(0) == "联系电话：13800000000 → 13800010000"
    hands.press(Key.Key_A, ALT)
    assert lines.currentItem().text(0) == hidden


def test_history_puts_one_column_back(at: Desk) -> None:
    (member,) = at.people("张玉兰")
    at.office.save("party_member", member, {"person.phone": "13999999999"})
    screen, hands = at.screen("party_member"), at.typist
    screen.pane.enter_list()
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
    hands.press(Key.Key_H, CTRL)
    at.settle()
    lines = screen.panel.history.lines
    assert lines.topLevelItem(0).text(0).startswith("2026-11-23 14:32  王敏  修改党员 张玉兰")
    assert lines.currentItem().text(0) == "联系电话：138****0000 → 139****9999"
    hands.press(Key.Key_Return)
    at.settle()
    assert at.office.read("party_member", member).texts["person.phone"] == "13800000000"
    assert at.said.said[-1] == ("已恢复 张玉兰 的联系电话", True)
    hands.press(Key.Key_Escape)
    assert screen.panel.stack.currentWidget() is screen.panel.page


def test_undo_of_a_new_record_clears_the_panel(at: Desk) -> None:
    at.people("张玉兰")
    screen = at.screen("party_member")
    screen.pane.enter_list()
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
    at.office.undo()
    at.settle()
    assert screen.panel.entry is None
    assert screen.table.rows.rowCount() == 0


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_unnamed_or_cut_off(at: Desk, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    at.household()
    screen, hands = at.screen("household"), at.typist
    screen.pane.enter_list()
    at.qtbot.waitUntil(lambda: screen.panel.entry is not None)
    at.settle()
    hands.press(Key.Key_1, CTRL)
    hands.press(Key.Key_N, CTRL)
    at.settle()
    assert unnamed(screen) == []
    assert clipped(screen) == []
