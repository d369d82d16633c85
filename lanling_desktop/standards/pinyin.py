"""Readings of Chinese names for search and order, from a shipped table; no tones."""

from __future__ import annotations

import csv
from functools import cache
from unicodedata import category

from lanling_desktop.paths import resource

_VARIANTS = 4


def syllables(name: str) -> tuple[str, ...]:
    """Best reading of each character, the surname read as a surname: 单小雨 → shan xiao yu.

    Latin letters and digits stay together in one lower-case piece; dots and blanks have none;
    a character without a known reading stands for itself.
    """
    return tuple(reading for reading, _ in _pieces(name))


def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Ways to read a name, best first, at most four: every reading of the surname."""
    pieces = _pieces(name)
    if not pieces:
        return ()
    best = tuple(reading for reading, _ in pieces)
    found = [best]
    surname = _surname(name)
    if len(surname) > 1:
        found += [tuple(one.split()) + best[len(surname) :] for one in _surnames()[surname][1:]]
    first = pieces[0][1]
    firsts = _surnames().get(first, ()) + character_readings(first)
    found += [(one, *_common(surname[1:]), *best[max(len(surname), 1) :]) for one in firsts]
    return tuple(dict.fromkeys(found))[:_VARIANTS]


def initials(name: str) -> str:
    """First letters of the best reading: 张建国 → zjg."""
    return "".join(reading[0] for reading in syllables(name))


def sort_key(name: str) -> str:
    """Text whose plain order is pinyin order, character by character: all 张 stand together."""
    return " ".join(f"{reading} {piece}" for reading, piece in _pieces(name))


def character_readings(character: str) -> tuple[str, ...]:
    """Every reading of one character, most common first; itself when it has none."""
    first = _first_readings().get(character)
    if first is None:
        return (character.lower(),)
    return (first, *(one for one in _other_readings().get(character, ()) if one != first))


def _pieces(name: str) -> list[tuple[str, str]]:
    """Reading and text of each character or Latin run of a name."""
    table = _first_readings()
    pieces: list[tuple[str, str]] = []
    run = ""
    for character in f"{name} ":
        if character.isascii() and character.isalnum():
            run += character
            continue
        if run:
            pieces.append((run.lower(), run))
            run = ""
        if character in table or character.isalpha() or category(character) == "Co":
            pieces.append((table.get(character, character.lower()), character))
    surname = _surname(name)
    if surname:
        said = _surnames()[surname][0].split()
        pieces[: len(surname)] = list(zip(said, surname, strict=True))
    return pieces


def _common(characters: str) -> tuple[str, ...]:
    return tuple(character_readings(character)[0] for character in characters)


def _surname(name: str) -> str:
    """Surname of a Chinese name that the table corrects; a dotted name has none."""
    table = _surnames()
    if "·" in name:
        return ""
    if len(name) > 2 and name[:2] in table:
        return name[:2]
    return name[:1] if name[:1] in table else ""


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    whole = resource("pinyin.csv").read_text(encoding="utf-8")
    return tuple(tuple(line.split(",")) for line in whole.splitlines())


@cache
def _first_readings() -> dict[str, str]:
    table: dict[str, str] = {}
    for reading, first, *_ in _lines():
        table.update(dict.fromkeys(first, reading))
    return table


@cache
def _other_readings() -> dict[str, tuple[str, ...]]:
    ranked: dict[str, list[tuple[int, str]]] = {}
    for reading, _, *others in _lines():
        for rank, characters in enumerate(others):
            for character in characters:
                ranked.setdefault(character, []).append((rank, reading))
    return {character: tuple(one for _, one in sorted(them)) for character, them in ranked.items()}


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    with resource("surnames.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["surname"]: (row["reading"], *filter(None, row["also"].split("|")))
            for row in csv.DictReader(lines)
        }
