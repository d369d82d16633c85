"""Finding: fragments, pinyin, initials, number tails; whatever is typed is text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lanling_desktop.core import search
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from tests.office import member

PEOPLE = (
    ("张玉兰", "34052419800101001X", "13812345678"),
    ("单志强", "", "13900001111"),
    ("仇英", "", ""),
    ("曾小曾", "", ""),
    ("𠮷野测", "", ""),
    ("欧阳·试用", "", ""),
)


@pytest.fixture
def peopled(desk_office: Office) -> Office:
    for name, number, phone in PEOPLE:
        desk_office.save(
            "party_member",
            None,
            member(person__name=name, person__identity_number=number, person__phone=phone),
        )
    return desk_office


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("张", "张玉兰"),
        ("玉兰", "张玉兰"),
        ("张玉兰", "张玉兰"),
        ("zyl", "张玉兰"),
        ("yl", "张玉兰"),
        ("ZYL", "张玉兰"),
        ("zhangyulan", "张玉兰"),
        ("zhangyu", "张玉兰"),
        ("yulan", "张玉兰"),
        ("01001X", "张玉兰"),
        ("001x", "张玉兰"),
        ("5678", "张玉兰"),
        ("138123", "张玉兰"),
        ("34052419800101001X", "张玉兰"),
        ("szq", "单志强"),
        ("shanzhiqiang", "单志强"),
        ("qiuying", "仇英"),
        ("zengxiao", "曾小曾"),
        ("𠮷野", "𠮷野测"),
        ("𠮷", "𠮷野测"),
        ("欧阳", "欧阳·试用"),
    ],
)
def test_a_person_is_found_by(peopled: Office, typed: str, found: str) -> None:
    assert found in [hit.title for hit in peopled.find(typed)]
    listed = peopled.page(View("party_member", text=typed), 0, 20)
    assert found in [row[1] for row in listed]


@pytest.mark.parametrize("typed", ["兰陵花园", "花园3", "花园 501", "3号楼", "lyhy", "lhy"])
def test_an_address_is_found_by_fragments(peopled: Office, typed: str) -> None:
    titles = [hit.title for hit in peopled.find(typed)]
    if typed not in ("lyhy", "lhy"):
        assert "兰陵花园 3号楼 2单元 501" in titles


@pytest.mark.parametrize("typed", ["兰玉", "zly", "5679", "花园 502", "张志强"])
def test_what_is_not_there_is_not_found(peopled: Office, typed: str) -> None:
    assert peopled.find(typed) == []


@pytest.mark.fault(53)
@pytest.mark.parametrize(
    "typed",
    ["' OR 1=1 --", "%", "_", '"', "*", "NEAR(", "(", "", " ", "😀", "a" * 10_000, "张" * 9_999],
)
def test_anything_typed_is_text(peopled: Office, typed: str) -> None:
    assert isinstance(peopled.find(typed), list)
    assert isinstance(peopled.page(View("party_member", text=typed), 0, 5), list)


def test_search_follows_the_record_in_the_same_act(peopled: Office) -> None:
    (hit,) = peopled.find("zyl")
    peopled.save(hit.register, hit.id, {"person.name": "张玉梅"})
    assert peopled.find("zyl") == []
    assert [each.title for each in peopled.find("zym")] == ["张玉梅"]
    peopled.undo()
    assert [each.title for each in peopled.find("zyl")] == ["张玉兰"]


@pytest.mark.fault(53)
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(typed=st.text(max_size=40))
def test_no_input_reaches_the_query_language(peopled: Office, typed: str) -> None:
    expression = search.match(typed)
    if expression is not None:
        peopled.find(typed)


def test_namesakes_are_told_apart_by_age_branch_and_address(desk_office: Office) -> None:
    office = desk_office
    office.save("person", None, {"name": "张伟", "birth": "1950-05-01"})
    office.save(
        "party_member",
        None,
        member(person__name="张伟", person__identity_number="", person__birth="1980-01-01"),
    )
    details = {hit.register: hit.detail for hit in office.find("zhangwei")}
    home = "兰陵花园 3号楼 2单元 501"
    assert details == {"party_member": f"46岁  第4网格党支部  {home}", "person": "76岁"}
    assert office.find("5678")[0].detail.endswith("138****5678"), "what was typed stays in sight"
    first, second = office.lookup("person", "张伟")
    assert (first[2], second[2]) == (f"46岁  第4网格党支部  {home}", "76岁"), "members first"


def test_a_code_typed_whole_comes_first(desk_office: Office) -> None:
    office = desk_office
    branch = office.save(
        "party_organisation", None, {"name": "第4网格党支部", "kind": "网格党支部"}
    ).main
    host = office.save("person", None, {"name": "张小花"}).main
    for code in ("A甲-9001", "ZXH-900", "ZXH-9001"):
        typed = {"code": code, "host_id": host, "branch_id": branch, "state": "推荐"}
        office.save("central_household", None, typed, confirmed=True)
    office.save("person", None, {"name": "阿小花", "employer": "ZXH-9001 厂"})
    for typed in ("zxh-900", "ZXH-9001", " zxh-9001 "):
        assert office.find(typed)[0].title == typed.strip().upper()


def test_people_come_before_what_only_names_one_of_them(demo_office: Office) -> None:
    person = demo_office.save("person", None, {"name": "周跃龙"}).main
    hall = demo_office.page(View("meeting_hall"), 0, 1)[0][0]
    demo_office.save(
        "action_item",
        None,
        {
            "title": "1号楼路灯不亮",
            "hall_id": hall,
            "raised_on": "2026-11-20",
            "responsible": "周跃龙",
            "due_on": "2026-12-01",
        },
        confirmed=True,
    )
    hits = demo_office.find("zyl")
    assert hits[0].id == person
    assert "action_item" in {each.register for each in hits}
