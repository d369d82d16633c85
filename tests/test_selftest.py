"""The program tries itself: everything comes out, and what does not is told and not hidden."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lanling_desktop import selftest
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.exchange import transfer

ROOT = Path(__file__).parent.parent


def test_the_program_tries_itself_and_says_what_it_tried(tmp_path: Path) -> None:
    """As the frozen program is started: a process of its own that nobody listens to."""
    result = tmp_path / "自检结果.json"
    done = subprocess.run(
        [sys.executable, "-m", "lanling_desktop", "--selftest", str(result)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=240,
        check=False,
    )
    told = json.loads(result.read_text(encoding="utf-8"))
    assert [each["name"] for each in told["steps"] if each["trouble"]] == []
    assert told["passed"] is True
    assert done.returncode == 0, done.stderr
    assert len(told["steps"]) == 10
    assert {"打开窗口", "旧版数据升级", "备份和恢复"} <= {each["name"] for each in told["steps"]}


def test_what_fails_is_told_and_the_rest_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_more: object) -> None:
        raise OfficeError("读不了", "没有改动", "请重试")

    monkeypatch.setattr(transfer, "import_file", broken)
    report = selftest.Report()
    selftest.run(tmp_path, report)
    failed = {each.name: each.trouble for each in report.steps if each.trouble}
    assert set(failed) == {"导入 Excel", "查找"}
    assert "读不了" in failed["导入 Excel"]
    assert not report.passed
    report.write(tmp_path / "结果.json")
    assert json.loads((tmp_path / "结果.json").read_text(encoding="utf-8"))["passed"] is False


def test_a_bug_behind_the_window_ends_the_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt swallows what a slot raises: it must come out as a failed step, and not hang."""
    from ui import selftest as window_test
    from ui.app import Program

    def bug(_self: object, _office: object) -> None:
        raise ZeroDivisionError("a bug in a slot")

    monkeypatch.setenv("LANLING_DATA", str(tmp_path))
    monkeypatch.setattr(Program, "_opened", bug)
    report = selftest.Report()
    office = tmp_path / "演示.lanling"
    from lanling_desktop import demo

    demo.build(office, persons=300)
    with report.step("窗口"):
        window_test._window(office, tmp_path)
    assert "a bug in a slot" in report.steps[0].trouble
