from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf.pdfa import validate_written

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing.official import (
    Colophon,
    Heading,
    NameList,
    OfficialDocument,
    Paragraph,
    Signature,
    draw_official,
    numbered,
)
from lanling_desktop.printing.official_parts import addressed, attached, listed, noted
from lanling_desktop.printing.title_breaks import break_title
from tests.printing.measure import BOTTOM, LEFT, PITCH, RIGHT, TOP, Page, Rule, drawn, pages
from tests.printing.official_samples import NAMES, minutes, notice
from tests.printing.samples import RARE

EM = 156 / 28
MM = 1.0  # what a ruler on the paper may find amiss
FULL = minutes([Paragraph("国" * 28 * 22 * 2 + "国" * 28 * 12)], colophon=None)


def said(found: list[Page]) -> str:
    return "".join(char.text for page in found for char in page.inside())


def expected(document: OfficialDocument) -> str:
    """Everything the type area should say, in order."""
    parts = [document.mark, document.number, document.title, addressed(document)]
    if not document.mark:
        parts[1:3] = [document.title, document.number]
    for block in document.body:
        if isinstance(block, NameList):
            parts += [f"{block.label}：", "、".join(block.names)]
        else:
            parts.append(block.text)
    if document.attachments:
        parts += ["附件：", *attached(document)]
    if document.signature:
        day = document.signature.on
        parts += [*document.signature.signers, f"{day.year}年{day.month}月{day.day}日"]
    parts.append(noted(document))
    if document.colophon:
        copies, day = listed(document.colophon.copies), document.colophon.issued_on
        parts += [f"抄送：{copies}"] if copies else []
        parts += [document.colophon.issuer, f"{day.year}年{day.month}月{day.day}日印发"]
    return "".join("".join(parts).split())


def near(value: float) -> object:
    return pytest.approx(value, abs=MM)


# -- the standard, measured ---------------------------------------------------------------------


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    _, page, *_ = pages(drawn(FULL))
    lines = page.lines()
    assert [len(line) for line in lines] == [28] * 22
    for earlier, later in itertools.pairwise(lines):
        assert later[0].y - earlier[0].y == pytest.approx(PITCH, abs=0.02)
    assert {char.size for line in lines for char in line} == {15.75}


def test_the_type_area_lies_28_from_the_left_and_37_from_the_top() -> None:
    _, page, *_ = pages(drawn(FULL))
    lines = page.lines()
    assert min(char.top for char in lines[0]) == near(TOP)
    for line in lines:
        assert line[0].left == near(LEFT)
        assert line[-1].right == near(RIGHT)
    assert max(char.bottom for char in lines[-1]) <= BOTTOM
    assert lines[-1][0].y - lines[0][0].y == pytest.approx(21 * PITCH, abs=0.05)


@pytest.mark.parametrize(
    "mark", ["会议纪要", "金牛社区红色议事厅纪要", "卞庄街道金牛社区红色议事厅纪要"]
)
def test_the_mark_is_red_centred_and_35_below_the_type_area(mark: str) -> None:
    page, *_ = pages(drawn(minutes(mark=mark)))
    found = page.find(mark)
    assert min(char.top for char in found) == near(TOP + 35)
    first, last = found[0], found[-1]
    assert (first.left - LEFT) == near(RIGHT - last.right)
    assert first.left >= LEFT - 0.1


def test_a_long_mark_stands_on_two_lines_within_the_type_area() -> None:
    mark = "中共兰陵县卞庄街道金牛社区总支部委员会文件"
    found = pages(drawn(minutes(mark=mark)))[0].find(mark)
    assert len({round(char.y) for char in found}) == 2
    assert min(char.left for char in found) >= LEFT
    assert max(char.right for char in found) <= RIGHT
    assert min(char.top for char in found) == near(TOP + 35)


def red(page: Page) -> list[Rule]:
    return [rule for rule in page.rules if rule.colour[0] > 200 and max(rule.colour[1:]) < 40]


def test_the_red_line_lies_4_below_the_number_as_wide_as_the_type_area() -> None:
    page, *later = pages(drawn(minutes()))
    (line,) = red(page)
    number = page.find("〔2026〕3号")
    assert line.y - max(char.bottom for char in number) == near(4)
    assert (line.left, line.right) == (near(LEFT), near(RIGHT))
    mark = page.find("金牛社区红色议事厅纪要")
    blank = min(char.top for char in number) - max(char.bottom for char in mark)
    assert blank == near(2 * PITCH)  # 下空二行
    title = page.find("金牛小区红色议事厅第9次例会纪要")
    assert min(char.top for char in title) - line.y == near(2 * PITCH)
    assert {char.size for char in title} == {22.0}
    assert not any(red(page) for page in later)


