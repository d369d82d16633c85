"""A paper in the window: looked at, printed, saved, found again and told from a false one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.printing import preview as pictures
from lanling_desktop.printing.paper import Request, check_print, print_log, print_paper
from tests.ui.press import PrintHere
from tests.ui.recorder import RecordingNotifier
from tests.ui.walk import clipped, unnamed
from ui import files, print_process, printer, theme
from ui.screens.preview import PreviewScreen
from ui.screens.print_log import PrintLogScreen
from ui.session import Session
from ui.widgets.pdf_view import WHOLE
from ui.widgets.work import Cancelled, Progress, Worker

XLSX = Path(__file__).parent.parent / "scenarios" / "files" / "街道党员花名册.xlsx"
MEMBERS = View("party_member")
Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
PRINTERS = ["办公室 HP LaserJet", "会议室 佳能"]


@pytest.fixture
def session(qapp: QApplication, desk_office: Office, ini_path: Path) -> Iterator[Session]:
    transfer.import_file(desk_office, "party_member", XLSX)
    desk_office.desk.put("unit", "向阳社区党委")
    settings = QSettings(str(ini_path), QSettings.Format.IniFormat)
    made = Session(desk_office, RecordingNotifier(), Worker(), settings)
    yield made
    made.reader.wait_all(cancel=True)
    made.worker.wait_all(cancel=True)
    made.printing.wait_all(cancel=True)


@pytest.fixture
def printed_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two printers, whose paper is a PDF; the way to it is the real one."""
    out = tmp_path / "从打印机出来的.pdf"

    def device(_name: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(out))
        return made

    monkeypatch.setattr(printer, "names", lambda: list(PRINTERS))
    monkeypatch.setattr(printer, "device", device)
    monkeypatch.setattr(print_process, "PrintProcess", PrintHere)
    return out


def shown(qtbot: QtBot, screen: QWidget) -> None:
    active(qtbot, screen)
    screen.begin()
    settle(qtbot, screen)


def active(qtbot: QtBot, screen: QWidget) -> None:
    qtbot.addWidget(screen)
    screen.resize(1366 - theme.px(184), 650)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is screen)


def settle(qtbot: QtBot, screen: QWidget) -> None:
    session = screen.session
    screen.grab()
    workers = (session.worker, session.reader, session.printing)
    qtbot.waitUntil(lambda: not any(each.busy for each in workers), timeout=30_000)


@pytest.fixture
def preview(qtbot: QtBot, session: Session) -> PreviewScreen:
    made = PreviewScreen(session, "member_roster", Request(view=MEMBERS))
    shown(qtbot, made)
    return made


def press(qtbot: QtBot, screen: QWidget, key: Qt.Key, *, control: bool = False) -> None:
    held = Control if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(screen.focusWidget() or screen, key, held)
    settle(qtbot, screen)


