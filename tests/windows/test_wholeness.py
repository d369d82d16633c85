"""Files of the program that a virus scanner took away (fault 36)."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from lanling_desktop import wholeness
from lanling_desktop.__main__ import main
from tests.test_house_rules import ROOT


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "程序"
    (folder / "PySide6").mkdir(parents=True)
    for name in ("PySide6/QtCore.pyd", "sqlcipher3.dll", "a.dll", "b.dll"):
        (folder / name).write_bytes(b"MZ" * 20)
    (folder / wholeness.LIST).write_text(wholeness.listed(folder), encoding="utf-8")
    return folder


@pytest.mark.fault(36)
def test_what_is_gone_or_cut_short_is_named(program: Path) -> None:
    assert wholeness.missing(program) == []
    (program / "sqlcipher3.dll").unlink()
    (program / "PySide6" / "QtCore.pyd").write_bytes(b"")
    assert wholeness.missing(program) == ["PySide6/QtCore.pyd", "sqlcipher3.dll"]
    said = wholeness.explained(ImportError("DLL load failed"), program)
    assert said.startswith("程序文件缺失：PySide6/QtCore.pyd、sqlcipher3.dll。\n数据没有改动")
    assert "重新运行安装程序" in said
    for name in ("a.dll", "b.dll"):
        (program / name).unlink()
    assert "等 4 个" in wholeness.sentences(wholeness.missing(program))[0]


@pytest.mark.fault(36)
def test_a_start_that_fails_for_it_says_so_and_not_in_python(
    program: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if sys.platform == "win32":  # a box of Windows waits for somebody
        box = SimpleNamespace(MessageBoxW=lambda _window, text, *_rest: sys.stderr.write(text))
        monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=box))
    (program / "sqlcipher3.dll").unlink()
    monkeypatch.setattr(sys, "_MEIPASS", str(program), raising=False)

    def fail(_arguments: list[str]) -> int:
        raise ImportError("DLL load failed while importing sqlcipher3", name="sqlcipher3")

    monkeypatch.setattr("lanling_desktop.__main__._main", fail)
    assert main([]) == 1
    said = capsys.readouterr().err
    assert "程序文件缺失：sqlcipher3.dll" in said
    assert "Traceback" not in said


@pytest.mark.fault(36)
def test_a_library_that_will_not_load_is_named_though_no_file_is_gone(program: Path) -> None:
    said = wholeness.explained(ImportError("DLL load failed", name="argon2"), program)
    assert "程序文件缺失：argon2" in said


def test_a_bug_of_ours_stays_a_bug(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wholeness.explained(FileNotFoundError("x"), program) == ""
    assert wholeness.explained(ImportError("x")) == ""  # a checkout has no list

    def fail(_arguments: list[str]) -> int:
        raise ImportError("no module named x")

    monkeypatch.setattr("lanling_desktop.__main__._main", fail)
    with pytest.raises(ImportError):
        main([])


_START = """
import sys
sys._MEIPASS = sys.argv[1]
from lanling_desktop import wholeness
from ui import app
told = []
from ui.widgets import messages
messages.WindowNotifier.trouble = lambda self, error: (told.append(error), None)[1]
from PySide6.QtCore import QTimer
code = [0]
real = app._look_whole
def look(session):
    real(session)
    session.reader.wait_all()
    sys.stdout.buffer.write(str(told[0] if told else "").encode())
    QTimer.singleShot(0, session.parent().close)
app._look_whole = look
sys.exit(app.main([sys.argv[2]]))
"""


@pytest.mark.fault(36)
def test_files_that_go_while_it_still_starts_are_said_in_the_window(
    program: Path, tmp_path: Path
) -> None:
    from lanling_desktop.opening import create_office

    create_office(tmp_path / "甲.lanling").close()
    shutil.copytree(ROOT / "resources", program / "resources")
    (program / "a.dll").unlink()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "LANLING_DATA": str(tmp_path / "data"),
    }
    done = subprocess.run(
        [sys.executable, "-c", _START, str(program), str(tmp_path / "甲.lanling")],
        env=environment, cwd=tmp_path, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-1500:]
    assert "程序文件缺失：a.dll" in done.stdout.decode()
    assert "数据没有改动" in done.stdout.decode()
