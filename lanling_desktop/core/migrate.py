"""From an older file to the present schema: on a verified copy, swapped in when it is sound.

The old file is kept as 升级前-<revision>. Alembic is loaded here only, so not at all in a start
that has nothing to migrate.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from lanling_desktop.core import disk, schema, store
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError

FOLDER = Path(__file__).parent / "migrations"


def scripts() -> ScriptDirectory:
    """The migrations shipped with this program."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return ScriptDirectory.from_config(config)


def upgrade(path: Path, revision: str, *, key: str | None = None, to: str = schema.HEAD) -> None:
    """Bring an office file from `revision` to `to`. The file is untouched until all is checked.

    Raises `OfficeError` when the file is foreign or newer than this program, naming both versions,
    or when the disk refuses.
    """
    known = {each.revision for each in scripts().walk_revisions()}
    if not revision:
        raise OfficeError(
            f"{path.name} 不是本程序的数据文件",
            "没有向它写入任何内容",
            "请选择后缀为 .lanling 的文件",
        )
    if revision not in known:
        raise OfficeError(
            f"这个数据文件是较新的程序写的（数据版本 {revision}，本程序只认到 {schema.HEAD}）",
            "没有改动任何数据",
            "请用较新的程序打开它",
        )
    draft = path.with_name(f".{path.name}.{os.getpid()}.upgrade")
    disk.require_room(path.parent, path.stat().st_size, "升级")
    disk.discard(draft)  # a power cut leaves one, and process numbers come again
    try:
        store.copy(path, draft, key=key)
        _migrate(draft, key, to)
        store.copy(path, kept_of(path, revision), key=key)
        _without_log(path, key)
        disk.give_name(draft, path)
    except (OSError, SQLAlchemyError, driver.Error) as trouble:
        if not isinstance(trouble, OSError) and store.translate(trouble) is trouble:
            raise  # a bug of ours, and not the disk's doing
        raise OfficeError(
            f"{path.name} 没有升级成，磁盘可能满了或不许写入",
            "原文件没有改动",
            "请腾出空间或检查文件夹权限，再打开一次",
        ) from trouble
    finally:
        disk.discard(draft)


def kept_of(path: Path, revision: str) -> Path:
    """Where the file as it was before an upgrade from `revision` is kept."""
    return path.with_name(f"{path.stem}.升级前-{revision}{path.suffix}")


def _migrate(draft: Path, key: str | None, to: str) -> None:
    connection = connect(draft, key=key)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        with schema.engine_over(connection).begin() as transaction:
            run(transaction, to)
        connection.execute("PRAGMA foreign_keys = ON")
        _verify(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()


def run(connection: Connection, to: str) -> None:
    """Run the migrations from where the database stands to `to`, in the caller's transaction."""
    directory = scripts()

    def steps(revision: Any, _context: MigrationContext) -> Any:
        return directory._upgrade_revs(to, revision)

    options = {"fn": steps, "script": directory, "transactional_ddl": True}
    context = MigrationContext.configure(connection, opts=options)
    with Operations.context(context):
        context.run_migrations()


def _verify(connection: Any) -> None:
    verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if verdict != "ok" or orphans:
        raise OfficeError(
            "数据文件升级后的检查没有通过", "原文件没有改动", "请联系维护人员，仍可用旧程序打开"
        )


def _without_log(path: Path, key: str | None) -> None:
    """Fold the old file's log into it, so that none is left to be taken for the new file's."""
    connection = connect(path, key=key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
