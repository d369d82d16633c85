"""How the clerk meets the outer ring."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from lanling_desktop.core.attachments import PHOTOS, SCANS
from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.listing import Scope
from lanling_desktop.core.register import Child, Derived, Part, Ready, Register
from lanling_desktop.outreach import rules
from lanling_desktop.outreach.records import (
    MerchantCheck,
    PartTimeMember,
    PartyMerchant,
    RedStation,
    ResidentUnit,
    SocialOrganisation,
)
from lanling_desktop.people.records import Person
from lanling_desktop.people.rules import settle_birth

_PERSON = ("name", "identity_number", "sex", "birth", "phone")


def _last_check(scope: Scope) -> ColumnElement[Any]:
    here = MerchantCheck.__table__.c
    mine = here.merchant_id == scope.id, here.binned_at.is_(None), here.checked_on <= scope.day
    return select(func.max(here.checked_on)).where(*mine).scalar_subquery()


def _ending(scope: Scope) -> ColumnElement[bool]:
    until = scope.column("valid_to")
    return and_(until >= scope.day, until <= scope.day + timedelta(days=90))


REGISTERS = (
    Register(
        key="resident_unit",
        title="驻区单位",
        noun="驻区单位",
        record=ResidentUnit,
        sections=(
            ("单位", ("name", "uscc", "kind", "address", "community_id")),
            ("党建与联系", ("party_organisation", "members", "contact", "phone")),
            ("起止", ("valid_from", "valid_to", "end_reason")),
        ),
        columns=("name", "kind", "party_organisation", "members", "contact", "phone"),
        order="name",
        children=(Child("part_time_member", "unit_id", "兼职委员"),),
        rules=(rules.unit_problems,),
        adopt=lambda text: {"name": text},
        icon="organisation",
        attachments=SCANS,
    ),
    Register(
        key="part_time_member",
        title="兼职委员",
        noun="兼职委员",
        record=PartTimeMember,
        sections=(
            ("人员", tuple(f"person.{name}" for name in _PERSON)),
            ("任职", ("community_id", "unit_id", "duty", "certificate_no", "approval_doc")),
            ("任期", ("status", "valid_from", "valid_to", "end_reason")),
        ),
        columns=(
            "person.name",
            "unit_id",
            "duty",
            "community_id",
            "certificate_no",
            "valid_from",
            "valid_to",
        ),
        order="person.name",
        parts=(Part("person", Person, "person_id", _PERSON),),
        ready=(
            Ready("ending", "任期90天内到期", _ending),
            Ready("no_certificate", "未发聘书", lambda s: s.column("certificate_no").is_(None)),
        ),
        rules=(rules.member_problems,),
        settle=settle_birth,
        defaults={"status": "在任"},
        icon="people",
        attachments=SCANS,
    ),
    Register(
        key="red_station",
        title="红色驿站",
        noun="驿站",
        record=RedStation,
        sections=(
            ("驿站", ("name", "place", "lead", "community_id", "plaque_on")),
            ("服务", ("hours", "facilities", "keeper", "phone")),
            ("起止", ("valid_from", "valid_to", "end_reason")),
        ),
        columns=("name", "place", "hours", "facilities", "keeper", "phone", "plaque_on"),
        order="name",
        icon="household",
        attachments=PHOTOS,
    ),
    Register(
        key="party_merchant",
        title="党员商户",
        noun="商户",
        record=PartyMerchant,
        sections=(
            ("商户", ("name", "licence", "owner", "branch_id", "trade", "address", "phone")),
            ("挂牌", ("status", "plaque_no", "plaque_on", "commitments", "community_id")),
            ("摘牌", ("withdrawn_on", "withdrawn_why")),
        ),
        columns=("name", "owner", "trade", "address", "plaque_no", "status", "checked_on"),
        order="name",
        derived=(
            Derived(
                "checked_on",
                Field("最近检查", Kind.DATE, width_mm=22, computed=True),
                _last_check,
            ),
        ),
        ready=(
            Ready("hung", "挂牌", lambda s: s.column("status") == "挂牌"),
            Ready("rectify", "整改中", lambda s: s.column("status") == "整改"),
        ),
        children=(Child("merchant_check", "merchant_id", "检查记录"),),
        rules=(rules.merchant_problems,),
        defaults={"status": "申报"},
        icon="plaque",
        attachments=SCANS,
    ),
    Register(
        key="social_organisation",
        title="社会组织",
        noun="社会组织",
        record=SocialOrganisation,
        sections=(
            ("组织", ("name", "number", "legal_kind", "charge", "phone", "community_id")),
            ("党建与服务", ("party_organisation", "members", "service", "hours")),
            ("起止", ("valid_from", "valid_to", "end_reason")),
        ),
        columns=("name", "legal_kind", "charge", "party_organisation", "members", "service"),
        order="name",
        icon="organisation",
        attachments=SCANS,
    ),
    Register(
        key="merchant_check",
        title="商户检查",
        noun="检查",
        record=MerchantCheck,
        sections=(("检查", ("merchant_id", "checked_on", "result", "problem", "rectified_on")),),
        columns=("checked_on", "result", "problem", "rectified_on"),
        order="checked_on",
        newest_first=True,
        rules=(rules.check_problems,),
        menu=False,
        attachments=PHOTOS,
    ),
)
