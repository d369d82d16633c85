"""Rows that are in memory already, for a list; and words in it that are not all of one colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.widgets.paged_model import Column

Tones = Callable[[int, int], tuple[theme.Token | None, theme.Token | None]]
"""Ink and ground of a cell by row and column; None is the list's own."""


class PlainRows:
    """A source of rows that are all there: each is its id and then the texts of the columns."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> None:
        self.columns = tuple(columns)
        self._rows = rows
        self._places: dict[Any, int] | None = None

    def count(self) -> int:
        """How many there are."""
        return len(self._rows)

    def page(self, first: int, size: int) -> list[tuple[Any, ...]]:
        """Some of them."""
        return list(self._rows[first : first + size])

    def position(self, record_id: Any) -> int | None:
        """Where a record stands."""
        if self._places is None:
            self._places = {row[0]: at for at, row in enumerate(self._rows)}
        return self._places.get(record_id)


class Toned(QStyledItemDelegate):
    """Paints the cells of a list in the colours their meaning has."""

    def __init__(self, tones: Tones, parent: QWidget) -> None:
        super().__init__(parent)
        self._tones = tones

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Ink and ground of a cell."""
        super().initStyleOption(option, index)
        ink, ground = self._tones(index.row(), index.column())
        if ink is not None:
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, theme.colour(ink))
        if ground is not None:
            option.backgroundBrush = theme.colour(ground)
