"""A month at one hall by keys alone: notice, meeting, minutes, follow-ups, close-out; and a crash.

王敏 plans the meeting of 10 December out of November's, prints its notice, types the minutes while
people talk, closes them, follows what was decided until it is struck off, and at the end counts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop import opening
from lanling_desktop.core.clock import Clock, fixed
from lanling_desktop.core.plain import View
from lanling_desktop.hall import actions, board, minutes, rules
from lanling_desktop.printing.paper import print_log
from tests.hall import month
from tests.scenarios.test_the_road import Clerk, out
from tests.ui.klm import CTRL
from ui import files, theme
from ui.screens.hall_figures import HallFiguresScreen
from ui.screens.meeting import MeetingScreen
from ui.screens.preview import PreviewScreen
from ui.screens.register import RegisterScreen

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support ")
__all__ = ["out"]
Key = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
ROOT = Path(__file__).resolve().parents[2]


class Calendar:
    """The wall calendar of the office: the test turns its leaves."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.clock = Clock(now=lambda: datetime(self.day.year, self.day.month, self.day.day, 9))  # noqa: DTZ001


@pytest.fixture
def calendar() -> Calendar:
    return Calendar(date(2026, 12, 1))


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, calendar: Calendar) -> Iterator[Clerk]:
    theme.apply(qapp, 100, contrast=False)
    path = tmp_path / "向阳 社区.lanling"
    office = opening.create_office(path, clock=calendar.clock, actor="王敏")
    office.desk.put("community", office.save("community", None, {"name": "向阳社区"}).main)
    office.desk.put("unit", "向阳社区居民委员会")
    month.held(office, month.hall(office), date(2026, 11, 10))
    made = Clerk(qtbot, office)
    yield made
    made.window.close()


def test_a_month_at_a_hall(
    clerk: Clerk, calendar: Calendar, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_visitor_brings_a_matter(clerk)
    meeting = the_meeting_is_planned_and_announced(clerk, out)
    calendar.day = date(2026, 12, 10)
    the_matters_are_talked_over(clerk, meeting)
    the_minutes_are_closed(clerk, meeting)
    saved_for_the_street(clerk, meeting, tmp_path, monkeypatch)
    calendar.day = date(2026, 12, 24)
    what_was_decided_is_followed_up(clerk)
    the_month_is_counted(clerk, meeting)
    assert clerk.hands.modal_stops == 0


def a_visitor_brings_a_matter(clerk: Clerk) -> None:
    clerk.go("visitor_reception")
    clerk.press(Key.Key_N, CTRL)
    clerk.press(Key.Key_Return, SHIFT)  # today stands there already
    clerk.fill("visited_on", "20261201")
    clerk.takes_first_of("hall_id", "llhy")
    clerk.fill("name", "周大爷")
    clerk.fill("matter", "南门外占道经营")
    clerk.press(Key.Key_Return, CTRL)
    clerk.press(Key.Key_Return, CTRL)
    clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_I, CTRL)  # no meeting yet: it is made with its matter in one go
    clerk.press(Key.Key_Return)
    assert "列为议题" in clerk.foot


def the_meeting_is_planned_and_announced(clerk: Clerk, out: Path) -> str:
    clerk.command("kaihui")
    screen = clerk.screen
    assert isinstance(screen, MeetingScreen)
    assert screen.meeting["planned_on"] == date(2026, 12, 10)
    assert [each.title for each in screen.topics] == ["雨水管网改造", "路灯不亮", "南门外占道经营"]
    assert len(screen.roll.seats) == 5
    clerk.press(Key.Key_N, CTRL)
    for title in ("充电桩选址", "楼道堆物"):
        clerk.hands.compose(title)
        clerk.press(Key.Key_Return, CTRL)
    clerk.press(Key.Key_Escape)
    assert len(screen.topics) == 5
    prints(clerk, out, "会议通知")
    assert clerk.screen is screen
    return screen.meeting_id


def prints(clerk: Clerk, out: Path, title: str) -> None:
    """A paper of the meeting, by its number in the choice."""
    screen = clerk.screen
    clerk.press(Key.Key_P, CTRL | SHIFT)
    offered = [each.text() for each in screen.acts.papers._buttons]
    number = next(int(each[0]) for each in offered if each.endswith(title))
    clerk.press(Key(Key.Key_0.value + number))
    preview = clerk.screen
    assert isinstance(preview, PreviewScreen)
    assert preview.paper.title == title
    clerk.press(Key.Key_Return)
    if preview.chooser.isVisible():
        clerk.press(Key.Key_Return)
    assert title in clerk.foot
    assert out.is_file()
    clerk.press(Key.Key_Escape)


