"""The rail at the left: the office's name, its modules with their counts, one of them current."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.cards import RailButton

_STEP = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Rail(QFrame):
    """Modules one below the other; arrows move, Enter opens."""

    chosen = Signal(str)

    def __init__(
        self, entries: Sequence[tuple[str, str, str]], parent: QWidget | None = None
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
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setSpacing(2)
        for key, title, icon in entries:
            button = RailButton(icon, title, None, self._inner)
            button.setObjectName(key)
            button.clicked.connect(partial(self.chosen.emit, key))
            self._buttons[key] = button
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
            self._area.ensureWidgetVisible(self._buttons[key])

    def set_count(self, key: str, count: int) -> None:
        """The number beside an entry."""
        if key in self._buttons:
            self._buttons[key].set_count(count)
            self._widen()

    def set_shortcut(self, key: str, keys: str) -> None:
        """Say the keys that open an entry."""
        button = self._buttons[key]
        button.setToolTip(f"{button.toolTip()}({keys})")

    def current(self) -> RailButton:
        """The button that takes the focus of the rail."""
        buttons = list(self._buttons.values())
        return next((each for each in buttons if each.isChecked()), buttons[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between the entries."""
        keys = list(self._buttons.values())
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
