"""The n-th file call fails with ENOSPC, EIO or EACCES (faults.md C.3 6, 7): refused in words.

SQLite's own calls are reached: a shim is compiled and preloaded. CI tries some calls of each work,
the long run all: `python -m pytest -m campaign tests/faults`.
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
# Every how many-th call CI refuses; the long run every one, of the longest works every third.
STRIDE = {
    "save": 25, "import": 25, "month": 25, "export": 20, "paper": 12, "attachment": 12, "password": 7,
    "backup": 400, "restore": 800, "migration": 900,
}  # fmt: skip
LONGEST = ("backup", "restore", "migration")


@pytest.mark.fault(6)
@pytest.mark.fault(7)
@pytest.mark.parametrize(
    "long",
    [
        pytest.param(False, id="some", marks=pytest.mark.timeout(900)),
        pytest.param(True, id="every", marks=[pytest.mark.campaign, pytest.mark.timeout(7200)]),
    ],
)
@pytest.mark.parametrize("work", STRIDE)
def test_the_nth_file_call_is_refused(
    shim: Path,
    tmp_path: Path,
    work: str,
    long: bool,
    record_property: Callable[[str, object], None],
) -> None:
    stride = (3 if work in LONGEST else 1) if long else STRIDE[work]
    place = {"LD_PRELOAD": str(shim), "FAULT_BELOW": str(tmp_path)}
    said = said_by(["tests.faults.refusals", work, str(stride)], place)
    assert said["wrongs"] == []
    assert said["refused"], "no call was refused"
    record_property("tries", f"{work}: {said['calls']} of 3 × {said['file calls']} file calls")


@pytest.mark.fault(13)
@pytest.mark.parametrize("work", ["save", "import", "month", "export", "attachment", "password"])
def test_a_disk_pulled_out_and_put_back(shim: Path, tmp_path: Path, work: str) -> None:
    place = {"LD_PRELOAD": str(shim), "FAULT_BELOW": str(tmp_path)}
    said = said_by(["tests.faults.refusals", work, "0"], place)
    assert said["wrongs"] == []
    assert said["refused"] == 2
