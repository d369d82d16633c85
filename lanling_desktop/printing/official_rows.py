"""An official document as rows of lines, and how rows fill the pages.

Everything that flows is a row of one height: a line of the body, a blank line, a line of a
signature. Rows that must not be parted are bound to the next; so a heading never stands alone at
the foot of a page, nor a signature or 版记 at the head of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lanling_desktop.printing.fonts import Role, Typeface, clean, typeface
from lanling_desktop.printing.official_parts import (
    HEADING_ROLES,
    PITCH,
    SIZE,
    WIDTH,
    Block,
    Heading,
    NameList,
    OfficialDocument,
    Paragraph,
    addressed,
    attached,
)
from lanling_desktop.printing.page import Align
from lanling_desktop.printing.text import Line, lay_out
from lanling_desktop.printing.title_breaks import break_title

RISE = 0.86  # of the size, from the top of a row down to its baseline
_MOST_ATTACHED = 7  # rows of 附件说明 that stay together with the text above
_SLACK = 0.05


@dataclass(frozen=True, slots=True)
class Piece:
    """A line somewhere in a row; `left` and `width` in points from the type area's left edge."""

    line: Line
    left: float
    width: float
    role: Role = "fang"
    size: float = SIZE
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """What stands at one height. `bound` keeps the next row on its page.

    `loose` rows are blank for distance only and vanish at the head of a page; `base` is the way
    down from the row's top to its baseline, `rule` the weight of a line along its top.
    """

    pieces: tuple[Piece, ...] = ()
    height: float = PITCH
    bound: bool = False
    loose: bool = False
    base: float = RISE * SIZE
    rule: float = 0.0


def gap(lines: float = 1.0, *, bound: bool = False, loose: bool = True) -> Row:
    """Blank lines."""
    return Row((), lines * PITCH, bound, loose)


def title_rows(title: str, size: float) -> list[Row]:
    """The title, centred, its lines a trapezoid or a diamond."""
    if not title:
        return []
    return [
        Row((Piece(line, 0, WIDTH, "title", size, "center"),), size * 1.55, base=RISE * size)
        for line in break_title(title, "title", size, WIDTH)
    ]


def opening_rows(document: OfficialDocument, size: float, gaps: float) -> list[Row]:
    """Title, a plain document's number, and 主送机关."""
    rows = title_rows(document.title, size)
    if document.number and not document.mark:
        lines = lay_out(document.number, typeface("fang"), SIZE, WIDTH)
        rows += [Row((Piece(line, 0, WIDTH, align="center"),)) for line in lines]
    if rows and (gaps or document.mark):
        rows.append(gap(max(gaps, 0.4)))
    return [*rows, *plain_rows(addressed(document), 0.0)]


def body_rows(body: Sequence[Block]) -> list[Row]:
    """The body's lines; headings are bound to what follows."""
    rows: list[Row] = []
    before: Block | None = None
    for block in body:
        match block:
            case Heading():
                role = HEADING_ROLES[block.level]
                rows += [replace(row, bound=True) for row in plain_rows(block.text, 2 * SIZE, role)]
            case Paragraph():
                rows += plain_rows(block.text, 2 * SIZE)
            case NameList():
                if before is not None and not isinstance(before, NameList):
                    rows.append(gap())
                rows += _names(block)
        before = block
    if isinstance(before, Heading):
        rows[-1] = replace(rows[-1], bound=False)
    return rows


def attachment_rows(document: OfficialDocument) -> list[Row]:
    """附件说明: a blank line, then the names one below the other."""
    names = attached(document)
    if not names:
        return []
    face = typeface("fang")
    label = "附件："
    start = 2 * SIZE + face.width(label, SIZE)
    rows = [gap()]
    for count, name in enumerate(names):
        number = name[: name.index(" ") + 1] if len(names) > 1 else ""
        said = name[len(number) :]
        left = start + (face.width("00. " if len(names) > 9 else "0. ", SIZE) if number else 0.0)
        for place, line in enumerate(lay_out(said, face, SIZE, WIDTH - left)):
            pieces = [Piece(line, left, WIDTH - left)]
            if place == 0 and number:
                pieces.insert(0, Piece(one_line(number, face), start, left - start))
            if place == 0 and count == 0:
                pieces.insert(0, Piece(one_line(label, face), 2 * SIZE, start))
            rows.append(Row(tuple(pieces)))
    return rows


