"""The window over a real office, by key presses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from lanling_desktop import catalogue, paths
from lanling_desktop.core import first_view
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import View
from tests.ui.offices import TODAY, make
from tests.ui.walk import clipped, unnamed
from ui import deeds, first_paint, preferences, theme
from ui.screens.help import PAGES
from ui.session import Session
from ui.widgets.cards import RailHead
from ui.widgets.messages import WindowNotifier
from ui.widgets.work import Worker
from ui.window import ENTRIES, MainWindow

Key, Mod = Qt.Key, Qt.KeyboardModifier
KEY_SECONDS, MENTAL_SECONDS = 0.28, 1.35


def attached(qtbot: QtBot, path: Path, *, members: int = 5, demo: bool = False) -> MainWindow:
    office = make(path, members=members)
    office.desk.put("demo", demo)
    window = MainWindow(preferences.load(paths.data_dir()))
    qtbot.addWidget(window)
    window.resize(1366, 740)
    shell = window.furnish()
    session = Session(office, WindowNotifier(shell.foot), Worker(window), window.settings, window)
    window.show()
    window.attach(session)
    qtbot.waitUntil(lambda: not session.reader.busy and not session.worker.busy)
    return window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = attached(qtbot, tmp_path / "向阳.lanling")
    yield made
    made.close()


def press(qtbot: QtBot, window: MainWindow, key: Key, modifier: Mod = Mod.NoModifier) -> None:
    target = window.focusWidget() or window
    qtbot.keyClick(target, key, modifier)


def idle(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    assert session is not None
    qtbot.waitUntil(lambda: not session.worker.busy and not session.reader.busy)


def test_the_screens_of_an_office_go_with_it(qtbot, window):
    """Opened again and again in one window, each office once left 9,400 widgets behind."""
    window.navigator.go("party_member")
    idle(qtbot, window)
    navigator, screen = window.navigator, window.navigator.screens["party_member"]
    window.detach()
    qtbot.waitUntil(lambda: not shiboken6.isValid(screen) and not shiboken6.isValid(navigator))
    assert window.shell.stack.count() == 0


def test_the_first_picture_has_the_looks_own_colours():
    for name in ("INK", "PAPER", "GROUND", "RAIL", "LINE", "RED", "SELECTION"):
        assert getattr(first_paint, name) == getattr(theme, name).hex
    assert first_paint.RAIL_WIDTH == theme.RAIL_WIDTH
    assert first_paint.ROW == theme.ROW
    assert preferences.SCALES == theme.SCALES


def test_the_rail_counts_and_leads_to_every_module(qtbot, window):
    rail = window.shell.rail
    qtbot.waitUntil(lambda: "5" in rail.button("party_member").accessibleName())
    for at, (key, _, _) in enumerate(ENTRIES[:9], 1):
        if key == "tree":
            continue
        press(qtbot, window, Key(int(Key.Key_0) + at), Mod.AltModifier)
        assert window.navigator.key == key
        assert rail.button(key).isChecked()
        assert rail.button(key).toolTip().endswith(f"(Alt+{at})"), "counting took the keys away"
    assert rail.name.text() == "向阳社区"
    assert "向阳社区" in window.windowTitle()


def test_a_record_is_found_by_keys_within_the_budget(qtbot, window):
    window.navigator.go("today")
    keys = [(Key.Key_K, Mod.ControlModifier)] + [
        (k, Mod.NoModifier) for k in (Key.Key_Z, Key.Key_Y, Key.Key_L, Key.Key_Return)
    ]
    for key, modifier in keys:
        press(qtbot, window, key, modifier)
    qtbot.waitUntil(lambda: window.navigator.key == "party_member")
    screen = window.navigator.screen
    qtbot.waitUntil(lambda: screen.panel.entry is not None)
    assert screen.panel.entry.texts["person.name"] == "张玉兰"
    assert len(keys) * KEY_SECONDS + 2 * MENTAL_SECONDS <= 4.4


def test_the_search_line_finds_commands_by_words_and_pinyin(window):
    navigator = window.navigator
    assert navigator.find("设置")[0].id == "go:settings"
    assert navigator.find("jtyb")[0].id == "go:today"
    assert "go:settings" in [hit.id for hit in navigator.find("sz")]
    assert navigator.find("zyl")[0].title == "张玉兰"
    assert navigator.find("") == []


def test_undo_and_redo_by_keys_from_an_untouched_box(qtbot, window):
    office = window.session.office
    window.shell.search.box.setFocus()
    press(qtbot, window, Key.Key_Z, Mod.ControlModifier)
    qtbot.waitUntil(lambda: office.count(View("party_member")) == 4)
    idle(qtbot, window)
    assert window.shell.foot.words.text().startswith("已撤销 新增党员")
    press(qtbot, window, Key.Key_Y, Mod.ControlModifier)
    qtbot.waitUntil(lambda: office.count(View("party_member")) == 5)
    idle(qtbot, window)
    assert window.shell.foot.words.text().startswith("已重做 新增党员")
    assert window.shell.foot.undo.isVisible()
    qtbot.waitUntil(lambda: "5" in window.shell.rail.button("party_member").accessibleName())


def test_a_box_takes_back_its_own_typing_first(qtbot, window):
    box = window.shell.search.box
    box.setFocus()
    qtbot.keyClicks(box, "q")
    press(qtbot, window, Key.Key_Z, Mod.ControlModifier)
    assert box.text() == ""
    assert window.session.office.count(View("party_member")) == 5


def test_today_counts_and_each_card_opens_its_list(qtbot, window):
    screen = window.navigator.go("today")
    idle(qtbot, window)
    card = screen._cards["confirm"][1]
    assert card.accessibleName() == "预备党员满一年应转正，1，已超期"
    assert screen._cards["joined"][1].accessibleName().startswith("今天入党纪念日，4")
    assert not screen._cards["birthday"][1].isVisible()
    card.setFocus()
    press(qtbot, window, Key.Key_Return)
    assert window.navigator.key == "party_member"
    shown = window.navigator.screen.view
    assert shown.ready == "probationary"
    assert [row[1] for row in window.session.office.page(shown, 0, 9)] == ["赵志强"]


def test_an_empty_office_shows_the_first_steps(qtbot, tmp_path):
    window = attached(qtbot, tmp_path / "空.lanling", members=0)
    screen = window.navigator.screen
    qtbot.waitUntil(screen.empty.isVisible)
    assert [step.text()[0] for step in screen.empty.steps] == ["1", "2", "3"]
    asked = []
    window.session.import_requested.disconnect()
    window.session.import_requested.connect(asked.append)
    screen.empty.steps[0].setFocus()
    press(qtbot, window, Key.Key_Return)
    assert asked == ["party_member"]
    window.close()


def test_the_first_table_follows_the_first_import(qtbot, tmp_path):
    window = attached(qtbot, tmp_path / "空.lanling", members=0)
    navigator, session = window.navigator, window.session
    navigator.show_first_steps()
    steps = navigator.screen
    steps.act.click()
    assert navigator.screen is not steps
    raw = {"person.name": "张玉兰", "kind": "正式党员"}
    session.office.save("party_member", None, raw)
    session.list_requested.emit(View("party_member"))  # as the wizard does when it is through
    assert navigator.screen is steps
    assert steps.head.text().startswith("第 3 页")
    session.list_requested.emit(View("party_member"))
    assert navigator.key == "party_member"
    window.close()


def test_the_demo_office_is_marked(qtbot, tmp_path):
    window = attached(qtbot, tmp_path / "demo.lanling", demo=True)
    assert window.shell.rail.tag.isVisible()
    assert window.windowTitle().startswith("演示")
    window.close()


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("key", ["today", "settings", "help"])
def test_nothing_is_unnamed_or_cut_off(qtbot, window, key, scale):
    window.navigator.go(key)
    idle(qtbot, window)
    window.navigator.deeds.set_scale(scale)
    assert unnamed(window) == []
    qtbot.waitUntil(lambda: clipped(window) == [])


def test_text_size_by_keys_is_remembered(qtbot, window):
    press(qtbot, window, Key.Key_Equal, Mod.ControlModifier)
    press(qtbot, window, Key.Key_Equal, Mod.ControlModifier)
    assert theme.scale() == 130
    press(qtbot, window, Key.Key_Minus, Mod.ControlModifier)
    assert preferences.text_scale(window.settings) == 115
    press(qtbot, window, Key.Key_0, Mod.ControlModifier)
    assert theme.scale() == 100


def test_f1_opens_the_page_of_the_screen(qtbot, window):
    window.navigator.go("settings")
    press(qtbot, window, Key.Key_F1)
    assert window.navigator.key == "help"
    assert window.navigator.screen.page == "safety"
    for key, page in (("grid_worker", "grids"), ("tree", "grids"), ("community_worker", "staff"),
                      ("action_item", "hall"), ("person", "register")):  # fmt: skip
        window.navigator.go(key)
        press(qtbot, window, Key.Key_F1)
        assert window.navigator.screen.page == page
    for page, _ in PAGES:
        window.navigator.screen.show_page(page)
        assert len(window.navigator.screen.text.toPlainText()) > 100


def test_f6_goes_round_rail_and_list(qtbot, window):
    window.navigator.go("party_member")
    window.navigator.screen.table.setFocus()
    seen = []
    for _ in range(4):
        press(qtbot, window, Key.Key_F6)
        inside = window.focusWidget()
        seen.append("rail" if window.shell.rail.isAncestorOf(inside) else "screen")
    assert "rail" in seen
    assert "screen" in seen


def test_groups_of_the_rail_fold_and_are_remembered(qtbot, window):
    rail = window.shell.rail
    assert rail.button("party_member").isVisible()
    assert not rail.button("grid").isVisible()
    head = next(each for each in rail.findChildren(RailHead) if each.title == "网格与队伍")
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)
    assert rail.button("grid").isVisible()
    assert "网格与队伍" in window.settings.value("rail/open")
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)
    assert not rail.button("grid").isVisible()
    window.navigator.go("grid")
    assert rail.button("grid").isVisible(), "the current one is never hidden"
    head.setFocus()
    qtbot.keyClick(head, Qt.Key.Key_Space)
    assert rail.button("grid").isVisible()


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_heads_of_the_rail_are_never_squeezed(qtbot, qapp, window, scale):
    theme.apply(qapp, scale)
    try:
        window.resize(1366, 740)
        for head in window.shell.rail.findChildren(RailHead):
            qtbot.waitUntil(lambda head=head: head.height() >= theme.px(26))
    finally:
        theme.apply(qapp, 100)


def test_arrows_move_in_the_rail(qtbot, window):
    button = window.shell.rail.button("today")
    button.setFocus()
    press(qtbot, window, Key.Key_Down)
    press(qtbot, window, Key.Key_Return)
    assert window.navigator.key == "party_member"


def test_closing_remembers_the_list_and_the_place(qtbot, window):
    path = window.session.office.path
    window.navigator.show_view(View("party_member", ready="probationary"))
    window.resize(800, 620)
    window.close()
    plan = first_view.peek(path, TODAY.today())
    assert [row[1] for row in plan.rows] == ["赵志强"]
    phone = [label for label, _, _ in plan.columns].index("联系电话") + 1
    assert plan.rows[0][phone] == "138****0003"
    again = MainWindow(preferences.load(paths.data_dir()))
    qtbot.addWidget(again)
    assert again.size().toTuple() == (800, 620)
    assert again.first.current == "党员"


def test_closing_keeps_drafts_and_gives_up_the_lock(qtbot, window, tmp_path):
    kept = []
    screen = window.navigator.go("party_member")
    screen.keep_draft = lambda: kept.append(True)
    path = window.session.office.path
    window.closeEvent(QCloseEvent())
    assert kept == [True]
    assert not (path.parent / f".{path.name}.user").exists()


def test_settings_are_kept_in_the_office(qtbot, window):
    screen = window.navigator.go("settings")
    screen.form.editor("unit").set_text("兰陵县向阳社区居委会")
    screen.form.editor("actor").set_text("王敏")
    screen.form.submit()
    office = window.session.office
    assert office.desk.get("unit") == "兰陵县向阳社区居委会"
    assert office.actor == "王敏"
    assert "录入员 王敏" in [each.text() for each in window.shell.foot._right.values()]


def test_a_backup_is_made_checked_and_its_age_said(qtbot, window, tmp_path):
    screen = window.navigator.go("settings")
    digest = window.session.office.vault.put(b"a scan")
    screen.back_up(tmp_path / "备份.lanling")
    idle(qtbot, window)
    assert (tmp_path / "备份.lanling.附件" / digest[:2] / digest).read_bytes() == b"a scan"
    assert first_view.peek(tmp_path / "备份.lanling", TODAY.today()) is None
    assert (tmp_path / "备份.lanling").stat().st_size > 100_000
    assert window.shell.foot._right["backup"].text() == "刚刚备份"
    screen.back_up(window.session.office.path)
    idle(qtbot, window)
    assert "不能写到数据文件自己上" in window.shell.foot.banner.words.text()


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        ("", "尚未备份"),
        ("2026-11-23 08:48:00", "备份 12 分钟前"),
        ("2026-11-23 06:00:00", "备份 3 小时前"),
        ("2026-11-20 06:00:00", "备份 3 天前"),
        ("gestern", "尚未备份"),
    ],
)
def test_backup_age_in_words(stamp, words):
    assert deeds.backup_words(stamp, TODAY.now()) == words


def test_a_holiday_notice_is_read_or_refused_in_words(qtbot, window):
    screen = window.navigator.go("settings")
    screen.notice.setPlainText("不是通知")
    screen.read_notice()
    assert "没有找到" in window.shell.foot.banner.words.text()
    screen.notice.setPlainText(
        "国务院办公厅关于2031年部分节假日安排的通知\n一、元旦：1月1日（周三）放假，共1天。\n"
    )
    screen.read_notice()
    assert "2031" in screen.years.text()


def test_a_trouble_instead_of_an_office(qtbot):
    window = MainWindow(preferences.load(paths.data_dir()))
    qtbot.addWidget(window)
    window.show()
    window.show_trouble(OfficeError("找不到数据文件", "没有改动任何数据", "请检查文件"))
    assert clipped(window) == []
    assert unnamed(window) == []
    with qtbot.waitSignal(window.shell.open_other_requested):
        press(qtbot, window, Key.Key_Return)


def test_the_rail_is_the_catalogue():
    registers = catalogue.registers()
    shown = [(key, each.title) for key, each in registers.items() if each.menu]
    assert sorted(shown) == sorted((key, title) for key, title, _ in catalogue.RAIL)


def test_a_word_of_a_code_table_is_added_on_the_settings_page(qtbot, window):
    screen = window.navigator.go("settings")
    box = screen.tables.editor("matter_category")
    box.set_text(f"{box.value()}、加装电梯")
    screen.tables.submit()
    office = window.navigator.session.office
    offered = office.registers["agenda_item"].all_columns["category"].field.choices
    assert offered[-1] == "加装电梯"
    box.set_text("只剩一个")
    screen.tables.submit()
    assert "至少要有 2 个词" in screen.tables.problems[0][1]
