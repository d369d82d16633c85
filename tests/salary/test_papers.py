"""The papers of pay, read back: what stands on them is what the office has paid."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import func, select

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.records import table_of
from lanling_desktop.exchange import workbook
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.salary import actions
from lanling_desktop.salary.papers import PAPERS
from lanling_desktop.salary.records import GradeDecision, PayCorrection, PayLine, PaySlip
from lanling_desktop.standards.amounts import format_yuan, in_words, yuan
from tests.salary.payroll import JANUARY, close, paid, run_of, slip_of, staffed

NAMES = ("张三", "李四", "王五", "赵六")
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)
RATES = (("养老保险", "16", "8"), ("医疗保险", "8", "2"), ("失业保险", "0.7", "0.3"),
         ("工伤保险", "0.2", ""), ("住房公积金", "5", "5"))  # fmt: skip


@pytest.fixture
def march(desk_office: Office) -> str:
    """Two months paid, a third approved: contributions, an allowance, a deduction, retro pay."""
    workers = staffed(desk_office, *NAMES)
    for kind, employer, own in RATES:
        rate = {"kind": kind, "employer_pct": employer, "worker_pct": own,
                "valid_from": "2020-01-01"}  # fmt: skip
        desk_office.save("contribution_rate", None, rate)
    for number, worker in enumerate(workers):
        for kind in ("社会保险", "住房公积金"):
            base = {"worker_id": worker, "kind": kind, "base": str(4000 + 111 * number),
                    "valid_from": "2020-01-01"}  # fmt: skip
            desk_office.save("contribution_base", None, base)
        desk_office.save("community_worker", worker, {"account": f"62170000{number}"},
                         confirmed=True)  # fmt: skip
    for kind, amount in (("奖金", "9000.37"), ("其他扣款", "12.34")):
        item = {"worker_id": workers[0], "month": "2026-03", "kind": kind, "amount": amount,
                "reason": "年度"}  # fmt: skip
        desk_office.save("pay_item", None, item)
    for month in (JANUARY, FEBRUARY):
        paid(desk_office, month)
    certificate = {"worker_id": workers[1], "kind": "社会工作师", "awarded_on": "2025-12-20"}
    desk_office.save("worker_certificate", None, certificate)
    run = actions.start(desk_office, month=MARCH).main
    actions.retro_pay(desk_office, run, since=JANUARY, reason="证书补登记")
    actions.review(desk_office, run)
    actions.approve(desk_office, run)
    return run


def text_of(office: Office, key: str, record_id: str) -> str:
    printed = print_paper(office, catalogue.papers()[key], Request(record_id=record_id))
    document = pypdfium2.PdfDocument(BytesIO(printed.pdf))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def figures(text: str) -> list[int]:
    """Every amount on a paper, in fen."""
    found = re.findall(r"-?\d[\d,]*\.\d\d", text)
    return [int(Decimal(each.replace(",", "")) * 100) for each in found]


def sums(office: Office, run: str, *codes: str) -> int:
    line, slip = table_of(PayLine).c, table_of(PaySlip).c
    mine = select(slip.id).where(slip.run_id == run, slip.binned_at.is_(None))
    where = line.slip_id.in_(mine), line.binned_at.is_(None), line.code.in_(codes)
    return int(office.rows(select(func.coalesce(func.sum(line.amount), 0)).where(*where))[0][0])


@pytest.mark.fault(58)
def test_the_sheet_adds_up_to_what_the_office_has(desk_office: Office, march: str) -> None:
    run, text = run_of(desk_office, march), text_of(desk_office, "pay_sheet", march)
    assert "2026年3月工资发放表" in text
    assert in_words(yuan(run.net), "人民币") in text.replace("\r\n", "").replace("\n", "")
    totals = figures(text.split("合计 4 人")[1].split("注")[0])[:13]
    assert totals[4] == run.gross
    assert totals[-2:] == [run.deductions, run.net]
    assert totals[5] == sums(desk_office, march, "pension")
    assert totals[9] == sums(desk_office, march, "tax")
    assert sum(totals[:4]) == totals[4]
    assert sum(totals[5:11]) == totals[11]
    assert "演示" not in text
    for name in NAMES:
        slip = next(s for s in slips(desk_office, march) if s.name == name)
        row = next(each for each in text.split("\n") if name in each)
        assert row.count(format_yuan(yuan(slip.net))) >= 1


def slips(office: Office, run: str) -> list[object]:
    here = table_of(PaySlip)
    return list(office.rows(select(here).where(here.c.run_id == run)))


@pytest.mark.fault(58)
def test_every_strip_adds_up(desk_office: Office, march: str) -> None:
    text = text_of(desk_office, "pay_strips", march)
    assert text.count("工资条") >= 4
    found = figures(text)
    for slip in slips(desk_office, march):
        assert {slip.gross, slip.deductions, slip.net} <= set(found)
        assert in_words(yuan(slip.net), "人民币") in text


def test_changes_and_retro_say_why(desk_office: Office, march: str) -> None:
    text = text_of(desk_office, "pay_changes", march).replace("\r\n", "").replace("\n", "")
    assert "李四" in text
    assert "赵六" not in text, "nothing changed for him"
    changed = sum(each.difference for each in slips(desk_office, march))
    assert f"+{format_yuan(yuan(changed))}" in text
    retro = text_of(desk_office, "pay_retro", march)
    total = desk_office.rows(select(func.sum(table_of(PayCorrection).c.amount)))[0][0]
    assert total == 40_000
    assert figures(retro.split("合计")[1])[0] == total
    assert "2026-01" in retro
    assert "2026-02" in retro


@pytest.mark.fault(58)
def test_contributions_and_tax_add_up(desk_office: Office, march: str) -> None:
    text = text_of(desk_office, "pay_insured", march)
    totals = figures(text.split("合计 4 人")[1].split("注")[0])
    own = sums(desk_office, march, "pension", "medical", "unemployment", "housing")
    assert totals[-2:] == [run_of(desk_office, march).employer, own]
    taxed = text_of(desk_office, "pay_tax", march)
    withheld = sums(desk_office, march, "tax")
    assert withheld > 0
    assert figures(taxed.split("合计 4 人")[1])[1] == withheld


@pytest.mark.fault(58)
def test_the_year_adds_up(desk_office: Office, march: str) -> None:
    close_it = run_of(desk_office, march)
    assert close_it.status == "已审批"
    actions.pay(desk_office, march, day=date(2026, 4, 10))
    text = text_of(desk_office, "pay_year", march)
    here = table_of(PaySlip).c
    gross, taken, net = desk_office.rows(
        select(func.sum(here.gross), func.sum(here.deductions), func.sum(here.net))
    )[0]
    totals = figures(text.split("合计 4 人")[1].split("注")[0])
    assert totals[-3:] == [gross, taken, net]
    assert sum(totals[:3]) == net


def test_a_grade_shows_its_derivation(desk_office: Office, march: str) -> None:
    here = table_of(GradeDecision).c
    (first, *_) = desk_office.rows(select(here.id, here.steps))
    text = text_of(desk_office, "grade_form", first.id).replace("\r\n", "\n")
    for step in first.steps.split("\n"):
        assert step in text


def test_the_bank_is_told_names_accounts_and_net(
    desk_office: Office, march: str, tmp_path: Path
) -> None:
    typed = {"path": str(tmp_path / "代发.xlsx")}
    desk_office.perform("pay_run", march, "bank", typed)
    (sheet,) = workbook.read(tmp_path / "代发.xlsx").filled
    rows = [[cell.text for cell in row] for row in sheet.rows][2:]
    assert [row[1:3] for row in rows] == [[n, f"62170000{i}"] for i, n in enumerate(NAMES)]
    total = sum(Decimal(row[3].replace(",", "")) for row in rows)
    assert total == yuan(run_of(desk_office, march).net)
    worker = slips(desk_office, march)[0].worker_id
    desk_office.save("community_worker", worker, {"account": ""}, confirmed=True)
    with pytest.raises(OfficeError, match="没有登记工资账号"):
        desk_office.perform("pay_run", march, "bank", typed)


def test_every_paper_of_an_example_says_demonstration(desk_office: Office, march: str) -> None:
    from lanling_desktop.salary.records import PayRun

    with desk_office.act("改成演示") as unit:
        unit.get(PayRun, march).demo = True
    for paper in PAPERS:
        if paper.register == "pay_run":
            assert "演示" in text_of(desk_office, paper.key, march), paper.title


def test_an_unfinished_month_says_so(desk_office: Office, march: str) -> None:
    actions.send_back(desk_office, march)
    assert "已核算，尚未审批" in text_of(desk_office, "pay_sheet", march)
    close(desk_office, march)
    assert slip_of(desk_office, march, slips(desk_office, march)[0].worker_id)
