"""Strips of a form: rows of boxes of one height, how they fill pages and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lanling_desktop.printing.fonts import Role, clean, typeface
from lanling_desktop.printing.page import LEADING, MIDDLE, MM, THICK, Align, Pen, balanced
from lanling_desktop.printing.text import Line, lay_out

SIZE = 10.5
_PADDING = 1.5 * MM
_ABOVE = 1.8 * MM
_FEWEST = 3  # lines of a flowing text that stand together at the foot of a page
_LEFT_OVER = 2  # lines that go on at least on the next

Side = tuple[str, float, float]  # a label beside strips: text, left, width


class Box:
    """A box of a strip: its text laid out in its width."""

    def __init__(
        self,
        text: str,
        left: float,
        width: float,
        *,
        role: Role = "song",
        size: float = SIZE,
        align: Align | None = None,
        indent: bool = False,
        from_top: bool = False,
        even: bool = False,
        names: bool = False,
    ) -> None:
        """`even` makes a label's lines about equally long; `indent` and `from_top` running text.

        `names` is a list of them, none of which is broken.
        """
        self.left, self.width = left, width
        self.role, self.size, self.from_top, self.even = role, size, from_top, even
        room = width - 2 * _PADDING
        first = 2 * size if indent else 0.0
        self.lines: list[Line] = (
            balanced(clean(text), role, size, room)
            if even
            else lay_out(text, typeface(role), size, room, first_indent=first, names=names)
        )
        short = len(self.lines) == 1 and not indent and not from_top
        self.align: Align = align or ("center" if short else "left")

    def cut(self, count: int) -> tuple[Box, Box]:
        """The box with its first lines and the one with the others; a label stands in both."""
        if self.even:
            return self, self
        parts = []
        for lines in (self.lines[:count], self.lines[count:]):
            part = object.__new__(Box)
            part.left, part.width = self.left, self.width
            part.role, part.size, part.from_top = self.role, self.size, self.from_top
            part.even, part.align, part.lines = self.even, self.align, lines
            parts.append(part)
        return parts[0], parts[1]

    def height(self) -> float:
        """What its lines need."""
        return len(self.lines) * LEADING * self.size + 2 * _ABOVE

    def draw(self, pen: Pen, top: float, height: float) -> None:
        """Write the text into a box of that height."""
        step = LEADING * self.size
        if self.from_top:
            base = top - _ABOVE - step / 2 - MIDDLE * self.size
        else:
            middle = top - height / 2
            base = middle + (len(self.lines) - 1) / 2 * step - MIDDLE * self.size
        pen.lines(
            self.lines,
            self.left + _PADDING,
            base,
            self.width - 2 * _PADDING,
            role=self.role,
            size=self.size,
            align=self.align,
            leading=LEADING,
        )


class Strip:
    """A row of boxes; `under` are the lines of a signature at its lower right.

    One that `flows` is cut where the page ends, however high it is; one that is `bound` stands on
    the page on which the next one begins.
    """

    def __init__(
        self,
        boxes: Sequence[Box],
        least: float,
        *,
        side: Side | None = None,
        head: Strip | None = None,
        under: Sequence[str] = (),
        framed: bool = True,
        flows: bool = False,
        bound: bool = False,
        picture: tuple[bytes, tuple[int, int]] | None = None,
    ) -> None:
        """`picture` is a JPEG with its points wide and high, to stand in the first box."""
        self.picture = picture
        self.boxes, self.side, self.head = list(boxes), side, head
        self.under, self.framed = under, framed
        self.flows, self.bound = flows, bound
        self._foot = len(under) * 1.6 * SIZE + _ABOVE if under else 0.0
        text = max((box.height() for box in boxes), default=0.0)
        self.height = max(least, text + self._foot)

    @property
    def step(self) -> float:
        """From line to line."""
        return LEADING * max(box.size for box in self.boxes)

    @property
    def least(self) -> float:
        """What it takes to begin it on a page."""
        if not self.flows or not self.boxes:
            return self.height
        labels = [box.height() for box in self.boxes if box.even]
        begun = _FEWEST * self.step + 2 * _ABOVE
        return min(self.height, max(begun, *labels) if labels else begun)

    def cut(self, room: float) -> tuple[Strip, Strip]:
        """What fits in that room and the rest, which keeps the signature."""
        lines = max(len(box.lines) for box in self.boxes if not box.even or len(self.boxes) == 1)
        count = max(1, int((room - 2 * _ABOVE) / self.step))
        if lines - _FEWEST >= _LEFT_OVER:
            count = min(count, lines - _LEFT_OVER)
        parts = [box.cut(count) for box in self.boxes]
        kept = Strip(
            [part for part, _ in parts], 0.0, side=self.side, head=self.head, framed=self.framed
        )
        rest = Strip(
            [part for _, part in parts],
            0.0,
            side=self.side,
            head=self.head,
            under=self.under,
            framed=self.framed,
            flows=self.flows,
            bound=self.bound,
        )
        return kept, rest

    def draw(self, pen: Pen, top: float) -> None:
        """Draw the boxes with their frames."""
        for box in self.boxes:
            if self.framed:
                pen.frame(box.left, top - self.height, box.width, self.height)
            box.draw(pen, top, self.height)
        if self.picture:
            box, (jpeg, points) = self.boxes[0], self.picture
            low, room = top - self.height + _PADDING, self.height - 2 * _PADDING
            pen.picture(jpeg, points, box.left + _PADDING, low, box.width - 2 * _PADDING, room)
        if self.under:
            right = max(box.left + box.width for box in self.boxes) - 8 * MM
            base = top - self.height + _ABOVE + 3
            for number, text in enumerate(reversed(self.under)):
                x = right if number == 0 else right - 14 * MM
                pen.text(x, base + number * 1.6 * SIZE, text, align="right")


def flow(strips: Sequence[Strip], first: float, later: float) -> list[list[Strip]]:
    """Fill pages with strips; a table's head stands again where it goes on."""
    pages: list[list[Strip]] = [[]]
    room = first
    for number, whole in enumerate(strips):
        strip = whole
        together = _together(strips, number)
        if pages[-1] and room < together <= later:
            pages.append([strip.head] if strip.head else [])
            room = later - (strip.head.height if strip.head else 0.0)
        while strip.height > room:
            fresh = not pages[-1] or pages[-1] == [strip.head]
            if _parted(strip, room, later, fresh=fresh):
                kept, strip = strip.cut(room)
                pages[-1].append(kept)
            elif fresh:
                break  # nothing is gained by another page
            pages.append([strip.head] if strip.head else [])
            room = later - (strip.head.height if strip.head else 0.0)
        pages[-1].append(strip)
        room -= strip.height
    return [page for page in pages if page]


