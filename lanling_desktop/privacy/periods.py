"""When the period of a record is over, by the office's own table; what is still within one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, false, or_, select

from lanling_desktop.core.bulk import chunks
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import table_of
from lanling_desktop.privacy import rules
from lanling_desktop.privacy.records import Disposal, RetentionPeriod
from lanling_desktop.privacy.rules import Term

_SAFE = "没有改动任何数据"


@dataclass(frozen=True, slots=True)
class Over:
    """A period that is over: of which kind, counted from when, since when."""

    word: str
    ended: date
    due: date


def _period(office: Office, term: Term) -> tuple[bool, int] | None:
    """Whether for good, and how many years; None while the office has not said."""
    here = table_of(RetentionPeriod).c
    mine = select(here.forever, here.years).where(here.what == term.word, here.binned_at.is_(None))
    rows = office.rows(mine)
    return (bool(rows[0].forever), rows[0].years or 0) if rows else None


def require_over(office: Office, register: str, values: Mapping[str, Any]) -> Over:
    """When the period of a record ended. Raises `OfficeError` while it has none, or it runs."""
    term = rules.term_of(register, values)
    ended = values.get(term.since) if term is not None and term.since else None
    if term is None or ended is None:
        title = office.registers[register].title
        raise OfficeError(
            f"这条{title}记录还没有结束（迁出、死亡、离职等），保管期还没开始算",
            _SAFE,
            "请先登记它是哪一天结束的",
        )
    found = _period(office, term)
    if found is None:
        raise OfficeError(
            f"“{term.word}”还没有定保管期限", _SAFE, "请先在“保管期限”里照上级的期限表填上"
        )
    if found[0]:
        raise OfficeError(f"“{term.word}”永久保管，不能处置", _SAFE, "期限表有误的，请先更正期限表")
    due = rules.due_on(ended, found[1])
    if due > office.today:
        raise OfficeError(
            f"“{term.word}”要保管到 {due.isoformat()}，还没有期满", _SAFE, "请到期再办"
        )
    return Over(term.word, ended, due)


def refuse_within(office: Office, known: Mapping[str, Sequence[str]], but: str) -> None:
    """Raise `OfficeError` while another record of the same person is within its period."""
    for key, ids in known.items():
        terms = rules.terms_of(key)
        if not terms or key == but:
            continue
        table = table_of(office.registers[key].record)
        names = {each.since for each in terms if each.since}
        names |= {"state"} if any(each.states for each in terms) else set()
        columns = [table.c[name] for name in sorted(names)]
        for some in chunks(ids):
            rows = office.rows(select(table.c.id, *columns).where(table.c.id.in_(some)))
            for row in rows:
                _require_other(office, key, dict(row._mapping))


def _require_other(office: Office, key: str, values: Mapping[str, Any]) -> None:
    term = rules.term_of(key, values)
    found = _period(office, term) if term is not None else None
    if found is not None and found[0]:
        what = f"此人还有{office.registers[key].title}，它永久保管"
        raise OfficeError(what, _SAFE, "要等这些记录也能处置时再办；可以先办“到期续存”")
    if term is not None and found is None:
        raise OfficeError(
            f"此人还有{office.registers[key].title}，“{term.word}”还没有定保管期限",
            _SAFE,
            "请先在“保管期限”里照上级的期限表填上；可以先办“到期续存”",
        )
    try:
        require_over(office, key, values)
    except OfficeError as trouble:
        title = office.registers[key].title
        raise OfficeError(
            f"此人还有{title}在保管期内：{trouble.what}", _SAFE, "可以先办“到期续存”"
        ) from None


def over(scope: Scope) -> ColumnElement[bool]:
    """The records of a list whose period is over, and that nobody decided to keep longer."""
    found = [_over(scope, each) for each in rules.terms_of(scope.register.key) if each.since]
    kept = table_of(Disposal).c
    decided = or_(kept.kept_until > scope.day, kept.decision == rules.ANONYMISE)
    longer = select(kept.id).where(kept.record_id == scope.id, kept.binned_at.is_(None), decided)
    return and_(or_(false(), *found), ~longer.exists())


def _over(scope: Scope, term: Term) -> ColumnElement[bool]:
    here = table_of(RetentionPeriod).c
    years = (
        select(here.years)
        .where(here.what == term.word, here.binned_at.is_(None), here.forever.is_not(True))
        .limit(1)
        .scalar_subquery()
    )
    ended = scope.column(term.since)
    day = (extract("year", ended) + years) * 10_000 + extract("month", ended) * 100
    today = scope.day.year * 10_000 + scope.day.month * 100 + scope.day.day
    begun = [scope.column("state").in_(term.states)] if term.states else []
    return and_(*begun, ended.is_not(None), day + extract("day", ended) <= today)
