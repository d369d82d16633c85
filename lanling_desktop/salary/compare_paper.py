"""薪酬方案对比表: where two schemes differ, and what a month would pay everybody by each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.values import convert
from lanling_desktop.printing.paper import Job, NothingToPrintError, Progress
from lanling_desktop.salary import comparing
from lanling_desktop.salary.comparing import Comparison, Line, Paid
from lanling_desktop.salary.scheme import Scheme
from lanling_desktop.standards.amounts import format_yuan, yuan

if TYPE_CHECKING:
    from lanling_desktop.printing.form import Block, Cell

OTHER, MONTH, GRADING = "other", "month", "grading"
_MONTH = Field("月份", Kind.DATE, month_enough=True)
ASKED = ((MONTH, _MONTH), (GRADING, Field("等级", Kind.CHOICE, choices=comparing.GRADINGS)))
FIRST = {GRADING: comparing.AS_DECIDED}
_PEOPLE: Sequence[tuple[str, float]] = (
    ("序号", 0.06), ("姓名", 0.1), ("岗位等级", 0.12), ("甲应发", 0.12), ("乙应发", 0.12),
    ("应发增减", 0.12), ("甲实发", 0.12), ("乙实发", 0.12), ("实发增减", 0.12),
)  # fmt: skip


def draw_comparison(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    """Both schemes on upright A4: the differences, then the people with their sums."""
    from lanling_desktop.printing.form import Form, draw_forms

    said = job.request.arguments
    one = job.request.record_id
    if not comparing.offers(office, one):
        raise NothingToPrintError(
            "没有别的薪酬方案可比", "没有改动任何数据", "请先另存为新版，或导入另一个方案"
        )
    other = comparing.resolved(office, said.get(OTHER, ""), one)
    month = convert(_MONTH, said.get(MONTH), office.today).value or comparing.usual_month(office)
    grading = said.get(GRADING) or comparing.AS_DECIDED
    found = comparing.compare(office, one, other, month, grading, progress)
    form = Form(
        title="薪酬方案对比表",
        unit=job.unit,
        blocks=_blocks(found),
        made_on=job.made_on,
        signatures=("制表人", "审核人"),
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        demo=job.demo or found.one.is_example or found.other.is_example,
    )
    draw_forms([form], out, None)


def _blocks(found: Comparison) -> list[Block]:
    from lanling_desktop.printing.form import Grid, Note, Table, label, value

    when = f"{found.month.year}年{found.month.month}月，{found.grading}"
    head = Grid(
        (
            (label("甲方案"), value(_called(found.one), 0.85)),
            (label("乙方案"), value(_called(found.other), 0.85)),
            (label("测算月份"), value(when, 0.85)),
        )
    )
    differences = [(x.place, x.before or "无", x.after or "无") for x in found.differences]
    cells = Table(
        (("不同之处", 0.4), ("甲方案", 0.3), ("乙方案", 0.3)),
        differences or [("两个方案各格都相同", "", "")],
        align="left",
        least_mm=7.0,
    )
    blocks: list[Block] = [head, Note(f"一、方案各格，{len(differences)} 处不同"), cells]
    blocks.append(Note(f"二、各人工资，计入合计 {len(found.counted)} 人"))
    blocks.append(Table(_PEOPLE, _rows(found), align="center", least_mm=7.0))
    blocks.append(Grid(_totals(found)))
    blocks += [Note(f"{x.name}没有计入：{x.trouble}") for x in found.lines if x.trouble]
    if found.left_out:
        blocks.append(Note(f"没有认定等级、没有计入：{'、'.join(found.left_out)}"))
    blocks.append(Note("按现在登记的事实测算，只供比较，不作为发放依据"))
    return blocks


def _called(scheme: Scheme) -> str:
    doc = f"（{scheme.doc_no}）" if scheme.doc_no else "（没有文号）"
    return f"{scheme.name}{doc}{'　示例' if scheme.is_example else ''}"


def _rows(found: Comparison) -> list[Sequence[str]]:
    rows = ((str(at), texts_of(each)) for at, each in enumerate(found.lines, 1))
    return [
        (at, name, f"{post} {grades} 级" if grades else post, *more)
        for at, (name, post, grades, *more) in rows
    ]


def texts_of(line: Line) -> tuple[str, ...]:
    """A worker's row, without its number; a side that cannot be worked out says so."""
    one, other = line.one, line.other
    grades = one.grade if one.grade == other.grade else f"{one.grade or '—'}→{other.grade or '—'}"
    more = ("", "") if line.trouble else (signed(line.gross), signed(line.net))
    return (
        line.name,
        line.post,
        grades,
        _amount(one, one.gross),
        _amount(other, other.gross),
        more[0],
        _amount(one, one.net),
        _amount(other, other.net),
        more[1],
    )


def _amount(paid: Paid, fen: int) -> str:
    return "无法测算" if paid.trouble else sum_of(fen)


def _totals(found: Comparison) -> list[Sequence[Cell]]:
    from lanling_desktop.printing.form import label, value

    one, other, more, one_net, other_net, more_net = found.sums
    rows = (("应发合计", one, other, more), ("实发合计", one_net, other_net, more_net))
    return [
        (
            label(f"甲{name}", 0.14),
            value(sum_of(first), 0.19),
            label(f"乙{name}", 0.14),
            value(sum_of(second), 0.19),
            label("增减", 0.14),
            value(signed(difference), 0.2),
        )
        for name, first, second, difference in rows
    ]


def sum_of(amount: int) -> str:
    """An amount with its fen."""
    return format_yuan(yuan(amount))


def signed(amount: int) -> str:
    """A difference with its sign."""
    return ("+" if amount > 0 else "") + sum_of(amount)
