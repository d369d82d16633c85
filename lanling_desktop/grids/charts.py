"""网格架构图: which grids a community has, what each covers and who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.grids.tree import grid_tree
from lanling_desktop.organisation.charts import ASKS, draw_chart, wanted
from lanling_desktop.organisation.tree import Node
from lanling_desktop.printing.paper import MASKED, Job, Paper, Progress


def _words(node: Node) -> str:
    counts = (("户", node.households), ("人", node.persons), ("党员", node.members))
    said = "　".join(f"{count:,} {unit}" if unit != "党员" else f"{unit} {count:,}"
                    for unit, count in counts if count)  # fmt: skip
    return "　".join(each for each in (node.lead, said) if each)


def _draw(office: Office, job: Job, out: BinaryIO, progress: Progress | None) -> None:
    view = job.request.view or View("grid")
    nodes: Sequence[Node] = grid_tree(office, community_id=view.community or None, day=job.day)
    if job.request.record_id or view != View("grid", community=view.community, day=view.day):
        nodes = _of_grids(nodes, {each.id for each in wanted(office, job, "grid", nodes)})
    draw_chart(job, "网格架构图", nodes, _words, out, progress)


def _of_grids(nodes: Sequence[Node], kept: set[str]) -> list[Node]:
    """The communities with only those of their grids; none that has none of them."""
    found = (
        replace(each, children=tuple(grid for grid in each.children if grid.id in kept))
        for each in nodes
    )
    return [each for each in found if each.children]


PAPERS = (Paper("grid_chart", "网格架构图", "grid", _draw, editions=(MASKED,), asks=ASKS),)
