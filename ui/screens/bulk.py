"""批量修改: one value for every record the list shows, counted before it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import shiboken6
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Column, Condition, View
from lanling_desktop.core.register import Register
from lanling_desktop.core.values import display
from ui import theme
from ui.screens.bars import Bar
from ui.screens.conditions import condition_value, named
from ui.session import Session
from ui.widgets.editor import Editor
from ui.widgets.fields import editor_for
from ui.widgets.work import Cancelled, Progress

_SHOWN = 3  # values that stand there now are told, the commonest first


def changeable(register: Register) -> Mapping[str, Column]:
    """The columns that may get one value for many records: none that recognises a record."""
    return {
        each.key: each
        for each in register.form_columns
        if register.writable(each.key) and not each.field.key and each.field.kind is not Kind.NAME
    }


def would_change(view: View, key: str, text: str) -> View:
    """The records of a view whose column says something else."""
    other = Condition(key, "!=", text) if text else Condition(key, "filled")
    return replace(view, conditions=(*view.conditions, other))


class BulkBar(Bar):
    """Column, value, how many would change; Enter counts, Enter again does it."""

    def __init__(
        self,
        session: Session,
        register: Register,
        view: Callable[[], View],
        selected: Callable[[], Sequence[str]],
        parent: QWidget,
    ) -> None:
        super().__init__("批量修改", parent)
        self._session = session
        self._register = register
        self._whole = view
        self._selected = selected
        self._chosen: tuple[str, ...] = ()  # the rows it is about; none: the whole list
        self._columns = changeable(register)
        self._labels = named(self._columns)
        self._key = ""
        self._counted: tuple[View, str, Any] | None = None
        self._confirmed = False
        self._asked = 0
        self.add_words("把这些记录的")
        self.column_box = self._put(Field("栏目", Kind.CHOICE, choices=tuple(self._labels)), 140)
        self.column_box.left.connect(self._choose_column)
        self.other = self.add_button("")
        self.other.clicked.connect(self._take_other)
        self.value_box: Editor | None = None
        self.act: QPushButton | None = None
        self.setFocusProxy(self.column_box)

    def begin(self) -> None:
        """Come up empty."""
        self._drop()
        self.column_box.set_value(None)
        self.show()
        chosen = tuple(self._selected())
        self._chosen = chosen if len(chosen) > 1 else ()
        self.other.setVisible(bool(self._chosen))
        self._say_which()
        self.column_box.focus()

    def _view(self) -> View:
        view = self._whole()
        return replace(view, ids=self._chosen) if self._chosen else view

    def _say_which(self) -> None:
        every = f"列表里全部 {self._session.office.count(self._whole()):,} 条"
        some = f"选中的 {len(self._selected()):,} 条"
        now, other = (some, every) if self._chosen else (every, some)
        self.other.setText(f"改成{other}(Alt+A)")
        self.other.setShortcut("Alt+A")  # a new text takes the old one's shortcut away
        self.say(f"改{now}；先选栏目，再填新的内容")

    @Slot()
    def _take_other(self) -> None:
        self._chosen = () if self._chosen else tuple(self._selected())
        self._forget(quiet=True)
        self._say_which()

    @Slot()
    def done(self) -> None:
        """Enter: on to the value, then count, then do it."""
        if self.column_box.box.hasFocus():
            self._choose_column()
            if self.value_box is not None:
                self.value_box.focus()
        elif self._counted is not None:
            self._change()
        else:
            self._count()

    @Slot()
    def _choose_column(self) -> None:
        if not self.column_box.commit_text():
            return
        key = self._labels.get(str(self.column_box.value() or ""), "")
        if key == self._key:
            return
        self._drop()
        if not key:
            return
        self._key = key
        said = replace(self._columns[key].field, required=False, help="")
        self.value_box = self._put(said, 190)
        self.value_box.edited.connect(self._forget)
        self.act = self.add_button("看有多少条(Enter)", "primary")
        self.act.clicked.connect(self.done)
        for each in (self.value_box, self.act):
            each.show()

    @Slot()
    def _count(self) -> None:
        box = self.value_box
        if box is None or not box.commit_text():
            return
        office, said = self._session.office, self._columns[self._key].field
        value = box.value()
        draft = box.draft()
        text = (
            str(draft[1] if isinstance(draft, list) else draft or "").strip()
            if said.kind is Kind.LINK
            else condition_value(value)
        )
        view = would_change(self._view(), self._key, text)
        self._asked += 1
        asked = self._asked
        self.say("正在数…")

        key = self._key

        def came(found: tuple[int, str]) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                self._offer(view, text, value, *found)

        self._session.reader.run(lambda _: (office.count(view), now(office, view, key)), came)

    def _offer(self, view: View, text: str, value: Any, total: int, before: str) -> None:
        label = self._columns[self._key].field.label
        if total == 0:
            self.say(f"这些记录的{label}已经都是“{text or '空'}”，没有要改的")
            return
        self._counted = (view, text, value)
        self.say(
            f"{total:,} 条将改动：{label}{before}，都改为“{text or '空'}”。按 Enter 改动，按 Esc 不改",
            "note",
        )
        if self.act is not None:
            self.act.setText(f"改动 {total:,} 条(Enter)")
            self.act.updateGeometry()
            self.act.setFocus()

    def _change(self) -> None:
        assert self._counted is not None
        view, _, value = self._counted
        office, key, confirmed = self._session.office, self._key, self._confirmed
        if self.act is not None:
            self.act.setEnabled(False)
        self._session.worker.run(
            lambda progress: change(office, view, key, value, progress, confirmed=confirmed),
            self._changed,
            self._failed,
            text="正在批量修改",
        )

    def _changed(self, changes: Changes) -> None:
        self._session.notifier.say(f"已{changes.title}", undo=True)
        if shiboken6.isValid(self):
            self.close_bar()

    def _failed(self, trouble: BaseException) -> None:
        if not shiboken6.isValid(self):
            return
        if self.act is not None:
            self.act.setEnabled(True)
        if isinstance(trouble, RejectedError) and all(e.warning for e in trouble.problems):
            self._confirmed = True
            words = "；".join(each.words for each in trouble.problems[:3])
            self.say(f"{words}。仍要改动请再按 Enter", "note")
        elif isinstance(trouble, RejectedError):
            words = "；".join(each.words for each in trouble.problems[:3])
            self.say(f"没有改动任何一条：{words}", "wrong")
            self._forget(quiet=True)
        elif isinstance(trouble, Cancelled):
            self.say("已停下，没有改动任何一条")
            self._forget(quiet=True)
        elif isinstance(trouble, OfficeError):
            self._session.notifier.trouble(trouble)
        else:
            raise trouble

    @Slot()
    def _forget(self, *, quiet: bool = False) -> None:
        self._counted, self._confirmed = None, False
        self._asked += 1
        if self.act is not None:
            self.act.setText("看有多少条(Enter)")
            self.act.setEnabled(True)
        if not quiet:
            self.say("")

    def _put(self, said: Field, width: int) -> Editor:
        def look(words: str) -> Any:
            return self._session.office.lookup(said.link, words)

        made = editor_for(said, lambda: self._session.office.today, look, self)
        made.box.setAccessibleName(said.label)
        made.setMinimumWidth(theme.px(width))
        self.line.addWidget(made)
        return made

    def _drop(self) -> None:
        self._key = ""
        self._forget()
        for each in (self.value_box, self.act):
            if each is not None:
                self.line.removeWidget(each)
                each.hide()
                each.deleteLater()
        self.value_box = self.act = None


def now(office: Office, view: View, key: str) -> str:
    """What stands in a column of a view now, the commonest first: 现在是 甲 3 条、空 2 条."""
    said = office.registers[view.register].all_columns[key].field
    found = sorted(office.rows(office.listing(view).tally((key,))), key=lambda row: -row[1])
    parts = []
    for value, count in found[:_SHOWN]:
        title = office.read(said.link, value).title if said.link and value else ""
        parts.append(f"{title or display(said, value) or '空'} {count:,} 条")
    more = "等" if len(found) > _SHOWN else ""
    return f"现在是 {'、'.join(parts)}{more}" if parts else ""


def change(
    office: Office, view: View, key: str, value: Any, progress: Progress, *, confirmed: bool
) -> Changes:
    """Change every record of the view; cancelled, nothing is changed."""

    def step(done: int, total: int) -> None:
        progress.step(done, total, f"正在批量修改 {done:,} / {total:,}")

    return office.save_many(view, {key: value}, confirmed=confirmed, step=step)
