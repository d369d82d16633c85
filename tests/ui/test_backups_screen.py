"""Backups, going back, damage and repair, by keys, in the screens and in the whole program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop import opening
from lanling_desktop.core.bare import connect
from lanling_desktop.core.keyring import Cost
from lanling_desktop.core.lock import beside
from lanling_desktop.core.plain import View
from lanling_desktop.safety import backups, places
from lanling_desktop.safety.guard import Guard
from lanling_desktop.safety.restore import Wish
from tests.safety.desk import flip, names
from tests.ui.at_desk import Desk, desk
from tests.ui.walk import clipped, unnamed
from ui import app, theme
from ui.backup_keeper import BackupKeeper
from ui.screens.backups import BackupsScreen
from ui.screens.checking import CheckScreen
from ui.screens.keeping import to_say
from ui.screens.login import LoginPage
from ui.screens.unopened import BehindPage, DamagedPage

Key = Qt.Key
OWNER = opening.Owner("王敏", "correct horse battery", Cost(memory=1024, passes=1))


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def settled(at: Desk) -> None:
    at.qtbot.waitUntil(lambda: not at.session.keeper.worker.busy)
    at.settle()


def test_a_backup_is_made_ticked_and_gone_back_to_by_keys(at: Desk) -> None:
    screen = BackupsScreen(at.session)
    at.show(screen)
    screen.begin()
    at.typist.press(Key.Key_F5)
    settled(at)
    assert "检查无误" in at.said.said[-1][0]
    at.people("张一一", "李二二", "王三三")
    screen.begin()
    at.settle()
    assert [each.state for each in screen.list.lines()] == ["检查无误"]
    assert "会失去之后的 3 项操作" in screen.lost.text()
    wishes: list[Wish] = []
    at.session.restore_requested.connect(wishes.append)
    at.typist.press(Key.Key_Right)
    at.typist.press(Key.Key_Up, times=2)  # from the backup itself to the second act after it
    assert "会失去之后的 1 项操作" in screen.lost.text()
    at.typist.press(Key.Key_F7)
    (question, verb, detail) = at.said.asked[-1]
    assert verb == "恢复"
    assert "另存一份" in detail
    assert question.startswith("恢复到 2026-11-23")
    path, clock = at.office.path, at.office.clock
    at.office.store.close()
    opening.restore_office(wishes[0].source, path, clock=clock, wish=wishes[0])
    with opening.open_office(path, clock=clock) as office:
        assert names(office) == {"张一一", "李二二"}
    at.office.store.__init__(path)  # type: ignore[misc]  # the desk closes it at its end


def test_a_damaged_backup_is_marked_and_refused(at: Desk) -> None:
    Guard(at.office).back_up("定时")
    (made,) = backups.listed(Guard(at.office).folder)
    flip(made.path, 9000)
    screen = BackupsScreen(at.session)
    at.show(screen)
    screen.begin()
    at.settle()
    assert [each.state for each in screen.list.lines()] == ["已损坏"]
    at.typist.press(Key.Key_F7)
    assert "已损坏" in at.said.troubles[-1].what
    assert at.said.asked == []


def test_the_second_medium_and_a_portable_file(at: Desk, tmp_path: Path) -> None:
    screen = BackupsScreen(at.session)
    at.show(screen)
    screen.put_second(at.office.path.parent)
    assert "另一个磁盘" in at.said.troubles[-1].what
    stick = tmp_path.parent / f"{tmp_path.name}-U盘"
    stick.mkdir()
    screen.put_second(stick)
    settled(at)
    assert "今天" in screen.second.text()
    assert backups.listed(places.backups_of(at.office.path, stick))
    screen.write_portable(tmp_path / "带走.zip")
    settled(at)
    assert (tmp_path / "带走.lanling.zip").is_file()
    assert "便携备份" in at.said.said[-1][0]
    shutil.rmtree(stick)
    screen.begin()
    assert "现在没有插上" in screen.second.text()


@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_cut_off_or_unnamed(at: Desk, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    Guard(at.office).back_up("定时")
    at.people("张一一")
    for made in (BackupsScreen(at.session), CheckScreen(at.session)):
        at.show(made)
        made.begin()
        at.settle()
        assert clipped(made) == []
        assert unnamed(made) == []
    theme.apply(qapp, 100)


def test_the_keeper_backs_up_unasked_and_at_the_end(at: Desk) -> None:
    keeper = BackupKeeper(at.session)
    at.people("张一一")
    keeper.look()
    at.qtbot.waitUntil(lambda: not keeper.worker.busy)
    (made,) = backups.listed(keeper.guard.folder)
    assert made.reason == "定时"
    keeper.look()
    at.qtbot.waitUntil(lambda: not keeper.worker.busy)
    assert len(backups.listed(keeper.guard.folder)) == 1, "nothing new, no new backup"
    at.people("李二二")
    keeper.last_of_day()
    assert backups.listed(keeper.guard.folder)[0].reason == "关闭"


def test_the_start_page_asks_for_a_stick_after_a_week(at: Desk) -> None:
    guard = Guard(at.office)
    guard.back_up("定时")
    assert to_say(guard) == ""
    at.office.clock = type(at.office.clock)(now=lambda: _later(8))
    assert "还只放在这一台电脑上" in to_say(guard)
    at.office.desk.put("backup_second", "/media/u")
    assert "还没有复制过" in to_say(guard)
    at.office.desk.put("backup_second_at", _later(0).isoformat())
    assert "8 天没有更新" in to_say(guard)
    at.office.clock = type(at.office.clock)(now=lambda: _later(-700))
    assert "还早" in to_say(guard)


def _later(days: int):  # type: ignore[no-untyped-def]
    from datetime import datetime, timedelta

    return datetime(2026, 11, 23, 15, 0) + timedelta(days=days)  # noqa: DTZ001


def test_a_link_that_leads_nowhere_is_mended_by_a_key_and_taken_back(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with desk(qtbot, tmp_path) as at:
        household, path = at.household(), at.office.path
    other = connect(path)
    other.execute("PRAGMA foreign_keys = OFF")
    other.execute("UPDATE household SET compound_id = 'nobody' WHERE id = ?", (household,))
    other.close()
    with desk(qtbot, tmp_path) as at:
        screen = CheckScreen(at.session)
        opened: list[tuple[str, str]] = []
        at.session.record_requested.connect(lambda *where: opened.append(where))
        at.show(screen)
        screen.begin()
        at.settle()
        loose = [each for each in screen.found if each.link]
        assert len(loose) == 1
        screen.list.choose(screen.found.index(loose[0]))
        at.typist.press(Key.Key_Return)
        assert opened == [("household", household)]
        at.typist.press(Key.Key_F9)
        at.settle()
        assert not [each for each in screen.found if each.link]
        assert at.said.said[-1] == ("已清空 1 处失效的关联", True)
        at.office.undo()
        at.typist.press(Key.Key_F5)
        at.settle()
        assert [each.id for each in screen.found if each.link] == [household]


# The whole program


def program(qtbot: QtBot, path: Path) -> app.Program:
    made = app.Program([str(path)])
    qtbot.addWidget(made.window)
    made.window.resize(1366, 740)
    made.window.show()
    qtbot.waitUntil(lambda: made.window.centralWidget() is not None, timeout=30_000)
    return made


def page_of(qtbot: QtBot, started: app.Program, kind: type) -> object:
    def there() -> bool:
        shell = started.window.shell
        return shell is not None and isinstance(shell.stack.currentWidget(), kind)

    qtbot.waitUntil(there, timeout=30_000)
    assert started.window.shell is not None
    return started.window.shell.stack.currentWidget()


def opened(qtbot: QtBot, started: app.Program) -> app.Program:
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=30_000)
    return started


def press(qtbot: QtBot, started: app.Program, key: Key) -> None:
    qtbot.keyClick(started.window.focusWidget() or started.window, key)


def a_morning(path: Path, stick: Path | None = None) -> int:
    """An office with a backup and nine acts after it, closed; how many persons it has."""
    with opening.create_office(path) as office:
        guard = Guard(office)
        guard.back_up("定时")
        if stick is not None:
            stick.mkdir()
            guard.choose_second(stick)
            guard.copy_to_second()
        for number in range(9):
            office.save("person", None, {"name": "张" + chr(0x4E00 + number)}, confirmed=True)
        return office.count(View("person"))


def spoil(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[: 4096 * 3] = bytes(4096 * 3)
    path.write_bytes(whole)
    beside(path, "user").write_text("{}", encoding="utf-8")


@pytest.mark.fault(8)
@pytest.mark.fault(20)
def test_a_power_cut_damages_the_file_and_one_key_brings_everything_back(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "向阳.lanling"
    people = a_morning(path)
    spoil(path)
    started = program(qtbot, path)
    page = page_of(qtbot, started, DamagedPage)
    assert isinstance(page, DamagedPage)
    qtbot.waitUntil(lambda: bool(page.ways), timeout=30_000)
    assert "补回 9 项操作" in page.state.text()
    assert clipped(started.window) == []
    assert unnamed(started.window) == []
    press(qtbot, started, Key.Key_F7)
    session = opened(qtbot, started).window.session
    assert session is not None
    assert session.office.count(View("person")) == people
    assert started.window.shell is not None
    assert "补回 9 项操作" in started.window.shell.foot.words.text()
    assert list(tmp_path.glob("*恢复前*.lanling"))
    started.window.close()
    started = program(qtbot, path)
    opened(qtbot, started).window.close()


@pytest.mark.fault(20)
def test_the_worst_morning_no_backup_on_the_computer_only_on_the_stick(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path, stick = tmp_path / "台账" / "向阳.lanling", tmp_path / "U盘"
    path.parent.mkdir()
    people = a_morning(path, stick)
    spoil(path)
    shutil.rmtree(places.backups_of(path))
    started = program(qtbot, path)
    page = page_of(qtbot, started, DamagedPage)
    assert isinstance(page, DamagedPage)
    qtbot.waitUntil(lambda: "没有能用的备份" in page.state.text(), timeout=30_000)
    page.file_requested.emit(backups.listed(places.backups_of(path, stick))[0].path)
    session = opened(qtbot, started).window.session
    assert session is not None
    assert session.office.count(View("person")) == people, "the stick and the trail together"
    started.window.close()


@pytest.mark.fault(18)
def test_missing_acts_are_put_back_by_one_key_in_a_locked_office(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "向阳.lanling"
    with opening.create_locked(path, OWNER):
        pass
    before = path.read_bytes()
    with opening.unlock_office(path, OWNER.name, OWNER.password) as office:
        office.save("person", None, {"name": "张一一"}, confirmed=True)
    path.write_bytes(before)
    started = program(qtbot, path)
    for _ in range(2):  # at the door before, and again after
        qtbot.waitUntil(
            lambda: hasattr(started.window.shell.stack.currentWidget(), "password"), timeout=30_000
        )
        door = started.window.shell.stack.currentWidget()
        door.begin()
        qtbot.keyClicks(door.password, OWNER.password)
        qtbot.keyClick(door.password, Key.Key_Return)
        if _ == 0:
            page = page_of(qtbot, started, BehindPage)
            assert isinstance(page, BehindPage)
            assert "缺少最近的 1 项操作" in page.head.text()
            press(qtbot, started, Key.Key_F7)
    session = opened(qtbot, started).window.session
    assert session is not None
    assert names(session.office) == {"张一一"}
    started.window.close()


@pytest.mark.fault(8)
def test_a_damaged_file_is_opened_to_be_read(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "向阳.lanling"
    with opening.create_locked(path, OWNER) as office:
        for number in range(60):
            office.save("person", None, {"name": "张" + chr(0x4E00 + number)}, confirmed=True)
    size = path.stat().st_size // 4096
    for page_number in range(size - 12, size, 4):
        flip(path, page_number * 4096 + 50)
    beside(path, "user").write_text("{}", encoding="utf-8")
    before = path.read_bytes()
    started = program(qtbot, path)
    qtbot.waitUntil(
        lambda: hasattr(started.window.shell.stack.currentWidget(), "password"), timeout=30_000
    )
    door = started.window.shell.stack.currentWidget()
    door.begin()
    qtbot.keyClicks(door.password, OWNER.password)
    qtbot.keyClick(door.password, Key.Key_Return)
    page = page_of(qtbot, started, DamagedPage)
    assert isinstance(page, DamagedPage)
    qtbot.waitUntil(lambda: not page.worker.busy, timeout=30_000)
    assert page.look.isEnabled()
    press(qtbot, started, Key.Key_F9)
    session = opened(qtbot, started).window.session
    assert session is not None
    assert started.window.windowTitle().startswith("只读")
    assert session.office.store.read_only
    started.window.close()
    assert path.read_bytes() == before


def test_a_portable_backup_is_opened_on_another_computer(
    qtbot: QtBot, tmp_path: Path, office_folder: Path
) -> None:
    stick = tmp_path / "向阳-20261123.lanling.zip"
    with opening.create_locked(tmp_path / "旧电脑" / "向阳.lanling", OWNER) as office:
        office.save("person", None, {"name": "张一一"}, confirmed=True)
        opening.backup_office(office, stick)
    started = app.Program([])
    qtbot.addWidget(started.window)
    started.window.show()
    qtbot.waitUntil(lambda: started.window.centralWidget() is not None, timeout=30_000)
    started.open_other(stick)

    door = page_of(qtbot, started, LoginPage)
    assert isinstance(door, LoginPage)
    door.begin()
    qtbot.keyClicks(door.password, OWNER.password)
    qtbot.keyClick(door.password, Key.Key_Return)
    session = opened(qtbot, started).window.session
    assert session is not None
    assert session.office.path == office_folder / "向阳-20261123.lanling"
    assert names(session.office) == {"张一一"}
    assert started.window.shell is not None
    assert "便携备份" in started.window.shell.foot.words.text()
    started.window.close()
