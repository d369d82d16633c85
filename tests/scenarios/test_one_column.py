"""Law 1: a column is said once, and is everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_one_line_adds_a_column_to_form_list_sheet_search_paper_and_history(
    tmp_path: Path,
) -> None:
    script = Path(__file__).with_name("one_column.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert "found everywhere" in done.stdout, done.stdout + done.stderr
