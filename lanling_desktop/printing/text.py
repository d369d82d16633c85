"""Lines of Chinese: which characters may begin and end one, what is squeezed, what stays whole.

避头尾: no closing mark begins a line, no opening mark ends one. 标点挤压: of two marks that meet,
the blank half of one goes; a closing mark at the end of a line may hang by its blank half. Latin
words and numbers stay whole unless one alone is longer than the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from lanling_desktop.printing.fonts import Typeface, clean

NO_START = frozenset("，。、；：？！）》〉」』】〕］｝”’…—·～％‰℃°）,.;:?!)]}%〗』々ー")
NO_END = frozenset("（《〈「『【〔［｛“‘〖￥＄¥$([{")
_HALF_RIGHT = frozenset("，。、；：）》〉」』】〕］｝”’〗")  # drawn in the left half of the em
_HALF_LEFT = frozenset("（《〈「『【〔［｛“‘〖")  # drawn in the right half
_CLOSING, _OPENING = "".join(NO_START), "".join(NO_END)
_LATIN = r"[^\s\u2e80-\U0010ffff“”‘’…—·]"
_ATOM = re.compile(rf"—+|…+|{_LATIN}+[％℃‰]?|\s|.", re.DOTALL)
_NAME = re.compile(r"[^、：]+[、：]?|[、：]")
_SLACK = 1e-6


@dataclass(slots=True)
class Line:
    """One line of glyphs.

    `shifts[i]` is what the pen moves, in ems, before glyph `i`; `stretch` are the glyphs before
    which justification may add; `width` is in points, without the hanging half of an end mark.
    """

    text: str = ""
    shifts: list[float] = field(default_factory=list)
    stretch: list[int] = field(default_factory=list)
    width: float = 0.0
    indent: float = 0.0
    last: bool = False

    def spaced(self, width: float, size: float) -> list[float]:
        """The shifts, in ems, that make the line exactly `width` points wide."""
        room = width - self.indent - self.width
        if self.last or not self.stretch or room <= 0:
            return self.shifts
        extra = room / len(self.stretch) / size
        if extra > 0.6:  # a line this empty was not broken for want of room
            return self.shifts
        spaced = list(self.shifts)
        for index in self.stretch:
            spaced[index] += extra
        return spaced


def lay_out(
    text: str,
    face: Typeface,
    size: float,
    width: float,
    *,
    first_indent: float = 0.0,
    names: bool = False,
) -> list[Line]:
    """Break a text into lines of at most `width` points; never fewer than one line.

    Of `names`, which 、 and ： part, none is broken that fits on a line.
    """
    lines: list[Line] = []
    for paragraph in clean(text).split("\n"):
        pieces = _NAME.findall(paragraph) if names else atoms(paragraph)
        lines.extend(_Paragraph(face, size, width, first_indent).broken(pieces))
    return lines


def atoms(text: str) -> list[str]:
    """The pieces a line may be broken between."""
    found: list[str] = []
    opening = ""
    for piece in _ATOM.findall(text):
        rest = piece
        if found and not opening and piece[0] in NO_START:
            rest = piece.lstrip(_CLOSING)
            while len(found) > 1 and found[-1].isspace():
                found[-2:] = [found[-2] + found[-1]]
            found[-1] += piece[: len(piece) - len(rest)]
        kept = rest.rstrip(_OPENING)
        if opening and kept.isspace():
            opening += rest
            continue
        if kept:
            found.append(opening + kept)
            opening = ""
        opening += rest[len(kept) :]
    if opening:
        found.append(opening)
    return found


class _Paragraph:
    """Greedy breaking of one paragraph."""

    def __init__(self, face: Typeface, size: float, width: float, indent: float) -> None:
        self.face, self.size, self.width = face, size, width
        self.line = Line(indent=indent)
        self.lines: list[Line] = []

    def broken(self, pieces: Iterable[str]) -> list[Line]:
        self._put(pieces)
        self._close(last=True)
        return self.lines

    def _put(self, pieces: Iterable[str]) -> None:
        for piece in pieces:
            if not self._fits(piece):
                self._turn()
                if piece.isspace():
                    continue
                if not self._fits(piece):
                    inner = atoms(piece)
                    if len(inner) > 1:
                        self._put(inner)
                    else:
                        self._force(piece)
                    continue
            self._push(piece)

    def _fits(self, atom: str) -> bool:
        room = self.width - self.line.indent - self.line.width
        need, before = 0.0, self.line.text[-1:]
        for char in atom:
            need += self._squeeze(before, char) + self.face.em(char)
            before = char
        if before in _HALF_RIGHT and self._wide(before):
            need -= 0.5
        return need * self.size <= room + _SLACK

    def _push(self, atom: str) -> None:
        line, inner = self.line, False
        for char in atom:
            before = line.text[-1:]
            shift = self._squeeze(before, char)
            if before and not (inner and _bound(before, char)):
                line.stretch.append(len(line.text))
            line.shifts.append(shift)
            line.text += char
            line.width += (shift + self.face.em(char)) * self.size
            inner = True

    def _force(self, atom: str) -> None:
        """Break a piece longer than the line wherever it must be."""
        for char in atom:
            if not self._fits(char):
                self._turn()
            self._push(char)

    def _turn(self) -> None:
        if self.line.text:
            self._close(last=False)

    def _close(self, *, last: bool) -> None:
        line = self.line
        kept = len(line.text.rstrip())
        for char, shift in zip(line.text[kept:], line.shifts[kept:], strict=True):
            line.width -= (self.face.em(char) + shift) * self.size
        line.text, line.shifts = line.text[:kept], line.shifts[:kept]
        line.stretch = [index for index in line.stretch if index < kept]
        end = line.text[-1:]
        over = line.width > self.width - line.indent + _SLACK
        if over and end in _HALF_RIGHT and self._wide(end):
            line.width -= 0.5 * self.size
        line.last = last
        self.lines.append(line)
        self.line = Line()

    def _squeeze(self, before: str, char: str) -> float:
        if not before:
            return 0.0
        if before in _HALF_RIGHT and (char in _HALF_RIGHT or char in _HALF_LEFT):
            return -0.5 if self._wide(before) else 0.0
        if before in _HALF_LEFT and char in _HALF_LEFT:
            return -0.5 if self._wide(char) else 0.0
        return 0.0

    def _wide(self, char: str) -> bool:
        return self.face.em(char) > 0.9


def _bound(before: str, char: str) -> bool:
    """Whether two neighbours keep their distance: letters of a word, halves of a dash."""
    if before == char and char in "—…":
        return True
    return _latin(before) and _latin(char)


@cache
def _latin(char: str) -> bool:
    return re.match(_LATIN, char) is not None
