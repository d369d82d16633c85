"""A backup and the trail give back any minute: the acts after the backup are done once more.

Which acts belong to the moment asked for is read from the journal's own chain: each entry names
the digest of the one before it. So work after a restore and the work it replaced are told apart,
and nothing that was never acknowledged can come back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lanling_desktop.core import disk, journal, migrate, schema, store, unit
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.lock import beside
from lanling_desktop.core.office import Office
from lanling_desktop.core.register import Register
from lanling_desktop.safety import trail
from lanling_desktop.safety.desk_rows import GROWING, TABLES, stored
from lanling_desktop.safety.seal import Seal
from lanling_desktop.safety.trail import Tip, tip_of

_SAFE = "原文件没有改动"


@dataclass(frozen=True, slots=True)
class Act:
    """One act as the trail tells it."""

    seq: int
    at: str
    actor: str
    kind: str
    title: str
    previous: str
    digest: str


@dataclass
class Known:
    """What the trail knows of: every act by its digest, and where the office stood when."""

    acts: dict[str, Act] = field(default_factory=dict)
    ends: list[tuple[str, str]] = field(default_factory=list)  # (at, digest) as they came
    torn: list[Path] = field(default_factory=list)

    def end_at(self, moment: str | None) -> str:
        """The digest of the last act up to a moment; '' before all of them."""
        found = ""
        for at, digest in self.ends:
            if moment is None or at <= moment:
                found = digest
        return found

    def path(self, start: Tip, end: str) -> list[Act] | None:
        """The acts that lead from where a backup stands to an end; None where none do."""
        found: list[Act] = []
        at = end
        while at != start.digest:
            act = self.acts.get(at)
            if act is None or act.seq <= start.seq:
                return None
            found.append(act)
            at = act.previous
        if any(each.kind in ("load", journal.DESTROY) for each in found):
            return None  # what these did is in no journal: a backup after it is needed
        return found[::-1]

    def after(self, start: Tip) -> list[Act]:
        """The acts on the way from a backup to the end of the trail; none where it leads elsewhere."""
        return self.path(start, self.end_at(None)) or []


def known(folder: Path, key: str | None) -> Known:
    """Read the trail through, without what the acts changed."""
    found = Known()
    for content in trail.said(folder, Seal(key), torn=found.torn.append):
        if content["k"] == "act":
            seq, at, actor, kind, title, _, previous, digest = content["entry"][:8]
            found.acts[digest] = Act(seq, at, actor, kind, title, previous, digest)
            found.ends.append((at, digest))
        elif content["k"] == "start":
            found.ends.append((content["at"], content["tip"][1]))
    return found


def replay(
    base: Path,
    folder: Path,
    draft: Path,
    registers: Mapping[str, Register],
    *,
    key: str | None = None,
    until: str | None = None,
    moment: str | None = None,
    step: Callable[[int, int], None] | None = None,
) -> list[Act]:
    """Make `draft` of a backup and the acts of the trail after it; the acts that were done again.

    `until` is the digest of the last act wanted, the trail's end when not given; `moment` leaves
    out what the desk remembered later. Raises `OfficeError` where the trail does not lead there.
    """
    store.copy(base, draft, key=key)
    try:
        _bring_up(draft, key)
        acts = _apply(draft, folder, key, until, moment, step or (lambda _a, _b: None), registers)
    except BaseException:
        disk.discard(draft)
        raise
    finally:
        beside(draft, "lock").unlink(missing_ok=True)
    return acts


def _bring_up(draft: Path, key: str | None) -> None:
    connection = connect(draft, key=key, read_only=True)
    try:
        revision = schema.revision(connection)
    finally:
        connection.close()
    if revision != schema.HEAD:
        migrate.upgrade(draft, revision, key=key)
        migrate.kept_of(draft, revision).unlink(missing_ok=True)


def _apply(
    draft: Path,
    folder: Path,
    key: str | None,
    until: str | None,
    moment: str | None,
    step: Callable[[int, int], None],
    registers: Mapping[str, Register],
) -> list[Act]:
    connection = connect(draft, key=key)
    try:
        tip, found = tip_of(connection), known(folder, key)
        end = found.end_at(moment) if until is None else until
        acts = found.path(tip, end)
        if acts is None:
            raise OfficeError(
                "这份备份和操作流水接不上，补不到那个时间",
                _SAFE,
                "请选较近的备份，或只恢复备份本身",
            )
        touched = _write(connection, trail.said(folder, Seal(key)), tip, acts, moment, step)
    finally:
        connection.close()
    _index(draft, key, registers, touched)
    return acts


def _write(
    connection: Any,
    contents: Iterator[Any],
    tip: Tip,
    acts: Sequence[Act],
    moment: str | None,
    step: Callable[[int, int], None],
) -> list[tuple[str, str]]:
    """Do the acts again in one transaction; which records they touched."""
    wanted = {each.digest: at for at, each in enumerate(acts)}
    desk_on = {tip.digest, *wanted}
    parts: list[Any] = []
    touched: dict[tuple[str, str], None] = {}
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    for content in contents:
        if content["k"] == "start":
            parts = []
        elif content["k"] == "part":
            parts += content["changes"]
        elif content["k"] == "act":
            changes, parts = [*parts, *content["changes"]], []
            at = wanted.pop(content["entry"][7], None)
            if at is not None:
                _redo(connection, content["entry"], changes, touched)
                step(at + 1, len(acts))
        elif content["on"] in desk_on and (moment is None or content["at"] <= moment):
            _desk(connection, content)
    if wanted:
        raise OfficeError("操作流水缺了几项，补不到那个时间", _SAFE, "请选较近的备份再试")
    connection.execute("COMMIT")
    orphans = connection.execute("PRAGMA foreign_key_check").fetchone()
    if orphans is not None:
        raise OfficeError("补回操作后的检查没有通过", _SAFE, "请只恢复备份本身，或联系维护人员")
    return list(touched)


def _redo(
    connection: Any,
    entry: Sequence[Any],
    changes: Sequence[Sequence[Any]],
    touched: dict[tuple[str, str], None],
) -> None:
    whole = [*entry, None][: len(trail.ENTRY.split(","))]  # the trail of 0003 knew no salts
    marks = ", ".join("?" * len(whole))
    connection.execute(f"INSERT INTO journal_entry ({trail.ENTRY}) VALUES ({marks})", whole)
    connection.executemany(
        "INSERT INTO journal_change (seq, position, table_name, record_id, before, after) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [(entry[0], *each) for each in changes],
    )
    for _, table, record, before, after in changes:
        touched[table, record] = None
        if after is None:
            connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (record,))
            continue
        values = json.loads(after)
        names = list(values)
        if before is None:
            columns = ", ".join(f'"{each}"' for each in ("id", *names))
            marks = ", ".join("?" * (len(names) + 1))
            sql = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'
            connection.execute(sql, (record, *values.values()))
        elif names:
            said = ", ".join(f'"{each}" = ?' for each in names)
            connection.execute(
                f'UPDATE "{table}" SET {said} WHERE id = ?', (*values.values(), record)
            )


def _desk(connection: Any, content: Mapping[str, Any]) -> None:
    columns = {table: names for table, (_, names) in TABLES.items()} | GROWING
    for table, rows in content["rows"].items():
        names = ", ".join(columns[table])
        marks = ", ".join("?" * len(columns[table]))
        connection.executemany(
            f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})",
            [[stored(each) for each in row] for row in rows],
        )
    for table, keys in content["gone"].items():
        key = TABLES[table][0]
        connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", [(each,) for each in keys])


def _index(
    draft: Path,
    key: str | None,
    registers: Mapping[str, Register],
    touched: Sequence[tuple[str, str]],
) -> None:
    """Bring the search index after, and see that the journal is one chain to its end."""
    opened = store.Store(draft, key=key)
    try:
        extended = Office(opened, registers).registers  # with the office's own columns
        with opened.writing() as session:
            unit.reindex(session, touched, extended)
            broken = next(journal.verify(session), None)
        if broken is not None:
            raise OfficeError(
                f"补回的操作记录第 {broken[0]} 行对不上（{broken[1]}）", _SAFE, "请只恢复备份本身"
            )
    finally:
        opened.close()
