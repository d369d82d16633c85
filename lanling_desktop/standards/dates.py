"""Dates as clerks type them and as papers and screens show them; no clock and no locale."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from lanling_desktop.standards import text

Precision = Literal["day", "month", "year"]

_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_LAST_SERIAL = 2_958_465  # 9999-12-31, the last day a workbook knows
_FIRST_BARE = date(1920, 1, 1)  # a smaller number is a count, an age or a month, not a serial
_LONGEST = 40  # characters; more are no date, and are not worth a look
_SIGNS = str.maketrans("－—–−＋／．，。:：", "----+/..." + "::")
_TIME = re.compile(r"(?<=\d)(?:[T ] ?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$")
_OFFSET = re.compile(r"([+-])\s*(\d{1,4})\s*天?")
_PARTED = re.compile(r"(\d+)\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,2})\s*[日号]?")
_YEAR_MONTH = re.compile(r"(\d+)\s*(?:[-/.]|年)\s*(\d{1,2})\s*月?(?:份)?")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*[日号]?")
_YEAR = re.compile(r"(\d+)\s*年")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.](?:\d{1,2}[-/.])?\d{4}")
_NEAR = {
    "大前天": -3,
    "前天": -2,
    "前": -2,
    "昨天": -1,
    "昨日": -1,
    "昨": -1,
    "今天": 0,
    "今日": 0,
    "今": 0,
    "当天": 0,
    "明天": 1,
    "明日": 1,
    "明": 1,
    "后天": 2,
    "后": 2,
    "大后天": 3,
}


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date read from a box or a cell; without a value the problem says in Chinese why."""

    value: date | None
    precision: Precision = "day"
    problem: str | None = None


def parse(said: object, today: date, *, allow_month: bool = False) -> ParsedDate | None:
    """Read a typed or received date; None when there is nothing.

    A month without a day becomes its first day only with `allow_month`; a year alone and a
    two-digit year are refused by name.
    """
    if isinstance(said, date):  # a datetime too; its time of day is left out
        return _checked(said.year, said.month, said.day)
    if isinstance(said, (int, float)) and not isinstance(said, bool):
        return _parse_number(said, today, allow_month)
    plain = text.clean(str(said)) if said is not None else ""
    if not plain:
        return None
    short = len(plain) <= _LONGEST
    found = _parse_text(plain.translate(_SIGNS).rstrip("."), today) if short else None
    if found is None:
        return _refused(f"“{plain[:_LONGEST]}”看不出是哪一天，请写成2026-11-22这样")
    if found.precision == "month" and found.value and not allow_month:
        shown = f"{found.value.year}年{found.value.month}月"
        return _refused(f"“{shown}”缺少日，请补全到哪一天", "month")
    return found


def from_serial(number: float, *, date1904: bool = False) -> date:
    """Date of a workbook's serial number; the time of day is left out."""
    days = math.floor(number) if math.isfinite(number) else -1
    if date1904:
        if not 0 <= days <= _LAST_SERIAL - 1462:
            raise ValueError(f"{number}不是表格里的日期序号")
        return date(1904, 1, 1) + timedelta(days=days)
    if days == 60 or not 1 <= days <= _LAST_SERIAL:
        # 60 is 29 February 1900, a day that spreadsheets know and the calendar does not.
        raise ValueError(f"{number}不是表格里的日期序号")
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)


def paper(day: date) -> str:
    """Date as papers print it: 2026年11月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def screen(day: date) -> str:
    """Date as screens and sheets show it: 2026-11-22."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def _refused(problem: str, precision: Precision = "day") -> ParsedDate:
    return ParsedDate(None, precision, problem)


def _checked(year: int, month: int, day: int, precision: Precision = "day") -> ParsedDate:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return _refused(f"{year}年不合常理，年份应在{_FIRST_YEAR}至{_LAST_YEAR}之间", precision)
    if not 1 <= month <= 12:
        return _refused(f"没有{month}月，请核对月份", precision)
    try:
        return ParsedDate(date(year, month, day), precision)
    except ValueError:
        return _refused(f"{year}年{month}月没有{day}日，请核对", precision)


def _short_year(said: str) -> ParsedDate:
    return _refused(f"“{said}”的年份只有两位，请写全四位年份，如1990-05-01")


