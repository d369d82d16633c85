"""How the clerk meets communities, compounds and buildings."""

from __future__ import annotations

from lanling_desktop.core.register import Child, Ready, Register
from lanling_desktop.places.records import Building, Community, CommunityPredecessor, Compound

_PERIOD = ("valid_from", "valid_to", "end_reason")

REGISTERS = (
    Register(
        key="community",
        title="社区",
        noun="社区",
        record=Community,
        sections=(
            ("基本情况", ("name", "code", "street", "office_phone", "boundary")),
            ("沿革", ("approval_doc", *_PERIOD)),
        ),
        columns=("name", "code", "street", "office_phone", "valid_from"),
        order="name",
        ready=(Ready("nocode", "编码未填", lambda s: s.column("code").is_(None)),),
        children=(
            Child("compound", "community_id", "小区"),
            Child("community_predecessor", "community_id", "由哪些社区调整而来"),
        ),
        icon="organisation",
    ),
    Register(
        key="community_predecessor",
        title="社区沿革",
        noun="社区沿革",
        record=CommunityPredecessor,
        sections=(("沿革", ("community_id", "predecessor_id")),),
        columns=("community_id", "predecessor_id"),
        order="community_id",
        menu=False,
    ),
    Register(
        key="compound",
        title="小区",
        noun="小区",
        record=Compound,
        sections=(
            ("基本情况", ("name", "community_id", "address", "households", "property_company")),
            ("起止", (*_PERIOD, "remark")),
        ),
        columns=("name", "community_id", "address", "households", "property_company"),
        order="name",
        children=(
            Child("building", "compound_id", "楼栋"),
            Child("household", "compound_id", "住户"),
        ),
        adopt=lambda text: {"name": text},
        icon="folder",
    ),
    Register(
        key="building",
        title="楼栋",
        noun="楼栋",
        record=Building,
        sections=(("基本情况", ("compound_id", "name", "units", "floors", "community_id")),),
        columns=("compound_id", "name", "units", "floors"),
        order="compound_id",
        hidden=("valid_from", "valid_to", "end_reason"),
        menu=False,
    ),
)
