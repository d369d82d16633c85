"""The recovery key as a sheet of paper holds it: 24 groups of five digits, checked when typed back.

256 bits and eight bits of their SHA-256 make 24 numbers of eleven bits (the cut of BIP 39); each
is written as four digits and a check digit of Damm's that also counts the group's place, so that
a mistyped group and two groups changed about are named.
"""

from __future__ import annotations

import hashlib

GROUPS = 24
_BITS = 11
_SECRET = 32  # bytes

# Damm's quasigroup of order 10 (H. M. Damm, 2004): finds every wrong digit and every swap.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


class WrongGroupsError(ValueError):
    """What was typed is no recovery key; `groups` are the places, from 1, that are wrong.

    Empty when each group is sound by itself: too many or too few, or of two sheets.
    """

    def __init__(self, groups: tuple[int, ...]) -> None:
        super().__init__(groups)
        self.groups = groups


def _check_digit(digits: str) -> str:
    state = 0
    for each in digits:
        state = int(_DAMM[state][int(each)])
    return str(state)


def encode(secret: bytes) -> tuple[str, ...]:
    """The 24 groups of a secret of 32 bytes."""
    if len(secret) != _SECRET:
        raise ValueError(f"a recovery key has {_SECRET} bytes, not {len(secret)}")
    number = int.from_bytes(secret + hashlib.sha256(secret).digest()[:1], "big")
    groups = []
    for place in range(1, GROUPS + 1):
        value = number >> _BITS * (GROUPS - place) & (1 << _BITS) - 1
        digits = f"{value:04d}"
        groups.append(digits + _check_digit(f"{place:02d}{digits}"))
    return tuple(groups)


def wrong_groups(typed: str) -> tuple[int, ...]:
    """The places, from 1, of groups typed so far that cannot be right; for the screen."""
    return tuple(place for place, each in enumerate(_cut(typed), 1) if not _sound(place, each))


def decode(typed: str) -> bytes:
    """The secret of 24 typed groups, with any spaces or none. Raises `WrongGroupsError`."""
    groups = _cut(typed)
    wrong = wrong_groups(typed)
    if wrong or len(groups) != GROUPS:
        raise WrongGroupsError(wrong)
    number = 0
    for each in groups:
        number = number << _BITS | int(each[:4])
    whole = number.to_bytes(_SECRET + 1, "big")
    secret, check = whole[:_SECRET], whole[_SECRET:]
    if hashlib.sha256(secret).digest()[:1] != check:
        raise WrongGroupsError(())
    return secret


def _cut(typed: str) -> list[str]:
    digits = "".join(str(int(each)) for each in typed if each.isdecimal())
    return [digits[start : start + 5] for start in range(0, len(digits), 5)]


def _sound(place: int, group: str) -> bool:
    if place > GROUPS or len(group) != 5 or int(group[:4]) >= 1 << _BITS:
        return False
    return _check_digit(f"{place:02d}{group[:4]}") == group[4]
