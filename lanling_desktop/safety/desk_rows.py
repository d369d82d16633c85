"""The rows that no journal entry tells of: settings, drafts, saved filters, the print log.

After each commit they are compared with how they were, and only what differs is written.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lanling_desktop.core.store import Store

TABLES = {
    "setting": ("key", ("key", "value")),
    "draft": ("key", ("key", "at", "title", "content")),
    "saved_filter": ("id", ("id", "register", "title", "content")),
}
GROWING = {
    "print_log": (
        "number", "serial", "at", "actor", "paper", "title", "edition", "journal_seq",
        "check_code", "digest", "pdf",
    ),
}  # fmt: skip
"""Tables that only grow, by row number, and their columns."""


class DeskRows:
    """What those tables held when they were last written to the trail."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, dict[str, bytes]] = {}
        self._grown: dict[str, int] = {}
        self._next: tuple[dict[str, dict[str, bytes]], dict[str, int]] | None = None

    @property
    def grown(self) -> dict[str, int]:
        """The last row of each growing table that is written."""
        return self._grown

    def remember(self, grown: dict[str, int] | None = None) -> None:
        """Begin: small tables count as not yet written, growing ones up to the rows of `grown`."""
        self._known = {table: {} for table in TABLES}
        if grown is None:
            ends = {
                table: self._store.raw(f"SELECT max(rowid) FROM {table}")[0][0] for table in GROWING
            }
            grown = {table: end or 0 for table, end in ends.items()}
        self._grown = {table: grown.get(table, 0) for table in GROWING}

    def changed(self) -> dict[str, Any]:
        """Rows that are new or other, and keys that are gone; nothing when all is as it was."""
        rows: dict[str, Any] = {}
        gone: dict[str, list[str]] = {}
        known: dict[str, dict[str, bytes]] = {}
        for table, (_, columns) in TABLES.items():
            now: dict[str, bytes] = {}
            for row in self._read(table, columns):
                now[row[0]] = mark = _mark(row)
                if self._known[table].get(row[0]) != mark:
                    rows.setdefault(table, []).append(row)
            missing = [key for key in self._known[table] if key not in now]
            if missing:
                gone[table] = missing
            known[table] = now
        grown = dict(self._grown)
        for table, columns in GROWING.items():
            where = f" WHERE rowid > {grown[table]} ORDER BY rowid"
            for row in self._read(table, ("rowid", *columns), where):
                rows.setdefault(table, []).append(row[1:])
                grown[table] = row[0]
        self._next = (known, grown)
        return {"rows": rows, "gone": gone, "grown": grown} if rows or gone else {}

    def settle(self) -> None:
        """What `changed` found is written."""
        if self._next is not None:
            self._known, self._grown = self._next

    def _read(self, table: str, columns: tuple[str, ...], more: str = "") -> list[list[Any]]:
        found = self._store.raw(f"SELECT {', '.join(columns)} FROM {table}{more}")
        return [[plain(each) for each in row] for row in found]


def plain(value: Any) -> Any:
    """A stored value as JSON holds it."""
    return {"b64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def stored(value: Any) -> Any:
    """The stored value again."""
    return base64.b64decode(value["b64"]) if isinstance(value, dict) else value


def _mark(row: list[Any]) -> bytes:
    return hashlib.sha256(json.dumps(row, ensure_ascii=False).encode()).digest()
