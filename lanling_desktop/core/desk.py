"""What the desk remembers between days: settings, drafts, saved filters, mappings of sheets.

None of it is a record: it is not journalled, and losing it would cost convenience, not truth.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Integer, String, cast, delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, mapped_column

from lanling_desktop.core.plain import Condition, View
from lanling_desktop.core.records import Base, new_id
from lanling_desktop.standards.text import whole

if TYPE_CHECKING:
    from lanling_desktop.core.clock import Clock
    from lanling_desktop.core.store import Store


class Setting(Base):
    """One setting of the office, as JSON."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String, primary_key=True)
    value: Mapped[str] = mapped_column(String)


class DraftRow(Base):
    """A half-filled form, kept while it is typed."""

    __tablename__ = "draft"

    key: Mapped[str] = mapped_column(String, primary_key=True)
    at: Mapped[str] = mapped_column(String)
    title: Mapped[str] = mapped_column(String)
    content: Mapped[str] = mapped_column(String)


class SavedFilterRow(Base):
    """A filter the clerk gave a name."""

    __tablename__ = "saved_filter"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    register: Mapped[str] = mapped_column(String)
    title: Mapped[str] = mapped_column(String)
    content: Mapped[str] = mapped_column(String)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as offered after a crash: `key` names the form it belongs to."""

    key: str
    at: str
    title: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A saved filter: a view under a name."""

    id: str
    title: str
    view: View


def number(key: str, default: int) -> ColumnElement[int]:
    """A setting that is a number, in SQL: for rules and filters, which have no desk."""
    kept = select(cast(Setting.value, Integer)).where(Setting.key == key).scalar_subquery()
    return func.coalesce(kept, default)


class Desk:
    """The desk of one open office."""

    def __init__(self, store: Store, clock: Clock, put: Callable[[], None] = lambda: None) -> None:
        self._store = store
        self._clock = clock
        self._put = put  # told of every setting: a filter may count by it

    def get(self, key: str, default: Any = None) -> Any:
        """A setting, or the default."""
        rows = self._store.rows(select(Setting.value).where(Setting.key == key))
        return json.loads(rows[0][0]) if rows else default

    def put(self, key: str, value: Any) -> None:
        """Remember a setting; `value` is anything JSON holds."""
        self._upsert(Setting, "key", {"key": key, "value": _dump(value)})
        self._put()

    def stamp(self) -> str:
        """Now, as a draft says when it was kept."""
        return self._clock.stamp()

    def keep_draft(self, key: str, title: str, content: dict[str, Any]) -> None:
        """Keep what has been typed into a form so far."""
        row = {"key": key, "at": self._clock.stamp(), "title": title, "content": _dump(content)}
        self._upsert(DraftRow, "key", row)

    def drop_draft(self, key: str) -> None:
        """Forget a draft: its form was saved or given up."""
        if self._store.read_only:
            return
        with self._store.writing() as session:
            session.execute(delete(DraftRow).where(DraftRow.key == key))

    def drafts(self) -> list[Draft]:
        """All drafts, newest first."""
        columns = (DraftRow.key, DraftRow.at, DraftRow.title, DraftRow.content)
        rows = self._store.rows(select(*columns).order_by(DraftRow.at.desc()))
        return [Draft(key, at, title, _load(content)) for key, at, title, content in rows]

    def save_filter(self, title: str, view: View) -> SavedFilter:
        """Give a view a name; one of the same name in the same register is replaced."""
        old = next((f for f in self.filters(view.register) if f.title == title), None)
        row = {
            "id": old.id if old else new_id(),
            "register": view.register,
            "title": title,
            "content": _dump(asdict(view)),
        }
        self._upsert(SavedFilterRow, "id", row)
        return SavedFilter(row["id"], title, view)

    def drop_filter(self, filter_id: str) -> None:
        """Forget a saved filter."""
        with self._store.writing() as session:
            session.execute(delete(SavedFilterRow).where(SavedFilterRow.id == filter_id))

    def filters(self, register: str) -> list[SavedFilter]:
        """The saved filters of a register, oldest first."""
        kept = SavedFilterRow
        rows = self._store.rows(
            select(kept.id, kept.title, kept.content)
            .where(kept.register == register)
            .order_by(kept.id)
        )
        return [SavedFilter(key, title, _view(_load(content))) for key, title, content in rows]

    def _upsert(self, kind: type[Base], key: str, row: dict[str, Any]) -> None:
        if self._store.read_only:  # the desk of a damaged file remembers nothing more
            return
        changed = {name: value for name, value in row.items() if name != key}
        statement = insert(kind).values(**row)
        with self._store.writing() as session:
            session.execute(statement.on_conflict_do_update(index_elements=[key], set_=changed))


def _view(content: dict[str, Any]) -> View:
    content["conditions"] = tuple(Condition(**each) for each in content["conditions"])
    content["parent"] = tuple(content["parent"]) if content["parent"] else None
    content["ids"] = tuple(content["ids"]) if content["ids"] is not None else None
    content["day"] = date.fromisoformat(content["day"]) if content["day"] else None
    return View(**content)


def _dump(value: Any) -> str:
    return whole(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not JSON: {value!r}")


def _load(value: str) -> Any:
    return json.loads(value)
