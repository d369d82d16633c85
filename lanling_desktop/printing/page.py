"""A sheet of paper and the pen that draws on it: text, lines of text, rules, head and foot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lanling_desktop.printing.fonts import Role, Typeface, clean, typeface
from lanling_desktop.printing.text import Line, lay_out

if TYPE_CHECKING:
    from lanling_desktop.printing.pdfa import Document

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
LEADING = 1.3  # of the size, between the lines of one cell
MIDDLE = 0.38  # of the size, from the baseline up to the middle of a Chinese character
THIN, THICK = 0.4, 0.8

Align = Literal["left", "center", "right"]
Progress = Callable[[int, int], None]
_SHARE: dict[Align, float] = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """What came of a print: its pages, and the texts that had to be shrunk or wrapped to fit."""

    pages: int
    shrunk: int = 0
    wrapped: int = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands in the foot of every sheet, so that it can be called up again."""

    print_no: str = ""
    check_code: str = ""
    edition: str = ""

    def __str__(self) -> str:
        said = (
            f"打印编号 {self.print_no}" if self.print_no else "",
            f"校验码 {self.check_code}" if self.check_code else "",
            self.edition,
        )
        return "　".join(part for part in said if part)


def show_line(document: Document, face: Typeface, size: float, line: Line, width: float) -> str:
    """Operators that show one laid-out line, justified to `width`."""
    shifts = line.spaced(width, size)
    shown: list[str] = []
    start = 0
    for place, piece in face.runs(line.text):
        font = document.font(face.files[place])
        parts, run = [], ""
        for char, shift in zip(piece, shifts[start : start + len(piece)], strict=True):
            if abs(shift) > 1e-4:
                parts.append(f"<{font.encode(run)}> {-1000 * shift:.0f}")
                run = ""
            run += char
        start += len(piece)
        shown.append(f"/{font.key} {size:g} Tf [{' '.join(parts)} <{font.encode(run)}>] TJ")
    return " ".join(shown)


class Pen:
    """Collects the operators of one page; the origin is the page's lower left corner, in points."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._drawn: list[str] = []

    def operators(self) -> str:
        """Everything drawn so far."""
        return "\n".join(self._drawn)

    def raw(self, operators: str) -> None:
        """Operators made elsewhere."""
        self._drawn.append(operators)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        role: Role = "song",
        size: float = 10.5,
        align: Align = "left",
        grey: float = 0.0,
    ) -> None:
        """One line at a baseline; `x` is its left, middle or right."""
        text = clean(text).replace("\n", " ")
        if not text:
            return
        face = typeface(role)
        left = x - face.width(text, size) * _SHARE[align]
        shown = self.document.show(face, size, text)
        tone, back = (f"{grey:g} g ", " 0 g") if grey else ("", "")
        self._drawn.append(f"{tone}BT 1 0 0 1 {left:.2f} {y:.2f} Tm {shown} ET{back}")

    def lines(
        self,
        lines: list[Line],
        x: float,
        y: float,
        width: float,
        *,
        role: Role = "song",
        size: float = 10.5,
        align: Align = "left",
        leading: float = LEADING,
    ) -> None:
        """Laid-out lines, the first on the baseline `y`; only left-aligned ones are justified."""
        face = typeface(role)
        for number, line in enumerate(lines):
            if not line.text:
                continue
            left = x + line.indent + (width - line.width - line.indent) * _SHARE[align]
            full = width if align == "left" else 0.0
            shown = show_line(self.document, face, size, line, full)
            base = y - number * leading * size
            self._drawn.append(f"BT 1 0 0 1 {left:.2f} {base:.2f} Tm {shown} ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float, weight: float = THIN) -> None:
        """A straight line."""
        self._drawn.append(f"{weight:g} w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")

    def frame(self, x: float, y: float, width: float, height: float, weight: float = THIN) -> None:
        """A rectangle by its lower left corner."""
        self._drawn.append(f"{weight:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def picture(
        self, jpeg: bytes, points: tuple[int, int], x: float, y: float, width: float, height: float
    ) -> None:
        """A JPEG of so many points in the middle of a room, as large as the room lets it be."""
        name = self.document.picture(jpeg, *points)
        scale = min(width / points[0], height / points[1])
        wide, high = points[0] * scale, points[1] * scale
        left, low = x + (width - wide) / 2, y + (height - high) / 2
        self._drawn.append(f"q {wide:.2f} 0 0 {high:.2f} {left:.2f} {low:.2f} cm /{name} Do Q")

    def demo_mark(self, right: float, top: float) -> None:
        """Says in the head of a sheet that its people are invented."""
        width, height = 20 * MM, 6.5 * MM
        self._drawn.append("0.6 G")
        self.frame(right - width, top - height, width, height, THICK)
        self._drawn.append("0 G")
        middle = top - height / 2 - MIDDLE * 11
        self.text(right - width / 2, middle, "演示", role="hei", size=11, align="center", grey=0.55)


def foot(
    pen: Pen, left: float, right: float, y: float, page: int, pages: int, proof: Proof
) -> None:
    """The foot of a sheet: number and check code to the left, the page in the middle."""
    pen.text((left + right) / 2, y, f"第 {page} 页 共 {pages} 页", size=9, align="center")
    pen.text(left, y, str(proof), size=7.5, grey=0.25)


def fitted(text: str, role: Role, size: float, width: float, least: float = 8.0) -> float:
    """The size, not below `least`, at which a text fits on one line of `width`."""
    natural = typeface(role).width(text, size)
    if natural <= width:
        return size
    return max(least, int(2 * size * width / natural) / 2)


def balanced(text: str, role: Role, size: float, width: float) -> list[Line]:
    """Lines of a heading: as few as it takes, about equally long."""
    face = typeface(role)
    lines = lay_out(text, face, size, width)
    if len(lines) < 2 or "\n" in text:
        return lines
    narrow = face.width(text, size) / len(lines)
    while narrow < width:
        tried = lay_out(text, face, size, narrow)
        if len(tried) <= len(lines):
            return tried
        narrow += size / 4
    return lines
