"""The follow-up board and what the start page says of halls, by real keys, with their budgets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop import opening
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from lanling_desktop.hall import actions, board, follow_up, rules
from tests.hall import month
from tests.scenarios.test_the_road import Clerk
from tests.ui.klm import CTRL
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.board import FollowUpBoard
from ui.screens.meeting import MeetingScreen
from ui.screens.start import StartScreen

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TODAY = date(2026, 11, 23)
RESULT = "下水道已疏通"  # 19 letters and the space that takes them
DUE = {"下水道反味": -3, "减速带破损": 0, "门禁失灵": 4, "外墙渗水": 30}


def item(office: Office, hall: str, title: str, days: int) -> str:
    raw = {
        "title": title,
        "hall_id": hall,
        "raised_on": "2026-10-12",
        "responsible": "孙志强",
        "due_on": (TODAY + timedelta(days=days)).isoformat(),
        "status": rules.ASSIGNED,
    }
    return office.save("action_item", None, raw).main


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Clerk]:
    theme.apply(qapp, 100, contrast=False)
    office = opening.create_office(
        tmp_path / "向阳.lanling", clock=fixed(2026, 11, 23), actor="王敏"
    )
    office.desk.put("community", office.save("community", None, {"name": "向阳社区"}).main)
    hall = month.hall(office)
    for title, days in DUE.items():
        item(office, hall, title, days)
    made = Clerk(qtbot, office)
    yield made
    made.window.close()


def lines(screen: FollowUpBoard) -> list[str]:
    return [each.title for each in screen.list.lines()]


def test_the_board_has_its_parts_with_counts_and_days_in_words(clerk: Clerk) -> None:
    ledger = month.ledger(clerk.office)
    follow_up.defer(clerk.office, item_id=ledger["门禁失灵"], reason="等改造")
    clerk.press(Key.Key_G, CTRL)
    screen = clerk.screen
    assert isinstance(screen, FollowUpBoard)
    assert lines(screen) == [
        "超期 1", "下水道反味", "今天到期 1", "减速带破损", "挂账 1", "门禁失灵",
        "七天以后 1", "外墙渗水",
    ]  # fmt: skip
    states = [each.state for each in screen.list.lines() if not each.heading]
    assert states == ["超期 3 天（11-20）", "今天到期（11-23）", "挂账", "还有 30 天（12-23）"]
    detail = screen.list.lines()[1].detail.split()
    assert detail == ["2026-0001", "兰陵花园红色议事厅", "孙志强"]
    clerk.press(Key.Key_Down)  # over the heading
    assert screen.page.title.text() == "减速带破损"
    clerk.press(Key.Key_F, CTRL)
    clerk.press(Key.Key_Right)
    clerk.press(Key.Key_Space)
    assert lines(screen) == ["超期 1", "下水道反味"]


def test_a_matter_is_closed_on_the_board_within_the_budget(clerk: Clerk) -> None:
    clerk.press(Key.Key_G, CTRL)
    hands = clerk.hands
    hands.keys = hands.decisions = 0
    hands.think()  # which one
    clerk.press(Key.Key_Return)
    hands.think()  # how it ended
    closes(clerk)
    assert hands.seconds == pytest.approx(8.86)  # 22 keys and 2 decisions
    assert hands.seconds <= 9.1
    assert hands.modal_stops == 0
    assert lines(clerk.screen)[0] == "今天到期 1"
    assert clerk.screen.list.hasFocus()
    clerk.press(Key.Key_Z, CTRL)
    assert lines(clerk.screen)[0] == "超期 1"


def test_a_matter_is_closed_on_the_start_page_within_the_budget(clerk: Clerk) -> None:
    screen = clerk.screen
    assert isinstance(screen, StartScreen)
    assert screen.pressing.list.hasFocus()
    hands = clerk.hands
    hands.keys = hands.decisions = 0
    hands.think()
    clerk.press(Key.Key_Return)
    hands.think()
    closes(clerk)
    assert hands.seconds == pytest.approx(8.86)
    assert hands.seconds <= 9.1
    assert hands.modal_stops == 0
    assert clerk.screen is screen, "in place"
    assert screen.pressing.list.hasFocus()
    assert [each.title for each in screen.pressing.items] == ["减速带破损", "门禁失灵"]


def closes(clerk: Clerk) -> None:
    """20 keys of result and the Enter that does it."""
    before = clerk.hands.keys
    clerk.hands.compose(RESULT)
    assert clerk.hands.keys - before == 20
    clerk.press(Key.Key_Return)
    closed = clerk.office.read("action_item", month.ledger(clerk.office)["下水道反味"])
    assert (closed["status"], closed["verified_by"]) == (rules.CLOSED, "王敏")
    assert closed["result"] == RESULT
    assert clerk.foot == "已销号 下水道反味"


def test_every_act_is_a_digit_and_is_refused_in_its_place(clerk: Clerk) -> None:
    clerk.press(Key.Key_G, CTRL)
    page = clerk.screen.page
    clerk.press(Key.Key_2)
    clerk.hands.compose("已联系疏通")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_4)
    clerk.type("20261101")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return)
    clerk.hands.compose("等设备")
    clerk.press(Key.Key_Return)
    assert "要晚于原时限" in page.bar.form.editor("new_due_on").problem
    clerk.type("20261201")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return)
    now = clerk.office.read("action_item", page.item.id)
    assert (now["status"], now["due_on"]) == (rules.UNDER_WAY, date(2026, 12, 1))
    assert page.history.lines()[0].title.startswith(("延期", "进展"))
    assert clerk.screen.list.hasFocus()
    assert clerk.screen.list.key() == now.id, "the matter stays in hand where it moved"
    clerk.press(Key.Key_3)
    clerk.hands.compose("修好了")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_3)  # 退回重办
    clerk.type("20261210")
    clerk.press(Key.Key_Return)
    clerk.hands.compose("又堵了")
    clerk.press(Key.Key_Return)
    now = clerk.office.read("action_item", now.id)
    assert (now["status"], now["due_on"]) == (rules.REOPENED, date(2026, 12, 10))
    kinds = {kind for _, kind, _, _ in follow_up.history_of(clerk.office, now.id)}
    assert kinds == {"进展", "延期", "办结待核", "退回重办"}


def test_nobody_verifies_his_own_work(clerk: Clerk) -> None:
    clerk.office.actor = "孙志强"
    clerk.press(Key.Key_G, CTRL)
    clerk.press(Key.Key_Return)
    form = clerk.screen.page.bar.form
    assert form.editor("verified_by").box.hasFocus()
    clerk.hands.compose("孙志强")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return)
    clerk.hands.compose("修好")
    clerk.press(Key.Key_Return)
    assert "不能是责任人本人" in form.editor("verified_by").problem
    clerk.press(Key.Key_Escape)
    assert clerk.screen.list.hasFocus()


def test_each_card_of_the_halls_opens_what_it_counts(clerk: Clerk) -> None:
    start = clerk.screen
    cards = {key: card for key, (_, card) in start._cards.items()}
    assert cards["overdue"].accessibleName() == "议事事项超期，1，已超期"
    assert cards["soon"].accessibleName() == "议事事项七天内到期，2，将到期"
    assert cards["not_held"].accessibleName() == "议事厅本月未开会，应于 11-10，1，将到期"
    cards["soon"].setFocus()
    clerk.press(Key.Key_Return)
    assert lines(clerk.screen) == ["七天内 1", "门禁失灵"]
    clerk.press(Key.Key_1, ALT)
    cards["not_held"].setFocus()
    clerk.press(Key.Key_Return)
    assert clerk.screen.view.ready == "not_held"


def test_a_monthly_meeting_is_opened_within_the_budget(clerk: Clerk) -> None:
    """12 attendees and 6 open items come along (clerk.md D.2)."""
    office = clerk.office
    hall = board.halls(office)[0][0]
    for title in ("噪音", "绿化补种"):
        item(office, hall, title, 9)
    last = actions.open_meeting(office, hall_id=hall, planned_on=date(2026, 11, 10)).main
    for at in range(1, 13):
        raw = {"meeting_id": last, "position": at, "name": f"代表{at}", "side": "居民代表"}
        office.save("attendee", None, raw)
    actions.hold_meeting(office, meeting_id=last)
    actions.mark_unmarked_present(office, meeting_id=last)
    actions.finalise(office, meeting_id=last)
    clerk.wait()
    for begin in ("today", "hall_meeting", "meeting_hall"):
        clerk.window.navigator.go(begin)
        clerk.wait()
        clerk.hands.keys = clerk.hands.decisions = 0
        clerk.hands.think()  # the month's meeting
        clerk.press(Key.Key_M, CTRL | SHIFT)
        clerk.hands.think()  # the day as proposed
        clerk.press(Key.Key_Return)
        made = clerk.screen
        assert isinstance(made, MeetingScreen), begin
        assert len(made.roll.seats) == 12
        assert len([each for each in made.topics if each.carried]) == 6
        assert made.meeting["planned_on"] == date(2026, 12, 10)
        assert clerk.hands.seconds == pytest.approx(3.82)  # 4 keys and 2 decisions
        assert clerk.hands.seconds <= 7.7
        assert clerk.hands.modal_stops == 0
        assert clerk.foot == "已新建会议 兰陵花园红色议事厅 2026-12-10"
        clerk.press(Key.Key_Z, CTRL)  # taken back by name
        clerk.wait()
        assert board.planned_meetings(office) == ()


def test_the_next_meeting_is_found_from_anywhere(clerk: Clerk) -> None:
    hall = board.halls(clerk.office)[0][0]
    made = actions.open_meeting(clerk.office, hall_id=hall, planned_on=date(2026, 11, 25)).main
    clerk.window.navigator.go("party_member")
    clerk.command("kaihui")
    assert clerk.screen.meeting_id == made
    assert clerk.window.shell.rail.button("hall_meeting").isChecked()
    clerk.press(Key.Key_F11)
    assert not clerk.window.shell.rail.isVisible()
    clerk.press(Key.Key_Escape)
    assert clerk.window.shell.rail.isVisible()
    clerk.press(Key.Key_Escape)
    assert clerk.screen.register.key == "hall_meeting"


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_unnamed_or_cut_off(clerk: Clerk, scale: int) -> None:
    clerk.window.navigator.deeds.set_scale(scale)
    clerk.wait()
    clerk.press(Key.Key_Return)
    whole(clerk)  # the start page, a matter being closed
    clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_M, CTRL | SHIFT)
    whole(clerk)
    clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_G, CTRL)
    whole(clerk)
    clerk.press(Key.Key_4)
    whole(clerk)
    clerk.press(Key.Key_Escape)
    clerk.command("kaihui")
    clerk.press(Key.Key_Return)
    assert isinstance(clerk.screen, MeetingScreen)
    whole(clerk)


def whole(clerk: Clerk) -> None:
    assert unnamed(clerk.window) == []
    clerk._qtbot.waitUntil(lambda: clipped(clerk.window) == [], timeout=3000)
