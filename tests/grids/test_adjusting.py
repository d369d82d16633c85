"""Grids are split, merged and adjusted: one act each, dated, taken back as one."""

from __future__ import annotations

from datetime import date

import pytest

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.grids import actions
from lanling_desktop.grids.tree import UNCOVERED, grid_tree
from lanling_desktop.organisation.tree import Node
from tests.office import add_member, id_of, since, state_of

MOVED, BEFORE = date(2026, 11, 1), date(2026, 10, 31)


@pytest.fixture
def grids(desk_office: Office) -> dict[str, str]:
    """第一网格 covers the whole of 兰陵花园 (1 to 4), 第二网格 锦绣苑; a chief in each, two more."""
    office = desk_office
    for n, home in enumerate(("1号楼1单元101", "2号楼1单元101", "3号楼1单元101", "4号楼1单元101")):
        add_member(office, f"张{'一二三四'[n]}", home__household_id=f"兰陵花园{home}")
    add_member(office, "李五", home__household_id="锦绣苑1号楼1单元101")
    made = {}
    for name, compound in (("第一网格", "兰陵花园"), ("第二网格", "锦绣苑")):
        made[name] = office.save("grid", None, {"name": name, "kind": "一般网格"}).main
        typed = {"grid_id": made[name], "compound_id": id_of(office, "compound", compound)}
        office.save("grid_area", None, typed)
    for name, grid, role in (
        ("王芳", "第一网格", "网格长"),
        ("赵志强", "第一网格", "专职网格员"),
        ("周文博", "第一网格", "兼职网格员"),
        ("吴晓燕", "第二网格", "网格长"),
    ):
        typed = {"person.name": name, "grid_id": made[grid], "role": role, "functions": "综治"}
        made[name] = office.save("grid_worker", None, typed, confirmed=True).main
    since(office, date(2024, 1, 1))
    return made


def outline(nodes: tuple[Node, ...], deep: int = 0) -> list[str]:
    return [
        line
        for node in nodes
        for line in (
            f"{'  ' * deep}{node.title} {node.households}户",
            *outline(node.children, deep + 1),
        )
    ]


def roster(office: Office, day: date | None = None) -> set[str]:
    keys = ("person.name", "grid_id", "role")
    rows = office.page(View("grid_worker", day=day), 0, 99, keys=keys)
    return {" ".join(row[1:]) for row in rows}


def test_the_tree_is_of_grids_and_what_they_cover(
    desk_office: Office, grids: dict[str, str]
) -> None:
    office = desk_office
    office.save("household", None, {"compound_id": "东关小区", "building": "7", "unit": "1",
                                    "room": "101"}, confirmed=True)  # fmt: skip
    (community,) = grid_tree(office)
    assert outline((community,)) == [
        "向阳社区 6户",
        "  第一网格 4户",
        "    兰陵花园 4户",
        "      1号楼 1户",
        "      2号楼 1户",
        "      3号楼 1户",
        "      4号楼 1户",
        "  第二网格 1户",
        "    锦绣苑 1户",
        "      1号楼 1户",
        f"  {UNCOVERED} 1户",
        "    东关小区 1户",
        "      7号楼 1户",
    ]
    first = community.children[0]
    assert (first.lead, first.members, first.persons) == ("网格长 王芳", 4, 4)
    assert grid_tree(office, community_id=community.id) == (community,)


