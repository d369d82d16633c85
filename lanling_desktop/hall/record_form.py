"""会议记录: the form of domain.md 3.3, its boxes in that order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lanling_desktop.hall import rules, wording
from lanling_desktop.hall.minutes import Matter, Minutes, matter_from
from lanling_desktop.printing.paper import Job

if TYPE_CHECKING:
    from lanling_desktop.printing.form import Block, Cell, Form

_LABEL = 0.13
_TO_WRITE = 24.0  # mm of an empty box on a form filled in by hand
_EMPTY = matter_from({})


def record_form(said: Minutes, job: Job) -> Form:
    """The record of a meeting; of one not held yet, the form to write it on."""
    from lanling_desktop.printing.form import Form, Grid, Note, label, value

    by_hand = not said.held_on
    blocks: list[Block] = [*_heads(said), *_carried(said, by_hand=by_hand)]
    topics = said.topics or ((_EMPTY,) * 2 if by_hand else ())
    for number, matter in enumerate(topics, 1):
        blocks += _matter(number, matter, by_hand=by_hand)
    blocks += [
        Grid([_wide("表决情况", _votes(said))], flows=True),
        Grid([_wide("其他", said.other or ("" if by_hand else wording.NOTHING))], flows=True),
        Grid(
            [
                [label("主持人签字", _LABEL), value("", 0.37), label("记录人签字", _LABEL),
                 value("", 0.37)],
                _wide("参会人员签字", "见签到表"),
            ],
            least_mm=13.0,
            bound=True,
        ),
    ]  # fmt: skip
    if said.version > 1:
        blocks.append(Note(f"注：本记录为第{said.version}版。更正理由：{said.reason}"))
    return Form(
        title=f"{said.title}记录{wording.open_mark(said)}",
        unit=job.unit,
        blocks=blocks,
        made_on=job.made_on,
        number=wording.said_number(said),
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        demo=job.demo,
    )


def _wide(name: str, text: str) -> list[Cell]:
    from lanling_desktop.printing.form import label, value

    return [label(name, _LABEL), value(text, 1 - _LABEL, align="left")]


def _people(name: str, text: str) -> list[Cell]:
    from lanling_desktop.printing.form import Cell, label

    return [label(name, _LABEL), Cell(text, 1 - _LABEL, align="left", names=True)]


def _heads(said: Minutes) -> Iterator[Block]:
    from lanling_desktop.printing.form import Grid, label, value

    def pair(name: str, text: str, share: float) -> list[Cell]:
        return [label(name, _LABEL), value(text, share - _LABEL)]

    counted = bool(said.held_on)
    should = f"应到 {said.should_attend if counted or said.should_attend else '　　'} 人"
    came = f"实到 {said.attended if counted else '　　'} 人"
    nobody = wording.NOTHING if counted else ""
    sitting_in = wording.by_side(said.who(rules.SITTING_IN))
    yield Grid(
        [
            [
                *pair("时间", wording.said_time(said), 0.6),
                *pair("应到/实到", f"{should}，{came}", 0.4),
            ],
            [*pair("地点", said.place, 1.0)],
            [*pair("主持人", said.chair, 0.5), *pair("记录人", said.recorder, 0.5)],
        ]
    )
    yield Grid(
        [
            _people("出席人员", wording.by_side(said.who(rules.PRESENT)) or nobody),
            _people("列席人员", sitting_in or nobody),
            _people("请假缺席\n及原因", wording.away(said.people) or nobody),
        ],
        flows=True,
    )


def _carried(said: Minutes, *, by_hand: bool) -> Iterator[Block]:
    from lanling_desktop.printing.form import Grid

    lines = wording.carried_lines(said.carried) or "没有上次遗留的议定事项。"
    least = _TO_WRITE if by_hand and said.carried else 9.0
    yield Grid([_wide("上次议定\n事项落实\n情况", lines)], least_mm=least, flows=True)


def _matter(number: int, matter: Matter, *, by_hand: bool) -> Iterator[Block]:
    """One 议题: its heading stays with the beginning of what was said on it."""
    from lanling_desktop.printing.form import Cell, Grid, label, value
    from lanling_desktop.printing.official_parts import chinese_number

    side = f"议题{chinese_number(number)}"
    share = _LABEL
    about = [Cell(matter.title, 1.0, label=True)]
    whom = "　".join(part for part in (matter.proposer, matter.place) if part)
    yield Grid(
        [
            about,
            [label("提出人", share), value(whom or ("" if by_hand else wording.NOT_CALLED_FOR), 0.5 - share),
             label("来源类别", share),
             value("　".join(part for part in (matter.source, matter.category) if part), 0.5 - share)],
        ],
        side=side,
        bound=True,
    )  # fmt: skip
    said = "\n".join(part for part in (matter.description, matter.discussion) if part)
    yield Grid(
        [
            _wide("讨论摘要", said or ("" if by_hand else wording.NOT_CALLED_FOR)),
            _wide("议定意见", _opinion(matter)),
        ],
        side=side,
        flows=True,
        least_mm=_TO_WRITE if by_hand else 9.0,
    )
    yield Grid(
        [
            [label("责任人", share), value(wording.who_does_it(matter), 0.5 - share),
             label("完成时限", share), value(wording.until(matter), 0.5 - share)]
        ],
        side=side,
    )  # fmt: skip


def _opinion(matter: Matter) -> str:
    said = [wording.sentence(matter.decision)]
    if matter.measure and matter.measure != matter.decision:
        said.append(wording.sentence(f"办理措施：{matter.measure}"))
    how = wording.disposal(matter)
    return "\n".join([*(each for each in said if each), *([f"【{how}】"] if how else [])])


def _votes(said: Minutes) -> str:
    from lanling_desktop.printing.official_parts import chinese_number

    lines = []
    for number, matter in enumerate(said.topics, 1):
        vote = wording.vote(matter, said.should_attend)
        if vote:
            lines.append(f"议题{chinese_number(number)}（{matter.title}）：{vote}。")
    return "\n".join(lines) or ("没有进行表决。" if said.held_on else "")
