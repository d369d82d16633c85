"""What a paper asks for, above its pages: answered by keys, drawn anew, remembered where it may be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core import own_columns
from lanling_desktop.core.plain import View
from lanling_desktop.printing import preview as pictures
from lanling_desktop.printing.paper import COLUMNS, Request
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.preview import PreviewScreen

Key = Qt.Key
LIST = View("party_member")


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def looked_at(at: Desk, paper: str) -> PreviewScreen:
    screen = PreviewScreen(at.session, paper, Request(view=LIST))
    at.show(screen)
    screen.begin()
    drawn(at, screen)
    return screen


def drawn(at: Desk, screen: PreviewScreen) -> str:
    """The text of the paper once it is drawn as asked for."""
    at.settle()
    assert screen.draft is not None, screen.trouble.text()
    pdf = screen.draft.pdf
    return "".join(pictures.page_text(pdf, page) for page in range(pictures.page_count(pdf)))


def test_labels_begin_where_the_sheet_is_still_full(at: Desk) -> None:
    at.people(*(f"张{each}" for each in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰"))
    screen, hands = looked_at(at, "labels_party_member"), at.typist
    assert "共 1 页" in drawn(at, screen)
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Return)  # the columns are shown
    assert screen.asks.opened
    hands.press(Key.Key_Return)  # and left as they are
    assert not screen.asks.opened
    hands.type("3")
    hands.press(Key.Key_Return)
    hands.type("14")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    assert screen.view.hasFocus()
    assert "共 2 页" in drawn(at, screen)
    assert screen.request.arguments["start"] == "14"
    again = looked_at(at, "labels_party_member")
    assert again.request.arguments["sheet"].startswith("2×7"), "the sheet is remembered"
    assert again.request.arguments["start"] == "1", "where a sheet was begun is not"


def test_what_is_no_answer_is_said_at_its_box(at: Desk) -> None:
    at.people("张玉兰")
    screen, hands = looked_at(at, "labels_party_member"), at.typist
    screen.asks._editors["start"].focus()
    hands.type("x")
    hands.press(Key.Key_Return)
    assert "应是数字" in screen.asks.problem
    assert not screen.view.hasFocus()
    hands.press(Key.Key_A, CTRL)
    hands.type("99")
    hands.press(Key.Key_Return)
    at.settle()
    assert "一张只有 24 格" in screen.trouble.text()


def test_columns_stand_in_the_order_in_which_they_were_ticked(at: Desk) -> None:
    at.people("张玉兰")
    screen, hands = looked_at(at, "sign_in_party_member"), at.typist
    assert "性别" in drawn(at, screen)
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Space)  # the name goes
    hands.press(Key.Key_Space)  # and comes back, behind the others
    hands.press(Key.Key_Escape)
    assert not screen.asks.opened
    at.qtbot.waitUntil(lambda: screen.request.arguments[COLUMNS].endswith("、姓名"))
    said = drawn(at, screen)
    assert said.index("性别") < said.index("姓名")


def test_a_sign_in_sheet_has_its_title_and_lines_for_others(at: Desk) -> None:
    at.people("张玉兰", "李建国")
    screen, hands = looked_at(at, "sign_in_party_member"), at.typist
    said = drawn(at, screen)
    assert "党员签到表" in said
    assert "\n7" in said, "five lines more than there are members"
    screen.asks._editors["title"].focus()
    hands.compose("党员大会签到表")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_A, CTRL)
    hands.type("0")
    hands.press(Key.Key_Return)
    said = drawn(at, screen)
    assert "党员大会签到表" in said
    assert "\n3" not in said


def test_the_list_is_printed_as_it_is_laid_out(at: Desk) -> None:
    at.people("张玉兰")
    screen = at.screen("party_member")
    menu = screen.table.columns_menu()
    next(act for act in menu.actions() if act.text() == "工作单位").trigger()
    at.settle()
    asked: list[Request] = []
    at.session.paper_requested.connect(lambda _key, request: asked.append(request))
    screen.acts._print("list_party_member")
    assert asked[0].arguments[COLUMNS].split("、") == screen.table.column_labels()


def test_an_own_column_of_the_office_can_be_printed(at: Desk) -> None:
    own_columns.add(at.office, register="party_member", label="志愿岗位", kind="文字")
    at.people("张玉兰")
    screen = looked_at(at, "labels_party_member")
    assert "志愿岗位" in screen.asks._ticks[COLUMNS].editor._ticks


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize(
    "paper", ["labels_party_member", "sign_in_party_member", "grid_board", "appointment_letters"]
)
def test_nothing_is_unnamed_or_cut_off(
    at: Desk, qapp: QApplication, paper: str, scale: int
) -> None:
    at.people("张玉兰")
    theme.apply(qapp, scale)
    try:
        screen = PreviewScreen(at.session, paper, Request())
        at.show(screen)
        screen.begin()
        at.settle()
        for opened in (False, True):
            for each in screen.asks._ticks.values():
                each.button.setChecked(opened)
            at.settle()
            assert not clipped(screen)
            assert not unnamed(screen)
    finally:
        theme.apply(qapp, 100)
