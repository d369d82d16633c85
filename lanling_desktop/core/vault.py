"""The folder beside an office file that holds the bytes of its attachments, each once.

A file is known by the SHA-256 of what it says. It appears whole or not at all, is read back
before anybody is told that it is kept, and is never written over: undo and the recycle bin touch
records only. It is taken away only where a person's data is destroyed for good. Under a locked
office the bytes are sealed, and the names are no hashes anybody could look up: a stolen folder
tells how many files there are, and how large.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from lanling_desktop.core import atomic
from lanling_desktop.core.errors import OfficeError

_SEALED = b"LLSEAL1\0"
_NONCE = 12  # bytes, as AES-GCM takes them (NIST SP 800-38D)
_INFO = b"lanling-attachments"
_SAFE = "原有的记录和附件都没有改动"


class DamagedError(OfficeError):
    """What lies in the folder is not what was put there, or nothing lies there any more."""

    def __init__(self, *, gone: bool) -> None:
        super().__init__(
            "附件的文件不见了" if gone else "附件的文件被改动过，内容已经不是原来的",
            "登记的内容都在，没有改动任何数据",
            "请从备份的附件文件夹里找回，或把原件再添加一次",
        )
        self.gone = gone


class Vault:
    """The attachments' folder of one office file. `key` is the office's own, None when unlocked."""

    def __init__(self, office: Path, *, key: str | None = None) -> None:
        self.folder = beside(office)
        self._sealing, self._naming = _derived(key) if key else (b"", b"")

    def put(self, data: bytes) -> str:
        """Keep these bytes and read them back; returns their digest. Kept already: nothing is written.

        Raises `OfficeError` when the folder cannot be written; nothing half is left then.
        """
        digest = hashlib.sha256(data).hexdigest()
        place = self.place(digest)
        if self._holds(digest):
            return digest
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_whole(place, self._seal(data, digest))
        except OSError as trouble:
            raise _unwritten(trouble) from trouble
        self.get(digest)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of that digest. Raises `DamagedError` when they are not what was put there."""
        try:
            found = self._open(self.place(digest).read_bytes(), digest)
        except FileNotFoundError:
            raise DamagedError(gone=True) from None
        except OSError as trouble:
            what = f"附件的文件读不出来（{trouble.strerror or trouble}）"
            raise OfficeError(what, _SAFE, "请检查磁盘是否还在，再试一次") from trouble
        if hashlib.sha256(found).hexdigest() != digest:
            raise DamagedError(gone=False)
        return found

    def place(self, digest: str) -> Path:
        """Where the bytes of that digest lie."""
        name = digest
        if self._naming:
            name = hmac.new(self._naming, digest.encode(), hashlib.sha256).hexdigest()
        return self.folder / name[:2] / name

    def destroy(self, digest: str) -> None:
        """Take the bytes away for good, overwritten first. Raises `OfficeError` when they stay."""
        place = self.place(digest)
        try:
            with place.open("r+b") as file:
                file.write(secrets.token_bytes(place.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            place.unlink()
        except FileNotFoundError:
            return
        except OSError as trouble:
            raise _unwritten(trouble) from trouble

    def files(self) -> Iterator[Path]:
        """Every file in the folder, whether it belongs to an attachment or not."""
        if self.folder.is_dir():
            yield from sorted(each for each in self.folder.rglob("*") if each.is_file())

    def carry(self, other: Path) -> int:
        """Copy what another office file's folder lacks into it, sealed as it is; how many it was.

        For backups and their restoring: both are under the same key. What is there stays.
        """
        folder, carried = beside(other), 0
        for each in self.files():
            target = folder / each.relative_to(self.folder)
            if target.exists() and target.stat().st_size == each.stat().st_size:
                continue
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                data = each.read_bytes()
                atomic.write_whole(target, data)
                same = target.read_bytes() == data
            except OSError as trouble:
                raise _unwritten(trouble) from trouble
            if not same:
                raise DamagedError(gone=False)
            carried += 1
        return carried

    def reseal(self, other: Vault, digests: Iterable[str]) -> None:
        """Keep these files in another folder as well, sealed with that one's key: at a locking."""
        for each in digests:
            other.put(self.get(each))

    def _holds(self, digest: str) -> bool:
        """Whether the bytes are there and sound; a damaged file is written anew."""
        try:
            self.get(digest)
        except OfficeError:
            return False
        return True

    def _seal(self, data: bytes, digest: str) -> bytes:
        if not self._sealing:
            return data
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        return _SEALED + nonce + AESGCM(self._sealing).encrypt(nonce, data, digest.encode())

    def _open(self, kept: bytes, digest: str) -> bytes:
        if not self._sealing:
            return kept
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        head = len(_SEALED)
        nonce, sealed = kept[head : head + _NONCE], kept[head + _NONCE :]
        if not kept.startswith(_SEALED) or len(nonce) < _NONCE:
            raise DamagedError(gone=False)
        try:
            return AESGCM(self._sealing).decrypt(nonce, sealed, digest.encode())
        except InvalidTag:
            raise DamagedError(gone=False) from None


def beside(office: Path) -> Path:
    """The folder of attachments that belongs to an office file; it must travel with it."""
    return office.with_name(f"{office.name}.附件")


def _derived(key: str) -> tuple[bytes, bytes]:
    """Two keys out of the office's one: for what the files say, and for what they are called."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    both = HKDF(hashes.SHA256(), 64, None, _INFO).derive(bytes.fromhex(key))
    return both[:32], both[32:]


def _unwritten(trouble: OSError) -> OfficeError:
    if trouble.errno == errno.ENOSPC:
        return OfficeError("磁盘已满，附件没有存成", _SAFE, "请腾出空间后再试")
    if isinstance(trouble, PermissionError):
        return OfficeError("附件文件夹不能写入", _SAFE, "请检查数据文件所在文件夹的权限")
    return OfficeError(
        f"附件没有存成（{trouble.strerror or trouble}）", _SAFE, "请检查磁盘是否还在，再试一次"
    )
