"""An office whose clock a test turns, and what it was at each acknowledged act."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from lanling_desktop.core.clock import Clock
from lanling_desktop.core.office import Office
from lanling_desktop.opening import create_office, open_office
from lanling_desktop.safety.guard import Guard
from tests.office import state_of

KEY = "ab" * 32
State = dict[str, list[tuple[object, ...]]]


@dataclass
class Morning:
    """One office at work: every act is told to a model when it is acknowledged, and no earlier."""

    path: Path
    key: str | None = None
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 1, 8, 0))  # noqa: DTZ001
    model: list[tuple[str, State, object]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.now)

    def create(self) -> Office:
        return create_office(self.path, key=self.key, clock=self.clock, actor="王敏")

    def open(self, **more: bool) -> Office:
        return open_office(self.path, key=self.key, clock=self.clock, actor="王敏", **more)

    def later(self, **more: int) -> None:
        self.now += timedelta(**more)

    def add(self, office: Office, name: str) -> str:
        made = office.save("person", None, {"name": name}, confirmed=True).main
        self.ids.append(made)
        return made

    def work(self, office: Office, rnd: random.Random, acts: int) -> None:
        """Random acts at random minutes; after each the model holds what was acknowledged."""
        for _ in range(acts):
            self.later(minutes=rnd.randrange(1, 40))
            what = rnd.random()
            if what < 0.5 or not self.ids:
                self.add(office, name(rnd))
            elif what < 0.75:
                office.save("person", rnd.choice(self.ids), {"name": name(rnd)}, confirmed=True)
            elif what < 0.85:
                gone = office.undo()
                self.ids = [row[0] for row in office.store.raw("SELECT id FROM person")]
                assert gone is not None
            elif what < 0.93:
                office.desk.put("note", rnd.randrange(1000))
            else:
                office.desk.keep_draft("person:new", "新增居民", {"name": name(rnd)})
            self.remember(office)

    def remember(self, office: Office) -> None:
        stamp = self.now.isoformat(sep=" ", timespec="seconds")
        self.model.append((stamp, state_of(office), desk_of(office)))


def name(rnd: random.Random) -> str:
    return rnd.choice("张王李赵刘陈") + chr(0x4E00 + rnd.randrange(2000))


def desk_of(office: Office) -> object:
    return office.desk.get("note"), office.desk.drafts()


def names(office: Office) -> set[str]:
    return {row[0] for row in office.store.raw("SELECT name FROM person")}


def backed_up(office: Office, reason: str = "定时") -> Path:
    return Guard(office).back_up(reason).path


def flip(path: Path, at: int, mask: int = 0xFF) -> None:
    """Change one byte of a file."""
    with path.open("rb+") as stream:
        stream.seek(at)
        old = stream.read(1)
        stream.seek(at)
        stream.write(bytes([old[0] ^ mask]))


def lying(folder: Path) -> Iterator[str]:
    """What lies in a folder that is neither office, backup nor trail."""
    for each in folder.iterdir():
        if each.is_file() and not each.name.endswith((".lanling", ".lock")):
            yield each.name
