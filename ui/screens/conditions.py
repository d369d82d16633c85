"""One more condition for a list: column, comparison, value; typed, never clicked together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Column, Condition
from ui import theme
from ui.screens.bars import Bar
from ui.widgets.editor import Editor
from ui.widgets.fields import editor_for
from ui.widgets.form import LinkLookup

OPS = {
    "=": "等于",
    "!=": "不等于",
    "contains": "包含",
    "starts": "开头是",
    "<": "小于",
    "<=": "不大于",
    ">": "大于",
    ">=": "不小于",
    "empty": "未填",
    "filled": "已填",
}
_DATES = {"<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于", "=": "是"}
_ORDERED = ("=", "<", "<=", ">", ">=", "empty", "filled")
_WORDS = ("=", "!=", "empty", "filled")
_TEXTS = ("contains", "=", "starts", "!=", "empty", "filled")
_OF_KIND: Mapping[Kind, tuple[str, ...]] = {
    Kind.DATE: (">=", "<", *(each for each in _ORDERED if each not in (">=", "<"))),
    Kind.INTEGER: _ORDERED,
    Kind.MONEY: _ORDERED,
    Kind.CHOICE: _WORDS,
    Kind.YES_NO: _WORDS,
    Kind.LINK: ("=", "contains", "empty", "filled"),
}
_BARE = ("empty", "filled")


def ops_of(said: Field) -> dict[str, str]:
    """The comparisons a column allows, by key, the commonest first."""
    words = OPS | _DATES if said.kind is Kind.DATE else OPS
    return {key: words[key] for key in _OF_KIND.get(said.kind, _TEXTS)}


def condition_text(condition: Condition, said: Field) -> str:
    """A condition as a clerk reads it: 入党日期 不早于 2010-01-01."""
    value = condition.value
    if said.kind is Kind.MONEY and value:
        value = f"{int(value) / 100:,.2f}"
    words = (said.label, ops_of(said).get(condition.op, OPS[condition.op]), value)
    return " ".join(each for each in words if each)


def condition_value(value: Any) -> str:
    """The value of an editor as a `Condition` writes it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return str(int(value * 100))
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def named(columns: Mapping[str, Column]) -> dict[str, str]:
    """Columns by label, for a box to choose one; a label said twice is told apart by number."""
    found: dict[str, str] = {}
    for key, each in columns.items():
        label, number = each.field.label, 2
        while label in found:
            label = f"{each.field.label}{number}"
            number += 1
        found[label] = key
    return found


class ConditionBar(Bar):
    """Three boxes side by side; Enter goes on and at last adds the condition."""

    added = Signal(object)  # Condition

    def __init__(
        self,
        columns: Mapping[str, Column],
        today: Callable[[], date],
        lookup: LinkLookup,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("加条件", parent)
        self._columns = columns
        self._labels = named(columns)
        self._today = today
        self._lookup = lookup
        self._key = ""
        self.add_words("只看")
        self.column_box = self._put(Field("栏目", Kind.CHOICE, choices=tuple(self._labels)), 132)
        self.column_box.left.connect(self._choose_column)
        self.op_box: Editor | None = None
        self.value_box: Editor | None = None
        self.act: QPushButton | None = None
        self.setFocusProxy(self.column_box)

    def begin(self) -> None:
        """Come up empty."""
        self.column_box.set_value(None)
        self._drop()
        self.say("")
        self.show()
        self.column_box.focus()

    @Slot()
    def done(self) -> None:
        """Enter: go on to the next box, from the last one add the condition."""
        if self._has_focus(self.column_box):
            self._choose_column()
            if self.op_box is not None:
                self.op_box.focus()
            elif self.column_box.commit_text():
                self.say("请先选栏目：打拼音首字母，如 rdrq", "wrong")
        elif (
            self._has_focus(self.op_box)
            and self.op_box is not None
            and self.op_box.commit_text()
            and self._op() not in _BARE
            and self.value_box is not None
        ):
            self.value_box.focus()
        else:
            self._add()

    def _add(self) -> None:
        if self.op_box is None or self.value_box is None or not self.op_box.commit_text():
            return
        op = self._op()
        if op in _BARE:
            value = ""
        elif not self.value_box.commit_text():
            return
        else:
            value = self._typed()
            if not value:
                self.value_box.set_problem("请填写要比较的内容")
                self.value_box.focus()
                return
        self.close_bar()
        self.added.emit(Condition(self._key, op, value))

    def _typed(self) -> str:
        assert self.value_box is not None
        if self.value_box.field.kind is Kind.LINK:
            draft = self.value_box.draft()
            return str(draft[1] if isinstance(draft, list) else draft or "").strip()
        return condition_value(self.value_box.value())

    def _op(self) -> str:
        assert self.op_box is not None
        words = {word: key for key, word in ops_of(self._columns[self._key].field).items()}
        return words.get(str(self.op_box.value()), "=")

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
        self.say("")
        said = self._columns[key].field
        ops = ops_of(said)
        self.op_box = self._put(Field("比较", Kind.CHOICE, choices=tuple(ops.values())), 116)
        self.op_box.set_value(next(iter(ops.values())))
        plain = Kind.TEXT if said.kind in (Kind.MANY, Kind.LONG_TEXT, Kind.IDENTITY) else said.kind
        kind = Field(
            said.label, plain, choices=said.choices, link=said.link, month_enough=said.month_enough
        )
        self.value_box = self._put(kind, 176)
        self.act = self.add_button("加上(Enter)", "primary")
        self.act.clicked.connect(self._add)
        for each in (self.op_box, self.value_box, self.act):
            each.show()

    def _put(self, said: Field, width: int) -> Editor:
        def look(words: str) -> Any:
            return self._lookup(said.link, words)

        made = editor_for(said, self._today, look, self)
        made.box.setAccessibleName(said.label)
        made.setMinimumWidth(theme.px(width))
        self.line.addWidget(made)
        return made

    def _drop(self) -> None:
        self._key = ""
        for each in (self.op_box, self.value_box, self.act):
            if each is not None:
                self.line.removeWidget(each)
                each.hide()
                each.deleteLater()
        self.op_box = self.value_box = self.act = None

    @staticmethod
    def _has_focus(editor: Editor | None) -> bool:
        if editor is None:
            return False
        return editor.box.hasFocus() or editor.hasFocus()
