"""Every screen on the displays that offices have, and in Windows' own colours (fault 39).

Each display is a process of its own: Qt reads a screen's scale once. CI takes three of them, the
campaign all.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lanling_desktop import demo
from lanling_desktop.core.clock import fixed
from tests.test_house_rules import ROOT

# scale of the display, what it leaves a window (its pixels by the scale, less task bar and title),
# the program's own text scale, the look
USUAL = {
    "1366x768": (1.0, 1366, 690, 100, "light"),
    "1920x1080 at 150 %": (1.5, 1280, 640, 100, "light"),
    "high contrast, black": (1.0, 1366, 690, 100, "contrast"),
}
MORE = {
    "1920x1080 at 125 %": (1.25, 1536, 790, 100, "light"),
    "4K at 200 %": (2.0, 1920, 1000, 100, "light"),
    "1366x768, text 150 %": (1.0, 1366, 690, 150, "light"),
    "1366x768, text 200 %": (1.0, 1366, 690, 200, "light"),
    "high contrast at 200 %": (2.0, 1366, 690, 100, "contrast"),
    "a dark system": (1.0, 1366, 690, 100, "dark"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("desk")
    demo.build(made / "向阳.lanling", persons=300, clock=fixed(2026, 11, 23))
    return made


def looked_over(folder: Path, display: tuple[float, int, int, int, str], place: Path) -> Any:
    shutil.copytree(folder, place)
    scale, *rest = display
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(scale),
        "LANLING_DATA": str(place / "data"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.look_round", str(place / "向阳.lanling"), *map(str, rest)],
        env=environment, cwd=ROOT, capture_output=True, check=False, timeout=400,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-2000:]
    return json.loads(done.stdout)


def all_is_well(folder: Path, display: tuple[float, int, int, int, str], place: Path) -> None:
    told = looked_over(folder, display, place)
    assert told["size"] == [display[1], display[2], display[0]]
    assert len(told["screens"]) > 70
    wrong = {name: said for name, said in told["screens"].items() if any(said.values())}
    assert not wrong


@pytest.mark.fault(39)
@pytest.mark.timeout(420)
@pytest.mark.parametrize("display", USUAL)
def test_no_word_is_cut_or_faint(folder: Path, tmp_path: Path, display: str) -> None:
    all_is_well(folder, USUAL[display], tmp_path / "desk")


@pytest.mark.fault(39)
@pytest.mark.campaign
@pytest.mark.timeout(420)
@pytest.mark.parametrize("display", MORE)
def test_on_other_displays_too(folder: Path, tmp_path: Path, display: str) -> None:
    all_is_well(folder, MORE[display], tmp_path / "desk")
