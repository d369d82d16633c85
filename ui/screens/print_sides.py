"""单面 or 双面: chosen where a paper is looked at, remembered for every paper."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ui import theme
from ui.screens.print_acts import PrintActs

_TIP = "打印机能双面打印时才起作用；反面自动把装订边留在装订的一侧"


class PrintSides(QWidget):
    """Two buttons, one of them down."""

    chosen = Signal()

    def __init__(self, acts: PrintActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts = acts
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        self.one, self.both = theme.button("单面", parent=self), theme.button("双面", parent=self)
        for each in (self.one, self.both):
            each.setCheckable(True)
            each.setToolTip(_TIP)
            self._group.addButton(each)
            line.addWidget(each)
        (self.both if acts.both_sides else self.one).setChecked(True)
        self._group.buttonClicked.connect(self._choose)

    @Slot()
    def _choose(self) -> None:
        self._acts.set_both_sides(self.both.isChecked())
        self.chosen.emit()
