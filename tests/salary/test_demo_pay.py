"""The demo office's year of pay: there, sound, and said to be a demonstration."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
from sqlalchemy import func, select

from lanling_desktop import catalogue, opening
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.records import table_of
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.salary import actions
from lanling_desktop.salary.papers import PAPERS
from lanling_desktop.salary.records import GradeDecision, PayRun
from lanling_desktop.salary.soundness import unsound
from tests.salary.test_printed import across, words


def test_a_year_of_pay_stands_and_the_next_month_runs_on(demo_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "demo.lanling"
    copy.write_bytes(demo_file.read_bytes())
    with opening.open_office(copy, clock=fixed(2026, 11, 23)) as office:
        run = table_of(PayRun).c
        told = office.rows(select(func.count(), func.min(run.people), func.max(run.people)))
        assert tuple(told[0]) == (12, 32, 32)
        assert all(row[0] for row in office.rows(select(run.demo)))
        assert not list(unsound(office))
        made = actions.start(office, month=office.today).main
        this = office.read("pay_run", made)
        assert (this["title"], this["people"]) == ("2026年11月工资", 32)
        assert len(this["left_out"].split("、")) == 8
        actions.review(office, made)


def test_every_page_of_its_papers_says_so_and_nothing_lies_over_a_line(
    demo_file: Path, tmp_path: Path
) -> None:
    """The newest of its months, with months of the year still to come."""
    copy = tmp_path / "demo.lanling"
    copy.write_bytes(demo_file.read_bytes())
    with opening.open_office(copy, clock=fixed(2026, 11, 23)) as office:
        run, decision = table_of(PayRun).c, table_of(GradeDecision).c
        newest = office.rows(select(run.id).order_by(run.month.desc()).limit(1))[0][0]
        graded = office.rows(select(decision.id).limit(1))[0][0]
        seen = []
        for paper in PAPERS:
            if paper.key in ("pay_retro", "scheme_compare"):
                continue  # nothing was paid late here, and there is one scheme
            request = Request(record_id=newest if paper.register == "pay_run" else graded)
            pdf = print_paper(office, catalogue.papers()[paper.key], request).pdf
            for page in pypdfium2.PdfDocument(BytesIO(pdf)):
                assert "演示" in words(page), paper.title
                assert across(page) == [], paper.title
            seen.append(paper.key)
        assert len(seen) == len(PAPERS) - 2
