"""Where an office file lies (faults 26 to 30): shares, synchronised folders, sticks, read-only."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.check import check
from lanling_desktop.core import atomic, disk, location
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import Cost
from lanling_desktop.core.location import Kind, Linux, Windows
from lanling_desktop.opening import (
    Owner,
    backup_office,
    create_locked,
    create_office,
    open_office,
    restore_office,
    unlock_office,
)
from lanling_desktop.safety import backups
from lanling_desktop.safety.guard import Guard
from tests.rights import closed
from tests.safety.desk import KEY, Morning, names

OWNER = Owner("王敏", "hong-qi 2020", Cost(64, 1))
MOUNTS = """/dev/sda2 / ext4 rw 0 0
//10.1.2.3/pub /srv/\\345\\205\\254\\347\\224\\250\\040盘 cifs rw 0 0
fs:/home /mnt/nfs nfs4 rw 0 0
user@h: /home/w/远程 fuse.sshfs rw 0 0
/dev/sdb1 /media/w/我的\\040U盘 vfat rw 0 0
"""


linux_paths = pytest.mark.skipif(sys.platform == "win32", reason="paths as Linux writes them")


class On:
    """A system in which everything lies on one kind of disk."""

    def __init__(self, kind: Kind, formatted: str = "") -> None:
        self._kind, self._formatted = kind, formatted

    def kind(self, folder: Path) -> Kind:
        return self._kind

    def file_system(self, folder: Path) -> str:
        return self._formatted


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> object:
    def put(kind: Kind, formatted: str = "") -> None:
        monkeypatch.setattr(location, "SYSTEM", On(kind, formatted))

    return put


def journal_of(path: Path, key: str | None = None) -> tuple[str, int]:
    connection = connect(path, key=key)
    try:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        return mode, connection.execute("PRAGMA synchronous").fetchone()[0]
    finally:
        connection.close()


# How it is told


@linux_paths
@pytest.mark.fault(26)
@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/w/台账", "local"),
        ("/mnt/nfs/台账", "network"),
        ("/mnt/nfsx/台账", "local"),
        ("/home/w/远程/台账", "network"),
        ("/media/w/我的 U盘/台账", "removable"),
    ],
)
def test_linux_tells_by_its_mounts(folder: str, kind: Kind) -> None:
    assert Linux(lambda: MOUNTS).kind(Path(folder)) == kind


@linux_paths
def test_names_of_mounts_are_written_in_octal() -> None:
    mounts = "//h/s /srv/a\\040b cifs rw 0 0\nbroken\n"
    assert Linux(lambda: mounts).kind(Path("/srv/a b/台账")) == "network"


@pytest.mark.fault(26)
@pytest.mark.fault(28)
@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        (r"C:\Users\王小明\AppData\Local\兰陵社区台账", "local"),
        (r"\\?\C:\Users\王小明", "local"),
        (r"Z:\公用\台账", "network"),
        (r"\\街道服务器\公用\台账", "network"),
        (r"\\?\UNC\街道服务器\公用\台账", "network"),
        (r"E:\台账", "removable"),
        (r"F:\台账", "removable"),
    ],
)
def test_windows_tells_by_its_drives(folder: str, kind: Kind) -> None:
    types, buses = {"C:\\": 3, "Z:\\": 4, "E:\\": 2, "F:\\": 3}, {"F:\\": 7}
    system = Windows(types.__getitem__, lambda drive: buses.get(drive, 11), lambda _: "NTFS")
    assert system.kind(Path(folder)) == kind


@linux_paths
@pytest.mark.fault(27)
@pytest.mark.parametrize(
    ("folder", "name", "root"),
    [
        ("/home/w/OneDrive - 街道/文档/台账", "OneDrive", "/home/w/OneDrive - 街道"),
        ("/d/WPS云盘/台账", "WPS 云盘", "/d/WPS云盘"),
        ("/d/WPS Cloud Files/12345/台账", "WPS 云盘", "/d/WPS Cloud Files"),
        ("/home/w/我的坚果云", "坚果云", "/home/w/我的坚果云"),
        ("/home/w/Nutstore/1/台账", "坚果云", "/home/w/Nutstore"),
        ("/home/w/BaiduSyncdisk/台账", "百度网盘同步空间", "/home/w/BaiduSyncdisk"),
        ("/home/w/百度同步盘", "百度同步盘", "/home/w/百度同步盘"),
    ],
)
def test_a_synchronised_folder_is_warned_of_with_its_path(
    folder: str, name: str, root: str
) -> None:
    said = location.advice(Path(folder), On("local"))
    assert name in said
    assert root in said
    assert name in location.standing(Path(folder) / "甲.lanling", On("local"))


@pytest.mark.fault(27)
def test_onedrive_is_known_by_what_it_says_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDrive", "/home/w/街道云")
    assert location.cloud_of(Path("/home/w/街道云/台账")) == ("OneDrive", Path("/home/w/街道云"))
    assert location.cloud_of(Path("/home/w/街道云盘外")) is None


def test_live_data_does_not_lie_in_a_cloud_by_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from lanling_desktop import paths

    monkeypatch.delenv("LANLING_DATA")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData" / "Local"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("OneDrive", str(tmp_path / "OneDrive"))
    assert location.cloud_of(paths.data_dir()) is None


@given(st.text(max_size=40), st.sampled_from(["", "C:\\", "\\\\h\\s\\", "/", "\\\\?\\"]))
def test_whatever_a_folder_is_called_it_is_told(name: str, head: str) -> None:
    system = Windows(lambda _: 3, lambda _: 0, lambda _: "NTFS")
    assert system.kind(Path(head + name.replace("\0", ""))) in ("local", "network")


# A share


@pytest.mark.fault(26)
def test_a_share_is_refused_for_live_data_but_not_for_backups(tmp_path: Path, on: object) -> None:
    on("network")  # type: ignore[operator]
    path = tmp_path / "公用" / "甲.lanling"
    with pytest.raises(OfficeError, match="网络上的文件夹") as refused:
        create_locked(path, OWNER)
    assert "备份" in refused.value.then
    assert not path.parent.exists()
    morning = Morning(tmp_path / "乙.lanling")
    with morning.create() as office:
        Guard(office).choose_folder(tmp_path / "公用盘")
        made = Guard(office).back_up("手动")
        assert backups.checked(made).checked


@pytest.mark.fault(26)
@pytest.mark.fault(28)
@pytest.mark.parametrize("kind", ["network", "removable"])
@pytest.mark.parametrize("key", [None, KEY])
def test_found_there_later_every_act_is_in_the_file_itself(
    tmp_path: Path, on: object, kind: Kind, key: str | None
) -> None:
    morning = Morning(tmp_path / "甲 社区.lanling", key)
    with morning.create() as office:
        morning.add(office, "张一一")
    assert journal_of(morning.path, key)[0] == "wal"
    on(kind)  # type: ignore[operator]
    with morning.open() as office:
        assert office.store.raw("PRAGMA journal_mode")[0][0] == "delete"
        morning.add(office, "李二二")
        assert not morning.path.with_name(f"{morning.path.name}-wal").exists()
        alone = tmp_path / "拔下来的.lanling"
        shutil.copy(morning.path, alone)  # the stick is pulled: the file alone is all there is
        Guard(office).back_up("手动")
        assert check(office) == []
    assert journal_of(morning.path, key) == ("delete", 3)
    on("local")  # type: ignore[operator]
    with open_office(alone, key=key, clock=morning.clock) as office:
        assert names(office) == {"张一一", "李二二"}
    with morning.open() as office:  # and back home it writes as it always did
        morning.add(office, "王三三")
    assert journal_of(morning.path, key)[0] == "wal"


@pytest.mark.fault(26)
def test_a_log_left_by_a_crash_is_folded_in_when_the_file_is_found_on_a_share(
    tmp_path: Path, on: object
) -> None:
    morning = Morning(tmp_path / "家" / "甲.lanling", KEY)
    away = Morning(tmp_path / "公用" / "甲.lanling", KEY, now=morning.now)
    away.path.parent.mkdir()
    with morning.create() as office:
        morning.add(office, "张一一")
        for each in morning.path.parent.iterdir():  # copied over while it was open: log and all
            if each.is_file() and not each.name.endswith(".lock"):
                shutil.copy(each, away.path.with_name(each.name))
    assert away.path.with_name("甲.lanling-wal").stat().st_size > 0
    on("network")  # type: ignore[operator]
    with away.open() as office:
        assert names(office) == {"张一一"}
    assert not away.path.with_name("甲.lanling-wal").exists()


_CUT_OFF = """
import os, sys
from pathlib import Path
from lanling_desktop.core import location
class Stick:
    def kind(self, folder): return "removable"
    def file_system(self, folder): return "vfat"
