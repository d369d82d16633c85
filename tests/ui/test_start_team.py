"""今天要办 of grids and staff: each card counts its list, Enter opens the list behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop.core.plain import View
from tests.ui.at_desk import Desk, desk
from tests.ui.walk import clipped, unnamed
from ui import theme
from ui.screens.start import TEAM, StartScreen

Key = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with desk(qtbot, tmp_path) as made:
        yield made


def staffed(at: Desk) -> None:
    """Of every kind one that is due and one that is not."""

    def put(register: str, **raw: object) -> str:
        typed = {key.replace("__", "."): value for key, value in raw.items()}
        return at.office.save(register, None, typed, confirmed=True).main

    first = put("grid", name="第一网格", kind="一般网格", said_households=320)
    put("grid", name="第二网格", kind="一般网格", said_households=120)
    put("grid_worker", person__name="张玉兰", grid_id=first, role="网格长")
    terms = {"kind": "网格党支部", "term_years": 3}
    put("party_organisation", name="第一网格党支部", elected_on="2024-02-21", **terms)
    put("party_organisation", name="第二网格党支部", elected_on="2024-02-22", **terms)
    put("party_organisation", name="第三网格党支部", elected_on="2024-01-01", kind="网格党支部")
    for name, until, letter in (("李建国", "2027-02-21", ""), ("王芳", "2027-02-22", "聘2024-2")):
        put(
            "part_time_member",
            person__name=name,
            unit_id="供电公司",
            valid_from="2024-01-01",
            valid_to=until,
            certificate_no=letter,
        )
    put("red_secretary", person__name="赵志强", unit="县住建局", valid_to="2026-12-31")
    for name, sex, birth, until in (
        ("周文博", "男", "1967-11-23", "2027-02-21"),
        ("吴晓燕", "女", "1972-11-24", "2027-02-22"),
    ):
        put(
            "community_worker",
            person__name=name,
            person__sex=sex,
            person__birth=birth,
            status="在职",
            contract_to=until,
        )


def counted(screen: StartScreen) -> dict[str, int]:
    office = screen._session.office
    return {each.key: office.count(each.view(office.today)) for each in TEAM}


def test_each_card_counts_the_list_that_enter_opens(at: Desk) -> None:
    staffed(at)
    screen = StartScreen(at.session)
    at.show(screen)
    screen.begin()
    at.settle()
    assert counted(screen) == {
        "no_chief": 1,
        "grid_size": 1,
        "election": 1,
        "term": 1,
        "red_term": 1,
        "contract": 1,
        "retiring": 1,
        "certificate": 2,
        "letter": 1,
    }
    asked: list[View] = []
    at.session.list_requested.connect(asked.append)
    for each in TEAM:
        card = screen._cards[each.key][1]
        assert card.isVisible()
        assert str(counted(screen)[each.key]) in card.accessibleName()
        card.setFocus()
        at.typist.press(Key.Key_Return)
        assert asked[-1] == each.view(at.office.today)
    assert len(asked) == len(TEAM)


@pytest.mark.parametrize("scale", [100, 150])
def test_the_cards_fit(at: Desk, qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, scale)
    staffed(at)
    screen = StartScreen(at.session)
    at.show(screen)
    screen.begin()
    at.settle()
    assert unnamed(screen) == []
    assert clipped(screen) == []
