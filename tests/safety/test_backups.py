"""Backups are made beside the work, checked, listed, thinned, copied to a second medium."""

from __future__ import annotations

import json
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lanling_desktop.core import disk, store
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.exchange import transfer
from lanling_desktop.opening import backup_office, open_office, restore_office
from lanling_desktop.safety import backups, places, portable
from lanling_desktop.safety.guard import Guard
from tests.safety.desk import KEY, Morning, backed_up, flip, names


@pytest.fixture(params=[None, KEY], ids=["plain", "locked"])
def morning(tmp_path: Path, request: pytest.FixtureRequest) -> Morning:
    (tmp_path / "台账").mkdir()
    return Morning(tmp_path / "台账" / "甲 社区.lanling", request.param)


def test_a_backup_opens_by_itself_and_says_what_it_holds(morning: Morning) -> None:
    with morning.create() as office:
        morning.add(office, "张一")
        made = Guard(office).back_up("手动")
        morning.add(office, "李二")
    (found,) = backups.listed(places.backups_of(morning.path))
    assert (found.reason, found.made, found.seq) == ("手动", morning.now, 2)
    assert found.records == made.records > 1
    assert backups.checked(found).checked
    with open_office(found.path, key=morning.key, clock=morning.clock) as copied:
        assert names(copied) == {"张一"}


