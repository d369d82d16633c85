"""Today and now, given to the office so that tests can choose them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime


def _now() -> datetime:
    return datetime.now().astimezone().replace(tzinfo=None)


@dataclass(frozen=True)
class Clock:
    """The office's clock: local wall time without zone, as paper has it."""

    now: Callable[[], datetime] = field(default=_now)

    def today(self) -> date:
        """The day the office writes on its papers."""
        return self.now().date()

    def stamp(self) -> str:
        """Now as the journal writes it, to the second."""
        return self.now().isoformat(sep=" ", timespec="seconds")


def fixed(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> Clock:
    """A clock that stands still."""
    moment = datetime(year, month, day, hour, minute)  # noqa: DTZ001 - wall time without zone
    return Clock(now=lambda: moment)
