"""Every line of a month leads to what it follows from; rates and opening sums by their dates."""

from __future__ import annotations

from datetime import date

import pytest

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.salary import actions
from lanling_desktop.salary.records import ContributionRate
from lanling_desktop.salary.sheet import month_of
from lanling_desktop.salary.sources import source_of
from tests.salary.payroll import JANUARY, lines_of, paid, scheme_id, slip_of, staffed

FEBRUARY, MARCH, JULY = date(2026, 2, 1), date(2026, 3, 1), date(2026, 7, 1)


def rate(office: Office, kind: str, since: date, employer: str, own: str, **more: str) -> str:
    typed = {"kind": kind, "employer_pct": employer, "worker_pct": own,
             "valid_from": since.isoformat(), **more}  # fmt: skip
    return office.save("contribution_rate", None, typed).main


def base(office: Office, worker: str, amount: str, kind: str = "社会保险") -> str:
    typed = {"worker_id": worker, "kind": kind, "base": amount, "valid_from": "2020-01-01"}
    return office.save("contribution_base", None, typed).main


def line(office: Office, run: str, worker: str, code: str) -> object:
    return next(each for each in lines_of(office, run, worker) if each.code == code)


def test_a_rate_holds_from_its_day_within_its_own_bounds(desk_office: Office) -> None:
    """The county raises bounds and rate in July: June and July each by what held then."""
    low, middle, high = staffed(desk_office, "低", "中", "高")
    for worker, amount in ((low, "3000"), (middle, "6000"), (high, "50000")):
        base(desk_office, worker, amount)
    old = rate(desk_office, "养老保险", date(2020, 1, 1), "16", "8",
               base_min="4242", base_max="21207", doc_no="〔2025〕8号")  # fmt: skip
    june = actions.start(desk_office, month=date(2026, 6, 1)).main
    said = {w: line(desk_office, june, w, "pension") for w in (low, middle, high)}
    assert [each.amount for each in said.values()] == [33_936, 48_000, 169_656]
    assert "低于下限，按 4,242.00" in said[low].arithmetic
    assert "高于上限，按 21,207.00" in said[high].arithmetic
    assert "限" not in said[middle].arithmetic
    assert said[low].rule == "〔2025〕8号"
    actions.review(desk_office, june)
    actions.approve(desk_office, june)
    actions.pay(desk_office, june, day=date(2026, 6, 15))
    july = {"base_min": "4416", "base_max": "22080", "doc_no": "〔2026〕9号"}
    new = rate(desk_office, "养老保险", JULY, "16", "8", **july)
    with pytest.raises(OfficeError, match="养老保险有两条比例"):
        actions.start(desk_office, month=JULY)
    desk_office.save("contribution_rate", old, {"valid_to": "2026-07-01"})
    run = actions.start(desk_office, month=JULY).main
    assert line(desk_office, run, low, "pension").amount == 35_328
    assert line(desk_office, run, high, "pension").amount == 176_640
    assert line(desk_office, june, low, "pension").amount == 33_936, "June stays as it was paid"
    for month, source in ((june, old), (run, new)):
        found = line(desk_office, month, low, "pension")
        slip = slip_of(desk_office, month, low)
        where = source_of(desk_office, month_of(desk_office, month), slip, found)
        assert where == (ContributionRate.__tablename__, source)


def test_a_year_begun_elsewhere_is_taxed_on(desk_office: Office) -> None:
    """Two months at another office in the opening sums: the third is withheld on all three."""
    zhang, li = staffed(desk_office, "张三", "李四")
    opening = {"worker_id": zhang, "year": "2026", "months": "2", "income": "20000",
               "contributions": "3000", "additional": "2000", "withheld": "150"}  # fmt: skip
    opened = desk_office.save("tax_opening", None, opening).main
    prize = {"month": "2026-03", "kind": "奖金", "amount": "6850", "reason": "年度"}
    for worker in (zhang, li):
        desk_office.save("pay_item", None, {"worker_id": worker, **prize})
    run = actions.start(desk_office, month=MARCH).main
    tax = line(desk_office, run, zhang, "tax")
    # 20,000 + 10,000 - 3 * 5,000 - 3,000 - 2,000 = 10,000 at 3 %, less 150
    assert (slip_of(desk_office, run, zhang).gross, tax.amount) == (1_000_000, 15_000)
    # months in office before the first slip count in 减除费用 of whoever has no opening: one month
    assert line(desk_office, run, li, "tax").amount == 15_000
    month = month_of(desk_office, run)
    slip = slip_of(desk_office, run, zhang)
    assert source_of(desk_office, month, slip, tax) == ("tax_opening", opened)
    other = slip_of(desk_office, run, li)
    assert source_of(desk_office, month, other, line(desk_office, run, li, "tax")) is None


def test_every_line_leads_to_its_record(desk_office: Office) -> None:
    """Grade, allowance, rate, item, deduction and what is put right: each to a record that is there."""
    zhang, _ = staffed(desk_office, "张三", "李四")
    rate(desk_office, "养老保险", date(2020, 1, 1), "16", "8")
    rate(desk_office, "住房公积金", date(2020, 1, 1), "5", "5")
    base(desk_office, zhang, "4000")
    base(desk_office, zhang, "4000", "住房公积金")
    past = paid(desk_office, JANUARY)
    held = {"worker_id": zhang, "kind": "社会工作师", "awarded_on": "2025-12-20"}
    desk_office.save("worker_certificate", None, held)
    items = {}
    for kind, amount in (("奖金", "9000.37"), ("其他扣款", "12.34"), ("免税补贴", "50")):
        item = {"worker_id": zhang, "month": "2026-02", "kind": kind, "amount": amount,
                "reason": "年度"}  # fmt: skip
        items[kind] = desk_office.save("pay_item", None, item).main
    child = {"worker_id": zhang, "kind": "子女教育", "amount": "1000", "valid_from": "2020-01-01"}
    less = desk_office.save("tax_deduction", None, child).main
    run = actions.start(desk_office, month=FEBRUARY).main
    actions.retro_pay(desk_office, run, since=JANUARY, reason="证书补登记")
    month, slip = month_of(desk_office, run), slip_of(desk_office, run, zhang)
    found = {each.name: source_of(desk_office, month, slip, each) for each in month.lines[slip.id]}
    assert all(each.rule and each.arithmetic for each in month.lines[slip.id])
    for where in found.values():
        assert where is not None
        assert desk_office.read(*where).title
    assert found["补发2026年1月职业资格津贴"] == ("pay_run", past)
    assert found["基本工资"][0] == "grade_decision"
    assert found["职业资格津贴"] == ("salary_scheme", scheme_id(desk_office))
    assert found["养老保险"] == found["单位养老保险"]
    assert found["养老保险"] != found["住房公积金"]
    assert found["个人所得税"] == ("tax_deduction", less)
    assert {kind: found[kind] for kind in items} == {k: ("pay_item", v) for k, v in items.items()}
