"""What a clerk types or pastes over a month's sheet: who, and what changes for him. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lanling_desktop.salary import rules
from lanling_desktop.standards import pinyin
from lanling_desktop.standards.amounts import fen, format_yuan, yuan

Person = tuple[str, str]  # id and name

_SCORES = {"优": "优秀", "称": "称职", "基": "基本称职", "不": "不称职"}
_AMOUNT = re.compile(r"^([+＋\-－])\s*([\d,.]+)\s*(.*)$", re.S)
_PERCENT = re.compile(r"^(\d+(?:\.\d+)?)\s*[%％]?$")


@dataclass(frozen=True)
class Typed:
    """A line as understood: whom it may mean, what it says of him, and what is wrong with it.

    One of `score` and `kind` is said, or neither while only the name is typed so far.
    """

    people: tuple[Person, ...]
    score: str = ""
    kind: str = ""
    amount: int = 0
    reason: str = ""
    problem: str = ""

    @property
    def says(self) -> bool:
        """Whether it says more than who."""
        return bool(self.score or self.kind)

    @property
    def words(self) -> str:
        """As the clerk reads it before Enter."""
        if self.problem:
            return self.problem
        who = "、".join(name for _, name in self.people[:5])
        if len(self.people) > 1:
            return f"{who}：有 {len(self.people)} 人，请再打一个字母"
        if self.score:
            unit = "" if self.score in rules.SCORES else "%"
            return f"{who}：本月考核 {self.score}{unit}，Enter 记下并重算"
        if self.kind:
            said = f"{self.kind} {format_yuan(yuan(self.amount))}（{self.reason}）"
            return f"{who}：{said}，Enter 记下并重算"
        return f"{who}：再打考核（95 或 优），或 +200 事由、-50 事由"


def understood(text: str, people: Sequence[Person], current: Person | None) -> Typed:
    """A line of the quick box: zs 95, 张三优, +200 高温 (of whoever is current)."""
    who, rest = _parted(text.strip(), people)
    found = _meant(who, people) if who else ((current,) if current else ())
    if not found:
        return Typed((), problem=f"没有人叫“{who}”，请打姓名或拼音首字母")
    if not rest:
        return Typed(tuple(found))
    return _said(tuple(found), rest)


def _parted(text: str, people: Sequence[Person]) -> tuple[str, str]:
    """The name and what is said of it; a name may itself have a word of a score in it."""
    named = max((name for _, name in people if text.startswith(name)), key=len, default="")
    if named:
        return named, text[len(named) :].strip()
    marks = "".join(_SCORES)
    match = re.match(rf"^([^\d+＋\-－{marks}]*)(.*)$", text, re.S)
    assert match is not None
    return match[1].strip(), match[2].strip()


def _meant(who: str, people: Sequence[Person]) -> Sequence[Person]:
    plain = who.lower().replace(" ", "")
    whole = [each for each in people if each[1] == who]
    if whole:
        return whole
    return [
        each
        for each in people
        if who in each[1]
        or pinyin.initials(each[1]).startswith(plain)
        or any("".join(way).startswith(plain) for way in pinyin.readings(each[1]))
        or any("".join(r[0] for r in way).startswith(plain) for way in pinyin.readings(each[1]))
    ]


def _said(people: tuple[Person, ...], rest: str) -> Typed:
    if rest[0] in _SCORES:
        return Typed(people, score=_SCORES[rest[0]])
    percent = _PERCENT.match(rest)
    if percent:
        return Typed(people, score=percent[1])
    amount = _AMOUNT.match(rest)
    if amount is None:
        return Typed(people, problem=f"看不懂“{rest}”：考核写 95 或 优，金额写 +200 事由")
    sign, figure, reason = amount.groups()
    try:
        value = fen(Decimal(figure.replace(",", "")))
    except (InvalidOperation, ValueError):
        return Typed(people, problem=f"金额“{figure}”请写到分，如 200 或 200.50")
    if value <= 0 or not reason:
        return Typed(people, problem="请在金额后面写明事由，如 +200 高温补贴")
    kind = rules.ALLOWANCE if sign in "+＋" else rules.OTHER_DEDUCTION
    return Typed(people, kind=kind, amount=value, reason=reason)


@dataclass(frozen=True)
class Pasted:
    """A block of scores out of a sheet: by worker, and the lines that could not be placed."""

    scores: dict[str, str]
    problems: tuple[str, ...]


def pasted(text: str, people: Sequence[Person]) -> Pasted:
    """Names and scores side by side; or one column of scores in the order of the sheet."""
    lines = [
        [cell.strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()
    ]
    if lines and all(len([c for c in line if c]) == 1 for line in lines):
        if len(lines) != len(people):
            words = f"粘贴的有 {len(lines)} 行，表里有 {len(people)} 人，对不上"
            return Pasted({}, (words,))
        lines = [[name, *line] for (_, name), line in zip(people, lines, strict=True)]
        by_order = dict(enumerate(people))
    else:
        by_order = {}
    found: dict[str, str] = {}
    problems = []
    for at, cells in enumerate(lines):
        names = [cell for cell in cells if any(cell == name for _, name in people)]
        whom = [by_order[at]] if by_order else [p for p in people if names and p[1] == names[0]]
        score = next((word for cell in reversed(cells) if (word := _score(cell))), "")
        if len(whom) == 1 and score:
            found[whom[0][0]] = score
        elif at or names:  # the first line may be the head of the sheet
            what = "有重名" if len(whom) > 1 else ("没有分数" if whom else "名单里没有这个人")
            problems.append(f"第 {at + 1} 行“{' '.join(cells)[:20]}”{what}")
    return Pasted(found, tuple(problems))


def _score(cell: str) -> str:
    if cell in rules.SCORES:
        return cell
    match = _PERCENT.match(cell)
    return match[1] if match else ""