def test_a_grid_is_split_with_buildings_and_workers_in_one_act(
    desk_office: Office, grids: dict[str, str]
) -> None:
    office, old = desk_office, grids["第一网格"]
    before, roster_before = state_of(office), roster(office)
    entry = office.read("grid", old)
    (split,) = (each for each in office.registers["grid"].procedures if each.key == "split")
    asked = dict(split.asked(office, entry))
    assert asked["buildings"].choices == tuple(f"兰陵花园{n}号楼" for n in range(1, 5))
    assert asked["workers"].choices == (
        "王芳（网格长）",
        "赵志强（专职网格员）",
        "周文博（兼职网格员）",
    )
    said = {
        "name": "第三网格",
        "day": "2026-11-01",
        "buildings": "兰陵花园3号楼、兰陵花园4号楼",
        "workers": "赵志强（专职网格员）",
    }
    made = office.perform("grid", old, "split", said).main
    new = office.read("grid", made)
    assert (new["predecessor_id"], new["adjusted_on"], new["valid_from"]) == (old, MOVED, MOVED)
    (community,) = grid_tree(office)
    assert outline((community,)) == [
        "向阳社区 5户",
        "  第一网格 2户",
        "    兰陵花园 1号楼 1户",
        "    兰陵花园 2号楼 1户",
        "  第二网格 1户",
        "    锦绣苑 1户",
        "      1号楼 1户",
        "  第三网格 2户",
        "    兰陵花园 3号楼 1户",
        "    兰陵花园 4号楼 1户",
    ]
    (community,) = grid_tree(office, day=BEFORE)
    assert outline(community.children[:1])[0] == "第一网格 4户"
    assert "赵志强 第三网格 专职网格员" in roster(office)
    assert roster(office, BEFORE) == roster_before
    office.undo()
    assert state_of(office) == before


def test_what_cannot_be_split_is_refused_and_nothing_changed(
    desk_office: Office, grids: dict[str, str]
) -> None:
    office, old = desk_office, grids["第一网格"]
    before = state_of(office)
    compound = id_of(office, "compound", "兰陵花园")
    for words, more in (
        ("全划出去", {"places": [(compound, "")]}),
        ("全划出去", {"places": [(compound, number) for number in "1234"]}),
        ("已有一个网格叫", {"name": "第二网格"}),
        ("不能晚于今天", {"day": date(2026, 12, 1)}),
        ("从 2024-01-01 起才有", {"day": date(2023, 12, 31)}),
        ("那时已不在岗", {"worker_ids": [grids["吴晓燕"]]}),
    ):
        if words == "那时已不在岗":
            actions.end_post(office, worker_id=grids["吴晓燕"], day=BEFORE, reason="搬家")
            before = state_of(office)
        said = {"name": "第三网格", "day": MOVED, "places": [(compound, "4")], **more}
        with pytest.raises(OfficeError, match=words):
            actions.split_grid(office, grid_id=old, **said)
        assert state_of(office) == before


def test_what_was_reported_is_shared_where_nothing_is_counted(desk_office: Office) -> None:
    office = desk_office
    typed = {"name": "第一网格", "kind": "一般网格", "said_households": 700, "said_residents": 2100}
    old = office.save("grid", None, typed).main
    said = {"name": "第二网格", "day": "今天", "households": "300", "residents": "900"}
    new = office.perform("grid", old, "split", said).main
    keys = ("said_households", "said_residents")
    assert [office.read("grid", new)[key] for key in keys] == [300, 900]
    assert [office.read("grid", old)[key] for key in keys] == [400, 1200]
    office.perform("grid", new, "merge", {"into_id": old, "day": "今天"})
    assert [office.read("grid", old)[key] for key in keys] == [700, 2100]
    assert office.count(View("grid")) == 1


def test_what_only_the_one_reported_is_not_lost_in_a_merge(desk_office: Office) -> None:
    office = desk_office
    said = {"kind": "一般网格", "said_households": 300, "said_residents": 900}
    old = office.save("grid", None, {"name": "第一网格", **said}).main
    new = office.save("grid", None, {"name": "第二网格", "kind": "一般网格"}).main
    since(office, date(2024, 1, 1))
    office.perform("grid", old, "merge", {"into_id": new, "day": "今天"})
    now = office.read("grid", new)
    assert (now["said_households"], now["said_residents"]) == (300, 900)


