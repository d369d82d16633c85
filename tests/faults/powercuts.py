"""The power goes, and what was not synced goes with it (faults.md C.3 9): `LD_PRELOAD=disk.so
FAULT_BELOW=DIR python -m tests.faults.powercuts WORK CUTS SEED`, run by `test_power_cuts`.

A work is done once while every change of the disk is written down (disk.c). Then the disk is made
as it may be after a power cut at random moments: written data stays only where it was synced, the
rest stays, goes or is torn at a sector; names come into being in the order in which they were
given. The next start looks at it as after a kill: what was acknowledged is there whole.

What is synced: `fsync` of a file keeps its data, and the names up to its own; of a folder all names.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.kills import Told
from tests.faults.works import WORKS, Wrong

ACTS = 4  # times those a kill waits for
SECTOR = 512
POLICIES = ("nothing", "names", "some", "zeros", "torn")
_ENTRY = struct.Struct("=QQQQ")


@dataclass(frozen=True)
class Change:
    """One change of the disk, or a word said between two."""

    what: str
    file: int
    at: int
    data: bytes

    @property
    def paths(self) -> list[str]:
        """The names a change of names is about."""
        return self.data.decode().split("\n")


def written_down(log: Path) -> Iterator[Change]:
    """Every entry of a log."""
    with log.open("rb") as stream:
        while head := stream.read(_ENTRY.size):
            what, file, at, size = _ENTRY.unpack(head)
            yield Change(chr(what), file, at, stream.read(size))


@dataclass
class File:
    """What the disk holds of a file, and what only the memory does: data at a place, or a length."""

    held: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def with_waiting(self, kept: list[tuple[int, bytes | None]], length: int = 0) -> bytes:
        """The content when only those of the waiting changes came through."""
        content = bytearray(self.held)
        for at, data in kept:
            if data is None:
                del content[at:]
                content.extend(bytes(at - len(content)))
                continue
            content.extend(bytes(max(0, at + len(data) - len(content))))
            content[at : at + len(data)] = data
        content.extend(bytes(max(0, length - len(content))))
        return bytes(content)

    def settle(self) -> None:
        """All that waits is on the disk."""
        self.held, self.waiting = bytearray(self.with_waiting(self.waiting)), []


class Disk:
    """One folder as the disk holds it, followed change by change."""

    def __init__(self, root: Path, numbers: dict[str, int], beginnings: Path) -> None:
        self.root = str(root)
        self.folders = {""}
        self.names: dict[str, File] = {}
        self.waiting: list[tuple[Change, File | None]] = []
        self._open: dict[int, File] = {}
        for each in beginnings.rglob("*"):
            name = "/" + str(each.relative_to(beginnings))
            if each.is_dir():
                self.folders.add(name)
            elif not name.endswith("-shm"):  # shared memory: made anew by whoever opens
                self.names[name] = self._open[numbers[name]] = File(bytearray(each.read_bytes()))

    def follow(self, change: Change) -> None:
        """One change more."""
        if change.what in "crlmu":
            file = None
            if change.what == "c":
                file = self._open[change.file] = File()
            self.waiting.append((change, file))
        elif change.what == "s":
            self._synced(self._open.get(change.file))
        elif (file := self._open.get(change.file)) is not None:
            file.waiting.append((change.at, change.data if change.what == "w" else None))

    def _synced(self, file: File | None) -> None:
        count = len(self.waiting)
        if file is not None:
            file.settle()
            names, count = dict(self.names), 0
            for at, (change, made) in enumerate(self.waiting, 1):
                before = [names.get(self._local(each)) for each in change.paths]
                _rename(names, set(), change, made, self._local)
                count = at if file is made or file in before else count
        for change, made in self.waiting[:count]:
            _rename(self.names, self.folders, change, made, self._local)
        del self.waiting[:count]

    def _local(self, path: str) -> str:
        return path.removeprefix(self.root)

    def after_the_cut(self, target: Path, policy: str, rnd: random.Random) -> None:
        """Lay down in `target` what may be found when the power is back."""
        names, folders = dict(self.names), set(self.folders)
        count = len(self.waiting)
        if policy == "nothing":
            count = 0
        elif policy in ("some", "zeros"):
            count = rnd.randrange(count + 1)
        for change, made in self.waiting[:count]:
            _rename(names, folders, change, made, self._local)
        for folder in sorted(folders):
            (target / folder[1:]).mkdir(parents=True, exist_ok=True)
        for name, file in names.items():
            if not name.endswith("-shm"):
                (target / name[1:]).write_bytes(_left_of(file, policy, rnd))


def _rename(
    names: dict[str, File], folders: set[str], change: Change, made: File | None, local: Any
) -> None:
    """One change of names."""
    first, *second = map(local, change.paths)
    if change.what == "c":
        assert made is not None
        names[first] = made
    elif change.what == "m":
        folders.add(first)
    elif change.what == "u":
        names.pop(first, None)
        folders.discard(first)
    elif change.what == "l":
        names[second[0]] = names[first]
    elif first in names:
        names[second[0]] = names.pop(first)
    elif first:  # a folder with all that is in it
        for name in [each for each in names if each.startswith(f"{first}/")]:
            names[second[0] + name.removeprefix(first)] = names.pop(name)
        for name in [each for each in folders if f"{each}/".startswith(f"{first}/")]:
            folders.discard(name)
            folders.add(second[0] + name.removeprefix(first))


def _left_of(file: File, policy: str, rnd: random.Random) -> bytes:
    waiting = file.waiting
    if policy in ("nothing", "names"):
        return bytes(file.held)
    if policy == "whole":
        return file.with_waiting(waiting)
    if policy == "torn":
        kept = list(waiting)
        if kept and kept[-1][1]:
            at, data = kept[-1]
            kept[-1] = (at, (data or b"")[: rnd.randrange(len(data or b"") + 1) // SECTOR * SECTOR])
        return file.with_waiting(kept)
    kept = [each for each in waiting if rnd.random() < 0.5]
    whole = len(file.with_waiting(waiting)) if policy == "zeros" else 0
    return file.with_waiting(kept, whole)  # grown, but what should stand there never came


class _Enough(Exception):  # noqa: N818
    """As many acts as were wanted, or the next start has seen all."""


@dataclass
class Recorded:
    """A work done once: how the disk was before, what changed, and what was said until then."""

    disk: Disk
    changes: list[Change]
    before: list[Any]


def record(name: str, place: Path, root: Path, shim: Any, seed: int) -> Recorded:
    """Do a work and write down what it does to the disk, to the closing of the office."""
    work, log, beginnings = WORKS[name], root / "changes.log", root / "beginnings"
    before: list[Any] = []
    said: Counter[str] = Counter()
    disks: list[Disk] = []

    def begin() -> None:
        subprocess.run(["cp", "-a", place, beginnings], check=True)
        found = [each for each in place.rglob("*") if each.is_file()]
        numbers = {"/" + str(each.relative_to(place)): each.stat().st_ino for each in found}
        disks.append(Disk(place, numbers, beginnings))
        shim.disk_record(str(log).encode())

    def say(*words: Any) -> None:
        if disks:
            shim.disk_mark(json.dumps(words).encode())
            said[words[0]] += 1
            if sum(said[each] for each in work.counted) >= ACTS * work.acts:
                raise _Enough
            return
        before.append(list(words))
        if words[0] == "begun":
            begin()

    with contextlib.suppress(_Enough):
        work.run(place, Told(), random.Random(seed), 0, say)
    shim.disk_rest()
    return Recorded(disks[0], list(written_down(log)), before)


def look(name: str, place: Path, told: Told, seed: int, number: int) -> str:
    """What is wrong on the next start, or nothing."""

    def say(*words: Any) -> None:
        if words[0] == "begun":
            raise _Enough

    try:
        with contextlib.suppress(_Enough):
            WORKS[name].run(place, told, random.Random(seed), number, say)
    except Wrong as wrong:
        return f"{wrong.kind}: {wrong}"
    except Exception:
        return "broken: " + traceback.format_exc()[-1500:]
    return ""


def same(place: Path, other: Path) -> list[str]:
    """The files in which two folders differ."""
    here, there = (
        {
            str(each.relative_to(folder)): each.read_bytes()
            for each in folder.rglob("*")
            if each.is_file() and not each.name.endswith("-shm")
        }
        for folder in (place, other)
    )
    return sorted(each for each in here.keys() | there.keys() if here.get(each) != there.get(each))


def _moments(changes: list[Change], cuts: int, rnd: random.Random) -> Counter[int]:
    """When the power goes: anywhere, and as often beside what settles something."""
    settling = [at for at, each in enumerate(changes, 1) if each.what not in "wt"]
    found: Counter[int] = Counter()
    for number in range(cuts):
        anywhere = rnd.randrange(1, len(changes) + 1)
        beside = min(max(rnd.choice(settling) + rnd.randrange(-2, 3), 1), len(changes))
        found[anywhere if number % 2 else beside] += 1
    return found


def campaign(name: str, cuts: int, seed: int, root: Path, shim: Any) -> dict[str, Any]:
    """Cut the power again and again, and count."""
    rnd = random.Random(f"{name}{seed}")
    template, place = root / "template", root / "place"
    template.mkdir()
    WORKS[name].prepare(template)
    shutil.copytree(template, place)
    recorded = record(name, place, root, shim, seed)
    disk, told, wrongs = recorded.disk, Told(recorded.before), []
    moments = _moments(recorded.changes, cuts, rnd)
    found: Counter[str] = Counter()
    for at, change in enumerate(recorded.changes, 1):
        if change.what == "k":
            told.lines.append(json.loads(change.data))
        else:
            disk.follow(change)
        for _ in range(moments[at]):
            found["cuts"] += 1
            policy = rnd.choice(POLICIES)
            after = root / f"cut{found['cuts']}"
            disk.after_the_cut(after, policy, rnd)
            if wrong := look(name, after, Told(list(told.lines)), seed, found["cuts"]):
                wrongs.append(f"change {at} of {len(recorded.changes)}, {policy}: {wrong}")
                disk.after_the_cut(root / f"wrong{found['cuts']}", policy, random.Random(1))
            shutil.rmtree(after)
    disk.after_the_cut(root / "whole", "whole", rnd)
    unseen = same(place, root / "whole")  # else there are changes that were not written down
    return {
        "work": name, "changes": len(recorded.changes), **found,
        "acknowledged": sum(each[0] in WORKS[name].counted for each in told.lines),
        "unseen": unseen, "wrong": len(wrongs), "wrongs": wrongs[:8],
    }  # fmt: skip


def main(arguments: list[str]) -> int:
    """One work's campaign; the exit code says whether all was well."""
    shim = ctypes.CDLL(os.environ["LD_PRELOAD"])
    root = Path(os.environ["FAULT_BELOW"])
    said = campaign(arguments[0], int(arguments[1]), int(arguments[2]), root, shim)
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    return int(bool(said["wrongs"] or said["unseen"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
