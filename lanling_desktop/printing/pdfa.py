"""A PDF/A-2b file out of pages of operators: fonts, colour and metadata an archive asks for.

ReportLab reads the fonts and writes the file; what it leaves out or gets wrong for PDF/A stands
here. Each font is embedded once as a composite font with two-byte codes, so that a line of text
needs no change of font between its characters, and any character copies out as it was typed.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from lanling_desktop import paths
from lanling_desktop.printing.files import Target, write_whole
from lanling_desktop.printing.fonts import FontFile, Typeface, clean, font_file

PROGRAM = "兰陵社区台账"
_SHARED = "SharedResources"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream object; ReportLab's own leaves out the line end PDF/A wants before `endstream`."""

    __RefOnly__ = 1

    def __init__(self, data: bytes, head: str = "", *, compress: bool = True) -> None:
        self.data = zlib.compress(data) if compress else data
        self.head = f"{head} /Filter /FlateDecode" if compress else head

    def format(self, _document: Any) -> bytes:
        head = f"<< {self.head} /Length {len(self.data)} >>\nstream\n"
        return head.encode("ascii") + self.data + b"\nendstream\n"


class _Source(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object written as it stands, references filled in when the file is written."""

    __RefOnly__ = 1

    def __init__(self, source: str, **references: Any) -> None:
        self.source = source
        self.references = references

    def format(self, document: Any) -> bytes:
        said = {
            name: pdfdoc.format(reference, document).decode("ascii")
            for name, reference in self.references.items()
        }
        return (self.source % said).encode("ascii")


class _Embedded:
    """One font in one file: the characters used so far and their codes."""

    def __init__(self, key: str, font: FontFile) -> None:
        self.key = key
        self.font = font
        self.codes: dict[str, str] = {}

    def encode(self, text: str) -> str:
        """The text as the inside of a hexadecimal string."""
        codes = self.codes
        try:
            return "".join([codes[char] for char in text])
        except KeyError:
            for char in text:
                if char not in codes:
                    codes[char] = f"{len(codes) + 1:04x}"
            return "".join([codes[char] for char in text])

    def write(self, document: Any) -> Any:
        """Add the font's objects; a reference to the font itself."""
        chars, raw = list(self.codes), self.font.raw
        name = f"LLAA{self.key[1:].rjust(2, 'A').translate(_LETTERS)}+{raw.name.decode('ascii')}"
        numbers = [ord(char) for char in chars]
        data = self.font.subset(numbers)
        ref = document.Reference
        head = f"/Length1 {len(data)}"
        descriptor = _Source(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{_box(raw.bbox)}]"
            f" /Ascent {raw.ascent:g} /Descent {raw.descent:g} /CapHeight {raw.capHeight:g}"
            f" /ItalicAngle {raw.italicAngle:g} /StemV {raw.stemV:g} /FontFile2 %(file)s >>",
            file=ref(_Stream(data, head)),
        )
        descendant = _Source(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 1000 /W [{self._widths()}]"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            " /CIDToGIDMap %(glyphs)s /FontDescriptor %(descriptor)s >>",
            glyphs=ref(_Stream(self._glyph_map(numbers))),
            descriptor=ref(descriptor),
        )
        return ref(
            _Source(
                f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
                " /DescendantFonts [%(font)s] /ToUnicode %(text)s >>",
                font=ref(descendant),
                text=ref(_Stream(_to_unicode(chars).encode("ascii"))),
            )
        )

    def _widths(self) -> str:
        raw = self.font.raw
        found = [f"0 [{_number(raw.defaultWidth)}]"] if raw.defaultWidth != 1000 else []
        for code, char in enumerate(self.codes, start=1):
            width = raw.charWidths.get(ord(char), raw.defaultWidth)
            if width != 1000:
                found.append(f"{code} [{_number(width)}]")
        return " ".join(found)

    def _glyph_map(self, numbers: list[int]) -> bytes:
        """Which glyph of the subset each code shows; characters may share a glyph."""
        order: dict[int, int] = {0: 0}
        glyphs = self.font.glyphs
        shown = [0, *(order.setdefault(glyphs[number], len(order)) for number in numbers)]
        return b"".join(glyph.to_bytes(2, "big") for glyph in shown)


_LETTERS = str.maketrans("0123456789", "ABCDEFGHIJ")


