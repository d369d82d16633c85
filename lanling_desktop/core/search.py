"""Full-text search over every register in own tokens: fragments, pinyin, initials, number tails.

One contentless FTS5 table holds tokens prepared here (speed.md: trigrams cannot find names of two
characters). What is typed is always text: it is cut into the same tokens, never given to FTS5 as
a query language. This is SQLite's own side of the seam; PostgreSQL would hold the tokens in a
tsvector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Integer, String
from sqlalchemy import table as table_clause
from sqlalchemy.orm import Mapped, mapped_column

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import Base
from lanling_desktop.core.values import display
from lanling_desktop.standards import pinyin, text

_WORDS = re.compile(r"[0-9]+[Xx]?|[A-Za-z]+|[^\x00-\x7f]+")
_TAILS = (4, 5, 6, 7, 8, 11, 12, 18)
_LONGEST_QUERY = 60


class SearchEntry(Base):
    """What a hit shows; its `number` is the row of the full-text table."""

    __tablename__ = "search_entry"

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    table_name: Mapped[str] = mapped_column(String)
    record_id: Mapped[str] = mapped_column(String(32), index=True)
    title: Mapped[str] = mapped_column(String)
    detail: Mapped[str] = mapped_column(String)
    sort_key: Mapped[str] = mapped_column(String)


@dataclass(frozen=True, slots=True)
class Indexed:
    """One record as the index holds it."""

    table: str
    id: str
    title: str
    detail: str
    sort_key: str
    tokens: str


def index_of(
    table: str, record_id: str, title: str, fields: Sequence[tuple[Field, Any]]
) -> Indexed:
    """The index entry of a record from its searchable fields and their values."""
    tokens: list[str] = []
    details: list[str] = []
    for said, value in fields:
        if value is None or value == "":
            continue
        shown = display(said, value, masked=said.kind in (Kind.IDENTITY, Kind.PHONE))
        if shown != title:
            details.append(shown)
        tokens.extend(_tokens(said.kind, str(value)))
        tokens.append("zz")  # keeps a phrase from running over the end of a field
    key = pinyin.sort_key(title)
    return Indexed(table, record_id, title, "  ".join(details), key, " ".join(tokens))


def _tokens(kind: Kind, value: str) -> Iterator[str]:
    if kind in (Kind.IDENTITY, Kind.PHONE):
        yield from _number_tokens(value)
        return
    for run in _WORDS.findall(value):
        if run[0].isascii():
            yield from (_digits(run) if run[0].isdigit() else (f"w{run.lower()}",))
        else:
            yield from _han_tokens(run)
    if kind is Kind.NAME:
        yield from _name_tokens(value)
    elif len(value) <= 30:
        yield from _initials(pinyin.initials(value))


def _number_tokens(value: str) -> Iterator[str]:
    digits = "".join(each for each in value.lower() if each.isalnum())
    yield f"n{digits}"
    for length in _TAILS:
        if length < len(digits):
            yield f"n{digits[-length:]}"


def _digits(run: str) -> Iterator[str]:
    yield f"n{run.lower()}"


def _han_tokens(run: str) -> Iterator[str]:
    # Single characters and pairs stand in two streams, so that neighbouring pairs are a phrase.
    chars = [_safe(each) for each in run]
    yield from dict.fromkeys(chars)
    yield "zz"
    yield from (a + b for a, b in pairwise(chars))
    yield "zz"


def _safe(char: str) -> str:
    """A character as a token; those beyond the BMP spelled out, as tokenizers' tables lag."""
    return char if ord(char) < 0x10000 and char.isalnum() else f"u{ord(char):x}"


def _name_tokens(name: str) -> Iterator[str]:
    seen: set[str] = set()
    for syllables in pinyin.readings(name):
        for start in range(len(syllables)):
            for end in range(start + 1, len(syllables) + 1):
                seen.add("p" + "".join(syllables[start:end]))
        seen.update(_initials("".join(each[0] for each in syllables if each)))
    yield from sorted(seen)


def _initials(letters: str) -> Iterator[str]:
    letters = "".join(each for each in letters.lower() if each.isascii() and each.isalpha())[:8]
    found = {
        "i" + letters[a:b] for a in range(len(letters)) for b in range(a + 1, len(letters) + 1)
    }
    yield from sorted(found)


def match(typed: str) -> str | None:
    """The FTS5 expression for what was typed, or None when nothing can be looked for.

    Every part must be found: characters as a run, letters as initials or pinyin, digits as the
    beginning of a number or of one of its tails.
    """
    parts: list[str] = []
    for run in _WORDS.findall(text.clean(typed)[:_LONGEST_QUERY]):
        if run[0].isdigit():
            parts.append(f'"n{run.lower()}" *')
        elif run[0].isascii():
            letters = run.lower()
            parts.append(f'("i{letters}" OR "p{letters}" * OR "w{letters}" *)')
        else:
            chars = [_safe(each) for each in run]
            pairs = [a + b for a, b in pairwise(chars)] or chars
            parts.append('"' + " ".join(pairs) + '"')
    return " AND ".join(parts) or None


TEXT = table_clause("search_text")

HITS = """
SELECT e.table_name, e.record_id, e.title, e.detail FROM search_entry e
WHERE e.number IN (SELECT rowid FROM search_text WHERE search_text MATCH ?1 LIMIT ?2)
"""
"""Hits of an expression: cut to a bound first, then ordered, so that common words stay fast."""

BEST_FIRST = """
 ORDER BY lower(e.title) <> ?3 AND instr('  ' || lower(e.detail) || '  ', '  ' || ?3 || '  ') = 0,
 CASE WHEN e.table_name IN ({people}) THEN 0 WHEN e.table_name IN ({lines}) THEN 2 ELSE 1 END,
 e.sort_key LIMIT ?4
"""
"""What was typed whole, a code or a name, before what only begins with it or sounds like it; then
people before what names one of them, and last the lines of other records. `people` and `lines`
are tables, quoted."""


def replace(connection: Any, entries: Iterable[Indexed], gone: Iterable[str] = ()) -> None:
    """Put records into the index in place of what it held of them; `gone` are ids to drop.

    `connection` is the SQLAlchemy connection of the act, so that index and record go together.
    """
    entries = list(entries)
    dropped = [*gone, *(each.id for each in entries)]
    for start in range(0, len(dropped), 500):
        some = tuple(dropped[start : start + 500])
        marks = ",".join("?" * len(some))
        old = f"SELECT number FROM search_entry WHERE record_id IN ({marks})"
        connection.exec_driver_sql(f"DELETE FROM search_text WHERE rowid IN ({old})", some)
        connection.exec_driver_sql(f"DELETE FROM search_entry WHERE record_id IN ({marks})", some)
    add(connection, entries)


def add(connection: Any, entries: Iterable[Indexed]) -> None:
    """Put new records into the index."""
    (highest,) = connection.exec_driver_sql("SELECT max(number) FROM search_entry").first()
    rows, texts = [], []
    for number, each in enumerate(entries, (highest or 0) + 1):
        rows.append((number, each.table, each.id, each.title, each.detail, each.sort_key))
        texts.append((number, each.tokens))
    if rows:
        connection.exec_driver_sql("INSERT INTO search_entry VALUES (?,?,?,?,?,?)", rows)
        connection.exec_driver_sql("INSERT INTO search_text(rowid, tokens) VALUES (?,?)", texts)


def clear(connection: Any) -> None:
    """Empty the index, to be filled anew."""
    connection.exec_driver_sql("INSERT INTO search_text(search_text) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM search_entry")
