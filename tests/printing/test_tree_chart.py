"""An organisation chart loses no box, says where it goes on, and stays on its sheet."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing.page import MM
from lanling_desktop.printing.tree_chart import SHEETS, Box, TreeChart, draw_tree_chart
from tests.printing.collisions import collisions, outside
from tests.printing.measure import Page, pages


def drawn(*roots: Box, sheet: str = "A4") -> list[Page]:
    out = BytesIO()
    chart = TreeChart("党组织架构图", roots, "向阳社区居民委员会", "2026年11月23日")
    draw_tree_chart(chart, out, sheet=sheet, print_no="2026-00001", check_code="ABCD1234")
    return list(pages(out.getvalue()))


def said(page: Page) -> str:
    return "".join(char.text for char in page.chars)


def names(count: int, prefix: str, *, below: int = 0) -> list[Box]:
    return [
        Box(f"{prefix}{n}号", "党员 12", names(below, f"{prefix}{n}下") if below else ())
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("sheet", ["A4", "A3"])
def test_a_small_tree_is_one_sheet_with_its_day_and_number(sheet: str) -> None:
    (page,) = drawn(Box("向阳社区大党委", "党员 128", names(3, "支部", below=4)), sheet=sheet)
    text = said(page)
    for words in ("党组织架构图", "截至：2026年11月23日", "打印编号 2026-00001", "第 1 页 共 1 页"):
        assert words.replace(" ", "") in text.replace(" ", "")
    assert "下转" not in text
    assert outside(page, *(each / MM for each in SHEETS[sheet])) == []


def test_a_large_tree_goes_on_with_marks_at_both_ends() -> None:
    found = drawn(Box("全县", "", names(40, "社区", below=9)))
    assert len(found) > 2
    texts = [said(page).replace(" ", "") for page in found]
    for number, text in enumerate(texts, 1):
        assert ("←上接第" in text) == (number > 1)
        assert ("下转第" in text) == (number < len(texts))
        if number > 1:
            assert f"←上接第{number - 1}页" in text
            assert "全县（续）" in text
        if number < len(texts):
            assert f"下转第{number + 1}页→" in text


def test_a_column_that_is_too_long_goes_on_beside_itself() -> None:
    (page,) = drawn(Box("向阳社区", "", names(1, "支部", below=25)))
    assert "支部1号（续）" in said(page)
    assert len(re.findall("支部1下", said(page))) == 25


def test_what_no_box_holds_is_said_before_anything_is_printed() -> None:
    with pytest.raises(OfficeError, match="印不下"):
        drawn(Box("长" * 900, ""))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 30), min_size=0, max_size=25),
    st.integers(0, 3),
    st.sampled_from(list(SHEETS)),
)
def test_every_box_is_there_once_and_on_the_paper(sizes: list[int], deep: int, sheet: str) -> None:
    columns = [
        Box(
            f"甲{n}部",
            "党员 5",
            [Box(f"乙{n}之{m}组", "", names(deep, f"丙{n}之{m}之")) for m in range(size)],
        )
        for n, size in enumerate(sizes)
    ]
    found = drawn(Box("向阳社区大党委", "党员 128", columns), sheet=sheet)
    text = "".join(said(page) for page in found)
    for n, size in enumerate(sizes):
        assert len(re.findall(f"甲{n}部(?!（续）)", text)) == 1
        for m in range(size):
            assert text.count(f"乙{n}之{m}组") == 1
            for k in range(1, deep + 1):
                assert text.count(f"丙{n}之{m}之{k}号") == 1
    width, height = (each / MM for each in SHEETS[sheet])
    assert all(outside(page, width, height) == [] for page in found)
    assert all(collisions(page) == [] for page in found)
