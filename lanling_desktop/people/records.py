"""Persons, households (户) and who lives in which, from when to when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import Dated, Record, column
from lanling_desktop.people import rules
from lanling_desktop.places.records import Compound, InCommunity
from lanling_desktop.standards import pinyin


class Person(InCommunity, Record):
    """A resident. Never deleted: 迁出 and 死亡 are states with a date.

    The list's order is covered by one index, so that any page of a million is found in it alone.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_name_order", "binned_at", "name_key", "id"),
        Index("ix_person_name_birth", "name", "birth"),
    )

    name: Mapped[str | None] = column(
        Field(
            "姓名",
            Kind.NAME,
            required=True,
            search=True,
            width_mm=18,
            max_length=60,
            aliases=("名字", "党员姓名", "户主姓名", "姓  名"),
        )
    )
    name_key: Mapped[str | None] = mapped_column()
    identity_number: Mapped[str | None] = column(
        Field(
            "身份证号",
            Kind.IDENTITY,
            sensitive=True,
            search=True,
            key=1,
            width_mm=38,
            aliases=("公民身份号码", "身份证号码", "身份证", "身份证件号", "证件号码"),
            help="18 位；录完自动核对并填出生日期和性别",
        ),
        index=True,
    )
    sex: Mapped[str | None] = column(Field("性别", Kind.CHOICE, choices="sex", width_mm=10))
    birth: Mapped[date | None] = column(
        Field(
            "出生日期",
            Kind.DATE,
            width_mm=22,
            month_enough=True,
            month_public=True,
            aliases=("出生年月", "出生年月日", "生日"),
        )
    )
    birth_note: Mapped[str | None] = column(
        Field("不符说明", width_mm=30, help="出生日期或性别与身份证号不一致时，写明原因")
    )
    ethnicity: Mapped[str | None] = column(
        Field("民族", Kind.CHOICE, choices="ethnicity", width_mm=14, pinned=True)
    )
    education: Mapped[str | None] = column(
        Field("学历", Kind.CHOICE, choices="education", width_mm=26, aliases=("文化程度",))
    )
    degree: Mapped[str | None] = column(Field("学位", Kind.CHOICE, choices="degree", width_mm=14))
    political_status: Mapped[str | None] = column(
        Field("政治面貌", Kind.CHOICE, choices="political_status", width_mm=22)
    )
    phone: Mapped[str | None] = column(
        Field(
            "联系电话",
            Kind.PHONE,
            sensitive=True,
            search=True,
            width_mm=26,
            aliases=("电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"),
        ),
    )
    native_place: Mapped[str | None] = column(Field("籍贯", width_mm=26, help="填到县"))
    employer: Mapped[str | None] = column(
        Field("工作单位", width_mm=40, aliases=("工作单位及职务", "单位", "工作单位及岗位"))
    )
    state: Mapped[str | None] = column(
        Field(
            "人员状态",
            Kind.CHOICE,
            width_mm=16,
            choices=("常住", "人户分离", "流动", "迁出", "死亡"),
        )
    )
    state_on: Mapped[date | None] = column(Field("状态日期", Kind.DATE, width_mm=22))
    remark: Mapped[str | None] = column(Field("备注", Kind.LONG_TEXT, width_mm=40))

    def derive(self, session: Session) -> None:
        """Keep the key that names are ordered by; take birth and sex from the number if empty."""
        self.name_key = pinyin.sort_key(self.name or "")
        if self.identity_number and not (self.birth and self.sex):
            birth, sex = rules.birth_and_sex(self.identity_number)
            self.birth = self.birth or birth
            self.sex = self.sex or sex


class Household(InCommunity, Dated, Record):
    """户: an address and who lives there. Its title is the address, composed once here."""

    __tablename__ = "household"
    title_column = "address"
    __table_args__ = (
        Index(None, "compound_id", "building", "unit", "room"),
        Index("ix_household_address_order", "binned_at", "address_key", "id"),
        Index("ix_household_address", "address"),
    )

    compound_id: Mapped[str | None] = column(
        Field(
            "小区",
            Kind.LINK,
            link="compound",
            pinned=True,
            key=2,
            width_mm=36,
            aliases=("所在小区",),
        )
    )
    building: Mapped[str | None] = column(
        Field("楼号", key=2, width_mm=12, pinned=True, aliases=("楼栋", "楼"), help="只填数字")
    )
    unit: Mapped[str | None] = column(
        Field("单元", key=2, width_mm=12, pinned=True, help="只填数字；没有单元可空")
    )
    room: Mapped[str | None] = column(
        Field("室", key=2, width_mm=14, aliases=("房号", "门牌", "室号"))
    )
    other_address: Mapped[str | None] = column(
        Field("其他地址", width_mm=50, help="没有小区楼号的，在这里写全")
    )
    address: Mapped[str | None] = column(
        Field(
            "地址",
            search=True,
            sensitive=True,
            computed=True,
            width_mm=46,
            aliases=("家庭住址", "住址", "现住址", "家庭地址", "居住地址"),
        )
    )
    address_key: Mapped[str | None] = mapped_column()
    code: Mapped[str | None] = column(Field("户号", key=1, width_mm=20, aliases=("户编号",)))
    head_id: Mapped[str | None] = column(
        Field("户主", Kind.LINK, link="person", width_mm=18, aliases=("户主姓名",))
    )
    residence: Mapped[str | None] = column(
        Field(
            "居住情况",
            Kind.CHOICE,
            choices=("常住", "人户分离", "流动", "出租", "空置"),
            width_mm=16,
        )
    )
    remark: Mapped[str | None] = column(Field("备注", Kind.LONG_TEXT, width_mm=40))

    def derive(self, session: Session) -> None:
        """Compose the address from its parts."""
        compound = session.get(Compound, self.compound_id) if self.compound_id else None
        name = compound.name if compound else None
        parts = (name, self.building, self.unit, self.room, self.other_address)
        self.address = rules.compose_address(*parts)
        self.address_key = rules.address_key(self.address)


class HouseholdMember(InCommunity, Dated, Record):
    """Who lives in which household, as what, from when to when."""

    __tablename__ = "household_member"
    title_column = "relation"
    __table_args__ = (Index(None, "person_id", "valid_to"),)

    household_id: Mapped[str | None] = column(
        Field(
            "家庭住址",
            Kind.LINK,
            link="household",
            pinned=True,
            width_mm=46,
            aliases=("住址", "地址", "现住址", "家庭地址", "居住地址", "所在户"),
        )
    )
    person_id: Mapped[str | None] = column(Field("人员", Kind.LINK, link="person", width_mm=18))
    relation: Mapped[str | None] = column(
        Field(
            "与户主关系", Kind.CHOICE, choices="household_relation", width_mm=20, aliases=("关系",)
        )
    )


class NotDuplicate(Record):
    """Two persons who look alike and have been found to be two; kept so that it is asked once."""

    __tablename__ = "not_duplicate"
    title_column = "reason"

    first_id: Mapped[str | None] = column(Field("甲", Kind.LINK, link="person", required=True))
    second_id: Mapped[str | None] = column(Field("乙", Kind.LINK, link="person", required=True))
    reason: Mapped[str | None] = column(Field("说明", width_mm=40))
