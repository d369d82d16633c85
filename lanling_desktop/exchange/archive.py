"""Zip files from outside, opened without trusting one number in them.

A member's real size is counted while it is inflated a block at a time, because the reader
behind this gate (calamine) inflates whole members and does not hold them to their declared size.
"""

from __future__ import annotations

import mmap
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lanling_desktop.exchange.refusals import damaged, hostile, refusal
from lanling_desktop.exchange.waiting import Progress, unheard

MAX_MEMBERS = 2_000
MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 1024 * 1024  # small members may compress as well as they like
MAX_TAGS = 16_000_000  # "<" in all parts: about 4,000,000 cells
MAX_STRING_TAGS = 4_000_000  # "<" in the shared strings: fewer than 1,000,000 of them
MAX_DEPTH = 1_000
BLOCK = 1024 * 1024

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']*)["']""")
_ROOT = re.compile(rb"<[A-Za-z_][^<>]*>")
_CLAIM = re.compile(rb"""[cC]ount\s*=\s*["']([^"']*)["']""")
_INNER_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08")


class Archive:
    """The members of a zip file whose list has been found reasonable."""

    def __init__(
        self, path: Path, members: dict[str, zipfile.ZipInfo], progress: Progress = unheard
    ) -> None:
        self.path = path
        self._progress = progress
        self._members = members

    @property
    def names(self) -> list[str]:
        """Names as the archive writes them."""
        return [info.filename for info in self._members.values()]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def blocks(self, name: str) -> Iterator[bytes]:
        """Inflate one member, never further than the size it declares."""
        info = self._members[name.lower()]
        with self.path.open("rb") as file:
            file.seek(info.header_offset)
            head = file.read(_LOCAL.size)
            if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
                raise damaged()
            fields = _LOCAL.unpack(head)
            file.seek(fields[9] + fields[10], 1)
            packed = _packed(file, info.compress_size)
            for block in _inflated(packed, info):
                self._progress(0, 0)
                yield block

    def read(self, name: str, limit: int = 4 * BLOCK) -> bytes:
        """Read a small member whole; a larger one is refused."""
        data = bytearray()
        for block in self.blocks(name):
            data += block
            if len(data) > limit:
                raise hostile(f"文件里的“{name}”大得不正常。")
        return bytes(data)


def _packed(file: BinaryIO, size: int) -> Iterator[bytes]:
    left = size
    while left > 0:
        block = file.read(min(64 * 1024, left))
        if not block:
            raise damaged()
        left -= len(block)
        yield block


def _inflated(packed: Iterator[bytes], info: zipfile.ZipInfo) -> Iterator[bytes]:
    total = 0
    if info.compress_type == zipfile.ZIP_STORED:
        for block in packed:
            total += len(block)
            yield block
    else:
        machine = zlib.decompressobj(-15)
        for block in packed:
            rest = block
            while rest and not machine.eof:
                try:
                    out = machine.decompress(rest, BLOCK)
                except zlib.error as error:
                    raise damaged() from error
                rest = machine.unconsumed_tail
                total += len(out)
                if total > info.file_size:
                    raise hostile("文件里记录的大小与实际不符，解开会占满内存。")
                if out:
                    yield out
        if not machine.eof:
            raise damaged()
    if total != info.file_size:
        raise hostile("文件里记录的大小与实际不符。")


def open_archive(path: Path, progress: Progress = unheard) -> Archive:
    """Read the list of members and refuse what no spreadsheet program writes."""
    _count_entries(path)
    try:
        with zipfile.ZipFile(path) as zipped:
            infos = zipped.infolist()
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, NotImplementedError) as error:
        raise damaged("文件已损坏，压缩目录读不出来。") from error
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise hostile("文件解开后超过 200 MB，可能是压缩炸弹。")
    if sum(info.compress_size for info in infos) > path.stat().st_size:
        raise hostile("文件的压缩内容互相重叠，可能是压缩炸弹。")
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        _check_member(info, path.stat().st_size)
        if info.filename.lower() in members:
            raise hostile(f"文件里有两个同名的“{info.filename}”。")
        members[info.filename.lower()] = info
    return Archive(path, members, progress)


def _count_entries(path: Path) -> None:
    """Count the entries by their mark, before the list is built in memory."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        for number, _ in enumerate(re.finditer(rb"PK\x01\x02", view)):
            if number >= MAX_MEMBERS:
                raise hostile(f"文件里有 {MAX_MEMBERS} 个以上的部件，不是正常的表格文件。")


