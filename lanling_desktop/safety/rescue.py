"""Saves what can be read of a damaged file: into a new office file, and into Excel tables.

The damaged file is only read. Rows are read in runs; where a run cannot be read it is halved until
single rows remain, so that one bad page costs its own rows and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from lanling_desktop.core import disk
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import Base
from lanling_desktop.core.register import Register
from lanling_desktop.core.store import Store
from lanling_desktop.core.unit import reindex, searchable
from lanling_desktop.safety import backups

_RUN = 500  # rows read at once
_FAR = 1 << 40
Step = Callable[[int, int], None]
TROUBLE = driver.Error


class _Reader:
    """Reads a damaged file; opens it anew after each error: a locked one answers nothing more then."""

    def __init__(self, path: Path, key: str | None) -> None:
        self._path, self._key = path, key
        self._connection: Any = None

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement; raises what the driver says when one cannot be read."""
        if self._connection is None:
            self._connection = connect(self._path, key=self._key, untouched=True)
        try:
            found: list[tuple[Any, ...]] = self._connection.execute(sql, parameters).fetchall()
        except TROUBLE:
            self.close()
            raise
        return found

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass(frozen=True, slots=True)
class Readable:
    """How much of one table can be read; `expected` by its index, None where that is gone too."""

    table: str
    title: str
    rows: int
    expected: int | None

    @property
    def lost(self) -> int:
        """Rows that are known to be there and cannot be read."""
        return max(0, (self.expected or 0) - self.rows)


def readable(
    path: Path,
    registers: Mapping[str, Register],
    *,
    key: str | None = None,
    step: Step | None = None,
) -> list[Readable]:
    """What of a damaged file can be read, table by table; nothing is changed."""
    tables = _tables()
    found = []
    connection = _Reader(path, key)
    try:
        for at, table in enumerate(tables):
            count = sum(len(run) for run in _runs(connection, table, ("id",)))
            found.append(
                Readable(table, _title(table, registers), count, _expected(connection, table))
            )
            if step is not None:
                step(at + 1, len(tables))
    finally:
        connection.close()
    return [each for each in found if each.rows or each.expected]


def _tables() -> list[str]:
    """The tables of records, parents before what links to them."""
    return [each.name for each in Base.metadata.sorted_tables if "id" in each.columns]


def _title(table: str, registers: Mapping[str, Register]) -> str:
    return registers[table].title if table in registers else table


def _expected(connection: _Reader, table: str) -> int | None:
    """How many rows the index of ids knows."""
    try:
        return int(connection.rows(f'SELECT count(id) FROM "{table}"')[0][0])
    except TROUBLE:
        return None


