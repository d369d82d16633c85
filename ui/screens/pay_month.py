"""工资月份: the sheet clerks know; who changes is typed over it, each figure says where it is from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, View
from lanling_desktop.core.records import AnyRow
from lanling_desktop.salary import rules
from lanling_desktop.salary.sheet import Month, amounts_of, money, month_of
from lanling_desktop.salary.typed import Typed, pasted, understood
from lanling_desktop.salary.used import inputs_back
from ui import theme
from ui.screens.acts import ListActs
from ui.screens.bars import AskBar
from ui.screens.pay_acts import PayActs
from ui.screens.pay_lines import PayLines
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.paged_table import Column, PagedTable
from ui.widgets.pages import words
from ui.widgets.plain_rows import PlainRows, Toned
from ui.widgets.work import Cancelled

REGISTER = "pay_run"
_COLUMNS = (
    Column("序号", 42, numeric=True), Column("姓名", 78), Column("岗位", 70),
    Column("等级", 42, numeric=True), Column("考核", 52), Column("基本工资", 76, numeric=True),
    Column("绩效", 74, numeric=True), Column("津贴", 60, numeric=True),
    Column("其他", 68, numeric=True), Column("应发", 76, numeric=True),
    Column("三险一金", 70, numeric=True), Column("个税", 56, numeric=True),
    Column("其他扣", 56, numeric=True), Column("实发", 76, numeric=True),
    Column("比上月", 78, numeric=True), Column("变动原因", 150),
)  # fmt: skip
_DIFFERENCE = 14
_LARGE = 150  # from this text scale on sheet and lines take turns
_NEXT = {
    rules.CALCULATED: "审核通过",
    rules.REVIEWED: "审批通过",
    rules.APPROVED: "今天发放",
    rules.PAID: "归档",
}
_WATCHED = {"pay_run", "pay_slip", "pay_line"}


class Sheet(PagedTable):
    """The sheet: what is typed on it goes to the quick box."""

    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters, figures and signs begin a line of the quick box."""
        text = event.text()
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        keypad = Qt.KeyboardModifier.KeypadModifier
        if text and text.isprintable() and not text.isspace() and held in (_NONE, keypad):
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)


_NONE = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True)
class Shown:
    """A month with the texts of its sheet, read beside the screen: a thousand rows take a while."""

    month: Month
    rows: list[tuple[str, ...]]


def read_month(office: Office, run_id: str) -> Shown:
    """A month as its screen shows it. Raises `OfficeError` before it has been worked out."""
    month = month_of(office, run_id)
    return Shown(month, [(each.id, *_texts(month, each)) for each in month.slips])


