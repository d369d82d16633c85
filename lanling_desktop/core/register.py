"""A Register says about one kind of record what its columns do not: parts, list, form, filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Column, Problem, Values
from lanling_desktop.core.records import AnyRow, AnySelect, Record, fields_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from lanling_desktop.core.listing import Scope
    from lanling_desktop.core.office import Office
    from lanling_desktop.core.plain import Changes, Entry


class Context(Protocol):
    """What a rule may look at beside the values: the day, the record's id, other records."""

    today: date
    record_id: str | None

    def rows(self, statement: AnySelect) -> Sequence[AnyRow]:
        """Rows of plain columns, as the act sees them so far."""


Adopt = Callable[[str], Mapping[str, Any] | None]
"""Column values of a new record for the title typed; None when the text does not say enough.

A key may end in "=" to name a linked record by its title, adopted in its turn.
"""

Settle = Callable[[dict[str, Any], frozenset[str]], None]
"""Puts values right that only make sense together, before they are checked; the second argument
are the keys of dates given by year and month alone."""


@dataclass(frozen=True)
class OfSheet:
    """What the cells of a received row also say, when the row becomes a new record.

    `values` are further values by key, given the row's own and the office's day; what a cell says
    stands. `words` tell the clerk of them, by key: 没写的按召开日期填. `told` is said of each row
    that is given one.
    """

    values: Callable[[Values, date], Mapping[str, Any]]
    words: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


NOBODY = "录入员"  # who is at the desk until a name is given
TODAY, ACTOR = "=today", "=actor"
"""What stands in `Register.first` for the office's day and for who is at the desk."""

Rule = Callable[[Values, Context], Iterable[Problem]]

Frozen = Callable[[Values, Context], str | None]
"""Why a record, by its own columns, may no longer be changed; None while it may. In words."""


def masking(said: Field, registers: Mapping[str, Register]) -> Field:
    """The Field by which a value is masked: a link to what is known by a sensitive title is too.

    The home a member is linked with shows its address.
    """
    if said.kind is Kind.LINK and not said.sensitive:
        target = registers[said.link].record
        heading = fields_of(target).get(target.title_column)
        if heading is not None and heading.sensitive:
            return replace(said, sensitive=True)
    return said


@dataclass(frozen=True)
class Part:
    """Another record whose columns stand in the register's form and list as if its own.

    Owner part (`dated` false): the main record's column `via` points to it, and a new main record
    finds it by its key columns or makes it. Dated part: its column `via` points back, and the one
    that holds on the day is shown; changing it ends the old one and starts a new one. It may hang
    on what the main record points to: `anchor` is the main record's column compared with `via`.
    """

    name: str
    record: type[Record]
    via: str
    fields: tuple[str, ...]
    dated: bool = False
    editable: bool = True
    anchor: str = "id"
    goes_along: bool = False  # a dated part that is binned and restored with the main record


@dataclass(frozen=True)
class Derived:
    """A list column computed in SQL as of the day."""

    key: str
    field: Field
    expression: Callable[[Scope], ColumnElement[Any]]


@dataclass(frozen=True)
class Ready:
    """A ready filter: its words and what it keeps."""

    key: str
    title: str
    where: Callable[[Scope], ColumnElement[bool]]


@dataclass(frozen=True)
class Child:
    """Rows of another register that hang on a record by one of its link columns."""

    register: str
    via: str
    title: str


def _always(_values: Values) -> bool:
    return True


def _known(_office: Office, _values: Values) -> Mapping[str, Any]:
    return {}


def _nothing(_office: Office, _entry: Entry) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Procedure:
    """What is done with a record beside changing its columns: hang a plaque, strike a matter off.

    `fields` are what it asks for, by the name `run` takes it under. `offered` says by the
    record's values whether it can be done now; `proposed` gives first values. `run` is the act.
    `asks` gives further fields by the record, such as which of its buildings. One that is `slow`
    is done beside the screen.
    """

    key: str
    title: str
    fields: tuple[tuple[str, Field], ...]
    run: Callable[[Office, str, Values], Changes]
    offered: Callable[[Values], bool] = _always
    proposed: Callable[[Office, Entry], Mapping[str, Any]] = _nothing
    asks: Callable[[Office, Entry], tuple[tuple[str, Field], ...]] | None = None
    slow: bool = False

    def asked(self, office: Office, entry: Entry) -> tuple[tuple[str, Field], ...]:
        """Everything it asks for of one record."""
        return (*self.fields, *(self.asks(office, entry) if self.asks else ()))


