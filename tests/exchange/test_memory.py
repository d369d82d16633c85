"""C.3-14: an import needs no more memory for writing fifty thousand rows than for holding them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.memory import grown_by
from tests.exchange.sheets import simple
from tests.office import numbered

_BEFORE = """
from pathlib import Path
from lanling_desktop.core.clock import fixed
from lanling_desktop.exchange import plan, transfer
from lanling_desktop.opening import create_office
path = Path({path!r})
office = create_office(path.with_suffix(".lanling"), clock=fixed(2026, 11, 23))
"""
_PLAN = "planned = plan.plan(office, plan.receive(office, 'person', path))\n"
_WRITE = "transfer.carry_out(office, planned)\nassert planned.count('新增') == {rows}\n"


def persons(path: Path, rows: int) -> Path:
    made: list[list[object]] = [["姓名", "身份证号", "手机", "家庭住址", "备注"]]
    for n in range(rows):
        day = f"{1950 + n % 50}{n // 50 % 12 + 1:02d}{n // 600 % 28 + 1:02d}"
        number = numbered(day, n // 16_800 * 2 + 1)
        home = f"兰陵花园{n % 30 + 1}号楼{n % 4 + 1}单元{n % 30 * 100 + n % 9}"
        made.append([f"王{chr(0x4E00 + n % 5000)}", number, f"139{n:08d}", home, "备注" * 20])
    return simple(path, made)


@pytest.mark.fault(14)
def test_writing_takes_little_more_memory_than_the_plan(tmp_path: Path) -> None:
    path = persons(tmp_path / "居民.xlsx", 8_000)
    before = _BEFORE.format(path=str(path)) + _PLAN
    assert grown_by(before, _WRITE.format(rows=8_000)) < 50


@pytest.mark.fault(14)
@pytest.mark.slow
def test_fifty_thousand_rows_are_taken_within_the_limit(tmp_path: Path) -> None:
    path = persons(tmp_path / "居民.xlsx", 50_000)
    before = _BEFORE.format(path=str(path))
    assert grown_by(before, _PLAN + _WRITE.format(rows=50_000)) < 400


_LIMITED = """
import resource, sys
from lanling_desktop.core.errors import OfficeError
held = int(open("/proc/self/statm").read().split()[5]) * resource.getpagesize()
limit = held + ({limit} << 20) if {limit} < 100 else {limit} << 20  # or so much more than now
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
try:
    done = transfer.import_file(office, "person", path)
    said = f"done {{done.plan.count('新增')}}"
except OfficeError as trouble:
    said = f"refused {{trouble.what}}"
count = office.store.raw("SELECT count(*) FROM person")[0][0]
sys.stdout.buffer.write(f"{{said}}, {{count}}".encode())
"""


@pytest.mark.fault(14)
@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize(
    ("rows", "limit", "said"),
    [
        (8_000, 512, "done 8000, 8000"),
        (8_000, 20, "refused 电脑的内存不够，没有做完, 0"),
        pytest.param(50_000, 512, "done 50000, 50000", marks=pytest.mark.slow),
    ],
)
def test_where_the_memory_ends_all_of_it_is_done_or_nothing(
    tmp_path: Path, rows: int, limit: int, said: str
) -> None:
    path = persons(tmp_path / "居民.xlsx", rows)
    code = _BEFORE.format(path=str(path)) + _LIMITED.format(limit=limit)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=280,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout.decode() == said
