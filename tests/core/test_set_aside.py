"""A long act lets go of what it has written, and its journal is the same as a short one's."""

from __future__ import annotations

from pathlib import Path

import pytest

from lanling_desktop.check import findings
from lanling_desktop.core import journal
from lanling_desktop.core.office import Office
from lanling_desktop.exchange import transfer
from lanling_desktop.people.records import Person
from tests.office import state_of

FILES = Path(__file__).parent.parent / "scenarios" / "files"


def changes_of(office: Office, seq: int) -> list[journal.Change]:
    with office.store.writing() as session:
        return journal.changes_of(session, seq)


def test_what_is_changed_after_it_was_set_aside_is_one_change(desk_office: Office) -> None:
    kept = desk_office.save("person", None, {"name": "赵一"}).main
    before = state_of(desk_office)
    with desk_office.act("长") as unit:
        made = unit.add(Person(name="钱二")).id
        unit.get(Person, kept).employer = "县医院"
        unit.set_aside()
        unit.set_aside()
        unit.get(Person, made).name = "钱三"
        unit.get(Person, kept).phone = "13900000001"
        unit.set_aside()
    changes = {each.id: each for each in changes_of(desk_office, unit.done.seq)}
    assert set(changes) == {made, kept}
    assert changes[made].before is None
    assert (changes[made].after or {})["name"] == "钱三"
    assert changes[kept].before == {"employer": None, "phone": None}
    assert changes[kept].after == {"employer": "县医院", "phone": "13900000001"}
    assert [hit.title for hit in desk_office.find("钱三")] == ["钱三"]
    assert desk_office.find("钱二") == []
    desk_office.undo()
    assert state_of(desk_office) == before


def test_what_is_put_back_after_it_was_set_aside_is_no_change(desk_office: Office) -> None:
    kept = desk_office.save("person", None, {"name": "赵一"}).main
    with desk_office.act("空") as unit:
        unit.get(Person, kept).employer = "县医院"
        unit.set_aside()
        unit.get(Person, kept).employer = None
    assert unit.done.seq == 0
    assert unit.done.records == frozenset()


@pytest.mark.parametrize("batch", [1, 7])
def test_an_import_in_batches_is_one_act_and_undone_as_one(
    desk_office: Office, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(transfer, "_BATCH", batch)
    before = state_of(desk_office)
    path = FILES / "街道党员花名册.xlsx"
    assert transfer.import_file(desk_office, "party_member", path).changes is not None
    after = state_of(desk_office)
    assert list(findings(desk_office)) == []
    assert transfer.import_file(desk_office, "party_member", path).plan.count("一致") == 40
    desk_office.undo()
    assert state_of(desk_office) == before
    desk_office.redo()
    assert state_of(desk_office) == after
