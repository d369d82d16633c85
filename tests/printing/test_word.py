from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings

from lanling_desktop import paths
from lanling_desktop.core.errors import OfficeError
from lanling_desktop.printing.form import Form, Grid, Picture, label, value
from lanling_desktop.printing.official import Colophon, NameList, OfficialDocument, Paragraph
from lanling_desktop.printing.official_parts import addressed, attached, listed, noted
from lanling_desktop.printing.word import write_word
from tests.core.pictures import jpeg
from tests.printing.measure import BOTTOM, LEFT, PITCH, RIGHT, TOP, pages
from tests.printing.official_samples import minutes, notice
from tests.printing.samples import MARKUP, RARE, form
from tests.printing.test_official import WORDS

# what Word wants of the order of a paragraph's, a run's and a cell's properties
ORDER = {
    "pPr": "keepNext keepLines framePr widowControl pBdr shd tabs overflowPunct autoSpaceDE"
    " autoSpaceDN snapToGrid spacing ind jc",
    "rPr": "rFonts color spacing w kern sz szCs lang",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "tblPr": "tblW tblBorders tblLayout",
    "trPr": "cantSplit trHeight",
}


def written(document: OfficialDocument | Form) -> Any:
    return docx.Document(BytesIO(saved(document)))


def saved(document: OfficialDocument | Form) -> bytes:
    out = BytesIO()
    write_word(document, out)
    return out.getvalue()


def said(file: Any) -> str:
    """All text of the body, in the order of the file, without blanks."""
    return "".join("".join(node.text or "" for node in file.element.body.iter(qn("w:t"))).split())


def parts(document: OfficialDocument) -> Iterator[str]:
    yield from (document.mark, document.number, document.title, addressed(document))
    for block in document.body:
        if isinstance(block, NameList):
            yield f"{block.label}：{'、'.join(block.names)}"
        else:
            yield block.text
    yield from attached(document)
    yield noted(document)
    if document.colophon:
        yield from (listed(document.colophon.copies), document.colophon.issuer)
    if document.signature:
        yield from document.signature.signers


def around(element: Any, name: str) -> dict[str, str]:
    found = element.find(f".//{qn(f'w:{name}')}")
    return {key.rpartition("}")[2]: value for key, value in found.attrib.items()}


def test_the_sheet_has_the_standard_margins_and_lines() -> None:
    sheet = written(minutes()).element.body.sectPr
    assert around(sheet, "pgSz") == {"w": "11906", "h": "16838"}
    margins = {side: int(twips) / 20 * 25.4 / 72 for side, twips in around(sheet, "pgMar").items()}
    for side, millimetres in (("top", 37), ("right", 26), ("bottom", 35), ("left", 28)):
        assert margins[side] == pytest.approx(millimetres, abs=0.1)
    assert around(sheet, "docGrid") == {"type": "lines", "linePitch": "579"}
    assert 22 * 579 <= 16838 - 2098 - 1984  # 22 lines fit


def test_each_level_has_its_font_and_3_size() -> None:
    file = written(minutes())
    wanted = {
        "一、关于": "黑体",
        "（一）": "楷体",
        "1. 责任": "仿宋",
        "（1）": "仿宋",
        "出席": "黑体",
        "2026年9月10": "仿宋",
        "金牛社区红色": "方正小标宋简体",
    }
    for start, font in wanted.items():
        paragraph = next(found for found in file.paragraphs if found.text.startswith(start))
        run = paragraph.runs[0]._r
        assert around(run, "rFonts")["eastAsia"] == font
        if font != "方正小标宋简体":
            assert around(run, "sz")["val"] == "32"
            assert around(run, "spacing")["val"] == "-5"  # 28 characters to the line
            assert around(paragraph._p.pPr, "spacing")["line"] == "579"
    table = zipfile.ZipFile(BytesIO(saved(minutes()))).read("word/fontTable.xml").decode()
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/>' in table


