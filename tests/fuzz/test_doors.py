"""Files and words from outside, changed at random: in words or right, never a traceback.

Seeds are fixed, so that what fails here fails again; `-m campaign` tries many more.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lanling_desktop import command_line
from lanling_desktop.core import keyring
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import Cost
from lanling_desktop.core.lock import FileLock, OfficeInUseError, beside
from lanling_desktop.core.office import Office
from lanling_desktop.opening import (
    Owner,
    backup_office,
    create_locked,
    create_office,
    open_office,
    restore_office,
    unlock_office,
)
from lanling_desktop.safety import backups, places, restore
from lanling_desktop.safety.guard import Guard
from lanling_desktop.salary import schemes
from tests.office import state_of
from tests.safety.desk import Morning, State

QUICK = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PASSWORD = "hong-qi 2020"
CLOCK = fixed(2026, 11, 23)
ROUNDS = [pytest.param(12, id="few"), pytest.param(1_000, id="many", marks=pytest.mark.campaign)]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


def changed(data: bytes, chance: random.Random) -> bytes:
    """A file that somebody, or a bad stick, has changed here and there."""
    made = bytearray(data)
    if chance.random() < 0.15:
        return bytes(made[: chance.randrange(len(made) + 1)])
    for _ in range(chance.choice((1, 1, 3, 20, 200))):
        if not made:
            break
        at = chance.randrange(len(made))
        match chance.randrange(4):
            case 0:
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                made[at : at + 8] = chance.randbytes(8)
            case 2:
                del made[at : at + chance.randrange(1, 64)]
            case _:
                made[at:at] = chance.randbytes(chance.randrange(1, 16))
    return bytes(made)


def twisted(said: Any, chance: random.Random) -> Any:
    """The same JSON with one value in it that is something else."""
    odd: tuple[Any, ...] = (
        None, -1, 0, 1e400, 2**70, "", "x" * 5_000, [], {}, True, "../..", "\0", [[[]]],
        "2026-13-45", "NaN", {"": {}},
    )  # fmt: skip
    if isinstance(said, dict) and said and chance.random() < 0.8:
        key = chance.choice(sorted(said))
        if chance.random() < 0.15:
            return {name: each for name, each in said.items() if name != key}
        return {**said, key: twisted(said[key], chance)}
    if isinstance(said, list) and said and chance.random() < 0.8:
        at = chance.randrange(len(said))
        return [*said[:at], twisted(said[at], chance), *said[at + 1 :]]
    return chance.choice(odd)


# Files ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, State]:
    """A small plain office closed in order, with backups, a trail and a portable file of it."""
    morning = Morning(tmp_path_factory.mktemp("doors") / "甲.lanling")
    with morning.create() as office:
        for number in range(4):
            morning.add(office, f"张{chr(0x4E00 + number)}")
        Guard(office).back_up("定时")
        backup_office(office, morning.path.with_name("甲.lanling.zip"))
        morning.add(office, "李敏")
        state = state_of(office)
    return morning.path, state


def laid_out(written: tuple[Path, State], folder: Path, number: int) -> Path:
    """A copy of all of it, for one try."""
    place = folder / str(number)
    shutil.copytree(written[0].parent, place)
    return place / written[0].name


def in_words(refused: OfficeError) -> None:
    """What happened, whether the data is safe, what to press."""
    assert all((refused.what, refused.safe, refused.then)), refused


def looked_at(path: Path) -> State | None:
    """What an office file says; None where it is refused in words."""
    try:
        with open_office(path, clock=CLOCK, actor="王敏") as office:
            found = state_of(office)
            office.find("张")
            return found
    except OfficeError as refused:
        in_words(refused)
        return None


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("ended", ["in order", "by a power cut"])
@pytest.mark.timeout(3000)
def test_an_office_file_changed_anywhere(
    written: tuple[Path, State], tmp_path: Path, rounds: int, ended: str
) -> None:
    chance = random.Random(ended)
    whole = written[0].read_bytes()
    for number in range(rounds):
        path = laid_out(written, tmp_path, number)
        path.write_bytes(changed(whole, chance))
        if ended != "in order":
            beside(path, "user").write_text("{}", encoding="utf-8")
        looked_at(path)
        shutil.rmtree(path.parent)


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("kind", ["trail", "backup", "note", "portable", "manifest"])
@pytest.mark.timeout(3000)
def test_what_the_office_comes_back_from_changed_anywhere(
    written: tuple[Path, State], tmp_path: Path, rounds: int, kind: str
) -> None:
    """A changed trail harms nothing that is in the file; a changed backup is refused or right."""
    chance = random.Random(kind)
    for number in range(rounds):
        path = laid_out(written, tmp_path, number)
        try:
            if kind == "trail":
                trail = next(places.trail_of(path).glob("*.trail"))
                trail.write_bytes(changed(trail.read_bytes(), chance))
                found = looked_at(path)
                assert found in (None, written[1])
            else:
                _restored(path, kind, chance)
        finally:
            shutil.rmtree(path.parent)


def _restored(path: Path, kind: str, chance: random.Random) -> None:
    source = next(places.backups_of(path).glob("*.lanling"))
    if kind == "backup":
        source.write_bytes(changed(source.read_bytes(), chance))
    elif kind == "note":
        note = backups.note_of(source)
        note.write_text(json.dumps(twisted(json.loads(note.read_text("utf-8")), chance)), "utf-8")
        list(backups.newest_sound([source.parent]))
        backups.thin(source.parent, dt.datetime(2026, 11, 23))  # noqa: DTZ001
    else:
        source = path.with_name("甲.lanling.zip")
        if kind == "portable":
            source.write_bytes(changed(source.read_bytes(), chance))
        else:
            _with_manifest(source, chance)
    target = path.with_name("回来的.lanling")
    outside = set(path.parent.parent.iterdir())
    refusal = False
    try:
        restore_office(source, target, clock=CLOCK)
    except OfficeError as refused:
        in_words(refused)
        refusal = True
    if refusal:
        assert not target.exists(), "refused, and yet something lies there"
    else:
        names = {row[0] for row in _names(target)}
        assert names in ({"张一", "张丁", "张丂", "张七"},) or kind == "backup", names
    assert set(path.parent.parent.iterdir()) == outside


def _names(path: Path) -> Iterator[tuple[str, ...]]:
    with open_office(path, clock=CLOCK) as office:
        yield from office.store.raw("SELECT name FROM person")


def _with_manifest(source: Path, chance: random.Random) -> None:
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    said = twisted(json.loads(members["清单.json"]), chance)
    packed = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(source, "w", packed) as archive:
        for name, data in members.items():
            archive.writestr(name, json.dumps(said) if name == "清单.json" else data)


def test_a_portable_file_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "炸弹.lanling.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("清单.json", b" " * 300_000_000)
        archive.writestr("office.lanling", b"x")
    import tracemalloc

    tracemalloc.start()
    try:
        with pytest.raises(OfficeError, match="不是完整的便携备份"):
            restore_office(path, tmp_path / "乙.lanling", clock=CLOCK)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_a_portable_file_with_a_password_of_its_own_is_refused(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("清单.json", b"{}")
    data = bytearray(raw.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path = tmp_path / "甲.lanling.zip"
    path.write_bytes(data)
    with pytest.raises(OfficeError, match="不是完整的便携备份"):
        restore_office(path, tmp_path / "乙.lanling", clock=CLOCK)


# Small files beside the office ---------------------------------------------------------------


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "甲.lanling"
    create_locked(path, Owner("王红", PASSWORD, Cost(64, 1)), clock=CLOCK).close()
    return path


@pytest.mark.parametrize("rounds", [150, pytest.param(20_000, marks=pytest.mark.campaign)])
def test_a_file_of_keys_changed_anywhere_opens_or_is_refused_and_costs_no_more(
    locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: int
) -> None:
    """Also one that asks for a terabyte of memory, or for a year of counting."""
    most = 0
    stretch = Cost.stretch

    def watched(self: Cost, password: str, salt: bytes) -> bytes:
        nonlocal most
        most = max(most, self.memory * self.passes)
        return stretch(self, password, salt) if self.memory * self.passes < 2**18 else bytes(32)

    monkeypatch.setattr(Cost, "stretch", watched)
    chance, said = random.Random(7), keyring.keys_beside(locked).read_text("utf-8")
    path = tmp_path / "甲.lanling"
    path.write_bytes(locked.read_bytes())
    for _ in range(rounds):
        text = json.dumps(twisted(json.loads(said), chance))
        if chance.random() < 0.3:
            text = changed(said.encode(), chance).decode("utf-8", "replace")
        keyring.keys_beside(path).write_text(text, "utf-8")
        beside(path, "tries").unlink(missing_ok=True)
        try:
            ring = keyring.load(path, clock=CLOCK)
            if ring is not None:
                for slot in ring.accounts:
                    assert len(ring.unlock(slot.id, PASSWORD)) == 64
        except OfficeError as refused:
            in_words(refused)
    assert most <= 2**26, "a changed file may not ask for hours"


@QUICK
@given(said=JSON)
def test_notes_beside_the_office_hold_anything(said: Any, tmp_path: Path) -> None:
    """Of the holder, of wrong passwords, of an interrupted restore, of keys."""
    path = tmp_path / "乙.lanling"
    text = json.dumps(said)
    for kind in ("user", "tries", "restore"):
        beside(path, kind).write_text(text, encoding="utf-8")
    keyring.keys_beside(path).write_text(text, encoding="utf-8")
    holder = FileLock(path)._holder()
    assert isinstance(holder, str)
    assert keyring.load(path, clock=CLOCK) is None or isinstance(said, dict)
    assert keyring.Keyring(path, {}, clock=CLOCK).waiting() >= 0
    restore.resume(path, now=dt.datetime(2026, 11, 23))  # noqa: DTZ001
    assert not beside(path, "restore").exists()


@pytest.mark.parametrize("tries", ["-100", "1e400", '"x"', "99999999999999999999", "null"])
def test_the_note_of_wrong_passwords_holds_any_number(tmp_path: Path, tries: str) -> None:
    path = tmp_path / "乙.lanling"
    said = f'{{"tries": {tries}, "last": "2026-11-23T10:00:00"}}'
    beside(path, "tries").write_text(said, encoding="utf-8")
    assert 0 <= keyring.Keyring(path, {}, clock=CLOCK).waiting() <= 30


def test_an_office_in_use_is_told_whoever_wrote_the_note(tmp_path: Path) -> None:
    path = tmp_path / "乙.lanling"
    held = FileLock(path)
    held.acquire()
    try:
        beside(path, "user").write_text("[]", encoding="utf-8")
        with pytest.raises(OfficeInUseError):
            FileLock(path).acquire()
    finally:
        held.release()


@pytest.mark.parametrize("name", schemes.shipped())
def test_a_file_of_a_scheme_changed_anywhere(desk_office: Office, name: str) -> None:
    text = schemes.shipped_text(name)
    chance = random.Random(name)
    before = state_of(desk_office)
    taken = 0
    for _ in range(60):
        made = json.dumps(twisted(json.loads(text), chance), ensure_ascii=False)
        if chance.random() < 0.3:
            made = changed(text.encode(), chance).decode("utf-8", "replace")
        try:
            schemes.load(desk_office, made)
            taken += 1
            desk_office.undo()
        except OfficeError as refused:
            in_words(refused)
    assert state_of(desk_office) == before


def test_a_file_of_a_scheme_nested_without_end(desk_office: Office) -> None:
    for made in ("[" * 200_000, '{"a":' * 200_000, "9" * 10_000, '{"name": "\ud800"}'):
        with pytest.raises(OfficeError):
            schemes.load(desk_office, made)


# Words ---------------------------------------------------------------------------------------

TYPED = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789-./年月日号 ：:,，+Xx一二三", max_size=24),
    st.sampled_from(["1e400", "NaN", "-0", "٣", "²", "１９９０", "0x10", "\0", "\ud800", "'", "="]),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.dates(),
    st.times(),
)


@cache
def _columns() -> list[tuple[str, str]]:
    from lanling_desktop import catalogue

    return [
        (key, column.key)
        for key, register in catalogue.registers().items()
        if register.menu
        for column in register.exchange_columns
    ]


@pytest.fixture(scope="module")
def plain_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    path = tmp_path_factory.mktemp("words") / "甲.lanling"
    with create_office(path, clock=CLOCK) as office:
        yield office


@settings(QUICK, max_examples=600)
@given(data=st.data(), raw=TYPED)
def test_any_cell_of_any_column_is_taken_or_named(
    plain_office: Office, data: st.DataObject, raw: Any
) -> None:
    register, column = data.draw(st.sampled_from(_columns()))
    prepared = plain_office.prepare(register, {column: raw})
    for each in prepared.problems:
        assert each.words
        assert len(each.words) < 400
    for value in prepared.values.values():
        assert not (isinstance(value, int) and abs(value) >= 2**63), "no column holds it"


@settings(QUICK, max_examples=300)
@given(
    typed=st.text(max_size=80),
    other=st.text(alphabet="兰陵花园号楼单元室栋幢座0123456789-#东西 ", max_size=30),
)
def test_any_address_and_any_name_is_read(plain_office: Office, typed: str, other: str) -> None:
    for said in (typed, other, f"兰陵花园{other}"):
        for register in ("household", "compound", "person", "party_organisation"):
            assert isinstance(plain_office.resolve(register, said), list)
        plain_office.prepare("party_member", {"home.household_id": said, "person.name": typed})


# The command line ----------------------------------------------------------------------------

VOCABULARY = [
    *command_line.VERBS, "--office", "-o", "--dry-run", "--masked", "--skip-errors", "--list",
    "--until", "--persons", "registers", "papers", "party_member", "党员", "list_person",
    "--record=张", "--day=2026-02-30", "--day=x", "--edition=公示版", "--=", "--x", "", "\ud800",
    "2026-11-23T10:30", "-h", "-1", "\0", "没有.xlsx", "a" * 300,
]  # fmt: skip


@settings(QUICK, max_examples=150)
@given(words=st.lists(st.sampled_from(VOCABULARY) | st.text(max_size=8), max_size=7))
def test_any_words_after_the_programs_name(
    written: tuple[Path, State],
    tmp_path: Path,
    words: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Ends with a code; what is wrong is said, not thrown. Nothing is made outside the folder."""
    given_ = list(words)
    office = tmp_path / "甲.lanling"
    if not office.exists():
        office.write_bytes(written[0].read_bytes())
    for at, each in enumerate(given_):
        if each in ("--office", "check", "recover", "backup"):
            given_[at + 1 : at + 2] = [str(office)]
        elif each in ("-o", "demo"):
            given_[at + 1 : at + 2] = [str(tmp_path / "out")]
    if not command_line.concerns(given_):
        return
    if "demo" in given_ or "--demo" in given_:  # makes an office, which takes too long here
        return
    try:
        code = command_line.main(given_, clock=CLOCK)
    except SystemExit as ended:
        code = int(ended.code or 0)
    assert code in (0, 1, 2)
    said = capsys.readouterr()
    assert "Traceback" not in said.err


def test_the_locked_office_still_opens(locked: Path) -> None:
    """What the tests above change is a copy."""
    unlock_office(locked, "王红", PASSWORD, clock=CLOCK).close()
