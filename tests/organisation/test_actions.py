"""The life of a central household and of the party tree, act by act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.organisation import actions, rules
from lanling_desktop.organisation.tree import Node, party_tree, place_tree
from tests.office import add_member, id_of, person_of, since, state_of

DAY = date(2026, 11, 23)


@dataclass
class Branch:
    """An office with one branch of eight members, and the people they are."""

    office: Office
    id: str
    members: list[str]
    people: list[str]

    def designated(self, host: int = 0, **more: object) -> str:
        given = {"designated_on": DAY, **more}
        return actions.designate_central_household(
            self.office, host_id=self.people[host], branch_id=self.id, **given
        ).main

    def read(self, central: str, key: str) -> object:
        return self.office.read("central_household", central)[key]


@pytest.fixture
def branch(desk_office: Office) -> Branch:
    office = desk_office
    names = ("张一", "李二", "王三", "赵四", "孙五", "钱六", "周七", "吴八")
    members = [
        add_member(office, name, home__household_id=f"兰陵花园{n}号楼1单元101")
        for n, name in enumerate(names, 1)
    ]
    since(office, date(2020, 1, 1))
    people = [person_of(office, each) for each in members]
    return Branch(office, id_of(office, "party_organisation", "第4网格党支部"), members, people)


def test_from_designation_to_the_end(branch: Branch) -> None:
    office = branch.office
    before = state_of(office)
    central = branch.designated(venue_area=20, equipment="电视、报刊")
    assert branch.read(central, "code") == "ZXH-001"
    assert branch.read(central, "state") == "确定"
    assert (
        office.read("central_household", central).texts["household_id"].endswith("1号楼 1单元 101")
    )
    actions.hang_plaque(office, central_household_id=central, day=DAY)
    assert branch.read(central, "plaque_no") == "2026-001"
    linked = actions.link_members(
        office, central_household_id=central, person_ids=branch.people[1:6], day=DAY
    )
    assert linked.title == "ZXH-001 增加联系党员 5 名"
    homes = [row[0] for row in office.page(View("household"), 0, 3)]
    actions.link_households(office, central_household_id=central, household_ids=homes, day=DAY)
    entry = office.read("central_household", central)
    assert (entry["linked_members"], entry["linked_households"]) == (5, 3)
    actions.record_activity(
        office, central_household_id=central, held_on=DAY, kind="议事", summary="楼道", people=6
    )
    actions.review_central_household(
        office, central_household_id=central, reviewed_on=DAY, result="合格"
    )
    assert office.count(View("central_household", ready="review")) == 0
    actions.end_central_household(office, central_household_id=central, day=DAY, reason="搬家")
    entry = office.read("central_household", central)
    assert (entry["state"], entry["ended_on"]) == ("已摘牌", DAY)
    assert (entry["linked_members"], entry["linked_households"]) == (0, 0)
    while office.undoable()[0].title != "补登起始日期":  # type: ignore[union-attr]
        office.undo()
    assert state_of(office) == before


def test_states_follow_one_another(branch: Branch) -> None:
    office = branch.office
    typed = {"code": "甲-7", "host_id": branch.people[0], "branch_id": branch.id, "state": "推荐"}
    central = office.save("central_household", None, typed).main
    for state in ("考察", "公示", "确定", "挂牌"):
        actions.advance_central_household(
            office, central_household_id=central, state=state, day=DAY, note=f"{state}意见"
        )
    assert branch.read(central, "approval_note") == "挂牌意见"
    with pytest.raises(OfficeError, match="现在是“挂牌”，不能转为“考察”"):
        actions.advance_central_household(
            office, central_household_id=central, state="考察", day=DAY
        )
    assert set(rules.NEXT) == set(rules.STATES)
    assert actions.next_code(office, branch.read(central, "community_id")) == "甲-8"  # type: ignore[arg-type]


def test_a_host_who_cannot_be_one_is_asked_about_from_the_start(branch: Branch) -> None:
    office = branch.office
    stranger = office.save("person", None, {"name": "王路人"}).main
    typed = {"code": "甲-7", "host_id": stranger, "branch_id": branch.id, "state": "推荐"}
    with pytest.raises(RejectedError, match="户主不在党员名册里") as asked:
        office.save("central_household", None, typed)
    assert all(each.warning for each in asked.value.problems)
    central = office.save("central_household", None, typed, confirmed=True).main
    actions.advance_central_household(office, central_household_id=central, state="考察", day=DAY)
    with pytest.raises(RejectedError, match="户主不在党员名册里"):
        actions.advance_central_household(
            office, central_household_id=central, state="确定", day=DAY, confirmed=True
        )


def test_codes_and_plaques_follow_the_last_and_are_never_taken(branch: Branch) -> None:
    office = branch.office
    first, second = branch.designated(0), branch.designated(1)
    assert branch.read(second, "code") == "ZXH-002"
    actions.hang_plaque(office, central_household_id=first, day=DAY, plaque_no="2026-005")
    actions.hang_plaque(office, central_household_id=second, day=DAY)
    assert branch.read(second, "plaque_no") == "2026-006"
    third = branch.designated(2, code="ZXH-099")
    assert actions.next_code(office, "") == "ZXH-003", "another community: the first free one"
    assert actions.next_code(office, str(branch.read(third, "community_id"))) == "ZXH-100"


def test_a_host_is_a_full_member_and_hosts_one(branch: Branch) -> None:
    office = branch.office
    new = add_member(office, "郑九", kind="预备党员", joined_on="2026-05-01")
    with pytest.raises(RejectedError, match="正式党员"):
        actions.designate_central_household(
            office, host_id=person_of(office, new), branch_id=branch.id, designated_on=DAY
        )
    branch.designated(0)
    with pytest.raises(RejectedError, match="一人只能有一个在册中心户"):
        branch.designated(0)
    assert office.count(View("central_household")) == 1


def test_a_member_is_linked_with_one_household(branch: Branch) -> None:
    office = branch.office
    one, two = branch.designated(0), branch.designated(1)
    actions.link_members(office, central_household_id=one, person_ids=branch.people[2:4], day=DAY)
    again = actions.link_members(
        office, central_household_id=one, person_ids=branch.people[2:4], day=DAY
    )
    assert again.seq == 0, "linked already"
    before = state_of(office)
    with pytest.raises(RejectedError, match="此人已由 ZXH-001 联系"):
        actions.link_members(
            office, central_household_id=two, person_ids=branch.people[3:6], day=DAY
        )
    assert state_of(office) == before, "none of the three"
    link = office.page(View("linked_member", parent=("person_id", branch.people[3])), 0, 1)[0][0]
    ended = actions.end_link(office, register="linked_member", link_id=link, day=DAY, reason="调整")
    assert ended.title == "解除联系党员 赵四"
    actions.link_members(office, central_household_id=two, person_ids=branch.people[3:6], day=DAY)
    assert office.read("central_household", two)["linked_members"] == 3


def test_too_few_and_too_many_are_the_offices_own_numbers(branch: Branch) -> None:
    office, central = branch.office, branch.designated()
    assert office.count(View("central_household", ready="few")) == 1
    link = {"central_household_id": central, "day": DAY}
    actions.link_members(office, person_ids=branch.people[1:3], **link)
    office.desk.put(rules.FEWEST_LINKED[0], 2)
    office.desk.put(rules.MOST_LINKED[0], 2)
    assert office.count(View("central_household", ready="few", text="ZXH")) == 0
    with pytest.raises(RejectedError, match="已联系 2 名党员，一般不超过 2 名"):
        actions.link_members(office, person_ids=branch.people[3:4], **link)
    actions.link_members(office, person_ids=branch.people[3:4], **link, confirmed=True)


def test_a_review_may_take_the_plaque_down(branch: Branch) -> None:
    office = branch.office
    central = branch.designated()
    actions.hang_plaque(office, central_household_id=central, day=DAY)
    actions.link_members(
        office, central_household_id=central, person_ids=branch.people[1:3], day=DAY
    )
    given = {"central_household_id": central, "reviewed_on": DAY}
    actions.review_central_household(office, **given, result="摘牌", note="长期不活动")  # type: ignore[arg-type]
    assert branch.read(central, "end_reason") == "长期不活动"
    assert branch.read(central, "linked_members") == 0
    with pytest.raises(OfficeError, match="已有 2026 年度的复核"):
        actions.review_central_household(office, **given, result="合格")  # type: ignore[arg-type]
    office.undo()
    assert branch.read(central, "state") == "挂牌"
    assert branch.read(central, "linked_members") == 2


def test_ending_needs_its_reason(branch: Branch) -> None:
    central = branch.designated()
    with pytest.raises(RejectedError, match="摘牌原因"):
        actions.end_central_household(
            branch.office, central_household_id=central, day=DAY, reason=""
        )


def test_a_transfer_keeps_the_former_branch(branch: Branch) -> None:
    office = branch.office
    other = office.save(
        "party_organisation", None, {"name": "第5网格党支部", "kind": "网格党支部"}
    ).main
    member = branch.members[0]
    changes = actions.transfer_member(
        office, member_id=member, organisation_id=other, day=date(2026, 11, 1)
    )
    assert changes.title == "转接组织关系 张一 到 第5网格党支部"

    def on(day: date) -> str:
        return office.read("party_member", member, day=day).texts["branch.organisation_id"]

    assert (on(date(2026, 10, 31)), on(DAY)) == ("第4网格党支部", "第5网格党支部")
    assert counts(party_tree(office, day=date(2026, 10, 31)), "第4网格党支部") == 8
    assert counts(party_tree(office), "第4网格党支部") == 7


def test_a_members_departure_is_in_both_registers(branch: Branch) -> None:
    office = branch.office
    actions.record_member_departure(office, member_id=branch.members[0], state="死亡", day=DAY)
    entry = office.read("party_member", branch.members[0])
    assert (entry["standing"], entry["branch.organisation_id"]) == ("死亡", None)
    actions.record_member_departure(
        office, member_id=branch.members[1], state="流动", day=DAY, to="上海市"
    )
    entry = office.read("party_member", branch.members[1])
    assert (entry["floating"], entry["floating_to"]) == (True, "上海市")
    assert entry["branch.organisation_id"] == branch.id


# The tree


def counts(nodes: tuple[Node, ...], title: str) -> int:
    found = [each for each in walk(nodes) if each.title == title]
    return found[0].members


def walk(nodes: tuple[Node, ...]) -> list[Node]:
    return [each for node in nodes for each in (node, *walk(node.children))]


def test_an_organisation_is_moved_but_never_below_itself(branch: Branch) -> None:
    office = branch.office
    committee = office.save(
        "party_organisation", None, {"name": "向阳社区大党委", "kind": "社区大党委"}
    ).main
    group = office.save(
        "party_organisation",
        None,
        {"name": "3号楼党小组", "kind": "楼宇党小组", "parent_id": branch.id},
    ).main
    actions.move_organisation(office, organisation_id=branch.id, parent_id=committee, day=DAY)
    (top,) = party_tree(office)
    assert [each.title for each in walk((top,))] == [
        "向阳社区大党委",
        "第4网格党支部",
        "3号楼党小组",
    ]
    assert top.members == 8
    for under in (group, branch.id):
        with pytest.raises(RejectedError):
            actions.move_organisation(office, organisation_id=branch.id, parent_id=under, day=DAY)
    with pytest.raises(RejectedError, match="不能作社区大党委的上级"):
        actions.move_organisation(office, organisation_id=committee, parent_id=group, day=DAY)


def test_where_an_organisation_hung_before_is_kept_with_its_days(branch: Branch) -> None:
    office = branch.office
    made = {}
    for name in ("向阳社区大党委", "朝阳社区大党委"):
        typed = {"name": name, "kind": "社区大党委"}
        made[name] = office.save("party_organisation", None, typed).main
    old, new = made.values()
    office.save("party_organisation", branch.id, {"parent_id": old})
    since(office, date(2024, 1, 1))
    before = state_of(office)
    moved_on = date(2026, 11, 1)
    actions.move_organisation(
        office, organisation_id=branch.id, parent_id=new, day=moved_on, reason="区划调整"
    )

    def above(day: date | None) -> str:
        (found,) = (
            node.title
            for node in party_tree(office, day=day)
            if any(each.id == branch.id for each in node.children)
        )
        return found

    assert above(None) == "朝阳社区大党委"
    assert above(moved_on) == "朝阳社区大党委"
    assert above(date(2026, 10, 31)) == "向阳社区大党委"
    with pytest.raises(OfficeError, match="2026-11-01"):
        actions.move_organisation(
            office, organisation_id=branch.id, parent_id=old, day=date(2026, 10, 1)
        )
    with pytest.raises(OfficeError, match="不能晚于今天"):
        actions.move_organisation(
            office, organisation_id=branch.id, parent_id=old, day=date(2026, 11, 24)
        )
    with pytest.raises(OfficeError, match="已经在"):
        actions.move_organisation(office, organisation_id=branch.id, parent_id=new, day=moved_on)
    office.perform("party_organisation", branch.id, "move", {"parent_id": old, "day": "2026-11-10"})
    assert [above(date(2026, 11, n)) for n in (9, 10)] == ["朝阳社区大党委", "向阳社区大党委"]
    office.undo()
    office.undo()
    assert state_of(office) == before


def test_the_tree_counts_each_member_once(branch: Branch) -> None:
    office = branch.office
    central = branch.designated()
    actions.link_members(
        office, central_household_id=central, person_ids=branch.people[1:6], day=DAY
    )
    (top,) = party_tree(office)
    assert (top.members, top.central_households) == (8, 1)
    (home,) = top.children
    assert (home.register, home.title, home.members) == ("central_household", "ZXH-001 张一", 5)
    assert party_tree(office, day=date(2026, 11, 22))[0].central_households == 0
    actions.end_central_household(
        office, central_household_id=central, day=date(2026, 11, 23), reason="搬家"
    )
    assert party_tree(office)[0].children == ()


def test_the_trees_of_the_demo_are_the_articles(demo_office: Office) -> None:
    tree = party_tree(demo_office)
    nodes = walk(tree)
    kinds = [each.kind for each in nodes]
    assert (kinds.count("社区大党委"), kinds.count("网格党支部")) == (21, 50)
    assert sum(each.members for each in tree) == demo_office.count(View("party_member"))
    places = place_tree(demo_office)
    assert len(places) == 21
    assert [each.kind for each in walk(places)].count("小区") == 89
    assert sum(each.households for each in places) == demo_office.count(View("household"))
    one = places[3]
    assert place_tree(demo_office, community_id=one.id) == (one,)
    assert len(party_tree(demo_office, community_id=one.id)) == 1


def test_a_tree_takes_few_statements(demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    rows = demo_office.rows
    monkeypatch.setattr(demo_office, "rows", lambda s: asked.append(s) or rows(s))
    party_tree(demo_office)
    assert len(asked) <= 5
    asked.clear()
    place_tree(demo_office)
    assert len(asked) <= 6


def test_addresses_without_a_compound_are_gathered(desk_office: Office) -> None:
    office = desk_office
    for other in ("东巷1", "西巷2"):
        office.save("household", None, {"other_address": other})
    add_member(office, "张一")
    (community,) = place_tree(office)
    said = [(each.title, each.households) for each in walk(community.children)]
    assert said == [("兰陵花园", 1), ("3号楼", 1), ("其他地址", 2)]
