"""Files as the released versions wrote them (fault 23): brought up to date with all they held.

`files/0001.tar.xz` and so on were made by the code of each release, not by today's migrations:
a handful of records of every kind that it had, odd letters, an act taken back and done again; the
third also a month paid, an attachment, and the trail beside the file.
"""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

import pytest

from lanling_desktop.check import check
from lanling_desktop.core import migrate, schema, store
from lanling_desktop.core.bare import connect
from lanling_desktop.opening import open_office
from tests.safety.desk import KEY

FILES = Path(__file__).with_name("files")
RELEASED = sorted(each.name[:4] for each in FILES.glob("*.tar.xz"))
Held = dict[str, list[tuple[Any, ...]]]


def test_every_released_schema_has_its_file() -> None:
    known = sorted(each.revision for each in migrate.scripts().walk_revisions())
    assert known[: len(RELEASED)] == RELEASED
    assert known[len(RELEASED) :] in ([], [schema.HEAD]), "the newest is added when it is released"


def written(folder: Path, revision: str, key: str | None) -> Path:
    """The file of a release, locked if a key is given."""
    with tarfile.open(FILES / f"{revision}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    path = folder / "旧.lanling"
    if key is None:
        return path
    locked = folder / "锁" / path.name
    locked.parent.mkdir()
    store.reencrypt(path, locked, key=key)
    return locked


def held(
    path: Path, key: str | None, like: Held | None = None
) -> tuple[Held, dict[str, list[str]]]:
    """Every row of every table of records, by the columns given or all there are."""
    connection = connect(path, key=key, untouched=True)
    try:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%binned_at%'"
        tables = [row[0] for row in connection.execute(f"{named} OR name LIKE 'journal%'")]
        columns = {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for table in tables
        }
        rows: Held = {}
        for table in like or columns:
            keys = ", ".join(f'"{each}"' for each in columns[table])
            rows[table] = sorted(connection.execute(f'SELECT {keys} FROM "{table}"'), key=repr)
        return rows, columns
    finally:
        connection.close()


def narrowed(rows: Held, columns: dict[str, list[str]], before: dict[str, list[str]]) -> Held:
    """Rows with the columns that there were before, in their order."""
    found: Held = {}
    for table, keys in before.items():
        at = [columns[table].index(each) for each in keys if each in columns[table]]
        assert len(at) == len(keys), f"{table} has lost {set(keys) - set(columns[table])}"
        found[table] = sorted((tuple(row[n] for n in at) for row in rows[table]), key=repr)
    return found


@pytest.mark.fault(23)
@pytest.mark.parametrize("revision", RELEASED)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_what_a_release_wrote_is_all_there(tmp_path: Path, revision: str, key: str | None) -> None:
    path = written(tmp_path, revision, key)
    old, old_columns = held(path, key)
    assert sum(map(len, old.values())) > 10
    with open_office(path, key=key, actor="王敏") as office:
        (hit,) = office.find("张玉兰")
        person = office.read("person", hit.id)
        assert (person["identity_number"], person["phone"]) == ("34052419800101001X", "13812345678")
        assert [each.title for each in office.find("赵𫖯")]
        faults = [each for each in check(office) if key is None or "附件" not in each.where]
        assert faults == []
        if revision >= "0003":
            paid = office.store.raw("SELECT sum(net) FROM pay_slip")[0][0]
            assert paid > 0
    new, new_columns = held(path, key)
    for table, rows in narrowed(new, new_columns, old_columns).items():
        assert [row for row in old[table] if row not in rows] == [], table
    assert held(migrate.kept_of(path, revision), key) == (old, old_columns)
    with open_office(path, key=key, actor="王敏") as office:
        office.save("person", hit.id, {"phone": "13900000001"}, confirmed=True)
        assert office.undo() is not None
        assert office.read("person", hit.id)["phone"] == "13812345678"
