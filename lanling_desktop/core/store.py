"""The file under the office: one writer, readers beside it, settings as measured (speed.md).

SQLite's own matters (driver, pragmas, backup, full text) are here and in `search`, so that a
later PostgreSQL office changes nothing above. The driver is SQLCipher's: a key can be given
without any caller changing.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool

from lanling_desktop.core import disk, location, schema
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.lock import FileLock, OfficeInUseError
from lanling_desktop.core.plain import Adopted
from lanling_desktop.core.records import AnyRow, AnySelect

_MAGIC = b"SQLite format 3\0"
_DAMAGED = ("malformed", "not a database", "disk I/O", "Could not decode")
# A link to what is still to be made: to a rule that looks it up, no record has it yet.
driver.register_adapter(Adopted, lambda _made: None)
_PAGES = 1_000  # copied at once; between two such steps a cancelled backup stops


class Store:
    """An open office file: a lock, one writing connection, a few reading ones."""

    def __init__(
        self,
        path: Path,
        *,
        key: str | None = None,
        read_only: bool = False,
        unwritable: bool = False,
    ) -> None:
        self.path = path
        self.key = key
        self.unwritable = unwritable  # nothing can be written where it lies, not even a lock
        self.read_only = read_only or unwritable  # a damaged file is only looked at
        self.after_commit: list[Callable[[], None]] = []
        self.before_close: list[Callable[[], None]] = []
        self._lock = FileLock(path)
        if not unwritable:
            try:
                self._lock.acquire()
            except OfficeInUseError:
                if not read_only:  # beside another's window it can only be read
                    raise
        if not self.read_only and not location.keeps_log(path.parent):
            _fold_log_in(path, key)
        self._writing = threading.RLock()
        self._writer = self._engine(read_only=read_only)
        self._reader = self._engine(read_only=True)
        self._local = threading.local()
        self._minds_links = True

    @classmethod
    def create(cls, path: Path, *, key: str | None = None) -> Store:
        """Make a new office file with every table of the present schema."""
        if path.exists():
            raise OfficeError(
                f"{path.name} 已经存在", "原文件没有改动", "请换一个文件名，或直接打开这个文件"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.new")
        disk.discard(draft)
        connection = connect(draft, key=key)
        try:
            schema.create(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        disk.give_name(draft, path)
        return cls(path, key=key)

    @classmethod
    def open(cls, path: Path, *, key: str | None = None) -> Store:
        """Open an office file, migrating an older one through a verified copy.

        Raises `OfficeError` when it is missing, foreign, newer, or open elsewhere.
        """
        _check_is_ours(path, encrypted=key is not None)
        store = cls(path, key=key)
        try:
            store._migrate_if_older()
        except BaseException:
            store.read_only = True  # what is refused is not even tidied up
            store.close()
            raise
        return store

    @classmethod
    def look(cls, path: Path, *, key: str | None = None) -> Store:
        """Open an office file where nothing can be written, to be read.

        Raises `OfficeError` when it is foreign, or of another version: it cannot be migrated there.
        """
        _check_is_ours(path, encrypted=key is not None)
        store = cls(path, key=key, unwritable=True)
        revision = store._revision()
        if revision != schema.HEAD:
            store.close()
            raise OfficeError(
                f"{path.name} 是另一个版本的数据文件（数据版本 {revision or '不明'}），"
                "而它所在的地方不允许写入，不能升级",
                "没有改动任何数据",
                "请把它连同旁边的文件复制到能写的文件夹，再从那里打开",
            )
        return store

    def _revision(self) -> str:
        try:
            connection = connect(
                self.path, key=self.key, read_only=True, unchanging=self.unwritable
            )
        except driver.DatabaseError as trouble:
            if self.key is None:
                raise translate(trouble) from trouble
            raise OfficeError(
                "密码不对，打不开这个数据文件", "没有改动任何数据", "请重新输入密码"
            ) from trouble
        try:
            return schema.revision(connection)
        finally:
            connection.close()

    def _migrate_if_older(self) -> None:
        revision = self._revision()
        if revision != schema.HEAD:
            from lanling_desktop.core import migrate

            migrate.upgrade(self.path, revision, key=self.key)

    def _engine(self, *, read_only: bool) -> Engine:
        def creator() -> Any:
            return connect(
                self.path,
                key=self.key,
                read_only=read_only,
                untouched=self.read_only,
                unchanging=self.unwritable,
            )

        if read_only:
            engine = create_engine(
                "sqlite://", module=driver, creator=creator, poolclass=QueuePool, pool_size=4
            )
        else:
            engine = create_engine(
                "sqlite://", module=driver, creator=creator, poolclass=StaticPool
            )
        begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql(begin)

        return engine

    @contextlib.contextmanager
    def writing(self, *, loose: bool = False) -> Iterator[Session]:
        """A session in a write transaction: committed at the end, rolled back on any exception.

        `loose` lets links lead nowhere, where a repair of such is taken back.
        """
        if self.read_only:
            cure = "请先从备份恢复，或救出能读的记录"
            if self.unwritable:
                cure = "请把数据文件连同旁边的文件复制到能写的文件夹，再从那里打开"
            raise OfficeError("数据文件现在是只读打开的，没有保存", "没有改动任何数据", cure)
        with self._writing:
            self._mind_links(not loose)
            session = Session(self._writer, expire_on_commit=False, autoflush=False)
            self._local.session = session
            stuck = False
            try:
                # Records refer to each other by id: links are checked when the act is whole.
                session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                yield session
                session.commit()
            except BaseException as trouble:
                session.rollback()
                stuck = _breaks(getattr(trouble, "orig", None))
                raise translate(trouble) from trouble
            finally:
                self._local.session = None
                session.close()
                if (
                    stuck
                ):  # SQLite falls back to reading when a file is held for a moment, and stays so
                    self._writer.dispose()
                    self._minds_links = True
            for each in self.after_commit:
                each()

    def _mind_links(self, mind: bool) -> None:
        """Whether SQLite checks links from the next transaction on."""
        if mind == self._minds_links:
            return
        with self._writer.connect() as connection:
            bare = connection.connection.driver_connection
            assert bare is not None
            bare.execute(f"PRAGMA foreign_keys = {'ON' if mind else 'OFF'}")
        self._minds_links = mind

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with _translated(), self._reader.connect() as connection:
                yield connection
        except OfficeError:
            self._reader.dispose()  # one that met a pulled disk stays broken when it is back
            raise

    def rows(
        self, statement: AnySelect, bound: Mapping[str, Any] | None = None
    ) -> Sequence[AnyRow]:
        """Rows of plain columns; inside this thread's own act, as the act sees them so far.

        `bound` are the values of a statement that is kept and asked again.
        """
        session: Session | None = getattr(self._local, "session", None)
        if session is not None:
            session.flush()
            return session.execute(statement, bound or {}).all()
        with self._reading() as connection:
            return connection.execute(statement, bound).all()

    def raw(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Rows of SQLite's own SQL (full text); reads only."""
        session: Session | None = getattr(self._local, "session", None)
        if session is not None:
            session.flush()
            return list(session.connection().exec_driver_sql(sql, tuple(parameters)))
        with self._reading() as connection:
            return list(connection.exec_driver_sql(sql, tuple(parameters)))

    def streamed(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Rows of SQLite's own SQL as committed, one after another, however many there are."""
        with self._reading() as connection:
            yield from connection.exec_driver_sql(sql, tuple(parameters))

    def backup(self, target: Path, step: Callable[[int, int], None] | None = None) -> None:
        """A whole verified copy by SQLite's backup API; appears whole or not at all.

        Acts go on beside it: the copy is of the moment it was begun.
        """
        copy(self.path, target, key=self.key, step=step)

    def tune(self) -> None:
        """Let SQLite count what its indexes hold, after much was written; readers start anew."""
        if self.read_only:
            return
        with self._writing, self._writer.connect() as connection:
            connection.execute(text("PRAGMA analysis_limit = 2000"))
            connection.execute(text("PRAGMA optimize"))
            connection.commit()
        self._reader.dispose()

    def scour(self) -> None:
        """Write the file anew without what was deleted: nothing of it stays between the records.

        Raises `OfficeError` when the disk has no room for it.
        """
        self._reader.dispose()
        with self._writing, _translated(), self._writer.connect() as connection:
            bare = connection.connection.driver_connection
            assert bare is not None
            bare.execute("INSERT INTO search_text(search_text) VALUES ('optimize')")
            bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            bare.execute("VACUUM")
            bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Fold the log into the file and let go of it."""
        for each in self.before_close:
            each()
        with contextlib.suppress(Exception):
            self.tune()
        self._reader.dispose()
        self._writer.dispose()
        self._lock.release()


def _fold_log_in(path: Path, key: str | None) -> None:
    """Give a file that had a log beside it the way of writing of its new place.

    A share cannot carry the log's shared memory, so this is done by one who has the file alone.
    """
    with contextlib.suppress(driver.Error):  # whatever is wrong is said where it is opened
        connection = driver.connect(str(path), isolation_level=None, timeout=5)
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if key:
                connection.execute("PRAGMA cipher_log_level = NONE")
                connection.execute(f"PRAGMA key = \"x'{key}'\"")
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        finally:
            connection.close()


def copy(
    source: Path,
    target: Path,
    *,
    key: str | None = None,
    step: Callable[[int, int], None] | None = None,
) -> None:
    """Copy a database that may be in use, check the copy, then give it its name.

    `step` hears how many pages of how many are copied; an exception out of it cancels the copy.
    """
    draft = disk.draft_of(target)
    disk.discard(draft)
    try:
        _copy_pages(source, draft, key, step)
        disk.give_name(draft, target)
    finally:
        disk.discard(draft)


def _copy_pages(
    source: Path, draft: Path, key: str | None, step: Callable[[int, int], None] | None
) -> None:
    reading = connect(source, key=key, read_only=True)
    writing = connect(draft, key=key)
    try:
        # One read transaction over all steps: a writer beside it cannot make the copy begin anew.
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
        heard = step or (lambda _done, _all: None)
        reading.backup(
            writing, pages=_PAGES, progress=lambda _, left, total: heard(total - left, total)
        )
        verdict = writing.execute("PRAGMA quick_check").fetchone()[0]
        writing.execute("PRAGMA journal_mode = DELETE")
    finally:
        reading.close()
        writing.close()
    if verdict != "ok":
        raise OfficeError(
            f"{source.name} 的数据检查没有通过",
            "原文件没有改动",
            "请从最近的备份恢复，或联系维护人员",
        )


def reencrypt(source: Path, target: Path, *, key: str) -> None:
    """Write an open file anew under a key, check it, leave the old one as it is.

    SQLCipher's own export: neither the backup API nor a rekey turns a plain file into a locked one.
    """
    disk.discard(target)
    reading = connect(source, read_only=False)
    try:
        reading.execute("ATTACH DATABASE ? AS locked KEY ?", (str(target), f"x'{key}'"))
        reading.execute("SELECT sqlcipher_export('locked')")
        reading.execute("DETACH DATABASE locked")
    finally:
        reading.close()
    writing = connect(target, key=key)
    try:
        if writing.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise OfficeError("上锁没有成功", "原文件没有改动", "请先备份，再试一次")
        writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        writing.execute("PRAGMA journal_mode = DELETE")
    finally:
        writing.close()


def _check_is_ours(path: Path, *, encrypted: bool) -> None:
    if not path.is_file():
        raise OfficeError(
            f"找不到 {path}", "没有改动任何数据", "请检查文件是否被移走，或从备份恢复"
        )
    with path.open("rb") as file:
        head = file.read(16)
    if not encrypted and head != _MAGIC:
        raise OfficeError(
            f"{path.name} 不是本程序的数据文件",
            "没有向它写入任何内容",
            "请选择后缀为 .lanling 的文件",
        )


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Trouble of the file while it is read, in words."""
    try:
        yield
    except (driver.Error, DBAPIError, UnicodeEncodeError) as trouble:
        said = translate(trouble)
        if said is trouble:
            raise
        raise said from trouble


def translate(trouble: BaseException) -> BaseException:
    """Sort a database error: the user's world becomes an `OfficeError`, the rest stays a bug."""
    if isinstance(trouble, UnicodeEncodeError):
        return _half_a_character()
    return _translated_error(getattr(trouble, "orig", None) or trouble, trouble)


def _breaks(trouble: object) -> bool:
    """Whether a connection may be no good any more after such an error."""
    refused = (driver.IntegrityError, driver.ProgrammingError, driver.DataError)
    return isinstance(trouble, driver.DatabaseError) and not isinstance(trouble, refused)


def _half_a_character() -> OfficeError:
    return OfficeError(
        "文字里有半个字，存不进去", "以前的记录都在，内容仍在窗口中", "请删掉那个字，重新输入"
    )


def _translated_error(original: BaseException, trouble: BaseException) -> BaseException:
    if not isinstance(original, driver.Error):
        return trouble
    words = str(original)
    if "full" in words:
        return OfficeError(
            "磁盘已满，本次未保存", "以前的记录都在，内容仍在窗口中", "请腾出空间后再按保存"
        )
    if "locked" in words or "busy" in words:
        return OfficeError(
            "数据文件正被占用，本次未保存", "以前的记录都在，内容仍在窗口中", "请稍等片刻再按保存"
        )
    if "readonly" in words or "unable to open" in words:
        return OfficeError(
            "数据文件不能写入，本次未保存", "以前的记录都在", "请检查文件夹权限或磁盘是否还在"
        )
    if any(each in words for each in _DAMAGED):
        return OfficeError(
            "数据文件读写出错，可能已损坏", "已停止写入，没有改动", "请从最近的备份恢复"
        )
    return trouble
