"""信息更正: one act that puts columns right and says who asked, pointing at the journal."""

from __future__ import annotations

import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.privacy import corrections
from tests.office import add_member, numbered, person_of, state_of
from tests.printing.samples import texts

NUMBER = numbered("19800101", 12)
ASKED = {
    "correction.requester": "张玉兰",
    "correction.relation": "本人",
    "correction.credential": "身份证",
    "correction.evidence": "户口簿",
    "correction.reason": "名字里的兰写错了",
}


@pytest.fixture
def person(desk_office: Office) -> str:
    return person_of(desk_office, add_member(desk_office, "张玉蓝", person__identity_number=NUMBER))


def the_one(office: Office) -> str:
    (row,) = office.page(View("correction"), 0, 5)
    return row[0]


def test_a_correction_is_one_act_with_its_log(desk_office: Office, person: str) -> None:
    office = desk_office
    done = office.perform("person", person, "correct", {**ASKED, "name": "张玉兰", "phone": ""})
    assert done.title == "信息更正 居民 张玉蓝"
    assert office.read("person", person)["name"] == "张玉兰"
    entry = office.read("correction", the_one(office))
    assert entry["entry"] == done.seq
    assert (entry["number"], entry.texts["person_id"]) == ("更正2026-0001", "张玉兰")
    lines = corrections.changed(office, entry)
    assert [(each.label, each.before, each.after) for each in lines] == [
        ("姓名", "张玉蓝", "张玉兰")
    ]
    assert office.find("zhangyulan")[0].title == "张玉兰"


def test_it_is_undone_and_redone_whole(desk_office: Office, person: str) -> None:
    office = desk_office
    before = state_of(office)
    office.perform("person", person, "correct", {**ASKED, "name": "张玉兰"})
    after = state_of(office)
    office.undo()
    assert state_of(office) == before
    office.redo()
    assert state_of(office) == after


def test_a_sensitive_column_left_empty_stays_and_is_never_proposed(
    desk_office: Office, person: str
) -> None:
    office = desk_office
    entry = office.read("person", person)
    procedure = next(p for p in office.registers["person"].procedures if p.key == "correct")
    assert "identity_number" not in procedure.proposed(office, entry)
    fields = dict(procedure.asked(office, entry))
    assert NUMBER not in fields["identity_number"].help
    said = {**ASKED, "name": "张玉兰", "identity_number": ""}
    office.perform("person", person, "correct", said)
    assert office.read("person", person)["identity_number"] == NUMBER


def test_nothing_to_correct_and_bad_values_are_refused(desk_office: Office, person: str) -> None:
    before = state_of(desk_office)
    with pytest.raises(OfficeError, match="没有一栏"):
        desk_office.perform("person", person, "correct", {**ASKED, "name": "张玉蓝"})
    bad = {**ASKED, "identity_number": "371324198001010121"}
    with pytest.raises(RejectedError):
        desk_office.perform("person", person, "correct", bad)
    bad = {**ASKED, "correction.evidence": "", "name": "张玉兰"}
    with pytest.raises(RejectedError, match="依据材料必须填写"):
        desk_office.perform("person", person, "correct", bad)
    assert state_of(desk_office) == before


def test_a_member_is_corrected_with_the_person_behind(desk_office: Office) -> None:
    office = desk_office
    member = add_member(office, "李建国", person__phone="13900000001")
    said = {
        **ASKED,
        "person.name": "李建国",
        "joined_on": "2002-07-01",
        "person.phone": "13900000002",
    }
    office.perform("party_member", member, "correct", said)
    entry = office.read("correction", the_one(office))
    assert entry["person_id"] == person_of(office, member)
    labels = {each.label for each in corrections.changed(office, entry)}
    assert "联系电话" in labels
    assert len(labels) == 2, labels


def test_the_paper_takes_before_and_after_from_the_journal(
    desk_office: Office, person: str
) -> None:
    office = desk_office
    office.perform("person", person, "correct", {**ASKED, "name": "张玉兰"})
    paper = catalogue.papers()["correction_form"]
    pdf = print_paper(office, paper, Request(record_id=the_one(office))).pdf
    said = "".join("".join(texts(pdf)).split())
    for each in ("张玉蓝", "张玉兰", "户口簿", "更正2026-0001", "申请人签字"):
        assert each in said, each


def test_it_is_not_made_by_hand(desk_office: Office) -> None:
    with pytest.raises(RejectedError, match="F7"):
        desk_office.save(
            "correction", None, {key.split(".")[1]: text for key, text in ASKED.items()}
        )
