"""算这些人的工资: a month of pay for what the list of workers shows, or for the marked rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from sqlalchemy import func, select

from lanling_desktop.core.field import Field
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.records import fields_of, table_of
from lanling_desktop.salary import actions
from lanling_desktop.salary.chosen import Chosen
from lanling_desktop.salary.records import PayRun
from ui import theme
from ui.screens.bars import Bar
from ui.screens.doing import at_work
from ui.widgets.editor import Editor
from ui.widgets.fields import editor_for

if TYPE_CHECKING:
    from ui.screens.register import RegisterScreen

_KEY = "Ctrl+Shift+W"


class PaySet(QObject):
    """What the list of workers can do for pay."""

    def __init__(self, screen: RegisterScreen) -> None:
        super().__init__(screen)
        self.session, self.bar = screen.session, PaySetBar(screen)
        screen.pane.add_bar(self.bar)
        may = self.session.office.writes("pay_run")
        verb = screen.pane.add_foot("算这些人的工资", _KEY, offered=may)
        verb.clicked.connect(self.bar.begin)

    def open(self, _record_id: str) -> bool:
        """Enter opens the record as everywhere."""
        return False

    def new(self) -> bool:
        """Ctrl+N is a new worker as everywhere."""
        return False

    def hold(self) -> None:
        """There is no meeting here."""

    def hold_next(self) -> None:
        """Nor the next one."""

    def begin_new(self) -> None:
        """Nor a new one."""


class PaySetBar(Bar):
    """Month and batch; Enter works it out and shows the sheet.

    A month that has a run already gets its next batch where none is named.
    """

    def __init__(self, screen: RegisterScreen) -> None:
        super().__init__("算这些人的工资", screen)
        self.screen, self.session = screen, screen.session
        said = fields_of(PayRun)
        self.add_words("算哪个月")
        self.month = self._put(said["month"], 130)
        self.add_words(said["batch"].label)
        self.batch = self._put(said["batch"], 130)
        self.verb = self.add_button("核算(Enter)", "primary")
        self.verb.clicked.connect(self.done)
        self.add_button("取消(Esc)").clicked.connect(self.close_bar)
        self.setFocusProxy(self.month)
        self._chosen = Chosen("", ())

    @Slot()
    def begin(self) -> None:
        """Come up with this month."""
        marked = self.screen.table.selected_ids()
        office, view = self.session.office, self.screen.view
        if len(marked) > 1:
            ids, words = tuple(map(str, marked)), "选中的"
        else:
            ids = tuple(row[0] for row in office.rows(office.listing(view).ids()))
            words = self.screen.pane.filters.words() or "名单上的"
        self._chosen = Chosen(words, ids)
        self.month.set_value(office.today.replace(day=1))
        self.batch.set_value(None)
        self.say(f"只算{words} {len(ids)} 人；不在其中的人不算，已列入同月别的批次的人也不重复算")
        self.show()
        self.month.focus()

    @Slot()
    def done(self) -> None:
        """Work it out."""
        if not (self.month.commit_text() and self.batch.commit_text()):
            return
        month = self.month.value()
        if not isinstance(month, date):
            self.say("请填月份，如 2026-11", "wrong")
            return
        batch = str(self.batch.value() or "") or self._next_batch(month.replace(day=1))
        office, chosen = self.session.office, self._chosen
        self.verb.setEnabled(False)
        at_work(
            self.session,
            self,
            lambda step: actions.start(office, month=month, batch=batch, chosen=chosen, step=step),
            self._shown,
            self._failed,
            text="正在核算工资",
        )

    def _shown(self, changes: Changes) -> None:
        self.verb.setEnabled(True)
        self.close_bar()
        self.session.notifier.say(f"已{changes.title}", undo=True)
        self.session.pay_requested.emit(changes.main)

    def _failed(self, _trouble: BaseException) -> None:
        self.verb.setEnabled(True)
        self.month.focus()

    def _next_batch(self, month: date) -> str | None:
        here = table_of(PayRun).c
        rows = self.session.office.rows(
            select(func.count()).where(here.month == month, here.binned_at.is_(None))
        )
        return f"第{rows[0][0] + 1}批" if rows[0][0] else None

    def _put(self, said: Field, width: int) -> Editor:
        made = editor_for(said, lambda: self.session.office.today, lambda _: [], self)
        made.box.setAccessibleName(said.label)
        made.setMinimumWidth(theme.px(width))
        self.line.addWidget(made)
        return made