def the_matters_are_talked_over(clerk: Clerk, meeting: str) -> None:
    screen = clerk.screen
    clerk.press(Key.Key_F9)
    clerk.press(Key.Key_F5)
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Q)  # 钱秀英 is excused
    clerk.press(Key.Key_A)
    assert clerk.office.read("hall_meeting", meeting)["attended"] == 4
    clerk.press(Key.Key_F3)
    clerk.press(Key.Key_Home)
    clerk.press(Key.Key_Return)  # 雨水管网改造: what came of it is said first
    clerk.press(Key.Key_2)
    clerk.hands.compose("街道已列入明年计划")
    clerk.press(Key.Key_Return)
    to(clerk, "南门外占道经营")
    clerk.hands.compose("城管说每天傍晚巡查")
    decides(clerk, 2, "增加巡查")
    clerk.hands.compose("孙志强")
    clerk.press(Key.Key_Return)
    clerk.type("10")
    clerk.press(Key.Key_S, CTRL)
    assert screen.matter.topic.title == "充电桩选址"
    clerk.hands.compose("消防通道不能占")
    decides(clerk, 3, "报街道选址")
    clerk.hands.compose("卞庄街道城建办")
    clerk.press(Key.Key_S, CTRL)
    assert screen.matter.topic.title == "楼道堆物"
    clerk.hands.compose("物业带了车来")
    decides(clerk, 1, "当天清走")
    clerk.press(Key.Key_S, CTRL)
    said = minutes.minutes_of(clerk.office, meeting)
    assert [each.disposal for each in said.topics] == ["限期解决", "转办", "当场解决"]
    assert [each.due_on for each in said.topics] == ["2026-12-24", "2026-12-17", ""]
    assert said.carried[0].progress == "街道已列入明年计划"


def to(clerk: Clerk, title: str) -> None:
    screen = clerk.screen
    clerk.press(Key.Key_F3)
    clerk.press(Key.Key_Home)
    wanted = next(each.id for each in screen.topics if each.title == title)
    for _ in range(20):
        if screen.agenda.key() == wanted:
            break
        clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Return)


def decides(clerk: Clerk, outcome: int, decision: str) -> None:
    """Out of the text, the decision, the outcome by its digit, on to what it needs."""
    clerk.press(Key.Key_Return, CTRL)
    clerk.hands.compose(decision)
    clerk.press(Key.Key_Return, CTRL)
    clerk.type(str(outcome))
    if outcome != 1:
        clerk.press(Key.Key_Return)


def the_minutes_are_closed(clerk: Clerk, meeting: str) -> None:
    clerk.press(Key.Key_F2)
    for _ in range(2):
        clerk.press(Key.Key_Return)
    clerk.type("2030")
    clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_F10)
    now = clerk.office.read("hall_meeting", meeting)
    assert (now["minutes_no"], now["end_time"]) == ("〔2026〕2号", "20:30")
    assert clerk.foot.startswith("已会议记录定稿")


def saved_for_the_street(
    clerk: Clerk, meeting: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder / "纪要.docx"
    monkeypatch.setattr(files, "ask_save", lambda *_: place)
    clerk.press(Key.Key_W, CTRL)
    clerk.press(Key.Key_1)
    assert place.read_bytes()[:2] == b"PK"
    assert clerk.foot == f"已存为 {place}"
    (line,) = print_log(clerk.office)
    assert line.title == "会议通知"


def what_was_decided_is_followed_up(clerk: Clerk) -> None:
    clerk.press(Key.Key_1, ALT)
    start = clerk.screen
    pressing = [(each.title, each.due_words) for each in start.pressing.items]
    assert ("南门外占道经营", "今天到期") in pressing
    clerk.press(Key.Key_G, CTRL)
    screen = clerk.screen
    while screen.page.item.title != "南门外占道经营":
        clerk.press(Key.Key_Down)
    clerk.press(Key.Key_3)  # 办结待核
    clerk.hands.compose("已取缔")
    clerk.press(Key.Key_Return)
    assert screen.page.item.status == rules.DONE
    clerk.press(Key.Key_1)  # 销号
    clerk.press(Key.Key_Return)
    closed = clerk.office.read("action_item", month.ledger(clerk.office)["南门外占道经营"])
    assert (closed["status"], closed["result"]) == (rules.CLOSED, "已取缔")
    assert (closed["verified_by"], closed["verified_on"]) == ("王敏", date(2026, 12, 24))


def the_month_is_counted(clerk: Clerk, meeting: str) -> None:
    """The month's figures, and the records behind one of them."""
    office = clerk.office
    clerk.press(Key.Key_G, CTRL | SHIFT)
    clerk.wait()
    screen = clerk.window.navigator.screen
    assert isinstance(screen, HallFiguresScreen)
    rows = screen.table.rows
    shown = {rows.record_id(n): rows.row_texts(n)[1] for n in range(rows.rowCount())}
    assert (shown["raised"], shown["closed"], shown["held"]) == ("3", "1", "1")
    clerk.press(Key.Key_Return)
    while screen.table.record_id() != "closed":
        clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Return)
    clerk.wait()
    assert clerk.window.navigator.key == "action_item"
    listed = clerk.window.navigator.screen
    assert isinstance(listed, RegisterScreen)
    assert "南门外占道经营" in listed.table.rows.row_texts(0)
    here = View("agenda_item", parent=("meeting_id", meeting))
    outcomes = [row[1] for row in office.page(here, 0, 20, keys=("disposal",))]
    assert sorted(filter(None, outcomes)) == ["当场解决", "转办", "限期解决"]
    assert office.count(View("hall_meeting")) == 2
    left = [(each.title, each.due_words) for each in board.open_items(office)]
    assert [title for title, _ in left] == ["雨水管网改造", "路灯不亮", "充电桩选址"]
    assert board.not_met(office) == ()


