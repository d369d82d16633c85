"""Papers the tests print."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from lanling_desktop.printing.form import Form, Grid, Note, Opinion, Table, draw_forms, label, value
from lanling_desktop.printing.page import PrintedPaper
from lanling_desktop.printing.preview import page_count, page_text
from lanling_desktop.printing.roster import Column, Roster, draw_roster

RARE = "㛃𬭩䶮𠮷"
MARKUP = "<b>&</para>"
COLUMNS = (
    Column("序号", 10),
    Column("姓名", 30),
    Column("家庭住址", 80, "left"),
    Column("工资", 30, "right"),
    Column("备注", 60),
)


def roster(rows: list[tuple[str, ...]], **changes: object) -> Roster:
    plain: dict[str, object] = {
        "title": "党员中心户花名册",
        "columns": COLUMNS,
        "rows": rows,
        "unit": "金牛社区党总支",
        "made_on": date(2026, 11, 23),
        "as_of": date(2026, 10, 31),
        "print_no": "2026-00012",
        "check_code": "A1B2C3D4",
    }
    return Roster(**(plain | changes))  # type: ignore[arg-type]


def rows(count: int) -> list[tuple[str, ...]]:
    return [
        (str(n), f"王建国{n}", f"金牛小区{n}号楼", f"{n * 100:,}.00", "")
        for n in range(1, count + 1)
    ]


def form(facts: str = "热心楼栋事务。", members: int = 2) -> Form:
    listed = [[str(n), f"李娜{n}", "第一网格党支部"] for n in range(1, members + 1)]
    return Form(
        "党员中心户登记表",
        "金牛社区党总支",
        [
            Grid(
                [
                    [label("户主姓名"), value(f"王{RARE}"), label("性别"), value("男")],
                    [label("服务特长"), value(MARKUP, 0.85)],
                    [label("主要事迹"), value(facts, 0.85)],
                ],
                side="基本情况",
            ),
            Table([("序号", 0.2), ("姓名", 0.3), ("党支部", 0.5)], listed, side="联系党员"),
            Opinion("党支部意见", "同意。", on=date(2026, 9, 1)),
            Note("注：一式两份。"),
        ],
        date(2026, 11, 23),
        number="JN-0012",
        signatures=("填表人",),
    )


def printed(paper: Roster) -> tuple[bytes, PrintedPaper]:
    out = BytesIO()
    result = draw_roster(paper, out)
    return out.getvalue(), result


def printed_forms(*forms: Form) -> bytes:
    out = BytesIO()
    draw_forms(forms, out)
    return out.getvalue()


def texts(pdf: bytes) -> list[str]:
    return [page_text(pdf, page) for page in range(page_count(pdf))]


def words(page: str) -> list[str]:
    return page.split()
