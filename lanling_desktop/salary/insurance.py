"""五险一金 of a month by dated rates and bounds (domain.md 10.2), in fen. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from lanling_desktop.standards.amounts import format_fen as _y


@dataclass(frozen=True)
class Rate:
    """A rate as it holds in a month. Bounds are stored as entered, never computed."""

    kind: str
    employer: Decimal
    worker: Decimal
    least: int | None = None
    most: int | None = None
    whole_yuan: bool = False
    doc_no: str = ""


@dataclass(frozen=True)
class Contribution:
    """Both parts of one contribution, and how they were found."""

    kind: str
    employer: int
    worker: int
    employer_arithmetic: str
    worker_arithmetic: str


@lru_cache(maxsize=4096)  # most of an office stands on a few bases
def contribution(rate: Rate, base: int) -> Contribution:
    """What both sides pay on a base, held within the bounds."""
    kept, words = base, f"基数 {_y(base)}"
    if rate.least is not None and base < rate.least:
        kept, words = rate.least, f"基数 {_y(base)} 低于下限，按 {_y(rate.least)}"
    if rate.most is not None and base > rate.most:
        kept, words = rate.most, f"基数 {_y(base)} 高于上限，按 {_y(rate.most)}"
    employer, worker = (_part(rate, kept, pct) for pct in (rate.employer, rate.worker))
    return Contribution(
        rate.kind,
        employer,
        worker,
        f"{words} × {rate.employer}% = {_y(employer)}",
        f"{words} × {rate.worker}% = {_y(worker)}",
    )


def _part(rate: Rate, base: int, pct: Decimal) -> int:
    unit = 100 if rate.whole_yuan else 1
    return int((base * pct / 100 / unit).quantize(Decimal(1), ROUND_HALF_UP)) * unit
