"""The door for every file that comes from outside: told by its bytes, not by its name.

`admit` either says what a file is, with everything counted that a reader would need memory for,
or refuses it with a sentence the clerk can act on. It opens that one file and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from lanling_desktop.exchange import biff, census
from lanling_desktop.exchange.archive import Archive, inspect_parts, open_archive
from lanling_desktop.exchange.census import Extent
from lanling_desktop.exchange.compound import SIGNATURE, Compound
from lanling_desktop.exchange.refusals import SAVE_AGAIN, refusal
from lanling_desktop.exchange.waiting import Progress, unheard

MAX_FILE = 100 * 1024 * 1024
MAX_TEXT = 32 * 1024 * 1024
_PEEK = 4096


class FileKind(Enum):
    """Kinds of files that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was let in.

    `notes` are sentences for the preview. `extents` says where each sheet's values lie and which
    of its cells have none to give; keyed by name (`extent_at` finds one by its number too).
    """

    kind: FileKind
    path: Path
    notes: tuple[str, ...] = ()
    date_1904: bool = False
    extents: Mapping[str, Extent] = field(default_factory=dict)

    def extent_of(self, name: str, number: int) -> Extent:
        """Return the extent of a sheet by name, or by its number where names were not read."""
        if name in self.extents:
            return self.extents[name]
        if self.kind is FileKind.XLS and number < len(self.extents):
            return list(self.extents.values())[number]
        return Extent()


def admit(path: Path, progress: Progress = unheard) -> Received:
    """Let a received file in, or raise the OfficeError that says why not."""
    head, size = _peek(path)
    if size == 0:
        raise refusal("这个文件是空的（0 字节），里面什么也没有。", "请对方重新发送后再导入。")
    if size > MAX_FILE:
        raise refusal("文件超过 100 MB。", "请把它分成几个较小的文件再导入。")
    try:
        return _admit_by_bytes(path, head, size, progress)
    except OSError as error:
        what = f"文件“{path.name}”读到一半读不下去了，U 盘或磁盘可能有问题。"
        raise refusal(what, "请把它复制到桌面再导入；复制不了就请对方重发。") from error


def _admit_by_bytes(path: Path, head: bytes, size: int, progress: Progress) -> Received:
    if head.startswith(b"PK\x03\x04"):
        return _admit_archive(path, progress)
    if head.startswith(SIGNATURE):
        return _admit_compound(path)
    named = _name_of(head)
    if named:
        raise refusal(f"这个文件其实是{named}，不是 Excel 表格。", _advice(named))
    return _admit_text(path, size)


def _peek(path: Path) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(_PEEK), path.stat().st_size
    except FileNotFoundError as error:
        raise refusal(
            f"找不到文件“{path.name}”。", "请看看它是否被移走或改名，再选一次。"
        ) from error
    except OSError as error:
        raise refusal(
            f"文件“{path.name}”打不开，可能正被别的程序占用。", "请先在 WPS 里关掉它，再导入。"
        ) from error


# Told by the first bytes --------------------------------------------------------------------

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", " PDF 文档"),
    (b"\x89PNG", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPG）"),
    (b"GIF8", "图片（GIF）"),
    (b"BM", "图片（BMP）"),
    (b"II*\0", "图片（TIFF）"),
    (b"MM\0*", "图片（TIFF）"),
    (b"RIFF", "图片或音视频"),
    (b"Rar!", "压缩包（RAR）"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包（7z）"),
    (b"\x1f\x8b\x08", "压缩包（gzip）"),
    (b"PK\x05\x06", "空的压缩包"),
    (b"{\\rtf", " RTF 文档"),
    (b"MZ", "程序文件"),
    (b"\x7fELF", "程序文件"),
    (b"SQLite format 3\0", "数据库文件"),
    (b"\x09\x00\x04\x00", "早期 Excel（2.0 版）表格"),
    (b"\x09\x02\x06\x00", "早期 Excel（3.0 版）表格"),
    (b"\x09\x04\x06\x00", "早期 Excel（4.0 版）表格"),
)
_BINARY_ONLY = frozenset({b"BM", b"MZ"})  # two letters that a csv may also begin with
_HTML = re.compile(rb"<\s*(html|table|!doctype\s+html|head|body|meta)[\s/>]", re.IGNORECASE)
_FLAT = b"urn:oasis:names:tc:opendocument:xmlns:office"


def _name_of(head: bytes) -> str:
    for mark, name in _SIGNATURES:
        if head.startswith(mark) and (mark not in _BINARY_ONLY or b"\0" in head):
            return name
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "ignore").encode().lstrip()
    return _name_of_text(text)


def _name_of_text(text: bytes) -> str:
    if b'progid="Excel.Sheet"' in text or b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "“XML 表格 2003”"
    if text.startswith(b"<") and _FLAT in text:
        return "“扁平 XML 电子表格（.fods）”"
    if text.startswith(b"<") and _HTML.search(text):
        return "网页（HTML），只是扩展名写成了表格"
    if text[:13].lower() == b"mime-version:":
        return "网页存档（MHTML），只是扩展名写成了表格"
    if text.startswith(b"<?xml"):
        return " XML 文件"
    return ""


def _advice(name: str) -> str:
    if "网页" in name or "XML" in name or "早期" in name:
        return SAVE_AGAIN
    return "请选 Excel 表格（.xlsx、.xls）或 .csv 文件。"


# Zip containers -----------------------------------------------------------------------------


def _admit_archive(path: Path, progress: Progress) -> Received:
    archive = open_archive(path, progress)
    kind = _archive_kind(archive)
    inspect_parts(archive)
    notes = _macro_note(archive)
    if kind is FileKind.ODS:
        if census.is_locked_ods(archive):
            raise refusal("文件有打开密码，请先去掉密码。", "去掉密码、保存后再导入。")
        return Received(kind, path, notes, extents=census.of_ods(archive))
    _refuse_links(archive)
    if kind is FileKind.XLSB:
        return Received(kind, path, notes, extents=biff.of_xlsb(archive))
    extents = census.of_xlsx(archive)
    return Received(kind, path, notes, census.date_1904(archive), extents)


def _archive_kind(archive: Archive) -> FileKind:
    if "xl/workbook.xml" in archive:
        return FileKind.XLSX
    if "xl/workbook.bin" in archive:
        return FileKind.XLSB
    if "word/document.xml" in archive:
        raise refusal("这个文件其实是 Word 文档，不是 Excel 表格。")
    if "ppt/presentation.xml" in archive:
        raise refusal("这个文件其实是 PowerPoint 演示文稿，不是 Excel 表格。")
    if "OFD.xml" in archive:
        raise refusal("这个文件其实是 OFD 版式文档，不是 Excel 表格。", _advice(""))
    if "mimetype" in archive:
        kind = archive.read("mimetype").strip()
        if kind == b"application/vnd.oasis.opendocument.spreadsheet":
            return FileKind.ODS
        raise refusal("这个文件是 OpenDocument 文档，但不是表格。")
    raise refusal("这个文件是压缩包，不是 Excel 表格。", "请先解压，再选里面的表格。")


def _macro_note(archive: Archive) -> tuple[str, ...]:
    if any(name.lower().endswith("vbaproject.bin") for name in archive.names):
        return ("文件带有宏；这里只读其中的数据，宏不会运行。",)
    return ()


_OUTSIDE = re.compile(rb"<[^<>]*TargetMode\s*=\s*[\"']External[\"'][^<>]*>")


def _refuse_links(archive: Archive) -> None:
    """Refuse data drawn from elsewhere; plain hyperlinks are only text."""
    for name in archive.names:
        lower = name.lower()
        outside = lower.startswith("xl/externallinks/") or lower == "xl/connections.xml"
        if not outside and lower.endswith(".rels"):
            found = _OUTSIDE.findall(archive.read(name))
            outside = any(b"/hyperlink" not in link for link in found)
        if outside:
            raise refusal(
                "文件里有指向别的文件或网络的外部链接。",
                "请在 WPS 或 Excel 的“数据→编辑链接”里断开链接，保存后再导入。",
            )


# OLE containers -----------------------------------------------------------------------------


def _admit_compound(path: Path) -> Received:
    compound = Compound(path)
    names = set(compound.names)
    if "EncryptedPackage" in names:
        raise refusal("文件有打开密码，请先去掉密码。", "去掉密码、保存后再导入。")
    if not names & {"Workbook", "Book"}:
        if "WordDocument" in names:
            raise refusal("这个文件其实是 Word 文档，不是 Excel 表格。")
        if "PowerPoint Document" in names:
            raise refusal("这个文件其实是 PowerPoint 演示文稿，不是 Excel 表格。")
        raise refusal("这个文件不是 Excel 表格。", _advice(""))
    stream = biff.workbook_stream(compound)
    extents = biff.of_xls(stream)
    macros = "_VBA_PROJECT_CUR" in names
    notes = ("文件带有宏；这里只读其中的数据，宏不会运行。",) if macros else ()
    return Received(FileKind.XLS, path, notes, biff.xls_date_1904(stream), extents)


# Text ---------------------------------------------------------------------------------------

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def _admit_text(path: Path, size: int) -> Received:
    if size > MAX_TEXT:
        raise refusal("文本文件超过 32 MB。", "请把它分成几个较小的文件再导入。")
    decode_text(path.read_bytes())
    return Received(FileKind.CSV, path)


def decode_text(data: bytes) -> str:
    """Decode what WPS and Excel write as csv: a marked Unicode, UTF-8, or GB 18030."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text) and (encoding not in _UNMARKED or _is_written(text)):
            return text
    raise refusal(
        "文件内容不是表格，也不是可读的文字。", "请选 Excel 表格（.xlsx、.xls）或 .csv 文件。"
    )


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return (encoding,)
    if b"\0" not in data or len(data) % 2:
        return ("utf-8", "gb18030")
    # Commas and line ends have a nought beside them: on which side says the order.
    return _UNMARKED if data[1::2].count(0) >= data[::2].count(0) else _UNMARKED[::-1]


_UNMARKED = ("utf-16-le", "utf-16-be")
_ODD = re.compile("[^\t\n\r -~\u00a0-\u00ff\u2010-\u2642\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]")
_ODD_SHARE = 0.1


def _is_written(text: str) -> bool:
    """Whether a text whose coding nobody has said is one that people here write."""
    sample = text[:100_000]
    plain = [each for each in _ODD.findall(sample) if ord(each) < 0x20000]
    return len(plain) <= _ODD_SHARE * len(sample)