def _parse_number(number: float, today: date, allow_month: bool) -> ParsedDate:
    """Read a number that stands where a date is wanted; what it may mean twice is refused."""
    whole = math.isfinite(number) and number % 1 == 0
    written = f"{number:.0f}" if whole else f"{number}"
    if whole and len(written) in (6, 8):
        found = parse(written, today, allow_month=allow_month)
        if found:
            return found
    if _FIRST_YEAR <= number < _LAST_YEAR + 1:
        if whole:
            return _no_month(written)
        return _refused(
            f"{written}看不出是几月：表格里的1990.1可能是1月，也可能是10月，"
            "请把这一格改成文本，写成1990-10这样",
            "month",
        )
    if not is_serial(number):
        return _refused(f"{number}不是日期，请写成2026-11-22这样")
    day = from_serial(number)
    return _checked(day.year, day.month, day.day)


def is_serial(number: float, *, date1904: bool = False) -> bool:
    """Whether a bare number can be a workbook's serial number of a day since 1920.

    Six digits and more are a day or month written without marks: 19900501, 199005.
    """
    if number >= 100_000 or _FIRST_YEAR <= number < _LAST_YEAR + 1:
        return False
    try:
        return from_serial(number, date1904=date1904) >= _FIRST_BARE
    except ValueError:
        return False


def _parse_text(plain: str, today: date) -> ParsedDate | None:
    plain = _TIME.sub("", plain).strip()
    if plain.isascii() and plain.isdigit():
        return _parse_digits(plain, today)
    return _parse_near(plain, today) or _parse_parts(plain, today)


def _parse_digits(digits: str, today: date) -> ParsedDate | None:
    year, rest = int(digits[:4]), digits[4:]
    found: ParsedDate | None = None
    match len(digits):
        case 8:
            found = _checked(year, int(rest[:2]), int(rest[2:]))
        case 6 if digits[:2] in ("19", "20"):
            found = _checked(year, int(rest), 1, "month")
        case 6:
            found = _short_year(digits)
        case 5:
            meant = f"，它相当于{paper(from_serial(int(digits)))}" if int(digits) > 60 else ""
            found = _refused(f"“{digits}”像是表格的日期序号{meant}，请改写成年月日")
        case 4 if digits[:2] in ("18", "19", "20", "21"):
            found = _no_month(digits)
        case 4:
            found = _checked(today.year, year // 100, year % 100)
    return found


def _parse_near(plain: str, today: date) -> ParsedDate | None:
    offset = _OFFSET.fullmatch(plain)
    if offset or plain in _NEAR:
        days = int(offset[1] + offset[2]) if offset else _NEAR[plain]
        return ParsedDate(today + timedelta(days=days))
    first = today.replace(day=1)
    next_month = (first + timedelta(days=31)).replace(day=1)
    match plain.removeprefix("本").removeprefix("今"):
        case "月初":
            return ParsedDate(first)
        case "月底" | "月末":
            return ParsedDate(next_month - timedelta(days=1))
        case "年初":
            return ParsedDate(date(today.year, 1, 1))
        case "年底" | "年末":
            return ParsedDate(date(today.year, 12, 31))
    return None


def _parse_parts(plain: str, today: date) -> ParsedDate | None:
    if _YEAR_LAST.fullmatch(plain):
        return _refused(f"“{plain}”请把年份写在最前面，如1990-05-01")
    for form in (_PARTED, _YEAR_MONTH, _YEAR):
        parts = form.fullmatch(plain)
        if parts and len(parts[1]) == 4:
            return _from_parts(plain, tuple(map(int, parts.groups())))
        if parts and len(parts[1]) <= 2 and (form is _PARTED or "年" in plain):
            return _short_year(plain)
    parts = _MONTH_DAY.fullmatch(plain)
    return _checked(today.year, int(parts[1]), int(parts[2])) if parts else None


def _from_parts(plain: str, parts: tuple[int, ...]) -> ParsedDate:
    match parts:
        case (year, month, day):
            return _checked(year, month, day)
        case (year, month):
            return _checked(year, month, 1, "month")
    return _no_month(plain)


def _no_month(plain: str) -> ParsedDate:
    return _refused(f"“{plain}”只有年份，缺少月和日，请补全", "year")
