"""A pay scheme as a clerk sees it: the grid of posts and grades, and its rules a row each.

A `Working` copy takes what is typed, cell by cell, and says what is wrong with it in words; what
cannot be read stays as typed until it is put right. Nothing here knows the office or a screen.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.salary import scheme as words
from lanling_desktop.salary.scheme import LEVELS, UNKNOWN, Scheme, loaded, plain
from lanling_desktop.staff.rules import POSTS

Place = tuple[str, ...]
"""Where a figure stands: ("grades", post, grade), ("posts", post, "min"), ("base", "kind")."""

EVERY = "各岗位"
NOTHING = "无"
ALLOWED = "设此岗位"
_LEAST_ROWS, _MOST_SHOWN, _HUNDRED = 18, 3, 100
_FIGURE = re.compile(r"\d{1,9}(\.\d{1,6})?")
_SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("方案", ("name", "doc_no", "issuer", "effective_from", "source")),
    ("岗位", ("posts",)),
    ("基数", ("base", "value_of_grade")),
    ("年限", ("tenure",)),
    ("学历", ("education",)),
    ("证书", ("certificate",)),
    ("荣誉", ("honour",)),
    ("补贴", ("concurrent_post",)),
    ("绩效", ("split", "assessment")),
    ("试用期", ("probation",)),
    ("取整", ("rounding", "keep_higher")),
)
_VOCABULARY: Mapping[Place, tuple[str, ...]] = {
    ("education", "full"): ("大专", "本科", "硕士", "博士"),
    ("education", "partial_deemed_years"): ("大专", "本科", "硕士", "博士"),
    ("certificate", "allowance"): LEVELS,
    ("certificate", "grades"): LEVELS,
    ("honour", "grades"): ("功勋", "国家", "省"),
    ("assessment",): ("优秀", "合格", "基本合格", "不合格"),
}
_PERCENT = ("performance_pct", "pct_of_staff_entry")


class State(Enum):
    """How a cell of the grid stands."""

    OWN = "own"  # it says a figure itself
    COMMON = "common"  # the figure for all posts holds for it
    UNKNOWN = "unknown"  # a figure is needed and nobody said it
    OUTSIDE = "outside"  # the post has no such grade
    WRONG = "wrong"  # what was typed cannot be read


@dataclass(frozen=True)
class Shown:
    """A cell of the grid as it is shown."""

    text: str
    state: State


@dataclass(frozen=True)
class Rule:
    """A row of the rules: where it stands, what it says, and the words it may say."""

    place: Place
    section: str
    label: str
    text: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    wrong: bool = False


class Working:
    """A scheme being filled in. `put` takes what is typed; `built` gives the scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self.before = scheme
        self._said: dict[str, Any] = plain(scheme)
        self.problems: dict[Place, tuple[str, str]] = {}  # what was typed, and what is wrong

    @property
    def changed(self) -> bool:
        """Whether anything is not as it was."""
        return bool(self.problems) or self._said != plain(self.before)

    def kept(self) -> dict[str, Any]:
        """What is typed so far, unreadable cells too, for a later day."""
        wrong = [[list(place), typed] for place, (typed, _) in self.problems.items()]
        return {"said": json.loads(json.dumps(self._said)), "wrong": wrong}

    def resume(self, kept: Mapping[str, Any]) -> None:
        """Go on with what `kept` gave."""
        self._said = plain(loaded(json.dumps(kept["said"])))
        for place, typed in kept["wrong"]:
            self.put(tuple(place), typed)

    def built(self) -> Scheme:
        """The scheme as it stands. Raises `OfficeError` naming the cells that cannot be read."""
        found = [f"{self.named(p)}：{why}" for p, (_, why) in self.problems.items()]
        found += list(self._out_of_order())
        if found:
            more = f"（另有 {len(found) - _MOST_SHOWN} 处）" if len(found) > _MOST_SHOWN else ""
            raise OfficeError(
                "；".join(found[:_MOST_SHOWN]) + more,
                "没有保存，填的内容都还在",
                "请改好标红的格再保存",
            )
        return loaded(json.dumps(self._said))

    def _out_of_order(self) -> Iterator[str]:
        for post in self._said["posts"]:
            told = [each for each in (post["min"], post["entry"], post["max"]) if each is not None]
            if told != sorted(told):
                yield f"{post['name']}的最低、起点、最高等级不是从小到大"

    # The grid

    @property
    def posts(self) -> tuple[str, ...]:
        """The columns: all posts together, then each."""
        return ("", *(each["name"] for each in self._said["posts"]))

    @property
    def grades(self) -> int:
        """How many rows the grid has."""
        tops: list[int] = [each["max"] or 0 for each in self._said["posts"]]
        said: list[int] = [each["grade"] for each in self._said["grades"]]
        return max([_LEAST_ROWS, *tops, *said])

    @property
    def figure(self) -> str:
        """What the cells are: 系数 or 金额."""
        kind: str | None = self._said["value_of_grade"]
        return words.VALUE_WORDS[kind]

    def cell(self, post: str, grade: int) -> Shown:
        """A cell of the grid."""
        wrong = self.problems.get(("grades", post, str(grade)))
        if wrong:
            return Shown(wrong[0], State.WRONG)
        own = self._own(post, grade)
        if own is not None:
            return Shown(own, State.OWN)
        if not post:
            lacking = any(
                self._has(each, grade) and self._own(each, grade) is None for each in self.posts[1:]
            )
            return Shown(UNKNOWN, State.UNKNOWN) if lacking else Shown("", State.OUTSIDE)
        if not self._has(post, grade):
            return Shown("", State.OUTSIDE)
        common = self._own("", grade)
        if common is not None:
            return Shown(common, State.COMMON)
        return Shown(UNKNOWN, State.UNKNOWN)

    def open(self, post: str, grade: int) -> bool:
        """Whether a figure may stand in a cell at all."""
        return not post or self._has(post, grade) or self._own(post, grade) is not None

    def _own(self, post: str, grade: int) -> str | None:
        rows = (x for x in self._said["grades"] if (x["post"], x["grade"]) == (post, grade))
        return next((row["value"] for row in rows if row["value"] is not None), None)

    def _has(self, post: str, grade: int) -> bool:
        said = next(each for each in self._said["posts"] if each["name"] == post)
        low: int | None = said["min"]
        high: int | None = said["max"]
        return (low is None or low <= grade) and (high is None or grade <= high)

    # The rules

    def rules(self) -> list[Rule]:
        """Everything beside the grid, section by section."""
        return [each for name, keys in _SECTIONS for key in keys for each in self._rules(name, key)]

    def _rules(self, section: str, key: str) -> Iterator[Rule]:
        if key == "posts":
            for name in self._known_posts():
                yield from self._of_post(name)
            return
        for place in _places((key,), self._said[key]):
            yield self._rule(section, place)

    def _known_posts(self) -> list[str]:
        """Every post there is, one of the scheme's own after the one it follows there."""
        found = list(POSTS)
        before = ""
        for each in self.posts[1:]:
            if each not in found:
                found.insert(found.index(before) + 1 if before else 0, each)
            before = each
        return found

    def _of_post(self, name: str) -> Iterator[Rule]:
        yield self._rule("岗位", ("posts", name))
        if name in self.posts:
            for key in ("min", "max", "entry", "pay"):
                yield self._rule("岗位", ("posts", name, key))

    def _rule(self, section: str, place: Place) -> Rule:
        label = self.named(place).removeprefix(f"{section} ")
        choices = _choices(place)
        wrong = self.problems.get(place)
        text = wrong[0] if wrong else self.text(place)
        hint = "　".join(f"{at} {each}" for at, each in enumerate(choices, 1)) or _hint(place)
        return Rule(place, section, label, text, choices, hint, bool(wrong))

    def text(self, place: Place) -> str:
        """What a place says, in words."""
        if place[0] == "grades":
            return self._own(place[1], int(place[2])) or ""
        if len(place) == 2 and place[0] == "posts":
            return "是" if place[1] in self.posts else "否"
        table = self._table(place)
        value = table.get(place[-1], NOTHING)
        if value is None and self._unneeded(place):
            return NOTHING
        return words.said_of(value)

    def _unneeded(self, place: Place) -> bool:
        """Whether a figure that is not there is not asked for either."""
        said = self._said
        base, split = said["base"]["kind"], said["split"]["mode"]
        known: dict[Place, bool] = {
            ("base", "value"): base == "none",
            ("base", "multiple"): base in ("none", "fixed"),
            ("split", "performance_pct"): split in ("fixed", "none"),
            ("split", "performance_fixed"): split in ("percent", "none"),
            ("split", "performance_frequency"): split == "none",
        }
        return known.get(place, place[0] == "posts" and place[-1] == "pay")

    def named(self, place: Place) -> str:
        """A place in the words of the screen: 正职 8 级, 基数 方式."""
        if place[0] == "grades":
            return f"{place[1] or EVERY} {place[2]} 级"
        if place[0] == "posts":
            return f"{place[1]} {words.LABELS[place[2]] if len(place) > 2 else ALLOWED}"
        return " ".join(words.LABELS.get(each, each) for each in place)

    # Typed

    def put(self, place: Place, typed: str) -> str:
        """Take what was typed; returns what is wrong with it, or nothing."""
        text = unicodedata.normalize("NFKC", typed).strip()
        text = "" if text == UNKNOWN else text
        try:
            self._put(place, text, typed.strip())
        except ValueError as why:
            self.problems[place] = typed.strip(), str(why)
            return str(why)
        self.problems.pop(place, None)
        return ""

    def _put(self, place: Place, text: str, typed: str) -> None:
        if place[0] == "grades":
            self._put_figure(place[1], int(place[2]), _above_nought(text) if text else None)
        elif place[0] == "posts" and len(place) == 2:
            self._put_post(place[1], _choice(("是", "否"), text) == "是")
        elif place in _VOCABULARY or place[:-1] in _VOCABULARY:
            table = self._table(place)
            if text == NOTHING:
                table.pop(place[-1], None)
            else:
                table[place[-1]] = _figure(text) if text else None
        else:
            self._table(place)[place[-1]] = self._meant(place, text, typed)

    def _put_figure(self, post: str, grade: int, value: str | None) -> None:
        if value is not None and not self.open(post, grade):
            raise ValueError(f"{post}没有 {grade} 级")
        for row in self._said["grades"]:
            if (row["post"], row["grade"]) == (post, grade):
                row["value"] = value
                return
        if value is not None:
            self._said["grades"].append({"grade": grade, "value": value, "post": post})

    def _put_post(self, name: str, wanted: bool) -> None:
        posts, order = self._said["posts"], self._known_posts()
        if wanted and name not in self.posts:
            posts.append({"name": name, "min": None, "max": None, "entry": None, "pay": None})
            posts.sort(key=lambda each: order.index(each["name"]))
        elif not wanted:
            self._said["posts"] = [each for each in posts if each["name"] != name]
            kept = [each for each in self._said["grades"] if each["post"] != name]
            self._said["grades"] = kept

    def _meant(self, place: Place, text: str, typed: str) -> Any:
        kind, optional = _kind(place)
        choices = _choices(place)
        if choices and text:
            return words.meant(place, _choice(choices, text), None)
        if not text or (text == NOTHING and self._unneeded(place)):
            if kind is str and not choices and place != ("name",):
                return ""
            if optional:
                return None
            raise ValueError("这一格不能空着")
        if kind is int:
            return _whole(text)
        if kind is Decimal:
            return _limited(place, _figure(text))
        return _day(text) if place == ("effective_from",) else typed

    def _table(self, place: Place) -> dict[str, Any]:
        at: Any = self._said
        for step in place[:-1]:
            at = next(x for x in at if x["name"] == step) if isinstance(at, list) else at[step]
        found: dict[str, Any] = at
        return found


