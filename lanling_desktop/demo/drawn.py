"""Drawn pictures for the demo office: a notice on its board, a certificate. Nobody is in them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from lanling_desktop import paths
from lanling_desktop.core import attachments
from lanling_desktop.core.attachments import Attachment, Incoming
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import table_of
from lanling_desktop.demo.rows import Rows
from lanling_desktop.hall.records import Publicity
from lanling_desktop.printing import preview
from lanling_desktop.staff.records import CommunityWorker

_NOTICES, _CERTIFICATES = 3, 2  # records that have pictures; more would only take time
_RED, _INK, _WALL, _PAPER, _GREEN = "#A61E22", "#1F2328", "#D9D2C4", "#FFFEFA", "#7F9A7A"
_FAINT = "#9A9A9A"
_WIDE, _HIGH = 960, 720
_FONT = "NotoSansSC-Regular"


def attach(office: Office, rows: Rows) -> None:
    """Give the latest notices and the first workers what they have in a real office."""
    posted, worker = table_of(Publicity).c, table_of(CommunityWorker).c
    latest = select(posted.id, posted.title).order_by(posted.posted_on.desc(), posted.id)
    for record_id, title in office.rows(latest.limit(_NOTICES)):
        for name, draw in (("近景", _near), ("远景", _far)):
            given = Incoming(f"{name}.jpg", _jpeg(draw, str(title)))
            _add(office, rows, Publicity.__tablename__, record_id, given)
    first = select(worker.id, worker.code).order_by(worker.code)
    for record_id, code in office.rows(first.limit(_CERTIFICATES)):
        given = Incoming("职业水平证书扫描件.jpg", _jpeg(_certificate, str(code)))
        _add(office, rows, CommunityWorker.__tablename__, record_id, given)
    office.load("演示附件", rows.take())


def _add(office: Office, rows: Rows, key: str, record_id: str, given: Incoming) -> None:
    said = attachments.described(office.vault, office.registers[key], record_id, given)
    rows.add(Attachment, added_on=office.today, **said)


class _Pen:
    """Draws on a page of 960 x 720 points, counted from the top left corner."""

    def __init__(self) -> None:
        if _FONT not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(_FONT, str(paths.resource(f"fonts/{_FONT}.ttf"))))
        self._out = BytesIO()
        self._canvas = Canvas(self._out, pagesize=(_WIDE, _HIGH))

    def rectangle(
        self, left: float, top: float, right: float, foot: float,
        fill: str = "", outline: str = "", width: float = 1,
    ) -> None:  # fmt: skip
        self._ready(fill, outline, width)
        self._canvas.rect(
            left, _HIGH - foot, right - left, foot - top, fill=bool(fill), stroke=bool(outline)
        )

    def ring(self, left: float, top: float, right: float, foot: float, width: float) -> None:
        self._ready("", _RED, width)
        self._canvas.ellipse(left, _HIGH - top, right, _HIGH - foot)

    def line(self, left: float, right: float, y: float, width: float = 8) -> None:
        self._ready("", _FAINT, width)
        self._canvas.line(left, _HIGH - y, right, _HIGH - y)

    def text(
        self, x: float, y: float, said: str, size: float, ink: str = _INK, *, middle: bool = True
    ) -> None:
        """Words around the height `y`, in the middle of `x` or from it on."""
        self._ready(ink, "", 1)
        self._canvas.setFont(_FONT, size)
        put = self._canvas.drawCentredString if middle else self._canvas.drawString
        put(x, _HIGH - y - 0.36 * size, said)

    def jpeg(self) -> bytes:
        """The picture, as a camera would leave it."""
        self._canvas.save()
        width, height, data = preview.render(self._out.getvalue(), 0, dpi=72)
        out = BytesIO()
        picture = Image.frombytes("RGB", (width, height), data, "raw", "BGRX")
        picture.save(out, "JPEG", quality=80)
        return out.getvalue()

    def _ready(self, fill: str, outline: str, width: float) -> None:
        self._canvas.setFillColor(fill or _PAPER)
        self._canvas.setStrokeColor(outline or _INK)
        self._canvas.setLineWidth(width)


def _jpeg(draw: Callable[[_Pen, str], None], said: str) -> bytes:
    pen = _Pen()
    pen.rectangle(0, 0, _WIDE, _HIGH, fill=_WALL)
    draw(pen, said)
    return pen.jpeg()


def _near(pen: _Pen, title: str) -> None:
    """The notice as one stands before it."""
    pen.rectangle(130, 40, 830, 730, fill=_PAPER, outline=_INK, width=3)
    pen.text(480, 110, "公　示", 60, _RED)
    lines = [title[at : at + 18] for at in range(0, len(title), 18)]
    for number, line in enumerate(lines):
        pen.text(480, 200 + 44 * number, line, 32)
    for number in range(9):
        pen.line(190, 770 if number % 3 else 690, 320 + 42 * number)
    pen.text(480, 690, "演示图片", 22, _FAINT)


def _far(pen: _Pen, _title: str) -> None:
    """The board in its yard."""
    pen.rectangle(0, 0, 960, 460, fill="#CFE0EA")
    pen.rectangle(0, 460, 960, 720, fill=_GREEN)
    for left in (60, 700):
        pen.rectangle(left, 90, left + 200, 480, fill="#E8E1D3", outline=_INK)
        for row in range(5):
            for at in (30, 120):
                top = 120 + 70 * row
                pen.rectangle(left + at, top, left + at + 50, top + 40, fill="#8FB3C7")
    for left in (320, 630):
        pen.rectangle(left, 300, left + 14, 620, fill="#6B6257")
    pen.rectangle(290, 200, 670, 440, fill=_RED)
    pen.rectangle(306, 250, 654, 424, fill=_PAPER)
    pen.text(480, 226, "小区公示栏", 34, _PAPER)
    for left in (320, 434, 548):
        pen.rectangle(left, 264, left + 92, 410, fill="#F3EFE4", outline=_FAINT)
        for y in range(284, 400, 16):
            pen.line(left + 12, left + 80, y, 4)
    pen.text(480, 696, "演示图片", 22, _PAPER)


def _certificate(pen: _Pen, code: str) -> None:
    """A certificate under a scanner's lid."""
    pen.rectangle(60, 60, 900, 660, fill=_PAPER, outline=_RED, width=10)
    pen.rectangle(84, 84, 876, 636, outline=_RED, width=2)
    pen.text(480, 180, "职业水平证书", 64, _RED)
    pen.text(480, 280, "（演示图片，不是真证书）", 28)
    for number in range(4):
        pen.line(180, 780 if number < 3 else 520, 350 + 48 * number)
    pen.ring(640, 470, 800, 630, 6)
    pen.text(180, 590, f"编号 {code}", 28, middle=False)
