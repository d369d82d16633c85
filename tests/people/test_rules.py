"""What is warned about and what is refused of a person."""

from __future__ import annotations

from datetime import date

import pytest

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.office import Office
from lanling_desktop.people.rules import personal_problems

NUMBER = "34052419800101001X"


def test_a_birth_unlike_the_number_asks_for_its_reason_and_can_be_saved(
    desk_office: Office,
) -> None:
    typed = {"name": "张玉兰", "identity_number": NUMBER, "birth": "1980-01-02", "sex": "女"}
    with pytest.raises(RejectedError) as refused:
        desk_office.save("person", None, typed)
    assert [(each.key, each.warning) for each in refused.value.problems] == [
        ("birth", True),
        ("sex", True),
    ]
    assert all("不符说明" in each.words for each in refused.value.problems)
    desk_office.save("person", None, {**typed, "birth_note": "档案如此"})
    desk_office.save("person", None, {**typed, "identity_number": ""})
    made = desk_office.save("person", None, typed, confirmed=True)
    assert desk_office.read("person", made.main).texts["birth"] == "1980-01-02"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("王", "只有一个字"),
        ("John A. Smith", "字母或数字"),
        ("张三1", "字母或数字"),
        ("张" * 16, "有 16 个字"),
        ("王\ue000明", "（U+E000）字库里没有"),
        ("王\ufffe明", "（U+FFFE）字库里没有"),
        ("王\U000f0000", "（U+F0000）字库里没有"),
        ("王\u0378", "（U+0378）字库里没有"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "person."])
def test_an_odd_name_is_warned_about_and_kept(name: str, said: str, prefix: str) -> None:
    (problem,) = personal_problems({f"{prefix}name": name}, date(2026, 11, 23), prefix)
    assert said in problem.words
    assert problem.warning
    assert problem.key == f"{prefix}name"


@pytest.mark.parametrize(
    "name",
    ["王鹏", "欧阳·试用", "𠮷野测", "买买提·艾力", "䶮", "古丽巴哈尔·阿卜杜热合曼", "\u3400一", ""],
)
def test_a_rare_name_that_can_be_printed_is_none_of_our_business(name: str) -> None:
    found = [each.words for each in personal_problems({"name": name}, date(2026, 11, 23), "")]
    assert [each for each in found if "一个字" not in each] == []


@pytest.mark.parametrize("state", ["死亡", "迁出"])
def test_nobody_dies_or_leaves_before_being_born(desk_office: Office, state: str) -> None:
    typed = {"name": "张玉兰", "birth": "1980-01-01", "state": state, "state_on": "1979-12-31"}
    with pytest.raises(RejectedError, match=f"{state}日期早于出生日期"):
        desk_office.save("person", None, typed, confirmed=True)
    desk_office.save("person", None, {**typed, "state_on": "1980-01-01"})
