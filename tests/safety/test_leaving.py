"""What leaves the office: masked unless asked for, marked with who and when, one line in the journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from lanling_desktop import catalogue, command_line
from lanling_desktop.core import journal
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.printing.paper import FULL, MASKED, Request, print_paper, reprint
from tests.office import member

NUMBER, PHONE = "34052419800101001X", "13812345678"
CLOCK = fixed(2026, 11, 23)


@pytest.fixture
def office(desk_office: Office) -> Office:
    desk_office.save("party_member", None, member(), confirmed=True)
    return desk_office


def entries(office: Office) -> int:
    return int(office.rows(select(func.count()).select_from(journal.JournalEntry))[0][0])


def said_in(path: Path) -> str:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


def _sheet(office: Office, folder: Path, **how: bool) -> Path:
    path = folder / "党员.xlsx"
    keys = ("person.name", "person.identity_number", "person.phone", "home.household_id")
    transfer.export_view(office, View("party_member"), path, keys=keys, **how)
    return path


def test_a_list_goes_out_masked_unless_whole_numbers_are_asked_for(
    office: Office, tmp_path: Path
) -> None:
    masked = said_in(_sheet(office, tmp_path))
    assert "张玉兰" in masked
    assert NUMBER not in masked
    assert PHONE not in masked
    assert "501" not in masked
    full = said_in(_sheet(office, tmp_path, masked=False))
    assert NUMBER in full
    assert PHONE in full


def test_the_verb_masks_too(office: Office, tmp_path: Path) -> None:
    path, out = office.path, tmp_path / "党员.xlsx"
    office.close()
    words = ["export", "居民", "--office", str(path), "-o", str(out)]
    assert command_line.main(words, clock=CLOCK) == 0
    assert PHONE not in said_in(out)
    assert command_line.main([*words, "--full"], clock=CLOCK) == 0
    assert PHONE in said_in(out)


def test_a_sheet_says_who_let_it_out_and_when(office: Office, tmp_path: Path) -> None:
    properties = openpyxl.load_workbook(_sheet(office, tmp_path)).properties
    assert properties.creator == "王敏"
    assert properties.description == f"导出人：王敏　导出时间：{office.clock.stamp()}"


Leaving = Callable[[Office, Path], object]
WAYS: dict[str, Leaving] = {
    "masked sheet": _sheet,
    "whole sheet": lambda office, folder: _sheet(office, folder, masked=False),
    "paper": lambda office, _: print_paper(
        office, catalogue.papers()["list_person"], Request(edition=FULL)
    ),
    "masked paper": lambda office, _: print_paper(
        office, catalogue.papers()["list_person"], Request(edition=MASKED)
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_leaves_one_line_in_the_journal_and_no_number_in_it(
    office: Office, tmp_path: Path, way: str
) -> None:
    before = entries(office)
    WAYS[way](office, tmp_path)
    assert entries(office) == before + 1
    (last,) = office.rows(
        select(journal.JournalEntry.title, journal.JournalEntry.actor, journal.JournalEntry.kind)
        .order_by(journal.JournalEntry.seq.desc())
        .limit(1)
    )
    assert (last.actor, last.kind) == ("王敏", journal.NOTE)
    assert last.title.startswith(("导出", "打印"))
    assert NUMBER not in last.title
    assert PHONE not in last.title


def test_a_template_holds_nobody_and_is_no_export(office: Office, tmp_path: Path) -> None:
    before = entries(office)
    transfer.write_template(office, "party_member", tmp_path / "模板.xlsx")
    assert entries(office) == before
    assert "张玉兰" not in said_in(tmp_path / "模板.xlsx")


def test_a_masked_paper_has_no_whole_number(office: Office) -> None:
    from lanling_desktop.printing.preview import page_count, page_text

    paper = catalogue.papers()["list_party_member"]
    for edition, there in ((MASKED, False), (FULL, True)):
        printed = print_paper(office, paper, Request(edition=edition))
        text = "".join(page_text(printed.pdf, n) for n in range(page_count(printed.pdf)))
        assert (PHONE in text) is there
        assert reprint(office, printed.number) is not None
