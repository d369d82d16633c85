"""A disk that is full, slow to give in, or loses what was not synced (faults.md C.3 A)."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lanling_desktop.check import check
from lanling_desktop.core import atomic, disk
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.opening import open_office, rebuild_office, restore_office
from lanling_desktop.safety import backups, places
from lanling_desktop.safety.damage import BehindError, DamagedError
from lanling_desktop.safety.guard import Guard
from tests.office import state_of
from tests.safety.desk import KEY, Morning, backed_up, names


@pytest.fixture
def morning(tmp_path: Path) -> Morning:
    return Morning(tmp_path / "甲 社区.lanling", KEY)


@pytest.mark.fault(6)
def test_a_full_disk_refuses_the_save_in_words_and_keeps_what_is_there(morning: Morning) -> None:
    with morning.create() as office:
        morning.add(office, "张一一")
        with office.store.writing() as session:
            pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
            session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        before = state_of(office)

        def fill() -> None:
            nonlocal before
            for at in range(400):
                before = state_of(office)
                morning.add(office, "李" + chr(0x4E00 + at))

        with pytest.raises(OfficeError, match="磁盘已满，本次未保存"):
            fill()
        assert state_of(office) == before, "nothing of a refused act stays"
    with morning.open() as office:
        assert "张一一" in names(office)
        assert check(office) == []


def failing(patch: pytest.MonkeyPatch, nth: int, code: int) -> list[int]:
    """Let the n-th change of the disk fail, as often as it is tried."""
    calls = [0]

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def act(*given: Any, **more: Any) -> Any:
            calls[0] += 1
            if calls[0] == nth:
                raise OSError(code, os.strerror(code))
            return real(*given, **more)

        return act

    for name in ("give_name", "copy_whole", "flush"):
        patch.setattr(disk, name, wrap(getattr(disk, name)))
    for name in ("flush_folder", "write_whole"):
        patch.setattr(atomic, name, wrap(getattr(atomic, name)))
    return calls


@pytest.mark.fault(7)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_the_nth_write_of_a_backup_fails_and_no_half_backup_is_left(
    morning: Morning, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with morning.create() as office:
        good = backed_up(office)
        places.keys_of(morning.path).write_text("{}", encoding="utf-8")
        for nth in range(1, 40):
            morning.add(office, "李" + chr(0x4E00 + nth))
            with monkeypatch.context() as patch:
                calls = failing(patch, nth, code)
                with contextlib.suppress(OfficeError):  # in words, never an OSError
                    Guard(office).back_up("定时")
            for each in backups.listed(good.parent):
                assert backups.checked(each).checked
            assert not [each for each in good.parent.iterdir() if ".tmp" in each.name]
            if calls[0] < nth:
                break
        assert nth > 3
        assert len(names(office)) == nth


@pytest.mark.fault(6)
@pytest.mark.fault(7)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_the_nth_write_of_a_restore_fails_in_words_and_the_office_is_one_or_the_other(
    morning: Morning, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note of the swap was once refused in Python's words: call 1,354 of 2,664."""
    with morning.create() as office:
        morning.add(office, "张一一")
        good = backed_up(office)
        morning.add(office, "李二二")
    now = {"张一一", "李二二"}
    for nth in range(1, 40):
        said = ""
        with monkeypatch.context() as patch:
            calls = failing(patch, nth, code)
            try:
                restore_office(good, morning.path, key=KEY, clock=morning.clock)
            except OfficeError as trouble:  # in words, never an OSError
                said = str(trouble)
        before, now = now, {"张一一"} if not said or "备份已经恢复" in said else now
        with morning.open() as office:
            assert names(office) == now, "what is said is so"
            assert check(office) == []
            if now != before or len(now) == 1:
                morning.add(office, "李二二")
                now = {"张一一", "李二二"}
        if calls[0] < nth:
            break
    assert nth > 5


@pytest.mark.fault(9)
def test_a_power_cut_that_drops_the_log_is_told_and_put_right(
    morning: Morning, tmp_path: Path
) -> None:
    """The disk as it may be: the file of one moment, the log of another, the trail always synced."""
    rnd = random.Random(4)
    moments: list[Path] = []
    with morning.create() as office:
        backed_up(office)
        for at in range(6):
            morning.later(minutes=5)
            morning.add(office, "张" + chr(0x4E00 + at))
            kept = tmp_path / f"盘{at}"
            kept.mkdir()
            for each in tmp_path.glob(f"{morning.path.name}*"):
                shutil.copy(each, kept / each.name)
            moments.append(kept)
        right = state_of(office)
    trail = places.trail_of(morning.path)
    for tried in range(12):
        place = tmp_path / f"断电{tried}" / morning.path.name
        place.parent.mkdir()
        file, log = rnd.choice(moments), rnd.choice([None, *moments])
        shutil.copy(file / morning.path.name, place)
        if log is not None:
            name = f"{morning.path.name}-wal"
            whole = (log / name).read_bytes()
            torn = whole[: rnd.randrange(len(whole))] if rnd.random() < 0.5 else whole
            place.with_name(name).write_bytes(torn)
        shutil.copytree(trail, places.trail_of(place))
        shutil.copytree(places.backups_of(morning.path), places.backups_of(place))
        (place.parent / f".{place.name}.user").write_text("{}", encoding="utf-8")
        after = Morning(place, KEY, now=morning.now)
        try:
            after.open().close()
        except (BehindError, DamagedError):
            rebuild_office(place, key=KEY, clock=after.clock)
        with open_office(place, key=KEY, clock=after.clock) as office:
            assert state_of(office) == right, f"cut {tried}"
            assert check(office) == []


@pytest.mark.fault(35)
def test_a_scanner_that_holds_a_file_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, target = tmp_path / "a.tmp", tmp_path / "a"
    draft.write_text("new", encoding="utf-8")
    held = [3]
    real = Path.replace

    def replace(self: Path, to: Path) -> Path:
        if held[0]:
            held[0] -= 1
            raise PermissionError(errno.EACCES, "held")
        return real(self, to)

    monkeypatch.setattr(Path, "replace", replace)
    disk.give_name(draft, target)
    assert target.read_text(encoding="utf-8") == "new"
    monkeypatch.setattr(atomic, "PATIENCE", 0.1)
    draft.write_text("newer", encoding="utf-8")
    held[0] = 1000
    with pytest.raises(PermissionError):
        disk.give_name(draft, target)
    assert target.read_text(encoding="utf-8") == "new"
