"""The pieces a Word file of ours is built from: sheet, paragraph, run, rule, table, page number.

python-docx knows part of what 公文 needs; the rest is written as WordprocessingML elements. A
length is in points; Word keeps twentieths of one, borders eighths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from lanling_desktop.printing.fonts import Role, clean
from lanling_desktop.printing.page import Align

FONTS: dict[Role, str] = {
    "song": "宋体",
    "hei": "黑体",
    "kai": "楷体",
    "fang": "仿宋",
    "title": "方正小标宋简体",
}
# what Word takes when a PC lacks the first
_OTHERWISE = {"方正小标宋简体": "宋体", "仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312"}
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AFTER_SHADE = ("w:tabs", "w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid")
_WORD_SIZE = 16.0  # Word has no 15.75 pt: 3号 is 16 pt set a quarter of a point closer
LINE = 28.95  # 22 of these, in whole twentieths, are just not more than the type area


def twips(points: float) -> str:
    """Points as the twentieths Word counts in."""
    return str(round(points * 20))


def element(name: str, **attributes: str) -> Any:
    """An element of WordprocessingML with its attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


class WordSheet:
    """A Word file on upright A4, with exact lines and our fonts."""

    def __init__(self, title: str, author: str, margins: tuple[float, float, float, float]) -> None:
        """`margins` are top, right, bottom and left."""
        self.file: WordDocument = docx.Document()
        self.body: Any = self.file
        _name(self.file, title, author)
        _tidy(self.file)
        section: Any = self.file.sections[0]
        properties = section._sectPr
        size = properties.find(qn("w:pgSz"))
        size.set(qn("w:w"), "11906")
        size.set(qn("w:h"), "16838")
        margin = properties.find(qn("w:pgMar"))
        for side, points in zip(("top", "right", "bottom", "left"), margins, strict=True):
            margin.set(qn(f"w:{side}"), twips(points))
        for grid in properties.findall(qn("w:docGrid")):
            properties.remove(grid)
        properties.append(element("docGrid", type="lines", linePitch=twips(LINE)))

    def paragraph(
        self,
        *,
        line: float = LINE,
        align: Align = "left",
        first: float = 0.0,
        left: float = 0.0,
        right: float = 0.0,
        before: float = 0.0,
        after: float = 0.0,
        bound: bool = False,
        whole: bool = False,
        hung: float = 0.0,
        into: Any = None,
    ) -> Paragraph:
        """An empty paragraph of exact lines; a negative `first` hangs. `bound` keeps the next.

        A paragraph `hung` that wide, with those before and after it, hangs on the foot of the type
        area of the page on which the next paragraph that is not hung stands.
        """
        paragraph: Paragraph = (into or self.body).add_paragraph()
        properties: Any = paragraph._p.get_or_add_pPr()
        if bound:
            properties.append(element("keepNext"))
        if whole:
            properties.append(element("keepLines"))
        if hung:
            place = {"hAnchor": "margin", "vAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
            properties.append(element("framePr", w=twips(hung), wrap="notBeside", **place))
        properties.append(element("widowControl", val="1" if bound else "0"))
        # lines end at the margin, and no space comes between characters and figures: as in print
        for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid"):
            properties.append(element(name, val="0"))
        properties.append(
            element(
                "spacing",
                before=twips(before),
                after=twips(after),
                line=twips(line),
                lineRule="exact",
            )
        )
        indent = {"left": twips(left), "right": twips(right)}
        indent["hanging" if first < 0 else "firstLine"] = twips(abs(first))
        properties.append(element("ind", **indent))
        paragraph.alignment = _ALIGN[align]
        return paragraph

    def footer(self, even: bool) -> Any:
        """The footer of odd or even pages, emptied."""
        section: Any = self.file.sections[0]
        found = section.even_page_footer if even else section.footer
        found.is_linked_to_previous = False
        for paragraph in list(found.paragraphs):
            paragraph._p.getparent().remove(paragraph._p)
        return found

    def mark_demo(self) -> None:
        """演示 in the head of every page, as the printed paper has it."""
        section: Any = self.file.sections[0]
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            for paragraph in list(header.paragraphs):
                paragraph._p.getparent().remove(paragraph._p)
            paragraph = self.paragraph(line=14, align="right", into=header)
            write(paragraph, "演示", "hei", size=9, colour="595959")

    def saved(self) -> bytes:
        """The whole file."""
        out = BytesIO()
        self.file.save(out)
        return out.getvalue()


def write(
    paragraph: Paragraph,
    text: str,
    role: Role = "fang",
    *,
    size: float = _WORD_SIZE,
    closer: float | None = None,
    colour: str = "",
    narrow: float = 1.0,
) -> None:
    """A run of text. `closer` is taken off between letters; `narrow` is the letters' width."""
    run: Any = paragraph.add_run()
    properties = run._r.get_or_add_rPr()
    font = FONTS[role]
    properties.append(
        element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font, hint="eastAsia")
    )
    if colour:
        properties.append(element("color", val=colour))
    if closer is None:
        closer = 0.25 if size == _WORD_SIZE else 0.0
    if closer:
        properties.append(element("spacing", val=twips(-closer)))
    if narrow < 1:
        properties.append(element("w", val=str(round(100 * narrow))))
    properties.append(element("kern", val="0"))
    properties.append(element("sz", val=str(round(size * 2))))
    properties.append(element("szCs", val=str(round(size * 2))))
    properties.append(element("lang", val="en-US", eastAsia="zh-CN"))
    run.text = _NOT_XML.sub("", clean(text))


