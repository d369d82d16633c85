"""Code tables the office edits itself: which words a choice offers (design.md, law 6).

A Field names one by `choices="office:KEY"`. Until the office changes it, it holds the words
shipped in resources/codes/office_tables.csv; national standards are in `standards.codes`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.own_columns import words_of
from lanling_desktop.core.records import Record, column, fields_of, table_of
from lanling_desktop.core.register import Register
from lanling_desktop.paths import resource

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office
    from lanling_desktop.core.plain import Changes

PREFIX = "office:"
_FEWEST = 2


class CodeTable(Record):
    """The words of one code table as the office changed them, joined by 、."""

    __tablename__ = "code_table"
    title_column = "title"

    key: Mapped[str | None] = column(Field("代码", computed=True, key=1))
    title: Mapped[str | None] = column(Field("代码表", computed=True))
    words: Mapped[str | None] = column(
        Field("可选的词", Kind.LONG_TEXT, required=True, help="用顿号隔开，先后就是选单里的次序")
    )


REGISTER = Register(
    key="code_table",
    title="代码表",
    noun="代码表",
    record=CodeTable,
    sections=(("代码表", ("title", "words")),),
    columns=("title", "words"),
    order="title",
    hidden=("key",),
    menu=False,
)


@dataclass(frozen=True, slots=True)
class Shipped:
    """A code table as it comes with the program."""

    key: str
    title: str
    words: tuple[str, ...]
    least: int = _FEWEST


@cache
def shipped() -> Mapping[str, Shipped]:
    """The tables an office may change, by key."""
    with resource("codes/office_tables.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["key"]: Shipped(
                row["key"], row["title"], words_of(row["words"]), int(row["least"] or _FEWEST)
            )
            for row in csv.DictReader(lines)
        }


def statement() -> Any:
    """The tables the office has changed: key and words."""
    here = table_of(CodeTable).c
    return select(here.key, here.words).where(here.binned_at.is_(None))


def worded(registers: Mapping[str, Register], rows: Iterable[Sequence[Any]]) -> dict[str, Register]:
    """The registers whose choices offer the words of `rows` (key, words), else those shipped."""
    words = {key: each.words for key, each in shipped().items()}
    words.update((key, words_of(said)) for key, said in rows)
    return {
        key: replace(each, words=words) if _names_one(each) else each
        for key, each in registers.items()
    }


def _names_one(register: Register) -> bool:
    kinds = (register.record, *(part.record for part in register.parts))
    return any(is_office_table(said) for kind in kinds for said in fields_of(kind).values())


def is_office_table(said: Field) -> bool:
    """Whether the choices of a column are a table of the office's own."""
    return isinstance(said.choices, str) and said.choices.startswith(PREFIX)


def words_now(office: Office, key: str) -> tuple[str, ...]:
    """The words of a table as the office has them."""
    rows = dict(tuple(row) for row in office.rows(statement()))
    return words_of(rows[key]) if key in rows else shipped()[key].words


def put(office: Office, *, key: str, words: str) -> Changes | None:
    """Change the words of a table. What is kept under a word that is gone stays as it is.

    None when nothing changes. Raises `RejectedError` when fewer words than it needs are left.
    """
    from lanling_desktop.core.acts import RejectedError
    from lanling_desktop.core.plain import Problem

    wanted = words_of(words.replace("\n", "、"))
    if wanted == words_now(office, key):
        return None
    title, least = shipped()[key].title, shipped()[key].least
    if len(wanted) < least:
        raise RejectedError([Problem(key, f"{title}至少要有 {least} 个词，用顿号隔开")])
    with office.act(f"修改代码表 {title}") as unit:
        kind: Any = CodeTable
        found = unit.all(select(kind).where(kind.key == key, kind.binned_at.is_(None)))
        kept = found[0] if found else unit.add(CodeTable(key=key, title=title))
        kept.words = "、".join(wanted)
        unit.main = kept.id
    return unit.done
