"""What the papers say: the form's own heads, the day asked for, nothing public that should not be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.hall.papers import PAPERS as HALL  # tested in tests/hall
from lanling_desktop.organisation import actions, papers
from lanling_desktop.organisation.central_form import central_forms
from lanling_desktop.people.papers import household_rows, roster_of
from lanling_desktop.printing.paper import (
    FULL,
    MASKED,
    Job,
    NothingToPrintError,
    Request,
    draw_paper,
    print_log,
    print_paper,
)
from tests.office import add_member, id_of, person_of, since

DAY = date(2026, 11, 23)
NUMBER = re.compile(r"\d{17}[\dX]|1\d{10}")
ROOM = re.compile(r"单元 ?\d+")
WALL = [paper for paper in papers.PAPERS if paper.key == "plaque_cards"]
OWN = (
    "central_household_roster",
    "central_household_form",
    "plaque_list",
    "plaque_cards",
    "member_roster",
    "household_roster",
)


def job(edition: str = FULL, **more: object) -> Job:
    request = Request(edition=edition, **more)  # type: ignore[arg-type]
    day = request.day or DAY
    return Job(request, "2026-00001", "0" * 8, day, DAY, "向阳社区居民委员会", demo=False)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def printed(office: Office, key: str, **request: object) -> str:
    paper = catalogue.papers()[key]
    asked = Request(**{"edition": paper.editions[0], **request})  # type: ignore[arg-type]
    return text_of(print_paper(office, paper, asked).pdf)


def test_the_roster_has_the_columns_of_the_form() -> None:
    roster = roster_of(job(), "党员中心户花名册", papers._CENTRAL_COLUMNS, [])
    said = [(each.label, each.width_mm) for each in roster.columns]
    assert said == [
        ("序号", 10), ("户主姓名", 18), ("性别", 10), ("出生年月", 16), ("入党时间", 18),
        ("党小组", 24), ("家庭住址", 42), ("联系电话", 24), ("联系党员数", 18), ("联系户数", 16),
        ("挂牌时间", 20), ("负责人", 20), ("备注", 41),
    ]  # fmt: skip
    assert sum(width for _, width in said) == 277
    assert roster.landscape


def test_members_heads_and_widths_are_their_fields(desk_office: Office) -> None:
    known = desk_office.registers["party_member"].all_columns
    shown = papers.member_columns(desk_office)
    heads = roster_of(job(), "党员花名册", shown, []).columns[1:]
    fields = [known[key].field for key in papers._MEMBER_KEYS]
    assert [(h.label, h.width_mm) for h in heads] == [(f.label, f.width_mm) for f in fields]


@pytest.mark.parametrize("key", OWN)
def test_every_paper_prints(demo_office: Office, key: str) -> None:
    said = printed(demo_office, key)
    assert "演示" in said
    assert "打印编号" in said


_EMPTY = (  # in the demo office, and nothing can be signed or labelled of nothing
    "sign_in_account", "labels_account", "sign_in_retention_period", "labels_retention_period",
)  # fmt: skip
LISTS = [
    key
    for key, paper in catalogue.papers().items()
    if MASKED in paper.editions
    and not paper.single
    and paper not in (*HALL, *WALL)
    and not key.endswith(_EMPTY)
]


@pytest.mark.parametrize("key", LISTS)
def test_the_public_edition_tells_no_number_and_no_door(demo_office: Office, key: str) -> None:
    said = printed(demo_office, key, edition=MASKED)
    assert MASKED in said
    assert not NUMBER.search(said)
    assert not ROOM.search(said)


@pytest.mark.parametrize("key", ["member_roster", "list_party_member", "list_person"])
def test_the_public_edition_does_not_give_a_number_away_by_the_birth(
    desk_office: Office, key: str
) -> None:
    add_member(desk_office, "张玉兰", person__identity_number="34052419800101001X")
    arguments = {"columns": "birth,identity_number"} if key == "list_person" else {}
    if key == "list_party_member":
        arguments = {"columns": "person.birth,person.identity_number"}
    full = printed(desk_office, key, arguments=arguments)
    assert "1980-01-01" in full
    assert "001X" in full
    said = printed(desk_office, key, edition=MASKED, arguments=arguments)
    assert "1980-01-***" in said
    assert "1980-01-01" not in said
    assert "001X" not in said  # with the month of birth it leaves three numbers to guess from


def test_a_plaque_has_no_number_and_only_the_offices_telephone(demo_office: Office) -> None:
    said = printed(demo_office, "plaque_cards")
    assert not NUMBER.search(said)
    assert "监督电话：0539-1" in said
    for card in papers.plaque_cards(demo_office, View("central_household", ready="active")):
        assert set(card) == {"community", "host", "number", "linked_members", "telephone"}


def test_a_form_for_each_or_for_one(demo_office: Office) -> None:
    office = demo_office
    view = papers.central_view(office, job())
    forms = central_forms(office, job(), view)
    assert len(forms) == len(view.ids or ())
    assert [form.number for form in forms] == sorted(form.number for form in forms)
    one = id_of(office, "central_household", forms[2].number)
    (form,) = central_forms(office, job(), papers.central_view(office, job(record_id=one)))
    assert form == forms[2]


def test_a_list_on_the_screen_is_printed_in_its_order(demo_office: Office) -> None:
    view = View("party_member", order="joined_on", descending=True)
    rows = papers.member_rows(demo_office, view, masked=False)
    joined = [row[9] for row in rows]
    assert joined == sorted(joined, reverse=True)
    assert [row[0] for row in rows[:3]] == ["1", "2", "3"]


def test_rosters_as_of_last_month(desk_office: Office) -> None:
    office = desk_office
    names = ("张一", "李二", "王三")
    members = [add_member(office, name) for name in names]
    since(office, date(2020, 1, 1))
    branch = id_of(office, "party_organisation", "第4网格党支部")
    central = actions.designate_central_household(
        office, host_id=person_of(office, members[0]), branch_id=branch, designated_on=DAY
    ).main
    actions.record_member_departure(
        office, member_id=members[2], state="死亡", day=date(2026, 11, 10)
    )

    def names_on(day: date) -> list[str]:
        view = papers.view_of(job(day=day), "party_member")
        return [row[1] for row in papers.member_rows(office, view, masked=False, of_the_day=True)]

    assert names_on(DAY) == ["李二", "张一"]
    assert names_on(date(2026, 10, 31)) == ["李二", "王三", "张一"]
    assert papers.central_view(office, job(day=date(2026, 10, 31))).ids == ()
    assert papers.central_view(office, job()).ids == (central,)
    with pytest.raises(NothingToPrintError, match="党员中心户花名册是空的"):
        printed(office, "central_household_roster", day=date(2026, 10, 31))


def test_a_roster_of_a_list_as_of_a_day_leaves_out_who_came_later(desk_office: Office) -> None:
    office = desk_office
    add_member(office, "张一")
    since(office, date(2020, 1, 1))
    add_member(office, "李二")  # belongs from today
    early = add_member(office, "王三", joined_on="2026-11-01", branch__organisation_id="")
    view = View("party_member")

    def printed_names(day: date | None) -> set[str]:
        said = printed(office, "member_roster", view=view, day=day)
        return {name for name in ("张一", "李二", "王三") if name in said}

    assert printed_names(None) == {"张一", "李二", "王三"}
    assert printed_names(date(2026, 10, 31)) == {"张一"}
    chosen = replace(view, ids=(early,))
    with pytest.raises(NothingToPrintError, match="党员花名册是空的"):
        printed(office, "member_roster", view=chosen, day=date(2026, 10, 31))


def test_branches_are_listed_by_their_number(desk_office: Office) -> None:
    words = ("第三", "第十一", "第一", "第二", "第十", "第二十", "第2", "第12")
    for each in words:
        typed = {"name": f"{each}网格党支部", "kind": "网格党支部"}
        desk_office.save("party_organisation", None, typed)
    found = [row[1] for row in desk_office.page(View("party_organisation"), 0, 9)]
    said = [each.removesuffix("网格党支部") for each in found]
    order = [1, 2, 2, 3, 10, 11, 12, 20]
    place = dict(zip(words, (3, 11, 1, 2, 10, 20, 2, 12), strict=True))
    assert [place[each] for each in said] == order


def test_the_print_log_says_which_day_a_paper_is_of(desk_office: Office) -> None:
    add_member(desk_office, "张一")
    since(desk_office, date(2020, 1, 1))
    printed(desk_office, "member_roster", day=date(2026, 10, 31))
    printed(desk_office, "member_roster")
    assert [each.title for each in print_log(desk_office)] == [
        "党员花名册",
        "党员花名册（截至 2026-10-31）",
    ]
    draw_paper(desk_office, catalogue.papers()["member_roster"], Request())
    assert len(print_log(desk_office)) == 2, "what is only looked at is no print"


def test_a_roster_says_who_filled_it_in(desk_office: Office) -> None:
    add_member(desk_office, "张一")
    for key in ("member_roster", "list_party_member"):
        assert "填表人：王敏" in printed(desk_office, key)


def test_counts_on_the_roster_are_of_its_day(desk_office: Office) -> None:
    office = desk_office
    people = [person_of(office, add_member(office, name)) for name in ("张一", "李二", "王三")]
    since(office, date(2020, 1, 1))
    branch = id_of(office, "party_organisation", "第4网格党支部")
    central = actions.designate_central_household(
        office, host_id=people[0], branch_id=branch, designated_on=date(2026, 1, 1)
    ).main
    for day, person in ((date(2026, 3, 1), people[1]), (date(2026, 11, 1), people[2])):
        actions.link_members(office, central_household_id=central, person_ids=[person], day=day)

    def linked(day: date) -> str:
        view = papers.central_view(office, job(day=day))
        return papers.central_rows(office, view, masked=False)[0][8]

    assert (linked(date(2026, 2, 1)), linked(date(2026, 10, 31)), linked(DAY)) == ("0", "1", "2")


def test_a_member_of_a_group_stands_under_the_branch(desk_office: Office) -> None:
    office = desk_office
    add_member(office, "张一")
    branch = id_of(office, "party_organisation", "第4网格党支部")
    group = {"name": "3号楼党小组", "kind": "楼宇党小组", "parent_id": branch}
    made = office.save("party_organisation", None, group).main
    add_member(office, "李二", branch__organisation_id=made)
    rows = papers.member_rows(office, View("party_member"), masked=False)
    assert {row[8] for row in rows} == {"第4网格党支部"}


def test_a_household_is_one_row_with_everyone_in_it(desk_office: Office) -> None:
    office = desk_office
    add_member(office, "张玉兰", home__household_id="兰陵花园3号楼2单元501室")
    home = id_of(office, "household", "兰陵花园 3号楼 2单元 501")
    head = office.page(View("person"), 0, 1)[0][0]
    office.save("household", home, {"head_id": head})
    for name, relation in (("李小", "子"), ("李强", "配偶")):
        typed = {"person.name": name, "relation": relation, "household_id": home}
        office.save("household_member", None, typed)
    (row,) = household_rows(office, replace(View("household"), day=DAY), masked=True)
    assert row[1:5] == ("兰陵花园 3号楼", "张玉兰", "3", "李强（配偶）、李小（子）、张玉兰")


def test_the_list_of_an_earlier_day_leaves_out_who_came_later(desk_office: Office) -> None:
    add_member(desk_office, "张早来", joined_on="2001.7.1")
    add_member(desk_office, "李后来", joined_on="2026.7.1")
    names = {row[1] for row in desk_office.page(View("party_member"), 0, 10)}
    assert names == {"张早来", "李后来"}
    earlier = View("party_member", day=date(2025, 1, 1))
    since(desk_office, date(2002, 1, 1))  # as the lists received say, not when they were typed
    assert [row[1] for row in desk_office.page(earlier, 0, 10)] == ["张早来"]
    assert desk_office.count(earlier) == 1
    text = printed(desk_office, "list_party_member", view=earlier, day=date(2025, 1, 1))
    assert "张早来" in text
    assert "李后来" not in text


def test_a_list_of_one_community_is_headed_by_that_community(desk_office: Office) -> None:
    desk_office.desk.put("unit", "兰陵县卞庄街道办事处")
    other = desk_office.save("community", None, {"name": "会宝社区"}).main
    add_member(desk_office, "王会宝", community_id=other)
    text = printed(desk_office, "member_roster", view=View("party_member", community=other))
    assert "会宝社区居民委员会" in text
    assert "卞庄街道" not in text
    assert "卞庄街道" in printed(desk_office, "member_roster", view=View("party_member"))
