"""The frozen values that cross from the office to screens, papers and the command line.

No SQLAlchemy here: a screen may import this before the database library is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from lanling_desktop.core.field import Field

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register as a screen, sheet or roster sees it.

    `key` is the record's attribute, with the part's name before it where the column belongs to a
    part ("person.name"). `editable` is false for what is derived or belongs to another record.
    """

    key: str
    field: Field
    editable: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value, in words with the cure. A warning can be saved past."""

    key: str
    words: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """Raw input after conversion: values by column key, problems, and notes on what was put right."""

    values: Values
    problems: tuple[Problem, ...]
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Adopted:
    """A link given by the title of a record that is not there yet and will be made."""

    register: str
    title: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a filter: `op` is one of = != contains starts < <= > >= empty filled."""

    key: str
    op: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What a list shows: a register, narrowed and ordered, as of a day.

    `ready` is the key of one of the register's ready filters. `parent` narrows to the rows whose
    link column (first item) holds the id (second). `day` None means today.
    """

    register: str
    text: str = ""
    ready: str = ""
    conditions: tuple[Condition, ...] = ()
    order: str = ""
    descending: bool = False
    day: date | None = None
    community: str = ""
    parent: tuple[str, str] | None = None
    binned: bool = False
    ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as read: values by column key, the text of each as a screen writes it."""

    register: str
    id: str
    title: str
    values: Values
    texts: Mapping[str, str]
    binned_why: str | None = None

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


@dataclass(frozen=True, slots=True)
class Changes:
    """What an act changed: its journal number, its name, and the records it touched."""

    seq: int
    title: str
    records: frozenset[tuple[str, str]] = frozenset()  # (table, id)
    main: str = ""  # id of the record the act was about

    @property
    def tables(self) -> frozenset[str]:
        """Names of the tables touched; a screen reloads when one of its own is among them."""
        return frozenset(table for table, _ in self.records)


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search."""

    register: str
    register_title: str
    id: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One field of one record at one act: who, when, old and new text."""

    seq: int
    at: str
    actor: str
    act: str
    table: str
    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record that may be the same person or thing as the one being typed."""

    id: str
    title: str
    detail: str
    why: str
    certain: bool
    key: str = ""  # the first of the columns that are alike


def frozen(values: Mapping[str, Any]) -> Values:
    """A read-only copy of a mapping."""
    return MappingProxyType(dict(values))
