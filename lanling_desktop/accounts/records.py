"""What is kept of an account. Its password is not: the ring of keys beside the office knows it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import Record, column
from lanling_desktop.core.rights import Level

ADMINISTRATOR, CLERK, PAYROLL, READER = "管理员", "录入", "工资", "只读"
ROLES = (ADMINISTRATOR, CLERK, PAYROLL, READER)

LEVELS = {"修改": Level.WRITE, "查看": Level.READ, "不可见": Level.CLOSED}
_WORDS = tuple(LEVELS)


class Account(Record):
    """One who may open the office: the role proposes, the columns beneath it decide."""

    __tablename__ = "account"

    name: Mapped[str | None] = column(
        Field("账户名", required=True, key=1, max_length=30, help="开机时从中选的名字，如 王红")
    )
    role: Mapped[str | None] = column(
        Field("角色", Kind.CHOICE, required=True, choices=ROLES, help="换角色时，下面各项随它重填")
    )
    party: Mapped[str | None] = column(Field("党建", Kind.CHOICE, choices=_WORDS))
    hall: Mapped[str | None] = column(Field("议事", Kind.CHOICE, choices=_WORDS))
    grids: Mapped[str | None] = column(Field("网格与队伍", Kind.CHOICE, choices=_WORDS))
    outreach: Mapped[str | None] = column(Field("共建", Kind.CHOICE, choices=_WORDS))
    residents: Mapped[str | None] = column(Field("居民与房屋", Kind.CHOICE, choices=_WORDS))
    salary: Mapped[str | None] = column(Field("工资", Kind.CHOICE, choices=_WORDS))
    export: Mapped[bool | None] = column(Field("可以导出", Kind.YES_NO))
    unmask: Mapped[bool | None] = column(Field("可以看完整号码", Kind.YES_NO))
    ended: Mapped[date | None] = column(
        Field("停用日期", Kind.DATE, help="从这天起打不开台账；做过的事仍在操作记录里")
    )


ROOMS = {
    "party": ("organisation",),
    "hall": ("hall",),
    "grids": ("grids", "staff"),
    "outreach": ("outreach",),
    "residents": ("people", "places", "privacy"),
    "salary": ("salary",),
}
"""Which rooms of the house each column opens."""
