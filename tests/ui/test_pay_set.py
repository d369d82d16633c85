"""算这些人的工资 by real keys: the filtered list of workers, or the marked rows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from lanling_desktop.core.plain import Condition, View
from lanling_desktop.core.records import table_of
from lanling_desktop.salary.records import PayRun
from tests.ui.at_desk import Desk
from tests.ui.walk import clipped, unnamed

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
RECRUITED = Condition("source", "=", "公开招聘")


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, demo_file: Path) -> Iterator[Desk]:
    shutil.copy(demo_file, tmp_path / "a.lanling")
    made = Desk(qtbot, tmp_path / "a.lanling", tmp_path / "window.ini")
    yield made
    made.leave()


def run_of(at: Desk, run_id: str) -> object:
    here = table_of(PayRun)
    return at.office.rows(select(here).where(here.c.id == run_id))[0]


def test_a_month_for_what_the_list_shows_then_for_marked_rows(at: Desk) -> None:
    screen, hands = at.screen("community_worker"), at.typist
    asked: list[str] = []
    at.session.pay_requested.connect(asked.append)
    screen.show_view(View("community_worker", conditions=(RECRUITED,)))
    at.settle()
    screen.table.setFocus()
    hands.press(Key.Key_W, CTRL | SHIFT)
    bar = screen.own.bar
    assert bar.isVisible()
    assert "32 人" in bar.words.text()
    assert clipped(bar) == unnamed(bar) == []
    hands.press(Key.Key_A, CTRL)
    hands.type("2026-12")
    hands.press(Key.Key_Return)
    at.settle()
    row = run_of(at, asked[0])
    assert (row.people, row.month.month, row.left_out) == (32, 12, None)
    assert row.scope == "人员来源 等于 公开招聘，共 32 人"

    at.office.undo()
    screen.table.setFocus()
    hands.press(Key.Key_Home, CTRL)
    for _ in range(2):
        hands.press(Key.Key_Down, SHIFT)
    marked = len(screen.table.selected_ids())
    assert marked == 3
    hands.press(Key.Key_W, CTRL | SHIFT)
    hands.press(Key.Key_A, CTRL)
    hands.type("2026-12")
    hands.press(Key.Key_Return)
    at.settle()
    assert run_of(at, asked[1]).people == 3
    assert run_of(at, asked[1]).scope == "选中的，共 3 人"


def test_esc_does_nothing_and_who_is_paid_already_is_said(at: Desk) -> None:
    screen, hands = at.screen("community_worker"), at.typist
    before = at.office.count(View("pay_run"))
    screen.show_view(View("community_worker", conditions=(RECRUITED,)))
    at.settle()
    screen.table.setFocus()
    hands.press(Key.Key_W, CTRL | SHIFT)
    hands.press(Key.Key_Escape)
    assert not screen.own.bar.isVisible()
    hands.press(Key.Key_W, CTRL | SHIFT)
    hands.press(Key.Key_A, CTRL)
    hands.type("2026-10")
    hands.press(Key.Key_Return)
    at.settle()
    assert "都已列入同一个月别的批次" in str(at.said.troubles[-1].what)
    assert at.office.count(View("pay_run")) == before
