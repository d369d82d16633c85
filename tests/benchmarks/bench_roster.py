"""A printed roster against ReportLab's own Table and against the barest loop over its canvas.

All three draw the same rows at the same height in the same font, with the head on each page; fonts
are read before the clock starts. CPU time, so that a busy machine does not decide. The size is
LANLING_BENCH_ROWS (5,000 rows of 10 columns).
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from statistics import median
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from lanling_desktop import paths
from lanling_desktop.printing.roster import Column, Roster, draw_roster

ROWS = int(os.environ.get("LANLING_BENCH_ROWS", "5000"))
_FONT, _SIZE = "BenchSong", 10.5
_MM = 72 / 25.4
_ROW, _PER_PAGE = 8 * _MM, 18
_LABELS = (
    "序号",
    "姓名",
    "性别",
    "身份证号",
    "民族",
    "出生年月",
    "所在党支部",
    "职务",
    "电话",
    "备注",
)
_WIDTHS = (14, 24, 12, 44, 16, 22, 44, 28, 32, 41)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = [bytes([a, b]).decode("gb2312") for a in range(0xB0, 0xC4) for b in range(0xA1, 0xFF)]


def measure() -> list[tuple[str, str, float, bool]]:
    """Promises: at most half of Table's time, 1.2 of the bare loop's, and linear in the rows."""
    rows = _people(ROWS)
    pdfmetrics.registerFont(
        TTFont(_FONT, str(paths.resource("fonts/NotoSerifSC-Regular.ttf")), shapable=False)
    )
    for draw in (_ours, _table, _bare):
        draw(rows[:50])
    ours = median(_seconds(_ours, rows) for _ in range(3))
    table = _seconds(_table, rows)
    bare = median(_seconds(_bare, rows) for _ in range(3))
    many = _seconds(_ours, _people(ROWS * 10))
    name = f"花名册 {ROWS:,} 行"
    return [
        (f"{name} ÷ ReportLab Table（CPU）", "≤ 0.5", ours / table, ours / table <= 0.5),
        (f"{name} ÷ 逐格画（CPU）", "≤ 1.2", ours / bare, ours / bare <= 1.2),
        (f"{name}：十倍行数的时间 ÷ 10", "≤ 1.3", many / ours / 10, many / ours / 10 <= 1.3),
    ]


def _people(count: int) -> list[list[str]]:
    dice = random.Random(7)
    return [
        [
            str(number),
            dice.choice(_SURNAMES) + dice.choice(_GIVEN) + dice.choice(_GIVEN),
            dice.choice("男女"),
            f"371324{dice.randint(19500101, 20051231)}{dice.randint(1000, 9999)}",
            dice.choice(("汉族", "回族", "满族")),
            f"{dice.randint(1950, 2005)}.{dice.randint(1, 12):02}",
            f"第{dice.randint(1, 50)}网格党支部",
            dice.choice(("书记", "副书记", "委员", "党员")),
            f"1{dice.randint(3000000000, 9999999999)}",
            dice.choice(("", "", "", "流动党员", "县级优秀党员")),
        ]
        for number in range(1, count + 1)
    ]


def _seconds(draw: Callable[[list[list[str]]], None], rows: list[list[str]]) -> float:
    begun = time.process_time()
    draw(rows)
    return time.process_time() - begun


def _ours(rows: list[list[str]]) -> None:
    columns = [Column(label, width) for label, width in zip(_LABELS, _WIDTHS, strict=True)]
    day = date(2026, 11, 23)
    draw_roster(Roster("党员花名册", columns, rows, "金牛社区", day, day), BytesIO())


def _table(rows: list[list[str]]) -> None:
    data: list[Any] = [list(_LABELS), *rows]
    style = [
        ("FONT", (0, 0), (-1, -1), _FONT, _SIZE),
        ("GRID", (0, 0), (-1, -1), 0.4, (0, 0, 0)),
        ("ALIGN", (0, 0), (-1, -1), "CENTER"),
    ]
    widths = [width * _MM for width in _WIDTHS]
    table = Table(data, widths, [_ROW] * len(data), repeatRows=1, style=style)
    SimpleDocTemplate(
        BytesIO(), pagesize=A4[::-1], topMargin=28 * _MM, bottomMargin=15 * _MM,
        leftMargin=10 * _MM, rightMargin=10 * _MM, initialFontName=_FONT,
    ).build([table])  # fmt: skip


def _bare(rows: list[list[str]]) -> None:
    canvas = Canvas(BytesIO(), pagesize=A4[::-1], initialFontName=_FONT, pageCompression=1)
    edges = [10 * _MM]
    for width in _WIDTHS:
        edges.append(edges[-1] + width * _MM)
    top = A4[0] - 35 * _MM
    for start in range(0, len(rows), _PER_PAGE):
        page = [list(_LABELS), *rows[start : start + _PER_PAGE]]
        canvas.setFont(_FONT, _SIZE)
        canvas.setLineWidth(0.4)
        for number, row in enumerate(page):
            y = top - number * _ROW
            for left, right, text in zip(edges, edges[1:], row, strict=False):
                canvas.drawCentredString((left + right) / 2, y - _ROW / 2 - 4, text)
        canvas.grid(edges, [top - number * _ROW for number in range(len(page) + 1)])
        canvas.showPage()
    canvas.save()
