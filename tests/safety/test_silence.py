"""The program is silent: no socket, and nothing of the people in what lies about."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLANTED = ("欧阳丽华", "34052419800101001X", "13812345678", "紫荆花园 9号楼")

_DAY = f"""
import sys
from pathlib import Path
from lanling_desktop import catalogue, opening
from lanling_desktop.core.keyring import Cost
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.printing.paper import Request, draw_paper, MASKED
path = Path(sys.argv[1])
owner = opening.Owner("王红", "hong-qi 2020", Cost(64, 1))
with opening.create_locked(path, owner) as office:
    office.save("person", None, {{"name": {PLANTED[0]!r}, "identity_number": {PLANTED[1]!r},
        "phone": {PLANTED[2]!r}, "home.household_id": "紫荆花园9号楼1单元101"}}, confirmed=True)
    assert office.find("oylh")
    draw_paper(office, catalogue.papers()["list_person"], Request())
    opening.backup_office(office, path.with_name("备份.lanling"))
"""


def _run(tmp_path: Path, code: str, *arguments: str) -> tuple[str, Path]:
    """Run code in another process under strace; what it asked of the network, and its temp folder."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    trace, temp = tmp_path / "trace.txt", tmp_path / "temp"
    temp.mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(temp),
        "LANLING_DATA": str(tmp_path / "data"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    strace = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-e",
        "trace=socket,connect,sendto",
        "-o",
        str(trace),
    ]
    done = subprocess.run(
        [*strace, sys.executable, "-c", code, *arguments],
        env=environment, cwd=ROOT, capture_output=True, check=False, timeout=240,
    )  # fmt: skip
    if b"ptrace" in done.stderr and done.returncode:
        pytest.skip("this machine lets nobody trace")
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return trace.read_text(encoding="utf-8", errors="replace"), temp


def _asked(trace: str) -> list[str]:
    """Calls for a socket of any network; a local one of the desktop is none."""
    return [line for line in trace.splitlines() if re.search(r"AF_(INET|PACKET|NETLINK)", line)]


def test_a_day_at_the_office_asks_for_no_socket_and_leaves_nothing_readable(
    tmp_path: Path,
) -> None:
    path = tmp_path / "台账" / "向阳.lanling"
    trace, temp = _run(tmp_path, _DAY, str(path))
    assert _asked(trace) == []
    left = [each for folder in (path.parent, temp, tmp_path / "data") for each in folder.rglob("*")]
    assert any(each.name == "备份.lanling" for each in left)
    for each in left:
        raw = each.read_bytes() if each.is_file() else b""
        for planted in PLANTED:
            assert planted not in each.name
            assert planted.encode() not in raw, each
            assert planted.encode("utf-16-le") not in raw, each


def test_the_window_asks_for_no_socket(tmp_path: Path) -> None:
    code = "import sys; from ui.app import main; sys.exit(main(['--demo', '--quit-after-paint']))"
    trace, temp = _run(tmp_path, code)
    assert _asked(trace) == []
    assert list(temp.rglob("*.lanling")) == [], "the demo office goes when its window closes"
