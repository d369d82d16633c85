"""Two records of one person become one: every link of every table moves, none is doubled.

Links are found in the tables themselves, so that a module added later is merged as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint, and_, or_, select

from lanling_desktop.core import attachments
from lanling_desktop.core.records import Dated, Record, fields_of, table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.people.links import link_kinds, links_of, record_kinds
from lanling_desktop.people.records import NotDuplicate, Person

Choices = Mapping[str, Any]
"""Values chosen over the kept record's own: by column of the person ("phone"), by table and column
of what hangs on it ("party_member.joined_on"), or, for a dated link, which of the two present ones
holds ("household_member.household_id")."""


def fold_person(unit: Unit, keep: Person, drop: Person, choices: Choices, why: str) -> None:
    """Make one person of two: `drop` goes to the bin, what hung on it hangs on `keep`."""
    _forget_denials(unit, keep.id, drop.id, why)
    for kind in link_kinds():
        _fold_links(unit, kind, (keep.id, drop.id), choices, why)
    _fold(unit, keep, drop, choices, why)


def _fold(unit: Unit, keep: Any, drop: Any, choices: Choices, why: str) -> None:
    """One record of two of a kind: blanks filled, links moved, the other one binned."""
    _fill(keep, drop, choices)
    dated = link_kinds() if isinstance(keep, Person) else []
    own = keep.__tablename__
    attachments.hand_over(unit, own, drop.id, keep.id)
    for kind in record_kinds():
        for each in table_of(kind).columns:
            if not any(key.column.table.name == own for key in each.foreign_keys):
                continue
            if kind in dated and each.name == "person_id":
                continue  # moved before, each piece of time once
            _repoint(unit, kind, each.name, (keep.id, drop.id), choices, why)
    if drop.binned_at is None:
        unit.bin(drop, why)


def _fill(keep: Record, drop: Record, choices: Choices) -> None:
    """The kept record's values, its blanks filled from the other, the chosen ones over both."""
    revived = keep.binned_at is not None and drop.binned_at is None
    prefix = "" if isinstance(keep, Person) else f"{keep.__tablename__}."
    for name, said in fields_of(type(keep)).items():
        if name == "person_id" or said.computed:
            continue
        ours, theirs = getattr(keep, name), getattr(drop, name)
        if f"{prefix}{name}" in choices:
            setattr(keep, name, choices[f"{prefix}{name}"])
        elif theirs not in (None, "") and (revived or ours in (None, "")):
            setattr(keep, name, theirs)
    if revived:
        keep.binned_at = keep.binned_by = keep.binned_why = None


def _repoint(
    unit: Unit,
    kind: type[Any],
    name: str,
    pair: tuple[str, str],
    choices: Choices,
    why: str,
) -> None:
    """Point a column of every record that names the dropped one to the kept one."""
    keep_id, drop_id = pair
    theirs = unit.all(select(kind).where(getattr(kind, name) == drop_id))
    if theirs and _is_unique(kind, name):
        for ours in unit.all(select(kind).where(getattr(kind, name) == keep_id)):
            _fold(unit, ours, theirs.pop(), choices, why)
    for each in theirs:
        setattr(each, name, keep_id)
    unit.session.flush()


def _is_unique(kind: type[Record], name: str) -> bool:
    table = table_of(kind)
    return any(
        isinstance(each, UniqueConstraint) and [c.name for c in each.columns] == [name]
        for each in table.constraints
    ) or any(each.unique and [c.name for c in each.columns] == [name] for each in table.indexes)


def _fold_links(
    unit: Unit, kind: type[Any], pair: tuple[str, str], choices: Choices, why: str
) -> None:
    """Dated links of both on one line of time: where both hold, the preferred one's stays."""
    ours, theirs = (links_of(unit, kind, each) for each in pair)
    kept, moved = (theirs, ours) if _prefers(kind, choices, ours, theirs) else (ours, theirs)
    for each in kept:
        each.person_id = pair[0]
    for each in moved:
        _place(unit, kind, each, kept, pair[0], why)
    # What lies in the bin goes along, so that nothing still names the dropped person.
    for each in unit.all(select(kind).where(kind.person_id == pair[1])):
        each.person_id = pair[0]


def _prefers(kind: type[Any], choices: Choices, ours: list[Any], theirs: list[Any]) -> bool:
    """Whether the choices say that the dropped one's present link is the one that holds."""
    for name in _targets(kind):
        chosen = choices.get(f"{kind.__tablename__}.{name}")
        if chosen is not None:
            has = any(getattr(each, name) == chosen and _end(each) == date.max for each in theirs)
            return has and not any(getattr(each, name) == chosen for each in ours)
    return False


def _targets(kind: type[Any]) -> list[str]:
    """The columns of a link that say what the person is in."""
    passed = ("person_id", "community_id")
    links = [each for each in table_of(kind).columns if each.foreign_keys]
    return [each.name for each in links if each.name not in passed]


def _place(
    unit: Unit, kind: type[Any], link: Any, kept: list[Any], person_id: str, why: str
) -> None:
    """Keep of a link only the pieces of time that none of `kept` holds."""
    pieces = [(_start(link), _end(link))]
    for other in kept:
        pieces = [part for piece in pieces for part in _without(piece, other)]
    same = [o for o in kept if all(getattr(o, n) == getattr(link, n) for n in _targets(kind))]
    pieces = [piece for piece in pieces if not _widened(same, piece)]
    if not pieces:
        unit.bin(link, why)
        return
    said: type[Record] = kind
    values = {name: getattr(link, name) for name in fields_of(said)}
    link.person_id = person_id
    _set_period(link, pieces[0])
    kept.append(link)
    for piece in pieces[1:]:
        more = kind(**{**values, "person_id": person_id})
        _set_period(more, piece)
        kept.append(unit.add(more))


def _without(piece: tuple[date, date], other: Any) -> list[tuple[date, date]]:
    start, end = piece
    cuts = [(start, min(end, _start(other))), (max(start, _end(other)), end)]
    return list(dict.fromkeys((a, b) for a, b in cuts if a < b))


def _widened(same: list[Any], piece: tuple[date, date]) -> bool:
    """Whether a link to the same thing took the piece up by beginning earlier or ending later."""
    for each in same:
        if piece[1] == _start(each):
            each.valid_from = None if piece[0] == date.min else piece[0]
            return True
        if piece[0] == _end(each):
            each.valid_to = None if piece[1] == date.max else piece[1]
            return True
    return False


def _start(link: Dated) -> date:
    return link.valid_from or date.min


def _end(link: Dated) -> date:
    return link.valid_to or date.max


def _set_period(link: Any, piece: tuple[date, date]) -> None:
    start, end = piece
    link.valid_from = None if start == date.min else start
    link.valid_to = None if end == date.max else end
    if end == date.max:
        link.end_reason = None


def _forget_denials(unit: Unit, keep_id: str, drop_id: str, why: str) -> None:
    """A note that the two are different people is void now."""
    noted = NotDuplicate
    either = or_(
        and_(noted.first_id == keep_id, noted.second_id == drop_id),
        and_(noted.first_id == drop_id, noted.second_id == keep_id),
    )
    for each in unit.all(select(noted).where(either, noted.binned_at.is_(None))):
        unit.bin(each, why)
