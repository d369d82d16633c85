"""今天要办: what is due, what is missing, whose day it is; each card opens the list behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Condition, View
from lanling_desktop.hall.board import Expected, Item, not_met, open_items
from ui import theme
from ui.screens.keeping import Keeping, to_say
from ui.screens.pressing import Pressing
from ui.screens.resume import HalfDone
from ui.session import Session
from ui.widgets.card_grid import CardGrid
from ui.widgets.cards import Card
from ui.widgets.pages import Page, words


@dataclass(frozen=True)
class Matter:
    """A card: which list it counts, and how it looks when there is something in it."""

    key: str
    icon: str
    words: str
    view: Callable[[date], View]
    tone: str = "plain"
    always: bool = True  # shown too when there is nothing in it
    part: str = ""  # of the follow-up board, which is opened in place of the list
    number: Callable[[Office], int] | None = None  # counted so, where no list has it


_NOT_HELD = "议事厅本月未开会"


def _ready(register: str, key: str) -> Callable[[date], View]:
    return lambda _today: View(register, ready=key)


def _plain(register: str) -> Callable[[date], View]:
    return lambda _today: View(register)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _to_confirm(today: date) -> View:
    over = Condition("joined_on", "<=", _year_before(today).isoformat())
    return View("party_member", ready="probationary", conditions=(over,))


def _same_day(key: str) -> Callable[[date], View]:
    def view(today: date) -> View:
        return View("party_member", conditions=(Condition(key, "contains", f"-{today:%m-%d}"),))

    return view


DUE = (
    Matter("review", "plaque", "中心户本年应复核", _ready("central_household", "review"), "due"),
    Matter("few", "people", "中心户联系党员不足", _ready("central_household", "few")),
    Matter("confirm", "calendar", "预备党员满一年应转正", _to_confirm, "late"),
    Matter("no_plaque", "plaque", "中心户已确定未挂牌", _ready("central_household", "no_plaque")),
)
HALL = (
    Matter(
        "overdue",
        "ledger",
        "议事事项超期",
        _ready("action_item", "overdue"),
        "late",
        part="overdue",
    ),
    Matter(
        "soon", "ledger", "议事事项七天内到期", _ready("action_item", "week"), "due", part="week"
    ),
    Matter("verify", "ledger", "办结待核", _ready("action_item", "verify"), part="verify"),
    Matter("not_held", "hall", _NOT_HELD, _ready("meeting_hall", "not_held"), "due"),
    Matter("minutes", "meeting", "会议记录待定稿", _ready("hall_meeting", "open_minutes")),
)
TEAM = (
    Matter("no_chief", "grid", "网格缺网格长", _ready("grid", "no_chief"), "late"),
    Matter("grid_size", "grid", "网格户数不合适", _ready("grid", "size")),
    Matter(
        "election", "tree", "党组织90天内应换届", _ready("party_organisation", "election"), "due"
    ),
    Matter("term", "people", "兼职委员任期将满", _ready("part_time_member", "ending"), "due"),
    Matter("red_term", "people", "红领书记任期将满", _ready("red_secretary", "ending"), "due"),
    Matter("contract", "staff", "工作者合同将到期", _ready("community_worker", "contract"), "due"),
    Matter("retiring", "staff", "一年内到退休年龄", _ready("community_worker", "retiring"), "due"),
    Matter(
        "certificate", "staff", "工作者无职业证书", _ready("community_worker", "no_certificate")
    ),
    Matter("letter", "people", "兼职委员未发聘书", _ready("part_time_member", "no_certificate")),
)


def _steps_ahead(office: Office) -> int:
    from lanling_desktop.salary.coming import coming  # much to load for a page seen first

    return len(coming(office))


PAY = (
    Matter("coming", "staff", "一年内等级变动", _plain("grade_decision"), number=_steps_ahead),
    Matter("unpaid", "ledger", "工资未发放", _ready("pay_run", "open"), "due"),
)
MISSING = (
    Matter("no_branch", "tree", "党员支部未填", _ready("party_member", "no_branch")),
    Matter("no_number", "people", "居民身份证号未填", _ready("person", "no_number")),
    Matter("no_home", "household", "居民住址未填", _ready("person", "no_home")),
    Matter("no_head", "household", "户主未填", _ready("household", "no_head")),
)
DAYS = (
    Matter("birthday", "calendar", "今天过生日的党员", _same_day("person.birth"), always=False),
    Matter("joined", "calendar", "今天入党纪念日", _same_day("joined_on"), always=False),
)


class StartScreen(Page):
    """The day at a glance. Counted off the screens' thread each time it comes in sight."""

    help_topic = "today"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cards: dict[str, tuple[Matter, Card]] = {}
        self._entering = False
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self.head = words("今天要办", "head")
        self.empty = _FirstSteps(session, self._inner)
        self.empty.hide()
        self.keeping = Keeping(session, self._inner)
        self._column.addWidget(self.head)
        self._column.addWidget(self.keeping)
        self._column.addWidget(self.empty)
        self.half_done = HalfDone(session, self._inner)
        self._column.addWidget(self.half_done)
        self.pressing = Pressing(session, self._inner)
        self._column.addWidget(self.pressing)
        self._groups = [
            self._group(title, matters)
            for title, matters in (
                ("红色议事厅", HALL),
                ("到期", DUE),
                ("网格与队伍", TEAM),
                ("工资", PAY),
                ("资料不全", MISSING),
                ("今天的日子", DAYS),
            )
        ]
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(self._inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self._column.setContentsMargins(*[theme.px(12)] * 4)
        self._column.setSpacing(theme.px(8))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.recount)
        session.changed.connect(self._changed)

    def _group(self, title: str, matters: tuple[Matter, ...]) -> tuple[QLabel, CardGrid]:
        label, grid = words(title, "section"), CardGrid(self._inner)
        registers = self._session.office.registers
        for each in matters:
            register = registers.get(each.view(self._session.office.today).register)
            if register is None or not self._session.office.reads(register.key):
                continue
            card = Card(each.icon, each.words, None, grid)
            card.clicked.connect(partial(self._open, each))
            self._cards[each.key] = (each, card)
            grid.add(card)
        self._column.addWidget(label)
        self._column.addWidget(grid)
        return label, grid

    def begin(self) -> None:
        """The focus on the first card, the counts anew."""
        self._later.start()
        shown = [card for _, card in self._cards.values() if card.isVisible()]
        self._entering = not self.pressing.items  # they may come yet
        first = self.pressing.list if self.pressing.items else next(iter(shown), self)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold_meeting(self) -> None:
        """开会: to the next meeting, or to a new one."""
        self.pressing.hold()

    def new_meeting(self) -> None:
        """新建会议."""
        self.pressing.new_meeting()

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew each time it comes in sight."""
        super().showEvent(event)
        self._later.start()

    def regions(self) -> list[QWidget]:
        """The cards, for F6."""
        return [self._inner]

    @Slot(object)
    def _changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self._later.start()

    @Slot()
    def recount(self) -> None:
        """Ask for every number at once on the reader's thread."""
        office = self._session.office
        matters = {key: matter for key, (matter, _) in self._cards.items()}
        guard = self._session.keeper.guard
        self._session.reader.run(lambda _: _day(office, matters), self._show, self._failed)
        self._session.reader.run(lambda _: to_say(guard), self.keeping.show_said, self._failed)

    def _show(self, day: Day) -> None:
        counts = day.counts
        empty = counts["records"] == 0
        self.empty.setVisible(empty)
        for key, (matter, card) in self._cards.items():
            number = counts[key]
            card.set_count(number, matter.tone if number else _nothing_left(matter, counts))
            card.setVisible(matter.always or number > 0)
        self.half_done.show_drafts()
        for label, grid in self._groups:
            shown = not empty and any(not card.isHidden() for card in grid.cards)
            label.setVisible(shown)
            grid.setVisible(shown)
            grid.arrange()
        if "not_held" in self._cards:
            self._cards["not_held"][1].set_words(_expected(day.expected))
        self.pressing.show_items(day.pressing, halls=counts["halls"])
        if self._entering and self.pressing.items and self.isVisible():
            self.pressing.enter()
        self._entering = False
        if empty:
            self.empty.begin()

    def _failed(self, error: BaseException) -> None:
        from ui.crash import say_or_report

        say_or_report(self._session.notifier, error)

    def _open(self, matter: Matter) -> None:
        if matter.part:
            self._session.board_requested.emit(matter.part, "", False)
            return
        if matter.number is not None:
            self._session.coming_requested.emit()
            return
        self._session.list_requested.emit(matter.view(self._session.office.today))


