"""A drawn page as measured: where its characters and its lines are, in millimetres."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from io import BytesIO

import pypdfium2
from pypdfium2 import raw

from lanling_desktop.printing.official import OfficialDocument, draw_official

POINT = 25.4 / 72
A4_HEIGHT = 297.0
# the type area from the sheet's upper left corner
LEFT, TOP, RIGHT, BOTTOM = 28.0, 37.0, 184.0, 262.0
PITCH = 225 / 22


@dataclass(frozen=True)
class Char:
    """A character: its ink, its place on the baseline and its size; y grows downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Rule:
    """A straight line: its ends, weight and colour."""

    left: float
    right: float
    y: float
    weight: float
    colour: tuple[int, int, int]


@dataclass(frozen=True)
class Page:
    """A page's characters in the order they were drawn, and its lines."""

    chars: list[Char]
    rules: list[Rule]

    def inside(self) -> list[Char]:
        """Characters of the type area."""
        return [char for char in self.chars if char.y < BOTTOM]

    def find(self, text: str) -> list[Char]:
        """The characters of the first place where a text stands."""
        said = "".join(char.text for char in self.chars)
        at = said.index(text)
        return self.chars[at : at + len(text)]

    def lines(self) -> list[list[Char]]:
        """Characters of the type area by baseline, from the top."""
        found: dict[int, list[Char]] = {}
        for char in self.inside():
            found.setdefault(round(char.y * 4), []).append(char)
        return [found[y] for y in sorted(found)]


def drawn(document: OfficialDocument) -> bytes:
    out = BytesIO()
    draw_official(document, out)
    return out.getvalue()


def pages(pdf: bytes) -> list[Page]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    text = page.get_textpage()
    chars: list[Char] = []
    for index in range(raw.FPDFText_CountChars(text)):
        said = chr(raw.FPDFText_GetUnicode(text, index))
        if said.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if "\udc00" <= said <= "\udfff":  # PDFium counts in UTF-16
            pair = (chars[-1].text + said).encode("utf-16", "surrogatepass").decode("utf-16")
            chars[-1] = replace(chars[-1], text=pair)
            continue
        left, bottom, right, top = (side * POINT for side in text.get_charbox(index))
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        size = raw.FPDFText_GetFontSize(text, index)
        ink = (left, A4_HEIGHT - top, right, A4_HEIGHT - bottom)
        chars.append(Char(said, *ink, x.value * POINT, A4_HEIGHT - y.value * POINT, size))
    return Page(chars, [_rule(found) for found in page.get_objects([raw.FPDF_PAGEOBJ_PATH])])


def _rule(found: pypdfium2.PdfObject) -> Rule:
    left, bottom, right, top = (side * POINT for side in found.get_bounds())
    weight = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(found, weight)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetStrokeColor(found, red, green, blue, alpha)
    middle = A4_HEIGHT - (top + bottom) / 2
    return Rule(left, right, middle, weight.value * POINT, (red.value, green.value, blue.value))
