"""等级变动预告: whose grade changes in the next twelve months, by day; Enter opens the worker."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lanling_desktop.printing.paper import Request
from lanling_desktop.salary.coming import MONTHS, Step, coming
from ui import theme
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.line_list import Line, LineList
from ui.widgets.pages import Page, words

PAPER = "grade_coming"


class ComingScreen(Page):
    """Steps worked out from the files as they are now; nothing is decided here."""

    help_topic = "pay"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.steps: list[Step] = []
        self.state = words("", "quiet")
        self.list = LineList("等级变动预告", parent=self)
        self.list.empty_text = f"{MONTHS} 个月内没有人的等级会变"
        self.open = theme.button("打开这个人(Enter)", parent=self)
        self.print = theme.button("打印", "primary", key="Ctrl+P", parent=self)
        self.open.clicked.connect(self._open)
        self.print.clicked.connect(self._print)
        self.list.opened.connect(self._open)
        row = FlowLayout(None, theme.px(8), theme.px(4))
        for each in (self.open, self.print):
            row.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        layout.setSpacing(theme.px(8))
        layout.addWidget(words("等级变动预告", "head"))
        layout.addWidget(self.state)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        self._allow()

    def begin(self) -> None:
        """Work it out each time it comes into sight."""
        office = self._session.office
        self.state.setText("正在按薪酬方案推算…")
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._session.reader.run(lambda _: coming(office), self._show, self._failed)

    def regions(self) -> list[QWidget]:
        """The list, for F6."""
        return [self.list]

    def _show(self, steps: list[Step]) -> None:
        self.steps = steps
        self.list.show_lines([_line(at, each) for at, each in enumerate(steps)])
        due = sum(each.due for each in steps)
        said = f"今后 {MONTHS} 个月有 {len(steps) - due} 次等级变动（别的情况不变时）"
        if due:
            said += f"；另有 {due} 人已到期，请到岗位等级认定里重新认定"
        self.state.setText(said + "。")
        self._allow()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self) -> None:
        for each in (self.open, self.print):
            each.setEnabled(bool(self.steps))

    @Slot()
    def _open(self, _line: object = None) -> None:
        at = self.list.key()
        if at is not None:
            self._session.record_requested.emit("community_worker", self.steps[at].worker_id)

    @Slot()
    def _print(self) -> None:
        self._session.paper_requested.emit(PAPER, Request())

    def _failed(self, error: BaseException) -> None:
        from ui.crash import say_or_report

        self.state.setText("没有推算完")
        say_or_report(self._session.notifier, error)


def _line(at: int, step: Step) -> Line:
    title = f"{step.name}　{step.post}　{step.before} 级 → {step.after} 级"
    if step.due:
        return Line(at, title, step.why, "已到期", "warning", theme.AMBER)
    return Line(at, title, step.why, f"{step.on}")
