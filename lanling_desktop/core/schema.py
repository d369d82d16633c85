"""The shape of the file: its revision, and how a new file gets every table at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

if TYPE_CHECKING:
    from sqlalchemy import Engine

HEAD = "0004"
"""The newest migration. Compared as text, so that Alembic is not loaded when nothing is to do."""

FULL_TEXT = (
    "CREATE VIRTUAL TABLE search_text USING fts5("
    "tokens, content='', contentless_delete=1, detail=full, tokenize='unicode61 remove_diacritics 0')"
)


def create(connection: Any) -> None:
    """Make every table of the present schema on an empty database.

    The record classes must have been imported (`catalogue.load`). A test holds that this gives
    the same schema as running every migration.
    """
    from lanling_desktop.core.records import Base

    with engine_over(connection).begin() as transaction:
        Base.metadata.create_all(transaction)
        transaction.exec_driver_sql(FULL_TEXT)
        transaction.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        transaction.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{HEAD}')")


def engine_over(connection: Any) -> Engine:
    """An engine over one bare connection in autocommit: transactions begin by name, so that
    even the making of tables is taken back when something fails.
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    engine = create_engine(
        "sqlite://", module=driver, creator=lambda: connection, poolclass=StaticPool
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def revision(connection: Any) -> str:
    """The revision a file is at; '' when it is no office file."""
    known = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    ).fetchone()[0]
    if not known:
        return ""
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""
