"""The texts every office starts with; it changes them and adds its own."""

from __future__ import annotations

import csv
import hashlib
from typing import Any

from lanling_desktop.core.records import table_of
from lanling_desktop.core.unit import Batch
from lanling_desktop.hall.records import Phrase
from lanling_desktop.paths import resource

_SHIPPED_WITH = 0x019A_0000_0000  # milliseconds, as of a UUIDv7
_LOW = (1 << 74) - 1


def shipped() -> Batch:
    """The phrases of resources/phrases.csv as rows, under the same ids in every office."""
    empty: dict[str, Any] = {each.name: None for each in table_of(Phrase).columns}
    with resource("phrases.csv").open(encoding="utf-8", newline="") as lines:
        rows = [empty | row | {"id": _id(row["name"])} for row in csv.DictReader(lines)]
    return Phrase, rows


def _id(name: str) -> str:
    """The form of a UUIDv7: offices that are merged one day have each phrase once."""
    random = int.from_bytes(hashlib.sha256(name.encode()).digest()) & _LOW
    low = 0b10 << 62 | random & (1 << 62) - 1
    return f"{_SHIPPED_WITH << 80 | 0x7 << 76 | random >> 62 << 64 | low:032x}"
