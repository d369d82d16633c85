"""The one door: an open office. Screens, command line and tests reach records only through it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import and_, select

from lanling_desktop.core import (
    acts,
    code_tables,
    duplicates,
    finding,
    journal,
    linking,
    own_columns,
    rights,
    undoing,
    unit,
)
from lanling_desktop.core.clock import Clock
from lanling_desktop.core.desk import Desk
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.history import history_of
from lanling_desktop.core.keyring import Keyring
from lanling_desktop.core.listing import Listing, Scope
from lanling_desktop.core.plain import (
    Adopted,
    Changes,
    Duplicate,
    Entry,
    HistoryLine,
    Hit,
    Prepared,
    Problem,
    Values,
    View,
    frozen,
)
from lanling_desktop.core.records import AnyRow, AnySelect, class_of, table_of
from lanling_desktop.core.register import Register
from lanling_desktop.core.store import Store
from lanling_desktop.core.unit import Unit
from lanling_desktop.core.values import convert, display
from lanling_desktop.core.vault import Vault
from lanling_desktop.standards.text import whole

_COUNTS = (Kind.DATE, Kind.INTEGER)  # a list is sorted by these, but no record is called by one
_TOP = 500  # rows of a list that are shown before it is counted


class Office:
    """An open office file. Reading gives frozen values; writing is by acts."""

    def __init__(
        self,
        store: Store,
        registers: Mapping[str, Register],
        *,
        clock: Clock | None = None,
        actor: str = "",
    ) -> None:
        self.store = store
        self._shipped = registers
        self.registers = self._as_the_office_has_them()
        self.clock = clock or Clock()
        self.actor = actor or "录入员"
        self.rights = rights.ALL
        self.account = ""  # id of the account that opened it; '' where there are none
        self.keyring: Keyring | None = None
        self.desk = Desk(store, self.clock, self._forget_counts)
        self.vault = Vault(store.path, key=store.key)
        self.listeners: list[Callable[[Changes], None]] = []
        self.trail_lags: Callable[[], bool] = lambda: False  # acts stand in the file only
        self.paper_owner: Callable[[str], str] = lambda _key: ""  # the register a paper is of
        self.safeguard: Callable[[str], None] = lambda _why: None  # a backup before a large act
        self.outlived: Callable[[], date | None] = lambda: None  # when today's backups are gone
        self.forget: Callable[[Sequence[Path]], None] = lambda _files: None  # beside the file
        self._counts: dict[View, int] = {}
        self._asked: finding.Asked | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        trouble: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The office file."""
        return self.store.path

    @property
    def today(self) -> date:
        """The office's day."""
        return self.clock.today()

    @property
    def asked(self) -> finding.Asked:
        """What hits of a search are asked for, as the registers and the day stand."""
        if self._asked is None or not self._asked.holds(self.registers, self.today):
            self._asked = finding.Asked(self.registers, self.today)
        return self._asked

    def close(self) -> None:
        """Close the file and give up its lock."""
        self.store.close()

    def _as_the_office_has_them(self) -> Mapping[str, Register]:
        extended = own_columns.extended(self._shipped, self.store.rows(own_columns.statement()))
        return code_tables.worded(extended, self.store.rows(code_tables.statement()))

    # Rights

    def reads(self, register_key: str) -> bool:
        """Whether who is at the desk may see a register."""
        return self.rights.reads(self.registers[register_key].record)

    def writes(self, register_key: str) -> bool:
        """Whether who is at the desk may change a register's records."""
        return self.rights.writes(self.registers[register_key].record)

    def refuse_reading(self, register_key: str) -> None:
        """Raise `OfficeError` when who is at the desk may not see a register."""
        register = self.registers[register_key]
        self.rights.refuse_reading(register.title, register.record)

    def refuse_writing(self, tables: Iterable[str]) -> None:
        """Raise `OfficeError` when who is at the desk may not change records of these tables."""
        titles = {key: each.title for key, each in self.registers.items()}
        self.rights.refuse_writing(titles, (class_of(each) for each in tables))

    # Reading

    def rows(self, statement: AnySelect) -> Sequence[AnyRow]:
        """Rows of plain columns, for papers and rules; never whole records."""
        return self.store.rows(statement)

    def listing(self, view: View) -> Listing:
        """The statements of a view. Raises `OfficeError` where it may not be seen."""
        self.refuse_reading(view.register)
        return Listing(view, self.registers[view.register], self.registers, self.today)

    def count(self, view: View) -> int:
        """How many records a view has; remembered until something changes."""
        known = self._counts  # replaced by each act, and what was counted before it with it
        if view not in known:
            known[view] = int(self.rows(self.listing(view).count())[0][0])
        return known[view]

    def page(
        self,
        view: View,
        first: int,
        size: int,
        *,
        keys: Sequence[str] = (),
        masked: bool = True,
    ) -> list[tuple[str, ...]]:
        """Rows of a view as texts, the record's id first; sensitive columns masked.

        `keys` are the columns wanted, the register's list columns when empty. Counts from the
        nearer end, so that the last page costs what the first does; the first rows of a list are
        read without counting it.
        """
        register = self.registers[view.register]
        wanted = tuple(keys) or register.columns
        listing = self.listing(view)
        total = first * 2 + size if first < _TOP else self.count(view)
        size = max(0, min(size, total - first))
        if size == 0:
            return []
        back = first > total // 2
        start = total - first - size if back else first
        rows = self.rows(listing.page(start, size, keys=wanted, back=back))
        fields = [register.all_columns[key].field for key in wanted]
        shown = [
            (row[0], *(display(f, v, masked=masked) for f, v in zip(fields, row[1:], strict=True)))
            for row in rows
        ]
        return shown[::-1] if back else shown

    def position(self, view: View, record_id: str) -> int | None:
        """Where a record stands in a view, from 0; None when the view does not have it."""
        listing = self.listing(view)
        place = self.rows(listing.place(record_id))
        if not place:
            return None
        return int(self.rows(listing.before(record_id, place[0][0]))[0][0])

    def walk(
        self, view: View, *, keys: Sequence[str] = (), masked: bool = True, size: int = 1000
    ) -> Iterator[tuple[str, ...]]:
        """Every row of a view, page by page."""
        for first in range(0, self.count(view), size):
            yield from self.page(view, first, size, keys=keys, masked=masked)

    def read(self, register_key: str, record_id: str, *, day: date | None = None) -> Entry:
        """One record with its parts, as of a day. Raises `OfficeError` when it is gone."""
        self.refuse_reading(register_key)
        register = self.registers[register_key]
        scope = Scope(register, self.registers, day or self.today)
        keys = tuple(register.all_columns)
        columns = [scope.column(key).label(f"v{n}") for n, key in enumerate(keys)]
        shown = [scope.shown(key).label(f"s{n}") for n, key in enumerate(keys)]
        heading = scope.main.c[register.record.title_column]
        extra = [scope.main.c.binned_why.label("why"), heading.label("heading")]
        statement = select(*columns, *shown, *extra).select_from(scope.source())
        rows = self.rows(statement.where(scope.id == record_id).limit(1))
        if not rows:
            raise OfficeError("这条记录已经不在了", "其他数据没有改动", "请刷新列表后再试")
        row = rows[0]
        fields = [register.all_columns[key].field for key in keys]
        values = dict(zip(keys, row, strict=False))
        texts = {
            key: display(said, value)
            for key, said, value in zip(keys, fields, row[len(keys) :], strict=False)
        }
        ordered = register.all_columns[register.order].field.kind
        named = "" if ordered in _COUNTS else texts.get(register.order)
        title = named or str(row.heading or "") or texts.get(register.order, "")
        return Entry(register_key, record_id, title, frozen(values), frozen(texts), row.why)

    def history(self, register_key: str, record_id: str) -> list[HistoryLine]:
        """Every change of a record and its parts, newest first."""
        self.refuse_reading(register_key)
        return history_of(self.store, self.registers, self.registers[register_key], record_id)

    def find(self, typed: str, *, register: str = "", limit: int = 50) -> list[Hit]:
        """Records whose text holds everything typed, in pinyin order."""
        return finding.find(self, typed, register=register, limit=limit)

    def lookup(self, register_key: str, typed: str, limit: int = 20) -> list[tuple[str, str, str]]:
        """Records a link may point to: id, title, detail. Nothing typed lists the first ones."""
        return finding.lookup(self, register_key, typed, limit)

    def resolve(self, register_key: str, text: str) -> list[str]:
        """Ids of the records of exactly that title."""
        kind = self.registers[register_key].record
        table = table_of(kind)
        same = and_(table.c[kind.title_column] == whole(text), table.c.binned_at.is_(None))
        return [row[0] for row in self.rows(select(table.c.id).where(same).limit(3))]

    # Writing

    @contextlib.contextmanager
    def act(self, title: str) -> Iterator[Unit]:
        """One act: all of it or nothing, one journal entry; listeners hear of it afterwards."""
        begun = unit.begin(
            self.store, self.clock, self.actor, self.registers, title, allowed=self.refuse_writing
        )
        with begun as running:
            running.community = self.desk.get("community", "")
            yield running
        if running.changes is not None and running.changes.seq:
            self.tell(running.changes)

    def prepare(
        self,
        register_key: str,
        raw: Mapping[str, Any],
        *,
        links: dict[tuple[str, str], Any] | None = None,
    ) -> Prepared:
        """Convert raw input by column key; a link may be given by id, by its target's title or by its key.

        `links` remembers what titles were found to mean, over the many rows of one import.
        """
        register = self.registers[register_key]
        fields = {key: register.all_columns[key].field for key in raw}
        values, problems, notes, by_month = self._converted(fields, raw, links)
        if register.settle:
            given = {key: values[key] for key in by_month}
            register.settle(values, frozenset(by_month))
            for key in by_month:
                if values[key] != given[key]:
                    shown = display(fields[key], values[key])
                    notes[key] = f"只有年月，按身份证号补为 {shown}"
        return Prepared(frozen(values), tuple(problems), frozen(notes))

    def _converted(
        self,
        fields: Mapping[str, Field],
        raw: Mapping[str, Any],
        links: dict[tuple[str, str], Any] | None,
    ) -> tuple[dict[str, Any], list[Problem], dict[str, str], set[str]]:
        """Values, problems and notes of raw input by its Fields; which dates lacked their day."""
        links = {} if links is None else links
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        notes: dict[str, str] = {}
        by_month: set[str] = set()
        for key, typed in raw.items():
            said = fields[key]
            if said.kind is Kind.LINK and isinstance(typed, str):
                found = self._link(said, typed, links)
                if isinstance(found, Problem):
                    problems.append(replace(found, key=key))
                if isinstance(found, Adopted):
                    title = self.registers[found.register].title
                    notes[key] = f"{title}里还没有“{found.title}”，保存时一并登记"
                values[key] = None if isinstance(found, Problem) else found
                continue
            done = convert(said, typed, self.today)
            values[key] = done.value
            if done.problem:
                problems.append(Problem(key, done.problem))
            if done.note:
                notes[key] = done.note
            if done.by_month:
                by_month.add(key)
        return values, problems, notes, by_month

    def _link(
        self, said: Field, typed: str, links: dict[tuple[str, str], Any]
    ) -> str | Adopted | Problem | None:
        """What a link given by a text means: an id, a record to be made, or a problem."""
        plain = convert(said, typed, self.today)
        if plain.value is None:
            return Problem("", plain.problem) if plain.problem else None
        place = (said.link, plain.value)
        if place not in links:
            links[place] = linking.linked(self, *place)
        found: str | Adopted | Problem = links[place]
        return found

    def save(
        self,
        register_key: str,
        record_id: str | None,
        raw: Mapping[str, Any],
        *,
        confirmed: bool = False,
        ask: bool = False,
    ) -> Changes:
        """Save a form: convert, check, write. Raises `RejectedError` naming each column.

        With `ask`, records that titles would be made into are warned of first, and named.
        """
        register = self.registers[register_key]
        prepared = self.prepare(register_key, raw)
        if prepared.problems:
            raise acts.RejectedError(prepared.problems)
        verb = "修改" if record_id else "新增"
        name = (
            self.read(register_key, record_id).title
            if record_id
            else self._name_in(register, prepared.values)
        )
        doubles = () if record_id else duplicates.certain(self, register_key, prepared.values)
        new = acts.newcomers(self.registers, self.resolve, prepared.values) if ask else []
        asked = [acts.ask_first(self.registers, *each) for each in new]
        made = "、".join(f"{self.registers[v.register].title}“{v.title}”" for _, v in new)
        title = f"{verb}{register.noun} {name}".strip() + (f"，新建{made}" if made else "")
        found = [*doubles, *asked]
        with self.act(title) as running:
            acts.apply(
                running, register, record_id, prepared.values, confirmed=confirmed, found=found
            )
        return running.done

    def perform(
        self, register_key: str, record_id: str, procedure: str, raw: Mapping[str, Any]
    ) -> Changes:
        """Do one of the register's procedures with what was typed for it.

        Raises `RejectedError` naming each of its fields that is wrong or missing.
        """
        done = next(
            each for each in self.registers[register_key].procedures if each.key == procedure
        )
        fields = dict(done.asked(self, self.read(register_key, record_id)))
        values, problems, _, _ = self._converted(fields, raw, None)
        for key, value in values.items():
            if isinstance(value, Adopted):
                title = self.registers[value.register].title
                problems.append(Problem(key, f"{title}里没有“{value.title}”，请先登记或另选"))
        problems += [
            Problem(key, f"{said.label}必须填写")
            for key, said in fields.items()
            if said.required and values.get(key) in (None, "")
        ]
        if problems:
            raise acts.RejectedError(problems)
        return done.run(self, record_id, values)

    def save_many(
        self,
        view: View,
        raw: Mapping[str, Any],
        *,
        confirmed: bool = False,
        step: Callable[[int, int], None] | None = None,
    ) -> Changes:
        """Give every record of a view the same values: one act, all or nothing, one undo."""
        register = self.registers[view.register]
        prepared = self.prepare(view.register, raw)
        if prepared.problems:
            raise acts.RejectedError(prepared.problems)
        new = acts.newcomers(self.registers, self.resolve, prepared.values)
        asked = [acts.ask_first(self.registers, *each) for each in new]
        if asked and not (confirmed and all(each.warning for each in asked)):
            raise acts.RejectedError(asked)
        ids = [row[0] for row in self.rows(self.listing(view).ids())]
        said = "、".join(register.all_columns[key].field.label for key in prepared.values)
        with self.act(f"批量修改{register.noun} {len(ids)} 条：{said}") as running:
            refused = acts.apply_many(
                running, register, ids, prepared.values, confirmed=confirmed, step=step
            )
            if refused:
                raise acts.RejectedError(
                    [
                        replace(each, words=f"{self.read(register.key, at).title}：{each.words}")
                        for at, each in refused
                    ]
                )
        return running.done

    def _name_in(self, register: Register, values: Values) -> str:
        value = values.get(register.order)
        said = register.all_columns[register.order].field
        return "" if value is None or said.kind is Kind.LINK else str(value)

    def bin(self, register_key: str, record_id: str, why: str) -> Changes:
        """Put a record into the recycle bin; refused while others hang on it."""
        register = self.registers[register_key]
        title = self.read(register_key, record_id).title
        with self.act(f"删除{register.noun} {title}") as running:
            acts.bin_record(running, self.registers, register, record_id, why)
        return running.done

    def restore(self, register_key: str, record_id: str) -> Changes:
        """Take a record out of the recycle bin."""
        register = self.registers[register_key]
        title = self.read(register_key, record_id).title
        with self.act(f"恢复{register.noun} {title}") as running:
            acts.restore_record(running, register, record_id)
        return running.done

    def duplicates(
        self, register_key: str, values: Values, record_id: str | None = None
    ) -> list[Duplicate]:
        """Records that may be the one being typed: certain by key columns, else by likeness."""
        return duplicates.like(self, register_key, values, record_id)

    # Undo

    def undoable(self) -> tuple[journal.Entry | None, journal.Entry | None]:
        """The act that undo would take back, and the one redo would do again."""
        return undoing.undoable(self)

    def undo(self, seq: int | None = None) -> Changes | None:
        """Take back the last act, or the one of that number. None when there is nothing."""
        return undoing.undo(self, seq)

    def redo(self) -> Changes | None:
        """Do again the act last taken back. None when there is nothing."""
        return undoing.redo(self)

    # What leaves the office, or is looked at closely, without being changed

    def note(self, title: str) -> None:
        """Keep in the journal what was seen in full, exported or printed, and by whom."""
        if self.store.read_only:  # a damaged file is read, and saved elsewhere
            return
        with self.store.writing() as session:
            journal.note(session, self.clock.stamp(), self.actor, title)

    def load(self, title: str, batches: Iterable[unit.Batch]) -> int:
        """Found an office from generated data; see `unit.load`."""
        count = unit.load(self.store, self.clock, self.actor, title, batches)
        self.tell(Changes(0, title))
        return count

    def _forget_counts(self) -> None:
        self._counts = {}

    def tell(self, changes: Changes) -> None:
        """Let everybody who listens hear of what changed."""
        self._forget_counts()
        if changes.tables & {"own_column", "code_table"}:
            self.registers = self._as_the_office_has_them()
        for each in list(self.listeners):
            each(changes)
