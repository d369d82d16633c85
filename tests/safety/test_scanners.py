"""Virus scanners hold files for a moment, or for good (faults 35)."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from lanling_desktop import catalogue
from lanling_desktop.core import atomic, attachments
from lanling_desktop.core.bare import connect
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.keyring import Cost
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.opening import Owner, backup_office, create_locked, restore_office
from lanling_desktop.printing.files import write_whole
from lanling_desktop.printing.paper import Request, draw_paper
from lanling_desktop.safety import backups
from lanling_desktop.safety.guard import Guard
from tests.office import add_member
from tests.safety.desk import KEY, Morning, names
from tests.windows.locks import held_by_scanner

OWNER = Owner("王敏", "hong-qi 2020", Cost(64, 1))


def _copy(office: Office, folder: Path) -> None:
    backup_office(office, folder / "副本.lanling")


def _portable(office: Office, folder: Path) -> None:
    backup_office(office, folder / "副本.lanling.zip")


def _guarded(office: Office, folder: Path) -> None:
    assert backups.checked(Guard(office).back_up("手动")).checked


def _export(office: Office, folder: Path) -> None:
    transfer.export_view(office, View("party_member"), folder / "党员.xlsx")


def _paper(office: Office, folder: Path) -> None:
    paper = catalogue.papers()["member_roster"]
    drawn = draw_paper(office, paper, Request(view=View("party_member")))
    write_whole(folder / "党员.pdf", drawn.pdf)


def _new(office: Office, folder: Path) -> None:
    create_locked(folder / "新.lanling", OWNER).close()


@pytest.mark.fault(35)
@pytest.mark.parametrize("act", [_copy, _portable, _guarded, _export, _paper, _new])
def test_every_file_is_given_its_name_when_the_scanner_lets_go(
    desk_office: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Office, Path], None],
) -> None:
    add_member(desk_office, "张玉兰")
    folder = tmp_path / "出来的"
    folder.mkdir()
    held = held_by_scanner(monkeypatch, 2)
    act(desk_office, folder)
    assert len(held) == 2
    assert all(each.exists() for each in held)
    assert not [each for each in folder.iterdir() if each.suffix in (".part", ".tmp")]


@pytest.mark.fault(35)
@pytest.mark.parametrize(
    ("act", "said"), [(_export, "写不进去"), (_paper, "写不进去"), (_guarded, "写不成")]
)
def test_a_scanner_that_never_lets_go_is_said(
    desk_office: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[Office, Path], None],
    said: str,
) -> None:
    add_member(desk_office, "张玉兰")
    folder = tmp_path / "出来的"
    folder.mkdir()
    monkeypatch.setattr(atomic, "PATIENCE", 0.2)
    monkeypatch.setattr(atomic, "BRIEF", 0.2)
    held_by_scanner(monkeypatch, 10_000)
    with pytest.raises(OfficeError, match=said):
        act(desk_office, folder)
    assert list(folder.iterdir()) == []
    monkeypatch.undo()
    assert desk_office.count(View("party_member")) == 1


@pytest.mark.fault(35)
def test_what_is_put_back_gets_its_name_when_the_scanner_lets_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = Morning(tmp_path / "甲.lanling", KEY)
    with morning.create() as office:
        morning.add(office, "张一一")
        good = Guard(office).back_up("手动").path
        morning.add(office, "李二二")
    held = held_by_scanner(monkeypatch, 3)
    restore_office(good, morning.path, key=KEY, clock=morning.clock)
    assert len(held) == 3
    monkeypatch.undo()
    with morning.open(as_is=True) as office:
        assert names(office) == {"张一一"}


@pytest.mark.fault(35)
def test_an_attachment_is_kept_when_the_scanner_lets_go(
    desk_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = add_member(desk_office, "张玉兰")
    scan = tmp_path / "证明.pdf"
    _paper(desk_office, tmp_path)
    (tmp_path / "党员.pdf").replace(scan)
    held = held_by_scanner(monkeypatch, 1)
    attachments.add(desk_office, "party_member", member, [attachments.read_in(scan)])
    assert len(held) == 1
    (kept,) = attachments.of(desk_office, "party_member", member)
    assert attachments.content(desk_office, kept) == scan.read_bytes()


@pytest.mark.fault(35)
def test_a_save_waits_for_who_holds_the_database(tmp_path: Path) -> None:
    morning = Morning(tmp_path / "甲.lanling", KEY)
    with morning.create() as office:
        other = connect(morning.path, key=KEY)
        other.execute("BEGIN EXCLUSIVE")
        release = threading.Timer(0.5, lambda: other.execute("ROLLBACK"))
        release.start()
        morning.add(office, "张一一")
        release.join()
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OfficeError, match="正被占用，本次未保存") as said:
            morning.add(office, "李二二")
        assert "内容仍在窗口中" in said.value.safe
        other.execute("ROLLBACK")
        other.close()
        assert names(office) == {"张一一"}
        morning.add(office, "李二二")


def test_nothing_gets_its_name_but_by_waiting_for_scanners() -> None:
    """`os.replace` and `Path.replace` stand in one place of the program."""
    import ast

    from tests.test_house_rules import ROOT, SOURCES

    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            name, base = node.func.attr, node.func.value
            of = base.id if isinstance(base, ast.Name) else ""
            files = name in ("rename", "replace") and len(node.args) == 1 and of != "dataclasses"
            if files or (of in ("os", "shutil") and name in ("rename", "replace", "move")):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert [each.split(":")[0] for each in found] == [
        os.path.join("lanling_desktop", "core", "atomic.py"),  # noqa: PTH118
        os.path.join("ui", "preferences.py"),  # noqa: PTH118 - aside as .bad, before anything
    ], found
