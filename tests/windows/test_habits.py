"""Windows' habits without Windows: encodings, no console, reserved names, old dates, one more process.

What is read out of the source here would only fail on a clerk's machine.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop import paths
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from lanling_desktop.exchange.files import safe_file_name
from tests.office import add_member
from tests.test_house_rules import ROOT, SOURCES

RESERVED = ("CON", "PRN", "AUX", "NUL", *(f"{n}{d}" for n in ("COM", "LPT") for d in range(1, 10)))


def run(code: list[str], *, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    known = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LANLING_DATA": str(cwd / "data"),
        **environment,
    }
    return subprocess.run(
        [sys.executable, *code], cwd=cwd, env=known, capture_output=True, check=False, timeout=240
    )


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from lanling_desktop import demo

    folder = tmp_path_factory.mktemp("demo")
    demo.build(folder / demo.FILE, persons=300, clock=fixed(2026, 11, 23))
    return folder


# Encodings


_STRICT = [
    *("-X", "warn_default_encoding", "-W", "error::EncodingWarning"),
    *("-W", "ignore::EncodingWarning:pypdfium2_raw.version"),  # a file of ASCII, not ours
]


def test_no_file_is_opened_in_the_machines_own_encoding(tmp_path: Path, demo_folder: Path) -> None:
    """Code page 936 there, UTF-8 here: an open() that names no encoding is an error."""
    office = str(demo_folder / "demo.lanling")
    (tmp_path / "名单.csv").write_text("姓名,性别\n王𠮷野,男\n", encoding="utf-8")
    verbs = (
        ["demo", "新", "--persons", "60"],
        ["list", "registers", "--office", "新/demo.lanling"],
        ["import", "person", "名单.csv", "--office", "新/demo.lanling"],
        ["export", "person", "--office", "新/demo.lanling", "-o", "居民.xlsx"],
        ["find", "王", "--office", office],
        ["print", "member_roster", "--office", office, "-o", "党员.pdf"],
        ["check", "新/demo.lanling"],
        ["backup", "新/demo.lanling", "-o", "备份.lanling"],
        ["restore", "备份.lanling", "-o", "回来.lanling"],
        ["backup", "新/demo.lanling", "-o", "备份.lanling.zip"],
        ["restore", "备份.lanling.zip", "-o", "又回来.lanling"],
    )
    code = (
        "from lanling_desktop.__main__ import main\n"
        f"for each in {verbs!r}:\n    assert main(each) == 0, each"
    )
    done = run([*_STRICT, "-c", code], cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-1500:]


def test_every_module_is_loaded_without_the_machines_own_encoding(tmp_path: Path) -> None:
    modules = [
        str(path.relative_to(ROOT).with_suffix("")).replace(os.sep, ".").removesuffix(".__init__")
        for path in SOURCES
        if path.name != "__main__.py" and "migrations" not in path.parts
    ]
    code = f"import importlib\nfor each in {modules!r}: importlib.import_module(each)"
    done = run([*_STRICT, "-c", code], cwd=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-1500:]


def test_rare_characters_do_not_end_a_verb_whose_output_is_gbk(tmp_path: Path) -> None:
    from lanling_desktop.opening import create_office

    with create_office(tmp_path / "甲.lanling") as office:
        office.save("person", None, {"name": "王𠮷野"}, confirmed=True)
    verb = ["-m", "lanling_desktop", "find", "王", "--office", "甲.lanling"]
    done = run(verb, cwd=tmp_path, PYTHONIOENCODING="gbk")
    assert done.returncode == 0, done.stderr.decode("gbk", "replace")
    assert "王?野" in done.stdout.decode("gbk")
    wrong = ["-m", "lanling_desktop", "find", "王", "--office", "没有𠮷.lanling"]
    done = run(wrong, cwd=tmp_path, PYTHONIOENCODING="gbk")
    assert done.returncode == 1
    assert "找不到" in done.stderr.decode("gbk")


# No console


_MUTE = """
import sys
kept = sys.stderr
sys.stdout = sys.stderr = None
try:
    from lanling_desktop.__main__ import main
    code = main(sys.argv[1:])
except BaseException:
    import traceback
    traceback.print_exc(file=kept)
    raise
sys.exit(code)
"""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["find", "王", "--office", "demo.lanling"], 0),
        (["check", "demo.lanling"], 0),
        (["find", "王", "--office", "没有.lanling"], 1),
        (["--quit-after-paint", "没有.lanling"], 0),
        (["--quit-after-paint"], 0),
    ],
)
def test_a_program_without_a_console_says_nothing_and_works(
    tmp_path: Path, demo_folder: Path, arguments: list[str], code: int
) -> None:
    given = [str(demo_folder / each) if each == "demo.lanling" else each for each in arguments]
    done = run(["-c", _MUTE, *given], cwd=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == code, done.stderr.decode("utf-8", "replace")[-1500:]
    assert done.stdout == b""


_SLOT = """
import sys
sys.stdout = sys.stderr = None
from PySide6.QtCore import QTimer
from ui import app, crash
crash.show_report = lambda report: None
real = app.Program._shown
def shown(self):
    QTimer.singleShot(0, lambda: 1 / 0)
