"""The meeting's screen by real keys: typing, outcomes, the roll, closing, what a crash leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from lanling_desktop.hall import actions, board, follow_up, minutes, rules
from tests.hall import month
from tests.ui.at_desk import Desk, desk
from tests.ui.klm import CTRL, NONE
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.meeting import MeetingScreen
from ui.screens.register import RegisterScreen

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
TENTH = date(2026, 11, 10)
LAST = date(2026, 10, 12)


class Room:
    """A meeting in sight, and hands that only press keys."""

    def __init__(self, at: Desk, meeting: str) -> None:
        self.at, self.office, self.meeting = at, at.office, meeting
        self.screen = MeetingScreen(at.session, meeting)
        at.show(self.screen)
        self.screen.begin()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            self.at.typist.press(key, held)
        self.at.settle()

    def type(self, text: str) -> None:
        if text.isascii():
            self.at.typist.type(text)
        else:
            self.at.typist.compose(text)
        self.at.settle()

    def topic(self, title: str) -> Any:
        return next(each for each in self.screen.topics if each.title == title)

    def go(self, title: str) -> None:
        """Down the agenda to a matter, and into it."""
        self.press(Key.Key_F3)
        self.press(Key.Key_Home)
        for _ in range(20):
            if self.screen.agenda.key() == self.topic(title).id:
                break
            self.press(Key.Key_Down)
        self.press(Key.Key_Return)

    def item(self, title: str) -> Any:
        return self.office.read("agenda_item", self.topic(title).id)

    @property
    def focus(self) -> str:
        return QApplication.focusWidget().objectName()


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def room(at: Desk) -> Room:
    """The second meeting of a hall: two matters left of the first, two new ones, held today."""
    hall = month.hall(at.office)
    month.held(at.office, hall, LAST)
    meeting = month.meeting(at.office, hall, TENTH)
    for title in ("停车难", "门禁更换"):
        actions.raise_matter(at.office, meeting_id=meeting, title=title, source="居民来访")
    actions.hold_meeting(at.office, meeting_id=meeting, held_on=TENTH)
    return Room(at, meeting)


def test_what_is_typed_is_saved_as_its_box_is_left(room: Room) -> None:
    room.go("停车难")
    room.type("讨论")
    room.press(Key.Key_Return)  # a new line: nobody is thrown out of a text
    room.type("热烈")
    assert room.item("停车难")["discussion"] is None
    room.press(Key.Key_Return, CTRL)
    assert room.focus == "decision.box"
    assert room.item("停车难")["discussion"] == "讨论\n热烈"
    room.type("划线")
    room.press(Key.Key_S, CTRL)
    assert room.focus == "decision.box"
    assert room.item("停车难")["decision"] == "划线"
    assert room.office.desk.drafts() == []


def test_typing_goes_on_while_a_save_is_under_way(room: Room) -> None:
    """The save of what was typed first must not take what was typed meanwhile for saved."""
    room.go("停车难")
    hands = room.at.typist
    hands.compose("先说")
    room.screen.matter.save_texts()
    hands.compose("后说")
    room.at.settle()
    assert room.item("停车难")["discussion"] == "先说"
    assert room.screen.matter.form.editor("discussion").value() == "先说后说"
    room.press(Key.Key_Escape)
    assert room.item("停车难")["discussion"] == "先说后说"


def test_an_outcome_is_a_digit_and_asks_only_for_what_it_needs(room: Room) -> None:
    room.go("停车难")
    form = room.screen.matter.form
    assert list(form.values()) == ["discussion", "decision", "disposal"]
    room.press(Key.Key_Return, CTRL)
    room.type("划线")
    room.press(Key.Key_Return, CTRL)
    room.type("2")
    room.press(Key.Key_Return)
    assert room.focus == "responsible.box"
    assert "disposal_reason" not in form.values()
    room.type("李敏")
    room.press(Key.Key_Return)
    room.type("10")
    assert form.editor("due_on").value() == date(2026, 11, 24)
    assert "到期日为2026年11月24日" in form.editor("due_on")._lines["why"].text()
    room.press(Key.Key_S, CTRL)
    line = room.office.read("action_item", room.item("停车难")["action_item_id"])
    assert (line["responsible"], line["due_on"]) == ("李敏", date(2026, 11, 24))
    assert "10个工作日" in line["due_steps"]
    assert room.focus == "discussion.box", "on to the next matter without an outcome"
    assert room.screen.agenda.key() == room.topic("门禁更换").id
    room.press(Key.Key_5, CTRL)
    assert room.focus == "disposal_reason.box"
    room.type("已在改造计划里")
    room.press(Key.Key_Return)
    assert room.item("门禁更换")["disposal"] == rules.REJECTED
    assert room.topic("门禁更换").disposal == rules.REJECTED


def test_an_outcome_without_what_it_needs_says_so_in_its_place(room: Room) -> None:
    room.go("停车难")
    room.press(Key.Key_2, CTRL)
    room.press(Key.Key_S, CTRL)
    form = room.screen.matter.form
    assert ("responsible", "限期解决的，请填责任人") in form.problems
    assert room.focus == "responsible.box"
    room.press(Key.Key_1, CTRL)
    assert room.focus == "decision.box"
    room.press(Key.Key_S, CTRL)
    assert "请写明怎样解决的" in form.editor("decision").problem
    assert room.item("停车难")["disposal"] is None


def test_a_vote_short_of_the_majority_is_asked_about_and_can_be_kept(room: Room) -> None:
    room.go("停车难")
    room.press(Key.Key_1, CTRL)
    room.type("通过")
    room.press(Key.Key_T, CTRL)
    assert room.focus == "vote_method.box"
    for text in ("1", "2", "1", "0"):
        room.type(text)
        room.press(Key.Key_Return)
    assert "半数" in room.screen.matter.warning.words.text()
    assert room.item("停车难")["disposal"] is None
    room.press(Key.Key_S, CTRL)
    now = room.item("停车难")
    assert (now["disposal"], now["votes_for"]) == (rules.AT_ONCE, 2)


def test_the_roll_takes_a_letter_a_person(room: Room) -> None:
    room.press(Key.Key_F5)
    assert room.screen.to_roll.text().endswith("实到 0 / 应到 5")
    for letter in (Key.Key_C, Key.Key_L, Key.Key_Q, Key.Key_X):
        room.press(letter)
    seats = {each.name: each.attendance for each in board.roll(room.office, room.meeting)}
    assert list(seats.values()) == ["出席", "列席", "请假", "缺席", ""]
    assert room.screen.to_roll.text().endswith("实到 1 / 应到 4")
    room.press(Key.Key_R)
    room.type("出差")
    room.press(Key.Key_Return)
    room.press(Key.Key_A)
    room.press(Key.Key_Home)
    room.press(Key.Key_Space)
    assert [each.attendance for each in board.roll(room.office, room.meeting)] == [
        "缺席", "列席", "请假", "缺席", "请假",
    ]  # fmt: skip
    room.press(Key.Key_Space)
    now = room.office.read("hall_meeting", room.meeting)
    assert (now["should_attend"], now["attended"]) == (4, 1)


def test_people_and_matters_are_added_and_taken_out_in_place(room: Room) -> None:
    room.press(Key.Key_N, CTRL)
    room.type("飞线充电")
    room.press(Key.Key_Return, CTRL)
    assert room.topic("飞线充电").number == 5
    assert room.focus == "title.box", "ready for the next one"
    room.press(Key.Key_Escape)
    room.press(Key.Key_F5)
    room.press(Key.Key_N, CTRL)
    room.type("刘民警")
    room.press(Key.Key_Return)
    room.type("8")
    room.press(Key.Key_Return, CTRL)
    room.press(Key.Key_Escape)
    seat = board.roll(room.office, room.meeting)[-1]
    assert (seat.name, seat.side) == ("刘民警", "民警")
    room.press(Key.Key_End)
    room.press(Key.Key_Delete)
    room.type("走错")
    room.press(Key.Key_Return)
    assert len(board.roll(room.office, room.meeting)) == 5


def test_a_matter_is_moved_up_the_agenda_and_stays_in_hand(room: Room) -> None:
    room.press(Key.Key_F3)
    room.press(Key.Key_Home)
    while room.screen.agenda.key() != room.topic("门禁更换").id:
        room.press(Key.Key_Down)
    room.press(Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [each.title for each in room.screen.topics[2:]] == ["门禁更换", "停车难"]
    assert room.screen.agenda.key() == room.topic("门禁更换").id
    room.press(Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert room.screen.topics[2].title == "门禁更换", "what was carried over stays first"
    assert room.at.said.said[-1][0] == "已经到头了，不能再移"


def test_a_matter_left_of_the_last_meeting_comes_first_and_is_dealt_with_here(room: Room) -> None:
    assert [each.title for each in room.screen.topics[:2]] == ["雨水管网改造", "路灯不亮"]
    assert room.screen.agenda.lines()[0].title == "上次遗留 2"
    room.go("路灯不亮")
    page = room.screen.matter.item
    room.at.qtbot.waitUntil(lambda: page.history.count() > 0)
    assert "更换 3 盏路灯" in page.history.lines()[-1].title
    room.press(Key.Key_2)  # 报进展
    room.type("灯具到货")
    room.press(Key.Key_Return)
    said = minutes.minutes_of(room.office, room.meeting).carried
    assert [each.progress for each in said] == ["", "灯具到货"]
    room.press(Key.Key_4)  # 延期
    for text in ("20261130", "赵建国", "等安装"):
        room.press(Key.Key_A, CTRL)
        room.type(text)
        room.press(Key.Key_Return)
    line = room.office.read("action_item", room.topic("路灯不亮").action_item_id)
    assert line["due_on"] == date(2026, 11, 30)
    rows = room.office.page(
        View("follow_up", parent=("action_item_id", line.id)), 0, 9, keys=("kind", "meeting_id")
    )
    title = room.office.read("hall_meeting", room.meeting).values["title"]
    assert {row[1:] for row in rows} == {("进展", title), ("延期", title)}


def test_a_kept_text_is_found_by_its_initials_and_put_where_the_cursor_is(room: Room) -> None:
    raw = {"name": "一致同意", "used_in": "讨论摘要", "words": "与会人员一致同意"}
    room.office.save("phrase", None, raw)
    room.office.save("phrase", None, {**raw, "name": "路灯报修", "words": "报路灯所"})
    room.go("停车难")
    room.type("经讨论")
    room.press(Key.Key_J, CTRL)
    room.type("yzty")
    room.press(Key.Key_Return)
    assert room.focus == "discussion.box"
    room.press(Key.Key_J, CTRL)
    room.press(Key.Key_Escape)
    assert room.focus == "discussion.box"
    room.type("划线")
    room.press(Key.Key_Return, CTRL)
    assert room.item("停车难")["discussion"] == "经讨论与会人员一致同意划线"
    room.press(Key.Key_Backtab)
    room.press(Key.Key_A, CTRL)
    room.press(Key.Key_J, CTRL | SHIFT)
    room.type("整段")
    room.press(Key.Key_Return)
    kept = {name: words for name, _, words in board.phrases(room.office, "讨论摘要")}
    assert kept["整段"] == "经讨论与会人员一致同意划线"


def test_the_heads_are_typed_where_they_stand(room: Room) -> None:
    room.press(Key.Key_F2)
    assert room.focus == "held_on.box"
    room.press(Key.Key_Return, times=2)
    room.type("2040")
    room.press(Key.Key_Return)
    assert room.office.read("hall_meeting", room.meeting)["end_time"] == "20:40"
    room.press(Key.Key_Return, SHIFT)
    room.press(Key.Key_A, CTRL)
    room.type("18:00")
    room.press(Key.Key_Return)
    room.at.settle()
    assert "晚于开始时间" in room.screen.heads.editors["end_time"].problem
    assert room.office.read("hall_meeting", room.meeting)["end_time"] == "20:40"
    room.press(Key.Key_Escape)
    assert room.screen.agenda.hasFocus()


def test_closing_says_what_is_open_leads_there_and_then_nothing_moves(room: Room) -> None:
    room.press(Key.Key_F10)
    said = [each.text() for each in room.screen.points._buttons]
    assert any("还没有点名" in each for each in said)
    assert any("停车难" in each for each in said)
    room.press(Key.Key_F8)
    assert room.screen.roll.hasFocus()
    room.press(Key.Key_A)
    room.press(Key.Key_F8)
    assert room.focus == "disposal.box"
    assert room.screen.matter.topic.title == "停车难"
    for title in ("停车难", "门禁更换"):
        room.go(title)
        room.press(Key.Key_1, CTRL)
        room.type("当场说清")
        room.press(Key.Key_S, CTRL)
    room.press(Key.Key_F10)
    assert room.office.read("hall_meeting", room.meeting)["minutes_no"] == "〔2026〕2号"
    assert room.screen.points.isHidden()
    assert "已定稿，只能查看" in room.screen.state.text()
    room.go("停车难")
    assert room.screen.matter.form.editor("discussion").box.isReadOnly()
    room.press(Key.Key_F5)
    room.press(Key.Key_X)
    assert board.roll(room.office, room.meeting)[0].attendance == "出席"
    room.press(Key.Key_F10)
    room.type("地点写错")
    room.press(Key.Key_Return)
    assert room.office.read("hall_meeting", room.meeting)["correcting"] == "地点写错"
    assert not room.screen.matter.form.editor("discussion").box.isReadOnly()
    room.press(Key.Key_F10)
    assert room.office.read("hall_meeting", room.meeting)["version"] == 2


def test_an_outcome_half_typed_waits_for_the_clerk(room: Room) -> None:
    room.go("停车难")
    room.press(Key.Key_2, CTRL)
    room.type("李敏")
    room.press(Key.Key_PageDown, CTRL)
    assert room.screen.matter.topic.title == "门禁更换"
    assert "已留作草稿" in room.at.said.said[-1][0]
    room.press(Key.Key_PageUp, CTRL)
    form = room.screen.matter.form
    assert (form.outcome(), form.editor("responsible").value()) == (rules.BY_A_DAY, "李敏")
    room.screen.keep_draft()
    room.at.settle()
    again = Room(room.at, room.meeting)
    assert again.screen.matter.topic.title == "停车难", "where something was left is shown first"
    assert "停车难" in again.screen.matter.drafts.words.text()
    again.press(Key.Key_Return)
    again.press(Key.Key_J, Qt.KeyboardModifier.AltModifier)
    assert again.screen.matter.form.editor("responsible").value() == "李敏"


def test_another_matter_or_screen_loses_nothing(room: Room) -> None:
    room.go("停车难")
    room.type("说到一半")
    room.screen.hide()
    room.at.settle()
    assert room.item("停车难")["discussion"] == "说到一半"


def test_what_belongs_to_no_matter_has_its_place(room: Room) -> None:
    room.press(Key.Key_F3)
    room.press(Key.Key_End)
    room.press(Key.Key_Return)
    assert room.focus == "other.box"
    room.type("下次提前通知")
    room.press(Key.Key_Escape)
    assert room.office.read("hall_meeting", room.meeting)["other"] == "下次提前通知"


def test_enter_on_a_meeting_opens_it(at: Desk) -> None:
    meeting = month.meeting(at.office, month.hall(at.office), TENTH)
    opened: list[str] = []
    at.session.meeting_requested.connect(opened.append)
    screen = at.screen("hall_meeting")
    screen.pane.enter_list()
    at.typist.press(Key.Key_Return)
    assert opened == [meeting]


def test_the_next_meeting_is_made_in_one_command_with_its_day_explained(at: Desk) -> None:
    hall = month.hall(at.office)
    month.held(at.office, hall, TENTH)
    opened: list[str] = []
    at.session.meeting_requested.connect(opened.append)
    screen = at.screen("meeting_hall")
    screen.pane.enter_list()
    screen.hold_meeting()
    own: Any = screen.own
    assert own.bar.form.editor("planned_on").value() == date(2026, 12, 10)
    assert "每月 10 日" in own.bar.words.text()
    at.typist.press(Key.Key_A, CTRL)
    at.typist.type("20261211")
    at.typist.press(Key.Key_Return)
    made = at.office.read("hall_meeting", opened[0])
    assert made["planned_on"] == date(2026, 12, 11)
    assert [each.title for each in board.agenda(at.office, made.id)] == [
        "雨水管网改造",
        "路灯不亮",
    ]


def visit(at: Desk, hall: str | None) -> RegisterScreen:
    raw = {"visited_on": "2026-11-20", "name": "周大爷", "matter": "路灯不亮", "hall_id": hall}
    at.office.save("visitor_reception", None, raw)
    screen = at.screen("visitor_reception")
    screen.pane.enter_list()
    at.settle()
    return screen


def test_a_visitor_brings_a_matter(at: Desk) -> None:
    hall = month.hall(at.office)
    meeting = month.meeting(at.office, hall, date(2026, 12, 10))
    visit(at, hall)
    at.typist.press(Key.Key_I, CTRL)
    at.settle()
    assert [each.title for each in board.agenda(at.office, meeting)] == ["路灯不亮"]
    at.typist.press(Key.Key_I, CTRL)
    assert "已经列为议题" in at.said.said[-1][0]
    assert len(board.agenda(at.office, meeting)) == 1


def test_without_a_meeting_the_visitors_matter_makes_one(at: Desk) -> None:
    month.hall(at.office)
    visit(at, None)
    at.typist.press(Key.Key_I, CTRL)
    at.typist.press(Key.Key_Return)
    at.settle()
    ((meeting, day),) = board.planned_meetings(at.office)
    assert day == date(2026, 11, 10)
    assert [each.title for each in board.agenda(at.office, meeting)] == ["路灯不亮"]


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_unnamed_or_cut_off(room: Room, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    room.at.settle()
    steps: list[Callable[[], None]] = [
        lambda: room.press(Key.Key_F3),
        lambda: room.go("路灯不亮"),
        lambda: room.press(Key.Key_2),
        lambda: room.go("停车难"),
        lambda: room.press(Key.Key_2, CTRL),
        lambda: room.press(Key.Key_F5),
        lambda: room.press(Key.Key_N, CTRL),
        lambda: room.press(Key.Key_Escape),
        lambda: room.press(Key.Key_F2),
        lambda: room.press(Key.Key_F10),
    ]
    for step in steps:
        step()
        assert unnamed(room.screen) == []
        room.at.qtbot.waitUntil(lambda: clipped(room.screen) == [], timeout=3000)
    theme.apply(qapp, 100)


def test_what_is_done_elsewhere_shows_in_a_box_nobody_touched(room: Room) -> None:
    room.go("停车难")
    room.type("这里在打字")
    key = room.topic("停车难").id
    room.office.save("agenda_item", key, {"decision": "别处写的"}, confirmed=True)
    room.at.settle()
    form = room.screen.matter.form
    assert form.editor("decision").value() == "别处写的"
    assert form.editor("discussion").value() == "这里在打字"


def test_a_matter_closed_at_the_meeting_is_off_the_board(room: Room) -> None:
    room.go("雨水管网改造")
    room.press(Key.Key_1)  # 销号
    room.type("管网已疏通")
    room.press(Key.Key_Return)
    closed = room.office.read("action_item", room.topic("雨水管网改造").action_item_id)
    assert (closed["status"], closed["verified_by"]) == (rules.CLOSED, "王敏")
    left = [each.title for each in board.open_items(room.office)]
    assert left == ["路灯不亮"]
    follow_up.reopen(room.office, item_id=closed.id, reason="又堵了", new_due_on=date(2026, 12, 1))
    room.at.settle()
    assert room.screen.matter.item.item.status == rules.REOPENED


def test_a_meeting_is_put_off_or_cancelled_with_its_reason_in_place(at: Desk) -> None:
    meeting = month.meeting(at.office, month.hall(at.office), date(2026, 12, 10))
    room = Room(at, meeting)
    room.press(Key.Key_F12)
    room.press(Key.Key_1)
    for text in ("gestern", "20261215", "场地占用"):
        room.press(Key.Key_A, CTRL)
        room.type(text)
        room.press(Key.Key_Return)
    now = at.office.read("hall_meeting", meeting)
    assert (now["planned_on"], now["status"]) == (date(2026, 12, 15), rules.POSTPONED)
    assert "场地占用" in room.screen.state.text()
    room.press(Key.Key_F12)
    room.press(Key.Key_2)
    room.type("并入下月")
    room.press(Key.Key_Return)
    assert at.office.read("hall_meeting", meeting)["status"] == rules.CANCELLED


def test_what_was_decided_is_posted_in_two_keys(room: Room) -> None:
    room.press(Key.Key_F12)
    room.press(Key.Key_1)
    rows = room.office.page(View("publicity"), 0, 9, keys=("posted_on", "posted_to"))
    assert [row[1:] for row in rows] == [("2026-11-23", "2026-11-29")]
