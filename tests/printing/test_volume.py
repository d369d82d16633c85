"""Papers bound in one file: each as it is alone, with the volume's number in the corner."""

from __future__ import annotations

from io import BytesIO

from pikepdf.pdfa import validate_written

from lanling_desktop.printing.form import draw_forms
from lanling_desktop.printing.official import draw_official
from lanling_desktop.printing.roster import draw_roster
from lanling_desktop.printing.volume import Stamp, Volume
from tests.printing.official_samples import notice
from tests.printing.samples import RARE, form, printed_forms, roster, rows, texts

STAMP = Stamp(((("全宗号", "12"), ("年度", "2026")), (("件号", "1"), ("页数", "3"))))


def bound() -> tuple[Volume, list[int]]:
    """A form of three pages, a document of one, a roster; and how many pages each said it has."""
    volume = Volume("全套", author="金牛社区党总支")
    counts = [
        draw_forms([form(members=60)], volume).pages,
        draw_official(notice(), volume).pages,
        draw_roster(roster(rows(3)), volume).pages,
    ]
    return volume, counts


def test_each_paper_counts_its_own_pages() -> None:
    volume, counts = bound()
    assert counts == [3, 1, 1]
    assert volume.pages == 5
    said = texts(volume.finish())
    assert said[:3] == texts(printed_forms(form(members=60)))  # a number was not asked for


def test_numbers_go_on_through_the_volume_behind_its_contents() -> None:
    volume, _ = bound()
    volume.bring_to_front(1)
    volume.number(after=1, stamps={1: STAMP})
    said = texts(volume.finish())
    assert "党员中心户花名册" in said[0]
    plain = texts(printed_forms(form(members=60)))
    for number, (alone, page) in enumerate(zip(plain, said[1:], strict=False), start=1):
        added = page.replace("\r", "").split()
        for word in alone.split():
            added.remove(word)
        stamped = ["全宗号", "年度", "12", "2026", "件号", "页数", "1", "3"] if number == 1 else []
        assert sorted(added) == sorted([str(number), *stamped])


def test_a_volume_is_pdf_a() -> None:
    volume, _ = bound()
    draw_forms([form(RARE * 9)], volume)
    volume.number(stamps={1: STAMP, 4: STAMP})
    out = BytesIO(volume.finish())
    assert [str(finding) for finding in validate_written(out, "2b").findings] == []
