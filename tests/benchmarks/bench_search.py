"""Search of a million persons: milliseconds to the first answers, and against LIKE."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from lanling_desktop.core.office import Office
from tests.benchmarks.scale import PERSONS, office_of

TYPED = ("建国", "王建国", "zyl", "wjg", "zhangwei", "liujianhua", "5678", "123x", "13812", "欧")
_LIKE = (
    "SELECT id FROM person WHERE name LIKE ? OR name_key LIKE ? OR identity_number LIKE ? "
    "OR phone LIKE ? OR employer LIKE ? OR remark LIKE ? LIMIT 50"
)


def measure() -> list[tuple[str, str, float, bool]]:
    """The promises of speed.md, "Search"."""
    with office_of(PERSONS) as office:
        ours = [_milliseconds(office, typed) for typed in TYPED for _ in range(5)]
        like = [_like(office, typed) for typed in TYPED[:4]]
        slowest = sorted(ours)[int(len(ours) * 0.95)]
        ratio = statistics.median(like) / statistics.median(ours)
    return [
        (f"查找 {PERSONS:,} 人，前 50 条有序，p95 毫秒", "≤ 50", slowest, slowest <= 50),
        (f"查找 {PERSONS:,} 人，中位毫秒", "≤ 10", statistics.median(ours),
         statistics.median(ours) <= 10),
        ("六列 LIKE ÷ 查找", "≥ 100", ratio, ratio >= 100),
    ]  # fmt: skip


def _milliseconds(office: Office, typed: str) -> float:
    return _timed(lambda: office.find(typed))


def _like(office: Office, typed: str) -> float:
    pattern = f"%{typed}%"
    return _timed(lambda: office.store.raw(_LIKE, [pattern] * 6))


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000
