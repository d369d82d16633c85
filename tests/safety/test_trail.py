"""A backup and the trail give back any minute, as it was acknowledged and not otherwise."""

from __future__ import annotations

import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from lanling_desktop.check import check
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.exchange import transfer
from lanling_desktop.opening import restore_office
from lanling_desktop.safety import backups, places, trail
from lanling_desktop.safety.restore import Wish
from lanling_desktop.safety.seal import Seal
from tests.office import state_of
from tests.safety.desk import KEY, Morning, backed_up, desk_of, flip, names


def at_random_minutes(morning: Morning, seed: int, days: int, minutes: int) -> int:
    """Work for some days with backups; restore to random minutes; how many were compared."""
    rnd = random.Random(seed)
    with morning.create() as office:
        backed_up(office)
        morning.remember(office)
    for _ in range(days):
        morning.later(hours=12)
        with morning.open() as office:
            morning.work(office, rnd, 12)
            if rnd.random() < 0.6:
                backed_up(office)
    path, found = morning.path, backups.listed(places.backups_of(morning.path))
    first, last = found[-1].made, morning.now
    for each in range(minutes):
        moment = first + timedelta(minutes=rnd.randrange(int((last - first).total_seconds() / 60)))
        stamp = moment.isoformat(sep=" ", timespec="seconds")
        base = next(backup for backup in found if backup.made <= moment)
        # To a place of its own, with the trail of the office beside it: the office goes on.
        target = path.with_name(f"{each}.lanling")
        shutil.copytree(places.trail_of(path), places.trail_of(target))
        restore_office(
            base.path, target, key=morning.key, clock=morning.clock,
            wish=Wish(base.path, replayed=True, moment=stamp),
        )  # fmt: skip
        restored = Morning(target, morning.key, now=morning.now)
        with restored.open(read_only=True) as office:
            known = [(state, desk) for at, state, desk in morning.model if at <= stamp]
            assert state_of(office) == known[-1][0], stamp
            assert desk_of(office) == known[-1][1], stamp
        target.unlink()
    return minutes


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_an_office_is_put_back_to_random_minutes(tmp_path: Path, key: str | None) -> None:
    assert at_random_minutes(Morning(tmp_path / "甲.lanling", key), 5, 5, 8) == 8


@pytest.mark.campaign
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_an_office_is_put_back_to_200_random_minutes_of_30_days(
    tmp_path: Path, key: str | None
) -> None:
    assert at_random_minutes(Morning(tmp_path / "甲.lanling", key), 7, 30, 200) == 200


@pytest.fixture
def morning(tmp_path: Path) -> Morning:
    return Morning(tmp_path / "甲.lanling", KEY)


def restored(morning: Morning, base: Path, **wish: str) -> set[str]:
    asked = Wish(base, replayed=True, **wish)
    restore_office(base, morning.path, key=morning.key, clock=morning.clock, wish=asked)
    with morning.open() as office:
        assert check(office) == []
        return names(office)


def test_work_after_a_restore_and_the_work_it_replaced_are_told_apart(morning: Morning) -> None:
    with morning.create() as office:
        base = backed_up(office)
        for name in ("张一一", "李二二"):
            morning.later(minutes=10)
            morning.add(office, name)
        before = morning.now.isoformat(sep=" ")
    morning.later(minutes=10)
    restore_office(base, morning.path, key=morning.key, clock=morning.clock)
    with morning.open() as office:
        morning.later(minutes=10)
        morning.add(office, "王三三")
    morning.later(minutes=10)
    assert restored(morning, base) == {"王三三"}
    morning.later(minutes=10)
    assert restored(morning, base, moment=before) == {"张一一", "李二二"}, "the replaced morning"
    morning.later(minutes=10)
    assert restored(morning, base) == {"张一一", "李二二"}, "where it stands now"


def test_an_import_of_many_rows_is_replayed_whole(morning: Morning, tmp_path: Path) -> None:
    sheet = tmp_path / "名单.csv"
    rows = "".join(f"张{chr(0x4E00 + n // 60)}{chr(0x4E00 + n % 60)},男\n" for n in range(2_500))
    sheet.write_text(f"姓名,性别\n{rows}", encoding="utf-8")
    with morning.create() as office:
        base = backed_up(office)
        transfer.import_file(office, "person", sheet)
        whole = state_of(office)
    assert len(restored(morning, base)) == 2_500
    with morning.open() as office:
        assert state_of(office) == whole


def test_what_the_trail_holds_is_sealed(morning: Morning) -> None:
    with morning.create() as office:
        morning.add(office, "欧阳修远")
        office.desk.put("actor", "诸葛孔明")
    written = b"".join(each.read_bytes() for each in trail.files(places.trail_of(morning.path)))
    assert written
    for word in ("欧阳修远", "诸葛孔明", "person", "act"):
        assert word.encode() not in written
    assert trail.last_end(places.trail_of(morning.path), Seal("cd" * 32)) is None
    assert trail.last_end(places.trail_of(morning.path), Seal(KEY)) is not None


@pytest.mark.fault(25)
def test_an_altered_trail_is_not_believed(morning: Morning) -> None:
    with morning.create() as office:
        base = backed_up(office)
        morning.add(office, "张一一")
        morning.add(office, "李二二")
    (path,) = trail.files(places.trail_of(morning.path))
    flip(path, path.stat().st_size - 40)
    before = morning.path.read_bytes()
    with morning.open() as office:
        tip = office.store.raw("SELECT digest FROM journal_entry ORDER BY seq DESC LIMIT 1")[0][0]
    with pytest.raises(OfficeError, match="接不上"):
        restore_office(
            base, morning.path, key=KEY, clock=morning.clock,
            wish=Wish(base, replayed=True, until="0" * 64),
        )  # fmt: skip
    assert tip
    assert morning.path.read_bytes() == before


def test_a_trail_that_cannot_be_written_stops_no_work_and_is_caught_up(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    with morning.create() as office:
        base = backed_up(office)
        morning.add(office, "张一一")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(trail.os, "fsync", full)
            patch.setattr(trail.Trail, "_put", full)
            morning.add(office, "李二二")
            assert office.trail_lags()
        morning.add(office, "王三三")
        assert not office.trail_lags()
    assert restored(morning, base) == {"张一一", "李二二", "王三三"}


def test_acts_committed_while_no_trail_was_kept_are_caught_up_at_the_next_opening(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    with morning.create() as office:
        base = backed_up(office)
        morning.add(office, "张一一")
        office.store.after_commit.clear()  # killed between the commit and the trail
        morning.add(office, "李二二")
    with morning.open():
        pass
    assert restored(morning, base) == {"张一一", "李二二"}


def test_the_print_log_comes_back_too(desk_office: object, tmp_path: Path) -> None:
    from lanling_desktop import catalogue
    from lanling_desktop.core.office import Office
    from lanling_desktop.core.plain import View
    from lanling_desktop.printing.paper import Request, print_paper, reprint

    office = desk_office
    assert isinstance(office, Office)
    base = backed_up(office)
    office.save("person", None, {"name": "张一一"}, confirmed=True)
    paper = next(each for each in catalogue.papers().values() if each.register == "person")
    printed = print_paper(office, paper, Request(edition=paper.editions[0], view=View("person")))
    path, clock = office.path, office.clock
    office.close()
    restore_office(base, path, clock=clock, wish=Wish(base, replayed=True))
    from lanling_desktop.opening import open_office

    with open_office(path, clock=clock) as again:
        found = reprint(again, printed.number)
        assert found is not None
        assert found.pdf == printed.pdf
