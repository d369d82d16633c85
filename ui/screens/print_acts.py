"""Printing and saving a paper from a screen: the last printer without asking, a choice in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.exchange.files import safe_file_name
from lanling_desktop.printing.files import write_whole
from lanling_desktop.printing.paper import Printed
from ui import files, printer
from ui.screens.bars import ChooseBar
from ui.screens.in_place import Working
from ui.session import Session
from ui.widgets.work import Progress

Filed = Callable[[Progress], Printed]
"""Gives the paper as it is in the print log; called in the worker's thread."""

_NAME = "printer/name"


class PrintActs(QObject):
    """Sends papers to the printer used last; asks which one in a bar of the screen."""

    printed = Signal(object)  # Printed

    def __init__(self, session: Session, work: Working, chooser: ChooseBar, owner: QWidget) -> None:
        super().__init__(owner)
        self._session = session
        self._work = work
        self._chooser = chooser
        self._owner = owner
        self._filed: Filed | None = None
        chooser.chosen.connect(self._chosen)

    @property
    def printer_name(self) -> str:
        """The printer used last, empty before the first print."""
        return str(self._session.settings.value(_NAME, "") or "")

    def print(self, filed: Filed) -> None:
        """Print on the printer used last; the first time, and when it is gone, ask which."""
        self._filed = filed
        wanted = self.printer_name

        def job(progress: Progress) -> Printed | list[str]:
            known = printer.names()
            if known and wanted not in known:
                return known
            paper = filed(progress)
            if not known:
                raise _no_printer(paper)
            printer.print_pdf(paper.pdf, printer.device(wanted), paper.title, progress.step)
            return paper

        self._work.run("正在打印", job, self._done, stopped="已取消，后面的页没有打印")

    def choose(self, filed: Filed) -> None:
        """Ask which printer, then print."""
        self._filed = filed
        self._work.run("正在查看打印机", lambda _: printer.names(), self._done)

    def save(self, name: str, filed: Filed) -> None:
        """Write the PDF where the clerk says; the file is whole or not there."""
        path = files.ask_save(
            self._owner,
            "存为 PDF",
            self._session.settings,
            safe_file_name(name, ".pdf"),
            files.PDF,
        )
        if path is None:
            return

        def job(progress: Progress) -> tuple[Printed, Path]:
            paper = filed(progress)
            write_whole(path, paper.pdf)
            return paper, path

        self._work.run("正在存为 PDF", job, self._saved)

    def _done(self, result: Printed | list[str]) -> None:
        if isinstance(result, Printed):
            said = f"已送到打印机 {self.printer_name}：{result.title}，打印编号 {result.number}"
            self._session.notifier.say(said)
            self.printed.emit(result)
        elif not result:
            assert self._filed is not None
            self.print(self._filed)  # says that there is none, and keeps the paper
        else:
            offers = [(name, name) for name in result]
            self._chooser.choose("打印到哪台打印机", offers, self.printer_name)

    def _saved(self, result: tuple[Printed, Path]) -> None:
        paper, path = result
        self._session.notifier.say(f"已存为 {path}，打印编号 {paper.number}")
        self.printed.emit(paper)

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self._session.settings.setValue(_NAME, name)
        if self._filed is not None:
            self.print(self._filed)


def _no_printer(paper: Printed) -> OfficeError:
    return OfficeError(
        "这台电脑上没有装打印机，没有打出来",
        f"这份表已按打印编号 {paper.number} 存进“打印与归档”，没有丢",
        "装好打印机后到“打印与归档”重印；或按 Ctrl+S 存为 PDF，拿到别处打印",
    )
