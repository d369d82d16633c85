"""What a run of the tests showed of the 64 faults: fault, tries, result; written as Markdown.

A plugin (`tests/conftest.py` loads it): at the end of a run in which a test marked `fault` took
part, `build/faults.md` has a line for each row. A test says more of its tries with
`record_property("tries", "…")`.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

OUT = Path(__file__).resolve().parents[2] / "build" / "faults.md"


class Report:
    """Gathers the outcomes of marked tests, in the process that gives the work out."""

    def __init__(self) -> None:
        self.tries: dict[int, int] = defaultdict(int)
        self.failed: dict[int, list[str]] = defaultdict(list)
        self.words: dict[int, list[str]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one test's outcome under each row it shows."""
        rows = [int(str(value)) for key, value in report.user_properties if key == "fault"]
        for row in rows:
            if report.when == "call" and report.outcome != "skipped":
                self.tries[row] += 1
                self.words[row] += [str(v) for k, v in report.user_properties if k == "tries"]
            if report.outcome == "failed":
                self.failed[row].append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write the table."""
        if not self.tries:
            return
        lines = ["| fault | tests run | tries | result |", "| --- | --- | --- | --- |"]
        for row in sorted({*self.tries, *self.failed}):
            result = "; ".join(self.failed[row]) or "as promised"
            lines.append(f"| {row} | {self.tries[row]} | {'; '.join(self.words[row])} | {result} |")
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
