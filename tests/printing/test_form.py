from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing.form import Grid, Opinion, draw_forms, label, value
from lanling_desktop.printing.plaque import PlaqueCard, draw_plaques
from lanling_desktop.printing.preview import page_count, page_text, render
from tests.printing.samples import MARKUP, RARE, form, printed_forms, texts, words

GOLDEN = f"""
党员中心户登记表 单位（盖章）：金牛社区党总支 编号：JN-0012 制表日期：2026年11月23日
基 本 情 况 户主姓名 王{RARE} 性别 男 服务特长 {MARKUP} 主要事迹 热心楼栋事务。
联 系 党 员 序号 姓名 党支部 1 李娜1 第一网格党支部 2 李娜2 第一网格党支部
党 支 部 意 见 同意。 负责人签字： （盖章） 2026年9月1日
注：一式两份。 填表人：
第 1 页 共 1 页 归档版
"""


def test_a_form_says_what_it_should() -> None:
    (page,) = texts(printed_forms(form()))
    assert sorted("".join(words(page))) == sorted("".join(GOLDEN.split()))
    for expected in (f"王{RARE}", MARKUP, "2026年9月1日", "第 1 页 共 1 页"):
        assert expected in page


def test_each_form_begins_a_page_and_counts_its_own() -> None:
    pages = texts(printed_forms(form(), form(members=60), form()))
    numbers = [re.findall(r"第 (\d+) 页 共 (\d+) 页", page)[0] for page in pages]
    assert numbers == [("1", "1"), ("1", "3"), ("2", "3"), ("3", "3"), ("1", "1")]
    assert all("党支部" in page for page in pages[1:3])  # the table's head stands again
    found = re.findall(r"李娜(\d+)", "".join(pages[1:4]))
    assert found == [str(n) for n in range(1, 61)]


def test_text_longer_than_a_page_flows_on() -> None:
    facts = "".join(f"第{n}件事已办结，居民满意；" for n in range(600))
    pages = texts(printed_forms(form(facts)))
    assert len(pages) > 2
    text = "".join("".join(page.split()) for page in pages)
    assert text.count("件") == 600  # one character: a page's end cannot cut it
    numbers = list(map(int, re.findall(r"第(\d+)件", text)))
    assert numbers == sorted(numbers)


def test_a_long_opinion_keeps_its_signature() -> None:
    paper = replace(form(), blocks=[Opinion("意见", "经研究，同意推荐。" * 700)])
    pages = texts(printed_forms(paper))
    text = "".join("".join(page.split()) for page in pages)
    assert text.count("荐") == 700
    assert "负责人签字：" in pages[-1]
    assert "负责人签字：" not in pages[0]


def test_an_undrawable_character_names_its_form(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="党员中心户登记表”JN-0012"):
        draw_forms([form("\U0003134f")], tmp_path / "表.pdf")
    assert not list(tmp_path.iterdir())


def cards(count: int) -> list[PlaqueCard]:
    return [
        PlaqueCard("金牛社区", f"王{RARE}", f"JN-{n:04}", "5", "0539-5211234") for n in range(count)
    ]


def test_cards_fill_sheets_in_order(tmp_path: Path) -> None:
    out = tmp_path / "挂牌卡.pdf"
    assert draw_plaques(cards(9), out, per_page=8).pages == 2
    assert page_count(out) == 2
    found = re.findall(r"JN-(\d+)", page_text(out, 0) + page_text(out, 1))
    assert found == [f"{n:04}" for n in range(9)]
    for expected in ("党员中心户", f"户主：王{RARE}", "联系党员：5 名", "监督电话：0539-5211234"):
        assert expected in page_text(out, 1)


def test_a_page_is_rendered_for_the_screen() -> None:
    width, height, data = render(printed_forms(form()), 0, 72)
    assert (width, height) == (596, 842)
    assert len(data) == width * height * 4
    assert 0 in data
    assert data.count(255) > len(data) / 2


def test_rows_that_flow_are_cut_where_the_page_ends() -> None:
    text = "".join(f"第{n}件事已办结，居民满意；" for n in range(80))
    blocks = [
        Grid([[label("摘要"), value(text, 0.85)]], side=f"事{n}", flows=True) for n in range(8)
    ]
    kept, flowing = (
        texts(printed_forms(replace(form(), blocks=[replace(b, flows=f) for b in blocks])))
        for f in (False, True)
    )
    assert len(flowing) < len(kept)
    numbers = re.findall(r"第(\d+)件", "".join("".join(flowing).split()))
    assert len(numbers) >= 8 * 80 - 2 * len(flowing)  # a page's end may cut one


def test_rows_that_are_bound_stand_with_what_follows() -> None:
    for lines in range(1, 60):
        blocks = [
            Grid([[label("前"), value("字\n" * lines, 0.85)]]),
            Grid([[label("题目")]], bound=True),
            Grid([[label("正文"), value("后来的话\n" * 9, 0.85)]]),
        ]
        pages = texts(printed_forms(replace(form(), blocks=blocks)))
        page = next(page for page in pages if "题目" in page)
        assert "后来的话" in page
