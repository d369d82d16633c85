"""议事统计 by real keys: months, halls, the records behind a figure, the chart, the paper."""

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
from tests.hall import month
from tests.ui.at_desk import Desk, desk
from tests.ui.test_window import attached, idle, press
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.hall_figures import HallFiguresScreen
from ui.widgets.month_chart import MonthChart

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def in_sight(at: Desk) -> HallFiguresScreen:
    """Two halls, one of which met in October and November."""
    hall = month.hall(at.office)
    for number in (10, 11):
        month.held(at.office, hall, date(2026, number, 10))
    at.office.save("meeting_hall", None, {"compound_id": "锦绣家园", "fixed_day": "15"})
    made = HallFiguresScreen(at.session)
    at.show(made)
    made.begin()
    at.settle()
    return made


def places(screen: HallFiguresScreen) -> list[str]:
    rows = screen.places.rows
    return [str(rows.row_texts(n)[0]).strip() for n in range(rows.rowCount())]


def figure(screen: HallFiguresScreen, label: str) -> str:
    rows = screen.table.rows
    texts = [rows.row_texts(n) for n in range(rows.rowCount())]
    return next(str(row[1]) for row in texts if row[0] == label)


def test_a_figure_of_a_hall_opens_its_records(at: Desk) -> None:
    screen, hands = in_sight(at), at.typist
    assert places(screen) == [
        "全部社区",
        "向阳社区",
        "锦绣家园红色议事厅",
        "兰陵花园红色议事厅",
    ] or (places(screen) == ["全部社区", "向阳社区", "兰陵花园红色议事厅", "锦绣家园红色议事厅"])
    assert figure(screen, "应开例会") == "2"
    hands.press(Key.Key_Down, times=2 if places(screen)[2].startswith("兰陵") else 3)
    at.settle()
    assert screen.shown.text() == "兰陵花园红色议事厅 2026年11月（截至 2026-11-23）"
    assert (figure(screen, "应开例会"), figure(screen, "提出议题")) == ("1", "3")
    asked: list[View] = []
    at.session.list_requested.connect(asked.append)
    hands.press(Key.Key_Return)
    assert screen.table.hasFocus()
    while screen.table.record_id() != "raised":
        hands.press(Key.Key_Down)
    assert screen.steps.text().startswith("范围：兰陵花园红色议事厅")
    assert screen.steps.text().endswith("共 3 件")
    hands.press(Key.Key_Return)
    assert at.office.count(asked[0]) == 3
    hands.press(Key.Key_Escape)
    assert screen.places.hasFocus()


def test_months_and_years_by_keys(at: Desk) -> None:
    screen, hands = in_sight(at), at.typist
    assert screen.title.text() == "议事统计 2026年11月"
    hands.press(Key.Key_Right, ALT)
    assert "还没有到" in at.said.said[-1][0]
    hands.press(Key.Key_Left, ALT, times=2)
    at.settle()
    assert screen.title.text() == "议事统计 2026年9月"
    assert figure(screen, "提出议题") == "0"
    hands.press(Key.Key_Right, ALT)
    at.settle()
    assert figure(screen, "提出议题") == "3"
    hands.press(Key.Key_Y, ALT)
    at.settle()
    assert screen.title.text() == "议事统计 2026年"
    assert figure(screen, "提出议题") == "6"
    hands.press(Key.Key_Left, ALT)
    at.settle()
    assert figure(screen, "提出议题") == "0"
    hands.press(Key.Key_Y, ALT)
    at.settle()
    assert screen.title.text() == "议事统计 2025年12月"


def test_what_is_shown_is_printed(at: Desk) -> None:
    screen, hands = in_sight(at), at.typist
    asked: list[tuple[str, Request]] = []
    at.session.paper_requested.connect(lambda *each: asked.append(each))
    hands.press(Key.Key_P, CTRL)
    hands.press(Key.Key_Left, ALT)
    at.settle()
    hands.press(Key.Key_End)
    at.settle()
    hands.press(Key.Key_P, CTRL)
    hands.press(Key.Key_Y, ALT)
    hands.press(Key.Key_P, CTRL)
    (all_of_it, hall, year) = asked
    assert (all_of_it[0], all_of_it[1].record_id, all_of_it[1].day) == (
        "hall_month", "", date(2026, 11, 23),
    )  # fmt: skip
    assert (hall[0], hall[1].day) == ("hall_month", date(2026, 10, 31))
    assert at.office.read("meeting_hall", hall[1].record_id).title == places(screen)[-1]
    assert year[0] == "hall_year"


def test_a_change_is_counted_at_once(at: Desk) -> None:
    screen = in_sight(at)
    assert figure(screen, "来访人次") == "0"
    typed = {"visited_on": "2026-11-3", "name": "周玉兰", "matter": "灯不亮", "people": "3"}
    at.office.save("visitor_reception", None, typed)
    at.settle()
    assert figure(screen, "来访人次") == "3"
    assert screen.places.record_id() == "all"


@pytest.mark.parametrize("scale", [100, 150])
def test_everything_is_named_and_nothing_is_cut(at: Desk, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    screen = in_sight(at)
    screen.resize(1366 - theme.px(theme.RAIL_WIDTH), 676)
    at.settle()
    assert unnamed(screen) == []
    assert clipped(screen) == []


def test_the_chart_says_its_numbers_and_tells_series_apart(qtbot: QtBot) -> None:
    chart = MonthChart()
    qtbot.addWidget(chart)
    chart.resize(420, 170)
    chart.show_months("甲厅", ("1月", "2月"), (("提出议题", (4, None)), ("销号", (2, None))))
    assert chart.accessibleDescription() == "1月提出议题4件、销号2件"
    picture = chart.grab().toImage()
    tones = [
        picture.pixelColor(x, y).name()
        for x in range(picture.width() // 2)
        for y in range(picture.height() // 3, picture.height())
    ]
    solid, hatched = (tones.count(token.hex.lower()) for token in (theme.BLUE, theme.GREEN))
    assert solid > 4 * hatched > 0, "half as high, and only lines of it"
    right = {
        picture.pixelColor(x, picture.height() // 2).name()
        for x in range(picture.width() // 2 + 2, picture.width())
    }
    assert len(right) == 1, "a month that is still to come has no bar"


def test_the_window_leads_there_and_to_the_records(qtbot: QtBot, tmp_path: Path) -> None:
    window = attached(qtbot, tmp_path / "向阳.lanling")
    office = window.session.office
    typed = {"compound_id": "兰陵花园", "fixed_day": "10", "place": "凉亭", "chair": "赵建国"}
    hall = office.save("meeting_hall", None, typed | {"recorder": "王敏", "start_time": "19:00"})
    month.held(office, hall.main, date(2026, 11, 10))
    idle(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    press(qtbot, window, Key.Key_G, CTRL | Qt.KeyboardModifier.ShiftModifier)
    idle(qtbot, window)
    screen = window.navigator.screen
    assert isinstance(screen, HallFiguresScreen)
    assert window.shell.rail.current() is window.shell.rail.button("meeting_hall")
    press(qtbot, window, Key.Key_Return)
    while screen.table.record_id() != "raised":
        press(qtbot, window, Key.Key_Down)
    press(qtbot, window, Key.Key_Return)
    idle(qtbot, window)
    assert window.navigator.key == "agenda_item"
    listed = window.navigator.screen
    assert listed.table.rows.rowCount() == 3
    assert [hit.title for hit in window.navigator.find("ystj")][:1] == ["议事统计"]
    window.close()