def _places(place: Place, value: Any) -> Iterator[Place]:
    if place in _VOCABULARY:
        for key in dict.fromkeys((*_VOCABULARY[place], *value)):
            yield (*place, key)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _places((*place, key), each)
    else:
        yield place


def _kind(place: Place) -> tuple[Any, bool]:
    """The type of a place, and whether it may be unknown."""
    kind: Any = Scheme
    optional = False
    steps = place if place[0] != "posts" else ("posts", place[-1])
    for step in steps:
        if get_origin(kind) is tuple:
            kind = get_args(kind)[0]
        kind = get_type_hints(kind)[step] if is_dataclass(kind) else Decimal
        if get_origin(kind) in (Union, UnionType):
            optional = type(None) in get_args(kind)
            kind = next(each for each in get_args(kind) if each is not type(None))
    return kind, optional


def _choices(place: Place) -> tuple[str, ...]:
    if len(place) == 2 and place[0] == "posts":
        return ("是", "否")
    known = dict(words.SWITCHES).get(".".join(place))
    if known is not None:
        return tuple(words.said_of(each) for each in known)
    if place[0] == "posts" or place in _VOCABULARY or place[:-1] in _VOCABULARY:
        return ()
    return ("是", "否") if _kind(place)[0] is bool else ()


def _hint(place: Place) -> str:
    if place == ("effective_from",):
        return "日期，如 2026-07-01"
    if place[-1] in _PERCENT:
        return "百分数，如 30"
    if place[:-1] in _VOCABULARY:
        return "数；文件没有这一条填“无”"
    if place[0] == "posts":
        return "元；没有填“无”" if place[-1] == "pay" else "等级"
    return "数" if _kind(place)[0] in (int, Decimal) else ""


