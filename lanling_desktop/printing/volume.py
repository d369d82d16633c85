"""Papers bound into one file: each as it is alone, then a number in the corner of every sheet.

The numbers are the volume's (页号), in the corner away from the binding where DA/T 22 has them; the
papers keep their own. The first sheet of each piece may carry the filing stamp (归档章).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lanling_desktop.printing.fonts import typeface
from lanling_desktop.printing.page import MIDDLE, MM, Pen, fitted
from lanling_desktop.printing.pdfa import Document

_CORNER = 8 * MM  # of the number, from both edges of the sheet
_NUMBER = 11.0
_STAMP = (15 * MM, 8 * MM)  # a box of the filing stamp: 45 by 16 mm in all
_STAMP_TOP = 4 * MM
_WORDS, _LEAST = 8.0, 4.0


@dataclass(slots=True)
class _Sheet:
    operators: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stamp:
    """归档章: the archive's own fields (全宗号 …) in two rows of three, empty ones to be written."""

    rows: Sequence[Sequence[tuple[str, str]]] = field(default_factory=tuple)


class Volume(Document):
    """A file in which papers are bound: their sheets are held until all are there."""

    def __init__(self, title: str, *, author: str = "") -> None:
        super().__init__(title, author=author)
        self._sheets: list[_Sheet] = []

    def add_page(self, operators: str, width: float, height: float) -> None:
        """Hold one page."""
        self._sheets.append(_Sheet(operators, width, height))
        self.pages += 1

    def bring_to_front(self, count: int) -> None:
        """Put the last pages first: a list of contents, drawn when all else is known."""
        self._sheets[:0] = self._sheets[-count:]
        del self._sheets[-count:]

    def number(self, *, after: int = 0, stamps: Mapping[int, Stamp] | None = None) -> None:
        """Number the pages behind the first `after` from 1, and stamp those of `stamps`."""
        for number, sheet in enumerate(self._sheets[after:], start=1):
            pen = Pen(self)
            _draw_number(pen, sheet, number)
            if stamps and number in stamps:
                _draw_stamp(pen, sheet, stamps[number])
            sheet.operators = f"{sheet.operators}\n{pen.operators()}"

    def finish(self) -> bytes:
        """The whole file."""
        self.pages = 0
        for sheet in self._sheets:
            super().add_page(sheet.operators, sheet.width, sheet.height)
        return super().finish()


def _draw_number(pen: Pen, sheet: _Sheet, number: int) -> None:
    """Upper right of an upright sheet; of a broad one, which is bound at its head, lower right."""
    if sheet.width <= sheet.height:
        x, y = sheet.width - _CORNER, sheet.height - _CORNER
        pen.text(x, y, str(number), role="hei", size=_NUMBER, align="right")
        return
    face = typeface("hei")
    shown = pen.document.show(face, _NUMBER, str(number))
    x, y = sheet.width - _CORNER, _CORNER + face.width(str(number), _NUMBER)
    pen.raw(f"BT 0 -1 1 0 {x:.2f} {y:.2f} Tm {shown} ET")


def _draw_stamp(pen: Pen, sheet: _Sheet, stamp: Stamp) -> None:
    """In the blank above the first page's text: each box a label and what is written below it."""
    across, down = _STAMP
    left = (sheet.width - across * max(map(len, stamp.rows))) / 2
    for row, boxes in enumerate(stamp.rows):
        top = sheet.height - _STAMP_TOP - row * down
        for place, (label, said) in enumerate(boxes):
            x = left + place * across
            pen.frame(x, top - down, across, down)
            middle = x + across / 2
            for part, text in enumerate((label, said)):
                size = fitted(text, "song", _WORDS, across - 4, least=_LEAST)
                base = top - down * (0.27 + 0.48 * part) - MIDDLE * size
                pen.text(middle, base, text, size=size, align="center")
