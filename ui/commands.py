"""What can be done from anywhere: its words, its keys, and how it is found by pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lanling_desktop.core.plain import Hit
from lanling_desktop.standards import pinyin

REGISTER = "command"
"""Stands where a hit has its register's key."""


@dataclass(frozen=True)
class Command:
    """One command of the window."""

    key: str
    title: str
    act: Callable[[], object]
    keys: str = ""


def matching(commands: Iterable[Command], typed: str) -> tuple[list[Hit], list[Hit]]:
    """Commands found by their words, pinyin or initials: those meant for sure, and the others.

    The first stand above the records found, the others below: a person is looked for more often.
    """
    wanted = "".join(typed.lower().split())
    sure: list[Hit] = []
    others: list[Hit] = []
    for each in commands if wanted else ():
        rank = _rank(each.title, wanted)
        if rank is not None:
            hit = Hit(REGISTER, "功能", each.key, each.title, each.keys.split(" ")[0])
            (sure if rank == 0 else others).append(hit)
    return sure[:4], others[:4]


def _rank(title: str, wanted: str) -> int | None:
    if not wanted.isascii():
        return 0 if title == wanted else (1 if wanted in title else None)
    syllables = pinyin.syllables(title)
    initials, whole = "".join(each[0] for each in syllables), "".join(syllables)
    if wanted == whole or (wanted == initials and len(wanted) > 3):
        return 0
    found = initials.startswith(wanted) or (len(wanted) > 1 and whole.startswith(wanted))
    return 1 if found else None
