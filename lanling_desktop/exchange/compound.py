"""Old Office containers (OLE compound files: .xls, .et, encrypted .xlsx, .doc).

Only what the gate needs: the names of the streams and the bytes of one, with every chain
followed once and never in a circle. The reader behind the gate trusts these chains.
"""

from __future__ import annotations

import struct
from array import array
from pathlib import Path

from lanling_desktop.exchange.refusals import damaged, refusal

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_SIZE = 64 * 1024 * 1024
MAX_MINI_SECTORS = 256  # the reader behind the gate reserves memory for 65,536 times as many

_END = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_SHORT = 4096  # shorter streams live in the mini stream
_MINI = 64
_HEADER = struct.Struct("<HHHHH6xIIIIIIIII")


class Compound:
    """One container, read whole; small enough to be."""

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > MAX_SIZE:
            raise refusal("旧格式（.xls）文件超过 64 MB。", "请把它分成几个较小的文件再导入。")
        self._data = path.read_bytes()
        if len(self._data) < 512:
            raise damaged()
        # revision, version, order, sector shift, mini shift, directory sectors, FAT sectors,
        # directory start, transaction, cutoff, mini FAT start, mini FAT sectors, DIFAT start/count
        head = _HEADER.unpack_from(self._data, 24)
        shift, mini_shift = head[3], head[4]
        if shift not in (9, 12) or mini_shift != 6:
            raise damaged("文件已损坏，文件头不对。")
        self._size = 1 << shift
        sectors = len(self._data) // self._size + 1
        counts = (head[5], head[6], head[11] * sectors // MAX_MINI_SECTORS, head[13])
        if any(count > sectors for count in counts):
            raise damaged("文件已损坏，文件头里的大小超过文件本身。")
        self._fat = self._read_fat(head[12])
        self._mini_fat = _numbers(self._chain(head[10]))
        self._mini = b""
        self._streams: dict[str, tuple[int, int]] = {}
        self._read_directory(self._chain(head[7]))

    @property
    def names(self) -> list[str]:
        """Names of all streams and storages."""
        return list(self._streams)

    def stream(self, name: str) -> bytes:
        """Return the bytes of one stream."""
        start, size = self._streams[name]
        if size < _SHORT:
            return self._mini_chain(start, size)
        return self._chain(start)[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        block = self._data[start : start + self._size]
        if not block:
            raise damaged()
        return block

    def _read_fat(self, more: int) -> array[int]:
        places = list(_numbers(self._data[76:512]))
        seen = set()
        while more not in (_END, _FREE):
            if more in seen:
                raise damaged("文件已损坏，内部的链条绕成了圈。")
            seen.add(more)
            block = _numbers(self._sector(more))
            places.extend(block[:-1])
            more = block[-1]
        used = [place for place in places if place != _FREE]
        if len(used) != len(set(used)):
            raise damaged("文件已损坏，内部的链条绕成了圈。")
        return _numbers(b"".join(self._sector(place) for place in used))

    def _chain(self, start: int) -> bytes:
        blocks = []
        seen = bytearray(len(self._fat))
        while start not in (_END, _FREE):
            if start >= len(self._fat) or seen[start]:
                raise damaged("文件已损坏，内部的链条断了或绕成了圈。")
            seen[start] = 1
            blocks.append(self._sector(start))
            start = self._fat[start]
        return b"".join(blocks)

    def _mini_chain(self, start: int, size: int) -> bytes:
        blocks: list[bytes] = []
        while start != _END and len(blocks) * _MINI < size:
            if start >= len(self._mini_fat):
                raise damaged("文件已损坏，内部的链条断了。")
            blocks.append(self._mini[start * _MINI : (start + 1) * _MINI])
            start = self._mini_fat[start]
        if start != _END:
            raise damaged("文件已损坏，内部的链条绕成了圈。")
        return b"".join(blocks)[:size]

    def _read_directory(self, directory: bytes) -> None:
        for offset in range(0, len(directory) - 127, 128):
            entry = directory[offset : offset + 128]
            name = entry[:64].decode("utf-16-le", "replace").split("\0")[0]
            start, size = struct.unpack_from("<II", entry, 116)
            if size > len(self._data):
                raise damaged("文件已损坏，内部的大小超过文件本身。")
            if offset == 0:
                self._mini = self._chain(start)
            elif name:
                self._streams.setdefault(name, (start, size))


def _numbers(data: bytes) -> array[int]:
    return array("I", data[: len(data) // 4 * 4])
