"""The keys of a locked office: who opens it, who does not, and what a guess costs."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.core import keyring, recovery_code
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import Cost, Keyring

KEY = "ab" * 32
CHEAP = Cost(memory=64, passes=1)
PASSWORD = "红旗招展 2020"


class Wrist:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - wall time
        self.clock = Clock(now=lambda: self.now)

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def wrist() -> Wrist:
    return Wrist()


@pytest.fixture
def ring(tmp_path: Path, wrist: Wrist, monkeypatch: pytest.MonkeyPatch) -> Keyring:
    monkeypatch.setenv("LANLING_DATA", str(tmp_path / "settings"))
    office = tmp_path / "向阳.lanling"
    made = Keyring(office, {}, clock=wrist.clock)
    made.set_password("a1", "王红", KEY, PASSWORD, CHEAP)
    return made


def test_each_account_opens_it_with_its_own_password(ring: Keyring) -> None:
    ring.set_password("a2", "李伟", KEY, "四处看看 778", CHEAP)
    again = keyring.load(ring.office)
    assert again is not None
    assert [each.name for each in again.accounts] == ["王红", "李伟"]
    assert again.unlock("a1", PASSWORD) == KEY
    assert again.unlock("a2", "四处看看 778") == KEY
    with pytest.raises(OfficeError, match="密码不对"):
        again.unlock("a2", PASSWORD)


def test_another_password_wraps_the_key_anew_and_the_old_one_is_dead(ring: Keyring) -> None:
    ring.set_password("a1", "王红", KEY, "换了一个 9981", CHEAP)
    assert ring.unlock("a1", "换了一个 9981") == KEY
    with pytest.raises(OfficeError, match="密码不对"):
        ring.unlock("a1", PASSWORD)


def test_the_recovery_sheet_opens_it_and_a_new_sheet_ends_the_old_one(ring: Keyring) -> None:
    first = ring.new_recovery(KEY)
    assert len(first) == 24
    assert {len(each) for each in first} == {5}
    assert ring.recover(" ".join(first)) == KEY
    second = ring.new_recovery(KEY)
    with pytest.raises(OfficeError, match="换过新单"):
        ring.recover(" ".join(first))
    assert ring.recover("".join(second)) == KEY


def test_a_slip_in_the_sheet_is_named_by_its_group_and_costs_no_try(ring: Keyring) -> None:
    groups = list(ring.new_recovery(KEY))
    groups[6] = groups[6][:4] + str((int(groups[6][4]) + 1) % 10)
    with pytest.raises(OfficeError, match="第 7 组不对"):
        ring.recover("-".join(groups))
    assert ring.waiting() == 0


def test_ten_guesses_take_more_than_a_minute(ring: Keyring, wrist: Wrist) -> None:
    begun = wrist.now
    for _ in range(10):
        wrist.turn(ring.waiting())
        with pytest.raises(OfficeError, match="密码不对"):
            ring.unlock("a1", "猜一个密码")
    assert (wrist.now - begun).total_seconds() >= 60
    with pytest.raises(OfficeError, match="还要等"):
        ring.unlock("a1", PASSWORD)  # not even the right one, and it is not looked at
    wrist.turn(ring.waiting())
    assert ring.unlock("a1", PASSWORD) == KEY
    assert ring.waiting() == 0


def test_starting_the_program_again_or_putting_the_clock_back_wins_no_guess(
    ring: Keyring, wrist: Wrist
) -> None:
    for _ in range(6):
        wrist.turn(ring.waiting())
        with pytest.raises(OfficeError):
            ring.unlock("a1", "猜一个密码")
    wait = ring.waiting()
    assert wait >= 16
    again = keyring.load(ring.office, clock=wrist.clock)
    assert again is not None
    assert again.waiting() == wait
    wrist.turn(-86_400)
    assert again.waiting() >= wait


def test_lost_keys_come_back_from_the_second_copy(ring: Keyring) -> None:
    keyring.keys_beside(ring.office).write_text("{torn", encoding="utf-8")
    again = keyring.load(ring.office)
    assert again is not None
    assert again.unlock("a1", PASSWORD) == KEY
    said = json.loads(keyring.keys_beside(ring.office).read_text(encoding="utf-8"))
    assert said["format"] == 1  # and stands beside the office again


def test_keys_travel_with_a_copy_of_the_office(ring: Keyring, tmp_path: Path) -> None:
    ring.copy_to(tmp_path / "备份.lanling")
    again = keyring.load(tmp_path / "备份.lanling")
    assert again is not None
    assert again.unlock("a1", PASSWORD) == KEY


def test_an_office_without_keys_is_not_locked(tmp_path: Path) -> None:
    assert keyring.load(tmp_path / "没有.lanling") is None


def test_nothing_in_the_file_of_keys_gives_the_key_or_the_password(ring: Keyring) -> None:
    ring.new_recovery(KEY)
    said = keyring.keys_beside(ring.office).read_text(encoding="utf-8")
    assert KEY not in said
    assert PASSWORD not in said


@pytest.mark.parametrize(
    "weak", ["", "短", "1234567", "11111111", "12345678", "87654321", "abcdefgh", "王红12345"]
)
def test_passwords_that_are_guessed_first_are_refused(ring: Keyring, weak: str) -> None:
    with pytest.raises(OfficeError):
        ring.set_password("a1", "王红", KEY, weak, CHEAP)
    assert ring.unlock("a1", PASSWORD) == KEY


def test_a_guess_costs_half_a_second_and_64_mib() -> None:
    cost = Cost().tuned()
    assert cost.memory >= 64 * 1024
    assert cost.passes >= 3


@given(st.binary(min_size=32, max_size=32))
def test_any_secret_comes_back_from_its_groups(secret: bytes) -> None:
    assert recovery_code.decode(" ".join(recovery_code.encode(secret))) == secret


@given(st.binary(min_size=32, max_size=32), st.integers(0, 119), st.integers(1, 9))
def test_every_wrong_digit_is_found_in_its_group(secret: bytes, place: int, other: int) -> None:
    digits = list("".join(recovery_code.encode(secret)))
    digits[place] = str((int(digits[place]) + other) % 10)
    assert recovery_code.wrong_groups("".join(digits)) == (place // 5 + 1,)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 22))
def test_groups_changed_about_are_found(secret: bytes, place: int) -> None:
    groups = list(recovery_code.encode(secret))
    groups[place], groups[place + 1] = groups[place + 1], groups[place]
    if groups[place] != groups[place + 1]:
        assert place + 1 in recovery_code.wrong_groups(" ".join(groups))


def test_too_few_groups_and_full_width_digits() -> None:
    groups = recovery_code.encode(bytes(range(32)))
    with pytest.raises(recovery_code.WrongGroupsError):
        recovery_code.decode(" ".join(groups[:23]))
    wide = "　".join(groups).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert recovery_code.decode(wide) == bytes(range(32))
