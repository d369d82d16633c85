"""`--selftest [RESULT_FILE]`: the program tries itself on this PC, its window too.

Exit 0 when everything came out as it must, else 1; what was tried stands in the result file and,
where there is somewhere to write, on standard output. A bug in a slot ends the test, it never
hangs: the program's own hook would show a dialog nobody is there to close.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from lanling_desktop import selftest
from lanling_desktop.selftest import FOLDER, Report, must

_PATIENCE = 120.0  # seconds until a window that shows nothing is given up
_COLOURS = 12  # a painted list has more, a blank window one or two


def main(arguments: Sequence[str]) -> int:
    """Try everything; returns the exit code."""
    named = [each for each in arguments if not each.startswith("-")]
    report = Report()
    folder = Path(tempfile.mkdtemp(prefix="lanling-"))
    try:
        place = folder / FOLDER
        place.mkdir()
        os.environ["LANLING_DATA"] = str(place)
        office = selftest.run(place, report)
        with report.step("打开窗口"):
            _window(office, place)
    finally:  # what a step that failed still holds stays; the report must be written
        shutil.rmtree(folder, ignore_errors=True)
    if named:
        report.write(Path(named[0]))
    _say(report)
    return 0 if report.passed else 1


def _say(report: Report) -> None:
    for each in report.steps:
        line = f"{'通过' if not each.trouble else '没有通过'}\t{each.name}\t{each.seconds:.2f} s\n"
        for stream, text in ((sys.stdout, line), (sys.stderr, each.trouble)):
            if stream is not None and text:
                coding = getattr(stream, "encoding", None) or "ascii"
                stream.write(text.encode(coding, "replace").decode(coding))


def _window(office: Path, place: Path) -> None:
    """Open the office in the real window, look at a list of it, put a page on a printer's paper."""
    from PySide6.QtWidgets import QApplication

    from ui.app import Program

    application = QApplication.instance() or QApplication([sys.argv[0]])
    assert isinstance(application, QApplication)
    bugs: list[str] = []

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        bugs.append("".join(traceback.format_exception(kind, error, trace)))

    before, sys.excepthook = sys.excepthook, caught
    try:
        program = Program([str(office)])
        program.window.show()
        until(lambda: program.window.session is not None or bool(bugs), "数据没有打开")
        must(not bugs, "\n".join(bugs))
        assert program.window.navigator is not None
        program.window.navigator.go("party_member")
        until(lambda: bool(bugs) or _colours(program.window.grab().toImage()) > _COLOURS, "空白")
        _to_paper(place)
        program.window.close()
        application.processEvents()
        program.end()
    finally:
        sys.excepthook = before
    must(not bugs, "\n".join(bugs))


def until(true: Callable[[], bool], what: str) -> None:
    """Let the window work until something is so; raises `SelfTestError` when it never is."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    end = time.monotonic() + _PATIENCE
    while not true():
        must(time.monotonic() < end, what)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def _colours(picture: object) -> int:
    from PySide6.QtGui import QImage

    assert isinstance(picture, QImage)
    steps = (range(0, picture.width(), 7), range(0, picture.height(), 7))
    return len({picture.pixel(x, y) for x in steps[0] for y in steps[1]})


def _to_paper(place: Path) -> None:
    """The way to a printer as far as it goes without one: Qt's own PDF device."""
    from PySide6.QtPrintSupport import QPrinter

    from lanling_desktop.printing import preview
    from ui.print_process import PrintProcess
    from ui.printer import Job, print_pdf
    from ui.widgets.work import Progress

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    out = place / "打印.pdf"
    printer.setOutputFileName(str(out))
    job = Job((place / "党员花名册.pdf").read_bytes(), "党员花名册")
    sent = print_pdf(job, printer, lambda _done, _of, _what: None)
    must(sent.pages == preview.page_count(out.read_bytes()), "打印出来的页数不对")
    with PrintProcess(Progress(lambda _done, _of, _what: None)) as press:
        known = press.ask("names")  # a PC may have none; the other process must answer
    must(isinstance(known, list), "打印用的另一个进程没有应答")
