"""Reading the search index: what a search box and a link box show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import BindParameter, bindparam, select

from lanling_desktop.core import search
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.plain import Hit
from lanling_desktop.core.records import AnySelect, table_of
from lanling_desktop.core.register import Register
from lanling_desktop.standards import identity
from lanling_desktop.standards.text import whole

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office

_HIT_BOUND = 2_000
_WIDER = 10  # times the hits asked for, among which those that come first are looked for


_Row = tuple[str, str, str, str]  # table, id, title, detail


def find(office: Office, typed: str, *, register: str = "", limit: int = 50) -> list[Hit]:
    """Records whose text holds everything typed: a code typed whole first, then by pinyin."""
    rows = _rows(office, typed, register, limit)
    faces = _faces(office, rows)
    told = _told(office, rows, faces)
    hits: dict[tuple[str, str], Hit] = {}
    for table_name, record_id, title, detail in rows:
        face, target = faces.get(record_id, (office.registers[table_name], record_id))
        own = table_name == face.key and "." in face.order  # known by its part
        said = office.read(face.key, target).title if own else title
        shown = _detail(typed, told.get((face.key, target), ""), detail)
        found = Hit(face.key, face.title, target, said, shown)
        hits.setdefault((face.key, target), found)
    return list(hits.values())


def lookup(
    office: Office, register_key: str, typed: str, limit: int = 20
) -> list[tuple[str, str, str]]:
    """Records a link may point to: id, title, detail. Nothing typed lists the first ones.

    Those who have a face of their own, the party members among the residents, come first.
    """
    if not office.reads(register_key):
        return []
    if typed.strip():
        rows = _rows(office, typed, register_key, limit * _WIDER)
        faces = _faces(office, rows)
        whole = typed.strip()
        rows.sort(key=lambda row: (row[2] != whole, row[1] not in faces))
        rows = rows[:limit]
        told = _told(office, rows, faces)
        own = office.registers[register_key]
        found = []
        for _, key, title, detail in rows:
            face, target = faces.get(key, (own, key))
            found.append((key, title, _detail(typed, told.get((face.key, target), ""), detail)))
        there = {key for key, _, _ in found}
        more = [each for each in _by_owner(office, own, typed, limit) if each[0] not in there]
        return [*found, *more][:limit]
    kind = office.registers[register_key].record
    table = table_of(kind)
    heading = table.c[kind.title_column]
    first = select(table.c.id, heading).where(table.c.binned_at.is_(None)).order_by(heading)
    return [(key, text or "", "") for key, text in office.rows(first.limit(limit))]


def _by_owner(
    office: Office, register: Register, typed: str, limit: int
) -> list[tuple[str, str, str]]:
    """Records known by somebody they belong to: a worker by the person's name, 工号 beside it."""
    table = table_of(register.record)
    found: list[tuple[str, str, str]] = []
    for part in register.parts:
        kind = part.record.__tablename__
        if part.dated or kind not in office.registers:
            continue
        names = {row[1]: row[2] for row in _rows(office, typed, kind, limit * _WIDER)}
        via, heading = table.c[part.via], table.c[register.record.title_column]
        rows = office.rows(
            select(table.c.id, via, heading).where(via.in_(names), table.c.binned_at.is_(None))
        )
        order = list(names)
        rows = sorted(rows, key=lambda row: order.index(row[1]))
        found += [(row[0], names[row[1]], str(row[2] or "")) for row in rows]
    return found


def _rows(office: Office, typed: str, register: str, limit: int) -> list[_Row]:
    expression = search.match(typed)
    if expression is None:
        return []
    bound = [expression, _HIT_BOUND, whole(typed).strip().lower(), limit]
    closed = office.rights.closed(office.registers)
    narrowed = " AND e.table_name = ?5" if register else ""
    if closed:
        narrowed += f" AND e.table_name NOT IN ({_quoted(closed)})"
    kinds = office.registers.items()
    best_first = search.BEST_FIRST.format(
        people=_quoted(key for key, each in kinds if each.tells),
        lines=_quoted(key for key, each in kinds if not each.menu),
    )
    sql = f"{search.HITS}{narrowed}{best_first}"
    found = office.store.raw(sql, [*bound, register] if register else bound)
    return [(row[0], row[1], row[2], row[3]) for row in found]


def _quoted(tables: Iterable[str]) -> str:
    """Tables of our own registers in SQL; never anything typed."""
    return ",".join(f"'{each}'" for each in tables)


_Faces = dict[str, tuple[Register, str]]
_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)


class Asked:
    """What every hit is asked for, kept as statements: building one costs more than its answer.

    They hold for one day and one state of the registers; the office's own columns make new ones.
    """

    def __init__(self, registers: Mapping[str, Register], day: date) -> None:
        self.registers = registers
        self.day = day
        self.faces = [
            (register, part.record.__tablename__, _owners(register, part.via))
            for register in registers.values()
            for part in (register.parts if register.face else ())
            if not part.dated
        ]
        self.told = {key: self._told(each) for key, each in registers.items() if each.tells}

    def holds(self, registers: Mapping[str, Register], day: date) -> bool:
        """Whether they still ask what is so."""
        return registers is self.registers and day == self.day

    def _told(self, register: Register) -> AnySelect:
        scope = Scope(register, self.registers, self.day)
        columns = [scope.shown(each) for each in register.tells]
        return select(scope.id, *columns).select_from(scope.source()).where(scope.id.in_(_IDS))


def _owners(register: Register, via: str) -> AnySelect:
    table = table_of(register.record)
    return select(table.c[via], table.c.id).where(
        table.c[via].in_(_IDS), table.c.binned_at.is_(None)
    )


def _faces(office: Office, rows: list[_Row]) -> _Faces:
    """By id, the register a hit is opened in: a person who is a member opens as a member."""
    faces: _Faces = {}
    for register, table_name, owners in office.asked.faces:
        wanted = [row[1] for row in rows if row[0] == table_name]
        if wanted:
            found = office.store.rows(owners, {"ids": wanted})
            faces.update((owner, (register, own)) for owner, own in found)
    return faces


def _told(office: Office, rows: list[_Row], faces: _Faces) -> dict[tuple[str, str], str]:
    """By register and id, what tells two of one name apart: age, branch, address."""
    ids: dict[str, list[str]] = {}
    for table_name, record_id, _, _ in rows:
        face, target = faces.get(record_id, (office.registers[table_name], record_id))
        ids.setdefault(face.key, []).append(target)
    told: dict[tuple[str, str], str] = {}
    for key, some in ids.items():
        if key not in office.asked.told:
            continue
        for row in office.store.rows(office.asked.told[key], {"ids": some}):
            texts = (
                f"{identity.age(each, office.today)}岁" if isinstance(each, date) else str(each)
                for each in row[1:]
                if each
            )
            told[key, row[0]] = "  ".join(texts)
    return told


def _detail(typed: str, told: str, indexed: str) -> str:
    """What stands beside a hit; the masked numbers too, where a number was typed."""
    numbers = any(each.isdigit() for each in typed)
    return "  ".join(each for each in (told, indexed if numbers or not told else "") if each)
