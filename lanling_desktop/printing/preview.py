"""A finished paper as pictures for the screen, and as text for tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Pdf = Path | bytes


def page_count(pdf: Pdf) -> int:
    """How many pages a PDF has."""
    with _opened(pdf) as document:
        return len(document)


def page_sizes(pdf: Pdf) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    with _opened(pdf) as document:
        return [document.get_page_size(page) for page in range(len(document))]


def render(pdf: Pdf, page: int, dpi: float = 96) -> tuple[int, int, bytes]:
    """A page, counted from 0, as width, height and rows of B, G, R, X bytes without padding."""
    with _opened(pdf) as document:
        return _rows(document[page].render(scale=dpi / 72, force_bitmap_format=_BGRX), 4)


def render_grey(pdf: Pdf, page: int, dpi: float = 300) -> tuple[int, int, bytes]:
    """A page for a printer: one byte a pixel, a quarter of what colours would take."""
    with _opened(pdf) as document:
        return _rows(document[page].render(scale=dpi / 72, grayscale=True), 1)


def is_coloured(pdf: Pdf, page: int) -> bool:
    """Whether a page has anything that is neither black, white nor grey."""
    _, _, data = render(pdf, page, _ROUGH)
    return not data[0::4] == data[1::4] == data[2::4]


def margins(pdf: Pdf, page: int) -> tuple[float, float, float, float] | None:
    """What is left white at left, top, right and foot, in points; None for an empty page."""
    width, height, data = render_grey(pdf, page, _ROUGH)
    data = data.translate(_FAINT)
    white = b"\xff" * width
    rows = [data[at : at + width] for at in range(0, len(data), width)]
    drawn = [at for at, row in enumerate(rows) if row != white]
    if not drawn:
        return None
    bare = [width - len(row.lstrip(b"\xff")) for row in rows if row != white]
    right = min(width - len(row.rstrip(b"\xff")) for row in rows if row != white)
    unit = 72 / _ROUGH
    return min(bare) * unit, drawn[0] * unit, right * unit, (height - 1 - drawn[-1]) * unit


def _rows(picture: Any, depth: int) -> tuple[int, int, bytes]:
    width, height, stride = picture.width, picture.height, picture.stride
    data = bytes(picture.buffer)
    if stride != width * depth:
        rows = (data[row * stride : row * stride + width * depth] for row in range(height))
        data = b"".join(rows)
    return width, height, data


def page_text(pdf: Pdf, page: int) -> str:
    """The text of a page, counted from 0, as a reader would copy it."""
    with _opened(pdf) as document:
        text: str = document[page].get_textpage().get_text_bounded()
    return text.replace("\r\n", "\n")


_ROUGH = 72  # dots per inch at which a page is looked over
_FAINT = bytes(each if each < 0xE0 else 0xFF for each in range(256))  # what nobody sees is white
_BGRX = 3  # FPDFBitmap_BGRx
_ONE = threading.RLock()  # PDFium holds one thread at a time; screen and printer have one each


@contextmanager
def _opened(pdf: Pdf) -> Iterator[Any]:
    import pypdfium2

    with _ONE:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
