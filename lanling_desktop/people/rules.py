"""What is true of persons and households: pure functions over values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.register import Context
from lanling_desktop.standards import identity

_ADDRESS = re.compile(
    r"^(?P<compound>\D.*?)[\s，,]*"
    r"(?P<building>[0-9A-Za-z]+)\s*(?:号?楼|[栋幢座#])[\s，,-]*"
    r"(?:(?P<unit>[0-9A-Za-z]+)\s*(?:单元|-))?[\s，,-]*"
    r"(?P<room>[0-9A-Za-z]+)\s*(?:室|号|户)?$"
)
_DASHED = re.compile(
    r"^(?P<compound>\D.*?)[\s，,-]*(?P<building>\w+)-(?:(?P<unit>\w+)-)?(?P<room>\w+)$", re.ASCII
)
_DIGITS = re.compile(r"\d+")
_FOREIGN = re.compile(r"[A-Za-z0-9]")
_USUAL = re.compile(r"[\u4e00-\u9fa5·A-Za-z0-9 .]*")  # every font has these
LONG_NAME = 15
"""Characters; the longest names of the county's registers are shorter."""
_OF_A_MAN = """
夫 子 独生子 长子 次子 三子 四子 五子 养子或继子 女婿 其他儿子 孙子 外孙子 孙女婿或外孙女婿
曾孙子或外曾孙子 父亲 公公 岳父 继父或养父 祖父 外祖父 曾祖父 兄 弟 姐夫 妹夫 伯父 叔父 舅父
姨父 姑父 侄子 外甥
"""
_OF_A_WOMAN = """
妻 女 独生女 长女 次女 三女 四女 五女 养女或继女 儿媳 其他女儿 孙女 外孙女 孙媳妇或外孙媳妇
曾孙女或外曾孙女 母亲 婆婆 岳母 继母或养母 祖母 外祖母 曾祖母 嫂 弟媳 姐姐 妹妹 伯母 婶母 舅母
姨母 姑母 侄女 外甥女
"""
_MEN, _WOMEN = frozenset(_OF_A_MAN.split()), frozenset(_OF_A_WOMAN.split())
"""Words of GB/T 4761 that are said of a man or a woman alone."""


def compose_address(
    compound: str | None,
    building: str | None,
    unit: str | None,
    room: str | None,
    other: str | None = None,
) -> str:
    """兰陵花园 3号楼 2单元 501; the free text where there is no compound."""
    parts = [
        compound,
        f"{building}号楼" if building else None,
        f"{unit}单元" if unit else None,
        room,
        other,
    ]
    return " ".join(each for each in parts if each)


def address_key(address: str) -> str:
    """Key that orders addresses as they are walked: 2号楼 before 10号楼."""
    return _DIGITS.sub(lambda found: found.group().zfill(6), address)


def parse_address(text: str) -> Mapping[str, str] | None:
    """Compound, building, unit and room of an address as offices write it; None when unclear."""
    found = _ADDRESS.match(text.strip()) or _DASHED.match(text.strip())
    if found is None:
        return None
    return {name: value for name, value in found.groupdict().items() if value}


def canonical_address(text: str) -> str:
    """An address as offices write it, in the register's own form."""
    found = parse_address(text)
    if found is None:
        return text
    return compose_address(*(found.get(n) for n in ("compound", "building", "unit", "room")))


def household_from_text(text: str) -> Mapping[str, Any]:
    """The columns of a new household for an address as a sheet gives it."""
    found = parse_address(text)
    if found is None:
        return {"other_address": text}
    rest = {name: value for name, value in found.items() if name != "compound"}
    return {"compound_id=": found["compound"], **rest}


def birth_and_sex(number: str) -> tuple[date | None, str | None]:
    """What an identity number says of its holder, proposed where nothing was typed."""
    said = identity.check(number, date.max)
    return said.birth, said.sex


def settle_birth(values: dict[str, Any], by_month: frozenset[str]) -> None:
    """An empty birth or sex, or a birth given by month alone, is taken from the number."""
    for prefix in ("", "person."):
        number = values.get(f"{prefix}identity_number")
        if not number:
            continue
        birth, sex = birth_and_sex(number)
        key = f"{prefix}birth"
        if key in values and birth:
            by_number = key in by_month and values[key] == birth.replace(day=1)
            values[key] = birth if by_number or not values[key] else values[key]
        if f"{prefix}sex" in values:
            values[f"{prefix}sex"] = values[f"{prefix}sex"] or sex


