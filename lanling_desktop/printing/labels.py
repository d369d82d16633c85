"""Labels on the sheets of stickers that shops sell: each text as large as its label lets it be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing.files import Target
from lanling_desktop.printing.fitting import Fitted, fitted_in, in_box
from lanling_desktop.printing.fonts import refuse_missing
from lanling_desktop.printing.page import A4, MM, Pen, PrintedPaper, Progress, Proof

if TYPE_CHECKING:
    from lanling_desktop.printing.pdfa import Document

_NAME, _BODY = 14.0, 10.5
_PADDING, _GAP = 4.5 * MM, 1.0 * MM
_FOOT = 3.6 * MM  # within the margin of every sheet, or within the padding of its last labels


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of stickers: how many, how large, where the first begins and how far the next is."""

    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    step: float  # from the left edge of one to that of the next

    @property
    def places(self) -> int:
        """How many labels stand on it."""
        return self.across * self.down


SHEETS = {
    "3×8（64×34毫米）": Sheet(3, 8, 63.5, 33.9, 7.25, 12.9, 66.0),
    "3×8（70×37毫米，无边）": Sheet(3, 8, 70.0, 37.0, 0.0, 0.5, 70.0),
    "2×7（99×38毫米）": Sheet(2, 7, 99.1, 38.1, 4.65, 15.15, 101.6),
}
"""A4 sheets by the words they are chosen by; millimetres."""


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says: a name in large letters, lines under it."""

    name: str
    lines: Sequence[str] = ()


def draw_labels(
    labels: Sequence[Label],
    out: Target | Document,
    progress: Progress | None = None,
    *,
    sheet: Sheet,
    start: int = 1,
    title: str = "标签",
    unit: str = "",
    print_no: str = "",
    check_code: str = "",
    edition: str = "",
    demo: bool = False,
) -> PrintedPaper:
    """Print labels row by row; the first one in the place `start`, counted from 1."""
    if not 1 <= start <= sheet.places:
        raise OfficeError(
            f"这种标签纸一张只有 {sheet.places} 格，没有第 {start} 格",
            "没有印出任何内容，数据没有改动",
            f"请填 1 到 {sheet.places}",
        )
    refuse_missing(
        (f"“{each.name}”的标签", text) for each in labels for text in (each.name, *each.lines)
    )
    from lanling_desktop.printing.pdfa import begun, delivered

    document = begun(out, title, unit)
    places: list[Label | None] = [*[None] * (start - 1), *labels]
    pages = -(-len(places) // sheet.places)
    for page in range(pages):
        pen = Pen(document)
        here = places[page * sheet.places : (page + 1) * sheet.places]
        for place, label in enumerate(here):
            if label is not None:
                _draw(pen, label, sheet, place, demo=demo)
        proof = f"{Proof(print_no, check_code, edition)}　第 {page + 1} 页 共 {pages} 页"
        pen.text(_PADDING, _FOOT, proof, size=5, grey=0.45)
        document.add_page(pen.operators(), *A4)
        if progress:
            progress(page + 1, pages)
    delivered(document, out)
    return PrintedPaper(pages)


def _draw(pen: Pen, label: Label, sheet: Sheet, place: int, *, demo: bool) -> None:
    row, column = divmod(place, sheet.across)
    left = (sheet.left + column * sheet.step) * MM
    top = A4[1] - (sheet.top + row * sheet.height) * MM
    width, height = sheet.width * MM - 2 * _PADDING, sheet.height * MM - 2 * _PADDING
    name, body = _fitted(label, width, height)
    taken = name.height + (body.height + _GAP if body else 0.0)
    y = top - _PADDING - (height - taken) / 2
    name.draw(pen, left + _PADDING, y, width, "left")
    if body:
        body.draw(pen, left + _PADDING, y - name.height - _GAP, width, "left")
    if demo:
        right = left + sheet.width * MM - _PADDING
        pen.text(right, top - _PADDING + 1, "演示", role="hei", size=6, align="right", grey=0.55)


def _fitted(label: Label, width: float, height: float) -> tuple[Fitted, Fitted | None]:
    """Name and lines together: the name gives way first, down to the size of the lines."""
    where = f"“{label.name}”的标签"
    said = "\n".join(label.lines)
    if not said:
        return in_box(label.name, "hei", _NAME, width, height, where), None
    size = _NAME
    while size > _BODY:
        name = fitted_in(label.name, "hei", size, width, height / 2, least=size)
        if name:
            body = fitted_in(said, "song", _BODY, width, height - name.height - _GAP, least=_BODY)
            if body:
                return name, body
        size -= 1
    name = in_box(label.name, "hei", _BODY, width, height / 2, where)
    return name, in_box(said, "song", _BODY, width, height - name.height - _GAP, where)
