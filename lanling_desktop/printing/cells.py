"""The cells of a roster's column: each distinct text measured and turned into operators once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING

from lanling_desktop.printing.fonts import Typeface, clean, typeface
from lanling_desktop.printing.page import LEADING, MIDDLE, MM, Align
from lanling_desktop.printing.text import Line, lay_out

if TYPE_CHECKING:
    from lanling_desktop.printing.pdfa import Document

BODY, LEAST, WRAPPED = 10.5, 8.0, 9.0  # points: wished for, smallest on one line, on several
PADDING = 1.0 * MM  # left and right of a cell's text
ABOVE = 1.5 * MM  # above and below the lines of a wrapped cell

Flat = tuple[str, str]  # operators before and after the baseline


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a roster; `shrink` lets a long text grow smaller before it wraps."""

    label: str
    width_mm: float
    align: Align = "center"
    shrink: bool = True


class ColumnCells:
    """Every text of one column, ready to draw: one-line ones in `flat`, wrapped ones in `tall`."""

    def __init__(
        self, column: Column, left: float, width: float, document: Document, empty_as: str
    ) -> None:
        self.column = column
        self.left, self.width = left, width
        self.face: Typeface = typeface("song")
        self.size = BODY
        self.flat: dict[str, Flat | None] = {}
        self.tall: dict[str, list[Line]] = {}
        self.wrap_size = BODY
        self.shrunk = 0
        self._document = document
        self._empty_as = empty_as
        self._room = width - 2 * PADDING

    def fill(self, texts: Iterable[str], sample: Sequence[str]) -> None:
        """Make the cells of these distinct texts; the sample decides the column's common size."""
        if self.column.shrink:
            self.size = self._common_size(sample)
        self.wrap_size = WRAPPED if self.column.shrink else self.size
        for text in texts:
            self.flat[text] = self._made(text)

    def height(self, text: str) -> float:
        """How high a row must be for this text, when it wraps."""
        lines = self.tall.get(text)
        return len(lines) * LEADING * self.wrap_size + 2 * ABOVE if lines else 0.0

    @property
    def left_lined(self) -> float:
        """Left edge of the text."""
        return self.left + PADDING

    @property
    def room(self) -> float:
        """Width the text may take."""
        return self._room

    def _common_size(self, sample: Sequence[str]) -> float:
        """A size at which nine in ten fit on one line, so that a column does not look patched."""
        widths = [self.face.width(clean(text), 1.0) for text in sample if text and "\n" not in text]
        if not widths:
            return BODY
        usual = quantiles(widths, n=10)[-1] if len(widths) > 1 else widths[0]
        fitting = self._room / max(usual, 0.01)
        if fitting >= BODY or max(widths) * LEAST > self._room * 2:
            return BODY  # nothing to gain, or a column of long texts that wrap anyhow
        return max(LEAST, int(fitting * 4) / 4)

    def _made(self, raw: str) -> Flat | None:
        text = clean(raw) or self._empty_as
        if not text:
            return None
        size = self.size
        width = 0.0 if "\n" in text else self.face.width(text, size)
        if width > self._room and self.column.shrink:
            size = max(LEAST, int(4 * size * self._room / width) / 4)
            width = self.face.width(text, size)
        if "\n" in text or width > self._room + 0.01:
            self.tall[raw] = lay_out(text, self.face, self.wrap_size, self._room)
            return None
        if size < self.size:
            self.shrunk += 1
        return self._operators(text, size, width)

    def _operators(self, text: str, size: float, width: float) -> Flat:
        align = self.column.align
        left = self.left + PADDING
        if align != "left":
            left += (self._room - width) * (0.5 if align == "center" else 1.0)
        shown = self._document.show(self.face, size, text)
        if size != BODY:
            rise = MIDDLE * (BODY - size)
            shown = f"{rise:.2f} Ts {shown} 0 Ts"
        return f"1 0 0 1 {left:.2f} ", f" Tm {shown}\n"
