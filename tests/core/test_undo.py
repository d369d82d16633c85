"""Any acts in any order: undone one by one the office is as before, redone as after."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import select

from lanling_desktop.core.clock import fixed
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, View
from lanling_desktop.core.records import table_of
from lanling_desktop.opening import create_office, open_office
from lanling_desktop.organisation import actions as tree
from lanling_desktop.people import actions
from lanling_desktop.people.records import Person
from tests.office import add_member, state_of

CLOCK = fixed(2026, 11, 23)
PICK = st.integers(0, 50)
DAYS = st.integers(-3, 3).map(lambda n: date(2026, 11, 20) + timedelta(days=n))
_TEMPLATE: list[Path] = []


def template() -> Path:
    """A small office, made once: two branches, three homes, five members."""
    if not _TEMPLATE:
        path = Path(tempfile.mkdtemp(prefix="undo-")) / "甲.lanling"
        with create_office(path, clock=CLOCK) as office:
            community = office.save("community", None, {"name": "向阳社区"})
            office.desk.put("community", community.main)
            for number, name in enumerate(("张一", "李二", "王三", "赵四", "孙五")):
                add_member(
                    office,
                    name,
                    branch__organisation_id=f"第{number % 2 + 1}网格党支部",
                    home__household_id=f"兰陵花园{number % 3 + 1}号楼1单元101",
                )
        _TEMPLATE.append(path)
    return _TEMPLATE[0]


class Acts(RuleBasedStateMachine):
    """Every act the office knows, on records picked at random; refusals must change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="undo-"))
        self.done = 0

    @initialize()
    def open(self) -> None:
        path = self.folder / "甲.lanling"
        shutil.copy(template(), path)
        self.office: Office = open_office(path, clock=CLOCK)
        self.before = state_of(self.office)

    def pick(self, register: str, number: int) -> str:
        table = table_of(self.office.registers[register].record)
        rows = self.office.rows(select(table.c.id).order_by(table.c.id))
        return str(rows[number % len(rows)][0]) if rows else ""

    def person(self, number: int) -> str:
        rows = self.office.rows(select(Person.id).order_by(Person.id))
        return str(rows[number % len(rows)][0])

    def try_to(self, act: Any, *words: Any, **given: Any) -> None:
        """An act that may be refused: then nothing has changed."""
        before = state_of(self.office)
        try:
            changes: Changes = act(self.office, *words, **given)
        except OfficeError:
            assert state_of(self.office) == before
            return
        self.done += 1 if changes.seq else 0

    @rule(name=st.sampled_from(["王芳", "单小雨", "王𬭩"]), n=PICK)
    def enter(self, name: str, n: int) -> None:
        typed = {"person.name": name, "kind": "正式党员", "branch.organisation_id": "第3网格党支部"}
        typed["home.household_id"] = f"兰陵花园{n % 5 + 1}号楼1单元101"
        self.try_to(lambda office: office.save("party_member", None, typed, confirmed=True))

    @rule(a=PICK, name=st.sampled_from(["王芳", "张壹", ""]))
    def change(self, a: int, name: str) -> None:
        member = self.pick("party_member", a)
        values = {"person.name": name, "person.phone": "15400000001"}
        self.try_to(lambda office: office.save("party_member", member, values, confirmed=True))

    @rule(a=PICK, b=PICK, day=DAYS, head=st.booleans())
    def move(self, a: int, b: int, day: date, head: bool) -> None:
        self.try_to(
            actions.move_household,
            person_id=self.person(a),
            household_id=self.pick("household", b),
            day=day,
            relation="户主" if head else None,
        )

    @rule(a=PICK, day=DAYS, state=st.sampled_from(["迁出", "死亡", "流动"]))
    def depart(self, a: int, day: date, state: str) -> None:
        member = self.pick("party_member", a)
        self.try_to(tree.record_member_departure, member_id=member, state=state, day=day, to="上海")

    @rule(a=PICK, b=PICK, day=DAYS)
    def transfer(self, a: int, b: int, day: date) -> None:
        self.try_to(
            tree.transfer_member,
            member_id=self.pick("party_member", a),
            organisation_id=self.pick("party_organisation", b),
            day=day,
        )

    @rule(a=PICK, b=PICK)
    def merge(self, a: int, b: int) -> None:
        self.try_to(actions.merge_persons, keep=self.person(a), drop=self.person(b))

    @rule(a=PICK, b=PICK)
    def deny(self, a: int, b: int) -> None:
        if self.person(a) != self.person(b):
            both = {"first_id": self.person(a), "second_id": self.person(b)}
            self.try_to(actions.mark_not_duplicate, **both)

    @rule(a=PICK, b=PICK, day=DAYS)
    def designate(self, a: int, b: int, day: date) -> None:
        self.try_to(
            tree.designate_central_household,
            host_id=self.person(a),
            branch_id=self.pick("party_organisation", b),
            designated_on=day,
        )

    @precondition(lambda self: self.pick("central_household", 0))
    @rule(a=PICK, b=PICK, c=PICK, day=DAYS)
    def link(self, a: int, b: int, c: int, day: date) -> None:
        self.try_to(
            tree.link_members,
            central_household_id=self.pick("central_household", a),
            person_ids=[self.person(b), self.person(c)],
            day=day,
        )

    @precondition(lambda self: self.pick("central_household", 0))
    @rule(a=PICK, day=DAYS, state=st.sampled_from(["挂牌", "已摘牌", "考察"]))
    def advance(self, a: int, day: date, state: str) -> None:
        self.try_to(
            tree.advance_central_household,
            central_household_id=self.pick("central_household", a),
            state=state,
            day=day,
            reason="调整",
        )

    @precondition(lambda self: self.pick("central_household", 0))
    @rule(a=PICK, day=DAYS, result=st.sampled_from(["合格", "摘牌"]))
    def review(self, a: int, day: date, result: str) -> None:
        self.try_to(
            tree.review_central_household,
            central_household_id=self.pick("central_household", a),
            reviewed_on=day,
            result=result,
        )

    @rule(a=PICK, register=st.sampled_from(["person", "party_member", "household", "compound"]))
    def bin(self, a: int, register: str) -> None:
        record = self.pick(register, a)
        self.try_to(lambda office: office.bin(register, record, "录错"))

    @rule(a=PICK, register=st.sampled_from(["person", "party_member"]))
    def restore(self, a: int, register: str) -> None:
        rows = self.office.page(View(register, binned=True), 0, 50)
        if rows:
            record = rows[a % len(rows)][0]
            self.try_to(lambda office: office.restore(register, record))

    @precondition(lambda self: self.done)
    @rule()
    def undo_and_redo(self) -> None:
        now = state_of(self.office)
        assert self.office.undo() is not None
        assert self.office.redo() is not None
        assert state_of(self.office) == now

    def teardown(self) -> None:
        try:
            after = state_of(self.office)
            for _ in range(self.done):
                assert self.office.undo() is not None
            assert state_of(self.office) == self.before
            for _ in range(self.done):
                assert self.office.redo() is not None
            assert state_of(self.office) == after
        finally:
            self.office.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def _campaign(examples: int, steps: int) -> Any:
    case = Acts.TestCase
    case.settings = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=examples < 100,
    )
    return case


class TestShort(_campaign(30, 8)):  # type: ignore[misc]
    """What CI runs."""


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_long_sequences() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    long = settings(max_examples=300, stateful_step_count=40, deadline=None)
    run_state_machine_as_test(
        Acts, settings=settings(long, suppress_health_check=list(HealthCheck))
    )
