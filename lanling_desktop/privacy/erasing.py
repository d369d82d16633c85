"""Taking what a person was out of the file for good: rows, journal, index, drafts, kept prints.

Works within the transaction of the act. What the disk keeps beside the file is the caller's.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import String, delete, func, or_, select, update
from sqlalchemy.orm import Session

from lanling_desktop.core import journal
from lanling_desktop.core.attachments import Attachment
from lanling_desktop.core.bulk import chunks
from lanling_desktop.core.desk import DraftRow, SavedFilterRow, Setting
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.journal import Change
from lanling_desktop.core.records import Base, fields_of, table_of
from lanling_desktop.core.register import Register
from lanling_desktop.hall.minutes import digest_of
from lanling_desktop.hall.records import MinutesVersion
from lanling_desktop.printing.paper import PrintLog
from lanling_desktop.privacy.records import Correction
from lanling_desktop.standards import pinyin

SOMEBODY = "某某"
_GONE = (Attachment.__tablename__, Correction.__tablename__)  # go with the person either way
_FREE = (Kind.TEXT, Kind.LONG_TEXT)
_TEXT_KINDS = (Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.IDENTITY, Kind.PHONE)


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to take out: the records about them, and what they are told by.

    `words` are looked for everywhere; `name` and `phone` in what the records are made of.
    `alias` stands in place of the name where rows stay; None deletes the rows.
    """

    known: Mapping[str, Sequence[str]]
    name: str
    phone: str
    words: Sequence[str]
    alias: str | None
    links: Sequence[str]  # ids that nothing may point to again
    sure: Mapping[str, Sequence[str]]  # mentions that are surely theirs and go with the name


@dataclass
class Erased:
    """What was taken out: lines for the journal, files left to destroy, counts in words."""

    changes: list[Change] = field(default_factory=list)
    touched: list[tuple[str, str]] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)


def erase(session: Session, registers: Mapping[str, Register], target: Target) -> Erased:
    """Take everything out. Raises `ValueError` when the journal was altered before."""
    done = Erased()
    done.digests = _digests(session, target)
    for key, ids in target.known.items():
        gone = target.alias is None or key in _GONE
        if gone:
            _delete(session, registers, key, ids, done)
        else:
            _cover(session, registers[key], ids, target)
        verb = "删除" if gone else "匿名"
        done.counts.append(f"{registers[key].title}{verb} {len(ids)} 条")
        done.touched += [(key, at) for at in ids]
    _uncover_sure(session, registers, target, done)
    _replace_words(session, registers, target, done)
    every = {at for ids in (*target.known.values(), *target.sure.values()) for at in ids}
    words = [*target.words, *target.links]
    emptying = journal.Emptying(every, [target.name], words, SOMEBODY)
    attested = journal.empty_out(session, emptying)
    done.changes += attested
    done.counts.append(f"操作记录清空 {len(attested)} 行")
    _desk(session, target, every, done)
    _prints(session, target, done)
    return done


def _digests(session: Session, target: Target) -> list[str]:
    """The files that only these records have."""
    table = table_of(Attachment)
    mine = target.known.get(table.name, ())
    found = session.execute(select(table.c.digest).where(table.c.id.in_(list(mine))))
    theirs = {row[0] for row in found if row[0]}
    others = session.execute(
        select(table.c.digest).where(table.c.digest.in_(theirs), table.c.id.not_in(list(mine)))
    )
    return sorted(theirs - {row[0] for row in others})


def _delete(
    session: Session,
    registers: Mapping[str, Register],
    key: str,
    ids: Sequence[str],
    done: Erased,
) -> None:
    for register in registers.values():
        other = table_of(register.record)
        for name, said in fields_of(register.record).items():
            if said.kind is Kind.LINK and said.link == key:
                _unlink(session, other, name, ids, done)
    for table in _tables_unregistered(registers):
        for each in table.foreign_keys:
            if each.column.table.name == key:
                session.execute(delete(table).where(each.parent.in_(list(ids))))
    own = table_of(registers[key].record)
    for some in chunks(ids):
        session.execute(delete(own).where(own.c.id.in_(some)))


def _tables_unregistered(registers: Mapping[str, Register]) -> list[Any]:
    """Tables of links that no register shows: two persons who are two."""
    known = {table_of(each.record).name for each in registers.values()}
    tables = Base.metadata.tables.values()
    return [each for each in tables if each.foreign_keys and each.name not in known]


def _unlink(session: Session, table: Any, name: str, ids: Sequence[str], done: Erased) -> None:
    """Links of what stays lead nowhere any more: the home has no head."""
    for some in chunks(ids):
        rows = session.execute(select(table.c.id, table.c[name]).where(table.c[name].in_(some)))
        for at, linked in rows.all():
            session.execute(update(table).where(table.c.id == at).values({name: None}))
            done.changes.append(Change(table.name, at, {name: linked}, {name: None}))
            done.touched.append((table.name, at))