app.Program._shown = shown
sys.exit(app.main([]))
"""


def test_an_exception_in_a_slot_is_logged_and_ends_the_program(tmp_path: Path) -> None:
    """It hung until it was killed, frozen as a windowed program."""
    done = run(["-c", _SLOT], cwd=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    log = (tmp_path / "data" / "log" / "program.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log


# Where data lies


def test_data_lies_in_the_local_folder_of_a_user_with_a_chinese_name() -> None:
    local = {"LOCALAPPDATA": r"C:\Users\王小明\AppData\Local"}
    home = r"C:\Users\王小明"
    wanted = r"C:\Users\王小明\AppData\Local\兰陵社区台账"
    assert str(paths.usual_data_dir("win32", local, home)) == wanted
    for unset in ({}, {"LOCALAPPDATA": ""}):
        assert str(paths.usual_data_dir("win32", unset, home)) == wanted
    assert str(paths.usual_data_dir("linux", {}, "/home/王")) == (
        "/home/王/.local/share/lanling_desktop"
    )


@given(st.text(max_size=300), st.sampled_from(["", ".xlsx", ".pdf"]))
def test_any_title_makes_a_name_windows_takes(title: str, suffix: str) -> None:
    name = safe_file_name(title, suffix)
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name == name.strip(" ")
    assert not name.endswith(".")
    assert 0 < len(name) <= 90
    assert name.split(".")[0].upper() not in RESERVED


@pytest.mark.parametrize(
    "name", [*RESERVED, "con.txt", "Nul.lanling", "甲. . .", "a:b", "..\\..\\x"]
)
def test_reserved_names_are_no_names_of_ours(name: str) -> None:
    from ui.screens.first_run import _file_name

    for made in (safe_file_name(name), _file_name(name)):
        assert made.split(".")[0].upper() not in RESERVED
        assert not made.endswith((".", " "))
        assert not set(made) & set('<>:"/\\|?*')


# Dates


def calls(path: Path) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node


def test_no_date_goes_by_seconds_since_1970_or_by_a_zone() -> None:
    """`fromtimestamp(-1)` is an OSError there, and there is no zone data."""
    for path in SOURCES:
        text = path.read_text("utf-8")
        assert "zoneinfo" not in text, path
        assert not re.search(r"%[-#][a-zA-Z]", text), path
        barred = {"fromtimestamp", "utcfromtimestamp", "mktime", "gmtime", "localtime"}
        assert not barred & {name for name, _ in calls(path)}, path


def test_no_format_of_a_day_needs_the_machines_language() -> None:
    """strftime hands its format to the system: nothing but ASCII directives may stand in it."""
    allowed = set("YmdHMSf%")
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            formats = []
            if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
                parts = node.format_spec.values
                formats = [each.value for each in parts if isinstance(each, ast.Constant)]
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "strftime"
                and isinstance(node.args[0], ast.Constant)
            ):
                formats = [node.args[0].value]
            for each in formats:
                directives = re.findall(r"%(.)", each)
                if not directives or each in (".0%", ".1%"):
                    continue
                assert set(directives) <= allowed, (path, each)


def test_who_was_born_before_1970_is_kept(desk_office: Office) -> None:
    add_member(desk_office, "张老", person__birth="1931-02-28", joined_on="1949-10-01")
    assert desk_office.store.raw("SELECT birth FROM person")[0][0] == str(date(1931, 2, 28))


# Other processes


def test_another_process_is_spawned_and_a_frozen_program_knows_it() -> None:
    """Windows has no fork; a frozen program that is not told opens a window for each process."""
    for path in SOURCES:
        text = path.read_text("utf-8")
        assert "os.fork" not in text
        for name, node in calls(path):
            if name in ("get_context", "set_start_method"):
                assert isinstance(node, ast.Call)
                assert isinstance(node.args[0], ast.Constant)
                assert node.args[0].value == "spawn", path
        if path.name != "print_process.py":
            heads = re.findall(r"^\s*(?:from|import) (multiprocessing\S*)", text, re.MULTILINE)
            assert not heads or path.name == "__main__.py", path
    main = (ROOT / "lanling_desktop" / "__main__.py").read_text("utf-8")
    assert "freeze_support()" in main


# Fonts


def test_no_font_is_looked_for_on_the_machine() -> None:
    """Papers and screens are drawn with the fonts that are shipped."""
    for path in SOURCES:
        text = path.read_text("utf-8")
        for word in ("Windows\\\\Fonts", "Windows/Fonts", "CurrentVersion\\\\Fonts", "fc-list",
                     "/usr/share/fonts", "winreg"):  # fmt: skip
            assert word not in text, (path, word)
