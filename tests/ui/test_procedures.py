"""办理: what is done with a record beside changing its columns, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core.acts import RejectedError
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL
from tests.ui.walk import clipped, unnamed
from ui import theme

Key = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def a_member(at: Desk) -> str:
    (made,) = at.people("张玉兰")
    at.office.save("party_member", made, {"branch.organisation_id": "第4网格党支部"})
    return made


def test_a_member_is_designated_and_gets_its_plaque(at: Desk) -> None:
    member = a_member(at)
    hands = at.typist
    members = at.screen("party_member")
    members.open_record(member)
    at.settle()
    hands.press(Key.Key_F7)
    hands.press(Key.Key_2)  # 确定为党员中心户
    page = members.panel.procedure
    assert page.title.text() == "确定为党员中心户"
    form = page.form
    assert form is not None
    assert form.editor("code").value() == "ZXH-001"
    assert form.editor("branch_id").draft()[1] == "第4网格党支部", "the member's own"
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.said.said[-1] == ("已确定党员中心户 ZXH-001", True)
    assert members.panel.stack.currentWidget() is members.panel.page

    homes = at.screen("central_household")
    (home,) = at.office.resolve("central_household", "ZXH-001")
    homes.open_record(home)
    at.settle()
    hands.press(Key.Key_F7)
    hands.press(Key.Key_1)  # 挂牌 is its next state
    assert homes.panel.procedure.title.text() == "挂牌"
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    entry = at.office.read("central_household", home)
    assert (entry["state"], entry["plaque_no"]) == ("挂牌", "2026-001")
    assert entry["plaque_on"] == date(2026, 11, 23)


def test_what_is_missing_is_said_and_esc_leaves_it(at: Desk) -> None:
    member = a_member(at)
    hands = at.typist
    screen = at.screen("party_member")
    screen.open_record(member)
    at.settle()
    hands.press(Key.Key_F7)
    hands.press(Key.Key_3)
    page = screen.panel.procedure
    hands.press(Key.Key_Return, CTRL)
    assert page.form is not None
    assert any(key == "state" for key, _ in page.form.problems)
    before = at.office.undoable()[0]
    hands.press(Key.Key_Escape)
    assert screen.panel.stack.currentWidget() is screen.panel.page
    assert at.office.undoable()[0] == before, "nothing was done"


def test_a_state_is_not_jumped_in_the_form(at: Desk) -> None:
    member = a_member(at)
    screen = at.screen("party_member")
    screen.open_record(member)
    at.settle()
    at.typist.press(Key.Key_F7)
    at.typist.press(Key.Key_2)
    at.typist.press(Key.Key_Return, CTRL)
    at.settle()
    (home,) = at.office.resolve("central_household", "ZXH-001")
    with pytest.raises(RejectedError, match="不能直接改为“推荐”"):
        at.office.save("central_household", home, {"state": "推荐"})


def test_a_worker_leaves_by_keys_and_comes_back_by_undo(at: Desk) -> None:
    typed = {"person.name": "王芳", "hired_on": "2020-01-01"}
    made = at.office.save("community_worker", None, typed, confirmed=True).main
    screen, hands = at.screen("community_worker"), at.typist
    screen.open_record(made)
    at.settle()
    hands.press(Key.Key_F7)
    hands.press(Key.Key_3)  # 任职变动, 续签合同, 离职或退休: nobody is on trial
    page = screen.panel.procedure
    assert page.title.text() == "离职或退休"
    hands.type("2")  # 退休
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.said.said[-1] == ("已登记退休 王芳", True)
    left = at.office.read("community_worker", made)
    assert (left["status"], left["left_on"]) == ("退休", date(2026, 11, 23))
    at.office.undo()
    assert at.office.read("community_worker", made)["status"] == "在职"


@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_unnamed_or_cut_off(at: Desk, qapp: QApplication, scale: int) -> None:
    member = a_member(at)
    theme.apply(qapp, scale)
    try:
        screen = at.screen("party_member")
        screen.open_record(member)
        at.settle()
        at.typist.press(Key.Key_F7)
        at.settle()
        assert not clipped(screen)
        assert not unnamed(screen)
        at.typist.press(Key.Key_2)
        at.settle()
        assert not clipped(screen.panel.procedure)
        assert not unnamed(screen.panel.procedure)
    finally:
        theme.apply(qapp, 100)
