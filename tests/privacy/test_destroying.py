"""销毁: gone from every byte, proven by the journal, told in a record, never taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from lanling_desktop import catalogue, opening
from lanling_desktop.check import check
from lanling_desktop.core import attachments, journal
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.journal import JournalEntry
from lanling_desktop.core.keyring import Cost
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.rights import Rights
from lanling_desktop.hall.records import Attendee, MinutesVersion
from lanling_desktop.opening import open_office
from lanling_desktop.people import actions
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.privacy import disposing, rules
from lanling_desktop.safety import replay
from lanling_desktop.safety.guard import Guard
from lanling_desktop.standards import pinyin
from tests.core.pictures import jpeg
from tests.office import id_of, numbered, state_of
from tests.printing.samples import texts

NAME, NUMBER, PHONE = "欧阳秀兰", numbered("19500203", 12), "13812345678"
TRACES = (NAME, NUMBER, PHONE, "蒙山路九号", "兰陵县医院", pinyin.sort_key(NAME))
SAID = {
    "decision": rules.ERASE,
    "reason": "迁出满五年",
    "approver": "王书记",
    "first_witness": "李红",
    "second_witness": "赵亮",
    "mentions": rules.REPLACE,
    "typed": NAME,
}


@pytest.fixture
def gone(desk_office: Office) -> str:
    """Somebody with a home, a household, drafts, a photograph, prints, a visit; moved away."""
    office = desk_office
    typed = {
        "name": NAME, "identity_number": NUMBER, "phone": PHONE, "remark": "原住蒙山路九号",
        "home.household_id": "兰陵花园3号楼2单元501室", "home.relation": "户主",
    }  # fmt: skip
    made = office.save("person", None, typed, confirmed=True).main
    office.save("person", None, {"name": "留下的人", "phone": "13900000009"}, confirmed=True)
    office.save("person", made, {"employer": "兰陵县医院"})
    home = id_of(office, "household", "兰陵花园 3号楼 2单元 501")
    office.save("household", home, {"head_id": made})
    photo = [attachments.Incoming("欧阳秀兰.jpg", jpeg("green"))]
    attachments.add(office, "person", made, photo)
    visit = {"name": NAME, "phone": PHONE, "visited_on": "2020-05-06", "matter": "路灯不亮"}
    office.save("visitor_reception", None, visit, confirmed=True)
    office.note(f"查看完整身份证号：居民 {NAME}")
    print_paper(office, catalogue.papers()["list_person"], Request())
    office.desk.keep_draft(f"person/{made}", NAME, {"name": NAME, "phone": PHONE})
    office.desk.save_filter("一个人", View("person", text=NAME))
    since = {"valid_from": date(2015, 1, 1)}
    member = office.page(View("household_member"), 0, 1)[0][0]
    office.save("household_member", member, since)
    actions.record_departure(office, person_id=made, state="迁出", day=date(2021, 1, 1))
    typed = {"what": "居民迁出", "years": "5", "basis": "兰民发〔2026〕1号"}
    office.save("retention_period", None, typed)
    return made


def found(folder: Path, words: tuple[str, ...] = TRACES) -> list[tuple[str, str]]:
    """Where any of the words stands in any byte below a folder, or in a file's name."""
    return [
        (path.name, word)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for word in words
        if word.encode() in path.read_bytes() or word in path.name
    ]


def broken(office: Office) -> list[tuple[int, str]]:
    with office.store.writing() as session:
        return list(journal.verify(session))


def destroy(office: Office, at: str, **more: str) -> Any:
    return office.perform("person", at, "destroy", {**SAID, **more})


def the_record(office: Office) -> Any:
    (row,) = office.page(View("disposal"), 0, 5)
    return office.read("disposal", row[0])


