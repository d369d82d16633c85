"""Frames of a file that is only ever appended to: chained by hashes, sealed when there is a key.

A frame is its length, its link (SHA-256 over the link before it and its content), its content.
A content is compressed JSON; with a key it is sealed by AES-256-GCM (RFC 5116) under a key of its
own (HKDF, RFC 5869), bound to its place in the chain.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_HEAD = struct.Struct(">I32s")
_NONCE = 12
_LARGEST = 1 << 28
START = bytes(32)
"""The link before the first frame of all."""


class BrokenError(Exception):
    """A frame that is not what was written: torn, altered, or sealed with another key."""


class Seal:
    """Turns contents into frames' bytes and back."""

    def __init__(self, key: str | None) -> None:
        self._cipher: Any = None
        if key is not None:
            from cryptography.hazmat.primitives import hashes
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM
            from cryptography.hazmat.primitives.kdf.hkdf import HKDF

            made = HKDF(hashes.SHA256(), 32, b"", b"lanling-trail-1").derive(bytes.fromhex(key))
            self._cipher = AESGCM(made)

    def close(self, content: Any, link: bytes) -> bytes:
        """A content as it is written after the frame of that link."""
        packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 1)
        if self._cipher is None:
            return packed
        nonce = os.urandom(_NONCE)
        return bytes(nonce + self._cipher.encrypt(nonce, packed, link))

    def open(self, written: bytes, link: bytes) -> Any:
        """The content again. Raises `BrokenError`."""
        try:
            if self._cipher is not None:
                written = self._cipher.decrypt(written[:_NONCE], written[_NONCE:], link)
            return json.loads(zlib.decompress(written))
        except Exception as trouble:
            raise BrokenError from trouble


def framed(written: bytes, link: bytes) -> tuple[bytes, bytes]:
    """The frame's bytes on the disk, and its link."""
    now = hashlib.sha256(link + written).digest()
    return _HEAD.pack(len(written), now) + written, now


def frames(path: Path, seal: Seal, link: bytes) -> Iterator[tuple[Any, bytes]]:
    """Contents of a file with each one's link. Raises `BrokenError` at the first that is not whole."""
    with path.open("rb") as stream:
        while head := stream.read(_HEAD.size):
            if len(head) < _HEAD.size:
                raise BrokenError
            size, said = _HEAD.unpack(head)
            written = stream.read(size) if size <= _LARGEST else b""
            if len(written) < size or hashlib.sha256(link + written).digest() != said:
                raise BrokenError
            yield seal.open(written, link), said
            link = said
