"""What an import would do, as it is told to a screen: rows, changes and troubles by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lanling_desktop.core.field import Field
from lanling_desktop.core.plain import Values
from lanling_desktop.core.register import Register
from lanling_desktop.exchange.data_rows import LeftOut
from lanling_desktop.exchange.headers import Header, HeaderMapping
from lanling_desktop.exchange.workbook import Sheet

NEW, CHANGED, SAME, WRONG = "新增", "修改", "一致", "有误"
HIDDEN = "***"
"""What a masked cell of our own exports holds."""


@dataclass(frozen=True, slots=True)
class CellTrouble:
    """Why a row cannot be taken: the cell ('' for the whole row) and the words."""

    row: int
    column: int | None
    address: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """One value of an existing record that the row would change."""

    key: str
    label: str
    before: str
    after: str


@dataclass(slots=True)
class PlannedRow:
    """One row of the sheet and what becomes of it."""

    number: int
    title: str
    values: Values
    kind: str = NEW
    record_id: str | None = None
    owners: dict[str, str | None] = field(default_factory=dict)
    current: Values | None = None
    changes: tuple[CellChange, ...] = ()
    troubles: tuple[CellTrouble, ...] = ()
    notes: tuple[str, ...] = ()
    also: Values = field(default_factory=dict)  # what the row says besides, if it is new


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The whole of what an import would do; `rows` in the order of the sheet."""

    path: Path
    register: str
    sheet: str
    header: Header
    mapping: Mapping[int, str]  # column number to column key
    rows: tuple[PlannedRow, ...]
    left_out: tuple[LeftOut, ...]
    unknown: tuple[str, ...]  # heads of the columns that are not taken
    notes: tuple[str, ...]
    strange: tuple[str, ...] = ()  # those of them that may hold something: no row numbers

    def count(self, kind: str) -> int:
        """How many rows are of that kind."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def troubles(self) -> tuple[CellTrouble, ...]:
        """Everything that is wrong, in the order of the sheet."""
        return tuple(each for row in self.rows for each in row.troubles)

    @property
    def summary(self) -> str:
        """One line: how many of each."""
        return "，".join(f"{kind} {self.count(kind)} 行" for kind in (NEW, CHANGED, SAME, WRONG))


@dataclass(frozen=True, slots=True)
class Received:
    """A file read as far as its header, with the mapping proposed for it."""

    path: Path
    register: str
    sheet: Sheet
    header: Header
    proposed: HeaderMapping
    mapping: Mapping[int, str]
    remembered: bool
    sheets: tuple[str, ...]
    notes: tuple[str, ...]
    date_1904: bool = False


def fields_for(register: Register) -> dict[str, Field]:
    """The columns a sheet can feed, by key."""
    return {each.key: each.field for each in register.exchange_columns}