def _runs(
    connection: _Reader, table: str, columns: Sequence[str]
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows that can be read, in runs, the row number before each."""
    names = ", ".join(f'"{each}"' for each in columns)
    sql = f'SELECT rowid, {names} FROM "{table}" WHERE rowid > ? AND rowid <= ? ORDER BY rowid'
    last = 0
    end = _last_row(connection, table)
    while last < end:
        try:
            some = connection.rows(f"{sql} LIMIT {_RUN}", (last, end))
        except TROUBLE:
            yield from _halved(connection, sql, last, min(last + _RUN, end))
            last += _RUN
            continue
        if not some:
            return
        yield some
        last = some[-1][0]


def _last_row(connection: _Reader, table: str) -> int:
    for sql in (
        f'SELECT max(rowid) FROM "{table}"',
        f"SELECT max(rowid) FROM (SELECT rowid FROM \"{table}\" WHERE id > '')",
    ):
        try:
            return int(connection.rows(sql)[0][0] or 0)
        except TROUBLE:
            continue
    low, high = 0, _FAR  # the right edge is gone: the last row that answers at all
    while low < high:
        middle = (low + high + 1) // 2
        if _answers(connection, table, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _answers(connection: _Reader, table: str, row: int) -> bool:
    try:
        sql = f'SELECT 1 FROM "{table}" WHERE rowid >= ? LIMIT 1'
        return bool(connection.rows(sql, (row,)))
    except TROUBLE:
        return False


def _halved(connection: _Reader, sql: str, low: int, high: int) -> Iterator[list[tuple[Any, ...]]]:
    """The rows after `low` up to `high` that can be read, around those that cannot."""
    if low >= high:
        return
    try:
        some = connection.rows(sql, (low, high))
    except TROUBLE:
        if high - low == 1:
            return
        middle = (low + high) // 2
        yield from _halved(connection, sql, low, middle)
        yield from _halved(connection, sql, middle, high)
    else:
        if some:
            yield some


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was saved: the new office file, the Excel tables, rows by table, links that lead nowhere."""

    office: Path
    tables: tuple[Path, ...]
    saved: tuple[Readable, ...]
    loose: int


def rescue(
    path: Path,
    target: Path,
    registers: Mapping[str, Register],
    *,
    key: str | None = None,
    step: Step | None = None,
) -> Rescued:
    """Read what can be read into a new office file and one Excel table for each register beside it.

    The journal comes along as far as it can be read. Links to records that are lost are emptied.
    """
    if target.exists():
        raise OfficeError(f"{target.name} 已经存在", "没有改动任何数据", "请换一个文件名")
    disk.require_room(target.parent, path.stat().st_size, "救出")
    Store.create(target, key=key).close()
    connection = _Reader(path, key)
    into = connect(target, key=key)
    try:
        into.execute("PRAGMA foreign_keys = OFF")
        into.execute("BEGIN IMMEDIATE")
        saved = list(_carry(connection, into, registers, step or (lambda _a, _b: None)))
        loose = _empty_loose_links(into)
        into.execute("COMMIT")
    finally:
        connection.close()
        into.close()
    backups.bring_along(path, target)
    with Office(Store(target, key=key), registers) as office:
        _index(office)
        tables = tuple(_sheets(office, target))
    return Rescued(target, tables, tuple(saved), loose)


def _carry(
    source: _Reader, into: Any, registers: Mapping[str, Register], step: Step
) -> Iterator[Readable]:
    tables = [
        each.name for each in Base.metadata.sorted_tables if not each.name.startswith("search_")
    ]
    for at, table in enumerate(tables):
        expected = _expected(source, table) if table in _tables() else None
        rows = 0
        columns = _columns(source, into, table)
        if columns:
            marks = ", ".join("?" * len(columns))
            names = ", ".join(f'"{each}"' for each in columns)
            sql = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})'
            for run in _runs(source, table, columns):
                into.executemany(sql, [row[1:] for row in run])
                rows += len(run)
        step(at + 1, len(tables))
        if table in registers and (rows or expected):
            yield Readable(table, _title(table, registers), rows, expected)


def _columns(source: _Reader, into: Any, table: str) -> list[str]:
    """The columns both files have."""
    try:
        old = [row[1] for row in source.rows(f"PRAGMA table_info('{table}')")]
    except TROUBLE:
        return []
    new = {row[1] for row in into.execute(f"PRAGMA table_info('{table}')")}
    return [each for each in old if each in new]


def _empty_loose_links(into: Any) -> int:
    """Links to records that could not be read point nowhere: they are emptied and counted."""
    count = 0
    for table, row, _, link in into.execute("PRAGMA foreign_key_check").fetchall():
        for each in into.execute(f"PRAGMA foreign_key_list('{table}')").fetchall():
            if each[0] == link:
                into.execute(f'UPDATE "{table}" SET "{each[3]}" = NULL WHERE rowid = ?', (row,))
                count += 1
    return count


def _index(office: Office) -> None:
    for kind in searchable(office.registers):
        table = kind.__tablename__
        ids = [row[0] for row in office.store.raw(f'SELECT id FROM "{table}"')]
        with office.store.writing() as session:
            reindex(session, [(table, each) for each in ids], office.registers)


def _sheets(office: Office, target: Path) -> Iterator[Path]:
    from lanling_desktop.core.plain import View
    from lanling_desktop.exchange import transfer

    folder = target.with_name(f"{target.stem}.表格")
    for key, register in office.registers.items():
        view = View(key)
        if register.menu and office.count(view):
            folder.mkdir(exist_ok=True)
            out = folder / f"{register.title}.xlsx"
            transfer.export_view(office, view, out, masked=False)
            yield out
