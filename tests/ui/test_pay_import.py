"""Past months and the facts of pay out of the office's own Excel by keys; faults by their cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange.plan import NEW, WRONG
from tests.salary.payroll import staffed
from tests.ui.recorder import RecordingNotifier
from tests.ui.test_import_wizard import press, read
from tests.ui.walk import clipped, unnamed
from ui.screens.import_wizard import ImportWizard
from ui.session import Session
from ui.widgets.work import Worker

Key = Qt.Key
Sheet = tuple[tuple[str, ...], list[tuple[object, ...]], str]
SHEETS: dict[str, Sheet] = {
    "pay_history": (
        ("姓名", "年月", "基本工资", "绩效", "应发工资", "养老", "个税", "实发工资"),
        [("张三", "2025-11", 7000, 3000, 10000, 1500, 105, 8395),
         ("李四", "2025-11", 7000, 3000, "一万", 1500, 105, 8395),
         ("王不在", "2025-11", 7000, 3000, 10000, 1500, 105, 8395)],
        "E3",
    ),
    "pay_item": (
        ("姓名", "月份", "项目", "金额", "事由"),
        [("张三", "2026-01", "其他补贴", 200, "高温"),
         ("李四", "2026-01", "其他补贴", "二百", "高温"),
         ("王不在", "2026-01", "其他补贴", 200, "高温")],
        "D3",
    ),
    "performance_score": (
        ("姓名", "月份", "考核结果", "得分"),
        [("张三", "2026-01", "优秀", ""), ("李四", "2026-01", "很好", ""),
         ("王不在", "2026-01", "优秀", "")],
        "C3",
    ),
    "contribution_base": (
        ("姓名", "险种", "缴费基数", "起始日期"),
        [("张三", "社会保险", 4242, "2026-01-01"), ("李四", "社会保险", "四千", "2026-01-01"),
         ("王不在", "社会保险", 4242, "2026-01-01")],
        "C3",
    ),
}  # fmt: skip


@pytest.fixture
def session(qapp: QApplication, desk_office: Office, ini_path: Path) -> Iterator[Session]:
    settings = QSettings(str(ini_path), QSettings.Format.IniFormat)
    made = Session(desk_office, RecordingNotifier(), Worker(), settings)
    yield made
    made.reader.wait_all(cancel=True)
    made.worker.wait_all(cancel=True)


@pytest.mark.parametrize("key", SHEETS)
def test_facts_of_pay_are_taken_in_by_keys(
    qtbot: QtBot, session: Session, tmp_path: Path, key: str
) -> None:
    office = session.office
    staffed(office, "张三", "李四")
    heads, rows, wrong = SHEETS[key]
    path = tmp_path / "财务的表.xlsx"
    book = Workbook(str(path))
    page = book.add_worksheet("工资")
    for number, row in enumerate((heads, *rows)):
        page.write_row(number, 0, row)
    book.close()
    wizard = ImportWizard(session, key)
    qtbot.addWidget(wizard)
    wizard.resize(1182, 660)
    wizard.show()
    wizard.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is wizard)
    wizard.begin()
    read(qtbot, wizard, path)
    assert wizard.pages.currentIndex() == 1
    assert "缺了它" not in wizard.mapping.panel.missing.text(), "every head is known"
    press(qtbot, wizard, Key.Key_Return, control=True)
    preview, plan = wizard.preview, wizard.plan
    assert plan is not None
    assert (plan.count(NEW), plan.count(WRONG)) == (1, 2)
    assert preview.chips.current == WRONG
    said = [preview.panel.text()]
    preview.table.selectRow(1)
    said.append(preview.panel.text())
    assert wrong in said[0]
    assert "A4" in said[1]
    assert "没有" in said[1]
    assert clipped(wizard) == unnamed(wizard) == []
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert office.count(View(key)) == 0, "not past a fault without a word"
    preview.skip.setFocus()
    press(qtbot, wizard, Key.Key_Return)
    assert office.count(View(key)) == 1
    assert session.notifier.said[-1][0].endswith("新增 1，修改 0，跳过有误的 2 行")
    office.undo()
    assert office.count(View(key)) == 0
