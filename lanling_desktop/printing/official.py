"""Official documents in the layout of GB/T 9704-2012: 纪要 under a red head, 通知, 公示.

The head of the first page stands at fixed heights; what follows flows in rows over pages of 22
lines; 版记 lies on the bottom of the last. When a long title or 主送机关 leaves the first page no
line of the body, first 主送机关 goes to 版记, as the standard says, then the blanks are narrowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lanling_desktop.printing.files import Target, write_whole
from lanling_desktop.printing.fonts import clean, typeface
from lanling_desktop.printing.official_parts import (
    HEIGHT,
    LEFT,
    MARK_TOP,
    PAGE_GAP,
    PITCH,
    RED_GAP,
    RED_RULE,
    SIZE,
    SMALL,
    THICK_RULE,
    THIN_RULE,
    TITLE,
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
    addressed,
    numbered,
    refuse_undrawable,
)
from lanling_desktop.printing.official_rows import (
    RISE,
    Foot,
    Row,
    attachment_rows,
    body_rows,
    chains,
    closing_rows,
    fill,
    foot_of,
    gap,
    opening_rows,
    with_closing,
)
from lanling_desktop.printing.page import A4, MM, Pen, PrintedPaper, Progress, Proof
from lanling_desktop.printing.title_breaks import split_evenly

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
_INK = 0.845  # of the size, from the baseline to the top of the mark's ink
_BELOW = 0.09
_MARK_SIZES = (45.0, 34.0, 26.0)  # on one line, two, three
_MARK_WIDTH = 0.95 * WIDTH
_NARROWEST = 0.62  # the mark's letters may be that much narrower than high
_DASH = 0.293  # of the size, from the baseline to the top of the page number's dash
_PROOF = 11 * MM  # the small print, from the sheet's foot


@dataclass(frozen=True, slots=True)
class _Head:
    """The red head: lines of the mark, and how far down the number and the red line are."""

    mark: tuple[str, ...]
    size: float
    number_top: float
    red: float


@dataclass(frozen=True, slots=True)
class _Plan:
    """What stands on which page."""

    head: _Head | None
    start: float
    pages: list[list[Row]]
    foot: Foot


def draw_official(
    document: OfficialDocument, out: Target, progress: Progress | None = None
) -> PrintedPaper:
    """Print an official document; refuses with `OfficeError` what it cannot draw, before it draws.

    `progress` is told each page drawn, of how many; it may raise to stop, and nothing is written.
    """
    refuse_undrawable(document)
    from lanling_desktop.printing.pdfa import Document

    plan = _planned(document)
    file = Document(document.name, author=document.unit)
    pages = len(plan.pages)
    for number, rows in enumerate(plan.pages, start=1):
        pen = Pen(file)
        if number == 1 and plan.head:
            _draw_head(pen, plan.head, document)
        _draw_rows(pen, rows, _TOP - (plan.start if number == 1 else 0.0))
        if number == pages:
            _draw_foot(pen, plan.foot)
        _draw_margin(pen, document, number, pages)
        file.add_page(pen.operators(), *A4)
        if progress:
            progress(number, pages)
    write_whole(out, file.finish())
    return PrintedPaper(pages)


# -- what stands where --------------------------------------------------------------------------


def _planned(document: OfficialDocument) -> _Plan:
    """Rows on pages, with the widest blanks that leave the first page a line of the body."""
    body = body_rows(document.body)
    long = addressed(document) if document.addressee else ""
    tries = [
        (TITLE, 2.0, ""),
        (TITLE, 2.0, long),
        (TITLE, 1.0, ""),
        (18.0, 0.5, ""),
        (16.0, 0.3, long),
    ]
    for size, gaps, moved in tries:
        head = _head(document, gaps) if document.mark else None
        opening = _opening(document, size, gaps, moved)
        start = head.red if head else 0.0
        need = sum(row.height for row in opening) + _least(body)
        if start + need <= HEIGHT:
            break
    foot = foot_of(document.colophon, moved)
    text = [*opening, *body, *attachment_rows(document)]
    rows = [*with_closing(text, closing_rows(document)), *foot.early]
    return _Plan(head, start, fill(rows, HEIGHT - start, HEIGHT, foot.height), foot)


def _opening(document: OfficialDocument, size: float, gaps: float, moved: str) -> list[Row]:
    """Title and 主送机关 with the blank lines above them."""
    shown = replace(document, addressee="") if moved else document
    rows = opening_rows(shown, size, min(gaps, 1.0))
    if not rows:
        return [gap(1.0)] if document.mark else []
    return [gap(gaps if document.mark else min(gaps, 1.0)), *rows]


def _least(body: Sequence[Row]) -> float:
    """Height of the body's first line with all that must not be parted from it."""
    first = next(chains(body), [])
    return min(sum(row.height for row in first), HEIGHT / 2)


def _head(document: OfficialDocument, gaps: float) -> _Head:
    lines, size = _mark(document.mark)
    bottom = MARK_TOP + (_INK + _BELOW) * size + (len(lines) - 1) * 1.2 * size
    top = bottom + gaps * PITCH
    red = top + SIZE + RED_GAP if document.number else bottom + max(gaps, 1.0) / 2 * PITCH
    return _Head(lines, size, top, red)


def _mark(mark: str) -> tuple[tuple[str, ...], float]:
    """The mark's lines and size: on one line if its letters need not become too narrow."""
    face = typeface("title")
    given = clean(mark).split("\n")
    for count, size in enumerate(_MARK_SIZES, start=1):
        lines = given if len(given) > 1 else split_evenly(mark, count, "title")
        widest = max(face.width(line, size) for line in lines)
        if widest * _NARROWEST <= _MARK_WIDTH:
            return tuple(lines), size
    return tuple(lines), size * _MARK_WIDTH / (widest * _NARROWEST)


# -- drawing ------------------------------------------------------------------------------------


def _draw_head(pen: Pen, head: _Head, document: OfficialDocument) -> None:
    widest = max(typeface("title").width(line, head.size) for line in head.mark)
    narrow = min(1.0, _MARK_WIDTH / widest)
    for number, line in enumerate(head.mark):
        base = _TOP - MARK_TOP - (_INK + 1.2 * number) * head.size
        _draw_mark(pen, line, base, head.size, narrow)
    if document.number:
        base = _TOP - head.number_top - RISE * SIZE
        middle = LEFT + WIDTH / 2
        pen.text(middle, base, document.number, role="fang", size=SIZE, align="center")
    y = _TOP - head.red
    pen.raw(f"q {_RED} RG {RED_RULE:.3f} w {LEFT:.2f} {y:.2f} m {LEFT + WIDTH:.2f} {y:.2f} l S Q")


def _draw_mark(pen: Pen, text: str, base: float, size: float, narrow: float) -> None:
    """A red line of the mark: letters narrowed when they are many, spaced when they are few."""
    face = typeface("title")
    natural = face.width(text, size) * narrow
    spaced = 0.0
    if narrow == 1.0 and len(text) > 1 and natural < 0.7 * WIDTH:
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
