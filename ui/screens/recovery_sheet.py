"""密钥恢复单: made, shown, printed, and then gone from this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lanling_desktop.accounts import actions
from lanling_desktop.accounts.papers import recovery_sheet
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing import preview
from lanling_desktop.printing.files import write_whole
from ui import files, print_process, theme
from ui.printer import Job
from ui.screens.bars import ChooseBar
from ui.session import Session
from ui.widgets.pages import words
from ui.widgets.pdf_view import WHOLE, PdfView
from ui.widgets.work import Progress

_TITLE = "密钥恢复单"


class RecoverySheet(QWidget):
    """The sheet on the screen once. What is left without printing it is asked about."""

    finished = Signal()
    help_topic = "password"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._pdf = b""
        self.view = PdfView(session.reader, self)
        self.view.zoom = WHOLE
        self.words = words(
            "这张单子只在这里显示一次。打印出来密封，锁进保险柜；以前的恢复单从现在起作废。", "note"
        )
        self.chooser = ChooseBar("打印机", self)
        self.chooser.chosen.connect(self._print_on)
        self.back = theme.button("已经放好，返回(Esc)", parent=self)
        self.back.clicked.connect(self.finished)
        self.save = theme.button("存为 PDF", key="Ctrl+S", parent=self)
        self.save.clicked.connect(self.save_pdf)
        self.send = theme.button("打印(Enter)", "primary", parent=self)
        self.send.setShortcut("Ctrl+P")
        self.send.clicked.connect(self.print)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for each in (self.back, self.save, self.send):
            foot.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(16)] * 4)
        layout.addWidget(words(_TITLE, "head"))
        layout.addWidget(self.words)
        layout.addWidget(self.chooser)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)

    def begin(self) -> None:
        """Make the key and draw the sheet. Raises `OfficeError` where one may not."""
        if not self._pdf:
            self._pdf = recovery_sheet(
                self.session.office, actions.new_recovery(self.session.office)
            )
            self.view.show_pdf(self._pdf, preview.page_sizes(self._pdf))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def print(self) -> None:
        """On the system's printer; asked for where there are several."""

        def job(progress: Progress) -> list[str]:
            with print_process.PrintProcess(progress) as press:
                known: list[str] = press.ask("names")
                return known

        self.session.printing.run(job, self._known, self._failed, text="正在查看打印机")

    def _known(self, names: list[str]) -> None:
        if not names:
            self.session.notifier.trouble(
                OfficeError(
                    "这台电脑没有装打印机",
                    "恢复单还在这里，没有存到别处",
                    "请按 Ctrl+S 存到 U 盘，到别的电脑打印后把 U 盘上的删掉",
                )
            )
        elif len(names) == 1:
            self._print_on(names[0])
        else:
            self.chooser.choose("用哪台打印机", [(each, each) for each in names])

    @Slot(str)
    def _print_on(self, name: str) -> None:
        pdf = self._pdf

        def job(progress: Progress) -> object:
            with print_process.PrintProcess(progress) as press:
                return press.ask("print_on", name, Job(pdf, _TITLE))

        self.session.printing.run(job, self._printed, self._failed, text="正在打印")

    def _printed(self, _sent: object) -> None:
        self.session.notifier.say("恢复单已送到打印机，请马上取走")

    def _failed(self, error: BaseException) -> None:
        from ui.crash import say_or_report

        if isinstance(error, OfficeError):  # it is kept nowhere but on the screen
            safe = "恢复单还在屏幕上，没有存到别处"
            error = OfficeError(error.what, safe, "请看看打印机再按打印，或按 Ctrl+S 存到 U 盘")
        say_or_report(self.session.notifier, error)

    @Slot()
    def save_pdf(self) -> None:
        """To a file, for an office without a printer."""
        path = files.ask_save(self, "存为 PDF", self.session.settings, f"{_TITLE}.pdf", files.PDF)
        if path:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the sheet to a file, and say what becomes of it."""
        try:
            write_whole(path, self._pdf)
        except OfficeError as trouble:
            self.session.notifier.trouble(trouble)
            return
        self.session.notifier.say(f"已存到 {path.name}；打印后请把这个文件删掉")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter prints, Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.print()
        elif event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
        else:
            super().keyPressEvent(event)
