"""The rosters, boards and letters of grids, staff and the outer ring: of their day, nothing lost."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.grids import papers as grids
from lanling_desktop.outreach import papers as outreach
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.staff import papers as staff
from tests.printing.collisions import collisions, outside
from tests.printing.measure import pages
from tests.printing.samples import RARE, texts

ROSTERS = (
    grids.WORKERS, grids.DIVISION, staff.WORKERS, staff.SENT, outreach.MEMBERS, outreach.UNITS,
    outreach.STATIONS, outreach.MERCHANTS, outreach.ORGANISATIONS,
)  # fmt: skip
OCTOBER = date(2026, 10, 31)


def printed(office: Office, key: str, **more: object) -> bytes:
    paper = catalogue.papers()[key]
    asked = Request(**{"edition": paper.editions[0], **more})  # type: ignore[arg-type]
    return print_paper(office, paper, asked).pdf


def flat(pdf: bytes) -> str:
    return "".join("".join(texts(pdf)).split())


@pytest.mark.parametrize("roster", ROSTERS, ids=lambda each: each.key)
def test_every_record_is_on_its_roster(demo_office: Office, roster: object) -> None:
    made = roster.rows(demo_office, View(roster.register))  # type: ignore[attr-defined]
    said = flat(printed(demo_office, roster.key))  # type: ignore[attr-defined]
    assert len(made) > 0
    assert f"合计{len(made)}" in said
    assert all("".join(row[1].split()) in said for row in made)


@pytest.mark.parametrize("roster", ROSTERS, ids=lambda each: each.key)
def test_an_empty_roster_is_said_not_printed(desk_office: Office, roster: object) -> None:
    with pytest.raises(OfficeError, match="是空的"):
        printed(desk_office, roster.key)  # type: ignore[attr-defined]


def grid(office: Office) -> str:
    return office.save("grid", None, {"name": "第一网格", "kind": "一般网格"}).main


def worker(office: Office, where: str, name: str, role: str, **more: object) -> str:
    typed = {"person.name": name, "grid_id": where, "role": role, "valid_from": "2026.1.1"}
    return office.save("grid_worker", None, typed | more, confirmed=True).main


def test_the_roster_and_the_board_name_who_held_the_post_then(desk_office: Office) -> None:
    office = desk_office
    where = grid(office)
    held = worker(office, where, "张玉兰", "网格长")
    heir = office.save("person", None, {"name": "李建国"}).main
    office.perform(
        "grid_worker", held, "hand_over", {"person_id": heir, "day": "2026-11-10", "reason": "换届"}
    )
    with office.act("网格早已划好") as unit:
        from lanling_desktop.grids.records import Grid

        unit.get(Grid, where).valid_from = date(2020, 1, 1)
    for key in ("grid_worker_roster", "grid_board", "grid_division"):
        now, then = flat(printed(office, key)), flat(printed(office, key, day=OCTOBER))
        assert "李建国" in now
        assert "张玉兰" not in now
        assert "张玉兰" in then
        assert "李建国" not in then


def test_a_worker_who_left_stands_on_the_roster_of_before(desk_office: Office) -> None:
    typed = {
        "person.name": "王芳", "hired_on": "2020-01-01", "status": "离职", "left_on": "2026-11-01",
    }  # fmt: skip
    desk_office.save("community_worker", None, typed, confirmed=True)
    rows = staff.WORKERS.rows
    assert rows(desk_office, View("community_worker")) == []
    assert rows(desk_office, View("community_worker", day=OCTOBER))[0][1] == "王芳"


def test_a_merchant_is_rostered_from_plaque_to_withdrawal(desk_office: Office) -> None:
    typed = {
        "name": "便民超市", "status": "摘牌", "plaque_no": "SH-1", "plaque_on": "2026-01-05",
        "withdrawn_on": "2026-11-01",
    }  # fmt: skip
    desk_office.save("party_merchant", None, typed, confirmed=True)

    def states(day: date) -> list[str]:
        view = View("party_merchant", day=day)
        return [row[9] for row in outreach.MERCHANTS.rows(desk_office, view)]

    assert states(date(2026, 1, 4)) == []
    assert states(OCTOBER) == ["挂牌"]
    assert states(date(2026, 11, 1)) == []


@pytest.mark.parametrize("count", [1, 4, 8, 200])
def test_boards_hold_long_and_rare_names(desk_office: Office, count: int) -> None:
    where = grid(desk_office)
    names = [f"{'艾' * 52}{RARE}{number:03}" for number in range(count)]
    for number, name in enumerate(names):
        worker(desk_office, where, name, "兼职网格员" if number else "网格长")
    for key in ("grid_board", "grid_worker_roster"):
        pdf = printed(desk_office, key)
        said = flat(pdf)
        assert not Counter("".join(names)) - Counter(said), "cells wrap; no character is lost"
        for page in pages(pdf):
            assert collisions(page) == []
    assert all(outside(page, 297, 210) == [] for page in pages(printed(desk_office, "grid_board")))


def test_letters_for_every_member_in_one_file(demo_office: Office) -> None:
    made = outreach.certificates(demo_office, View("part_time_member"))
    sheets = texts(printed(demo_office, "appointment_letters"))
    assert len(sheets) == len(made) == demo_office.count(View("part_time_member"))
    for letter, sheet in zip(made, sheets, strict=True):
        assert f"{letter.name}同志" in sheet
        assert letter.number in sheet
        assert letter.issuer in sheet
    with pytest.raises(OfficeError, match="看不出是哪一天"):
        printed(demo_office, "appointment_letters", arguments={"date": "昨儿个"})
