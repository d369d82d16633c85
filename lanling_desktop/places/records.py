"""Communities with their versions, compounds (小区) and buildings."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.records import Dated, Record, column


class Community(Dated, Record):
    """社区, valid from a day to a day: a county's 16 became 21 (domain.md 8.13)."""

    __tablename__ = "community"

    name: Mapped[str | None] = column(
        Field("社区名称", required=True, search=True, key=1, width_mm=40, aliases=("社区",))
    )
    code: Mapped[str | None] = column(
        Field("社区编码", width_mm=30, help="12 位统计用区划代码；不清楚可先留空", max_length=12)
    )
    street: Mapped[str | None] = column(Field("所属街道", width_mm=30, aliases=("街道", "镇街")))
    boundary: Mapped[str | None] = column(Field("四至范围", Kind.LONG_TEXT, width_mm=60))
    office_phone: Mapped[str | None] = column(
        Field("办公电话", Kind.PHONE, width_mm=28, aliases=("监督电话", "社区电话"))
    )
    approval_doc: Mapped[str | None] = column(Field("批准文号", width_mm=30))


class CommunityPredecessor(Record):
    """Which community a newer one was made from."""

    __tablename__ = "community_predecessor"
    title_column = "id"

    community_id: Mapped[str | None] = column(
        Field("新社区", Kind.LINK, link="community", required=True, key=2)
    )
    predecessor_id: Mapped[str | None] = column(
        Field("原社区", Kind.LINK, link="community", required=True, key=2)
    )


class InCommunity:
    """Every record below the community knows which one it belongs to."""

    community_id: Mapped[str | None] = column(
        Field("所属社区", Kind.LINK, link="community", pinned=True, width_mm=30, aliases=("社区",))
    )


class Compound(InCommunity, Dated, Record):
    """小区."""

    __tablename__ = "compound"

    name: Mapped[str | None] = column(
        Field("小区名称", required=True, search=True, key=1, width_mm=40, aliases=("小区",))
    )
    address: Mapped[str | None] = column(Field("坐落", width_mm=50, aliases=("地址", "位置")))
    households: Mapped[int | None] = column(Field("设计户数", Kind.INTEGER, width_mm=18))
    property_company: Mapped[str | None] = column(Field("物业企业", width_mm=40))
    remark: Mapped[str | None] = column(Field("备注", Kind.LONG_TEXT, width_mm=40))


class Building(InCommunity, Dated, Record):
    """楼栋."""

    __tablename__ = "building"
    __table_args__ = (Index(None, "compound_id", "name"),)

    compound_id: Mapped[str | None] = column(
        Field(
            "所在小区", Kind.LINK, link="compound", required=True, pinned=True, key=2, width_mm=36
        )
    )
    name: Mapped[str | None] = column(
        Field("楼号", required=True, key=2, width_mm=18, help="如 3号楼", aliases=("楼栋", "楼"))
    )
    units: Mapped[int | None] = column(Field("单元数", Kind.INTEGER, width_mm=14))
    floors: Mapped[int | None] = column(Field("层数", Kind.INTEGER, width_mm=14))