def _cover(session: Session, register: Register, ids: Sequence[str], target: Target) -> None:
    """Rows stay for the counts; what tells whose they are goes."""
    table = table_of(register.record)
    for some in chunks(ids):
        rows = session.execute(select(table).where(table.c.id.in_(some))).all()
        for row in rows:
            values = dict(row._mapping)
            new = {
                name: _covered(
                    said, values[name], target, titled=name == register.record.title_column
                )
                for name, said in fields_of(register.record).items()
            }
            if "name_key" in table.c:
                new["name_key"] = pinyin.sort_key(new.get("name") or "")
            new["extra"] = None
            session.execute(update(table).where(table.c.id == row.id).values(new))


def _covered(said: Field, value: Any, target: Target, *, titled: bool) -> Any:
    if value is None or said.kind is Kind.LINK:
        return value
    if said.kind is Kind.NAME:
        return target.alias if value == target.name else value
    if said.sensitive or said.kind in (Kind.IDENTITY, Kind.PHONE):
        return None
    if said.kind is Kind.DATE and said.month_public:
        return date(value.year, 1, 1)
    if said.kind in _FREE:
        told = str(value).replace(target.name, SOMEBODY) if target.name else value
        return told if said.required or said.computed or titled else None
    return value


def _uncover_sure(
    session: Session, registers: Mapping[str, Register], target: Target, done: Erased
) -> None:
    """A visit by the same name and telephone: telephone and address go with the name."""
    for key, ids in target.sure.items():
        table = table_of(registers[key].record)
        said = fields_of(registers[key].record)
        kinds = (Kind.PHONE, Kind.IDENTITY)
        names = [n for n, each in said.items() if each.sensitive or each.kind in kinds]
        for some in chunks(ids):
            if names:
                session.execute(
                    update(table).where(table.c.id.in_(some)).values(dict.fromkeys(names))
                )
        done.touched += [(key, at) for at in ids]


def _replace_words(
    session: Session, registers: Mapping[str, Register], target: Target, done: Erased
) -> None:
    count = 0
    for key, register in registers.items():
        table, said = table_of(register.record), fields_of(register.record)
        for column in table.columns:
            field_ = said.get(column.name)
            plain = field_ is None and column.name in ("content", "inputs", "extra")
            if not isinstance(column.type, String) or not (
                plain or (field_ is not None and field_.kind in _TEXT_KINDS)
            ):
                continue
            for word in target.words:
                holding = column.contains(word, autoescape=True)
                ids = [row[0] for row in session.execute(select(table.c.id).where(holding))]
                if ids:
                    new = {column.name: func.replace(column, word, SOMEBODY)}
                    session.execute(update(table).where(holding).values(new))
                    done.touched += [(key, at) for at in ids]
                    count += len(ids)
                    if key == MinutesVersion.__tablename__ and column.name == "content":
                        _seal_again(session, ids)
    if count:
        done.counts.append(f"其他记录里的姓名、号码换成“{SOMEBODY}” {count} 处")


def _seal_again(session: Session, ids: Iterable[str]) -> None:
    """The frozen copy of minutes counts as it did; its digest is of what it says now."""
    table = table_of(MinutesVersion)
    for at in ids:
        content = session.execute(select(table.c.content).where(table.c.id == at)).scalar_one()
        session.execute(
            update(table).where(table.c.id == at).values(digest=digest_of(content or ""))
        )


def _desk(session: Session, target: Target, every: Iterable[str], done: Erased) -> None:
    """Half-filled forms and saved filters that say any of it."""
    told = [each for each in (target.name, target.phone, *target.words) if each]
    told = list(dict.fromkeys([*told, *every]))
    drafts = (DraftRow.key, DraftRow.title, DraftRow.content)
    filters = (SavedFilterRow.title, SavedFilterRow.content)
    count = 0
    for word in told:
        for kind, columns in ((DraftRow, drafts), (SavedFilterRow, filters)):
            holding = or_(*(each.contains(word, autoescape=True) for each in columns))
            gone: Any = session.execute(delete(kind).where(holding))
            count += gone.rowcount
        holding = Setting.value.contains(word, autoescape=True)
        new = func.replace(Setting.value, word, SOMEBODY)
        session.execute(update(Setting).where(holding).values(value=new))
    if count:
        done.counts.append(f"草稿和筛选 {count} 份")


def _prints(session: Session, target: Target, done: Erased) -> None:
    """The copies of prints that show them; number, check code and digest stay in the log."""
    told = [each for each in (target.name, target.phone, *target.words) if each]
    numbers = [
        row[0] for row in session.execute(select(PrintLog.number).where(PrintLog.pdf.is_not(None)))
    ]
    gone = []
    for number in numbers:
        kept = session.execute(select(PrintLog.pdf).where(PrintLog.number == number)).scalar_one()
        said = _text_of(zlib.decompress(kept or b""))
        if said is None or any(each in said for each in told):
            gone.append(number)
    for some in chunks(gone):
        session.execute(update(PrintLog).where(PrintLog.number.in_(some)).values(pdf=None))
    if gone:
        done.counts.append(f"打印留底 {len(gone)} 份")


def _text_of(pdf: bytes) -> str | None:
    """Everything a PDF says, without spaces; None when it cannot be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return None
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "".join("".join(pages).split())
