"""The same documents as Word files, for an office that wants to go on writing in them.

Word breaks lines and pages itself: what is fixed here is what GB/T 9704-2012 fixes - sheet, type
area, exact line, fonts, red head, signature, 版记 on the type area's bottom, page numbers outside.
A Word file proves nothing; the PDF with its check code is the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lanling_desktop.printing.files import Target, write_whole
from lanling_desktop.printing.fonts import Role, clean, typeface
from lanling_desktop.printing.form import Form
from lanling_desktop.printing.official_closing import SMALL_PITCH, sealed, unsealed
from lanling_desktop.printing.official_parts import (
    HEADING_ROLES,
    HEIGHT,
    LEFT,
    MARK_TOP,
    PITCH,
    RED_RULE,
    SIZE,
    SMALL,
    THICK_RULE,
    THIN_RULE,
    TOP,
    WIDTH,
    Block,
    Colophon,
    Heading,
    NameList,
    OfficialDocument,
    Paragraph,
    Signature,
    addressed,
    attached,
    listed,
    noted,
)
from lanling_desktop.printing.official_plan import Head, Opening, planned
from lanling_desktop.printing.page import A4, MM, Proof
from lanling_desktop.printing.title_breaks import break_title
from lanling_desktop.standards import dates

if TYPE_CHECKING:
    from lanling_desktop.printing.word_kit import WordSheet

_RED = "FF0000"
_MOST_ATTACHED = 6  # names of 附件说明 that stay together with the text above
_AIR = (PITCH - SMALL_PITCH) / 2  # above and below the lines of a part of 版记


def write_word(document: OfficialDocument | Form, out: Target) -> None:
    """Write a document, or a form, as .docx; to a path whole or not at all.

    Raises `OfficeError` when the path cannot be written. Word takes any character: nothing is
    refused for want of a font.
    """
    if isinstance(document, Form):
        from lanling_desktop.printing.word_form import form_file

        write_whole(out, form_file(document))
    else:
        write_whole(out, _Writing(document).run())


class _Writing:
    """One official document on its way to Word."""

    def __init__(self, document: OfficialDocument) -> None:
        from lanling_desktop.printing import word_kit

        self.document, self.kit = document, word_kit
        margins = (TOP, A4[0] - LEFT - WIDTH, A4[1] - TOP - HEIGHT, LEFT)
        self.sheet: WordSheet = word_kit.WordSheet(document.name, document.unit, margins)

    def run(self) -> bytes:
        """Everything from the mark to the footers."""
        document = self.document
        opening = planned(document).opening
        if opening.head:
            self._head(opening.head)
        self._title(opening)
        if not opening.moved:
            self._text(addressed(document), first=0.0)
        self._body()
        self._attachments()
        if document.signature:
            signed = self._sealed if document.signature.sealed else self._unsealed
            signed(document.signature)
        self._text(noted(document), bound=True)
        self._imprint(opening.moved)
        self._footers()
        if document.demo:
            self.sheet.mark_demo()
        return self.sheet.saved()

    # -- head and title ---------------------------------------------------------------------

    def _head(self, head: Head) -> None:
        """Blank down to the mark, the mark, the number, the red line."""
        line = 1.2 * head.size
        self._blank(MARK_TOP - (line - head.size) + 0.07 * head.size)
        for text in head.mark:
            paragraph = self.sheet.paragraph(line=line, align="center")
            self.kit.write(
                paragraph, text, "title", size=head.size, colour=_RED, narrow=head.narrow
            )
        bottom = MARK_TOP + len(head.mark) * line
        number = self.sheet.paragraph(
            line=SIZE * 1.3, align="center", before=max(0.0, head.number_top - bottom - 2)
        )
        if self.document.number:
            self.kit.write(number, self.document.number)
        away = max(1.0, head.red - head.number_top - SIZE)
        self.kit.bottom_rule(number, RED_RULE, away, _RED)

    def _title(self, opening: Opening) -> None:
        document = self.document
        if opening.head or document.title:
            gaps = opening.gaps if opening.head else min(opening.gaps, 1.0)
            self._blank(gaps * self.kit.LINE if document.title else self.kit.LINE)
        if not document.title:
            return
        lines = break_title(document.title, "title", opening.size, WIDTH)
        paragraph = self.sheet.paragraph(line=1.55 * opening.size, align="center", whole=True)
        said = "\n".join(line.text for line in lines)
        self.kit.write(paragraph, said, "title", size=opening.size)
        if document.number and not document.mark:
            self.kit.write(self.sheet.paragraph(align="center"), document.number)
        self._blank(min(opening.gaps, 1.0) * self.kit.LINE)

    # -- body -------------------------------------------------------------------------------

    def _body(self) -> None:
        before: Block | None = None
        closed = self._is_closed() and len(self.document.attachments) <= _MOST_ATTACHED
        for number, block in enumerate(self.document.body, start=1):
            last = closed and number == len(self.document.body)
            match block:
                case Heading():
                    self._text(block.text, HEADING_ROLES[block.level], bound=True)
                case Paragraph():
                    for text in clean(block.text).split("\n"):
                        if text:
                            self._text(text, bound=last)
                        else:
                            self._blank(self.kit.LINE, bound=last)
                case NameList():
                    if before is not None and not isinstance(before, NameList):
                        self._blank(self.kit.LINE)
                    self._names(block, bound=last)
            before = block

    def _is_closed(self) -> bool:
        """Whether a signature or 版记 must not stand alone on the last page."""
        document = self.document
        return bool(document.signature or document.note or document.colophon)

    def _names(self, block: NameList, *, bound: bool) -> None:
        label = f"{block.label}："
        wide = typeface("hei").width(label, SIZE)
        start = min(2 * SIZE + wide, WIDTH / 2)
        paragraph = self.sheet.paragraph(left=start, first=2 * SIZE - start, bound=bound)
        self.kit.write(paragraph, label, "hei")
        self.kit.write(paragraph, "、".join(block.names))

    def _attachments(self) -> None:
        names = attached(self.document)
        if not names:
            return
        closed = self._is_closed()
        together = closed and len(names) <= _MOST_ATTACHED
        self._blank(self.kit.LINE, bound=together)
        face = typeface("fang")
        start = 2 * SIZE + face.width("附件：", SIZE)
        number = face.width("00. " if len(names) > 9 else "0. ", SIZE) if len(names) > 1 else 0.0
        for place, name in enumerate(names):
            first = 2 * SIZE if place == 0 else start
            left = start + number
            bound = together or (closed and place == len(names) - 1)
            paragraph = self.sheet.paragraph(left=left, first=first - left, bound=bound)
            if place == 0:
                self.kit.write(paragraph, "附件：")
            self.kit.write(paragraph, name)

    def _text(
        self, text: str, role: Role = "fang", *, first: float = 2 * SIZE, bound: bool = False
    ) -> None:
        if text:
            self.kit.write(self.sheet.paragraph(first=first, bound=bound), text, role)

    def _blank(self, height: float, *, bound: bool = False) -> None:
        """A blank stretch; Word wants at least one point, and no line above 1584."""
        if height >= 1:
            self.sheet.paragraph(line=height, bound=bound)

    # -- signature --------------------------------------------------------------------------

    def _unsealed(self, signature: Signature) -> None:
        placed = unsealed(signature)
        self._blank(self.kit.LINE, bound=True)
        for name in signature.signers:
            paragraph = self.sheet.paragraph(
                align="right", left=2 * SIZE, right=placed.inset, bound=True
            )
            self.kit.write(paragraph, name)
        self._tabbed([(placed.at, "left", placed.day.text)])

    def _sealed(self, signature: Signature) -> None:
        placed = sealed(signature)
        for number, pair in enumerate(placed.rows):
            for _ in range(4 if number else 2):
                self._blank(self.kit.LINE, bound=True)
            for level in range(max(len(lines) for _, lines in pair)):
                self._tabbed(
                    [
                        (middle, "center", lines[level].text)
                        for middle, lines in pair
                        if level < len(lines)
                    ]
                )
        self._tabbed([(placed.middle, "center", placed.day.text)])
        if not self.document.note:
            self._blank(0.8 * self.kit.LINE, bound=True)

    def _tabbed(self, places: list[tuple[float, str, str]]) -> None:
        """Texts at their places across the line."""
        paragraph = self.sheet.paragraph(bound=True)
        self.kit.ragged(paragraph)
        self.kit.tabs(paragraph, [(at, kind) for at, kind, _ in places])
        for _, _, text in places:
            self.kit.write_tab(paragraph)
            self.kit.write(paragraph, text)

    # -- 版记 and footers -------------------------------------------------------------------

    def _imprint(self, moved: str) -> None:
        """版记, hung on the type area's foot by the last short paragraph or by one of no height."""
        colophon = self.document.colophon
        sent = [("主送：", moved.rstrip("：") + "。")] if moved else []
        if colophon and colophon.copies:
            sent.append(("抄送：", listed(colophon.copies)))
        if not sent and not colophon:
            return
        anchor: Any = self.sheet.body.paragraphs[-1]
        if not self.document.signature or self.document.note:
            anchor = self.sheet.paragraph(line=1.0)
        made = [self._imprint_rule(THICK_RULE)]
        made += [self._imprint_line(label, text) for label, text in sent]
        if colophon:
            if sent:
                made.append(self._imprint_rule(THIN_RULE))
            made.append(self._issued(colophon))
        made.append(self._imprint_rule(THICK_RULE))
        for paragraph in made:
            anchor._p.addprevious(paragraph._p)

    def _imprint_rule(self, weight: float) -> Any:
        """A line of its own: a paragraph's own border would follow its indents."""
        paragraph = self.sheet.paragraph(line=weight, hung=WIDTH)
        self.kit.black(paragraph)
        return paragraph

    def _imprint_line(self, label: str, text: str) -> Any:
        """主送 or 抄送: one character from both edges, hanging beside its label."""
        hang = typeface("fang").width(label, SMALL)
        paragraph = self.sheet.paragraph(
            line=SMALL_PITCH, left=SMALL + hang, right=SMALL, first=-hang,
            before=_AIR, after=_AIR, hung=WIDTH,
        )  # fmt: skip
        self.kit.write(paragraph, label + text, size=SMALL)
        return paragraph

    def _issued(self, colophon: Colophon) -> Any:
        paragraph = self.sheet.paragraph(
            line=SMALL_PITCH, left=SMALL, right=SMALL, before=_AIR, after=_AIR, hung=WIDTH
        )
        self.kit.ragged(paragraph)
        self.kit.tabs(paragraph, [(WIDTH - SMALL, "right")])
        self.kit.write(paragraph, colophon.issuer, size=SMALL)
        self.kit.write_tab(paragraph)
        self.kit.write(paragraph, f"{dates.paper(colophon.issued_on)}印发", size=SMALL)
        return paragraph

    def _footers(self) -> None:
        """— 1 — to the right on odd pages, to the left on even ones; our small print below."""
        document = self.document
        section: Any = self.sheet.file.sections[0]
        section.footer_distance = round(9 * MM * 12700)
        proof = str(Proof(document.print_no, document.check_code, document.edition))
        for even in (False, True):
            footer = self.sheet.footer(even)
            number = self.sheet.paragraph(
                line=SMALL, align="right", left=SMALL, right=SMALL, after=13.4 * MM, into=footer
            )
            if even:
                self.kit.ragged(number)
            self.kit.write(number, "— ", "song", size=SMALL)
            self.kit.page_field(number, SMALL)
            self.kit.write(number, " —", "song", size=SMALL)
            small = self.sheet.paragraph(line=9, into=footer)
            self.kit.write(small, proof, "song", size=7, colour="595959")
