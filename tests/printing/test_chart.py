from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf.pdfa import validate_written
from pypdfium2 import raw

from lanling_desktop.printing.chart import MonthBars, draw_month_bars, scale
from lanling_desktop.printing.page import A4, Pen
from lanling_desktop.printing.pdfa import Document
from tests.printing.measure import Page, pages

MONTHS = tuple(f"{month}月" for month in range(1, 13))
RAISED = (12, 9, 15, 8, 11, 20, 14, 10, 13, 7, None, None)
CLOSED = (10, 9, 12, 8, 10, 16, 14, 0, 11, 5, None, None)
CHART = MonthBars("议定事项（件）", MONTHS, (("提出", RAISED), ("销号", CLOSED)))
BOX = (80.0, 500.0, 440.0, 150.0)


def drawn(chart: MonthBars, box: tuple[float, float, float, float] = BOX) -> bytes:
    document = Document("统计图")
    pen = Pen(document)
    draw_month_bars(pen, chart, *box)
    document.add_page(pen.operators(), *A4)
    return document.finish()


def page(chart: MonthBars, box: tuple[float, float, float, float] = BOX) -> Page:
    (found,) = pages(drawn(chart, box))
    return found


def test_every_value_stands_over_its_bar_and_a_month_without_one_is_empty() -> None:
    said = "".join(char.text for char in page(CHART).chars)
    shown = [str(value) for value in (*RAISED, *CLOSED) if value is not None]
    assert "".join(shown) in said
    for text in ("议定事项（件）", "提出", "销号", *MONTHS):
        assert text in said
    bars = MonthBars("件", ("1月", "2月"), (("提出", (None, 0)),))
    said = "".join(char.text for char in page(bars).chars)
    assert said.count("0") == 2  # one of the scale, one of the second month


def test_bars_are_as_high_as_their_values() -> None:
    document = pypdfium2.PdfDocument(drawn(CHART))
    paths = document[0].get_objects([raw.FPDF_PAGEOBJ_PATH])
    boxes = [path.get_bounds() for path in paths]
    document.close()
    bars = sorted({box for box in boxes if abs(box[1] - (500 + 12.8)) < 0.5 and box[3] > 515})
    heights = sorted({round(box[3] - box[1] - 0.4, 1) for box in bars})
    unit = max(heights) / 20
    assert {round(height / unit) for height in heights} == {*RAISED, *CLOSED} - {0, None}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.none() | st.integers(0, 99_999), min_size=12, max_size=12),
    st.floats(180, 480),
    st.floats(70, 260),
)
def test_nothing_stands_outside_the_rectangle(
    values: list[int | None], width: float, height: float
) -> None:
    chart = MonthBars("件", MONTHS, (("提出", tuple(values)), ("销号", tuple(reversed(values)))))
    left, bottom = 60.0, 300.0
    pdf = drawn(chart, (left, bottom, width, height))
    document = pypdfium2.PdfDocument(pdf)
    for found in document[0].get_objects([raw.FPDF_PAGEOBJ_TEXT]):
        x0, y0, x1, y1 = found.get_bounds()
        assert x0 >= left - 1
        assert x1 <= left + width + 1
        assert y0 >= bottom - 1
        assert y1 <= bottom + height + 1
    document.close()


def test_wide_values_on_narrow_bars_stay_apart() -> None:
    values = tuple(12_000 + month for month in range(12))
    chart = MonthBars("元", MONTHS, (("收入", values), ("支出", values)))
    found = page(chart, (60.0, 300.0, 220.0, 120.0))
    said = "".join(char.text for char in found.chars)
    assert all(str(value) in said for value in values)


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (0, (0, 1)),
        (3, (0, 1, 2, 3)),
        (5, (0, 1, 2, 3, 4, 5)),
        (20, (0, 5, 10, 15, 20)),
        (51, (0, 20, 40, 60)),
        (999, (0, 200, 400, 600, 800, 1000)),
    ],
)
def test_the_scale_is_round(largest: int, ticks: tuple[int, ...]) -> None:
    assert scale(largest) == ticks


def test_a_chart_that_cannot_be_true_is_refused() -> None:
    with pytest.raises(ValueError, match="11 values for 12"):
        MonthBars("件", MONTHS, (("提出", (1,) * 11),))
    with pytest.raises(ValueError, match="negative"):
        MonthBars("件", ("1月",), (("提出", (-1,)),))
    with pytest.raises(ValueError, match="more series"):
        MonthBars("件", (), ((("提出", ()),) * 4))


def test_a_chart_is_pdf_a_2b() -> None:
    assert [str(found) for found in validate_written(BytesIO(drawn(CHART)), "2b").findings] == []


def test_an_empty_chart_still_draws() -> None:
    assert page(MonthBars("件", (), ())).chars
