"""Letters of appointment: 聘书 on A4 across, one to a sheet, with room for the seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lanling_desktop.printing.files import Target
from lanling_desktop.printing.fitting import in_box
from lanling_desktop.printing.fonts import refuse_missing, typeface
from lanling_desktop.printing.page import (
    A4,
    MIDDLE,
    MM,
    THICK,
    Pen,
    PrintedPaper,
    Progress,
    Proof,
)
from lanling_desktop.printing.text import lay_out

if TYPE_CHECKING:
    from lanling_desktop.printing.pdfa import Document

_WIDE, _HIGH = A4[1], A4[0]
_LEFT, _RIGHT = 34 * MM, _WIDE - 34 * MM
_WIDTH = _RIGHT - _LEFT
_BODY_TOP, _BODY_FLOOR = _HIGH - 72 * MM, 72 * MM
_SEAL = 42 * MM  # across (domain.md 9.3)
_LARGEST, _LEAST = 24.0, 12.0
_LEADING = 1.8


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one letter says: to whom, what, by whom, when. `number` empty leaves a line for it."""

    name: str
    body: str
    issuer: str
    dated: str
    number: str = ""
    title: str = "聘书"


def draw_certificates(
    certificates: Sequence[Certificate],
    out: Target | Document,
    progress: Progress | None = None,
    *,
    print_no: str = "",
    check_code: str = "",
    demo: bool = False,
) -> PrintedPaper:
    """Print one sheet for each letter."""
    if not certificates:
        raise ValueError("no certificate to print")
    refuse_missing(
        (f"{each.name}的{each.title}", text) for each in certificates for text in _texts(each)
    )
    from lanling_desktop.printing.pdfa import begun, delivered

    document = begun(out, certificates[0].title, certificates[0].issuer)
    before = document.pages
    for number, certificate in enumerate(certificates, 1):
        pen = Pen(document)
        _frame(pen)
        _draw(pen, certificate)
        pen.text(_LEFT, 13.5 * MM, str(Proof(print_no, check_code)), size=7, grey=0.45)
        if demo:
            pen.demo_mark(_WIDE - 20 * MM, _HIGH - 18 * MM)
        document.add_page(pen.operators(), _WIDE, _HIGH)
        if progress:
            progress(number, len(certificates))
    delivered(document, out)
    return PrintedPaper(document.pages - before)


def _frame(pen: Pen) -> None:
    for away, weight in ((9 * MM, 3.0), (11.2 * MM, THICK)):
        pen.frame(away, away, _WIDE - 2 * away, _HIGH - 2 * away, weight)
    inset, arm = 14 * MM, 12 * MM  # a bracket in each corner
    for x, across in ((inset, 1), (_WIDE - inset, -1)):
        for y, up in ((inset, 1), (_HIGH - inset, -1)):
            pen.rule(x, y, x + across * arm, y, 1.2)
            pen.rule(x, y, x, y + up * arm, 1.2)


def _draw(pen: Pen, said: Certificate) -> None:
    where = f"{said.name}的{said.title}"
    spaced = "　".join(said.title)
    pen.text(_WIDE / 2, _HIGH - 46 * MM, spaced, role="title", size=54, align="center")
    number = f"编号：{said.number or '　　　　　　'}"
    pen.text(_RIGHT, _HIGH - 60 * MM, number, size=13, align="right")
    size = _LARGEST
    face = typeface("kai")
    while size > _LEAST:
        name = lay_out(f"{said.name}同志：", face, size, _WIDTH)
        body = lay_out(said.body, face, size, _WIDTH, first_indent=2 * size)
        if (len(name) + len(body)) * _LEADING * size <= _BODY_TOP - _BODY_FLOOR:
            break
        size -= 1
    else:
        in_box(said.body, "kai", size, _WIDTH, _BODY_TOP - _BODY_FLOOR, where)  # refuses
        name, body = lay_out(f"{said.name}同志：", face, size, _WIDTH), []
    base = _BODY_TOP - size
    pen.lines(name, _LEFT, base, _WIDTH, role="kai", size=size, leading=_LEADING)
    base -= len(name) * _LEADING * size
    pen.lines(body, _LEFT, base, _WIDTH, role="kai", size=size, leading=_LEADING)
    _sign(pen, said, where)


def _sign(pen: Pen, said: Certificate, where: str) -> None:
    """Who appoints and when, the seal over both."""
    room = 92 * MM
    left = _RIGHT - room
    issuer = in_box(said.issuer, "song", 17, room, 15 * MM, where)
    top = 48 * MM + issuer.height
    issuer.draw(pen, left, top, room)
    pen.text(left + room / 2, 37 * MM, said.dated, size=17, align="center")
    middle, centre = left + room / 2, 46 * MM
    pen.text(middle - _SEAL, centre - MIDDLE * 9, "（盖章）", size=9, align="right", grey=0.5)


def _texts(said: Certificate) -> tuple[str, ...]:
    return (said.name, said.body, said.issuer, said.dated, said.number, said.title)
