"""Alembic's entry for the maintainers' command line (`alembic revision --autogenerate`).

The program itself migrates through `core.migrate` and never runs this file.
"""

from __future__ import annotations

import sqlcipher3.dbapi2 as driver
from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from lanling_desktop import catalogue
from lanling_desktop.core import migrate
from lanling_desktop.core.records import Base

catalogue.registers()
engine = create_engine(
    "sqlite://", module=driver, connect_args={"isolation_level": None}, poolclass=StaticPool
)
with engine.connect() as connection:
    # The models are compared with what the migrations so far build in an empty database.
    migrate.run(connection, "heads")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        include_object=lambda _o, name, *_: not str(name).startswith("search_text"),
    )
    with context.begin_transaction():
        context.run_migrations()
