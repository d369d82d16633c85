"""What the 本人信息查询单 says: everything held about a person, whence, and who had it in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from lanling_desktop.core.bulk import chunks
from lanling_desktop.core.display import publish
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.journal import NOTE, JournalChange, JournalEntry
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Entry
from lanling_desktop.core.records import fields_of, table_of
from lanling_desktop.core.register import Register, masking
from lanling_desktop.printing.paper import MASKED, PrintLog
from lanling_desktop.privacy import holding
from lanling_desktop.privacy.holding import PERSON, Mention

_OWN = f"{PERSON}."
_KEYS = ("owner_table", "owner_id", "digest", "table_name", "record_id", "position", "media_type")
_LINES, _SLIP = "pay_line", "pay_slip"  # the lines of a slip stand together
_ONE_ACT = 200  # changes of an act whose other people are looked up
_SHOWN = 40  # of the prints and exports of whole lists; the rest are counted


@dataclass(frozen=True, slots=True)
class Subject:
    """The person asked about, and what is needed to hide the others."""

    id: str
    name: str
    office: Office
    masked: bool

    def text(self, said: Field, value: Any, shown: str, *, own: bool = False) -> str:
        """A value as the sheet says it: nobody else's name stands on it.

        `own` is a title of a record about the person: a name borne before a correction.
        """
        if said.kind is Kind.LINK and said.link == PERSON:
            return shown if value == self.id else hidden(shown)
        if said.kind is Kind.NAME and value != self.name and not own:
            return hidden(shown)
        told = masking(said, self.office.registers)
        return publish(told, shown) if self.masked else shown


@dataclass(frozen=True, slots=True)
class Held:
    """The records of one register: title and, for each record, its filled columns in words."""

    title: str
    records: Sequence[Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet, in words."""

    name: str
    person: Sequence[tuple[str, str]]
    held: Sequence[Held]
    mentions: Sequence[tuple[str, ...]]  # register, column, record, how sure
    sources: Sequence[tuple[str, ...]]  # register, day, by whom, how
    looks: Sequence[tuple[str, ...]]  # when, who, what: with this name
    lists: Sequence[tuple[str, ...]]  # when, who, what: whole lists in full
    more_lists: int
    closed: Sequence[str]
    namesakes: int


def hidden(name: str) -> str:
    """Somebody else's name: 张*."""
    return f"{name[:1]}{'*' * max(1, len(name) - 1)}" if name else ""


def sheet_of(office: Office, person_id: str, edition: str) -> Sheet:
    """Read everything the asking account may see about a person."""
    entry = office.read(PERSON, person_id)
    who = Subject(person_id, str(entry["name"] or ""), office, edition == MASKED)
    known = holding.held(office, PERSON, person_id)
    closed = [office.registers[key].title for key in known if not office.reads(key)]
    known = {key: ids for key, ids in known.items() if office.reads(key)}
    found = holding.mentions(office, person_id, who.name, str(entry["phone"] or ""), known)
    looks = _looks(office, who.name)
    made = _made(office, known)
    lists = _lists(office, known, made)
    return Sheet(
        name=who.name,
        person=_filled(who, office.registers[PERSON], entry),
        held=[_held(who, key, ids) for key, ids in known.items() if key != PERSON],
        mentions=[_mention(who, each) for each in found if office.reads(each.register)],
        sources=_sources(office, known, made, who.name),
        looks=looks,
        lists=lists[:_SHOWN],
        more_lists=max(0, len(lists) - _SHOWN),
        closed=closed,
        namesakes=holding.namesakes(office, person_id, who.name),
    )


def _held(who: Subject, key: str, ids: Sequence[str]) -> Held:
    register = who.office.registers[key]
    if key == _LINES:
        return Held(register.title, _pay_lines(who.office, ids))
    return Held(register.title, [_filled(who, register, who.office.read(key, at)) for at in ids])


def _pay_lines(office: Office, ids: Sequence[str]) -> list[list[tuple[str, str]]]:
    """What each month's pay was made of, one month after another."""
    slips: dict[str, list[tuple[str, str]]] = {}
    for at in ids:
        entry = office.read(_LINES, at)
        slip = slips.setdefault(entry["slip_id"], [])
        slip.append((entry.texts["name"], entry.texts["amount"]))
    months = {slip: office.read(_SLIP, slip).texts["month"] for slip in slips}
    ordered = sorted(slips, key=lambda slip: months[slip])
    return [[("月份", months[slip][:7]), *slips[slip]] for slip in ordered]


def _filled(who: Subject, register: Register, entry: Entry) -> list[tuple[str, str]]:
    """The filled columns of a record; the person's own stand on the sheet once."""
    found = []
    for key, each in register.all_columns.items():
        text = entry.texts.get(key, "")
        own = key.startswith(_OWN) or (key == "person_id")
        if not text or (own and register.key != PERSON) or _is_key(each.field, key):
            continue
        titled = key == register.record.title_column
        shown = who.text(each.field, entry.values.get(key), text, own=titled)
        found.append((each.field.label, shown))
    if entry.binned_why is not None:
        found.append(("状态", "已删到回收站"))
    return found


def _is_key(said: Field, key: str) -> bool:
    """What only the program reads: ids, table names, digests."""
    return said.computed and key in _KEYS