def person_problems(values: Values, context: Context) -> Iterator[Problem]:
    """Name, birth and sex against the identity number; a state with its date, in order."""
    yield from personal_problems(values, context.today, "")
    state, since, birth = (values.get(name) for name in ("state", "state_on", "birth"))
    if state in ("迁出", "死亡") and since is None:
        yield Problem("state_on", f"请填写{state}日期")
    if since and since > context.today:
        yield Problem("state_on", "状态日期不能晚于今天")
    if since and birth and since < birth:
        yield Problem("state_on", f"{state or '状态'}日期早于出生日期，请核对")
    yield from relation_problems(values, "sex", "home.relation")


def member_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A member of a household is a person with a right number, living there in right order."""
    yield from personal_problems(values, context.today, "person.")
    if not values.get("household_id"):
        yield Problem("household_id", "请选择住在哪一户")
    yield from period_problems(values)
    yield from relation_problems(values, "person.sex", "relation")


def relation_problems(values: Values, sex: str, relation: str) -> Iterator[Problem]:
    """A relation that is said of the other sex: a letter too few in a choice box."""
    holds, said = values.get(sex), values.get(relation)
    meant = "男" if said in _MEN else "女" if said in _WOMEN else None
    if meant and holds in ("男", "女") and holds != meant:
        words = f"性别是{holds}，与户主关系却是“{said}”，请核对"
        yield Problem(relation, words, warning=True)


def household_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """A household has an address; its end is not before its beginning."""
    if not values.get("compound_id") and not values.get("other_address"):
        yield Problem("compound_id", "请选择小区，或在“其他地址”写全地址")
    yield from period_problems(values)


def period_problems(values: Values) -> Iterator[Problem]:
    """A period does not end before it begins."""
    start, end = values.get("valid_from"), values.get("valid_to")
    if start and end and end < start:
        yield Problem("valid_to", "终止日期早于起始日期，请核对")


def personal_problems(values: Values, today: date, prefix: str) -> Iterator[Problem]:
    """What is odd about a person whose columns stand under `prefix`."""
    for words in _odd_name(str(values.get(f"{prefix}name") or "")):
        yield Problem(f"{prefix}name", f"{words}，请核对", warning=True)
    yield from identity_problems(values, today, prefix)


def _odd_name(name: str) -> Iterator[str]:
    """Names are kept as they are written; what may be a slip, or cannot be printed, is said."""
    if len(name) == 1:
        yield f"只有一个字“{name}”"
    if len(name) > LONG_NAME:
        yield f"有 {len(name)} 个字，可能混进了别的内容"
    if _FOREIGN.search(name):
        yield f"“{name[:LONG_NAME]}”里有字母或数字，应与证件上的写法一致"
    if not _USUAL.fullmatch(name):
        from lanling_desktop.printing import fonts  # a megabyte of tables, for the rare names only

        for char in fonts.missing([("", name)]):
            yield f"“{char}”（U+{ord(char):04X}）字库里没有，印出来会是空白"


def identity_problems(values: Values, today: date, prefix: str) -> Iterator[Problem]:
    """Birth and sex against the number; a difference needs its reason (domain.md 6.1)."""
    number, birth, sex = (values.get(f"{prefix}{n}") for n in ("identity_number", "birth", "sex"))
    if birth and birth > today:
        yield Problem(f"{prefix}birth", "出生日期不能晚于今天")
    if not number or values.get(f"{prefix}birth_note"):
        return
    said = identity.check(number, today)
    cure = "请核对；档案确是如此的，在“不符说明”写明原因"
    if said.birth and birth and birth != said.birth:
        words = f"与身份证号里的 {said.birth.isoformat()} 不一致，{cure}"
        yield Problem(f"{prefix}birth", words, warning=True)
    if said.sex and sex and sex != said.sex:
        yield Problem(f"{prefix}sex", f"身份证号表示为{said.sex}，{cure}", warning=True)
