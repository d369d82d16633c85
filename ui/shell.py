"""The furniture of the window: rail, the one search line, the stack of screens, the foot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.catalogue import GROUPS
from lanling_desktop.core.plain import Hit
from ui import theme
from ui.screens.bars import Notice
from ui.widgets.messages import Foot
from ui.widgets.rail import Rail
from ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from lanling_desktop.core.errors import OfficeError
    from lanling_desktop.safety.damage import NotOpenedError
    from ui.screens.login import LoginPage
    from ui.screens.unopened import BehindPage, DamagedPage, TakenPage
    from ui.window import MainWindow

_WEEK = "一二三四五六日"


class Shell(QWidget):
    """Everything around the screens. It knows no office; the navigator fills it."""

    open_other_requested = Signal()
    new_requested = Signal()
    demo_requested = Signal()
    create_requested = Signal(object)  # first_run.Answers
    unlock_requested = Signal(str, str)  # account id, password
    recover_requested = Signal(str, str)  # groups, new password

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        from ui.window import ENTRIES

        self._window = window
        self.rail = Rail(ENTRIES, self, groups=GROUPS)
        kept = str(window.settings.value("rail/open", "") or "").split(";")
        self.rail.set_open([each for each in kept if each] or [t for t, _ in GROUPS[:2]])
        self.rail.folded.connect(self._remember_folds)
        self.rail.set_name(window.first.title, demo=window.demo)
        self.search = SearchBox(self._find, parent=self)
        self.day = QLabel(self)
        self.day.setProperty("kind", "quiet")
        self.stack = QStackedWidget(self)
        self.foot = Foot(self)
        self.top = QWidget(self)
        self.standing = Notice(self, beside=True)  # read-only, on a stick: all day
        line = QHBoxLayout(self.top)
        line.addWidget(self.search, 3)
        line.addStretch(1)
        line.addWidget(self.day)
        self._line = line
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.standing)
        middle.addWidget(self.top)
        middle.addWidget(self.stack, 1)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addLayout(middle, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body, 1)
        layout.addWidget(self.foot)
        self._apply_scale()

    def _find(self, words: str) -> Sequence[Hit]:
        navigator = self._window.navigator
        return navigator.find(words) if navigator is not None else ()

    def show_day(self) -> None:
        """The office's day at the right end of the search line."""
        session = self._window.session
        if session is not None:
            today = session.office.today
            self.day.setText(f"{today:%Y-%m-%d} 星期{_WEEK[today.weekday()]}")

    def bare(self, screen: QWidget) -> None:
        """Show a page that stands for itself: no rail, no search line."""
        self.rail.hide()
        self.top.hide()
        self.standing.tell("")
        self._only(screen)

    def dressed(self) -> None:
        """Rail and search line are back."""
        self.rail.show()
        self.top.show()

    def show_trouble(self, error: OfficeError) -> None:
        """Why no office is open."""
        from ui.screens.trouble import TroublePage

        page = TroublePage(error, self)
        page.open_other_requested.connect(self.open_other_requested)
        page.new_requested.connect(self.new_requested)
        self.bare(page)

    def show_unopened(self, error: NotOpenedError) -> BehindPage | DamagedPage | TakenPage:
        """An office that is damaged, or lacks its newest acts: what can be done."""
        from lanling_desktop import catalogue
        from lanling_desktop.safety.damage import BehindError, DamagedError, TakenError
        from ui.screens.unopened import BehindPage, DamagedPage, TakenPage

        page: BehindPage | DamagedPage | TakenPage
        if isinstance(error, TakenError):
            page = TakenPage(error, self)
        elif isinstance(error, BehindError):
            page = BehindPage(error, self)
        else:
            assert isinstance(error, DamagedError)
            page = DamagedPage(error, catalogue.registers(), self)
        page.open_other_requested.connect(self.open_other_requested)
        self.bare(page)
        return page

    def show_first_run(self) -> None:
        """The first three pages."""
        from ui.screens.first_run import FirstRun

        page = FirstRun(self)
        page.create_requested.connect(self.create_requested)
        page.open_other_requested.connect(self.open_other_requested)
        page.demo_requested.connect(self.demo_requested)
        self.bare(page)

    def show_login(self, name: str, accounts: Sequence[tuple[str, str]], last: str) -> LoginPage:
        """The door of a locked office."""
        from ui.screens.login import LoginPage

        page = LoginPage(name, accounts, self, last=last)
        page.unlock_requested.connect(self.unlock_requested)
        page.open_other_requested.connect(self.open_other_requested)
        page.recover_requested.connect(partial(self._show_recover, name, accounts, last))
        self.bare(page)
        page.begin()
        return page

    def _show_recover(self, name: str, accounts: Sequence[tuple[str, str]], last: str) -> None:
        from ui.screens.login import RecoverPage

        page = RecoverPage(name, self)
        page.recover_requested.connect(self.recover_requested)
        page.back_requested.connect(partial(self.show_login, name, accounts, last))
        self.bare(page)
        page.begin()

    @Slot(list)
    def _remember_folds(self, titles: list[str]) -> None:
        self._window.settings.setValue("rail/open", ";".join(titles))

    def leave(self) -> None:
        """A page that works for itself ends what it does."""
        leave = getattr(self.stack.currentWidget(), "leave", None)
        if leave is not None:
            leave()

    def _only(self, screen: QWidget) -> None:
        while self.stack.count():
            self.leave()
            old = self.stack.widget(0)
            self.stack.removeWidget(old)
            old.deleteLater()
        self.stack.addWidget(screen)
        self.stack.setCurrentWidget(screen)

    def changeEvent(self, event: QEvent) -> None:
        """The margins follow the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_line"):
            self._apply_scale()

    def _apply_scale(self) -> None:
        self._line.setContentsMargins(theme.px(12), theme.px(12), theme.px(16), theme.px(4))
        self._line.setSpacing(theme.px(12))
        self.search.setMinimumWidth(theme.px(280))
        self.search.setMaximumWidth(theme.px(720))
        self.day.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
