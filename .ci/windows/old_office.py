"""`old_office.py FILE`: an office of the first revision with one person in it; with `check` after
it, whether that file is of the present revision and still holds the person. For the installer's
round: what a newer program makes of an office that an older one left.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lanling_desktop.core import migrate, schema
from lanling_desktop.core.bare import connect

FIRST = "0001"


def make(path: Path) -> None:
    """The old file."""
    made = connect(path)
    with schema.engine_over(made).begin() as connection:
        migrate.run(connection, FIRST)
    made.execute("INSERT INTO person (id, name) VALUES ('p1', '甄旧版')")
    made.execute("PRAGMA journal_mode = DELETE")
    made.close()


def check(path: Path) -> None:
    """Both files: the one carried over, and the copy as it was."""
    for each, wanted in ((path, schema.HEAD), (migrate.kept_of(path, FIRST), FIRST)):
        opened = connect(each)
        (revision,) = next(opened.execute("SELECT version_num FROM alembic_version"))
        names = [name for (name,) in opened.execute("SELECT name FROM person")]
        opened.close()
        assert (revision, names) == (wanted, ["甄旧版"]), (each.name, revision, names)


if __name__ == "__main__":
    (check if "check" in sys.argv[2:] else make)(Path(sys.argv[1]))