def _box(box: Iterable[float]) -> str:
    return " ".join(f"{side:g}" for side in box)


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _to_unicode(chars: list[str]) -> str:
    """What each code means; ReportLab's own breaks on characters beyond the basic plane."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(chars), 100):
        block = chars[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        for code, char in enumerate(block, start=start + 1):
            lines.append(f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>")
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines)


class Document:
    """A PDF/A-2b file being drawn: text becomes operators, operators become pages."""

    def __init__(self, title: str, *, author: str = "", subject: str = "") -> None:
        self._doc: Any = pdfdoc.PDFDocument(compression=1, pdfVersion=(1, 7), lang="zh-CN")
        self._fonts: dict[str, _Embedded] = {}
        self._pictures: dict[bytes, tuple[str, Any]] = {}
        self._title, self._author, self._subject = (
            _NOT_XML.sub("", clean(text)) for text in (title, author or PROGRAM, subject or title)
        )
        self.pages = 0

    def font(self, name: str) -> _Embedded:
        """A font file as this document embeds it."""
        found = self._fonts.get(name)
        if found is None:
            found = self._fonts[name] = _Embedded(f"F{len(self._fonts) + 1}", font_file(name))
        return found

    def show(self, face: Typeface, size: float, text: str) -> str:
        """Operators that set the font and show a text, to stand between BT and ET."""
        shown = []
        for place, piece in face.runs(text):
            if place < 0:
                raise LookupError(f"not looked up before drawing: {piece!r}")
            font = self.font(face.files[place])
            shown.append(f"/{font.key} {size:g} Tf <{font.encode(piece)}> Tj")
        return " ".join(shown)

    def picture(self, jpeg: bytes, width: int, height: int) -> str:
        """The name operators draw a picture by: a JPEG in true colours, embedded once."""
        mark = hashlib.sha256(jpeg).digest()
        if mark not in self._pictures:
            head = (
                f"/Type /XObject /Subtype /Image /Width {width} /Height {height}"
                " /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
            )
            made = self._doc.Reference(_Stream(jpeg, head, compress=False))
            self._pictures[mark] = (f"P{len(self._pictures) + 1}", made)
        return self._pictures[mark][0]

    def add_page(self, operators: str, width: float, height: float) -> None:
        """One page of operators, in points from its lower left corner."""
        page = pdfdoc.PDFPage()
        page.Override_default_compilation = 1
        page.MediaBox = pdfdoc.PDFArray([0, 0, round(width, 3), round(height, 3)])
        page.Contents = _Stream(operators.encode("ascii"))
        page.Resources = pdfdoc.PDFObjectReference(_SHARED)
        page.Parent = self._doc.Reference(self._doc.Pages)
        self._doc.addPage(page)
        self.pages += 1

    def finish(self) -> bytes:
        """The whole file."""
        doc, ref = self._doc, self._doc.Reference
        fonts = {font.key: font.write(doc) for font in self._fonts.values() if font.codes}
        named = " ".join(f"/{key} %({key})s" for key in fonts)
        drawn = dict(self._pictures.values())
        shown = " ".join(f"/{key} %({key})s" for key in drawn)
        pictures = f" /XObject << {shown} >>" if drawn else ""
        kinds = "/PDF /Text /ImageC" if drawn else "/PDF /Text"
        source = f"<< /ProcSet [{kinds}] /Font << {named} >>{pictures} >>"
        ref(_Source(source, **fonts, **drawn), _SHARED)
        doc.setTitle(self._title)
        doc.setAuthor(self._author)
        doc.setSubject(self._subject)
        doc.setCreator(PROGRAM)
        catalog = doc.Catalog
        catalog.__NoDefault__ = catalog.__Refs__ = [
            *pdfdoc.PDFCatalog.__NoDefault__,
            "OutputIntents",
        ]
        catalog.Metadata = _Stream(
            self._metadata().encode(), "/Type /Metadata /Subtype /XML", compress=False
        )
        profile = paths.resource("icc/sRGB.icc").read_bytes()
        catalog.OutputIntents = _Source(
            "[ << /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
            " /Info (sRGB IEC61966-2.1) /DestOutputProfile %(profile)s >> ]",
            profile=ref(_Stream(profile, "/N 3")),
        )
        data: bytes = doc.GetPDFData(None)
        return data

    def _metadata(self) -> str:
        stamp = self._doc._timeStamp
        year, month, day, hour, minute, second = stamp.YMDhms
        at = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        at += f"{stamp.dhh:+03d}:{stamp.dmm:02d}"
        title, author, subject = map(escape, (self._title, self._author, self._subject))
        producer = escape(self._doc.info.producer)
        return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>
<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords></pdf:Keywords>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def begun(out: Target | Document, title: str, author: str = "") -> Document:
    """The file a paper is drawn in: a new one, or the one in which papers are being bound."""
    return out if isinstance(out, Document) else Document(title, author=author)


def delivered(document: Document, out: Target | Document) -> None:
    """Write the file, unless other papers are still to be bound into it."""
    if not isinstance(out, Document):
        write_whole(out, document.finish())
