"""What is archived stays as it was: its papers, its grades; a scheme goes out as a file and comes back."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.salary import actions, deciding, schemes
from lanling_desktop.salary.soundness import unsound
from tests.salary.payroll import JANUARY, adopt, paid, scheme_id, staffed

_PROOF = re.compile(r"打印编号 \S+\s+校验码 \S+|制表日期：\S+")
PAPERS = ("pay_sheet", "pay_strips", "pay_insured", "pay_tax", "pay_year")


def said(office: Office, key: str, run: str) -> str:
    """A paper's words without its number and the day it was made."""
    pdf = print_paper(office, catalogue.papers()[key], Request(record_id=run)).pdf
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return _PROOF.sub("", "\n".join(page.get_textpage().get_text_bounded() for page in document))


@pytest.mark.fault(59)
def test_an_archived_month_prints_as_it_was_whatever_comes_after(desk_office: Office) -> None:
    office = desk_office
    zhang, _ = staffed(office, "张三", "李四")
    rate = {"kind": "养老保险", "employer_pct": "16", "worker_pct": "8", "valid_from": "2020-01-01"}
    rate_id = office.save("contribution_rate", None, rate).main
    for worker in (zhang,):
        base = {"worker_id": worker, "kind": "社会保险", "base": "4000", "valid_from": "2020-01-01"}
        office.save("contribution_base", None, base)
    run = paid(office, JANUARY)
    actions.archive(office, run)
    before = {key: said(office, key, run) for key in PAPERS}
    assert "320.00" in before["pay_insured"]
    held = {"worker_id": zhang, "kind": "高级社会工作师", "awarded_on": "2020-12-20"}
    office.save("worker_certificate", None, held)
    office.save("contribution_rate", rate_id, {"worker_pct": "9.5"})
    adopt(office, day=date(2026, 2, 1))
    assert {key: said(office, key, run) for key in PAPERS} == before
    assert list(unsound(office)) == []
    register = office.registers["pay_run"]
    entry = office.read("pay_run", run)
    assert [each.key for each in register.procedures if each.offered(entry.values)] == ["bank"]
    for act in (actions.calculate, actions.review, actions.send_back, actions.archive):
        with pytest.raises(OfficeError):
            act(office, run)
    item = {"worker_id": zhang, "month": "2026-01", "kind": "奖金", "amount": "1", "reason": "迟"}
    with pytest.raises(OfficeError):
        office.save("pay_item", None, item)
    with pytest.raises(OfficeError):
        office.save("pay_run", run, {"batch": "改"})
    assert office.read("pay_run", run).values == entry.values


def test_a_decided_grade_is_never_worked_out_again(desk_office: Office) -> None:
    """A certificate found later, and a new decision: the first stays with its own steps."""
    office = desk_office
    (zhang,) = staffed(office, "张三")
    (first,) = decisions(office)
    was = office.read("grade_decision", first)
    held = {"worker_id": zhang, "kind": "社会工作师", "awarded_on": "2020-12-20"}
    office.save("worker_certificate", None, held)
    assert office.read("grade_decision", first).values == was.values
    deciding.decide(
        office, worker_id=zhang, scheme_id=scheme_id(office), day=date(2027, 3, 2),
        doc_no="兰社〔2027〕2号", grade=6, reason="县里批复",
    )  # fmt: skip
    later = next(each for each in decisions(office) if each != first)
    now = office.read("grade_decision", first)
    assert now["valid_to"] == date(2027, 3, 2)
    for key in ("grade", "computed_grade", "steps", "doc_no", "valid_from"):
        assert now[key] == was[key]
    assert office.read("grade_decision", later)["override_reason"] == "县里批复"
    with pytest.raises(OfficeError):
        office.save("grade_decision", first, {"grade": "9"})


def decisions(office: Office) -> list[str]:
    from sqlalchemy import select

    from lanling_desktop.core.records import table_of
    from lanling_desktop.salary.records import GradeDecision

    return [row[0] for row in office.rows(select(table_of(GradeDecision).c.id))]


def test_a_scheme_goes_out_as_a_file_and_comes_back_the_same(
    desk_office: Office, tmp_path: Path
) -> None:
    office, path = desk_office, tmp_path / "本县方案.json"
    ours = adopt(office)
    office.perform("salary_scheme", ours, "save", {"path": str(path)})
    read = schemes.load_file(office, path).main
    assert deciding.scheme_of(office, read) == deciding.scheme_of(office, ours)
    assert office.read("salary_scheme", read)["status"] == "草稿"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(OfficeError):
        schemes.load_file(office, path)
