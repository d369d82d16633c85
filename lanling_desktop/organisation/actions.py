"""What a clerk does with the party tree: one function, one act each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from lanling_desktop.core import acts
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.listing import in_force
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes
from lanling_desktop.core.records import table_of
from lanling_desktop.core.unit import Unit
from lanling_desktop.organisation import rules
from lanling_desktop.organisation.records import (
    BranchMembership,
    CentralHousehold,
    CentralHouseholdReview,
    FormerParent,
    LinkedHousehold,
    LinkedMember,
    PartyMember,
    PartyOrganisation,
)
from lanling_desktop.people.actions import depart
from lanling_desktop.people.links import move_link
from lanling_desktop.people.records import HouseholdMember

_UNCHANGED = "没有改动任何数据"
_FIRST_CODE = "ZXH-001"
_STANDING = {"死亡": "死亡", "迁出": "转出"}
_LINKS: dict[str, Any] = {"linked_member": LinkedMember, "linked_household": LinkedHousehold}

# Members


def transfer_member(
    office: Office, *, member_id: str, organisation_id: str, day: date, reason: str = "转接组织关系"
) -> Changes:
    """A member belongs to another branch or group from that day; the former one is kept."""
    name = office.read("party_member", member_id).title
    into = office.read("party_organisation", organisation_id).title
    with office.act(f"转接组织关系 {name} 到 {into}") as unit:
        member = unit.get(PartyMember, member_id)
        target = unit.get(PartyOrganisation, organisation_id)
        if target.valid_to is not None and target.valid_to <= day:
            raise OfficeError(f"“{into}”已经撤销", _UNCHANGED, "请选还在的党组织")
        place = {"organisation_id": organisation_id, "community_id": target.community_id}
        move_link(unit, BranchMembership, str(member.person_id), day, reason, **place)
        unit.main = member_id
    return unit.done


def record_member_departure(
    office: Office, *, member_id: str, state: str, day: date, reason: str = "", to: str = ""
) -> Changes:
    """A party member moved away, died, or is a floating member (流动, `to` somewhere) since a day.

    What `people.actions.record_departure` does, and the party register says the same.
    """
    name = office.read("party_member", member_id).title
    with office.act(f"登记{state} {name}") as unit:
        member = unit.get(PartyMember, member_id)
        depart(unit, str(member.person_id), state, day, reason)
        if state == "流动":
            member.floating, member.floating_to = True, to or member.floating_to
        else:
            member.standing = _STANDING[state]
        unit.main = member_id
    return unit.done


def move_organisation(
    office: Office, *, organisation_id: str, parent_id: str | None, day: date, reason: str = ""
) -> Changes:
    """From that day an organisation, and all below it, hangs under another one.

    It cannot hang under itself; where it hung before is kept with its days.
    """
    now = office.read("party_organisation", organisation_id)
    into = office.read("party_organisation", parent_id).title if parent_id else "最上级"
    if now["parent_id"] == parent_id:
        raise OfficeError(f"“{now.title}”已经在“{into}”下面", _UNCHANGED, "请选另一个上级组织")
    with office.act(f"调整上级组织 {now.title} 到 {into}") as unit:
        _keep_parent(unit, organisation_id, day, reason)
        acts.put(
            unit, "party_organisation", organisation_id, {"parent_id": parent_id}, confirmed=True
        )
        unit.main = organisation_id
    return unit.done


def _keep_parent(unit: Unit, organisation_id: str, day: date, reason: str) -> None:
    """What an organisation hangs under ends on that day and is kept."""
    moved = unit.get(PartyOrganisation, organisation_id)
    mine = FormerParent.organisation_id == organisation_id, FormerParent.binned_at.is_(None)
    since = max((e.valid_to for e in unit.all(select(FormerParent).where(*mine)) if e.valid_to),
                default=moved.valid_from)  # fmt: skip
    if day > unit.today:
        raise OfficeError("调整的日期不能晚于今天", _UNCHANGED, "请填今天或以前的日期")
    if since is not None and day < since:
        raise OfficeError(
            f"“{moved.name}”从 {since.isoformat()} 起才在现在的上级下面，调整不能早于这一天",
            _UNCHANGED,
            "请核对日期，或先撤销后来的调整",
        )
    if since == day:  # put right on its first day
        return
    unit.add(
        FormerParent(
            organisation_id=organisation_id,
            parent_id=moved.parent_id,
            valid_from=since,
            valid_to=day,
            end_reason=reason or None,
        )
    )


# Central households


def next_code(office: Office, community_id: str = "") -> str:
    """The code a new central household is proposed: the next after the community's own last one."""
    mine = table_of(CentralHousehold)
    rows = office.rows(select(mine.c.code, mine.c.community_id).where(mine.c.binned_at.is_(None)))
    taken = {code for code, _ in rows}
    own = sorted((c for c, place in rows if c and place == community_id), key=_by_number)
    return _following(own[-1] if own else _FIRST_CODE, taken)


