"""The keys of a locked office: its random key, wrapped for each account and for the recovery sheet.

SQLCipher takes the key itself (256 random bits). Beside the office lies a small file of wrapped
copies of it: one for each account by its password (Argon2id, RFC 9106), one for the recovery
sheet by its 24 groups. Changing a password wraps the key anew and never touches the records. A
second copy of that small file is kept with the program's own settings, and one with every backup:
without it neither password nor sheet opens anything.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lanling_desktop import paths
from lanling_desktop.core import atomic, recovery_code
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.errors import OfficeError

_FORMAT = 1
_KEY = 32  # bytes
_SALT, _NONCE = 16, 12
_SHORTEST = 8  # characters of a password
_FEWEST = 4  # different ones among them
_MOST_MEMORY = 1 << 20  # KiB a guess may take: a GiB
_MOST_WORK = 1 << 25  # KiB times passes: a minute of a slow machine
_RUNS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")
_SAFE = "没有改动任何数据"
_PLAIN = b"SQLite format 3\0"
_RECOVERY = "recovery"
_WAITS = (0, 0, 0, 2, 4, 8, 16)  # seconds after so many wrong passwords; then _LONGEST each
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a password costs by Argon2id: memory in KiB, passes over it."""

    memory: int = 64 * 1024
    passes: int = 3

    def tuned(self, least: float = 0.5) -> Cost:
        """As many passes as take `least` seconds on this machine, and never fewer than these."""
        passes = self.passes
        while True:
            tried = Cost(self.memory, passes)
            begun = time.perf_counter()
            tried.stretch("试一试", bytes(16))
            taken = time.perf_counter() - begun
            if taken >= least:
                return tried
            passes = max(passes + 1, round(passes * least / max(taken, 0.01)))

    def stretch(self, password: str, salt: bytes) -> bytes:
        """The wrapping key of a password."""
        from argon2.low_level import Type, hash_secret_raw

        return hash_secret_raw(
            password.encode(),
            salt,
            time_cost=self.passes,
            memory_cost=self.memory,
            parallelism=1,
            hash_len=_KEY,
            type=Type.ID,
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """The office's key wrapped once: for an account, or for the recovery sheet (no cost)."""

    id: str
    name: str
    salt: str
    wrapped: str
    cost: Cost | None = None
    made: str = ""


class Keyring:
    """The wrapped keys of one office file; every change is on the disk before it returns."""

    def __init__(
        self, office: Path, slots: Mapping[str, Slot], *, clock: Clock | None = None
    ) -> None:
        self.office = office
        self._slots = dict(slots)
        self._clock = clock or Clock()

    @property
    def accounts(self) -> tuple[Slot, ...]:
        """Who may unlock, in the order they were added."""
        return tuple(each for each in self._slots.values() if each.id != _RECOVERY)

    @property
    def recovery_made(self) -> str:
        """The day the present recovery sheet was made; '' when there is none."""
        return self._slots[_RECOVERY].made if _RECOVERY in self._slots else ""

    def unlock(self, account: str, password: str) -> str:
        """The office's key by an account's password. Raises `OfficeError`; guessing is slowed."""
        slot = self._slots.get(account)
        if slot is None or slot.cost is None:
            raise OfficeError("没有这个账户", _SAFE, "请另选账户")
        cost = slot.cost
        return self._try(slot, lambda salt: cost.stretch(password, salt), "密码不对")

    def recover(self, typed: str) -> str:
        """The office's key by what the recovery sheet says. Raises `OfficeError` naming groups."""
        try:
            secret = recovery_code.decode(typed)
        except recovery_code.WrongGroupsError as trouble:
            where = "、".join(f"第 {each} 组" for each in trouble.groups)
            what = f"恢复密钥的{where}不对" if where else "恢复密钥不完整，或抄自不同的恢复单"
            raise OfficeError(what, _SAFE, "请对照恢复单再看一遍") from None
        slot = self._slots.get(_RECOVERY)
        if slot is None:
            raise OfficeError("这个数据文件还没有恢复单", _SAFE, "请用账户和密码打开")
        words = "这张恢复单不是这个数据文件的，或已经换过新单"
        return self._try(slot, lambda salt: _derived(secret, salt), words)

    def set_password(self, account: str, name: str, key: str, password: str, cost: Cost) -> None:
        """Give an account a password, its first or another one; the records are not touched."""
        check_password(password, name)
        salt = secrets.token_bytes(_SALT)
        wrapped = _wrap(cost.stretch(password, salt), key, self._about(account))
        self._keep(Slot(account, name, _text(salt), wrapped, cost, self._clock.stamp()))

    def rename(self, account: str, name: str) -> None:
        """Call an account otherwise at the door."""
        self._keep(replace(self._slots[account], name=name))

    def remove(self, account: str) -> None:
        """An account no longer opens the office."""
        with self.whole():
            self._slots.pop(account, None)
            self._write()

    def new_recovery(self, key: str) -> tuple[str, ...]:
        """A new recovery key in 24 groups, to be printed; the sheet before it opens nothing more."""
        secret = secrets.token_bytes(_KEY)
        salt = secrets.token_bytes(_SALT)
        wrapped = _wrap(_derived(secret, salt), key, self._about(_RECOVERY))
        self._keep(Slot(_RECOVERY, "", _text(salt), wrapped, None, self._clock.stamp()))
        return recovery_code.encode(secret)

    def waiting(self) -> int:
        """Seconds until another password may be tried."""
        tries, last = self._tries()
        wait = _WAITS[tries] if tries < len(_WAITS) else _LONGEST
        # A clock that was put back does not shorten the wait.
        passed = max((self._clock.now() - last).total_seconds(), 0) if last else wait
        return max(0, round(wait - passed + 0.499))

    def forget(self) -> None:
        """Take the keys away again, of an office that came to nothing."""
        for each in (keys_beside(self.office), _second(self.office)):
            each.unlink(missing_ok=True)

    def copy_to(self, office: Path) -> None:
        """Keep these keys beside another copy of the office as well."""
        atomic.write_whole(keys_beside(office), self._text())

    def _about(self, slot: str) -> bytes:
        return f"lanling-{_FORMAT}-{slot}".encode()

    def _try(self, slot: Slot, wrapping: Callable[[bytes], bytes], words: str) -> str:
        wait = self.waiting()
        if wait:
            raise OfficeError(f"输错次数多，还要等 {wait} 秒", _SAFE, "请稍后再试")
        try:
            found = _unwrap(wrapping(_bytes(slot.salt)), slot.wrapped, self._about(slot.id))
        except ValueError:
            self._failed()
            wait = self.waiting()
            then = f"请等 {wait} 秒再试" if wait else "请看清大小写和输入法再试"
            raise OfficeError(words, _SAFE, then) from None
        with contextlib.suppress(OSError):  # nor is a folder that cannot be written in the way
            _tries_beside(self.office).unlink(missing_ok=True)
        return found

    def _tries(self) -> tuple[int, datetime | None]:
        try:
            said = json.loads(_tries_beside(self.office).read_text(encoding="utf-8"))
            last = datetime.fromisoformat(said["last"])
            now = self._clock.now()
            return max(int(said["tries"]), 0), min(last, now + timedelta(seconds=_LONGEST))
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return 0, None

    def _failed(self) -> None:
        tries, _ = self._tries()
        said = {"tries": tries + 1, "last": self._clock.now().isoformat()}
        with contextlib.suppress(OSError):  # a folder that cannot be written still says "wrong"
            _tries_beside(self.office).write_text(json.dumps(said), encoding="utf-8")

    @contextlib.contextmanager
    def whole(self) -> Iterator[None]:
        """What is changed meanwhile is as before again when the rest of the act fails."""
        before = dict(self._slots)
        try:
            yield
        except BaseException:
            if self._slots != before:
                self._slots = before
                with contextlib.suppress(OfficeError):
                    self._write()
            raise

    def _keep(self, slot: Slot) -> None:
        with self.whole():
            self._slots[slot.id] = slot
            self._write()

    def _text(self) -> bytes:
        slots = [asdict(each) for each in self._slots.values()]
        said = {"format": _FORMAT, "slots": slots}
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    def _write(self) -> None:
        said = self._text()
        try:
            atomic.write_whole(keys_beside(self.office), said)
        except OSError as trouble:
            raise OfficeError(
                "密钥文件没有写成，磁盘可能满了或不许写入",
                "密码和恢复单照旧，没有改动任何数据",
                "请腾出空间或检查文件夹权限，再做一次",
            ) from trouble
        with contextlib.suppress(OSError):  # the second copy is a precaution, not a condition
            second = _second(self.office)
            second.parent.mkdir(exist_ok=True)
            atomic.write_whole(second, said)


def load(office: Path, *, clock: Clock | None = None) -> Keyring | None:
    """The keys of an office file; None when it is not locked.

    Where the file of keys is gone or torn, the second copy is put in its place.
    """
    for place in (keys_beside(office), _second(office)):
        try:
            slots = _slots(json.loads(place.read_text(encoding="utf-8")))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
        ring = Keyring(office, slots, clock=clock)
        if place != keys_beside(office):
            ring.copy_to(office)
        return ring
    return None


def is_locked(office: Path) -> bool:
    """Whether an office file does not open without a key: it does not begin as SQLite's files do."""
    with office.open("rb") as file:
        head = file.read(len(_PLAIN))
    return head != _PLAIN and load(office) is not None


def keys_beside(office: Path) -> Path:
    """The file of wrapped keys that belongs to an office file; it must travel with it."""
    return office.with_name(f"{office.name}.keys")


def check_password(password: str, name: str) -> None:
    """Refuse a password that is guessed first. Raises `OfficeError`."""
    what = ""
    if len(password) < _SHORTEST:
        what = f"密码太短，至少 {_SHORTEST} 个字符"
    elif len(set(password)) < _FEWEST or any(password in run for run in _RUNS):
        what = "密码太简单，一猜就中"
    elif name and password.casefold().startswith(name.casefold()):
        what = "密码不能就是账户名"
    if what:
        raise OfficeError(what, _SAFE, "请另想一个，比如三四个不相干的词连起来")


def _slots(said: Any) -> dict[str, Slot]:
    if said["format"] != _FORMAT:
        raise ValueError(said["format"])
    found = {}
    for each in said["slots"]:
        cost = _cost(each["cost"]) if each["cost"] else None
        key, name, salt, wrapped = (str(each[of]) for of in ("id", "name", "salt", "wrapped"))
        if len(_bytes(salt)) < _SALT or len(_bytes(wrapped)) < _NONCE + _KEY:
            raise ValueError(key)
        slot = Slot(key, name, salt, wrapped, cost, str(each["made"]))
        found[slot.id] = slot
    return found


def _cost(said: Mapping[str, Any]) -> Cost:
    """A cost as the file has it; one that would take hours or all memory is not ours."""
    memory, passes = int(said["memory"]), int(said["passes"])
    if not 8 <= memory <= _MOST_MEMORY or not 1 <= passes <= _MOST_WORK // memory:
        raise ValueError(said)
    return Cost(memory, passes)


def _derived(secret: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), _KEY, salt, b"lanling-recovery").derive(secret)


def _wrap(wrapping: bytes, key: str, about: bytes) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return _text(nonce + AESGCM(wrapping).encrypt(nonce, bytes.fromhex(key), about))


def _unwrap(wrapping: bytes, wrapped: str, about: bytes) -> str:
    """The key; ValueError when it was not wrapped by this."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sealed = _bytes(wrapped)
    try:
        return AESGCM(wrapping).decrypt(sealed[:_NONCE], sealed[_NONCE:], about).hex()
    except InvalidTag as trouble:
        raise ValueError("wrapped by something else") from trouble


def _second(office: Path) -> Path:
    place = hashlib.sha256(str(office.absolute()).encode()).hexdigest()[:32]
    return paths.data_dir() / "keys" / f"{place}.keys"


def _tries_beside(office: Path) -> Path:
    return office.with_name(f".{office.name}.tries")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