def plain_rows(text: str, indent: float, role: Role = "fang") -> list[Row]:
    """Paragraphs whose first lines begin `indent` points in."""
    if not text:
        return []
    lines = lay_out(text, typeface(role), SIZE, WIDTH, first_indent=indent)
    return [Row((Piece(line, 0, WIDTH, role),)) for line in lines]


def one_line(text: str, face: Typeface, size: float = SIZE) -> Line:
    """A short text as one line."""
    return lay_out(text, face, size, 10 * WIDTH)[0]


def _names(block: NameList) -> list[Row]:
    """A label two characters in, and names that hang beside it."""
    label = f"{block.label}："
    hei, face = typeface("hei"), typeface("fang")
    start = 2 * SIZE + hei.width(label, SIZE)
    rows: list[Row] = []
    if start > WIDTH / 2:
        rows = [replace(row, bound=True) for row in plain_rows(label, 2 * SIZE, "hei")]
        start = 2 * SIZE
    for line in name_lines(block.names, face, WIDTH - start):
        rows.append(Row((Piece(line, start, WIDTH - start),)))
    if start > 2 * SIZE:
        said = Piece(one_line(label, hei), 2 * SIZE, WIDTH, "hei")
        rows[0] = replace(rows[0], pieces=(said, *rows[0].pieces))
    return rows


def name_lines(names: Sequence[str], face: Typeface, width: float) -> list[Line]:
    """Names in lines, cut only between them, unless one alone is longer than a line."""
    tokens = [f"{clean(name)}、" for name in names[:-1]] + [clean(name) for name in names[-1:]]
    lines: list[Line] = []
    current = [Line(last=True)]
    for token in tokens:
        tried = lay_out(current[0].text + token, face, SIZE, width)
        if current[0].text and len(tried) > 1:
            lines += current
            tried = lay_out(token, face, SIZE, width)
        lines += tried[:-1]
        current = tried[-1:]
    return lines + current


# -- filling pages ------------------------------------------------------------------------------


def with_closing(
    body: Sequence[Row], attachments: Sequence[Row], closing: Sequence[Row], pulled: int
) -> list[Row]:
    """Body, 附件说明 and signature; the body's last `pulled` lines go with the signature.

    A long 附件说明 may be parted from the body: then it is its last lines that go along, and with
    none `pulled` it goes with the signature whole.
    """
    text, kept = list(body), list(attachments)
    if len(attachments) > _MOST_ATTACHED:
        text, kept, pulled = text + kept, [], 2
    lines = [number for number, row in enumerate(text) if row.pieces][-pulled:] if pulled else []
    first = lines[0] if lines else len(text)
    rows = [*text[:first], *(replace(row, bound=True) for row in text[first:] + kept), *closing]
    if rows:
        rows[-1] = replace(rows[-1], bound=False)
    return rows


def chains(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Runs of rows that must not be parted."""
    chain: list[Row] = []
    for row in rows:
        chain.append(row)
        if not row.bound:
            yield chain
            chain = []
    if chain:
        yield chain


def fill(rows: Sequence[Row], first: float, later: float, last: float) -> list[list[Row]]:
    """Rows of each page; `last` points stay free below the last row of all.

    A chain that no page can hold is parted between its rows; of those, each is on some page.
    """
    filling = _Filling(first, later)
    linked = list(chains(rows))
    for number, chain in enumerate(linked, start=1):
        filling.place(chain, last if number == len(linked) else 0.0)
    return filling.pages


class _Filling:
    def __init__(self, first: float, later: float) -> None:
        self.pages: list[list[Row]] = [[]]
        self.room, self.later = first, later

    def place(self, chain: list[Row], below: float) -> None:
        need = sum(row.height for row in chain) + below
        if need > self.room + _SLACK and need <= self.later + _SLACK:
            self._turn()
        for number, row in enumerate(chain, start=1):
            under = below if number == len(chain) else 0.0
            if row.height + under > self.room + _SLACK:
                self._turn()
            self._put(row)

    def _turn(self) -> None:
        if self.pages[-1] or self.room < self.later:
            self.pages.append([])
            self.room = self.later

    def _put(self, row: Row) -> None:
        if row.loose and not self.pages[-1] and len(self.pages) > 1:
            return
        self.pages[-1].append(row)
        self.room -= row.height
