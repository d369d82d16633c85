"""From the start to the open office: first paint, second start, broken settings, bugs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from lanling_desktop import opening, paths
from lanling_desktop.core import first_view
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.location import Linux, advice
from lanling_desktop.core.lock import beside
from lanling_desktop.core.plain import Condition, View
from lanling_desktop.safety import damage
from tests.ui.offices import TODAY, make
from tests.ui.walk import clipped, unnamed
from ui import app, bugs, preferences, startup
from ui.crash import CrashPath
from ui.raise_watch import RaiseWatch
from ui.screens.first_run import FirstRun
from ui.screens.trouble import TroublePage

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "sqlalchemy", "reportlab", "openpyxl", "xlsxwriter", "alembic", "python_calamine", "pypinyin",
    "pypdfium2", "lanling_desktop.core.store",
}  # fmt: skip

_AT_FIRST_PAINT = """
import sys
from PySide6.QtWidgets import QApplication
from lanling_desktop import command_line
from ui.app import Program
application = QApplication(sys.argv[:1])
assert not command_line.concerns(sys.argv[1:])
program = Program(sys.argv[1:])
window = program.window
found = {}
window.painted.connect(lambda: found.update(paint=set(sys.modules)))
window.rows_painted.connect(lambda: found.update(rows=set(sys.modules)))
program._rows_painted = lambda: None
window.rows_painted.connect(window.close)
window.show()
application.exec()
heavy = set(%r)
print(sorted(heavy & found["paint"]), sorted(heavy & found["rows"]), len(window.first.plan.rows))
"""


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LANLING_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment(folder),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_nothing_heavy_is_loaded_at_first_paint_nor_at_first_rows(tmp_path):
    path = tmp_path / "向阳.lanling"
    with make(path) as office:
        first_view.remember(office, View("party_member"))
    (tmp_path / "window.ini").write_text("[window]\nscreen=party_member\n", encoding="utf-8")
    done = run(tmp_path, "-c", _AT_FIRST_PAINT % HEAVY, str(path))
    assert done.stdout.strip() == "[] [] 5", done.stderr


def test_the_last_office_opens_again_and_the_program_ends_in_order(tmp_path):
    path = tmp_path / "a b'%中.lanling"
    make(path).close()
    done = run(tmp_path, "-m", "lanling_desktop", app.QUIT, str(path))
    assert (done.returncode, done.stderr) == (0, "")
    done = run(tmp_path, "-m", "lanling_desktop", app.QUIT)
    assert (done.returncode, done.stderr) == (0, "")
    if sys.platform != "win32":  # the offscreen platform finds no fonts there, and says so
        assert not (tmp_path / "log").exists()
    assert not beside(path, "user").exists()


@pytest.mark.fault(32)
def test_a_second_start_raises_the_first_window_and_ends(qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "向阳.lanling"
    make(path).close()
    first = QProcess()
    settings = first.processEnvironment()
    for key, value in environment(tmp_path).items():
        settings.insert(key, value)
    first.setProcessEnvironment(settings)
    code = (
        "import sys\n"
        "from ui.window import MainWindow\n"
        "from ui.navigation import Navigator\n"
        "shown = MainWindow.come_up\n"
        "def come_up(self):\n"
        "    shown(self); print('RAISED', self.isVisible(), flush=True); self.close()\n"
        "MainWindow.come_up = come_up\n"
        "begin = Navigator.begin\n"
        "def begun(self, key):\n"
        "    begin(self, key); print('OPEN', flush=True)\n"
        "Navigator.begin = begun\n"
        "from ui.app import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    said = []
    first.readyReadStandardOutput.connect(
        lambda: said.append(bytes(first.readAllStandardOutput().data()).decode())
    )
    first.start(sys.executable, ["-c", code, str(path)])
    qtbot.waitUntil(lambda: "OPEN" in "".join(said), timeout=60_000)
    second = run(tmp_path, "-m", "lanling_desktop", str(path))
    assert second.returncode == 0
    assert app.ALREADY in second.stdout
    qtbot.waitUntil(lambda: first.state() == QProcess.ProcessState.NotRunning, timeout=60_000)
    assert "RAISED True" in "".join(said)
    assert first.exitCode() == 0
    assert not beside(path, "raise").exists()


def test_a_holder_that_does_not_answer_is_a_trouble_in_words(tmp_path):
    path = tmp_path / "向阳.lanling"
    office = make(path)
    assert startup.is_open(path)
    assert not startup.raise_first(path, patience=0)
    assert not beside(path, "raise").exists()
    office.close()
    assert not startup.seems_open(path)
    assert not startup.is_open(path)


@pytest.mark.fault(34)
@pytest.mark.parametrize(
    "note", ["{}", '{"user": "王某", "pid": 1, "host": "旧电脑", "since": "09:12"}']
)
def test_a_note_left_by_a_crash_holds_nobody_off(tmp_path, note):
    path = tmp_path / "向阳.lanling"
    make(path).close()
    beside(path, "user").write_text(note, encoding="utf-8")
    beside(path, "lock").touch()
    assert startup.seems_open(path)
    assert not startup.is_open(path)
    assert damage.unclean(path), "to ask leaves the trace of the crash"
    opening.open_office(path).close()
    assert not damage.unclean(path)


def test_the_request_of_a_second_start_is_seen_and_taken(qtbot, tmp_path):
    path = tmp_path / "向阳.lanling"
    assert startup.beside(path, "user") == beside(path, "user")
    watch = RaiseWatch(path)
    with qtbot.waitSignal(watch.requested):
        startup.beside(path, "raise").write_text("1", encoding="utf-8")
    assert not startup.beside(path, "raise").exists()


@pytest.mark.fault(10)
@pytest.mark.parametrize("content", [b"", b"\0" * 400, b"[window]\nscreen=\0\0", b"\xff\xfe junk"])
def test_a_broken_settings_file_is_kept_as_bad(tmp_path, content):
    ini = tmp_path / "window.ini"
    ini.write_bytes(content)
    settings = preferences.load(tmp_path)
    assert preferences.text_scale(settings) == 100
    assert (tmp_path / "window.bad").read_bytes() == content


@pytest.mark.fault(10)
def test_the_pointer_to_the_office_outlives_the_settings(tmp_path):
    office = tmp_path / "深" / "向阳.lanling"
    settings = preferences.load(tmp_path)
    preferences.remember_office(settings, tmp_path, office)
    settings.sync()
    (tmp_path / "window.ini").write_bytes(b"\0" * 80)
    assert preferences.last_office(preferences.load(tmp_path), tmp_path) == office
    (tmp_path / "office.txt").unlink()
    only = tmp_path / "唯一.lanling"
    only.touch()
    assert preferences.last_office(preferences.load(tmp_path), tmp_path) == only
    (tmp_path / "另一.lanling").touch()
    assert preferences.last_office(preferences.load(tmp_path), tmp_path) is None


@pytest.mark.parametrize(
    ("said", "scale"), [("150", 150), ("151", 100), ("kaputt", 100), ("-1", 100)]
)
def test_an_odd_text_scale_is_the_plain_one(ini_path, said, scale):
    settings = QSettings(str(ini_path), QSettings.Format.IniFormat)
    settings.setValue("window/scale", said)
    assert preferences.text_scale(settings) == scale


@pytest.mark.parametrize(
    "view",
    [
        View("party_member"),
        View("party_member", text="zyl"),
        View("party_member", text="o'x % _ NEAR("),
        View("central_household", ready="review"),
        View("person", conditions=(Condition("birth", "contains", "-01-"),), descending=True),
        View("community"),
    ],
)
def test_the_first_rows_are_the_lists_own(tmp_path, view):
    path = tmp_path / "向阳.lanling"
    with make(path) as office:
        first_view.remember(office, view)
        shown = tuple(office.page(view, 0, first_view.ROWS))
        assert first_view.peek(path, TODAY.today()) is None, "a file in use is left alone"
    plan = first_view.peek(path, TODAY.today())
    assert plan.rows == shown
    assert plan.total == len(shown)
    shown = {each.name for each in tmp_path.iterdir() if each.name[0] != "."}
    assert shown == {path.name, f"{path.stem}.流水"}


def test_a_first_view_that_is_old_foreign_or_none_is_no_view(tmp_path):
    path = tmp_path / "向阳.lanling"
    with make(path) as office:
        first_view.remember(office, View("party_member"))
        kept = office.desk.get(first_view.SETTING)
        office.desk.put(first_view.SETTING, {**kept, "head": "0000"})
    assert first_view.peek(path, TODAY.today()) is None
    assert first_view.peek(tmp_path / "none.lanling", TODAY.today()) is None
    (tmp_path / "foreign.lanling").write_bytes(b"SQLite format 3\0" + b"x" * 4000)
    assert first_view.peek(tmp_path / "foreign.lanling", TODAY.today()) is None


def program(qtbot: QtBot, *arguments: str) -> app.Program:
    made = app.Program(arguments)
    qtbot.addWidget(made.window)
    made.window.show()
    return made


@pytest.mark.parametrize(
    ("content", "words"), [(None, "找不到"), (b"hello world, this is no office", "不是本程序")]
)
def test_a_missing_or_foreign_file_is_three_sentences_in_the_window(
    qtbot, tmp_path, content, words
):
    path = tmp_path / "x.lanling"
    if content is not None:
        path.write_bytes(content)
    started = program(qtbot, str(path))
    qtbot.waitUntil(lambda: started.window.centralWidget() is not None, timeout=30_000)
    page = started.window.shell.stack.currentWidget()
    assert isinstance(page, TroublePage)
    assert any(words in label.text() for label in page.findChildren(QLabel))
    if content is not None:
        assert path.read_bytes() == content
    make(tmp_path / "good.lanling").close()
    started.open_other(tmp_path / "good.lanling")
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=30_000)
    started.window.close()


def test_the_first_run_makes_an_office_by_keys_alone(qtbot, tmp_path, office_folder):
    started = program(qtbot)
    qtbot.waitUntil(lambda: started.window.centralWidget() is not None, timeout=30_000)
    page = started.window.shell.stack.currentWidget()
    assert clipped(started.window) == []
    assert unnamed(started.window) == []
    for typed in ("向阳社区", "向阳居委会", "王敏"):
        commit = QInputMethodEvent()  # as an input method hands Chinese over
        commit.setCommitString(typed)
        QApplication.sendEvent(started.window.focusWidget(), commit)
        qtbot.keyClick(started.window.focusWidget(), Qt.Key.Key_Return)
    for _ in range(2):
        qtbot.keyClicks(started.window.focusWidget(), "hong-qi 2020")
        qtbot.keyClick(started.window.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=30_000)
    office = started.window.session.office
    assert office.path == office_folder / "向阳社区.lanling"
    assert "向阳社区".encode() not in office.path.read_bytes()
    assert office.count(View("community")) == 1
    assert (office.desk.get("unit"), office.actor) == ("向阳居委会", "王敏")
    steps = started.window.navigator.screen
    assert "恢复单" in steps.head.text()
    qtbot.keyClick(started.window.focusWidget(), Qt.Key.Key_Return)
    sheet = started.window.navigator.screen
    assert sheet.view.page_total == 1
    groups = _groups_on(sheet)
    qtbot.keyClick(started.window.focusWidget(), Qt.Key.Key_Escape)
    assert "第 2 页" in steps.head.text()
    assert office.keyring.recover(" ".join(groups)) == office.store.key
    qtbot.keyClick(started.window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(started.window.focusWidget(), Qt.Key.Key_Return)
    assert "第 3 页" in steps.head.text()
    assert clipped(started.window) == []
    qtbot.keyClick(started.window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(started.window.focusWidget(), Qt.Key.Key_Return)
    assert started.window.navigator.key == "today"
    assert page.folder == office_folder
    started.window.close()


def _groups_on(sheet):
    """The 24 groups as the printed sheet says them, in the order of their numbers."""
    import pypdfium2

    page = pypdfium2.PdfDocument(sheet._pdf)[0]
    said = page.get_textpage().get_text_bounded()
    numbered = dict(re.findall(r"(?<!\d)(\d{1,2})\s+(\d{5})(?!\d)", said))
    return [numbered[str(place)] for place in range(1, 25)]


def test_a_name_taken_is_said_under_its_box(qtbot, tmp_path):
    (tmp_path / "向阳社区.lanling").touch()
    page = FirstRun(folder=tmp_path)
    qtbot.addWidget(page)
    page.form.editor("community").set_text("向阳社区")
    page.form.editor("actor").set_text("王敏")
    page.form.submit()
    assert "已经存在" in page.form.problems[0][1]
    page.set_folder(Path("C:/Users/w/OneDrive - 街道/台账"))
    assert "OneDrive" in page.warning.text()


class _Carrier(Linux):
    def __init__(self, kind):
        super().__init__()
        self._kind = kind

    def kind(self, folder):
        return self._kind or super().kind(folder)


@pytest.mark.parametrize(
    ("folder", "kind", "word"),
    [
        ("/home/w/OneDrive/台账", None, "OneDrive"),
        ("/home/w/WPS云盘/台账", None, "WPS"),
        ("/home/w/我的坚果云", None, "坚果云"),
        ("/srv/share", "network", "网络"),
        ("/media/w/USB", "removable", "U 盘"),
        ("/home/w/台账", "local", ""),
    ],
)
def test_places_that_lose_data_are_warned_of(folder, kind, word):
    words = advice(Path(folder), _Carrier(kind))
    assert (word in words) if word else words == ""


def test_a_bug_is_logged_masked_and_the_program_closes(qapp, office_folder):
    closed, shown = [], []
    crash = CrashPath(paths.data_dir)
    crash.show = shown.append
    crash.close_with(lambda: closed.append(True))
    try:
        raise ValueError("张玉兰 371324196504121234 '13812345678' in 'party_member.name'")
    except ValueError as error:
        crash.caught(type(error), error, error.__traceback__)
    log = (office_folder / "log" / "program.log").read_text(encoding="utf-8")
    for text in (shown[0], log):
        assert "ValueError" in text
        assert "party_member.name" in text
        assert "test_startup.py" in text
        for personal in ("张玉兰", "371324196504121234", "13812345678"):
            assert personal not in text
    assert closed == [True]


def test_masks():
    assert bugs.masked("371324196504121234 and 371324650412123") == "# and #"
    assert bugs.masked("row 42, 'a.b' '王'") == "row 42, 'a.b' '…'"
    told = bugs.report_of(OfficeError("王敏", "x", "y"), datetime(2026, 11, 23, 9))  # noqa: DTZ001
    assert "王敏" not in told


def test_without_a_terminal_nothing_is_written_and_nothing_breaks(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    app.say("hallo")
