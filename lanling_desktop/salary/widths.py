"""How wide the columns of a sheet of pay are: every amount on one line, in one piece."""

from __future__ import annotations

from collections.abc import Sequence

from lanling_desktop.printing.cells import BODY, PADDING
from lanling_desktop.printing.fonts import typeface
from lanling_desktop.printing.page import MM, Align

Head = tuple[str, float, Align]
_EDGES = 2 * PADDING / MM + 0.2  # millimetres of a column that no text may take
_WHOLE = 3  # signs of a head that stay on one line
_TOTALS = 9.0  # points: a sum may be set a little smaller than what it is the sum of


def roomy(
    heads: Sequence[Head], rows: Sequence[Sequence[str]], totals: Sequence[str]
) -> list[Head]:
    """The heads, no column of amounts narrower than its longest amount; the others give way.

    Where all of them together have not room enough, all of them give way alike: the amounts are
    set smaller, none is broken.
    """
    amounts = [at for at, (_, _, align) in enumerate(heads) if align == "right"]
    needed = {
        at: _needed(heads[at][0], [row[at] for row in rows], totals[at] if totals else "")
        for at in amounts
    }
    declared = {at: heads[at][1] for at in amounts}
    room = sum(declared.values())
    if sum(needed.values()) >= room:
        edges = _EDGES * len(needed)
        part = (room - edges) / (sum(needed.values()) - edges)
        widths = {at: (wide - _EDGES) * part + _EDGES for at, wide in needed.items()}
    else:
        widths = _poured(declared, needed, room)
    return [(label, widths.get(at, width), align) for at, (label, width, align) in enumerate(heads)]


def _needed(label: str, texts: Sequence[str], total: str) -> float:
    """Millimetres of the longest amount of a column, and of its head on two lines."""
    song, hei = typeface("song"), typeface("hei")
    longest = max((song.width(each, BODY) for each in set(texts)), default=0.0)
    head = hei.width(label if len(label) <= _WHOLE else label[: -(-len(label) // 2)], BODY)
    return max(longest, head, hei.width(total, _TOTALS)) / MM + _EDGES


def _poured(declared: dict[int, float], needed: dict[int, float], room: float) -> dict[int, float]:
    """As declared, all narrowed alike, but none below what it needs."""
    widths = dict(needed)
    free = set(declared)
    while free:
        left = room - sum(needed[at] for at in declared if at not in free)
        part = left / sum(declared[at] for at in free)
        short = {at for at in free if declared[at] * part < needed[at]}
        if not short:
            return widths | {at: declared[at] * part for at in free}
        free -= short
    return widths
