"""The process is killed thousands of times (faults.md C.3 1-5): 0 lost, 0 half, 0 wrong reads.

300 kills in CI, 10,000 in the long run: `python -m pytest -m campaign tests/faults`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.test_house_rules import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="a fork server; test_killed is there"
)

SHARE = {  # of a hundred kills
    "save": 30, "month": 20, "imports": 13, "backup": 13, "export": 10, "restore": 9,
    "migration": 5,
}  # fmt: skip
ROW = {
    "save": 1, "imports": 1, "month": 1, "migration": 2, "backup": 3, "restore": 4, "export": 5,
}  # fmt: skip
TRIES = [
    pytest.param(3, id="300", marks=pytest.mark.timeout(900)),
    pytest.param(100, id="10000", marks=[pytest.mark.campaign, pytest.mark.timeout(7200)]),
]


def said_by(command: list[str], environment: dict[str, str] | None = None) -> dict[str, object]:
    """What a campaign of its own process found."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip(), done.stderr.decode()[-2000:]
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("hundreds", TRIES)
@pytest.mark.parametrize(
    "work", [pytest.param(key, marks=pytest.mark.fault(row)) for key, row in ROW.items()]
)
def test_killed_at_random_moments(
    work: str, hundreds: int, record_property: Callable[[str, object], None]
) -> None:
    kills = SHARE[work] * hundreds
    said = said_by(["tests.faults.kills", work, str(kills), str(hundreds)])
    assert said["wrongs"] == []
    assert said["kills"] == kills
    assert said["acknowledged"], "nothing was acknowledged before a kill"
    record_property("tries", f"{work}: {kills} kills, {said['acknowledged']} acknowledged acts")
