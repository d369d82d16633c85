"""The model of a list: a few pages of a million rows, the rest asked for when painted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ui.widgets.work import Worker

PAGE = 100
_KEPT = 32  # pages
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
RecordRole = int(Qt.ItemDataRole.UserRole) + 1
_HORIZONTAL = Qt.Orientation.Horizontal
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its head, its first width in px at 100 %, numbers to the right."""

    label: str
    width: int = 120
    numeric: bool = False


class RowSource(Protocol):
    """Where a list's rows come from.

    Each row is the record's id and then the texts of the columns. A source may also have
    `position(record_id) -> int | None`, so that a record stays current when the list is reset.
    """

    columns: Sequence[Column]

    def count(self) -> int:
        """How many rows there are; may be slow, and is then asked on the worker's thread."""
        ...

    def page(self, first: int, size: int) -> list[tuple[Any, ...]]:
        """Rows `first` to `first + size`."""
        ...


class NoRows:
    """The source of a list that has nothing to show yet."""

    columns: Sequence[Column] = ()

    def count(self) -> int:
        """None at all."""
        return 0

    def page(self, first: int, size: int) -> list[tuple[Any, ...]]:
        """Nothing."""
        return []


class PagedModel(QAbstractTableModel):
    """Rows of a `RowSource`, asked for by page when painted; never all of them at once.

    With a worker the count is asked for off the screens' thread: the first page is shown at once
    and `counted` tells the total when it is known (-1 until then).
    """

    counted = Signal(int)
    sort_requested = Signal(int, bool)
    trouble = Signal(object)

    def __init__(self, parent: QObject | None = None, worker: Worker | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._source: RowSource = NoRows()
        self._pages: OrderedDict[int, list[tuple[Any, ...]]] = OrderedDict()
        self._rows = 0
        self._known = True
        self._columns: tuple[Column, ...] = ()
        self._aligns: tuple[int, ...] = ()
        self._reading = 0
        self._recent = -1  # the page the last cell was read from
        self._recent_rows: list[tuple[Any, ...]] = []

    @property
    def source(self) -> RowSource:
        """Where the rows come from now."""
        return self._source

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown now."""
        return self._columns

    @property
    def total(self) -> int | None:
        """How many rows there are, None while they are being counted."""
        return self._rows if self._known else None

    @property
    def total_text(self) -> str:
        """The total as a screen writes it."""
        return f"{self._rows:,}" if self._known else "…"

    def reset(self, source: RowSource) -> None:
        """Show another source, or the same one after its records changed."""
        self.beginResetModel()
        self._reading += 1
        self._source = source
        self._columns = tuple(source.columns)
        self._aligns = tuple(_RIGHT if each.numeric else _LEFT for each in self._columns)
        self._pages.clear()
        self._recent, self._recent_rows = -1, []
        first = self._page(0)
        self._rows, self._known = len(first), len(first) < PAGE
        if not self._known and self._worker is None:
            self._rows, self._known = max(self._count(source), self._rows), True
        self.endResetModel()
        if self._known:
            self.counted.emit(self._rows)
            return
        self.counted.emit(-1)
        self._ask_worker(source)

    def refresh(self) -> None:
        """Read the same source again."""
        self.reset(self._source)

    def renew(self, number: int) -> None:
        """Read one page again: its source had to give it later."""
        self._pages.pop(number, None)
        self._recent = -1
        first, last = number * PAGE, min((number + 1) * PAGE, self._rows) - 1
        if first <= last and self._columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def record_id(self, row: int) -> Any:
        """The id of the record in a row, None where there is none."""
        values = self._row(row)
        return values[0] if values else None

    def row_texts(self, row: int) -> tuple[str, ...]:
        """What stands in a row."""
        return tuple(self._row(row)[1:])

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """The rows known of so far."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """The columns of the source."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A cell; the commonest questions first, since a page of cells asks 1,600 of them."""
        if role == _DISPLAY:
            values = self._row(index.row())
            return values[index.column() + 1] if values else None
        if role == _ALIGN:
            return self._aligns[index.column()]
        if role not in (_SPOKEN, _TOOLTIP, RecordRole) or not index.isValid():
            return None
        values = self._row(index.row())
        if not values:
            return None
        if role == RecordRole:
            return values[0]
        text = values[index.column() + 1]
        return f"{self._columns[index.column()].label}：{text or '空'}" if role == _SPOKEN else text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """The head of a column."""
        if orientation != _HORIZONTAL or not 0 <= section < len(self._columns):
            return None
        if role in (_DISPLAY, _SPOKEN, _TOOLTIP):
            return self._columns[section].label
        return self._aligns[section] if role == _ALIGN else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the rows in another order; the screen answers with another source."""
        if 0 <= column < len(self._columns):
            self.sort_requested.emit(column, order == Qt.SortOrder.DescendingOrder)

    def _row(self, row: int) -> tuple[Any, ...]:
        number, at = divmod(row, PAGE)
        if number != self._recent:
            rows = self._pages.get(number) if row >= 0 else []
            if rows is None:
                rows = self._page(number)
            elif number in self._pages:
                self._pages.move_to_end(number)
            self._recent, self._recent_rows = number, rows
        return self._recent_rows[at] if at < len(self._recent_rows) else ()

    def _page(self, number: int) -> list[tuple[Any, ...]]:
        try:
            rows = self._source.page(number * PAGE, PAGE)
        except Exception as error:  # painting must not raise, and must not ask again each time
            rows = []
            self.trouble.emit(error)
        self._pages[number] = rows
        if len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        return rows

    def _count(self, source: RowSource) -> int:
        try:
            return source.count()
        except Exception as error:
            self.trouble.emit(error)
            return 0

    def _ask_worker(self, source: RowSource) -> None:
        reading = self._reading

        def done(total: int) -> None:
            if reading == self._reading:
                self._grow(total)

        def failed(error: BaseException) -> None:
            if reading == self._reading:
                self._grow(0)
                self.trouble.emit(error)

        assert self._worker is not None
        self._worker.run(lambda _: source.count(), done, failed)

    def _grow(self, total: int) -> None:
        if total > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, total - 1)
            self._rows = total
            self.endInsertRows()
        self._known = True
        self.counted.emit(self._rows)
