"""党组织架构图 and 网格架构图: out of the records, as of a day, of a community or a list."""

from __future__ import annotations

from datetime import date

import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.organisation import actions
from lanling_desktop.printing.paper import FULL, MASKED, Request, print_paper
from tests.office import add_member, person_of, since
from tests.printing.measure import pages

DAY = date(2026, 11, 23)


def said(office: Office, key: str, request: Request | None = None) -> list[str]:
    made = print_paper(office, catalogue.papers()[key], request or Request())
    return ["".join(char.text for char in page.chars) for page in pages(made.pdf)]


@pytest.fixture
def organised(desk_office: Office) -> dict[str, str]:
    """A committee with two branches; a central household in the first."""
    office, ids = desk_office, {}
    for name, kind, parent in (
        ("向阳社区大党委", "社区大党委", ""),
        ("第一网格党支部", "网格党支部", "向阳社区大党委"),
        ("第二网格党支部", "网格党支部", "向阳社区大党委"),
        ("3号楼党小组", "楼宇党小组", "第一网格党支部"),
    ):
        raw = {"name": name, "kind": kind, "parent_id": ids.get(parent)}
        ids[name] = office.save("party_organisation", None, raw, confirmed=True).main
    member = add_member(office, "张玉兰", branch__organisation_id="第一网格党支部")
    office.save("party_organisation", ids["第一网格党支部"], {"secretary_id": "张玉兰"})
    office.save("party_organisation", ids["3号楼党小组"], {"secretary_id": "张玉兰"})
    since(office, date(2024, 1, 1))
    actions.designate_central_household(
        office,
        host_id=person_of(office, member),
        branch_id=ids["第一网格党支部"],
        designated_on=date(2026, 11, 10),
    )
    return ids


def test_the_chart_is_of_its_day_and_the_public_one_names_no_home(
    desk_office: Office, organised: dict[str, str]
) -> None:
    office = desk_office
    (full,) = said(office, "organisation_chart")
    for words in ("向阳社区大党委", "书记张玉兰党员1", "组长张玉兰", "ZXH-001张玉兰", "联系户0"):
        assert words in full.replace("　", "").replace(" ", ""), words
    (masked,) = said(office, "organisation_chart", Request(edition=MASKED))
    assert "ZXH-001" in masked
    assert "ZXH-001张玉兰" not in masked.replace(" ", "")
    (then,) = said(office, "organisation_chart", Request(day=date(2026, 11, 9)))
    assert "ZXH-001" not in then
    assert "2026年11月9日" in then


def test_a_part_of_the_tree_is_printed_alone(
    desk_office: Office, organised: dict[str, str]
) -> None:
    office = desk_office
    (one,) = said(office, "organisation_chart", Request(record_id=organised["第一网格党支部"]))
    assert "第二网格党支部" not in one
    assert "3号楼党小组" in one
    some = View("party_organisation", ready="kind1")
    first = said(office, "organisation_chart", Request(view=some))[0]
    assert "共2个网格党支部" in first.replace(" ", "")
    assert "向阳社区大党委" not in first


def test_the_charts_of_the_county_are_one_overview_and_each_community(
    demo_office: Office,
) -> None:
    for key, root in (("organisation_chart", "向阳社区大党委"), ("grid_chart", "向阳社区")):
        found = said(demo_office, key, Request(arguments={"sheet": "A3"}))
        assert len(found) == 22
        assert root in found[0] and "滨河社区" in found[0]  # noqa: PT018
    (community, *_) = demo_office.resolve("community", "和平社区")
    (one,) = said(demo_office, "grid_chart", Request(view=View("grid", community=community)))
    assert "和平社区第三网格" in one
    assert "向阳社区第" not in one
    grid = demo_office.resolve("grid", "和平社区第一网格")[0]
    (alone,) = said(demo_office, "grid_chart", Request(view=View("grid", ids=(grid,))))
    assert "和平社区第一网格" in alone
    assert "和平社区第二网格" not in alone


def test_the_papers_have_both_editions_where_names_are() -> None:
    assert catalogue.papers()["organisation_chart"].editions == (FULL, MASKED)
    assert catalogue.papers()["grid_chart"].editions == (MASKED,)
