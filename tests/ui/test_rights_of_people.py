"""信息更正, 续存 and 销毁 by keys alone; what cannot be taken back is not offered to be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from lanling_desktop.people import actions
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.procedures import ProcedurePage, offered

Key = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def begin(at: Desk, person: str, key: str) -> ProcedurePage:
    """Open a person, press F7 and the number of what is to be done; its page."""
    screen = at.screen("person")
    screen.open_record(person)
    at.settle()
    register = at.office.registers["person"]
    offers = [each.key for each in offered(register, at.office.read("person", person))]
    at.typist.press(Key.Key_F7)
    at.typist.press(Key(Key.Key_1 + offers.index(key)))
    return screen.panel.procedure


def a_person(at: Desk) -> str:
    typed = {"name": "张玉蓝", "phone": "13812345678"}
    return at.office.save("person", None, typed, confirmed=True).main


def test_a_name_is_put_right_by_keys(at: Desk) -> None:
    person = a_person(at)
    page = begin(at, person, "correct")
    form = page.form
    assert form is not None
    assert form.editor("phone").is_empty(), "a number is not shown to be corrected"
    assert clipped(page) == unnamed(page) == []
    hands = at.typist
    hands.compose("张玉兰")
    hands.press(Key.Key_Return)
    hands.type("1")  # 本人
    hands.press(Key.Key_Return)
    for text in ("身份证", "户口簿"):
        hands.compose(text)
        hands.press(Key.Key_Return)
    hands.compose("名字写错")
    hands.press(Key.Key_Return, CTRL)  # out of a box of many lines: the name is next
    hands.press(Key.Key_A, CTRL)
    hands.compose("张玉兰")
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert at.said.said[-1] == ("已信息更正 居民 张玉蓝", True)
    assert at.office.read("person", person)["name"] == "张玉兰"
    assert at.office.count(View("correction")) == 1


@pytest.mark.parametrize("percent", [100, 150])
def test_a_person_is_destroyed_by_keys_and_no_undo_is_offered(
    at: Desk, qapp: QApplication, percent: int
) -> None:
    office, person = at.office, a_person(at)
    actions.record_departure(office, person_id=person, state="迁出", day=date(2015, 1, 1))
    typed = {"what": "居民迁出", "years": "5", "basis": "兰民发〔2026〕1号"}
    office.save("retention_period", None, typed)
    theme.apply(qapp, percent)
    try:
        page = begin(at, person, "destroy")
        assert clipped(page) == unnamed(page) == []
    finally:
        theme.apply(qapp, 100)
    hands = at.typist
    hands.type("2")  # 删除
    hands.press(Key.Key_Return)
    hands.compose("满五年")
    hands.press(Key.Key_Tab)
    for text in ("王书记", "李红", "赵亮"):
        hands.compose(text)
        hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)  # 保留
    hands.compose("张玉")
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert office.read("person", person)["name"] == "张玉蓝", "the name was not typed whole"
    assert at.said.troubles[-1].what.startswith("再输一遍的名称")
    hands.press(Key.Key_End)
    hands.compose("蓝")
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    said, undo = at.said.said[-1]
    assert said.startswith("已销毁（删除）居民迁出 1 份")
    assert not undo
    assert office.find("张玉蓝") == []
    assert office.count(View("disposal")) == 1


@pytest.mark.parametrize("key", ["correction", "disposal"])
def test_what_an_act_makes_is_not_offered_to_be_typed(at: Desk, key: str) -> None:
    screen = at.screen(key)
    at.settle()
    shown = [each.text() for each in (screen.new, screen.take_in, screen.many) if each.isVisible()]
    assert shown == []
    made_by = at.office.registers[key].made_by
    assert screen.table.empty_text.endswith(made_by)
    assert "Ctrl+N" not in screen.panel.blank.text()
    at.typist.press(Key.Key_N, CTRL)
    assert at.said.said[-1][0] == made_by
    assert screen.panel.stack.currentWidget() is screen.panel.blank
