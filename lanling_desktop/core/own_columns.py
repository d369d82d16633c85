"""The office's own columns: declared by a clerk, kept as JSON beside the record's own columns.

A definition is a record like any other, so that adding, renaming and dropping one can be undone.
Everything else meets an own column as one more `Field` of its register.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Date, Integer, String, func, select, type_coerce
from sqlalchemy import column as named
from sqlalchemy import table as table_clause
from sqlalchemy.orm import Mapped

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.records import Record, column, table_of
from lanling_desktop.core.register import Context, Register

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from lanling_desktop.core.office import Office
    from lanling_desktop.core.plain import Changes

KINDS: Mapping[str, Kind] = {
    "文字": Kind.TEXT,
    "长文字": Kind.LONG_TEXT,
    "整数": Kind.INTEGER,
    "日期": Kind.DATE,
    "选项": Kind.CHOICE,
    "是否": Kind.YES_NO,
}
"""What an own column may hold, by the word a clerk chooses."""

_TYPES: Mapping[Kind, Any] = {Kind.DATE: Date, Kind.INTEGER: Integer, Kind.YES_NO: Boolean}
_MOST = 40  # own columns of one register


class OwnColumn(Record):
    """One column the office added to one register."""

    __tablename__ = "own_column"
    title_column = "label"

    register: Mapped[str | None] = column(Field("名册", computed=True), index=True)
    label: Mapped[str | None] = column(Field("栏目名称", required=True, max_length=20))
    kind: Mapped[str | None] = column(
        Field("填什么", Kind.CHOICE, required=True, choices=tuple(KINDS))
    )
    options: Mapped[str | None] = column(
        Field("可选的词", help="“选项”才填，用顿号隔开，如 甲、乙、丙", max_length=500)
    )
    sensitive: Mapped[bool | None] = column(
        Field("敏感信息", Kind.YES_NO, help="公示版和列表里打星号")
    )


def problems(values: Values, context: Context) -> Iterator[Problem]:
    """A name of its own; words to choose from where there is a choice; a kind that stays."""
    options = words_of(values.get("options"))
    if values.get("kind") == "选项" and len(options) < 2:
        yield Problem("options", "请写出至少两个可选的词，用顿号隔开")
    here = table_clause("own_column", *map(named, ("id", "register", "label", "kind", "binned_at")))
    same = select(here.c.id).where(
        here.c.register == values.get("register"),
        here.c.label == values.get("label"),
        here.c.binned_at.is_(None),
        here.c.id != (context.record_id or ""),
    )
    if context.rows(same):
        yield Problem("label", "这个名册已经有同名的栏目，请换个名称")
    before = context.rows(select(here.c.kind).where(here.c.id == (context.record_id or "")))
    if before and before[0][0] != values.get("kind"):
        yield Problem("kind", "已有的栏目不能改填法，请另加一个栏目")


REGISTER = Register(
    key="own_column",
    title="本单位栏目",
    noun="栏目",
    record=OwnColumn,
    sections=(("栏目", ("label", "kind", "options", "sensitive")),),
    columns=("label", "kind", "options", "sensitive"),
    order="label",
    rules=(problems,),
    hidden=("register",),
    menu=False,
)


def words_of(options: str | None) -> tuple[str, ...]:
    """The words of a choice out of what was typed."""
    parts = (options or "").replace(",", "、").replace("，", "、").replace("；", "、").split("、")
    return tuple(dict.fromkeys(each.strip() for each in parts if each.strip()))


def key_of(column_id: str) -> str:
    """The column key of a definition; no part of a register begins like it."""
    return f"x{column_id}"


def field_of(label: str, kind: str, options: str | None, sensitive: bool | None) -> Field:
    """The Field of a definition."""
    what = KINDS[kind]
    return Field(
        label,
        what,
        choices=words_of(options) if what is Kind.CHOICE else (),
        sensitive=bool(sensitive),
        search=what in (Kind.TEXT, Kind.CHOICE),
        least=None,  # the office knows best what it scores in it
        width_mm=22 if what in (Kind.DATE, Kind.INTEGER, Kind.YES_NO) else 30,
        max_length=2_000 if what is Kind.LONG_TEXT else 200,
    )


def extended(
    registers: Mapping[str, Register], rows: Iterable[Sequence[Any]]
) -> dict[str, Register]:
    """The registers with the own columns that `rows` (id, register, label, kind, options,
    sensitive) declare."""
    own: dict[str, list[tuple[str, Field]]] = {}
    for column_id, register, label, kind, options, sensitive in rows:
        said = field_of(label, kind, options, sensitive)
        own.setdefault(register, []).append((key_of(column_id), said))
    return {
        key: replace(each, own=tuple(own.get(key, ()))) if key in own or each.own else each
        for key, each in registers.items()
    }


def statement() -> Any:
    """The definitions in force, in the order they were made."""
    here = table_of(OwnColumn).c
    wanted = (here.id, here.register, here.label, here.kind, here.options, here.sensitive)
    return select(*wanted).where(here.binned_at.is_(None)).order_by(here.id)


def stored(table: Any, key: str, said: Field) -> ColumnElement[Any]:
    """The value of an own column in SQL."""
    value: ColumnElement[Any] = type_coerce(
        func.json_extract(table.c.extra, f"$.{key}"), _TYPES.get(said.kind, String)()
    )
    return value


def values_in(extra: str | None, own: Iterable[tuple[str, Field]]) -> dict[str, Any]:
    """The values of a record's own columns by key."""
    raw = json.loads(extra) if extra else {}
    return {
        key: date.fromisoformat(raw[key])
        if said.kind is Kind.DATE and raw.get(key)
        else raw.get(key)
        for key, said in own
    }


