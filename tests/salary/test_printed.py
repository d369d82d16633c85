"""The papers of pay as they lie on the table: nothing cut, no amount broken, lines to cut along."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from lanling_desktop import catalogue, opening
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.office import Office
from lanling_desktop.printing.paper import Request, print_paper
from lanling_desktop.salary import actions
from lanling_desktop.salary.soundness import slips_of
from lanling_desktop.standards.amounts import format_yuan, in_words, yuan
from tests.salary.payroll import paid, run_of, staffed

MM = 72 / 25.4
ACROSS, UP = 210 * MM, 297 * MM
MARCH = date(2026, 3, 1)
NAMES = (
    "欧阳明月",
    "上官婉清",
    *(f"诸葛{a}{b}" for a in "建国志伟秀英文明" for b in "一二三四五六七八"),
)
RATES = (("养老保险", "16", "8"), ("医疗保险", "8", "2"), ("失业保险", "0.7", "0.3"),
         ("工伤保险", "0.2", ""), ("住房公积金", "5", "5"))  # fmt: skip
SHEETS = ("pay_sheet", "pay_changes", "pay_retro", "pay_insured", "pay_tax", "pay_year")
SMALLEST = 6.5  # points


@pytest.fixture(scope="module", params=[1, 60])
def march(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Office, str]]:
    """Two months paid, a third approved, with retro pay and a prize of seven figures."""
    path: Path = tmp_path_factory.mktemp("printed") / "a.lanling"
    with opening.create_office(path, clock=fixed(2026, 4, 23)) as office:
        office.desk.put("unit", "兰陵县卞庄街道办事处")
        workers = staffed(office, *NAMES[: request.param])
        for kind, employer, own in RATES:
            rate = {"kind": kind, "employer_pct": employer, "worker_pct": own,
                    "valid_from": "2020-01-01"}  # fmt: skip
            office.save("contribution_rate", None, rate)
        for number, worker in enumerate(workers):
            base = {"worker_id": worker, "kind": "社会保险", "base": str(4000 + 111 * number),
                    "valid_from": "2020-01-01"}  # fmt: skip
            office.save("contribution_base", None, base)
        for month in (date(2026, 1, 1), date(2026, 2, 1)):
            paid(office, month)
        held = {"worker_id": workers[0], "kind": "社会工作师", "awarded_on": "2025-12-20"}
        office.save("worker_certificate", None, held)
        for kind, amount in (("奖金", "1234567.89"), ("其他扣款", "112.34")):
            item = {"worker_id": workers[0], "month": "2026-03", "kind": kind, "amount": amount,
                    "reason": "年度"}  # fmt: skip
            office.save("pay_item", None, item)
        run = actions.start(office, month=MARCH).main
        actions.retro_pay(office, run, since=date(2026, 1, 1), reason="证书补登记")
        actions.review(office, run)
        actions.approve(office, run)
        yield office, run


def pages(said: tuple[Office, str], key: str) -> list[pypdfium2.PdfPage]:
    office, run = said
    printed = print_paper(office, catalogue.papers()[key], Request(record_id=run))
    return list(pypdfium2.PdfDocument(BytesIO(printed.pdf)))


def words(page: pypdfium2.PdfPage) -> str:
    return str(page.get_textpage().get_text_bounded())


def text_at(signs: pypdfium2.PdfTextPage, at: int) -> str:
    return str(signs.get_text_range(at, 1))


def size_of(signs: pypdfium2.PdfTextPage, at: int) -> float:
    """How high a sign is set, in points: the size of its font as it is scaled onto the page."""
    matrix = raw.FS_MATRIX()
    assert raw.FPDFText_GetMatrix(signs.raw, at, matrix)
    return float(raw.FPDFText_GetFontSize(signs.raw, at) * matrix.d)


def rules(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Every drawn line, and every edge of a box: left, bottom, right, top."""
    found = []
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        last, begun = (0.0, 0.0), (0.0, 0.0)
        for at in range(raw.FPDFPath_CountSegments(each.raw)):
            segment = raw.FPDFPath_GetPathSegment(each.raw, at)
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            here = (x.value, y.value)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                begun = here
            else:
                found.append((*map(min, last, here), *map(max, last, here)))
            last = here
            if raw.FPDFPathSegment_GetClose(segment) and here != begun:
                found.append((*map(min, here, begun), *map(max, here, begun)))
    return found


def across(page: pypdfium2.PdfPage) -> list[str]:
    """Signs that lie over an upright line: a text wider than its box."""
    signs = page.get_textpage()
    uprights = [b for b in rules(page) if b[2] - b[0] < 1 and b[3] - b[1] > 5]
    found = []
    for at in range(signs.count_chars()):
        left, bottom, right, top = signs.get_charbox(at)
        middle = (bottom + top) / 2
        if any(left + 0.3 < b[0] < right - 0.3 and b[1] < middle < b[3] for b in uprights):
            found.append(text_at(signs, at))
    return found


