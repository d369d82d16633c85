"""方案对比: two schemes beside each other, cell by cell and by what a month would pay everybody."""

from __future__ import annotations

from datetime import date

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.values import convert
from lanling_desktop.printing.paper import Request
from lanling_desktop.salary import comparing
from lanling_desktop.salary.compare_paper import GRADING, MONTH, OTHER, signed, sum_of, texts_of
from lanling_desktop.salary.comparing import AS_DECIDED, BY_RULES, Comparison
from ui import theme
from ui.screens.bars import AskBar, ChooseBar
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.paged_table import Column, PagedTable
from ui.widgets.pages import words
from ui.widgets.plain_rows import PlainRows, Toned
from ui.widgets.work import Progress

PAPER = "scheme_compare"
_PEOPLE = (
    Column("姓名", 84), Column("岗位", 84), Column("等级", 64, numeric=True),
    Column("甲应发", 96, numeric=True), Column("乙应发", 96, numeric=True),
    Column("应发增减", 96, numeric=True), Column("甲实发", 96, numeric=True),
    Column("乙实发", 96, numeric=True), Column("实发增减", 96, numeric=True),
    Column("说明", 300),
)  # fmt: skip
_CELLS = (Column("不同之处", 300), Column("甲方案", 260), Column("乙方案", 260))
_MORE = (5, 8)
_MONTH = Field("月份", Kind.DATE, required=True, month_enough=True)


