"""Invented people: names, identity numbers and telephones that belong to nobody.

Identity numbers. The sequences 996 to 999 were set apart for people over a hundred when the
15-digit numbers were given out (GB 11643-1989), so nobody born later was ever given one; every
number here ends in one of them before its check character. When a day's four are used up, which
only happens in offices far larger than the county, the division becomes 371381 and up: no
county-level city stands under 临沂市.

Telephones. Mobile numbers begin with 154, a block the ministry has not opened; local numbers
begin with 1, which no subscriber's does.
"""

from __future__ import annotations

from datetime import date
from random import Random

from lanling_desktop.standards import identity

DIVISION = "371324"
_BEYOND = 371381
_SEQUENCES = {"男": ("997", "999"), "女": ("998", "996")}

_COMMON = (
    "王王王王李李李李张张张张刘刘刘陈陈陈杨杨赵赵黄周吴徐孙孙朱马马胡郭林何高高梁郑罗宋宋谢唐韩韩曹"
    "许邓萧冯程蔡彭潘袁于于董董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦"
    "阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚卞颜闫相祝"
)
_READ_OTHERWISE = "单仇曾解查区盖朴翟覃"
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "令狐")
_RARE = "㛃𬭩䶮𠮷"
_OLD = {
    "男": ("建国志德文广士永洪兆景玉金学树", "华军民强明生才平富祥田山林海成"),
    "女": ("玉秀桂淑凤兰金美月素爱翠春俊", "兰英芳珍荣华梅莲香云琴芝霞花"),
}
_NEW = {
    "男": ("子浩宇俊一梓博嘉明晨泽志文天承", "轩然宇涵辰杰博豪睿阳航凯霖洋峰"),
    "女": ("子雨欣梓思佳一诗雅可语晓静婷", "涵萱怡彤琪悦妍雯馨宁瑶菲琳洁"),
}
_SINGLE = {"男": "伟强军勇磊涛斌鹏超刚", "女": "芳娜敏静丽艳娟霞婷雪"}
_TURN = 1985  # names before and after sound different
_FIRST_OFFICE, _MOBILE = "0539-1", "154"


class People:
    """Gives out names, numbers and telephones, none of them twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._named = 0
        self._given = 0
        self._phoned = 0
        self._born: dict[tuple[int, str], int] = {}

    def surname(self) -> str:
        """A family's name: now and then one of two characters, or one read otherwise."""
        self._named += 1
        if self._named % 61 == 0:
            return _DOUBLE[self._named // 61 % len(_DOUBLE)]
        if self._named % 37 == 0:
            return _READ_OTHERWISE[self._named // 37 % len(_READ_OTHERWISE)]
        return self._random.choice(_COMMON)

    def given(self, sex: str, born: int) -> str:
        """A given name as the years have it: now and then with a character few fonts have."""
        random = self._random
        self._given += 1
        first, second = (_OLD if born < _TURN else _NEW)[sex]
        if self._given % 149 == 0:
            return random.choice(first) + _RARE[self._given // 149 % len(_RARE)]
        if random.random() < 0.18:
            return random.choice(_SINGLE[sex])
        return random.choice(first) + random.choice(second)

    def number(self, birth: date, sex: str) -> str:
        """An identity number of that day and sex, right by its check character."""
        place = (birth.toordinal(), sex)
        used = self._born.get(place, 0)
        self._born[place] = used + 1
        division = DIVISION if used < 2 else str(_BEYOND + used // 2 - 1)
        first17 = f"{division}{birth:%Y%m%d}{_SEQUENCES[sex][used % 2]}"
        return first17 + identity.check_character(first17)

    def mobile(self) -> str:
        """A mobile number; the step spreads the tails, which clerks search by."""
        self._phoned += 1
        return f"{_MOBILE}{self._phoned * 12_345_679 % 100_000_000:08d}"

    def office_phone(self, number: int) -> str:
        """A community's telephone."""
        return f"{_FIRST_OFFICE}{number:06d}"
