"""The trail: every committed act once more, outside the database, so that a backup and the trail
give back any minute.

A folder of numbered files beside the office file. Each begins with where the office stood, so that
the newest alone says how far the trail goes. An act is on the disk here before it is acknowledged;
one that was committed just before a crash is caught up at the next opening.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from lanling_desktop.core import atomic, disk, schema
from lanling_desktop.safety.desk_rows import DeskRows
from lanling_desktop.safety.places import trail_of
from lanling_desktop.safety.seal import START, BrokenError, Seal, framed, frames

if TYPE_CHECKING:
    from lanling_desktop.core.clock import Clock
    from lanling_desktop.core.store import Store

_AT_ONCE = 1_000  # changes in one frame
_FULL = 4_000_000  # bytes after which a new file is begun
ENTRY = "seq, at, actor, kind, title, target, previous, digest, salt"
_CHANGE = "position, table_name, record_id, before, after"


@dataclass(frozen=True, slots=True)
class Tip:
    """Where an office stands: the number and the digest of its last journal entry."""

    seq: int = 0
    digest: str = ""


def tip_of(connection: Any) -> Tip:
    """Where the database behind a bare connection stands."""
    row = connection.execute(
        "SELECT seq, digest FROM journal_entry ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return Tip(*row) if row else Tip()


def files(folder: Path) -> list[Path]:
    """The trail's files, oldest first."""
    return sorted(folder.glob("*.trail"))


def contents(path: Path, seal: Seal, *, torn: Callable[[], None] | None = None) -> Iterator[Any]:
    """What one file says, in order; it ends where it is torn, which `torn` hears of."""
    link = START
    try:
        for content, _ in frames(path, seal, link):
            yield content
    except (BrokenError, OSError):
        if torn is not None:
            torn()


def said(folder: Path, seal: Seal, *, torn: Callable[[Path], None] | None = None) -> Iterator[Any]:
    """Everything the trail says, in the order it was written."""
    for path in files(folder):
        yield from contents(path, seal, torn=partial(torn, path) if torn else None)


