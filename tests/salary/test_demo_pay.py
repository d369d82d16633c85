"""The demo office's year of pay: there, sound, and said to be a demonstration."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from lanling_desktop import opening
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.records import table_of
from lanling_desktop.salary import actions
from lanling_desktop.salary.records import PayRun
from lanling_desktop.salary.soundness import unsound


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
