"""Official documents in the layout of GB/T 9704-2012: 纪要 under a red head, 通知, 公示.

The head of the first page stands at fixed heights; what follows flows in rows over pages of 22
lines; 版记 lies on the bottom of the last. `word.write_word` writes the same document for Word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lanling_desktop.printing.files import Target
from lanling_desktop.printing.fonts import typeface
from lanling_desktop.printing.official_closing import Foot
from lanling_desktop.printing.official_parts import (
    HEIGHT,
    LEFT,
    MARK_TOP,
    PAGE_GAP,
    RED_RULE,
    SIZE,
    SMALL,
    THICK_RULE,
    THIN_RULE,
    TOP,
    WIDTH,
    Block,
    Colophon,
    Heading,
    Kind,
    Level,
    NameList,
    OfficialDocument,
    Paragraph,
    Signature,
    numbered,
    refuse_undrawable,
)
from lanling_desktop.printing.official_plan import INK, MARK_STEP, Head, planned
from lanling_desktop.printing.official_rows import RISE, Row
from lanling_desktop.printing.page import A4, MM, Pen, PrintedPaper, Progress, Proof

if TYPE_CHECKING:
    from lanling_desktop.printing.pdfa import Document

__all__ = [
    "Block",
    "Colophon",
    "Heading",
    "Kind",
    "Level",
    "NameList",
    "OfficialDocument",
    "Paragraph",
    "Signature",
    "draw_official",
    "numbered",
]

_TOP, _BOTTOM = A4[1] - TOP, A4[1] - TOP - HEIGHT  # of the type area, from the sheet's foot
_RED = "0.9 0 0.05"
_DASH = 0.293  # of the size, from the baseline to the top of the page number's dash
_PROOF = 11 * MM  # the small print, from the sheet's foot


def draw_official(
    document: OfficialDocument, out: Target | Document, progress: Progress | None = None
) -> PrintedPaper:
    """Print an official document; refuses with `OfficeError` what it cannot draw, before it draws.

    `progress` is told each page drawn, of how many; it may raise to stop, and nothing is written.
    """
    refuse_undrawable(document)
    from lanling_desktop.printing.pdfa import begun, delivered

    plan = planned(document)
    file = begun(out, document.name, document.unit)
    pages = len(plan.pages)
    for number, rows in enumerate(plan.pages, start=1):
        pen = Pen(file)
        if number == 1 and plan.opening.head:
            _draw_head(pen, plan.opening.head, document.number)
        _draw_rows(pen, rows, _TOP - (plan.opening.start if number == 1 else 0.0))
        if number == pages:
            _draw_foot(pen, plan.foot)
        _draw_margin(pen, document, number, pages)
        file.add_page(pen.operators(), *A4)
        if progress:
            progress(number, pages)
    delivered(file, out)
    return PrintedPaper(pages)


def _draw_head(pen: Pen, head: Head, said: str) -> None:
    for number, line in enumerate(head.mark):
        base = _TOP - MARK_TOP - (INK + MARK_STEP * number) * head.size
        _draw_mark(pen, line, base, head.size, head.narrow, alone=len(head.mark) == 1)
    if said:
        base = _TOP - head.number_top - RISE * SIZE
        pen.text(LEFT + WIDTH / 2, base, said, role="fang", size=SIZE, align="center")
    y = _TOP - head.red
    pen.raw(f"q {_RED} RG {RED_RULE:.3f} w {LEFT:.2f} {y:.2f} m {LEFT + WIDTH:.2f} {y:.2f} l S Q")


def _draw_mark(
    pen: Pen, text: str, base: float, size: float, narrow: float, *, alone: bool
) -> None:
    """A red line of the mark: letters narrowed when they are many, spaced when few stand alone."""
    face = typeface("title")
    natural = face.width(text, size) * narrow
    spaced = 0.0
    if alone and len(text) > 1 and natural < 0.7 * WIDTH:
        spaced = min(0.3 * size, (0.75 * WIDTH - natural) / (len(text) - 1))
    left = LEFT + (WIDTH - natural - spaced * (len(text) - 1)) / 2
    shown = pen.document.show(face, size, text)
    pen.raw(
        f"q {_RED} rg BT {100 * narrow:.2f} Tz {spaced:.3f} Tc"
        f" 1 0 0 1 {left:.2f} {base:.2f} Tm {shown} ET Q"
    )


def _draw_rows(pen: Pen, rows: Sequence[Row], top: float) -> None:
    for row in rows:
        if row.rule:
            pen.rule(LEFT, top, LEFT + WIDTH, top, THICK_RULE)
        for piece in row.pieces:
            pen.lines(
                [piece.line],
                LEFT + piece.left,
                top - row.base,
                piece.width,
                role=piece.role,
                size=piece.size,
                align=piece.align,
            )
        top -= row.height


def _draw_foot(pen: Pen, foot: Foot) -> None:
    """版记 from its first line down to the last one, on the type area's bottom."""
    if not foot.groups:
        return
    y = _BOTTOM + foot.height
    for number, group in enumerate(foot.groups):
        pen.rule(LEFT, y, LEFT + WIDTH, y, THIN_RULE if number else THICK_RULE)
        _draw_rows(pen, group, y)
        y -= sum(row.height for row in group)
    pen.rule(LEFT, _BOTTOM, LEFT + WIDTH, _BOTTOM, THICK_RULE)


def _draw_margin(pen: Pen, document: OfficialDocument, number: int, pages: int) -> None:
    """Page number and, below it in the margin, what the paper can be called up again by."""
    base = _BOTTOM - PAGE_GAP - _DASH * SMALL
    if number % 2:
        pen.text(LEFT + WIDTH - SMALL, base, f"— {number} —", size=SMALL, align="right")
    else:
        pen.text(LEFT + SMALL, base, f"— {number} —", size=SMALL)
    proof = str(Proof(document.print_no, document.check_code, document.edition))
    said = "　".join(part for part in (proof, f"第 {number} 页 共 {pages} 页") if part)
    pen.text(LEFT, _PROOF, said, size=7, grey=0.35)
    if document.demo:
        pen.demo_mark(LEFT + WIDTH, A4[1] - 14 * MM)
