"""The last list as bare SQL, so that the next start shows its rows before SQLAlchemy is loaded.

Nothing here is truth: whatever is missing, old or odd makes `peek` return None, and the list is
shown a second later by the office itself.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from lanling_desktop.core import schema
from lanling_desktop.core.display import display
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.list_plan import ListPlan

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office
    from lanling_desktop.core.plain import View

SETTING = "first_view"
ROWS = 40
# Stands for today in the statement kept; a list that reckons with the day in another way than
# comparing with it, or with the first of its year, is not kept at all.
_DAY = date(4444, 4, 4)


def remember(office: Office, view: View | None) -> None:
    """Keep the first rows of a view as one statement with literal values; None keeps nothing."""
    office.desk.put(SETTING, _kept(office, view) if view is not None else None)


def _kept(office: Office, view: View) -> dict[str, Any] | None:
    from sqlalchemy.dialects import sqlite

    from lanling_desktop.core.listing import Listing

    register = office.registers.get(view.register)
    if register is None or view.ids is not None or view.day is not None:
        return None
    listing = Listing(view, register, office.registers, _DAY)
    page = listing.page(0, ROWS, keys=register.columns)
    sql = str(page.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    said = [each.field for each in register.list_columns]
    return {
        "head": schema.HEAD,
        "register": register.key,
        "title": register.title,
        "sql": sql,
        "columns": [[f.label, f.width_mm, f.numeric, f.kind.value, f.sensitive] for f in said],
        "total": office.count(view),
    }


def peek(path: Path, today: date, *, key: str | None = None) -> ListPlan | None:
    """The last list of an office file with its first rows, masked; None where it cannot be had.

    Opens nothing for writing. A file with a log beside it did not end its day in order, or is
    open elsewhere: it is left to the office's own opening.
    """
    if not path.is_file() or path.with_name(f"{path.name}-wal").exists():
        return None
    try:
        connection = driver.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
        try:
            if key:
                connection.execute(f"PRAGMA key = \"x'{key}'\"")
            return _read(connection, today)
        finally:
            connection.close()
    except (driver.Error, ValueError, KeyError, TypeError):
        return None


def _read(connection: Any, today: date) -> ListPlan | None:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    found = connection.execute("SELECT value FROM setting WHERE key = ?", (SETTING,)).fetchone()
    kept = json.loads(found[0]) if found else None
    if not kept or kept["head"] != schema.HEAD:
        return None
    sql = kept["sql"].replace(f"'{_DAY}'", f"'{today}'")
    sql = sql.replace(f"'{_DAY.year}-01-01'", f"'{today.year}-01-01'")
    if str(_DAY.year) in sql or str(_DAY.year - 1) in sql:
        return None
    fields = [Field(label, Kind(kind), sensitive=s) for label, _, _, kind, s in kept["columns"]]
    plan = ListPlan(
        register=kept["register"],
        title=kept["title"],
        sql=sql,
        columns=tuple((label, width, right) for label, width, right, _, _ in kept["columns"]),
        kinds=tuple(kind for _, _, _, kind, _ in kept["columns"]),
        total=kept["total"],
    )
    rows = connection.execute(sql).fetchall()
    shown = (
        (row[0], *(display(f, v, masked=True) for f, v in zip(fields, row[1:], strict=True)))
        for row in rows
    )
    return replace(plan, rows=tuple(shown))
