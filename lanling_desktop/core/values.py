"""Raw input to a value and a value to its text, by Field: the one way for forms, sheets and lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from lanling_desktop.core.display import display, mask, publish
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.standards import amounts, codes, dates, identity, text, times

__all__ = ["Converted", "choices_of", "convert", "decode", "display", "encode", "mask", "publish"]

_YES = {"是", "有", "√", "✓", "Y", "y", "1", "TRUE", "True", "true", "对"}
_QUOTES = ("'", "＇")
_DASHES = {"-", "—", "——", "－", "/", "／", "\\"}  # how a sheet says that a cell is left empty
_EMPTY_SAID = {Kind.IDENTITY, Kind.PHONE, Kind.DATE, Kind.TIME, Kind.INTEGER, Kind.MONEY, Kind.LINK}
_MOST_DIGITS = 15  # before the point: yuan in fen stay within the 64 bits of a database column
_SHOWN = 30
_WORDS = {Kind.TEXT, Kind.LONG_TEXT}  # where a dash is what somebody wrote
_MONTHLY = re.compile(r"^(?:每月)? *(\d{1,2}) *[日号]$")  # a day of the month as it is said
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_NO = {"否", "无", "没有", "×", "N", "n", "0", "FALSE", "False", "false", "不"}


@dataclass(frozen=True, slots=True)
class Converted:
    """A value as stored, or the problem in words; `note` tells what was silently put right."""

    value: Any = None
    problem: str = ""
    note: str = ""
    by_month: bool = False


def choices_of(said: Field) -> tuple[str, ...]:
    """The words a CHOICE or MANY may hold."""
    return codes.words(said.choices) if isinstance(said.choices, str) else said.choices


def convert(said: Field, raw: Any, today: date) -> Converted:
    """Turn what was typed, or a cell of a received sheet, into the value to store.

    Empty input is no value and no problem: whether one is required is asked when saving.
    """
    if raw is None:
        return Converted()
    if isinstance(raw, str):
        typed = text.clean(raw)
        dash = typed in _DASHES and said.kind not in _WORDS
        if not typed or dash or (typed == "无" and said.kind in _EMPTY_SAID):
            return Converted()
    return _CONVERTERS.get(said.kind, _text)(said, raw, today)


def _text(said: Field, raw: Any, _today: date) -> Converted:
    value = text.clean_name(_plain(raw)) if said.kind is Kind.NAME else _line(_plain(raw))
    if len(value) > said.max_length:
        return Converted(
            problem=f"{said.label}最多 {said.max_length} 字，现有 {len(value)} 字，请缩短"
        )
    return Converted(value, note=_put_right(value, raw))


def _line(raw: str) -> str:
    """One line of words; a quotation mark before a word belongs to it, before a figure it does
    not: so a sheet says that the figure is to stay text."""
    bare, value = raw.strip(), text.clean(raw)
    quoted = bare[:1] in _QUOTES and bare[1:2].isalpha()
    return f"{bare[0]}{value}" if quoted and not value.startswith(bare[0]) else value


def _put_right(value: str, raw: Any) -> str:
    return "" if value == _plain(raw) else "已规范写法"


def _long_text(_said: Field, raw: Any, _today: date) -> Converted:
    value = "\n".join(_line(line) for line in _plain(raw).splitlines()).strip()
    return Converted(value)


def _plain(raw: Any) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


def _identity(_said: Field, raw: Any, today: date) -> Converted:
    if isinstance(raw, (int, float)):
        return Converted(
            problem="此格是数字而不是文本，末几位可能已被表格软件改成 0，请按证件改为文本后重填"
        )
    result = identity.check(str(raw), today)
    if result.problem:
        return Converted(problem=result.problem)
    return Converted(result.number, note=_put_right(result.number, raw))


def _phone(_said: Field, raw: Any, _today: date) -> Converted:
    value, problem = text.phone(_plain(raw))
    return Converted(problem=problem) if problem else Converted(value, note=_put_right(value, raw))


def _date(said: Field, raw: Any, today: date) -> Converted:
    parsed = dates.parse(raw, today, allow_month=said.month_enough)
    if parsed is None:
        return Converted(problem=f"{said.label}看不懂“{_short(raw)}”，请按 2026-11-22 的样子填写")
    if parsed.problem or parsed.value is None:
        return Converted(problem=parsed.problem or f"{said.label}请按 2026-11-22 的样子填写")
    if parsed.precision == "month":
        return Converted(parsed.value, note="只有年月，按 1 日记", by_month=True)
    return Converted(parsed.value)


def _time(said: Field, raw: Any, _today: date) -> Converted:
    value = times.parse(raw)
    if value is None:
        return Converted(problem=f"{said.label}看不懂“{_short(raw)}”，请按 19:30 的样子填写")
    return Converted(value)


def _number(said: Field, raw: Any, _today: date) -> Converted:
    said_plainly = _MONTHLY.sub(r"\1", text.clean(str(raw)).replace("，", ",").replace("．", "."))
    if said.kind is Kind.MONEY:
        said_plainly = said_plainly.lstrip("￥¥").removesuffix("元").strip()
    if "," in said_plainly and not _GROUPED.fullmatch(said_plainly):
        return Converted(problem=f"{said.label}的逗号要三位一隔，现在是“{_short(raw)}”")
    try:
        number = Decimal(said_plainly.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    wrong = _number_problem(said, number)
    if wrong:
        return Converted(problem=f"{said.label}{wrong}，现在是“{_short(raw)}”")
    return Converted(amounts.fen(number) if said.kind is Kind.MONEY else int(number))


def _number_problem(said: Field, number: Decimal) -> str:
    if not number.is_finite():
        return "应是数字"
    if number.adjusted() > _MOST_DIGITS:  # before anything that would write out its noughts
        return "太大"
    if said.kind is Kind.MONEY:
        return "最多到分" if number != round(number, 2) else ""
    if number != int(number):
        return "应是整数"
    return f"不能小于 {said.least}" if said.least is not None and number < said.least else ""


def _short(raw: Any) -> str:
    """What was typed, as far as a sentence has room for it."""
    said = str(raw)
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


def _choice(said: Field, raw: Any, _today: date) -> Converted:
    typed = text.clean(_plain(raw))
    word: str | None = None
    if isinstance(said.choices, str):
        word = codes.match(said.choices, typed)
    elif typed in said.choices:
        word = typed
    word = word or dict(said.meanings).get(typed)
    if word is None:
        known = choices_of(said)
        some = "、".join(known[:8]) + ("等" if len(known) > 8 else "")
        return Converted(problem=f"{said.label}没有“{_short(typed)}”这一项，可填：{some}")
    return Converted(word, note="" if word == raw else f"“{typed}”按“{word}”填")


def _many(said: Field, raw: Any, today: date) -> Converted:
    parts = raw if isinstance(raw, (list, tuple)) else _split(str(raw))
    words = []
    for each in parts:
        one = _choice(said, each, today)
        if one.problem:
            return one
        words.append(one.value)
    return Converted("、".join(words) or None)


def _split(typed: str) -> list[str]:
    for mark in ",，;；/ ":
        typed = typed.replace(mark, "、")
    return [each for each in typed.split("、") if each]


def _yes_no(said: Field, raw: Any, _today: date) -> Converted:
    if isinstance(raw, bool):
        return Converted(raw)
    typed = text.clean(_plain(raw))
    if typed in _YES or typed in _NO:
        return Converted(typed in _YES)
    return Converted(problem=f"{said.label}请填 是 或 否，现在是“{_short(typed)}”")


_CONVERTERS: Mapping[Kind, Callable[[Field, Any, date], Converted]] = {
    Kind.LONG_TEXT: _long_text,
    Kind.IDENTITY: _identity,
    Kind.PHONE: _phone,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.INTEGER: _number,
    Kind.MONEY: _number,
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.YES_NO: _yes_no,
}


def encode(value: Any) -> Any:
    """A stored value as the journal's JSON writes it."""
    return value.isoformat() if isinstance(value, date) else value


def decode(said_type: type[Any], value: Any) -> Any:
    """A value of the journal's JSON as the column of that Python type stores it."""
    if value is not None and said_type is date:
        return date.fromisoformat(value)
    return value