def written(extra: str | None, values: Mapping[str, Any]) -> str | None:
    """The JSON with these values put in; what is empty is left out, nothing at all is None."""
    raw = json.loads(extra) if extra else {}
    for key, value in values.items():
        if value is None or value == "":
            raw.pop(key, None)
        else:
            raw[key] = value.isoformat() if isinstance(value, date) else value
    return json.dumps(raw, ensure_ascii=False, sort_keys=True) if raw else None


def add(
    office: Office,
    *,
    register: str,
    label: str,
    kind: str,
    options: str = "",
    sensitive: bool = False,
) -> Changes:
    """Add a column to a register: it is in form, list, sheet, search, paper and history at once."""
    from lanling_desktop.core import acts

    shown = office.registers[register]
    label = label.strip()
    if any(each.field.label == label for each in shown.all_columns.values()):
        raise acts.RejectedError(
            [Problem("label", f"{shown.title}已经有“{label}”这一栏，请换个名称")]
        )
    if len(shown.own) >= _MOST:
        raise OfficeError(f"一个名册最多自加 {_MOST} 栏", "没有改动任何数据", "请先停用不用的栏目")
    values = {
        "label": label,
        "kind": kind,
        "options": options or None,
        "sensitive": sensitive,
    }
    with office.act(f"{shown.title}加栏目 {label}") as unit:
        made = OwnColumn(register=register)
        context = acts.Seen(unit.today, None, unit)
        wrong = acts.check(context, unit.registers["own_column"], {**values, "register": register})
        if wrong:
            raise acts.RejectedError(wrong)
        for name, value in values.items():
            setattr(made, name, value)
        unit.add(made)
        unit.main = made.id
    return unit.done


def drop(office: Office, *, column_id: str) -> Changes:
    """Take an own column out of use; what was typed in it stays and comes back with it."""
    now = office.read("own_column", column_id)
    with office.act(f"停用栏目 {now.title}") as unit:
        unit.bin(unit.get(OwnColumn, column_id), "停用栏目")
        unit.main = column_id
    return unit.done
