"""What stands on which page of an official document, and how large its red head is.

When a long title or 主送机关 leaves the first page no line of the body, first 主送机关 goes to
版记, as the standard says, then the blanks are narrowed, then the title becomes smaller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lanling_desktop.printing.fonts import clean, typeface
from lanling_desktop.printing.official_closing import Foot, closing_rows, foot_of
from lanling_desktop.printing.official_parts import (
    HEIGHT,
    MARK_TOP,
    PITCH,
    RED_GAP,
    SIZE,
    TITLE,
    WIDTH,
    OfficialDocument,
    addressed,
)
from lanling_desktop.printing.official_rows import (
    Row,
    attachment_rows,
    body_rows,
    chains,
    fill,
    gap,
    opening_rows,
    plain_rows,
    with_closing,
)
from lanling_desktop.printing.title_breaks import split_evenly

INK = 0.845  # of the mark's size, from its baseline to the top of its ink
MARK_STEP = 1.2  # of the mark's size, from line to line
_BELOW = 0.09
_MARK_SIZES = (45.0, 34.0, 26.0)  # on one line, two, three
_MARK_WIDTH = 0.95 * WIDTH
_NARROWEST = 0.62  # the mark's letters may be that much narrower than high
_MANY = 3  # lines of 主送机关 above which it may go to 版记


@dataclass(frozen=True, slots=True)
class Head:
    """The red head, in points from the type area's top down.

    `narrow` is the width of the mark's letters as a share of their natural one.
    """

    mark: tuple[str, ...]
    size: float
    narrow: float
    number_top: float
    red: float


@dataclass(frozen=True, slots=True)
class Opening:
    """How the first page begins: the title's size, the blank lines, 主送机关 if it must move."""

    size: float
    gaps: float
    moved: str
    head: Head | None
    rows: tuple[Row, ...]

    @property
    def start(self) -> float:
        """Where the rows begin below the type area's top."""
        return self.head.red if self.head else 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What stands on which page."""

    opening: Opening
    pages: list[list[Row]]
    foot: Foot


def planned(document: OfficialDocument) -> Plan:
    """The whole document as rows on pages, the first of which shows a line of the body."""
    body = body_rows(document.body)
    openings = _fitting(document, body)
    full = [opening for opening in openings if opening.size == TITLE]
    smaller = [opening for opening in openings if opening.size < TITLE]
    tries = [(opening, pulled) for some in (full, smaller) for pulled in (2, 0) for opening in some]
    shown = {id(row.pieces) for row in body if row.pieces}
    for opening, pulled in tries:
        plan = _plan(document, opening, body, pulled)
        if not shown or any(id(row.pieces) in shown for row in plan.pages[0]):
            return plan
    return _plan(document, openings[0], body, 2)


def _plan(document: OfficialDocument, opening: Opening, body: Sequence[Row], pulled: int) -> Plan:
    foot = foot_of(document.colophon, opening.moved)
    attachments, closing = attachment_rows(document), closing_rows(document)
    ended = with_closing(body, attachments, closing, pulled)
    rows = [*opening.rows, *ended, *foot.early]
    return Plan(opening, fill(rows, HEIGHT - opening.start, HEIGHT, foot.height), foot)


def _fitting(document: OfficialDocument, body: Sequence[Row]) -> list[Opening]:
    """The openings, widest first, that leave the first page room for a line of the body."""
    first = next(chains(body), [])
    least = min(sum(row.height for row in first), HEIGHT / 2)
    tried = list(_openings(document))
    return [
        opening
        for opening in tried
        if opening.start + sum(row.height for row in opening.rows) + least <= HEIGHT
    ] or tried[-1:]


def _openings(document: OfficialDocument) -> Iterator[Opening]:
    said = addressed(document)
    many = len(plain_rows(said, 0.0)) > _MANY
    yield _opening(document, TITLE, 2.0, "")
    if many:
        yield _opening(document, TITLE, 2.0, said)
    yield _opening(document, TITLE, 1.0, said if many else "")
    yield _opening(document, 18.0, 0.5, said if many else "")
    yield _opening(document, 16.0, 0.3, said if many else "")


def _opening(document: OfficialDocument, size: float, gaps: float, moved: str) -> Opening:
    shown = replace(document, addressee="") if moved else document
    head = head_of(document, gaps) if document.mark else None
    rows = opening_rows(shown, size, min(gaps, 1.0))
    if rows:
        rows.insert(0, gap(gaps if head else min(gaps, 1.0)))
    elif head:
        rows = [gap(1.0)]
    return Opening(size, gaps, moved, head, tuple(rows))


def head_of(document: OfficialDocument, gaps: float = 2.0) -> Head:
    """The head with `gaps` blank lines between the mark and the number."""
    lines, size = _mark(document.mark)
    widest = max(typeface("title").width(line, size) for line in lines)
    narrow = min(1.0, _MARK_WIDTH / max(widest, 1.0))
    bottom = MARK_TOP + (INK + _BELOW + (len(lines) - 1) * MARK_STEP) * size
    top = bottom + gaps * PITCH
    red = top + SIZE + RED_GAP if document.number else bottom + PITCH / 2
    return Head(lines, size, narrow, top, red)


def _mark(mark: str) -> tuple[tuple[str, ...], float]:
    """The mark's lines and size: on one line if its letters need not become too narrow."""
    face = typeface("title")
    given = clean(mark).split("\n")
    lines, size, widest = given, _MARK_SIZES[0], 0.0
    for count, size in enumerate(_MARK_SIZES, start=1):
        lines = given if len(given) > 1 else split_evenly(mark, count, "title")
        widest = max(face.width(line, size) for line in lines) * _NARROWEST
        if widest <= _MARK_WIDTH and len(lines) <= count:
            return tuple(lines), size
    return tuple(lines), size * min(1.0, _MARK_WIDTH / max(widest, 1.0))