def darkness(pdf: Path | bytes, page: int) -> list[float]:
    """How dark each of 40 × 28 fields of a page is."""
    width, height, data = pictures.render(pdf, page, 60)
    image = QImage(data, width, height, width * 4, QImage.Format.Format_RGB32).scaled(
        40, 28, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return [255 - image.pixelColor(x, y).lightness() for y in range(28) for x in range(40)]


def test_a_paper_is_looked_at_and_nothing_is_logged(qtbot: QtBot, preview: PreviewScreen) -> None:
    assert preview.draft is not None
    assert preview.pages.text() == "第 1 页，共 3 页"
    qtbot.waitUntil(lambda: preview.view.picture(0) is not None)
    assert preview.view.picture(2) is None  # only what is in sight is drawn
    assert print_log(preview.session.office) == []


def test_the_paper_in_sight_is_printed_though_another_is_turned_to(preview: PreviewScreen) -> None:
    drawn, filed = preview.draft, preview._filed()
    preview._sheet = None  # the clerk went on while the printer was asked
    assert drawn is not None
    assert filed(Progress(lambda *_: None)).number == "2026-00001"
    assert [line.title for line in print_log(preview.session.office)] == ["党员花名册"]


def test_pages_come_when_they_come_into_sight(qtbot: QtBot, preview: PreviewScreen) -> None:
    press(qtbot, preview, Key.Key_End)
    assert preview.pages.text() == "第 3 页，共 3 页"
    qtbot.waitUntil(lambda: preview.view.picture(2) is not None)
    press(qtbot, preview, Key.Key_PageUp)
    assert preview.pages.text() == "第 2 页，共 3 页"
    preview.view.set_zoom(WHOLE)
    settle(qtbot, preview)
    assert preview.view.page_total == 3


def test_the_masked_edition_and_another_day_are_drawn_anew(
    qtbot: QtBot, preview: PreviewScreen
) -> None:
    assert "371324195106261220" in pictures.page_text(preview.draft.pdf, 0)
    preview._editions.buttons()[1].setFocus()
    press(qtbot, preview, Key.Key_Return)
    assert preview.request.edition == "公示版"
    assert "371324195106261220" not in pictures.page_text(preview.draft.pdf, 0)
    preview.day.focus()
    qtbot.keyClicks(preview.day.box, "20261130")
    press(qtbot, preview, Key.Key_Return)
    assert preview.request.view.day.isoformat() == "2026-11-30"
    assert "2026年11月30日" in pictures.page_text(preview.draft.pdf, 0)
    assert preview.view.hasFocus()


def test_the_first_print_asks_which_printer_the_next_is_one_key(
    qtbot: QtBot, preview: PreviewScreen, printed_to: Path
) -> None:
    session, office = preview.session, preview.session.office
    press(qtbot, preview, Key.Key_Return)
    assert preview.chooser.isVisible()
    press(qtbot, preview, Key.Key_2)
    assert (
        session.notifier.said[-1][0] == "已送到打印机 会议室 佳能：党员花名册，打印编号 2026-00001"
    )
    original = preview.draft.pdf
    assert pictures.page_count(printed_to) == 3
    for page, (wide, high) in enumerate(pictures.page_sizes(original)):
        width, height = pictures.page_sizes(printed_to)[page]
        assert abs(width - wide) < 1
        assert abs(height - high) < 1
        pairs = zip(darkness(original, page), darkness(printed_to, page), strict=True)
        assert sum(abs(one - other) for one, other in pairs) / (40 * 28) < 4
    again = PreviewScreen(session, "member_roster", Request(view=MEMBERS))
    shown(qtbot, again)
    printed_to.unlink()
    press(qtbot, again, Key.Key_Return)  # after Ctrl+P on the list: two keys in all
    assert not again.chooser.isVisible()
    assert pictures.page_count(printed_to) == 3
    assert [line.number for line in print_log(office)] == ["2026-00002", "2026-00001"]


def test_enter_before_it_is_drawn_prints_when_it_is(
    qtbot: QtBot, session: Session, printed_to: Path
) -> None:
    session.settings.setValue("printer/name", PRINTERS[0])
    screen = PreviewScreen(session, "member_roster", Request(view=MEMBERS))
    active(qtbot, screen)
    screen.begin()
    qtbot.keyClick(screen.view, Key.Key_P, Control)
    qtbot.waitUntil(lambda: printed_to.exists() and not session.printing.busy, timeout=30_000)
    assert len(print_log(session.office)) == 1


def test_without_a_printer_the_paper_is_kept_and_it_is_said(
    qtbot: QtBot, preview: PreviewScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer, "names", list)
    monkeypatch.setattr(print_process, "PrintProcess", PrintHere)
    press(qtbot, preview, Key.Key_Return)
    said = preview.trouble.text()
    assert "没有装打印机" in said
    assert "2026-00001" in said
    assert "存为 PDF" in said
    press(qtbot, preview, Key.Key_Return)
    assert [line.number for line in print_log(preview.session.office)] == ["2026-00001"]


@pytest.mark.qt_log_ignore("QPainter::begin|^This plugin does not support ")
def test_a_printer_that_does_not_answer_loses_nothing(
    qtbot: QtBot, preview: PreviewScreen, monkeypatch: pytest.MonkeyPatch, printed_to: Path
) -> None:
    def silent(_name: str) -> QPrinter:
        made = QPrinter()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(printed_to.parent / "没有" / "a.pdf"))
        return made

    preview.session.settings.setValue("printer/name", PRINTERS[0])
    working = printer.device
    monkeypatch.setattr(printer, "device", silent)
    press(qtbot, preview, Key.Key_Return)
    assert "没有应答" in preview.trouble.text()
    monkeypatch.setattr(printer, "device", working)
    press(qtbot, preview, Key.Key_Return)
    assert preview.trouble.text() == ""
    assert len(print_log(preview.session.office)) == 1  # the same paper, not a second one


def test_printing_stops_when_it_is_cancelled(session: Session, printed_to: Path) -> None:
    paper = print_paper(session.office, catalogue.papers()["member_roster"], Request(view=MEMBERS))
    pages: list[int] = []

    def step(page: int, _total: int, _said: str) -> None:
        pages.append(page)
        if page == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        printer.print_pdf(printer.Job(paper.pdf, paper.title), printer.device(""), step)
    assert pages == [0, 1]


def test_it_is_saved_as_a_file_whole_under_a_safe_name(
    qtbot: QtBot, preview: PreviewScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: QWidget, _title: str, _settings: QSettings, name: str, _kinds: str) -> Path:
        asked.append(name)
        return tmp_path / name

    monkeypatch.setattr(files, "ask_save", ask)
    press(qtbot, preview, Key.Key_S, control=True)
    assert asked == ["党员花名册 归档版 2026-11-23.pdf"]
    assert (tmp_path / asked[0]).read_bytes() == preview.draft.pdf
    assert len(print_log(preview.session.office)) == 1
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "没有" / "a.pdf")
    press(qtbot, preview, Key.Key_S, control=True)
    assert "文件夹不存在" in preview.trouble.text()


