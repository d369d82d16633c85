"""A whole office looked over: the file, the journal, the index, every record against its rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from lanling_desktop.core import acts, bulk, journal
from lanling_desktop.core.attachment_check import unsound_attachments
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.field import Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Problem, Values
from lanling_desktop.core.records import AnyRow, AnySelect, table_of
from lanling_desktop.core.register import Register
from lanling_desktop.core.search import SearchEntry
from lanling_desktop.core.unit import searchable
from lanling_desktop.core.values import choices_of
from lanling_desktop.grids.records import Grid, GridWorker
from lanling_desktop.hall.records import MeetingHall, VisitorReception
from lanling_desktop.hall.soundness import unsound
from lanling_desktop.organisation.records import PartyOrganisation
from lanling_desktop.outreach.records import (
    PartTimeMember,
    PartyMerchant,
    RedStation,
    SocialOrganisation,
)
from lanling_desktop.people.links import link_kinds
from lanling_desktop.people.records import Person
from lanling_desktop.people.rules import identity_problems
from lanling_desktop.places.records import Community, Compound
from lanling_desktop.safety import repair
from lanling_desktop.salary.soundness import unsound as unsound_pay
from lanling_desktop.staff.records import CommunityWorker, RedSecretary

_CHUNK = 400
_RECEIVED = 932  # the article's visitors, in person-times
_SHOWN = 50  # findings of one kind that are named; the rest are counted


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where it is, what it is; the record to look at, the link to mend."""

    where: str
    what: str
    register: str = ""
    id: str = ""
    link: repair.LooseLink | None = None


def check(office: Office) -> list[Finding]:
    """Everything found wrong in an office; nothing for a sound one. Changes nothing."""
    return list(findings(office))


def findings(office: Office) -> Iterator[Finding]:
    """The same one by one, in bounded memory however large the office is."""
    yield from _file(office)
    yield from _journal(office)
    yield from _index(office)
    for register in office.registers.values():
        yield from _bounded(register.title, _records(office, register))
    yield from _doubled_links(office)
    yield from _bounded("议事", (Finding(*each) for each in unsound(office)))
    yield from _bounded("工资", (Finding(*each) for each in unsound_pay(office)))
    yield from _bounded("附件", (Finding(*each) for each in unsound_attachments(office)))
    if office.desk.get("demo", False):
        yield from _demo_counts(office)


def _bounded(where: str, found: Iterator[Finding]) -> Iterator[Finding]:
    more = 0
    for number, each in enumerate(found):
        if number < _SHOWN:
            yield each
        else:
            more += 1
    if more:
        yield Finding(where, f"另有 {more} 处")


def _file(office: Office) -> Iterator[Finding]:
    for (verdict,) in office.store.raw("PRAGMA quick_check"):
        if verdict != "ok":
            yield Finding("数据文件", f"数据页有损坏：{verdict}")
    for link in repair.loose_links(office):
        yield _loose(office, link)


def _loose(office: Office, link: repair.LooseLink) -> Finding:
    register = office.registers.get(link.table)
    if register is None:
        return Finding(link.table, f"指向的记录（{link.parent}）不存在", link=link)
    column = register.all_columns.get(link.column)
    said = column.field.label if column else link.column
    where = f"{register.title} {_title(office, register, link.id)}".strip()
    return Finding(where, f"{said}：指向的记录不存在", register.key, link.id, link)


def _journal(office: Office) -> Iterator[Finding]:
    with office.store.writing() as session:
        broken = list(journal.verify(session))
    for seq, reason in broken:
        yield Finding(f"操作记录第 {seq} 行", reason)


def _index(office: Office) -> Iterator[Finding]:
    entry = SearchEntry
    counted = select(entry.table_name, func.count()).group_by(entry.table_name)
    indexed: dict[str, int] = {row[0]: row[1] for row in office.rows(counted)}
    total = office.store.raw("SELECT count(*) FROM search_text")[0][0]
    if total != sum(indexed.values()):
        yield Finding("检索", f"索引 {total} 条，目录 {sum(indexed.values())} 条，两者不符")
    for kind in searchable({}):
        table = table_of(kind)
        live = select(func.count()).select_from(table).where(table.c.binned_at.is_(None))
        records = office.rows(live)[0][0]
        if records != indexed.get(table.name, 0):
            title = office.registers[table.name].title if table.name in office.registers else ""
            yield Finding(
                "检索",
                f"{title or table.name} {records} 条，能查到 {indexed.get(table.name, 0)} 条",
            )


@dataclass
class _Context:
    today: date
    record_id: str | None
    office: Office

    def rows(self, statement: AnySelect) -> Sequence[AnyRow]:
        return self.office.rows(statement)


