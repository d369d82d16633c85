"""How an official document ends: signature and date with room for the seal, 附注 and 版记."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lanling_desktop.printing.fonts import typeface
from lanling_desktop.printing.official_parts import (
    PITCH,
    SIZE,
    SMALL,
    WIDTH,
    Colophon,
    OfficialDocument,
    Signature,
    listed,
    noted,
)
from lanling_desktop.printing.official_rows import RISE, Piece, Row, gap, one_line, plain_rows
from lanling_desktop.printing.text import Line, lay_out
from lanling_desktop.printing.title_breaks import break_title
from lanling_desktop.standards import dates

SMALL_PITCH = 0.8 * PITCH
_SEAL = 125.0  # points between the middles of two seals of 42 mm that do not touch
_MOST_SENT = 14  # lines of 版记 that leave room above for a signature


def closing_rows(document: OfficialDocument) -> list[Row]:
    """Signature, date and 附注; all bound together."""
    rows: list[Row] = []
    if document.signature:
        drawn = _sealed_rows if document.signature.sealed else _unsealed_rows
        rows += drawn(document.signature)
    if document.note:
        rows += plain_rows(noted(document), 2 * SIZE)
    elif document.signature and document.signature.sealed:
        rows.append(gap(0.8, loose=False))  # the seal reaches below the date
    return rows


@dataclass(frozen=True, slots=True)
class Unsealed:
    """Where a signature without a seal stands, in points of the type area.

    `inset` is what its names keep from the right, `at` where its date begins.
    """

    lines: tuple[Line, ...]
    day: Line
    inset: float
    at: float


def unsealed(signature: Signature) -> Unsealed:
    """Name two characters from the right, the date's first character two right of the name's."""
    face = typeface("fang")
    day = one_line(dates.paper(signature.on), face)
    lines = tuple(
        line for name in signature.signers for line in lay_out(name, face, SIZE, WIDTH - 4 * SIZE)
    )
    last = lines[-1].width if lines else 0.0
    inset = 2 * SIZE
    at = WIDTH - inset - last + 2 * SIZE
    if day.width > last:  # then it is the date that stands two characters from the right
        at = WIDTH - 2 * SIZE - day.width
        inset = max(inset, WIDTH - at - last + 2 * SIZE)
    return Unsealed(lines, day, inset, at)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where a sealed signature stands: its signers by rows, each with the middle of its seal.

    `middle` is that of the date. In points from the type area's left edge.
    """

    rows: tuple[tuple[tuple[float, tuple[Line, ...]], ...], ...]
    day: Line
    middle: float


def sealed(signature: Signature) -> Sealed:
    """Names centred over the date, which is four characters from the right."""
    face = typeface("fang")
    day = one_line(dates.paper(signature.on), face)
    names = [tuple(break_title(name, "fang", SIZE, WIDTH - 4 * SIZE)) for name in signature.signers]
    widest = max([line.width for lines in names for line in lines] + [day.width])
    middle = min(WIDTH - 4 * SIZE - day.width / 2, WIDTH - widest / 2)
    return Sealed(tuple(tuple(pair) for pair in _pairs(names, middle)), day, middle)


def _unsealed_rows(signature: Signature) -> list[Row]:
    placed = unsealed(signature)
    rows = [gap(bound=True)]
    for line in placed.lines:
        left = max(0.0, WIDTH - placed.inset - line.width)
        rows.append(Row((Piece(replace(line, last=True), left, WIDTH),), bound=True))
    rows.append(Row((Piece(placed.day, placed.at, WIDTH),), bound=True))
    return rows


def _sealed_rows(signature: Signature) -> list[Row]:
    """Two blank lines above each name: the seal of 42 mm reaches up into them."""
    placed = sealed(signature)
    rows: list[Row] = []
    for number, pair in enumerate(placed.rows):
        if number:  # the seal above reaches below its name, and a page may end here
            rows += [gap(bound=True, loose=False), gap(loose=False)]
        rows += [gap(bound=True, loose=False)] * 2
        for level in range(max(len(lines) for _, lines in pair)):
            pieces = [
                Piece(lines[level], middle - WIDTH / 2, WIDTH, align="center")
                for middle, lines in pair
                if level < len(lines)
            ]
            rows.append(Row(tuple(pieces), bound=True))
    day = Piece(placed.day, placed.middle - WIDTH / 2, WIDTH, align="center")
    return [*rows, Row((day,), bound=True)]


