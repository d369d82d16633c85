"""What is true of schemes, decisions and months: words, states, checks. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import column as named
from sqlalchemy import or_, select, table

from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.register import Context
from lanling_desktop.people.rules import period_problems

DRAFTED, ACTIVE, RETIRED = SCHEME_STATES = ("草稿", "启用", "停用")
DRAFT, CALCULATED, REVIEWED, APPROVED, PAID, ARCHIVED = RUN_STATES = (
    "草稿", "已核算", "已审核", "已审批", "已发放", "已归档",
)  # fmt: skip
CLOSED = (PAID, ARCHIVED)
PENSION, MEDICAL, UNEMPLOYMENT, INJURY, HOUSING = CONTRIBUTIONS = (
    "养老保险", "医疗保险", "失业保险", "工伤保险", "住房公积金",
)  # fmt: skip
SOCIAL, FUND = BASES = ("社会保险", "住房公积金")
ADDITIONAL = (
    "子女教育", "继续教育", "大病医疗", "住房贷款利息", "住房租金", "赡养老人", "3岁以下婴幼儿照护",
)  # fmt: skip
ALLOWANCE, PRIZE, OTHER_DEDUCTION, EXEMPT = ITEMS = ("其他补贴", "奖金", "其他扣款", "免税补贴")
SCORES = ("优秀", "称职", "基本称职", "不称职")
ABSENCES = ("病假", "事假", "产假", "停发", "其他")
EARNING, DEDUCTION, EMPLOYER = LINE_KINDS = ("应发", "扣款", "单位缴纳")
_HUNDRED = Decimal(100)


def run_title(month: date, batch: str | None) -> str:
    """2026年3月工资, with its batch where a month is paid in several."""
    return f"{month.year}年{month.month}月工资" + (f"（{batch}）" if batch else "")


def percent(said: str | None) -> Decimal | None:
    """A percentage as typed: 8, 8%, 0.7; None when it is none."""
    try:
        value = Decimal((said or "").strip().rstrip("%％"))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def settle_month(values: dict[str, Any], _by_month: frozenset[str]) -> None:
    """A month is kept as its first day."""
    for key in ("month", "for_month"):
        if isinstance(values.get(key), date):
            values[key] = values[key].replace(day=1)


def _percent_problems(values: Values, keys: tuple[str, ...], label: str) -> Iterator[Problem]:
    for key in keys:
        said = values.get(key)
        value = percent(said)
        if said and (value is None or not 0 <= value <= _HUNDRED):
            yield Problem(key, f"{label}请填 0 到 100 的百分数，如 8 或 0.7")


def scheme_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """A scheme that is in force names its document."""
    yield from period_problems(values)
    if values.get("status") == ACTIVE and not values.get("is_example") and not values.get("doc_no"):
        yield Problem("doc_no", "启用的方案请填文件编号")


def rate_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """Percentages that are ones, bounds in their order."""
    yield from period_problems(values)
    yield from _percent_problems(values, ("employer_pct", "worker_pct"), "比例")
    low, high = values.get("base_min"), values.get("base_max")
    if low is not None and high is not None and low > high:
        yield Problem("base_max", "基数上限低于下限，请核对")


def dated_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """A period in its order, an amount that is not below nought."""
    yield from period_problems(values)
    for key in ("base", "amount"):
        value = values.get(key)
        if value is not None and value < 0:
            yield Problem(key, "金额不能是负数")


def item_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """An amount is given with its sign by its kind."""
    amount = values.get("amount")
    if amount is not None and amount <= 0:
        yield Problem("amount", "金额请填正数；要扣的请选“其他扣款”")


def score_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A worker has one score a month."""
    yield from _percent_limit(values)
    if not values.get("result") and not values.get("percent"):
        yield Problem("result", "请选考核等次，或填发放比例")
    yield from _once(values, context, "performance_score", ("worker_id", "month"), "month")


def _percent_limit(values: Values) -> Iterator[Problem]:
    said = values.get("percent")
    value = percent(said)
    if said and (value is None or not 0 <= value <= 300):
        yield Problem("percent", "发放比例请填百分数，如 100 或 95.5")


def absence_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """A period in its order, and how much of the pay is left."""
    yield from period_problems(values)
    yield from _percent_problems(values, ("percent",), "发放比例")


