"""How much memory a piece of work takes, the reader's own and SQLite's included."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_STATUS = Path("/proc/self/status")
# Not getrusage: there a child begins with the peak of its parent.
_PEAK = f"""
def peak():
    lines = open({str(_STATUS)!r}).read().splitlines()
    return int(next(each for each in lines if each.startswith("VmHWM")).split()[1])
"""


def grown_by(before: str, work: str) -> float:
    """By how many MB the peak of a process of its own grows over some work."""
    if not _STATUS.exists():
        pytest.skip("only Linux tells a process's peak this way")
    code = f"{_PEAK}\n{before}\nstart = peak()\n{work}\nprint(peak() - start)\n"
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True, capture_output=True, text=True, timeout=280,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    return int(done.stdout.split()[-1]) / 1024
