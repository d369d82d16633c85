"""Rows of plain columns for `Office.load`: every column named, identifiers in order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Any

from lanling_desktop.core.records import Record, table_of
from lanling_desktop.core.unit import Batch

Row = dict[str, Any]
_FIRST_MOMENT = int(datetime(2020, 11, 9, tzinfo=UTC).timestamp() * 1000)


@cache
def _empty(kind: type[Record]) -> Mapping[str, Any]:
    return {each.name: None for each in table_of(kind).columns}


class Rows:
    """Collects rows of many kinds and hands them on in batches of bounded size."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._made = 0
        self._held: dict[type[Record], list[Row]] = {}
        self.counts: dict[str, int] = {}

    def new_id(self) -> str:
        """An identifier in the form of a UUIDv7, the same at every building of the demo."""
        self._made += 1
        moment, step = _FIRST_MOMENT + (self._made >> 12), self._made & 0xFFF
        low = 0b10 << 62 | self._random.getrandbits(62)
        return f"{moment << 80 | 0x7 << 76 | step << 64 | low:032x}"

    def add(self, kind: type[Record], /, **values: Any) -> str:
        """Keep a row until the next batch; its id."""
        row = {**_empty(kind), **values}
        row["id"] = row["id"] or self.new_id()
        self._held.setdefault(kind, []).append(row)
        return str(row["id"])

    @property
    def waiting(self) -> int:
        """How many rows are held."""
        return sum(map(len, self._held.values()))

    def take(self) -> list[Batch]:
        """The rows held so far; nothing is held afterwards."""
        taken = list(self._held.items())
        self._held = {}
        for kind, rows in taken:
            name = table_of(kind).name
            self.counts[name] = self.counts.get(name, 0) + len(rows)
        return taken
