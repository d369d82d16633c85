"""What the record panel offers for the outer ring beside changing its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Entry, Values
from lanling_desktop.core.records import fields_of
from lanling_desktop.core.register import Procedure
from lanling_desktop.outreach import actions, rules
from lanling_desktop.outreach.records import (
    MerchantCheck,
    PartTimeMember,
    PartyMerchant,
    RedStation,
)

_MEMBER, _STATION = fields_of(PartTimeMember), fields_of(RedStation)
_MERCHANT, _CHECK = fields_of(PartyMerchant), fields_of(MerchantCheck)
_DAY = ("day", Field("从哪天起", Kind.DATE, required=True))
_WHY = ("reason", Field("原因", required=True))


def _today(office: Office, _entry: Entry) -> Mapping[str, Any]:
    return {"day": office.today}


def _needed(said: Field, **more: Any) -> Field:
    return replace(said, required=True, pinned=False, key=0, **more)


def _in_force(values: Values) -> bool:
    return not values.get("valid_to")


def _state(*words: str) -> Callable[[Values], bool]:
    return lambda values: values.get("status") in words


def _ending(register: str, title: str) -> Procedure:
    """The end of a term that has no status of its own."""

    def end(office: Office, record_id: str, said: Values) -> Changes:
        return actions.end_term(
            office, register=register, record_id=record_id, day=said["day"], reason=said["reason"]
        )

    return Procedure("end", title, (_DAY, _WHY), end, offered=_in_force, proposed=_today)


UNIT = (_ending("resident_unit", "迁出或注销"),)
ORGANISATION = (_ending("social_organisation", "退出或注销"),)


# Part-time members


def _renew(office: Office, record_id: str, said: Values) -> Changes:
    return actions.renew_member(
        office,
        member_id=record_id,
        day=said["day"],
        until=said.get("valid_to"),
        certificate_no=said.get("certificate_no"),
        approval_doc=said.get("approval_doc"),
    )


def _first_renewal(office: Office, entry: Entry) -> Mapping[str, Any]:
    """From the end of the term, for as long as it was."""
    begun, until = entry["valid_from"], entry["valid_to"]
    longer = None
    if begun and until:
        years = until.year - begun.year
        longer = until.replace(year=until.year + years, day=min(until.day, 28))
    return {
        "day": until or office.today,
        "valid_to": longer,
        "certificate_no": actions.next_certificate(office),
    }


def _dismiss(office: Office, record_id: str, said: Values) -> Changes:
    return actions.end_term(
        office,
        register="part_time_member",
        record_id=record_id,
        day=said["day"],
        reason=said.get("reason") or said["status"],
        status=said["status"],
    )


MEMBER = (
    Procedure(
        "renew",
        "续聘",
        (
            _DAY,
            ("valid_to", Field("任期到", Kind.DATE)),
            ("certificate_no", replace(_MEMBER["certificate_no"], key=0)),
            ("approval_doc", _MEMBER["approval_doc"]),
        ),
        _renew,
        offered=_state("在任"),
        proposed=_first_renewal,
    ),
    Procedure(
        "end",
        "届满或免去",
        (
            ("status", _needed(_MEMBER["status"], choices=rules.GONE)),
            _DAY,
            ("reason", Field("说明")),
        ),
        _dismiss,
        offered=_state("在任"),
        proposed=_today,
    ),
)


# Stations


def _hang_station(office: Office, record_id: str, said: Values) -> Changes:
    return actions.hang_station(office, station_id=record_id, day=said["plaque_on"])


STATION = (
    Procedure(
        "hang",
        "挂牌",
        (("plaque_on", _needed(_STATION["plaque_on"])),),
        _hang_station,
        offered=lambda values: not values.get("plaque_on") and _in_force(values),
        proposed=lambda office, _entry: {"plaque_on": office.today},
    ),
    _ending("red_station", "停用"),
)


# Merchants


def _hang(office: Office, record_id: str, said: Values) -> Changes:
    return actions.hang_merchant(
        office,
        merchant_id=record_id,
        day=said["plaque_on"],
        plaque_no=said["plaque_no"],
        commitments=said.get("commitments"),
    )


def _first_plaque(office: Office, entry: Entry) -> Mapping[str, Any]:
    return {
        "plaque_no": entry["plaque_no"] or actions.next_plaque(office),
        "plaque_on": office.today,
        "commitments": entry["commitments"],
    }


def _check(office: Office, record_id: str, said: Values) -> Changes:
    return actions.check_merchant(
        office,
        merchant_id=record_id,
        day=said["checked_on"],
        result=said["result"],
        problem=said.get("problem"),
    )


def _mend(office: Office, record_id: str, said: Values) -> Changes:
    return actions.mend_merchant(office, merchant_id=record_id, day=said["rectified_on"])


def _withdraw(office: Office, record_id: str, said: Values) -> Changes:
    return actions.withdraw_merchant(
        office, merchant_id=record_id, day=said["withdrawn_on"], reason=said["withdrawn_why"]
    )


MERCHANT = (
    Procedure(
        "hang",
        "挂牌",
        (
            ("plaque_no", _needed(_MERCHANT["plaque_no"])),
            ("plaque_on", _needed(_MERCHANT["plaque_on"])),
            ("commitments", _MERCHANT["commitments"]),
        ),
        _hang,
        offered=_state("申报", "审核", "摘牌"),
        proposed=_first_plaque,
    ),
    Procedure(
        "check",
        "登记检查",
        (
            ("checked_on", _CHECK["checked_on"]),
            ("result", _CHECK["result"]),
            ("problem", _CHECK["problem"]),
        ),
        _check,
        offered=_state("挂牌", "整改"),
        proposed=lambda office, _entry: {"checked_on": office.today},
    ),
    Procedure(
        "mend",
        "整改完成",
        (("rectified_on", _needed(_CHECK["rectified_on"])),),
        _mend,
        offered=_state("整改"),
        proposed=lambda office, _entry: {"rectified_on": office.today},
    ),
    Procedure(
        "withdraw",
        "摘牌",
        (
            ("withdrawn_on", _needed(_MERCHANT["withdrawn_on"])),
            ("withdrawn_why", _needed(_MERCHANT["withdrawn_why"])),
        ),
        _withdraw,
        offered=_state("挂牌", "整改"),
        proposed=lambda office, _entry: {"withdrawn_on": office.today},
    ),
)