@pytest.mark.fault(58)
@pytest.mark.parametrize("key", [*SHEETS, "pay_strips"])
def test_nothing_is_cut_broken_or_too_small(march: tuple[Office, str], key: str) -> None:
    """Every sign within the edges; every amount in one piece; names whole."""
    office, run = march
    text = ""
    for page in pages(march, key):
        width, height = page.get_size()
        assert (width > height) == (key != "pay_strips"), "sheets lie, strips stand"
        signs = page.get_textpage()
        for at in range(signs.count_chars()):
            left, bottom, right, top = signs.get_charbox(at)
            assert -0.5 <= left <= right <= width + 0.5
            assert -0.5 <= bottom <= top <= height + 0.5
            assert not text_at(signs, at).strip() or size_of(signs, at) >= SMALLEST
        assert across(page) == []
        text += words(page)
    slips = slips_of(office, run)
    if key not in ("pay_changes", "pay_retro"):
        for each in slips:
            assert each.name in text
    for amount in re.findall(r"\d[\d,]*\.\d?(?![\d%])", text):
        pytest.fail(f"{amount} is broken")
    amounts = {"pay_sheet": ("gross", "deductions", "net"), "pay_strips": ("gross", "net"),
               "pay_tax": ("taxable", "tax"), "pay_insured": ("employer",)}  # fmt: skip
    for each in slips:
        for column in amounts.get(key, ()):
            assert format_yuan(yuan(getattr(each, column))) in text
    assert key != "pay_sheet" or in_words(yuan(run_of(office, run).net), "人民币") in "".join(
        text.split()
    )


def test_strips_are_cut_apart_at_the_thirds(march: tuple[Office, str]) -> None:
    """Between two strips a line from edge to edge, and nothing written across it."""
    office, run = march
    left, found = len(slips_of(office, run)), pages(march, "pay_strips")
    assert len(found) == -(-left // 3)
    for page in found:
        mine = min(3, left)
        left -= mine
        assert words(page).count("工资条") == mine
        for place in (1, 2):
            y = UP * (1 - place / 3)
            across = [b for b in rules(page) if abs(b[1] - y) < 2 and abs(b[3] - y) < 2]
            whole = any(b[2] - b[0] > ACROSS - 3 for b in across)
            assert whole == (place < mine), f"{place} of {mine}"
            signs = page.get_textpage()
            boxes = [signs.get_charbox(at) for at in range(signs.count_chars())]
            assert not [b for b in boxes if b[1] < y < b[3]]


def test_a_strip_with_a_year_of_retro_pay_is_still_read(desk_office: Office) -> None:
    """Ten months put right and fifteen allowances: fewer lines, the same sums."""
    (worker,) = staffed(desk_office, "欧阳明月", since=date(2025, 1, 1))
    for month in range(1, 11):
        paid(desk_office, date(2025, month, 1))
    held = {"worker_id": worker, "kind": "社会工作师", "awarded_on": "2024-12-20"}
    desk_office.save("worker_certificate", None, held)
    run = actions.start(desk_office, month=date(2025, 11, 1)).main
    actions.retro_pay(desk_office, run, since=date(2025, 1, 1), reason="证书补登记")
    (page,) = pages((desk_office, run), "pay_strips")
    text = words(page)
    assert "补发2025年1月职业资格津贴等 10 笔" in text
    assert "2,000.00" in text
    for number in range(15):
        actions.add_item(desk_office, run, worker_id=worker, kind="其他补贴", amount=100 + number,
                         reason=f"第{number}项")  # fmt: skip
    (page,) = pages((desk_office, run), "pay_strips")
    assert "等 15 笔" in words(page)
    assert format_yuan(yuan(sum(range(100, 115)))) in words(page)
    signs = page.get_textpage()
    sizes = [size_of(signs, at) for at in range(signs.count_chars()) if text_at(signs, at).strip()]
    assert min(sizes) >= SMALLEST
    (page,) = pages((desk_office, run), "pay_year")
    assert across(page) == [], "the heads of months still to come have their room"


def test_a_sheet_of_nothing_but_great_amounts_breaks_none(desk_office: Office) -> None:
    """Everybody has an amount of seven figures in every column that can have one."""
    workers = staffed(desk_office, *NAMES[:12])
    great = "1" * 7
    for worker in workers:
        for kind, amount in (("奖金", f"{great}.11"), ("其他扣款", f"{great[1:]}.22")):
            item = {"worker_id": worker, "month": "2026-01", "kind": kind, "amount": amount,
                    "reason": "年度"}  # fmt: skip
            desk_office.save("pay_item", None, item)
    run = actions.start(desk_office, month=date(2026, 1, 1)).main
    for key in ("pay_sheet", "pay_tax", "pay_year", "pay_changes"):
        text = "".join(words(page) for page in pages((desk_office, run), key))
        for slip in slips_of(desk_office, run):
            assert format_yuan(yuan(slip.taxable if key == "pay_tax" else slip.net)) in text


def test_there_is_room_to_sign(march: tuple[Office, str]) -> None:
    """The last column has its head and nothing below it, and is two centimetres wide at least."""
    for page in pages(march, "pay_sheet"):
        drawn, signs = rules(page), page.get_textpage()
        upright = sorted({round(b[0], 1) for b in drawn if b[2] - b[0] < 1 and b[3] - b[1] > 5})
        left, right = upright[-2:]
        assert right - left >= 20 * MM
        level = {round(b[1], 1) for b in drawn if b[3] - b[1] < 1 and b[2] > right - 1 > b[0]}
        top, under, *_, floor = sorted(level, reverse=True)
        boxes = [(text_at(signs, at), signs.get_charbox(at)) for at in range(signs.count_chars())]
        column = [(sign, b) for sign, b in boxes if left < b[0] and b[2] < right and sign.strip()]
        head = "".join(sign for sign, b in column if under < b[1] < top)
        assert head == "领款人签字"
        assert [sign for sign, b in column if floor < b[1] < under] == []