def _records(office: Office, register: Register) -> Iterator[Finding]:
    """Required columns, words out of their tables and the register's rules, a few at a time."""
    for ids in _ids(office, register):
        for key, values in bulk.read_many(office, register.key, ids).items():
            for problem in _problems(office, register, key, values):
                where = f"{register.title} {_title(office, register, key)}".strip()
                words = f"{_label(register, problem)}：{problem.words}"
                yield Finding(where, words, register.key, key)


def _ids(office: Office, register: Register) -> Iterator[list[str]]:
    table = table_of(register.record)
    last = ""
    while True:
        some = select(table.c.id).where(table.c.id > last, table.c.binned_at.is_(None))
        ids = [row[0] for row in office.rows(some.order_by(table.c.id).limit(_CHUNK))]
        if not ids:
            return
        yield ids
        last = ids[-1]


def _problems(office: Office, register: Register, key: str, values: Values) -> Iterator[Problem]:
    context = _Context(office.today, key, office)
    yield from (each for each in acts.check(context, register, values) if not each.warning)
    if register.key == Person.__tablename__:  # only warned of while typing, to be explained later
        yield from (each for each in identity_problems(values, office.today, "") if each.warning)
    for name, column in register.all_columns.items():
        said, value = column.field, values.get(name)
        if "." in name:  # another record's own column, looked at there
            continue
        if said.kind is Kind.CHOICE and value and value not in choices_of(said):
            yield Problem(name, f"没有“{value}”这一项")


def _title(office: Office, register: Register, key: str) -> str:
    try:
        return office.read(register.key, key).title
    except OfficeError:
        return key


def _label(register: Register, problem: Problem) -> str:
    column = register.all_columns.get(problem.key)
    return column.field.label if column else problem.key


def _doubled_links(office: Office) -> Iterator[Finding]:
    """A person is in one household, one branch, one central household's care at a time."""
    for kind in link_kinds():
        if office.registers[kind.__tablename__].menu:
            continue  # a post, of which a person may hold two
        title = office.registers[kind.__tablename__].title
        yield from _bounded(title, _doubled(office, kind, title))


def _doubled(office: Office, kind: type[Any], title: str) -> Iterator[Finding]:
    a, b = aliased(kind), aliased(kind)
    statement = select(a.person_id).where(
        a.person_id == b.person_id,
        a.id < b.id,
        a.binned_at.is_(None),
        b.binned_at.is_(None),
        or_(a.valid_to.is_(None), b.valid_from.is_(None), a.valid_to > b.valid_from),
        or_(b.valid_to.is_(None), a.valid_from.is_(None), b.valid_to > a.valid_from),
    )
    for (person,) in office.rows(statement.limit(10 * _SHOWN)):
        name = _title(office, office.registers["person"], person)
        yield Finding(f"{title} {name}", "同一时间登记了两条，请终止其中一条")


def _staffed() -> Iterator[tuple[str, Any, Any, int]]:
    """Grids, staff and the outer ring: name, table, which of its rows, how many."""
    worker = table_of(CommunityWorker)
    counted = {
        "网格": (Grid, 50),
        "网格员": (GridWorker, 192),
        "红领书记": (RedSecretary, 32),
        "兼职委员": (PartTimeMember, 86),
        "红色驿站": (RedStation, 8),
        "党员商户": (PartyMerchant, 106),
        "社会组织": (SocialOrganisation, 4),
    }
    for name, (kind, count) in counted.items():
        table = table_of(kind)
        yield name, table, table.c.id.is_not(None), count
    recruited = worker.c.source == "公开招聘"
    yield "社区专职工作者", worker, recruited, 32
    yield "社区书记", worker, ~recruited, 8


def _demo_counts(office: Office) -> Iterator[Finding]:
    """The article's counts, which the demo office is built to have."""
    community, organisation = table_of(Community), table_of(PartyOrganisation)
    compound, hall = table_of(Compound), table_of(MeetingHall)
    ended = community.c.valid_to.is_not(None)
    wanted = (
        ("社区", community, ~ended, 21),
        ("调整前的社区", community, ended, 16),
        ("社区大党委", organisation, organisation.c.kind == "社区大党委", 21),
        ("网格党支部", organisation, organisation.c.kind == "网格党支部", 50),
        ("小区", compound, compound.c.id.is_not(None), 89),
        ("红色议事厅", hall, hall.c.compound_id.is_not(None), 89),
        *_staffed(),
    )
    for name, table, where, count in wanted:
        statement = select(func.count()).select_from(table)
        found = office.rows(statement.where(where, table.c.binned_at.is_(None)))[0][0]
        if found != count:
            yield Finding("演示数据", f"{name}应为 {count} 个，现有 {found} 个")
    visits = table_of(VisitorReception).c
    came = select(func.coalesce(func.sum(visits.people), 0)).where(visits.binned_at.is_(None))
    received = office.rows(came)[0][0]
    if received != _RECEIVED:
        yield Finding("演示数据", f"来访应为 {_RECEIVED} 人次，现有 {received} 人次")
