"""Forms on upright A4: 登记表, whose boxes grow with what is written in them and flow over pages.

A form is a list of blocks: rows of labels and values, tables inside the form, boxes for an opinion
with its signature and date. Every block becomes strips, each a row of boxes of one height; strips
fill pages from the top, a strip higher than a page is cut between its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lanling_desktop.printing.files import Target
from lanling_desktop.printing.fonts import Role, refuse_missing, typeface
from lanling_desktop.printing.page import (
    A4,
    LEADING,
    MM,
    Align,
    Pen,
    PrintedPaper,
    Progress,
    Proof,
    balanced,
    fitted,
    foot,
)
from lanling_desktop.printing.strips import SIZE, Box, Photo, Strip, draw_strips, flow
from lanling_desktop.printing.text import Line, lay_out
from lanling_desktop.standards import dates

if TYPE_CHECKING:
    from lanling_desktop.core.pictures import Drawn
    from lanling_desktop.printing.pdfa import Document

_LEFT, _RIGHT = 25 * MM, A4[0] - 15 * MM
_WIDTH = _RIGHT - _LEFT
_TOP, _FLOOR, _FOOT = 22 * MM, 18 * MM, 10 * MM
_SIDE = 9 * MM  # a label that stands beside several rows
_ROW = 9 * MM
_TITLE, _SMALL = 20.0, 9.0
_PHOTO = "照片"


@dataclass(frozen=True, slots=True)
class Cell:
    """A box of a row: a printed label (黑体) or a written value (宋体).

    `width` is its share of the row; shares are scaled to fill it. A value without `align` is
    centred on one line and left-aligned on several; `indent` begins its paragraphs two characters
    in, as running text does; of `names` none is broken at the end of a line.
    """

    text: str
    width: float
    label: bool = False
    align: Align | None = None
    indent: bool = False
    names: bool = False


def label(text: str, width: float = 0.15) -> Cell:
    """The printed name of a box."""
    return Cell(text, width, label=True)


def value(text: str, width: float = 0.35, *, align: Align | None = None) -> Cell:
    """What is written in a box."""
    return Cell(text, width, align=align)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of boxes; `side` is a label standing upright to their left.

    Rows that `flow` are cut where a page ends instead of moving to the next whole; rows that are
    `bound` stand on the page on which what follows them begins. `photo_mm` is the width of a frame
    to their right: `photo` stands in it, or it is left for one to be pasted in.
    """

    rows: Sequence[Sequence[Cell]]
    side: str = ""
    least_mm: float = 9.0
    flows: bool = False
    bound: bool = False
    photo_mm: float = 0.0
    photo: Drawn | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table inside a form; its head stands again on each page it flows to.

    `columns` are labels and shares of the width; `blank` empty rows follow to be filled by hand.
    """

    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str]]
    side: str = ""
    blank: int = 0
    align: Align | None = None
    least_mm: float = 9.0


@dataclass(frozen=True, slots=True)
class Opinion:
    """A box for what somebody decides, with room for a signature, a seal and the date."""

    side: str
    text: str = ""
    signed: Sequence[str] = ("负责人签字：", "（盖章）")
    on: date | None = None
    height_mm: float = 34.0


@dataclass(frozen=True, slots=True)
class Note:
    """Small print between blocks, without a box."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A box with a photograph in its middle: a JPEG of `width` by `height` points.

    It stands on the page on which what follows it, its caption, begins.
    """

    jpeg: bytes
    width: int
    height: int
    height_mm: float = 70.0


Block = Grid | Table | Opinion | Note | Picture


@dataclass(frozen=True, slots=True)
class Form:
    """One form. Every text is literal."""

    title: str
    unit: str
    blocks: Sequence[Block]
    made_on: date | None = None
    number: str = ""
    signatures: Sequence[str] = ()
    edition: str = "归档版"
    print_no: str = ""
    check_code: str = ""
    demo: bool = False


def draw_forms(
    forms: Sequence[Form], out: Target | Document, progress: Progress | None = None
) -> PrintedPaper:
    """Print forms one after another, each from a new page with its own 第 x 页 共 y 页.

    `progress` is told each form drawn, of how many; it may raise to stop, and nothing is written.
    """
    if not forms:
        raise ValueError("no form to print")
    refuse_missing(text for form in forms for text in _texts(form))
    from lanling_desktop.printing.pdfa import begun, delivered

    document = begun(out, forms[0].title, forms[0].unit)
    before = document.pages
    for number, form in enumerate(forms, start=1):
        _draw(form, document)
        if progress:
            progress(number, len(forms))
    delivered(document, out)
    return PrintedPaper(document.pages - before)


def _draw(form: Form, document: Document) -> None:
    size = fitted(form.title, "title", _TITLE, _WIDTH, least=16)
    title = balanced(form.title, "title", size, _WIDTH)
    top = A4[1] - _TOP
    unit = _unit(form)
    first = top - len(title) * size * 1.3 - SIZE - 12 - (len(unit) - 1) * LEADING * SIZE
    strips = [strip for block in form.blocks for strip in _strips(block)]
    if form.signatures:
        strips.append(Strip([], 14 * MM, framed=False))
    pages = flow(strips, first - _FLOOR, top - _SMALL - 5 - _FLOOR)
    for number, page in enumerate(pages, start=1):
        pen = Pen(document)
        if form.demo:
            pen.demo_mark(_RIGHT, A4[1] - 10 * MM)
        if number == 1:
            base = top - size * 0.9
            pen.lines(
                title, _LEFT, base, _WIDTH, role="title", size=size, align="center", leading=1.3
            )
            _under_title(pen, form, unit, first + 5)
        else:
            again = f"{form.title}（续）"
            pen.text(
                _LEFT, top - _SMALL, again, size=fitted(again, "song", _SMALL, _WIDTH, least=5)
            )
        bottom = draw_strips(pen, page, first if number == 1 else top - _SMALL - 5, _LEFT, _RIGHT)
        if number == len(pages):
            _signatures(pen, form.signatures, bottom + 5 * MM)
        proof = Proof(form.print_no, form.check_code, form.edition)
        foot(pen, _LEFT, _RIGHT, _FOOT, number, len(pages), proof)
        document.add_page(pen.operators(), *A4)


def _number_and_day(form: Form) -> str:
    said = (
        f"编号：{form.number}" if form.number else "",
        f"制表日期：{dates.paper(form.made_on)}" if form.made_on else "",
    )
    return "　".join(part for part in said if part)


def _unit(form: Form) -> list[Line]:
    """单位 beside number and day, in several lines when it is long; above them where they are."""
    face, said = typeface("song"), f"单位（盖章）：{form.unit}"
    room = _room_beside(form)
    if room < _WIDTH / 3:
        number = lay_out(_number_and_day(form), face, SIZE, _WIDTH)
        return [*lay_out(said, face, SIZE, _WIDTH), *number]
    return lay_out(said, face, SIZE, room)


def _room_beside(form: Form) -> float:
    """What number and day leave of their line."""
    right = typeface("song").width(_number_and_day(form), SIZE)
    return _WIDTH - (right + 5 * MM if right else 0.0)


def _under_title(pen: Pen, form: Form, unit: list[Line], base: float) -> None:
    if _room_beside(form) >= _WIDTH / 3:
        pen.text(_RIGHT, base, _number_and_day(form), align="right")
    top = base + (len(unit) - 1) * LEADING * SIZE
    for number, line in enumerate(unit):
        pen.text(_LEFT, top - number * LEADING * SIZE, line.text)


def _signatures(pen: Pen, names: Sequence[str], base: float) -> None:
    for number, name in enumerate(names):
        pen.text(_LEFT + number * _WIDTH / len(names), base, f"{name}：")


def _strips(block: Block) -> Iterator[Strip]:
    match block:
        case Grid():
            start, side = _beside(block.side)
            wide = block.photo_mm * MM
            photo = Photo(_PHOTO, _RIGHT - wide, wide, block.photo) if wide else None
            for row in block.rows:
                yield Strip(
                    _boxes(row, start, _RIGHT - wide),
                    block.least_mm * MM,
                    side=side,
                    photo=photo,
                    flows=block.flows,
                    bound=block.bound,
                )
        case Table():
            yield from _table(block)
        case Opinion():
            start, side = _beside(block.side)
            box = Box(block.text, start, _RIGHT - start, indent=True, from_top=True)
            signed = (*block.signed, dates.paper(block.on) if block.on else "年　　月　　日")
            yield Strip([box], block.height_mm * MM, side=side, under=signed)
        case Picture():
            box = Box("", _LEFT, _WIDTH)
            drawn = (block.jpeg, (block.width, block.height))
            yield Strip([box], block.height_mm * MM, bound=True, picture=drawn)
        case Note():
            box = Box(block.text, _LEFT, _WIDTH, size=_SMALL, from_top=True)
            yield Strip([box], 0.0, framed=False)


def _table(table: Table) -> Iterator[Strip]:
    start, side = _beside(table.side)
    shares = [share for _, share in table.columns]
    head = Strip(
        _boxes([label(text, share) for text, share in table.columns], start), _ROW, side=side
    )
    yield head
    blank = [""] * len(shares)
    for row in (*table.rows, *[blank] * table.blank):
        cells = [
            Cell(text, share, align=table.align) for text, share in zip(row, shares, strict=True)
        ]
        yield Strip(_boxes(cells, start), table.least_mm * MM, side=side, head=head)


def _beside(side: str) -> tuple[float, tuple[str, float, float] | None]:
    """Where the boxes of a block begin, and the label to their left."""
    return (_LEFT + _SIDE, (side, _LEFT, _SIDE)) if side else (_LEFT, None)


def _boxes(cells: Iterable[Cell], start: float, end: float = _RIGHT) -> list[Box]:
    row = list(cells)
    scale = (end - start) / sum(cell.width for cell in row)
    made, x = [], start
    for cell in row:
        width = cell.width * scale
        role: Role = "hei" if cell.label else "song"
        align = "center" if cell.label else cell.align
        made.append(
            Box(
                cell.text,
                x,
                width,
                role=role,
                align=align,
                indent=cell.indent,
                even=cell.label,
                names=cell.names,
            )
        )
        x += width
    return made


def _texts(form: Form) -> Iterator[tuple[str, str]]:
    """Every text of a form with where it stands, to be looked up before drawing."""
    place = f"“{form.title}”{form.number}"
    heads = (form.title, form.unit, form.number, form.edition, form.print_no, form.check_code)
    for text in (*heads, *form.signatures):
        yield place, text
    for block in form.blocks:
        for text in _block_texts(block):
            yield place, text


def _block_texts(block: Block) -> Iterator[str]:
    match block:
        case Grid():
            yield block.side
            yield _PHOTO if block.photo_mm else ""
            yield from (cell.text for row in block.rows for cell in row)
        case Table():
            yield block.side
            yield from (text for text, _ in block.columns)
            yield from (text for row in block.rows for text in row)
        case Opinion():
            yield from (block.side, block.text, *block.signed)
        case Note():
            yield block.text
