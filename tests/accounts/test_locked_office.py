"""A locked office through the one door: who gets in, what each may do, what a thief reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from lanling_desktop import catalogue, opening
from lanling_desktop.accounts import actions
from lanling_desktop.check import check
from lanling_desktop.core import attachments, journal, keyring
from lanling_desktop.core.attachments import Incoming
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import Cost
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.opening import Owner
from lanling_desktop.printing.paper import FULL, MASKED, Request, print_paper
from lanling_desktop.safety import backups
from lanling_desktop.safety.guard import Guard

CHEAP = Cost(memory=64, passes=1)
BOSS = Owner("王红", "红旗招展 2020", CHEAP)
CLOCK = fixed(2026, 11, 23)


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANLING_DATA", str(tmp_path / "settings"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "台账" / "向阳.lanling"
    with opening.create_locked(made, BOSS, clock=CLOCK) as office:
        office.save("person", None, {"name": "欧阳丽华", "phone": "13812345678"})
    return made


def _account(office: Office, name: str, role: str, password: str) -> str:
    proposed = office.registers["account"].proposed(office, {"role": role})
    made = office.save("account", None, {"name": name, "role": role, **proposed}).main
    actions.set_password(office, made, password, CHEAP)
    return made


def test_the_owner_opens_it_again_and_acts_carry_the_name(path: Path) -> None:
    with opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK) as office:
        assert office.actor == "王红"
        assert office.rights.administers
        assert office.count(View("person")) == 1
        assert office.undoable()[0].actor == "王红"  # type: ignore[union-attr]


def test_a_thief_reads_nothing_in_the_folder(path: Path) -> None:
    for each in path.parent.rglob("*"):
        raw = each.read_bytes() if each.is_file() else b""
        for planted in ("欧阳丽华", "13812345678", BOSS.password):
            assert planted.encode() not in raw, each
            assert planted.encode("utf-16-le") not in raw, each
    with pytest.raises(OfficeError, match="上了锁"):
        opening.open_office(path)


def test_a_wrong_password_opens_nothing(path: Path) -> None:
    with pytest.raises(OfficeError, match="密码不对"):
        opening.unlock_office(path, "王红", "红旗招展 2021", clock=CLOCK)
    with pytest.raises(OfficeError, match="没有账户"):
        opening.unlock_office(path, "李四", BOSS.password, clock=CLOCK)


def test_a_forgotten_password_is_set_anew_by_the_sheet(path: Path) -> None:
    with opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK) as office:
        groups = actions.new_recovery(office)
    fresh = Owner("王红", "新的密码也好记 66", CHEAP)
    with opening.recover_office(path, " ".join(groups), fresh, clock=CLOCK) as office:
        assert office.actor == "王红"
        titles = [row[0] for row in office.rows(select(journal.JournalEntry.title))]
        assert "生成新的密钥恢复单，旧单作废" in titles
    with pytest.raises(OfficeError, match="密码不对"):
        opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK)
    opening.unlock_office(path, "王红", fresh.password, clock=CLOCK).close()


def test_roles_open_what_they_say(path: Path) -> None:
    with opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK) as office:
        _account(office, "李录入", "录入", "四处看看 778")
        _account(office, "赵看看", "只读", "只看不动 556")
    with opening.unlock_office(path, "李录入", "四处看看 778", clock=CLOCK) as office:
        person = office.save("person", None, {"name": "司马青"}).main
        with pytest.raises(OfficeError, match="不能查看“账户”"):
            office.page(View("account"), 0, 10)
        with pytest.raises(OfficeError, match="换恢复单要由管理员来做"):
            actions.new_recovery(office)
        with pytest.raises(OfficeError, match="给别人设密码要由管理员来做"):
            actions.set_password(office, _id_of(office, "王红"), "改别人的 1122", CHEAP)
    with opening.unlock_office(path, "赵看看", "只看不动 556", clock=CLOCK) as office:
        assert office.count(View("person")) == 2
        before = office.read("person", person).values["name"]
        with pytest.raises(OfficeError, match="不能修改“居民”"):
            office.save("person", person, {"name": "改了"})
        assert office.read("person", person).values["name"] == before
        with pytest.raises(OfficeError, match="不能修改"):
            office.undo()
        with pytest.raises(OfficeError, match="不能导出"):
            office.rights.refuse_export()


def _id_of(office: Office, name: str) -> str:
    assert office.keyring is not None
    return next(each.id for each in office.keyring.accounts if each.name == name)


def test_what_may_not_be_seen_is_not_found_either(path: Path) -> None:
    with opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK) as office:
        made = _account(office, "陈党务", "录入", "只管党建的 12")
        office.save("account", made, {"residents": "不可见"})
        assert [hit.title for hit in office.find("欧阳")] == ["欧阳丽华"]
    with opening.unlock_office(path, "陈党务", "只管党建的 12", clock=CLOCK) as office:
        assert office.find("欧阳") == []
        with pytest.raises(OfficeError, match="不能查看“居民”"):
            office.count(View("person"))


def test_an_ended_account_opens_nothing_and_its_key_goes(path: Path) -> None:
    with opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK) as office:
        made = _account(office, "李录入", "录入", "四处看看 778")
        office.save("account", made, {"ended": "2026-11-23"})
        with pytest.raises(OfficeError, match="已经停用"):
            actions.sit_down(office, made)
        actions.tidy_keys(office)
    with pytest.raises(OfficeError, match="没有账户"):
        opening.unlock_office(path, "李录入", "四处看看 778", clock=CLOCK)


def test_an_administrator_always_stays(path: Path) -> None:
    with opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK) as office:
        with pytest.raises(OfficeError, match="总要有一个在用的管理员"):
            office.save("account", office.account, {"ended": "2026-11-23"})
        with pytest.raises(OfficeError, match="总要有一个在用的管理员"):
            office.save("account", office.account, {"role": "只读"})


def test_a_plain_office_is_locked_up_with_all_its_records(tmp_path: Path) -> None:
    plain = tmp_path / "旧.lanling"
    with opening.create_office(plain, clock=CLOCK) as office:
        office.save("person", None, {"name": "诸葛明"})
    with opening.lock_up(plain, BOSS, clock=CLOCK) as office:
        assert [hit.title for hit in office.find("zgm")] == ["诸葛明"]
        assert office.rights.administers
    assert "诸葛明".encode() not in plain.read_bytes()
    assert keyring.load(plain) is not None
    opening.unlock_office(plain, "王红", BOSS.password, clock=CLOCK).close()


def test_cut_off_before_there_is_an_account_the_owner_still_gets_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def off(*_given: object) -> None:
        raise KeyboardInterrupt

    plain, fresh = tmp_path / "旧.lanling", tmp_path / "新.lanling"
    with opening.create_office(plain, clock=CLOCK) as office:
        person = office.save("person", None, {"name": "诸葛明"}).main
        attachments.add(office, "person", person, [Incoming("证明.pdf", b"%PDF-1.4 %%EOF")])
        Guard(office).back_up("定时")
    monkeypatch.setattr(actions, "found", off)
    with pytest.raises(KeyboardInterrupt):
        opening.lock_up(plain, BOSS, clock=CLOCK)
    with pytest.raises(KeyboardInterrupt):
        opening.create_locked(fresh, BOSS, clock=CLOCK)
    monkeypatch.undo()
    monkeypatch.setenv("LANLING_DATA", str(tmp_path / "settings"))
    for each in (plain, fresh):
        with opening.unlock_office(each, "王红", BOSS.password, clock=CLOCK) as office:
            assert office.rights.administers
            newest = office.store.raw("SELECT actor FROM journal_entry ORDER BY seq DESC LIMIT 1")
            assert newest == [("王红",)]
    with opening.unlock_office(plain, "王红", BOSS.password, clock=CLOCK) as office:
        (kept,) = attachments.of(office, "person", person)
        assert attachments.content(office, kept) == b"%PDF-1.4 %%EOF"
        assert check(office) == []
        assert backups.newest_sound(Guard(office).folders)
    left = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert not [each for each in left if "诸葛明".encode() in each.read_bytes()]
    assert not [each for each in left if b"%PDF" in each.read_bytes()]


def test_a_weak_password_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "新.lanling"
    with pytest.raises(OfficeError, match="太短"):
        opening.create_locked(target, Owner("王红", "短", CHEAP), clock=CLOCK)
    assert list(tmp_path.glob("*.lanling*")) == []


def test_changing_the_password_rewraps_and_never_reencrypts(path: Path) -> None:
    with opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK) as office:
        key = office.store.key
        actions.change_password(office, BOSS.password, "换一个新的 88", CHEAP)
        with pytest.raises(OfficeError, match="密码不对"):
            actions.change_password(office, BOSS.password, "再换一个 99", CHEAP)
    with opening.unlock_office(path, "王红", "换一个新的 88", clock=CLOCK) as office:
        assert office.store.key == key


def test_locking_up_seals_the_attachments_too(tmp_path: Path) -> None:
    plain = tmp_path / "旧.lanling"
    scan = tmp_path / "证书.png"
    from PIL import Image

    Image.new("RGB", (40, 30), "white").save(scan)
    with opening.create_office(plain, clock=CLOCK) as office:
        person = office.save("person", None, {"name": "诸葛明"}).main
        attachments.add(office, "person", person, [attachments.read_in(scan)])
        (kept,) = attachments.of(office, "person", person)
        before = [each.read_bytes() for each in office.vault.files()]
    with opening.lock_up(plain, BOSS, clock=CLOCK) as office:
        assert attachments.content(office, kept) == scan.read_bytes()
        sealed = [each.read_bytes() for each in office.vault.files()]
    assert before == [scan.read_bytes()]
    assert len(sealed) == 1
    assert sealed != before


def test_the_administrator_gives_a_password_from_the_panel(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cost, "tuned", lambda _self: CHEAP)
    with opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK) as office:
        proposed = office.registers["account"].proposed(office, {"role": "工资"})
        made = office.save("account", None, {"name": "钱会计", "role": "工资", **proposed}).main
        with pytest.raises(OfficeError, match="太短"):
            office.perform("account", made, "password", {"password": "短"})
        office.perform("account", made, "password", {"password": "qian-kuai 88"})
    with opening.unlock_office(path, "钱会计", "qian-kuai 88", clock=CLOCK) as office:
        assert office.actor == "钱会计"
        assert not office.writes("person")


def test_what_leaves_the_office_is_in_the_journal_and_is_no_act(path: Path, tmp_path: Path) -> None:
    with opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK) as office:
        before = office.undoable()
        transfer.export_view(office, View("person"), tmp_path / "居民.xlsx", masked=True)
        print_paper(office, catalogue.papers()["list_person"], Request(edition=MASKED))
        last = office.rows(
            select(journal.JournalEntry.title, journal.JournalEntry.actor)
            .order_by(journal.JournalEntry.seq.desc())
            .limit(2)
        )
        assert [row.actor for row in last] == ["王红", "王红"]
        assert last[1].title.startswith("导出居民 1 条到 居民.xlsx（号码已遮住）：姓名")
        assert last[0].title.startswith("打印居民清单（公示版），编号 2026-00001")
        assert office.undoable() == before
        with office.store.writing() as session:
            assert list(journal.verify(session)) == []


def test_who_may_not_see_numbers_gets_them_in_no_file_and_on_no_paper(
    path: Path, tmp_path: Path
) -> None:
    with opening.unlock_office(path, "王红", BOSS.password, clock=CLOCK) as office:
        made = _account(office, "赵看看", "只读", "只看不动 556")
        office.save("account", made, {"export": "是"})
    with opening.unlock_office(path, "赵看看", "只看不动 556", clock=CLOCK) as office:
        with pytest.raises(OfficeError, match="不能看完整号码"):
            transfer.export_view(office, View("person"), tmp_path / "居民.xlsx", masked=False)
        transfer.export_view(office, View("person"), tmp_path / "遮住.xlsx", masked=True)
        paper = catalogue.papers()["list_person"]
        with pytest.raises(OfficeError, match="不能看完整号码"):
            print_paper(office, paper, Request(edition=FULL))
        print_paper(office, paper, Request(edition=MASKED))
        with pytest.raises(OfficeError, match="不能查看“账户”"):
            print_paper(office, catalogue.papers()["list_account"], Request(edition=MASKED))
    assert not (tmp_path / "居民.xlsx").exists()