def test_the_mark_and_its_line_are_red() -> None:
    file = written(minutes())
    mark = next(found for found in file.paragraphs if found.text.startswith("金牛社区红色"))
    assert around(mark._p, "color")["val"] == "FF0000"
    number = next(found for found in file.paragraphs if "〔2026〕" in found.text)
    assert around(number._p.pPr.find(qn("w:pBdr")), "bottom")["color"] == "FF0000"


def test_page_numbers_are_right_on_odd_and_left_on_even_pages() -> None:
    file = written(minutes())
    assert file.settings.odd_and_even_pages_header_footer
    section = file.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        number, proof = footer.paragraphs
        assert around(number._p, "jc")["val"] == side
        assert number._p.find(f".//{qn('w:instrText')}").text.strip() == "PAGE"
        assert number.text == "— 1 —"
        assert "2026-00012" in proof.text
        assert "A1B2C3D4" in proof.text


def test_the_imprint_hangs_on_the_foot_of_the_type_area() -> None:
    file = written(minutes())
    hung = [found for found in file.paragraphs if found._p.pPr.find(qn("w:framePr")) is not None]
    places = {tuple(sorted(around(found._p, "framePr").items())) for found in hung}
    assert len(places) == 1  # else Word would make a frame of each
    assert dict(places.pop()) == {
        "w": "8844",
        "wrap": "notBeside",
        "hAnchor": "margin",
        "vAnchor": "margin",
        "xAlign": "left",
        "yAlign": "bottom",
    }
    bars = [found for found in hung if found._p.pPr.find(qn("w:shd")) is not None]
    assert [around(bar._p, "spacing")["line"] for bar in bars] == ["20", "14", "20"]
    assert file.paragraphs[-1]._p.pPr.find(qn("w:framePr")) is None


@pytest.mark.parametrize("document", [minutes(), notice(), minutes(mark="文件" * 30)])
def test_nothing_is_lost(document: OfficialDocument) -> None:
    text = said(written(document))
    for part in parts(document):
        assert "".join(part.split()) in text


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_any_paragraph_arrives(text: str) -> None:
    document = minutes([Paragraph(text), Paragraph(f"{RARE}{MARKUP}\x01\ufffe")])
    arrived = said(written(document))
    assert "".join(text.split()) in arrived
    assert f"{RARE}{MARKUP}" in arrived


@pytest.mark.parametrize("document", [minutes(), notice(), form()], ids=["纪要", "通知", "表"])
def test_properties_stand_in_the_order_word_wants(document: OfficialDocument | Form) -> None:
    file = written(document)
    section = file.sections[0]
    roots = (file.element.body, section.footer._element, section.even_page_footer._element)
    for name, order in ORDER.items():
        places = {qn(f"w:{child}"): place for place, child in enumerate(order.split())}
        for root in roots:
            for element in root.iter(qn(f"w:{name}")):
                found = [places[child.tag] for child in element]
                assert found == sorted(found)
                assert len(found) == len(set(found))


def test_a_form_keeps_its_boxes() -> None:
    file = written(form())
    (table,) = file.tables
    text = said(file)
    for part in (f"王{RARE}", MARKUP, "李娜1", "李娜2", "同意。", "2026年9月1日", "注：一式两份。"):
        assert part in text
    assert text.count("基本情况") == 1  # one box beside its rows
    widths = [
        sum(int(around(box, "tcW")["w"]) for box in row.iter(qn("w:tc")))
        for row in table._tbl.iter(qn("w:tr"))
    ]
    assert max(widths) - min(widths) <= 4
    grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    for row in table._tbl.iter(qn("w:tr")):
        spans = [box.tcPr.find(qn("w:gridSpan")) for box in row.iter(qn("w:tc"))]
        assert sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans) == len(grid)


def test_a_word_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OfficeError, match="写不进去"):
        write_word(minutes(), tmp_path / "纪要.docx")
    assert not list(tmp_path.iterdir())


