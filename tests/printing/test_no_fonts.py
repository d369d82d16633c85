"""A PC without 仿宋_GB2312 and 小标宋, or with others of the same names: all looks the same (fault 38)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.test_house_rules import ROOT
from tests.ui.offices import make

NOTHING = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{}</fontconfig>'


def looks(folder: Path, office: Path, fonts: str) -> Any:
    """What comes out on a machine with these fonts."""
    folder.mkdir()
    shutil.copytree(office.parent, folder / "office")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    told = folder / "fonts.conf"
    told.write_text(NOTHING.format(fonts), encoding="utf-8")
    environment["FONTCONFIG_FILE"] = str(told)
    done = subprocess.run(
        [sys.executable, "-m", "tests.printing.font_look", str(folder / "office" / office.name)],
        env=environment, cwd=ROOT, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-2000:]
    return json.loads(done.stdout)


@pytest.mark.fault(38)
@pytest.mark.skipif(sys.platform == "win32", reason="fonts are taken away by fontconfig")
def test_paper_and_screen_are_the_same_whatever_fonts_the_machine_has(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    make(tmp_path / "made" / "甲.lanling").close()
    office = tmp_path / "made" / "甲.lanling"
    one_of_ours = tmp_path / "one"
    one_of_ours.mkdir()
    shutil.copy(ROOT / "resources" / "fonts" / "LXGWWenKai.ttf", one_of_ours)
    own = looks(tmp_path / "own", office, "<dir>/usr/share/fonts</dir>")
    none = looks(tmp_path / "none", office, "")
    other = looks(tmp_path / "other", office, f"<dir>{one_of_ours}</dir>")
    assert none["families"] < other["families"]
    for each in ("paper", "screen"):
        assert own[each] == none[each] == other[each], each