class Trail:
    """The trail of an open office; told after every commit."""

    def __init__(self, store: Store, clock: Clock, *, folder: Path | None = None) -> None:
        self._store = store
        self._clock = clock
        self.folder = folder or trail_of(store.path)
        self._seal = Seal(store.key)
        self._desk = DeskRows(store)
        self._stream: IO[bytes] | None = None
        self._link = START
        self.tip = Tip()
        self.trouble: OSError | None = None  # why the trail lags behind; it catches up by itself

    def begin(self, *, anew: bool = False) -> None:
        """Go on where the trail ended, catching up; `anew` where the office is not its end."""
        found = None if anew else last_end(self.folder, self._seal)
        present = self._present()
        goes_on = found is not None and self._knows(found.tip)
        self.tip = found.tip if found is not None and goes_on else present
        self._desk.remember(found.grown if found is not None and goes_on else None)
        self._store.after_commit.append(self.follow)
        self._store.before_close.append(self.close)
        if anew or (found is not None and not goes_on):
            self._try(self._ready)
        elif self.tip != present:
            self.follow()

    def _knows(self, tip: Tip) -> bool:
        rows = self._store.raw("SELECT digest FROM journal_entry WHERE seq = ?", (tip.seq,))
        return tip.seq == 0 or (bool(rows) and rows[0][0] == tip.digest)

    def _present(self) -> Tip:
        rows = self._store.raw("SELECT seq, digest FROM journal_entry ORDER BY seq DESC LIMIT 1")
        return Tip(*rows[0]) if rows else Tip()

    def follow(self) -> None:
        """Write what was committed since; a disk that refuses is tried again after the next act."""
        self._try(self._write_new)

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except OSError as trouble:
            self.trouble = trouble
            self._let_go()
        else:
            self.trouble = None

    def _write_new(self) -> None:
        wrote = False
        query = f"SELECT {ENTRY} FROM journal_entry WHERE seq > ? ORDER BY seq"
        for entry in self._store.streamed(query, (self.tip.seq,)):
            self._act(tuple(entry))
            self.tip = Tip(entry[0], entry[7])
            wrote = True
        changed = self._desk.changed()
        if changed:
            self._put({"k": "desk", "at": self._clock.stamp(), "on": self.tip.digest, **changed})
            wrote = True
        if wrote:
            assert self._stream is not None
            self._stream.flush()
            os.fsync(self._stream.fileno())
        self._desk.settle()

    def _act(self, entry: tuple[Any, ...]) -> None:
        query = f"SELECT {_CHANGE} FROM journal_change WHERE seq = ? ORDER BY position"
        rows = map(list, self._store.streamed(query, (entry[0],)))
        ahead = list(islice(rows, _AT_ONCE))
        while True:
            some, ahead = ahead, list(islice(rows, _AT_ONCE))
            if not ahead:
                self._put({"k": "act", "entry": list(entry), "changes": some})
                return
            self._put({"k": "part", "seq": entry[0], "changes": some})

    def _put(self, content: Mapping[str, Any]) -> None:
        stream = self._ready()
        written, self._link = framed(self._seal.close(content, self._link), self._link)
        stream.write(written)

    def _ready(self) -> IO[bytes]:
        if self._stream is not None and self._stream.tell() < _FULL:
            return self._stream
        self._let_go()
        self.folder.mkdir(parents=True, exist_ok=True)
        known = files(self.folder)
        number = int(known[-1].stem) + 1 if known else 1
        path = self.folder / f"{number:06d}.trail"
        self._stream, self._link = path.open("xb"), START
        start = {
            "k": "start",
            "at": self._clock.stamp(),
            "tip": [self.tip.seq, self.tip.digest],
            "revision": schema.HEAD,
            "grown": self._desk.grown,
        }
        written, self._link = framed(self._seal.close(start, self._link), self._link)
        self._stream.write(written)
        self._stream.flush()
        atomic.flush_folder(self.folder)
        return self._stream

    def _let_go(self) -> None:
        if self._stream is not None:
            stream, self._stream = self._stream, None
            with contextlib.suppress(OSError):
                stream.close()

    def start_over(self) -> None:
        """Begin anew from where the office stands, and leave nothing of what was written before."""
        self._let_go()
        before = files(self.folder)
        self.tip = self._present()
        self._desk.remember()
        self._try(self._ready)
        for each in before:
            each.unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing more will be written."""
        self._let_go()


@dataclass(frozen=True, slots=True)
class End:
    """How far the trail goes."""

    tip: Tip
    grown: dict[str, int]


def last_end(folder: Path, seal: Seal) -> End | None:
    """How far the trail goes; None where there is none."""
    for path in reversed(files(folder)):
        tip: Tip | None = None
        grown: dict[str, int] = {}
        for content in contents(path, seal):
            if content["k"] == "start":
                tip = Tip(*content["tip"])
            elif content["k"] == "act":
                tip = Tip(content["entry"][0], content["entry"][7])
            grown = content.get("grown") or grown
        if tip is not None:
            return End(tip, grown)
    return None


def restart(folder: Path, key: str | None, tip: Tip, at: str) -> None:
    """Say that the office stands somewhere else now: a backup was put in its place."""
    folder.mkdir(parents=True, exist_ok=True)
    known = files(folder)
    number = int(known[-1].stem) + 1 if known else 1
    start = {"k": "start", "at": at, "tip": [tip.seq, tip.digest], "grown": {}}
    start["revision"] = schema.HEAD
    written, _ = framed(Seal(key).close(start, START), START)
    disk.write_whole(folder / f"{number:06d}.trail", written)


def thin(folder: Path, key: str | None, needed_from: int) -> list[Path]:
    """Delete the files whose acts all come before that number; what was deleted.

    The newest file always stays, and nothing after a file that stays is deleted.
    """
    seal, gone = Seal(key), []
    for path in files(folder)[:-1]:
        last = 0
        for content in contents(path, seal):
            seq = content["tip"][0] if content["k"] == "start" else 0
            last = max(last, content["entry"][0] if content["k"] == "act" else seq)
        if last >= needed_from or last == 0:
            break
        path.unlink()
        gone.append(path)
    return gone
