"""Real files to attach: drawn with Pillow, packed with zipfile; no picture of anybody."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

_ORIENTATION, _TAKEN, _EXIF = 0x0112, 0x9003, 0x8769


def jpeg(
    colour: str = "red",
    size: tuple[int, int] = (80, 40),
    *,
    turned: int = 1,
    taken: str = "",
) -> bytes:
    """A picture whose left half is of one colour and whose right half is white."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2 - 1, size[1]), fill=colour)
    notes = Image.Exif()
    notes[_ORIENTATION] = turned
    if taken:
        notes.get_ifd(_EXIF)[_TAKEN] = taken
    out = BytesIO()
    picture.save(out, "JPEG", quality=95, exif=notes)
    return out.getvalue()


def png(colour: str = "blue", size: tuple[int, int] = (60, 30), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour if mode != "I;16" else 40_000).save(out, "PNG")
    return out.getvalue()


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def package(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for each in names:
            made.writestr(each, "<x/>")
    return out.getvalue()


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
