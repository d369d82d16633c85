"""Any user name and any folder: start, save, back up, restore, print and export (fault 31)."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.opening import backup_office, open_office, restore_office
from lanling_desktop.printing import preview
from lanling_desktop.printing.files import write_whole
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.safety.guard import Guard
from tests.ui.offices import TODAY, found
from tests.ui.test_startup import program

LONG = Path(*["a-long-name-of-a-folder-of-40-characters"] * 6)  # SQLite itself takes 512 bytes
FOLDERS = {
    "a Chinese user": Path("Users/张三/AppData/Local"),
    "a rare character": Path("𠮷野家"),
    "an emoji": Path("数据😀"),
    "signs": Path("a #%&';(1) [旧]@=,+^~`{}!$ b"),
    "blanks": Path(" 两 个  空格"),
    "percent": Path("100%20%E4"),
    "long": LONG,
    "what looks like options": Path("-o --help"),
}


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "long" and sys.platform == "win32":
        pytest.skip("refused there, as tests/safety/test_locations.py shows")
    made = tmp_path / FOLDERS[request.param]
    made.mkdir(parents=True)
    return made


@pytest.mark.fault(31)
def test_a_day_in_any_folder(folder: Path) -> None:
    path = folder / "兰陵 台账#1.lanling"
    office = found(path, members=3)
    Guard(office).back_up("手动")
    pdf = print_paper(office, catalogue.papers()["list_party_member"], Request()).pdf
    write_whole(folder / "党员 #%&.pdf", pdf)
    assert "张玉兰" in preview.page_text(folder / "党员 #%&.pdf", 0)
    transfer.export_view(office, View("party_member"), folder / "党员 'a'.xlsx")
    assert openpyxl.load_workbook(folder / "党员 'a'.xlsx").active is not None
    backup_office(office, folder / "便携;1.lanling.zip")
    office.close()
    with open_office(path, clock=TODAY) as office:
        assert office.count(View("party_member")) == 3
    back = folder / "拿回来 &1.lanling"
    restore_office(folder / "便携;1.lanling.zip", back, clock=TODAY)
    with open_office(back, clock=TODAY) as office:
        assert office.count(View("party_member")) == 3
        outcome = transfer.import_file(office, "party_member", folder / "党员 'a'.xlsx")
        assert "一致 3 行" in outcome.plan.summary
    assert not [each for each in folder.iterdir() if ".tmp" in each.name]


@pytest.mark.fault(31)
@pytest.mark.qt_log_ignore("^This plugin does not support ")
def test_the_window_opens_it_there(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "兰陵 台账#1.lanling"
    found(path).close()
    monkeypatch.setenv("LANLING_DATA", str(folder / "我的数据"))
    started = program(qtbot, str(path))
    qtbot.waitUntil(lambda: started.window.session is not None, timeout=30_000)
    assert started.window.session.office.path == path
    started.window.close()
    started.end()


@pytest.mark.fault(31)
def test_a_name_no_disk_takes_is_said(tmp_path: Path) -> None:
    with pytest.raises(OfficeError) as said:
        found(tmp_path / ("太长" * 130 + ".lanling"))
    assert all((said.value.what, said.value.safe, said.value.then))
