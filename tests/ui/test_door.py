"""A locked office at the screen: the door, the forgotten password, nobody at the desk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from lanling_desktop import opening
from lanling_desktop.accounts import actions
from lanling_desktop.core import journal, keyring
from lanling_desktop.core.keyring import Cost
from lanling_desktop.opening import Owner
from tests.ui.test_startup import program
from tests.ui.walk import clipped, unnamed
from ui.away import IDLE, Away
from ui.screens.login import LoginPage, RecoverPage

CHEAP = Cost(memory=64, passes=1)
BOSS = Owner("王红", "hong-qi 2020", CHEAP)


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "向阳社区.lanling"
    with opening.create_locked(made, BOSS) as office:
        community = office.save("community", None, {"name": "向阳社区"})
        office.desk.put("community", community.main)
        office.desk.put("community_name", "向阳社区")
    return made


def _page(started, kind):
    found = started.window.shell and started.window.shell.stack.currentWidget()
    return found if isinstance(found, kind) else None


def _type(qtbot, started, text):
    qtbot.keyClicks(started.window.focusWidget(), text)
    qtbot.keyClick(started.window.focusWidget(), Qt.Key.Key_Return)


def test_the_password_opens_it_and_a_wrong_one_is_said(qtbot, path):
    started = program(qtbot, str(path))
    qtbot.waitUntil(lambda: _page(started, LoginPage) is not None, timeout=30_000)
    page = _page(started, LoginPage)
    assert clipped(started.window) == []
    assert unnamed(started.window) == []
    _type(qtbot, started, "hong-qi 2021")
    qtbot.waitUntil(lambda: "密码不对" in page.trouble.text(), timeout=30_000)
    assert page.password.text() == ""
    _type(qtbot, started, BOSS.password)
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=30_000)
    assert started.window.session.office.actor == "王红"
    started.window.close()


def test_many_guesses_are_made_to_wait_at_the_door(qtbot, path):
    started = program(qtbot, str(path))
    qtbot.waitUntil(lambda: _page(started, LoginPage) is not None, timeout=30_000)
    page = _page(started, LoginPage)
    for _ in range(3):
        qtbot.waitUntil(page.open.isEnabled, timeout=30_000)
        _type(qtbot, started, "not-the-one")
        qtbot.waitUntil(lambda: page.password.text() == "", timeout=30_000)
    qtbot.waitUntil(lambda: "请等" in page.trouble.text(), timeout=30_000)
    assert not page.open.isEnabled()
    started.window.close()


def test_a_forgotten_password_is_replaced_by_the_sheet(qtbot, path):
    with opening.unlock_office(path, BOSS.name, BOSS.password) as office:
        groups = actions.new_recovery(office)
    started = program(qtbot, str(path))
    qtbot.waitUntil(lambda: _page(started, LoginPage) is not None, timeout=30_000)
    qtbot.mouseClick(_page(started, LoginPage).forgot, Qt.MouseButton.LeftButton)
    page = _page(started, RecoverPage)
    assert clipped(started.window) == []
    assert unnamed(started.window) == []
    qtbot.keyClicks(started.window.focusWidget(), f"{groups[0]} {groups[2]}")
    assert "第 2 组不对" in page.count.text()
    page.groups.clear()
    qtbot.keyClicks(started.window.focusWidget(), " ".join(groups))
    assert "已输入 24 组，共 24 组" in page.count.text()
    page.password.first.setFocus()
    for _ in range(2):
        _type(qtbot, started, "xin-mi-ma 88")
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=60_000)
    assert started.window.session.office.actor == "王红"
    started.window.close()
    ring = keyring.load(path)
    assert ring is not None
    assert ring.unlock(ring.accounts[0].id, "xin-mi-ma 88")


def test_nobody_at_the_desk_covers_the_half_typed_form_and_it_is_there_again(qtbot, path):
    started = program(qtbot, str(path))
    qtbot.waitUntil(lambda: _page(started, LoginPage) is not None, timeout=30_000)
    _type(qtbot, started, BOSS.password)
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=30_000)
    window = started.window
    screen = window.navigator.go("person")
    qtbot.keyClick(screen, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.isVisible() and _typing(screen) is not None)
    box = QApplication.focusWidget()
    qtbot.keyClicks(box, "ou yang")
    away = Away(window, window.session, idle=30)  # ten minutes, in a test's patience
    qtbot.waitUntil(lambda: away.locked, timeout=10_000)
    away.set_idle(IDLE)
    assert not screen.isVisible()
    assert clipped(window) == []
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is away.page.password  # no command of the office answers
    qtbot.keyClicks(away.page.password, "wrong-one 1")
    qtbot.keyClick(away.page.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "密码不对" in away.page.trouble.text(), timeout=10_000)
    qtbot.keyClicks(away.page.password, BOSS.password)
    qtbot.keyClick(away.page.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not away.locked, timeout=10_000)
    assert screen.isVisible()
    assert box.text() == "ou yang"
    assert QApplication.focusWidget() is box
    away.end()
    window.close()


def _typing(screen):
    focused = QApplication.focusWidget()
    return focused if focused is not None and screen.isAncestorOf(focused) else None


@pytest.fixture
def person(path):
    with opening.unlock_office(path, BOSS.name, BOSS.password) as office:
        said = {"name": "张玉兰", "identity_number": "34052419800101001X"}
        return office.save("person", None, said).main


def test_an_account_for_reading_sees_neither_accounts_nor_numbers_and_changes_nothing(
    qtbot, path, person
):
    with opening.unlock_office(path, BOSS.name, BOSS.password) as office:
        proposed = office.registers["account"].proposed(office, {"role": "只读"})
        made = office.save("account", None, {"name": "赵看看", "role": "只读", **proposed}).main
        actions.set_password(office, made, "kan-kan 556", CHEAP)
    started = program(qtbot, str(path))
    qtbot.waitUntil(lambda: _page(started, LoginPage) is not None, timeout=30_000)
    page = _page(started, LoginPage)
    page.who.setCurrentIndex(page.who.findText("赵看看"))
    _type(qtbot, started, "kan-kan 556")
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=30_000)
    rail = started.window.shell.rail
    assert not rail.button("account").isVisibleTo(rail)
    assert "go:account" not in {each.key for each in started.window.navigator.deeds.all}
    screen = started.window.navigator.go("person")
    assert screen.new.isHidden()
    assert screen.take_in.isHidden()
    assert screen.export.isHidden()
    assert screen.many.isHidden()
    assert "Ctrl+N" not in screen.panel.blank.text()
    screen.open_record(person)
    qtbot.waitUntil(lambda: screen.panel.entry is not None, timeout=30_000)
    box = screen.panel.form.form.editor("identity_number")
    box.box.setFocus()
    assert "0101" not in box.shown(), "masked even where the focus is"
    assert screen.panel.form.locked
    started.window.close()


def test_a_number_shown_in_full_is_in_the_journal_once(qtbot, path, person):
    started = program(qtbot, str(path))
    qtbot.waitUntil(lambda: _page(started, LoginPage) is not None, timeout=30_000)
    _type(qtbot, started, BOSS.password)
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=30_000)
    office = started.window.session.office
    screen = started.window.navigator.go("person")
    screen.open_record(person)
    qtbot.waitUntil(lambda: screen.panel.entry is not None, timeout=30_000)
    for key in ("name", "identity_number", "name", "identity_number"):
        screen.panel.form.form.jump(key)

    def noted():
        entry = journal.JournalEntry
        rows = office.rows(select(entry.title, entry.actor).where(entry.kind == journal.NOTE))
        return [tuple(row) for row in rows]

    qtbot.waitUntil(lambda: bool(noted()), timeout=10_000)
    started.window.session.worker.wait_all()
    assert noted() == [("查看完整身份证号：居民 张玉兰", "王红")]
    started.window.close()


def test_changing_the_password_in_the_settings(qtbot, path):
    started = program(qtbot, str(path))
    qtbot.waitUntil(lambda: _page(started, LoginPage) is not None, timeout=30_000)
    _type(qtbot, started, BOSS.password)
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=30_000)
    part = started.window.navigator.go("settings").passwords
    for box, text in ((part.new.first, "geng-hao 99"), (part.new.again, "geng-hao 99")):
        box.setText(text)
    part.old.setText(BOSS.password)
    part.old.setFocus()
    qtbot.keyClick(part.old, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: part.old.text() == "", timeout=60_000)
    started.window.close()
    opening.unlock_office(path, BOSS.name, "geng-hao 99").close()


def test_a_key_or_the_mouse_begins_the_ten_minutes_anew(qtbot, path):
    started = program(qtbot, str(path))
    qtbot.waitUntil(lambda: _page(started, LoginPage) is not None, timeout=30_000)
    _type(qtbot, started, BOSS.password)
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=30_000)
    window = started.window
    away = Away(window, window.session)
    handle, left = window.windowHandle(), Qt.MouseButton.LeftButton
    for act in (
        lambda: QTest.keyClick(handle, Qt.Key.Key_Shift),
        lambda: QTest.mouseClick(handle, left, pos=QPoint(600, 4)),
    ):
        qtbot.waitUntil(lambda: away.remaining < IDLE - 100)
        act()
        qtbot.waitUntil(lambda: away.remaining > IDLE - 50, timeout=2_000)
    away.end()
    window.close()