def _mention(who: Subject, mention: Mention) -> tuple[str, ...]:
    register = who.office.registers[mention.register]
    entry = who.office.read(mention.register, mention.id)
    heading = register.all_columns.get(register.record.title_column)
    if heading is not None and heading.field.kind is not Kind.NAME:
        title = who.text(heading.field, entry.title, entry.title)
        return register.title, register.all_columns[mention.key].field.label, title, _how(mention)
    named: list[str] = []
    for key, said in fields_of(register.record).items():
        about = said.kind is Kind.LINK and said.link != PERSON and said.required
        if (about or said.kind is Kind.DATE) and entry.texts.get(key) and len(named) < 2:
            named.append(entry.texts[key])
    label = register.all_columns[mention.key].field.label
    return register.title, label, " ".join(named) or "（未写日期）", _how(mention)


def _how(mention: Mention) -> str:
    return "确定" if mention.sure else "姓名相同"


def _made(office: Office, known: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The act that made each record; what the office was founded with has none."""
    change, entry = JournalChange, JournalEntry
    made: dict[str, Any] = {}
    for some in chunks([each for ids in known.values() for each in ids]):
        rows = office.rows(
            select(change.record_id, entry.seq, entry.at, entry.actor, entry.title)
            .join(entry, entry.seq == change.seq)
            .where(change.record_id.in_(some), change.before.is_(None))
            .order_by(entry.seq)
        )
        for each in rows:
            made.setdefault(each[0], each)
    return made


def _sources(
    office: Office, known: Mapping[str, Sequence[str]], made: Mapping[str, Any], name: str
) -> list[tuple[str, ...]]:
    """How each record came into the office: when, by whom, by which act."""
    found: dict[tuple[str, ...], int] = {}
    for key, ids in known.items():
        title = office.registers[key].title
        for each in ids:
            row = made.get(each)
            line = (
                (title, _founded(office), "—", "建账时载入")
                if row is None
                else (title, _stamp(row.at), row.actor, _title(office, row, name))
            )
            found[line] = found.get(line, 0) + 1
    return [
        (f"{title}（{count} 条）" if count > 1 else title, *rest)
        for (title, *rest), count in found.items()
    ]


def _founded(office: Office) -> str:
    """When the office's first act was."""
    first = select(JournalEntry.at).order_by(JournalEntry.seq).limit(1)
    return _stamp(str(office.rows(first)[0][0]))


def _title(office: Office, row: Any, name: str) -> str:
    """An act's title, with the names of the other people it touched hidden."""
    change, person = JournalChange, table_of(office.registers[PERSON].record)
    touched = office.rows(select(change.record_id).where(change.seq == row.seq).limit(_ONE_ACT))
    ids = {each[0] for each in touched}
    for register in office.registers.values():
        table = table_of(register.record)
        if "person_id" in table.c:
            ids |= {
                each[0]
                for each in office.rows(select(table.c.person_id).where(table.c.id.in_(ids)))
                if each[0]
            }
    names = office.rows(select(person.c.name).where(person.c.id.in_(ids)))
    title = str(row.title)
    for (other,) in names:
        if other and other != name:
            title = title.replace(other, hidden(other))
    return title


def _looks(office: Office, name: str) -> list[tuple[str, ...]]:
    """Who saw this person's full number, or printed or exported a record by that name."""
    entry = JournalEntry
    rows = office.rows(
        select(entry.at, entry.actor, entry.title)
        .where(entry.kind == NOTE, entry.title.contains(name, autoescape=True))
        .order_by(entry.seq.desc())
    )
    return [(_stamp(at), actor, title) for at, actor, title in rows if name]


def _lists(
    office: Office, known: Mapping[str, Sequence[str]], made: Mapping[str, Any]
) -> list[tuple[str, ...]]:
    """Whole lists of the registers the person is in that left in full since then.

    By the acts and not by the identifiers, which hold what the machine's clock was at. Who was
    there from the founding is told of all.
    """
    first = min(made[at].at if at in made else "" for ids in known.values() for at in ids)
    log, entry = PrintLog, JournalEntry
    printed = office.rows(
        select(log.at, log.actor, log.title, log.paper, log.number).where(
            log.edition != MASKED, log.at >= first
        )
    )
    from_lists = [
        (_stamp(row.at), row.actor, f"打印{row.title}，编号 {row.number}")
        for row in printed
        if office.paper_owner(row.paper) in known and not _of_one(office, row.number)
    ]
    titles = [entry.title.startswith(f"导出{office.registers[key].title} ") for key in known]
    exported = office.rows(
        select(entry.at, entry.actor, entry.title).where(
            entry.kind == NOTE, entry.at >= first, or_(*titles)
        )
    )
    left = [*from_lists, *((_stamp(at), actor, title) for at, actor, title in exported)]
    return sorted(left, reverse=True)


def _of_one(office: Office, number: str) -> bool:
    """Whether a print shows one record: its note names it, and is told where it is this one."""
    entry = JournalEntry
    rows = office.rows(
        select(entry.seq).where(
            entry.kind == NOTE,
            entry.title.startswith("打印"),
            entry.title.contains("）："),
            entry.title.endswith(f"编号 {number}"),
        )
    )
    return bool(rows)


def _stamp(at: str) -> str:
    return at[:16].replace("T", " ")
