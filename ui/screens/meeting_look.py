"""How the meeting's screen is laid out, what stands above its lists, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.core.plain import Entry, Problem
from lanling_desktop.hall import rules
from ui import theme
from ui.screens.acts import ListActs
from ui.screens.bars import AskBar, ChooseBar, Notice
from ui.screens.meeting_heads import Heads
from ui.screens.meeting_lists import AgendaList, RollList
from ui.screens.meeting_matter import MatterPage
from ui.screens.meeting_parts import OtherPage, PartPage
from ui.widgets.flow import FlowLayout
from ui.widgets.pages import words

_AGENDA, _ROLL = (
    "Ctrl+N 加议题　Enter 讨论　E 改　Del 去掉",
    ("C 出席　L 列席　Q 请假　X 缺席　空格 切换　R 原因　Ctrl+N 加人　E 改　Del 去掉"),
)
_SIDE = 320  # px of the lists at 100 %
_SHARE = 0.42
_NARROW = 600  # px at 100 % under which list and matter do not stand side by side
_LARGE = 150  # from this text scale on the words above the lists are fewer


class MeetingLook(QWidget):
    """The furniture of a meeting's screen; the screen itself gives it life."""

    heads: Heads
    agenda: AgendaList
    roll: RollList
    matter: MatterPage
    other: OtherPage
    new_topic: PartPage
    new_person: PartPage
    points: Points
    why: AskBar
    acts: ListActs
    editions: ChooseBar
    others: ChooseBar
    left_side: QStackedWidget
    right: QStackedWidget
    split: QSplitter

    def build(self) -> None:
        """Put everything where it goes."""
        self.title, self.state = words("", "head"), words("", "quiet")
        self.hold = theme.button("开始开会(F9)", "primary", parent=self)
        self.close_minutes = theme.button("定稿(F10)", "primary", parent=self)
        self.correct = theme.button("更正(F10)", parent=self)
        self.print = theme.button("打印(Ctrl+P)", parent=self)
        self.print.setToolTip("打印(Ctrl+P)；打印别的(Ctrl+Shift+P)")
        self.word = theme.button("存为 Word(Ctrl+W)", "quiet", parent=self)
        self.more = theme.button("更多(F12)", "quiet", parent=self)
        self.alone = theme.button("大屏(F11)", "quiet", parent=self)
        self.back = theme.button("返回(Esc)", "quiet", parent=self)
        self.add = theme.button("加议题(Ctrl+N)", parent=self)
        self.rest = theme.button("其余全部出席(A)", parent=self)
        self.to_agenda = theme.button("议程(F3)", parent=self)
        self.to_roll = theme.button("点名(F5)", parent=self)
        self._sides = QButtonGroup(self)
        for each in (self.to_agenda, self.to_roll):
            each.setCheckable(True)
            self._sides.addButton(each)
        self.hint = words("", "quiet")
        self._stack()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(6))
        column.addLayout(self._top())
        column.addWidget(self.heads)
        for bar in (self.points, self.why, self.acts.papers, self.editions, self.others):
            column.addWidget(bar)
        column.addWidget(self.split, 1)
        self.write_sides()

    def _top(self) -> QBoxLayout:
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.title)
        said.addWidget(self.state)
        area = QWidget(self)
        flow = FlowLayout(area, theme.px(8), theme.px(4))
        for each in (
            self.hold,
            self.close_minutes,
            self.correct,
            self.print,
            self.word,
            self.more,
            self.alone,
            self.back,
        ):
            flow.addWidget(each)
        self._acts_area = area
        top = self._top_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(theme.px(4))
        top.addLayout(said, 1)
        top.addWidget(area)
        self._top_acts = (*(flow.itemAt(at).widget() for at in range(flow.count())),)
        return top

    def _stack(self) -> None:
        for each in (self.agenda, self.roll):
            self.left_side.addWidget(each)
        for page in (self.matter, self.other, self.new_topic, self.new_person):
            self.right.addWidget(page)
        panel = QFrame(self)
        panel.setProperty("kind", "bar")
        panel.setAccessibleName("正在议的事")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.right)
        left = QWidget(self)
        self._left, self._panel, self._inside = left, panel, False
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        tabs, acts = QWidget(left), QWidget(left)
        for area, buttons in (
            (tabs, (self.to_agenda, self.to_roll)),
            (acts, (self.add, self.rest)),
        ):
            flow = FlowLayout(area, theme.px(4), theme.px(4))
            for each in buttons:
                flow.addWidget(each)
        column.addWidget(tabs)
        column.addWidget(self.left_side, 1)
        column.addWidget(acts)
        column.addWidget(self.hint)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.px(8))
        self.split.addWidget(left)
        self.split.addWidget(panel)

    def write_sides(self) -> None:
        """Which list is in sight, and its keys."""
        on_roll = self.left_side.currentWidget() is self.roll
        (self.to_roll if on_roll else self.to_agenda).setChecked(True)
        self.add.setText("加人(Ctrl+N)" if on_roll else "加议题(Ctrl+N)")
        self.rest.setVisible(on_roll)
        self.hint.setText(_ROLL if on_roll else _AGENDA)
        self.hint.setVisible(theme.scale() < _LARGE)

    def write_counts(self, should: int, came: int) -> None:
        """应到 and 实到, as they are now."""
        self.to_roll.setText(f"点名(F5)　实到 {came} / 应到 {should}")

    def write_state(self, meeting: Entry, should: int, came: int, *, locked: bool) -> None:
        """The name of the meeting, its state, and what can be done in it."""
        held = meeting["status"] == rules.HELD
        self.title.setText(str(meeting["title"] or meeting.title))
        self.setAccessibleName(self.title.text())
        parts = [str(meeting["status"])]
        if meeting["status_reason"] and not held:
            parts.append(str(meeting["status_reason"]))
        if meeting["minutes_no"]:
            parts.append(f"纪要 {meeting['minutes_no']} 第 {meeting['version']} 版")
        if locked:
            parts.append(f"{meeting.texts['finalised_on']} 已定稿，只能查看")
        elif meeting["correcting"]:
            parts.append(f"正在更正：{meeting['correcting']}")
        self.state.setText(" · ".join(parts))
        self.write_counts(should, came)
        self.hold.setVisible(not held and not locked)
        self.close_minutes.setVisible(held and not locked)
        self.correct.setVisible(locked)
        for each in (self.add, self.rest):
            each.setEnabled(not locked)
        self.share_out()

    def share_out(self) -> None:
        """The lists keep their width, the matter takes the rest; in a narrow window one of them."""
        large = theme.scale() >= _LARGE
        theme.mark(self.title, "kind", "strong" if large else "head")
        self.word.setVisible(not large)  # it is among the others (F12) too
        shown = [each for each in self._top_acts if not each.isHidden()]
        wide = sum(each.sizeHint().width() + theme.px(8) for each in shown)
        way = QBoxLayout.Direction
        self._top_line.setDirection(way.TopToBottom if self._narrow() else way.LeftToRight)
        self._acts_area.setMinimumWidth(min(wide, round(self.width() * 0.75)))
        side = min(theme.px(_SIDE), round(self.width() * _SHARE))
        self.split.setSizes([side, max(1, self.width() - side)])
        self.write_sides()
        self.fold(inside=self._inside)

    def fold(self, *, inside: bool) -> None:
        """Whether the clerk is in the matter; where there is room for one, that one is shown."""
        self._inside = inside
        self._left.setVisible(not self._narrow() or not inside)
        self._panel.setVisible(not self._narrow() or inside)
        for each in (self.state, self._acts_area, self.heads):  # the matter needs their room
            each.setVisible(not self._narrow() or not inside)

    def _narrow(self) -> bool:
        return self.width() * 100 / theme.scale() < _NARROW


class Points(Notice):
    """What stands against closing the minutes; each point is a way to its place."""

    jump_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("定稿前还要做")
        self._buttons: list[QPushButton] = []

    def tell(self, problems: Sequence[Problem]) -> None:  # type: ignore[override]
        """List them, or put the list away."""
        words_now = [each.words for each in problems]
        if [each.text() for each in self._buttons] != words_now:
            for button in self._buttons:
                self._flow.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = []
            for each in problems:
                made = self.add(each.words)
                made.clicked.connect(partial(self.jump_requested.emit, each.key, each.words))
                made.show()
                self._buttons.append(made)
        super().tell(f"定稿前还有 {len(problems)} 处要补(F8 逐个去)" if problems else "", "note")

    def first(self) -> None:
        """The focus onto the first point."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def next(self) -> None:
        """F8: to the place of the first point still open, from a point to that one's."""
        focused = QApplication.focusWidget()
        if not self._buttons or self.isHidden():
            return
        target = focused if focused in self._buttons else self._buttons[0]
        assert isinstance(target, QPushButton)
        target.click()
