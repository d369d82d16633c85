"""What an official document is made of: its parts as plain values, and the sheet they stand on.

The numbers are those of GB/T 9704-2012, in points from the upper left corner of the type area
unless said otherwise. The PDF and the Word file are drawn from the same values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from lanling_desktop.printing.fonts import Role, refuse_missing
from lanling_desktop.printing.page import MM

LEFT, TOP = 28 * MM, 37 * MM  # of the type area, from the sheet's edges
WIDTH, HEIGHT = 156 * MM, 225 * MM
LINES, CHARACTERS = 22, 28
PITCH = HEIGHT / LINES
SIZE, TITLE, SMALL = 15.75, 22.0, 14.0  # 3号, 2号, 4号
MARK_TOP = 35 * MM  # 发文机关标志 below the type area's top
RED_GAP = 4 * MM  # the red line below the number
PAGE_GAP = 7 * MM  # the dash of the page number below the type area
RED_RULE, THICK_RULE, THIN_RULE = 0.6 * MM, 0.35 * MM, 0.25 * MM

Kind = Literal["纪要", "通知", "公示"]
Level = Literal[1, 2, 3, 4]
HEADING_ROLES: dict[Level, Role] = {1: "hei", 2: "kai", 3: "fang", 4: "fang"}
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body, printed as it stands; `numbered` puts its number before it."""

    text: str
    level: Level = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; each `\\n` in it begins another."""

    text: str


@dataclass(frozen=True, slots=True)
class NameList:
    """出席, 请假, 列席: a label and names (a name may carry its unit), which are never cut."""

    label: str
    names: Sequence[str]


Block = Heading | Paragraph | NameList


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and when; `sealed` leaves room for a round seal of 42 mm over each name."""

    signers: Sequence[str]
    on: date
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Colophon:
    """版记: who gets a copy, which office prints it and when."""

    issuer: str
    issued_on: date
    copies: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A document in the layout of GB/T 9704-2012. Every text is literal.

    `mark` is the red 发文机关标志 (for 纪要 `×××纪要`) with the red line below; without it the
    document is plain. `number` is 发文字号, `note` 附注 without its brackets, `unit` the author in
    the file's properties. A 纪要 has no signature.
    """

    kind: Kind
    title: str
    body: Sequence[Block]
    unit: str = ""
    mark: str = ""
    number: str = ""
    addressee: str = ""
    attachments: Sequence[str] = ()
    signature: Signature | None = None
    note: str = ""
    colophon: Colophon | None = None
    edition: str = "归档版"
    print_no: str = ""
    check_code: str = ""
    demo: bool = False

    @property
    def name(self) -> str:
        """What the document is called in a file's properties."""
        return self.title.replace("\n", "") or self.mark.replace("\n", "") or self.kind


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with 一、 （一） 1. （1） before their headings, each level counted anew."""
    counts = [0, 0, 0, 0]
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            place = block.level - 1
            counts[place] += 1
            counts[place + 1 :] = [0] * (3 - place)
            said = f"{_number(block.level, counts[place])}{block.text}"
            made.append(replace(block, text=said))
        else:
            made.append(block)
    return tuple(made)


def _number(level: Level, count: int) -> str:
    match level:
        case 1:
            return f"{chinese_number(count)}、"
        case 2:
            return f"（{chinese_number(count)}）"
        case 3:
            return f"{count}. "
        case 4:
            return f"（{count}）"


def chinese_number(count: int) -> str:
    """A count below 100 in Chinese; above, in the digits a reader can still take in."""
    if count >= 100:
        return str(count)
    tens, ones = divmod(count, 10)
    said = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "")
    return said + (_DIGITS[ones] if ones or not tens else "")


def addressed(document: OfficialDocument) -> str:
    """主送机关 with its full-width colon, or nothing."""
    said = document.addressee.strip().rstrip("：:")
    return f"{said}：" if said else ""


def attached(document: OfficialDocument) -> list[str]:
    """The names after 附件：; numbered when there are several."""
    names = list(document.attachments)
    if len(names) < 2:
        return names
    return [f"{count}. {name}" for count, name in enumerate(names, start=1)]


def noted(document: OfficialDocument) -> str:
    """附注 in its round brackets, or nothing."""
    return f"（{document.note}）" if document.note else ""


def listed(names: Sequence[str]) -> str:
    """The receivers of copies as one sentence."""
    return f"{'，'.join(names)}。" if names else ""


def refuse_undrawable(document: OfficialDocument) -> None:
    """Raise `OfficeError` naming each character no font has and the part it stands in."""
    refuse_missing(_texts(document))


def _texts(document: OfficialDocument) -> Iterator[tuple[str, str]]:
    yield "发文机关标志", document.mark
    yield "发文字号", document.number
    yield "标题", document.title
    yield "主送机关", document.addressee
    for count, block in enumerate(document.body, start=1):
        match block:
            case NameList():
                yield f"{block.label}名单", "".join((block.label, *block.names))
            case Heading():
                yield f"小标题“{block.text[:12]}”", block.text
            case Paragraph():
                yield f"正文第 {count} 段", block.text
    yield "附件说明", "".join(document.attachments)
    if document.signature:
        yield "署名", "".join(document.signature.signers)
    yield "附注", document.note
    if document.colophon:
        yield "版记", "".join((document.colophon.issuer, *document.colophon.copies))
    yield "页脚", "".join((document.edition, document.print_no, document.check_code))
