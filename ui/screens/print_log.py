"""打印与归档: every paper that left the office, to print again as it was and to tell a true one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing import preview as pictures
from lanling_desktop.printing.paper import (
    LogLine,
    Printed,
    Verdict,
    check_print,
    print_log,
    reprint,
)
from ui import theme
from ui.screens.bars import ChooseBar
from ui.screens.in_place import TroubleBox, Working
from ui.screens.print_acts import PrintActs
from ui.session import Session
from ui.widgets.boxes import LineBox
from ui.widgets.flow import FlowLayout
from ui.widgets.messages import announce
from ui.widgets.paged_table import Column, PagedTable
from ui.widgets.pdf_view import WHOLE, PdfView
from ui.widgets.plain_rows import PlainRows
from ui.widgets.work import Progress

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COLUMNS = (
    Column("打印编号", 104),
    Column("时间", 132),
    Column("打印人", 76),
    Column("表名", 180),
    Column("版本", 68),
    Column("校验码", 92),
)
_LINES = 1000


class PrintLogScreen(QWidget):
    """Enter or Ctrl+P prints the current paper again, Ctrl+S saves it, F2 checks a brought one."""

    finished = Signal()
    help_topic = "print"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._shown = ""
        self.setAccessibleName("打印与归档")
        self.trouble = TroubleBox(self)
        self.work = Working(session, self.trouble, self)
        self.chooser = ChooseBar("选择打印机", self)
        self.acts = PrintActs(session, self.work, self.chooser, self)
        self.table = PagedTable(
            "print_log", session.settings, empty_text="还没有打印过", parent=self
        )
        self.table.setAccessibleName("打印记录")
        self.view = PdfView(session.reader, self)
        self.view.zoom = WHOLE
        self.check = CheckBar(session, self)
        self.again = theme.button("重印(Ctrl+P)", "primary", parent=self)
        self.again.setShortcut("Ctrl+P")
        self.save = theme.button("存为 PDF", key="Ctrl+S", parent=self)
        self.other = theme.button("换打印机…", parent=self)
        self._build()
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self.print)
        self.again.clicked.connect(self.print)
        self.save.clicked.connect(self.save_pdf)
        self.other.clicked.connect(self.choose_printer)
        self.check.found.connect(self._go_to)
        self.chooser.closed.connect(self._to_table)

    def _build(self) -> None:
        head = QLabel("打印与归档", self)
        head.setProperty("kind", "head")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(head)
        line.addStretch(1)
        line.addWidget(self.work)
        for each in (self.other, self.save, self.again):
            line.addWidget(each)
        body = QHBoxLayout()
        body.setSpacing(theme.px(12))
        body.addWidget(self.table, 3)
        body.addWidget(self.view, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        layout.setSpacing(theme.px(8))
        layout.addLayout(line)
        layout.addWidget(self.trouble)
        layout.addWidget(self.chooser)
        layout.addWidget(self.check)
        layout.addLayout(body, 1)

    def begin(self) -> None:
        """Come into sight with the latest prints."""
        self.reload()
        self._to_table()

    def reload(self) -> None:
        """Read the log."""
        office = self.session.office
        self.session.reader.run(lambda _: print_log(office, _LINES), self._show, self._say)

    def _show(self, lines: Sequence[LogLine]) -> None:
        rows = [
            (e.number, e.number, e.at[:16], e.actor, e.title, e.edition, e.check_code)
            for e in lines
        ]
        self.table.show_rows(PlainRows(_COLUMNS, rows))
        if rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        for each in (self.again, self.save, self.other):
            each.setEnabled(bool(rows))
            each.setToolTip("" if rows else "还没有打印过")

    @Slot()
    def _show_current(self) -> None:
        number = self.table.record_id()
        if number is None or number == self._shown:
            return
        self._shown = str(number)
        office = self.session.office

        def job(_progress: Progress) -> tuple[Printed | None, list[tuple[float, float]]]:
            paper = reprint(office, self._shown)
            return paper, pictures.page_sizes(paper.pdf) if paper else []

        self.session.reader.run(job, self._show_paper, self._say)

    def _show_paper(self, result: tuple[Printed | None, list[tuple[float, float]]]) -> None:
        paper, sizes = result
        if paper is None:
            self.view.clear("这份太大，没有存档")
        elif paper.number == self._shown:
            self.view.show_pdf(paper.pdf, sizes)

    def _say(self, error: BaseException) -> None:
        if not isinstance(error, OfficeError):
            raise error
        self.trouble.show_trouble(error)

    # Again

    def _filed(self, _progress: Progress) -> Printed:
        number = self._shown
        paper = reprint(self.session.office, number)
        if paper is None:
            raise OfficeError(
                f"{number} 太大，当时没有存档，不能原样重印",
                "打印记录还在",
                "请回到那张名册，重新打印一份",
            )
        return paper

    @Slot()
    def print(self) -> None:
        """Print the current paper again, exactly as it was."""
        if self._shown and not self.work.busy:
            self.acts.print(self._filed)

    @Slot()
    def choose_printer(self) -> None:
        """Print it on another printer."""
        if self._shown and not self.work.busy:
            self.acts.choose(self._filed)

    @Slot()
    def save_pdf(self) -> None:
        """Write it to a file."""
        at = self.table.currentIndex().row()
        if self._shown and at >= 0 and not self.work.busy:
            texts = self.table.rows.row_texts(at)
            self.acts.save(f"{texts[3]} {texts[4]} {self._shown}", self._filed)

    @Slot(str)
    def _go_to(self, number: str) -> None:
        source = self.table.rows.source
        row = source.position(number) if isinstance(source, PlainRows) else None
        if row is not None:
            self.table.selectRow(row)

    @Slot()
    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 goes to the check, Esc stops what is going on and comes back to the list."""
        focused = self.focusWidget()
        if event.key() in _ENTER and isinstance(focused, QPushButton):
            focused.click()
        elif event.key() == Qt.Key.Key_F2:
            self.check.number.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            if self.work.busy:
                self.work.cancel()
            self._to_table()
        else:
            super().keyPressEvent(event)


