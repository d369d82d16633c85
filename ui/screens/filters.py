"""What narrows a list: the filter box, ready and saved filters with counts, conditions, the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from lanling_desktop.core.desk import SavedFilter
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Condition, View
from lanling_desktop.core.register import Register
from ui import theme
from ui.screens.conditions import condition_text
from ui.widgets.boxes import LineBox
from ui.widgets.cards import FilterChip
from ui.widgets.fields import editor_for
from ui.widgets.flow import FlowLayout
from ui.widgets.value_editors import DateEditor

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAUSE = 120  # milliseconds after a key before the list follows


class FilterBox(QWidget):
    """The filter box of a list: what is typed narrows it, Down and Enter go into it."""

    typed = Signal(str)
    entered_list = Signal()  # Enter: to the first record
    left_down = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = LineBox(self)
        self.box.setPlaceholderText(f"找{title}(Ctrl+F)")
        self.box.setAccessibleName(f"在{title}里找")
        self.box.setMinimumWidth(theme.px(150))
        self.box.add_button("search", "查找", leading=True).clicked.connect(self.entered_list)
        self.setFocusProxy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self._wait = QTimer(self, singleShot=True, interval=_PAUSE)
        self._wait.timeout.connect(self._tell)
        self.box.textEdited.connect(self._wait_a_little)

    def text(self) -> str:
        """What is looked for."""
        return self.box.text().strip()

    def set_text(self, text: str) -> None:
        """Put words into the box without telling."""
        self._wait.stop()
        self.box.setText(text)

    def box_key(self, event: QKeyEvent) -> bool:
        """Enter and Down go to the list, Esc empties the box."""
        if event.key() in _ENTER:
            self._flush()
            self.entered_list.emit()
        elif event.key() == Qt.Key.Key_Down:
            self._flush()
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.box.text():
            self.box.clear()
            self._tell()
        else:
            return False
        return True

    def _flush(self) -> None:
        if self._wait.isActive():
            self._tell()

    @Slot()
    def _wait_a_little(self) -> None:
        self._wait.start()

    @Slot()
    def _tell(self) -> None:
        self._wait.stop()
        self.typed.emit(self.text())


class Chips(QWidget):
    """Filters side by side, in as many lines as it takes; one is in force, Del drops a saved one."""

    chosen = Signal(str)
    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, theme.px(8), theme.px(4))
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        self.chips: dict[str, FilterChip] = {}
        self._crowded = False
        self.more = theme.button("别的筛选", "link", parent=self)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._fold)
        self._flow.addWidget(self.more)
        self._fold()

    def set_crowded(self, crowded: bool) -> None:
        """In large text only the filter in force stands there, the others behind a button."""
        if crowded != self._crowded:
            self._crowded = crowded
            self.more.setChecked(False)
            self._fold()

    @Slot()
    def _fold(self) -> None:
        folded = self._crowded and not self.more.isChecked()
        first = next(iter(self.chips), "")
        for key, chip in self.chips.items():
            chip.setVisible(not folded or key == (self.current or first))
        self.more.setVisible(self._crowded)
        self.updateGeometry()

    def show_filters(self, filters: Sequence[tuple[str, str]], current: str) -> None:
        """The filters there are, by key and title."""
        for key in [each for each in self.chips if each not in dict(filters)]:
            chip = self.chips.pop(key)
            self._group.removeButton(chip)
            self._flow.removeWidget(chip)
            chip.deleteLater()
        for key, title in filters:
            if key not in self.chips:
                chip = FilterChip(title, None, self)
                chip.setObjectName(key)
                self.chips[key] = chip
                self._group.addButton(chip)
                self._flow.addWidget(chip)
        self._flow.removeWidget(self.more)
        self._flow.addWidget(self.more)
        self.choose(current)

    def choose(self, key: str) -> None:
        """Put a filter in force without telling; none for a key that is not there."""
        self._group.setExclusive(False)
        for each, chip in self.chips.items():
            chip.setChecked(each == key)
        self._group.setExclusive(True)
        self._fold()

    @property
    def current(self) -> str | None:
        """The key of the filter in force."""
        return next((key for key, chip in self.chips.items() if chip.isChecked()), None)

    def set_count(self, key: str, count: int | None) -> None:
        """How many records a filter keeps."""
        if key in self.chips:
            self.chips[key].set_count(count)
            self.chips[key].updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del drops a saved filter, arrows move."""
        chips = [each for each in self.chips.values() if not each.isHidden()]
        at = next((n for n, each in enumerate(chips) if each.hasFocus()), None)
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if at is not None and step:
            chips[(at + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
        elif at is not None and event.key() == Qt.Key.Key_Delete:
            self.dropped.emit(chips[at].objectName())
        else:
            super().keyPressEvent(event)

    @Slot(QAbstractButton)
    def _tell(self, chip: QAbstractButton) -> None:
        self.more.setChecked(False)
        self.chosen.emit(chip.objectName())


class ConditionRow(QWidget):
    """The conditions in force, each with a cross to take it away, and 存为筛选."""

    removed = Signal(int)
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, theme.px(8), theme.px(4))
        self.hide()

    def show_conditions(self, conditions: Sequence[Condition], register: Register) -> None:
        """Write the conditions anew."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            if item is not None and item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for at, each in enumerate(conditions):
            words = condition_text(each, register.all_columns[each.key].field)
            chip = theme.button(f"{words}  ×", "plain", parent=self)
            chip.setAccessibleName(f"去掉条件：{words}")
            chip.setToolTip("去掉这个条件")
            chip.setProperty("at", at)
            chip.clicked.connect(self._remove)
            self._flow.addWidget(chip)
        if conditions:
            keep = theme.button("存为筛选", "link", key="Ctrl+Shift+S", parent=self)
            keep.clicked.connect(self.save_requested)
            self._flow.addWidget(keep)
        self.setVisible(bool(conditions))
        for child in self.findChildren(QWidget):
            child.setVisible(True)
        self.updateGeometry()

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(int(self.sender().property("at")))


class Filters(QWidget):
    """Everything that narrows a list; `changed` tells the view to show."""

    changed = Signal(object)  # View
    save_requested = Signal()
    drop_requested = Signal(str)

    def __init__(
        self, register: Register, today: date, box: FilterBox, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.register = register
        self.today = today
        self.view = View(register.key)
        self.box = box
        self._saved: dict[str, SavedFilter] = {}
        self.chips = Chips(self)
        self.conditions = ConditionRow(self)
        self.day = editor_for(Field("截至", Kind.DATE, help=""), lambda: self.today, parent=self)
        assert isinstance(self.day, DateEditor)
        self.day.box.setAccessibleName("截至")
        self.day.box.setToolTip("名册截至哪一天(Ctrl+J)")
        self.day.set_value(today)
        self._place()
        box.typed.connect(self._set_text)
        self.chips.chosen.connect(self._choose)
        self.chips.dropped.connect(self._drop)
        self.conditions.removed.connect(self._remove)
        self.conditions.save_requested.connect(self.save_requested)
        self.day.left.connect(self.read_day)
        self.day.edited.connect(self._picked)

    def _place(self) -> None:
        self.day_place = QWidget(self)
        day = QHBoxLayout(self.day_place)
        day.setContentsMargins(0, 0, 0, 0)
        day.setSpacing(theme.px(8))
        label = QLabel("截至", self)
        label.setBuddy(self.day.box)
        day.addWidget(label)
        day.addWidget(self.day)
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.day_place, 0, Qt.AlignmentFlag.AlignTop)
        self.line = top
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(top)
        self.below = QHBoxLayout()
        layout.addLayout(self.below)
        layout.addWidget(self.conditions)
        self._day_folds = False
        self.chips.more.toggled.connect(self._fold_day)
        self._fit()

    def fold_day(self, *, fold: bool) -> None:
        """Where no line has room for the day, it stands with the other filters."""
        self._day_folds = fold
        self._fold_day()

    @Slot()
    def _fold_day(self) -> None:
        self.day_place.setVisible(not self._day_folds or self.chips.more.isChecked())

    def _fit(self) -> None:
        self.day.setFixedWidth(theme.px(148))

    def changeEvent(self, event: QEvent) -> None:
        """The whole day is to be read at any text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "day_place"):
            self._fit()

    def show_saved(self, saved: Sequence[SavedFilter]) -> None:
        """The chips: all, the register's ready filters, the clerk's own."""
        self._saved = {f"saved:{each.id}": each for each in saved}
        offers = [("all", "全部")]
        offers += [(f"ready:{each.key}", each.title) for each in self.register.ready]
        offers += [(key, each.title) for key, each in self._saved.items()]
        self.chips.show_filters(offers, self._chip_of(self.view))

    def view_of(self, chip: str) -> View:
        """What a chip keeps, as of the day in force."""
        view = replace(self.view, text="", ready="", conditions=(), order="", descending=False)
        kind, _, key = chip.partition(":")
        if kind == "ready":
            return replace(view, ready=key, binned=False)
        if kind == "saved":
            kept = self._saved[chip].view
            return replace(
                kept, day=view.day, community=view.community, parent=view.parent, binned=False
            )
        return view

    def show_view(self, view: View) -> None:
        """Take over a view from elsewhere and show it in the boxes, without telling."""
        self.view = view
        self.box.set_text(view.text)
        self.day.set_value(view.day or self.today)
        self.chips.choose(self._chip_of(view))
        self.conditions.show_conditions(view.conditions, self.register)

    def add_condition(self, condition: Condition) -> None:
        """One more condition in force."""
        self._go(replace(self.view, conditions=(*self.view.conditions, condition)))

    def set_day(self, day: date | None) -> None:
        """Another day; None is today, and stays today tomorrow."""
        self._go(replace(self.view, day=None if day == self.today else day))

    def set_today(self, today: date) -> None:
        """A new day has begun."""
        self.today = today
        if self.view.day is None:
            self.day.set_value(today)

    @Slot()
    def read_day(self) -> None:
        """Take the day that was typed."""
        if self.day.commit_text():
            day = self.day.value() or self.today
            if day != (self.view.day or self.today):
                self.set_day(day)
            elif self.day.is_empty():
                self.day.set_value(self.today)

    def day_key(self, event: QKeyEvent) -> bool:
        """Enter in the day takes it, Esc brings back the day in force."""
        if event.key() in _ENTER:
            self.read_day()
        elif event.key() == Qt.Key.Key_Escape:
            self.day.set_value(self.view.day or self.today)
        else:
            return False
        return True

    def _go(self, view: View) -> None:
        self.show_view(view)
        self.changed.emit(view)

    def _chip_of(self, view: View) -> str:
        """The chip that says what the view keeps, if one does."""
        if view.binned or view.ids is not None or view.parent is not None:
            return ""
        for key, each in self._saved.items():
            same = (each.view.conditions, each.view.ready, each.view.text)
            if same == (view.conditions, view.ready, view.text):
                return key
        if view.conditions:
            return ""
        return f"ready:{view.ready}" if view.ready else "all"

    def words(self) -> str:
        """What narrows the list, as one would say it; empty where nothing does."""
        chip = self._chip_of(self.view)
        said = [self.view.text] if self.view.text else []
        if chip.startswith("saved:"):
            said.append(self._saved[chip].title)
        said += [each.title for each in self.register.ready if chip == f"ready:{each.key}"]
        if not chip:
            known = self.register.all_columns
            said += [condition_text(each, known[each.key].field) for each in self.view.conditions]
        return "、".join(said)

    @Slot(str)
    def _set_text(self, text: str) -> None:
        if text != self.view.text:
            self.view = replace(self.view, text=text)
            self.changed.emit(self.view)

    @Slot(str)
    def _choose(self, chip: str) -> None:
        self._go(replace(self.view_of(chip), parent=None, ids=None, binned=False))

    @Slot(str)
    def _drop(self, chip: str) -> None:
        if chip in self._saved:
            self.drop_requested.emit(self._saved[chip].id)

    @Slot(int)
    def _remove(self, at: int) -> None:
        rest = tuple(each for n, each in enumerate(self.view.conditions) if n != at)
        self._go(replace(self.view, conditions=rest))

    @Slot()
    def _picked(self) -> None:
        if not self.day.box.hasFocus():  # by the calendar
            self.read_day()