class _FirstSteps(QWidget):
    """What an empty office does first."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(words("还没有登记。从这三件事开始：", "section"))
        self.steps = [
            _step("1  导入党员名册：街道发来的 Excel 原样就行", self),
            _step("2  登记党员中心户：先有支部和户主，再确定、挂牌", self),
            _step("3  打印第一张花名册", self),
        ]
        for each in self.steps:
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
        self.steps[0].clicked.connect(partial(session.import_requested.emit, "party_member"))
        self.steps[1].clicked.connect(
            partial(session.list_requested.emit, View("central_household"))
        )
        self.steps[2].clicked.connect(partial(session.list_requested.emit, View("party_member")))

    def begin(self) -> None:
        """The focus on the first step, unless the clerk is elsewhere."""
        focused = self.window().focusWidget()
        if focused is None or not focused.isVisible():
            self.steps[0].setFocus(Qt.FocusReason.OtherFocusReason)


@dataclass(frozen=True)
class Day:
    """What the page shows, read at once."""

    counts: Mapping[str, int]
    pressing: tuple[Item, ...]
    expected: tuple[Expected, ...]


def _day(office: Office, matters: Mapping[str, Matter]) -> Day:
    counts = _count(office, matters)
    if not office.reads("hall_meeting"):
        return Day(counts, (), ())
    return Day(counts, open_items(office, pressing=True), not_met(office))


def _nothing_left(matter: Matter, counts: Mapping[str, int]) -> str:
    """已办完 only where there was something with a day to it, and anything it could be of."""
    dated = matter.tone != "plain" and (matter not in HALL or counts["halls"])
    dated = dated and (matter not in TEAM or counts[f"all:{matter.key}"] > 0)
    return "done" if dated else "plain"


def _expected(halls: tuple[Expected, ...]) -> str:
    """Which halls have not met, with the day of the next of them."""
    if not halls:
        return _NOT_HELD
    verb = "已定" if halls[0].planned else "应于"
    return f"{_NOT_HELD}，{verb} {halls[0].day:%m-%d}"


def _count(office: Office, matters: Mapping[str, Matter]) -> dict[str, int]:
    today = office.today
    counts = {
        key: matter.number(office) if matter.number else office.count(matter.view(today))
        for key, matter in matters.items()
    }
    known = ("meeting_hall", "person", "party_member", "household", "grid")
    seen = {key: office.count(View(key)) for key in known if office.reads(key)}
    for key, matter in matters.items():
        if matter in TEAM:
            counts[f"all:{key}"] = office.count(View(matter.view(today).register))
    counts["halls"] = seen.get("meeting_hall", 0)
    counts["records"] = sum(seen.values())
    return counts


def _step(text: str, parent: QWidget) -> QWidget:
    return theme.button(text, "plain", parent=parent)
