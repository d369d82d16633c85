"""The file: foreign, newer and doubly opened ones are refused in words; backups are whole."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from lanling_desktop import catalogue
from lanling_desktop.core import migrate, schema, store
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.lock import OfficeInUseError, beside
from lanling_desktop.core.office import Office
from lanling_desktop.core.store import Store


@pytest.fixture(autouse=True)
def _tables() -> None:
    catalogue.registers()


def shape(connection: object) -> list[tuple[str, str]]:
    rows = connection.execute(  # type: ignore[attr-defined]
        "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'search_text_%' ORDER BY 1, 2"
    ).fetchall()
    return [tuple(row) for row in rows]


def columns(connection: object, table: str) -> set[tuple[object, ...]]:
    rows = connection.execute(f"PRAGMA table_info('{table}')").fetchall()  # type: ignore[attr-defined]
    return {(row[1], row[2], row[3], row[5]) for row in rows}


def test_running_every_migration_gives_the_schema_of_the_models(tmp_path: Path) -> None:
    made = store.connect(tmp_path / "made.lanling")
    schema.create(made)
    migrated_path = tmp_path / "migrated.lanling"
    migrated = store.connect(migrated_path)
    with schema.engine_over(migrated).begin() as connection:
        migrate.run(connection, "heads")
    assert schema.revision(migrated) == schema.revision(made) == schema.HEAD
    assert shape(migrated) == shape(made)
    for kind, name in shape(made):
        if kind == "table" and name != "search_text":
            assert columns(migrated, name) == columns(made, name), name
    made.close()
    migrated.close()


def test_the_head_said_in_code_is_the_newest_script() -> None:
    assert migrate.scripts().get_current_head() == schema.HEAD


def test_a_foreign_file_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "名单.lanling"
    path.write_bytes(b"PK\x03\x04" + b"x" * 5000)
    with pytest.raises(OfficeError, match="不是本程序的数据文件"):
        Store.open(path)
    assert path.read_bytes() == b"PK\x03\x04" + b"x" * 5000


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.lanling"
    other = driver.connect(str(path))
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()
    with pytest.raises(OfficeError, match="不是本程序的数据文件"):
        Store.open(path)


def test_a_newer_file_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "新.lanling"
    Store.create(path).close()
    newer = driver.connect(str(path))
    newer.execute("UPDATE alembic_version SET version_num = '9001'")
    newer.commit()
    newer.close()
    with pytest.raises(OfficeError) as refused:
        Store.open(path)
    assert "9001" in str(refused.value)
    assert schema.HEAD in str(refused.value)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="找不到"):
        Store.open(tmp_path / "没有.lanling")


def test_an_existing_file_is_never_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "办公室.lanling"
    Store.create(path).close()
    before = path.read_bytes()
    with pytest.raises(OfficeError, match="已经存在"):
        Store.create(path)
    assert path.read_bytes() == before


_HOLD = """
import sys, pathlib
from lanling_desktop import catalogue
from lanling_desktop.core.store import Store
catalogue.registers()
store = Store.open(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_file_opened_in_one_thread_is_given_up_by_another(tmp_path: Path) -> None:
    opened: list[Store] = []
    thread = threading.Thread(target=lambda: opened.append(Store.create(tmp_path / "a.lanling")))
    thread.start()
    thread.join()
    opened[0].close()
    assert not beside(tmp_path / "a.lanling", "user").exists()
    Store.open(tmp_path / "a.lanling").close()


@pytest.mark.fault(34)
def test_two_processes_do_not_share_a_file_and_a_dead_one_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "共用.lanling"
    Store.create(path).close()
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"open"
    with pytest.raises(OfficeInUseError, match=r"已经由 .* 在本机打开（自"):
        Store.open(path)
    holder.kill()
    holder.communicate()
    Store.open(path).close()


def test_a_backup_taken_while_open_holds_every_committed_record(
    desk_office: Office, tmp_path: Path
) -> None:
    target = tmp_path / "备份.lanling"
    desk_office.store.backup(target)
    copied = store.connect(target, read_only=True)
    assert copied.execute("SELECT name FROM community").fetchall() == [("向阳社区",)]
    copied.close()


def test_the_writer_is_durable_and_checks_links(desk_office: Office) -> None:
    with desk_office.store.writing() as session:
        connection = session.connection()
        ask = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert ask == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_the_driver_has_the_fixed_log_reset(desk_office: Office) -> None:
    assert tuple(map(int, driver.sqlite_version.split("."))) >= (3, 51, 3)


def test_a_full_disk_is_the_users_world() -> None:
    said = store.translate(driver.OperationalError("database or disk is full"))
    assert isinstance(said, OfficeError)
    assert "磁盘已满" in said.what


def test_a_key_locks_the_whole_file_and_changes_no_caller(tmp_path: Path) -> None:
    path, key = tmp_path / "锁.lanling", "ab" * 32
    registers = catalogue.registers()
    with Office(Store.create(path, key=key), registers) as office:
        office.save("community", None, {"name": "向阳社区"})
        office.store.backup(tmp_path / "备份.lanling")
    for each in (path, tmp_path / "备份.lanling"):
        assert b"SQLite format" not in each.read_bytes()
        assert "向阳社区".encode() not in each.read_bytes()
    with Office(Store.open(path, key=key), registers) as office:
        assert [hit.title for hit in office.find("xysq")] == ["向阳社区"]
    with pytest.raises(OfficeError, match="不是本程序的数据文件"):
        Store.open(path)
    with pytest.raises(OfficeError, match="密码"):
        Store.open(path, key="cd" * 32)