@pytest.mark.parametrize("decision", rules.ENDINGS)
def test_nothing_of_the_person_is_left_in_any_byte(
    desk_office: Office, gone: str, decision: str
) -> None:
    office, folder = desk_office, desk_office.path.parent
    assert {word for _, word in found(folder)} == set(TRACES), "the test sees what is there"
    (photo,) = attachments.of(office, "person", gone)
    destroy(office, gone, decision=decision)
    assert found(folder) == []
    assert not office.vault.place(photo.digest).exists()
    assert broken(office) == []
    assert [each for each in check(office) if each.where != "演示数据"] == []
    assert office.find(NAME) == office.find(PHONE) == office.find("ouyang") == []
    assert [hit.title for hit in office.find("留下的人")] == ["留下的人"]
    office.close()
    assert found(folder) == [], "nor after the log is folded in"
    with open_office(office.path, clock=office.clock, actor="王敏") as again:
        assert broken(again) == []
        assert check(again) == []


def test_the_anonymous_still_count(desk_office: Office, gone: str) -> None:
    office = desk_office
    before = {key: office.count(View(key)) for key in ("person", "household_member", "household")}
    visits = office.count(View("visitor_reception"))
    destroy(office, gone, decision=rules.ANONYMISE)
    after = {key: office.count(View(key)) for key in before}
    assert after == before
    assert office.count(View("visitor_reception")) == visits
    entry = office.read("person", gone)
    assert entry["name"] == "已匿名2026-0001"
    assert office.count(View("person", ready="due")) == 0, "decided"
    assert (entry["sex"], entry["birth"], entry["state"]) == ("女", date(1950, 1, 1), "迁出")
    assert entry["identity_number"] is entry["phone"] is entry["employer"] is None


def test_the_record_names_counts_and_nobody(desk_office: Office, gone: str) -> None:
    office = desk_office
    Guard(office).back_up("手工")
    destroy(office, gone)
    entry = the_record(office)
    assert entry["decision"] == "删除"
    assert (entry["approver"], entry["first_witness"]) == ("王书记", "李红")
    for each in (
        "居民删除 1 条",
        "家庭成员删除 1 条",
        "附件删除 1 条",
        "打印留底 1 份",
        "草稿和筛选 2 份",
    ):
        assert each in entry["counts"], entry["counts"]
    assert entry["backups_until"] == date(2027, 8, 1), "nine months that have a backup"
    paper = catalogue.papers()["disposal_form"]
    pdf = print_paper(office, paper, Request(record_id=entry.id)).pdf
    said = "".join("".join(texts(pdf)).split())
    for each in (
        "个人信息销毁记录",
        "处置2026-0001",
        "监销人：李红",
        "监销人：赵亮",
        "王书记",
        "2027年8月1日",
    ):
        assert each in said, each
    assert NAME not in said


def test_it_is_never_taken_back(desk_office: Office, gone: str) -> None:
    office = desk_office
    seqs = [
        row[0] for row in office.rows(select(JournalEntry.seq).where(JournalEntry.kind == "act"))
    ]
    destroy(office, gone)
    after = state_of(office)
    for seq in seqs:
        try:
            if office.undo(seq) is not None:
                office.undo(
                    office.rows(select(JournalEntry.seq).order_by(JournalEntry.seq.desc()))[0][0]
                )
                office.redo()
        except OfficeError:
            continue
    assert found(office.path.parent) == []
    while office.undoable()[0] is not None:
        try:
            office.undo()
        except OfficeError:
            break
    assert gone not in {row[0] for row in office.page(View("person"), 0, 50)}
    assert after["disposal"] == state_of(office)["disposal"]


def test_an_older_journal_without_salts_is_emptied_too(desk_office: Office, gone: str) -> None:
    """A file of 0003: its entries were written without a salt."""
    with desk_office.store.writing() as session:
        previous = ""
        for entry in session.execute(select(JournalEntry).order_by(JournalEntry.seq)).scalars():
            entry.salt, entry.previous = None, previous
            session.flush()
            entry.digest = previous = journal.digest_now(session, entry)
            session.flush()
    assert broken(desk_office) == []
    destroy(desk_office, gone)
    assert broken(desk_office) == []
    assert found(desk_office.path.parent) == []