def _choice(choices: tuple[str, ...], text: str) -> str:
    if text in choices:
        return text
    if text.isdigit() and 0 < int(text) <= len(choices):
        return choices[int(text) - 1]
    raise ValueError(f"只能填 {'、'.join(choices)}")


def _figure(text: str) -> str:
    plain_text = text.replace(",", "").removesuffix("元").strip()
    if not _FIGURE.fullmatch(plain_text):
        raise ValueError(f"“{text[:12]}”不是一个数")
    return plain_text


def _above_nought(text: str) -> str:
    found = _figure(text)
    if Decimal(found) == 0:
        raise ValueError("不能是 0；不知道的请留空")
    return found


def _limited(place: Place, text: str) -> str:
    if place[-1] in _PERCENT and Decimal(text) > _HUNDRED:
        raise ValueError("百分数不能超过 100")
    if place[0] == "rounding" and Decimal(text) == 0:
        raise ValueError("取整不能是 0")
    return text


def _whole(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= _HUNDRED:
        raise ValueError(f"“{text[:12]}”不是 1 到 {_HUNDRED} 的整数")
    return int(text)


def _day(text: str) -> str:
    found = re.fullmatch(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?", text)
    try:
        assert found is not None
        return date(*map(int, found.groups())).isoformat()
    except (AssertionError, ValueError):
        raise ValueError(f"“{text[:12]}”不是日期") from None
