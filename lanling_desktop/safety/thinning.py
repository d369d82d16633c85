"""Which backups are kept: all of two days, 12 daily, 10 weekly, 9 monthly ones.

Days, weeks and months are those that have backups, so a clock that jumps ahead costs one place in
each row and nothing more; backups of a day that has not come yet are neither counted nor thinned.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime, timedelta

ALL_OF_DAYS, DAILY, WEEKLY, MONTHLY = 2, 12, 10, 9
TRAIL_DAYS = 30
"""Any minute of so many days can be had again."""


def thinned(made: Sequence[datetime], now: datetime) -> list[datetime]:
    """The moments whose backups may go. The newest of a day, week or month stands for it."""
    come = sorted((each for each in made if each <= now + timedelta(days=1)), reverse=True)
    days = list(dict.fromkeys(each.date() for each in come))[:ALL_OF_DAYS]
    kept = {each for each in come if each.date() in days}
    kept |= _newest(come, lambda each: each.date(), DAILY)
    kept |= _newest(come, lambda each: each.isocalendar()[:2], WEEKLY)
    kept |= _newest(come, lambda each: (each.year, each.month), MONTHLY)
    return [each for each in come if each not in kept]


def gone_by(made: datetime) -> date:
    """The day by which a backup made then is thinned, as long as every month has one."""
    months = made.year * 12 + made.month - 1 + MONTHLY
    return date(months // 12, months % 12 + 1, 1)


def _newest(
    come: Sequence[datetime], span: Callable[[datetime], Hashable], count: int
) -> set[datetime]:
    """The newest of each of the last `count` spans of time that have any."""
    found: dict[Hashable, datetime] = {}
    for each in come:
        found.setdefault(span(each), each)
    return set(list(found.values())[:count])


def jumped(now: datetime, newest: datetime | None, *, known: datetime | None = None) -> str:
    """Why the clock cannot be right, in words; empty when nothing speaks against it.

    `newest` is when the last act was done, `known` when the last backup was made.
    """
    last = max((each for each in (newest, known) if each is not None), default=None)
    if last is None:
        return ""
    if now < last - timedelta(hours=1):
        return f"电脑的时间（{now:%Y-%m-%d %H:%M}）比最近一次操作（{last:%Y-%m-%d %H:%M}）还早"
    if now > last + timedelta(days=400):
        return f"电脑的时间（{now:%Y-%m-%d}）比最近一次操作（{last:%Y-%m-%d}）晚了一年多"
    return ""
