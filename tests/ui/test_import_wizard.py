"""The import wizard by its keys: three steps, nothing written before the last."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Condition, View
from lanling_desktop.exchange import plan as planning
from lanling_desktop.exchange import transfer, workbook
from lanling_desktop.exchange.gate import Received
from lanling_desktop.exchange.plan import CHANGED, NEW, SAME, WRONG
from lanling_desktop.exchange.waiting import Progress
from tests.ui.recorder import RecordingNotifier
from tests.ui.walk import clipped, unnamed
from ui import files, theme
from ui.screens.import_preview import LEFT_OUT
from ui.screens.import_wizard import ImportWizard
from ui.session import Session
from ui.widgets.work import Worker

FILES = Path(__file__).parent.parent / "scenarios" / "files"
XLSX, XLS = FILES / "街道党员花名册.xlsx", FILES / "街道党员花名册.xls"
HALL_FILES = Path(__file__).parent.parent / "hall" / "files"
Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
MEMBERS = View("party_member")


@pytest.fixture
def session(qapp: QApplication, desk_office: Office, ini_path: Path) -> Iterator[Session]:
    settings = QSettings(str(ini_path), QSettings.Format.IniFormat)
    made = Session(desk_office, RecordingNotifier(), Worker(), settings)
    yield made
    made.reader.wait_all(cancel=True)
    made.worker.wait_all(cancel=True)


@pytest.fixture
def wizard(qtbot: QtBot, session: Session) -> ImportWizard:
    made = ImportWizard(session, "party_member")
    qtbot.addWidget(made)
    made.resize(1182, 660)
    made.show()
    qtbot.waitExposed(made)
    made.begin()
    return made


def press(qtbot: QtBot, wizard: QWidget, *keys: Qt.Key, control: bool = False) -> None:
    """Keys where the focus is, then wait for what they began."""
    for key in keys:
        target = wizard.focusWidget() or wizard
        qtbot.keyClick(target, key, Control if control else Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: not wizard.work.busy, timeout=20_000)


def read(qtbot: QtBot, wizard: ImportWizard, path: Path) -> None:
    """Paste a path and press Enter."""
    QApplication.clipboard().setText(str(path))
    wizard.file.box.selectAll()
    qtbot.keyClick(wizard.file.box, Key.Key_V, Control)
    press(qtbot, wizard, Key.Key_Return)


def changed(source: Path, target: Path, **cells: object) -> Path:
    """The table with some cells changed."""
    book = openpyxl.load_workbook(source)
    for name, value in cells.items():
        book.active[name] = value
    book.save(target)
    return target


@pytest.mark.parametrize("path", [XLSX, XLS], ids=["xlsx", "xls"])
def test_a_received_table_is_imported_by_keys(
    qtbot: QtBot, wizard: ImportWizard, session: Session, path: Path
) -> None:
    office = session.office
    read(qtbot, wizard, path)
    assert wizard.pages.currentIndex() == 1
    assert "兰陵街道2026年党员花名册" in wizard.mapping.found.text()
    assert "表头在第 3–4 行" in wizard.mapping.found.text()
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert wizard.plan is not None
    assert wizard.plan.count(NEW) == 40
    assert office.count(MEMBERS) == 0  # looking writes nothing
    wanted: list[View] = []
    session.list_requested.connect(wanted.append)
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert office.count(MEMBERS) == 40
    assert wanted == [MEMBERS]
    assert session.notifier.said[-1] == (f"已导入 {path.name}：新增 40，修改 0", True)
    assert office.undoable()[0].title.startswith(f"导入党员 {path.name}")
    office.undo()
    assert office.count(MEMBERS) == 0


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_past_meetings_are_imported_by_keys(qtbot: QtBot, session: Session, kind: str) -> None:
    path = HALL_FILES / f"红色议事厅会议登记表.{kind}"
    wizard = ImportWizard(session, "hall_meeting")
    qtbot.addWidget(wizard)
    wizard.resize(1182, 660)
    wizard.show()
    wizard.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is wizard)
    wizard.begin()
    read(qtbot, wizard, path)
    assert "表头在第 3–4 行" in wizard.mapping.found.text()
    missing = wizard.mapping.panel.missing.text()
    assert "会议状态：已经到了日子的填“已召开”，别的填“计划”" in missing
    assert "会议类型：新增的都填“例会”" in missing
    assert "缺了它" not in missing
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert wizard.plan is not None
    assert wizard.plan.count(NEW) == 4
    press(qtbot, wizard, Key.Key_Return, control=True)
    held = View("hall_meeting", conditions=(Condition("status", "=", "已召开"),))
    assert session.office.count(held) == 3
    assert session.notifier.said[-1] == (f"已导入 {path.name}：新增 4，修改 0", True)
    session.office.undo()
    assert session.office.count(View("meeting_hall")) == 0


def test_the_same_table_again_is_all_as_it_is_and_says_why_nothing_is_written(
    qtbot: QtBot, wizard: ImportWizard, session: Session
) -> None:
    transfer.import_file(session.office, "party_member", XLSX)
    read(qtbot, wizard, XLS)
    assert "按上次的对法" in wizard.mapping.found.text()
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert wizard.plan is not None
    assert wizard.plan.count(SAME) == 40
    assert not wizard.preview.all.isEnabled()
    assert wizard.preview.reason.text() == "40 行与现有记录全部一致，没有要写入的"
    before = session.office.undoable()[0]
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert session.office.undoable()[0] == before


def test_a_column_is_matched_by_pinyin_initials_and_remembered(
    qtbot: QtBot, wizard: ImportWizard, session: Session
) -> None:
    read(qtbot, wizard, XLSX)
    table = wizard.mapping.table
    assert table.record_id() == 9  # the first doubt: 固定电话 may be 联系电话
    assert "可能是“联系电话”" in wizard.mapping.panel.note.text()
    table.selectRow(14)  # 备注
    for each in (Key.Key_B, Key.Key_F, Key.Key_S, Key.Key_M):  # 不符说明
        qtbot.keyClick(wizard.focusWidget(), each)
    qtbot.keyClick(wizard.focusWidget(), Key.Key_Return)
    assert wizard.mapping.mapping[15] == "person.birth_note"
    assert table.hasFocus()
    assert table.rows.row_texts(14)[2:4] == ("不符说明", "自选")
    press(qtbot, wizard, Key.Key_Return, control=True)
    again = ImportWizard(session, "party_member", XLSX)
    qtbot.addWidget(again)
    again.show()
    again.begin()
    qtbot.waitUntil(lambda: again.received is not None and not again.work.busy)
    assert again.mapping.mapping[15] == "person.birth_note"
    assert again.mapping.table.rows.row_texts(14)[3] == "上次的对法"


def test_one_of_ours_is_fed_by_one_column(qtbot: QtBot, wizard: ImportWizard) -> None:
    read(qtbot, wizard, XLSX)
    wizard.mapping.table.selectRow(8)  # 固定电话
    for each in (Key.Key_L, Key.Key_X, Key.Key_D, Key.Key_H, Key.Key_Return):
        qtbot.keyClick(wizard.focusWidget(), each)
    assert wizard.mapping.mapping[9] == "person.phone"
    assert 8 not in wizard.mapping.mapping
    assert "联系方式·手机" in wizard.mapping.panel.note.text()
    qtbot.keyClick(wizard.mapping.table, Key.Key_Delete)
    assert 9 not in wizard.mapping.mapping
    wizard.mapping.table.selectRow(1)
    qtbot.keyClick(wizard.mapping.table, Key.Key_Delete)
    assert "姓名：缺了它，新增不了记录" in wizard.mapping.panel.missing.text()


def test_changes_are_shown_old_and_new_and_faults_by_their_cell(
    qtbot: QtBot, wizard: ImportWizard, session: Session, tmp_path: Path
) -> None:
    office = session.office
    transfer.import_file(office, "party_member", XLSX)
    cells = {"D7": "371324199005010018", "H8": "13911112222", "E10": "90/5/1"}
    read(qtbot, wizard, changed(XLSX, tmp_path / "改过的.xlsx", **cells))
    press(qtbot, wizard, Key.Key_Return, control=True)
    page, plan = wizard.preview, wizard.plan
    assert plan is not None
    assert (plan.count(CHANGED), plan.count(SAME), plan.count(WRONG)) == (1, 37, 2)
    assert page.chips.current == WRONG
    assert "D7 身份证号" in page.panel.text()
    assert not page.all.isEnabled()
    assert "有 2 行有误" in page.reason.text()
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert office.page(MEMBERS, 0, 50, keys=("person.phone",), masked=False)
    assert not _has_phone(office, "13911112222")  # Ctrl+Enter does not import past a fault
    qtbot.keyClick(page.chips._chips[CHANGED], Key.Key_Return)
    assert "13900000004 → 13911112222" in page.table.rows.row_texts(0)
    assert "联系电话：13900000004 → 13911112222" in page.panel.text()
    qtbot.keyClick(page.chips._chips[LEFT_OUT], Key.Key_Return)
    assert page.table.rows.row_texts(0) == ("45", "合计行", "合计")
    page.skip.setFocus()
    press(qtbot, wizard, Key.Key_Return)
    assert _has_phone(office, "13911112222")
    assert session.notifier.said[-1][0].endswith("新增 0，修改 1，跳过有误的 2 行")


def test_wrong_cells_are_put_right_in_the_preview_by_keys(
    qtbot: QtBot, wizard: ImportWizard, session: Session, tmp_path: Path
) -> None:
    office = session.office
    good = openpyxl.load_workbook(XLSX).active
    number, born = str(good["D7"].value), str(good["E10"].value)
    cells = {"D7": "371324199005010018", "E7": "90/5/1", "E10": "90/5/1"}
    path = changed(XLSX, tmp_path / "有错.xlsx", **cells)
    before = path.read_bytes()
    read(qtbot, wizard, path)
    press(qtbot, wizard, Key.Key_Return, control=True)
    page = wizard.preview
    assert wizard.plan is not None
    assert wizard.plan.count(WRONG) == 2
    press(qtbot, wizard, Key.Key_Return)  # from the red row into its first box
    first, second = page.panel.boxes.shown
    assert wizard.focusWidget() is first
    assert (first.accessibleName()[:2], first.text()) == ("D7", "371324199005010018")
    qtbot.keyClicks(first, number)
    press(qtbot, wizard, Key.Key_Return)
    assert wizard.focusWidget() is second
    press(qtbot, wizard, Key.Key_Escape)  # thought better of it: the cells' own texts again
    assert wizard.focusWidget() is page.table
    assert first.text() == "371324199005010018"
    assert wizard.plan.count(WRONG) == 2
    press(qtbot, wizard, Key.Key_Return)
    qtbot.keyClicks(first, number)
    press(qtbot, wizard, Key.Key_Return)
    qtbot.keyClicks(second, "1981.4")
    press(qtbot, wizard, Key.Key_Return)
    assert wizard.plan.count(WRONG) == 1
    assert page.chips.current == WRONG
    box = page.panel.boxes.shown[0]  # on to the next red row
    assert (box.accessibleName()[:3], wizard.focusWidget()) == ("E10", box)
    qtbot.keyClicks(box, "1990-13-01")
    press(qtbot, wizard, Key.Key_Return)
    assert wizard.plan.count(WRONG) == 1  # still wrong: it stays here
    assert page.panel.boxes.shown[0].text() == "1990-13-01"
    qtbot.keyClicks(wizard.focusWidget(), born)
    press(qtbot, wizard, Key.Key_Return, control=True)  # looks once more before it imports
    assert office.count(MEMBERS) == 0
    assert wizard.plan.count(WRONG) == 0
    assert "有 3 格按预览里改过的导入" in page.not_taken.text()
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert office.count(MEMBERS) == 40
    assert path.read_bytes() == before
    again = planning.plan(office, planning.receive(office, "party_member", XLSX))
    assert again.count(SAME) == 40  # what was typed is what the sender meant


def _has_phone(office: Office, phone: str) -> bool:
    return bool(office.find(phone[-6:]))


def test_the_faults_go_back_in_the_same_table_marked_red(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = changed(XLSX, tmp_path / "有错.xlsx", D7="371324199005010018")
    out = tmp_path / "有错（错误标红）.xlsx"
    asked: list[str] = []

    def ask(_parent: QWidget, _title: str, _settings: QSettings, name: str, _kinds: str) -> Path:
        asked.append(name)
        return out

    monkeypatch.setattr(files, "ask_save", ask)
    read(qtbot, wizard, path)
    press(qtbot, wizard, Key.Key_Return, control=True)
    wizard.preview.errors.setFocus()
    press(qtbot, wizard, Key.Key_Return)
    sheet = openpyxl.load_workbook(out).active
    assert asked == [out.name]
    assert sheet["P4"].value == "错误"
    assert "身份证号" in sheet["P7"].value
    assert sheet["D7"].fill.start_color.rgb == "FFFFC7CE"
    assert sheet["D8"].fill.start_color.rgb != "FFFFC7CE"


def test_a_hostile_file_is_three_sentences_in_place(
    qtbot: QtBot, wizard: ImportWizard, session: Session, tmp_path: Path
) -> None:
    shutil.copy(__file__, tmp_path / "花名册.xlsx")
    (tmp_path / "脚本.xlsx").write_bytes(b"MZ\0\0" + bytes(2000))
    read(qtbot, wizard, tmp_path / "脚本.xlsx")
    assert wizard.pages.currentIndex() == 0
    said = wizard.trouble.text()
    assert "其实是程序文件" in said
    assert "没有导入任何内容，原文件没有改动" in said
    assert session.notifier.troubles == []  # said where it happened
    read(qtbot, wizard, tmp_path / "没有.xlsx")
    assert "找不到文件" in wizard.trouble.text()
    read(qtbot, wizard, XLSX)
    assert wizard.trouble.isHidden()
    assert wizard.pages.currentIndex() == 1


def test_cancelled_nothing_is_left(
    qtbot: QtBot, wizard: ImportWizard, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = session.office
    read(qtbot, wizard, XLSX)
    press(qtbot, wizard, Key.Key_Return, control=True)
    begun, go_on = threading.Event(), threading.Event()
    real = transfer.acts.apply
    done: list[object] = []

    def slow(*given: object, **more: object) -> object:
        done.append(None)
        if len(done) == 20:
            begun.set()
            assert go_on.wait(20)
        return real(*given, **more)

    monkeypatch.setattr(transfer.acts, "apply", slow)
    before = office.undoable()[0]
    qtbot.keyClick(wizard.focusWidget(), Key.Key_Return, Control)
    assert begun.wait(20)
    qtbot.keyClick(wizard.focusWidget(), Key.Key_Escape)
    go_on.set()
    qtbot.waitUntil(lambda: not wizard.work.busy, timeout=20_000)
    assert session.notifier.said[-1] == ("已取消，没有导入任何一行", False)
    assert office.count(MEMBERS) == 0
    assert office.undoable()[0] == before
    assert wizard.pages.currentIndex() == 2
    monkeypatch.setattr(transfer.acts, "apply", real)
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert office.count(MEMBERS) == 40


def test_reading_a_long_table_can_be_stopped(
    qtbot: QtBot, wizard: ImportWizard, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    real = workbook.admit

    def slow(path: Path, progress: Progress) -> Received:
        begun.set()
        assert go_on.wait(20)
        return real(path, progress)

    monkeypatch.setattr(workbook, "admit", slow)
    wizard.read(XLSX)
    assert begun.wait(20)
    qtbot.keyClick(wizard.focusWidget() or wizard, Key.Key_Escape)
    go_on.set()
    qtbot.waitUntil(lambda: not wizard.work.busy, timeout=20_000)
    assert session.notifier.said[-1] == ("已取消，没有导入任何一行", False)
    assert wizard.pages.currentIndex() == 0
    assert wizard.received is None


def test_a_plan_is_made_anew_when_the_office_changed_under_it(
    qtbot: QtBot, wizard: ImportWizard, session: Session
) -> None:
    office = session.office
    transfer.import_file(office, "party_member", XLSX)
    read(qtbot, wizard, XLSX)
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert wizard.plan is not None
    assert wizard.plan.count(SAME) == 40
    office.undo()
    qtbot.waitUntil(lambda: wizard.plan.count(NEW) == 40 and not wizard.work.busy)


def test_esc_goes_back_step_by_step(qtbot: QtBot, wizard: ImportWizard) -> None:
    read(qtbot, wizard, XLSX)
    press(qtbot, wizard, Key.Key_Return, control=True)
    press(qtbot, wizard, Key.Key_Escape)
    assert wizard.pages.currentIndex() == 1
    press(qtbot, wizard, Key.Key_Escape)
    assert wizard.pages.currentIndex() == 0
    with qtbot.waitSignal(wizard.finished):
        press(qtbot, wizard, Key.Key_Escape)


def test_another_sheet_of_the_book_can_be_chosen(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(XLSX)
    second = book.create_sheet("二支部")
    for row in (["姓名", "身份证号"], ["张三丰", "34052419800101001X"]):
        second.append(row)
    book.save(tmp_path / "两张.xlsx")
    read(qtbot, wizard, tmp_path / "两张.xlsx")
    sheets = wizard.mapping.sheets
    assert sheets is not None
    assert sheets.words() == ("花名册", "二支部")
    sheets.focus()
    sheets.box.clear()
    qtbot.keyClicks(sheets.box, "ezb")
    press(qtbot, wizard, Key.Key_Return)
    assert wizard.received is not None
    assert wizard.received.sheet.name == "二支部"
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert [each.title for each in wizard.plan.rows] == ["张三丰"]


def test_a_file_can_be_dropped(qtbot: QtBot, wizard: ImportWizard) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(XLSX))])
    drop = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    wizard.dropEvent(drop)
    qtbot.waitUntil(lambda: wizard.received is not None and not wizard.work.busy)
    assert wizard.pages.currentIndex() == 1


def test_the_empty_table_is_one_an_import_takes(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "模板.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *_: out)
    wizard.file.template.setFocus()
    press(qtbot, wizard, Key.Key_Return)
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[2]}
    sheet.cell(3, heads["姓名"], "王示例")
    book.save(out)
    wizard.file.box.setFocus()
    read(qtbot, wizard, out)
    press(qtbot, wizard, Key.Key_Return, control=True)
    assert [each.kind for each in wizard.plan.rows] == [NEW]


@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_unnamed_or_cut_off(
    qtbot: QtBot, qapp: QApplication, session: Session, tmp_path: Path, scale: int
) -> None:
    theme.apply(qapp, scale, contrast=False)
    path = changed(XLSX, tmp_path / "有错.xlsx", D7="371324199005010018", H8="13911112222")
    wizard = ImportWizard(session, "party_member")
    qtbot.addWidget(wizard)
    wizard.resize(1366 - theme.px(184), 650)
    wizard.show()
    wizard.begin()
    for step in range(3):
        if step == 1:
            read(qtbot, wizard, path)
        elif step == 2:
            press(qtbot, wizard, Key.Key_Return, control=True)
        wizard.grab()
        assert unnamed(wizard.pages.currentWidget()) == []
        assert clipped(wizard) == []
