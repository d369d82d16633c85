"""What the one at the desk may see and do: by room of the house, and for what leaves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from lanling_desktop.core.errors import OfficeError

if TYPE_CHECKING:
    from lanling_desktop.core.records import Record
    from lanling_desktop.core.register import Register

_CORE = "core"  # own columns and code tables: how the office is made, not what it holds
_SAFE = "没有改动任何数据"
_ASK = "请让管理员来做，或请管理员放开这项权限"


class Level(IntEnum):
    """How far a room is open."""

    CLOSED = 0
    READ = 1
    WRITE = 2


@dataclass(frozen=True)
class Rights:
    """What one account may do. A room that `levels` does not name is open to be written.

    `export` lets lists and papers leave as files, `unmask` shows numbers and addresses in full,
    `administers` opens accounts, own columns, code tables and restoring.
    """

    levels: Mapping[str, Level] = field(default_factory=dict)
    export: bool = True
    unmask: bool = True
    administers: bool = True

    def level(self, record: type[Record]) -> Level:
        """How far the room of a record class is open."""
        room = room_of(record)
        if room == _CORE:
            return Level.WRITE if self.administers else Level.READ
        return self.levels.get(room, Level.WRITE)

    def reads(self, record: type[Record]) -> bool:
        """Whether records of the class may be seen."""
        return self.level(record) >= Level.READ

    def writes(self, record: type[Record]) -> bool:
        """Whether records of the class may be changed."""
        return self.level(record) >= Level.WRITE

    def closed(self, registers: Mapping[str, Register]) -> tuple[str, ...]:
        """The registers, and so the tables, of which nothing may be seen."""
        return tuple(key for key, each in registers.items() if not self.reads(each.record))

    def refuse_reading(self, title: str, record: type[Record]) -> None:
        """Raise `OfficeError` when records of the class may not be seen."""
        if not self.reads(record):
            raise OfficeError(f"您的账户不能查看“{title}”", _SAFE, _ASK)

    def refuse_writing(self, titles: Mapping[str, str], records: Iterable[type[Record]]) -> None:
        """Raise `OfficeError` naming what may not be changed; `titles` by table."""
        for each in records:
            if not self.writes(each):
                title = titles.get(each.__tablename__, "这里的记录")
                raise OfficeError(f"您的账户不能修改“{title}”", _SAFE, _ASK)

    def refuse_export(self) -> None:
        """Raise `OfficeError` when nothing may leave as a file."""
        if not self.export:
            raise OfficeError("您的账户不能导出", _SAFE, _ASK)

    def refuse_unmasking(self) -> None:
        """Raise `OfficeError` when numbers may not be shown in full."""
        if not self.unmask:
            raise OfficeError("您的账户不能看完整号码", _SAFE, _ASK)

    def refuse_administering(self, what: str) -> None:
        """Raise `OfficeError` when `what` is the administrator's."""
        if not self.administers:
            raise OfficeError(f"{what}要由管理员来做", _SAFE, _ASK)


ALL = Rights()
"""Everything: an office without accounts, the command line's founding of one, tests."""


def room_of(record: type[Record]) -> str:
    """The folder of the business a record class belongs to: organisation, hall, staff …"""
    parts = record.__module__.split(".")
    return parts[1] if len(parts) > 1 else parts[0]