@dataclass(frozen=True)
class Register:
    """One kind of record as the clerk meets it. `key` is its table's name.

    `sections` are (title, column keys) of the form; a column of the record that none of them
    names comes last under 其他, unless it is `hidden`. `columns` is the list as first shown.
    `order` is the column key lists are sorted by. `face` marks the register a person is opened
    in when a search finds the owner part. `menu` false keeps it out of the rail: it is met only
    as a child of another. `newest_first` turns the order round. `frozen` closes records: no
    form, sheet, bin or undo changes one that it gives a reason for. `first` is what a form for a
    new record starts with beside the `defaults`: sheets and links typed by title go without it.
    `there` says of a record without a term of its own whether a list of an earlier day has it.
    `made_by` says which act makes its records, where no form, sheet or bulk change does.
    `proposed` says what the office knows for a new record by what is typed so far, a link as id
    and title; the form puts it into boxes that are empty.
    """

    key: str
    title: str
    noun: str  # one of them, for the names of acts: 新增党员
    record: type[Record]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    columns: tuple[str, ...]
    order: str
    parts: tuple[Part, ...] = ()
    derived: tuple[Derived, ...] = ()
    ready: tuple[Ready, ...] = ()
    children: tuple[Child, ...] = ()
    rules: tuple[Rule, ...] = ()
    duplicates: tuple[tuple[str, ...], ...] = ()  # column keys that together hint at a double
    recognised: tuple[tuple[str, ...], ...] = ()  # groups that tell a sheet's row beside the keys
    of_sheet: OfSheet | None = None
    papers: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    settle: Settle | None = None
    face: bool = False
    menu: bool = True
    procedures: tuple[Procedure, ...] = ()
    newest_first: bool = False
    made_by: str = ""
    frozen: Frozen | None = None
    icon: str = "folder"
    defaults: Mapping[str, Any] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    there: Callable[[Scope], ColumnElement[bool]] | None = None
    proposed: Callable[[Office, Values], Mapping[str, Any]] = _known
    canonical: Callable[[str], str] | None = None  # a title as typed, as the register writes it
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # core.code_tables
    own: tuple[tuple[str, Field], ...] = ()  # the office's own columns: core.own_columns
    arranged: Callable[[Scope], ColumnElement[Any]] | None = None  # its own order, if no column's
    tells: tuple[str, ...] = ()  # columns a search shows to tell two of one title apart
    adopt: Adopt | None = None  # makes a record out of the title a link was given as
    attachments: tuple[str, ...] = ()  # kinds of core.attachments its records take, the usual first

    @cached_property
    def all_columns(self) -> Mapping[str, Column]:
        """Every column of the register by key: form first, then the rest, then derived ones."""
        found: dict[str, Column] = {}
        own = {key: Column(key, said, not said.computed) for key, said in self._own().items()}
        for _, keys in self.form_sections:
            found.update((key, own[key]) for key in keys)
        found.update((key, each) for key, each in own.items() if key not in found)
        found.update((each.key, Column(each.key, each.field, False)) for each in self.derived)
        return found

    def _own(self) -> dict[str, Field]:
        hidden = {part.via for part in self.parts if not part.dated and part.editable}
        own = {k: f for k, f in fields_of(self.record).items() if k not in hidden}
        for part in self.parts:
            said = fields_of(part.record)
            names = part.fields or tuple(said)
            own.update((f"{part.name}.{name}", said[name]) for name in names)
        own.update(self.own)
        for key, each in own.items():
            if isinstance(each.choices, str) and each.choices.startswith("office:"):
                own[key] = replace(each, choices=self.words.get(each.choices[7:], ()))
        return own

    @cached_property
    def form_sections(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The sections of the form, with 其他 for the columns that no section names."""
        added = tuple(key for key, _ in self.own)
        named = {key for _, keys in self.sections for key in keys} | {*self.hidden, *added}
        rest = tuple(
            key
            for key, said in self._own().items()
            if key not in named and "." not in key and not said.computed
        )
        more = (("其他", rest), ("本单位栏目", added))
        return (*self.sections, *(each for each in more if each[1]))

    @property
    def form_columns(self) -> tuple[Column, ...]:
        """The columns of the form, in its order."""
        return tuple(self.all_columns[key] for _, keys in self.form_sections for key in keys)

    @property
    def list_columns(self) -> tuple[Column, ...]:
        """The columns of the list as first shown."""
        return tuple(self.all_columns[key] for key in self.columns)

    @property
    def exchange_columns(self) -> tuple[Column, ...]:
        """The columns of its Excel template: what the form can take in."""
        return tuple(each for each in self.form_columns if self.writable(each.key))

    @cached_property
    def own_fields(self) -> Mapping[str, Field]:
        """The office's own columns by key."""
        return dict(self.own)

    def starting(self, today: date, actor: str) -> dict[str, Any]:
        """What the form for a new record starts with. Nobody is put down for an unnamed clerk."""
        said = {TODAY: today, ACTOR: actor if actor != NOBODY else None}
        first = {key: said.get(each, each) for key, each in self.first.items()}
        return {**self.defaults, **{key: each for key, each in first.items() if each}}

    def part(self, name: str) -> Part:
        """The part of that name."""
        return next(each for each in self.parts if each.name == name)

    def writable(self, key: str) -> bool:
        """Whether a form or sheet may give this column a value."""
        each = self.all_columns[key]
        if not each.editable:
            return False
        head, dot, _ = key.partition(".")
        return self.part(head).editable if dot else True
