"""What a clerk does with the outer ring: one function, one act each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from lanling_desktop.core import acts
from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Problem
from lanling_desktop.core.records import table_of
from lanling_desktop.outreach.records import MerchantCheck, PartTimeMember, PartyMerchant

# Numbers of certificates and plaques


def next_certificate(office: Office) -> str:
    """The certificate number proposed: the one after the office's highest."""
    return _following(row[0] for row in office.rows(select(PartTimeMember.certificate_no)))


def next_plaque(office: Office) -> str:
    """The plaque number proposed: the one after the office's highest."""
    return _following(row[0] for row in office.rows(select(PartyMerchant.plaque_no)))


def _following(taken: Iterable[str | None]) -> str:
    """What comes after the highest of these numbers, written as it is; nothing of no numbers."""
    found = [match for each in taken if each and (match := re.search(r"(\d+)(\D*)$", each))]
    if not found:
        return ""
    last = max(found, key=lambda match: int(match[1]))
    number = str(int(last[1]) + 1).zfill(len(last[1]))
    return f"{last.string[: last.start()]}{number}{last[2]}"


# Terms


def end_term(
    office: Office,
    *,
    register: str,
    record_id: str,
    day: date,
    reason: str,
    status: str | None = None,
) -> Changes:
    """A unit moves out, a station closes, a member's term is over: ended on a day, with the reason."""
    known = office.registers[register]
    name = office.read(register, record_id).title
    with office.act(f"{status or '终止'}{known.noun} {name}") as unit:
        values: dict[str, Any] = {"valid_to": day, "end_reason": reason}
        if status:
            values["status"] = status
        acts.put(unit, register, record_id, values, confirmed=True)
    return unit.done


def renew_member(
    office: Office,
    *,
    member_id: str,
    day: date,
    until: date | None,
    certificate_no: str | None,
    approval_doc: str | None = None,
) -> Changes:
    """A part-time member is appointed for another term: the old one ends, the new one begins."""
    now = office.read("part_time_member", member_id)
    with office.act(f"续聘兼职委员 {now.title}") as unit:
        old = unit.get(PartTimeMember, member_id)
        if old.valid_from and day <= old.valid_from:
            begun = old.valid_from.isoformat()
            raise RejectedError([Problem("day", f"现任期从 {begun} 起，新任期应在这之后")])
        old.valid_to = min(old.valid_to or day, day)
        old.end_reason, old.status = "续聘", "届满"
        person, place, of_unit, duty = old.person_id, old.community_id, old.unit_id, old.duty
        unit.session.flush()  # the rules see the old term ended
        values = {
            "community_id": place,
            "unit_id": of_unit,
            "duty": duty,
            "certificate_no": certificate_no,
            "approval_doc": approval_doc,
            "status": "在任",
            "valid_from": day,
            "valid_to": until,
        }
        values.update(
            (key, value) for key, value in now.values.items() if key.startswith("person.")
        )
        register = office.registers["part_time_member"]
        made = acts.apply(unit, register, None, values, confirmed=True, owners={"person": person})
        unit.main = made.id
    return unit.done


# Stations and merchants


def hang_station(office: Office, *, station_id: str, day: date) -> Changes:
    """A red station is opened with its plaque."""
    name = office.read("red_station", station_id).title
    with office.act(f"红色驿站挂牌 {name}") as unit:
        acts.put(unit, "red_station", station_id, {"plaque_on": day}, confirmed=True)
    return unit.done


def hang_merchant(
    office: Office, *, merchant_id: str, day: date, plaque_no: str, commitments: str | None
) -> Changes:
    """A merchant gets its plaque, and says what it promises."""
    name = office.read("party_merchant", merchant_id).title
    with office.act(f"党员商户挂牌 {name}") as unit:
        values = {"status": "挂牌", "plaque_no": plaque_no, "plaque_on": day}
        values |= {"withdrawn_on": None, "withdrawn_why": None}
        if commitments:
            values["commitments"] = commitments
        acts.put(unit, "party_merchant", merchant_id, values, confirmed=True)
    return unit.done


def check_merchant(
    office: Office, *, merchant_id: str, day: date, result: str, problem: str | None
) -> Changes:
    """A merchant is checked; one that has something to put right is 整改 until it has."""
    name = office.read("party_merchant", merchant_id).title
    with office.act(f"检查商户 {name}：{result}") as unit:
        values = {
            "merchant_id": merchant_id,
            "checked_on": day,
            "result": result,
            "problem": problem,
        }
        acts.put(unit, "merchant_check", None, values, confirmed=True)
        if result == "限期整改":
            acts.put(unit, "party_merchant", merchant_id, {"status": "整改"}, confirmed=True)
        unit.main = merchant_id
    return unit.done


def mend_merchant(office: Office, *, merchant_id: str, day: date) -> Changes:
    """What a check found is put right: the merchant keeps its plaque."""
    name = office.read("party_merchant", merchant_id).title
    here = table_of(MerchantCheck).c
    open_ones = here.binned_at.is_(None), here.result == "限期整改", here.rectified_on.is_(None)
    with office.act(f"商户整改完成 {name}") as unit:
        rows = unit.rows(select(here.id).where(here.merchant_id == merchant_id, *open_ones))
        for (check_id,) in rows:
            acts.put(unit, "merchant_check", check_id, {"rectified_on": day}, confirmed=True)
        acts.put(unit, "party_merchant", merchant_id, {"status": "挂牌"}, confirmed=True)
        unit.main = merchant_id
    return unit.done


def withdraw_merchant(office: Office, *, merchant_id: str, day: date, reason: str) -> Changes:
    """A merchant's plaque is taken down."""
    name = office.read("party_merchant", merchant_id).title
    with office.act(f"党员商户摘牌 {name}") as unit:
        values = {"status": "摘牌", "withdrawn_on": day, "withdrawn_why": reason}
        acts.put(unit, "party_merchant", merchant_id, values, confirmed=True)
    return unit.done
