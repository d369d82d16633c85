"""Organisation charts: what the two trees of the office look like on paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from lanling_desktop.core.field import Field, Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.organisation.tree import Node, party_tree
from lanling_desktop.people.papers import is_masked
from lanling_desktop.printing.paper import FULL, MASKED, Job, Paper, Progress, refuse_empty
from lanling_desktop.printing.tree_chart import SHEETS, Box, TreeChart, draw_tree_chart
from lanling_desktop.standards import dates

Words = Callable[[Node], str]
"""What stands under the name of a node."""

ASKS = (
    ("sheet", Field("纸张", Kind.CHOICE, choices=tuple(SHEETS), help="不选是 A4；社区多的用 A3")),
)


def wanted(office: Office, job: Job, register: str, nodes: Sequence[Node]) -> list[Node]:
    """The parts of a tree a job is about: one record, or the uppermost of those in its list."""
    if job.request.record_id:
        return [each for each in _all(nodes) if each.id == job.request.record_id][:1]
    view = job.request.view
    if view is None or view == View(register, community=view.community, day=view.day):
        return list(nodes)
    kept = {row[0] for row in office.rows(office.listing(replace(view, day=job.day)).ids())}
    return list(_uppermost(nodes, kept))


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for each in nodes:
        yield each
        yield from _all(each.children)


def _uppermost(nodes: Sequence[Node], kept: Collection[str]) -> Iterator[Node]:
    for each in nodes:
        if each.id in kept:
            yield each
        else:
            yield from _uppermost(each.children, kept)


def draw_chart(
    job: Job,
    title: str,
    nodes: Sequence[Node],
    words: Words,
    out: BinaryIO,
    progress: Progress | None,
) -> None:
    """A sheet or more for each root; several roots are seen together on the first."""
    refuse_empty(nodes, title)
    roots = [_boxed(each, words) for each in nodes]
    detailed = [each for each in roots if each.children]
    if len(roots) > 1:
        below = [replace(each, children=[replace(b, children=()) for b in each.children])
                 for each in roots]  # fmt: skip
        kinds = {each.kind for each in nodes}
        kind = kinds.pop() if len(kinds) == 1 else ""
        detailed.insert(0, Box(job.unit or "全部社区", f"共 {len(roots)} 个{kind}", below))
    chart = TreeChart(title, detailed or roots, job.unit, dates.paper(job.day))
    draw_tree_chart(
        chart,
        out,
        progress,
        sheet=job.request.arguments.get("sheet") or "A4",
        print_no=job.number,
        check_code=job.check_code,
        edition=job.request.edition,
        demo=job.demo,
    )


def _boxed(node: Node, words: Words) -> Box:
    return Box(node.title, words(node), [_boxed(each, words) for each in node.children])


# 党组织架构图


def _party_words(node: Node) -> str:
    if node.register == "central_household":
        return f"联系党员 {node.members}　联系户 {node.households}"
    said = [node.lead, f"党员 {node.members:,}"]
    if node.central_households and node.kind != "楼宇党小组":
        said.append(f"中心户 {node.central_households:,}")
    return "　".join(each for each in said if each)


def _without_names(node: Node) -> Node:
    """A central household by its code alone: whose home it is, is not for the public."""
    title = node.title.split(" ")[0] if node.register == "central_household" else node.title
    return replace(node, title=title, children=tuple(map(_without_names, node.children)))


def _draw_party(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    view = job.request.view
    community = view.community if view is not None else ""
    nodes = party_tree(office, community_id=community or None, day=job.day)
    nodes = tuple(wanted(office, job, "party_organisation", nodes))
    if is_masked(job):
        nodes = tuple(map(_without_names, nodes))
    draw_chart(job, "党组织架构图", nodes, _party_words, out, progress)


PAPERS = (
    Paper(
        "organisation_chart",
        "党组织架构图",
        "party_organisation",
        _draw_party,
        editions=(FULL, MASKED),
        asks=ASKS,
    ),
)
