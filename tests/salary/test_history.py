"""Months paid before this program: taken in from the office's own sheet, named by cell, taxed on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlsxwriter import Workbook

from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.exchange import transfer
from lanling_desktop.salary import actions
from tests.salary.payroll import slip_of, staffed

HEADS = ("姓名", "年月", "基本工资", "绩效", "应发工资", "养老", "个税", "实发工资")


def sheet(folder: Path, *rows: tuple[object, ...]) -> Path:
    path = folder / "1月工资.xlsx"
    book = Workbook(str(path))
    page = book.add_worksheet("工资")
    for number, row in enumerate((HEADS, *rows)):
        page.write_row(number, 0, row)
    book.close()
    return path


def test_a_month_of_the_old_sheet_counts_for_the_year(desk_office: Office, tmp_path: Path) -> None:
    zhang, _ = staffed(desk_office, "张三", "李四")
    path = sheet(tmp_path, ("张三", "2026-01", 7000, 3000, 10000, 1500, 105, 8395))
    outcome = transfer.import_file(desk_office, "pay_history", path)
    assert outcome.changes is not None, list(outcome.lines())
    again = transfer.import_file(desk_office, "pay_history", path)
    assert again.plan.summary == "新增 0 行，修改 0 行，一致 1 行，有误 0 行"
    prize = {"worker_id": zhang, "month": "2026-02", "kind": "奖金", "amount": "6850",
             "reason": "年度"}  # fmt: skip
    desk_office.save("pay_item", None, prize)
    run = actions.start(desk_office, month=date(2026, 2, 1)).main
    slip = slip_of(desk_office, run, zhang)
    assert slip.gross == 1_000_000
    # 20,000 - 10,000 - 1,500 = 8,500 at 3 %, less what was withheld
    assert slip.tax == 25_500 - 10_500


def test_what_does_not_fit_is_named_by_its_cell(desk_office: Office, tmp_path: Path) -> None:
    staffed(desk_office, "张三")
    path = sheet(
        tmp_path,
        ("张三", "2026-01", 7000, 3000, 10000, 1500, 105, 8395),
        ("没有这人", "2026-01", 7000, 3000, 10000, 1500, 105, 8395),
        ("张三", "2026-02", 7000, 3000, "一万", 1500, 105, 8395),
    )
    outcome = transfer.import_file(desk_office, "pay_history", path)
    said = "\n".join(outcome.lines())
    assert "没有这人" in said
    assert "E4" in said
    assert desk_office.count(View("pay_history")) == 0, "all or nothing"