def test_an_emptied_entry_still_proves_what_stayed(desk_office: Office, gone: str) -> None:
    destroy(desk_office, gone)
    with desk_office.store.writing() as session:
        seq = session.execute(
            select(JournalEntry.seq).where(JournalEntry.salt == journal.EMPTIED)
        ).first()[0]  # type: ignore[index]
        session.connection().exec_driver_sql(
            "UPDATE journal_entry SET actor = '别人' WHERE seq = ?", (seq,)
        )
    assert broken(desk_office) == [(seq, "操作记录被改动过")]


def test_a_journal_that_was_altered_is_not_covered_up(desk_office: Office, gone: str) -> None:
    with desk_office.store.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE journal_change SET after = '{}' WHERE record_id = ?", (gone,)
        )
    before = state_of(desk_office)
    with pytest.raises(OfficeError, match="被改动过"):
        destroy(desk_office, gone)
    assert state_of(desk_office) == before


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"typed": "欧阳"}, "不一样"),
        ({"second_witness": "李红"}, "两个不同的人"),
        ({"decision": "续存"}, "没有"),
    ],
)
def test_it_is_asked_for_twice(
    desk_office: Office, gone: str, more: dict[str, str], words: str
) -> None:
    before = state_of(desk_office)
    with pytest.raises(OfficeError, match=words):
        destroy(desk_office, gone, **more)
    assert state_of(desk_office) == before


def test_it_is_refused_while_other_records_are_within_their_period(
    desk_office: Office, gone: str
) -> None:
    office = desk_office
    worker = {"person.name": NAME, "person.identity_number": NUMBER, "code": "GZ-07",
              "status": "离职", "left_on": "2020-12-31", "left_why": "迁走"}  # fmt: skip
    office.save("community_worker", None, worker, confirmed=True)
    before = state_of(office)
    with pytest.raises(OfficeError, match="还没有定保管期限"):
        destroy(office, gone)
    typed = {"what": "社区工作者离职", "years": "10", "basis": "兰民发〔2026〕1号"}
    made = office.save("retention_period", None, typed).main
    with pytest.raises(OfficeError, match="要保管到 2030-12-31"):
        destroy(office, gone)
    office.save("retention_period", made, {"years": "5"})
    destroy(office, gone)
    assert found(office.path.parent) == []
    assert before["person"] != state_of(office)["person"]


def test_a_party_member_stays_for_good(desk_office: Office, gone: str) -> None:
    office = desk_office
    typed = {"person.name": NAME, "person.identity_number": NUMBER, "kind": "正式党员",
             "joined_on": "1975-07-01"}  # fmt: skip
    office.save("party_member", None, typed, confirmed=True)
    with pytest.raises(OfficeError, match="“党员名册”还没有定保管期限"):
        destroy(office, gone)
    typed = {"what": "党员名册", "forever": "是", "basis": "基层保管期限表"}
    office.save("retention_period", None, typed)
    with pytest.raises(OfficeError, match="永久保管"):
        destroy(office, gone)
    assert office.read("person", gone)["name"] == NAME


def test_a_namesake_is_left_alone(desk_office: Office, gone: str) -> None:
    office = desk_office
    other = {"name": NAME, "identity_number": numbered("19600203", 12)}
    at = office.save("person", None, other, confirmed=True).main
    with pytest.raises(OfficeError, match="另有人也叫"):
        destroy(office, gone)
    destroy(office, gone, mentions=rules.LEAVE)
    assert office.read("person", at)["name"] == NAME
    assert office.history("person", at)[0].after
    assert found(office.path.parent, (NUMBER, "蒙山路九号")) == []
    assert broken(office) == []


def test_only_the_administrator_destroys(desk_office: Office, gone: str) -> None:
    desk_office.rights = replace(Rights(), administers=False)
    with pytest.raises(OfficeError, match="管理员"):
        destroy(desk_office, gone)