def test_the_imprint_lies_on_the_bottom_of_the_last_page() -> None:
    *earlier, page = pages(drawn(minutes()))
    first, middle, last = sorted(page.rules, key=lambda rule: rule.y)
    assert [round(rule.weight, 2) for rule in (first, middle, last)] == [0.35, 0.25, 0.35]
    assert last.y == pytest.approx(BOTTOM, abs=0.05)
    for rule in (first, middle, last):
        assert (rule.left, rule.right) == (near(LEFT), near(RIGHT))
    copies, issued = page.find("抄送："), page.find("2026年9月11日印发")
    assert copies[0].size == issued[0].size == 14.0
    assert copies[0].x == near(LEFT + 4.9)  # 一个 4 号字
    assert issued[-1].right == near(RIGHT - 4.9)
    assert first.y < copies[0].top < copies[0].bottom < middle.y < issued[0].top < last.y
    assert not [rule for early in earlier for rule in early.rules if rule not in red(early)]


def test_an_imprint_without_receivers_has_two_lines() -> None:
    *_, page = pages(drawn(notice()))
    assert [round(rule.weight, 2) for rule in page.rules] == [0.35, 0.35]


def test_page_numbers_are_7_below_the_type_area_odd_right_even_left() -> None:
    for number, page in enumerate(pages(drawn(FULL)), start=1):
        found = page.find(f"—{number}—")
        assert found[0].top - BOTTOM == near(7)
        assert {char.size for char in found} == {14.0}
        if number % 2:
            assert found[-1].right == near(RIGHT - 4.9)
        else:
            assert found[0].left == near(LEFT + 4.9)


def test_every_page_carries_its_proof_in_the_margin() -> None:
    found = pages(drawn(FULL))
    for number, page in enumerate(found, start=1):
        proof = page.find(f"打印编号2026-00012校验码A1B2C3D4归档版第{number}页共{len(found)}页")
        assert proof[0].top > BOTTOM + 15
        assert proof[0].size <= 7


def test_paragraphs_and_headings_begin_two_characters_in() -> None:
    found = pages(drawn(minutes()))
    for text in ("2026年9月10日", "一、关于", "（一）新增", "1.责任", "（1）登记"):
        page = next(page for page in found if text in "".join(char.text for char in page.chars))
        assert page.find(text)[0].x == near(LEFT + 2 * EM)


def test_names_hang_beside_their_label() -> None:
    found = pages(drawn(minutes([Paragraph("会议。"), NameList("出席", NAMES * 3)])))
    page = next(page for page in found if "出席" in "".join(char.text for char in page.chars))
    start = page.find("出席：")
    lines = [line for line in page.lines() if start[0].y - 0.1 < line[0].y < BOTTOM - 30]
    assert start[0].x == near(LEFT + 2 * EM)
    assert len(lines) > 3
    for line in lines[1:]:
        assert line[0].x == near(LEFT + 5 * EM)
    assert start[0].y - page.find("会议。")[0].y == near(2 * PITCH)  # 空一行


# -- signatures ---------------------------------------------------------------------------------


def test_an_unsealed_signature_stands_two_characters_from_the_right() -> None:
    page, *_ = pages(drawn(notice()))
    name, day = page.find("金牛社区居民委员会"), page.find("2026年9月1日")
    assert name[-1].x + EM == near(RIGHT - 2 * EM)
    assert day[0].x == near(name[0].x + 2 * EM)
    assert day[0].y - name[0].y == pytest.approx(PITCH, abs=0.02)


def test_a_date_longer_than_the_name_decides_where_both_stand() -> None:
    signature = Signature(["党支部"], date(2026, 12, 31), sealed=False)
    page, *_ = pages(drawn(notice(signature=signature, addressee="", colophon=None)))
    name, day = page.find("党支部"), page.find("2026年12月31日")
    assert day[-1].x + EM == near(RIGHT - 2 * EM)
    assert day[0].x == near(name[0].x + 2 * EM)


