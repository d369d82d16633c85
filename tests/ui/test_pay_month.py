"""A month of pay by real keys: 32 people with 3 changes, pasted scores, steps, what was typed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.salary.typed import pasted, understood
from tests.ui.at_desk import Desk
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.pay_month import PayMonthScreen
from ui.screens.procedures import offered

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LIMIT = 22.0  # seconds, clerk.md D.2
PEOPLE = [("a", "张三"), ("b", "李四"), ("c", "张珊"), ("d", "王称心")]


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, demo_file: Path) -> Iterator[Desk]:
    shutil.copy(demo_file, tmp_path / "a.lanling")
    made = Desk(qtbot, tmp_path / "a.lanling", tmp_path / "window.ini")
    yield made
    made.leave()


def opened(at: Desk) -> PayMonthScreen:
    """The next month, begun by Ctrl+N in the list of months."""
    screen = at.screen("pay_run")
    asked: list[str] = []
    at.session.pay_requested.connect(asked.append)
    screen.table.setFocus()
    at.typist.think()
    at.typist.press(Key.Key_N, CTRL)
    at.settle()
    made = PayMonthScreen(at.session, asked[0])
    at.show(made)
    made.begin()
    return made


def named(screen: PayMonthScreen, name: str) -> list[str]:
    rows = screen.table.rows
    texts = [rows.row_texts(n) for n in range(rows.rowCount())]
    return next([str(cell) for cell in row] for row in texts if row[1] == name)


def test_a_month_of_32_with_3_changes_within_22_seconds(at: Desk) -> None:
    screen, hands = opened(at), at.typist
    names = [name for _, name in screen.people]
    assert len(names) == 32
    for name, said in ((names[4], "95"), (names[11], "80"), (names[30], "60")):
        short = unique(name, names)
        hands.think()
        hands.type(short + said)
        hands.press(Key.Key_Return)
        at.settle()
        assert named(screen, name)[4] == f"{said}%"
    hands.think()
    hands.press(Key.Key_F9)
    at.settle()
    assert screen.month.run.status == "已审核"
    assert hands.modal_stops == 0
    assert hands.seconds <= LIMIT, f"{hands.seconds:.1f} s"
    assert not at.said.troubles


def unique(name: str, names: list[str]) -> str:
    """The fewest letters of pinyin that mean nobody else."""
    from lanling_desktop.standards import pinyin

    people = [(each, each) for each in names]
    whole = "".join(pinyin.syllables(name))
    short = pinyin.initials(name)
    tried = [short[:n] for n in range(1, len(short) + 1)]
    tried += [whole[:n] for n in range(2, len(whole) + 1)]
    return next(x for x in tried if [p[1] for p in understood(x, people, None).people] == [name])


def test_what_is_typed_is_said_before_enter_and_amounts_are_added(at: Desk) -> None:
    screen, hands = opened(at), at.typist
    name = screen.people[2][1]
    before = named(screen, name)
    hands.type(unique(name, [each for _, each in screen.people]))
    assert screen.table.record_id() == next(
        each.id for each in screen.month.slips if each.name == name
    )
    hands.type("+200")
    assert "请在金额后面写明事由" in screen.quick.words.text()
    hands.compose("高温")
    assert "其他补贴 200.00（高温）" in screen.quick.words.text()
    hands.press(Key.Key_Return)
    at.settle()
    after = named(screen, name)
    assert (before[8], after[8]) == ("", "200.00")
    assert after[14].startswith("+")
    lines = [screen.lines.rows.row_texts(n) for n in range(screen.lines.rows.rowCount())]
    assert any("高温" in str(row) for row in lines)
    hands.type("z")
    hands.press(Key.Key_Escape)
    assert screen.quick.isHidden()
    assert screen.table.hasFocus(), "Esc in the quick box only puts the box away"
    hands.press(Key.Key_F3)
    assert all(screen.table.rows.row_texts(n)[14] for n in range(screen.table.rows.rowCount()))
    hands.press(Key.Key_F3)
    at.session.office.undo()
    at.settle()
    assert named(screen, name) == before


def test_scores_are_pasted_out_of_a_sheet(at: Desk) -> None:
    screen, hands = opened(at), at.typist
    names = [name for _, name in screen.people]
    rows = "\n".join(f"{n + 1}\t{name}\t{60 + n}" for n, name in enumerate(names))
    QGuiApplication.clipboard().setText(f"序号\t姓名\t得分\n{rows}")
    hands.press(Key.Key_V, CTRL)
    at.settle()
    assert not at.said.troubles
    assert [named(screen, name)[4] for name in names[:2]] == ["60%", "61%"]
    QGuiApplication.clipboard().setText("某某人\t90\n" + rows)
    QGuiApplication.clipboard().setText(f"{names[0]}\t70\n没有这人\t80")
    hands.press(Key.Key_V, CTRL)
    assert "名单里没有这个人" in str(at.said.troubles[-1])
    assert named(screen, names[0])[4] == "60%", "all or nothing"


def test_the_whole_way_to_the_archive_by_f9_alone(at: Desk) -> None:
    screen, hands = opened(at), at.typist
    for state in ("已审核", "已审批", "已发放", "已归档"):
        hands.press(Key.Key_F9)
        at.settle()
        assert screen.month.run.status == state
    assert not screen.next.isVisible()
    hands.type("z")
    assert screen.quick.isHidden()
    assert "不能再改" in at.said.said[-1][0]
    assert screen.month.run.paid_on == date(2026, 11, 23)


def test_a_slow_procedure_is_done_once_however_often_it_is_pressed(at: Desk) -> None:
    """F7 审核通过 in the list of months: beside the screen, and a second Ctrl+Enter does nothing."""
    opened(at)
    screen, hands = at.screen("pay_run"), at.typist
    run = str(screen.table.record_id() or screen.table.rows.record_id(0))
    screen.open_record(run)
    at.settle()
    hands.press(Key.Key_F7)
    offers = [each.key for each in offered(screen.register, at.office.read("pay_run", run))]
    hands.press(Key(Key.Key_1 + offers.index("review")))
    page = screen.panel.procedure
    before = at.office.undoable()[0]
    hands.press(Key.Key_Return, CTRL)
    page._run()
    at.settle()
    assert not at.said.troubles
    done = at.office.undoable()[0]
    assert before is not None
    assert done is not None
    assert done.title == "审核2026年11月工资"
    at.office.undo()
    assert at.office.undoable()[0].seq == before.seq, "once"


def test_enter_on_a_line_leads_to_what_it_follows_from(at: Desk) -> None:
    """A month the line puts right, a decision, a rate; what has no record of its own is said."""
    screen, hands = opened(at), at.typist
    asked: list[tuple[str, str]] = []
    at.session.record_requested.connect(lambda *found: asked.append(found))
    hands.press(Key.Key_Return)
    names = [screen.lines.rows.row_texts(n)[0] for n in range(screen.lines.rows.rowCount())]
    hands.press(Key.Key_Home, CTRL)
    assert names[0] == "基本工资"
    assert "Enter 打开依据" in screen.below.how.text()
    assert "依据：" in screen.below.how.text()
    for _ in names:
        hands.press(Key.Key_Return)
        hands.press(Key.Key_Down)
    kinds = dict(zip(names, (key for key, _ in asked), strict=False))
    assert kinds["基本工资"] == "grade_decision"
    assert "contribution_rate" in {key for key, _ in asked}
    for key, record in asked:
        assert at.office.read(key, record).title
    assert not at.said.troubles


def test_enter_opens_the_lines_and_everything_has_its_name(at: Desk) -> None:
    screen, hands = opened(at), at.typist
    hands.press(Key.Key_Return)
    assert screen.lines.hasFocus()
    texts = [screen.lines.rows.row_texts(n) for n in range(screen.lines.rows.rowCount())]
    assert all(row[3] for row in texts), "each line says how it was worked out"
    hands.press(Key.Key_Escape)
    assert screen.table.hasFocus()
    assert not unnamed(screen)
    assert not clipped(screen)
    with at.qtbot.waitSignal(screen.finished):
        hands.press(Key.Key_Escape)


@pytest.mark.parametrize("scale", [100, 150])
def test_the_sheet_keeps_its_room_in_large_text(at: Desk, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    screen, hands = opened(at), at.typist
    screen.resize(1366 - theme.px(theme.RAIL_WIDTH), 620)
    at.settle()
    hands.type("9")
    at.settle()
    assert screen.table.viewport().height() >= 4 * theme.px(theme.ROW), "people in sight"
    assert not unnamed(screen)
    assert not clipped(screen)
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Return)
    assert screen.lines.hasFocus()
    assert screen.table.isVisible() == (scale < 150)
    hands.press(Key.Key_Escape)
    assert screen.table.hasFocus()


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("zs 95", ["张三", "张珊"], "95"), ("张三95.5", ["张三"], "95.5"), ("lisi优", ["李四"], "优秀"),
        ("优", ["李四"], "优秀"), ("王称心不", ["王称心"], "不称职"), ("wcx称", ["王称心"], "称职"),
    ],
)  # fmt: skip
def test_a_line_is_understood(text: str, who: list[str], said: str) -> None:
    found = understood(text, PEOPLE, ("b", "李四"))
    assert [name for _, name in found.people] == who
    assert found.score == said


def test_amounts_need_a_reason_and_are_to_the_fen() -> None:
    found = understood("ls -50.5 工装", PEOPLE, None)
    assert (found.kind, found.amount, found.reason) == ("其他扣款", 5050, "工装")
    assert "请在金额后面写明事由" in understood("+200", PEOPLE, PEOPLE[0]).problem
    assert "请写到分" in understood("+0.001 甲", PEOPLE, PEOPLE[0]).problem
    assert "没有人叫" in understood("xyz 9", PEOPLE, None).problem


@given(st.text(max_size=30))
def test_nothing_typed_breaks_it(text: str) -> None:
    found = understood(text, PEOPLE, PEOPLE[0])
    assert found.words
    pasted(text, PEOPLE)
