"""Drafts: never of what is saved, led back to from everywhere, by real keys."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL
from tests.ui.test_window import attached, idle, press
from ui.screens.children import ChildPage
from ui.window import MainWindow

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def slow(at: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Every writing to the desk's drafts waits until the event is set."""
    gate, office = threading.Event(), at.office.desk
    keep, drop = office.keep_draft, office.drop_draft
    monkeypatch.setattr(office, "keep_draft", lambda *a: gate.wait(20) and keep(*a))
    monkeypatch.setattr(office, "drop_draft", lambda *a: gate.wait(20) and drop(*a))
    yield gate
    gate.set()
    at.settle()


def test_what_was_saved_is_never_offered_however_slow_the_worker(
    at: Desk, slow: threading.Event
) -> None:
    screen, hands = at.screen("person"), at.typist
    hands.press(Key.Key_N, CTRL)
    hands.compose("张玉兰")
    screen.keep_draft()  # what the clock asks for after three seconds
    screen.panel.form.save()  # the worker is busy: behind it
    slow.set()
    at.settle()
    assert screen.panel.form.drafts.offered is None
    assert screen.panel.form.drafts.isHidden()
    assert at.office.desk.drafts() == []


def test_a_drop_holds_while_the_keep_before_it_still_waits(at: Desk, slow: threading.Event) -> None:
    at.session.drafts.keep("person/new", "新增居民 张玉兰", {"values": {}})
    assert [each.title for each in at.session.drafts.all()] == ["新增居民 张玉兰"]
    at.session.drafts.drop("person/new")
    assert at.session.drafts.all() == []
    slow.set()
    at.settle()
    assert at.office.desk.drafts() == []


def test_the_same_value_typed_over_is_no_draft(at: Desk) -> None:
    raw = {"name": "张玉兰", "phone": "13812345678", "state_on": "2026-01-05"}
    person = at.office.save("person", None, raw, confirmed=True).main
    screen, hands = at.screen("person"), at.typist
    screen.open_record(person)
    form = screen.panel.form.form
    form.jump("state_on")
    hands.type("2026.1.5")
    assert not form.dirty, "the same day, written otherwise"
    hands.press(Key.Key_Escape)
    at.settle()
    assert at.office.desk.drafts() == []


def test_what_was_typed_and_taken_back_is_no_draft_any_more(at: Desk) -> None:
    person = at.office.save("person", None, {"name": "张玉兰"}, confirmed=True).main
    screen, hands = at.screen("person"), at.typist
    screen.open_record(person)
    hands.compose("红")
    screen.keep_draft()
    at.settle()
    assert len(at.office.desk.drafts()) == 1
    for key in ("phone", "name"):
        screen.panel.form.form.jump(key)
    hands.compose("张玉兰")
    screen.keep_draft()
    at.settle()
    assert at.office.desk.drafts() == []


def test_a_taken_draft_goes_on_in_the_box_typed_last(at: Desk) -> None:
    screen, hands = at.screen("person"), at.typist
    hands.press(Key.Key_N, CTRL)
    hands.compose("张玉兰")
    form = screen.panel.form.form
    form.jump("identity_number")
    hands.type("34052419")
    hands.press(Key.Key_Escape)
    at.settle()
    hands.press(Key.Key_N, CTRL)
    hands.press(Key.Key_J, ALT)
    editor = form.editor("identity_number")
    assert editor.box.hasFocus()
    assert "位" in editor.problem, "a half typed number is said to be unfinished"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = attached(qtbot, tmp_path / "b.lanling")
    yield made
    made.close()


def test_the_start_page_leads_into_the_form_itself(qtbot: QtBot, window: MainWindow) -> None:
    session, navigator = window.session, window.navigator
    assert session is not None
    assert navigator is not None
    member = session.office.find("zyl")[0].id
    values = {"values": {"person.employer": "县一中"}, "at": "person.employer"}
    session.drafts.keep(f"party_member/{member}", "修改党员 张玉兰", values)
    start = navigator.go("today")
    idle(qtbot, window)
    (act,) = start.half_done.acts
    assert "修改党员 张玉兰（" in act.text()
    act.setFocus()
    press(qtbot, window, Key.Key_Return)
    form = navigator.screen.panel.form
    assert form.record_id == member
    assert form.form.editor("person.employer").value() == "县一中"
    assert form.form.editor("person.employer").box.hasFocus()
    press(qtbot, window, Key.Key_Return, CTRL)
    idle(qtbot, window)
    navigator.go("today")
    idle(qtbot, window)
    assert start.half_done.isHidden()


def test_a_half_typed_row_of_a_record_is_found_again(qtbot: QtBot, window: MainWindow) -> None:
    session, navigator = window.session, window.navigator
    assert session is not None
    assert navigator is not None
    home = session.office.page(View("household"), 0, 1, keys=())[0][0]
    values = {"values": {"person.name": "李小红"}, "at": "person.name"}
    session.drafts.keep(f"household_member/new/{home}", "新增家庭成员 李小红", values)
    navigator.open_draft(f"household_member/new/{home}")
    idle(qtbot, window)
    page = navigator.screen.panel.stack.currentWidget()
    assert isinstance(page, ChildPage)
    assert page.form.form.editor("person.name").value() == "李小红"
    assert page.form.form.editor("person.name").box.hasFocus()


def test_another_screen_of_last_time_tells_of_it_in_the_foot(
    qtbot: QtBot, window: MainWindow
) -> None:
    session, navigator = window.session, window.navigator
    assert session is not None
    assert navigator is not None
    values = {"values": {"name": "张玉兰"}, "at": "name"}
    session.drafts.keep("person/new", "新增居民 张玉兰", values)
    navigator.begin("household")
    told = window.shell.foot.findChild(QPushButton, "half_done")
    assert told.text() == "有 1 份没有保存完的录入：新增居民 张玉兰"
    told.click()
    assert navigator.key == "person"
    form = navigator.screen.panel.form
    assert form.form.editor("name").value() == "张玉兰"
    press(qtbot, window, Key.Key_Return, CTRL)
    idle(qtbot, window)
    assert told.isHidden()
    assert session.drafts.all() == []
