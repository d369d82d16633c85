"""Citizen identity numbers (GB 11643), and the masks of numbers, telephones and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lanling_desktop.standards import text

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_EARLIEST_YEAR = 1850
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+")
_LOOKALIKES = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}

_NUMERAL = "0-9A-Za-z一二三四五六七八九十百"
# The look-behinds keep a search linear: a run of numerals is tried from its start only.
_BUILDING = re.compile(
    rf"(?<![{_NUMERAL}甲乙丙丁东西南北])[{_NUMERAL}甲乙丙丁东西南北]+ ?(?:号楼|幢|栋|座|#楼?)"
    rf"|(?<![{_NUMERAL}])[{_NUMERAL}]+ ?楼(?![上下层梯道房村社镇乡街路\d])"
)
_UNIT = re.compile(rf"(?<![{_NUMERAL}])[{_NUMERAL}]+ ?(?:单元|号?室|层|户(?!区))|[东西中南北]户")
_DASHED = re.compile(r"(\d+)(?:[-－—–]\d+){1,3}")
_DOOR = re.compile(r"(?:附|付)?[0-9]+(?:[-－—–][0-9]+)?号?(?:附[0-9]+号?)?$")
_TAIL = re.compile(r"[（(][^（()）]*[)）]?$")


@dataclass(frozen=True, slots=True)
class IdentityResult:
    """What a typed identity number says, and in Chinese what is wrong with it and the cure."""

    number: str
    problem: str | None = None
    birth: date | None = None
    sex: str | None = None
    division: str = ""
    proposal: str | None = None


def normalise(number: str) -> str:
    """Number without blanks, invisible characters and full-width forms, with a capital X."""
    plain = re.sub(r"\s", "", text.clean(number))
    return plain.strip("'＇‘’`").upper()


def check_character(first17: str) -> str:
    """Check character (ISO 7064 MOD 11-2) of the first 17 digits."""
    if len(first17) != 17 or not _digits(first17):
        raise ValueError("校验码要由前17位数字算出")
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def upgrade_15(number: str) -> str:
    """18-character form of an old 15-digit number."""
    plain = normalise(number)
    if len(plain) != 15 or not _digits(plain):
        raise ValueError("只有15位数字的旧号码才能升为18位")
    first17 = f"{plain[:6]}19{plain[6:]}"
    return first17 + check_character(first17)


def check(number: str, today: date) -> IdentityResult:
    """Read and check a typed number; an unknown division code is never an error."""
    plain = normalise(number)
    if not plain:
        return IdentityResult("", "公民身份号码没有填，请照身份证填写18位号码")
    shape = _shape_problem(plain)
    if shape:
        return IdentityResult(plain, shape)
    full = upgrade_15(plain) if len(plain) == 15 else plain
    birth, problem = _birth(full, today)
    if birth is None:
        return IdentityResult(plain, problem)
    sex = "男" if int(full[16]) % 2 else "女"
    from lanling_desktop.standards import codes  # the tables are not needed to mask a number

    division = codes.division_name(full[:6], birth)
    if len(plain) == 15:
        return IdentityResult(
            plain,
            f"这是15位旧号码，对应的18位号码是{full}，请与身份证核对后采用",
            birth,
            sex,
            division,
            full,
        )
    if problem is None and full[17] != check_character(full[:17]):
        problem = "公民身份号码有一位录错（末位校验不符），请按6-8-4分段与身份证逐位核对"
        if full.endswith("000"):
            problem = "末三位是000，像是被表格软件截断，请把该列设为文本格式后照身份证重填"
    return IdentityResult(plain, problem, birth, sex, division)


def group(number: str) -> str:
    """Number in groups of 6, 8 and 4 for reading aloud; other lengths unchanged."""
    plain = normalise(number)
    if len(plain) == 18:
        return f"{plain[:6]} {plain[6:14]} {plain[14:]}"
    if len(plain) == 15:
        return f"{plain[:6]} {plain[6:12]} {plain[12:]}"
    return plain


def mask(number: str) -> str:
    """Number with the birth date hidden: 371324********1234; other papers hidden further."""
    stored = len(number) == 18 and number[:17].isdecimal()  # as every list row has it
    plain = number if stored and number.isascii() else normalise(number)
    if len(plain) == 18:
        return f"{plain[:6]}{'*' * 8}{plain[14:]}"
    if len(plain) == 15:
        return f"{plain[:6]}{'*' * 6}{plain[12:]}"
    if len(plain) < 4:
        return "*" * len(plain)
    return plain[0] + "*" * (len(plain) - 2) + plain[-1]


def mask_public(number: str) -> str:
    """Number by its region alone, for papers that tell the birth: 371324************."""
    shown = mask(number)
    if len(shown) in (15, 18):
        return f"{shown[:6]}{'*' * (len(shown) - 6)}"
    return shown[:1] + "*" * (len(shown) - 1)


def mask_phone(number: str) -> str:
    """Telephone with its middle hidden: 138****5678, 0539-***1234; several numbers each."""
    if len(number) == 11 and number[0] == "1" and number.isdecimal() and number.isascii():
        return _mask_one_phone(number)
    value, problem = text.phone(number)
    if not problem:
        return _mask_one_phone(value)
    parts = re.split(r"([、/;；,，| ]+)", text.clean(number))
    return "".join(part if at % 2 else _mask_one_phone(part) for at, part in enumerate(parts))


def mask_address(address: str) -> str:
    """Address up to the compound or building, without unit, room and house number."""
    plain = text.clean(address)
    found = [form.search(plain) for form in (_BUILDING, _DASHED, _UNIT)]
    first = min(filter(None, found), key=lambda one: one.start(), default=None)
    if first and first.re is not _UNIT:
        return plain[: first.end(1 if first.re is _DASHED else 0)]
    if first:
        plain = plain[: first.start()]
    plain = _TAIL.sub("", plain).strip(" ,，、")
    return _DOOR.sub("", plain).strip(" ,，、")


def age(birth: date, day: date) -> int:
    """Full years of age on a day; someone born on 29 February ages on 1 March."""
    if day < birth:
        raise ValueError("这一天早于出生日期，算不出年龄")
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _digits(plain: str) -> bool:
    return plain.isascii() and plain.isdigit()


def _shape_problem(plain: str) -> str | None:
    if _SCIENTIFIC.fullmatch(plain):
        return "号码被表格软件变成了科学计数，后几位已丢失，请把该列设为文本格式后照身份证重填"
    stranger = next(
        (
            (at, character)
            for at, character in enumerate(plain, start=1)
            if not (_digits(character) or (at == 18 and character == "X"))
        ),
        None,
    )
    if stranger:
        at, character = stranger
        if character == "X":
            return f"第{at}位是X，X只能是18位号码的末位，请照身份证核对"
        meant = _LOOKALIKES.get(character)
        cure = f"应为数字{meant}吗？" if meant else ""
        return f"第{at}位“{character}”不是数字，{cure}请照身份证改正"
    if len(plain) in (15, 18):
        return None
    change = "补全" if len(plain) < 18 else "删去多余的"
    return f"公民身份号码应为18位，这里是{len(plain)}位，请照身份证{change}"


def _birth(full: str, today: date) -> tuple[date | None, str | None]:
    year, month, day = int(full[6:10]), int(full[10:12]), int(full[12:14])
    said = f"{full[6:10]}年{month}月{day}日"
    where = "第7至14位（出生日期）"
    try:
        birth = date(year, month, day)
    except ValueError:
        return None, f"{where}是{said}，没有这一天，请照身份证核对"
    if birth > today:
        return None, f"{where}是{said}，晚于今天，请照身份证核对"
    if birth.year <= _EARLIEST_YEAR:
        return None, f"{where}是{said}，年份过早，请照身份证核对"
    return birth, None


def _mask_one_phone(number: str) -> str:
    mobile = re.fullmatch(r"((?:\+?86-?)?1\d{2})-?\d{4}-?(\d{4})", number)
    if mobile:
        return f"{mobile[1]}****{mobile[2]}"
    landline = re.fullmatch(r"(\(?0\d{2,3}\)?-?)?(\d{3,4})(\d{4})((?:-|转)\d{1,5})?", number)
    if landline:
        return f"{landline[1] or ''}{'*' * len(landline[2])}{landline[3]}{landline[4] or ''}"
    return re.sub(r"\d(?=(?:\D*\d){2})", "*", number) if len(number) > 4 else "*" * len(number)