def next_plaque(office: Office, community_id: str, year: int) -> str:
    """The plaque number proposed: a community's plaques are numbered by year."""
    mine = table_of(CentralHousehold).c
    rows = office.rows(
        select(mine.plaque_no).where(
            func.coalesce(mine.community_id, "") == community_id, mine.binned_at.is_(None)
        )
    )
    taken = {number for (number,) in rows if number}
    own = sorted((each for each in taken if each.startswith(f"{year}-")), key=_by_number)
    return _following(own[-1] if own else f"{year}-001", taken)


def _by_number(code: str) -> tuple[int, str]:
    found = re.search(r"(\d+)\D*$", code)
    return (int(found[1]) if found else 0, code)


def _following(code: str, taken: set[str | None]) -> str:
    """The code itself while it is free, else the next free one counting up its last digits."""
    while code in taken:
        found = re.search(r"(\d+)(\D*)$", code)
        if found is None:
            code = f"{code}-001"
        else:
            number = str(int(found[1]) + 1).zfill(len(found[1]))
            code = f"{code[: found.start()]}{number}{found[2]}"
    return code


def designate_central_household(
    office: Office,
    *,
    host_id: str,
    branch_id: str,
    designated_on: date,
    code: str = "",
    confirmed: bool = False,
    **more: Any,
) -> Changes:
    """A member's home becomes a central household on that day (确定).

    `code` is proposed where empty; the home is the host's own, the person responsible the host,
    where `more` does not say otherwise. `more` are columns of the record.
    """
    branch = office.read("party_organisation", branch_id)
    community = more.pop("community_id", None) or branch["community_id"]
    code = code or next_code(office, community or "")
    with office.act(f"确定党员中心户 {code}") as unit:
        values = {
            "household_id": _home(unit, host_id, designated_on),
            "responsible_id": host_id,
            **{name: value for name, value in more.items() if value is not None},
            "code": code,
            "host_id": host_id,
            "branch_id": branch_id,
            "state": "确定",
            "designated_on": designated_on,
            "community_id": community,
        }
        acts.put(unit, "central_household", None, values, confirmed=confirmed)
    return unit.done


def _home(unit: Unit, person_id: str, day: date) -> str | None:
    link = table_of(HouseholdMember)
    rows = unit.rows(
        select(link.c.household_id).where(
            link.c.person_id == person_id, link.c.binned_at.is_(None), in_force(link, day)
        )
    )
    return rows[0][0] if rows else None


def advance_central_household(
    office: Office,
    *,
    central_household_id: str,
    state: str,
    day: date,
    note: str = "",
    reason: str = "",
    plaque_no: str = "",
    confirmed: bool = False,
) -> Changes:
    """Take a central household to one of its next states (`rules.NEXT`) on that day.

    `note` is the branch's opinion, `plaque_no` is proposed for 挂牌 where empty, 已摘牌 needs
    a `reason` and ends its links.
    """
    now = office.read("central_household", central_household_id)
    following = rules.NEXT[now["state"]]
    if state not in following:
        then = f"下一步可以是：{'、'.join(following)}" if following else "它已经摘牌"
        raise OfficeError(
            f"“{now.title}”现在是“{now['state']}”，不能转为“{state}”", _UNCHANGED, then
        )
    if state == "挂牌" and not plaque_no:
        plaque_no = now["plaque_no"] or next_plaque(office, now["community_id"] or "", day.year)
    dated: dict[str, dict[str, Any]] = {
        "确定": {"designated_on": day},
        "挂牌": {"plaque_on": day, "plaque_no": plaque_no},
        "已摘牌": {"ended_on": day, "end_reason": reason},
    }
    values = {**dated.get(state, {}), **({"approval_note": note} if note else {})}
    verb = {"挂牌": "党员中心户挂牌", "已摘牌": "党员中心户摘牌"}.get(
        state, f"党员中心户转为{state}"
    )
    with office.act(f"{verb} {now.title}") as unit:
        acts.put(
            unit,
            "central_household",
            central_household_id,
            {"state": state, **values},
            # A doubtful host was confirmed in the form; from 确定 on there is nothing to confirm.
            confirmed=confirmed or state not in rules.ACTIVE,
        )
        if state == "已摘牌":
            _end_all_links(unit, central_household_id, day, reason)
    return unit.done


def hang_plaque(
    office: Office, *, central_household_id: str, day: date, plaque_no: str = ""
) -> Changes:
    """Hang the plaque of a designated central household; its number is proposed where empty."""
    return advance_central_household(
        office,
        central_household_id=central_household_id,
        state="挂牌",
        day=day,
        plaque_no=plaque_no,
    )


def end_central_household(
    office: Office, *, central_household_id: str, day: date, reason: str
) -> Changes:
    """Take a central household's plaque down: its links end the same day, the reason is kept."""
    return advance_central_household(
        office,
        central_household_id=central_household_id,
        state="已摘牌",
        day=day,
        reason=reason,
    )


