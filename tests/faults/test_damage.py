"""Damaged, foreign, stale and older files (faults.md C.3 B): nothing is lost, nothing is said wrong."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlcipher3.dbapi2 as driver

from lanling_desktop import catalogue
from lanling_desktop.check import check
from lanling_desktop.core import atomic, disk, migrate, schema, store
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.lock import beside
from lanling_desktop.core.plain import View
from lanling_desktop.opening import (
    catch_up_office,
    open_office,
    rebuild_office,
    restore_office,
)
from lanling_desktop.safety import backups, damage, places, repair, rescue, restore
from lanling_desktop.safety.damage import BehindError, DamagedError
from tests.office import state_of
from tests.safety.desk import KEY, Morning, backed_up, flip, names

PAGE = 4096


@pytest.fixture
def morning(tmp_path: Path) -> Morning:
    return Morning(tmp_path / "甲 社区.lanling", KEY)


def crashed(morning: Morning) -> None:
    """As a process that was killed leaves it: the note of its holder stays."""
    beside(morning.path, "user").write_text("{}", encoding="utf-8")


def worked(morning: Morning, count: int = 30) -> Path:
    with morning.create() as office:
        base = backed_up(office)
        for at in range(count):
            morning.add(office, "张" + chr(0x4E00 + at))
    return base


@pytest.mark.fault(15)
@pytest.mark.parametrize("content", [b"", b"\0" * 9000, b"PK\x03\x04" * 999, "名单".encode() * 999])
def test_a_foreign_file_is_named_and_nothing_is_laid_beside_it(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "收到的" / "名单.lanling"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(OfficeError, match="不是本程序的数据文件"):
        open_office(path)
    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.fault(15)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_an_office_file_whose_head_is_gone_is_damaged_not_foreign(
    tmp_path: Path, key: str | None
) -> None:
    morning = Morning(tmp_path / "甲.lanling", key)
    worked(morning, 3)
    with morning.path.open("rb+") as stream:
        stream.write(bytes(16))
    with pytest.raises(DamagedError, match="已损坏"):
        morning.open()
    assert rebuild_office(morning.path, key=key, clock=morning.clock)
    with morning.open() as office:
        assert len(names(office)) == 3


@pytest.mark.fault(15)
def test_a_missing_office_file_comes_back_from_its_backups(morning: Morning) -> None:
    worked(morning, 3)
    morning.path.unlink()
    with pytest.raises(DamagedError, match="找不到"):
        morning.open()
    rebuild_office(morning.path, key=KEY, clock=morning.clock)
    with morning.open() as office:
        assert len(names(office)) == 3


def pages_flipped(tmp_path: Path, key: str | None, every: int) -> tuple[int, int]:
    """Flip a byte in each page in turn; how many were found, how many read right all the same."""
    morning = Morning(tmp_path / "甲.lanling", key)
    worked(morning)
    with morning.open() as office:
        right = state_of(office)
    whole, found, harmless = morning.path.read_bytes(), 0, 0
    rnd = random.Random(3)
    for page in range(0, len(whole) // PAGE, every):
        flip(morning.path, page * PAGE + rnd.randrange(PAGE), 1 << rnd.randrange(8))
        crashed(morning)
        try:
            with morning.open() as office:
                assert state_of(office) == right or key is None, f"page {page} was read wrong"
                harmless += 1
        except OfficeError:
            found += 1
        morning.path.write_bytes(whole)
        for each in ("-wal", "-shm"):
            morning.path.with_name(morning.path.name + each).unlink(missing_ok=True)
        damage.marker(morning.path).unlink(missing_ok=True)
    return found, harmless


@pytest.mark.fault(16)
def test_a_byte_flipped_in_a_locked_file_is_found(tmp_path: Path) -> None:
    found, harmless = pages_flipped(tmp_path, KEY, 40)
    assert found > 4
    assert harmless <= 1, "only what no page holds"


@pytest.mark.fault(16)
def test_a_byte_flipped_in_a_plain_file_never_ends_the_program(tmp_path: Path) -> None:
    found, harmless = pages_flipped(tmp_path, None, 40)
    assert found + harmless > 4


@pytest.mark.campaign
@pytest.mark.fault(16)
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_every_page_flipped(tmp_path: Path, key: str | None) -> None:
    found, harmless = pages_flipped(tmp_path, key, 1)
    print(f"pages found {found}, read right {harmless}")
    assert found > (harmless if key else 0)


@pytest.mark.fault(17)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_a_log_of_another_day_is_put_aside(tmp_path: Path, key: str | None) -> None:
    morning = Morning(tmp_path / "甲.lanling", key)
    log = morning.path.with_name(f"{morning.path.name}-wal")
    with morning.create() as office:
        backed_up(office)
        for at in range(5):
            morning.add(office, "张" + chr(0x4E00 + at))
        stale = log.read_bytes()
        assert stale
    with morning.open() as office:
        for at in range(40):
            morning.add(office, "李" + chr(0x4E00 + at))
        right = state_of(office)
    log.write_bytes(stale)
    with morning.open() as office:
        assert state_of(office) == right
        assert check(office) == []
    (aside,) = tmp_path.glob("*.damaged-wal-*")
    assert aside.read_bytes() == stale


@pytest.mark.fault(17)
def test_the_log_of_a_crash_is_the_files_own_and_stays(morning: Morning, tmp_path: Path) -> None:
    worked(morning, 2)
    office = morning.open()
    morning.add(office, "王三三")
    right = state_of(office)
    for each in tmp_path.iterdir():  # as the disk is at this moment
        if each.name.startswith(morning.path.name):
            (tmp_path / "盘").mkdir(exist_ok=True)
            shutil.copy(each, tmp_path / "盘" / each.name)
    office.close()
    after = Morning(tmp_path / "盘" / morning.path.name, KEY, now=morning.now)
    assert after.path.with_name(f"{after.path.name}-wal").stat().st_size
    with after.open() as again:
        assert state_of(again) == right
    assert not list((tmp_path / "盘").glob("*.damaged-wal-*"))


@pytest.mark.fault(18)
def test_acts_lost_with_the_log_are_told_and_put_back(morning: Morning, tmp_path: Path) -> None:
    worked(morning, 2)
    before = morning.path.read_bytes()
    with morning.open() as office:
        for at in range(7):
            morning.later(minutes=3)
            morning.add(office, "李" + chr(0x4E00 + at))
        right = state_of(office)
    morning.path.write_bytes(before)  # the file at its last checkpoint, its log gone
    crashed(morning)
    with pytest.raises(BehindError, match="缺少最近的 7 项操作") as told:
        morning.open()
    assert told.value.acts[0].title.startswith("新增居民")
    catch_up_office(morning.path, key=KEY, clock=morning.clock)
    with morning.open() as office:
        assert state_of(office) == right
        assert check(office) == []
    (kept,) = tmp_path.glob("*恢复前*.lanling")
    with open_office(kept, key=KEY) as office:
        assert len(names(office)) == 2


@pytest.mark.fault(18)
def test_a_clerk_may_go_on_without_them_and_is_not_asked_again(morning: Morning) -> None:
    base = worked(morning, 2)
    restore_copy = base.read_bytes()
    morning.path.write_bytes(restore_copy)
    with pytest.raises(BehindError):
        morning.open()
    with morning.open(as_is=True) as office:
        morning.later(minutes=5)
        morning.add(office, "王三三")
    with morning.open() as office:
        assert names(office) == {"王三三"}


def interrupted(morning: Morning, monkeypatch: pytest.MonkeyPatch, base: Path, nth: int) -> bool:
    """Restore, ended at the n-th change of the disk as by a power cut; False when it got through."""

    class PowerCut(BaseException):
        pass

    calls = [0]

    def cut(real: object) -> object:
        def act(*given: object, **more: object) -> object:
            calls[0] += 1
            if calls[0] == nth:
                raise PowerCut
            if calls[0] > nth:
                return None  # the process is dead: nothing it does afterwards reaches the disk
            return real(*given, **more)  # type: ignore[operator]

        return act

    with monkeypatch.context() as patch:
        for name in ("give_name", "write_whole", "copy_whole"):
            patch.setattr(disk, name, cut(getattr(disk, name)))
        patch.setattr(atomic, "flush_folder", cut(atomic.flush_folder))
        patch.setattr(Path, "unlink", cut(Path.unlink))
        try:
            restore_office(base, morning.path, key=morning.key, clock=morning.clock)
        except PowerCut:
            return True
    return False


@pytest.mark.skipif(
    sys.platform == "win32", reason="the lock of a process that is gone is its own process's here"
)
@pytest.mark.fault(4)
@pytest.mark.fault(19)
def test_a_restore_cut_off_at_any_step_is_finished_or_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Morning(tmp_path / "甲.lanling")
    base = worked(first, 3)
    old = first.path.read_bytes()
    outcomes = set()
    for nth in range(1, 60):
        folder = tmp_path / str(nth)
        folder.mkdir()
        morning = Morning(folder / "甲.lanling", now=first.now)
        morning.path.write_bytes(old)
        if not interrupted(morning, monkeypatch, base, nth):
            break
        beside(morning.path, "user").unlink(missing_ok=True)
        with morning.open() as office:
            found = len(names(office))
            assert check(office) == []
        assert found in (0, 3), "the old office or the restored one, never a third"
        outcomes.add(found)
        if found == 0:
            kept = list(folder.glob("*恢复前*.lanling"))
            assert kept, f"step {nth}: what was replaced is kept"
        assert not restore.draft_of(morning.path).exists()
        assert not list(folder.glob(".*restore")), "no note of what is finished"
    assert outcomes == {0, 3}


@pytest.mark.fault(20)
def test_where_the_newest_backup_is_damaged_too_an_older_one_gives_all_back(
    morning: Morning,
) -> None:
    worked(morning, 3)
    with morning.open() as office:
        newer = backed_up(office)
        morning.add(office, "王三三")
        right = state_of(office)
    flip(newer, 9000)
    for page in range(8, 60):
        flip(morning.path, page * PAGE + 100)
    crashed(morning)
    with pytest.raises(DamagedError):
        morning.open()
    with pytest.raises(DamagedError):
        morning.open()  # found damaged once, it is not opened for having been closed in order
    acts = rebuild_office(morning.path, key=KEY, clock=morning.clock)
    assert len(acts) == 4
    with morning.open() as office:
        assert state_of(office) == right


@pytest.mark.fault(8)
@pytest.mark.fault(21)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_without_any_backup_what_can_be_read_is_saved(
    demo_file: Path, tmp_path: Path, key: str | None
) -> None:
    path = tmp_path / "甲.lanling"
    copied = connect(demo_file, read_only=True)
    writing = connect(path, key=key)
    if key is None:
        copied.backup(writing)
    else:
        copied.execute("PRAGMA query_only = OFF")
        copied.execute(f"ATTACH '{path}' AS locked KEY \"x'{key}'\"")
        copied.execute("SELECT sqlcipher_export('locked')")
    copied.close()
    writing.close()
    with open_office(path, key=key) as office:
        people = office.count(View("person"))
    spoil(path, leaf_of(path, key))
    crashed_at = beside(path, "user")
    crashed_at.write_text("{}", encoding="utf-8")
    damaged = path.read_bytes()
    with pytest.raises(DamagedError):
        open_office(path, key=key)
    registers = catalogue.registers()
    state = {each.table: each for each in rescue.readable(path, registers, key=key)}
    assert 0 < state["person"].rows < people
    assert state["person"].lost == people - state["person"].rows
    assert state["community"].lost == 0
    saved = rescue.rescue(path, tmp_path / "救出.lanling", registers, key=key)
    assert path.read_bytes() == damaged, "the damaged file is only read"
    with open_office(saved.office, key=key) as office:
        assert office.count(View("person")) == state["person"].rows
        assert office.find("兰陵")
        loose = [each for each in check(office) if "指向的记录" in each.what]
    assert loose == []
    assert any(each.name == "居民.xlsx" and each.stat().st_size > 9000 for each in saved.tables)


def spoil(path: Path, page: int) -> None:
    with path.open("rb+") as stream:
        stream.seek((page - 1) * PAGE)
        stream.write(bytes(range(256)) * (PAGE // 256))


def leaf_of(path: Path, key: str | None) -> int:
    """A page that only the reading of persons stumbles over, found by trying."""
    whole = path.read_bytes()
    for page in range(40, len(whole) // PAGE, 5):
        spoil(path, page)
        if _only_persons(path, key):
            return page
        with path.open("rb+") as stream:
            stream.seek((page - 1) * PAGE)
            stream.write(whole[(page - 1) * PAGE : page * PAGE])
    raise AssertionError("no such page")


def _only_persons(path: Path, key: str | None) -> bool:
    connection = None
    try:
        connection = connect(path, key=key, untouched=True)
        connection.execute("SELECT count(*) FROM community").fetchone()
        connection.execute("SELECT count(id) FROM person").fetchone()
        connection.execute("SELECT max(rowid) FROM person").fetchone()
        try:
            connection.execute("SELECT * FROM person").fetchall()
        except driver.DatabaseError:
            return True
    except driver.DatabaseError:
        pass
    finally:
        if connection is not None:
            connection.close()
    return False


@pytest.mark.fault(8)
def test_a_damaged_file_is_read_but_not_written(morning: Morning) -> None:
    worked(morning, 3)
    before = morning.path.read_bytes()
    with morning.open(read_only=True) as office:
        office.note("查看完整身份证号")  # where nothing can be written, looking is not refused
        assert len(names(office)) == 3
        with pytest.raises(OfficeError, match="只读"):
            morning.add(office, "王三三")
        office.desk.put("note", 1)
        office.desk.keep_draft("a", "b", {})
        office.desk.drop_draft("a")
        assert office.desk.get("note") is None
    assert morning.path.read_bytes() == before


@pytest.mark.fault(22)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_a_newer_file_is_refused_with_both_versions(tmp_path: Path, key: str | None) -> None:
    morning = Morning(tmp_path / "甲.lanling", key)
    worked(morning, 1)
    newer = connect(morning.path, key=key)
    newer.execute("UPDATE alembic_version SET version_num = '9001'")
    newer.execute("PRAGMA journal_mode = DELETE")
    newer.close()
    before = morning.path.read_bytes()
    with pytest.raises(OfficeError) as told:
        morning.open()
    assert "9001" in str(told.value)
    assert schema.HEAD in str(told.value)
    assert morning.path.read_bytes() == before


RELEASED = [each.revision for each in migrate.scripts().walk_revisions()]


def released(path: Path, revision: str, key: str | None) -> None:
    """An office file as a program of that revision wrote it, with a person in it."""
    path.write_bytes(_released(revision, key))


@cache
def _released(revision: str, key: str | None) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "旧.lanling"
        made = connect(path, key=key)
        with schema.engine_over(made).begin() as connection:
            migrate.run(connection, revision)
        made.execute("INSERT INTO person (id, name) VALUES ('p1', '老王')")
        made.execute("INSERT INTO setting (key, value) VALUES ('unit', '\"向阳社区\"')")
        made.execute("PRAGMA journal_mode = DELETE")
        made.close()
        return path.read_bytes()


@pytest.mark.fault(23)
@pytest.mark.parametrize("revision", RELEASED)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_a_file_of_every_released_version_opens_with_what_it_held(
    tmp_path: Path, revision: str, key: str | None
) -> None:
    path = tmp_path / "旧.lanling"
    released(path, revision, key)
    with open_office(path, key=key) as office:
        assert names(office) == {"老王"}
        assert office.desk.get("unit") == "向阳社区"
        office.save("person", "p1", {"name": "王老五"}, confirmed=True)
    kept = migrate.kept_of(path, revision)
    assert kept.exists() == (revision != schema.HEAD)
    if revision != schema.HEAD:
        old = connect(kept, key=key, untouched=True)
        assert old.execute("SELECT name FROM person").fetchall() == [("老王",)]
        assert schema.revision(old) == revision
        old.close()


@pytest.mark.fault(23)
def test_a_backup_of_every_released_version_is_restored(tmp_path: Path) -> None:
    for revision in RELEASED:
        old, new = tmp_path / f"{revision}.lanling", tmp_path / f"新{revision}.lanling"
        released(old, revision, None)
        restore_office(old, new)
        with open_office(new) as office:
            assert names(office) == {"老王"}


@pytest.mark.fault(2)
def test_a_migration_cut_off_at_any_step_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        pass

    for nth in range(1, 60):
        path = tmp_path / str(nth) / "旧.lanling"
        path.parent.mkdir()
        released(path, RELEASED[-1], None)
        calls = [0]

        def cut(real: object, calls: list[int] = calls, nth: int = nth) -> object:
            def act(*given: object, **more: object) -> object:
                if str(given[0]).endswith((".user", ".lock")):  # these go with the process
                    return real(*given, **more)  # type: ignore[operator]
                calls[0] += 1
                if calls[0] == nth:
                    raise PowerCut
                return None if calls[0] > nth else real(*given, **more)  # type: ignore[operator]

            return act

        through = True
        with monkeypatch.context() as patch:
            patch.setattr(disk, "give_name", cut(disk.give_name))
            patch.setattr(atomic, "flush_folder", cut(atomic.flush_folder))
            patch.setattr(Path, "unlink", cut(Path.unlink))
            patch.setattr(migrate, "_migrate", cut(migrate._migrate))
            try:
                store.Store.open(path).close()
            except PowerCut:
                through = False
        beside(path, "user").unlink(missing_ok=True)
        with open_office(path) as office:
            assert names(office) == {"老王"}
            assert {each.where for each in check(office)} <= {"检索"}  # planted without an index
        if through:
            assert nth > 3
            return
    raise AssertionError("never got through")


@pytest.mark.fault(24)
def test_planted_faults_are_listed_with_a_jump_and_mended_by_one_act(morning: Morning) -> None:
    with morning.create() as office:
        community = office.save("community", None, {"name": "向阳社区"}).main
        compound = office.save(
            "compound", None, {"name": "兰陵花园", "community_id": community}, confirmed=True
        ).main
    other = connect(morning.path, key=KEY)
    other.execute("PRAGMA foreign_keys = OFF")
    other.execute("UPDATE compound SET community_id = 'nobody' WHERE id = ?", (compound,))
    other.close()
    with morning.open() as office:
        (found,) = [each for each in check(office) if each.link is not None]
        assert (found.register, found.id) == ("compound", compound)
        before = state_of(office)
        assert state_of(office) == before, "looking changes nothing"
        assert found.link is not None
        repair.mend(office, [found.link])
        assert [each for each in check(office) if each.link is not None] == []
        undone = office.undo()
        assert undone is not None
        assert state_of(office) == before
        redone = office.redo()
        assert redone is not None
        assert [each for each in check(office) if each.link is not None] == []
        morning.add(office, "张一一")


@pytest.mark.fault(24)
def test_an_index_that_fell_behind_is_made_anew(morning: Morning) -> None:
    with morning.create() as office:
        morning.add(office, "张一一")
        right = state_of(office)["search"]
        with office.store.writing() as session:
            session.connection().exec_driver_sql("DELETE FROM search_entry")
        assert any(each.where == "检索" for each in check(office))
        assert office.find("张一一") == []
        repair.mend_index(office)
        assert check(office) == []
        assert [hit.title for hit in office.find("张一一")] == ["张一一"]
        assert [row[0:2] for row in state_of(office)["search"]] == [row[0:2] for row in right]


@pytest.mark.fault(25)
def test_a_journal_line_altered_elsewhere_is_named_with_its_number(morning: Morning) -> None:
    worked(morning, 4)
    other = connect(morning.path, key=KEY)
    other.execute('UPDATE journal_change SET after = \'{"name":"改"}\' WHERE seq = 3')
    other.close()
    with morning.open() as office:
        found = [each for each in check(office) if "操作记录" in each.where]
        assert [each.where for each in found] == ["操作记录第 3 行"]
        assert len(names(office)) == 4, "the records can be used"


@pytest.mark.fault(22)
def test_the_verbs_recover_a_damaged_file(tmp_path: Path) -> None:
    morning = Morning(tmp_path / "甲.lanling")
    worked(morning, 3)
    with morning.path.open("rb+") as stream:
        stream.write(bytes(100))
    run = [sys.executable, "-m", "lanling_desktop"]
    refused = subprocess.run(
        [*run, "check", str(morning.path)], capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "已损坏" in refused.stderr
    done = subprocess.run(
        [*run, "recover", str(morning.path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "补回 3 项操作" in done.stdout
    with morning.open() as office:
        assert len(names(office)) == 3
    assert backups.listed(places.backups_of(morning.path))
