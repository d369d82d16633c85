"""Tables in Word: the record forms of `form.py`, and the one that hangs at a page's foot."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml.ns import qn
from docx.table import _Cell

from lanling_desktop.printing.fonts import Role
from lanling_desktop.printing.form import Form, Grid, Note, Opinion, Table
from lanling_desktop.printing.official_parts import THICK_RULE, THIN_RULE, WIDTH
from lanling_desktop.printing.page import A4, MM, Align, Proof
from lanling_desktop.printing.word_kit import WordSheet, element, page_field, twips, write
from lanling_desktop.standards import dates

_MARGINS = (22 * MM, 15 * MM, 18 * MM, 25 * MM)  # those of the printed form
_ROOM = A4[0] - _MARGINS[1] - _MARGINS[3]
_SIDE = 9 * MM
_SIZE, _LINE, _TITLE = 10.5, 14.5, 20.0

# a cell: text, left edge and right edge in points, role, alignment
Cell = tuple[str, float, float, Role, Align]
_Said = tuple[str, float, Role, Align | None]  # text, share of the width


def hanging_table(sheet: WordSheet, rows: int) -> list[_Cell]:
    """A table of one column, ruled as 版记 is, whose foot is the type area's; its empty cells."""
    table = sheet.body.add_table(rows=rows, cols=1)
    properties = table._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    floating = {"leftFromText": "0", "rightFromText": "0", "topFromText": "0"}
    place = {"horzAnchor": "margin", "vertAnchor": "margin", "tblpX": "1", "tblpYSpec": "bottom"}
    properties.append(element("tblpPr", bottomFromText="0", **floating, **place))
    properties.append(element("tblOverlap", val="never"))
    properties.append(element("tblW", w=twips(WIDTH), type="dxa"))
    borders = element("tblBorders")
    for side, weight in (("top", THICK_RULE), ("bottom", THICK_RULE), ("insideH", THIN_RULE)):
        borders.append(
            element(side, val="single", sz=str(round(weight * 8)), space="0", color="000000")
        )
    properties.append(borders)
    properties.append(element("tblLayout", type="fixed"))
    properties.append(_no_margins())
    table._tbl.tblGrid.findall(qn("w:gridCol"))[0].set(qn("w:w"), twips(WIDTH))
    cells = [row.cells[0] for row in table.rows]
    for cell in cells:
        cell._tc.get_or_add_tcPr().append(element("tcW", w=twips(WIDTH), type="dxa"))
        for width in cell._tc.tcPr.findall(qn("w:tcW"))[:-1]:
            cell._tc.tcPr.remove(width)
        cell._tc.remove(cell.paragraphs[0]._p)
    return cells


def _no_margins() -> Any:
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w="0", type="dxa"))
    return margins


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
    pending: list[tuple[Sequence[Cell], float]] = []
    for block in form.blocks:
        if isinstance(block, Note):
            _table(sheet, pending)
            pending = []
            _line(sheet, block.text, "song", 9, "left")
        else:
            pending += _rows(block)
    _table(sheet, pending)
    if form.signatures:
        signed = "".join(f"{name}：{'　' * 10}" for name in form.signatures).rstrip()
        _line(sheet, signed, "song", _SIZE, "left", before=10)
    _footers(sheet, str(Proof(form.print_no, form.check_code, form.edition)))
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


def _rows(block: Grid | Table | Opinion) -> Iterable[tuple[Sequence[Cell], float]]:
    """Rows of a block with their least heights; a label beside it is the first cell of each."""
    start = _SIDE if block.side else 0.0
    beside: list[Cell] = [(block.side, 0.0, _SIDE, "hei", "center")] if block.side else []
    match block:
        case Grid():
            for row in block.rows:
                boxes: list[_Said] = [
                    (cell.text, cell.width, "hei" if cell.label else "song", cell.align)
                    for cell in row
                ]
                yield [*beside, *_spread(boxes, start)], block.least_mm * MM
        case Table():
            shares = [share for _, share in block.columns]
            head: list[_Said] = [(text, share, "hei", "center") for text, share in block.columns]
            yield [*beside, *_spread(head, start)], 9 * MM
            for texts in (*block.rows, *[[""] * len(shares)] * block.blank):
                pairs = zip(texts, shares, strict=True)
                said: list[_Said] = [(text, share, "song", block.align) for text, share in pairs]
                yield [*beside, *_spread(said, start)], 9 * MM
        case Opinion():
            day = dates.paper(block.on) if block.on else "年　　月　　日"
            text = "\n".join((block.text, "", *block.signed, day))
            yield [*beside, (text, start, _ROOM, "song", "left")], block.height_mm * MM


def _spread(cells: Sequence[_Said], start: float) -> Iterable[Cell]:
    scale = (_ROOM - start) / sum(width for _, width, _, _ in cells)
    left = start
    for text, width, role, align in cells:
        right = left + width * scale
        usual: Align = "center" if role == "hei" or len(text) < 14 else "left"
        yield text, left, right, role, align or usual
        left = right


def _table(sheet: WordSheet, rows: Sequence[tuple[Sequence[Cell], float]]) -> None:
    """Rows whose boxes do not line up, over one grid of all their edges."""
    if not rows:
        return
    edges = sorted({round(x * 20) for cells, _ in rows for cell in cells for x in cell[1:3]})
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
    for cells, least in rows:
        before = _row(sheet, table._tbl, cells, least, edges, before)


def _row(
    sheet: WordSheet,
    table: Any,
    cells: Sequence[Cell],
    least: float,
    edges: list[int],
    before: str,
) -> str:
    """One row; a label beside several rows is one box. Returns that label."""
    row = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    properties.append(element("trHeight", val=twips(least), hRule="atLeast"))
    row.append(properties)
    side = ""
    for text, left, right, role, align in cells:
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
            paragraph = sheet.paragraph(line=_LINE, align=align, into=_Cell(box, sheet.body))
            write(paragraph, piece, role, size=_SIZE)
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
