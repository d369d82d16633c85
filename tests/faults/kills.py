"""Kills a process at random moments of its work, thousands of times: `python -m tests.faults.kills`.

    python -m tests.faults.kills WORK KILLS SEED [SECONDS]

A fork server: everything is loaded once; each child opens the office as the next start would, sees
that what was acknowledged is there whole, and works until it is killed. It prints one line of JSON.
A kill falls into the opening as well as into the work. SECONDS ends it early, with what it has.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.works import WORKS, Wrong

BEFORE_WORK = 0.15
"""So many of the kills may fall into the opening and the looking over, too."""


@dataclass
class Told:
    """What the killed processes had acknowledged on one copy of the office."""

    lines: list[Any] = field(default_factory=list)

    def last(self, *verbs: str) -> Any:
        """What was said with one of these verbs last."""
        return next((each[1:] for each in reversed(self.lines) if each[0] in verbs), None)

    def all(self, verb: str) -> list[Any]:
        """Everything that was said with that verb."""
        return [each[1:] for each in self.lines if each[0] == verb]


class _Enough(Exception):  # noqa: N818
    """The rehearsal has seen what it wanted."""


def _rehearse(work: Any, place: Path) -> float:
    """Work in this process, so that no child loads anything; how long some acts take here."""
    times: list[float] = []

    def say(*words: Any) -> None:
        if words[0] == "begun" or words[0] in work.counted:
            times.append(time.monotonic())
        if len(times) > work.acts + 1:
            raise _Enough

    with contextlib.suppress(_Enough):
        work.run(place, Told(), random.Random(0), 0, say)
    return times[-1] - times[1] if len(times) > 2 else times[-1] - times[0]


def _child(work: Any, place: Path, told: Told, seed: int, number: int, pipe: int) -> None:
    """Look, begin, work until the end comes from outside."""

    def say(*words: Any) -> None:
        os.write(pipe, json.dumps(words).encode() + b"\n")

    try:
        work.run(place, told, random.Random(seed), number, say)
        say("through")
        signal.pause()
    except Wrong as wrong:
        say("wrong", wrong.kind, str(wrong))
    except BaseException:
        say("wrong", "broken", traceback.format_exc())
    finally:
        os._exit(3)


def _heard(pipe: int, until: float) -> tuple[list[Any], bytes, bool]:
    """Whole lines until somebody begins, goes wrong or falls silent, what is left, and whether."""
    buffer, lines = b"", []
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return lines, buffer, False
        some = os.read(pipe, 65536)
        if not some:
            return lines, buffer, False
        *whole, buffer = (buffer + some).split(b"\n")
        lines += [json.loads(each) for each in whole]
        if any(each[0] in ("begun", "wrong") for each in lines):
            return lines, buffer, True


def _kill_once(
    work: Any, place: Path, told: Told, rnd: random.Random, number: int, span: float
) -> list[Any]:
    """Let a child work and end it; what it said."""
    reading, writing = os.pipe()
    seed = rnd.randrange(1 << 30)
    early = rnd.random() < BEFORE_WORK and number > 0
    wait = rnd.random() * span
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(work, place, told, seed, number, writing)
    os.close(writing)
    limit = time.monotonic() + (wait if early else 60)
    lines, buffer, begun = _heard(reading, limit)
    if begun and lines[-1][0] != "wrong" and not early:
        time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while some := os.read(reading, 65536):
        buffer += some
    os.close(reading)
    *whole, _torn = buffer.split(b"\n")
    lines += [json.loads(each) for each in whole]
    if not begun and not early:
        lines.append(["wrong", "broken", "nothing was heard for a minute"])
    return lines


def campaign(name: str, kills: int, seed: int, seconds: float, root: Path) -> dict[str, Any]:
    """Kill again and again, and count."""
    work, rnd = WORKS[name], random.Random(f"{name}{seed}")
    template = root / "template"
    template.mkdir()
    work.prepare(template)
    shutil.copytree(template, root / "rehearsal")
    span = _rehearse(work, root / "rehearsal") * 1.1
    gc.freeze()
    end = time.monotonic() + seconds
    found: Counter[str] = Counter()
    wrongs: list[str] = []
    place, told = root / "0", Told()
    for number in range(kills):
        if time.monotonic() > end:
            break
        if number % work.rounds == 0:
            shutil.rmtree(place, ignore_errors=True)
            place, told = root / str(number), Told()
            shutil.copytree(template, place)
        lines = _kill_once(work, place, told, rnd, number, span)
        found["kills"] += 1
        found["acknowledged"] += sum(each[0] in work.counted for each in lines)
        found["in the work"] += any(each[0] == "begun" for each in lines)
        found["between two"] += any(each[0] == "undone" for each in lines)
        told.lines += lines
        for each in (line for line in lines if line[0] == "wrong"):
            found[each[1]] += 1
            wrongs.append(f"kill {number}: {each[1]}: {each[2]}")
            told.lines.clear()
            kept = shutil.copytree(place, root / f"wrong-{number}")
            wrongs.append(str(kept))
            shutil.rmtree(place)
            shutil.copytree(template, place)
    return {"work": name, "span": round(span, 3), **found, "wrongs": wrongs[:10]}


def main(arguments: list[str]) -> int:
    """One work's campaign; the exit code says whether all was well."""
    name, kills, seed = arguments[0], int(arguments[1]), int(arguments[2])
    seconds = float(arguments[3]) if len(arguments) > 3 else 1e9
    root = Path(tempfile.mkdtemp(prefix=f"kills-{name}-"))
    said = campaign(name, kills, seed, seconds, root)
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    if not said["wrongs"]:
        shutil.rmtree(root)
    return int(bool(said["wrongs"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
