"""自加栏目: the columns the office adds to a register, added and put out of use in one bar."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from lanling_desktop.core import own_columns
from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.records import fields_of
from lanling_desktop.core.register import Register
from ui import theme
from ui.screens.bars import Bar
from ui.session import Session
from ui.widgets.editor import Editor
from ui.widgets.fields import editor_for
from ui.widgets.flow import FlowLayout

_SAID = fields_of(own_columns.OwnColumn)
_WIDTHS = {"label": 130, "kind": 90, "options": 200, "sensitive": 80}


class OwnColumnsBar(Bar):
    """Name, kind and words of a new column; below it those there are, each to be put out of use."""

    def __init__(self, session: Session, register: Register, parent: QWidget) -> None:
        super().__init__("自加栏目", parent)
        self._session = session
        self._register = register
        self.boxes: dict[str, Editor] = {}
        self._words: dict[str, QLabel] = {}
        for key, width in _WIDTHS.items():
            self._words[key] = self.add_words(_SAID[key].label)
            box = editor_for(_SAID[key], lambda: session.office.today, parent=self)
            box.box.setAccessibleName(_SAID[key].label)
            box.setMinimumWidth(theme.px(width))
            box.left.connect(self._show_options)
            self.boxes[key] = box
            self.line.addWidget(box)
        self.act = self.add_button("加上(Enter)", "primary")
        self.act.clicked.connect(self.done)
        self.add_button("取消(Esc)").clicked.connect(self.close_bar)
        self.kept = QWidget(self)
        self._kept_line = FlowLayout(self.kept, theme.px(8), theme.px(4))
        self.column.addWidget(self.kept)
        self.drops: list[QPushButton] = []
        for key, said in register.own:
            drop = theme.button(f"停用“{said.label}”", "link", parent=self.kept)
            drop.clicked.connect(partial(self._drop, key))
            self._kept_line.addWidget(drop)
            self.drops.append(drop)
        self.kept.setVisible(bool(self.drops))
        self.setFocusProxy(self.boxes["label"])

    def begin(self) -> None:
        """Come up empty."""
        for box in self.boxes.values():
            box.set_value(None)
        self.boxes["kind"].set_value(next(iter(own_columns.KINDS)))
        self.show()
        self.say(f"给{self._register.title}加一栏：表单、列表、导入导出、打印、查找、历史里都会有")
        self._show_options()
        self.boxes["label"].focus()

    @Slot()
    def done(self) -> None:
        """Enter: on to the next box, in the last one add the column."""
        boxes = [box for box in self.boxes.values() if not box.isHidden()]
        at = next((n for n, box in enumerate(boxes) if box.box.hasFocus()), len(boxes) - 1)
        if not boxes[at].commit_text():
            return
        self._show_options()
        boxes = [box for box in self.boxes.values() if not box.isHidden()]
        if self.act.hasFocus() or at == len(boxes) - 1:
            self._add()
        else:
            boxes[at + 1].focus()

    @Slot()
    def _show_options(self) -> None:
        chosen = self.boxes["kind"].value() == "选项"
        for each in (self._words["options"], self.boxes["options"]):
            each.setVisible(chosen)

    def _add(self) -> None:
        said = {key: box.value() for key, box in self.boxes.items()}
        if not said["label"] or not said["kind"]:
            self.say("请写栏目名称，并选填什么", "wrong")
            self.boxes["label"].focus()
            return
        try:
            changes = own_columns.add(
                self._session.office,
                register=self._register.key,
                label=str(said["label"]),
                kind=str(said["kind"]),
                options=str(said["options"] or ""),
                sensitive=bool(said["sensitive"]),
            )
        except RejectedError as refused:
            self.say("；".join(each.words for each in refused.problems), "wrong")
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
        else:
            self._tell(changes)

    def _drop(self, key: str) -> None:
        try:
            changes = own_columns.drop(self._session.office, column_id=key[1:])
        except OfficeError as trouble:
            self._session.notifier.trouble(trouble)
        else:
            self._tell(changes)

    def _tell(self, changes: Changes) -> None:
        # The register has another shape now: the navigator makes its screen anew.
        self._session.notifier.say(f"已{changes.title}", undo=True)
