"""The record forms of `form.py` as Word files: the same boxes, to be filled in on the screen."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from docx.table import _Cell

from lanling_desktop.printing.fonts import Role
from lanling_desktop.printing.form import Form, Grid, Note, Opinion, Picture, Table
from lanling_desktop.printing.page import A4, MM, Align, Proof
from lanling_desktop.printing.word_kit import WordSheet, element, page_field, twips, write
from lanling_desktop.standards import dates

_MARGINS = (22 * MM, 15 * MM, 18 * MM, 25 * MM)  # those of the printed form
_ROOM = A4[0] - _MARGINS[1] - _MARGINS[3]
_SIDE = 9 * MM
_SIZE, _LINE, _TITLE = 10.5, 14.5, 20.0


class _Box(NamedTuple):
    """A box of a row: its text, its edges in points, and lines that end it at the right."""

    text: str
    left: float
    right: float
    role: Role
    align: Align
    ending: tuple[str, ...] = ()


_Row = tuple[Sequence[_Box], float, bool]  # boxes, least height, whether it stays with the next
_Said = tuple[str, float, Role, Align | None]  # text, share of the width


def form_file(form: Form) -> bytes:
    """A form as a Word file."""
    sheet = WordSheet(form.title, form.unit, _MARGINS)
    _line(sheet, form.title, "title", _TITLE, "center", after=6)
    right = "　".join(
        part
        for part in (
            f"编号：{form.number}" if form.number else "",
            f"制表日期：{dates.paper(form.made_on)}" if form.made_on else "",
        )
        if part
    )
    _line(sheet, f"单位（盖章）：{form.unit}", "song", _SIZE, "left")
    if right:
        _line(sheet, right, "song", _SIZE, "right", after=3)
    pending: list[_Row] = []
    for block in form.blocks:
        if isinstance(block, Note):
            _table(sheet, pending)
            pending = []
            _line(sheet, block.text, "song", 9, "left", before=4)
        elif isinstance(block, Picture):
            _table(sheet, pending)
            pending = []
            _picture(sheet, block)
        else:
            pending += _rows(block)
    _table(sheet, pending)
    if form.signatures:
        signed = "".join(f"{name}：{'　' * 10}" for name in form.signatures).rstrip()
        _line(sheet, signed, "song", _SIZE, "left", before=10)
    _footers(sheet, str(Proof(form.print_no, form.check_code, form.edition)))
    if form.demo:
        sheet.mark_demo()
    return sheet.saved()


def _line(
    sheet: WordSheet,
    text: str,
    role: Role,
    size: float,
    align: Align,
    *,
    before: float = 0.0,
    after: float = 0.0,
) -> None:
    paragraph = sheet.paragraph(line=1.4 * size, align=align, before=before, after=after)
    write(paragraph, text, role, size=size)


def _picture(sheet: WordSheet, block: Picture) -> None:
    """A photograph between the tables, as large as on the printed form."""
    from io import BytesIO

    from docx.shared import Pt

    scale = min((_ROOM - 3 * MM) / block.width, (block.height_mm - 3) * MM / block.height)
    paragraph = sheet.paragraph(line=block.height_mm * MM, align="center")
    paragraph.paragraph_format.line_spacing = 1.0  # an exact line would cut the picture off
    size = Pt(block.width * scale), Pt(block.height * scale)
    paragraph.add_run().add_picture(BytesIO(block.jpeg), *size)


def _rows(block: Grid | Table | Opinion) -> Iterable[_Row]:
    """Rows of a block with their least heights; a label beside it is the first cell of each."""
    start = _SIDE if block.side else 0.0
    beside: list[_Box] = [_Box(block.side, 0.0, _SIDE, "hei", "center")] if block.side else []
    match block:
        case Grid():
            for row in block.rows:
                boxes: list[_Said] = [
                    (cell.text, cell.width, "hei" if cell.label else "song", cell.align)
                    for cell in row
                ]
                stays = block.bound or row is not block.rows[-1]
                yield [*beside, *_spread(boxes, start)], block.least_mm * MM, stays
        case Table():
            shares = [share for _, share in block.columns]
            head: list[_Said] = [(text, share, "hei", "center") for text, share in block.columns]
            yield [*beside, *_spread(head, start)], 9 * MM, True
            for texts in (*block.rows, *[[""] * len(shares)] * block.blank):
                pairs = zip(texts, shares, strict=True)
                said: list[_Said] = [(text, share, "song", block.align) for text, share in pairs]
                yield [*beside, *_spread(said, start)], 9 * MM, False
        case Opinion():
            day = dates.paper(block.on) if block.on else "年　　月　　日"
            box = _Box(block.text, start, _ROOM, "song", "left", ("", *block.signed, day))
            yield [*beside, box], block.height_mm * MM, False


def _spread(cells: Sequence[_Said], start: float) -> Iterable[_Box]:
    scale = (_ROOM - start) / sum(width for _, width, _, _ in cells)
    left = start
    for text, width, role, align in cells:
        right = left + width * scale
        usual: Align = "center" if role == "hei" or len(text) < 14 else "left"
        yield _Box(text, left, right, role, align or usual)
        left = right


def _table(sheet: WordSheet, rows: Sequence[_Row]) -> None:
    """Rows whose boxes do not line up, over one grid of all their edges."""
    if not rows:
        return
    edges = sorted(
        {round(x * 20) for cells, _, _ in rows for cell in cells for x in (cell.left, cell.right)}
    )
    table = sheet.body.add_table(rows=0, cols=0)
    properties = table._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    properties.append(element("tblW", w=twips(_ROOM), type="dxa"))
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        weight = "4" if side.startswith("inside") else "8"
        borders.append(element(side, val="single", sz=weight, space="0", color="000000"))
    properties.append(borders)
    properties.append(element("tblLayout", type="fixed"))
    for left, right in itertools.pairwise(edges):
        table._tbl.tblGrid.append(element("gridCol", w=str(right - left)))
    before = ""
    for number, row in enumerate(rows, 1):
        before = _row(sheet, table._tbl, row, edges, before, last=number == len(rows))


def _row(
    sheet: WordSheet,
    table: Any,
    said_row: _Row,
    edges: list[int],
    before: str,
    *,
    last: bool,
) -> str:
    """One row; a label beside several rows is one box. Returns that label."""
    cells, least, stays = said_row
    row = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    properties.append(element("trHeight", val=twips(least), hRule="atLeast"))
    row.append(properties)
    side = ""
    for text, left, right, role, align, ending in cells:
        beside = left == 0.0 and round(right * 20) == round(_SIDE * 20)
        side = text if beside else side
        box = element("tc")
        row.append(box)
        shape = element("tcPr")
        shape.append(element("tcW", w=str(round(right * 20) - round(left * 20)), type="dxa"))
        span = edges.index(round(right * 20)) - edges.index(round(left * 20))
        if span > 1:
            shape.append(element("gridSpan", val=str(span)))
        if beside:
            shape.append(element("vMerge", val="continue" if text == before else "restart"))
        shape.append(element("vAlign", val="center"))
        box.append(shape)
        said = "" if beside and text == before else text
        for piece in said.split("\n"):
            paragraph = sheet.paragraph(
                line=_LINE, align=align, bound=stays and not last, into=_Cell(box, sheet.body)
            )
            write(paragraph, piece, role, size=_SIZE)
        for piece in ending:
            paragraph = sheet.paragraph(
                line=_LINE, align="right", right=8 * MM, into=_Cell(box, sheet.body)
            )
            write(paragraph, piece, size=_SIZE, role="song")
    table.append(row)
    return side


def _footers(sheet: WordSheet, proof: str) -> None:
    section: Any = sheet.file.sections[0]
    section.footer_distance = round(9 * MM * 12700)
    for even in (False, True):
        footer = sheet.footer(even)
        paragraph = sheet.paragraph(line=12, align="center", into=footer)
        write(paragraph, "第 ", "song", size=9)
        page_field(paragraph, 9)
        write(paragraph, " 页 共 ", "song", size=9)
        page_field(paragraph, 9, "NUMPAGES")
        write(paragraph, " 页", "song", size=9)
        write(sheet.paragraph(line=9, into=footer), proof, "song", size=7, colour="595959")
