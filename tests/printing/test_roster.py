from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing.paginate import paginate
from lanling_desktop.printing.preview import page_text
from lanling_desktop.printing.roster import draw_roster
from tests.printing.samples import MARKUP, RARE, printed, roster, rows, texts, words

GOLDEN = """
党员中心户花名册
单位（盖章）：金牛社区党总支
截至：2026年10月31日 制表日期：2026年11月23日
序号 姓名 家庭住址 工资 备注
1 王建国1 金牛小区1号楼 100.00
2 王建国2 金牛小区2号楼 200.00
合计 300.00
注：示例。
填表人： 审核人： 单位负责人：
第 1 页 共 1 页
归档版
"""
VOLATILE = ("打印编号", "2026-00012", "校验码", "A1B2C3D4")  # differ from print to print


def test_a_roster_says_what_it_should() -> None:
    pdf, result = printed(roster(rows(2), notes="示例。", totals=("合计", "", "", "300.00", "")))
    assert result.pages == 1
    said = [word for word in words(page_text(pdf, 0)) if word not in VOLATILE]
    assert sorted(said) == sorted(GOLDEN.split())


@pytest.mark.fault(55)
def test_rare_characters_and_markup_are_literal() -> None:
    pdf, _ = printed(roster([("1", RARE, MARKUP, "&amp;", "\\(x) %s {0}")]))
    text = page_text(pdf, 0)
    for expected in (RARE, MARKUP, "&amp;", "\\(x) %s {0}"):
        assert expected in text


def test_no_rows_prints_an_empty_table() -> None:
    pdf, result = printed(roster([]))
    assert result.pages == 1
    assert "无" in words(page_text(pdf, 0))


@pytest.mark.parametrize("landscape", [True, False])
def test_every_page_has_head_and_number_and_only_the_last_is_signed(landscape: bool) -> None:
    pdf, result = printed(roster(rows(200), landscape=landscape))
    pages = texts(pdf)
    assert len(pages) == result.pages > 1
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页 共 {len(pages)} 页" in page
        assert "家庭住址" in page
        assert "2026-00012" in page
        assert ("单位负责人：" in page) == (number == len(pages))
    found = re.findall(r"王建国(\d+)", "".join(pages))
    assert found == [str(n) for n in range(1, 201)]


def test_an_over_long_cell_wraps_and_keeps_every_character() -> None:
    long = "长期组织楼栋议事（每月一次），协调解决充电桩、漏水、噪声等问题。" * 5
    pdf, result = printed(roster([("1", "王建国", "金牛小区", "1", long), *rows(3)[1:]]))
    assert result.wrapped == 1
    assert long in "".join(page_text(pdf, 0).split())


@pytest.mark.fault(57)
def test_a_row_higher_than_a_page_goes_on_overleaf() -> None:
    long = "".join(f"第{n}件事已办结。" for n in range(1200))  # 件 cannot be cut by a page's end
    pdf, result = printed(roster([*rows(2), ("3", "李娜", "金牛小区", "1", long), *rows(4)[3:]]))
    assert result.pages > 2
    text = "".join("".join(page.split()) for page in texts(pdf))
    assert text.count("件") == 1200
    numbers = list(map(int, re.findall(r"第(\d+)件", text)))
    assert numbers == sorted(numbers)
    assert text.count("李娜") == 1


def test_a_long_text_shrinks_before_it_wraps() -> None:
    address = "兰陵县卞庄街道金牛小区十二号楼三单元一千一百零二室东户（原五号楼）"
    listed = [*rows(20), ("21", "李娜", address, "1", "")]
    _, result = printed(roster(listed))
    assert (result.shrunk, result.wrapped) == (1, 0)


def test_empty_cells_show_what_is_asked() -> None:
    pdf, _ = printed(roster(rows(3), empty_as="—"))
    assert page_text(pdf, 0).count("—") == 3


def test_long_titles_and_notes_are_whole() -> None:
    title = "兰陵县卞庄街道金牛社区" * 6 + "花名册"
    notes = "".join(f"说明{n}。" for n in range(2500))
    pdf, result = printed(roster(rows(3), title=title, notes=notes, demo=True))
    pages = texts(pdf)
    assert title in "".join(pages[0].split())
    assert "演示" in pages[0]
    assert "说明2499。" in "".join("".join(pages).split())
    assert result.pages > 1


def test_progress_is_told_each_page_and_may_stop() -> None:
    told: list[tuple[int, int]] = []
    _, result = printed(roster(rows(100)))
    draw_roster(roster(rows(100)), BytesIO(), lambda done, of: told.append((done, of)))
    assert told == [(n, result.pages) for n in range(1, result.pages + 1)]


class _StopError(Exception):
    pass


def test_a_stopped_print_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        raise _StopError

    with pytest.raises(_StopError):
        draw_roster(roster(rows(100)), tmp_path / "名册.pdf", stop)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_replaced_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "名册.pdf"
    out.write_bytes(b"old")

    def refused(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OfficeError, match="写不进去"):
        draw_roster(roster(rows(1)), out)
    assert [path.name for path in tmp_path.iterdir()] == ["名册.pdf"]
    assert out.read_bytes() == b"old"
    with pytest.raises(OfficeError, match="文件夹不存在"):
        draw_roster(roster(rows(1)), tmp_path / "无" / "名册.pdf")


def test_the_last_row_goes_with_the_signatures() -> None:
    slots = paginate([10.0] * 10, first=100, later=100, last=5, lines=lambda _: (1, 1.0), around=0)
    assert [len(page) for page in slots] == [9, 1]
    assert [slot.row for page in slots for slot in page] == list(range(10))


def test_absurd_heads_still_print_every_row() -> None:
    pdf, _ = printed(roster(rows(5), title="花名册" * 400))
    found = re.findall(r"王建国(\d+)", "".join(texts(pdf)))
    assert found == ["1", "2", "3", "4", "5"]
