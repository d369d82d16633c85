"""A board for the wall: who answers for a grid, in letters to be read from a few steps away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lanling_desktop.printing.files import Target
from lanling_desktop.printing.fitting import in_box
from lanling_desktop.printing.fonts import Role, refuse_missing, typeface
from lanling_desktop.printing.page import (
    A4,
    MIDDLE,
    MM,
    THICK,
    Align,
    Pen,
    PrintedPaper,
    Progress,
    Proof,
)

if TYPE_CHECKING:
    from lanling_desktop.core.pictures import Drawn
    from lanling_desktop.printing.pdfa import Document

CARDS = 8  # of the people of one sheet
_WIDE, _HIGH = A4[1], A4[0]
_LEFT, _RIGHT = 14 * MM, _WIDE - 14 * MM
_WIDTH = _RIGHT - _LEFT
_TOP, _FLOOR = _HIGH - 13 * MM, 25 * MM
_ROW, _LABEL = 10.5 * MM, 31 * MM
_GAP = 4 * MM
_PHOTO = 35 / 49  # width to height of a two-inch photograph


@dataclass(frozen=True, slots=True)
class BoardWorker:
    """One of the people of a board, with the role and the duties, and the photograph there is."""

    name: str
    role: str
    duties: str
    photo: Drawn | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """What the board of one grid says. No telephone but those of offices stands on one."""

    name: str
    code: str
    community: str
    boundary: str
    covers: str
    branch: str
    counts: Sequence[tuple[str, int | None]]
    people: Sequence[BoardWorker]
    office_phone: str
    complaints_phone: str
    as_of: str

    @property
    def title(self) -> str:
        """The words at its head."""
        return f"{self.name}公示牌"


def draw_boards(
    boards: Sequence[Board],
    out: Target | Document,
    progress: Progress | None = None,
    *,
    scale: float = 1.0,
    print_no: str = "",
    check_code: str = "",
    edition: str = "",
    demo: bool = False,
) -> PrintedPaper:
    """Print a board for each grid on A4 across, or `scale` times as large.

    More than eight people go on to a second sheet under the same head.
    """
    if not boards:
        raise ValueError("no board to print")
    refuse_missing((each.name, text) for each in boards for text in _texts(each))
    from lanling_desktop.printing.pdfa import begun, delivered

    document = begun(out, "网格公示牌", boards[0].community)
    before = document.pages
    for number, board in enumerate(boards, 1):
        sheets = max(1, -(-len(board.people) // CARDS))
        for sheet in range(sheets):
            pen = Pen(document)
            pen.raw(f"q {scale:.4f} 0 0 {scale:.4f} 0 0 cm")
            people = board.people[sheet * CARDS : (sheet + 1) * CARDS]
            _sheet(pen, board, people)
            proof = Proof(print_no, check_code, edition)
            page = f"{board.name}　第 {sheet + 1} 页 共 {sheets} 页"
            _foot(pen, board, f"{proof}　{page}")
            if demo:
                pen.demo_mark(_RIGHT, _TOP)
            pen.raw("Q")
            document.add_page(pen.operators(), _WIDE * scale, _HIGH * scale)
        if progress:
            progress(number, len(boards))
    delivered(document, out)
    return PrintedPaper(document.pages - before)


def _sheet(pen: Pen, board: Board, people: Sequence[BoardWorker]) -> None:
    pen.frame(8 * MM, 8 * MM, _WIDE - 16 * MM, _HIGH - 16 * MM, 2.4)
    pen.frame(9.6 * MM, 9.6 * MM, _WIDE - 19.2 * MM, _HIGH - 19.2 * MM, THICK)
    where = f"“{board.name}”公示牌"
    room = _WIDTH - 50 * MM  # clear of the demo mark on either side
    head = in_box(board.community, "hei", 18, room, 8 * MM, where)
    head.draw(pen, _LEFT + 25 * MM, _TOP, room)
    title = in_box(board.title, "title", 38, room, 19 * MM, where)
    title.draw(pen, _LEFT + 25 * MM, _TOP - 8.5 * MM, room)
    top = _facts(pen, board, _TOP - 29 * MM, where)
    _cards(pen, board, people, top - _GAP, where)


def _facts(pen: Pen, board: Board, top: float, where: str) -> float:
    """The lines about the grid; where they end. What is not known is left out."""
    counts = "　　".join(f"{name} {count}" for name, count in board.counts if count)
    said = [
        ("网格编号", board.code),
        ("网格党支部", board.branch),
        ("四至范围", board.boundary),
        ("覆盖小区", board.covers),
        ("基本情况", counts),
    ]
    rows = [each for each in said if each[1]] or [("基本情况", "")]
    begun = top
    for number, (name, text) in enumerate(rows):
        high = _ROW * (1.35 if len(text) > 36 else 1)
        if number:
            pen.rule(_LEFT, top, _RIGHT, top)
        label = in_box(name, "hei", 15, _LABEL - 3 * MM, high, where)
        label.draw(pen, _LEFT + 1.5 * MM, top - (high - label.height) / 2, _LABEL - 3 * MM)
        room = _WIDTH - _LABEL - 6 * MM
        value = in_box(text, "song", 16, room, high, where)
        middle = top - (high - value.height) / 2
        value.draw(pen, _LEFT + _LABEL + 3 * MM, middle, room, "left")
        top -= high
    pen.rule(_LEFT + _LABEL, begun, _LEFT + _LABEL, top)
    pen.frame(_LEFT, top, _WIDTH, begun - top, THICK)
    return top


def _cards(pen: Pen, board: Board, people: Sequence[BoardWorker], top: float, where: str) -> None:
    """The people: up to four with the photograph above, more in two rows with it to the left."""
    if not people:
        middle = (top + _FLOOR) / 2
        pen.text(_WIDE / 2, middle, "网格员待定", role="hei", size=24, align="center")
        return
    high = top - _FLOOR
    if len(people) <= CARDS // 2:
        width = min((_WIDTH - (len(people) - 1) * _GAP) / len(people), 78 * MM)
        left = _LEFT + (_WIDTH - len(people) * width - (len(people) - 1) * _GAP) / 2
        for worker in people:
            _tall_card(pen, board, worker, (left, _FLOOR, width, high), where)
            left += width + _GAP
        return
    across = -(-len(people) // 2)
    width = (_WIDTH - (across - 1) * _GAP) / across
    height = (high - _GAP) / 2
    for place, worker in enumerate(people):
        row, column = divmod(place, across)
        left = _LEFT + column * (width + _GAP)
        bottom = top - (row + 1) * height - row * _GAP
        _flat_card(pen, board, worker, (left, bottom, width, height), where)


_Place = tuple[float, float, float, float]  # left, bottom, width, height


def _tall_card(pen: Pen, board: Board, worker: BoardWorker, place: _Place, where: str) -> None:
    left, bottom, width, height = place
    pen.frame(left, bottom, width, height)
    words = 41 * MM
    photo = height - words - 4 * MM
    _photo(pen, worker.photo, left + (width - photo * _PHOTO) / 2, bottom + words + 2 * MM, photo)
    room = width - 6 * MM
    _words(pen, board, worker, (left + 3 * MM, bottom + 1.5 * MM, room, words - 2 * MM), where)


def _flat_card(pen: Pen, board: Board, worker: BoardWorker, place: _Place, where: str) -> None:
    left, bottom, width, height = place
    pen.frame(left, bottom, width, height)
    photo = min(height - 4 * MM, (width * 0.42) / _PHOTO)
    _photo(pen, worker.photo, left + 2 * MM, bottom + (height - photo) / 2, photo)
    begins = left + photo * _PHOTO + 4 * MM
    room = left + width - 2 * MM - begins
    _words(pen, board, worker, (begins, bottom + 2 * MM, room, height - 4 * MM), where, small=True)


def _photo(pen: Pen, shown: Drawn | None, left: float, bottom: float, height: float) -> None:
    """The photograph in its frame; without one the frame to paste it into."""
    width = height * _PHOTO
    pen.frame(left, bottom, width, height)
    if shown is not None:
        pen.picture(shown.data, (shown.width, shown.height), left, bottom, width, height)
        return
    middle = bottom + height / 2 - MIDDLE * 12
    pen.text(left + width / 2, middle, "照片", size=12, align="center", grey=0.6)


def _words(
    pen: Pen,
    board: Board,
    worker: BoardWorker,
    place: _Place,
    where: str,
    *,
    small: bool = False,
) -> None:
    """Name, role, duties and the office's telephone, from the top of a place down."""
    left, bottom, width, height = place
    factor = 0.8 if small else 1.0
    align: Align = "left" if small else "center"
    said: list[tuple[str, Role, float, float]] = [
        (worker.name, "title", 22, 0.3),
        (worker.role, "hei", 15, 0.2),
        (f"职责：{worker.duties}" if worker.duties else "", "song", 12.5, 0.3),
        (f"电话：{board.office_phone}" if board.office_phone else "", "song", 12.5, 0.2),
    ]
    boxes = [
        in_box(text, role, size * factor, width, height * share, where)
        for text, role, size, share in said
        if text
    ]
    slack = (height - sum(box.height for box in boxes)) / (len(boxes) + 1)
    top = bottom + height - slack
    for box in boxes:
        box.draw(pen, left, top, width, align)
        top -= box.height + slack


def _foot(pen: Pen, board: Board, proof: str) -> None:
    base = 15.5 * MM
    said = f"监督电话：{board.complaints_phone or '　　　　　　　　'}"
    pen.text(_LEFT, base, said, role="hei", size=20)
    pen.text(_RIGHT, base + 3, f"截至：{board.as_of}", size=12, align="right")
    width = typeface("song").width(proof, 7)
    pen.text(_RIGHT - width, 11 * MM, proof, size=7, grey=0.25)


def _texts(board: Board) -> list[str]:
    people = [text for each in board.people for text in (each.name, each.role, each.duties)]
    heads = [board.name, board.code, board.community, board.boundary, board.covers, board.branch]
    return [*heads, *people, board.office_phone, board.complaints_phone, board.as_of]
