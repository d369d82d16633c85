"""What the window says of where the office file lies (faults 26 to 30)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core import location
from lanling_desktop.core.location import Kind
from lanling_desktop.core.vault import Vault
from tests.rights import closed
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.app import Program
from ui.screens.first_run import FirstRun
from ui.standing import Farewell


class On:
    def __init__(self, kind: Kind) -> None:
        self._kind = kind

    def kind(self, folder: Path) -> Kind:
        return self._kind

    def file_system(self, folder: Path) -> str:
        return ""


@pytest.fixture
def office_file(demo_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "资料柜" / "a.lanling"
    path.parent.mkdir()
    shutil.copy(demo_file, path)
    Vault(demo_file).carry(path)
    return path


@pytest.fixture
def begin(
    qtbot: QtBot, qapp: QApplication, office_folder: Path
) -> Iterator[Callable[..., Program]]:
    made: list[Program] = []

    def start(path: Path) -> Program:
        program = Program([str(path)])
        made.append(program)
        program.window.farewell = said.append
        program.window.resize(1366, 740)
        program.window.show()
        qtbot.waitUntil(lambda: program.window.session is not None, timeout=30_000)
        session = program.window.session
        assert session is not None
        qtbot.waitUntil(lambda: not (session.reader.busy or session.worker.busy), timeout=30_000)
        return program

    said: list[str] = []
    start.said = said  # type: ignore[attr-defined]
    yield start
    for each in made:
        each.window.close()
        each.end()
        each.window.deleteLater()


@pytest.mark.fault(26)
def test_an_office_on_a_share_says_so_all_day(
    begin: Callable[..., Program], office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(location, "SYSTEM", On("network"))
    window = begin(office_file).window
    assert window.shell is not None
    assert window.shell.standing.isVisible()
    said = window.shell.standing.words.text()
    assert str(office_file.parent) in said
    assert "搬到本机" in said
    assert clipped(window.shell.standing) == []


@pytest.mark.fault(28)
def test_on_a_stick_it_is_portable_and_says_when_to_pull(
    begin: Callable[..., Program], office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(location, "SYSTEM", On("removable"))
    program = begin(office_file)
    shell = program.window.shell
    assert shell is not None
    assert "便携模式" in shell.standing.words.text()
    assert begin.said == []  # type: ignore[attr-defined]
    program.window.close()
    (said,) = begin.said  # type: ignore[attr-defined]
    assert "安全删除硬件" in said
    office_file.rename(office_file.with_name("b.lanling"))  # nothing holds it any more


@pytest.mark.fault(30)
def test_where_nothing_can_be_written_the_window_opens_and_says_so(
    begin: Callable[..., Program], office_file: Path
) -> None:
    with closed(office_file.parent):
        # The opener's thread is begun here, and has as few powers as this one.
        window = begin(office_file).window
        assert window.shell is not None
        assert window.windowTitle().startswith(("只读", "演示 · 只读"))
        assert "不允许写入" in window.shell.standing.words.text()
        assert window.session is not None
        assert window.session.office.store.unwritable
        for key in ("party_member", "meeting_hall", "settings", "papers", "today"):
            assert window.navigator is not None
            window.navigator.go(key)
            QApplication.processEvents()
        window.close()


def test_at_home_nothing_is_said(begin: Callable[..., Program], office_file: Path) -> None:
    program = begin(office_file)
    assert program.window.shell is not None
    assert program.window.shell.standing.isHidden()
    program.window.close()
    assert begin.said == []  # type: ignore[attr-defined]


@pytest.mark.fault(26)
def test_the_first_page_refuses_a_share(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = FirstRun(folder=tmp_path)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    made: list[object] = []
    page.create_requested.connect(made.append)
    assert page.create.isEnabled()
    monkeypatch.setattr(location, "SYSTEM", On("network"))
    page.set_folder(tmp_path / "公用")
    assert "网络上的文件夹" in page.warning.text()
    assert not page.create.isEnabled()
    page.form.editor("community").set_text("向阳社区")
    page.form.editor("actor").set_text("王敏")
    page.password.first.setText("hong-qi 2020")
    page.password.again.setText("hong-qi 2020")
    page.form.submit()
    assert made == []
    monkeypatch.setattr(location, "SYSTEM", On("local"))
    page.set_folder(tmp_path)
    page.form.submit()
    assert len(made) == 1
    assert clipped(page) == []


@pytest.mark.fault(30)
def test_the_first_page_refuses_a_folder_that_cannot_be_written(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = FirstRun(folder=tmp_path)
    qtbot.addWidget(page)
    folder = tmp_path / "Program Files"
    folder.mkdir()
    with closed(folder):
        page.set_folder(folder)
    assert "不允许写入" in page.warning.text()
    assert not page.create.isEnabled()


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_the_word_at_leaving_can_be_read_and_sent_away(
    qtbot: QtBot, qapp: QApplication, scale: int
) -> None:
    theme.apply(qapp, scale, contrast=False)
    made = Farewell("数据文件已写好并关闭。请在任务栏“安全删除硬件”里弹出 E:，再拔下。")
    qtbot.addWidget(made)
    made.show()
    assert clipped(made) == []
    assert unnamed(made) == []
    with qtbot.waitSignal(made.accepted):
        qtbot.keyClick(made, Qt.Key.Key_Return)
