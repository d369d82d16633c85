"""Sheet rows turned into planned rows: read, recognised, compared with what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lanling_desktop.core import acts, bulk
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Adopted, Prepared, Problem, Values
from lanling_desktop.core.register import Register, masking
from lanling_desktop.core.values import display
from lanling_desktop.exchange import workbook
from lanling_desktop.exchange.planned import (
    CHANGED,
    HIDDEN,
    SAME,
    WRONG,
    CellChange,
    CellTrouble,
    PlannedRow,
    Received,
    fields_for,
)
from lanling_desktop.exchange.workbook import Cell, CellKind, Row
from lanling_desktop.standards import dates, text

_TITLE = 60  # characters
_NAMED = 8  # records that will be made, named in the preview
_AS_SHOWN = frozenset(
    {Kind.LINK, Kind.TEXT, Kind.NAME, Kind.LONG_TEXT, Kind.PHONE, Kind.CHOICE, Kind.MANY}
)


class Planner:
    """Turns sheet rows into planned rows of one register."""

    def __init__(
        self,
        office: Office,
        register: Register,
        mapping: Mapping[int, str],
        received: Received,
    ) -> None:
        self._office = office
        self._register = register
        self._mapping = mapping
        self._columns = {key: column for column, key in mapping.items()}
        self._record_column = received.proposed.record_column
        self._date_1904 = received.date_1904
        self._fields = fields_for(register)
        self._links: dict[tuple[str, str], Any] = {}
        self._typed: dict[Any, str] = {}
        self._current: dict[str, Values] = {}
        self._shown: dict[str, Values] = {}

    def look_up(self, rows: Sequence[Row]) -> None:
        """Read the records that the rows of one of our own sheets name by their number."""
        self._keep_current([key for row in rows if (key := self._record_id(row))])

    def _keep_current(self, ids: Sequence[str]) -> None:
        fresh = [each for each in ids if each not in self._current]
        key = self._register.key
        self._current.update(bulk.read_many(self._office, key, fresh))
        self._shown.update(bulk.read_many(self._office, key, fresh, shown=True))

    def _record_id(self, row: Row) -> str:
        return row.cell(self._record_column).text.strip() if self._record_column else ""

    def read(self, row: Row) -> PlannedRow:
        """Convert the cells of one row; blank cells are not given at all, so they erase nothing."""
        record_id = self._record_id(row)
        raw: dict[str, Any] = {}
        kept: dict[str, Any] = {}
        troubles: list[CellTrouble] = []
        for column, key in self._mapping.items():
            cell = row.cell(column)
            if cell.kind in (CellKind.UNCOMPUTED, CellKind.ERROR):
                words = f"{cell.kind.value}，请打开原表重新计算并保存"
                troubles.append(self._trouble(cell, key, words))
            elif self._is_as_shown(record_id, key, cell):
                kept[key] = self._current[record_id][key]
            elif cell.text.strip() and not self._is_masked(key, cell.text):
                raw[key] = self._raw(cell, key)
        prepared = self._office.prepare(self._register.key, raw, links=self._links)
        troubles.extend(self._placed(row, each) for each in prepared.problems)
        title = self._title(prepared, raw) or self._title_now(record_id)
        planned = PlannedRow(row.number, title, {**prepared.values, **kept})
        planned.record_id = record_id or None
        planned.troubles = tuple(troubles)
        if self._register.of_sheet is not None:
            planned.also = self._register.of_sheet.values(planned.values, self._office.today)
        planned.notes = tuple(
            f"{self._fields[key].label}：{words}" for key, words in prepared.notes.items()
        )
        return planned

    def _raw(self, cell: Cell, key: str) -> Any:
        """What stands in the cell; a bare day count of a book that counts from 1904, as a day."""
        number = cell.value
        if (
            self._date_1904
            and self._fields[key].kind is Kind.DATE
            and isinstance(number, int | float)
            and dates.is_serial(number, date1904=True)
        ):
            return dates.from_serial(number, date1904=True)
        return number

    def _is_as_shown(self, record_id: str, key: str, cell: Cell) -> bool:
        """Whether a cell still says what the record it came from shows: then it is unchanged.

        It is not read again: three may have the name a link is shown by, and what was kept once
        need not be what a form would take today.
        """
        said = self._fields[key]
        if said.kind not in _AS_SHOWN or record_id not in self._shown:
            return False
        return cell.text.strip() == display(said, self._shown[record_id].get(key)).strip() != ""

    def _title_now(self, record_id: str) -> str:
        return str(self._shown.get(record_id, {}).get(self._register.order) or "")

    def _title(self, prepared: Prepared, raw: Mapping[str, Any]) -> str:
        """What the row is called: as it will be kept, or as it stands there on one line."""
        key = self._register.order
        if self._register.all_columns[key].field.kind is not Kind.LINK and prepared.values.get(key):
            return str(prepared.values[key])
        return text.clean(str(raw.get(key) or ""))[:_TITLE]

    def _placed(self, row: Row, problem: Problem) -> CellTrouble:
        column = self._columns.get(problem.key)
        if column is None:
            label = self._register.all_columns[problem.key].field.label
            return CellTrouble(row.number, None, "", label, problem.words)
        return self._trouble(row.cell(column), problem.key, problem.words)

    def _is_masked(self, key: str, shown: str) -> bool:
        """A sensitive cell of our own masked export says nothing new."""
        said = masking(self._fields[key], self._office.registers)
        return HIDDEN in shown and (said.sensitive or said.month_public)

    def _trouble(self, cell: Cell, key: str, words: str) -> CellTrouble:
        return CellTrouble(cell.row, cell.column, cell.address, self._fields[key].label, words)

    def recognise(self, rows: Sequence[PlannedRow]) -> None:
        """Find the records the rows are about, and judge each row against what is there."""
        self._twice(rows)
        sound = [row for row in rows if not row.troubles]
        unknown = [row for row in sound if row.record_id is None]
        key = self._register.key
        said = [{**row.also, **row.values} for row in unknown]
        located = bulk.locate_in_register(self._office, key, said)
        for row, record_id in zip(unknown, located, strict=True):
            row.record_id = record_id
        self._twins([row for row in unknown if row.record_id is None])
        self._owners([row for row in unknown if row.record_id is None])
        ids = [row.record_id for row in sound if row.record_id]
        fresh = [row for row in sound if row.record_id is None]
        told = self._register.of_sheet.told if self._register.of_sheet else {}
        for row in fresh:
            given = [key for key in row.also if key not in row.values]
            row.notes = (*row.notes, *(told[key] for key in given if key in told))
            row.values = {**row.also, **row.values}
        self._likeness(fresh)
        self._keep_current(ids)
        for row in sound:
            self._judge(row, self._current, self._shown)
        for row in rows:
            if row.troubles:
                row.kind = WRONG

    def to_be_made(self, rows: Sequence[PlannedRow]) -> Iterator[str]:
        """Say which records the rows' links will bring along, by kind."""
        found: dict[str, dict[str, None]] = {}
        for row in rows:
            for value in row.values.values() if not row.troubles else ():
                if isinstance(value, Adopted):
                    self._bring_along(value, found)
        for key, titles in found.items():
            some = "、".join(list(titles)[:_NAMED])
            more = "等" if len(titles) > _NAMED else ""
            title = self._office.registers[key].title
            yield f"将一并新建 {len(titles)} 个{title}：{some}{more}"

    def _bring_along(self, made: Adopted, found: dict[str, dict[str, None]]) -> None:
        """Note a record to be made, and what it brings along in its turn."""
        known = found.setdefault(made.register, {})
        register = self._office.registers[made.register]
        if made.title in known or register.adopt is None:
            return
        known[made.title] = None
        for key, value in (register.adopt(made.title) or {}).items():
            if key.endswith("="):
                target = register.all_columns[key[:-1]].field.link
                if not self._office.resolve(target, value):
                    self._bring_along(Adopted(target, value), found)

    def _twice(self, rows: Sequence[PlannedRow]) -> None:
        """Two rows of one sheet that are about the same record contradict each other."""
        relation = acts.is_relation(self._register.record)
        for group in acts.recognised_by(self._register):
            first: dict[tuple[Any, ...], int] = {}
            for row in rows:
                values = {**row.also, **row.values}
                key = tuple(values.get(name) for name in group)
                if any(each is None or each == "" for each in key):
                    continue
                if relation:  # left and come back: two rows with two beginnings
                    key = (*key, row.values.get("valid_from"))
                if key in first:
                    columns = self._register.all_columns
                    label = "、".join(columns[each].field.label for each in group)
                    words = f"与第 {first[key]} 行的{label}相同，请只留一行"
                    place = self._place(row.number, group[0])
                    trouble = CellTrouble(row.number, *place, label, words)
                    row.troubles = (*row.troubles, trouble)
                first.setdefault(key, row.number)

    def _twins(self, rows: Sequence[PlannedRow]) -> None:
        """Rows without a key that say just what a record says are that record, not another one.

        Where several rows say the same, there have to be as many such records.
        """
        found = bulk.equals(self._office, self._register.key, [row.values for row in rows])
        same: dict[tuple[str, ...], list[PlannedRow]] = {}
        for row, ids in zip(rows, found, strict=True):
            if ids:
                same.setdefault(tuple(ids), []).append(row)
        for records, alike in same.items():
            if len(records) == len(alike):
                for record_id, row in zip(records, alike, strict=True):
                    row.record_id = record_id
                    row.notes = (*row.notes, "每一栏都与现有的一条记录相同，不再新增")

    def _place(self, row: int, key: str) -> tuple[int | None, str]:
        column = self._columns.get(key)
        return (None, "") if column is None else (column, workbook.address(row, column))

    def _owners(self, rows: Sequence[PlannedRow]) -> None:
        """Owner parts (the person of a member) that are already in the office."""
        for part in self._register.parts:
            if part.dated or not part.editable:
                continue
            prefix = f"{part.name}."
            values = [
                {k.removeprefix(prefix): v for k, v in row.values.items() if k.startswith(prefix)}
                for row in rows
            ]
            found = bulk.locate_records(self._office, part.record, values)
            for row, record_id in zip(rows, found, strict=True):
                row.owners[part.name] = record_id
                if record_id:
                    title = self._office.registers[part.record.__tablename__].title
                    row.notes = (*row.notes, f"此人已在“{title}”里，登记到同一人名下")

    def _judge(
        self, row: PlannedRow, current: Mapping[str, Values], shown: Mapping[str, Values]
    ) -> None:
        if row.record_id and row.record_id not in current:
            trouble = CellTrouble(row.number, None, "", "记录编号", "这条记录已经不在了")
            row.troubles = (trouble,)
            return
        row.current = current.get(row.record_id) if row.record_id else None
        before = row.current or {}
        base = before if row.record_id else self._register.defaults
        merged = {**base, **row.values}
        context = _Reading(self._office, row.record_id)
        problems = acts.check(context, self._register, merged)
        blocking = [each for each in problems if not each.warning]
        columns = self._register.all_columns
        warnings = [
            f"{columns[each.key].field.label}：{each.words}" for each in problems if each.warning
        ]
        row.notes = (*row.notes, *warnings)
        if blocking:
            row.troubles = tuple(self._placed_row(row.number, each) for each in blocking)
            return
        if row.record_id:
            names = shown.get(row.record_id, {})
            row.changes = tuple(self._changes(row, before, names))
            row.kind = CHANGED if row.changes else SAME
            self._refuse_closed(row, before, context)

    def _refuse_closed(self, row: PlannedRow, before: Values, context: _Reading) -> None:
        """A sheet changes no record that is closed; the first cell that would is named."""
        frozen = self._register.frozen if row.changes else None
        why = frozen(before, context) if frozen else None
        if why:
            first = row.changes[0]
            place = self._place(row.number, first.key)
            words = f"{why}，不能由表格改动；需要更正的，请按更正的办法另出一版"
            row.troubles = (CellTrouble(row.number, *place, first.label, words),)

    def _placed_row(self, number: int, problem: Problem) -> CellTrouble:
        label = self._register.all_columns[problem.key].field.label
        return CellTrouble(number, *self._place(number, problem.key), label, problem.words)

    def _likeness(self, rows: Sequence[PlannedRow]) -> None:
        """The same name and birthday is another person until somebody says otherwise."""
        settled = [self._settled(row) for row in rows]
        found = bulk.likenesses(self._office, self._register.key, settled)
        for row, like in zip(rows, found, strict=True):
            if like is not None:
                self._doubt(row, like[1], "与现有的一条记录相同")
        for group in self._register.duplicates:
            first: dict[tuple[Any, ...], int] = {}
            for row, values in zip(rows, settled, strict=True):
                key = tuple(values.get(name) for name in group)
                if len(group) < 2 or any(each is None or each == "" for each in key):
                    continue  # a telephone alone is a family's
                if key in first:
                    self._doubt(row, group, f"与第 {first[key]} 行相同")
                first.setdefault(key, row.number)

    def _settled(self, row: PlannedRow) -> Values:
        """The values as they will be kept: a birth that only the identity number says, too."""
        hints = {key: None for group in self._register.duplicates for key in group}
        values = {**hints, **row.values}
        if self._register.settle:
            self._register.settle(values, frozenset())
        return values

    def _doubt(self, row: PlannedRow, group: Sequence[str], where: str) -> None:
        columns = self._register.all_columns
        why = "、".join(columns[key].field.label for key in group)
        row.notes = (*row.notes, f"{why}{where}，可能是同一人，按另一人登记")

    def _changes(self, row: PlannedRow, before: Values, names: Values) -> Iterator[CellChange]:
        for key, value in row.values.items():
            if before.get(key) == value:
                continue
            said = self._fields[key]
            old = names.get(key) if said.kind is Kind.LINK else before.get(key)
            yield CellChange(key, said.label, display(said, old), self._text(said, value))

    def _text(self, said: Field, value: Any) -> str:
        if isinstance(value, Adopted):
            return f"{value.title}（新建）"
        if said.kind is not Kind.LINK:
            return display(said, value)
        if len(self._typed) < len(self._links):
            self._typed = {found: typed for (_, typed), found in self._links.items()}
        return self._typed.get(value, str(value))


class _Reading:
    """What the rules of a planned row may look at."""

    def __init__(self, office: Office, record_id: str | None) -> None:
        self.today = office.today
        self.record_id = record_id
        self.rows = office.rows
