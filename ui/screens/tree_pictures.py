"""The two pictures of the tree screen: the party's organisations, and grids with what they cover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Changes, Condition, View
from lanling_desktop.grids.tree import grid_tree
from lanling_desktop.organisation.tree import Node, party_tree
from lanling_desktop.printing.paper import Request
from ui.screens.node_tree import Look

_ORGANISATION = "party_organisation"


@dataclass(frozen=True)
class Picture:
    """One way to see the office as a tree, and what is moved in it."""

    key: str
    title: str
    look: Look
    read: Callable[[Office, date | None], tuple[Node, ...]]
    says: Callable[[Node], str]
    views: Callable[[Node, date | None], dict[str, View]]
    move: Callable[[Office, Node, Node, date], Changes]
    paper: str
    request: Callable[[Node | None, date | None], Request]
    watched: frozenset[str]
    verb: str  # what Ctrl+X does
    where: str  # what is asked for then
    refusal: str


def _says_party(node: Node) -> str:
    counts = f"党员 {node.members:,} · 中心户 {node.central_households:,}"
    return " · ".join(each for each in (node.kind, node.lead, counts) if each)


def _says_grid(node: Node) -> str:
    counts = f"{node.households:,} 户 · {node.persons:,} 人 · 党员 {node.members:,}"
    return " · ".join(each for each in (node.kind, node.lead, counts) if each)


def party_views(node: Node, day: date | None) -> dict[str, View]:
    """The lists of what hangs on a node of the party tree, by title."""
    if node.register == "central_household":
        found = {"联系党员": "linked_member", "联系户": "linked_household"}
        return {
            title: View(register, parent=("central_household_id", node.id), day=day)
            for title, register in found.items()
        }
    if not node.id:
        return {}
    home = "group_id" if node.kind == "楼宇党小组" else "branch_id"
    lists = {
        "党员": View("party_member", parent=("branch.organisation_id", node.id), day=day),
        "中心户": View("central_household", parent=(home, node.id), day=day),
        "下级组织": View(_ORGANISATION, parent=("parent_id", node.id), day=day),
    }
    order = ("下级组织", "党员", "中心户") if node.kind == "社区大党委" else tuple(lists)
    return {title: lists[title] for title in order}


def grid_views(node: Node, day: date | None) -> dict[str, View]:
    """The lists of what belongs to a node of the grids' tree, by title."""
    if node.register == "grid":
        return {
            "网格员": View("grid_worker", parent=("grid_id", node.id), day=day),
            "范围": View("grid_area", parent=("grid_id", node.id), day=day),
        }
    if node.register == "community":
        return {
            "网格": View("grid", community=node.id, day=day),
            "小区": View("compound", parent=("community_id", node.id), day=day),
        }
    if node.place is not None:
        compound, building = node.place
        number = (Condition("building", "=", building),) if building else ()
        return {
            "户": View("household", parent=("compound_id", compound), conditions=number, day=day)
        }
    return {}


def _move_organisation(office: Office, moved: Node, into: Node, day: date) -> Changes:
    from lanling_desktop.organisation.actions import move_organisation

    return move_organisation(office, organisation_id=moved.id, parent_id=into.id, day=day)


def _move_place(office: Office, moved: Node, into: Node, day: date) -> Changes:
    from lanling_desktop.grids.actions import move_place

    assert moved.place is not None
    return move_place(office, place=moved.place, grid_id=into.id, day=day)


def _party_request(top: Node | None, day: date | None) -> Request:
    view = View(_ORGANISATION, day=day)
    record = top.id if top is not None and top.register == _ORGANISATION else ""
    return Request(view=None if record else view, record_id=record, day=day)


def _grid_request(top: Node | None, day: date | None) -> Request:
    community = top.id if top is not None and top.register == "community" else ""
    return Request(view=View("grid", community=community, day=day), day=day)


PARTY = Picture(
    key="party",
    title="党组织",
    look=Look(
        ("组织", "党员", "中心户", "联系户"),
        lambda node: (node.members, node.central_households, node.households),
        lambda node: node.register == _ORGANISATION,
        lambda node: node.register == _ORGANISATION,
    ),
    read=lambda office, day: party_tree(office, day=day),
    says=_says_party,
    views=party_views,
    move=_move_organisation,
    paper="organisation_chart",
    request=_party_request,
    watched=frozenset(
        {
            _ORGANISATION,
            "former_parent",
            "branch_membership",
            "central_household",
            "linked_member",
            "linked_household",
            "party_member",
            "person",
        }
    ),
    verb="调整上级",
    where="走到新的上级组织",
    refusal="只能把组织挂到另一个组织下面",
)
GRIDS = Picture(
    key="grids",
    title="网格",
    look=Look(
        ("网格", "户", "人", "党员"),
        lambda node: (node.households, node.persons, node.members),
        lambda node: node.place is not None,
        lambda node: node.register == "grid",
    ),
    read=lambda office, day: grid_tree(office, day=day),
    says=_says_grid,
    views=grid_views,
    move=_move_place,
    paper="grid_chart",
    request=_grid_request,
    watched=frozenset(
        {
            "community",
            "compound",
            "building",
            "grid",
            "grid_area",
            "grid_worker",
            "household",
            "household_member",
            "party_member",
            "person",
        }
    ),
    verb="调整网格",
    where="走到要划入的网格",
    refusal="只能把楼栋或小区划到另一个网格",
)
PICTURES = (PARTY, GRIDS)
