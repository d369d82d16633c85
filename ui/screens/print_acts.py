"""Printing and saving a paper from a screen: the last printer without asking, a choice in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.exchange.files import safe_file_name
from lanling_desktop.printing.files import write_whole
from lanling_desktop.printing.paper import Printed
from ui import files, print_process
from ui.printer import Job, Sent
from ui.screens.bars import ChooseBar
from ui.screens.in_place import Working
from ui.session import Session
from ui.widgets.work import Progress

Filed = Callable[[Progress], Printed]
"""Gives the paper as it is in the print log; called in the worker's thread."""

_NAME, _SIDES = "printer/name", "printer/sides"
_ONE, _BOTH = "one", "both"
_DIALOG = "\tdialog"  # no printer can be called so


@dataclass(frozen=True, slots=True)
class _Out:
    """A paper that was handed to a printer; `sent` is None when its dialog was put away."""

    paper: Printed
    sent: Sent | None


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

    @property
    def both_sides(self) -> bool:
        """Whether papers are printed on both sides where the printer can, as 公文 are."""
        return str(self._session.settings.value(_SIDES, _BOTH) or _BOTH) == _BOTH

    def set_both_sides(self, both: bool) -> None:
        """Remember it for every paper."""
        self._session.settings.setValue(_SIDES, _BOTH if both else _ONE)

    def print(self, filed: Filed) -> None:
        """Print on the printer used last; the first time, and when it is gone, ask which."""
        self._filed = filed
        wanted, both_sides = self.printer_name, self.both_sides

        def job(progress: Progress) -> _Out | list[str]:
            with print_process.PrintProcess(progress) as press:
                known: list[str] = press.ask("names")
                if known and wanted not in known:
                    return known
                paper = filed(progress)
                if not known:
                    raise _no_printer(paper)
                sheets = Job(paper.pdf, _job_title(paper), both_sides)
                return _Out(paper, press.ask("print_on", wanted, sheets))

        self._run("正在打印", job)

    def choose(self, filed: Filed) -> None:
        """Ask which printer, then print."""
        self._filed = filed

        def job(progress: Progress) -> list[str]:
            with print_process.PrintProcess(progress) as press:
                known: list[str] = press.ask("names")
                return known

        self._run("正在查看打印机", job)

    def print_by_dialog(self, filed: Filed) -> None:
        """The system's own dialog: copies, trays, which pages on what."""
        wanted, both_sides = self.printer_name, self.both_sides

        def job(progress: Progress) -> _Out:
            paper = filed(progress)
            sheets = Job(paper.pdf, _job_title(paper), both_sides)
            with print_process.PrintProcess(progress) as press:
                return _Out(paper, press.ask("print_by_dialog", wanted, sheets, patient=True))

        self._run("正在打印", job)

    def _run(self, said: str, job: Callable[[Progress], _Out | list[str]]) -> None:
        stopped = "已取消，后面的页没有打印"
        self._work.run(said, job, self._done, worker=self._session.printing, stopped=stopped)

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

    def _done(self, result: _Out | list[str]) -> None:
        if isinstance(result, _Out):
            self._tell(result)
        elif not result:
            assert self._filed is not None
            self.print(self._filed)  # says that there is none, and keeps the paper
        else:
            offers = [(name, name) for name in result]
            offers.append((_DIALOG, "系统打印对话框（份数、纸盒）…"))
            self._chooser.choose("打印到哪台打印机", offers, self.printer_name)

    def _tell(self, out: _Out) -> None:
        paper, sent = out.paper, out.sent
        if sent is None:
            self._session.notifier.say(f"没有打印；{paper.title}已存档，打印编号 {paper.number}")
            return
        if sent.name:
            self._session.settings.setValue(_NAME, sent.name)
        said = f"已送到打印机 {self.printer_name}：{paper.title}，打印编号 {paper.number}"
        if sent.scale < 1:
            said += f"。打印机里的纸比这份表小，已缩到 {sent.scale:.0%}"
        self._session.notifier.say(said)
        self.printed.emit(paper)

    def _saved(self, result: tuple[Printed, Path]) -> None:
        paper, path = result
        self._session.notifier.say(f"已存为 {path}，打印编号 {paper.number}")
        self.printed.emit(paper)

    @Slot(str)
    def _chosen(self, name: str) -> None:
        if self._filed is None:
            return
        if name == _DIALOG:
            self.print_by_dialog(self._filed)
            return
        self._session.settings.setValue(_NAME, name)
        self.print(self._filed)


def _job_title(paper: Printed) -> str:
    """What the printer's queue shows: never a person's name."""
    return f"{paper.title} {paper.number}"


def _no_printer(paper: Printed) -> OfficeError:
    return OfficeError(
        "这台电脑上没有装打印机，没有打出来",
        f"这份表已按打印编号 {paper.number} 存进“打印与归档”，没有丢",
        "装好打印机后到“打印与归档”重印；或按 Ctrl+S 存为 PDF，拿到别处打印",
    )
