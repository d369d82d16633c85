from __future__ import annotations

import pytest

from lanling_desktop.core.errors import OfficeError
from lanling_desktop.paths import resource
from lanling_desktop.printing.fonts import Role, clean, missing, refuse_missing, typeface
from lanling_desktop.printing.pdfa import Document
from lanling_desktop.printing.preview import page_text
from tests.printing.samples import RARE, printed, roster

NOWHERE = "\U0003134f"  # the last of extension H


@pytest.mark.parametrize("role", ["song", "hei", "kai", "fang", "title"])
def test_every_role_draws_every_character(role: Role) -> None:
    text = f"兰陵县金牛社区{RARE}￥¥℃人⼈“”——……"
    face = typeface(role)
    assert all(map(face.covers, text))
    document = Document("字样")
    document.add_page(f"BT 1 0 0 1 40 700 Tm {document.show(face, 16, text)} ET", 595, 842)
    assert text in page_text(document.finish(), 0)


def test_full_width_yuan_is_not_drawn_by_fandol() -> None:
    assert [place for place, _ in typeface("fang").runs("元￥元")] == [0, 1, 0]


def test_the_fonts_are_light_and_licensed() -> None:
    folder = resource("fonts")
    fonts = list(folder.glob("*.ttf"))
    assert sum(font.stat().st_size for font in fonts) < 70e6
    for font in fonts:
        family = font.stem.split("-")[0]
        assert list(folder.glob(f"{family}-*.txt")), f"no licence beside {font.name}"


@pytest.mark.fault(48)
def test_missing_characters_are_named_with_their_places() -> None:
    assert missing([("甲", "王\t建国"), ("乙", f"李{NOWHERE}"), ("丙", NOWHERE)]) == {
        NOWHERE: ["乙", "丙"]
    }
    with pytest.raises(OfficeError, match=r"U\+3134F.*乙"):
        refuse_missing([("乙", NOWHERE)])


@pytest.mark.fault(48)
def test_a_roster_with_an_undrawable_name_is_refused_before_printing() -> None:
    paper = roster([("1", "王建国", "", "", ""), ("2", f"李{NOWHERE}", "", "", "")])
    with pytest.raises(OfficeError, match=r"第 2 行（李.）“姓名”栏") as trouble:
        printed(paper)
    assert trouble.value.safe


def test_characters_without_a_shape_are_left_out() -> None:
    assert clean("王\u200b建\ufeff国\r\n葛\U000e0100\x00") == "王建国\n葛"
    pdf, _ = printed(roster([("1", "王\u200b建国", "葛\U000e0100\x07", "", "")]))
    text = page_text(pdf, 0)
    assert "王建国" in text
    assert "葛" in text


def test_a_document_refuses_what_nobody_looked_up() -> None:
    with pytest.raises(LookupError):
        Document("字样").show(typeface("song"), 10, NOWHERE)
