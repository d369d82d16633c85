"""An office file is made, opened, backed up and restored: whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from lanling_desktop.core.clock import fixed
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.lock import OfficeInUseError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.opening import backup_office, open_office, restore_office

CLOCK = fixed(2026, 11, 23)


def people(path: Path) -> int:
    with open_office(path, clock=CLOCK) as office:
        return office.count(View("person"))


def test_a_backup_of_an_open_office_is_restored(desk_office: Office, tmp_path: Path) -> None:
    office, kept = desk_office, tmp_path / "备份.lanling"
    office.save("person", None, {"name": "张一"})
    backup_office(office, kept)
    office.save("person", None, {"name": "李二"})
    target = office.path
    office.close()
    aside = restore_office(kept, target, clock=CLOCK)
    assert aside is not None
    assert (people(target), people(aside), people(kept)) == (1, 2, 1)
    assert not list(tmp_path.glob(".*restoring*"))


def test_a_restore_to_a_new_place_sets_nothing_aside(demo_file: Path, tmp_path: Path) -> None:
    assert restore_office(demo_file, tmp_path / "新" / "甲.lanling", clock=CLOCK) is None
    assert people(tmp_path / "新" / "甲.lanling") == 400


def test_an_open_office_is_not_replaced(desk_office: Office, demo_file: Path) -> None:
    with pytest.raises(OfficeInUseError):
        restore_office(demo_file, desk_office.path, clock=CLOCK)
    assert desk_office.count(View("person")) == 0


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not ours", b"SQLite format 3\0" + b"x" * 900]
)
def test_what_is_no_backup_changes_nothing(demo_file: Path, tmp_path: Path, content: bytes) -> None:
    target, broken = tmp_path / "甲.lanling", tmp_path / "坏.lanling"
    target.write_bytes(demo_file.read_bytes())
    broken.write_bytes(content)
    with pytest.raises(OfficeError):
        restore_office(broken, target, clock=CLOCK)
    assert target.read_bytes() == demo_file.read_bytes()
    assert sorted(p.name for p in tmp_path.glob("*.lanling")) == sorted([target.name, broken.name])


def test_a_backup_never_goes_over_the_office_itself(desk_office: Office) -> None:
    with pytest.raises(OfficeError, match="备份不能写到数据文件自己上"):
        backup_office(desk_office, desk_office.path)


def test_a_missing_backup_is_said(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="找不到"):
        restore_office(tmp_path / "无.lanling", tmp_path / "甲.lanling")
    assert list(tmp_path.iterdir()) == []
