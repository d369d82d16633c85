"""Units of the area, part-time members, red stations, member merchants, social organisations."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import Dated, Record, column
from lanling_desktop.outreach import rules
from lanling_desktop.places.records import InCommunity


class ResidentUnit(InCommunity, Dated, Record):
    """驻区单位: an organisation that sits in the community."""

    __tablename__ = "resident_unit"

    name: Mapped[str | None] = column(
        Field("单位名称", required=True, search=True, key=2, width_mm=50)
    )
    uscc: Mapped[str | None] = column(
        Field("统一社会信用代码", search=True, key=1, width_mm=40, max_length=18)
    )
    kind: Mapped[str | None] = column(
        Field("单位类别", Kind.CHOICE, choices=rules.UNIT_KINDS, width_mm=20)
    )
    party_organisation: Mapped[str | None] = column(Field("党组织名称", width_mm=44))
    members: Mapped[int | None] = column(Field("党员数", Kind.INTEGER, width_mm=16))
    contact: Mapped[str | None] = column(Field("联系人", Kind.NAME, width_mm=18))
    phone: Mapped[str | None] = column(
        Field("联系电话", Kind.PHONE, sensitive=True, width_mm=28, aliases=("电话",))
    )
    address: Mapped[str | None] = column(Field("地址", width_mm=50))


class PartTimeMember(InCommunity, Dated, Record):
    """大党委兼职委员: of which unit, with which certificate, for which term."""

    __tablename__ = "part_time_member"
    title_column = "certificate_no"

    person_id: Mapped[str | None] = column(Field("人员", Kind.LINK, link="person", width_mm=18))
    unit_id: Mapped[str | None] = column(
        Field("所在单位", Kind.LINK, link="resident_unit", width_mm=44, aliases=("单位",))
    )
    duty: Mapped[str | None] = column(Field("单位职务", width_mm=30, aliases=("职务",)))
    certificate_no: Mapped[str | None] = column(Field("聘书编号", search=True, key=1, width_mm=26))
    approval_doc: Mapped[str | None] = column(Field("批准文号", width_mm=30))
    status: Mapped[str | None] = column(
        Field("任职状态", Kind.CHOICE, choices=("在任", "届满", "免去"), width_mm=16)
    )


class RedStation(InCommunity, Dated, Record):
    """红色驿站."""

    __tablename__ = "red_station"

    name: Mapped[str | None] = column(
        Field("驿站名称", required=True, search=True, key=1, width_mm=44)
    )
    place: Mapped[str | None] = column(Field("地点", width_mm=46))
    lead: Mapped[str | None] = column(Field("建设单位", width_mm=40))
    hours: Mapped[str | None] = column(Field("开放时间", width_mm=30))
    facilities: Mapped[str | None] = column(
        Field("服务设施", Kind.MANY, choices=rules.FACILITIES, width_mm=40)
    )
    keeper: Mapped[str | None] = column(Field("管理员", Kind.NAME, width_mm=18))
    phone: Mapped[str | None] = column(Field("联系电话", Kind.PHONE, width_mm=28))
    plaque_on: Mapped[date | None] = column(Field("挂牌日期", Kind.DATE, width_mm=22))


class PartyMerchant(InCommunity, Record):
    """党员商户 with its plaque."""

    __tablename__ = "party_merchant"

    name: Mapped[str | None] = column(
        Field("商户名称", required=True, search=True, key=2, width_mm=44, aliases=("店名",))
    )
    licence: Mapped[str | None] = column(Field("执照编号", key=1, width_mm=40, max_length=18))
    owner: Mapped[str | None] = column(
        Field("经营者", Kind.NAME, search=True, width_mm=18, aliases=("党员姓名",))
    )
    branch_id: Mapped[str | None] = column(
        Field("所在党支部", Kind.LINK, link="party_organisation", width_mm=44)
    )
    trade: Mapped[str | None] = column(Field("行业", width_mm=24))
    address: Mapped[str | None] = column(Field("经营地址", width_mm=46))
    phone: Mapped[str | None] = column(Field("联系电话", Kind.PHONE, sensitive=True, width_mm=28))
    plaque_no: Mapped[str | None] = column(Field("牌号", width_mm=20))
    plaque_on: Mapped[date | None] = column(Field("挂牌日期", Kind.DATE, width_mm=22))
    commitments: Mapped[str | None] = column(Field("承诺事项", Kind.LONG_TEXT, width_mm=60))
    status: Mapped[str | None] = column(
        Field("商户状态", Kind.CHOICE, required=True, choices=rules.MERCHANT_STATES, width_mm=18)
    )
    withdrawn_on: Mapped[date | None] = column(Field("摘牌日期", Kind.DATE, width_mm=22))
    withdrawn_why: Mapped[str | None] = column(Field("摘牌原因", width_mm=30))


class MerchantCheck(Record):
    """A check of a merchant: what was found, whether it was put right."""

    __tablename__ = "merchant_check"
    title_column = "result"

    merchant_id: Mapped[str | None] = column(
        Field("商户", Kind.LINK, link="party_merchant", required=True, width_mm=44)
    )
    checked_on: Mapped[date | None] = column(
        Field("检查日期", Kind.DATE, required=True, width_mm=22)
    )
    result: Mapped[str | None] = column(
        Field("检查结果", Kind.CHOICE, required=True, choices=("合格", "限期整改"), width_mm=20)
    )
    problem: Mapped[str | None] = column(Field("发现问题", Kind.LONG_TEXT, width_mm=50))
    rectified_on: Mapped[date | None] = column(Field("整改完成", Kind.DATE, width_mm=22))


class SocialOrganisation(InCommunity, Dated, Record):
    """社会组织 of the three-societies linkage (三社联动)."""

    __tablename__ = "social_organisation"

    name: Mapped[str | None] = column(
        Field("组织名称", required=True, search=True, key=2, width_mm=50)
    )
    number: Mapped[str | None] = column(Field("登记或备案号", key=1, width_mm=36))
    legal_kind: Mapped[str | None] = column(
        Field("登记类型", Kind.CHOICE, choices=rules.LEGAL_KINDS, width_mm=24)
    )
    charge: Mapped[str | None] = column(Field("负责人", Kind.NAME, width_mm=18))
    phone: Mapped[str | None] = column(Field("联系电话", Kind.PHONE, sensitive=True, width_mm=28))
    members: Mapped[int | None] = column(Field("成员数", Kind.INTEGER, width_mm=16))
    party_organisation: Mapped[str | None] = column(Field("党组织名称", width_mm=44))
    service: Mapped[str | None] = column(Field("服务领域", width_mm=40))
    hours: Mapped[int | None] = column(Field("年服务时长", Kind.INTEGER, width_mm=20))