def test_homes_without_a_building_are_named_before_a_compound_is_broken_up(
    desk_office: Office, grids: dict[str, str]
) -> None:
    office, compound = desk_office, id_of(desk_office, "compound", "兰陵花园")
    home = office.save("household", None, {"compound_id": compound, "room": "门卫室"}).main
    since(office, date(2024, 1, 1))
    before = state_of(office)
    said = {"grid_id": grids["第一网格"], "name": "第三网格", "day": MOVED}
    with pytest.raises(OfficeError, match="1 户没有楼号"):
        actions.split_grid(office, places=[(compound, "4")], **said)
    assert state_of(office) == before
    office.save("household", home, {"building": "4"})
    actions.split_grid(office, places=[(compound, "4")], **said)
    assert office.count(View("grid")) == 3


@pytest.mark.parametrize(
    ("chief", "becomes"),
    [
        ("", {"王芳 第二网格 专职网格员"}),
        ("网格指导员", {"王芳 第二网格 网格指导员"}),
        ("离岗", set()),
    ],
)
def test_a_grid_is_merged_with_all_it_had(
    desk_office: Office, grids: dict[str, str], chief: str, becomes: set[str]
) -> None:
    office = desk_office
    before = state_of(office)
    said = {"into_id": grids["第二网格"], "day": "2026-11-01", "chief": chief}
    office.perform("grid", grids["第一网格"], "merge", said)
    (community,) = grid_tree(office)
    assert [(each.title, each.households) for each in community.children] == [("第二网格", 5)]
    assert roster(office) == {
        "吴晓燕 第二网格 网格长",
        "赵志强 第二网格 专职网格员",
        "周文博 第二网格 兼职网格员",
        *becomes,
    }
    (then,) = grid_tree(office, day=BEFORE)
    assert [each.title for each in then.children] == ["第一网格", "第二网格"]
    ended = office.read("grid", grids["第一网格"])
    assert (ended["valid_to"], ended["end_reason"]) == (MOVED, "并入第二网格")
    office.undo()
    assert state_of(office) == before


def test_a_building_goes_to_another_grid_and_the_others_stay(
    desk_office: Office, grids: dict[str, str]
) -> None:
    office = desk_office
    compound = id_of(office, "compound", "兰陵花园")
    third = office.save("grid", None, {"name": "第三网格", "kind": "微网格"}).main
    before = state_of(office)
    move = {"place": (compound, "4"), "grid_id": grids["第二网格"]}
    actions.move_place(office, **move, day=MOVED)
    (community,) = grid_tree(office)
    assert [(e.title, e.households) for e in community.children] == [
        ("第一网格", 3),
        ("第二网格", 2),
        ("第三网格", 0),
    ]
    for other in (move, {"place": (compound, "3"), "grid_id": grids["第一网格"]}):
        with pytest.raises(OfficeError, match="已在"):
            actions.move_place(office, **other, day=MOVED)
    with pytest.raises(OfficeError, match="不能早于这一天"):
        actions.move_place(office, place=(compound, "4"), grid_id=third, day=BEFORE)
    office.undo()
    assert state_of(office) == before


def test_a_worker_moves_and_the_chief_needs_a_place(
    desk_office: Office, grids: dict[str, str]
) -> None:
    office = desk_office
    before = state_of(office)
    with pytest.raises(OfficeError, match="已有网格长"):
        actions.move_worker(office, worker_id=grids["王芳"], grid_id=grids["第二网格"], day=MOVED)
    said = {"grid_id": grids["第二网格"], "day": "2026-11-01", "role": "网格指导员"}
    office.perform("grid_worker", grids["王芳"], "move", said)
    assert "王芳 第二网格 网格指导员" in roster(office)
    assert "王芳 第一网格 网格长" in roster(office, BEFORE)
    assert office.count(View("grid", ready="no_chief")) == 1
    office.undo()
    assert state_of(office) == before


def test_the_tree_of_the_demo_takes_few_statements(
    demo_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    rows = demo_office.rows
    monkeypatch.setattr(demo_office, "rows", lambda s: asked.append(s) or rows(s))
    tree = grid_tree(demo_office)
    assert len(asked) <= 11
    grids = [node for community in tree for node in community.children if node.register == "grid"]
    assert len(grids) == 50
    assert all(node.lead.startswith("网格长 ") for node in grids)
    assert sum(each.households for each in tree) == demo_office.count(View("household"))