def _pairs(
    names: list[tuple[Line, ...]], middle: float
) -> Iterator[list[tuple[float, tuple[Line, ...]]]]:
    """Two signers side by side where their names and seals leave each other room."""
    number = 0
    while number < len(names):
        pair = names[number : number + 2]
        if len(pair) == 2:
            widths = [max(line.width for line in lines) for lines in pair]
            centre = middle - max(_SEAL, sum(widths) / 2 + SIZE)
            if centre >= max(_SEAL, widths[0]) / 2:
                yield list(zip((centre, middle), pair, strict=True))
                number += 2
                continue
        yield [(middle, pair[0])]
        number += 1


# -- 版记 ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Foot:
    """版记: groups of rows with a line above, between and below; `early` flows before it."""

    groups: tuple[tuple[Row, ...], ...] = ()
    early: tuple[Row, ...] = ()

    @property
    def height(self) -> float:
        """What it takes at the foot of the last page."""
        return sum(row.height for group in self.groups for row in group)


def foot_of(colophon: Colophon | None, moved: str = "") -> Foot:
    """版记 as rows; `moved` is a 主送机关 too long for the first page."""
    said = [("主送：", moved.rstrip("：") + "。")] if moved else []
    if colophon and colophon.copies:
        said.append(("抄送：", listed(colophon.copies)))
    sent = [row for label, text in said for row in _hanging(label, text)]
    early = sent[:-_MOST_SENT]
    if early:
        early[0] = replace(early[0], rule=1.0)
    groups = [tuple(sent[-_MOST_SENT:])] if sent else []
    if colophon:
        groups.append(tuple(_issued(colophon)))
    return Foot(tuple(_padded(group) for group in groups), tuple(early))


def _padded(group: tuple[Row, ...]) -> tuple[Row, ...]:
    """A group with the same air above its first line and below its last."""
    air = PITCH - SMALL_PITCH
    first = replace(group[0], height=group[0].height + air / 2, base=group[0].base + air / 2)
    rows = [first, *group[1:]]
    rows[-1] = replace(rows[-1], height=rows[-1].height + air / 2)
    return tuple(rows)


def _small(pieces: tuple[Piece, ...]) -> Row:
    return Row(pieces, SMALL_PITCH, base=(SMALL_PITCH - SMALL) / 2 + RISE * SMALL)


def _hanging(label: str, text: str) -> list[Row]:
    face = typeface("fang")
    start = SMALL + face.width(label, SMALL)
    room = WIDTH - SMALL - start
    rows = [
        _small((Piece(line, start, room, size=SMALL),)) for line in lay_out(text, face, SMALL, room)
    ]
    said = Piece(one_line(label, face, SMALL), SMALL, WIDTH, size=SMALL)
    rows[0] = replace(rows[0], pieces=(said, *rows[0].pieces))
    return rows


def _issued(colophon: Colophon) -> list[Row]:
    """印发机关 left and 印发日期 right, on one line when both fit."""
    face = typeface("fang")
    day = one_line(f"{dates.paper(colophon.issued_on)}印发", face, SMALL)
    dated = Piece(day, 0, WIDTH - SMALL, size=SMALL, align="right")
    room = WIDTH - 2 * SMALL
    lines = lay_out(colophon.issuer, face, SMALL, room)
    rows = [_small((Piece(line, SMALL, room, size=SMALL),)) for line in lines]
    if lines[-1].width + 2 * SMALL + day.width <= room:
        rows[-1] = replace(rows[-1], pieces=(*rows[-1].pieces, dated))
    else:
        rows.append(_small((dated,)))
    return rows
