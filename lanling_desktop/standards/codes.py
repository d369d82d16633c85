"""Code tables of the national standards: the words offered, and what a sheet may say instead.

The tables are resources/codes/*.csv. The Chinese word is what the program keeps; codes and
aliases are only other ways to say it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from lanling_desktop.paths import resource
from lanling_desktop.standards import pinyin, text

TABLES = (
    "sex",  # GB/T 2261.1, the two words a form uses
    "ethnicity",  # GB/T 3304
    "education",  # GB/T 4658
    "degree",
    "political_status",  # GB/T 4762
    "household_relation",  # GB/T 4761
    "marriage",  # GB/T 2261.2
)
# Here 1 may be the one-digit 配偶 as well as a 01 本人 that lost its zero: never guessed.
_NEVER_PADDED = ("household_relation",)
_UNFIT = 5  # worse than the worst that fits
_CODE_AND_WORD = re.compile(r"(\d{1,2})[\s.、:：\-－]*(\D.*)|(\D.*?)[\s(（\-－]*(\d{1,2})[)）]?")


@dataclass(frozen=True, slots=True)
class Code:
    """One line of a code table."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division under one name, and the days it had that name."""

    code: str
    name: str
    valid_from: date
    valid_to: date


@cache
def table(name: str) -> tuple[Code, ...]:
    """Lines of a code table, in the order they are offered."""
    if name not in TABLES:
        raise KeyError(f"no code table {name!r}; there are {', '.join(TABLES)}")
    with resource(f"codes/{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Code(row["code"], row["name"], tuple(filter(None, row["aliases"].split("|"))))
            for row in csv.DictReader(lines)
        )


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a code table, as a choice list offers them."""
    return tuple(line.name for line in table(name))


def match(name: str, said: str) -> str | None:
    """The table's word for what a sheet says: a word, an alias or a code; None if unknown."""
    plain = text.clean(said).upper().removesuffix(".0")
    found = _lookup(name).get(plain.replace(" ", ""))
    if found is None and (both := _CODE_AND_WORD.fullmatch(plain)):
        code, word = both[1] or both[4], both[2] or both[3]
        by_code, by_word = (_lookup(name).get(part.replace(" ", "")) for part in (code, word))
        found = by_word if by_word == by_code else None
    return found


def code_of(name: str, word: str) -> str:
    """The standard's code of a word of the table; empty if the word is not in it."""
    return next((line.code for line in table(name) if line.name == word), "")


def initials_match(choices: Sequence[str], typed: str) -> tuple[str, ...]:
    """Words that fit what was typed into a choice box, best first.

    First what was typed whole, as word, code or initials (n → 女, not 女婿), the shorter word
    before the longer. Fitting are: the beginning of the word, of its code, of its pinyin initials (hz → 汉族)
    or of its full pinyin; then words that contain what was typed (bk → 大学本科毕业).
    """
    plain = re.sub(r"[\s']", "", text.clean(typed)).lower()
    if not plain:
        return tuple(choices)
    known = _codes_of(tuple(choices))
    ranked = [(_rank(word, known.get(word, ""), plain), word) for word in choices]
    by_code = plain.isdigit()  # codes stand in their own order
    ranked.sort(key=lambda pair: (pair[0], 0 if by_code else len(pair[1])))
    return tuple(word for rank, word in ranked if rank < _UNFIT)


@cache
def divisions() -> tuple[Division, ...]:
    """The shipped administrative divisions; an open end is the first or last possible day."""
    with resource("codes/divisions.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Division(
                row["code"],
                row["name"],
                date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
            )
            for row in csv.DictReader(lines)
        )


def division_name(code: str, day: date) -> str:
    """Full name of a six-digit division code, as far as it is known; empty if not at all.

    A place that had another name on `day` is called by its present name with the old one
    behind it: 山东省临沂市兰陵县(原苍山县).
    """
    parts = [_named(code[:2], day), _named(f"{code[:4]}00", day)]
    if not code.endswith("00"):
        parts.append(_named(code, day))
    return "".join(parts)


def _named(code: str, day: date) -> str:
    known = sorted((d for d in divisions() if d.code == code), key=lambda d: d.valid_from)
    if not known:
        return ""
    latest = known[-1].name
    then = next((d.name for d in known if d.valid_from <= day <= d.valid_to), latest)
    return latest if then == latest else f"{latest}（原{then}）"


@cache
def _lookup(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in table(name):
        for alias in line.aliases:
            found[alias.upper()] = line.name
        found[line.code] = line.name
        padded = line.code.lstrip("0") or "0" if len(line.code) > 1 else f"0{line.code}"
        if name not in _NEVER_PADDED:
            found.setdefault(padded, line.name)
    found.update((line.name.upper(), line.name) for line in table(name))
    return found


@cache
def _codes_of(choices: tuple[str, ...]) -> dict[str, str]:
    name = next((name for name in TABLES if set(choices) <= set(words(name))), None)
    return {line.name: line.code for line in table(name)} if name and choices else {}


def _rank(word: str, code: str, typed: str) -> int:
    if typed in (word.lower(), code):
        return 0
    initials, full = _typed_keys(word)
    if typed in initials or typed in full:
        return 1
    if word.lower().startswith(typed) or (code and code.startswith(typed)):
        return 2
    if any(key.startswith(typed) for key in (*initials, *full)):
        return 3
    inside = typed in word.lower() or (len(typed) > 1 and any(typed in key for key in initials))
    return 4 if inside else _UNFIT


@cache
def _typed_keys(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Initials and full pinyin under every reading: 长子 answers to zz and to cz."""
    per_character = [pinyin.character_readings(character) for character in word[:8]]
    initials, full = {""}, {""}
    for readings in per_character:
        initials = {done + reading[0] for done in initials for reading in readings[:3]}
        full = {done + reading for done in full for reading in readings[:2]}
    return tuple(sorted(initials)), tuple(sorted(full))