def _together(strips: Sequence[Strip], number: int) -> float:
    """What it takes to begin a strip on a page with those it is bound to."""
    need = 0.0
    for strip in strips[number:]:
        need += strip.least
        if not strip.bound:
            break
    return need


def _parted(strip: Strip, room: float, later: float, *, fresh: bool) -> bool:
    """Whether a strip that does not fit is cut here instead of moved to the next page."""
    if not strip.boxes:
        return False
    if strip.flows and strip.least <= room:
        return True
    return strip.height > later and (fresh or room > later / 3)


def draw_strips(pen: Pen, strips: Sequence[Strip], top: float, left: float, right: float) -> float:
    """Draw strips downwards from `top`, the labels beside them, and a frame around; their end."""
    y = top
    for framed, run in groupby(strips, key=lambda strip: strip.framed):
        begun = y
        for side, beside in groupby(run, key=lambda strip: strip.side):
            above = y
            for strip in beside:
                strip.draw(pen, y)
                y -= strip.height
            if side:
                _draw_side(pen, side, above, y)
        if framed:
            pen.frame(left, y, right - left, begun - y, THICK)
    return y


def _draw_side(pen: Pen, side: Side, top: float, bottom: float) -> None:
    """A label that stands upright beside strips; in two columns when it is too long to stand."""
    text, left, width = side
    pen.frame(left, bottom, width, top - bottom)
    room = (top - bottom - 4) / (len(text) * SIZE)
    size = SIZE if room > 0.5 else 8.0
    leading = min(LEADING, room) if room > 1.05 else 1.1
    across = size * 1.01 if room > 1.05 else width - 2
    lines = lay_out(text, typeface("hei"), size, across)
    middle = (top + bottom) / 2
    base = middle + (len(lines) - 1) / 2 * leading * size - MIDDLE * size
    pen.lines(lines, left, base, width, role="hei", size=size, align="center", leading=leading)
