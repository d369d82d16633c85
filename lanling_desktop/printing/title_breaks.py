"""Where a title turns: lines in the shape of a trapezoid or a diamond, words kept whole.

GB/T 9704-2012 7.3.1 asks for both. There is no dictionary here: the words an office puts in its
titles are few, and a title that needs more can be given with its own line ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from lanling_desktop.printing.fonts import Role, Typeface, clean, typeface
from lanling_desktop.printing.page import balanced
from lanling_desktop.printing.text import Line, atoms, lay_out

_AFTER = frozenset("的，、；：》”）")  # a reader pauses here
_BEFORE = (
    "关于",
    "召开",
    "开展",
    "印发",
    "做好",
    "加强",
    "推进",
    "第",
    "和",
    "及",
    "与",
    "《",
    "“",
    "（",
)
_WORDS = (
    "社区", "小区", "街道", "议事厅", "议事", "会议", "例会", "纪要", "通知", "公示", "工作", "网格",
    "网格员", "党员", "中心户", "党总支", "党支部", "党委", "居民", "居委会", "业主", "委员会", "物业",
    "红色", "情况", "报告", "方案", "意见", "办法", "事项", "问题", "落实", "整治", "管理", "服务",
    "名单", "结果", "考核", "工资", "年度", "专职", "工作者", "关于", "召开", "开展", "印发", "做好",
    "加强", "推进", "人员", "活动", "建设", "治理", "改造", "整改", "充电", "消防", "安全", "经费",
)  # fmt: skip
_MOST_LINES = 4
_NEAR = 8  # pieces a cut may lie off its fair place


def break_title(text: str, role: Role, size: float, width: float) -> list[Line]:
    """Lines of a heading of at most `width` points; a line end in the text is obeyed."""
    text = clean(text)
    face = typeface(role)
    whole = lay_out(text, face, size, width)
    pieces = atoms(text)
    if "\n" in text or len(whole) == 1:
        return whole
    if len(whole) > _MOST_LINES:
        return balanced(text, role, size, width)
    found = _best(pieces, len(whole), face, width / size)
    return lay_out("\n".join(found), face, size, width) if found else whole


def split_evenly(text: str, count: int, role: Role) -> list[str]:
    """A text cut into `count` pieces of about equal length, at a word's end where it can be."""
    pieces = atoms(clean(text).replace("\n", ""))
    if count < 2 or len(pieces) < count:
        return ["".join(pieces)]
    face = typeface(role)
    costs = _turns(pieces)
    ems = [face.width(piece, 1.0) for piece in pieces]
    fair = sum(ems) / count

    def cost(cuts: tuple[int, ...]) -> float:
        widths = [sum(ems[start:end]) for start, end in _spans(cuts, len(ems))]
        return sum(0.3 * (width - fair) ** 2 for width in widths) + sum(costs[cut] for cut in cuts)

    cuts = min(_cuts(len(pieces), count), key=cost)
    return ["".join(pieces[start:end]) for start, end in _spans(cuts, len(pieces))]


def _best(pieces: list[str], count: int, face: Typeface, room: float) -> list[str]:
    """The cheapest way to turn, of every way that fits; none when no way does."""
    ems = [face.width(piece, 1.0) for piece in pieces]
    sums = [0.0]
    for em in ems:
        sums.append(sums[-1] + em)
    costs = _turns(pieces)
    best: tuple[float, tuple[int, ...]] | None = None
    for cuts in _cuts(len(pieces), count):
        spans = _spans(cuts, len(pieces))
        widths = [sums[end] - sums[start] for start, end in spans]
        if max(widths) > room:
            continue
        cost = _shape(widths) + sum(costs[cut] for cut in cuts)
        if best is None or cost < best[0]:
            best = cost, cuts
    if best is None:
        return []
    return ["".join(pieces[start:end]).strip() for start, end in _spans(best[1], len(pieces))]


def _cuts(pieces: int, count: int) -> Iterator[tuple[int, ...]]:
    """Ways to cut into `count`, each cut near its fair place, so that long titles take no time."""
    windows = []
    for cut in range(1, count):
        fair = round(cut * pieces / count)
        windows.append(range(max(1, fair - _NEAR), min(pieces, fair + _NEAR + 1)))
    return (
        cuts
        for cuts in product(*windows)
        if all(earlier < later for earlier, later in pairwise(cuts))
    )


def _spans(cuts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip((0, *cuts), (*cuts, end), strict=True))


def _shape(widths: list[float]) -> float:
    """What a shape costs: the closer to an even trapezoid or diamond the less."""
    steps = [later - earlier for earlier, later in pairwise(widths)]
    cost = sum(0.0 if 1 <= abs(step) <= 5 else 0.8 * _away(abs(step)) ** 2 for step in steps)
    for earlier, later in pairwise(steps):
        if earlier < 0 < later:
            cost += 40.0  # an hourglass
        elif earlier > 0 > later:
            cost -= 1.0  # a diamond pleases
    return cost


def _away(step: float) -> float:
    return 2.5 * (1 - step) if step < 1 else step - 5


def _turns(pieces: list[str]) -> list[float]:
    """What it costs to turn before each piece."""
    text = "".join(pieces)
    inside: set[int] = set()
    for word in _WORDS:
        at = text.find(word)
        while at >= 0:
            inside.update(range(at + 1, at + len(word)))
            at = text.find(word, at + 1)
    costs, at = [], 0
    for piece in pieces:
        before, after = text[:at], text[at:]
        cost = 12.0 if at in inside else 3.0
        if before.endswith(tuple(_AFTER)) or after.startswith(_BEFORE):
            cost = min(cost, 0.0) if at not in inside else cost
        elif before.endswith(_WORDS):
            cost = min(cost, 1.5)
        if len(after) < 3 or after[:1] == "的":
            cost += 6.0
        costs.append(cost)
        at += len(piece)
    return costs
