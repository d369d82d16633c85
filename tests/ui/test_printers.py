"""Printers as they are: the system's own queues, and a print system that hangs (faults 37)."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lanling_desktop import catalogue
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.printing import preview as pictures
from lanling_desktop.printing.paper import Request, draw_paper, print_log
from tests.printing.samples import form, printed_forms
from tests.ui import cups
from tests.ui.recorder import RecordingNotifier
from ui import print_process
from ui.print_process import PrintProcess
from ui.printer import Job, Sent
from ui.screens.preview import PreviewScreen
from ui.session import Session
from ui.widgets.work import Cancelled, Progress, Worker

XLSX = Path(__file__).parent.parent / "scenarios" / "files" / "街道党员花名册.xlsx"
MEMBERS = View("party_member")
Key = Qt.Key
MM = 72 / 25.4


def quiet() -> Progress:
    return Progress(lambda *_: None)


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cups.Cups]:
    with cups.running(tmp_path_factory.mktemp("cups")) as made:
        made.add("banshi-A4", "A4", "A5")
        made.add("piaoju-A5", "A5")
        made.make_default("piaoju-A5")
        yield made


@pytest.fixture
def to_system(system: cups.Cups, monkeypatch: pytest.MonkeyPatch) -> cups.Cups:
    monkeypatch.setenv("CUPS_SERVER", system.server)
    return system


@pytest.fixture
def session(qapp: QApplication, desk_office: Office, ini_path: Path) -> Iterator[Session]:
    transfer.import_file(desk_office, "party_member", XLSX)
    settings = QSettings(str(ini_path), QSettings.Format.IniFormat)
    made = Session(desk_office, RecordingNotifier(), Worker(), settings)
    yield made
    for each in (made.reader, made.worker, made.printing):
        each.wait_all(cancel=True)


def picture(pdf: bytes | Path, page: int, dpi: float = 72) -> QImage:
    width, height, data = pictures.render(pdf, page, dpi)
    return QImage(data, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def fields(image: QImage) -> list[float]:
    small = image.scaled(
        40, 28, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return [255 - small.pixelColor(x, y).lightness() for y in range(28) for x in range(40)]


def unlike(one: QImage, other: QImage) -> float:
    pairs = zip(fields(one), fields(other), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (40 * 28)


def drawn(office: Office, key: str, request: Request | None = None) -> bytes:
    return draw_paper(office, catalogue.papers()[key], request or Request()).pdf


@pytest.mark.fault(37)
def test_a_roster_leaves_the_printer_as_the_preview_showed_it(
    to_system: cups.Cups, session: Session
) -> None:
    pdf = drawn(session.office, "member_roster", Request(view=MEMBERS))
    before = len(to_system.sent())
    with PrintProcess(quiet()) as press:
        assert press.ask("names") == ["piaoju-A5", "banshi-A4"]  # the system's own choice first
        sent = press.ask("print_on", "banshi-A4", Job(pdf, "党员花名册 2026-00001"))
    assert sent == Sent("banshi-A4", 3)
    (out,) = to_system.sent()[before:]
    assert pictures.page_count(out) == 3
    for page, (wide, high) in enumerate(pictures.page_sizes(pdf)):
        width, height = pictures.page_sizes(out)[page]
        assert abs(width - wide) < 1
        assert abs(height - high) < 1
        assert unlike(picture(pdf, page), picture(out, page)) < 3
    assert "党员花名册 2026-00001".encode() in to_system.asked()[-1]
    assert b"two-sided" not in to_system.asked()[-1]


def test_backs_leave_the_room_for_binding_at_the_bound_edge(
    to_system: cups.Cups, session: Session
) -> None:
    """A turned sheet is bound at its top; on the back that edge is the foot (GB/T 9704)."""
    pdf = drawn(session.office, "member_roster", Request(view=MEMBERS))
    with PrintProcess(quiet()) as press:
        press.ask("print_on", "banshi-A4", Job(pdf, "党员花名册", both_sides=True))
    assert b"two-sided-long-edge" in to_system.asked()[-1]
    out = to_system.sent()[-1]
    front, back = (pictures.margins(out, page) for page in (0, 1))
    plain_back = pictures.margins(pdf, 1)
    assert front is not None
    assert back is not None
    assert plain_back is not None
    assert front[1] >= 25 * MM  # the binding margin of a landscape front is its top
    assert back[3] >= 25 * MM > plain_back[3]  # and of its back the foot
    assert back[1] > 5 * MM  # nothing is pushed off the sheet
    assert pictures.margins(out, 2) == pytest.approx(pictures.margins(pdf, 2), abs=3)


def test_a_form_is_bound_at_the_left(to_system: cups.Cups) -> None:
    pdf = doubled(printed_forms(form()))
    with PrintProcess(quiet()) as press:
        press.ask("print_on", "banshi-A4", Job(pdf, "登记表", both_sides=True))
    front, back = (pictures.margins(to_system.sent()[-1], page) for page in (0, 1))
    assert front is not None
    assert back is not None
    assert front[0] > front[2] + 8 * MM
    assert back[2] == pytest.approx(front[0], abs=3)
    assert back[0] == pytest.approx(front[2], abs=3)


def doubled(pdf: bytes) -> bytes:
    """The same page twice: a front and its back."""
    import io

    import pypdfium2

    source, made = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument.new()
    made.import_pages(source, [0, 0])
    out = io.BytesIO()
    made.save(out)
    made.close()
    source.close()
    return out.getvalue()


def test_a_red_head_comes_out_red(to_system: cups.Cups) -> None:
    import io

    from lanling_desktop.printing.official import draw_official
    from tests.printing.official_samples import minutes

    made = io.BytesIO()
    draw_official(minutes(), made)
    with PrintProcess(quiet()) as press:
        press.ask("print_on", "banshi-A4", Job(made.getvalue(), "会议纪要"))
    image = picture(to_system.sent()[-1], 0)
    reds = [
        (x, y)
        for y in range(0, image.height(), 2)
        for x in range(0, image.width(), 2)
        if image.pixelColor(x, y).red() > image.pixelColor(x, y).green() + 100
    ]
    assert len(reds) > 200


@pytest.mark.fault(37)
def test_smaller_paper_in_the_printer_is_said(to_system: cups.Cups, session: Session) -> None:
    pdf = drawn(session.office, "member_roster", Request(view=MEMBERS))
    with PrintProcess(quiet()) as press:
        sent = press.ask("print_on", "piaoju-A5", Job(pdf, "党员花名册"))
    out = to_system.sent()[-1]
    assert pictures.page_count(out) == 3
    assert sent.scale == pytest.approx(0.707, abs=0.02)
    assert unlike(picture(pdf, 0), picture(out, 0)) < 3  # the whole page, smaller


@pytest.mark.fault(37)
def test_a_printer_that_is_gone_is_said_and_the_paper_kept(
    qtbot: QtBot, session: Session, to_system: cups.Cups
) -> None:
    session.settings.setValue("printer/name", "已拆走的打印机")
    screen = shown(qtbot, session)
    qtbot.keyClick(screen.view, Key.Key_Return)
    rest(qtbot, screen)
    assert screen.chooser.isVisible()  # the others are offered, nothing is logged yet
    assert print_log(session.office) == []
    qtbot.keyClick(screen.focusWidget(), Key.Key_2)
    rest(qtbot, screen)
    assert "已送到打印机 banshi-A4" in session.notifier.said[-1][0]
    assert len(print_log(session.office)) == 1


@pytest.mark.fault(37)
def test_a_print_system_that_hangs_holds_nothing_up(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks: list[float] = []
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    with cups.hanging() as address:
        monkeypatch.setenv("CUPS_SERVER", address)
        session.settings.setValue("printer/name", "hp")
        screen = shown(qtbot, session)
        monkeypatch.setattr(print_process, "_SLOW", 0.2)
        timer.start()
        qtbot.keyClick(screen.view, Key.Key_Return)
        qtbot.waitUntil(lambda: "没有应答，可按 Esc 取消" in screen.work.words.text(), timeout=9000)
        made = session.office.save("person", None, {"name": "王照常"}, confirmed=True)
        assert made.main  # the office goes on
        gaps = [after - before for before, after in itertools.pairwise(ticks)]
        assert len(gaps) > 5
        assert max(gaps) < 1.0  # and the window too
        qtbot.keyClick(screen.view, Key.Key_Escape)
        qtbot.waitUntil(lambda: not session.printing.busy, timeout=15_000)
    rest(qtbot, screen)
    assert screen.isVisible()
    assert not screen.work.busy


@pytest.mark.fault(37)
def test_after_a_while_a_silent_printer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_process, "GIVE_UP", 0.5)
    with cups.hanging() as address:
        monkeypatch.setenv("CUPS_SERVER", address)
        with (
            pytest.raises(Exception, match="没有应答") as said,
            PrintProcess(quiet()) as press,
        ):
            press.ask("names")
    assert "没有丢" in said.value.safe


def test_a_wish_to_stop_is_heard_while_the_driver_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    progress = quiet()
    progress.cancel()
    with cups.hanging() as address:
        monkeypatch.setenv("CUPS_SERVER", address)
        with pytest.raises(Cancelled), PrintProcess(progress) as press:
            press.ask("names")


def test_a_driver_that_falls_is_said() -> None:
    with PrintProcess(quiet()) as press:
        press._child.kill()
        press._child.join()
        with pytest.raises(Exception, match="驱动程序出错退出"):
            press.ask("names")


def shown(qtbot: QtBot, session: Session) -> PreviewScreen:
    screen = PreviewScreen(session, "member_roster", Request(view=MEMBERS))
    qtbot.addWidget(screen)
    screen.resize(1182, 650)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is screen)
    screen.begin()
    qtbot.waitUntil(lambda: screen.draft is not None, timeout=30_000)
    rest(qtbot, screen)
    return screen


def rest(qtbot: QtBot, screen: PreviewScreen) -> None:
    session = screen.session
    workers = (session.worker, session.reader, session.printing)
    qtbot.waitUntil(lambda: not any(each.busy for each in workers), timeout=30_000)
