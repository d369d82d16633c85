"""A year of pay, told step by step: scheme, grades, months, a late certificate, a new scheme, the end.

2025 in an office of two: 张三 earns 10,000 a month, the tax example of the official notice
(domain.md 10.1), so his first three months withhold 75, 75 and 75. His certificate of December is
registered in April and paid back to January; a new scheme holds from July; the year ends in a sheet.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.salary import actions, deciding, schemes
from lanling_desktop.salary.soundness import unsound
from tests.salary.payroll import close, hire, lines_of, paid, run_of, slip_of

EXAMPLE = "示例：演示方案"
OURS = "等级的值：金额\n各岗位 2 级：{two}\n各岗位 3 级：10100\n绩效 办法：无"


def text_of(office: Office, key: str, record_id: str) -> str:
    printed = print_paper(office, catalogue.papers()[key], Request(record_id=record_id))
    document = pypdfium2.PdfDocument(BytesIO(printed.pdf))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def figures(text: str) -> list[int]:
    found = re.findall(r"-?\d[\d,]*\.\d\d", text)
    return [int(Decimal(each.replace(",", "")) * 100) for each in found]


def scheme(office: Office, two: str, day: date, doc_no: str) -> str:
    """The county's scheme typed in from the example, with its document, in force from a day."""
    made = schemes.load(office, schemes.shipped_text(EXAMPLE)).main
    schemes.fill_in(office, made, OURS.format(two=two))
    with pytest.raises(OfficeError, match="是示例"):
        schemes.adopt(office, made, day=day)
    schemes.make_own(office, made, name=f"本县方案{doc_no}", doc_no=doc_no, issuer="县人社局")
    schemes.adopt(office, made, day=day)
    return made


def facts(office: Office, worker: str) -> None:
    """What the official example takes off: 1,500 of contributions, 1,000 for a child."""
    for kind, own in (("养老保险", "8"), ("医疗保险", "2"), ("住房公积金", "5")):
        rate = {"kind": kind, "employer_pct": "10", "worker_pct": own, "valid_from": "2020-01-01"}
        office.save("contribution_rate", None, rate)
    for kind in ("社会保险", "住房公积金"):
        base = {"worker_id": worker, "kind": kind, "base": "10000", "valid_from": "2020-01-01"}
        office.save("contribution_base", None, base)
    child = {"worker_id": worker, "kind": "子女教育", "amount": "1000", "valid_from": "2020-01-01"}
    office.save("tax_deduction", None, child)


def test_a_year(desk_office: Office) -> None:
    office = desk_office
    first = scheme(office, "10000", date(2025, 1, 1), "〔2025〕1号")
    zhang, li = hire(office, "张三"), hire(office, "李四")
    facts(office, zhang)
    deciding.decide_all(office, scheme_id=first, day=date(2025, 1, 1), doc_no="〔2025〕2号")
    runs = [paid(office, date(2025, n, 1)) for n in (1, 2, 3)]
    assert [slip_of(office, run, zhang).tax for run in runs] == [7_500, 7_500, 7_500]
    for run in runs:
        row = next(line for line in text_of(office, "pay_tax", run).split("\n") if "张三" in line)
        assert figures(row)[-1] == 7_500

    certificate = {"worker_id": zhang, "kind": "社会工作师", "awarded_on": "2024-12-20"}
    office.save("worker_certificate", None, certificate)
    april = actions.start(office, month=date(2025, 4, 1)).main
    actions.retro_pay(office, april, since=date(2025, 1, 1), reason="证书补登记")
    back = [each for each in lines_of(office, april, zhang) if each.for_month]
    assert [each.for_month.month for each in back] == [1, 2, 3]
    assert sum(each.amount for each in back) == 60_000
    assert slip_of(office, april, zhang).gross == 1_020_000 + 60_000
    assert slip_of(office, april, li).difference == 0
    assert "补发" in text_of(office, "pay_changes", april)
    close(office, april)
    runs += [april, *(paid(office, date(2025, n, 1)) for n in (5, 6))]

    second = scheme(office, "10500", date(2025, 7, 1), "〔2025〕30号")
    july = paid(office, date(2025, 7, 1))
    assert slip_of(office, july, zhang).gross == 1_070_000
    assert "10500" in lines_of(office, july, zhang)[0].arithmetic.replace(",", "")
    assert office.read("salary_scheme", first)["valid_to"] == date(2025, 7, 1)
    assert "〔2025〕30号" in text_of(office, "pay_sheet", july)
    assert "〔2025〕1号" in text_of(office, "pay_sheet", runs[0]), "June stays as it was paid"
    with pytest.raises(OfficeError, match="已经启用"):
        schemes.fill_in(office, second, "各岗位 2 级：1")

    runs += [july, *(paid(office, date(2025, n, 1)) for n in range(8, 13))]
    for run in runs:
        assert all(each.arithmetic for each in lines_of(office, run, zhang))
    net = sum(run_of(office, run).net for run in runs)
    gross = sum(run_of(office, run).gross for run in runs)
    text = text_of(office, "pay_year", runs[-1])
    totals = figures(text.split("合计 2 人")[1].split("注")[0])
    assert totals[:12] == [run_of(office, run).net for run in runs]
    assert totals[12:] == [gross, gross - net, net]
    taxed = sum(slip_of(office, run, zhang).tax for run in runs)
    income = 10_200 * 6 + 10_700 * 6
    yearly = income - 60_000 - 18_000 - 12_000
    assert yearly < 36_000
    assert taxed == yearly * 3
    actions.archive(office, runs[-1])
    assert not list(unsound(office))
