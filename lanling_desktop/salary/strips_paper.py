"""工资条: three to a sheet of A4, with marks to cut along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from lanling_desktop.printing.fonts import Role, refuse_missing
from lanling_desktop.printing.page import A4, MIDDLE, MM, THICK, Align, Pen, fitted
from lanling_desktop.printing.paper import Job, Progress

_TO_A_PAGE = 3
_HEIGHT = A4[1] / _TO_A_PAGE
_LEFT, _RIGHT = 18 * MM, A4[0] - 18 * MM
_WIDTH = _RIGHT - _LEFT
_HEAD, _SIZE = 7.0 * MM, 10.5
_AMOUNTS = 41 * MM  # for the rows of amounts: more of them stand closer
_ROW = 6.2 * MM
MOST = 12  # rows of amounts that are still easy to read
_MARK = 8 * MM


@dataclass(frozen=True, slots=True)
class Strip:
    """What one worker is given in his hand."""

    title: str
    name: str
    facts: Sequence[tuple[str, str]]
    earned: Sequence[tuple[str, str]]
    taken: Sequence[tuple[str, str]]
    gross: str
    deductions: str
    net: str
    words: str


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    share: float
    role: Role = "song"
    align: Align = "center"


def draw_strips(
    strips: Sequence[Strip], job: Job, out: BinaryIO, progress: Progress | None, *, demo: bool
) -> None:
    """Draw them all, in their order."""
    from lanling_desktop.printing.pdfa import begun, delivered

    refuse_missing((f"{each.name}的工资条", text) for each in strips for text in _texts(each))
    document = begun(out, strips[0].title, job.unit)
    pages = -(-len(strips) // _TO_A_PAGE)
    for page in range(pages):
        pen = Pen(document)
        for place, strip in enumerate(strips[page * _TO_A_PAGE : (page + 1) * _TO_A_PAGE]):
            top = A4[1] - place * _HEIGHT
            _draw(pen, strip, job, top, demo=demo)
            if place:
                _cut(pen, top)
        document.add_page(pen.operators(), *A4)
        if progress:
            progress(page + 1, pages)
    delivered(document, out)


def _texts(strip: Strip) -> list[str]:
    pairs = (*strip.facts, *strip.earned, *strip.taken)
    return [strip.title, strip.name, strip.words, *(text for pair in pairs for text in pair)]


def _cut(pen: Pen, y: float) -> None:
    """A broken line across, and a mark at either edge."""
    pen.raw("[4 4] 0 d 0.6 G")
    pen.rule(0, y, A4[0], y)
    pen.raw("[] 0 d 0 G")
    for x in (0.0, A4[0] - _MARK):
        pen.rule(x, y, x + _MARK, y, THICK)


def _draw(pen: Pen, strip: Strip, job: Job, top: float, *, demo: bool) -> None:
    y = top - 13 * MM
    pen.text(A4[0] / 2, y, strip.title, role="hei", size=15, align="center")
    if demo:
        pen.demo_mark(_RIGHT, y + 5 * MM)
    y -= 7 * MM
    unit = f"单位：{job.unit}"
    pen.text(_LEFT, y, unit, size=fitted(unit, "song", _SIZE, _WIDTH, least=6))
    proof = f"打印编号 {job.number}　校验码 {job.check_code}"
    pen.text(_LEFT, top - _HEIGHT + 5 * MM, proof, size=7.5, grey=0.25)
    pen.text(_RIGHT, top - _HEIGHT + 5 * MM, "请妥善保管", size=7.5, align="right", grey=0.25)
    y -= 2.5 * MM
    begun = y
    who = [_Cell("姓名", 1.0, "hei"), _Cell(strip.name, 1.6)]
    for label, text in strip.facts:
        who += [_Cell(label, 0.9, "hei"), _Cell(text, 1.2)]
    y = _row(pen, y, who, _HEAD)
    y = _amounts(pen, strip, y)
    sums = (("应发合计", strip.gross), ("扣款合计", strip.deductions), ("实发", strip.net))
    cells = [each for label, said in sums for each in _sum(label, said)]
    y = _row(pen, y, cells, _HEAD)
    y = _row(pen, y, [_Cell("实发大写", 1.0, "hei"), _Cell(strip.words, 5.4)], _HEAD)
    pen.frame(_LEFT, y, _WIDTH, begun - y, THICK)


def _sum(label: str, said: str) -> tuple[_Cell, _Cell]:
    return _Cell(label, 1.0, "hei"), _Cell(said, 1.13, align="right")


def _amounts(pen: Pen, strip: Strip, y: float) -> float:
    """Earned left, deducted right."""
    y = _row(pen, y, [_Cell("应发项目", 1, "hei"), _Cell("扣款项目", 1, "hei")], _ROW)
    rows = max(len(strip.earned), len(strip.taken))
    height = min(_ROW, _AMOUNTS / rows)
    nothing = ("", "")
    for at in range(rows):
        cells: list[_Cell] = []
        for side in (strip.earned, strip.taken):
            name, amount = side[at] if at < len(side) else nothing
            cells += [_Cell(name, 1.3), _Cell(amount, 0.9, align="right")]
        y = _row(pen, y, cells, height)
    return y


def _row(pen: Pen, y: float, cells: Sequence[_Cell], height: float) -> float:
    """A row of boxes across the strip; where it ends."""
    whole = sum(each.share for each in cells)
    x = _LEFT
    for each in cells:
        width = _WIDTH * each.share / whole
        pen.frame(x, y - height, width, height)
        most = min(_SIZE, height * 0.72)
        size = fitted(each.text, each.role, most, width - 3 * MM, least=5)
        at = {"left": x + 1.5 * MM, "center": x + width / 2, "right": x + width - 1.5 * MM}
        base = y - height / 2 - MIDDLE * size
        pen.text(at[each.align], base, each.text, role=each.role, size=size, align=each.align)
        x += width
    return y - height