class PayMonthScreen(QWidget):
    """One month of pay, from the first calculation to the archive."""

    finished = Signal()
    help_topic = "pay"

    def __init__(
        self,
        session: Session,
        run_id: str,
        shown: Shown | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session, self.run_id = session, run_id
        self.shown = shown or read_month(session.office, run_id)
        self.writes = session.office.writes(REGISTER)
        self.only_changed = False
        self.title, self.sums = QLabel(self), words("", "quiet")
        self.table = Sheet("pay_month", session.settings, parent=self)
        self.table.setAccessibleName("工资表")
        self.table.empty_text = "没有与上月不同的"
        self.below = PayLines(session, self)
        self.lines = self.below.table
        self.quick = AskBar("快录", "记下", self)
        register = session.office.registers[REGISTER]
        self.doing = PayActs(self)
        self.acts = ListActs(session, register, lambda: (View(REGISTER), run_id), self)
        self._build()
        self._connect()
        self._show()

    # Made

    def _build(self) -> None:
        self.again = theme.button("重算", key="F5", parent=self)
        self.next = theme.button("", "primary", key="F9", parent=self)
        self.changes = theme.button("只看变动", key="F3", parent=self)
        self.print = theme.button("打印", key="Ctrl+P", parent=self)
        self.other = theme.button("打印别的", key="Ctrl+Shift+P", parent=self)
        self.more = theme.button("办理", key="F7", parent=self)
        self.back = theme.button("返回(Esc)", parent=self)
        self.title.setProperty("kind", "head")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        head = QWidget(self)
        top = FlowLayout(head, theme.px(8), theme.px(4))
        for each in (self.title, self.next, self.again, self.changes, self.print, self.other):
            top.addWidget(each)
        for each in (self.more, self.back):
            top.addWidget(each)
        self.hint = words(
            "直接打字快录：zs 95　张三优　+200 事由　-50 事由　Ctrl+V 粘贴考核", "quiet"
        )
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(self.below)
        self.split.setSizes([450, 160])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(12)] * 4)
        layout.setSpacing(theme.px(6))
        for each in (head, self.sums, self.quick, self.acts.papers):
            layout.addWidget(each)
        layout.addWidget(self.split, 1)
        layout.addWidget(self.hint)
        self.table.setItemDelegate(Toned(self._tones, self.table))

    def _connect(self) -> None:
        self.again.clicked.connect(self.doing.calculate)
        self.next.clicked.connect(self.doing.go_on)
        self.changes.clicked.connect(self.turn)
        self.print.clicked.connect(self.acts.print)
        self.other.clicked.connect(self.acts.print_other)
        self.more.clicked.connect(
            partial(self.session.record_requested.emit, REGISTER, self.run_id)
        )
        self.back.clicked.connect(self._leave)
        self.table.typed.connect(self.begin_quick)
        self.table.current_changed.connect(self._look_at)
        self.table.opened.connect(self._to_lines)
        self.quick.box.textChanged.connect(self._understand)
        self.quick.given.connect(self._given)
        self.quick.closed.connect(self.enter)
        self.acts.papers.closed.connect(self.enter)
        self.session.changed.connect(self._changed)
        for each in (self.table, self.lines):  # in the quick box Esc is the box's own
            leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), each)
            leave.setContext(Qt.ShortcutContext.WidgetShortcut)
            leave.activated.connect(self._leave)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.table)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)
        paste.activated.connect(self.paste)

    def begin(self) -> None:
        """The screen came into sight."""
        (self.focusWidget() or self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        """For F6."""
        return [self.table, self.lines]

    @Slot()
    def enter(self) -> None:
        """The focus onto the sheet."""
        _fit(self)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Shown

    @property
    def month(self) -> Month:
        """The month as it is shown."""
        return self.shown.month

    def _show(self) -> None:
        run, slips = self.month.run, self.month.slips
        self.title.setText(f"{run.title}　{run.status}{'　演示' if run.demo else ''}")
        changed = sum(1 for each in slips if each.difference)
        left = f"　没有认定等级、未列入：{run.left_out}" if run.left_out else ""
        self.sums.setText(
            f"{run.people} 人　应发 {money(run.gross)}　扣款 {money(run.deductions)}"
            f"　实发 {money(run.net)}　单位缴纳 {money(run.employer)}"
            f"　与上月不同 {changed} 人{left}"
        )
        shown = [each for each in slips if each.difference or not self.only_changed]
        keys = {each.id for each in shown}
        rows = [row for row in self.shown.rows if row[0] in keys]
        self.table.show_rows(PlainRows(_COLUMNS, rows))
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        verb = _NEXT.get(run.status, "") if self.writes else ""
        self.next.setVisible(bool(verb))
        _retitle(self.next, verb, "F9")
        _retitle(self.changes, "看全部" if self.only_changed else "只看变动", "F3")
        self.again.setVisible(self.writes)
        self.again.setEnabled(run.status in (rules.DRAFT, rules.CALCULATED))
        self._look_at()
        _fit(self, reading=self.lines.hasFocus())

    def _tones(self, row: int, column: int) -> tuple[theme.Token | None, theme.Token | None]:
        """What differs from last month stands out, in words as well: + and -."""
        texts = self.table.rows.row_texts(row) if column == _DIFFERENCE else ()
        return (theme.RED if texts and texts[_DIFFERENCE] else None), None

    @Slot()
    def _look_at(self) -> None:
        key = self.table.record_id()
        slip = next((each for each in self.month.slips if each.id == key), None)
        self.below.show_slip(self.month, slip)

    @Slot()
    def turn(self) -> None:
        """Only who differs from last month; or everybody again."""
        self.only_changed = not self.only_changed
        self._show()

    @Slot()
    def _to_lines(self) -> None:
        _fit(self, reading=True)
        self.below.enter()

    @Slot()
    def _leave(self) -> None:
        """Esc: from the lines to the sheet, from the sheet to the list of months."""
        if self.lines.hasFocus():
            self.enter()
        else:
            self.finished.emit()

    # Typed over the sheet

    @property
    def people(self) -> list[tuple[str, str]]:
        """Worker and name of everybody on the sheet, in its order."""
        return [(each.worker_id, each.name or "") for each in self.month.slips]

    def _read(self, text: str) -> Typed:
        key = self.table.record_id()
        slip = next((each for each in self.month.slips if each.id == key), None)
        current = (slip.worker_id, slip.name or "") if slip is not None else None
        return understood(text, self.people, current)

    def _may_change(self) -> bool:
        """Whether anything can be typed over the sheet; says why not."""
        run = self.month.run
        if not self.writes:
            self.session.notifier.say("您的账户只能查看工资，不能改动")
        elif run.status not in (rules.DRAFT, rules.CALCULATED):
            self.session.notifier.say(f"{run.title}{run.status}，不能再改")
        else:
            return True
        return False

    @Slot(str)
    def begin_quick(self, text: str = "") -> None:
        """The quick box comes up with what was typed on the sheet."""
        if not self._may_change():
            return
        self.quick.ask("快录", "zs 95　张三优　+200 事由")
        self.quick.box.setText(text)
        _fit(self)

    @Slot(str)
    def _understand(self, text: str) -> None:
        if not text.strip() or self.quick.isHidden():
            self.quick.say("")
            return
        said = self._read(text)
        self.quick.say(said.words, "wrong" if said.problem else "quiet")
        if len(said.people) == 1:
            self._go_to(said.people[0][0])

    def _go_to(self, worker_id: str) -> None:
        key = next(each.id for each in self.month.slips if each.worker_id == worker_id)
        shown = range(self.table.rows.rowCount())
        at = next((row for row in shown if self.table.rows.record_id(row) == key), None)
        if at is not None:
            self.table.selectRow(at)

    @Slot(str)
    def _given(self, text: str) -> None:
        said = self._read(text)
        if said.problem or len(said.people) != 1:
            self.begin_quick(text)
            return
        if not said.says:
            return
        self.doing.write(said.people[0][0], said)

    @Slot()
    def paste(self) -> None:
        """A block of scores out of Excel; all of it or nothing."""
        if not self._may_change():
            return
        found = pasted(QGuiApplication.clipboard().text(), self.people)
        if found.problems or not found.scores:
            more = f"，另有 {len(found.problems) - 2} 处" if len(found.problems) > 2 else ""
            what = "；".join(found.problems[:2]) or "剪贴板里没有姓名和分数"
            trouble = OfficeError(
                f"{what}{more}", "没有改动任何数据", "请在 Excel 里选中姓名和分数两列，复制后再粘贴"
            )
            self.session.notifier.trouble(trouble)
            return
        self.doing.rescore(dict(found.scores))

    # Read again

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if not shiboken6.isValid(self) or (changes.records and not _WATCHED & changes.tables):
            return
        office, run = self.session.office, self.run_id
        self.session.reader.run(lambda _: read_month(office, run), self._read_again, self._gone)

    def _read_again(self, shown: Shown) -> None:
        if shiboken6.isValid(self):
            self.shown = shown
            self.next.setEnabled(True)
            self._show()

    def _gone(self, error: BaseException) -> None:
        if isinstance(error, Cancelled) or not shiboken6.isValid(self):
            return
        if not isinstance(error, OfficeError):
            raise error
        self.finished.emit()  # it was taken back


def _fit(screen: PayMonthScreen, *, reading: bool = False) -> None:
    """In large text the sheet has the room: the lines come when Enter asks for them."""
    large, typing = theme.scale() >= _LARGE, not screen.quick.isHidden()
    can = screen.writes and screen.month.run.status in (rules.DRAFT, rules.CALCULATED)
    screen.below.setVisible(reading or not large)
    screen.table.setVisible(not (reading and large))
    screen.sums.setVisible(not (typing and large))
    screen.hint.setVisible(can and not typing and not reading)


def _retitle(button: QPushButton, text: str, key: str) -> None:
    button.setText(f"{text}({key})")
    button.setShortcut(key)  # Qt drops it with the words
    button.setAccessibleName(text)


def _texts(month: Month, slip: AnyRow) -> tuple[str, ...]:
    """A row of the sheet."""
    said = inputs_back(slip.inputs)
    basic, performance, certificate, other, gross, *rest = amounts_of(month, slip)
    insured, tax, less, net = sum(rest[:4]), rest[4], rest[5], rest[7]
    score = said.result or (f"{said.percent}%" if said.percent is not None else "")
    difference = slip.difference or 0
    return (
        str(slip.position),
        slip.name or "",
        slip.post or "",
        str(slip.grade or ""),
        score,
        *map(money, (basic, performance, certificate, other, gross, insured, tax, less, net)),
        ("+" if difference > 0 else "") + money(difference),
        (slip.why or "") if difference else "",
    )
