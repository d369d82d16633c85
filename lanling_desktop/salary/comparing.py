"""Two schemes beside each other: where they differ, and what a month would pay by each.

Worked out from the facts of the month by the same pure function that pays; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlalchemy import select

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnyRow, table_of
from lanling_desktop.salary import reading, rules
from lanling_desktop.salary.deciding import compute
from lanling_desktop.salary.month import Inputs, Payroll, Slip
from lanling_desktop.salary.reading import MONTHLY, Known
from lanling_desktop.salary.records import PayRun, SalaryScheme
from lanling_desktop.salary.scheme import Scheme, labelled, plain
from lanling_desktop.salary.schemes import opened

GRADINGS = AS_DECIDED, BY_RULES = ("按现在认定的等级", "按各方案重新定级")
_SAFE = "没有改动任何数据"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Difference:
    """Where two schemes differ: the place, what the one says and what the other."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class Offer:
    """A scheme that can be compared with; its words tell it from others of its name."""

    id: str
    title: str


@dataclass(frozen=True)
class Paid:
    """A worker's month by one scheme: grade and amounts in fen; or why it cannot be worked out."""

    grade: str = ""
    gross: int = 0
    net: int = 0
    trouble: str = ""


@dataclass(frozen=True)
class Line:
    """A worker's month by both."""

    worker_id: str
    name: str
    post: str
    one: Paid
    other: Paid

    @property
    def trouble(self) -> str:
        """Why there is no difference to tell."""
        said = dict.fromkeys(x for x in (self.one.trouble, self.other.trouble) if x)
        return "；".join(said)

    @property
    def gross(self) -> int:
        """How much more is earned by the other."""
        return 0 if self.trouble else self.other.gross - self.one.gross

    @property
    def net(self) -> int:
        """How much more is paid out by the other."""
        return 0 if self.trouble else self.other.net - self.one.net


@dataclass(frozen=True)
class Comparison:
    """The whole of it."""

    month: date
    grading: str
    one: Scheme
    other: Scheme
    differences: tuple[Difference, ...]
    lines: tuple[Line, ...]
    left_out: tuple[str, ...]  # without a grade

    @property
    def counted(self) -> tuple[Line, ...]:
        """Who is paid by both: only they are in the sums."""
        return tuple(each for each in self.lines if not each.trouble)

    @property
    def sums(self) -> tuple[int, ...]:
        """应发 by the one, by the other, difference; 实发 likewise."""
        rows = [(x.one.gross, x.other.gross, x.gross, x.one.net, x.other.net, x.net)
                for x in self.counted]  # fmt: skip
        return tuple(sum(column) for column in zip(*rows, strict=True)) if rows else (0,) * 6


def compared(one: Scheme, other: Scheme) -> tuple[Difference, ...]:
    """Every place in which two schemes differ, in words; 1.00 and 1.0000 do not."""
    before, after = (
        {place: said for place, _, said in labelled(plain(each))} for each in (one, other)
    )
    return tuple(
        Difference(place, before.get(place, ""), after.get(place, ""))
        for place in {**before, **after}
        if not _alike(before.get(place, ""), after.get(place, ""))
    )


def _alike(one: str, other: str) -> bool:
    try:
        return one == other or Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def offers(office: Office, but: str = "") -> list[Offer]:
    """Every scheme that says something, those in force first."""
    office.refuse_reading("salary_scheme")
    here = table_of(SalaryScheme).c
    rows = office.rows(
        select(here.id, here.name, here.status, here.valid_from, here.is_example)
        .where(here.binned_at.is_(None), here.content.is_not(None), here.id != but)
        .order_by(here.name, here.id)
    )
    order = (rules.ACTIVE, rules.DRAFTED, rules.RETIRED)
    found: dict[str, Offer] = {}
    for row in sorted(rows, key=lambda each: order.index(each.status or rules.DRAFTED)):
        since = f"，{row.valid_from} 起" if row.valid_from else ""
        example = "，示例" if row.is_example else ""
        title = f"{row.name}（{row.status or rules.DRAFTED}{since}{example}）"
        told = title
        number = 2
        while told in found:
            told, number = f"{title} {number}", number + 1
        found[told] = Offer(row.id, told)
    return list(found.values())


