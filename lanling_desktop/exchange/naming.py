"""Which fields a head may name: the fields' words laid out once, every text judged once.

A received sheet may be thousands of columns wide, all of them text; what is looked at here costs
the length of a text, not the number of fields.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from lanling_desktop.core.field import Field

SURE = 1.0
LIKELY = 0.9
ENOUGH = 0.75  # taken without asking
POSSIBLE = 0.6  # offered

MAX_HEAD = 200  # characters of a cell that are looked at as a head
_ALIKE = 0.75

_BRACKETS = re.compile(r"[(\[{<【〔「『《][^)\]}>】〕」』》]*[)\]}>】〕」』》]")
_JOINTS = re.compile(r"[\s*#:;,.、。·・/\\|_\-—~'\"“”‘’?!]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")


def normalise(text: str) -> str:
    """Reduce a head to what tells it from others: '姓　名（必填）*' becomes '姓名'."""
    return _normalised(text[:MAX_HEAD])


@lru_cache(maxsize=20_000)
def _normalised(text: str) -> str:
    # Cut again: one character may become eighteen, and brackets are looked for in a square.
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))[:MAX_HEAD]
    without = _JOINTS.sub("", _BRACKETS.sub("", plain))
    return (without or re.sub(r"[\W_]", "", plain)).lower()


class Names:
    """The words of the fields a sheet may feed."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self._meant: dict[str, dict[str, float]] = {}  # word → how surely it names which field
        for key, field in fields.items():
            self._meant.setdefault(normalise(field.label), {})[key] = SURE
            for alias in field.aliases:
                self._meant.setdefault(normalise(alias), {}).setdefault(key, LIKELY)
        words = [word for word in self._meant if len(word) >= 2]
        self._begun: dict[str, list[str]] = {}  # first two characters → the words they begin
        self._holding: dict[str, list[str]] = {}  # part of a word → the words it stands in
        self._with: dict[str, list[str]] = {}  # character → the words that have it
        for word in words:
            self._begun.setdefault(word[:2], []).append(word)
            for part in {*_parts(word)} - {word}:
                self._holding.setdefault(part, []).append(word)
            for character in set(word) if len(word) >= 3 else ():
                self._with.setdefault(character, []).append(word)
        self._judged: dict[tuple[str, bool], Mapping[str, float]] = {}

    def meant_by(self, text: str, *, loose: bool = True) -> Mapping[str, float]:
        """The fields a normalised head may name and how surely, at least `POSSIBLE`.

        `loose` also takes words that are only much alike: a slip of the pen.
        """
        place = text, loose
        if place not in self._judged:
            self._judged[place] = self._judge(text, loose)
        return self._judged[place]

    def _judge(self, text: str, loose: bool) -> Mapping[str, float]:
        found = dict(self._meant.get(text, {}))
        for word, sure in self._near(text, loose):
            if sure >= POSSIBLE:
                for key in self._meant[word]:
                    found[key] = max(found.get(key, 0.0), sure)
        return found

    def _near(self, text: str, loose: bool) -> Iterator[tuple[str, float]]:
        size = len(text)
        if size < 2:
            return
        contained = set(self._holding.get(text, ()))
        for at in range(size - 1):
            for word in self._begun.get(text[at : at + 2], ()):
                if len(word) < size and text.startswith(word, at):
                    contained.add(word)
        for word in contained:
            shorter, longer = sorted((len(word), size))
            yield word, 0.5 + 0.35 * shorter / longer
        if not loose or size < 3:
            return
        shared = Counter(word for character in text for word in self._with.get(character, ()))
        for word, count in shared.items():
            if word not in contained and 2 * count >= _ALIKE * (len(word) + size):
                ratio = SequenceMatcher(None, word, text).ratio()
                if ratio >= _ALIKE:
                    yield word, 0.8 * ratio


def _parts(word: str) -> Iterator[str]:
    """Every part of a word of two characters and more."""
    for start in range(len(word)):
        for end in range(start + 2, len(word) + 1):
            yield word[start:end]
