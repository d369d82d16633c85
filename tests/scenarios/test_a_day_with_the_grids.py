# ruff: noqa: F811 - fixtures of the road are used by their names
"""A day with the grids, by keys alone: a roster taken over, a grid split, a worker moved, papers.

王敏 gets the street's 网格员花名册 and imports it. Since 1 November 第一网格 is two grids: she splits
it with two buildings and one worker, and a part-time worker goes to 第二网格. Then she prints the new
公示牌 and the roster as it was last month and as it is today; each tells its own day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from lanling_desktop.core.plain import View
from lanling_desktop.printing import preview as pictures
from lanling_desktop.printing.paper import print_log, reprint
from tests.scenarios import make_rosters
from tests.scenarios.test_the_road import Clerk, clerk, out  # noqa: F401 - two are fixtures
from tests.ui.klm import CTRL
from ui.screens.import_wizard import ImportWizard
from ui.screens.preview import PreviewScreen
from ui.screens.register import RegisterScreen

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support ")
Key, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
ROSTER = make_rosters.FILES / f"{make_rosters.grid_workers().name}.xls"
LAST_MONTH, TODAY = date(2026, 10, 31), date(2026, 11, 23)
NAMES = [make_rosters.person(number)[0] for number in range(1, 19)]
CHIEF, FULL_TIME, PART_TIME = NAMES[:3]


def test_a_day_with_the_grids(clerk: Clerk, out: Path) -> None:
    knows_its_buildings(clerk)
    takes_over_the_roster(clerk)
    splits_the_first_grid(clerk)
    moves_a_worker(clerk)
    board = prints(clerk, "wg", "网格公示牌", TODAY, only="第七网格")
    assert "第七网格公示牌" in board
    assert "兰陵花园3、4号楼" in board
    assert FULL_TIME in board
    assert CHIEF not in board
    now = prints(clerk, "wgy", "网格员花名册", TODAY)
    then = prints(clerk, "wgy", "网格员花名册", LAST_MONTH)
    for name in NAMES:
        assert name in now, name
        assert name in then, name
    assert "第七网格" in now
    assert "第七网格" not in then
    assert "截至：2026年10月31日" in then
    assert "截至：2026年11月23日" in now
    titles = [line.title for line in print_log(clerk.office)]
    assert titles == ["网格员花名册（截至 2026-10-31）", "网格员花名册", "网格公示牌"]
    takes_it_all_back(clerk)
    assert clerk.hands.modal_stops == 0


def knows_its_buildings(clerk: Clerk) -> None:
    """What the office had before this day: homes, and 第一网格 over the whole of 兰陵花园."""
    office = clerk.office
    for building in (1, 2, 3, 4):
        home = {"compound_id": "兰陵花园", "building": str(building), "unit": "1", "room": "101"}
        office.save("household", None, home, confirmed=True)
    (compound,) = office.resolve("compound", "兰陵花园")
    since = {"valid_from": "2020-01-01"}
    grid = office.save("grid", None, {"name": "第一网格", "kind": "一般网格", **since}).main
    office.save("grid_area", None, {"grid_id": grid, "compound_id": compound, **since})


def goes_to(clerk: Clerk, letters: str, register: str) -> RegisterScreen:
    """A register by the initials of its name."""
    clerk.command(letters)
    screen = clerk.screen
    assert isinstance(screen, RegisterScreen)
    assert screen.register.key == register
    return screen


def takes_over_the_roster(clerk: Clerk) -> None:
    goes_to(clerk, "wgy", "grid_worker")
    clerk.press(Key.Key_L, CTRL)
    wizard = clerk.screen
    assert isinstance(wizard, ImportWizard)
    clerk.paste(str(ROSTER))
    clerk.press(Key.Key_Return)
    assert "示例街道2026年网格员花名册" in wizard.mapping.found.text()
    clerk.press(Key.Key_Return, CTRL)
    assert wizard.plan.summary == "新增 18 行，修改 0 行，一致 0 行，有误 0 行"
    clerk.press(Key.Key_Return, CTRL)
    assert clerk.foot == f"已导入 {ROSTER.name}：新增 18，修改 0"
    assert clerk.office.count(View("grid")) == 6
    assert clerk.office.count(View("grid", ready="no_chief")) == 0


def opens(clerk: Clerk, screen: RegisterScreen, typed: str, title: str) -> None:
    """Find a record of the list and open it."""
    clerk.press(Key.Key_F, CTRL)
    clerk.type(typed)
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_Return)
    assert screen.panel.entry.title == title


def handles(clerk: Clerk, screen: RegisterScreen, procedure: str) -> None:
    """办理, by the number of what is to be done."""
    keys = [each.title for each in screen.register.procedures]
    clerk.press(Key.Key_F7)
    clerk.press(Key(Key.Key_1.value + keys.index(procedure)))
    assert screen.panel.procedure.title.text() == procedure


def answers(clerk: Clerk, screen: RegisterScreen, said: Mapping[str, str]) -> None:
    """Type into the boxes of the procedure, in their order, with Enter between them."""
    form = screen.panel.procedure.form
    for key, text in said.items():
        for _ in range(12):
            if form.editor(key).isAncestorOf(clerk.hands.focus):
                break
            clerk.press(Key.Key_Return)
        else:
            pytest.fail(f"Enter does not lead to {key}")
        clerk.hands.press(Key.Key_A, CTRL)
        if text.isascii():
            clerk.type(text)
        else:
            clerk.hands.compose(text)
            clerk.wait()


def ticks(clerk: Clerk, screen: RegisterScreen, key: str, *words: str) -> None:
    """Enter to the first box of a row of ticks, arrows and Space within it."""
    editor = screen.panel.procedure.form.editor(key)
    while not editor.isAncestorOf(clerk.hands.focus):
        clerk.press(Key.Key_Return)
    for word in words:
        for _ in range(20):
            if clerk.hands.focus.accessibleName().endswith(f"：{word}"):
                break
            clerk.press(Key.Key_Right)
        clerk.press(Key.Key_Space)
    assert editor.value() == "、".join(words)


def splits_the_first_grid(clerk: Clerk) -> None:
    screen = goes_to(clerk, "wg", "grid")
    opens(clerk, screen, "dywg", "第一网格")
    handles(clerk, screen, "拆分网格")
    answers(clerk, screen, {"name": "第七网格", "day": "20261101"})
    ticks(clerk, screen, "buildings", "兰陵花园3号楼", "兰陵花园4号楼")
    ticks(clerk, screen, "workers", f"{FULL_TIME}（专职网格员）")
    clerk.press(Key.Key_Return, CTRL)
    assert clerk.foot == "已拆分网格 第一网格，划出 第七网格"
    keys = ("name", "chief", "workers", "households")
    rows = {row[1]: row[2:] for row in clerk.office.page(View("grid"), 0, 9, keys=keys)}
    assert rows["第一网格"] == (CHIEF, "2", "2")
    assert rows["第七网格"] == ("", "1", "2")
    clerk.press(Key.Key_Escape)


def moves_a_worker(clerk: Clerk) -> None:
    screen = goes_to(clerk, "wgy", "grid_worker")
    opens(clerk, screen, make_rosters.person(3)[2][-6:], PART_TIME)
    handles(clerk, screen, "调到另一网格")
    answers(clerk, screen, {"grid_id": "dewg"})
    clerk.press(Key.Key_Return)  # the offer that is there
    answers(clerk, screen, {"day": "20261101"})
    clerk.press(Key.Key_Return, CTRL)
    assert clerk.foot == f"已调动网格员 {PART_TIME}：第一网格 → 第二网格"
    clerk.press(Key.Key_Escape)


def prints(clerk: Clerk, letters: str, title: str, day: date, *, only: str = "") -> str:
    """A paper of a register as of a day, to the printer; what the paper in the file says."""
    register = {"wg": "grid", "wgy": "grid_worker"}[letters]
    screen = goes_to(clerk, letters, register)
    clerk.press(Key.Key_F, CTRL)
    if only:
        clerk.hands.press(Key.Key_A, CTRL)
        clerk.hands.compose(only)
        clerk.wait()
    else:
        clerk.type("")
        clerk.press(Key.Key_Backspace)
    clerk.press(Key.Key_J, CTRL | SHIFT)
    clerk.type(f"{day:%Y%m%d}")
    clerk.press(Key.Key_Return)
    clerk.press(Key.Key_P, CTRL)
    if screen.acts.papers.isVisible():
        offers = [each.text().split(" ", 1)[1] for each in screen.acts.papers._buttons]
        clerk.press(Key(Key.Key_1.value + offers.index(title)))
    preview = clerk.screen
    assert isinstance(preview, PreviewScreen)
    assert preview.paper.title == title
    clerk.press(Key.Key_Return)
    if preview.chooser.isVisible():
        clerk.press(Key.Key_Return)  # which printer, the first time only
    line = print_log(clerk.office)[0]
    filed = reprint(clerk.office, line.number)
    assert filed is not None
    clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_J, CTRL | SHIFT)
    clerk.type("20261123")
    clerk.press(Key.Key_Return)
    texts = (pictures.page_text(filed.pdf, n) for n in range(pictures.page_count(filed.pdf)))
    return "".join("".join(texts).split())


def takes_it_all_back(clerk: Clerk) -> None:
    """Each of the day's acts is one, and is taken back as one."""
    for title in ("调动网格员", "拆分网格", "导入网格员"):
        clerk.press(Key.Key_Z, CTRL)
        assert clerk.foot.startswith(f"已撤销 {title}")
    assert clerk.office.count(View("grid")) == 1
    assert clerk.office.count(View("grid_worker")) == 0
