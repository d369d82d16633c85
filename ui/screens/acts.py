"""The acts a register screen has on its list: print, export, delete, restore, change many."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes, View
from lanling_desktop.core.register import Register
from ui import files
from ui.screens.bars import AskBar, ChooseBar
from ui.session import Session
from ui.widgets.work import Cancelled, Progress

if TYPE_CHECKING:
    from lanling_desktop.printing.paper import Paper

Ask = Callable[[QWidget, str], str]


class ListActs(QObject):
    """Acts on the records in sight; each speaks in place and in the foot."""

    done = Signal(object)  # Changes

    def __init__(
        self,
        session: Session,
        register: Register,
        look: Callable[[], tuple[View, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._register = register
        self._look = look  # the view in sight and the current record
        self._widget = parent
        self._doomed = ""
        self.keys: Callable[[], tuple[str, ...]] = lambda: register.columns
        self.ask_where: Ask = self._ask_where
        self.show_file: Callable[[QUrl], object] = QDesktopServices.openUrl
        self._exported = Path()
        self.why = AskBar("为什么删除", "删除", parent)
        self.why.given.connect(self._delete)
        self.papers = ChooseBar("打印哪一种", parent)
        self.papers.chosen.connect(self._print)
        self.editions = ChooseBar("导出哪一种", parent)
        self.editions.chosen.connect(self._export)
        self.after = ChooseBar("导出好了", parent)
        self.after.chosen.connect(self._show_exported)

    @Slot()
    def print(self) -> None:
        """Straight to the preview of the paper printed last; the first time the clerk takes one."""
        papers, last = self._papers(), self._last_paper()
        keys = [each.key for each in papers]
        if len(papers) == 1 or last in keys:
            self._print(last if last in keys else keys[0])
        else:
            self.print_other()

    @Slot()
    def print_other(self) -> None:
        """Let the clerk take a paper by its number."""
        offers = [(each.key, each.title) for each in self._papers()]
        if offers:
            self.papers.choose("打印", offers, self._last_paper())
        else:
            self._session.notifier.say(f"{self._register.title}没有可打印的文书")

    def _papers(self) -> list[Paper]:
        _, record = self._look()
        return [
            each
            for each in catalogue.papers().values()
            if each.register == self._register.key and (record or not each.single)
        ]

    def _last_paper(self) -> str:
        return str(self._session.settings.value(f"paper/{self._register.key}", "") or "")

    @Slot(str)
    def _print(self, key: str) -> None:
        from lanling_desktop.printing.paper import COLUMNS, Request

        paper = catalogue.papers()[key]
        view, record = self._look()
        self._session.settings.setValue(f"paper/{self._register.key}", key)
        said = {}
        if key == f"list_{self._register.key}":  # the list as it is laid out on the screen
            known = self._register.all_columns
            said = {COLUMNS: "、".join(known[each].field.label for each in self.keys())}
        request = (
            Request(record_id=record, day=view.day)
            if paper.single
            else Request(view=view, day=view.day, arguments=said)
        )
        self._session.paper_requested.emit(key, request)

    @Slot()
    def export(self) -> None:
        """The records of the list into a workbook; the clerk says what of them."""
        self.editions.choose(
            "导出列表里现在的全部记录",
            [
                ("full", "完整（全部栏目，可改后再导入）"),
                ("shown", "只要现在显示的栏"),
                ("masked", "现在显示的栏，遮住身份证号、电话"),
            ],
            "masked",  # whole numbers leave only when somebody asks for them
        )

    def _ask_where(self, parent: QWidget, name: str) -> str:
        """Where to put a file: the system's own question, where the last one was put."""
        path = files.ask_save(parent, "导出", self._session.settings, name, files.WORKBOOK)
        return str(path or "")

    @Slot(str)
    def _export(self, edition: str) -> None:
        view, _ = self._look()
        name = f"{self._register.title}{self._session.office.today:%Y%m%d}.xlsx"
        path = self.ask_where(self._widget, name)
        if not path:
            return
        keys = self.keys()
        if edition == "full":
            every = (each.key for each in self._register.exchange_columns)
            keys = tuple(dict.fromkeys((*every, *keys)))
        office = self._session.office

        def job(progress: Progress) -> int:
            from lanling_desktop.exchange.transfer import export_view

            return export_view(
                office,
                view,
                Path(path),
                masked=edition == "masked",
                keys=keys,
                progress=partial(_export_step, progress),
            )

        def came(rows: int) -> None:
            self._session.notifier.say(f"已导出 {rows:,} 条到 {Path(path)}")
            if shiboken6.isValid(self):
                self._exported = Path(path)
                offers = [("file", "打开"), ("folder", "打开所在文件夹")]
                self.after.choose(f"已导出到 {self._exported.name}", offers)

        self._session.worker.run(job, came, self._trouble, text="正在导出")

    @Slot(str)
    def _show_exported(self, what: str) -> None:
        place = self._exported if what == "file" else self._exported.parent
        self.show_file(QUrl.fromLocalFile(str(place)))

    @Slot()
    def ask_why(self) -> None:
        """Ask why the current record is deleted; on another day and in the bin there is nothing to."""
        view, record = self._look()
        if not record or view.day is not None or view.binned:
            return
        self._doomed = record
        try:
            title = self._session.office.read(self._register.key, record).title
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
            return
        self.why.ask(f"为什么删除“{title}”", "如：录重了；删除后在回收站里找得到")

    @Slot(str)
    def _delete(self, why: str) -> None:
        self._act(lambda: self._session.office.bin(self._register.key, self._doomed, why))

    @Slot()
    def restore(self) -> None:
        """Take the current record out of the recycle bin."""
        _, record = self._look()
        if record:
            self._act(lambda: self._session.office.restore(self._register.key, record))

    def _act(self, act: Callable[[], Changes]) -> None:
        if self._session.worker.busy:
            self._session.worker.run(lambda _: act(), self._tell, self._trouble)
            return
        try:
            changes = act()
        except OfficeError as trouble:
            self._trouble(trouble)
        else:
            self._tell(changes)

    def _tell(self, changes: Changes) -> None:
        self._session.notifier.say(f"已{changes.title}", undo=True)
        if shiboken6.isValid(self):
            self.done.emit(changes)

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, OfficeError):
            self._session.notifier.trouble(error)
        elif isinstance(error, Cancelled):
            self._session.notifier.say("已停下，没有留下文件")
        else:
            raise error


def _export_step(progress: Progress, done: int, total: int) -> None:
    progress.step(done, total, f"正在导出 {done:,} / {total:,}")
