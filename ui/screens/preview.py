"""A paper before it is printed: its pages as they will come out, and the keys that send them off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop import catalogue
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.printing import preview as pictures
from lanling_desktop.printing.paper import (
    Draft,
    Paper,
    Printed,
    Request,
    draw_paper,
    file_paper,
)
from ui import theme
from ui.screens.bars import ChooseBar
from ui.screens.in_place import TroubleBox, Working
from ui.screens.paper_asks import PaperAsks
from ui.screens.print_acts import PrintActs
from ui.screens.print_sides import PrintSides
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.pdf_view import FULL, WHOLE, WIDTH, PdfView
from ui.widgets.value_editors import DateEditor
from ui.widgets.work import Progress

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ZOOMS = ((WIDTH, "页宽"), (WHOLE, "整页"), (FULL, "100%"))
_ZOOM = "preview/zoom"
_ROOMY = 150  # from this text scale on the printer's name is only in the tip


@dataclass
class _Sheet:
    """A drawn paper; once printed or saved it stays the paper of that number."""

    draft: Draft
    sizes: list[tuple[float, float]]
    printed: Printed | None = None


class PreviewScreen(QWidget):
    """Enter or Ctrl+P prints, Ctrl+S saves, Esc goes back; edition, day and answers redraw.

    F2 goes to the first thing the paper asks for.
    """

    finished = Signal()
    help_topic = "print"

    def __init__(
        self,
        session: Session,
        paper_key: str,
        request: Request | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.paper: Paper = catalogue.papers()[paper_key]
        self.request = request or Request()
        if self.request.edition not in self.paper.editions:
            self.request = replace(self.request, edition=self.paper.editions[0])
        self._sheet: _Sheet | None = None
        self._print_when_drawn = False
        self._again = False
        self.setAccessibleName(f"打印预览：{self.paper.title}")
        self.trouble = TroubleBox(self)
        self.work = Working(session, self.trouble, self)
        self.chooser = ChooseBar("选择打印机", self)
        self.view = PdfView(session.reader, self)
        self.acts = PrintActs(session, self.work, self.chooser, self)
        self.pages = QLabel(self)
        self.pages.setProperty("kind", "quiet")
        self._editions = QButtonGroup(self)
        self._zooms = QButtonGroup(self)
        said = Field("截至", Kind.DATE, help="按这一天的情况印")
        self.day = DateEditor(said, lambda: session.office.today, self)
        self.day.set_value(_day_of(self.request, self.session.office.today))
        self.asks = PaperAsks(session, self.paper, self.request, self)
        self.request = self.asks.of(self.request)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.view.zoom = str(self.session.settings.value(_ZOOM, WIDTH))
        self.top = QWidget(self)
        line = FlowLayout(self.top, theme.px(20), theme.px(4))
        for group in self._groups():
            line.addWidget(group)
        self.back = theme.button("返回(Esc)", parent=self)
        self.other = theme.button("换打印机…", parent=self)
        self.save = theme.button("存为 PDF", key="Ctrl+S", parent=self)
        self.send = theme.button("打印(Enter)", "primary", parent=self)
        self.send.setShortcut("Ctrl+P")
        self.printer = QLabel(self)
        self.printer.setProperty("kind", "quiet")
        self.printer.setTextFormat(Qt.TextFormat.PlainText)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.pages)
        foot.addWidget(self.work)
        foot.addStretch(1)
        for each in (self.printer, self.back, self.other, self.save, self.send):
            foot.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.top)
        layout.addWidget(self.asks)
        layout.addWidget(self.trouble)
        layout.addWidget(self.chooser)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)
        self._show_printer()

    def _groups(self) -> Iterator[QWidget]:
        """What stands above the pages; in large text in more than one line."""
        head = QLabel(self.paper.title, self)
        head.setProperty("kind", "head")
        head.setMinimumHeight(theme.px(theme.CONTROL))
        yield head
        if len(self.paper.editions) > 1:
            current = self.request.edition
            yield _together(
                _choice(self._editions, each, each, current) for each in self.paper.editions
            )
        caption = QLabel("截至", self)
        caption.setBuddy(self.day.box)
        self.day.box.setAccessibleName("截至")
        self.day.setFixedWidth(theme.px(136))
        yield _together((caption, self.day))
        yield _together(_choice(self._zooms, key, title, self.view.zoom) for key, title in _ZOOMS)
        self.sides = PrintSides(self.acts, self)
        yield self.sides

    def _connect(self) -> None:
        self._editions.buttonClicked.connect(self._edition_chosen)
        self._zooms.buttonClicked.connect(self._zoom_chosen)
        self.day.left.connect(self._day_left)
        self.asks.answered.connect(self._answered)
        self.asks.done.connect(self._to_view)
        self.sides.chosen.connect(self._to_view)
        self.view.page_changed.connect(self._show_page)
        self.back.clicked.connect(self.finished)
        self.other.clicked.connect(self.choose_printer)
        self.save.clicked.connect(self.save_pdf)
        self.send.clicked.connect(self.print)
        self.chooser.closed.connect(self._to_view)
        self.acts.printed.connect(self._sent)
        self.work.ended.connect(self._settle)
        self.session.changed.connect(self._redraw)

    @property
    def draft(self) -> Draft | None:
        """The paper as drawn, None before."""
        return self._sheet.draft if self._sheet is not None else None

    def begin(self) -> None:
        """Come into sight: draw."""
        self._to_view()
        if self._sheet is None:
            self.draw()

    # Drawing

    @Slot()
    def draw(self) -> None:
        """Draw the paper as asked for; while it is being drawn, once more afterwards."""
        if self.work.busy:
            self._again = True
            return
        office, paper, request = self.session.office, self.paper, self.request
        self._sheet = None

        def job(progress: Progress) -> _Sheet:
            draft = draw_paper(office, paper, request, progress.step)
            return _Sheet(draft, pictures.page_sizes(draft.pdf))

        self.view.clear("正在排版")
        self.work.run(f"正在排版 {self.paper.title}", job, self._drawn)

    def _drawn(self, sheet: _Sheet) -> None:
        if self._again:
            return
        self._sheet = sheet
        self.view.show_pdf(sheet.draft.pdf, sheet.sizes)
        if self._print_when_drawn:
            self._print_when_drawn = False
            self.print()

    @Slot()
    def _settle(self) -> None:
        if self._again:
            self._again = False
            self.draw()
        elif self._sheet is None:
            self._print_when_drawn = False
            self.view.clear("没有排成")

    @Slot(object)
    def _sent(self, printed: Printed) -> None:
        """Show the paper that left; its number may have been taken meanwhile."""
        self._show_printer()
        if self._sheet is not None and printed.pdf != self._sheet.draft.pdf:
            self.view.show_pdf(printed.pdf, self._sheet.sizes)

    @Slot()
    def _redraw(self) -> None:
        if self.isVisible():
            self.draw()
        else:
            self._sheet = None

    def _ask_anew(self, request: Request) -> None:
        if request != self.request:
            self.request = request
            self.draw()

    @Slot(QAbstractButton)
    def _edition_chosen(self, button: QAbstractButton) -> None:
        self._ask_anew(replace(self.request, edition=button.objectName()))

    @Slot()
    def _day_left(self) -> None:
        day = self.day.value()
        if (
            self.day.problem
            or day is None
            or day == _day_of(self.request, self.session.office.today)
        ):
            return
        view = self.request.view
        self._ask_anew(
            replace(self.request, day=day, view=replace(view, day=day) if view else None)
        )

    @Slot()
    def _answered(self) -> None:
        self._ask_anew(self.asks.of(self.request))

    @Slot(QAbstractButton)
    def _zoom_chosen(self, button: QAbstractButton) -> None:
        self.session.settings.setValue(_ZOOM, button.objectName())
        self.view.set_zoom(button.objectName())
        self._to_view()

    # Sending off

    def _filed(self) -> Callable[[Progress], Printed]:
        """The paper in sight as it is in the log; entered there the first time it leaves.

        Held now: while a printer is asked, the clerk may turn to another paper or leave.
        """
        sheet, office = self._sheet, self.session.office
        assert sheet is not None

        def filed(progress: Progress) -> Printed:
            if sheet.printed is None:
                sheet.printed = file_paper(office, sheet.draft, progress.step)
            return sheet.printed

        return filed

    @Slot()
    def print(self) -> None:
        """Print; while it is still being drawn, as soon as it is."""
        if self._sheet is not None and not self.work.busy:
            self.acts.print(self._filed())
        elif self.work.busy and self._sheet is None:
            self._print_when_drawn = True
            self.session.notifier.say("排好版就打印")

    @Slot()
    def choose_printer(self) -> None:
        """Print on another printer."""
        if self._sheet is not None and not self.work.busy:
            self.acts.choose(self._filed())

    @Slot()
    def save_pdf(self) -> None:
        """Write the paper to a file."""
        if self._sheet is not None and not self.work.busy:
            day = _day_of(self.request, self.session.office.today)
            name = f"{self.paper.title} {self.request.edition} {day:%Y-%m-%d}"
            self.acts.save(name, self._filed())

    @Slot()
    def _show_printer(self) -> None:
        name = self.acts.printer_name
        said = f"打印机：{name}" if name else ""
        self.printer.setText(
            self.printer.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, theme.px(180))
        )
        self.printer.setVisible(bool(said) and theme.scale() < _ROOMY)
        self.printer.setToolTip(said)
        self.send.setToolTip("，".join(each for each in ("打印(Enter 或 Ctrl+P)", said) if each))

    @Slot(int, int)
    def _show_page(self, page: int, total: int) -> None:
        self.pages.setText(f"第 {page} 页，共 {total} 页" if total else "")

    @Slot()
    def _to_view(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter prints, or presses what has the focus; Esc stops or goes back."""
        focused = self.focusWidget()
        if event.key() in _ENTER and isinstance(focused, QPushButton):
            focused.click()
        elif event.key() in _ENTER and self.asks.isAncestorOf(focused or self):
            self.asks.enter()
        elif event.key() in _ENTER and self.day.box.hasFocus():
            self._to_view()
        elif event.key() in _ENTER:
            self.print()
        elif event.key() == Qt.Key.Key_F2:
            if not self.asks.focus_first():
                self.day.focus()
        elif event.key() == Qt.Key.Key_Escape and self.asks.opened:
            self.asks.close_ticks()
            self.asks.focus_first()
        elif event.key() == Qt.Key.Key_Escape:
            (self.work.cancel if self.work.busy else self.finished.emit)()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Drawing stops when the screen is left."""
        if not event.spontaneous() and self._sheet is None:
            self.work.cancel()
        super().hideEvent(event)


def _day_of(request: Request, today: date) -> date:
    """The day a paper is of."""
    return request.day or (request.view.day if request.view else None) or today


def _together(widgets: Iterable[QWidget]) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(8))
    for each in widgets:
        line.addWidget(each)
    return made


def _choice(group: QButtonGroup, key: str, title: str, current: str) -> QPushButton:
    made = theme.button(title)
    made.setCheckable(True)
    made.setObjectName(key)
    made.setChecked(key == current)
    group.addButton(made)
    return made
