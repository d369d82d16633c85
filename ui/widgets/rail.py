"""The rail at the left: the office's name, its modules with their counts, one of them current."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.cards import RailButton, RailHead

_STEP = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Rail(QFrame):
    """Modules one below the other; arrows move, Enter opens."""

    chosen = Signal(str)
    folded = Signal(list)  # titles of the groups that are open

    def __init__(
        self,
        entries: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
        *,
        groups: Sequence[tuple[str, Sequence[str]]] = (),
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.name = QLabel(self)
        self.name.setProperty("kind", "head")
        self.name.setWordWrap(True)
        self.tag = QLabel("演示", self)
        self.tag.setProperty("kind", "tag")
        self.tag.setToolTip("演示库：人名和数字都是编造的，可以放心试")
        self.tag.hide()
        self._buttons: dict[str, RailButton] = {}
        self._heads: dict[str, RailHead] = {}
        self._left_out: frozenset[str] = frozenset()
        self._group = {key: title for title, keys in groups for key in keys}
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setSpacing(2)
        for key, title, icon in entries:
            button = RailButton(icon, title, None, self._inner)
            button.setObjectName(key)
            button.clicked.connect(partial(self.chosen.emit, key))
            self._buttons[key] = button
            self._add_head(self._group.get(key, ""))
            self._column.addWidget(button)
        self._column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidget(self._inner)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in (self._inner, self._area.viewport()):
            each.setAutoFillBackground(False)  # the rail's own ground shows through
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._head = QVBoxLayout()
        self._head.addWidget(self.name)
        self._head.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(self._area, 1)
        self._apply_scale()

    def _add_head(self, title: str) -> None:
        if not title or title in self._heads:
            return
        head = RailHead(title, self._inner)
        head.clicked.connect(partial(self._toggle, title))
        self._heads[title] = head
        self._column.addWidget(head)

    def set_open(self, titles: Sequence[str]) -> None:
        """Which groups show their entries; the one with the current entry always does."""
        current = next((k for k, each in self._buttons.items() if each.isChecked()), "")
        for title, head in self._heads.items():
            head.set_open(title in titles or title == self._group.get(current))
        for key, button in self._buttons.items():
            head = self._heads.get(self._group.get(key, ""))
            button.setVisible(key not in self._left_out and (head is None or head.is_open))

    def leave_out(self, keys: Collection[str]) -> None:
        """Entries that are not for who opened the office, and heads with nothing under them."""
        self._left_out = frozenset(keys)
        for title, head in self._heads.items():
            under = [key for key, group in self._group.items() if group == title]
            head.setVisible(any(key not in self._left_out for key in under))
        self.set_open([title for title, head in self._heads.items() if head.is_open])

    def _toggle(self, title: str) -> None:
        opened = [each for each, head in self._heads.items() if head.is_open]
        wanted = [t for t in opened if t != title] if title in opened else [*opened, title]
        self.set_open(wanted)
        self.folded.emit(wanted)

    def _reveal(self, key: str) -> None:
        head = self._heads.get(self._group.get(key, ""))
        if head is not None and not head.is_open:
            self.set_open([*(t for t, each in self._heads.items() if each.is_open), head.title])

    def button(self, key: str) -> RailButton:
        """The button of an entry."""
        return self._buttons[key]

    def set_name(self, name: str, *, demo: bool) -> None:
        """The office's name on top, a red tag under it in a demo office."""
        self.name.setText(name)
        self.name.setToolTip(name)
        self.tag.setVisible(demo)

    def set_current(self, key: str) -> None:
        """Mark where the clerk is."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self._reveal(key)
            self._area.ensureWidgetVisible(self._buttons[key])

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """The numbers beside the entries."""
        for key in counts.keys() & self._buttons.keys():
            self._buttons[key].set_count(counts[key])
        self._widen()

    def set_shortcut(self, key: str, keys: str) -> None:
        """Say the keys that open an entry."""
        self._buttons[key].set_shortcut(keys)

    def current(self) -> RailButton:
        """The button that takes the focus of the rail."""
        buttons = list(self._buttons.values())
        return next((each for each in buttons if each.isChecked()), buttons[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between the entries."""
        keys: list[QWidget] = [
            each
            for at in range(self._column.count())
            if (item := self._column.itemAt(at)) is not None
            and (each := item.widget()) is not None
            and not each.isHidden()
        ]
        step = _STEP.get(Qt.Key(event.key()))
        focused = self.focusWidget()
        if step is None or focused not in keys:
            super().keyPressEvent(event)
            return
        target = keys[max(0, min(len(keys) - 1, keys.index(focused) + step))]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(target)

    def changeEvent(self, event: QEvent) -> None:
        """The width follows the text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_head"):
            self._apply_scale()

    def _apply_scale(self) -> None:
        self._head.setContentsMargins(theme.px(16), theme.px(14), theme.px(12), theme.px(8))
        self._head.setSpacing(theme.px(4))
        self._column.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(8))
        self._widen()

    def _widen(self) -> None:
        widest = max(each.sizeHint().width() for each in self._buttons.values())
        need = widest + 2 * theme.px(8) + 2
        self.setFixedWidth(max(theme.px(theme.RAIL_WIDTH), need))