location.SYSTEM = Stick()
from lanling_desktop.opening import open_office
office = open_office(Path(sys.argv[1]), key=sys.argv[2])
with office.store.writing() as session:
    session.connection().exec_driver_sql("PRAGMA cache_size = 5")
    session.connection().exec_driver_sql("UPDATE person SET name = '半半' || name")
    os._exit(9)  # the stick is pulled, the journal lies beside the half written file
"""


@pytest.mark.fault(28)
def test_an_act_cut_off_on_a_stick_is_taken_back(tmp_path: Path, on: object) -> None:
    on("removable")  # type: ignore[operator]
    morning = Morning(tmp_path / "甲.lanling", KEY)
    with morning.create() as office:
        for at in range(300):
            morning.add(office, "张" + chr(0x4E00 + at))
        before = names(office)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", _CUT_OFF, str(morning.path), KEY],
        env=environment, check=False, capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 9, done.stderr.decode()
    journal = morning.path.with_name("甲.lanling-journal")
    assert journal.stat().st_size > 0
    with morning.open() as office:
        assert names(office) == before
        assert check(office) == []
    assert not journal.exists()


@pytest.mark.fault(28)
def test_a_journal_that_lies_about_is_no_part_of_what_is_put_back(
    tmp_path: Path, on: object
) -> None:
    """A hot journal beside a file that was put back would undo it with another file's pages."""
    on("removable")  # type: ignore[operator]
    morning = Morning(tmp_path / "甲.lanling", KEY)
    with morning.create() as office:
        morning.add(office, "张一一")
        good = Guard(office).back_up("手动").path
        morning.add(office, "李二二")
    journal = morning.path.with_name("甲.lanling-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 1024)
    restore_office(good, morning.path, key=KEY, clock=morning.clock)
    assert not journal.exists()
    with morning.open(as_is=True) as office:
        assert names(office) == {"张一一"}


def test_what_is_said_of_a_stick(tmp_path: Path) -> None:
    stick = On("removable")
    assert "便携模式" in location.advice(tmp_path, stick)
    assert "弹出" in location.standing(tmp_path / "甲.lanling", stick)
    assert "安全删除硬件" in location.on_leaving(tmp_path / "甲.lanling", stick)
    for kind in ("local", "network"):
        assert location.on_leaving(tmp_path / "甲.lanling", On(kind)) == ""
    assert location.standing(tmp_path / "甲.lanling", On("local")) == ""


# FAT32


@pytest.mark.fault(29)
def test_a_stick_that_cannot_hold_the_file_is_said_before_it_is_begun(
    tmp_path: Path, on: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = Morning(tmp_path / "甲.lanling")
    with morning.create() as office:
        morning.add(office, "张一一")
        stick = tmp_path / "U盘"
        stick.mkdir()
        on("local", "vfat")  # type: ignore[operator]
        monkeypatch.setattr(location, "LARGEST_ON_SMALL", 1000)
        with pytest.raises(OfficeError, match="FAT32") as said:
            backup_office(office, stick / "甲.lanling.zip")
        assert "exFAT" in said.value.then
        assert list(stick.iterdir()) == []
        on("local", "exfat")  # type: ignore[operator]
        backup_office(office, stick / "甲.lanling.zip")


@pytest.mark.fault(29)
def test_the_disks_own_refusal_of_a_large_file_is_said_too(tmp_path: Path) -> None:
    """The limit is the kernel's: a file grows over it and EFBIG comes back."""
    resource = pytest.importorskip("resource")
    morning = Morning(tmp_path / "甲.lanling", KEY)
    with morning.create() as office:
        for at in range(60):
            morning.add(office, "张" + chr(0x4E00 + at))
        made = Guard(office).back_up("手动")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        try:
            with pytest.raises(OfficeError, match="放不下超过 4 GB"), backups.told():
                disk.copy_whole(made.path, tmp_path / "U盘" / made.path.name)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list((tmp_path / "U盘").iterdir()) == []


@pytest.mark.fault(29)
@pytest.mark.parametrize("number", [errno.EINVAL, 123])
def test_a_name_the_disk_does_not_take_is_said(number: int) -> None:
    refused = OSError(errno.EINVAL, "bad", "甲:乙.lanling")
    refused.winerror = number  # type: ignore[attr-defined]
    with pytest.raises(OfficeError, match=r"不接受这样的文件名（甲:乙\.lanling）"), backups.told():
        raise refused


# Read-only


@pytest.fixture
def cabinet(tmp_path: Path) -> Path:
    """A locked office in a folder of its own."""
    path = tmp_path / "资料柜" / "甲.lanling"
    with create_locked(path, OWNER) as office:
        office.save("person", None, {"name": "张一一"}, confirmed=True)
    return path


@pytest.mark.fault(30)
def test_where_nothing_can_be_written_the_office_opens_to_be_read(cabinet: Path) -> None:
    lying = sorted(each.name for each in cabinet.parent.iterdir())
    with closed(cabinet.parent):
        with unlock_office(cabinet, "王敏", OWNER.password) as office:
            assert office.store.unwritable
            assert names(office) == {"张一一"}
            assert office.find("张")
            with pytest.raises(OfficeError, match="只读打开的，没有保存") as refused:
                office.save("person", None, {"name": "李二二"}, confirmed=True)
            assert "复制到能写的文件夹" in refused.value.then
        with pytest.raises(OfficeError, match="不对"):
            unlock_office(cabinet, "王敏", "wrong-2020")
    assert sorted(each.name for each in cabinet.parent.iterdir()) == lying
    with unlock_office(cabinet, "王敏", OWNER.password) as office:
        office.save("person", None, {"name": "李二二"}, confirmed=True)


@pytest.mark.fault(30)
def test_a_file_marked_read_only_opens_to_be_read(tmp_path: Path) -> None:
    from tests.rights import without_powers

    morning = Morning(tmp_path / "甲.lanling", KEY)
    with morning.create() as office:
        morning.add(office, "张一一")
    morning.path.chmod(0o444)
    with without_powers(), morning.open() as office:
        assert office.store.read_only
        assert names(office) == {"张一一"}
    morning.path.chmod(0o644)


@pytest.mark.fault(30)
def test_a_log_that_cannot_be_folded_in_is_said(tmp_path: Path) -> None:
    home = tmp_path / "家"
    morning = Morning(home / "甲.lanling", KEY)
    with morning.create() as office:
        morning.add(office, "张一一")
        away = tmp_path / "光盘"
        shutil.copytree(home, away, ignore=shutil.ignore_patterns("*.lock"))
    with closed(away), pytest.raises(OfficeError, match="没有正常关闭") as said:
        Morning(away / "甲.lanling", KEY).open()
    assert "一起复制" in said.value.then


@pytest.mark.fault(30)
def test_an_old_file_where_nothing_can_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = Morning(tmp_path / "家" / "甲.lanling", KEY)
    morning.create().close()
    connection = connect(morning.path, key=KEY)
    connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    with closed(morning.path.parent), pytest.raises(OfficeError, match="不能升级"):
        morning.open()


@pytest.mark.fault(30)
def test_an_office_is_not_made_where_nothing_can_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "Program Files"
    folder.mkdir()
    with closed(folder), pytest.raises(OfficeError, match="不允许写入") as refused:
        create_locked(folder / "台账" / "甲.lanling", OWNER)
    assert "请选自己的文件夹" in refused.value.then
    assert list(folder.iterdir()) == []


@pytest.mark.fault(30)
def test_a_backup_where_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "只读盘"
    folder.mkdir()
    with create_office(tmp_path / "甲.lanling") as office, closed(folder):
        for target in (folder / "甲.lanling", folder / "甲.lanling.zip"):
            with pytest.raises(OfficeError, match=r"没有权限|写不成|不能写入"):
                backup_office(office, target)
        with pytest.raises(PermissionError):
            atomic.write_whole(folder / "a", b"")