def test_minutes_keep_their_counts_without_the_name(demo_office: Office) -> None:
    """Frozen copies are sealed anew over what they say now; the check finds them sound."""
    office = demo_office
    meeting, name = office.rows(
        select(Attendee.meeting_id, Attendee.name)
        .join(MinutesVersion, MinutesVersion.meeting_id == Attendee.meeting_id)
        .where(MinutesVersion.content.contains(Attendee.name))
    )[0]
    alone = "欧阳无双"
    with office.act("换名") as unit:
        for each in unit.all(select(Attendee).where(Attendee.meeting_id == meeting)):
            if each.name == name:
                each.name = alone
    with office.store.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE minutes_version SET content = replace(content, ?, ?)", (name, alone)
        )
        from lanling_desktop.hall.minutes import digest_of

        for each in session.execute(select(MinutesVersion)).scalars():
            each.digest = digest_of(each.content or "")
    at = office.save("person", None, {"name": alone}, confirmed=True).main
    actions.record_departure(office, person_id=at, state="死亡", day=date(2015, 1, 1))
    typed = {"what": "居民死亡", "years": "5", "basis": "兰民发〔2026〕1号"}
    office.save("retention_period", None, typed)
    before = office.count(View("attendee", parent=("meeting_id", meeting)))
    destroy(office, at, typed=alone)
    assert found(office.path.parent, (alone,)) == []
    assert office.count(View("attendee", parent=("meeting_id", meeting))) == before
    assert check(office) == []


def test_a_backup_from_before_gives_the_past_back_only_whole(
    desk_office: Office, gone: str
) -> None:
    """No trail leads over a destruction; after it a new one begins."""
    office = desk_office
    made = Guard(office).back_up("手工")
    destroy(office, gone)
    office.save("person", None, {"name": "后来的人"}, confirmed=True)
    known = replay.known(office.path.with_name(f"{office.path.stem}.流水"), office.store.key)
    assert [each.title for each in known.acts.values()] == ["新增居民 后来的人"]
    assert not known.after(replay.Tip(made.seq, made.digest))


def test_power_that_goes_in_the_middle_is_made_up_for(
    desk_office: Office, gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk_office

    def cut() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(office.store, "scour", cut)
    with pytest.raises(KeyboardInterrupt):
        destroy(office, gone)
    office.close()
    assert found(office.path.parent) != []
    with open_office(office.path, clock=office.clock, actor="王敏") as again:
        assert again.desk.get("destroying") is None
        assert broken(again) == []
    assert found(office.path.parent) == []


def test_a_visit_is_made_anonymous_by_itself(desk_office: Office) -> None:
    office = desk_office
    visit = {"name": NAME, "phone": PHONE, "address": "蒙山路九号", "visited_on": "2019-05-06",
             "matter": f"{NAME}反映路灯不亮", "people": "3"}  # fmt: skip
    made = office.save("visitor_reception", None, visit, confirmed=True).main
    typed = {"what": "来访登记", "years": "3", "basis": "兰民发〔2026〕1号"}
    office.save("retention_period", None, typed)
    decided = disposing.Destruction(rules.ANONYMISE, "满三年", "王书记", "李红", "赵亮", NAME)
    disposing.destroy(office, register="visitor_reception", record_id=made, decided=decided)
    entry = office.read("visitor_reception", made)
    assert (entry["people"], entry["matter"]) == (3, "某某反映路灯不亮")
    assert found(office.path.parent) == []


def test_a_locked_office_destroys_and_opens_again(tmp_path: Path) -> None:
    owner = opening.Owner("王书记", "a long password", Cost(memory=1024, passes=1))
    path = tmp_path / "锁着.lanling"
    with opening.create_locked(path, owner) as office:
        made = office.save("person", None, {"name": NAME, "phone": PHONE}, confirmed=True).main
        actions.record_departure(office, person_id=made, state="迁出", day=date(2015, 1, 1))
        typed = {"what": "居民迁出", "years": "5", "basis": "兰民发〔2026〕1号"}
        office.save("retention_period", None, typed)
        destroy(office, made)
        assert broken(office) == []
        after = state_of(office)
    with opening.unlock_office(path, owner.name, owner.password) as again:
        assert state_of(again) == after
        assert check(again) == []
