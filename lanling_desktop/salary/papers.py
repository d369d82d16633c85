"""Papers of pay: the sheet that is signed for, what changed, contributions, tax, the year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from sqlalchemy import select

from lanling_desktop.core.office import Office
from lanling_desktop.core.records import AnyRow, table_of
from lanling_desktop.printing.page import Align
from lanling_desktop.printing.paper import FULL, Job, Paper, Progress, refuse_empty
from lanling_desktop.salary import month as pay
from lanling_desktop.salary import reading, rules, tax
from lanling_desktop.salary.actions import month_before
from lanling_desktop.salary.coming import draw_coming
from lanling_desktop.salary.compare_paper import ASKED, FIRST, OTHER, draw_comparison
from lanling_desktop.salary.grade_paper import draw_grade_form
from lanling_desktop.salary.month import Inputs
from lanling_desktop.salary.records import PayCorrection, PayRun
from lanling_desktop.salary.sheet import OWN, Month, amounts_of, money, month_of
from lanling_desktop.salary.soundness import slips_of
from lanling_desktop.salary.strips_paper import MOST, Strip, draw_strips
from lanling_desktop.salary.used import inputs_back
from lanling_desktop.standards.amounts import format_yuan, in_words, yuan

if TYPE_CHECKING:
    from lanling_desktop.salary.widths import Head

_SIGNED = ("制表人", "审核人", "审批人")


def _sum(amount: int) -> str:
    return format_yuan(yuan(amount))


def _signed(amount: int) -> str:
    return ("+" if amount > 0 else "") + _sum(amount)


def _sums(table: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*table, strict=True)]


# What every sheet of a month is drawn by

Row = tuple[str, ...]
_Told = tuple[str, str, int]  # code, name and amount of a line
_MONEY: Align = "right"
_TEXT: Align = "center"
_LONG: Align = "left"


@dataclass(frozen=True)
class Sheet:
    """A sheet of a month: heads with width and side, rows, the last row, what is said below."""

    title: str
    heads: Sequence[Head]
    rows: Sequence[Row]
    totals: Row | None = None
    notes: str = ""


def _draw(
    make: Callable[[Office, Month], Sheet],
    office: Office,
    job: Job,
    out: BinaryIO,
    progress: Progress | None,
) -> None:
    from lanling_desktop.printing.roster import Column, Roster, draw_roster
    from lanling_desktop.salary.widths import roomy

    month = month_of(office, job.request.record_id)
    sheet = make(office, month)
    refuse_empty(sheet.rows, sheet.title)
    heads = roomy(sheet.heads, sheet.rows, sheet.totals or ())
    roster = Roster(
        title=sheet.title,
        columns=[Column(label, width, align) for label, width, align in heads],
        rows=sheet.rows,
        unit=job.unit,
        made_on=job.made_on,
        notes="；".join(each for each in (sheet.notes, *said_of(month)) if each),
        edition=job.request.edition,
        print_no=job.number,
        check_code=job.check_code,
        signatures=_SIGNED,
        filled_by=month.run.made_by or "",
        totals=sheet.totals,
        demo=job.demo or bool(month.run.demo),
    )
    draw_roster(roster, out, progress)


def said_of(month: Month) -> list[str]:
    """What a paper of the month has to say of itself: by which scheme, and whether it is final."""
    scheme = month.used.scheme
    said = [f"核算范围：{month.run.scope}"] if month.run.scope else []
    said.append(f"薪酬方案：{scheme.name}{f'（{scheme.doc_no}）' if scheme.doc_no else ''}")
    if month.run.demo:
        said.append("演示：按示例方案核算，不得据此发放")
    elif month.run.status not in (rules.APPROVED, *rules.CLOSED):
        said.append(f"{month.run.status}，尚未审批")
    return said


def _when(month: Month) -> str:
    return str(month.run.title).replace("工资", "", 1)


# 工资发放表 (domain.md 9.1)

_SHEET: Sequence[Head] = (
    ("序号", 8, _TEXT), ("姓名", 17, _TEXT), ("岗位", 17, _TEXT), ("等级", 9, _TEXT),
    ("系数", 11, _TEXT), ("基本工资", 18, _MONEY), ("绩效", 16, _MONEY), ("职业津贴", 14, _MONEY),
    ("其他", 14, _MONEY), ("应发", 18, _MONEY), ("养老", 14, _MONEY), ("医疗", 12, _MONEY),
    ("失业", 12, _MONEY), ("公积金", 14, _MONEY), ("个税", 12, _MONEY), ("其他扣", 13, _MONEY),
    ("扣款合计", 16, _MONEY), ("实发", 18, _MONEY), ("领款人签字", 24, _TEXT),
)  # fmt: skip


def pay_sheet(_office: Office, month: Month) -> Sheet:
    """Who gets what, and signs for it."""
    table = [amounts_of(month, each) for each in month.slips]
    rows = [
        (
            str(number),
            slip.name or "",
            slip.post or "",
            str(slip.grade or ""),
            slip.coefficient or "",
            *map(money, amounts),
            "",
        )
        for number, (slip, amounts) in enumerate(zip(month.slips, table, strict=True), 1)
    ]
    totals = ("", f"合计 {len(rows)} 人", "", "", "", *map(_sum, _sums(table)), "")
    words = f"实发合计大写：{in_words(yuan(month.run.net), '人民币')}"
    left = f"没有认定等级、未列入：{month.run.left_out}" if month.run.left_out else ""
    notes = "；".join(each for each in (words, left) if each)
    return Sheet(f"{_when(month)}工资发放表", _SHEET, rows, totals, notes)


# 工资变动审批表

_CHANGES: Sequence[Head] = (
    ("序号", 10, _TEXT), ("姓名", 18, _TEXT), ("岗位", 22, _TEXT), ("上月等级", 18, _TEXT),
    ("本月等级", 18, _TEXT), ("上月实发", 24, _MONEY), ("本月实发", 24, _MONEY),
    ("增减", 24, _MONEY), ("变动原因", 119, _LONG),
)  # fmt: skip


def changes_sheet(office: Office, month: Month) -> Sheet:
    """Whoever gets another amount than last month, and why: the page the leader signs."""
    before = _grades_before(office, month)
    changed = [each for each in month.slips if each.difference]
    rows = [
        (
            str(number),
            slip.name or "",
            slip.post or "",
            before.get(slip.worker_id, ""),
            str(slip.grade or ""),
            _sum(slip.net - slip.difference),
            _sum(slip.net),
            _signed(slip.difference),
            slip.why or "",
        )
        for number, slip in enumerate(changed, 1)
    ]
    total = sum(each.difference for each in changed)
    totals = ("", f"合计 {len(rows)} 人", "", "", "", "", "", _signed(total), "")
    return Sheet(f"{_when(month)}工资变动审批表", _CHANGES, rows, totals)


def _grades_before(office: Office, month: Month) -> dict[str, str]:
    last = month_before(month.run.month)
    workers = [each.worker_id for each in month.slips]
    return {
        key: str(said.segments[-1].grade)
        for key, mine in reading.months_paid(office, workers).items()
        for row in mine
        if row.month == last and (said := inputs_back(row.inputs)).segments
    }


# 补发明细

_RETRO: Sequence[Head] = (
    ("序号", 10, _TEXT), ("姓名", 18, _TEXT), ("所补月份", 24, _TEXT), ("工资项目", 28, _TEXT),
    ("补发金额", 24, _MONEY), ("事由", 50, _LONG), ("怎么算的", 123, _LONG),
)  # fmt: skip


def retro_sheet(office: Office, month: Month) -> Sheet:
    """What of past months is put right with this one, month by month."""
    here = table_of(PayCorrection)
    where = here.c.month == month.run.month, here.c.binned_at.is_(None), here.c.code != pay.HELD
    names = {each.worker_id: each.name or "" for each in month.slips}
    order = list(names)
    found = [row for row in office.rows(select(here).where(*where)) if row.worker_id in names]
    found.sort(key=lambda row: (order.index(row.worker_id), row.for_month, row.code))
    rows = [
        (
            str(number),
            names[row.worker_id],
            f"{row.for_month:%Y-%m}",
            row.name or "",
            _sum(row.amount),
            row.reason or "",
            row.arithmetic or "",
        )
        for number, row in enumerate(found, 1)
    ]
    totals = ("", "合计", "", "", _sum(sum(row.amount for row in found)), "", "")
    return Sheet(f"{_when(month)}补发明细", _RETRO, rows, totals)


# 五险一金缴费明细

_INSURED: Sequence[Head] = (
    ("序号", 9, _TEXT), ("姓名", 17, _TEXT), ("社保基数", 20, _MONEY), ("养老单位", 19, _MONEY),
    ("养老个人", 19, _MONEY), ("医疗单位", 19, _MONEY), ("医疗个人", 18, _MONEY),
    ("失业单位", 17, _MONEY), ("失业个人", 17, _MONEY), ("工伤单位", 17, _MONEY),
    ("公积金基数", 20, _MONEY), ("公积金单位", 18, _MONEY), ("公积金个人", 18, _MONEY),
    ("单位合计", 20, _MONEY), ("个人合计", 20, _MONEY),
)  # fmt: skip
_PARTS = (
    "employer_pension", "pension", "employer_medical", "medical", "employer_unemployment",
    "unemployment", "employer_injury",
)  # fmt: skip


def insured_sheet(_office: Office, month: Month) -> Sheet:
    """What office and worker pay in, by kind."""
    table = []
    for slip in month.slips:
        said = inputs_back(slip.inputs)
        one = partial(month.amount, slip)
        social = (said.social_base or 0, *map(one, _PARTS))
        fund = (said.fund_base or 0, one("employer_housing"), one("housing"))
        table.append((*social, *fund, slip.employer, one(*OWN)))
    rows = [
        (str(number), slip.name or "", *map(money, amounts))
        for number, (slip, amounts) in enumerate(zip(month.slips, table, strict=True), 1)
    ]
    totals = ("", f"合计 {len(rows)} 人", *map(_sum, _sums(table)))
    rates = "，".join(
        f"{each.kind}单位 {each.employer}%、个人 {each.worker}%" for each in month.used.rates
    )
    return Sheet(f"{_when(month)}五险一金缴费明细", _INSURED, rows, totals, rates)


# 个税台账

_TAXED: Sequence[Head] = (
    ("序号", 9, _TEXT), ("姓名", 17, _TEXT), ("本月收入", 23, _MONEY), ("累计月数", 13, _TEXT),
    ("累计收入", 26, _MONEY), ("累计减除费用", 26, _MONEY), ("累计专项扣除", 25, _MONEY),
    ("累计专项附加扣除", 27, _MONEY), ("累计应纳税所得额", 27, _MONEY), ("税率", 12, _TEXT),
    ("累计应扣", 24, _MONEY), ("已扣", 24, _MONEY), ("本月扣", 24, _MONEY),
)  # fmt: skip


def tax_sheet(_office: Office, month: Month) -> Sheet:
    """How each one's tax of the month was found, cumulated over the year."""
    rows = [
        (str(number), slip.name or "", *_taxed(month, slip, inputs_back(slip.inputs)))
        for number, slip in enumerate(month.slips, 1)
    ]
    total = _sum(sum(month.amount(each, pay.TAX) for each in month.slips))
    income = _sum(sum(each.taxable for each in month.slips))
    totals = ("", f"合计 {len(rows)} 人", income, *[""] * 9, total)
    return Sheet(f"{_when(month)}个人所得税扣缴台账", _TAXED, rows, totals)


