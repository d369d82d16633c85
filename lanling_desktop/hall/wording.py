"""What the papers of a hall say in words: days, who came, what was decided. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from lanling_desktop.hall import rules
from lanling_desktop.hall.minutes import Matter, Minutes, Person
from lanling_desktop.standards import dates, identity

NOTHING = "无"
NOT_CALLED_FOR = "——"
OPEN_MARK = "（未定稿）"
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MOBILE = re.compile(r"(?<!\d)1\d{10}(?!\d)")
_ROOM = re.compile(r"(?<=单元)[ 　]*\d{1,4}[室号]?")


def day_of(iso: str) -> date | None:
    """A day of a frozen copy."""
    return date.fromisoformat(iso) if iso else None


def said_day(iso: str, empty: str = "") -> str:
    """2026年9月10日."""
    day = day_of(iso)
    return dates.paper(day) if day else empty


def with_weekday(day: date) -> str:
    """2026年9月10日（星期四）."""
    return f"{dates.paper(day)}（星期{'一二三四五六日'[day.weekday()]}）"


def said_time(said: Minutes) -> str:
    """When a meeting was, or is to be: 2026年9月10日 19:00-20:40."""
    begins = said.start_time or "　　:　　"
    ends = said.end_time or "　　:　　"
    return f"{said_day(said.held_on or said.planned_on)}　{begins}-{ends}"


def open_mark(said: Minutes) -> str:
    """What stands behind a title while the minutes are open."""
    return "" if said.number else OPEN_MARK


def said_number(said: Minutes) -> str:
    """The minutes' number, with the version where it is not the first."""
    return f"{said.number}（第{said.version}版）" if said.version > 1 else said.number


def named(person: Person) -> str:
    """赵建国（社区党委书记）: with the duty, or the side where none is given."""
    who = person.duty or person.side
    return f"{person.name}（{who}）" if who else person.name


def by_side(people: Iterable[Person]) -> str:
    """One line for each side, in the order of the roll."""
    sides: dict[str, list[str]] = {}
    for each in people:
        said = f"{each.name}（{each.duty}）" if each.duty else each.name
        sides.setdefault(each.side, []).append(said)
    return "\n".join(f"{side}：{'、'.join(names)}" for side, names in sides.items())


def away(people: Iterable[Person]) -> str:
    """王五（请假，出差）、赵六（缺席）."""
    said = (
        f"{each.name}（{each.attendance}{'，' if each.reason else ''}{each.reason}）"
        for each in people
        if each.attendance in (rules.EXCUSED, rules.ABSENT)
    )
    return "、".join(said)


def sentence(text: str) -> str:
    """A text with a full stop, unless it ends in a mark already."""
    text = text.rstrip()
    return text if not text or text[-1] in "。！？；…" else f"{text}。"


def disposal(matter: Matter) -> str:
    """How a matter ended: 暂缓（理由：等街道批复）."""
    if matter.disposal and matter.disposal_reason:
        return f"{matter.disposal}（理由：{matter.disposal_reason}）"
    return matter.disposal


def who_does_it(matter: Matter) -> str:
    """卞庄街道城建办　李敏（配合：业委会）."""
    if matter.disposal in (rules.AT_ONCE, rules.REJECTED):
        return NOT_CALLED_FOR
    said = "　".join(part for part in (matter.lead_unit, matter.responsible) if part)
    return f"{said}（配合：{matter.co_units}）" if matter.co_units and said else said


def until(matter: Matter) -> str:
    """Until when a matter is to be done."""
    if matter.due_on:
        return said_day(matter.due_on)
    if matter.disposal == rules.AT_ONCE:
        return "当场解决"
    return NOT_CALLED_FOR if matter.disposal in (rules.PUT_OFF, rules.REJECTED) else ""


def vote(matter: Matter, members: int) -> str:
    """举手表决，应到5人，赞成4票，反对0票，弃权1票，通过; empty where nobody voted."""
    votes = (matter.votes_for, matter.votes_against, matter.votes_abstain)
    if all(each is None for each in votes):
        return ""
    given = [each or 0 for each in votes]
    how = f"{matter.vote_method}表决" if matter.vote_method else "表决"
    how = how.replace("投票表决", "投票")
    counted = f"赞成{given[0]}票，反对{given[1]}票，弃权{given[2]}票"
    came = f"应到{members}人，" if members else ""
    result = ""
    if members:
        result = (
            "，赞成过半数，通过" if rules.passes(given[0], members) else "，赞成未过半数，未通过"
        )
    return f"{how}，{came}{counted}{result}"


def decided(matter: Matter) -> str:
    """What was decided on a matter, in one paragraph."""
    parts = [sentence(matter.decision)]
    if matter.measure and matter.measure != matter.decision:
        parts.append(sentence(f"办理措施：{matter.measure}"))
    parts.append(_task(matter))
    return "".join(parts)


def _task(matter: Matter) -> str:
    helped = f"，{matter.co_units}配合" if matter.co_units else ""
    due = f"，于{said_day(matter.due_on)}前完成" if matter.due_on else ""
    match matter.disposal:
        case rules.AT_ONCE:
            return "该事项当场解决。"
        case rules.BY_A_DAY:
            return f"由{matter.lead_unit}{matter.responsible}负责{helped}{due}。"
        case rules.PASSED_ON:
            answer = f"，于{said_day(matter.due_on)}前答复" if matter.due_on else ""
            follows = f"，{matter.responsible}负责跟进" if matter.responsible else ""
            return f"转{matter.lead_unit}办理{helped}{follows}{answer}。"
        case rules.PUT_OFF | rules.REJECTED:
            why = f"，理由：{matter.disposal_reason}" if matter.disposal_reason else ""
            return sentence(f"该事项{matter.disposal}{why}")
        case _:
            return ""


def reported(matter: Matter) -> str:
    """What became of a matter decided before."""
    said = [matter.progress or f"目前状态：{matter.status}" if matter.status else matter.progress]
    said += [matter.discussion, matter.decision]
    return "".join(sentence(each) for each in said if each) or NOTHING


def carried_lines(matters: Sequence[Matter]) -> str:
    """上次议定事项落实情况: a numbered line for each."""
    lines = []
    for number, each in enumerate(matters, 1):
        known = (
            f"责任人：{each.responsible}" if each.responsible else "",
            f"时限：{said_day(each.due_on)}" if each.due_on else "",
        )
        brief = "，".join(part for part in known if part)
        lines.append(f"{number}. {each.title}{f'（{brief}）' if brief else ''}：{reported(each)}")
    return "\n".join(lines)


def for_everybody(text: str) -> str:
    """A text as it may hang on a wall: no identity number, no mobile number, no door."""
    text = _NUMBER.sub(lambda found: identity.mask(found[0]), text)
    text = _MOBILE.sub(lambda found: identity.mask_phone(found[0]), text)
    return _ROOM.sub("", text)
