"""The clerk's own filters, and the live counts of all of them."""

from __future__ import annotations

from dataclasses import replace

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from lanling_desktop.core.errors import OfficeError
from ui.screens.bars import AskBar
from ui.screens.filters import Filters
from ui.session import Session
from ui.widgets.work import Cancelled


class FilterKeeper(QObject):
    """Names, keeps and drops filters; counts every filter behind the screen."""

    def __init__(self, session: Session, filters: Filters, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._filters = filters
        self._counting = 0
        self.name = AskBar("给这个筛选起个名字", "存下", parent)
        self.name.given.connect(self._save)
        filters.save_requested.connect(self._ask_name)
        filters.drop_requested.connect(self._drop)

    def show_saved(self) -> None:
        """The clerk's own filters among the chips."""
        saved = self._session.office.desk.filters(self._filters.register.key)
        self._filters.show_saved(saved)

    def count(self) -> None:
        """Count the filters one after another, so that lists come between."""
        self._counting += 1
        self._next(self._counting, list(self._filters.chips.chips))

    def _next(self, counting: int, waiting: list[str]) -> None:
        if not waiting or counting != self._counting:
            return
        chip, rest = waiting[0], waiting[1:]
        office = self._session.office
        view = replace(self._filters.view_of(chip), parent=None, ids=None, binned=False)

        def came(total: int) -> None:
            if shiboken6.isValid(self) and counting == self._counting:
                self._filters.chips.set_count(chip, total)
                self._next(counting, rest)

        self._session.reader.run(lambda _: office.count(view), came, self._trouble)

    def _trouble(self, error: BaseException) -> None:
        if isinstance(error, OfficeError) and shiboken6.isValid(self):
            self._session.notifier.trouble(error)
        elif not isinstance(error, (OfficeError, Cancelled)):
            raise error

    @Slot()
    def _ask_name(self) -> None:
        self.name.ask("给这个筛选起个名字", "如：2010 年后入党")

    @Slot(str)
    def _save(self, title: str) -> None:
        view = replace(self._filters.view, day=None, binned=False, ids=None, parent=None)
        self._session.office.desk.save_filter(title, view)
        self.show_saved()
        self.count()
        self._session.notifier.say(f"已存下筛选“{title}”，在上面一排里")

    @Slot(str)
    def _drop(self, filter_id: str) -> None:
        self._session.office.desk.drop_filter(filter_id)
        self.show_saved()
        self._session.notifier.say("已去掉这个筛选，记录没有改动")