def _taxed(month: Month, slip: AnyRow, said: Inputs) -> Row:
    now = tax.Year(1, slip.taxable, slip.contributions, said.additional, 0)
    year = said.before.plus(now)
    off = tax.standard(year, relief=said.relief)
    taxable = max(0, year.income - off - year.contributions - year.additional)
    row = tax.bracket(taxable, month.used.brackets)
    return (
        _sum(slip.taxable),
        str(year.months),
        _sum(year.income),
        _sum(off),
        _sum(year.contributions),
        _sum(year.additional),
        _sum(taxable),
        f"{row.percent}%" if taxable else "",
        _sum(tax.due(taxable, row) if taxable else 0),
        _sum(year.withheld),
        _sum(month.amount(slip, pay.TAX)),
    )


# 年度工资汇总表

_YEAR: Sequence[Head] = (
    ("序号", 9, _TEXT), ("姓名", 18, _TEXT),
    *((f"{n}月", 16.2, _MONEY) for n in range(1, 13)),
    ("应发合计", 19, _MONEY), ("扣款合计", 18, _MONEY), ("实发合计", 19, _MONEY),
)  # fmt: skip


def year_sheet(office: Office, month: Month) -> Sheet:
    """What everybody got month by month in the year of this month, the sums beside."""
    year = month.run.month.year
    found: dict[str, list[AnyRow]] = {}
    for run_id in _runs_of(office, year, month):
        for slip in slips_of(office, run_id):
            found.setdefault(slip.worker_id, []).append(slip)
    rows, table = [], []
    for number, slips in enumerate(found.values(), 1):
        nets = [sum(s.net for s in slips if s.month.month == n) for n in range(1, 13)]
        amounts = (
            *nets,
            sum(each.gross for each in slips),
            sum(each.deductions for each in slips),
            sum(each.net for each in slips),
        )
        table.append(amounts)
        rows.append((str(number), slips[-1].name or "", *map(money, amounts)))
    totals = ("", f"合计 {len(rows)} 人", *map(money, _sums(table)))
    return Sheet(f"{year}年度工资汇总表", _YEAR, rows, totals, "各月为实发数")


