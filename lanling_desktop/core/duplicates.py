"""Records that may be the one being typed: certain by their key columns, else by likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from lanling_desktop.core import acts, bulk
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.plain import Adopted, Duplicate, Problem, Values
from lanling_desktop.core.values import display

if TYPE_CHECKING:
    from lanling_desktop.core.office import Office


def like(
    office: Office, register_key: str, values: Values, record_id: str | None = None
) -> list[Duplicate]:
    """Records that may be the one being typed, at most five for each reason."""
    register = office.registers[register_key]
    groups = [(group, True) for group in acts.recognised_by(register)]
    groups += [(group, False) for group in register.duplicates]
    found: dict[str, Duplicate] = {}
    for group, certain in groups:
        wanted = [values.get(key) for key in group]
        if any(each is None or each == "" for each in wanted):
            continue
        scope = Scope(register, office.registers, office.today)
        same = [scope.column(k) == v for k, v in zip(group, wanted, strict=True)]
        known = [register.all_columns[key].field for key in register.columns[:4]]
        shown = [scope.shown(key) for key in (register.order, *register.columns[:4])]
        statement = select(scope.id, *shown).select_from(scope.source())
        where = [*same, *bulk.standing(scope), scope.id != (record_id or "")]
        why = "、".join(register.all_columns[key].field.label for key in group) + "相同"
        for row in office.rows(statement.where(*where).limit(5)):
            said = zip(known, row[2:], strict=True)  # for a notice, read over a shoulder
            detail = "  ".join(display(f, v, masked=True) for f, v in said if v)
            found.setdefault(row[0], Duplicate(row[0], str(row[1]), detail, why, certain, group[0]))
    return list(found.values())


def certain(office: Office, register_key: str, values: Values) -> list[Problem]:
    """Warnings for a new record that another is recognised by, one for each of those."""
    plain = {key: v for key, v in values.items() if not isinstance(v, Adopted)}
    return [
        Problem(each.key, f"{each.why}，已经登记过：{each.title}  {each.detail}", warning=True)
        for each in like(office, register_key, plain)
        if each.certain
    ]
