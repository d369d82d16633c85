"""What can be printed of any list: chosen columns, lines to sign on, labels to be stuck on."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pikepdf.pdfa import validate_written

from lanling_desktop import catalogue
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.printing.labels import SHEETS, Label, Sheet, draw_labels
from lanling_desktop.printing.paper import MASKED, NothingToPrintError, Request, print_paper
from tests.office import add_member
from tests.printing.collisions import collisions, outside
from tests.printing.measure import pages
from tests.printing.samples import RARE, texts

LISTED = [key for key, each in catalogue.registers().items() if each.menu]


def printed(office: Office, key: str, **arguments: str) -> bytes:
    asked = Request(arguments=arguments, edition=arguments.pop("edition", "归档版"))
    return print_paper(office, catalogue.papers()[key], asked).pdf


def labels(*each: Label, sheet: Sheet, start: int = 1) -> bytes:
    out = BytesIO()
    draw_labels(each, out, sheet=sheet, start=start)
    return out.getvalue()


@pytest.mark.parametrize("key", LISTED)
def test_every_list_has_its_three_papers(demo_office: Office, key: str) -> None:
    papers = catalogue.papers()
    if demo_office.registers[key].made_by:  # nobody signs on what an act left behind
        assert f"list_{key}" in papers
        assert f"sign_in_{key}" not in papers
        return
    for each in ("list", "sign_in", "labels"):
        assert papers[f"{each}_{key}"].register == key
    if demo_office.count(View(key)):
        first = demo_office.page(
            View(key),
            0,
            1,
            keys=(papers[f"labels_{key}"].columns(demo_office.registers[key])[0],),
            masked=False,
        )[0][1]  # type: ignore[misc]
        for each in ("sign_in", "labels"):
            said = "".join("".join(texts(printed(demo_office, f"{each}_{key}"))).split())
            assert each == "sign_in" or "".join(first.split()) in said
            assert "演示" in said


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_labels_lie_within_their_sheet_and_never_on_each_other(sheet: Sheet) -> None:
    long = Label(
        f"{'艾' * 30}{RARE}", ["兰陵县东苑社区兰陵花园3号楼2单元501室" * 2, "联系电话：13812345678"]
    )
    short = Label("张玉兰", ["第4网格党支部"])
    pdf = labels(*[long, short, Label("李娜")] * 16, sheet=sheet)
    assert len(pages(pdf)) == -(-48 // sheet.places)
    for page in pages(pdf):
        assert collisions(page) == []
        assert outside(page, 210, 297) == []
    assert sheet.left * 2 + sheet.step * (sheet.across - 1) + sheet.width == pytest.approx(
        210, abs=1
    )
    assert sheet.top * 2 + sheet.height * sheet.down == pytest.approx(297, abs=1.5)


@settings(max_examples=25, deadline=None)
@given(some.integers(1, 60), some.sampled_from(sorted(SHEETS)), some.integers(1, 24))
def test_every_label_is_there_whatever_the_sheet(count: int, name: str, start: int) -> None:
    sheet = SHEETS[name]
    made = [Label(f"户{number:03}号") for number in range(count)]
    if start > sheet.places:
        with pytest.raises(OfficeError, match="没有第"):
            labels(*made, sheet=sheet, start=start)
        return
    sheets = texts(labels(*made, sheet=sheet, start=start))
    assert len(sheets) == -(-(count + start - 1) // sheet.places)
    said = "".join(sheets)
    assert [f"户{number:03}号" in said for number in range(count)] == [True] * count
    assert sheets[0].count("户") == min(count, sheet.places - start + 1)


def test_what_no_label_holds_is_refused_by_name(desk_office: Office) -> None:
    add_member(desk_office, "张玉兰")
    with pytest.raises(OfficeError, match=r"“李娜”的标签.*印不下"):
        labels(Label("李娜", ["地址" * 900]), sheet=next(iter(SHEETS.values())))


def test_labels_say_what_was_chosen(desk_office: Office) -> None:
    add_member(desk_office, "张玉兰", person__phone="13812345678")
    asked = {"columns": "联系电话、姓名", "heads": "是", "sheet": "2x7"}
    said = "".join(texts(printed(desk_office, "labels_party_member", **asked)))
    assert said.index("13812345678") < said.index("姓名：张玉兰")
    assert "联系电话：" not in said, "the first column stands by itself"
    public = "".join(texts(printed(desk_office, "labels_party_member", edition=MASKED, **asked)))
    assert "13812345678" not in public
    with pytest.raises(OfficeError, match="没有“电话号”这一栏"):
        printed(desk_office, "labels_party_member", columns="电话号")
    with pytest.raises(OfficeError, match="不能小于 1"):
        printed(desk_office, "labels_party_member", start="0")


def test_a_sign_in_sheet_word_for_word(desk_office: Office) -> None:
    desk_office.desk.put("unit", "向阳社区党委")
    for name in ("张玉兰", "李建国"):
        add_member(desk_office, name)
    asked = {"title": "党员大会签到表", "time": "11月25日", "place": "二楼", "blank": "1"}
    (page,) = texts(printed(desk_office, "sign_in_party_member", columns="姓名", **asked))
    assert sorted(
        "".join(re.sub(r"打印编号 \S+　校验码 \w{8}　归档版", "", page).split())
    ) == sorted(
        "党员大会签到表单位（盖章）：向阳社区党委制表日期：2026年11月23日时间：11月25日地点：二楼"
        "序号姓名签名备注1李建国2张玉兰3主持人：记录人：第1页共1页"
    )


@pytest.mark.parametrize("each", ["sign_in", "labels"])
def test_a_sheet_for_nobody_is_said_not_printed(desk_office: Office, each: str) -> None:
    with pytest.raises(NothingToPrintError, match="是空的"):
        printed(desk_office, f"{each}_party_member")


@pytest.mark.parametrize("each", ["sign_in", "labels"])
def test_they_are_pdf_a(desk_office: Office, each: str) -> None:
    add_member(desk_office, f"张{RARE}")
    assert validate(printed(desk_office, f"{each}_party_member")) == []


def validate(pdf: bytes) -> list[str]:
    return [str(finding) for finding in validate_written(BytesIO(pdf), "2b").findings]
