"""The power goes, and what was not synced with it (faults.md C.3 9): 0 lost, 0 half, 0 wrong reads.

Some moments of each work in CI; thousands in the long run: `python -m pytest -m campaign tests/faults`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.test_kills import said_by

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("cc") is None,
    reason="needs a C compiler and LD_PRELOAD",
)
CUTS = {  # in CI; the long run a hundred times as many
    "save": 8, "imports": 4, "month": 4, "backup": 4, "export": 4, "restore": 4, "migration": 4,
    "attachment": 8, "password": 8, "founding": 4, "locking": 6,
}  # fmt: skip


@pytest.mark.fault(9)
@pytest.mark.parametrize(
    "times",
    [
        pytest.param(1, id="some", marks=pytest.mark.timeout(900)),
        pytest.param(100, id="many", marks=[pytest.mark.campaign, pytest.mark.timeout(7200)]),
    ],
)
@pytest.mark.parametrize("work", CUTS)
def test_what_was_acknowledged_outlives_a_power_cut(
    shim: Path,
    tmp_path: Path,
    work: str,
    times: int,
    record_property: Callable[[str, object], None],
) -> None:
    disk = tmp_path / "盘"
    disk.mkdir()
    place = {"LD_PRELOAD": str(shim), "FAULT_BELOW": str(disk)}
    cuts = CUTS[work] * times
    said = said_by(["tests.faults.powercuts", work, str(cuts), str(times)], place)
    assert said["unseen"] == [], "changes of the disk that were not written down"
    assert said["wrongs"] == []
    assert (said["cuts"], bool(said["acknowledged"])) == (cuts, True)
    record_property("tries", f"{work}: {cuts} cuts among {said['changes']} changes")