class SchemeCompareScreen(QWidget):
    """Two schemes and a month by both; nothing of it is kept."""

    finished = Signal()
    help_topic = "pay"

    def __init__(self, session: Session, scheme_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.scheme_id = session, scheme_id
        self.other = comparing.resolved(session.office, "", scheme_id)
        self.month: date = comparing.usual_month(session.office)
        self.grading = AS_DECIDED
        self.found: Comparison | None = None
        self._asked = 0  # the answer that is waited for
        self.title = QLabel("方案对比", self)
        self.who, self.sums = words("正在测算", "quiet"), words("", "strong")
        self.people = PagedTable("scheme_people", session.settings, parent=self)
        self.people.setAccessibleName("各人工资")
        self.people.empty_text = "这个月没有认定了等级的人"
        self.cells = PagedTable("scheme_cells", session.settings, parent=self)
        self.cells.setAccessibleName("方案不同之处")
        self.cells.empty_text = "两个方案各格都相同"
        self.choice = ChooseBar("和哪个方案比", self)
        self.asks = AskBar("测算哪个月", "测算", self)
        self._build()
        self._connect()
        self.work_out()

    def _build(self) -> None:
        self.change = theme.button("换方案", key="F2", parent=self)
        self.other_month = theme.button("换月份", key="F3", parent=self)
        self.regrade = theme.button("重新定级", key="F4", parent=self)
        self.print = theme.button("打印", "primary", key="Ctrl+P", parent=self)
        self.back = theme.button("返回(Esc)", parent=self)
        self.title.setProperty("kind", "head")
        head = QWidget(self)
        top = FlowLayout(head, theme.px(8), theme.px(4))
        for each in (self.title, self.print, self.change, self.other_month, self.regrade):
            top.addWidget(each)
        top.addWidget(self.back)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.people)
        self.split.addWidget(self.cells)
        self.split.setSizes([360, 220])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(12)] * 4)
        layout.setSpacing(theme.px(6))
        for each in (head, self.who, self.sums, self.choice, self.asks):
            layout.addWidget(each)
        layout.addWidget(self.split, 1)
        self.people.setItemDelegate(Toned(self._tones, self.people))

    def _connect(self) -> None:
        self.change.clicked.connect(self._choose)
        self.other_month.clicked.connect(self._ask_month)
        self.regrade.clicked.connect(self._turn)
        self.print.clicked.connect(self._print)
        self.back.clicked.connect(self.finished)
        self.choice.chosen.connect(self._chosen)
        self.choice.closed.connect(self.begin)
        self.asks.given.connect(self._given)
        self.asks.closed.connect(self.begin)
        for each in (self.people, self.cells):
            leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), each)
            leave.setContext(Qt.ShortcutContext.WidgetShortcut)
            leave.activated.connect(self.finished)

    def begin(self) -> None:
        """The screen came into sight."""
        self.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        """For F6."""
        return [self.people, self.cells]

    # Worked out

    def work_out(self) -> None:
        """Both schemes on the month, behind the screen."""
        self._asked += 1
        asked, office = self._asked, self.session.office
        one, other, month, grading = self.scheme_id, self.other, self.month, self.grading

        def job(_progress: Progress) -> Comparison:
            return comparing.compare(office, one, other, month, grading)

        def came(found: Comparison) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self.found = found
                self._show(found)

        self.session.reader.run(job, came, self._trouble)

    def _trouble(self, error: BaseException) -> None:
        if not isinstance(error, OfficeError):
            raise error
        self.session.notifier.trouble(error)

    def _show(self, found: Comparison) -> None:
        marks = ["　示例" if each.is_example else "" for each in (found.one, found.other)]
        left = f"　没有认定等级、没有计入：{'、'.join(found.left_out)}" if found.left_out else ""
        self.who.setText(
            f"甲：{found.one.name}{marks[0]}　乙：{found.other.name}{marks[1]}\n"
            f"{found.month.year}年{found.month.month}月　{found.grading}　"
            f"{len(found.lines)} 人　只供比较，不记入工资{left}"
        )
        one, other, more, one_net, other_net, more_net = found.sums
        self.sums.setText(
            f"应发合计 甲 {sum_of(one)}　乙 {sum_of(other)}　增减 {signed(more)}\n"
            f"实发合计 甲 {sum_of(one_net)}　乙 {sum_of(other_net)}　增减 {signed(more_net)}"
        )
        rows = [(x.worker_id, *texts_of(x), x.trouble) for x in found.lines]
        self.people.show_rows(PlainRows(_PEOPLE, rows))
        cells = [
            (at, x.place, x.before or "无", x.after or "无")
            for at, x in enumerate(found.differences)
        ]
        self.cells.show_rows(PlainRows(_CELLS, cells))
        for each in (self.people, self.cells):
            if not each.currentIndex().isValid():
                each.selectRow(0)
        again = "按现在等级" if self.grading == BY_RULES else "重新定级"
        self.regrade.setText(f"{again}(F4)")
        self.regrade.setShortcut("F4")
        self.regrade.setAccessibleName(again)

    def _tones(self, row: int, column: int) -> tuple[theme.Token | None, theme.Token | None]:
        """What is more or less stands out, by its sign as well."""
        text = str(self.people.rows.row_texts(row)[column]) if column in _MORE else ""
        return (theme.RED if text.startswith(("+", "-")) else None), None

    # Asked

    @Slot()
    def _choose(self) -> None:
        offers = comparing.offers(self.session.office, self.scheme_id)
        self.choice.choose("和哪个方案比", [(x.id, x.title) for x in offers], self.other)

    @Slot(str)
    def _chosen(self, scheme_id: str) -> None:
        self.other = scheme_id
        self.work_out()

    @Slot()
    def _ask_month(self) -> None:
        self.asks.ask("测算哪个月", "如 2026-07", f"{self.month:%Y-%m}")
        self.asks.box.selectAll()

    @Slot(str)
    def _given(self, typed: str) -> None:
        said = convert(_MONTH, typed, self.session.office.today)
        if said.problem or said.value is None:
            self.asks.ask("测算哪个月", "如 2026-07", typed)
            self.asks.say(said.problem or "请填月份，如 2026-07", "wrong")
            return
        self.month = said.value.replace(day=1)
        self.work_out()

    @Slot()
    def _turn(self) -> None:
        """Grades as they were decided, or as each scheme's own rules give them."""
        self.grading = AS_DECIDED if self.grading == BY_RULES else BY_RULES
        self.work_out()

    @Slot()
    def _print(self) -> None:
        said = {OTHER: self.other, MONTH: f"{self.month:%Y-%m}", GRADING: self.grading}
        request = Request(record_id=self.scheme_id, arguments=said)
        self.session.paper_requested.emit(PAPER, request)