class CheckBar(QFrame):
    """A number and a code off a paper in; whose paper it is, and how old, out."""

    found = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._session = session
        self.number, self.code = LineBox(self), LineBox(self)
        self.answer = QLabel(self)
        self.answer.setWordWrap(True)
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setAccessibleName("查验结果")
        self.verb = theme.button("查验(Enter)", parent=self)
        self.verb.clicked.connect(self.look)
        line = FlowLayout(None, theme.px(8), theme.px(4))
        head = QLabel("查验一份纸(F2)", self)
        head.setProperty("kind", "section")
        line.addWidget(head)
        boxes = ((self.number, "打印编号", "2026-00001"), (self.code, "校验码", "8 位"))
        for box, name, hint in boxes:
            caption = QLabel(name, self)
            caption.setBuddy(box)
            box.setAccessibleName(name)
            box.setPlaceholderText(hint)
            box.setFixedWidth(theme.px(128))
            box.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
            line.addWidget(caption)
            line.addWidget(box)
        line.addWidget(self.verb)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(8)] * 4)
        layout.setSpacing(theme.px(4))
        layout.addLayout(line)
        layout.addWidget(self.answer)
        self.answer.hide()

    @Slot()
    def look(self) -> None:
        """Look the paper up."""
        number, code, office = self.number.text(), self.code.text(), self._session.office
        if not number.strip() or not code.strip():
            self._say("请照纸上页脚填打印编号和校验码", "wrong")
            (self.code if number.strip() else self.number).setFocus()
            return

        def failed(error: BaseException) -> None:
            self._say(str(error), "wrong")

        self._session.reader.run(lambda _: check_print(office, number, code), self._tell, failed)

    def _tell(self, verdict: Verdict | None) -> None:
        if verdict is None:
            self._say(
                f"没有打印过编号 {self.number.text().strip()}：这份纸不是本台账打印的", "wrong"
            )
            return
        line = verdict.line
        if not verdict.genuine:
            said = f"编号 {line.number} 有记录，但校验码不符：这份纸不可信，请以台账为准"
            self._say(said, "wrong")
        else:
            words = [
                f"是真的：{line.at[:16]} 由{line.actor}打印的“{line.title}”{line.edition}",
                "打印以后记录没有改动"
                if not verdict.acts_since
                else f"打印以后台账又有 {verdict.acts_since} 次改动，最近一次是“{verdict.last_act}”",
                "存档的原件在右边，可以逐页比对" if verdict.kept else "当时太大，没有存档原件",
            ]
            self._say("；".join(words), "note" if verdict.acts_since else "done")
        self.found.emit(line.number)

    def _say(self, text: str, kind: str) -> None:
        theme.mark(self.answer, "kind", kind)
        self.answer.setText(text)
        self.answer.show()
        announce(self, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the code, then looks."""
        if event.key() in _ENTER and self.number.hasFocus() and not self.code.text():
            self.code.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in _ENTER:
            self.look()
        else:
            super().keyPressEvent(event)