def _end_all_links(unit: Unit, central_household_id: str, day: date, reason: str) -> None:
    for kind in _LINKS.values():
        mine = select(kind).where(
            kind.central_household_id == central_household_id,
            kind.binned_at.is_(None),
            kind.valid_to.is_(None),
        )
        for link in unit.all(mine):
            link.valid_to = max(day, link.valid_from or day)
            link.end_reason = reason


def link_members(
    office: Office,
    *,
    central_household_id: str,
    person_ids: Sequence[str],
    day: date,
    confirmed: bool = False,
) -> Changes:
    """A central household keeps in touch with these members from that day.

    Those it is linked with already are passed over; one that another is linked with is refused.
    """
    return _link(
        office, "linked_member", "person", central_household_id, person_ids, day, confirmed
    )


def link_households(
    office: Office, *, central_household_id: str, household_ids: Sequence[str], day: date
) -> Changes:
    """A central household keeps in touch with these households from that day."""
    return _link(
        office, "linked_household", "household", central_household_id, household_ids, day, True
    )


def _link(
    office: Office,
    register: str,
    target: str,
    central_household_id: str,
    ids: Sequence[str],
    day: date,
    confirmed: bool,
) -> Changes:
    now = office.read("central_household", central_household_id)
    said = "联系党员" if target == "person" else "联系户"
    wanted = list(dict.fromkeys(ids))
    with office.act(
        f"{now.title} 增加{said} {len(wanted)} {'名' if target == 'person' else '户'}"
    ) as unit:
        table = table_of(_LINKS[register])
        column = table.c[f"{target}_id"]
        here = table.c.central_household_id == central_household_id
        live = table.c.binned_at.is_(None), table.c.valid_to.is_(None)
        already = {row[0] for row in unit.rows(select(column).where(here, *live))}
        for each in wanted:
            if each not in already:
                values = {
                    "central_household_id": central_household_id,
                    f"{target}_id": each,
                    "valid_from": day,
                    "community_id": now["community_id"],
                }
                acts.put(unit, register, None, values, confirmed=confirmed)
        unit.main = central_household_id
    return unit.done


def end_link(
    office: Office, *, register: str, link_id: str, day: date, reason: str = ""
) -> Changes:
    """End a linked member or household (`register` is linked_member or linked_household)."""
    link = office.read(register, link_id)
    said = next(iter(_titles(link.texts, ("person_id", "household_id"))), "")
    with office.act(f"解除{office.registers[register].title} {said}".strip()) as unit:
        values = {"valid_to": day, "end_reason": reason or None}
        acts.put(unit, register, link_id, values, confirmed=True)
    return unit.done


def _titles(texts: Any, keys: Sequence[str]) -> list[str]:
    return [texts[key] for key in keys if texts.get(key)]


def review_central_household(
    office: Office,
    *,
    central_household_id: str,
    reviewed_on: date,
    result: str,
    note: str = "",
    year: int | None = None,
) -> Changes:
    """Enter the yearly review; a year has one. The result 摘牌 takes the household down as well."""
    now = office.read("central_household", central_household_id)
    year = year or reviewed_on.year
    table = table_of(CentralHouseholdReview)
    same = (
        table.c.central_household_id == central_household_id,
        table.c.year == year,
        table.c.binned_at.is_(None),
    )
    with office.act(f"年度复核 {now.title} {year} 年：{result}") as unit:
        if unit.rows(select(table.c.id).where(*same)):
            raise OfficeError(
                f"{now.title} 已有 {year} 年度的复核", _UNCHANGED, "需要更正的，请修改原来那一条"
            )
        values: dict[str, Any] = {
            "central_household_id": central_household_id,
            "year": year,
            "reviewed_on": reviewed_on,
            "result": result,
            "note": note or None,
            "community_id": now["community_id"],
        }
        acts.put(unit, "central_household_review", None, values, confirmed=True)
        if result == "摘牌" and now["state"] != "已摘牌":
            reason = note or f"{year} 年度复核结果为摘牌"
            ended = {"state": "已摘牌", "ended_on": reviewed_on, "end_reason": reason}
            acts.put(unit, "central_household", central_household_id, ended, confirmed=True)
            _end_all_links(unit, central_household_id, reviewed_on, reason)
        unit.main = central_household_id
    return unit.done


def record_activity(
    office: Office,
    *,
    central_household_id: str,
    held_on: date,
    kind: str,
    summary: str,
    people: int | None = None,
    issues: str = "",
) -> Changes:
    """Enter an activity held at a central household."""
    now = office.read("central_household", central_household_id)
    with office.act(f"登记活动 {now.title} {held_on.isoformat()} {kind}") as unit:
        values = {
            "central_household_id": central_household_id,
            "held_on": held_on,
            "kind": kind,
            "summary": summary,
            "people": people,
            "issues": issues or None,
            "community_id": now["community_id"],
        }
        acts.put(unit, "central_household_activity", None, values, confirmed=True)
    return unit.done
