"""Sources of rows for the tests of lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.widgets.paged_table import Column

COLUMNS = (
    Column("编号", 80),
    Column("户主", 80),
    Column("地址", 230),
    Column("联系户", 64, numeric=True),
)


class Households:
    """Any number of households, made when asked for; keeps what was asked."""

    def __init__(
        self, total: int, columns: Sequence[Column] = COLUMNS, *, descending: bool = False
    ) -> None:
        self.columns = columns
        self.total = total
        self.descending = descending
        self.asked: list[tuple[int, int]] = []
        self.counts = 0

    def count(self) -> int:
        self.counts += 1
        return self.total

    def page(self, first: int, size: int) -> list[tuple[Any, ...]]:
        self.asked.append((first, size))
        last = min(first + size, self.total)
        return [self._row(self.total - 1 - n if self.descending else n) for n in range(first, last)]

    def _row(self, number: int) -> tuple[Any, ...]:
        texts = (f"ZXH-{number:03}", "张玉兰", f"兰陵花园 {number}号楼 1单元 101", str(number % 30))
        return (f"id-{number}", *texts[: len(self.columns)])


class Positioned(Households):
    """One that knows where a record stands."""

    def position(self, record_id: str) -> int | None:
        number = int(record_id.removeprefix("id-"))
        if number >= self.total:
            return None
        return self.total - 1 - number if self.descending else number