# A crash in the middle of the meeting

_TYPES = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from lanling_desktop.core.desk import Desk
from ui.navigation import Navigator

kept = Desk.keep_draft
def keep_draft(self, key, title, content):
    kept(self, key, title, content)
    print("KEPT", len(content["values"]["discussion"]), flush=True)
Desk.keep_draft = keep_draft

begin = Navigator.begin
def begun(self, key):
    begin(self, key)
    self.show_meeting(sys.argv[2])
    timer = QTimer(self.window, interval=5)
    steps = iter(play(self.screen))
    timer.timeout.connect(lambda: next(steps))
    timer.start()
Navigator.begin = begun

def commit(text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)

def press(key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, held)

def play(screen):
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Return)
    yield
    commit("先说的话已经保存。")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    while screen.session.worker.busy:
        yield
    yield
    print("SAVED", flush=True)
    while True:
        commit("说")
        yield

from ui.app import main
sys.exit(main(sys.argv[1:2]))
"""


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LANLING_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }


def test_a_crash_in_the_middle_of_a_sentence_loses_nothing_saved(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    theme.apply(qapp, 100, contrast=False)
    path = tmp_path / "向阳.lanling"
    with opening.create_office(path, clock=fixed(2026, 11, 23), actor="王敏") as office:
        meeting = month.meeting(office, month.hall(office), date(2026, 11, 20))
        actions.raise_matter(office, meeting_id=meeting, title="停车难")
        actions.hold_meeting(office, meeting_id=meeting)
    heard = typed_until_killed(qtbot, path, meeting)
    assert "SAVED" in heard, heard
    whole, _torn = heard.rsplit("\n", 1)
    kept = [int(each.split()[1]) for each in whole.splitlines() if each.startswith("KEPT")]

    office = opening.open_office(path, clock=fixed(2026, 11, 23, 9, 40), actor="王敏")
    clerk = Clerk(qtbot, office)
    (matter,) = month.matters(office, meeting).values()
    assert office.read("agenda_item", matter)["discussion"] == "先说的话已经保存。"
    start: Any = clerk.screen
    (half_done,) = start.half_done.acts
    assert "停车难" in half_done.text()
    half_done.setFocus()
    clerk.press(Key.Key_Return)  # 接着做
    screen = clerk.screen
    assert isinstance(screen, MeetingScreen)
    text = screen.matter.form.editor("discussion").value()
    assert text.startswith("先说的话已经保存。说说说")
    assert len(text) >= max(kept)
    clerk.press(Key.Key_Escape)
    assert office.read("agenda_item", matter)["discussion"] == text
    assert office.desk.drafts() == []
    clerk.window.close()


def typed_until_killed(qtbot: QtBot, path: Path, meeting: str) -> str:
    """The real window in a process of its own, killed while keys come in; what it said till then."""
    child = QProcess()
    settings = child.processEnvironment()
    for key, value in environment(path.parent).items():
        settings.insert(key, value)
    child.setProcessEnvironment(settings)
    child.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
    said: list[str] = []
    child.readyReadStandardOutput.connect(
        lambda: said.append(bytes(child.readAllStandardOutput().data()).decode())
    )
    child.start(sys.executable, ["-c", _TYPES, str(path), meeting])
    qtbot.waitUntil(lambda: "".join(said).count("KEPT") > 2, timeout=60_000)
    child.kill()
    qtbot.waitUntil(lambda: child.state() == QProcess.ProcessState.NotRunning, timeout=30_000)
    assert child.exitStatus() == QProcess.ExitStatus.CrashExit
    return "".join(said)
