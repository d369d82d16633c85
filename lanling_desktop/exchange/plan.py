"""What an import would do, row by row and cell by cell, before anything is written.

A plan is made without changing the office: which rows are new, which change what, which are
already so, and which cannot be taken and why, named by cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lanling_desktop.core import acts, bulk
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office, Prepared
from lanling_desktop.core.plain import Adopted, Problem, Values
from lanling_desktop.core.register import Register, masking
from lanling_desktop.core.values import display
from lanling_desktop.exchange import headers, workbook
from lanling_desktop.exchange.data_rows import LeftOut, data_rows
from lanling_desktop.exchange.headers import Header, HeaderMapping
from lanling_desktop.exchange.workbook import Cell, CellKind, Row, Sheet

NEW, CHANGED, SAME, WRONG = "新增", "修改", "一致", "有误"
Progress = Callable[[int, int], None]
HIDDEN = "***"
"""What a masked cell of our own exports holds."""

_SHOWN_NEW = 5


@dataclass(frozen=True, slots=True)
class CellTrouble:
    """Why a row cannot be taken: the cell ('' for the whole row) and the words."""

    row: int
    column: int | None
    address: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """One value of an existing record that the row would change."""

    key: str
    label: str
    before: str
    after: str


@dataclass(slots=True)
class PlannedRow:
    """One row of the sheet and what becomes of it."""

    number: int
    title: str
    values: Values
    kind: str = NEW
    record_id: str | None = None
    owners: dict[str, str | None] = field(default_factory=dict)
    current: Values | None = None
    changes: tuple[CellChange, ...] = ()
    troubles: tuple[CellTrouble, ...] = ()
    notes: tuple[str, ...] = ()
    also: Values = field(default_factory=dict)  # what the row says besides, if it is new


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The whole of what an import would do; `rows` in the order of the sheet."""

    path: Path
    register: str
    sheet: str
    header: Header
    mapping: Mapping[int, str]  # column number to column key
    rows: tuple[PlannedRow, ...]
    left_out: tuple[LeftOut, ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]

    def count(self, kind: str) -> int:
        """How many rows are of that kind."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def troubles(self) -> tuple[CellTrouble, ...]:
        """Everything that is wrong, in the order of the sheet."""
        return tuple(each for row in self.rows for each in row.troubles)

    @property
    def summary(self) -> str:
        """One line: how many of each."""
        return "，".join(f"{kind} {self.count(kind)} 行" for kind in (NEW, CHANGED, SAME, WRONG))


@dataclass(frozen=True, slots=True)
class Received:
    """A file read as far as its header, with the mapping proposed for it."""

    path: Path
    register: str
    sheet: Sheet
    header: Header
    proposed: HeaderMapping
    mapping: Mapping[int, str]
    remembered: bool
    sheets: tuple[str, ...]
    notes: tuple[str, ...]


def receive(office: Office, register_key: str, path: Path, *, sheet: str = "") -> Received:
    """Read a received file up to its header and propose which column feeds which field.

    A mapping chosen before for the same header is proposed again. Raises `OfficeError` for a file
    that is not a table, is hostile, or has no header.
    """
    register = office.registers[register_key]
    fields = fields_for(register)
    book = workbook.read(path)
    named = next((each for each in book.sheets if each.name == sheet), None)
    chosen = named or headers.choose_sheet(book.sheets, fields)
    if chosen is None:
        chosen = next(iter(book.filled), None)
    if chosen is None:
        raise OfficeError(f"{path.name} 里没有内容", "没有改动任何数据", "请换一个文件再导入")
    header = headers.find_header(chosen, fields)
    proposed = headers.map_columns(header, fields)
    mapping = {each.column: each.field for each in proposed.matches}
    kept = office.desk.get(_memory(register_key, header))
    if kept:
        texts = {normal: key for normal, key in kept.items() if key in fields}
        mapping = {
            each.column: texts[each.full_text] for each in header.columns if each.full_text in texts
        }
    names = tuple(each.name for each in book.filled)
    return Received(
        path, register_key, chosen, header, proposed, mapping, bool(kept), names, book.notes
    )


def fields_for(register: Register) -> dict[str, Field]:
    """The columns a sheet can feed, by key."""
    return {each.key: each.field for each in register.exchange_columns}


def remember(office: Office, received: Received, mapping: Mapping[int, str]) -> None:
    """Keep the mapping for the next file with this header."""
    texts = {each.column: each.full_text for each in received.header.columns}
    kept = {texts[column]: key for column, key in mapping.items() if column in texts}
    office.desk.put(_memory(received.register, received.header), kept)


def _memory(register_key: str, header: Header) -> str:
    return f"mapping:{register_key}:{headers.fingerprint(header)}"


def plan(
    office: Office,
    received: Received,
    mapping: Mapping[int, str] | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """Work out what importing the file would do. Changes nothing."""
    chosen = dict(mapping if mapping is not None else received.mapping)
    register = office.registers[received.register]
    if not chosen:
        raise OfficeError("没有一列对得上", "没有改动任何数据", "请在上一步为各列选好对应的栏目")
    found = data_rows(received.sheet, received.header)
    planner = _Planner(office, register, chosen, received.proposed.record_column)
    rows = []
    for done, row in enumerate(found.rows):
        rows.append(planner.read(row))
        if progress and done % 200 == 0:
            progress(done, len(found.rows))
    planner.recognise(rows)
    texts = {each.column: each.full_text for each in received.header.columns}
    unknown = tuple(text for column, text in texts.items() if column not in chosen and text)
    return ImportPlan(
        received.path,
        received.register,
        received.sheet.name,
        received.header,
        chosen,
        tuple(rows),
        found.left_out,
        unknown,
        received.notes,
    )


class _Planner:
    """Turns sheet rows into planned rows of one register."""

    def __init__(
        self,
        office: Office,
        register: Register,
        mapping: Mapping[int, str],
        record_column: int | None,
    ) -> None:
        self._office = office
        self._register = register
        self._mapping = mapping
        self._columns = {key: column for column, key in mapping.items()}
        self._record_column = record_column
        self._fields = fields_for(register)
        self._links: dict[tuple[str, str], Any] = {}

    def read(self, row: Row) -> PlannedRow:
        """Convert the cells of one row; blank cells are not given at all, so they erase nothing."""
        raw: dict[str, Any] = {}
        troubles: list[CellTrouble] = []
        for column, key in self._mapping.items():
            cell = row.cell(column)
            if cell.kind in (CellKind.UNCOMPUTED, CellKind.ERROR):
                words = f"{cell.kind.value}，请打开原表重新计算并保存"
                troubles.append(self._trouble(cell, key, words))
            elif cell.text.strip() and not self._is_masked(key, cell.text):
                raw[key] = cell.value
        prepared = self._office.prepare(self._register.key, raw, links=self._links)
        troubles.extend(self._placed(row, each) for each in prepared.problems)
        record_id = row.cell(self._record_column).text if self._record_column else ""
        planned = PlannedRow(row.number, self._title(prepared, raw), prepared.values)
        planned.record_id = record_id or None
        planned.troubles = tuple(troubles)
        if self._register.of_sheet is not None:
            planned.also = self._register.of_sheet.values(prepared.values, self._office.today)
        planned.notes = tuple(
            f"{self._fields[key].label}：{words}" for key, words in prepared.notes.items()
        )
        return planned

    def _title(self, prepared: Prepared, raw: Mapping[str, Any]) -> str:
        key = self._register.order
        return str(raw.get(key) or prepared.values.get(key) or "")

    def _placed(self, row: Row, problem: Problem) -> CellTrouble:
        column = self._columns.get(problem.key)
        if column is None:
            label = self._register.all_columns[problem.key].field.label
            return CellTrouble(row.number, None, "", label, problem.words)
        return self._trouble(row.cell(column), problem.key, problem.words)

    def _is_masked(self, key: str, text: str) -> bool:
        """A sensitive cell of our own masked export says nothing new."""
        said = masking(self._fields[key], self._office.registers)
        return HIDDEN in text and (said.sensitive or said.month_public)

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
        self._owners([row for row in unknown if row.record_id is None])
        ids = [row.record_id for row in sound if row.record_id]
        fresh = [row for row in sound if row.record_id is None]
        told = self._register.of_sheet.told if self._register.of_sheet else {}
        for row in fresh:
            given = [key for key in row.also if key not in row.values]
            row.notes = (*row.notes, *(told[key] for key in given if key in told))
            row.values = {**row.also, **row.values}
        self._likeness(fresh)
        current = bulk.read_many(self._office, key, ids)
        shown = bulk.read_many(self._office, key, ids, shown=True)
        for row in sound:
            self._judge(row, current, shown)
        for row in rows:
            if row.troubles:
                row.kind = WRONG

    def _twice(self, rows: Sequence[PlannedRow]) -> None:
        """Two rows of one sheet that are about the same record contradict each other."""
        for group in bulk.recognising(self._register):
            first: dict[tuple[Any, ...], int] = {}
            for row in rows:
                values = {**row.also, **row.values}
                key = tuple(values.get(name) for name in group)
                if any(each is None or each == "" for each in key):
                    continue
                if key in first:
                    names = [self._register.all_columns[name].field.label for name in group]
                    label = "、".join(names)
                    words = f"与第 {first[key]} 行的{label}相同，请只留一行"
                    place = self._place(row.number, group[0])
                    trouble = CellTrouble(row.number, *place, label, words)
                    row.troubles = (*row.troubles, trouble)
                first.setdefault(key, row.number)

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
        warnings = [f"{each.words}" for each in problems if each.warning]
        row.notes = (*row.notes, *warnings)
        if blocking:
            row.troubles = tuple(self._placed_row(row.number, each) for each in blocking)
            return
        if row.record_id:
            names = shown.get(row.record_id, {})
            row.changes = tuple(self._changes(row, before, names))
            row.kind = CHANGED if row.changes else SAME
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
        found = bulk.likenesses(self._office, self._register.key, [row.values for row in rows])
        for row, like in zip(rows, found, strict=True):
            if like is None:
                continue
            columns = self._register.all_columns
            why = "、".join(columns[key].field.label for key in like[1])
            row.notes = (*row.notes, f"{why}与现有的一条记录相同，可能是同一人，按另一人登记")

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
        return next((typed for (_, typed), v in self._links.items() if v == value), str(value))


class _Reading:
    """What the rules of a planned row may look at."""

    def __init__(self, office: Office, record_id: str | None) -> None:
        self.today = office.today
        self.record_id = record_id
        self.rows = office.rows
