"""Keys and clicks without sense for a day (fault 64): nothing breaks, memory does not grow.

A few hundred events in CI, 20,000 in the campaign.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lanling_desktop import demo
from lanling_desktop.core.clock import fixed
from tests.test_house_rules import ROOT

GROWN = 50.0  # megabytes, of the second half of a long run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("monkey")
    demo.build(made / "向阳.lanling", persons=60, clock=fixed(2026, 11, 23))
    return made


@pytest.mark.fault(64)
@pytest.mark.timeout(5400)
@pytest.mark.skipif(sys.platform == "win32", reason="/proc tells the memory")
@pytest.mark.parametrize("events", [300, pytest.param(20_000, marks=pytest.mark.campaign)])
def test_a_monkey_at_the_desk_breaks_nothing(
    folder: Path, tmp_path: Path, events: int, record_property: Callable[[str, object], None]
) -> None:
    place = tmp_path / "desk"
    shutil.copytree(folder, place)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LANLING_DATA": str(place / "data"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.monkey", str(place / "向阳.lanling"), str(events), "7"],
        env=environment, cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr.decode("utf-8", "replace")[-2000:]
    said = json.loads(done.stdout)
    assert not said["wrong"], "\n".join(said["wrong"])
    assert said["faults"] == []
    assert said["events"] == events
    weights = said["megabytes"]
    if events >= 20_000:  # before, every screen is still opened for the first time
        assert weights[-1] - weights[len(weights) // 2] < GROWN, weights
    record_property("tries", f"{events} events, {said['acts']} acts, {weights[-1]:.0f} MB")