def opening_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A year has one opening."""
    months = values.get("months")
    if months is not None and not 0 <= months <= 12:
        yield Problem("months", "已计月数请填 0 到 12")
    yield from _once(values, context, "tax_opening", ("worker_id", "year"), "year")


def history_problems(values: Values, context: Context) -> Iterator[Problem]:
    """What was paid adds up to the fen, and a month stands once."""
    kept = ("pension", "medical", "unemployment", "housing", "tax", "other_deduction")
    taken = sum(values.get(key) or 0 for key in kept)
    gross, net = values.get("gross"), values.get("net")
    if gross is not None and net is not None and gross - taken != net:
        yield Problem("net", "应发减去各项扣款不等于实发，请核对", warning=True)
    parts = [values.get(key) for key in ("basic", "performance", "certificate", "other")]
    told = [each for each in parts if each is not None]
    if gross is not None and told and sum(told) != gross:
        yield Problem("gross", "各项工资相加不等于应发合计，请核对", warning=True)
    yield from _once(values, context, "pay_history", ("worker_id", "month"), "month")


def run_problems(values: Values, context: Context) -> Iterator[Problem]:
    """A month is paid once in a community, or in batches that have a name."""
    here = _RUN.c
    month, community = values.get("month"), values.get("community_id")
    if not isinstance(month, date):
        return
    same = [
        here.title == run_title(month, values.get("batch")),
        here.binned_at.is_(None),
        here.id != (context.record_id or ""),
    ]
    if community:
        same.append(or_(here.community_id == community, here.community_id.is_(None)))
    if context.rows(select(here.id).where(*same).limit(1)):
        yield Problem("month", "这个月已经有了，同一个月分几次发的请填批次")


def worked_out(values: Values, _context: Context) -> Iterator[Problem]:
    """Slips and their lines come out of a calculation, never out of a form."""
    if not (values.get("worker_id") or values.get("code")):
        yield Problem("", "工资单由核算得出，不能手工填写；请到工资发放里按 F7 核算")


def decision_problems(values: Values, _context: Context) -> Iterator[Problem]:
    """What differs from the rules has a reason; a document from the day it holds."""
    yield from period_problems(values)
    if not values.get("valid_from"):
        yield Problem("valid_from", "请填从哪一天起执行")
    computed, grade = values.get("computed_grade"), values.get("grade")
    if computed and grade and computed != grade and not values.get("override_reason"):
        words = f"按规则应为 {computed} 级，认定为 {grade} 级，请写明理由"
        yield Problem("override_reason", words)
    if not values.get("doc_no"):
        yield Problem("doc_no", "还没有批准文号", warning=True)


def run_frozen(values: Values, _context: Context) -> str | None:
    """Why a month may not be changed: it was paid."""
    if values.get("status") in CLOSED:
        month = values.get("month")
        named_so = run_title(month, values.get("batch")) if isinstance(month, date) else "这个月"
        return f"{named_so}已经发放"
    return None


def scheme_frozen(values: Values, _context: Context) -> str | None:
    """Why a scheme may not be changed: it is in force, or was."""
    if values.get("status") in (ACTIVE, RETIRED):
        return f"薪酬方案“{values.get('name') or ''}”已经启用"
    return None


def decision_frozen(values: Values, context: Context) -> str | None:
    """Why a decision may not be changed: somebody was paid by it."""
    if not context.record_id:
        return None
    slip, run = _SLIP.c, _RUN.c
    rows = context.rows(
        select(run.title)
        .join_from(_SLIP, _RUN, run.id == slip.run_id)
        .where(
            slip.worker_id == values.get("worker_id"),
            slip.binned_at.is_(None),
            run.status.in_(CLOSED),
            slip.inputs.contains(context.record_id, autoescape=True),
        )
        .limit(1)
    )
    return f"{rows[0][0]}已经按这条认定发放" if rows else None


def slip_frozen(values: Values, context: Context) -> str | None:
    """Slips are worked out, never typed; of a paid month they are closed to everything."""
    return _closed(context, values.get("run_id"))


def line_frozen(values: Values, context: Context) -> str | None:
    """Why a line may not be changed: its month was paid."""
    here = _SLIP.c
    rows = context.rows(select(here.run_id).where(here.id == values.get("slip_id")))
    return _closed(context, rows[0][0]) if rows else None


def month_frozen(values: Values, context: Context) -> str | None:
    """Why a fact of a month may not be changed: the worker was paid by it."""
    month = values.get("month")
    if not month:
        return None
    said = month.isoformat() if isinstance(month, date) else str(month)
    slip, run = _SLIP.c, _RUN.c
    rows = context.rows(
        select(run.title)
        .join_from(_SLIP, _RUN, run.id == slip.run_id)
        .where(
            slip.worker_id == values.get("worker_id"),
            slip.month == said,
            slip.binned_at.is_(None),
            run.status.in_(CLOSED),
        )
        .limit(1)
    )
    return f"{rows[0][0]}已经发放" if rows else None


def _closed(context: Context, run_id: Any) -> str | None:
    here = _RUN.c
    rows = context.rows(select(here.title, here.status).where(here.id == run_id))
    return f"{rows[0][0]}已经发放" if rows and rows[0][1] in CLOSED else None


def _once(
    values: Values, context: Context, name: str, keys: tuple[str, ...], at: str
) -> Iterator[Problem]:
    """No second record has the same values under `keys`."""
    here = table(name, *map(named, ("id", "binned_at", *keys)))
    same = []
    for key in keys:
        value = values.get(key)
        said = value.isoformat() if isinstance(value, date) else value
        same.append(here.c[key] == said if said not in (None, "") else here.c[key].is_(None))
    mine = here.c.binned_at.is_(None), here.c.id != (context.record_id or "")
    if context.rows(select(here.c.id).where(*same, *mine).limit(1)):
        yield Problem(at, "这里已有一条，请修改原来那一条")


_RUN = table("pay_run", *map(named, ("id", "title", "status", "community_id", "binned_at")))
_SLIP = table(
    "pay_slip", *map(named, ("id", "run_id", "worker_id", "month", "inputs", "binned_at"))
)
