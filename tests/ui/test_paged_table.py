"""The list: pages only, keys, columns remembered, counting off the screens' thread."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from lanling_desktop.core.field import Field, Kind
from tests.ui.rows import COLUMNS, Households, Positioned
from ui import theme
from ui.screens.rows import column_of
from ui.widgets.paged_table import PAGE, Column, PagedModel, PagedTable, RecordRole
from ui.widgets.work import Worker

Keys = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def settings(ini_path: Path) -> QSettings:
    return QSettings(str(ini_path), QSettings.Format.IniFormat)


def shown(qtbot: QtBot, settings: QSettings | None = None, total: int = 266) -> PagedTable:
    table = PagedTable("central_household", settings)
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show_rows(Households(total))
    table.show()
    qtbot.waitExposed(table)
    table.setFocus()
    return table


@pytest.mark.parametrize("total", [0, 1, 99, 100, 101, 266])
def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, total: int) -> None:
    model = PagedModel()
    model.reset(Households(total))
    qtmodeltester.check(model)
    assert model.rowCount() == total


def test_it_never_holds_all_rows(qtbot: QtBot) -> None:
    model, source = PagedModel(), Households(1_000_000)
    model.reset(source)
    for row in range(0, 1_000_000, 5_000):
        assert model.index(row, 0).data() == f"ZXH-{row:03}"
    assert all(size == PAGE for _, size in source.asked)
    assert sum(len(page) for page in model._pages.values()) <= 32 * PAGE
    asked = len(source.asked)
    model.index(995_001, 1).data()
    assert len(source.asked) == asked, "a page just read is not read again"


def test_roles(qtbot: QtBot) -> None:
    model = PagedModel()
    model.reset(Households(3))
    index = model.index(1, 3)
    assert index.data(RecordRole) == "id-1"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "联系户：1"
    assert (
        Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        & Qt.AlignmentFlag.AlignRight
    )
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex(), RecordRole) is None
    assert model.record_id(99) is None


def test_a_failing_source_is_told_once_and_does_not_stop_the_painting(qtbot: QtBot) -> None:
    class Broken(Households):
        def page(self, first: int, size: int) -> list[tuple[Any, ...]]:
            if first:
                raise OSError("disk gone")
            return super().page(first, size)

    model = PagedModel()
    model.reset(Broken(266))
    troubles: list[object] = []
    model.trouble.connect(troubles.append)
    assert [model.index(row, 0).data() for row in range(100, 200)] == [None] * 100
    assert [type(each) for each in troubles] == [OSError]


def test_a_slow_count_is_shown_as_dots_until_it_is_known(qtbot: QtBot) -> None:
    go = threading.Event()

    class Slow(Households):
        def count(self) -> int:
            assert go.wait(10)
            return super().count()

    worker = Worker()
    model = PagedModel(worker=worker)
    model.reset(Slow(266))
    assert (model.rowCount(), model.total, model.total_text) == (PAGE, None, "…")
    with qtbot.waitSignal(model.counted) as told:
        go.set()
    assert told.args == [266]
    assert (model.rowCount(), model.total_text) == (266, "266")
    model.reset(Households(1234))
    model.reset(Households(7))
    worker.wait_all()
    assert model.rowCount() == 7, "a count that comes late is not taken for another list's"


def test_one_page_needs_no_count(qtbot: QtBot) -> None:
    model, source = PagedModel(), Households(40)
    model.reset(source)
    assert (source.counts, model.total) == (0, 40)


def test_enter_opens_and_arrows_move(qtbot: QtBot) -> None:
    table = shown(qtbot)
    seen: list[object] = []
    table.current_changed.connect(seen.append)
    qtbot.keyClick(table, Keys.Key_Home)
    seen.clear()  # where the window got the focus before, the first was current already
    qtbot.keyClick(table, Keys.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Keys.Key_Return)
    assert opened.args == ["id-1"]
    qtbot.keyClick(table, Keys.Key_End)
    assert seen == ["id-1", "id-265"]
    assert table.selected_ids() == ["id-265"]


def test_letters_read_no_rows(qtbot: QtBot) -> None:
    table = shown(qtbot, total=100_000)
    source = table.rows.source
    assert isinstance(source, Households)
    before = len(source.asked)
    qtbot.keyClicks(table, "zxh")
    assert len(source.asked) == before


def test_ctrl_c_copies_the_row_as_it_stands(qtbot: QtBot) -> None:
    table = shown(qtbot)
    table.columns.show(1, False)
    table.horizontalHeader().moveSection(3, 0)
    table.selectRow(4)
    qtbot.keyClick(table, Keys.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "4\tZXH-004\t兰陵花园 4号楼 1单元 101"
    qtbot.keyClick(table, Keys.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Keys.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().count("\n") == 1


def test_a_click_on_the_head_asks_for_another_order(qtbot: QtBot) -> None:
    table = shown(qtbot)
    asked: list[tuple[int, bool]] = []
    table.sort_requested.connect(lambda *sort: asked.append(sort))
    viewport = table.horizontalHeader().viewport()
    for _ in range(2):
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(100, 10))
    assert asked == [(1, False), (1, True)]


def test_columns_are_remembered_per_register(qtbot: QtBot, settings: QSettings) -> None:
    table = shown(qtbot, settings)
    table.setColumnWidth(1, 133)
    table.horizontalHeader().moveSection(2, 0)
    table.columns.show(3, False)
    table.hide()
    again = shown(qtbot, settings)
    assert [again.rows.columns[at].label for at in again.columns.visible()] == [
        "地址",
        "编号",
        "户主",
    ]
    again.columns.show(3, True)
    assert again.columnWidth(1) == 133
    again.columns.restore()
    assert again.columns.visible() == [0, 1, 2, 3]
    assert again.columnWidth(1) == 80


def test_a_new_column_comes_after_the_known_and_a_lost_one_is_forgotten(
    qtbot: QtBot, settings: QSettings
) -> None:
    table = shown(qtbot, settings)
    table.horizontalHeader().moveSection(2, 0)
    table.hide()
    columns = (Column("编号", 80), Column("牌号", 70), Column("地址", 230))
    table.show_rows(Households(5, columns))
    assert [columns[at].label for at in table.columns.visible()] == ["地址", "编号", "牌号"]


@pytest.mark.parametrize("text", ["[[1]]", "no json", '{"a": 1}'])
def test_a_spoilt_memory_is_no_memory(qtbot: QtBot, settings: QSettings, text: str) -> None:
    settings.setValue("columns/central_household", text)
    assert shown(qtbot, settings).columns.visible() == [0, 1, 2, 3]


def test_the_menu_keeps_one_column_at_least(qtbot: QtBot, settings: QSettings) -> None:
    table = shown(qtbot, settings)
    for act in table.columns_menu().actions()[:3]:
        act.trigger()
    assert table.columns.visible() == [3]
    assert [act.isEnabled() for act in table.columns_menu().actions()[:4]] == [True] * 3 + [False]


def test_the_current_record_stays_current(qtbot: QtBot) -> None:
    table = shown(qtbot)
    table.show_rows(Positioned(266))
    table.selectRow(30)
    seen: list[object] = []
    table.current_changed.connect(seen.append)
    table.show_rows(Positioned(266, descending=True))
    assert (table.currentIndex().row(), table.record_id(), seen) == (235, "id-30", [])
    table.show_rows(Households(266, descending=True))
    assert (table.record_id(), seen) == ("id-30", [])
    table.show_rows(Positioned(20))
    assert seen == [None]


def test_cells_speak_with_their_head(qtbot: QtBot) -> None:
    table = shown(qtbot)
    interface = QAccessible.queryAccessibleInterface(table)
    spoken = [
        interface.child(at).text(QAccessible.Text.Name) for at in range(interface.childCount())[:12]
    ]
    assert "户主：张玉兰" in spoken


def test_rows_and_columns_follow_the_scale(qtbot: QtBot, qapp: QApplication) -> None:
    table = shown(qtbot)
    assert (table.rowHeight(0), table.columnWidth(0)) == (32, 80)
    theme.apply(qapp, 150)
    qapp.processEvents()
    assert (table.rowHeight(0), table.columnWidth(0)) == (48, 120)


def test_an_empty_list_says_so(qtbot: QtBot) -> None:
    table = shown(qtbot, total=0)
    table.grab()
    qtbot.keyClick(table, Keys.Key_Return)
    assert table.record_id() is None
    assert table.rows.total_text == "0"


def test_heads_are_the_columns(qtbot: QtBot) -> None:
    table = shown(qtbot)
    heads = [table.rows.headerData(n, Qt.Orientation.Horizontal) for n in range(5)]
    assert heads == [each.label for each in COLUMNS] + [None]


def test_a_masked_number_is_seen_whole_and_an_address_to_its_end(qtbot: QtBot) -> None:
    table = PagedTable("widths")
    qtbot.addWidget(table)
    assert table.textElideMode() == Qt.TextElideMode.ElideMiddle
    wide = column_of(Field("身份证号", Kind.IDENTITY, width_mm=38)).width
    assert wide >= table.fontMetrics().horizontalAdvance("371324********1234") + 12