def test_acts_go_on_while_a_backup_is_copied(demo_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "甲.lanling"
    path.write_bytes(demo_file.read_bytes())
    with open_office(path) as office:
        saved: list[str] = []

        def step(done: int, total: int) -> None:
            if not saved:  # between two steps of the copy, from another thread
                thread = threading.Thread(target=lambda: saved.append(office.save(
                    "person", None, {"name": "新来的"}, confirmed=True).main))  # fmt: skip
                thread.start()
                thread.join(10)

        made = Guard(office).back_up("定时", step)
        assert saved
        assert "新来的" in names(office)
        assert Guard(office).changed(), "what was saved meanwhile waits for the next backup"
    with open_office(made.path) as copied:
        assert "新来的" not in names(copied)


def test_half_an_hour_of_work_makes_a_backup_due_and_nothing_new_makes_none(
    morning: Morning,
) -> None:
    with morning.create() as office:
        guard = Guard(office)
        assert guard.due(), "an office without any backup"
        guard.back_up("定时")
        morning.add(office, "张一")
        morning.later(minutes=29)
        assert not guard.due()
        morning.later(minutes=1)
        assert guard.due()
        guard.back_up("定时")
        morning.later(hours=5)
        assert not guard.due()
        assert guard.back_up_if_changed("关闭") is None
        morning.add(office, "李二")
        morning.now -= timedelta(days=400)
        assert guard.due(), "a clock put back does not stop the backups"


def test_an_import_is_preceded_by_a_backup(desk_office: object, tmp_path: Path) -> None:
    from lanling_desktop.core.office import Office

    office = desk_office
    assert isinstance(office, Office)
    sheet = tmp_path / "名单.csv"
    sheet.write_text("姓名,性别\n张三丰,男\n", encoding="utf-8")
    transfer.import_file(office, "person", sheet)
    (made,) = backups.listed(Guard(office).folder)
    assert made.reason == "导入前"
    with open_office(made.path) as copied:
        assert names(copied) == set()
    assert names(office) == {"张三丰"}


def test_a_damaged_office_is_not_backed_up_and_the_good_backup_stays(morning: Morning) -> None:
    with morning.create() as office:
        for at in range(40):
            morning.add(office, "张" + chr(0x4E00 + at))
        good = backed_up(office)
    page = 4096
    for at in range(30, 60):  # through header and cell pointers of thirty pages
        for byte in range(40):
            flip(morning.path, page * at + byte * 7)
    before = sorted(each.name for each in places.backups_of(morning.path).iterdir())
    with pytest.raises(OfficeError), backups.told():
        backups.make(
            morning.path, places.backups_of(morning.path),
            now=morning.now, reason="定时", key=morning.key,
        )  # fmt: skip
    assert sorted(each.name for each in places.backups_of(morning.path).iterdir()) == before
    assert backups.checked(backups.listed(good.parent)[0]).checked


@pytest.mark.fault(7)
@pytest.mark.parametrize("work", ["backup", "restore", "second"])
def test_too_little_room_is_refused_before_anything_is_begun(
    morning: Morning, monkeypatch: pytest.MonkeyPatch, work: str, tmp_path: Path
) -> None:
    with morning.create() as office:
        good = backed_up(office)
        Guard(office).choose_second(tmp_path)
        size = morning.path.stat().st_size
        before = sorted(tmp_path.rglob("*.lanling*"))
        monkeypatch.setattr(disk, "free_in", lambda _folder: int(size * 1.5))
        if work == "backup":
            with pytest.raises(OfficeError, match="磁盘空间不够"):
                Guard(office).back_up("定时")
        elif work == "second":
            with pytest.raises(OfficeError, match="磁盘空间不够"):
                Guard(office).copy_to_second()
    if work == "restore":
        with pytest.raises(OfficeError, match="磁盘空间不够"):
            restore_office(good, morning.path, key=morning.key, clock=morning.clock)
    left = [each for each in tmp_path.rglob("*.lanling*") if each.suffix not in (".lock", ".user")]
    assert not [each for each in left if ".tmp" in each.name or "restoring" in each.name]
    assert {each for each in before if each.suffix == ".lanling"} <= set(left)


def test_old_backups_are_thinned_and_the_trail_with_them(morning: Morning) -> None:
    with morning.create() as office:
        backed_up(office)
    for day in range(80):
        morning.later(days=1)
        with morning.open() as office:
            morning.add(office, "张" + chr(0x4E00 + day))
            backed_up(office)
    found = backups.listed(places.backups_of(morning.path))
    assert 12 + 5 <= len(found) <= 2 + 12 + 10 + 9
    trails = sorted(places.trail_of(morning.path).glob("*.trail"))
    assert len(trails) < 60, "the trail goes where no backup needs it any more"
    oldest = morning.now - timedelta(days=30)
    base = next(each for each in found if each.made <= oldest)
    moment = (oldest + timedelta(hours=1)).isoformat(sep=" ", timespec="seconds")
    from lanling_desktop.safety.restore import Wish

    restore_office(
        base.path, morning.path, key=morning.key, clock=morning.clock,
        wish=Wish(base.path, replayed=True, moment=moment),
    )  # fmt: skip
    with morning.open() as office:
        assert len(names(office)) == 50


def test_the_second_medium_gets_each_backup_and_its_absence_is_no_error(
    morning: Morning, tmp_path: Path
) -> None:
    stick = tmp_path / "U盘"
    with morning.create() as office:
        guard = Guard(office)
        assert guard.second.stale(morning.now), "none chosen"
        with pytest.raises(OfficeError, match="另一个磁盘"):
            guard.choose_second(morning.path.parent)
        stick.mkdir()
        guard.choose_second(stick)
        guard.back_up("定时")
        assert guard.copy_to_second() is not None
        assert guard.copy_to_second() is None, "it has that one"
        assert not guard.second.stale(morning.now)
        morning.add(office, "张一")
        stick.rename(away := tmp_path / "口袋里")
        guard.back_up("定时")
        assert guard.copy_to_second() is None
        assert not guard.second.there
        morning.later(days=8)
        assert guard.second.stale(morning.now)
        away.rename(stick)
        copied = guard.copy_to_second()
    assert copied is not None
    found = stick / places.backups_of(morning.path).name / copied.path.name
    restore_office(found, tmp_path / "新机" / "甲.lanling", key=morning.key, clock=morning.clock)
    with open_office(tmp_path / "新机" / "甲.lanling", key=morning.key) as office:
        assert names(office) == {"张一"}


def test_a_stick_is_known_again_under_another_drive_letter(tmp_path: Path) -> None:
    from lanling_desktop.safety import medium

    first = tmp_path / "E" / "台账"
    first.mkdir(parents=True)
    sign = medium.mark(first)
    assert medium.mark(first) == sign
    assert medium.found(first, sign) == first
    (tmp_path / "E").rename(tmp_path / "F")
    (tmp_path / "G" / "台账").mkdir(parents=True)  # another stick with a folder of that name
    medium.mark(tmp_path / "G" / "台账")
    roots = [tmp_path / "G", tmp_path / "F"]
    assert medium.found(first, sign, roots) == tmp_path / "F" / "台账"
    assert medium.found(first, "0" * 16, roots) is None


def test_keys_and_attached_files_travel_with_a_backup(morning: Morning, tmp_path: Path) -> None:
    with morning.create() as office:
        places.keys_of(morning.path).write_text('{"format": 1}', encoding="utf-8")
        attached = places.attachments_of(morning.path) / "ab" / "abcd"
        attached.parent.mkdir(parents=True)
        attached.write_bytes(b"a scan")
        first, second = backed_up(office), backed_up(office)
        assert first != second
    pool = list((first.parent / backups.POOL).rglob("abcd"))
    assert len(pool) == 1, "each content once, however many backups"
    assert pool[0].read_bytes() == b"a scan"
    new = tmp_path / "新机" / "甲.lanling"
    restore_office(first, new, key=morning.key, clock=morning.clock)
    assert places.keys_of(new).read_text(encoding="utf-8") == '{"format": 1}'
    assert (places.attachments_of(new) / "ab" / "abcd").read_bytes() == b"a scan"


def test_a_restore_keeps_the_present_passwords(morning: Morning) -> None:
    with morning.create() as office:
        places.keys_of(morning.path).write_text("old", encoding="utf-8")
        first = backed_up(office)
        places.keys_of(morning.path).write_text("changed since", encoding="utf-8")
    restore_office(first, morning.path, key=morning.key, clock=morning.clock)
    assert places.keys_of(morning.path).read_text(encoding="utf-8") == "changed since"


def test_a_portable_file_carries_everything_to_another_machine(
    morning: Morning, tmp_path: Path
) -> None:
    stick = tmp_path / "甲.lanling.zip"
    with morning.create() as office:
        morning.add(office, "张一")
        places.keys_of(morning.path).write_text("keys", encoding="utf-8")
        attached = places.attachments_of(morning.path) / "ab" / "abcd"
        attached.parent.mkdir(parents=True)
        attached.write_bytes(b"a scan")
        backup_office(office, stick)
    if morning.key:
        assert "张一".encode() not in stick.read_bytes()
    new = tmp_path / "新机" / "甲.lanling"
    restore_office(stick, new, key=morning.key, clock=morning.clock)
    with open_office(new, key=morning.key) as office:
        assert names(office) == {"张一"}
    assert places.keys_of(new).read_text(encoding="utf-8") == "keys"
    assert (places.attachments_of(new) / "ab" / "abcd").read_bytes() == b"a scan"
    assert not list(new.parent.glob(".便携备份-*"))


@pytest.mark.fault(20)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_damaged_portable_file_is_refused_and_changes_nothing(
    tmp_path: Path, part: float
) -> None:
    morning, stick = Morning(tmp_path / "甲.lanling"), tmp_path / "甲.lanling.zip"
    with morning.create() as office:
        backup_office(office, stick)
        morning.add(office, "张一")
    flip(stick, int(stick.stat().st_size * part))
    before = morning.path.read_bytes()
    with pytest.raises(OfficeError, match="便携备份"):
        restore_office(stick, morning.path, clock=morning.clock)
    assert morning.path.read_bytes() == before


@pytest.mark.parametrize("name", ["../out", "附件/../../out", "C:\\out", "附件\\out", "other"])
def test_a_portable_file_writes_nothing_outside(tmp_path: Path, name: str) -> None:
    import zipfile

    path = tmp_path / "坏.lanling.zip"
    said = {
        "format": 1, "made": "2026-11-01T08:00:00", "seq": 1, "revision": "0002", "records": 0,
        "files": {"office.lanling": "", name: ""},
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("office.lanling", b"x")
        archive.writestr(name, b"x")
        archive.writestr("清单.json", json.dumps(said))
    with pytest.raises(OfficeError, match="不是完整的便携备份"):
        portable.unpack(path, tmp_path / "in")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["坏.lanling.zip"]


@pytest.mark.fault(20)
def test_a_damaged_backup_is_passed_over_for_an_older_one(morning: Morning) -> None:
    with morning.create() as office:
        older = backed_up(office)
        morning.later(hours=1)
        morning.add(office, "张一")
        newer = backed_up(office)
    flip(newer, 5000)
    found = [backups.checked(each) for each in backups.listed(older.parent)]
    assert [(each.path, each.checked) for each in found] == [(newer, False), (older, True)]
    assert [each.path for each in backups.newest_sound([older.parent])] == [older]


def test_a_foreign_note_is_no_backup(tmp_path: Path) -> None:
    for at, content in enumerate(("", "[]", "{}", '{"made": 3}')):
        (tmp_path / f"{at}.lanling.json").write_text(content, encoding="utf-8")
        (tmp_path / f"{at}.lanling").write_text("x", encoding="utf-8")
    assert backups.listed(tmp_path) == []


def test_a_copy_that_is_cancelled_leaves_nothing(demo_file: Path, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.copy(demo_file, tmp_path / "备份.lanling", step=stop)
    assert list(tmp_path.iterdir()) == []


def test_two_backups_of_the_same_second_are_two(morning: Morning) -> None:
    with morning.create() as office:
        assert backed_up(office) != backed_up(office)
    assert len(backups.listed(places.backups_of(morning.path))) == 2
    assert isinstance(backups.listed(places.backups_of(morning.path))[0].made, datetime)


def test_a_locked_backup_goes_to_a_new_machine_before_anybody_types_a_password(
    tmp_path: Path,
) -> None:
    from lanling_desktop import opening
    from lanling_desktop.core.keyring import Cost

    owner = opening.Owner("王敏", "correct horse battery", Cost(memory=1024, passes=1))
    path, stick = tmp_path / "甲.lanling", tmp_path / "甲.lanling.zip"
    with opening.create_locked(path, owner) as office:
        office.save("person", None, {"name": "张一一"}, confirmed=True)
        backup_office(office, stick)
        made = Guard(office).last()
    assert made is not None
    for number, source in enumerate((made.path, stick)):
        new = tmp_path / f"新机{number}" / "甲.lanling"
        restore_office(source, new)
        with opening.unlock_office(new, "王敏", owner.password) as office:
            assert names(office) == {"张一一"}
    flip(made.path, 9000)
    with pytest.raises(OfficeError, match="已损坏"):
        restore_office(made.path, tmp_path / "新" / "甲.lanling")


def test_locking_an_office_locks_its_backups_and_forgets_the_open_trail(tmp_path: Path) -> None:
    from lanling_desktop import opening
    from lanling_desktop.core.keyring import Cost

    path = tmp_path / "甲.lanling"
    with opening.create_office(path) as office:
        office.save("person", None, {"name": "欧阳修远"}, confirmed=True)
        backed_up(office)
        office.save("person", None, {"name": "诸葛孔明"}, confirmed=True)
    owner = opening.Owner("王敏", "correct horse battery", Cost(memory=1024, passes=1))
    with opening.lock_up(path, owner) as office:
        (kept,) = backups.listed(Guard(office).folder)
        assert backups.checked(kept).checked
        with open_office(kept.path, key=office.store.key) as copied:
            assert names(copied) == {"欧阳修远"}
    for each in tmp_path.rglob("*"):
        if each.is_file():
            for word in ("欧阳修远", "诸葛孔明"):
                assert word.encode() not in each.read_bytes(), each


def test_the_backup_of_another_office_is_refused_in_words(tmp_path: Path) -> None:
    mine, other = Morning(tmp_path / "甲.lanling", KEY), Morning(tmp_path / "乙.lanling", "cd" * 32)
    with mine.create(), other.create() as office:
        foreign = backed_up(office)
    before = mine.path.read_bytes()
    with pytest.raises(OfficeError, match="密钥对不上"):
        restore_office(foreign, mine.path, key=KEY, clock=mine.clock)
    assert mine.path.read_bytes() == before
