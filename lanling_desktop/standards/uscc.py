"""Unified social credit codes of organisations (统一社会信用代码, GB 32100), MOD 31."""

from __future__ import annotations

import re

from lanling_desktop.standards import text

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def check_character(first17: str) -> str:
    """Check character of the first 17 characters."""
    values = (_ALPHABET.index(character) for character in first17)
    total = sum(value * weight for value, weight in zip(values, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def check(code: str) -> tuple[str, str | None]:
    """Plain form of a typed code, and in Chinese what is wrong with it, if anything."""
    plain = re.sub(r"[\s\-]", "", text.clean(code)).upper()
    if not plain:
        return "", None
    if len(plain) != 18:
        return plain, f"统一社会信用代码应为18位，这里是{len(plain)}位，请照证书核对"
    for at, character in enumerate(plain, start=1):
        if character not in _ALPHABET:
            return (
                plain,
                f"第{at}位“{character}”不会出现在代码里（不用I、O、S、V、Z），请照证书改正",
            )
    if not plain[2:8].isdigit():
        return plain, "第3至8位是登记机关的行政区划码，应全是数字，请照证书核对"
    if plain[17] != check_character(plain[:17]):
        return plain, "统一社会信用代码有一位录错（末位校验不符），请照证书逐位核对"
    return plain, None
