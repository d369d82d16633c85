"""Drawn pictures for the demo office: a notice on its board, a certificate. Nobody is in them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select

from lanling_desktop import paths
from lanling_desktop.core import attachments
from lanling_desktop.core.attachments import Attachment, Incoming
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import table_of
from lanling_desktop.demo.rows import Rows
from lanling_desktop.hall.records import Publicity
from lanling_desktop.staff.records import CommunityWorker

_NOTICES, _CERTIFICATES = 3, 2  # records that have pictures; more would only take time
_RED, _INK, _WALL, _PAPER, _GREEN = "#A61E22", "#1F2328", "#D9D2C4", "#FFFEFA", "#7F9A7A"


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


def _jpeg(draw: Callable[[Any, str], None], said: str) -> bytes:
    picture = Image.new("RGB", (960, 720), _WALL)
    draw(ImageDraw.Draw(picture), said)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(paths.resource("fonts/NotoSansSC-Regular.ttf")), size)


def _near(pen: Any, title: str) -> None:
    """The notice as one stands before it."""
    pen.rectangle((130, 40, 830, 720), fill=_PAPER, outline=_INK, width=3)
    pen.text((480, 110), "公　示", font=_font(60), fill=_RED, anchor="mm")
    lines = [title[at : at + 18] for at in range(0, len(title), 18)]
    for number, line in enumerate(lines):
        pen.text((480, 200 + 44 * number), line, font=_font(32), fill=_INK, anchor="mm")
    for number in range(9):
        y = 320 + 42 * number
        pen.line((190, y, 770 if number % 3 else 690, y), fill="#9A9A9A", width=8)
    pen.text((480, 700), "演示图片", font=_font(22), fill="#9A9A9A", anchor="mb")


def _far(pen: Any, _title: str) -> None:
    """The board in its yard."""
    pen.rectangle((0, 0, 960, 460), fill="#CFE0EA")
    pen.rectangle((0, 460, 960, 720), fill=_GREEN)
    for left in (60, 700):
        pen.rectangle((left, 90, left + 200, 480), fill="#E8E1D3", outline=_INK)
        for row in range(5):
            for at in (30, 120):
                top = 120 + 70 * row
                pen.rectangle((left + at, top, left + at + 50, top + 40), fill="#8FB3C7")
    for left in (320, 630):
        pen.rectangle((left, 300, left + 14, 620), fill="#6B6257")
    pen.rectangle((290, 200, 670, 440), fill=_RED)
    pen.rectangle((306, 250, 654, 424), fill=_PAPER)
    pen.text((480, 226), "小区公示栏", font=_font(34), fill=_PAPER, anchor="mm")
    for left in (320, 434, 548):
        pen.rectangle((left, 264, left + 92, 410), fill="#F3EFE4", outline="#9A9A9A")
        for y in range(284, 400, 16):
            pen.line((left + 12, y, left + 80, y), fill="#9A9A9A", width=4)
    pen.text((480, 706), "演示图片", font=_font(22), fill=_PAPER, anchor="mb")


def _certificate(pen: Any, code: str) -> None:
    """A certificate under a scanner's lid."""
    pen.rectangle((60, 60, 900, 660), fill=_PAPER, outline=_RED, width=10)
    pen.rectangle((84, 84, 876, 636), outline=_RED, width=2)
    pen.text((480, 180), "职业水平证书", font=_font(64), fill=_RED, anchor="mm")
    pen.text((480, 280), "（演示图片，不是真证书）", font=_font(28), fill=_INK, anchor="mm")
    for number in range(4):
        y = 350 + 48 * number
        pen.line((180, y, 780 if number < 3 else 520, y), fill="#9A9A9A", width=8)
    pen.ellipse((640, 470, 800, 630), outline=_RED, width=6)
    pen.text((180, 590), f"编号 {code}", font=_font(28), fill=_INK, anchor="lm")