def test_a_sealed_signature_leaves_room_for_the_seal() -> None:
    signature = Signature(["金牛社区居民委员会"], date(2026, 9, 1))
    document = notice(signature=signature, attachments=[], note="", colophon=None)
    page, *_ = pages(drawn(document))
    name, day, text = (page.find(said) for said in ("金牛社区居", "2026年9月1日", "下。"))
    assert day[-1].x + EM == near(RIGHT - 4 * EM)
    whole = page.find("金牛社区居民委员会")
    middle = (day[0].left + day[-1].right) / 2
    assert (whole[0].left + whole[-1].right) / 2 == near(middle)
    seal_top = text[0].y + PITCH  # at most one line below the text
    centre = seal_top + 21
    assert name[0].top > seal_top
    assert (name[0].top + day[0].bottom) / 2 == pytest.approx(centre, abs=5)


def test_two_signers_stand_side_by_side_when_their_seals_do_not_touch() -> None:
    names = ["中共金牛社区委员会", "金牛社区居民委员会"]
    page, *_ = pages(drawn(notice(signature=Signature(names, date(2026, 9, 1)))))
    one, two = page.find(names[0]), page.find(names[1])
    assert one[0].y == two[0].y
    centres = [(found[0].left + found[-1].right) / 2 for found in (one, two)]
    assert centres[1] - centres[0] >= 43
    assert one[0].left >= LEFT


@pytest.mark.parametrize("attachments", [[], ["复核表"], ["复核表", "登记表", "名单"]])
@pytest.mark.parametrize("lines", range(1, 26))
def test_no_page_holds_only_a_signature_or_an_imprint(lines: int, attachments: list[str]) -> None:
    body = [Paragraph("国" * 28 * lines)]
    signature = Signature(["社区"], date(2026, 9, 1))
    found = pages(drawn(minutes(body, signature=signature, attachments=attachments)))
    last = [line for line in found[-1].lines() if line[0].text == "国"]
    if lines > 1:  # the only line there is stays on the first page
        assert len(last) >= 2 or len(found) == 1
    elif len(found) > 1:
        assert found[-1].find("附件：")
    assert any(line[0].text == "国" for line in found[0].lines())


# -- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", range(4, 12))
def test_a_heading_never_ends_a_page(lines: int) -> None:
    body = [
        Paragraph("国" * 28 * lines),
        Heading("小标题"),
        Heading("又一个", 2),
        Paragraph("文" * 99),
    ]
    for page in pages(drawn(minutes(list(numbered(body)), colophon=None))):
        assert page.lines()[-1][0].text not in "一（"


def test_the_first_page_shows_body_text_under_a_long_title() -> None:
    title = f"关于{'做好党员中心户复核和挂牌更新' * 8}的通知"
    page, *_ = pages(drawn(minutes(title=title, addressee="各党支部")))
    assert page.find("2026年9月10日")


def test_an_addressee_too_long_for_the_first_page_moves_to_the_imprint() -> None:
    addressee = "、".join(f"第{count}网格党支部" for count in range(60))
    found = pages(drawn(minutes(addressee=addressee)))
    assert found[0].find("2026年9月10日")
    text = said(found)
    assert f"主送：{addressee}。" in text
    assert text.index("主送：") > text.index("列席：")


def test_a_long_body_loses_nothing_in_more_than_20_pages() -> None:
    body = [
        Paragraph(f"第{count}段。" + "会议议定由业主委员会提出申请。" * 12) for count in range(70)
    ]
    document = minutes(body)  # type: ignore[arg-type]
    found = pages(drawn(document))
    assert len(found) > 20
    assert said(found) == expected(document)


def test_200_names_and_one_of_60_characters() -> None:
    names = [f"代表{count}号" for count in range(200)]
    long = "阿不都热合曼" * 10
    document = minutes([Paragraph("会议。"), NameList("出席", [*names, long, "王" + RARE])])
    found = pages(drawn(document))
    assert said(found) == expected(document)
    for page in found:
        starts = [line[0].text for line in page.lines() if line[0].x > LEFT + 25]
        assert "号" not in starts  # a name is never cut


def test_120_receivers_of_copies_all_stand() -> None:
    copies = [f"第{count}网格党支部" for count in range(120)]
    document = minutes(colophon=Colophon("党总支" * 30, date(2026, 9, 1), copies))
    found = pages(drawn(document))
    assert said(found) == expected(document)
    no_overlap(found)


def test_title_lines_are_a_trapezoid_and_keep_words() -> None:
    title = "关于做好2026年度党员中心户年度复核和挂牌更新工作的通知"
    lines = [line.text for line in break_title(title, "title", 22.0, 442.2)]
    assert "".join(lines) == title
    assert len(lines) == 2
    assert abs(len(lines[0]) - len(lines[1])) >= 1
    assert lines[1].startswith(("复核", "和", "挂牌", "年度复核"))


