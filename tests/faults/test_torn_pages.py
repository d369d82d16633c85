"""The power goes while the log is folded into the file: torn pages there, whole ones in the log."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lanling_desktop.check import check
from lanling_desktop.safety import places
from lanling_desktop.safety.damage import DamagedError
from tests.office import state_of
from tests.safety.desk import KEY, Morning

PAGE, HEAD, FRAME = 4096, 32, 24  # bytes: https://www.sqlite.org/fileformat2.html section 4


def logged(log: bytes) -> dict[int, bytes]:
    """Where each page of a log belongs in the file, and its newest content."""
    frames = range(HEAD, len(log) - PAGE, FRAME + PAGE)
    return {
        (int.from_bytes(log[at : at + 4], "big") - 1) * PAGE: log[at + FRAME : at + FRAME + PAGE]
        for at in frames
        if log[at + 8 : at + 16] == log[16:24]
    }


@pytest.fixture
def torn(tmp_path: Path) -> tuple[Morning, object, int]:
    """The disk as the power cut left it, what the office held, and where a whole page lies."""
    morning = Morning(tmp_path / "甲.lanling", KEY)
    morning.create().close()
    after = Morning(tmp_path / "断电" / morning.path.name, KEY, now=morning.now)
    after.path.parent.mkdir()
    with morning.open() as office:
        for at in range(30):
            morning.add(office, "张" + chr(0x4E00 + at))
        pages = bytearray(morning.path.read_bytes())
        log = f"{morning.path.name}-wal"
        shutil.copy(morning.path.with_name(log), after.path.with_name(log))
        shutil.copytree(places.trail_of(morning.path), places.trail_of(after.path))
        held = state_of(office)
    folding = logged(after.path.with_name(log).read_bytes())
    assert max(folding) > len(pages), "the file grows, too"
    pages.extend(bytes(max(folding) + PAGE - len(pages)))
    for at, page in folding.items():
        pages[at : at + PAGE // 2] = page[: PAGE // 2]
    after.path.write_bytes(pages)
    return after, held, max(set(range(0, len(pages), PAGE)) - set(folding))


@pytest.mark.fault(9)
def test_they_are_no_damage(torn: tuple[Morning, object, int]) -> None:
    after, held, _alone = torn
    with after.open() as office:
        assert state_of(office) == held
        assert check(office) == []


@pytest.mark.fault(9)
def test_a_torn_page_that_the_log_has_not_is(torn: tuple[Morning, object, int]) -> None:
    after, _held, alone = torn
    pages = bytearray(after.path.read_bytes())
    pages[alone + 100] ^= 1
    after.path.write_bytes(pages)
    with pytest.raises(DamagedError):
        after.open()
