"""What comes out of boxes and foreign sheets, made plain without losing a rare character."""

from __future__ import annotations

import re

# Full-width digits, letters and the ideographic space. NFKC as a whole would also rewrite
# compatibility ideographs and punctuation, which may be how a person's name is written.
_WIDTH = {0x3000: 0x20} | {
    wide: wide - 0xFEE0
    for low, high in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for wide in range(low, high + 1)
}
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_HALVES = dict.fromkeys(range(0xD800, 0xE000))  # of a character: nothing that text can hold
_PLAIN = {**_WIDTH, **_INVISIBLE, **_HALVES, 0xA0: 0x20, 0x202F: 0x20}
_LINE_BREAK = re.compile(r"\r\n|[\r\n\v\f\u0085\u2028\u2029]")
_BLANKS = re.compile(r"[ \t]+")
_APOSTROPHES = "'＇"
_HAN = r"[\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff]"
_DOT = re.compile(rf"(?<={_HAN}) ?[·•．.‧∙⋅・･●] ?(?={_HAN})")
_HAN_SPACE = re.compile(rf"(?<={_HAN}) +(?={_HAN})")

_PHONE_PARTS = re.compile(r"[、/;；,，|]")
_MOBILE = re.compile(r"1\d{10}")
_SERVICE = re.compile(r"[48]00\d{7}")
_EXTENSION = re.compile(r"(?:转|分机|#|[-－](?=\d{1,5}$))\s*(\d{1,5})$")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)|^(?:\+|00)86")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")


def whole(text: str) -> str:
    """A text without halves of characters, which a box may hand on and no file can hold."""
    return text.translate(_HALVES)


def clean(text: str, *, multiline: bool = False) -> str:
    """Plain form of a cell: half-width letters and digits, nothing invisible, trimmed.

    Line breaks become spaces unless `multiline` keeps them. Rare characters, private-use
    characters, combining marks and Chinese punctuation stay as they are.
    """
    plain = text.translate(_PLAIN).strip()
    if plain[:1] in _APOSTROPHES and not any(mark in plain[1:] for mark in _APOSTROPHES):
        plain = plain[1:]
    lines = (_BLANKS.sub(" ", line).strip() for line in _LINE_BREAK.split(plain))
    return ("\n" if multiline else " ").join(lines).strip()


def clean_name(text: str) -> str:
    """Plain form of a name: no blanks between Chinese characters, one kind of name dot (·)."""
    plain = _BLANKS.sub(" ", clean(text))
    return _HAN_SPACE.sub("", _DOT.sub("·", plain))


def phone(text: str) -> tuple[str, str | None]:
    """Telephone number as it is kept, and in Chinese what is wrong with it, if anything.

    Mobile numbers are kept as 11 digits, landlines as 0539-5211234, extensions as a last
    -801.
    """
    plain = clean(text)
    if not plain:
        return "", None
    if _SCIENTIFIC.fullmatch(plain):
        return plain, "电话被表格软件变成了科学计数，请把该列设为文本格式后重新填写"
    if _PHONE_PARTS.search(plain):
        return plain, "一格只填一个电话，其余的请填到备用电话或备注里"
    squeezed = re.sub(r"[\s()（）]", "", plain)
    squeezed = re.sub(r"[-－—–‐‑]+", "-", squeezed).removesuffix(".0").strip("-")
    extension = ""
    digits = _COUNTRY.sub("", squeezed.replace("-", ""))
    if not _known(digits) and (found := _EXTENSION.search(squeezed)):
        extension = found[1]
        digits = _COUNTRY.sub("", squeezed[: found.start()].replace("-", ""))
    if not digits.isascii() or not digits.isdigit():
        return plain, f"“{plain}”里有不是数字的字符，请改成11位手机号或带区号的座机号"
    if not _known(digits):
        return plain, _phone_problem(digits)
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        value = digits
    else:
        area, local = _split_landline(digits)
        value = f"{area}-{local}" if area else local
    return (f"{value}-{extension}" if extension else value), None


def _known(digits: str) -> bool:
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return True
    area, local = _split_landline(digits)
    return bool(local) and (bool(area) or not local.startswith("0"))


def _split_landline(digits: str) -> tuple[str, str]:
    if digits.startswith("0"):
        # Three-digit area codes are 010 and 02x only; every other one has four digits.
        size = 3 if digits[1:2] in ("1", "2") else 4
        area, local = digits[:size], digits[size:]
    else:
        area, local = "", digits
    return (area, local) if re.fullmatch(r"[1-9]\d{6,7}", local) else ("", "")


def _phone_problem(digits: str) -> str:
    if digits.startswith("1") and len(digits) > 8:
        return f"手机号应为11位，这里是{len(digits)}位，请核对"
    if digits.startswith("0"):
        return "座机应为区号加7至8位号码，如0539-5211234，请核对"
    return f"电话应为11位手机号或7至8位座机号，这里是{len(digits)}位，请核对"