def test_a_number_stands_before_every_heading() -> None:
    blocks = [Heading("甲"), Heading("乙", 2), Heading("丙", 3), Heading("丁", 4), Heading("戊", 2)]
    texts = [block.text for block in numbered([*blocks, *[Heading("己")] * 11])]  # type: ignore[union-attr]
    assert texts[:6] == ["一、甲", "（一）乙", "1. 丙", "（1）丁", "（二）戊", "二、己"]
    assert texts[-1] == "十二、己"


# -- nothing lost, nothing overlaps -------------------------------------------------------------

WORDS = st.text("社区党员网格会议定事项，。、；：（）《》“”abc12 ", min_size=1, max_size=150)
BLOCKS = st.one_of(
    st.builds(Paragraph, WORDS),
    st.builds(Heading, WORDS, st.sampled_from([1, 2, 3, 4])),
    st.builds(
        NameList,
        st.sampled_from(["出席", "请假", "列席"]),
        st.lists(st.text("王李张刘陈欧阳建国", min_size=2, max_size=60), min_size=1, max_size=40),
    ),
)
NAMED = st.text("金牛社区居民委员会", min_size=1, max_size=40)
SIGNATURES = st.builds(
    Signature, st.lists(NAMED, min_size=1, max_size=4), st.just(date(2026, 9, 1)), st.booleans()
)
IMPRINTS = st.builds(Colophon, NAMED, st.just(date(2026, 9, 1)), st.lists(NAMED, max_size=30))


def no_overlap(found: list[Page]) -> None:
    for page in found:
        lines = page.lines()
        for earlier, later in itertools.pairwise(lines):
            high = max(char.size for char in later) * 25.4 / 72
            assert later[0].y - earlier[0].y >= 1.02 * high
        for line in lines:
            for before, char in itertools.pairwise(line):
                apart = (char.left + char.right - before.left - before.right) / 2
                assert apart >= 0.12 * char.size * 25.4 / 72
            assert line[0].x >= LEFT - 0.1
            assert line[-1].x <= RIGHT
            assert line[0].y > TOP


@settings(max_examples=60, deadline=None)
@given(
    st.lists(BLOCKS, max_size=14),
    st.booleans(),
    st.none() | SIGNATURES,
    st.none() | IMPRINTS,
    st.lists(NAMED, max_size=5),
    st.sampled_from(["", "联系人：李娜"]),
)
def test_any_document_keeps_every_character_and_overlaps_no_line(
    body: list[Paragraph],
    marked: bool,
    signature: Signature | None,
    colophon: Colophon | None,
    attachments: list[str],
    note: str,
) -> None:
    document = replace(
        minutes() if marked else notice(),
        body=body,
        signature=signature,
        colophon=colophon,
        attachments=attachments,
        note=note,
    )
    found = pages(drawn(document))
    assert sorted(said(found)) == sorted(expected(document))
    if signature is None or len(signature.signers) == 1 or not signature.sealed:
        assert said(found) == expected(document)  # side by side, signers are read across
    no_overlap(found)
    assert all(page.lines() for page in found)
    head = replace(document, body=[], signature=None, colophon=None, attachments=[], note="")
    if any(block.label if isinstance(block, NameList) else block.text.strip() for block in body):
        assert len(said(found[:1])) > len(expected(head))  # the first page shows body text


# -- the house's laws ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document", [minutes(demo=True), notice(), FULL], ids=["纪要", "通知", "长"]
)
def test_official_documents_are_pdf_a_2b(document: OfficialDocument) -> None:
    pdf = drawn(document)
    assert [str(found) for found in validate_written(BytesIO(pdf), "2b").findings] == []


def test_what_no_font_has_is_refused_with_its_place(tmp_path: Path) -> None:
    document = minutes([Paragraph("会议。"), NameList("出席", ["王\U0003134f"])])
    with pytest.raises(OfficeError, match="出席名单"):
        draw_official(document, tmp_path / "纪要.pdf")
    assert not list(tmp_path.iterdir())


def test_progress_is_told_each_page() -> None:
    told: list[tuple[int, int]] = []
    result = draw_official(FULL, BytesIO(), lambda done, of: told.append((done, of)))
    assert told == [(number, result.pages) for number in range(1, result.pages + 1)]


def test_an_empty_document_is_still_one_page() -> None:
    (page,) = pages(drawn(OfficialDocument("公示", "", [])))
    assert page.inside() == []
