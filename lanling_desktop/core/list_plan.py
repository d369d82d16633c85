"""A list's first page, small enough to be loaded before the first rows are painted."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ListPlan:
    """A list's first page as bare SQL, so that it can be shown before SQLAlchemy is loaded."""

    register: str
    title: str
    sql: str
    columns: tuple[tuple[str, float, bool], ...]  # label, width in mm, right-aligned
    kinds: tuple[str, ...]
    total: int
    rows: tuple[tuple[str, ...], ...] = field(default=())
