from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf.pdfa import validate_written

from lanling_desktop.printing.plaque import draw_plaques
from tests.printing.samples import MARKUP, RARE, form, printed, printed_forms, roster, rows
from tests.printing.test_form import cards


def papers() -> dict[str, bytes]:
    listed = [*rows(200), ("201", RARE, MARKUP, "1", "长" * 200)]
    sheet = BytesIO()
    draw_plaques(cards(3), sheet, demo=True)
    return {
        "roster": printed(roster(listed, title=f"{MARKUP}\x01{RARE}", demo=True))[0],
        "empty roster": printed(roster([], unit=""))[0],
        "form": printed_forms(form(RARE * 60), form()),
        "cards": sheet.getvalue(),
    }


@pytest.mark.parametrize("name", ["roster", "empty roster", "form", "cards"])
def test_papers_are_pdf_a_2b(name: str) -> None:
    pdf = papers()[name]
    assert [str(finding) for finding in validate_written(BytesIO(pdf), "2b").findings] == []


def test_fonts_are_embedded_once_and_metadata_is_chinese() -> None:
    with pikepdf.open(BytesIO(papers()["roster"])) as pdf:
        fonts = pdf.pages[0].Resources.Font
        bases = [str(font.BaseFont).split("+")[1] for font in fonts.values()]
        assert len(bases) == len(set(bases))
        assert str(pdf.docinfo["/Title"]) == f"{MARKUP}{RARE}"
        assert pdf.Root.Lang == "zh-CN"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == f"{MARKUP}{RARE}"
            assert metadata["pdfaid:part"] == "2"
