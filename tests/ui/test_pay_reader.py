"""An account for reading that may see pay: the sheet with every figure, and nothing to change it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lanling_desktop import opening
from lanling_desktop.accounts import actions as accounts
from lanling_desktop.core.clock import fixed
from lanling_desktop.salary import actions
from tests.salary.payroll import close, staffed
from tests.ui.test_door import BOSS, CHEAP, _page
from tests.ui.test_startup import program
from tests.ui.walk import clipped, unnamed
from ui.screens.login import LoginPage
from ui.screens.pay_month import PayMonthScreen

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
CHANGING = (
    "重算",
    "审核通过",
    "审批通过",
    "今天发放",
    "归档",
    "做下个月",
    "算这些人",
    "新增",
    "导入",
    "批量",
)
WORD = "四处看看 778"


def test_who_may_only_read_pay_reads_all_of_it(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "向阳.lanling"
    run = made(path)
    started = program(qtbot, str(path))
    window = started.window
    qtbot.waitUntil(lambda: _page(started, LoginPage) is not None, timeout=30_000)
    page = _page(started, LoginPage)
    page.who.setCurrentIndex(page.who.findText("赵会计"))
    page.password.setText(WORD)
    qtbot.keyClick(page.password, Key.Key_Return)
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    session, navigator = window.session, window.navigator
    listed = navigator.go("pay_run")
    assert listed is not None
    assert not offered(listed)
    session.pay_requested.emit(run)
    qtbot.waitUntil(lambda: _page(started, PayMonthScreen) is not None, timeout=30_000)
    screen = _page(started, PayMonthScreen)
    assert screen.table.rows.rowCount() == 2
    assert not offered(screen)
    before = session.office.read("pay_run", run).values
    for key in (Key.Key_F9, Key.Key_F5):
        qtbot.keyClick(screen.table, key)
    qtbot.keyClicks(screen.table, "95")
    assert screen.quick.isHidden()
    QGuiApplication.clipboard().setText("孙大圣\t60")
    qtbot.keyClick(screen.table, Key.Key_V, Control)
    qtbot.waitUntil(lambda: not session.worker.busy)
    assert session.office.read("pay_run", run).values == before
    assert screen.month.run.status == "已核算"
    qtbot.keyClick(screen.table, Key.Key_Return)
    assert "怎么算" in str(screen.lines.column_labels())
    assert screen.lines.rows.rowCount() > 1
    assert clipped(screen) == unnamed(screen) == []
    workers = navigator.go("community_worker")
    assert not offered(workers)
    window.close()


def made(path: Path) -> str:
    """January paid, February worked out, an account for reading with the right to pay; its id."""
    with opening.create_locked(path, BOSS, clock=fixed(2026, 3, 2)) as office:
        staffed(office, "孙大圣", "猪悟能")
        close(office, actions.start(office, month=date(2026, 1, 1)).main)
        run = actions.start(office, month=date(2026, 2, 1)).main
        said = office.registers["account"].proposed(office, {"role": "只读"})
        said = {**said, "salary": "查看"}
        account = office.save("account", None, {"name": "赵会计", "role": "只读", **said}).main
        accounts.set_password(office, account, WORD, CHEAP)
    return run


def offered(screen: object) -> list[str]:
    """Every verb in sight that would change something."""
    buttons = screen.findChildren(QPushButton)  # type: ignore[attr-defined]
    seen = [each.text() for each in buttons if each.isVisibleTo(screen)]
    return [text for text in seen if any(verb in text for verb in CHANGING)]
