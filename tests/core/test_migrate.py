"""An older file is brought up on a checked copy; whatever goes wrong, the old file is untouched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lanling_desktop import catalogue
from lanling_desktop.core import bare, migrate, schema
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.store import Store
from lanling_desktop.opening import create_office

SCRIPT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{revision}", "{down}", None, None
def upgrade():
    {upgrade}
def downgrade():
    pass
"""


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a later program: the present ones and what a test adds."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "FOLDER", folder)
    return folder / "versions"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "旧 办公室.lanling"
    with create_office(path) as office:
        office.save("community", None, {"name": "向阳社区"})
    return path


def add(folder: Path, revision: str, down: str, upgrade: str) -> None:
    text = SCRIPT.format(revision=revision, down=down, upgrade=upgrade)
    (folder / f"{revision}.py").write_text(text, encoding="utf-8")


def names(path: Path, column: str = "name") -> list[object]:
    connection = bare.connect(path, read_only=True)
    try:
        return [row[0] for row in connection.execute(f"SELECT {column} FROM community")]
    finally:
        connection.close()


def files(folder: Path) -> set[str]:
    """What lies there but for the lock, which is the operating system's and may stay."""
    return {f.name for f in folder.iterdir() if f.is_file() and not f.name.endswith(".lock")}


def test_records_are_carried_and_the_old_file_is_kept(later: Path, older: Path) -> None:
    steps = 'op.add_column("community", sa.Column("motto", sa.String()))'
    add(later, "9002", schema.HEAD, steps)
    migrate.upgrade(older, schema.HEAD, to="9002")
    assert names(older) == ["向阳社区"]
    assert names(older, "motto") == [None]
    kept = older.with_name(f"旧 办公室.升级前-{schema.HEAD}.lanling")
    assert names(kept) == ["向阳社区"]
    assert files(older.parent) == {older.name, kept.name}, "no half file, no stray log"


def test_a_migration_that_fails_half_way_changes_nothing(later: Path, older: Path) -> None:
    before = older.read_bytes()
    steps = 'op.add_column("community", sa.Column("motto", sa.String())); op.execute("NONSENSE")'
    add(later, "9002", schema.HEAD, steps)
    with pytest.raises(Exception, match="NONSENSE"):
        migrate.upgrade(older, schema.HEAD, to="9002")
    assert older.read_bytes() == before
    assert files(older.parent) == {older.name}


def test_a_migration_that_orphans_a_link_is_not_swapped_in(later: Path, older: Path) -> None:
    before = older.read_bytes()
    steps = "op.execute(\"INSERT INTO compound (id, community_id) VALUES ('c', 'nobody')\")"
    add(later, "9002", schema.HEAD, steps)
    with pytest.raises(OfficeError, match="检查没有通过"):
        migrate.upgrade(older, schema.HEAD, to="9002")
    assert older.read_bytes() == before


def test_opening_an_older_file_migrates_it_first(
    later: Path, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(later, "9002", schema.HEAD, 'op.add_column("community", sa.Column("motto", sa.String()))')
    monkeypatch.setattr(schema, "HEAD", "9002")
    monkeypatch.setattr(migrate.upgrade, "__kwdefaults__", {"key": None, "to": "9002"})
    catalogue.registers()
    Store.open(older).close()
    assert names(older, "motto") == [None]
