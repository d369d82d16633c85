"""The office's holiday arrangements: those shipped, and the notices pasted since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.standards import workdays

if TYPE_CHECKING:
    from lanling_desktop.core.desk import Desk

_SETTING = "holiday_notices"


def known(desk: Desk) -> workdays.Holidays:
    """Every year the office knows."""
    found = workdays.shipped()
    for notice in desk.get(_SETTING, {}).values():
        found = found.with_year(workdays.parse_notice(notice))
    return found


def keep(desk: Desk, notice: str) -> workdays.HolidayYear:
    """Take a pasted notice. Raises `OfficeError` in words when it cannot be read."""
    try:
        year = workdays.parse_notice(notice)
    except ValueError as trouble:
        raise OfficeError(str(trouble), "没有改动任何数据", "请改好后再按“读取通知”") from None
    desk.put(_SETTING, {**desk.get(_SETTING, {}), str(year.year): notice})
    return year