def _runs_of(office: Office, year: int, month: Month) -> list[str]:
    """The paid months of a year in their order, and the month itself where it is not paid yet."""
    here = table_of(PayRun).c
    rows = office.rows(
        select(here.id, here.status)
        .where(here.month >= date(year, 1, 1), here.month <= date(year, 12, 31))
        .where(here.binned_at.is_(None))
        .order_by(here.month, here.id)
    )
    return [row.id for row in rows if row.status in rules.CLOSED or row.id == month.run.id]


# 工资条


def _strips(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    month = month_of(office, job.request.record_id)
    refuse_empty(month.slips, "工资条")
    strips = [
        Strip(
            title=f"{_when(month)}工资条",
            name=each.name or "",
            facts=(
                ("岗位", each.post or ""),
                ("等级", str(each.grade or "")),
                ("系数", each.coefficient or ""),
            ),
            earned=_told(month, each, rules.EARNING),
            taken=_told(month, each, rules.DEDUCTION),
            gross=_sum(each.gross),
            deductions=_sum(each.deductions),
            net=_sum(each.net),
            words=in_words(yuan(each.net), "人民币"),
        )
        for each in month.slips
    ]
    draw_strips(strips, job, out, progress, demo=job.demo or bool(month.run.demo))


def _told(month: Month, slip: AnyRow, kind: str) -> tuple[tuple[str, str], ...]:
    rows = [
        (row.code, row.name, row.amount)
        for row in month.lines.get(slip.id, ())
        if row.kind == kind and (row.amount or row.code == pay.BASIC)
    ]
    return tuple((name, _sum(amount)) for _, name, amount in _folded(rows))


def _folded(rows: list[_Told]) -> list[_Told]:
    """As many lines as a strip has room for: what is put right of the past comes together first."""
    for key in (_by_item, _by_past, _by_code):
        if len(rows) > MOST:
            rows = _together(rows, key)
    return rows


def _by_item(row: _Told) -> str:
    code, name, _ = row
    return code if code.startswith(pay.CORRECTION) else f"{code} {name}"


def _by_past(row: _Told) -> str:
    code, name, _ = row
    return pay.CORRECTION if code.startswith(pay.CORRECTION) else f"{code} {name}"


def _by_code(row: _Told) -> str:
    return pay.CORRECTION if row[0].startswith(pay.CORRECTION) else row[0]


def _together(rows: list[_Told], key: Callable[[_Told], str]) -> list[_Told]:
    """Rows of one key in one line, which says of how many it is the sum."""
    groups: dict[str, list[_Told]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [_one(group, mine) for group, mine in groups.items()]


def _one(group: str, mine: list[_Told]) -> _Told:
    code, name, _ = mine[0]
    if len(mine) == 1:
        return mine[0]
    past = group == pay.CORRECTION
    said = "以往月份补发扣回，见补发明细" if past else f"{name}等 {len(mine)} 笔"
    return code, said, sum(each[2] for each in mine)


def _sheet(key: str, title: str, make: Callable[[Office, Month], Sheet]) -> Paper:
    return Paper(key, title, "pay_run", partial(_draw, make), single=True, editions=(FULL,))


PAPERS = (
    _sheet("pay_sheet", "工资发放表", pay_sheet),
    Paper("pay_strips", "工资条", "pay_run", _strips, single=True, editions=(FULL,)),
    _sheet("pay_changes", "工资变动审批表", changes_sheet),
    _sheet("pay_retro", "补发明细", retro_sheet),
    _sheet("pay_insured", "五险一金缴费明细", insured_sheet),
    _sheet("pay_tax", "个人所得税扣缴台账", tax_sheet),
    _sheet("pay_year", "年度工资汇总表", year_sheet),
    Paper(
        "grade_form",
        "岗位等级认定表",
        "grade_decision",
        draw_grade_form,
        single=True,
        editions=(FULL,),
    ),
    Paper("grade_coming", "等级变动预告表", "grade_decision", draw_coming, editions=(FULL,)),
    Paper(
        "scheme_compare",
        "薪酬方案对比表",
        "salary_scheme",
        draw_comparison,
        single=True,
        editions=(FULL,),
        arguments=((OTHER, "对比方案"),),
        asks=ASKED,
        first=FIRST,
    ),
)
