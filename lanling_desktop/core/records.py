"""Mapped classes: every record of the office derives from `Record`, every column says its Field."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    Date,
    ForeignKey,
    Integer,
    MetaData,
    Row,
    Select,
    String,
    Table,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from lanling_desktop.core.field import Field, Kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

AnySelect = Select[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_TYPES: dict[Kind, type[TypeEngine[Any]]] = {
    Kind.DATE: Date,
    Kind.INTEGER: Integer,
    Kind.MONEY: Integer,
    Kind.YES_NO: Boolean,
}


def new_id() -> str:
    """A UUIDv7 as 32 hex digits: unique over all offices, and in order of making (RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    value = milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62
    return f"{value | random & (1 << 62) - 1:032x}"


class Base(DeclarativeBase):
    """All tables of an office file, records and the office's own."""

    metadata = MetaData(naming_convention=NAMING)


def column(said: Field, *, index: bool = False, unique: bool = False) -> Mapped[Any]:
    """A mapped column that carries its Field; nullable, so that adding one is an easy migration.

    Whether a value is required is the Field's to say and the unit of work's to check.
    """
    foreign = (ForeignKey(f"{said.link}.id"),) if said.kind is Kind.LINK else ()
    kind: Any = String(32) if foreign else _TYPES.get(said.kind, String)
    # Every link is indexed: children are listed by it, and a deletion looks for referents.
    return mapped_column(
        kind,
        *foreign,
        nullable=True,
        index=index or bool(foreign) or None,
        unique=unique or None,
        info={"field": said},
    )


class Record(Base):
    """One kind of thing the office keeps. Subclasses set `title_column`.

    Nothing is deleted: a record is ended by its dates, or put in the recycle bin.
    """

    __abstract__ = True
    title_column = "name"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    # A narrow index of its own: counting the records that are not binned reads little else.
    binned_at: Mapped[str | None] = mapped_column(String, index=True)
    binned_by: Mapped[str | None] = mapped_column(String)
    binned_why: Mapped[str | None] = mapped_column(String)
    extra: Mapped[str | None] = mapped_column(String)  # own columns as JSON: core.own_columns

    def derive(self, session: Session) -> None:
        """Fill computed columns; called by the unit of work before the record is written."""


class Dated:
    """Columns of a link or record that holds from a day to a day.

    It holds on a day when `valid_from <= day` and `valid_to` is empty or later than the day.
    """

    valid_from: Mapped[date | None] = column(
        Field("起始日期", Kind.DATE, aliases=("开始日期", "起")), index=True
    )
    valid_to: Mapped[date | None] = column(Field("终止日期", Kind.DATE, aliases=("结束日期", "止")))
    end_reason: Mapped[str | None] = column(Field("终止原因"))


def class_of(table: str) -> type[Record]:
    """The record class that is mapped to a table."""
    return _classes()[table]


@cache
def _classes() -> dict[str, type[Record]]:
    found = (each.class_ for each in Base.registry.mappers)
    return {each.__tablename__: each for each in found if issubclass(each, Record)}


def table_of(record: type[Record]) -> Table:
    """The table a record class is mapped to."""
    table = record.__table__
    assert isinstance(table, Table)
    return table


@cache
def fields_of(record: type[Record]) -> Mapping[str, Field]:
    """The Fields of a record class by attribute, in the order they were declared."""
    return dict(_fields(table_of(record)))


def _fields(table: Table) -> Iterator[tuple[str, Field]]:
    for each in table.columns:
        said = each.info.get("field")
        if isinstance(said, Field):
            yield each.name, said
