"""Pictures as they are shown and printed: turned the right way up, scaled, told when they were taken.

The picture that was added is kept as it came; what is made here is for a screen or a sheet only,
and carries nothing of the camera's notes along.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from lanling_desktop.core.file_types import PICTURES

if TYPE_CHECKING:
    from PIL.Image import Image

_EXIF, _TAKEN, _CHANGED = 0x8769, 0x9003, 0x0132  # the camera's own notes: Exif 2.32, 4.6


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture ready to be drawn: its bytes, how many points wide and high."""

    data: bytes
    width: int
    height: int


def thumbnail(data: bytes, side: int) -> bytes:
    """A small PNG that fits a square of `side` points."""
    with _upright(data, side * 2) as picture:
        picture.thumbnail((side, side))
        out = BytesIO()
        picture.save(out, "PNG")
        return out.getvalue()


def for_paper(data: bytes, most: int) -> Drawn:
    """A JPEG in true colours, its longer side `most` points at most."""
    with _upright(data, most) as picture:
        picture.thumbnail((most, most))
        out = BytesIO()
        picture.save(out, "JPEG", quality=88, subsampling=0)
        return Drawn(out.getvalue(), picture.width, picture.height)


def day_taken(data: bytes) -> date | None:
    """The day the camera says the picture was taken on."""
    from PIL import Image

    with contextlib.suppress(OSError, ValueError, SyntaxError, TypeError), _quietly():  # noqa: SIM117
        with Image.open(BytesIO(data), formats=tuple(PICTURES)) as opened:
            notes = opened.getexif()
            said = notes.get_ifd(_EXIF).get(_TAKEN) or notes.get(_CHANGED) or ""
            return date.fromisoformat(str(said)[:10].replace(":", "-"))
    return None


@contextlib.contextmanager
def _upright(data: bytes, least: int) -> Iterator[Image]:
    """The picture the right way up on white ground; read no finer than needed."""
    from PIL import Image, ImageOps

    with _quietly(), Image.open(BytesIO(data), formats=tuple(PICTURES)) as opened:
        opened.draft("RGB", (least, least))
        turned = ImageOps.exif_transpose(opened)
        if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
            clear = turned.convert("RGBA")
            ground = Image.new("RGBA", clear.size, "white")
            turned = Image.alpha_composite(ground, clear)
        elif turned.mode.startswith("I;16") or turned.mode in ("I", "F"):
            turned = turned.point(lambda tone: tone / 256).convert("L")
        yield turned.convert("RGB")


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """What a camera wrote wrongly in its notes is no trouble of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
