"""What a file really is, by its first bytes and not by its name: only what an office files away.

Nothing that can act of itself is let in: no program, no macro. What is let in is only ever looked
at and copied.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Mapping
from io import BytesIO

PICTURES: Mapping[str, str] = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
    "WEBP": "image/webp",
}
"""Pictures by Pillow's name for them."""

ENDINGS: Mapping[str, str] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/ofd": ".ofd",
}
"""Every type that is let in, and what its files' names end in."""

_PACKAGES = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "OFD.xml": ".ofd"}
_BY_ENDING = {ending: kind for kind, ending in ENDINGS.items()}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAKEN = "能加的是照片（JPG、PNG、BMP、TIFF、WEBP）、PDF、OFD、Word（docx）和 Excel（xlsx）"
_MOST_PIXELS = 120_000_000


class RefusedError(ValueError):
    """A file that is not let in; `what` is wrong with it, and what to do `then`."""

    def __init__(self, what: str, then: str = _TAKEN) -> None:
        super().__init__(what)
        self.what = what
        self.then = then


def media_type(data: bytes) -> str:
    """The type of a file by what stands in it. Raises `RefusedError`."""
    if not data:
        raise RefusedError("是空的", "请换一个文件")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK"):
        return _package(data)
    if data.startswith(_OLD_OFFICE):
        raise RefusedError(
            "是旧格式的 Office 文件", "请用 WPS 或 Office 另存为 docx、xlsx 或 PDF 再加"
        )
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim"):
        raise RefusedError(
            "是苹果手机的 HEIC 照片", "请在手机相机设置里选“兼容性最佳”，或转成 JPG 再加"
        )
    return _picture(data)


def is_picture(kind: str) -> bool:
    """Whether a type can be shown and printed as a picture."""
    return kind in PICTURES.values()


def _picture(data: bytes) -> str:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a picture too large is refused in our own words
            with Image.open(BytesIO(data), formats=tuple(PICTURES)) as opened:
                kind, (wide, high) = PICTURES[opened.format or ""], opened.size
                if wide * high > _MOST_PIXELS:
                    raise RefusedError(f"有 {wide}×{high} 个点，太大了", "请缩小后再加")
                opened.load()
    except (UnidentifiedImageError, KeyError):
        raise RefusedError("不是能加的文件") from None
    except Image.DecompressionBombError:
        raise RefusedError("点数太多", "请缩小后再加") from None
    except (OSError, SyntaxError, ValueError) as trouble:
        if isinstance(trouble, RefusedError):
            raise
        raise RefusedError("是打不开的图片，可能没有传完", "请重新拷贝或重新拍一张") from trouble
    return kind


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise RefusedError("是打不开的文件，可能没有传完", "请重新拷贝一份") from None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedError("带有宏", "请另存为不带宏的 docx、xlsx 或 PDF 再加")
    for inside, ending in _PACKAGES.items():
        if inside in names:
            return _BY_ENDING[ending]
    raise RefusedError("是压缩包或不认识的文件")
