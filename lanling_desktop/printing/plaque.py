"""Cards to be cut out and hung up: the plaque data of 党员中心户, several to a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lanling_desktop.printing.files import Target, write_whole
from lanling_desktop.printing.fonts import refuse_missing
from lanling_desktop.printing.page import A4, MM, THICK, Pen, PrintedPaper, Progress, Proof, fitted

_MARGIN, _GAP, _MARK = 12 * MM, 8 * MM, 4 * MM
_FLOOR, _FOOT = 16 * MM, 7 * MM
_GRIDS = {1: (1, 1), 2: (1, 2), 4: (2, 2), 6: (2, 3), 8: (2, 4), 10: (2, 5)}

PerPage = Literal[1, 2, 4, 6, 8, 10]


@dataclass(frozen=True, slots=True)
class PlaqueCard:
    """What a card says. No identity number, and only an office telephone, stands on one."""

    community: str
    host: str
    number: str
    linked_members: str = ""
    telephone: str = ""
    heading: str = "党员中心户"


def draw_plaques(
    cards: Sequence[PlaqueCard],
    out: Target,
    progress: Progress | None = None,
    *,
    per_page: PerPage = 8,
    title: str = "党员中心户挂牌卡",
    print_no: str = "",
    check_code: str = "",
    demo: bool = False,
) -> PrintedPaper:
    """Print cards with cut marks, in the order given, row by row."""
    if not cards:
        raise ValueError("no card to print")
    refuse_missing(_texts(cards, (title, print_no, check_code)))
    from lanling_desktop.printing.pdfa import Document

    document = Document(title, author=cards[0].community)
    pages = -(-len(cards) // per_page)
    for number in range(pages):
        pen = Pen(document)
        _sheet(pen, cards[number * per_page : (number + 1) * per_page], per_page, demo=demo)
        middle = A4[0] / 2
        pen.text(middle, _FOOT, f"第 {number + 1} 页 共 {pages} 页", size=8, align="center")
        pen.text(_MARGIN, _FOOT, str(Proof(print_no, check_code)), size=7, grey=0.25)
        document.add_page(pen.operators(), *A4)
        if progress:
            progress(number + 1, pages)
    write_whole(out, document.finish())
    return PrintedPaper(pages)


def _sheet(pen: Pen, cards: Sequence[PlaqueCard], per_page: PerPage, *, demo: bool) -> None:
    across, down = _GRIDS[per_page]
    width = (A4[0] - 2 * _MARGIN - (across - 1) * _GAP) / across
    height = (A4[1] - _MARGIN - _FLOOR - (down - 1) * _GAP) / down
    for place, card in enumerate(cards):
        row, column = divmod(place, across)
        left = _MARGIN + column * (width + _GAP)
        bottom = A4[1] - _MARGIN - (row + 1) * height - row * _GAP
        _cut_marks(pen, left, bottom, width, height)
        _card(pen, card, left, bottom, width, height)
        if demo:
            mark, inset = left + width - 3 * MM, min(width, height) * 0.05
            base = bottom + height - inset - 4.5 * MM
            pen.text(mark - inset, base, "演示", role="hei", size=8, align="right", grey=0.55)


def _card(
    pen: Pen, card: PlaqueCard, left: float, bottom: float, width: float, height: float
) -> None:
    """A card: community, heading and host in the middle, the rest in a line or two below."""
    inset = min(width, height) * 0.05
    pen.frame(left + inset, bottom + inset, width - 2 * inset, height - 2 * inset, THICK)
    unit = min(height, width * 0.7)
    middle, room = left + width / 2, width - 4 * inset
    spread = (height - unit) / 2  # a tall card keeps its words together in the middle

    def centred(text: str, role: Literal["hei", "title", "song"], share: float, at: float) -> None:
        size = fitted(text, role, round(unit * share, 1), room, least=4)
        pen.text(middle, bottom + spread + unit * at, text, role=role, size=size, align="center")

    centred(card.community, "hei", 0.085, 0.80)
    centred(card.heading, "title", 0.17, 0.575)
    centred(f"户主：{card.host}", "song", 0.11, 0.385)
    linked = f"联系党员：{card.linked_members} 名" if card.linked_members else ""
    centred(
        "　　".join(part for part in (f"编号：{card.number}", linked) if part), "song", 0.065, 0.25
    )
    centred(f"监督电话：{card.telephone}" if card.telephone else "", "song", 0.065, 0.14)


def _cut_marks(pen: Pen, left: float, bottom: float, width: float, height: float) -> None:
    """Short lines outside the corners, where to cut."""
    away = 0.6 * MM
    for x, side in ((left, -1), (left + width, 1)):
        for y, up in ((bottom, -1), (bottom + height, 1)):
            pen.rule(x + side * away, y, x + side * (away + _MARK * 0.7), y, 0.3)
            pen.rule(x, y + up * away, x, y + up * (away + _MARK * 0.7), 0.3)


def _texts(cards: Sequence[PlaqueCard], heads: Sequence[str]) -> list[tuple[str, str]]:
    found = [("页眉页脚", text) for text in heads]
    for card in cards:
        said = (card.community, card.heading, card.host, card.number)
        for text in (*said, card.linked_members, card.telephone):
            found.append((f"{card.number} {card.host}", text))
    return found
