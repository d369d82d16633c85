"""The columns of a list as the clerk laid them out: order, width, hidden; kept per register."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Slot
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from ui import theme
from ui.widgets.paged_model import Column


class Columns(QObject):
    """Rules a list's header; widths are remembered by label, at 100 %."""

    def __init__(self, header: QHeaderView, key: str, settings: QSettings | None) -> None:
        super().__init__(header)
        self._header = header
        self._key = key
        self._settings = settings
        self._columns: tuple[Column, ...] = ()
        self._widths: dict[str, int] = {}
        self._placing = False
        self._later = QTimer(self, singleShot=True, interval=400)
        self._later.timeout.connect(self.save)
        header.setAccessibleName("列标题")
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setResizeContentsPrecision(0)  # the rows in sight are enough to judge a width by
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)

    def lay_out(self, columns: tuple[Column, ...], *, anew: bool = False) -> None:
        """Place a list's columns as remembered; new ones come after the known ones."""
        if columns == self._columns and not anew:
            return
        self._columns = columns
        self._widths = {each.label: each.width for each in columns}
        self._header.blockSignals(True)
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._header.blockSignals(False)
        places = {each.label: at for at, each in enumerate(columns)}
        order = [each for each in self._remembered() if each[0] in places]
        known = {each[0] for each in order}
        order += [[each, self._widths[each], False] for each in places if each not in known]
        self._placing = True
        for place, (label, width, hidden) in enumerate(order):
            self._widths[label] = width
            self._header.moveSection(self._header.visualIndex(places[label]), place)
            self._header.setSectionHidden(places[label], hidden)
        self.apply_scale()

    def apply_scale(self) -> None:
        """Give every column its width at the text scale in force."""
        self._placing = True
        for at, column in enumerate(self._columns):
            if not self._header.isSectionHidden(at):
                self._header.resizeSection(at, theme.px(self._widths[column.label]))
        self._placing = False

    def visible(self) -> list[int]:
        """The visible columns in the order they stand in."""
        order = (self._header.logicalIndex(place) for place in range(self._header.count()))
        return [at for at in order if not self._header.isSectionHidden(at)]

    def menu(self, parent: QWidget) -> QMenu:
        """A menu to show and hide columns and to put them back as they were first."""
        made = QMenu(parent)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        visible = self.visible()
        for at, column in enumerate(self._columns):
            act = made.addAction(column.label)
            act.setCheckable(True)
            act.setChecked(at in visible)
            act.setEnabled(visible != [at])
            act.toggled.connect(partial(self.show, at))
        made.addSeparator()
        made.addAction("恢复默认列").triggered.connect(self.restore)
        return made

    def show(self, at: int, shown: bool) -> None:
        """Show or hide a column and remember it."""
        self._placing = True
        self._header.setSectionHidden(at, not shown)
        self.apply_scale()
        self.save()

    @Slot()
    def restore(self) -> None:
        """All columns in the register's own order and width."""
        if self._settings is not None:
            self._settings.remove(f"columns/{self._key}")
        self.lay_out(self._columns, anew=True)

    @Slot()
    def save(self) -> None:
        """Remember how the columns stand under the register's key."""
        self._later.stop()
        if self._settings is None or not self._key or not self._columns:
            return
        kept = []
        for place in range(self._header.count()):
            at = self._header.logicalIndex(place)
            label = self._columns[at].label
            kept.append([label, self._widths[label], self._header.isSectionHidden(at)])
        self._settings.setValue(f"columns/{self._key}", json.dumps(kept, ensure_ascii=False))

    def save_pending(self) -> None:
        """Remember at once what was moved a moment ago."""
        if self._later.isActive():
            self.save()

    def _remembered(self) -> list[list[Any]]:
        text = self._settings.value(f"columns/{self._key}", "") if self._settings else ""
        try:
            kept = json.loads(str(text or "[]"))
            return [[str(label), int(width), bool(hidden)] for label, width, hidden in kept]
        except (ValueError, TypeError):
            return []  # somebody edited the file by hand: as if nothing was remembered

    @Slot(int, int, int)
    def _resized(self, at: int, _old: int, new: int) -> None:
        stretched = self.visible()[-1:] == [at]
        if not self._placing and new and not stretched and at < len(self._columns):
            self._widths[self._columns[at].label] = round(new * 100 / theme.scale())
            self._later.start()

    @Slot(int, int, int)
    def _moved(self, *_: int) -> None:
        if not self._placing:
            self._later.start()
