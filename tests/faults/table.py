"""Which test shows which row of the list of faults: `python -m tests.faults.table`, as Markdown.

Rows come from the markers `fault(n)`; nothing is written by hand, so a row without a test shows.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROWS = range(1, 65)


class _Collected:
    """Keeps the markers of every test that was found."""

    def __init__(self) -> None:
        self.rows: dict[int, list[str]] = defaultdict(list)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("fault"):
                test = item.nodeid.split("[")[0]
                if test not in self.rows[mark.args[0]]:
                    self.rows[mark.args[0]].append(test)


def table() -> str:
    """The table, one line for each of the 64 rows."""
    found = _Collected()
    root = Path(__file__).resolve().parents[1]
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", "-q", "-m", "", str(root)], plugins=[found])
    lines = ["| row | shown by |", "| --- | --- |"]
    for row in ROWS:
        lines.append(f"| {row} | {'<br>'.join(found.rows[row]) or '–'} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
