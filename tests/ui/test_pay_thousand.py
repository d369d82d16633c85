"""A thousand people's month: worked out beside the screen, said in the foot, stopped with no trace."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import table_of
from lanling_desktop.people.records import Person
from lanling_desktop.salary import actions, deciding
from lanling_desktop.salary.records import ContributionBase, PayLine, PayRun, PaySlip
from lanling_desktop.salary.sheet import month_of
from lanling_desktop.staff.records import CommunityWorker, PostHolding
from tests.salary.payroll import adopt
from tests.ui.at_desk import Desk, desk
from ui.screens import pay_month
from ui.screens.pay_month import PayMonthScreen

Key = Qt.Key
HERE = threading.main_thread()
PEOPLE = 1_000
HIRED = date(2020, 3, 1)


def hire(office: Office, people: int) -> None:
    """So many workers with a post, bases of their own and a grade; a scheme and rates in force."""
    scheme = adopt(office)
    for kind, employer, own in (("养老保险", "16", "8"), ("住房公积金", "5", "5")):
        rate = {"kind": kind, "employer_pct": employer, "worker_pct": own,
                "valid_from": "2020-01-01"}  # fmt: skip
        office.save("contribution_rate", None, rate)
    with office.act("登记人员") as unit:
        for number in range(people):
            person = unit.add(Person(name=f"欧阳{chr(0x4E00 + number)}"))
            worker = unit.add(
                CommunityWorker(code=f"{number:04}", person_id=person.id, hired_on=HIRED)
            )
            worker.community_work_on = HIRED
            unit.add(PostHolding(worker_id=worker.id, post="工作人员", valid_from=HIRED))
            for kind in ("社会保险", "住房公积金"):
                base = ContributionBase(worker_id=worker.id, kind=kind, base=400_000 + 137 * number)
                base.valid_from = HIRED
                unit.add(base)
    deciding.decide_all(office, scheme_id=scheme, day=date(2026, 1, 1), doc_no="兰社〔2026〕1号")


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def worked(at: Desk) -> None:
    """A thousand people may take longer than the usual wait where others use the machine too."""
    at.qtbot.waitUntil(lambda: not at.session.worker.busy, timeout=60_000)
    at.qtbot.waitUntil(lambda: not at.session.reader.busy, timeout=60_000)
    at.settle()


def counts(office: Office) -> tuple[int, ...]:
    tables = map(table_of, (PayRun, PaySlip, PayLine))
    return tuple(office.rows(select(func.count()).select_from(each))[0][0] for each in tables)


class Threads:
    """In which thread a function is run."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.seen: dict[str, set[threading.Thread]] = {}

    def watch(self, module: object, name: str) -> None:
        real = getattr(module, name)

        def told(*said: object, **more: object) -> object:
            self.seen.setdefault(name, set()).add(threading.current_thread())
            return real(*said, **more)

        self.patch.setattr(module, name, told)


def test_a_thousand_people_hold_no_key_up(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the list to the archive: each act and each reading of the sheet beside the screen."""
    hire(at.office, PEOPLE)
    threads = Threads(monkeypatch)
    for name in ("start", "rescore", "calculate", "review", "approve", "pay", "archive"):
        threads.watch(actions, name)
    threads.watch(pay_month, "month_of")
    steps: list[tuple[int, int, str]] = []
    at.session.worker.progressed.connect(lambda *said: steps.append(said))
    asked: list[str] = []
    at.session.pay_requested.connect(asked.append)
    hands = at.typist
    at.screen("pay_run").table.setFocus()
    hands.press(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    worked(at)
    assert steps[-1] == (2 * PEOPLE, 2 * PEOPLE, "正在核算工资 2,000 / 2,000")
    shown = pay_month.read_month(at.office, asked[0])
    threads.seen.pop("month_of")
    screen = PayMonthScreen(at.session, asked[0], shown)
    at.show(screen)
    screen.begin()
    hands.type("95")
    hands.press(Key.Key_Return)
    worked(at)
    assert screen.table.rows.row_texts(0)[4] == "95%"
    hands.press(Key.Key_F5)
    worked(at)
    for state in ("已审核", "已审批", "已发放", "已归档"):
        hands.press(Key.Key_F9)
        assert not screen.next.isEnabled(), "a second F9 takes no step unseen"
        hands.press(Key.Key_F9)
        worked(at)
        assert screen.month.run.status == state
    assert not at.said.troubles
    assert len(threads.seen) == 8
    assert HERE not in set().union(*threads.seen.values())
    month = month_of(at.office, asked[0])
    assert month.run.people == PEOPLE
    assert month.run.net == sum(each.net for each in month.slips)


def test_stopped_half_way_nothing_is_there(at: Desk) -> None:
    hire(at.office, 150)
    at.session.worker.progressed.connect(at.session.worker.cancel)
    screen = at.screen("pay_run")
    screen.table.setFocus()
    before, acts = counts(at.office), at.office.undoable
    at.typist.press(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    worked(at)
    assert counts(at.office) == before == (0, 0, 0)
    assert at.office.undoable == acts
    assert at.said.said[-1][0] == "已停下，没有改动任何数据"
    assert at.office.count(View("pay_run")) == 0