# -- as another program lays it out -------------------------------------------------------------

FAMILIES = {
    "仿宋": "FandolFang",
    "楷体": "LXGW WenKai",
    "黑体": "Noto Sans SC",
    "宋体": "Noto Serif SC",
    "方正小标宋简体": "Noto Serif SC",
}


def laid_out(document: OfficialDocument, folder: Path) -> bytes:
    """The Word file as LibreOffice prints it, with our fonts under the names of Windows'."""
    program = os.environ.get("LANLING_SOFFICE") or shutil.which("soffice")
    if not program:
        pytest.skip("no LibreOffice here")
    same = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for name, ours in FAMILIES.items()
    )
    fonts = folder / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{paths.resource('fonts')}</dir>"
        f"<cachedir>{folder}/cache</cachedir>{same}</fontconfig>",
        encoding="utf-8",
    )
    write_word(document, folder / "paper.docx")
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / "paper.docx"),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        check=False,
        capture_output=True,
        timeout=120,
    )
    if not (folder / "paper.pdf").exists():
        pytest.skip("this LibreOffice has no Writer")
    return (folder / "paper.pdf").read_bytes()


@pytest.mark.slow
def test_libreoffice_lays_it_out_as_we_print_it(tmp_path: Path) -> None:
    body = [Paragraph("国" * 28 * 40), NameList("出席", ["王建国", "李娜"])]
    found = pages(laid_out(minutes(body), tmp_path))  # type: ignore[arg-type]
    first, second, last = found[0], found[1], found[-1]

    def near(value: float, by: float = 1.0) -> object:
        return pytest.approx(value, abs=by)

    assert min(char.top for char in first.find("金牛社区红色议事厅纪要")) == near(TOP + 35)
    (red,) = {round(rule.y, 1) for rule in first.rules if rule.colour[0] > 200}
    assert red - max(char.bottom for char in first.find("〔2026〕3号")) == near(4)
    lines = second.lines()
    assert len(lines) == 22
    assert all(len(line) == 28 for line in lines)
    assert lines[-1][0].y - lines[0][0].y == near(21 * PITCH)
    assert lines[0][0].left == near(LEFT)
    assert lines[0][-1].right == near(RIGHT, 1.5)  # ink of 国; 28 times 15.75 pt
    assert lines[0][0].top >= TOP
    for number, page in enumerate(found, start=1):
        dash = page.find(f"—{number}—")
        assert dash[0].top - BOTTOM == near(7)
        edge = dash[-1].right if number % 2 else dash[0].left
        assert edge == near(RIGHT - 4.9 if number % 2 else LEFT + 4.9)
    assert max(rule.y for rule in last.rules) == near(BOTTOM)
    assert len([line for line in last.lines() if line[0].text != "抄"]) >= 2


@pytest.mark.slow
def test_libreoffice_leaves_no_page_to_the_imprint_alone(tmp_path: Path) -> None:
    for lines in (5, 7, 8, 9, 10):
        folder = tmp_path / str(lines)
        folder.mkdir()
        imprint = Colophon("党总支", minutes().colophon.issued_on, ["街道", "物业"])  # type: ignore[union-attr]
        document = minutes([Paragraph("国" * 28 * lines)], colophon=imprint)
        *_, last = pages(laid_out(document, folder))
        assert "国" in {char.text for char in last.inside()}


def test_a_photograph_of_a_form_is_in_the_word_file(tmp_path: Path) -> None:
    shown = Picture(jpeg("red", (400, 800)), 400, 800, height_mm=75)
    made = Form("照片页", "社区", [Grid([[label("一", 0.2), value("近景", 0.8)]]), shown])
    write_word(made, tmp_path / "a.docx")
    (placed,) = docx.Document(str(tmp_path / "a.docx")).inline_shapes
    assert round(placed.height / 36_000) == 72, "as high as on the printed form"
    assert round(placed.width / 36_000) == 36
