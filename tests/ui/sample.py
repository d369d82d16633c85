"""A form with every kind of column, as the register of central households might have it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from lanling_desktop.core.field import Field, Kind

SECTIONS = (
    (
        "基本情况",
        (
            ("name", Field("户主", Kind.NAME, required=True)),
            (
                "identity",
                Field(
                    "身份证号",
                    Kind.IDENTITY,
                    required=True,
                    sensitive=True,
                    help="15 位旧号会提示 18 位",
                ),
            ),
            ("sex", Field("性别", Kind.CHOICE, choices="sex")),
            ("birth", Field("出生日期", Kind.DATE, help="与身份证号不同时写明理由")),
            ("phone", Field("联系电话", Kind.PHONE, sensitive=True)),
            ("branch", Field("所在党支部", Kind.LINK, link="branch", pinned=True)),
            ("address", Field("地址", required=True, sensitive=True, pinned=True)),
        ),
    ),
    (
        "挂牌",
        (
            ("since", Field("挂牌日期", Kind.DATE)),
            ("plaque", Field("牌号")),
            ("state", Field("状态", Kind.CHOICE, choices=("筹建", "已挂牌", "已摘牌"))),
            ("duties", Field("职责", Kind.MANY, choices=("党建", "综治", "民政", "应急", "环境"))),
            ("moving", Field("是否纳入流动党员双重管理", Kind.YES_NO)),
            ("members", Field("联系党员数", Kind.INTEGER, computed=True)),
            ("grant", Field("补助", Kind.MONEY)),
            ("remark", Field("备注", Kind.LONG_TEXT)),
        ),
    ),
)
VALUES = {
    "name": "张玉兰",
    "phone": "13812345678",
    "branch": "branch-4",
    "address": "兰陵花园 4号楼 1单元 401",
    "since": date(2019, 6, 28),
    "plaque": "XY-0004",
    "state": "已挂牌",
    "duties": "党建、应急",
    "members": 8,
    "grant": 50000,
}
BRANCHES = [(f"branch-{n}", f"第{n}网格党支部", "向阳社区") for n in range(1, 40)]


def lookup(register: str, words: str) -> list[tuple[object, str, str]]:
    assert register == "branch"
    return [each for each in BRANCHES if words in each[1]]


def today() -> date:
    return date(2026, 11, 22)


Today = Callable[[], date]
