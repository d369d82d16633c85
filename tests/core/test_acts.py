"""What a clerk's act does: all of it or nothing, told in the journal, taken back by name."""

from __future__ import annotations

import contextlib

import pytest

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, View
from tests.office import add_member, member, state_of

MEMBERS = View("party_member")


def test_one_form_makes_person_branch_household_and_membership(desk_office: Office) -> None:
    saved = desk_office.save("party_member", None, member())
    entry = desk_office.read("party_member", saved.main)
    assert entry.title == "张玉兰"
    assert entry.texts["person.birth"] == "1980-01-01", "taken from the identity number"
    assert entry.texts["person.sex"] == "男"
    assert entry.texts["home.household_id"] == "兰陵花园 3号楼 2单元 501"
    assert entry.texts["branch.organisation_id"] == "第4网格党支部"
    assert entry.texts["community_id"] == "向阳社区"
    assert desk_office.count(View("household")) == 1
    assert desk_office.count(View("compound")) == 1


def test_a_household_written_another_way_is_the_same_household(desk_office: Office) -> None:
    desk_office.save("party_member", None, member())
    desk_office.save(
        "party_member",
        None,
        member(
            person__name="李志强",
            person__identity_number="370101190102039973",
            person__phone="",
            home__household_id="兰陵花园 3号楼2单元 501",
        ),
    )
    assert desk_office.count(View("household")) == 1


def test_every_red_word_stands_at_its_column_and_nothing_is_saved(desk_office: Office) -> None:
    with pytest.raises(RejectedError) as refused:
        desk_office.save(
            "party_member",
            None,
            member(person__name="", person__identity_number="340524198001010011", kind=""),
        )
    assert {each.key for each in refused.value.problems} == {"person.identity_number"}
    with pytest.raises(RejectedError) as refused:
        desk_office.save("party_member", None, member(person__name="", person__birth="1980-1-2"))
    assert [each.key for each in refused.value.problems] == ["person.name", "person.birth"]
    assert "不符说明" in refused.value.problems[1].words
    assert desk_office.count(MEMBERS) == 0
    assert desk_office.count(View("household")) == 0


def test_a_birth_that_differs_from_the_number_is_saved_with_its_reason(desk_office: Office) -> None:
    typed = member(person__birth="1979-12-30", person__birth_note="档案为农历")
    saved = desk_office.save("party_member", None, typed)
    assert desk_office.read("party_member", saved.main).texts["person.birth"] == "1979-12-30"


def test_a_warning_is_passed_by_saving_again(desk_office: Office) -> None:
    young = member(person__birth="", joined_on="1990-07-01")
    with pytest.raises(RejectedError) as refused:
        desk_office.save("party_member", None, young)
    assert all(each.warning for each in refused.value.problems)
    assert desk_office.save("party_member", None, young, confirmed=True).seq


def test_a_branch_is_changed_by_ending_one_membership_and_beginning_another(
    desk_office: Office,
) -> None:
    saved = desk_office.save("party_member", None, member())
    # The membership began today, so a change today only puts it right ...
    desk_office.save("party_member", saved.main, {"branch.organisation_id": "第5网格党支部"})
    assert desk_office.count(View("branch_membership")) == 1
    texts = desk_office.read("party_member", saved.main).texts
    assert texts["branch.organisation_id"] == "第5网格党支部"


def test_undo_and_redo_name_the_act_and_bring_everything_back(desk_office: Office) -> None:
    before = desk_office.count(View("person"))
    desk_office.save("party_member", None, member())
    undo, _ = desk_office.undoable()
    assert undo is not None
    assert undo.title == "新增党员 张玉兰"
    taken = desk_office.undo()
    assert taken is not None
    assert taken.title == "撤销“新增党员 张玉兰”"
    assert desk_office.count(View("person")) == before
    assert desk_office.find("zyl") == []
    assert desk_office.redo() is not None
    assert [hit.title for hit in desk_office.find("zyl")] == ["张玉兰"]
    undo, redo = desk_office.undoable()
    assert undo is not None
    assert redo is None


def test_an_earlier_act_is_not_undone_over_a_later_one(desk_office: Office) -> None:
    first = desk_office.save("party_member", None, member())
    desk_office.save("party_member", first.main, {"person.phone": "13900000000"})
    with pytest.raises(OfficeError, match="又有改动"):
        desk_office.undo(first.seq)
    assert desk_office.read("party_member", first.main).texts["person.phone"] == "13900000000"


def test_history_says_who_when_old_and_new(desk_office: Office) -> None:
    saved = desk_office.save("party_member", None, member())
    desk_office.save("party_member", saved.main, {"person.phone": "13900000000"})
    line = desk_office.history("party_member", saved.main)[0]
    assert (line.actor, line.act, line.label) == ("王敏", "修改党员 张玉兰", "联系电话")
    assert (line.before, line.after) == ("13812345678", "13900000000")


