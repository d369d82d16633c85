"""What the office knows is not typed: today, who is at the desk, the next code, the host's branch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from tests.ui.at_desk import LI, Desk, desk
from tests.ui.klm import CTRL

Key = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def test_a_visit_is_today_and_received_by_who_is_at_the_desk(at: Desk) -> None:
    screen = at.screen("visitor_reception")
    at.typist.press(Key.Key_N, CTRL)
    form = screen.panel.form.form
    assert form.editor("visited_on").value() == at.office.today
    assert form.editor("handler").value() == "王敏"
    assert not screen.panel.form.dirty, "what nobody typed is no draft"
    at.office.actor = "录入员"
    screen.panel.begin_new()
    assert form.editor("handler").value() is None, "nobody has given a name"


def test_a_sheet_or_a_title_brings_none_of_it(at: Desk) -> None:
    person = at.office.save("person", None, {"name": "张玉兰"}, confirmed=True).main
    assert at.office.read("person", person)["ethnicity"] is None
    screen = at.screen("person")
    at.typist.press(Key.Key_N, CTRL)
    assert screen.panel.form.form.editor("ethnicity").value() == "汉族"


def test_a_central_household_knows_its_code_and_its_hosts_branch(at: Desk) -> None:
    raw = {
        "person.name": "张玉兰",
        "joined_on": "2001-07-01",
        "branch.organisation_id": "第四网格党支部",
        "home.household_id": "兰陵花园3号楼2单元501",
    }
    at.office.save("party_member", None, raw, confirmed=True)
    person = at.office.page(View("person"), 0, 1)[0][0]
    screen, hands = at.screen("central_household"), at.typist
    hands.press(Key.Key_N, CTRL)
    form = screen.panel.form.form
    assert form.editor("code").value()
    assert form.editor("host_id").box.hasFocus(), "the first box that is empty"
    form.editor("host_id").set_value((person, "张玉兰"))
    hands.press(Key.Key_Return)
    assert form.editor("branch_id").draft()[1] == "第四网格党支部"
    assert "501" in form.editor("household_id").draft()[1]
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.office.count(View("central_household")) == 1
    (row,) = at.office.page(View("central_household"), 0, 9, keys=("code",))
    assert form.editor("code").value() not in (None, row[1]), "the next one is proposed"


def test_enter_goes_past_what_the_number_said(at: Desk) -> None:
    screen, hands = at.screen("person"), at.typist
    hands.press(Key.Key_N, CTRL)
    form = screen.panel.form.form
    form.jump("identity_number")
    hands.type(LI)
    hands.press(Key.Key_Return)
    assert form.editor("ethnicity").box.hasFocus()
    hands.press(Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert form.editor("birth_note").box.hasFocus(), "back they are in the way"


def test_enter_stops_where_the_number_says_something_else(at: Desk) -> None:
    screen, hands = at.screen("person"), at.typist
    hands.press(Key.Key_N, CTRL)
    form = screen.panel.form.form
    form.jump("sex")
    hands.type("1")
    form.jump("identity_number")
    hands.type(LI)
    hands.press(Key.Key_Return)
    assert form._current() == "sex"