def usual_month(office: Office) -> date:
    """The last month that was worked out; without one, the month of the day."""
    here = table_of(PayRun).c
    last = select(here.month).where(here.binned_at.is_(None)).order_by(here.month.desc()).limit(1)
    rows = office.rows(last)
    return rows[0][0] if rows else office.today.replace(day=1)


def compare(
    office: Office,
    one_id: str,
    other_id: str,
    month: date,
    grading: str = AS_DECIDED,
    progress: Progress | None = None,
) -> Comparison:
    """Two schemes, and a month of everybody present by both."""
    if one_id == other_id:
        raise OfficeError("两边是同一个方案", _SAFE, "请选另一个方案来比")
    for register in ("salary_scheme", "pay_run"):
        office.refuse_reading(register)
    schemes = opened(office, one_id), opened(office, other_id)
    month = month.replace(day=1)
    rates = reading.rates_on(office, month)
    decided = reading.decided_ever(office)
    present = reading.workers_of(office, month, None)
    workers = [each for each in present if each.id in decided]
    file = reading.known(office, MONTHLY, [each.id for each in workers])
    payrolls = [Payroll(each, rates) for each in schemes]
    lines = []
    for at, worker in enumerate(workers, 1):
        said = [
            _paid(worker, file, month, scheme, payroll, grading)
            for scheme, payroll in zip(schemes, payrolls, strict=True)
        ]
        posts = list(dict.fromkeys(post for _, post in said if post))
        (one, _), (other, _) = said
        lines.append(Line(worker.id, worker.name or worker.code, "、".join(posts), one, other))
        if progress is not None:
            progress(at, len(workers))
    left_out = tuple(each.name or each.code for each in present if each.id not in decided)
    one_scheme, other_scheme = schemes
    found = tuple(x for x in compared(*schemes) if not x.place.startswith("来源"))
    return Comparison(month, grading, one_scheme, other_scheme, found, tuple(lines), left_out)


def _paid(
    worker: AnyRow, file: Known, month: date, scheme: Scheme, payroll: Payroll, grading: str
) -> tuple[Paid, str]:
    post = ""
    try:
        inputs = reading.inputs_of(worker, file, month, scheme)
        post = inputs.segments[-1].post if inputs.segments else ""
        if grading == BY_RULES:
            inputs = _regraded(worker, file, month, scheme, inputs)
        slip: Slip = payroll.slip(inputs)
    except OfficeError as trouble:
        return Paid(trouble=trouble.what), post
    grades = dict.fromkeys(str(each.grade) for each in inputs.segments)
    return Paid("、".join(grades), slip.gross, slip.net), post


def _regraded(worker: AnyRow, file: Known, month: date, scheme: Scheme, inputs: Inputs) -> Inputs:
    """The month with the grades that the scheme's own rules give on each part's first day."""
    graded = Known({key: mine for key, mine in file.rows.items() if key != _DECISIONS})
    segments = tuple(
        replace(
            each,
            grade=compute(worker, graded, scheme, month.replace(day=each.first)).found.grade,
            decision="",
        )
        for each in inputs.segments
    )
    return replace(inputs, segments=segments)


_DECISIONS = "grade_decision"


def resolved(office: Office, said: str, but: str) -> str:
    """The scheme an argument means: its id, its name, or the one that holds now."""
    known: Sequence[Offer] = offers(office, but)
    wanted = said.strip()
    if wanted:
        here = table_of(SalaryScheme).c
        rows = office.rows(
            select(here.id).where(here.name == wanted, here.binned_at.is_(None), here.id != but)
        )
        named = {row[0] for row in rows}
        known = [x for x in known if wanted in (x.id, x.title) or x.id in named]
    if not known:
        what = f"没有叫“{wanted}”的薪酬方案" if wanted else "没有别的薪酬方案可比"
        raise OfficeError(what, _SAFE, "请先另存为新版，或导入另一个方案")
    return known[0].id