def test_what_cannot_be_printed_is_said_before_printing(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = session.office
    office.save("party_member", None, {"person.name": "张\U0010fffd"}, confirmed=True)
    screen = PreviewScreen(session, "member_roster", Request(view=MEMBERS))
    shown(qtbot, screen)
    assert screen.draft is None
    assert screen.trouble.text() != ""
    press(qtbot, screen, Key.Key_Return)
    assert print_log(office) == []


def test_a_change_under_the_preview_draws_it_anew(qtbot: QtBot, preview: PreviewScreen) -> None:
    office = preview.session.office
    office.save("party_member", None, {"person.name": "艾新人"}, confirmed=True)
    settle(qtbot, preview)
    qtbot.waitUntil(
        lambda: preview.draft is not None and "艾新人" in _text(preview), timeout=20_000
    )


def _text(screen: PreviewScreen) -> str:
    pdf = screen.draft.pdf
    return "".join(pictures.page_text(pdf, page) for page in range(pictures.page_count(pdf)))


def test_esc_goes_back(qtbot: QtBot, preview: PreviewScreen) -> None:
    with qtbot.waitSignal(preview.finished):
        press(qtbot, preview, Key.Key_Escape)


# The log


@pytest.fixture
def log(qtbot: QtBot, session: Session) -> PrintLogScreen:
    paper = catalogue.papers()["member_roster"]
    for edition in ("归档版", "公示版"):
        print_paper(session.office, paper, Request(view=MEMBERS, edition=edition))
    made = PrintLogScreen(session)
    shown(qtbot, made)
    settle(qtbot, made)
    return made


def test_the_log_lists_and_prints_the_same_paper_again(
    qtbot: QtBot, log: PrintLogScreen, printed_to: Path
) -> None:
    log.session.settings.setValue("printer/name", PRINTERS[0])
    assert log.table.rows.row_texts(0)[0] == "2026-00002"
    press(qtbot, log, Key.Key_Down)
    settle(qtbot, log)
    assert log.table.record_id() == "2026-00001"
    assert log.view.page_total == 3
    press(qtbot, log, Key.Key_P, control=True)
    assert pictures.page_count(printed_to) == 3
    assert "打印编号 2026-00001" in log.session.notifier.said[-1][0]
    assert len(print_log(log.session.office)) == 2  # a reprint is the same paper


def test_a_brought_paper_is_told_from_a_false_one(qtbot: QtBot, log: PrintLogScreen) -> None:
    office = log.session.office
    line = print_log(office)[1]
    press(qtbot, log, Key.Key_F2)
    qtbot.keyClicks(log.check.number, line.number)
    press(qtbot, log, Key.Key_Return)
    qtbot.keyClicks(log.check.code, line.check_code.lower())
    press(qtbot, log, Key.Key_Return)
    assert log.check.answer.text().startswith(
        "是真的：2026-11-23 09:00 由王敏打印的“党员花名册”归档版"
    )
    assert "没有改动" in log.check.answer.text()
    assert log.table.record_id() == line.number
    office.save("community", None, {"name": "东苑社区"})
    press(qtbot, log, Key.Key_Return)
    assert "又有 1 次改动，最近一次是“新增社区 东苑社区”" in log.check.answer.text()
    log.check.code.setText("00000000")
    press(qtbot, log, Key.Key_Return)
    assert "校验码不符" in log.check.answer.text()
    log.check.number.setText("2026-09999")
    log.check.look()
    settle(qtbot, log)
    assert "不是本台账打印的" in log.check.answer.text()


def test_number_and_code_are_read_as_they_are_typed(session: Session) -> None:
    office = session.office
    made = print_paper(office, catalogue.papers()["member_roster"], Request(view=MEMBERS))
    wide = made.number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789-"})
    verdict = check_print(office, f" {wide} ", made.check_code.lower())
    assert verdict is not None
    assert verdict.genuine
    assert verdict.kept


def test_the_trouble_of_a_silent_printer_has_three_sentences() -> None:
    error = printer.silent("甲")
    assert isinstance(error, OfficeError)
    assert all((error.what, error.safe, error.then))


@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_unnamed_or_cut_off(
    qtbot: QtBot, qapp: QApplication, session: Session, printed_to: Path, scale: int
) -> None:
    theme.apply(qapp, scale, contrast=False)
    screen = PreviewScreen(session, "member_roster", Request(view=MEMBERS))
    shown(qtbot, screen)
    press(qtbot, screen, Key.Key_Return)
    assert screen.chooser.isVisible()
    press(qtbot, screen, Key.Key_1)
    log = PrintLogScreen(session)
    shown(qtbot, log)
    log.check.look()
    for each in (screen, log):
        each.grab()
        assert unnamed(each) == []
        assert clipped(each) == []
