"""The rows of a register for a list: a page at a time, off the screens' thread where it is slow."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, View
from lanling_desktop.core.register import Register
from lanling_desktop.core.values import mask
from ui.widgets.paged_table import PAGE, Column
from ui.widgets.work import Worker

_SLOW = 0.02  # seconds a page may cost on the screens' thread
_KEPT = 64  # pages of a slow list
_WIDEST = 40  # mm on paper that still count on the screen
_LEAST = {
    Kind.DATE: 92,
    Kind.PHONE: 104,
    Kind.NAME: 72,
    Kind.IDENTITY: 168,
    Kind.LINK: 128,
}  # px that show the value whole
_LEAST_LINK = {"person": 72, "party_organisation": 172}  # a name; 第一 and 第二 told apart
Page = list[tuple[Any, ...]]


def column_of(said: Field, *, known_by: bool = False) -> Column:
    """A list column as wide as its values on paper ask for; whole, where a record is known by it."""
    narrow = min(said.width_mm, _WIDEST) * 2.7
    whole = said.width_mm * 3.6 if known_by and said.width_mm > _WIDEST else 0
    width = max(round(max(narrow, whole)) + 20, len(said.label) * 14 + 18)
    least = _LEAST_LINK.get(said.link, _LEAST.get(said.kind, 0))
    return Column(said.label, max(width, least), said.numeric)


@dataclass(frozen=True)
class Top:
    """The first page of a view, and how long it took."""

    view: View
    keys: tuple[str, ...]
    rows: Page
    seconds: float


def read_top(office: Office, view: View, keys: Sequence[str]) -> Top:
    """Read the first page of a view; for the reader's thread."""
    began = time.perf_counter()
    rows = read_page(office, view, 0, PAGE, keys)
    return Top(view, tuple(keys), rows, time.perf_counter() - began)


def read_page(office: Office, view: View, first: int, size: int, keys: Sequence[str]) -> Page:
    """Rows with what is sensitive masked, but for what a record of the register is known by.

    A list of households that hid its addresses would be a list of nothing.
    """
    register = office.registers[view.register]
    fields = [register.all_columns[key].field for key in keys]
    hidden = [
        at
        for at, (key, said) in enumerate(zip(keys, fields, strict=True), 1)
        if said.sensitive and key != register.order
    ]
    rows: Page = []
    for each in office.page(view, first, size, keys=keys, masked=False):
        texts = list(each)
        for at in hidden:
            texts[at] = mask(fields[at - 1], texts[at]) if texts[at] else ""
        rows.append(tuple(texts))
    return rows


class OfficeRows:
    """A view of the office as a list's rows.

    A page of a slow view is asked for by the reader: until it comes its rows stand empty, then
    `renew` is called with its number.
    """

    def __init__(
        self, office: Office, top: Top, reader: Worker, renew: Callable[[int], None]
    ) -> None:
        register = office.registers[top.view.register]
        known_by = (register.order, register.record.title_column)
        self.columns = tuple(
            column_of(register.all_columns[key].field, known_by=key in known_by) for key in top.keys
        )
        self._office = office
        self._top = top
        self._reader = reader
        self._renew = renew
        self._slow = top.seconds > _SLOW
        self._came: dict[int, Page] = {0: top.rows}
        self._asked: set[int] = set()

    def count(self) -> int:
        """How many records the view has; asked for in the reader's thread."""
        return self._office.count(self._top.view)

    def page(self, first: int, size: int) -> Page:
        """Rows `first` to `first + size`."""
        number = first // PAGE
        if number in self._came:
            return self._came[number]
        if not self._slow:
            return self._read(first, size)
        if number not in self._asked:
            self._asked.add(number)
            self._reader.run(
                lambda _: self._read(first, size), lambda rows: self._take(number, rows)
            )
        return [(None, *[""] * len(self.columns))] * size

    def _read(self, first: int, size: int) -> Page:
        return read_page(self._office, self._top.view, first, size, self._top.keys)

    def _take(self, number: int, rows: Page) -> None:
        self._asked.discard(number)
        if len(self._came) >= _KEPT:
            self._came = {0: self._top.rows}
        self._came[number] = rows
        self._renew(number)


def touches(changes: Changes, register: Register, registers: Mapping[str, Register]) -> bool:
    """Whether a list of the register may show something else after these changes."""
    if not changes.records:
        return True  # an office founded from loaded data
    own = {register.key, *(part.record.__tablename__ for part in register.parts)}
    own |= {
        registers[each.field.link].key for each in register.all_columns.values() if each.field.link
    }
    own |= {each.register for each in register.children}
    return bool(own & changes.tables)
