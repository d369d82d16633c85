"""The typefaces of our papers: a chain of shipped fonts per role, so that no name goes undrawn.

A character is drawn with the first font of the chain that has it. Font files are read once per
process and shared; the largest, with the rare characters, only when a character asks for it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from functools import cache
from struct import unpack
from typing import Any, Literal

from lanling_desktop import paths
from lanling_desktop.core.errors import OfficeError

Role = Literal["song", "hei", "kai", "fang", "title"]

_OWN: dict[Role, str] = {
    "song": "NotoSerifSC-Regular.ttf",  # 宋体
    "hei": "NotoSansSC-Medium.ttf",  # 黑体
    "kai": "LXGWWenKai.ttf",  # 楷体
    "fang": "FandolFang.ttf",  # 仿宋
    "title": "NotoSerifSC-Bold.ttf",  # stands for 小标宋
}
_FALLBACK = ("NotoSerifSC-Regular.ttf", "HanaMinB.ttf")  # together GB 18030-2022 level 3
_NOWHERE = -1
_LOCK = threading.RLock()

# what has no shape of its own: controls, joiners, direction marks, variation selectors
_INVISIBLE_RANGES = (
    (0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAE), (0x200B, 0x2010), (0x2028, 0x202F),
    (0x2060, 0x2070), (0xFE00, 0xFE10), (0xFEFF, 0xFF00), (0xE0100, 0xE01F0),
)  # fmt: skip
_CLEANING: dict[int, str | None] = dict.fromkeys(
    code for first, end in _INVISIBLE_RANGES for code in range(first, end)
)
_CLEANING.update(
    {0x09: " ", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x2028: "\n", 0x2029: "\n"}
)
_INVISIBLE = frozenset(map(chr, _CLEANING)) - {"\n"}


def clean(text: str) -> str:
    """Text without the characters that have no shape; every kind of line end becomes one `\\n`."""
    if text.isprintable() and _INVISIBLE.isdisjoint(text):
        return text
    return text.replace("\r\n", "\n").translate(_CLEANING)


class FontFile:
    """One font file, parsed: which characters it has and how wide they are."""

    def __init__(self, name: str) -> None:
        from reportlab.pdfbase.ttfonts import TTFontFace

        self.name = name
        self.raw: Any = TTFontFace(str(paths.resource(f"fonts/{name}")))
        self.glyphs: Mapping[int, int] = self.raw.charToGlyph
        _mend_advances(self.raw)

    def em(self, code: int) -> float:
        """Advance of a character in ems."""
        width: float = self.raw.charWidths.get(code, self.raw.defaultWidth)
        return width / 1000

    def subset(self, codes: list[int]) -> bytes:
        """A font file of glyph 0 and, in this order, the glyphs of these characters."""
        with _LOCK:  # ReportLab's parser keeps its place in the file on the object
            made: bytes = self.raw.makeSubset(codes)
        return made


def _mend_advances(raw: Any) -> None:
    """Put right the advances ReportLab embeds for the glyphs that share the last metric.

    It scales that one to thousandths of an em although the file counts in its own units.
    """
    count = unpack(">H", raw.get_table("hhea")[34:36])[0]
    metrics = raw.hmetrics
    advance = metrics[count - 1][0]
    metrics[count:] = [(advance, bearing) for _, bearing in metrics[count:]]


@cache
def _load(name: str) -> FontFile:
    return FontFile(name)


def font_file(name: str) -> FontFile:
    """The font file of that name below `resources/fonts`, read once in the life of the process."""
    with _LOCK:
        return _load(name)


class Typeface:
    """A role's chain of fonts, seen as one font that has every character."""

    def __init__(self, role: Role) -> None:
        self.role = role
        own = _OWN[role]
        self.files = (own, *(name for name in _FALLBACK if name != own))
        self._place: dict[str, int] = {}
        self._ems: dict[str, float] = {}

    def place(self, char: str) -> int:
        """Number in `files` of the font that draws a character; negative when none does."""
        found = self._place.get(char)
        return self._learn(char) if found is None else found

    def covers(self, char: str) -> bool:
        """Whether a character can be drawn."""
        return self.place(char) >= 0

    def em(self, char: str) -> float:
        """Advance of one character in ems."""
        found = self._ems.get(char)
        if found is None:
            self._learn(char)
            found = self._ems[char]
        return found

    def width(self, text: str, size: float) -> float:
        """Width of a text in points."""
        ems = self._ems
        try:
            return sum([ems[char] for char in text]) * size
        except KeyError:
            return sum([self.em(char) for char in text]) * size

    def runs(self, text: str) -> list[tuple[int, str]]:
        """The text cut where the font changes: number in `files`, piece."""
        found: list[tuple[int, str]] = []
        start, last = 0, None
        for index, char in enumerate(text):
            place = self.place(char)
            if place != last:
                if last is not None:
                    found.append((last, text[start:index]))
                start, last = index, place
        if last is not None:
            found.append((last, text[start:]))
        return found

    def learn(self, chars: Iterable[str]) -> set[str]:
        """Look all of these up at once; those that cannot be drawn. Line ends need no shape."""
        place = self.place
        return {char for char in chars if place(char) < 0 and char != "\n"}

    def _learn(self, char: str) -> int:
        code = ord(char)
        for number, name in enumerate(self.files):
            font = font_file(name)
            if code in font.glyphs:
                self._ems[char] = font.em(code)
                self._place[char] = number
                return number
        self._ems[char] = 0.0 if code in _CLEANING else 1.0
        self._place[char] = _NOWHERE
        return _NOWHERE


@cache
def _typeface(role: Role) -> Typeface:
    return Typeface(role)


def typeface(role: Role) -> Typeface:
    """The typeface of a role, one for the process."""
    with _LOCK:
        return _typeface(role)


def missing(texts: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Characters no font has, each with the places it stands in; `texts` are (place, text)."""
    face = typeface("song")
    found: dict[str, list[str]] = {}
    for place, text in texts:
        for char in sorted(face.learn(set(clean(text)))):
            found.setdefault(char, []).append(place)
    return found


def refuse_missing(texts: Iterable[tuple[str, str]]) -> None:
    """Raise `OfficeError` naming what cannot be drawn and where, before anything is drawn."""
    found = missing(texts)
    if not found:
        return
    shown = list(found.items())[:8]
    named = "；".join(f"{_name(char)}在{_places(places)}" for char, places in shown)
    more = f"；另有 {len(found) - len(shown)} 个字" if len(found) > len(shown) else ""
    raise OfficeError(
        f"字库里没有这些字，印出来会是空白：{named}{more}",
        "没有印出任何内容，数据没有改动",
        "请在所列之处改用能显示的字（可在备注里写明原字的拆分），再重新打印",
    )


def _name(char: str) -> str:
    code = f"U+{ord(char):04X}"
    return f"“{char}”（{code}）" if char.isprintable() else code


def _places(places: list[str]) -> str:
    kept = list(dict.fromkeys(places))
    said = "、".join(kept[:3])
    return f"{said}等 {len(kept)} 处" if len(kept) > 3 else said
