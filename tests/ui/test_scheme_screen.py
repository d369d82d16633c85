"""A pay scheme filled in by real keys: cells, blocks out of Excel, rules, versions, files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from lanling_desktop.core.records import table_of
from lanling_desktop.salary import schemes
from lanling_desktop.salary.records import SalaryScheme
from lanling_desktop.salary.scheme import Scheme, loaded
from tests.ui.at_desk import Desk
from tests.ui.walk import clipped, unnamed
from ui import files, theme
from ui.screens.scheme import SchemeScreen
from ui.screens.scheme_compare import SchemeCompareScreen
from ui.screens.scheme_models import SAYS
from ui.session import Session

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, demo_file: Path) -> Iterator[Desk]:
    shutil.copy(demo_file, tmp_path / "a.lanling")
    made = Desk(qtbot, tmp_path / "a.lanling", tmp_path / "window.ini")
    yield made
    made.leave()


def paying(at: Desk) -> str:
    """The scheme the demo office pays by."""
    here = table_of(SalaryScheme).c
    return str(at.office.rows(select(here.id).where(here.status == "启用"))[0][0])


def opened(at: Desk, scheme_id: str) -> SchemeScreen:
    made = SchemeScreen(at.session, scheme_id)
    at.show(made)
    made.begin()
    return made


def draft(at: Desk, name: str = "示例：西安") -> SchemeScreen:
    return opened(at, schemes.load(at.office, schemes.shipped_text(name)).main)


def kept(at: Desk, screen: SchemeScreen) -> Scheme:
    return schemes.opened(at.office, screen.scheme_id)


def to_rule(at: Desk, screen: SchemeScreen, label: str) -> None:
    """By arrow keys, as a clerk goes there."""
    rules = screen.working.rules()
    wanted = next(n for n, each in enumerate(rules) if screen.working.named(each.place) == label)
    screen.table.setFocus()
    now = screen.table.currentIndex()
    assert now.column() == SAYS
    way = Key.Key_Down if wanted > now.row() else Key.Key_Up
    at.typist.press(way, times=abs(wanted - now.row()))


def cell(screen: SchemeScreen) -> tuple[str, str]:
    now = screen.grid.currentIndex()
    return screen.working.named(screen.grid.model().place(now)), str(now.data())


def test_cells_are_typed_down_and_right_and_saved_as_one_act(at: Desk) -> None:
    screen, hands = draft(at), at.typist
    before = kept(at, screen)
    assert cell(screen) == ("各岗位 1 级", "1.0000")
    hands.press(Key.Key_Down)
    assert cell(screen) == ("各岗位 2 级", "未填"), "unknown, not nought"
    hands.type("1.03")
    hands.press(Key.Key_Return)
    hands.type("1.06")
    hands.press(Key.Key_Tab)
    assert cell(screen)[0] == "正职 3 级"
    hands.type("9")
    assert "不用填" in at.said.said[-1][0], "正职 has no third grade"
    assert kept(at, screen) == before
    assert "有改动" in screen.title.text()
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    said = kept(at, screen)
    assert (said.cell("工作人员", 2), said.cell("工作人员", 3)) == (
        Decimal("1.03"),
        Decimal("1.06"),
    )
    assert "有改动" not in screen.title.text()
    at.office.undo()
    at.settle()
    assert kept(at, screen) == before, "both cells are one act"
    assert screen.grid.model().index(1, 0).data() == "未填"


def test_a_box_that_is_still_open_is_saved_too(at: Desk) -> None:
    screen, hands = draft(at), at.typist
    hands.press(Key.Key_Down)
    hands.type("1.04")
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert kept(at, screen).cell("工作人员", 2) == Decimal("1.04")
    assert not at.said.troubles


def test_bad_words_are_named_by_cell_and_not_saved(at: Desk) -> None:
    screen, hands = draft(at), at.typist
    hands.press(Key.Key_Down)
    hands.type("1.o5")
    hands.press(Key.Key_Return)
    assert "各岗位 2 级" in screen.wrong.text()
    assert "不是一个数" in screen.wrong.text()
    before = kept(at, screen)
    hands.press(Key.Key_S, CTRL)
    assert "各岗位 2 级" in str(at.said.troubles[-1])
    assert kept(at, screen) == before
    hands.press(Key.Key_Up)
    assert cell(screen)[1] == "1.o5", "what was typed is still there"
    hands.press(Key.Key_Delete)
    assert cell(screen)[1] == "未填"
    assert screen.wrong.isHidden()


def test_blocks_go_to_excel_and_come_from_it(at: Desk) -> None:
    screen, hands = draft(at, "示例：演示方案"), at.typist
    hands.press(Key.Key_Down, SHIFT, times=2)
    hands.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "1.00\n1.05\n1.10"
    block = "\r\n".join(f"{Decimal(n) / 10 + 1}" for n in range(18)) + "\r\n"
    QGuiApplication.clipboard().setText(block)
    hands.press(Key.Key_Up, times=3)
    hands.press(Key.Key_V, CTRL)
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    assert [x.value for x in kept(at, screen).grades] == [1 + Decimal(n) / 10 for n in range(18)]
    before = kept(at, screen)
    QGuiApplication.clipboard().setText(block + "3\n")
    hands.press(Key.Key_V, CTRL)
    assert "放不下" in str(at.said.troubles[-1])
    QGuiApplication.clipboard().setText("1\t2\n3\t4")
    hands.press(Key.Key_V, CTRL)
    assert "正职 1 级" in str(at.said.troubles[-1]), "正职 has no first grade"
    assert not screen.working.changed
    assert kept(at, screen) == before, "all of a block, or nothing"


def test_rules_are_typed_by_word_or_number(at: Desk) -> None:
    screen, hands = draft(at), at.typist
    for label, typed in (("基数 方式", "1"), ("基数 数值", "3,200"), ("年限 几年一档", "2"),
                         ("学历 学历学位齐全 大专", "无"), ("绩效 绩效比例", "30")):  # fmt: skip
        to_rule(at, screen, label)
        hands.type(typed) if typed.isascii() else hands.compose(typed)
        hands.press(Key.Key_Return)
    to_rule(at, screen, "绩效 办法")
    hands.compose("按比例")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    said = kept(at, screen)
    assert (said.base.kind, said.base.value) == ("fixed", Decimal(3200))
    assert (said.tenure.years_per_band, said.split.performance_pct) == (2, Decimal(30))
    assert said.split.mode == "percent"
    assert not at.said.troubles


def test_an_empty_scheme_gets_its_posts_here(at: Desk) -> None:
    made = at.office.save("salary_scheme", None, {"name": "本县新方案"}).main
    screen, hands = opened(at, made), at.typist
    assert screen.working.posts == ("",)
    to_rule(at, screen, "工作人员 设此岗位")
    hands.type("1")
    hands.press(Key.Key_Return)
    for typed in ("1", "3", "1"):
        hands.type(typed)
        hands.press(Key.Key_Return)
    screen.grid.setFocus()
    hands.press(Key.Key_Home, CTRL)
    hands.press(Key.Key_Right)
    for typed in ("1", "1.1", "1.2"):
        hands.type(typed)
        hands.press(Key.Key_Return)
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    said = kept(at, screen)
    assert (said.posts[0].name, said.posts[0].max) == ("工作人员", 3)
    assert said.cell("工作人员", 3) == Decimal("1.2")


def test_a_scheme_in_force_is_frozen_and_lives_on_as_a_version(at: Desk) -> None:
    screen, hands = opened(at, paying(at)), at.typist
    before = kept(at, screen)
    assert screen.tag.isVisible(), "示例 is said"
    hands.type("5")
    assert "F8 另存为新版" in at.said.said[-1][0]
    hands.press(Key.Key_Delete)
    assert not screen.working.changed
    asked: list[str] = []
    at.session.scheme_requested.connect(asked.append)
    hands.press(Key.Key_F8)
    hands.press(Key.Key_A, CTRL)
    hands.type("2027-07-01")
    hands.press(Key.Key_Return)
    at.settle()
    new = schemes.opened(at.office, asked[0])
    assert (new.effective_from, new.grades) == ("2027-07-01", before.grades)
    assert kept(at, screen) == before
    assert at.office.read("salary_scheme", asked[0])["status"] == "草稿"


def test_nothing_typed_is_lost_by_leaving(at: Desk) -> None:
    screen, hands = draft(at), at.typist
    hands.press(Key.Key_Down)
    hands.type("1.0a")
    hands.press(Key.Key_Return)
    hands.type("1.07")
    screen.begin()
    hands.press(Key.Key_Return)
    screen.keep_draft()
    again = opened(at, screen.scheme_id)
    assert again.grid.model().index(1, 0).data() == "1.0a"
    assert again.grid.model().index(2, 0).data() == "1.07"
    hands.press(Key.Key_Escape)
    assert again.leaving.isVisible()
    with at.qtbot.waitSignal(again.finished):
        hands.press(Key.Key_3)
    assert not opened(at, screen.scheme_id).working.changed
    screen.working = again.working  # the first window is not asked again


def test_a_scheme_goes_out_as_a_file_and_comes_in(
    at: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "方案.json"
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    monkeypatch.setattr(files, "ask_open", lambda *_: path)
    screen, hands = opened(at, paying(at)), at.typist
    hands.press(Key.Key_E, CTRL)
    assert loaded(path.read_text("utf-8")).grades == kept(at, screen).grades
    made = at.office.save("salary_scheme", None, {"name": "邻县的"}).main
    other = opened(at, made)
    hands.press(Key.Key_L, CTRL)
    at.settle()
    assert kept(at, other).grades == kept(at, screen).grades
    assert other.working.posts == screen.working.posts
    assert other.tag.isVisible()


@pytest.mark.parametrize("scale", [100, 150])
def test_everything_has_its_name_and_its_room(at: Desk, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    screen = draft(at, "示例：演示方案")
    assert not unnamed(screen)
    assert not clipped(screen)
    assert screen.grid.viewport().height() >= 6 * theme.px(theme.ROW)
    compare = SchemeCompareScreen(at.session, screen.scheme_id)
    at.show(compare)
    assert not unnamed(compare)
    assert not clipped(compare)
    assert compare.people.viewport().height() >= 3 * theme.px(theme.ROW)


def test_two_schemes_are_compared_by_keys_and_printed(at: Desk) -> None:
    one = paying(at)
    other = schemes.new_version(at.office, one, day=date(2027, 1, 1)).main
    hands = opened(at, other) and at.typist
    asked: list[str] = []
    at.session.comparison_requested.connect(asked.append)
    hands.type("1.5")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return, CTRL)
    at.settle()
    hands.press(Key.Key_D, CTRL | SHIFT)
    assert asked == [other]
    made = SchemeCompareScreen(at.session, one)
    at.show(made)
    made.begin()
    assert made.found is not None
    assert len(made.found.lines) == 32
    assert made.found.sums[2] == sum(x.gross for x in made.found.lines)
    cells = [made.cells.rows.row_texts(n) for n in range(made.cells.rows.rowCount())]
    assert ["各岗位 1 级", "1.00", "1.5"] in [list(map(str, each)) for each in cells]
    hands.press(Key.Key_F3)
    hands.press(Key.Key_A, CTRL)
    hands.type("2026-03")
    hands.press(Key.Key_Return)
    at.settle()
    assert made.month == date(2026, 3, 1)
    hands.press(Key.Key_F4)
    at.settle()
    assert made.found.grading == "按各方案重新定级"
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Escape)
    papers: list[tuple[str, object]] = []
    at.session.paper_requested.connect(lambda *said: papers.append(said))
    hands.press(Key.Key_P, CTRL)
    assert papers[0][0] == "scheme_compare"
    assert papers[0][1].arguments["month"] == "2026-03"
    with at.qtbot.waitSignal(made.finished):
        hands.press(Key.Key_Escape)
    assert not at.said.troubles


def test_the_list_opens_a_scheme_by_enter_and_f7(at: Desk) -> None:
    screen, hands = at.screen("salary_scheme"), at.typist
    asked: list[str] = []
    at.session.scheme_requested.connect(asked.append)
    screen.table.setFocus()
    hands.press(Key.Key_Return)
    assert asked == [paying(at)]
    made = schemes.load(at.office, schemes.shipped_text("示例：西安")).main
    screen.open_record(made)
    at.settle()
    hands.press(Key.Key_F7)
    hands.press(Key.Key_2)
    assert asked[-1] == made


def test_the_window_leads_there_and_back(at: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    """Enter in the list, Ctrl+Shift+D, Esc twice; F1 tells of it."""
    from lanling_desktop import paths
    from ui import preferences
    from ui.widgets.messages import WindowNotifier
    from ui.widgets.work import Worker
    from ui.window import MainWindow

    made = schemes.load(at.office, schemes.shipped_text("示例：西安")).main
    at.session.close()
    shutil.copy(tmp_path / "a.lanling", tmp_path / "b.lanling")
    again = Desk(qtbot, tmp_path / "b.lanling", tmp_path / "b.ini")
    again.session.office.listeners.clear()
    window = MainWindow(preferences.load(paths.data_dir()))
    qtbot.addWidget(window)
    shell = window.furnish()
    worker = Worker(window)
    session = Session(again.office, WindowNotifier(shell.foot), worker, window.settings, window)
    window.resize(1366, 740)
    window.show()
    window.attach(session)

    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.waitUntil(lambda: not session.reader.busy and not session.worker.busy)
        qtbot.keyClick(window.focusWidget() or window, key, held)

    navigator = window.navigator
    navigator.go("salary_scheme")
    qtbot.waitUntil(lambda: not session.reader.busy)
    navigator.screen.pane.reveal(made)
    navigator.screen.table.setFocus()
    press(Key.Key_Return)
    assert isinstance(navigator.screen, SchemeScreen)
    assert navigator.screen.scheme_id == made
    press(Key.Key_F6)
    assert navigator.screen.table.hasFocus()
    press(Key.Key_D, CTRL | SHIFT)
    assert isinstance(navigator.screen, SchemeCompareScreen)
    press(Key.Key_Escape)
    assert isinstance(navigator.screen, SchemeScreen)
    press(Key.Key_Escape)
    assert navigator.key == "salary_scheme"
    assert not isinstance(navigator.screen, SchemeScreen)
    navigator.screen.table.setFocus()
    press(Key.Key_F1)
    assert navigator.screen.page == "pay"
    assert "未填" in navigator.screen.text.toPlainText()
    window.close()