def _check_member(info: zipfile.ZipInfo, size: int) -> None:
    name = info.filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in name:
        raise hostile("文件里有指向外部位置的部件名。")
    if not 0 <= info.header_offset < size:
        raise damaged("文件已损坏，压缩目录指到了文件外面。")
    if info.flag_bits & 1:
        raise refusal("文件有打开密码，请先去掉密码。", "去掉密码、保存后再导入。")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refusal("文件用了不认识的压缩方法。")
    if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise hostile("文件的压缩比超过 100 倍，可能是压缩炸弹。")


def inspect_parts(archive: Archive) -> None:
    """Inflate every member once, counting: sizes, declarations, depth, inner archives."""
    total_tags = 0
    for name in archive.names:
        lower = name.lower()
        if lower.endswith((".xml", ".rels", ".vml")):
            total_tags += _inspect_xml(archive, name)
            if total_tags > MAX_TAGS:
                raise refusal(
                    "文件里的单元格太多，超过约 400 万个。", "请把它分成几个较小的文件再导入。"
                )
        else:
            _inspect_other(archive, name)


def _inspect_other(archive: Archive, name: str) -> None:
    for number, block in enumerate(archive.blocks(name)):
        if number == 0 and block.startswith(_INNER_ARCHIVES) and "embeddings" not in name.lower():
            raise hostile("文件里还套着另一个压缩包。")


def _inspect_xml(archive: Archive, name: str) -> int:
    """Count the tags of a part and refuse document types, other encodings and deep nesting."""
    limit = MAX_STRING_TAGS if "sharedstrings" in name.lower() else MAX_TAGS
    tags = closed = 0
    before = b""  # the end of the last block: a mark may be cut in two by the edge
    for block in archive.blocks(name):
        if not tags:
            _check_head(block)
            _check_claims(block, limit)
        _check_declarations(before[-8:] + block)
        text = before[-1:] + block
        tags += block.count(b"<")
        closed += 2 * text.count(b"</") + text.count(b"/>") + text.count(b"<!") + text.count(b"<?")
        before = block
        if tags > limit:
            what = (
                "单元格太多，超过约 400 万个" if limit == MAX_TAGS else "文字太多，超过约 100 万条"
            )
            raise refusal(f"文件里的{what}。", "请把它分成几个较小的文件再导入。")
        if tags - closed > MAX_DEPTH:
            raise hostile("文件内部嵌套太深，不是正常的表格。")
    return tags


def _check_declarations(text: bytes) -> None:
    if b"\0" in text:
        raise hostile("文件里的文字编码不正常。")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise hostile("文件里有外部声明（DTD），正常的表格不会有。")


def _check_claims(block: bytes, limit: int) -> None:
    """Refuse a part whose root claims absurd counts: a reader reserves memory for them."""
    root = _ROOT.search(block)
    if root is None:
        raise hostile("文件里有一个部件的开头不正常。")
    for claim in _CLAIM.findall(root[0]):
        if not claim.isdigit() or len(claim) > 9 or int(claim) > limit:
            raise hostile("文件里写的条数比可能有的多得多。")


def _check_head(block: bytes) -> None:
    head = block.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"<"):
        raise hostile("文件里的文字编码不正常。")
    found = _ENCODING.match(head)
    if found and found[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise hostile("文件里的文字编码不正常。")
