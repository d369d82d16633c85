"""Make resources/icon.ico of resources/icon.svg: `python packaging/build_icon.py`, after a change."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def drawn(side: int) -> Image.Image:
    """The picture at one size."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(RESOURCES / "icon.svg")).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.data().data()))


if __name__ == "__main__":
    pictures = [drawn(side) for side in SIZES]
    pictures[-1].save(
        RESOURCES / "icon.ico",
        sizes=[(side, side) for side in SIZES],
        append_images=pictures[:-1],
    )