@pytest.mark.fault(62)
def test_a_record_others_hang_on_is_not_deleted(desk_office: Office) -> None:
    saved = desk_office.save("party_member", None, member())
    household = desk_office.page(View("household"), 0, 1)[0][0]
    with pytest.raises(OfficeError, match="家庭成员 1 条"):
        desk_office.bin("household", household, "录错")
    desk_office.bin("party_member", saved.main, "重复录入")
    assert desk_office.count(MEMBERS) == 0
    binned = desk_office.page(View("party_member", binned=True), 0, 5)
    assert [row[0] for row in binned] == [saved.main]
    desk_office.restore("party_member", saved.main)
    texts = desk_office.read("party_member", saved.main).texts
    assert texts["branch.organisation_id"] == "第4网格党支部"


def test_an_act_that_fails_in_the_middle_leaves_nothing(desk_office: Office) -> None:
    heard: list[Changes] = []
    desk_office.listeners.append(heard.append)
    journal_before, _ = desk_office.undoable()
    with pytest.raises(RuntimeError):
        _half(desk_office)
    assert desk_office.count(View("person")) == 0
    assert heard == []
    assert desk_office.undoable()[0] == journal_before


def _half(office: Office) -> None:
    from lanling_desktop.people.records import Person

    with office.act("半途而废") as unit:
        unit.add(Person(name="不该有"))
        unit.session.flush()
        raise RuntimeError


def test_reading_hands_out_frozen_values(desk_office: Office) -> None:
    saved = desk_office.save("party_member", None, member())
    entry = desk_office.read("party_member", saved.main)
    with pytest.raises(TypeError):
        entry.values["person.name"] = "改"  # type: ignore[index]


def test_a_double_is_seen_before_saving(desk_office: Office) -> None:
    desk_office.save("party_member", None, member())
    certain = desk_office.duplicates(
        "party_member", {"person.identity_number": "34052419800101001X"}
    )
    assert [(each.title, each.certain) for each in certain] == [("张玉兰", True)]
    likely = desk_office.duplicates("party_member", {"person.phone": "13812345678"})
    assert [(each.title, each.certain) for each in likely] == [("张玉兰", False)]


def test_the_notice_of_a_double_shows_no_whole_number(desk_office: Office) -> None:
    desk_office.save("party_member", None, member())
    desk_office.save("person", None, {"name": "李四", "identity_number": "340524198001010028"})
    number = {"person.identity_number": "34052419800101001X", "person.phone": "13812345678"}
    found = desk_office.duplicates("party_member", number)
    found += desk_office.duplicates("person", {"identity_number": "340524198001010028"})
    said = " ".join(each.detail for each in found)
    assert len(found) == 2
    assert "340524********0028" in said
    assert "34052419800101" not in said
    assert "13812345678" not in said


def test_a_certain_double_is_said_at_save_too(desk_office: Office) -> None:
    desk_office.save("compound", None, {"name": "兰陵花园"})
    before = state_of(desk_office)
    with pytest.raises(RejectedError, match="已经登记过：兰陵花园"):
        desk_office.save("compound", None, {"name": "兰陵花园"})
    assert state_of(desk_office) == before
    number = {"name": "张玉兰", "identity_number": "34052419800101001X"}
    desk_office.save("person", None, number)
    with pytest.raises(RejectedError, match=r"身份证号.*已经登记过：张玉兰"):
        desk_office.save("person", None, number | {"name": "张玉芝"})
    desk_office.save("compound", None, {"name": "兰陵花园"}, confirmed=True)
    assert desk_office.count(View("compound")) == 2


def test_a_bulk_change_asks_before_it_makes_a_branch_nobody_has(desk_office: Office) -> None:
    add_member(desk_office, "张玉兰")
    typed = {"branch.organisation_id": "第九网格党支部"}
    with pytest.raises(RejectedError) as refused:
        desk_office.save_many(View("party_member"), typed)
    assert refused.value.problems[0].warning
    assert "仍要保存就会新建它" in refused.value.problems[0].words
    assert desk_office.resolve("party_organisation", "第九网格党支部") == []
    desk_office.save_many(View("party_member"), typed, confirmed=True)
    assert len(desk_office.resolve("party_organisation", "第九网格党支部")) == 1


def adoptable(office: Office) -> list[tuple[str, str]]:
    """Every box of a form whose link may be given by the title of what is not there yet."""
    registers = office.registers
    return [
        (key, each.key)
        for key, register in registers.items()
        for each in register.form_columns
        if each.field.kind is Kind.LINK and registers[each.field.link].adopt is not None
    ]


def test_a_link_to_what_is_not_there_yet_breaks_no_rule(demo_office: Office) -> None:
    """A branch whose branch above was only typed ended in the driver's words."""
    tried = adoptable(demo_office)
    assert ("party_organisation", "parent_id") in tried
    for register, column in tried:
        kinds = {"kind": "网格党支部"} if register == "party_organisation" else {}
        for title in ("兰陵花园 99号楼 9单元 901", "新起的名字"):
            with contextlib.suppress(OfficeError):
                demo_office.save(register, None, {**kinds, column: title}, ask=True)
            first = next(iter(demo_office.page(View(register), 0, 1)), None)
            if first is not None:
                with contextlib.suppress(OfficeError):
                    demo_office.save(register, first[0], {column: title}, ask=True)
