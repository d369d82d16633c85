"""检查数据文件: everything found wrong, each with a way to its record; what can be mended, on demand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lanling_desktop import check
from lanling_desktop.check import Finding
from lanling_desktop.safety import damage, repair
from ui import theme
from ui.session import Session
from ui.widgets.flow import FlowLayout
from ui.widgets.line_list import Line, LineList
from ui.widgets.pages import Page, words
from ui.widgets.work import Progress

_MOST = 2_000  # findings listed


class CheckScreen(Page):
    """Looks the whole office over; changes nothing unasked, and nothing that cannot be taken back."""

    help_topic = "backups"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.found: list[Finding] = []
        self.state = words("正在检查…", "quiet")
        self.list = LineList("检查结果", parent=self)
        self.list.empty_text = ""
        self.open = theme.button("打开这条记录(Enter)", parent=self)
        self.mend = theme.button("清空失效的关联", key="F9", parent=self)
        self.index = theme.button("重建检索", key="F8", parent=self)
        self.again = theme.button("再检查一遍", key="F5", parent=self)
        self.back = theme.button("返回", key="Esc", parent=self)
        for button, act in (
            (self.open, self._open),
            (self.mend, self.mend_links),
            (self.index, self.mend_index),
            (self.again, self.look),
            (self.back, self._session.backups_requested),
        ):
            button.clicked.connect(act)
        self.list.opened.connect(self._open)
        self.list.current_changed.connect(self._chosen)
        row = FlowLayout(None, theme.px(8), theme.px(4))
        for each in (self.open, self.mend, self.index, self.again, self.back):
            row.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        layout.setSpacing(theme.px(8))
        layout.addWidget(words("检查数据文件", "head"))
        layout.addWidget(self.state)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        self._allow()

    def begin(self) -> None:
        """Look everything over each time it comes into sight."""
        self.look()

    def regions(self) -> list[QWidget]:
        """The list, for F6."""
        return [self.list]

    @Slot()
    def look(self) -> None:
        """Look everything over: pages, journal, index, every record against its rules."""
        office = self._session.office

        def job(progress: Progress) -> list[Finding]:
            progress.step(text="正在检查数据文件")
            pages = damage.examine(office.path, key=office.store.key)
            found = [Finding("数据文件", f"数据页有损坏：{each}") for each in pages]
            for each in check.findings(office):
                progress.step(text="正在检查数据文件")
                found.append(each)
            return found

        self.state.setText("正在检查…")
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._session.worker.run(job, self._show, self._failed, text="正在检查数据文件")

    def _show(self, found: list[Finding]) -> None:
        self.found = found
        lines = [_line(at, each) for at, each in enumerate(found[:_MOST])]
        self.list.show_lines(lines)
        loose = sum(each.link is not None for each in found)
        said = f"发现 {len(found):,} 处问题，没有改动任何数据。" if found else "没有发现问题。"
        if loose:
            said += f"其中 {loose} 处关联已失效：先看看能不能改成对的，再清空；清空可以撤销。"
        self.state.setText(said)
        self._allow()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self) -> None:
        self.mend.setEnabled(any(each.link is not None for each in self.found))
        self.index.setEnabled(any(each.where == "检索" for each in self.found))

    @Slot(object)
    def _chosen(self, at: int | None) -> None:
        self.open.setEnabled(at is not None and bool(self.found[at].id))

    @Slot()
    def _open(self, _line: object = None) -> None:
        at = self.list.key()
        if at is not None and self.found[at].id:
            self._session.record_requested.emit(self.found[at].register, self.found[at].id)

    @Slot()
    def mend_links(self) -> None:
        """Empty the links that lead nowhere: one act, with 撤销."""
        links = [each.link for each in self.found if each.link is not None]
        office = self._session.office

        def done(_result: object) -> None:
            self._session.notifier.say(f"已清空 {len(links)} 处失效的关联", undo=True)
            self.look()

        self._session.worker.run(lambda _: repair.mend(office, links), done, self._failed)

    @Slot()
    def mend_index(self) -> None:
        """Make the search index anew; no record is touched."""
        office = self._session.office

        def done(count: int) -> None:
            self._session.notifier.say(f"已按 {count:,} 条记录重建检索")
            self.look()

        self._session.worker.run(
            lambda _: repair.mend_index(office), done, self._failed, text="正在重建检索"
        )

    def _failed(self, error: BaseException) -> None:
        from ui.crash import say_or_report

        self.state.setText("检查没有做完")
        say_or_report(self._session.notifier, error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the record of the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self._open()
        else:
            super().keyPressEvent(event)


def _line(at: int, found: Finding) -> Line:
    if found.link is not None:
        return Line(at, found.where, found.what, "可清空", "warning", theme.AMBER)
    return Line(at, found.where, found.what)
