"""议事统计: what the halls did in a month or a year; each figure opens the records behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import groupby

import shiboken6
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes, View
from lanling_desktop.hall import figures
from lanling_desktop.hall.figures import Bars, Figure, Line, Period
from lanling_desktop.printing.paper import Request
from ui import theme
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.month_chart import MonthChart
from ui.widgets.paged_table import Column, PagedTable
from ui.widgets.pages import words
from ui.widgets.plain_rows import PlainRows
from ui.widgets.work import Cancelled

_PLACES = (
    Column("范围", 188),
    Column("应开", 48, numeric=True),
    Column("已开", 48, numeric=True),
    Column("来访", 52, numeric=True),
    Column("提出", 52, numeric=True),
    Column("销号", 52, numeric=True),
    Column("未销号", 60, numeric=True),
    Column("超期", 48, numeric=True),
)
_KEYS = ("due", "held", "visitors", "raised", "closed", "open", "overdue")
_FIGURES = (Column("项目", 108), Column("数", 84, numeric=True), Column("怎么算的", 300))
_LARGE = 150  # from this text scale on only the steps below the list say how it was counted
_WATCHED = {
    "meeting_hall", "hall_meeting", "agenda_item", "action_item", "attendee", "visitor_reception",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """What a line of the left list stands for: all, a community, or a hall."""

    title: str
    community_id: str = ""
    hall_id: str = ""


class HallFiguresScreen(QWidget):
    """Halls to the left, the figures of the current one to the right, its year in bars below."""

    help_topic = "hall_figures"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._asked = self._looked = 0
        self._places: dict[str, Place] = {}
        self._found: dict[str, Figure] = {}
        self.period = figures.month_of(session.office.today)
        self.title, self.shown = QLabel(self), QLabel(self)
        self.places = PagedTable("hall_places", session.settings, parent=self)
        self.places.setAccessibleName("议事厅和社区")
        self.table = PagedTable("hall_figures", session.settings, parent=self)
        self.table.setAccessibleName("统计数")
        self.steps = words("", "quiet")
        self.chart = MonthChart(self)
        self._build()
        self._connect()
        self._retitle()

    def _build(self) -> None:
        self.before = theme.button("上一期", key="Alt+Left", parent=self)
        self.after = theme.button("下一期", key="Alt+Right", parent=self)
        self.year = theme.button("按年看", key="Alt+Y", parent=self)
        self.print = theme.button("打印汇总表", "primary", key="Ctrl+P", parent=self)
        self.title.setProperty("kind", "head")
        self.shown.setProperty("kind", "head")
        for each in (self.title, self.shown):
            each.setTextFormat(Qt.TextFormat.PlainText)
        self.shown.setWordWrap(True)
        head = QWidget(self)
        top = FlowLayout(head, theme.px(8), theme.px(4))
        for each in (self.title, self.before, self.after, self.year, self.print):
            top.addWidget(each)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.shown)
        column.addWidget(self.table, 3)
        column.addWidget(self.steps)
        column.addWidget(self.chart, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.px(12))
        split.addWidget(self.places)
        whole = QScrollArea(self)  # with large letters a low screen cannot hold all of it
        whole.setWidgetResizable(True)
        whole.setFrameShape(QFrame.Shape.NoFrame)
        whole.setWidget(right)
        split.addWidget(whole)
        split.setSizes([560, 560])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(12)] * 4)
        layout.setSpacing(theme.px(8))
        layout.addWidget(head)
        layout.addWidget(split, 1)

    def _connect(self) -> None:
        self.before.clicked.connect(partial(self.step, -1))
        self.after.clicked.connect(partial(self.step, 1))
        self.year.clicked.connect(self.turn)
        self.print.clicked.connect(self.print_summary)
        self.places.current_changed.connect(self._look)
        self.places.opened.connect(self._to_figures)
        self.table.current_changed.connect(self._say_steps)
        self.table.opened.connect(self._open)
        self.session.changed.connect(self._changed)
        back = QShortcut(QKeySequence("Esc"), self.table)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self._to_places)

    def begin(self) -> None:
        """The screen came into sight: counted anew."""
        self.reload()
        (self.focusWidget() or self.places).setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        """The two lists, for F6."""
        return [self.places, self.table]

    # Which month, which hall

    def show_period(self, period: Period) -> None:
        """Another month or year."""
        self.period = period
        self._retitle()
        self.reload()

    @Slot()
    def step(self, way: int) -> None:
        """The month or year before or after; none that has not begun."""
        now, today = self.period, self.session.office.today
        day = now.first - timedelta(days=1) if way < 0 else now.last + timedelta(days=1)
        if day > today:
            self.session.notifier.say("后面的还没有到")
        else:
            made = figures.year_of(day.year) if now.is_year else figures.month_of(day)
            self.show_period(made)

    @Slot()
    def turn(self) -> None:
        """From a month to its year, from a year to its last month that has begun."""
        now = self.period
        end = now.end(self.session.office.today)
        self.show_period(figures.month_of(end) if now.is_year else figures.year_of(end.year))

    def _retitle(self) -> None:
        self.title.setText(f"议事统计 {self.period.title}")
        self.year.setText("按月看(Alt+Y)" if self.period.is_year else "按年看(Alt+Y)")
        self.year.setShortcut("Alt+Y")  # Qt drops it with the words
        self.year.setAccessibleName("按月看" if self.period.is_year else "按年看")

    @Slot()
    def reload(self) -> None:
        """Count every hall behind the screen."""
        self._asked += 1
        asked, office, period = self._asked, self.session.office, self.period

        def came(lines: tuple[Line, ...]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._show_places(lines)

        self.session.reader.run(lambda _: figures.table(office, period), came, self._trouble)

    def _show_places(self, lines: Sequence[Line]) -> None:
        self._places = {"all": Place("全部社区")}
        rows = [("all", "全部社区", *_texts(figures.total(lines)))]
        for key, found in groupby(lines, key=lambda each: each.community_id):
            halls = list(found)
            name = halls[0].community
            if key:
                self._places[key] = Place(name, community_id=key)
            rows.append((key or "none", name, *_texts(figures.total(halls))))
            for each in halls:
                if each.hall_id:
                    self._places[each.hall_id] = Place(each.title, hall_id=each.hall_id)
                place = each.hall_id or f"none {key}"
                rows.append((place, f"　{each.title}", *_texts(each.values)))
        self.places.show_rows(PlainRows(_PLACES, rows))
        if not self.places.currentIndex().isValid():
            self.places.selectRow(0)
        self._look()

    # The figures of one of them

    @Slot()
    def _look(self) -> None:
        place = self.place
        self._looked += 1
        looked, office, period = self._looked, self.session.office, self.period
        where = {"community_id": place.community_id, "hall_id": place.hall_id}

        def count(_: object) -> tuple[tuple[Figure, ...], Bars]:
            found = figures.figures(office, period, **where)
            return found, figures.bars(office, period.first.year, **where)

        def came(result: tuple[tuple[Figure, ...], Bars]) -> None:
            if shiboken6.isValid(self) and looked == self._looked:
                self._show(place, *result)

        self.session.reader.run(count, came, self._trouble)

    @property
    def place(self) -> Place:
        """What the figures are of: the current line, all where it is of no hall."""
        return self._places.get(str(self.places.record_id() or ""), Place("全部社区"))

    def _show(self, place: Place, found: tuple[Figure, ...], bars: Bars) -> None:
        end = self.period.end(self.session.office.today)
        until = f"（截至 {end}）" if end != self.period.last else ""
        self.shown.setText(f"{place.title} {self.period.title}{until}")
        self._found = {each.key: each for each in found}
        rows = [(each.key, each.label, each.text, each.steps[1]) for each in found]
        columns = _FIGURES if theme.scale() < _LARGE else _FIGURES[:2]
        self.table.show_rows(PlainRows(columns, [row[: len(columns) + 1] for row in rows]))
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        series = (("提出议题", bars.raised), ("销号", bars.closed))
        title = f"{bars.title} {self.period.first.year}年（件）"
        self.chart.show_months(title, bars.months, series)
        self._say_steps()

    @Slot()
    def _say_steps(self) -> None:
        figure = self._found.get(str(self.table.record_id() or ""))
        self.steps.setText("　→　".join(figure.steps) if figure else "")

    @Slot(object)
    def _open(self, key: object) -> None:
        figure = self._found.get(str(key))
        if figure is not None and figure.view is not None:
            self.session.list_requested.emit(figure.view)

    @Slot()
    def _to_figures(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _to_places(self) -> None:
        self.places.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def print_summary(self) -> None:
        """月度汇总 or 年度汇总 of what is shown, in the usual preview."""
        place = self.place
        request = Request(
            view=View("meeting_hall", community=place.community_id),
            record_id=place.hall_id,
            day=self.period.end(self.session.office.today),
        )
        paper = "hall_year" if self.period.is_year else "hall_month"
        self.session.paper_requested.emit(paper, request)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and (not changes.records or _WATCHED & changes.tables):
            self.reload()

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, OfficeError) and shiboken6.isValid(self):
            self.session.notifier.trouble(error)
        elif not isinstance(error, (OfficeError, Cancelled)):
            raise error


def _texts(values: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(figures.text_of(key, values) for key in _KEYS)