def ragged(paragraph: Paragraph) -> None:
    """Left as it is, not justified: justified lines do not keep to tabulators."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def write_tab(paragraph: Paragraph) -> None:
    """A tabulator."""
    run: Any = paragraph.add_run()
    run._r.append(element("tab"))


def tabs(paragraph: Paragraph, stops: Sequence[tuple[float, str]]) -> None:
    """Tabulators at these distances from the left margin, each `left`, `center` or `right`."""
    properties: Any = paragraph._p.get_or_add_pPr()
    made = element("tabs")
    for at, kind in stops:
        made.append(element("tab", val=kind, pos=twips(at)))
    properties.insert_element_before(made, *_AFTER_SHADE[1:])


def page_field(paragraph: Paragraph, size: float, kind: str = "PAGE") -> None:
    """The page's number, or with `NUMPAGES` how many there are."""
    for said in ("begin", "instr", "separate", "1", "end"):
        write(paragraph, "", "song", size=size)
        run: Any = paragraph.runs[-1]._r
        if said == "instr":
            text = element("instrText")
            text.text = f" {kind} "
            run.append(text)
        elif said == "1":
            text = element("t")
            text.text = "1"
            run.append(text)
        else:
            run.append(element("fldChar", fldCharType=said))


def bottom_rule(paragraph: Paragraph, weight: float, away: float, colour: str) -> None:
    """A line under a paragraph, `away` points from its text."""
    properties: Any = paragraph._p.get_or_add_pPr()
    made = element("pBdr")
    eighths = str(round(weight * 8))
    made.append(element("bottom", val="single", sz=eighths, space=str(round(away)), color=colour))
    properties.insert_element_before(made, *_AFTER_SHADE)


def black(paragraph: Paragraph) -> None:
    """Make an empty paragraph a black bar: a line as wide as the type area, as high as it says."""
    properties: Any = paragraph._p.get_or_add_pPr()
    shade = element("shd", val="clear", color="auto", fill="000000")
    properties.insert_element_before(shade, *_AFTER_SHADE)


def _name(file: WordDocument, title: str, author: str) -> None:
    properties = file.core_properties
    now = datetime.now(UTC).replace(tzinfo=None)
    properties.title = _NOT_XML.sub("", clean(title))[:255]
    properties.author = properties.last_modified_by = _NOT_XML.sub("", clean(author))[:255]
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = now
    properties.language = "zh-CN"


def _tidy(file: WordDocument) -> None:
    """Odd and even pages, Chinese marks squeezed, and fonts to take instead of missing ones."""
    settings: Any = file.settings.element
    file.settings.odd_and_even_pages_header_footer = True
    squeezing = settings.find(qn("w:characterSpacingControl"))
    if squeezing is not None:
        squeezing.set(qn("w:val"), "compressPunctuation")
    normal: Any = file.styles["Normal"]
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = 0
    for part in file.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = _font_table(part.blob)


def _font_table(table: bytes) -> bytes:
    """The file's list of fonts with ours and what may stand for them."""
    made = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{other}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for font, other in _OTHERWISE.items()
    )
    return table.replace(b"</w:fonts>", made.encode() + b"</w:fonts>")
