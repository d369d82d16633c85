"""C.3-63: import, merge, bulk edit, carry-over and month close, in any order, undone to the start."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from lanling_desktop.core.clock import fixed
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, View
from lanling_desktop.core.records import table_of
from lanling_desktop.exchange import transfer
from lanling_desktop.hall import actions as hall
from lanling_desktop.opening import create_office, open_office
from lanling_desktop.people import actions as people
from lanling_desktop.salary import actions as pay
from tests.exchange.sheets import simple
from tests.hall import month
from tests.office import add_member, numbered, state_of
from tests.salary.payroll import staffed

CLOCK = fixed(2026, 11, 23)
PICK = st.integers(0, 50)
STATES = st.sampled_from(["交办", "办理中", "暂缓"])
_TEMPLATE: list[Path] = []


def template() -> Path:
    """An office with members, a hall with minutes and an open matter, and people to be paid."""
    if not _TEMPLATE:
        path = Path(tempfile.mkdtemp(prefix="undo-")) / "甲.lanling"
        with create_office(path, clock=CLOCK, actor="王敏") as office:
            office.desk.put("community", office.save("community", None, {"name": "向阳社区"}).main)
            month.held(office, month.hall(office), date(2026, 9, 10))
            for number, name in enumerate(("张一", "李二", "王三", "赵四")):
                add_member(office, name, person__phone=f"1380000000{number}")
            staffed(office, "孙会计", "周干事")
        _TEMPLATE.append(path)
    return _TEMPLATE[0]


def summed(office: Office) -> str:
    """One hash of everything an act may change."""
    return hashlib.sha256(repr(sorted(state_of(office).items())).encode()).hexdigest()


class LargeActs(RuleBasedStateMachine):
    """The acts that touch many records at once."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="undo-"))
        self.hashes: list[str] = []

    @initialize()
    def open(self) -> None:
        path = self.folder / "甲.lanling"
        shutil.copy(template(), path)
        self.office: Office = open_office(path, clock=CLOCK, actor="王敏")
        self.hashes.append(summed(self.office))

    def ids(self, register: str) -> list[str]:
        table = table_of(self.office.registers[register].record)
        kept = select(table.c.id).where(table.c.binned_at.is_(None)).order_by(table.c.id)
        return [str(row[0]) for row in self.office.rows(kept)]

    def pick(self, register: str, number: int) -> str:
        found = self.ids(register)
        return found[number % len(found)] if found else ""

    def do(self, act: Any, *words: Any, **given: Any) -> None:
        """One act that may be refused: then nothing has changed."""
        try:
            done: Changes = act(*words, **given)
        except OfficeError:
            assert summed(self.office) == self.hashes[-1]
            return
        if done is not None and done.seq:
            self.hashes.append(summed(self.office))

    @rule(n=PICK, more=st.integers(1, 5), phone=st.sampled_from(["13900000001", ""]))
    def bring(self, n: int, more: int, phone: str) -> None:
        """A sheet with new people and some who are there, one of them changed."""
        rows = [
            (f"钱{chr(0x4E00 + (n + at) % 7)}", numbered(f"19{60 + (n + at) % 7}0101", 1), phone)
            for at in range(more)
        ]
        path = simple(self.folder / "名单.xlsx", [("姓名", "身份证号", "手机"), *rows])
        register = ("person", "party_member")[n % 2]

        def act() -> Changes | None:
            return transfer.import_file(self.office, register, path, skip_errors=True).changes

        self.do(act)

    @rule(a=PICK, b=PICK)
    def merge(self, a: int, b: int) -> None:
        keep, drop = self.pick("person", a), self.pick("person", b)
        if keep != drop:
            self.do(people.merge_persons, self.office, keep=keep, drop=drop)

    @rule(
        typed=st.sampled_from(
            [
                {"person.employer": "县医院"},
                {"person.ethnicity": "回族", "post": "委员"},
                {"branch.organisation_id": "第4网格党支部"},
            ]
        ),
        text=st.sampled_from(["", "钱", "张"]),
    )
    def change_many(self, typed: dict[str, str], text: str) -> None:
        view = View("party_member", text=text)
        self.do(self.office.save_many, view, typed, confirmed=True)

    @rule(day=st.integers(1, 28), at=st.integers(10, 12))
    def next_meeting(self, day: int, at: int) -> None:
        """What is unfinished is carried over."""
        planned = date(2026, at, day)
        hall_id = self.pick("meeting_hall", 0)
        self.do(hall.open_meeting, self.office, hall_id=hall_id, planned_on=planned)

    @rule(a=PICK, state=STATES)
    def go_on(self, a: int, state: str) -> None:
        line = self.pick("action_item", a)
        self.do(self.office.save, "action_item", line, {"status": state}, confirmed=True)

    @rule(at=st.integers(1, 4))
    def begin_month(self, at: int) -> None:
        self.do(pay.start, self.office, month=date(2026, at, 1))

    @precondition(lambda self: self.ids("pay_run"))
    @rule(a=PICK, step=st.sampled_from(["review", "approve", "pay", "archive", "send_back"]))
    def close_month(self, a: int, step: str) -> None:
        run = self.pick("pay_run", a)
        more = {"day": date(2026, 11, 15)} if step == "pay" else {}
        self.do(getattr(pay, step), self.office, run, **more)

    @precondition(lambda self: self.ids("pay_run"))
    @rule(a=PICK)
    def close_whole_month(self, a: int) -> None:
        run = self.pick("pay_run", a)
        for step in (pay.review, pay.approve):
            self.do(step, self.office, run)
        self.do(pay.pay, self.office, run, day=date(2026, 11, 15))

    @invariant()
    def the_last_act_is_undone_and_done_again(self) -> None:
        if len(self.hashes) > 1:
            self.step_back(self.hashes[-2])
            assert self.office.redo() is not None
            assert summed(self.office) == self.hashes[-1]

    def step_back(self, before: str) -> None:
        assert self.office.undo() is not None
        assert summed(self.office) == before

    def teardown(self) -> None:
        try:
            for before in reversed(self.hashes[:-1]):
                self.step_back(before)
            for after in self.hashes[1:]:
                assert self.office.redo() is not None
                assert summed(self.office) == after
        finally:
            self.office.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def sequences(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.fault(63)
@pytest.mark.parametrize(
    ("examples", "steps"), [(12, 8), pytest.param(1_000, 12, marks=pytest.mark.campaign)]
)
@pytest.mark.timeout(7200)
def test_any_order_of_large_acts_is_undone_to_the_start(examples: int, steps: int) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(LargeActs, settings=sequences(examples, steps))


@pytest.mark.fault(63)
def test_each_of_them_is_undone_alone() -> None:
    """Once each, so that no seed of the machine can leave one of them out."""
    machine = LargeActs()
    machine.open()
    counts = [len(machine.hashes)]
    for act in (
        lambda: machine.bring(0, 4, "13900000001"),
        lambda: machine.merge(0, 1),
        lambda: machine.change_many({"person.employer": "县医院"}, ""),
        lambda: machine.next_meeting(10, 10),
        lambda: machine.begin_month(1),
        lambda: machine.close_whole_month(0),
    ):
        act()
        counts.append(len(machine.hashes))
    assert all(one < other for one, other in pairwise(counts)), counts
    assert machine.office.read("pay_run", machine.pick("pay_run", 0))["status"] == "已发放"
    machine.teardown()
