"""The modules of the office: what screens, command line and papers menu are built from.

Names only, until `load` is called: the first window needs the titles, not the records.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lanling_desktop.core.register import Register
    from lanling_desktop.printing.paper import Paper

MODULES = (
    "organisation",
    "hall",
    "grids",
    "staff",
    "salary",
    "outreach",
    "people",
    "places",
    "privacy",
    "accounts",
)
"""One folder per business, in the order of the rail."""

_PAPER_FILES = (
    *(f"{each}.papers" for each in MODULES if each != "privacy"),
    "hall.summary_papers",
    "organisation.charts",
    "grids.charts",
)

RAIL = (
    ("party_member", "党员", "people"),
    ("central_household", "党员中心户", "plaque"),
    ("party_organisation", "党组织", "tree"),
    ("meeting_hall", "红色议事厅", "hall"),
    ("hall_meeting", "议事会议", "meeting"),
    ("action_item", "议事台账", "ledger"),
    ("visitor_reception", "来访登记", "visitor"),
    ("grid", "网格", "grid"),
    ("grid_worker", "网格员", "people"),
    ("community_worker", "社区工作者", "staff"),
    ("red_secretary", "红领书记", "people"),
    ("pay_run", "工资发放", "ledger"),
    ("grade_decision", "岗位等级认定", "staff"),
    ("salary_scheme", "薪酬方案", "ledger"),
    ("resident_unit", "驻区单位", "organisation"),
    ("part_time_member", "兼职委员", "people"),
    ("red_station", "红色驿站", "household"),
    ("party_merchant", "党员商户", "plaque"),
    ("social_organisation", "社会组织", "organisation"),
    ("person", "居民", "people"),
    ("household", "户", "household"),
    ("compound", "小区", "folder"),
    ("community", "社区", "organisation"),
    ("correction", "更正记录", "ledger"),
    ("disposal", "到期处置", "ledger"),
    ("retention_period", "保管期限", "folder"),
    ("account", "账户", "people"),
)
"""Register key, title and icon of each entry of the rail. A test holds it equal to `registers`."""

GROUPS = (
    ("党建", ("party_member", "central_household", "party_organisation")),
    ("议事", ("meeting_hall", "hall_meeting", "action_item", "visitor_reception")),
    ("网格与队伍", ("grid", "grid_worker", "community_worker", "red_secretary")),
    ("工资", ("pay_run", "grade_decision", "salary_scheme")),
    (
        "共建",
        (
            "resident_unit",
            "part_time_member",
            "red_station",
            "party_merchant",
            "social_organisation",
        ),
    ),
    ("居民与房屋", ("person", "household", "compound", "community")),
    ("个人信息", ("correction", "disposal", "retention_period")),
    ("本机", ("account",)),
)
"""How the rail gathers its entries under heads that fold; a test holds that it names each once."""


@cache
def registers() -> Mapping[str, Register]:
    """Every register by key, in the order of the rail. Imports the records, and so SQLAlchemy."""
    import lanling_desktop.printing.paper  # noqa: F401 - its print log is a table of the office
    from lanling_desktop.core import attachments, code_tables, own_columns

    found: dict[str, Register] = {}
    for name in MODULES:
        module = import_module(f"lanling_desktop.{name}.registers")
        found.update((each.key, each) for each in module.REGISTERS)
    for each in (own_columns.REGISTER, code_tables.REGISTER, attachments.REGISTER):
        found[each.key] = each
    from lanling_desktop.privacy.registers import extended

    return extended(found)


@cache
def papers() -> Mapping[str, Paper]:
    """Every paper by key: the modules' own first, then list, sign-in sheet and labels of each."""
    from lanling_desktop.printing.list_paper import papers_of

    found: dict[str, Paper] = {}
    for name in (f"lanling_desktop.{each}" for each in _PAPER_FILES):
        try:
            module = import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name != name:
                raise
            continue
        found.update((each.key, each) for each in module.PAPERS)
    lists = (
        each for register in registers().values() if register.menu for each in papers_of(register)
    )
    found.update((each.key, each) for each in lists)
    from lanling_desktop.privacy import papers as of_rights  # of one person, after the lists

    found.update((each.key, each) for each in of_rights.PAPERS)
    return found


def paper_owner(key: str) -> str:
    """The register a paper is of; '' for one this version does not draw."""
    paper = papers().get(key)
    return paper.register if paper else ""
